"""The current barriers from every instrument: their source, strength, start and actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.counts import Spread, Thresholds, spread_of
from fii_cli.analysis.hinders import answers, hindering
from fii_cli.analysis.lights import lights_by_side
from fii_cli.analysis.published import Reported, reported_of
from fii_cli.analysis.sides import Answers, Dated, Strength, hindering_in_a_row, said_of
from fii_cli.analysis.standing import Standing, standing_of
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Construct
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.language import Bilingual
from fii_cli.trajectory import Side, Trajectory
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

    def answered(assessment: Assessment, item: str) -> bool:
        return answers(handbook, assessment, item, thresholds)

    found = [*_of_lights(standing, handbook, strength)]
    for instrument in handbook.instruments:
        for item in instrument.rateable:
            if (instrument.id, item.id) in trajectory.said:  # few are, and a portfolio has many trajectories
                found += _of_item(
                    trajectory, instrument.id, item, handbook, standing.today, strength, answered
                )
    return tuple(sorted(found, key=lambda barrier: (-barrier.strength, barrier.since.first)))


def places_known(standing: Standing, handbook: Handbook, thresholds: Thresholds) -> frozenset[str]:
    """The items of which a trajectory knows whether they hinder: rated, or counted
    or published of a group that is shown.

    A value that is no answer, such as *unknown*, is not known.
    """
    trajectory, today = standing.trajectory, standing.today
    known = {
        f"{STOPLICHT}/{item.id}"
        for phase in standing.phases
        for item in phase.items
        if item.light not in (NO_LIGHT, "nvt")
    }
    for (instrument, item_id), sides in trajectory.said.items():
        if instrument == STOPLICHT or instrument not in handbook.instrument_ids:
            continue
        made = (each for by_side in sides.values() for _, each in by_side if not each.date.after(today))
        if any(answers(handbook, each, item_id, thresholds) for each in made):
            known.add(f"{instrument}/{item_id}")
    return frozenset(known)


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
    answered: Answers,
) -> Iterator[Barrier]:
    """The barriers on an item of another instrument, by side; these do not depend on visits."""
    by_side = dict(said_of(trajectory.said, instrument, item.id, today, answers=answered))
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
