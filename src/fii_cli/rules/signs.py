"""What method rules share: when something missing is reported, and at which location."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from fii_cli.analysis.lights import last_lights, light_in, light_of
from fii_cli.diagnostics import Finding, Route
from fii_cli.language import Message
from fii_cli.rules.base import Circumstances
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.words import PHASES, STOPLICHT, Light, Phase, phase_of

_DAYS_A_YEAR, _MONTHS_A_YEAR = 365, 12
_LIT: tuple[Light, ...] = ("groen", "oranje", "rood")


def in_order(trajectory: Trajectory, item: str, today: date) -> bool:
    """Whether the team rated an item green from every side, or as not applicable."""
    return light_of(item, last_lights(trajectory, item, today)) in ("groen", "nvt")


def long_ago(left: Date, circumstances: Circumstances) -> bool:
    """Whether a phase was left so long ago, on this date, that advice about it helps nobody any more."""
    months = circumstances.thresholds.left_months
    return left.over(months * _DAYS_A_YEAR // _MONTHS_A_YEAR, circumstances.today)


def is_past(trajectory: Trajectory, phase: Phase, circumstances: Circumstances) -> bool:
    """Whether a phase was left long ago."""
    if not trajectory.has_left(phase):
        return False
    return all(long_ago(each.date, circumstances) for each in trajectory.last_decisions[phase])


def is_skipped(trajectory: Trajectory, phase: Phase) -> bool:
    """Whether a phase was never visited, though a later one was, or the trajectory ended."""
    if phase in trajectory.last_visits:
        return False
    later = PHASES[PHASES.index(phase) + 1 :]
    return trajectory.has_ended or any(each in trajectory.last_visits for each in later)


def matters(trajectory: Trajectory, item: str, circumstances: Circumstances) -> bool:
    """Whether advice about an item still helps: it is not green, and its phase was not left long ago."""
    if is_past(trajectory, phase_of(item), circumstances):
        return False
    return not in_order(trajectory, item, circumstances.today)


def lacking(trajectory: Trajectory, item: str, circumstances: Circumstances, *, begun: bool) -> bool:
    """Whether something missing should be reported.

    It is once its part was begun or its phase was left, as long as the item matters. A fact that somebody
    recorded about a skipped phase asks for nothing more.
    """
    phase = phase_of(item)
    timely = trajectory.has_left(phase) or (begun and not is_skipped(trajectory, phase))
    return timely and matters(trajectory, item, circumstances)


def weighed(trajectory: Trajectory, item: str, today: date) -> bool:
    """Whether the team thought about an item and says what it thought: a light, with a note."""
    last = last_lights(trajectory, item, today).values()
    return any(light_in(made, item) in _LIT and made.ratings[item].note for _, made in last)


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
    circumstances: Circumstances,
    item: str,
    steps: Route,
    message: Message,
    hint: Message,
    label: Message,
    *,
    begun: bool,
) -> Iterator[Finding]:
    """The finding about something missing, if it should be reported."""
    if lacking(trajectory, item, circumstances, begun=begun):
        yield part_without(trajectory, item, steps, message, hint, label)


def worked_on(trajectory: Trajectory, *items: str) -> bool:
    """Whether a running action addresses one of these items, or an item whose id starts with one of them."""
    answered = trajectory.running_answers
    for place in (f"{STOPLICHT}/{item}" for item in items):
        at = bisect_left(answered, place)
        if at < len(answered) and answered[at].startswith(place):
            return True
    return False
