"""What is shown of a file that was checked: its findings, and the lines around them. The rest is let go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from fii_cli.diagnostics import Diagnostic, Span
from fii_cli.rules.check import Judgement

MOST_LINES = 10
"""Of a longer range of text, the first lines are shown: a finding can be about a whole file."""


Days = tuple[date, date]
"""A first and a last day."""


class Lines(Protocol):
    """The lines of a text, counted from 1."""

    @property
    def last_line(self) -> int: ...
    def line(self, number: int) -> str: ...


class Judged(Protocol):
    """The check of one file, in as far as an output shows it."""

    @property
    def path(self) -> str: ...
    @property
    def document(self) -> Lines: ...
    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]: ...
    @property
    def accepted(self) -> tuple[Diagnostic, ...]: ...


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some lines of a text, and the number of its last one; any other line is empty."""

    lines: Mapping[int, str]
    last_line: int

    def line(self, number: int) -> str:
        """Line ``number``, counted from 1, without its line break."""
        return self.lines.get(number, "")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is shown of one file: no document, and no trajectory.

    ``evidence`` is what the rules asked about evidence, and whether it exists. ``days`` are those for which
    whatever the rules asked about the day has the same answer. ``lasting`` is whether this may be kept on
    those days, for as long as the evidence and the file stay the same.
    """

    path: str
    document: Excerpt
    diagnostics: tuple[Diagnostic, ...]
    accepted: tuple[Diagnostic, ...] = ()
    evidence: tuple[tuple[str, bool], ...] = ()
    days: Days | None = None
    lasting: bool = False


def seen(
    judgement: Judgement,
    evidence: tuple[tuple[str, bool], ...] = (),
    days: Days | None = None,
    *,
    lasting: bool = False,
) -> Seen:
    """What is shown of a judgement."""
    found, accepted = judgement.diagnostics, judgement.accepted
    return seen_in(judgement.path, judgement.document, found, accepted, evidence, days, lasting=lasting)


def seen_in(
    path: str,
    text: Lines,
    found: tuple[Diagnostic, ...],
    accepted: tuple[Diagnostic, ...],
    evidence: tuple[tuple[str, bool], ...] = (),
    days: Days | None = None,
    *,
    lasting: bool = False,
) -> Seen:
    """What is shown of a file with these findings."""
    last = text.last_line if found or accepted else 0
    lines = {number: text.line(number) for number in _shown((*found, *accepted), last)}
    return Seen(path, Excerpt(lines, last), found, accepted, evidence, days, lasting)


def _shown(found: Iterable[Diagnostic], last: int) -> Iterator[int]:
    """The numbers of the lines that an output may show: those of a span, and the lines around it."""
    for each in found:
        for span in (each.span, *(span for span, _ in each.related)):
            first, end = around(span, last)
            yield from range(first, min(end, first + MOST_LINES - 1) + 1)
            yield from range(span.line, min(span.end_line, span.line + MOST_LINES - 1) + 1)
            yield end


def around(span: Span, last: int) -> tuple[int, int]:
    """The first and the last line of a span with the line before and after it."""
    return max(1, span.line - 1), min(span.end_line + 1, last)
