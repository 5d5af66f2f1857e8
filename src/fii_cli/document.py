"""One YAML file as text, as plain data, and as places.

The data holds text, mappings and lists only: every scalar is taken as its source text and an empty value is
left out, so ``nee``, ``12:30`` and ``2018`` mean what was written. Types are the business of the models.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fii_cli.diagnostics import Route, Span
from fii_cli.language import Message, msg

MAX_DEPTH = 64
MAX_BYTES = 2 * 1024 * 1024

Data = str | dict[str, "Data"] | list["Data"]

NOT_TEXT = "FII001"
NOT_YAML = "FII002"
CONFLICT = "FII003"
DUPLICATE_KEY = "FII004"
NOT_USED_HERE = "FII005"

START = Span(1, 1, 1, 1)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_STRANGE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file cannot be read as it should, and where."""

    code: str
    span: Span
    message: Message
    hint: Message | None = None
    label: Message | None = None
    related: tuple[tuple[Span, Message], ...] = ()


@dataclass(slots=True)
class Node:
    """The place of one value: where it stands, where its key stands, and what is inside it."""

    span: Span
    key: Span | None = None
    children: dict[str, Node] | list[Node] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read. ``data`` is ``None`` where nothing could be made of it."""

    text: str
    data: Data | None
    root: Node
    problems: tuple[Problem, ...] = ()

    def locate(self, route: Route, *, at_key: bool = False) -> Span:
        """The place of a route; steps that the text does not have are passed over."""
        node = self.root
        for step in route:
            if isinstance(node.children, dict):
                node = node.children.get(str(step), node)
            elif isinstance(node.children, list) and isinstance(step, int) and step < len(node.children):
                node = node.children[step]
        return node.key if at_key and node.key else node.span

    def line(self, number: int) -> str:
        """Line ``number``, counted from 1, without its line break."""
        lines = _BREAK.split(self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""


def read_bytes(raw: bytes) -> Document:
    """Read a file's bytes: UTF-8, with or without a byte order mark."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _unreadable("", Problem(NOT_TEXT, START, msg("this file is UTF-16, not UTF-8"), _SAVE_AS_UTF8))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8-sig", "replace")
        span = _span_at(good, len(good))
        shown = raw.decode("cp1252", "replace")
        return _unreadable(
            shown, Problem(NOT_TEXT, span, msg("from here on this file is not UTF-8"), _SAVE_AS_UTF8)
        )
    return read(text)


_SAVE_AS_UTF8 = msg("save the file as UTF-8; in VS Code: click the encoding at the bottom right")


def read(text: str) -> Document:
    """Read YAML text into data and places; what is wrong with it comes along as problems."""
    problem = _merge_conflict(text) or _strange_character(text)
    if problem:
        return _unreadable(text, problem)
    try:
        return _Builder(text).build(_events(text, fast=True))
    except _YAML_ERRORS:
        pass
    # The C parser refuses some valid YAML, such as a colon in a flow scalar, so this verdict stands.
    builder = _Builder(text)
    try:
        return builder.build(_events(text, fast=False))
    except _YAML_ERRORS as error:
        return _unreadable(text, *builder.problems, _worded(text, error))


def _unreadable(text: str, *problems: Problem) -> Document:
    return Document(text, None, Node(START), problems)


def _span_at(text: str, index: int, length: int = 1) -> Span:
    before = _BREAK.split(text[:index])
    line, column = len(before), len(before[-1]) + 1
    return Span(line, column, line, column + length)


def _merge_conflict(text: str) -> Problem | None:
    ours = re.search(r"^<{7}(?: .*)?$", text, re.M)
    middle = ours and re.compile(r"^={7}\r?$", re.M).search(text, ours.end())
    theirs = middle and re.compile(r"^>{7}(?: .*)?$", re.M).search(text, middle.end())
    if not (ours and middle and theirs):
        return None
    return Problem(
        CONFLICT,
        _span_at(text, ours.start(), 7),
        msg("a merge conflict is still open here"),
        msg("choose what stays, and take out the lines with <<<<<<<, ======= and >>>>>>>"),
        related=(
            (_span_at(text, middle.start(), 7), msg("the other version starts here")),
            (_span_at(text, theirs.start(), 7), msg("the conflict ends here")),
        ),
    )


