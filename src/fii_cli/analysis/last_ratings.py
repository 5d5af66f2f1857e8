"""The latest ratings, counts and published results of items, from each side."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.hinders import answers
from fii_cli.analysis.published import reported_of
from fii_cli.analysis.sides import said_of
from fii_cli.analysis.standing import RatedBy, rating_in
from fii_cli.handbook import Handbook
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Assessment


def ratings_on(
    trajectory: Trajectory, instrument: str, handbook: Handbook, today: date
) -> dict[str, tuple[RatedBy, ...]]:
    """The latest ratings of each item of an instrument, from each side and about each organisation."""
    found: dict[str, tuple[RatedBy, ...]] = {}
    for rated_on, item in trajectory.rated:
        if rated_on == instrument:
            none = handbook.no_answers(instrument, item)

            def given(made: Assessment, item: str, none: Collection[str] = none) -> bool:
                return made.ratings[item].value not in none

            said = said_of(trajectory.rated, instrument, item, today, answers=given)
            found[item] = tuple(rating_in(made[-1][1], item) for _, made in said)
    return {item: ratings for item, ratings in found.items() if ratings}


class LastSaid(NamedTuple):
    """What each side last said of an item: the latest form of each, rated, counted or published.

    A published mean says on no side that an item is, so it stands beside what its side said before.
    """

    ratings: tuple[RatedBy, ...]
    counts: tuple[Assessment, ...]
    published: tuple[Assessment, ...]


def last_said(
    trajectory: Trajectory,
    instrument: str,
    item: str,
    handbook: Handbook,
    thresholds: Thresholds,
    today: date,
) -> LastSaid:
    """What each side last said of an item of an instrument."""

    def answered(assessment: Assessment, item: str) -> bool:
        return answers(handbook, assessment, item, thresholds)

    ratings, counts, published = [], [], []
    index = trajectory.said
    for side, said in said_of(index, instrument, item, today, answers=answered):
        at, last = said[-1]
        if item in last.ratings:
            ratings.append(rating_in(last, item))
        elif item in last.counts:
            counts.append(last)
        else:
            published.append(last)
        newest_at, newest = [each for each in index[instrument, item][side] if not each[1].date.after(today)][
            -1
        ]
        if newest_at != at and newest.published.get(item) and not newest.ratings.get(item):
            mean = reported_of(handbook, newest, item)
            if mean.mean is not None and not newest.counts.get(item) and not mean.kept_back(thresholds):
                published.append(newest)
    return LastSaid(tuple(ratings), tuple(counts), tuple(published))
