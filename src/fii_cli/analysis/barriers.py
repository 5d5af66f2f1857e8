"""What hinders now, from every instrument: who said so, how strongly, since when, and what is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.counts import Spread, Thresholds, hindering, spread_of
from fii_cli.analysis.standing import Standing, standing_of
from fii_cli.handbook import STOPLICHT, Handbook
from fii_cli.handbook.models import Framework
from fii_cli.language import Bilingual
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.throughout import Action, Assessment


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


Dated = Sequence[tuple[int, Assessment]]
Strength = Callable[[Assessment, str], int]


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
        found += _of_instrument(trajectory, instrument, handbook, today, strength)
    return tuple(sorted(found, key=lambda barrier: (-barrier.strength, barrier.since.first)))


def _of_lights(standing: Standing, handbook: Handbook, strength: Strength) -> Iterator[Barrier]:
    for phase in standing.phases:
        entered = phase.visits[-1].entered if phase.visits else None
        for item in phase.items:
            for rating in item.ratings:
                side = (rating.perspective, None)
                made = standing.trajectory.rated[STOPLICHT, item.id][side]
                run = [pair for pair in made if pair[1].date.counts(entered, standing.today)]
                if strength(run[-1][1], item.id):
                    yield _barrier(standing.trajectory, handbook, STOPLICHT, item.id, item, run, strength)


def _of_instrument(
    trajectory: Trajectory, instrument: Framework, handbook: Handbook, today: date, strength: Strength
) -> Iterator[Barrier]:
    for item in instrument.items:
        for index in (trajectory.rated, trajectory.counted):
            sides = index.get((instrument.id, item.id), {})
            for _, made in sorted(sides.items(), key=lambda pair: str(pair[0])):
                given = [pair for pair in made if pair[1].date.counts(None, today)]
                if given and strength(given[-1][1], item.id):
                    yield _barrier(trajectory, handbook, instrument.id, item.id, item.name, given, strength)


def _barrier(
    trajectory: Trajectory,
    handbook: Handbook,
    instrument: str,
    item: str,
    name: Bilingual,
    given: Dated,
    strength: Strength,
) -> Barrier:
    """The barrier that the last of one side's assessments of an item tells of."""
    last, place = given[-1][1], f"{instrument}/{item}"
    rating = last.ratings.get(item)
    return Barrier(
        instrument,
        item,
        name,
        rating.value if rating else "",
        None if rating else spread_of(handbook, instrument, item, last.counts[item]),
        strength(last, item),
        last.by,
        last.perspective,
        None if instrument == STOPLICHT else last.about,
        last.date,
        _since(given, item, strength),
        rating.note if rating else None,
        tuple(touch.to for touch in handbook.touches(place)),
        trajectory.running_on.get(place, ()),
        trajectory.done_on.get(place, ()),
    )


def _since(given: Dated, item: str, strength: Strength) -> Date:
    """The first of the last assessments in a row that say it hinders."""
    since = given[-1][1].date
    for _, assessment in reversed(given):
        if not strength(assessment, item):
            break
        since = assessment.date
    return since
