"""What each side said of an item over time, and for how long it has said that it hinders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from fii_cli.trajectory import Index, Side
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Assessment

Dated = Sequence[tuple[int, Assessment]]
"""Assessments of one side, oldest first, each with its index in the file."""
Strength = Callable[[Assessment, str], int]
"""How much an assessment says that an item hinders: 2 for strongly, 1 for in part, 0 for not."""


def said_of(
    index: Index, instrument: str, item: str, until: date, since: Date | None = None
) -> Iterator[tuple[Side, Dated]]:
    """What each side said of an item up to a day; ``index`` holds what a trajectory rated, or counted."""
    for side, made in index.get((instrument, item), {}).items():
        counting = [pair for pair in made if pair[1].date.counts(since, until)]
        if counting:
            yield side, counting


def hindering_in_a_row(said: Dated, item: str, strength: Strength) -> Dated:
    """The last assessments of a side that one after the other say that an item hinders, oldest first."""
    start = len(said)
    while start and strength(said[start - 1][1], item):
        start -= 1
    return said[start:]
