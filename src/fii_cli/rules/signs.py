"""What method rules share: when something missing is reported, and at which location."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from fii_cli.analysis.lights import last_lights, light_of
from fii_cli.diagnostics import Finding, Route
from fii_cli.language import Message
from fii_cli.trajectory import Trajectory
from fii_cli.words import STOPLICHT, phase_of


def in_order(trajectory: Trajectory, item: str, today: date) -> bool:
    """Whether the team rated an item green from every side, or as not applicable."""
    return light_of(item, last_lights(trajectory, item, today)) in ("groen", "nvt")


def lacking(trajectory: Trajectory, item: str, today: date, *, begun: bool) -> bool:
    """Whether something missing should be reported.

    It is once its part was begun or its phase was left, unless the team rated the item green.
    """
    timely = begun or trajectory.has_left(phase_of(item))
    return timely and not in_order(trajectory, item, today)


def part_without(
    trajectory: Trajectory, item: str, steps: Route, message: Message, hint: Message, label: Message
) -> Finding:
    """A finding about something missing, at its part of the file, or else at the last visit to its phase."""
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
    """The finding about something missing, if it should be reported."""
    if lacking(trajectory, item, today, begun=begun):
        yield part_without(trajectory, item, steps, message, hint, label)


def worked_on(trajectory: Trajectory, *items: str) -> bool:
    """Whether a running action addresses one of these items, or an item whose id starts with one of them."""
    answered = trajectory.running_answers
    for place in (f"{STOPLICHT}/{item}" for item in items):
        at = bisect_left(answered, place)
        if at < len(answered) and answered[at].startswith(place):
            return True
    return False
