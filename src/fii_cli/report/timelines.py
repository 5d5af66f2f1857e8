"""Timelines as plain values: the path through the phases, the planning, and the cycles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from fii_cli.analysis.standing import PhaseStanding, Standing
from fii_cli.analysis.succession import end_told, gone
from fii_cli.language import count
from fii_cli.report.axis import Axis, axis_of
from fii_cli.report.shapes import Bar, Lane, LinkShown, Mark, TimeChart
from fii_cli.report.wording import Wording
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.head import Visit
from fii_cli.trajectory.implementeren import Cycle

_NARROWEST = 3
"""The minimum width of a bar, so that a short visit is still visible."""


@dataclass(frozen=True, slots=True)
class _Stay:
    """A visit with a known start, with the dates between which it is drawn."""

    visit: Visit
    first: date
    last: date


def path_chart(standing: Standing, wording: Wording) -> TimeChart | None:
    """The visits over time, phase by phase, with the steps between them; ``None`` without dated visits."""
    stays = _stays(standing)
    if not stays:
        return None
    own = _by_organisation(stays)
    events = _events(standing, own, wording)
    days = [standing.today, *(each.day for each in events)]
    for stay in stays:
        days += (stay.first, stay.last)
    axis = axis_of(days)
    told = wording.say(
        "Visits to phases, {n} in total, from {first} to {last}; the table below has the same data.",
        n=len(stays),
        first=wording.day(stays[0].visit.entered),
        last=wording.say.day(max(standing.today, *(stay.last for stay in stays)).isoformat()),
    )
    lanes = _lanes(standing, own)
    return TimeChart(
        id="path",
        title=wording.say("Path through the phases over time"),
        told=" ".join([told, *_events_told(events, wording)]),
        ticks=axis.ticks(wording.say),
        now=axis.at(standing.today),
        lanes=tuple(_phase_lane(phase, of, own.get(of, ()), events, axis, wording) for phase, of in lanes),
        links=(*_links(lanes, own, axis, wording), *_merged(lanes, own, events, axis, wording)),
    )


_Lane = tuple[PhaseStanding, str | None]
"""A phase, and the organisation that is in it if not the trajectory as a whole."""


_ByOrganisation = Mapping[str | None, Sequence[_Stay]]
"""The stays of each organisation, and those of the trajectory as a whole, in the order of the file."""


def _by_organisation(stays: Sequence[_Stay]) -> _ByOrganisation:
    found: dict[str | None, list[_Stay]] = {}
    for stay in stays:
        found.setdefault(stay.visit.organisation, []).append(stay)
    return found


def _lanes(standing: Standing, own: _ByOrganisation) -> list[_Lane]:
    """A lane for each phase, and for each organisation that was in it.

    What follows an organisation comes after it. Those that went to a later phase are last among those of a
    phase, so that their steps pass few others.
    """
    numbers = {phase.content.id: phase.content.number for phase in standing.phases}
    furthest = {of: max(numbers[stay.visit.phase] for stay in stays) for of, stays in own.items()}
    places = _places(standing, own)
    lanes: list[_Lane] = []
    for phase in standing.phases:
        there = [of for of, stays in own.items() if any(s.visit.phase == phase.content.id for s in stays)]
        on = {of for of in there if of is not None and furthest[of] > phase.content.number}
        there.sort(key=lambda of: (of is not None, of in on, places[of]))
        lanes += [(phase, of) for of in there or [None]]
    return lanes


def _places(standing: Standing, own: _ByOrganisation) -> dict[str | None, int]:
    """Where each organisation belongs among the others: where the first of those that became it is."""
    order = {of: at for at, of in enumerate(own)}
    became: dict[str, list[str]] = {}
    for each in standing.trajectory.organisations:
        if each.became and each.id in order:
            became.setdefault(each.became, []).append(each.id)
    places: dict[str | None, int] = {None: order.get(None, 0)}
    for of in own:
        first, came = of, {of}
        while first and (
            before := min(set(became.get(first, ())) - came, key=order.__getitem__, default=None)
        ):
            came.add(before)
            first = before
        places[of] = order[first]
    return places


def _stays(standing: Standing) -> list[_Stay]:
    stays = []
    for visit in standing.trajectory.visits:
        if visit.entered:
            closing = visit.closing
            last = closing.date.first if closing else standing.today
            stays.append(_Stay(visit, visit.entered.first, last))
    return stays


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happened to an organisation or an intervention during a visit, beside the decisions.

    ``words`` says in the legend what it is, and ``told`` what happened here.
    """

    stay: _Stay
    day: date
    kind: str
    words: str
    told: str


