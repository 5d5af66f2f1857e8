"""A trajectory over time, from the dates in its file: lights, phases, barriers and strategies.

Counts are shown as they were on each day; nothing is averaged, and nothing is drawn between two days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.lights import light_of
from fii_cli.analysis.lives import Life, lives_of
from fii_cli.analysis.renewed import renewed
from fii_cli.analysis.sides import Cut, Cuts, current_over_time, cuts_of
from fii_cli.handbook import Handbook
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.trajectory import Side, Trajectory
from fii_cli.trajectory.dates import Date, Days, Span, days_between, days_in
from fii_cli.trajectory.follow_up import Action, Assessment
from fii_cli.trajectory.head import Visit
from fii_cli.trajectory.known import begun_from
from fii_cli.words import LIGHTS, PHASES, STOPLICHT, Light, Phase

Counts = Mapping[Light, int]
"""The number of items with each light."""


@dataclass(frozen=True, slots=True)
class LightsOn:
    """The lights of every phase from a day on, until the next day on which one changed."""

    day: date
    phases: Mapping[Phase, Counts]


@dataclass(frozen=True, slots=True)
class PhaseTime:
    """The time in a phase: the days of its dated visits together, overlapping ones counted once.

    ``open`` is whether a visit has not ended, and ``undated`` the number of visits without a start.
    """

    phase: Phase
    visits: int
    days: Days
    open: bool
    undated: int


@dataclass(frozen=True, slots=True)
class Used:
    """An action over time: from when it was agreed on to its result, or until now if it still runs.

    ``days`` is ``None`` if the start or the end is unknown.
    """

    action: Action
    since: Date | None
    until: Date | None
    days: Days | None


@dataclass(frozen=True, slots=True)
class Trend:
    """What the dates in a file tell about the time until ``today``."""

    today: date
    lights: tuple[LightsOn, ...]
    phases: tuple[PhaseTime, ...]
    lives: tuple[Life, ...]
    used: tuple[Used, ...]
    days: Days
    """The days in all phases together; if phases overlap, each day is counted once."""

    @property
    def overlaps(self) -> bool:
        """Whether phases certainly overlap: their days together are then more than those that passed."""
        return sum((each.days for each in self.phases), Days()) != self.days

    def share_of(self, days: Days) -> int | None:
        """The days as a whole percentage of all days.

        ``None`` if there are none, if they are too roughly known, or if phases overlap: their shares would
        be more than a whole.
        """
        if self.overlaps:
            return None
        if self.days.most and days == self.days:
            return 100
        if not self.days.most or self.days.most - self.days.least > self.days.most / 4:
            return None
        return round(100 * days.middle / self.days.middle)

    @property
    def is_empty(self) -> bool:
        return not (self.lights or self.lives or self.used or self.days.most)


def trend_of(
    known: Trajectory,
    handbook: Handbook,
    today: date,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - it does not change
) -> Trend:
    """The trend of what was known on a day, up to that day."""
    trajectory = renewed(known, handbook).trajectory
    cuts = _cuts(trajectory)
    return Trend(
        today,
        tuple(_lights(trajectory, handbook, cuts, today)),
        tuple(_time_in(phase, trajectory, today) for phase in PHASES),
        lives_of(trajectory, handbook, cuts, today, thresholds),
        tuple(_used(trajectory, today)),
        days_in(_spans(trajectory.visits, today)),
    )


def phases_rated(lights: Iterable[LightsOn]) -> tuple[Phase, ...]:
    """The phases in which any item ever had a light."""
    given = {
        phase
        for on in lights
        for phase, counts in on.phases.items()
        if any(n for light, n in counts.items() if light != NO_LIGHT)
    }
    return tuple(phase for phase in PHASES if phase in given)


def _cuts(trajectory: Trajectory) -> dict[Phase, dict[str | None, list[Cut]]]:
    """By phase and organisation: the days on which a visit began, and from when its ratings count."""
    cuts: dict[Phase, dict[str | None, list[Cut]]] = defaultdict(lambda: defaultdict(list))
    for visit, day in zip(trajectory.visits, begun_from(trajectory.visits), strict=True):
        cuts[visit.phase][visit.organisation].append((day, visit.entered))
    return {phase: {of: sorted(each, key=_day) for of, each in by.items()} for phase, by in cuts.items()}


def _day(cut: Cut) -> date:
    return cut[0]


def _lights(
    trajectory: Trajectory, handbook: Handbook, cuts: Mapping[Phase, Cuts], today: date
) -> Iterator[LightsOn]:
    changes: dict[date, list[tuple[Phase, Light, Light]]] = defaultdict(list)
    counts: dict[Phase, dict[Light, int]] = {}
    for phase in handbook.phases:
        items = [item.id for subphase in phase.subphases for item in subphase.items]
        subphases = {subphase.id for subphase in phase.subphases}
        items += [item.id for item in trajectory.checklist if item.subphase in subphases]
        counts[phase.id] = dict.fromkeys(LIGHTS, 0) | {NO_LIGHT: len(items)}
        for item in items:
            before: Light = NO_LIGHT
            for day, light in _light_over_time(trajectory, item, cuts.get(phase.id, {}), today):
                if light != before:
                    changes[day].append((phase.id, before, light))
                before = light
    for day in sorted(changes):
        for of, old, new in changes[day]:
            counts[of][old] -= 1
            counts[of][new] += 1
        yield LightsOn(day, {of: dict(each) for of, each in counts.items()})


def _light_over_time(
    trajectory: Trajectory, item: str, cuts: Cuts, today: date
) -> Iterator[tuple[date, Light]]:
    """The light of an item from each day on which it may change: the least favourable of all sides."""
    events: dict[date, dict[Side, Assessment | None]] = defaultdict(dict)
    for side, made in trajectory.rated.get((STOPLICHT, item), {}).items():
        said = [pair for pair in made if not pair[1].date.after(today)]
        for day, current in current_over_time(said, cuts_of(side[1], cuts)):
            events[day][side] = current
    now: dict[Side, Assessment | None] = {}
    for day in sorted(events):
        now |= events[day]
        last = {side: (0, made) for side, made in now.items() if made}
        yield day, light_of(item, last)


def _time_in(phase: Phase, trajectory: Trajectory, today: date) -> PhaseTime:
    visits = [visit for visit in trajectory.visits if visit.phase == phase]
    open_ = any(visit.closing is None for visit in visits)
    undated = sum(visit.entered is None for visit in visits)
    return PhaseTime(phase, len(visits), days_in(_spans(visits, today)), open_, undated)


def _spans(visits: Iterable[Visit], today: date) -> Iterator[Span]:
    for visit in visits:
        if visit.entered:
            yield visit.entered, visit.closing.date if visit.closing else today


def _used(trajectory: Trajectory, today: date) -> Iterator[Used]:
    """The actions, in the order in which they were agreed on; those without a date last."""
    dated = sorted(trajectory.actions, key=lambda each: each.since.first if each.since else date.max)
    for action in dated:
        until = action.result.date if action.result else None
        end = until or (today if action.runs else None)
        days = days_between(action.since, end) if action.since and end else None
        yield Used(action, action.since, until, days)


def thinned(days: Sequence[date], most: int) -> tuple[date, ...]:
    """At most so many days: all of them, or else the last one in each month, quarter or year."""
    for months in (0, 1, 3, 12):
        kept = {
            day.toordinal() if not months else (day.year * 12 + day.month - 1) // months: day for day in days
        }
        if len(kept) <= most:
            break
    return tuple(kept.values())[-most:]
