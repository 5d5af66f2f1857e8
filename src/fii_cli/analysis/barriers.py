"""The current barriers from every instrument: their source, strength, start and actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.counts import Spread, Thresholds, spread_of
from fii_cli.analysis.hinders import hindering
from fii_cli.analysis.lights import lights_by_side
from fii_cli.analysis.published import Reported, reported_of
from fii_cli.analysis.sides import Dated, Strength, hindering_in_a_row, said_of
from fii_cli.analysis.standing import Standing, standing_of
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Construct
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.language import Bilingual
from fii_cli.trajectory import Index, Side, Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Action, Assessment
from fii_cli.words import STOPLICHT


@dataclass(frozen=True, slots=True)
class Barrier:
    """One item that hinders according to one side.

    ``strength`` is 2 for strong and 1 for partial; ``since`` is the date of the first consecutive assessment
    that reports it; ``touches`` are the constructs that the item is linked to; ``actions`` are the running
    actions that address it, ``done`` the finished ones. Counted answers have a ``spread``, a published
    result is ``reported``, and both have an empty ``value``; a rating has neither.
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
    reported: Reported | None = None

    @property
    def place(self) -> str:
        """The barrier as written in an action: ``cfir/III.D.2``."""
        return f"{self.instrument}/{self.item}"


def barriers_of(
    trajectory: Trajectory,
    handbook: Handbook,
    today: date,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - it does not change
) -> tuple[Barrier, ...]:
    """The barriers on a day, strongest first, then longest first."""
    return barriers_in(standing_of(trajectory, handbook, today), handbook, thresholds)


def barriers_in(standing: Standing, handbook: Handbook, thresholds: Thresholds) -> tuple[Barrier, ...]:
    """The barriers in a standing, strongest first, then longest first."""
    trajectory = standing.trajectory

    def strength(assessment: Assessment, item: str) -> int:
        return hindering(handbook, assessment, item, thresholds)

    found = [*_of_lights(standing, handbook, strength)]
    for instrument in handbook.instruments:
        for item in instrument.rateable:
            place = (instrument.id, item.id)
            if not any(place in index for index in _indices(trajectory)):
                continue  # most items, and a portfolio has many trajectories
            found += _of_item(trajectory, instrument.id, item, handbook, standing.today, strength)
    return tuple(sorted(found, key=lambda barrier: (-barrier.strength, barrier.since.first)))


def places_known(standing: Standing, handbook: Handbook, thresholds: Thresholds) -> frozenset[str]:
    """The items of which a trajectory knows whether they hinder: rated, or counted in a group that is shown.

    A value that is no answer, such as *unknown*, is not known.
    """
    trajectory, today = standing.trajectory, standing.today
    known = {
        f"{STOPLICHT}/{item.id}"
        for phase in standing.phases
        for item in phase.items
        if item.light not in (NO_LIGHT, "nvt")
    }
    for instrument, item_id in trajectory.rated:
        if instrument == STOPLICHT or instrument not in handbook.instrument_ids:
            continue
        none = handbook.no_answers(instrument, item_id)
        said = said_of(trajectory.rated, instrument, item_id, today, no_answers=none)
        if any(made[-1][1].ratings[item_id].value not in none for _, made in said):
            known.add(f"{instrument}/{item_id}")
    for instrument, item_id in trajectory.counted:
        if instrument not in handbook.instrument_ids:
            continue
        for _, made in said_of(trajectory.counted, instrument, item_id, today):
            spread = spread_of(handbook, instrument, item_id, made[-1][1].counts[item_id])
            if spread.n and not spread.kept_back(thresholds):
                known.add(f"{instrument}/{item_id}")
    for instrument, item_id in trajectory.published:
        if instrument not in handbook.instrument_ids:
            continue
        for _, made in said_of(trajectory.published, instrument, item_id, today):
            reported = reported_of(handbook, made[-1][1], item_id)
            if reported.shares and not reported.kept_back(thresholds):
                known.add(f"{instrument}/{item_id}")
    return frozenset(known)


def _indices(trajectory: Trajectory) -> tuple[Index, ...]:
    return trajectory.rated, trajectory.counted, trajectory.published


def strengths_of(barriers: Iterable[Barrier]) -> dict[str, int]:
    """The strength of each barrier by its place; where sides differ, that of the strongest view."""
    strengths: dict[str, int] = {}
    for barrier in barriers:
        strengths[barrier.place] = max(barrier.strength, strengths.get(barrier.place, 0))
    return strengths


def _of_lights(standing: Standing, handbook: Handbook, strength: Strength) -> Iterator[Barrier]:
    """The lights that hinder. Ratings from before the latest visit to a phase are outdated."""
    trajectory, today = standing.trajectory, standing.today
    for phase in standing.phases:
        for item in phase.items:
            for side, said in lights_by_side(trajectory, item.id, today):
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
    """The barriers on an item of another instrument, by side; these do not depend on visits."""
    none = handbook.no_answers(instrument, item.id)
    for index in _indices(trajectory):
        by_side = dict(said_of(index, instrument, item.id, today, no_answers=none))
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
    """The barrier in the latest of one side's assessments of an item."""
    place = f"{instrument}/{item}"
    last = said[-1][1]
    rating, counts = last.ratings.get(item), last.counts.get(item)
    perspective, about = side
    return Barrier(
        instrument,
        item,
        name,
        rating.value if rating else "",
        None if rating or not counts else spread_of(handbook, instrument, item, counts),
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
        None if rating or counts else reported_of(handbook, last, item),
    )
