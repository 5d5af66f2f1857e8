"""The pages around a meeting as plain values: parts with rows, or with one sentence that says what to ask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from fii_cli.analysis.movement import Way
from fii_cli.editions.marks import mark
from fii_cli.language import Code, Message, count, msg
from fii_cli.report import EDITIONS
from fii_cli.report.basis import Basis, made_with
from fii_cli.report.lateness import in_short
from fii_cli.report.shapes import LightShown
from fii_cli.report.wording import Wording
from fii_cli.words import Audience, Light

MeetingKind = Literal["agenda", "minutes"]
PICKED: tuple[Light, ...] = ("rood", "oranje", "groen")
"""The lights that can be ticked on paper."""
_MOST_WHAT, _MOST_REST, _MOST_NOTE = 90, 70, 60


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a part: what it is about, more about it, and beside it a light or a note.

    ``key`` is an id of the file or the handbook, never shown on a page. With ``pick`` there is a box for each
    light. ``before`` is only there if the light moved, ``way`` says how.
    """

    key: str
    what: str
    rest: str = ""
    note: str = ""
    late: bool = False
    before: LightShown | None = None
    light: LightShown | None = None
    way: Way | None = None
    way_words: str = ""
    pick: bool = False


@dataclass(frozen=True, slots=True)
class MeetingPart:
    """A part of the page: its rows, or ``ask`` if it has none. ``more`` says how many rows are left out."""

    id: str
    title: str
    hint: str
    rows: tuple[Row, ...]
    ask: str
    most: int
    more: str = ""


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """The agenda before a meeting, or the minutes after it, in words for its readers.

    ``blank`` is the number of empty lines for agreements, ``picks`` are the lights that can be ticked.
    """

    kind: MeetingKind
    language: Code
    audience: Audience
    edition: str
    mark: str
    made_with: str
    title: str
    name: str
    as_of: str
    since: str
    dated: str
    lead: str
    parts: tuple[MeetingPart, ...]
    blank: int
    picks: tuple[LightShown, ...]
    foot: str


def meeting_page(
    kind: MeetingKind,
    basis: Basis,
    wording: Wording,
    name: str,
    dated: str,
    lead: str,
    parts: tuple[MeetingPart, ...],
    foot: str,
    blank: int = 0,
) -> MeetingPage:
    """The page around a meeting, for the edition of a basis."""
    say, day = wording.say, basis.standing.today.isoformat()
    return MeetingPage(
        kind,
        say.code,
        basis.audience,
        say(EDITIONS[basis.audience]),
        mark(kind, day, basis.audience, basis.day_from, yardstick=basis.yardstick),
        made_with(basis.yardstick, say),
        basis.trajectory.heading,
        name,
        day,
        basis.start.before.day.isoformat() if basis.start else "",
        dated,
        lead,
        parts,
        blank,
        tuple(wording.light(light) for light in PICKED),
        foot,
    )


def part(
    id_: str,
    title: Message,
    rows: list[Row],
    ask: Message,
    wording: Wording,
    *,
    hint: str = "",
    most: int = 0,
) -> MeetingPart:
    """A part with its rows, or else what to ask. With ``most``, a page shows no more rows than this."""
    say = wording.say
    return MeetingPart(id_, say(title), hint, tuple(rows), "" if rows else say(ask), most)


def on_one_page(page: MeetingPage, wording: Wording) -> MeetingPage:
    """The page with its long texts cut and its long parts shortened, because it is one page of paper."""
    return replace(page, parts=tuple(_short(each, wording) for each in page.parts))


def _short(each: MeetingPart, wording: Wording) -> MeetingPart:
    shown = each.rows[: each.most] if each.most else each.rows
    left = len(each.rows) - len(shown)
    more = wording.say(count(left, "and {n} more", "and {n} more")) if left else ""
    return replace(each, rows=tuple(map(_cut, shown)), more=more)


def _cut(row: Row) -> Row:
    what = in_short(row.what, _MOST_WHAT)
    alone = not (row.light or row.note)
    room = 140 - len(what) if alone else _MOST_REST - max(len(what) - 40, 0)
    rest = in_short(row.rest, max(room, 24))
    return replace(row, what=what, rest=rest, note=in_short(row.note, _MOST_NOTE))


def light_moved(before: LightShown, after: LightShown) -> LightShown | None:
    """The earlier light, to be shown before the later one; ``None`` if it was not known or is the same."""
    return before if before.value in PICKED and before != after else None


def asked(condition: bool, yes: Message, no: Message) -> Message:
    """One of two questions."""
    return yes if condition else no


NO_DATE = msg("no date")
NOBODY = msg("nobody yet")
