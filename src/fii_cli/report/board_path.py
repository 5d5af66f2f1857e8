"""The path and the lights in one table: a row per phase, with a bar in time and one sign per question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.movement import Way
from fii_cli.analysis.standing import STATE_WORDS, PhaseStanding, Standing
from fii_cli.language import Message, count
from fii_cli.report.board_shapes import WIDE, BoardBar, BoardPath, BoardPhase, MoveShown
from fii_cli.report.shapes import Since
from fii_cli.report.wording import Wording
from fii_cli.words import PHASES, Light

_NARROWEST = 12
_MOST_STEPS = 8
_ORDER: tuple[Light, ...] = ("rood", "oranje", "groen", "onbekend", "nvt")
"""Bad news first, and what is unknown last."""
_SHOWN: tuple[Way, ...] = ("forward", "back", "new", "unrated")


@dataclass(frozen=True, slots=True)
class _Stay:
    phase: str
    first: date
    last: date
    open: bool


def board_path(standing: Standing, since: Since | None, wording: Wording) -> BoardPath:
    """The path and the lights, up to today."""
    stays = []
    for visit in standing.trajectory.visits:
        if visit.entered:
            closing = visit.closing
            last = closing.date.nearest(standing.today) if closing else standing.today
            stays.append(_Stay(visit.phase, visit.entered.first, last, closing is None))
    first = min((stay.first for stay in stays), default=None)

    def at(day: date) -> int:
        assert first is not None
        days = max((standing.today - first).days, 1)
        return round(WIDE * min(max((day - first).days / days, 0), 1))

    band = None
    if since and first:
        band = at(date.fromisoformat(since.day))
    rows = []
    for phase in standing.phases:
        own = [stay for stay in stays if stay.phase == phase.content.id]
        bars = tuple(
            BoardBar(
                min(at(stay.first), WIDE - _NARROWEST),
                max(at(stay.last) - at(stay.first), _NARROWEST),
                stay.open,
            )
            for stay in own
        )
        rows.append(_row(phase, bars, since, wording))
    say = wording.say
    return BoardPath(
        say.day(first.isoformat()[:7]) if first else "",
        say.day(standing.today.isoformat()) if first else "",
        band,
        tuple(rows),
        _steps(standing, wording),
    )


def _row(
    phase: PhaseStanding, bars: tuple[BoardBar, ...], since: Since | None, wording: Wording
) -> BoardPhase:
    say, content = wording.say, phase.content
    moved = next((each for each in since.phases if each.phase == content.id), None) if since else None
    moves = tuple(MoveShown(way, say(_move(way, moved.n(way)))) for way in _SHOWN if moved and moved.n(way))
    quiet = ""
    if not moves:
        quiet = say("no change") if since and phase.rated else "–"
    counts = [(light, n) for light in _ORDER if (n := phase.counts[light])]
    told = ""
    if bars:
        visits = [f"{wording.day(visit.entered)}" for visit in phase.visits if visit.entered]
        told = say("since {date}", date=visits[-1]) if bars[-1].open else say("from {date}", date=visits[0])
    return BoardPhase(
        content.number,
        say.pick(content.name),
        say(STATE_WORDS[phase.state]),
        phase.state == "here",
        bars,
        told,
        tuple((wording.light(light), n) for light, n in counts),
        _rated(phase, wording),
        moves,
        quiet,
    )


def _rated(phase: PhaseStanding, wording: Wording) -> str:
    """The lights in words, the least favourable first, without what is unknown."""
    if not phase.rated:
        return wording.say("not rated")
    known = [light for light in _ORDER[:3] if phase.counts[light]]
    return ", ".join(f"{phase.counts[light]} {wording.word(light)}" for light in known)


def _move(way: Way, n: int) -> Message:
    told = {
        "forward": count(n, "{n} forward", "{n} forward"),
        "back": count(n, "{n} back", "{n} back"),
        "new": count(n, "{n} new", "{n} new"),
        "unrated": count(n, "{n} no longer rated", "{n} no longer rated"),
    }
    return told[way]


def _steps(standing: Standing, wording: Wording) -> str:
    """That the phases are no ladder, if this trajectory went back or skipped one."""
    visits = standing.trajectory.visits
    if not any(visit.via in ("return", "skip") for visit in visits):
        return ""
    steps = [str(PHASES.index(visit.phase) + 1) for visit in visits]
    shown = steps if len(steps) <= _MOST_STEPS else ["…", *steps[-_MOST_STEPS:]]
    numbers = " → ".join(shown)
    return wording.say("The phases are not a ladder: this trajectory went {steps}.", steps=numbers)
