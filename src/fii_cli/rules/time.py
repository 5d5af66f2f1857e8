"""Dates that contradict each other, visits that cannot be, and lights that grew old."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.language import Message, count, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import LOOK_AGAIN_DAYS, Date
from fii_cli.words import label, phase_of


@rule("FII030", Severity.ERROR, "entry", "visits", "implementeren")
def dates_contradict(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for (earlier_route, earlier, what), (route, date) in _orders(trajectory):
        if date.before(earlier):
            yield Finding(
                route,
                msg("{date} lies before {earlier}, {what}", date=date.text, earlier=earlier.text, what=what),
                msg("correct one of the two dates"),
                related=((earlier_route, msg("{date} stands here", date=earlier.text)),),
            )
    for index, visit in enumerate(trajectory.visits):
        closed = False
        for position, decision in enumerate(visit.decisions):
            if closed:
                yield Finding(
                    ("visits", index, "decisions", position),
                    msg("this visit had already ended before this decision"),
                    msg("put the closing decision last, or start a new visit"),
                )
            closed = closed or decision.closes


_Dated = tuple[Route, Date]
_Known = tuple[Route, Date, Message]


def _orders(trajectory: Trajectory) -> Iterator[tuple[_Known, _Dated]]:
    """Pairs of dates of which the second cannot lie before the first."""
    last: _Known | None = None
    if trajectory.entry.date:
        last = (("entry", "date"), trajectory.entry.date, msg("the start of the trajectory"))
    for index, visit in enumerate(trajectory.visits):
        if visit.entered:
            route: Route = ("visits", index, "entered")
            if last:
                yield last, (route, visit.entered)
            last = (route, visit.entered, msg("when the phase was entered"))
        for position, decision in enumerate(visit.decisions):
            route = ("visits", index, "decisions", position, "date")
            if last:
                yield last, (route, decision.date)
            last = (route, decision.date, msg("the decision before it"))
    cycles = trajectory.implementeren.cycles if trajectory.implementeren else ()
    for index, cycle in enumerate(cycles):
        before: _Known | None = None
        for name, step in (
            ("plan", cycle.plan),
            ("do", cycle.do),
            ("check", cycle.check),
            ("act", cycle.act),
        ):
            if step and step.date:
                route = ("implementeren", "cycles", index, name, "date")
                if before:
                    yield before, (route, step.date)
                before = (route, step.date, msg("the step before it"))


@rule("FII031", Severity.ERROR, "visits")
def more_than_one_open_visit(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    open_ = [index for index, visit in enumerate(trajectory.visits) if visit.closing is None]
    last = len(trajectory.visits) - 1
    for index in open_:
        if index == last:
            continue
        yield Finding(
            ("visits", index),
            msg("this visit has not ended, and yet another follows"),
            msg("add a closing decision here: door, pauze, stop or afgerond"),
            related=((("visits", index + 1), msg("the next visit starts here")),),
        )


@rule("FII801", Severity.ADVICE, "visits", "assessments")
def old_lights(
    trajectory: Trajectory, circumstances: Circumstances, *, days: int = LOOK_AGAIN_DAYS
) -> Iterator[Finding]:
    if not trajectory.open_visit or trajectory.at_rest:
        return
    _, visit = trajectory.open_visit
    rated: dict[str, tuple[int, Date]] = {}
    for index, assessment in trajectory.stoplights():
        if assessment.date.after(circumstances.today):
            continue
        for item, rating in assessment.ratings.items():
            if rating.value == "nvt":
                rated.pop(item, None)
                continue
            in_phase = item[:1] in "123456" and phase_of(item) == visit.phase
            since = visit.entered is None or not assessment.date.before(visit.entered)
            if in_phase and since and (item not in rated or not assessment.date.before(rated[item][1])):
                rated[item] = (index, assessment.date)
    old = {item: at for item, at in rated.items() if at[1].days_before(circumstances.today) > days}
    if old:
        index, date = max(old.values(), key=lambda at: at[0])
        yield Finding(
            ("assessments", index, "date"),
            count(
                len(old),
                "{n} light of {phase} is older than {days} days",
                "{n} lights of {phase} are older than {days} days",
                phase=msg(label(visit.phase)),
                days=days,
            ),
            msg("look at them again with the core team, and add an assessment"),
            label=msg("last rated {days} days ago", days=date.days_before(circumstances.today)),
            about=visit.phase,
        )
