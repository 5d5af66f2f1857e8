"""Dates that contradict each other, and outdated lights."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from fii_cli.analysis.lights import phase_of_item
from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.language import Message, count, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.rules.signs import is_past, long_ago
from fii_cli.trajectory import Side, Trajectory
from fii_cli.trajectory.dates import LOOK_AGAIN_DAYS, Date, parse_date
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.trajectory.head import Visit
from fii_cli.trajectory.implementeren import Cycle
from fii_cli.words import Phase, label, phase_of


@rule("FII030", Severity.ERROR)
def dates_contradict(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for (earlier_route, earlier, what), (route, date) in _orders(trajectory):
        if date.before(earlier):
            yield Finding(
                route,
                msg("{date} is before {earlier}, {what}", date=date.text, earlier=earlier.text, what=what),
                msg("correct one of the two dates"),
                related=((earlier_route, msg("{date} is set here", date=earlier.text)),),
            )
    for index, visit in enumerate(trajectory.visits):
        yield from _decided_after_the_end(visit, index)


def _decided_after_the_end(visit: Visit, index: int) -> Iterator[Finding]:
    closing: Route | None = None
    paused = False
    for position, decision in enumerate(visit.decisions):
        route: Route = ("visits", index, "decisions", position)
        if closing and not (paused and decision.ends_a_pause):
            yield Finding(
                route,
                msg("this visit ended before this decision"),
                msg("put the closing decision last, or start a new visit"),
                related=(((*closing, "decision"), msg("it ended here")),),
            )
        elif decision.closes:
            paused = decision.decision == "pauze"
            closing = route


_Dated = tuple[Route, Date]
_Known = tuple[Route, Date, Message]


def _orders(trajectory: Trajectory) -> Iterator[tuple[_Known, _Dated]]:
    """Pairs of dates of which the second cannot be before the first."""
    for path in trajectory.paths.values() or ((),):
        yield from _pairs(_entries(trajectory, path))
        for phase in dict.fromkeys(visit.phase for _, visit in path):
            yield from _pairs(_dates_of_visits([each for each in path if each[1].phase == phase]))
    for index, cycle in enumerate(trajectory.implementeren.cycles if trajectory.implementeren else ()):
        yield from _pairs(_dates_of_steps(cycle, index))


def _pairs(dates: Iterable[_Known]) -> Iterator[tuple[_Known, _Dated]]:
    """Each date but the first, with the one before it."""
    for before, (route, date, _) in pairwise(dates):
        yield before, (route, date)


def _entries(trajectory: Trajectory, path: Iterable[tuple[int, Visit]]) -> Iterator[_Known]:
    """The start of the trajectory, and when each phase was entered; phases may overlap."""
    if trajectory.entry.date:
        yield ("entry", "date"), trajectory.entry.date, msg("the start of the trajectory")
    for index, visit in path:
        if visit.entered:
            yield ("visits", index, "entered"), visit.entered, msg("when the previous phase was entered")


def _dates_of_visits(visits: Iterable[tuple[int, Visit]]) -> Iterator[_Known]:
    """The dates of the visits to one phase."""
    for index, visit in visits:
        if visit.entered:
            yield ("visits", index, "entered"), visit.entered, msg("when the phase was entered")
        for position, decision in enumerate(visit.decisions):
            route: Route = ("visits", index, "decisions", position, "date")
            yield route, decision.date, msg("the previous decision")


def _dates_of_steps(cycle: Cycle, index: int) -> Iterator[_Known]:
    for name, step in cycle.steps.items():
        if step and step.date:
            route: Route = ("implementeren", "cycles", index, name, "date")
            yield route, step.date, msg("the previous step")


@rule("FII801", Severity.ADVICE, "visits", "assessments")
def old_lights(
    trajectory: Trajectory, circumstances: Circumstances, *, days: int = LOOK_AGAIN_DAYS
) -> Iterator[Finding]:
    # Two weeks is published: the core team reviews the lights that often (5b).
    for phase in dict.fromkeys(visit.phase for _, visit in trajectory.open_visits):
        yield from _old_lights_of(phase, trajectory, circumstances, days)


def _old_lights_of(
    phase: Phase, trajectory: Trajectory, circumstances: Circumstances, days: int
) -> Iterator[Finding]:
    """The outdated lights of a phase since it was last entered; for an organisation, since it entered it."""
    rated = _last_rated(trajectory, phase)
    old = [at for at in rated.values() if at[1].over(days, circumstances.today)]
    if old:
        index, date = max(old, key=lambda at: at[0])
        yield Finding(
            ("assessments", index, "date"),
            count(
                len(old),
                "{n} light of {phase} is older than {days} days",
                "{n} lights of {phase} are older than {days} days",
                phase=msg(label(phase)),
                days=days,
            ),
            msg("review them with the core team, and add an assessment"),
            label=msg("last rated {days} days ago", days=date.days_before(circumstances.today)),
            about=phase,
        )


def _last_rated(trajectory: Trajectory, phase: Phase) -> dict[tuple[str, str | None], tuple[int, Date]]:
    """The index and date of the latest assessment of each item of an open phase, since it was entered.

    It is by item, and by organisation if these are in the phase on their own. An item that is unknown, or
    does not apply, has no light that can become outdated.
    """
    rated: dict[tuple[str, str | None], tuple[int, Date]] = {}
    for index, assessment in trajectory.stoplights():
        visit = trajectory.last_visit_of(assessment.about, phase)
        if visit is None or visit.closing is not None:
            continue
        in_time = visit.entered is None or not assessment.date.before(visit.entered)
        for item, rating in assessment.ratings.items():
            key = item, visit.organisation
            if rating.value in (NO_LIGHT, "nvt"):
                rated.pop(key, None)
                continue
            newer = key not in rated or not assessment.date.before(rated[key][1])
            if in_time and newer and phase_of_item(trajectory, item) == phase:
                rated[key] = (index, assessment.date)
    return rated


_LONGEST = 366
"""The number of days in the least precise date: a year."""


def _between(
    made: Sequence[tuple[int, Assessment]], entered: Date | None, left: Date
) -> Iterator[Assessment]:
    """The assessments that may fall within a visit, in the order of the file; ``made`` is sorted by date."""
    start = bisect_left(made, entered.first.toordinal() - _LONGEST, key=_day) if entered else 0
    end = bisect_right(made, left.last.toordinal(), key=_day)
    for _, assessment in sorted(made[start:end], key=lambda pair: pair[0]):
        if not (entered and assessment.date.before(entered)):
            yield assessment


def _day(made: tuple[int, Assessment]) -> int:
    return made[1].date.first.toordinal()


@rule("FII802", Severity.ADVICE, "visits", "assessments", "checklist")
def left_on_red(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    required = circumstances.handbook.required_items
    made = sorted(trajectory.stoplights(), key=_day)
    of: dict[str | None, list[tuple[int, Assessment]]] = {}
    for each in made:
        of.setdefault(each[1].about, []).append(each)
    for index, visit in enumerate(trajectory.visits):
        closing = visit.closing
        if closing is None or not closing.leaves or closing.reason or long_ago(closing.date, circumstances):
            continue
        lights: dict[tuple[str, Side], str] = {}
        own = of.get(visit.organisation, []) if visit.organisation else made
        for assessment in _between(own, visit.entered, closing.date):
            if trajectory.path_of(assessment.about, visit.phase) != visit.organisation:
                continue
            for item, rating in assessment.ratings.items():
                lights[item, trajectory.side_of(assessment)] = rating.value
        red = [item for (item, _), light in lights.items() if light == "rood" and item in required]
        of_phase = [item for item in dict.fromkeys(red) if phase_of(item) == visit.phase]
        if of_phase:
            yield Finding(
                ("visits", index, "decisions", visit.decisions.index(closing)),
                msg("{phase} was left with a red item, without a reason", phase=msg(label(visit.phase))),
                msg("write under reason why the team continued, for later readers"),
                label=msg("red: {items}", items=", ".join(of_phase)),
                about=visit.phase,
            )


@rule("FII803", Severity.INFO, "signaleren.boundaries", "visits")
def planned_too_short(
    trajectory: Trajectory, circumstances: Circumstances, *, months: int = 24
) -> Iterator[Finding]:
    # Two years is published: research gives two to five for all four stages of implementation.
    boundaries = trajectory.signaleren.boundaries if trajectory.signaleren else None
    planned = longest(boundaries.period) if boundaries and boundaries.period else None
    if planned is not None and planned < months and not is_past(trajectory, "signaleren", circumstances):
        yield Finding(
            ("signaleren", "boundaries", "period"),
            msg("at most {n} months for the whole trajectory", n=planned),
            msg("plan implementing and sustaining too, or agree with the commissioner on who takes over"),
            label=msg("research: two to five years, from exploration to sustaining (part 2)"),
            about="1c.tijd",
        )


_SPAN = re.compile(r"(?<!\d)([0-9]{4}(?:-(?:0[1-9]|1[0-2])(?!\d)(?:-[0-9]{2})?)?)(?!\d)")
_LENGTH = re.compile(
    r"\b([0-9]{1,3}|een|één|twee|drie|anderhalf|one|two|three) ?(jaar|year|maand|month)", re.I
)
_WORDS = {
    "een": 1.0,
    "één": 1.0,
    "one": 1.0,
    "anderhalf": 1.5,
    "twee": 2.0,
    "two": 2.0,
    "drie": 3.0,
    "three": 3.0,
}


def longest(period: str) -> int | None:
    """The maximum length of a period in months, if it can be read: ``2025-2026``, ``18 maanden``."""
    dates = [date for date in map(parse_date, _SPAN.findall(period)) if date]
    if len(dates) == 2 and not dates[1].before(dates[0]):
        return round((dates[1].last - dates[0].first).days * 12 / 365.25)
    found = _LENGTH.findall(period)
    if len(found) != 1 or dates:
        return None
    number, unit = found[0]
    length = _WORDS.get(number.lower()) or float(number)
    months = 12 if unit.lower() in ("jaar", "year") else 1
    return round(length * months)
