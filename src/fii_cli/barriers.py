"""What hinders now, from every instrument: who said so, how strongly, since when, and what is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fii_cli.handbook import STOPLICHT, Handbook
from fii_cli.handbook.models import Framework
from fii_cli.language import Bilingual
from fii_cli.standing import Standing, standing_of
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.following import Action, Assessment


@dataclass(frozen=True, slots=True)
class Barrier:
    """One item that hinders, as one side sees it.

    ``strength`` is 2 for strongly and 1 for in part; ``since`` is the first of the ratings in a row that said
    so; ``touches`` are the constructs that a checklist item is linked to; ``actions`` answer it and are
    running, ``done`` did so and are finished.
    """

    instrument: str
    item: str
    name: Bilingual
    value: str
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


def barriers_of(trajectory: Trajectory, handbook: Handbook, today: date) -> tuple[Barrier, ...]:
    """What hinders on a day: strongest first, then what has hindered longest."""
    standing = standing_of(trajectory, handbook, today)
    found = [*_of_lights(standing, handbook)]
    for instrument in handbook.instruments:
        found += _of_instrument(trajectory, instrument, handbook.hinders(instrument.id), today)
    return tuple(sorted(found, key=lambda barrier: (-barrier.strength, barrier.since.first)))


def _of_lights(standing: Standing, handbook: Handbook) -> Iterator[Barrier]:
    trajectory, strengths = standing.trajectory, handbook.hinders(STOPLICHT)
    links = {
        item.id: tuple([f"cfir/{id_}" for id_ in item.cfir] + [f"midi/{id_}" for id_ in item.midi])
        for phase in handbook.phases
        for subphase in phase.subphases
        for item in subphase.items
    }
    for phase in standing.phases:
        entered = phase.visits[-1].entered if phase.visits else None
        for item in phase.items:
            for rating in item.ratings:
                if rating.value in strengths:
                    made = trajectory.rated[STOPLICHT, item.id][rating.perspective, None]
                    run = [each for _, each in made if each.date.counts(entered, standing.today)]
                    yield Barrier(
                        STOPLICHT,
                        item.id,
                        item,
                        rating.value,
                        strengths[rating.value],
                        rating.by,
                        rating.perspective,
                        rating.about,
                        rating.date,
                        _since(run, item.id, strengths),
                        rating.note,
                        links.get(item.id, ()),
                        *_answers(trajectory, f"{STOPLICHT}/{item.id}"),
                    )


def _of_instrument(
    trajectory: Trajectory, instrument: Framework, strengths: Mapping[str, int], today: date
) -> Iterator[Barrier]:
    for group in instrument.groups:
        for item in group.items:
            sides = trajectory.rated.get((instrument.id, item.id), {})
            for (perspective, about), made in sorted(sides.items(), key=lambda pair: str(pair[0])):
                given = [each for _, each in made if each.date.counts(None, today)]
                if not given or given[-1].ratings[item.id].value not in strengths:
                    continue
                last, rating = given[-1], given[-1].ratings[item.id]
                yield Barrier(
                    instrument.id,
                    item.id,
                    item.name,
                    rating.value,
                    strengths[rating.value],
                    last.by,
                    perspective,
                    about,
                    last.date,
                    _since(given, item.id, strengths),
                    rating.note,
                    (),
                    *_answers(trajectory, f"{instrument.id}/{item.id}"),
                )


def _since(given: list[Assessment], item: str, strengths: Mapping[str, int]) -> Date:
    """The first of the last ratings in a row that say it hinders."""
    since = given[-1].date
    for assessment in reversed(given):
        if assessment.ratings[item].value not in strengths:
            break
        since = assessment.date
    return since


def _answers(trajectory: Trajectory, place: str) -> tuple[tuple[Action, ...], tuple[Action, ...]]:
    """The actions that answer a barrier: those that run, and those that are finished."""
    found = [action for action in trajectory.actions if place in action.answers]
    return (
        tuple(action for action in found if action.status in ("open", "bezig")),
        tuple(action for action in found if action.status == "klaar"),
    )