def _strange_character(text: str) -> Problem | None:
    found = _STRANGE.search(text)
    if not found:
        return None
    name = f"U+{ord(found[0]):04X}"
    if found[0] == "\0" and text.count("\0") > len(text) // 4:
        message, hint = msg("this file is UTF-16, not UTF-8"), _SAVE_AS_UTF8
    elif found[0] in "\x85\u2028\u2029":
        message = msg("an invisible line break ({name}) stands here", name=name)
        hint = msg("take it out and press Enter instead; it often comes along when text is pasted")
    else:
        message = msg("a character that does not belong in text ({name}) stands here", name=name)
        hint = msg("take it out; it often comes along when text is pasted")
    return Problem(NOT_TEXT, _span_at(text, found.start()), message, hint)


try:
    from _ruamel_yaml import CParser as _CParser
except ImportError:  # the pure parser reads the same, more slowly
    _CParser = None

from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: E402
from ruamel.yaml.events import (  # noqa: E402
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

_YAML_ERRORS = (YAMLError, ValueError)


def _events(text: str, *, fast: bool) -> Iterator[Any]:
    if fast and _CParser is not None:
        parser = _CParser(text)
    else:
        from ruamel.yaml import YAML

        parser = YAML(typ="safe", pure=True).get_constructor_parser(text)[1]
    while parser.check_event():
        yield parser.get_event()


class _Stop(Exception):
    """Nothing after this point can be trusted."""


class _Builder:
    """Builds data and places from the events of either parser, and refuses what a trajectory does not use."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.documents = 0

    def build(self, events: Iterator[Any]) -> Document:
        data: Data | None = None
        root = Node(START)
        try:
            for event in events:
                if isinstance(event, DocumentStartEvent):
                    self._document_start(event)
                elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                    data, root = self._value(event, events, 0)
        except _Stop:
            return _unreadable(self.text, *self.problems)
        return Document(self.text, data, root, tuple(self.problems))

    def _document_start(self, event: Any) -> None:
        self.documents += 1
        if event.version is not None or event.tags:
            self._refuse(event, msg("a % line at the top is not used here"), msg("take the line out"))
        if self.documents > 1:
            self._refuse(
                event,
                msg("a second document starts here"),
                msg("one file holds one trajectory: take out the line with ---, or split the file"),
            )
            raise _Stop

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> tuple[Data | None, Node]:
        if isinstance(event, AliasEvent):
            self._refuse(event, msg("an alias (*) is not used here"), msg("write the value out in full"))
            return None, Node(_span(event))
        if event.anchor is not None:
            self._refuse(event, msg("an anchor (&) is not used here"), msg("take &{name} out", name=event.anchor))
        if getattr(event, "tag", None) is not None:
            self._refuse(event, msg("a tag (!) is not used here"), msg("take {name} out", name=event.tag))
        if isinstance(event, ScalarEvent):
            plain = event.style is None or event.style == ""
            return (None if plain and event.value in _NULLS else event.value), Node(_span(event))
        if depth >= MAX_DEPTH:
            self._refuse(
                event,
                msg("values lie more than {n} levels deep here", n=MAX_DEPTH),
                msg("a trajectory needs five or six levels; check the brackets and the indentation"),
            )
            raise _Stop
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _sequence(self, start: Any, events: Iterator[Any], depth: int) -> tuple[Data, Node]:
        items: list[Data] = []
        places: list[Node] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            value, node = self._value(event, events, depth + 1)
            if value is not None:
                items.append(value)
                places.append(node)
        return items, Node(_span(start, event), None, places)

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> tuple[Data, Node]:
        data: dict[str, Data] = {}
        places: dict[str, Node] = {}
        for key in events:
            if isinstance(key, MappingEndEvent):
                break
            name = self._key(key, events, depth)
            event = next(events)
            value, node = self._value(event, events, depth + 1)
            self._no_tab_between(key, event)
            node.key = _span(key)
            if value is None:
                node.span = node.key
            if name is None:
                continue
            if name in places:
                self.problems.append(
                    Problem(
                        DUPLICATE_KEY,
                        node.key,
                        msg("{key} stands here a second time", key=name),
                        msg("keep one of the two, or bring them together"),
                        related=((places[name].key or START, msg("{key} stands here first", key=name)),),
                    )
                )
                continue
            places[name] = node
            if value is not None:
                data[name] = value
        return data, Node(_span(start, key), None, places)

    def _key(self, event: Any, events: Iterator[Any], depth: int) -> str | None:
        value, _ = self._value(event, events, depth + 1)
        if not isinstance(value, str):
            self._refuse(event, msg("this key is not a word"), msg("write a key as a word, followed by a colon"))
            return None
        if value == "<<" and event.style in (None, ""):
            self._refuse(event, msg("a merge key (<<) is not used here"), msg("write the values out in full"))
            return None
        return value

    def _no_tab_between(self, key: Any, value: Any) -> None:
        between = self.text[key.end_mark.index : value.start_mark.index]
        if "\t" in between.partition("#")[0]:
            self._refuse(key, msg("a tab stands behind this colon"), msg("use a space"), code=NOT_YAML)

    def _refuse(self, event: Any, message: Message, hint: Message, code: str = NOT_USED_HERE) -> None:
        span = _span(event)
        short = Span(span.line, span.column, span.line, span.column + 1)
        self.problems.append(Problem(code, span if span.end_line == span.line else short, message, hint))


def _span(start: Any, end: Any | None = None) -> Span:
    first, last = start.start_mark, (end or start).end_mark
    return Span(first.line + 1, first.column + 1, last.line + 1, last.column + 1)


_WORDED: dict[str, tuple[Message, Message]] = {
    "found character '\\t' that cannot start any token": (
        msg("a tab stands here where YAML wants spaces"),
        msg("indent with spaces; most editors can turn tabs into spaces for you"),
    ),
    "found unexpected end of stream": (
        msg("this quote is never closed"),
        msg("put the same quote at the end of the text"),
    ),
    "mapping values are not allowed here": (
        msg("a colon stands here where YAML does not expect one"),
        msg("put the text between quotes, or check the indentation of the line above"),
    ),
    "could not find expected ':'": (
        msg("a colon is missing here"),
        msg("write a key and its value as `key: value`"),
    ),
}
_CANNOT_START = (
    msg("a text cannot start with this character"),
    msg("put the text between quotes"),
)
_AFTER_QUOTE = (
    msg("text stands behind a closing quote"),
    msg("put the whole text between double quotes, or double the quote inside it"),
)
_NOT_CLOSED = (
    msg("this bracket is never closed, or a comma is missing"),
    msg("check the brackets and the commas on this line"),
)
_INDENTATION = (
    msg("the indentation of this line does not fit the lines above it"),
    msg("give keys that belong together the same number of spaces"),
)


def _worded(text: str, error: Exception) -> Problem:
    """A YAML error in plain words; ruamel tells its kind only in its English text."""
    if not isinstance(error, MarkedYAMLError):
        return Problem(NOT_YAML, START, msg("this is not YAML"), msg("check the file in an editor that knows YAML"))
    context, problem, mark = error.context or "", error.problem or "", error.problem_mark
    message, hint = _WORDED.get(
        problem,
        (
            msg("this is not YAML any more from here on"),
            msg("check the indentation, the quotes and the brackets of this line and the one above it"),
        ),
    )
    if context.startswith("while parsing a flow"):
        message, hint = _NOT_CLOSED
        mark = error.context_mark
    elif context.startswith("while parsing a block") and mark and text[: mark.index].rstrip()[-1:] in ("'", '"'):
        message, hint = _AFTER_QUOTE
    elif context.startswith("while parsing a block"):
        message, hint = _INDENTATION
    elif problem.startswith("found character") and problem not in _WORDED:
        message, hint = _CANNOT_START
    elif problem in ("found unexpected end of stream", "could not find expected ':'"):
        mark = error.context_mark
    if mark is None:
        return Problem(NOT_YAML, START, message, hint)
    return Problem(NOT_YAML, _span_at(text, min(mark.index, len(text))), message, hint)
