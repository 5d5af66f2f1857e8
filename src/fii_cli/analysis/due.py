"""What has a date ahead: decisions, actions, tasks, contacts, lights, accepted findings and plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Literal, get_args

from fii_cli.analysis.silence import SILENT_WEEKS, next_contact, rests
from fii_cli.analysis.standing import Standing
from fii_cli.analysis.succession import key_people_now
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import LOOK_AGAIN_DAYS, Date, parse_date

DueKind = Literal[
    "decision", "action", "task", "adjustment", "contact", "lights", "accepted", "kick-off", "start"
]
DUE_KINDS: tuple[DueKind, ...] = get_args(DueKind)


@dataclass(frozen=True, slots=True)
class Due:
    """Something with a date.

    ``key`` tells it apart from the others of its kind in the same trajectory, and stays the same when its
    date changes. ``what`` is a text of the trajectory, or the id of what it is about; ``who`` is the id of
    a person or an organisation.
    """

    kind: DueKind
    key: str
    what: str
    who: str | None
    day: Date
    late: bool = False


def due_in(standing: Standing, silent_weeks: int = SILENT_WEEKS) -> tuple[Due, ...]:
    """Everything with a date that is not done, late or ahead: what is late first, then by date.

    A date that is not a day counts as its last day. While the trajectory is at rest, no lights and no
    contacts are due.
    """
    trajectory, today = standing.trajectory, standing.today
    found = chain(
        _decisions(trajectory, today),
        _actions(trajectory, today),
        _tasks(trajectory, today),
        _adjustments(trajectory, today),
        () if trajectory.at_rest else _contacts(trajectory, today, silent_weeks),
        _lights(standing),
        _accepted(trajectory, today),
        _plans(trajectory, today),
    )
    return tuple(sorted(found, key=_by_urgency))


def _by_urgency(due: Due) -> tuple[bool, date, int, str]:
    return not due.late, due.day.last, DUE_KINDS.index(due.kind), due.key


def _decisions(trajectory: Trajectory, today: date) -> Iterator[Due]:
    for each in trajectory.requested_decisions:
        if each.due and each.decided is None:
            yield Due("decision", each.id, each.question, each.asked_of, each.due, each.is_overdue(today))


def _actions(trajectory: Trajectory, today: date) -> Iterator[Due]:
    for action in trajectory.actions:
        if action.runs and action.due:
            yield Due("action", action.id, action.what, action.owner, action.due, action.is_overdue(today))


def _tasks(trajectory: Trajectory, today: date) -> Iterator[Due]:
    for task in trajectory.roadmap:
        if not task.done and task.due:
            yield Due("task", task.id, task.what, task.by, task.due, task.is_overdue(today))


def _adjustments(trajectory: Trajectory, today: date) -> Iterator[Due]:
    """The adjustments that no later evaluation has looked at: an adjustment itself is never closed."""
    evaluations = trajectory.borgen.improvement if trajectory.borgen else None
    every = evaluations.evaluations if evaluations else ()
    for each in every:
        adjust = each.adjust
        if adjust is None or adjust.due is None:
            continue
        if any(not later.date.before(adjust.due) for later in every if later is not each):
            continue
        late = adjust.due.before(today)
        yield Due("adjustment", each.date.text, adjust.what, adjust.owner, adjust.due, late)


def _contacts(trajectory: Trajectory, today: date, weeks: int) -> Iterator[Due]:
    """The next contact with each key person, which is late once this person counts as silent."""
    for now in key_people_now(trajectory, today):
        contact = next_contact(now, weeks)
        if contact and not rests(trajectory, now, today):
            late = contact.silent_after < today
            yield Due("contact", now.person, now.person, None, _day(contact.due), late)


def _lights(standing: Standing) -> Iterator[Due]:
    """The day on which the lights of an open phase should be looked at again, if any was rated.

    If lights stand for each organisation, it is the first of their days; one that rests has none.
    """
    for phase in (standing.here, *standing.beside):
        if phase is None or not phase.rated:
            continue
        rated: dict[str | None, date] = {}
        for item in phase.items:
            for rating in item.ratings if item.light != NO_LIGHT else ():
                if rating.about is None or not standing.trajectory.rests(rating.about):
                    rated[rating.about] = max(rated.get(rating.about, date.min), rating.date.last)
        if rated:
            day = min(rated.values()) + timedelta(days=LOOK_AGAIN_DAYS)
            yield Due("lights", phase.content.id, phase.content.id, None, _day(day), day < standing.today)


def _accepted(trajectory: Trajectory, today: date) -> Iterator[Due]:
    """When accepted findings return; one that has returned is a finding, and no longer due."""
    for each in trajectory.accepted:
        if each.until and not each.until.before(today):
            key = f"{each.rule}/{each.about or ''}"
            yield Due("accepted", key, each.rule, each.about, each.until)


def _plans(trajectory: Trajectory, today: date) -> Iterator[Due]:
    ownership = trajectory.verkennen.ownership if trajectory.verkennen else None
    if ownership and ownership.kick_off and not ownership.kick_off.before(today):
        yield Due("kick-off", "", "", None, ownership.kick_off)
    start = trajectory.entry.date
    if start and start.after(today):
        yield Due("start", "", "", None, start)


def _day(day: date) -> Date:
    written = parse_date(day.isoformat())
    assert written is not None
    return written
