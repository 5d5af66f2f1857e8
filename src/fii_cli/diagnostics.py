"""Findings about a file, with and without a location."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from fii_cli.language import Message


class Refused(Exception):
    """An operation that fii refuses, with a message and a remedy."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.text)
        self.message, self.hint = message, hint


Route = tuple[str | int, ...]
"""Keys and indices that lead to a value, as pydantic's ``loc`` does."""


class Severity(IntEnum):
    """The severity of a finding; a lower number is more severe."""

    ERROR = 0
    ADVICE = 1
    INFO = 2

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: lines and columns count from 1, the end is not included."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, with the route to it. Only a finding without a route has a ``span``.

    ``label`` is said at the place itself, ``hint`` is what to do now, ``about`` is the id (of a person, an
    organisation, an item) by which the finding can be accepted, ``related`` are other places it speaks of.
    ``fix`` is what can safely be put in place of what stands there. ``span`` is the place of a comment, or of
    the file itself.
    """

    route: Route
    message: Message
    hint: Message | None = None
    label: Message | None = None
    about: str | None = None
    at_key: bool = False
    related: tuple[tuple[Route, Message], ...] = ()
    fix: str | None = None
    span: Span | None = None


class Fix(NamedTuple):
    """The replacement of a key or a value."""

    route: Route
    at_key: bool
    word: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its rule and its location in a file."""

    code: str
    severity: Severity
    path: str
    span: Span
    message: Message
    hint: Message | None = None
    label: Message | None = None
    about: str | None = None
    related: tuple[tuple[Span, Message], ...] = ()
    fix: Fix | None = None

    @property
    def place(self) -> str:
        return f"{self.path}:{self.span.line}:{self.span.column}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding for a page: without a location, because its readers have no file."""

    code: str
    severity: Severity
    message: Message


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics sorted by location, then by code."""
    return tuple(sorted(diagnostics, key=lambda d: (d.span.line, d.span.column, d.code)))
