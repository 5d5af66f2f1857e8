"""The text in a file: every key, value and comment, with its location."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from fii_cli.diagnostics import Route, Span
from fii_cli.yaml.document import Data, Document, Node

_COMMENT = re.compile(r"#(?<!\S#)[^\r\n]*")
"""A # at the start or after white space. A pattern that begins with # itself is found ten times as fast."""


class Passage(NamedTuple):
    """A piece of text. ``about`` is the id of the record around it; ``span`` is set if it has no path."""

    text: str
    route: Route = ()
    at_key: bool = False
    about: str | None = None
    span: Span | None = None


def passages_in(document: Document, wanted: Callable[[str], bool] = lambda _: True) -> list[Passage]:
    """Every key, value and comment of a document for which ``wanted`` is true, as it was written."""
    found: list[Passage] = []
    if isinstance(document.data, str) and wanted(document.data):
        found.append(Passage(document.data))
    if document.data is not None:
        _gather(document.data, document.root, (), None, wanted, found)
        found += _comments(document, wanted)
    return found


def _gather(
    data: Data,
    node: Node,
    route: Route,
    about: str | None,
    wanted: Callable[[str], bool],
    found: list[Passage],
) -> None:
    """Add the keys and values in a mapping or a list. Most texts are not wanted, and then need no route."""
    if isinstance(data, dict) and isinstance(node.children, dict):
        known_by = data.get("id")
        about = known_by if isinstance(known_by, str) else about
        for key, child in node.children.items():
            if wanted(key):
                found.append(Passage(key, (*route, key), at_key=True, about=about))
            value = data.get(key)
            if isinstance(value, str):
                if wanted(value):
                    found.append(Passage(value, (*route, key), about=about))
            elif value is not None:  # a key without a value is in no data
                _gather(value, child, (*route, key), about, wanted, found)
    elif isinstance(data, list) and isinstance(node.children, list):
        for index, (item, child) in enumerate(zip(data, node.children, strict=True)):
            if not isinstance(item, str):
                _gather(item, child, (*route, index), about, wanted, found)
            elif wanted(item):
                found.append(Passage(item, (*route, index), about=about))


def _comments(document: Document, wanted: Callable[[str], bool]) -> Iterator[Passage]:
    """The comments: from a # at the start of a line or after white space, outside every key and value."""
    if not any(wanted(found[0]) for found in _COMMENT.finditer(document.text)):
        return  # saves locating the keys and values
    at = 0
    for begin, end in (*sorted(_written(document)), (len(document.text), len(document.text))):
        for found in _COMMENT.finditer(document.text, at, max(at, begin)):
            if wanted(found[0]):
                yield Passage(found[0], span=document.span(found.start(), len(found[0])))
        at = max(at, end)


def _written(document: Document) -> Iterator[tuple[int, int]]:
    """The start and end of keys and values; a line with | or > may end in a comment."""
    nodes = [document.root]
    while nodes:
        node = nodes.pop()
        if node.children:
            nodes += node.children.values() if isinstance(node.children, dict) else node.children
        for span in filter(None, (node.key, None if node.children is not None else node.span)):
            begin, end = (
                document.offset(span.line, span.column),
                document.offset(span.end_line, span.end_column),
            )
            if document.text[begin : begin + 1] in ("|", ">"):
                begin = document.offset(span.line + 1, 1) if span.end_line > span.line else end
            yield begin, end