def _events(standing: Standing, own: _ByOrganisation, wording: Wording) -> list[_Event]:
    """The ends of organisations with visits of their own, and the adaptations, each at a visit."""
    trajectory, say = standing.trajectory, wording.say
    events = []
    for organisation in trajectory.organisations:
        until = organisation.until
        stay = _stay_on(own, organisation.id, until.last) if until else None
        if until and stay and gone(trajectory, organisation.id, standing.today):
            told = f"{say(end_told(trajectory, organisation))} ({wording.day(until)})."
            if organisation.became:
                words = say("continued as another organisation")
                events.append(_Event(stay, until.last, "merged", words, told))
            else:
                events.append(_Event(stay, until.last, "ended", say("no longer takes part"), told))
    for each in trajectory.innoveren.adaptations if trajectory.innoveren else ():
        day = each.date.first
        stay = _stay_on(own, each.organisation, day) or _stay_on(own, None, day)
        if stay:
            events.append(_Event(stay, day, "adapted", say("adaptation"), ""))
    return events


def _stay_on(own: _ByOrganisation, organisation: str | None, day: date) -> _Stay | None:
    """Where an organisation, or the trajectory as a whole, was on a day: where it was last, or first."""
    stays = sorted(own.get(organisation, ()), key=lambda stay: stay.first)
    there = [each for each in stays if each.first <= day <= each.last]
    before = [each for each in stays if each.first <= day]
    return next(reversed(there or before), next(iter(stays), None))


def _events_told(events: list[_Event], wording: Wording) -> list[str]:
    """What the marks of events show, in words."""
    told = [each.told for each in events if each.told]
    n = sum(each.kind == "adapted" for each in events)
    adapted = count(
        n, "{n} adaptation to the intervention is marked.", "{n} adaptations to the intervention are marked."
    )
    return [*told, wording.say(adapted)] if n else told


def _phase_lane(
    phase: PhaseStanding,
    organisation: str | None,
    stays: Sequence[_Stay],
    events: list[_Event],
    axis: Axis,
    wording: Wording,
) -> Lane:
    bars = []
    marks = []
    for stay in stays:
        if stay.visit.phase != phase.content.id:
            continue
        bars.append(_bar(stay, axis, wording))
        for decision in stay.visit.decisions:
            x = axis.at(decision.date.first)
            marks.append(Mark(x, decision.decision, wording.word(decision.decision)))
        marks += (Mark(axis.at(each.day), each.kind, each.words) for each in events if each.stay is stay)
    name = f"{phase.content.number} {wording.say.pick(phase.content.name)}{wording.beside(organisation)}"
    return Lane(name, "", tuple(bars), tuple(marks))


def _bar(stay: _Stay, axis: Axis, wording: Wording) -> Bar:
    x = axis.at(stay.first)
    return Bar(
        x=x,
        width=round(max(axis.at(stay.last) - x, _NARROWEST), 1),
        open=stay.visit.closing is None,
        words=wording.word(stay.visit.via),
        first=stay.first.isoformat(),
        last=stay.last.isoformat(),
    )


def _links(lanes: list[_Lane], own: _ByOrganisation, axis: Axis, wording: Wording) -> tuple[LinkShown, ...]:
    """The steps from one phase to another, of one organisation or of the trajectory as a whole."""
    lane_of = {(phase.content.id, of): number for number, (phase, of) in enumerate(lanes)}
    links = []
    for of, stays in own.items():
        for before, after in pairwise(stays):
            start, end = lane_of[before.visit.phase, of], lane_of[after.visit.phase, of]
            if start != end:
                via = after.visit.via
                x = axis.at(after.first)
                links.append(LinkShown(x, start, end, via, wording.word(via), of is not None))
    return tuple(links)


