"""The latest ratings and counts of items, from each side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fii_cli.analysis.published import Reported, reported_of
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
            said = said_of(trajectory.rated, instrument, item, today, no_answers=none)
            found[item] = tuple(rating_in(made[-1][1], item) for _, made in said)
    return {item: ratings for item, ratings in found.items() if ratings}


def published_on(
    trajectory: Trajectory, instrument: str, handbook: Handbook, today: date
) -> dict[str, tuple[tuple[Assessment, Reported], ...]]:
    """The latest published result of each item of an instrument, from each side, with its assessment."""
    found: dict[str, tuple[tuple[Assessment, Reported], ...]] = {}
    for published_on_, item in trajectory.published:
        if published_on_ == instrument:
            said = said_of(trajectory.published, instrument, item, today)
            last = [made[-1][1] for _, made in said]
            found[item] = tuple((made, reported_of(handbook, made, item)) for made in last)
    return {item: published for item, published in found.items() if published}


def counted_on(
    trajectory: Trajectory, instrument: str, today: date
) -> dict[str, tuple[tuple[Assessment, Mapping[str, int]], ...]]:
    """The latest counts of each item of an instrument, from each side, with their assessments."""
    found: dict[str, tuple[tuple[Assessment, Mapping[str, int]], ...]] = {}
    for counted_on_, item in trajectory.counted:
        if counted_on_ == instrument:
            said = said_of(trajectory.counted, instrument, item, today)
            last = [made[-1][1] for _, made in said]
            found[item] = tuple((assessment, assessment.counts[item]) for assessment in last)
    return {item: counted for item, counted in found.items() if counted}
