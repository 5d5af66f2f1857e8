"""How the lights moved between two days: forward, back, or rated for the first time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from fii_cli.analysis.lights import WORST_FIRST
from fii_cli.analysis.standing import ItemStanding, Standing, standing_of
from fii_cli.handbook import Handbook
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import LOOK_AGAIN_DAYS
from fii_cli.trajectory.known import known_on
from fii_cli.words import Light, Phase

Way = Literal["new", "back", "forward", "unrated"]
"""New is a light that was not known before; unrated is one that no longer is, or that no longer applies."""
_KNOWN: tuple[Light, ...] = ("rood", "oranje", "groen")
_ROUND = timedelta(days=LOOK_AGAIN_DAYS)
"""How long a round of all organisations lasts at most: the rhythm of the guide, here used by us."""
_BAD_FIRST: tuple[tuple[Way, Light], ...] = (
    ("new", "rood"),
    ("back", "rood"),
    ("back", "oranje"),
    ("new", "oranje"),
    ("unrated", NO_LIGHT),
    ("unrated", "nvt"),
    ("forward", "oranje"),
    ("forward", "groen"),
    ("new", "groen"),
)


@dataclass(frozen=True, slots=True)
class Moved:
    """An item of a phase whose light changed; it had none ``before`` if that is unknown."""

    phase: Phase
    item: ItemStanding
    before: Light
    way: Way


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier version of a trajectory, and the day on which it is looked at.

    ``name`` is that of a commit, if the version comes from git.
    """

    day: date
    trajectory: Trajectory
    name: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a comparison begins: an earlier version, and where the trajectory stood."""

    before: Before
    standing: Standing


def assessment_before_the_last(trajectory: Trajectory, today: date) -> date | None:
    """The day of the assessment of lights before the last one; ``None`` if there are fewer than two.

    If lights stand for each organisation, the last one is a round: the organisations that were rated shortly
    before are part of it, back to one that was rated twice.
    """
    rated: dict[date, set[str | None]] = {}
    for _, made in trajectory.stoplights():
        if made.ratings and made.date.first <= today:
            rated.setdefault(made.date.first, set()).add(made.about)
    days = sorted(rated, reverse=True)
    of_round: set[str | None] = set()
    for at, day in enumerate(days):
        apart = not trajectory.by_organisation or days[0] - day > _ROUND
        if at and (apart or of_round & rated[day]):
            return day
        of_round |= rated[day]
    return None


def start_of(
    trajectory: Trajectory, handbook: Handbook, today: date, before: Before | None = None
) -> Start | None:
    """Where the comparison of a report begins: where the reader chose, or at the assessment before the last.

    ``None`` if nobody chose and fewer than two assessments of lights are known.
    """
    if before is None:
        day = assessment_before_the_last(trajectory, today)
        if day is None:
            return None
        before = on_day(trajectory, day)
    return Start(before, standing_of(before.trajectory, handbook, before.day))


def on_day(trajectory: Trajectory, day: date) -> Before:
    """A trajectory as it was known on an earlier day."""
    return Before(day, known_on(trajectory, day).trajectory)


def movement(before: Standing, after: Standing) -> tuple[Moved, ...]:
    """The lights that changed between two standings, bad news first, and then in the order of the phases.

    A light that became not applicable or unknown moved neither forward nor back.
    """
    lights = {item.id: item.light for phase in before.phases for item in phase.items}
    found = []
    for phase in after.phases:
        for item in phase.items:
            old = lights.get(item.id, NO_LIGHT)
            if way := way_of(old, item.light):
                found.append(Moved(phase.content.id, item, old, way))
    return tuple(sorted(found, key=lambda each: _BAD_FIRST.index((each.way, each.item.light))))


def way_of(before: Light, after: Light) -> Way | None:
    """How a light moved; ``None`` if it did not."""
    if before == after or (before not in _KNOWN and after not in _KNOWN):
        return None
    if after not in _KNOWN:
        return "unrated"
    if before not in _KNOWN:
        return "new"
    return "forward" if WORST_FIRST.index(after) > WORST_FIRST.index(before) else "back"


def counted(moved: Iterable[Moved]) -> dict[Way, int]:
    """How many lights moved each way; ways that none moved are left out."""
    found: dict[Way, int] = {}
    for each in moved:
        found[each.way] = found.get(each.way, 0) + 1
    return found
