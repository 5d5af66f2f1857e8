"""Passages of a text that belong to an entry, with its comments, as they can move to another text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fii_cli.diagnostics import Route
from fii_cli.edits.splice import after_colon, end_of, follow, head_of, is_flow, line_end, line_start
from fii_cli.yaml.document import BREAK, MAX_BYTES, Document, Node
from fii_cli.yaml.passages import passages_in


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of an entry in block style: the numbers of its first and its last one.

    ``head`` is the first line of the comments above it, ``column`` where it starts.
    """

    head: int
    first: int
    last: int
    column: int


def entry_node(document: Document, route: Route) -> tuple[Node, Node] | None:
    """The node around an entry, and the entry itself; ``None`` if the document has no such entry."""
    node, known = follow(document, route)
    if known < len(route) or not route:
        return None
    return follow(document, route[:-1])[0], node


def lines_of(document: Document, route: Route) -> Lines | None:
    """The lines of an entry in block style; ``None`` if it is between brackets or shares its first line."""
    found = entry_node(document, route)
    if found is None or is_flow(document, found[0]):
        return None
    parent, node = found
    text = document.text
    column = parent.span.column
    first = document.span(head_of(document, node), 0).line
    if isinstance(parent.children, list):
        while not has_dash(document.line(first), column):
            first -= 1
            if first < parent.span.line:
                return None
    last = document.span(line_end(text, end_of(document, node)), 0).line
    last = _with_tail(document, last, column)
    limit = _before(document, parent, node)
    head, reach = first, column
    if isinstance(parent.children, list) and parent.children[0] is node:
        reach = MAX_BYTES  # above the first item, a comment may stand anywhere
    while head - 1 > limit and _is_comment(document.line(head - 1), reach):
        head -= 1
    return Lines(head, first, last, column)


def has_dash(line: str, column: int) -> bool:
    return (
        line[column - 1 : column] == "-"
        and line[column : column + 1] in ("", " ")
        and not line[: column - 1].strip(" -")
    )


def _is_comment(line: str, column: int) -> bool:
    """Whether a line is a comment that belongs to what starts in a column, or further to the right."""
    said = line.lstrip()
    return said.startswith("#") and len(line) - len(said) < column


def _with_tail(document: Document, last: int, column: int) -> int:
    """The last line of an entry with the comments below it that are indented further."""
    at = last + 1
    while at <= document.last_line:
        line = document.line(at)
        said = line.lstrip()
        if not said.startswith("#") or len(line) - len(said) < column:
            break
        last = at
        at += 1
    return last


def _before(document: Document, parent: Node, node: Node) -> int:
    """The last line before an entry that belongs to something else than its comments."""
    inside = list(parent.children.values()) if isinstance(parent.children, dict) else parent.children or []
    at = next(number for number, each in enumerate(inside) if each is node)
    if at:
        return document.span(line_end(document.text, end_of(document, inside[at - 1])), 0).line
    if parent.key:
        return parent.key.line
    return parent.span.line if parent is not document.root else 0


def text_of(document: Document, first: int, last: int) -> list[str]:
    """The lines with these numbers."""
    return [document.line(number) for number in range(first, last + 1)]


def item_lines(document: Document, route: Route, into: Document) -> tuple[list[str], int] | None:
    """The lines of an item of a list with its comments, and the column of its dash.

    Comments above it that ``into`` has already are left out. ``None`` if it is between brackets with others,
    and takes more than one line.
    """
    lines = lines_of(document, route)
    if lines is None:
        written = flow_text(document, route)
        return None if written is None else ([f"- {written}"], 1)
    return _entry_lines(document, lines, into), lines.column


def key_lines(document: Document, route: Route, into: Document) -> tuple[list[str], int] | None:
    """The lines of a key with its value and its comments, like :func:`item_lines`, and its column."""
    lines = lines_of(document, route)
    if lines is None:
        written = flow_text(document, route)
        return None if written is None else ([written], 1)
    return _entry_lines(document, lines, into), lines.column


def _entry_lines(document: Document, lines: Lines, into: Document) -> list[str]:
    above = text_of(document, lines.head, lines.first - 1)
    known = set(comments_in(into)) if above else set()
    first = document.line(lines.first)
    return [
        *(line for line in above if line.strip() not in known),
        " " * (lines.column - 1) + first[lines.column - 1 :],
        *text_of(document, lines.first + 1, lines.last),
    ]


def flow_text(document: Document, route: Route) -> str | None:
    """An entry between brackets as it is written, if that is on one line."""
    found = entry_node(document, route)
    if found is None or not is_flow(document, found[0]):
        return None
    node = found[1]
    written = document.text[head_of(document, node) : end_of(document, node)]
    return None if BREAK.search(written) else written


def value_lines(document: Document, route: Route) -> tuple[list[str], int] | None:
    """What follows the colon of a key, line by line, and the column of the key."""
    found = entry_node(document, route)
    if found is None or found[1].key is None or found[1].span == found[1].key:
        return None
    node = found[1]
    written = document.text[after_colon(document, node) : end_of(document, node)]
    return BREAK.split(written), node.key.column if node.key else 1


def shifted(lines: list[str], from_column: int, to_column: int) -> list[str]:
    """Lines that were indented for one column, indented for another."""
    move = to_column - from_column
    if move >= 0:
        return [" " * move + line if line.strip() else line for line in lines]
    return [re.sub(f"^ {{0,{-move}}}", "", line) for line in lines]


def comments_in(document: Document) -> list[str]:
    """The comments of a document, in reading order, without the space around them."""
    found = [passage for passage in passages_in(document, lambda text: text.startswith("#")) if passage.span]
    found.sort(key=lambda passage: (passage.span.line, passage.span.column) if passage.span else (0, 0))
    return [passage.text.strip() for passage in found]


def flow_entry(document: Document, parent: Node, node: Node) -> tuple[int, int]:
    """The start and end of an entry between brackets, with one of the commas around it."""
    inside = list(parent.children.values()) if isinstance(parent.children, dict) else parent.children or []
    at = next(number for number, each in enumerate(inside) if each is node)
    start, end = head_of(document, node), end_of(document, node)
    if at + 1 < len(inside):
        end = head_of(document, inside[at + 1])
    elif at:
        start = end_of(document, inside[at - 1])
    return start, end


def begins_line(document: Document, node: Node) -> bool:
    """Whether only space comes before a node on its line."""
    at = head_of(document, node)
    return not document.text[line_start(document.text, at) : at].strip()
