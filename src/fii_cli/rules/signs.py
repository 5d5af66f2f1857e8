"""What method rules look for: whether a phase was left, what the lights say, and where a part stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from fii_cli.diagnostics import Finding, Route
from fii_cli.handbook import STOPLICHT
from fii_cli.language import Message
from fii_cli.trajectory import Trajectory
from fii_cli.words import Phase, phase_of


def left(trajectory: Trajectory, phase: Phase) -> bool:
    """Whether a phase was visited, and left for another one or completed; a pause is no leaving."""
    visit = trajectory.last_visits.get(phase)
    closing = visit.closing if visit else None
    return closing is not None and closing.decision in ("door", "afgerond")


def phase_rated(item: str) -> Phase | None:
    """The phase of an item that was rated, where its id tells one."""
    return phase_of(item) if item[:1] and item[0] in "123456" else None


def lights(trajectory: Trajectory, today: date) -> dict[str, dict[str | None, tuple[int, str]]]:
    """How each item was last rated from each side, since its phase was last entered, with the assessment."""
    entered = {phase: visit.entered for phase, visit in trajectory.last_visits.items()}
    found: dict[str, dict[str | None, tuple[int, str]]] = {}
    for (instrument, item), sides in trajectory.rated.items():
        phase = phase_rated(item)
        since = entered.get(phase) if phase else None
        for (perspective, _), made in sides.items():
            counts = [pair for pair in made if pair[1].date.counts(since, today)]
            if instrument == STOPLICHT and counts:
                index, assessment = counts[-1]
                found.setdefault(item, {})[perspective] = (index, assessment.ratings[item].value)
    return found


def in_order(trajectory: Trajectory, item: str, today: date) -> bool:
    """Whether the team says that an item is in order: green from every side, or it does not apply."""
    sides = lights(trajectory, today).get(item, {})
    return bool(sides) and all(light in ("groen", "nvt") for _, light in sides.values())


def lacking(trajectory: Trajectory, item: str, today: date, *, begun: bool) -> bool:
    """Whether it is time to speak of something that is not in the file.

    That is once its part was begun or its phase was left, unless the team put the item on green.
    """
    return (begun or left(trajectory, phase_of(item))) and not in_order(trajectory, item, today)


def part_without(
    trajectory: Trajectory, item: str, steps: Route, message: Message, hint: Message, label: Message
) -> Finding:
    """A finding about what is not there: at the part it belongs to, else where its phase was left."""
    phase = phase_of(item)
    route: Route = (phase, *steps)
    if getattr(trajectory, phase) is None:
        last = max((i for i, visit in enumerate(trajectory.visits) if visit.phase == phase), default=0)
        route = ("visits", last)
    return Finding(route, message, hint, label=label, about=item, at_key=True)


def lack(
    trajectory: Trajectory,
    today: date,
    item: str,
    steps: Route,
    message: Message,
    hint: Message,
    label: Message,
    *,
    begun: bool,
) -> Iterator[Finding]:
    """The finding about what is not there, once it is time to speak of it."""
    if lacking(trajectory, item, today, begun=begun):
        yield part_without(trajectory, item, steps, message, hint, label)


def worked_on(trajectory: Trajectory, *items: str) -> bool:
    """Whether a running action answers one of these items, or an item whose id begins so."""
    answered = trajectory.running_answers
    for place in (f"{STOPLICHT}/{item}" for item in items):
        at = bisect_left(answered, place)
        if at < len(answered) and answered[at].startswith(place):
            return True
    return False