def _merged(
    lanes: list[_Lane], own: _ByOrganisation, events: list[_Event], axis: Axis, wording: Wording
) -> Iterator[LinkShown]:
    """The steps from an organisation that ended to where it went on, in the organisation that it became."""
    lane_of = {(phase.content.id, of): number for number, (phase, of) in enumerate(lanes)}
    became = {each.id: each.became for each in wording.trajectory.organisations}
    for event in events:
        of = event.stay.visit.organisation
        there = _stay_on(own, became.get(of or ""), event.day) if event.kind == "merged" else None
        if there and there.visit.organisation:
            start = lane_of[event.stay.visit.phase, of]
            end = lane_of[there.visit.phase, there.visit.organisation]
            yield LinkShown(axis.at(event.day), start, end, "forward", wording.word("forward"), True)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A task or an action: its due date, the date it was done, and whether it is overdue."""

    what: str
    who: str
    due: Date | None
    done: Date | None
    late: bool

    @property
    def days(self) -> list[date]:
        return [day.last for day in (self.due, self.done) if day]


def planning_chart(standing: Standing, wording: Wording) -> TimeChart | None:
    """The tasks of the roadmap and the actions over time; ``None`` without dates."""
    planned = [each for each in _planned(standing, wording) if each.days]
    if not planned:
        return None
    days = [standing.today]
    for each in planned:
        days += each.days
    axis = axis_of(days)
    return TimeChart(
        id="planning",
        title=wording.say("Roadmap and actions over time"),
        told=wording.say("When each is due and when it was done; the tables below have the same data."),
        ticks=axis.ticks(wording.say),
        now=axis.at(standing.today),
        lanes=tuple(_planned_lane(each, axis, wording) for each in planned),
    )


def _planned(standing: Standing, wording: Wording) -> list[_Planned]:
    planned = []
    for task in standing.roadmap:
        by = wording.trajectory.named(task.by) if task.done else wording.who(task.by, standing.today)
        planned.append(_Planned(task.what, by, task.due, task.done, task.is_overdue(standing.today)))
    for action in standing.trajectory.actions:
        owner = wording.doer(action, standing.today)
        done = action.result.date if action.result else None
        planned.append(_Planned(action.what, owner, action.due, done, action.is_overdue(standing.today)))
    return planned


def _planned_lane(planned: _Planned, axis: Axis, wording: Wording) -> Lane:
    marks = []
    if planned.due:
        x = axis.at(planned.due.last)
        late, due = Mark(x, "late", wording.say("overdue")), Mark(x, "due", wording.say("due"))
        marks.append(late if planned.late else due)
    if planned.done:
        marks.append(Mark(axis.at(planned.done.last), "done", wording.say("done")))
    return Lane(planned.what, planned.who, (), tuple(marks))


_APART = 50
"""The least distance between two signs, so that they can be read on a phone too."""


def cycles_chart(standing: Standing, wording: Wording) -> TimeChart | None:
    """The steps of each cycle over time; ``None`` without dated steps.

    Steps that would stand over each other on a phone share one sign, on the day of the first.
    """
    section = standing.trajectory.implementeren
    if section is None:
        return None
    days = [standing.today]
    for cycle in section.cycles:
        days += (day for _, day in _dated_steps(cycle))
    if len(days) == 1:
        return None
    axis = axis_of(days)
    lanes = []
    for cycle in section.cycles:
        marks: list[Mark] = []
        for step, day in _dated_steps(cycle):
            mark = Mark(axis.at(day), step, step[0].upper())
            if marks and abs(mark.x - marks[-1].x) < _APART:
                mark = Mark(marks[-1].x, marks[-1].kind, f"{marks[-1].words} {mark.words}")
                marks.pop()
            marks.append(mark)
        lanes.append(Lane(cycle.id, "", (), tuple(marks)))
    return TimeChart(
        id="cycles",
        title=wording.say("Cycles over time"),
        told=wording.say(
            "The plan, do, check and act steps of each cycle; the table below shows what was done."
        ),
        ticks=axis.ticks(wording.say),
        now=axis.at(standing.today),
        lanes=tuple(lanes),
    )


def _dated_steps(cycle: Cycle) -> list[tuple[str, date]]:
    """The steps of a cycle with a known date, as pairs of name and date."""
    steps = {"plan": cycle.plan, "do": cycle.do, "check": cycle.check, "act": cycle.act}
    dated = []
    for name, step in steps.items():
        if step and step.date:
            dated.append((name, step.date.first))
    return dated
