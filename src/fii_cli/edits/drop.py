"""Take an entry out of a text, with its comments."""

from __future__ import annotations

import re
from copy import deepcopy

from fii_cli.diagnostics import Route
from fii_cli.edits.passages import comments_in, entry_node, flow_entry, lines_of, text_of
from fii_cli.edits.read_back import first_read_back
from fii_cli.edits.splice import break_of, head_of, line_end
from fii_cli.yaml.document import Document, Node, value_at

_BLANK = re.compile(r"[ \t]*(?:\r\n|\r|\n)")


def dropped(document: Document, route: Route, source: Document | None = None) -> Document:
    """The document without a key or an item, and without a list or section of which it was the last entry.

    Its comments go too, except those that the ``source`` still has.
    """
    found = entry_node(document, route)
    if found is None:
        return document
    parent, node = found
    if len(parent.children or ()) == 1 and len(route) > 1:
        return dropped(document, route[:-1], source)
    data = deepcopy(document.data)
    around = value_at(data, route[:-1])
    if isinstance(around, dict):
        around.pop(str(route[-1]), None)
    elif isinstance(around, list) and isinstance(route[-1], int):
        around.pop(route[-1])
    still = set(comments_in(source)) if source else set()
    return first_read_back(data, [lambda: _without(document, route, parent, node, still)])


def _without(document: Document, route: Route, parent: Node, node: Node, still: set[str]) -> str | None:
    text = document.text
    lines = lines_of(document, route)
    if lines is None:
        start, end = flow_entry(document, parent, node)
        return text[:start] + text[end:]
    kept = [line for line in text_of(document, lines.head, lines.first - 1) if line.strip() in still]
    if isinstance(route[-1], str) and document.line(lines.first)[: lines.column - 1].strip():
        return _without_first_key(document, parent)
    break_ = break_of(text)
    start = document.offset(lines.head, 1)
    end = line_end(text, document.offset(lines.last, 1))
    new = break_.join(kept)
    if kept:
        return text[:start] + new + text[end:]
    if end < len(text):
        end += len(break_of(text[end:]))
        blank = _BLANK.match(text, end)
        if blank and not document.line(lines.head - 1).strip():
            end = blank.end()  # one of the blank lines around it is enough
    elif start:
        start -= len(break_)  # the last line has no line break of its own
    return text[:start] + text[end:]


def _without_first_key(document: Document, parent: Node) -> str | None:
    """The text without the first key of an item, which shares its line with the dash."""
    assert isinstance(parent.children, dict)
    first, second, *_ = parent.children.values()
    return document.text[: head_of(document, first)] + document.text[head_of(document, second) :]
