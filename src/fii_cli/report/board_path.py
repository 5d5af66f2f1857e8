"""The path and the lights in one table: a row per phase, with a bar in time and one sign per question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fii_cli.analysis.movement import Way
from fii_cli.analysis.paths import paths_of
from fii_cli.analysis.standing import STATE_WORDS, PhaseStanding, Standing
from fii_cli.language import Message, count
from fii_cli.report.board_shapes import WIDE, BoardBar, BoardLane, BoardPath, BoardPhase, MoveShown
from fii_cli.report.shapes import Since
from fii_cli.report.wording import Wording
from fii_cli.trajectory.head import Visit
from fii_cli.words import PHASES, Light

_NARROWEST = 12
_MOST_STEPS = 8
_MOST_NAMED = 2
_MOST_LANES = 5
"""How many more lanes than phases have names: with more, the page has no room for them."""
_ORDER: tuple[Light, ...] = ("rood", "oranje", "groen", "onbekend", "nvt")
"""Bad news first, and what is unknown last."""
_SHOWN: tuple[Way, ...] = ("forward", "back", "new", "unrated")


@dataclass(frozen=True, slots=True)
class _Stay:
    phase: str
    organisation: str | None
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
            stays.append(_Stay(visit.phase, visit.organisation, visit.entered.first, last, closing is None))
    first = min((stay.first for stay in stays), default=None)

    def at(day: date) -> int:
        assert first is not None
        days = max((standing.today - first).days, 1)
        return round(WIDE * min(max((day - first).days / days, 0), 1))

    band = None
    if since and first:
        band = at(date.fromisoformat(since.day))
    in_phases = {(stay.phase, stay.organisation) for stay in stays}
    room = len(in_phases) - len({phase for phase, _ in in_phases}) < _MOST_LANES
    rows = []
    for phase in standing.phases:
        own = [stay for stay in stays if stay.phase == phase.content.id]
        lanes = list(dict.fromkeys(stay.organisation for stay in own))
        bars = tuple(
            BoardBar(
                min(at(stay.first), WIDE - _NARROWEST),
                max(at(stay.last) - at(stay.first), _NARROWEST),
                stay.open,
                *_lane(lanes.index(stay.organisation), len(lanes)),
            )
            for stay in own
        )
        named = _named_lanes(own, bars, wording) if len(lanes) > 1 and room else ()
        rows.append(replace(_row(phase, bars, since, wording), lanes=named))
    say = wording.say
    return BoardPath(
        say.day(first.isoformat()[:7]) if first else "",
        say.day(standing.today.isoformat()) if first else "",
        band,
        tuple(rows),
        _steps(standing, wording),
    )


def _named_lanes(stays: Sequence[_Stay], bars: Sequence[BoardBar], wording: Wording) -> tuple[BoardLane, ...]:
    """The bars of each organisation below its name, with until when if it is not in this phase now."""
    say, lanes = wording.say, []
    for organisation in dict.fromkeys(stay.organisation for stay in stays):
        own = [
            (stay, bar) for stay, bar in zip(stays, bars, strict=True) if stay.organisation == organisation
        ]
        name = wording.trajectory.named(organisation) or say("the whole trajectory")
        last = max(stay.last for stay, _ in own)
        if not any(stay.open for stay, _ in own):
            name = f"{name} {say('until {date}', date=say.day(last.isoformat()[:7], short=True))}"
        lanes.append(BoardLane(name, tuple(bar for _, bar in own)))
    return tuple(lanes)


def _lane(at: int, n: int) -> tuple[int, int]:
    """The top and the height of a bar, in percents: one lies in the middle, several fill the row."""
    if n == 1:
        return 34, 32
    room = 88 / n
    return round(6 + at * room), max(round(room * 0.7), 3)


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
        told = _since_when(phase, wording)
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


def _since_when(phase: PhaseStanding, wording: Wording) -> str:
    """Since when the phase is open, for each organisation that is in it; or else from when it was visited."""
    say = wording.say
    dated = [visit for visit in phase.visits if visit.entered]
    open_ = [visit for visit in dated if visit.closing is None]
    if not open_:
        return say("from {date}", date=wording.day(dated[0].entered))
    last = open_[-1:] if len({visit.organisation for visit in open_}) == 1 else open_
    told = []
    for visit in last[:_MOST_NAMED]:
        since = say("since {date}", date=wording.day(visit.entered))
        name = wording.trajectory.named(visit.organisation)
        told.append(f"{name} {since}" if name else since)
    more = len(last) - len(told)
    return "; ".join([*told, *([say(count(more, "and {n} more", "and {n} more"))] if more else [])])


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
    """That the phases are no ladder, if this trajectory or an organisation in it went back or skipped one."""
    trajectory = standing.trajectory
    for organisation in paths_of(trajectory):
        visits = [visit for _, visit in trajectory.paths[organisation]]
        if any(visit.via in ("return", "skip") for visit in visits):
            return _steps_of(visits, trajectory.named(organisation), wording)
    return ""


def _steps_of(visits: Sequence[Visit], name: str, wording: Wording) -> str:
    steps = [str(PHASES.index(visit.phase) + 1) for visit in visits]
    shown = steps if len(steps) <= _MOST_STEPS else ["…", *steps[-_MOST_STEPS:]]
    numbers = " → ".join(shown)
    if name:
        return wording.say("The phases are not a ladder: {name} went {steps}.", name=name, steps=numbers)
    return wording.say("The phases are not a ladder: this trajectory went {steps}.", steps=numbers)
