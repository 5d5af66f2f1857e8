"""What hinders now, from every instrument: who said so, how strongly, since when, and what is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.counts import Spread, Thresholds, hindering, spread_of
from fii_cli.analysis.sides import Dated, Strength, hindering_in_a_row, said_of
from fii_cli.analysis.standing import Standing, standing_of
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Construct
from fii_cli.language import Bilingual
from fii_cli.trajectory import Side, Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Action, Assessment
from fii_cli.words import STOPLICHT


@dataclass(frozen=True, slots=True)
class Barrier:
    """One item that hinders, as one side sees it.

    ``strength`` is 2 for strongly and 1 for in part; ``since`` is the first of the assessments in a row that
    said so; ``touches`` are the constructs that the item is linked to; ``actions`` answer it and are
    running, ``done`` did so and are finished. Where many answered there is a ``spread``, and no ``value``.
    """

    instrument: str
    item: str
    name: Bilingual
    value: str
    spread: Spread | None
    strength: int
    by: str | None
    perspective: str | None
    about: str | None
    date: Date
    since: Date
    note: str | None
    touches: tuple[str, ...]
    actions: tuple[Action, ...]
    done: tuple[Action, ...]

    @property
    def place(self) -> str:
        """How an action names it: ``cfir/III.D.2``."""
        return f"{self.instrument}/{self.item}"


def barriers_of(
    trajectory: Trajectory,
    handbook: Handbook,
    today: date,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - it does not change
) -> tuple[Barrier, ...]:
    """What hinders on a day: strongest first, then what has hindered longest."""

    def strength(assessment: Assessment, item: str) -> int:
        return hindering(handbook, assessment, item, thresholds)

    found = [*_of_lights(standing_of(trajectory, handbook, today), handbook, strength)]
    for instrument in handbook.instruments:
        for item in instrument.items:
            found += _of_item(trajectory, instrument.id, item, handbook, today, strength)
    return tuple(sorted(found, key=lambda barrier: (-barrier.strength, barrier.since.first)))


def _of_lights(standing: Standing, handbook: Handbook, strength: Strength) -> Iterator[Barrier]:
    """The lights that hinder; what was said before its phase was last entered is of another time."""
    trajectory, today = standing.trajectory, standing.today
    for phase in standing.phases:
        entered = phase.visits[-1].entered if phase.visits else None
        for item in phase.items:
            for side, said in said_of(trajectory.rated, STOPLICHT, item.id, today, entered):
                if strength(said[-1][1], item.id):
                    yield _barrier(trajectory, handbook, STOPLICHT, item.id, item, side, said, strength)


def _of_item(
    trajectory: Trajectory,
    instrument: str,
    item: Construct,
    handbook: Handbook,
    today: date,
    strength: Strength,
) -> Iterator[Barrier]:
    """What each side says of an item of another instrument; a phase that is entered anew changes nothing."""
    for index in (trajectory.rated, trajectory.counted):
        by_side = dict(said_of(index, instrument, item.id, today))
        for side in sorted(by_side, key=str):
            said = by_side[side]
            if strength(said[-1][1], item.id):
                yield _barrier(trajectory, handbook, instrument, item.id, item.name, side, said, strength)


def _barrier(
    trajectory: Trajectory,
    handbook: Handbook,
    instrument: str,
    item: str,
    name: Bilingual,
    side: Side,
    said: Dated,
    strength: Strength,
) -> Barrier:
    """The barrier that the last of one side's assessments of an item tells of."""
    place = f"{instrument}/{item}"
    last = said[-1][1]
    rating = last.ratings.get(item)
    perspective, about = side
    return Barrier(
        instrument,
        item,
        name,
        rating.value if rating else "",
        None if rating else spread_of(handbook, instrument, item, last.counts[item]),
        strength(last, item),
        last.by,
        perspective,
        about,
        last.date,
        hindering_in_a_row(said, item, strength)[0][1].date,
        rating.note if rating else None,
        tuple(touch.to for touch in handbook.touches(place)),
        trajectory.running_on.get(place, ()),
        trajectory.done_on.get(place, ()),
    )
