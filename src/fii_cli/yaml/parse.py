"""From YAML events to data and locations, and from YAML errors to plain messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from fii_cli.diagnostics import Span
from fii_cli.language import Message, msg
from fii_cli.yaml.document import (
    BREAK,
    DUPLICATE_KEY,
    NOT_TEXT,
    NOT_USED_HERE,
    NOT_YAML,
    START,
    Data,
    Document,
    Mark,
    Node,
    Problem,
    Spot,
    nowhere,
    span_at,
    unreadable,
)
from fii_cli.yaml.events import PARSER_ERRORS, events_in, events_without_marks

MAX_DEPTH = 64
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BLOCKS = ("|", ">")
_VALUES = (ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NO_KEYS = _NULLS | {"<<"}
"""Plain words that are no keys: empty ones, and that of a merge."""


def build(text: str) -> Document:
    """Build a document from YAML text; both parsers give the same result."""
    try:
        return _Builder(text).build(events_in(text, fast=True))
    except PARSER_ERRORS:
        pass
    return _with_marks_carried(text) or _as_the_pure_parser_reads(text)


def _with_marks_carried(text: str) -> Document | None:
    """A document with a ``?`` or ``:`` in a word between brackets, which the C parser rejects.

    ``None`` if there is anything to say about it: then the pure parser decides.
    """
    try:
        events = events_without_marks(text)
        if events is None:
            return None
        document = _Builder(text).build(events)
    except PARSER_ERRORS:
        return None
    return None if document.problems else document


def _as_the_pure_parser_reads(text: str) -> Document:
    builder = _Builder(text)
    try:
        return builder.build(events_in(text, fast=False))
    except PARSER_ERRORS as error:
        return unreadable(text, *builder.problems, _worded(text, error))


class _Stop(Exception):
    """Stops parsing, because nothing after this point can be trusted."""


class _Builder:
    """Builds data and locations from the events of either parser, and rejects unsupported YAML.

    It runs for every value of every file, so it asks for the exact type of an event, and tests a value only
    for what that kind of value can have.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.documents = 0
        self.has_empty = False
        self.has_tabs = "\t" in text

    def build(self, events: Iterator[Any]) -> Document:
        data: Data | None = None
        root = nowhere()
        try:
            for event in events:
                kind = type(event)
                if kind is DocumentStartEvent:
                    self._document_start(event)
                elif kind in _VALUES:
                    data, root = self._value(event, events, 0)
        except _Stop:
            return unreadable(self.text, *self.problems)
        return Document(self.text, data, root, tuple(self.problems), self.has_empty)

    def _document_start(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(
                event,
                msg("a second document starts here"),
                msg("a file contains one trajectory: remove the line with ---, or split the file"),
            )
            raise _Stop

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> tuple[Data | None, Node]:
        kind = type(event)
        if kind is ScalarEvent:
            end = self._end_of_block(event) if event.style in _BLOCKS else event.end_mark
            return self._text(event), Node((event.start_mark, end))
        if kind is AliasEvent:
            self._refuse(event, msg("aliases (*) are not supported"), msg("write out the value in full"))
            return None, Node((event.start_mark, event.end_mark))
        self._no_labels(event)
        if depth >= MAX_DEPTH:
            self._refuse(
                event,
                msg("values are nested more than {n} levels deep here", n=MAX_DEPTH),
                msg("a trajectory needs five or six levels; check the brackets and the indentation"),
            )
            raise _Stop
        if kind is SequenceStartEvent:
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _text(self, event: Any) -> str | None:
        """The text of a scalar; ``None`` if it is empty. Only escaped control characters pass ``read``."""
        if event.anchor is not None or event.ctag is not None:
            self._no_labels(event)
        text: str = event.value
        style = event.style
        if not style:
            return None if text in _NULLS else text
        if style == '"' and _CONTROL.search(text):
            message = msg("this text contains a control character")
            self._refuse(event, message, msg("remove the \\ and the code after it"), NOT_TEXT)
        return text

    def _no_labels(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(
                event, msg("anchors (&) are not supported"), msg("remove &{name}", name=event.anchor)
            )
        if event.ctag is not None:  # its text, event.tag, is made anew each time
            self._refuse(event, msg("tags (!) are not supported"), msg("remove {name}", name=event.tag))

    def _sequence(self, start: Any, events: Iterator[Any], depth: int) -> tuple[Data, Node]:
        items: list[Data] = []
        places: list[Node] = []
        last: Node | None = None
        for event in events:
            if type(event) is SequenceEndEvent:
                break
            value, node = self._value(event, events, depth + 1)
            last = node
            if value is not None:
                items.append(value)
                places.append(node)
        return items, Node((start.start_mark, _end(start, event, last)), None, places)

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> tuple[Data, Node]:
        data: dict[str, Data] = {}
        places: dict[str, Node] = {}
        last: Node | None = None
        for key in events:
            if type(key) is MappingEndEvent:
                break
            # Nearly every key and value is a plain word, and needs none of the calls for all others.
            plain = type(key) is ScalarEvent and not key.style and key.anchor is None and key.ctag is None
            name = key.value if plain and key.value not in _NO_KEYS else self._key(key, events, depth)
            event = next(events)
            if type(event) is ScalarEvent and not event.style and event.anchor is None and event.ctag is None:
                value: Data | None = event.value if event.value not in _NULLS else None
                node = Node((event.start_mark, event.end_mark))
            else:
                value, node = self._value(event, events, depth + 1)
            if self.has_tabs:
                self._no_tab_between(key, event)
            marks = node.key_marks = key.start_mark, key.end_mark
            last = node
            if value is None:
                node.marks = marks
                self.has_empty = True
            if name is None:
                continue
            if name in places:
                self.problems.append(
                    Problem(
                        DUPLICATE_KEY,
                        _span(key),
                        msg("duplicate key {key}", key=name),
                        msg("keep one of the two, or merge them"),
                        related=((places[name].key or START, msg("{key} is first defined here", key=name)),),
                    )
                )
                continue
            places[name] = node
            if value is not None:
                data[name] = value
        return data, Node((start.start_mark, _end(start, key, last)), None, places)

    def _key(self, event: Any, events: Iterator[Any], depth: int) -> str | None:
        if type(event) is ScalarEvent:
            value: Data | None = self._text(event)
        else:
            value, _ = self._value(event, events, depth + 1)
        if not isinstance(value, str):
            self._refuse(
                event, msg("this key is not a word"), msg("write a key as a word, followed by a colon")
            )
            return None
        if value == "<<" and not event.style:
            self._refuse(event, msg("merge keys (<<) are not supported"), msg("write out the values in full"))
            return None
        return value

    def _end_of_block(self, event: Any) -> Mark:
        """The end of a text with ``|`` or ``>``: that of its last line, before any blank lines."""
        start = event.start_mark
        lines = BREAK.split(self.text[start.index : event.end_mark.index].rstrip())
        column = len(lines[-1]) + (start.column if len(lines) == 1 else 0)
        return Spot(start.line + len(lines) - 1, column)

    def _no_tab_between(self, key: Any, value: Any) -> None:
        between = self.text[key.end_mark.index : value.start_mark.index]
        if "\t" in between.partition("#")[0]:
            self._refuse(key, msg("a tab follows this colon"), msg("use a space"), code=NOT_YAML)

    def _refuse(self, event: Any, message: Message, hint: Message, code: str = NOT_USED_HERE) -> None:
        span = _span(event)
        short = Span(span.line, span.column, span.line, span.column + 1)
        self.problems.append(Problem(code, span if span.end_line == span.line else short, message, hint))


def _span(event: Any) -> Span:
    first, last = event.start_mark, event.end_mark
    return Span(first.line + 1, first.column + 1, last.line + 1, last.column + 1)


def _is_empty(first: Mark, last: Mark) -> bool:
    """Whether nothing is written between two marks: the parsers differ about where they are, then."""
    return first.line == last.line and first.column == last.column


def _end(start: Any, end: Any, last: Node | None) -> Mark:
    """The end of a list or mapping: that of its closing bracket, or else of its last value.

    Without brackets the parser sees the end only where the next text starts, after blank lines and comments.
    """
    if not _is_empty(end.start_mark, end.end_mark):
        return end.end_mark  # type: ignore[no-any-return]
    if last is None:
        return start.end_mark  # type: ignore[no-any-return]
    if last.key_marks and _is_empty(*last.marks):
        return last.key_marks[1]
    return last.marks[1]


_WORDED: dict[str, tuple[Message, Message]] = {
    "found character '\\t' that cannot start any token": (
        msg("a tab cannot be used for indentation"),
        msg("indent with spaces; most editors can turn tabs into spaces for you"),
    ),
    "found unexpected end of stream": (
        msg("unclosed quote"),
        msg("put the same quote at the end of the text"),
    ),
    "mapping values are not allowed here": (
        msg("unexpected colon"),
        msg("put the text in quotes, or check the indentation of the line above"),
    ),
    "could not find expected ':'": (
        msg("missing colon"),
        msg("write a key and its value as `key: value`"),
    ),
}
_CANNOT_START = (
    msg("a text cannot start with this character"),
    msg("put the text in quotes"),
)
_AFTER_QUOTE = (
    msg("text follows a closing quote"),
    msg("put the whole text in double quotes, or double the quote inside it"),
)
_NOT_CLOSED = (
    msg("unclosed bracket or missing comma"),
    msg("check the brackets and the commas on this line"),
)
_INDENTATION = (
    msg("the indentation of this line does not match the lines above it"),
    msg("indent keys that belong together by the same number of spaces"),
)


def _worded(text: str, error: Exception) -> Problem:
    """A YAML error as a plain message; ruamel shows the kind of error only in its English text."""
    if not isinstance(error, MarkedYAMLError):
        return Problem(
            NOT_YAML, START, msg("invalid YAML"), msg("check the file in an editor that supports YAML")
        )
    context, problem, mark = error.context or "", error.problem or "", error.problem_mark
    message, hint = _WORDED.get(
        problem,
        (
            msg("invalid YAML from this point"),
            msg("check the indentation, the quotes and the brackets of this line and the one above it"),
        ),
    )
    if context.startswith("while parsing a flow"):
        message, hint = _NOT_CLOSED
        mark = error.context_mark
    elif (
        context.startswith("while parsing a block")
        and mark
        and text[: mark.index].rstrip()[-1:] in ("'", '"')
    ):
        message, hint = _AFTER_QUOTE
    elif context.startswith("while parsing a block"):
        message, hint = _INDENTATION
    elif problem.startswith("found character") and problem not in _WORDED:
        message, hint = _CANNOT_START
    elif problem in ("found unexpected end of stream", "could not find expected ':'"):
        mark = error.context_mark
    if mark is None:
        return Problem(NOT_YAML, START, message, hint)
    return Problem(NOT_YAML, span_at(text, min(mark.index, len(text))), message, hint)
