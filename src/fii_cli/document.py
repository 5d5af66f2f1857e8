"""One YAML file as text, as plain data, and as places.

The data holds text, mappings and lists only: every scalar is taken as its source text and an empty value is
left out, so ``nee``, ``12:30`` and ``2018`` mean what was written. Types are the business of the models.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from fii_cli.diagnostics import Route, Span
from fii_cli.language import Message, msg

if TYPE_CHECKING:
    from fii_cli.passages import Passage

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


@dataclass(frozen=True)
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

    def offset(self, line: int, column: int) -> int:
        """The index in the text of a place, both counted from 1."""
        return self._line_starts[line - 1] + column - 1

    def span(self, index: int, length: int) -> Span:
        """The place of a stretch of one line, by its index in the text."""
        line = bisect_right(self._line_starts, index)
        column = index - self._line_starts[line - 1] + 1
        return Span(line, column, line, column + length)

    def line(self, number: int) -> str:
        """Line ``number``, counted from 1, without its line break."""
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    @cached_property
    def suspects(self) -> list[Passage]:
        """The keys, values and comments that could hold personal data; most files have few."""
        from fii_cli.passages import passages_in
        from fii_cli.personal import may_hold_personal

        return passages_in(self, may_hold_personal)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in BREAK.finditer(self.text))]

    @cached_property
    def _lines(self) -> list[str]:
        return BREAK.split(self.text)


def read_bytes(raw: bytes) -> Document:
    """Read a file's bytes: UTF-8, with or without a byte order mark."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        shown = raw.decode("utf-16", "replace")
        return unreadable(
            shown, Problem(NOT_TEXT, START, msg("this file is UTF-16, not UTF-8"), _SAVE_AS_UTF8)
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8-sig", "replace")
        span = span_at(good, len(good))
        shown = raw.decode("cp1252", "replace")
        return unreadable(
            shown, Problem(NOT_TEXT, span, msg("from here on this file is not UTF-8"), _SAVE_AS_UTF8)
        )
    return read(text)


_SAVE_AS_UTF8 = msg("save the file as UTF-8; in VS Code: click the encoding at the bottom right")


def read(text: str) -> Document:
    """Read YAML text into data and places; what is wrong with it comes along as problems."""
    problem = _merge_conflict(text) or strange_character(text) or _directive(text)
    if problem:
        return unreadable(text, problem)
    from fii_cli.building import build  # the parser is the heavier half of reading

    return build(text)


def unreadable(text: str, *problems: Problem) -> Document:
    """A document of which nothing could be made."""
    return Document(text, None, Node(START), problems)


def span_at(text: str, index: int, length: int = 1) -> Span:
    """The place of a stretch of one line, by its index in the text."""
    before = BREAK.split(text[:index])
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
        span_at(text, ours.start(), 7),
        msg("a merge conflict is still open here"),
        msg("choose what stays, and take out the lines with <<<<<<<, ======= and >>>>>>>"),
        related=(
            (span_at(text, middle.start(), 7), msg("the other version starts here")),
            (span_at(text, theirs.start(), 7), msg("the conflict ends here")),
        ),
    )


def _directive(text: str) -> Problem | None:
    """A line that speaks to the parser, such as ``%YAML 1.2``; the parser itself may break on it."""
    found = re.match(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*(%[^\r\n]*)", text)
    if not found:
        return None
    span = span_at(text, found.start(1), len(found[1].rstrip()))
    return Problem(NOT_USED_HERE, span, msg("a % line at the top is not used here"), msg("take the line out"))


def _belongs(character: str) -> bool:
    """Whether a character is text, by YAML's own list less what makes a line break that nobody sees."""
    if character < "\x7f":
        return character >= " " or character in "\t\n\r"
    return (
        character >= "\xa0"
        and character not in "\u2028\u2029\ufeff\ufffe\uffff"
        and not _is_surrogate(character)
    )


def _is_surrogate(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def strange_character(text: str) -> Problem | None:
    """The first character that does not belong in a trajectory, if there is one."""
    strange = [character for character in set(text) if not _belongs(character)]
    if not strange:
        return None
    found = min(strange, key=text.index)
    name = f"U+{ord(found):04X}"
    if found == "\0" and text.count("\0") > len(text) // 4:
        message, hint = msg("this file is UTF-16, not UTF-8"), _SAVE_AS_UTF8
    elif found in "\x85\u2028\u2029":
        message = msg("an invisible line break ({name}) stands here", name=name)
        hint = msg("take it out and press Enter instead; it often comes along when text is pasted")
    else:
        message = msg("a character that does not belong in text ({name}) stands here", name=name)
        hint = msg("take it out; it often comes along when text is pasted")
    return Problem(NOT_TEXT, span_at(text, text.index(found)), message, hint)
