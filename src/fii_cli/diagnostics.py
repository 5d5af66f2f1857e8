"""Findings: as a rule reports them, with their location in a file, and as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from fii_cli.language import Message


class Refused(Exception):
    """A request cannot be carried out; the message says why, the hint says what to do instead."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.text)
        self.message, self.hint = message, hint


Route = tuple[str | int, ...]
"""The keys and indices of the path to a value, like pydantic's ``loc``."""


class Severity(IntEnum):
    """The severity of a finding; a lower number is more severe."""

    ERROR = 0
    ADVICE = 1
    INFO = 2

    @property
    def label(self) -> str:
        return self.name.lower()


class Span(NamedTuple):
    """A range of text: lines and columns count from 1; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Finding(NamedTuple):
    """A finding as a rule reports it, located by its route.

    ``label`` is shown at the location itself, ``hint`` says what to do, ``about`` is the id (of a person, an
    organisation, an item) for which the finding can be accepted, ``related`` are other locations that it
    mentions. ``fix`` is a safe replacement. ``span`` is the location if no route leads to it: that of a
    comment, or of the file itself.
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
    """A replacement for a key or a value."""

    route: Route
    at_key: bool
    word: str


class Diagnostic(NamedTuple):
    """A finding with its rule, severity and location in a file; ``route`` is empty if no path leads there."""

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
    route: Route = ()

    @property
    def place(self) -> str:
        return f"{self.path}:{self.span.line}:{self.span.column}"


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding on a page: without a location, since the readers have no file.

    ``route`` is its path in the edition, and tells which findings belong together.
    """

    code: str
    severity: Severity
    message: Message
    route: Route = ()


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Diagnostics sorted by location in the file, then by code."""
    return tuple(sorted(diagnostics, key=lambda d: (d.span.line, d.span.column, d.code)))
