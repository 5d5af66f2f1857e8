"""The assessments of an item by each side over time, and for how long it has hindered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from fii_cli.trajectory import Index, Side
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Assessment

Dated = Sequence[tuple[int, Assessment]]
"""Assessments of one side, oldest first, each with its index in the file."""
Strength = Callable[[Assessment, str], int]
"""How strongly an item hinders in an assessment: 2 for strongly, 1 for in part, 0 for not."""


def said_of(
    index: Index,
    instrument: str,
    item: str,
    until: date,
    since: Date | None = None,
    no_answers: Collection[str] = (),
) -> Iterator[tuple[Side, Dated]]:
    """The assessments of an item by each side, up to a day; ``index`` has those rated, or counted.

    A rating that is one of ``no_answers`` takes no answer of the same side back: it is only said if the side
    never gave one.
    """
    for side, made in index.get((instrument, item), {}).items():
        counting = [pair for pair in made if pair[1].date.counts(since, until)]
        answers = [pair for pair in counting if _value(pair[1], item) not in no_answers]
        if counting:
            yield side, answers or counting


def _value(assessment: Assessment, item: str) -> str | None:
    rating = assessment.ratings.get(item)
    return rating.value if rating else None


def hindering_in_a_row(said: Dated, item: str, strength: Strength) -> Dated:
    """The latest consecutive assessments of a side in which an item hinders, oldest first."""
    start = len(said)
    while start and strength(said[start - 1][1], item):
        start -= 1
    return said[start:]
