"""Advice on a trajectory: the strategies to consider for its current barriers, or for given ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fii_cli.analysis.barriers import Barrier, strengths_of
from fii_cli.analysis.recommendations import Outcome, Recommendation, first_ones, recommend
from fii_cli.analysis.renewed import renewed
from fii_cli.diagnostics import Refused
from fii_cli.handbook import Handbook
from fii_cli.handbook.lookup import refused_as_retired
from fii_cli.handbook.retired import Retired
from fii_cli.language import msg
from fii_cli.suggest import did_you_mean, known_as
from fii_cli.trajectory import Trajectory
from fii_cli.words import STOPLICHT, Phase


@dataclass(frozen=True, slots=True)
class Advice:
    """Strategies for barriers, best first: those ``shown``, and the number ``found``.

    ``barriers`` are the strengths by place, such as ``cfir/III.D.2``. ``phase`` is the requested phase, or
    else the open one.
    """

    barriers: Mapping[str, int]
    phase: Phase | None
    shown: tuple[Recommendation, ...]
    found: int


def advise(
    handbook: Handbook,
    barriers: Mapping[str, int],
    trajectory: Trajectory | None,
    *,
    phase: Phase | None = None,
    every: bool = False,
    others: Iterable[Outcome] = (),
) -> Advice:
    """The advice on barriers: at most five strategies, or ``every`` one, including what few experts named.

    ``barriers`` are places with their strength: 2 if it hinders strongly, 1 if in part. The five cover the
    strongest. ``phase`` selects only strategies that fit it; without one, the open phase affects the order.
    ``others`` are the outcomes in other trajectories, which are only asked for if there are barriers.
    """
    visit = trajectory.open_visit if trajectory else None
    here = phase or (visit[1].phase if visit else None)
    actions = renewed(trajectory, handbook).trajectory.actions if trajectory else ()
    elsewhere = others if barriers else ()
    found = recommend(handbook, barriers, here, actions, elsewhere)
    fitting = [each for each in found if phase is None or phase in each.strategy.phases]
    strongest = max(barriers.values(), default=0)
    strong = [place for place, strength in barriers.items() if strength == strongest]
    shown = tuple(fitting) if every else first_ones(fitting, strong)
    return Advice(barriers, here, shown, len(fitting))


def advised_now(
    trajectory: Trajectory, barriers: Iterable[Barrier], handbook: Handbook
) -> tuple[Recommendation, ...]:
    """The strategies for the current barriers; none if the trajectory is at rest."""
    strengths = strengths_of(barriers)
    return () if trajectory.at_rest else advise(handbook, strengths, trajectory).shown


def barrier_named(word: str, handbook: Handbook, trajectory: Trajectory | None) -> str:
    """The barrier ``instrument/item`` for a word that names both, or only the item.

    What was retired and became exactly one other is that one. Raises :class:`Refused` if there is no such
    item, or if it was retired without one successor.
    """
    asked = word.strip()
    known = _places(handbook, trajectory)
    if place := known_as(asked, known):
        return place
    behind = [place for place in known if place.partition("/")[2].lower() == asked.lower()]
    if len(behind) == 1:
        return behind[0]
    if not behind and (retired := _retired_named(asked, handbook)):
        if len(became := handbook.retired.current(retired.id)) == 1:
            return became[0]
        raise refused_as_retired(retired.id, became)
    hint = msg("write instrument/item, such as stoplicht/2c.overleg")
    wrong = msg("unknown item {word}", word=word or "''")
    raise Refused(wrong, did_you_mean(word, behind or known, hint))


def _retired_named(word: str, handbook: Handbook) -> Retired | None:
    """The retired item that a word names, with or without its instrument."""
    found = [
        item
        for instrument in handbook.instrument_ids
        for item in handbook.retired.items(instrument).values()
        if word.lower() in (item.id.lower(), item.id.partition("/")[2].lower())
    ]
    return found[0] if len(found) == 1 else None


def _places(handbook: Handbook, trajectory: Trajectory | None) -> list[str]:
    """Every possible barrier: the items of every instrument, and the team's own items."""
    places = [f"{STOPLICHT}/{item}" for item in sorted(handbook.item_ids(STOPLICHT))]
    places += (f"{STOPLICHT}/{item.id}" for item in (trajectory.checklist if trajectory else ()))
    for instrument in handbook.instruments:
        places += (f"{instrument.id}/{each.id}" for each in instrument.constructs)
    return places
