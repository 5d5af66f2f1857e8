"""One YAML file: its text, its plain data, and the location of every value.

The data contains only text, mappings and lists. Every scalar keeps its source text and empty values are
omitted, so ``nee``, ``12:30`` and ``2018`` are exactly what was written. The models convert them to types.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from fii_cli.diagnostics import Route, Span
from fii_cli.language import Message

MAX_BYTES = 2 * 1024 * 1024

Data = str | dict[str, "Data"] | list["Data"]

NOT_TEXT = "FII001"
NOT_YAML = "FII002"
CONFLICT = "FII003"
DUPLICATE_KEY = "FII004"
NOT_USED_HERE = "FII005"
UNEXPECTED = "FII008"

START = Span(1, 1, 1, 1)
BREAK = re.compile(r"\r\n|\r|\n")


def value_at(data: Data | None, route: Route) -> Data | None:
    """The value at a path in plain data; ``None`` if there is none."""
    for step in route:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


class Problem(NamedTuple):
    """An error in reading a file, and its location."""

    code: str
    span: Span
    message: Message
    hint: Message | None = None
    label: Message | None = None
    related: tuple[tuple[Span, Message], ...] = ()


class Mark(Protocol):
    """A place in a text as the parsers give it: its line and column, both counted from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Spot(NamedTuple):
    """A mark of our own."""

    line: int
    column: int


@dataclass(slots=True, eq=False)
class Node:
    """The location of one value, of its key, and of everything inside it.

    ``marks`` are where the value starts and ends, and ``key_marks`` those of its key. A file has thousands,
    and few are ever shown: spans are made of them when somebody asks.
    """

    marks: tuple[Mark, Mark]
    key_marks: tuple[Mark, Mark] | None = None
    children: dict[str, Node] | list[Node] | None = None

    @property
    def span(self) -> Span:
        return _span_between(*self.marks)

    @property
    def key(self) -> Span | None:
        return _span_between(*self.key_marks) if self.key_marks else None

    def __eq__(self, other: object) -> bool:
        """Whether the locations are equal, whatever parser gave them."""
        if not isinstance(other, Node):
            return NotImplemented
        return (self.span, self.key, self.children) == (other.span, other.key, other.children)

    __hash__ = None  # type: ignore[assignment]


def _span_between(first: Mark, last: Mark) -> Span:
    return Span(first.line + 1, first.column + 1, last.line + 1, last.column + 1)


@dataclass(frozen=True)
class Document:
    """A file that was read. ``data`` is ``None`` if it could not be parsed.

    ``has_empty`` is whether a key in it has no value.
    """

    text: str
    data: Data | None
    root: Node
    problems: tuple[Problem, ...] = ()
    has_empty: bool = False

    def locate(self, route: Route, *, at_key: bool = False) -> Span:
        """The location of a path; steps that the text does not have are skipped."""
        node = self.root
        for step in route:
            if isinstance(node.children, dict):
                node = node.children.get(str(step), node)
            elif isinstance(node.children, list) and isinstance(step, int) and step < len(node.children):
                node = node.children[step]
        return node.key if at_key and node.key else node.span

    def empty(self) -> Iterator[Span]:
        """The location of each key without a value, such as the end of a text after an unquoted comma."""
        if self.has_empty:
            yield from _empty(self.data, self.root)

    def offset(self, line: int, column: int) -> int:
        """The index in the text of a line and column, both counted from 1."""
        return self._line_starts[line - 1] + column - 1

    def span(self, index: int, length: int) -> Span:
        """The location of part of a line, by its index in the text."""
        line = bisect_right(self._line_starts, index)
        column = index - self._line_starts[line - 1] + 1
        return Span(line, column, line, column + length)

    def line(self, number: int) -> str:
        """Line ``number``, counted from 1, without its line break."""
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    @property
    def last_line(self) -> int:
        """The number of the last line; a line break at the end starts one more."""
        return len(self._lines)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in BREAK.finditer(self.text))]

    @cached_property
    def _lines(self) -> list[str]:
        return BREAK.split(self.text) if "\r" in self.text else self.text.split("\n")


def _empty(data: Data | None, node: Node) -> Iterator[Span]:
    if isinstance(node.children, dict):
        values = data if isinstance(data, dict) else {}
        for key, each in node.children.items():
            if key not in values:
                yield each.key or each.span
            else:
                yield from _empty(values[key], each)
    elif isinstance(node.children, list) and isinstance(data, list):
        for value, each in zip(data, node.children, strict=True):
            yield from _empty(value, each)


def nowhere() -> Node:
    """The location of what is not there: the start of the text."""
    return Node((_AT_START, _AT_START))


_AT_START = Spot(0, 0)


def unreadable(text: str, *problems: Problem) -> Document:
    """A document that could not be parsed."""
    return Document(text, None, nowhere(), problems)


def span_at(text: str, index: int, length: int = 1) -> Span:
    """The location of part of a line, by its index in the text."""
    before = BREAK.split(text[:index])
    line, column = len(before), len(before[-1]) + 1
    return Span(line, column, line, column + length)
