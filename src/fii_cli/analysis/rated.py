"""How items were last rated, and answers last counted, from each side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fii_cli.analysis.standing import RatedBy, rating_in
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.throughout import Assessment


def ratings_on(trajectory: Trajectory, instrument: str, today: date) -> dict[str, tuple[RatedBy, ...]]:
    """How each item of an instrument was last rated, from each side and about each organisation."""
    found: dict[str, tuple[RatedBy, ...]] = {}
    for (rated_on, item), sides in trajectory.rated.items():
        if rated_on == instrument:
            known = ([a for _, a in made if a.date.counts(None, today)] for made in sides.values())
            found[item] = tuple(rating_in(made[-1], item) for made in known if made)
    return {item: ratings for item, ratings in found.items() if ratings}


def counted_on(
    trajectory: Trajectory, instrument: str, today: date
) -> dict[str, tuple[tuple[Assessment, Mapping[str, int]], ...]]:
    """How many gave each answer on each item of an instrument, the last time from each side."""
    found: dict[str, tuple[tuple[Assessment, Mapping[str, int]], ...]] = {}
    for (rated_on, item), sides in trajectory.counted.items():
        if rated_on == instrument:
            known = ([a for _, a in made if a.date.counts(None, today)] for made in sides.values())
            found[item] = tuple((made[-1], made[-1].counts[item]) for made in known if made)
    return {item: counted for item, counted in found.items() if counted}
