"""How the lights of a trajectory moved: forward, back, or rated for the first time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.score import before_the_last, changes_since
from fii_cli.analysis.standing import Standing
from fii_cli.handbook import Handbook
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.trajectory import Trajectory
from fii_cli.words import Light

_RANK: dict[Light, int] = {"rood": 0, "oranje": 1, "groen": 2}


@dataclass(frozen=True, slots=True)
class Movement:
    """The number of lights that moved after a day. ``new`` are those that had no light on that day."""

    since: date
    forward: int = 0
    back: int = 0
    new: int = 0


def movement_of(trajectory: Trajectory, standing: Standing, handbook: Handbook) -> Movement | None:
    """The movement since the assessment before the last, or ``None`` if there was no earlier one.

    ``trajectory`` is the one of which this is the standing. An item that no longer applies did not move.
    """
    since = before_the_last(trajectory)
    if since is None:
        return None
    forward = back = new = 0
    for change in changes_since(trajectory, standing, handbook, since):
        now, before = change.item.light, change.before
        if now in _RANK and before == NO_LIGHT:
            new += 1
        elif now in _RANK and before in _RANK:
            forward += _RANK[now] > _RANK[before]
            back += _RANK[now] < _RANK[before]
    return Movement(since, forward, back, new)
