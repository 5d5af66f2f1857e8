"""The score: counts with their totals, differences between sides, and changes.

Lights are only counted, unknown is never zero, and items that do not apply are not counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, Literal, TypeVar

from fii_cli.analysis.lights import WORST_FIRST
from fii_cli.analysis.standing import ItemStanding, PhaseStanding, Standing, SubphaseStanding, standing_of
from fii_cli.handbook import Handbook
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.known import known_on
from fii_cli.words import LIGHTS, Light, Phase

S = TypeVar("S", PhaseStanding, SubphaseStanding)
Factor = Literal["intervention", "implementation", "context"]
FACTORS: dict[Factor, tuple[Phase, ...]] = {
    "intervention": ("innoveren",),
    "implementation": ("verkennen", "implementeren", "borgen"),
    "context": ("signaleren", "versterken"),
}
"""The phases of each factor of impact (figure 7 of the guide), in our reading."""


@dataclass(frozen=True, slots=True)
class Share:
    """A number out of a total."""

    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of items by light, and the shares that are green, rated, and green with evidence that exists."""

    counts: dict[Light, int]
    ready: Share
    rated: Share
    evidenced: Share


@dataclass(frozen=True, slots=True)
class Scored(Generic[S]):
    """A phase or a subphase with its score."""

    standing: S
    score: Score


@dataclass(frozen=True, slots=True)
class LightChange:
    """An item whose light changed."""

    item: ItemStanding
    before: Light


@dataclass(frozen=True, slots=True)
class Claim:
    """Evidence for a green item that was not found, or that is a URL."""

    item: ItemStanding
    evidence: str


@dataclass(frozen=True, slots=True)
class FactorStanding:
    """One factor of impact: its worst light, and the items with that light."""

    name: Factor
    light: Light
    rated: Share
    items: tuple[ItemStanding, ...]


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The score of a trajectory on a day, with the changes since ``since``, if set."""

    standing: Standing
    phases: tuple[tuple[Scored[PhaseStanding], tuple[Scored[SubphaseStanding], ...]], ...]
    in_the_way: tuple[ItemStanding, ...]
    differ: tuple[ItemStanding, ...]
    claimed: tuple[Claim, ...]
    since: date | None
    changes: tuple[LightChange, ...]
    factors: tuple[FactorStanding, ...]

    @property
    def weakest(self) -> FactorStanding | None:
        """The factor with the worst light, or ``None`` until all three have been rated."""
        if any(factor.light == NO_LIGHT for factor in self.factors):
            return None
        return min(self.factors, key=lambda factor: WORST_FIRST.index(factor.light))


def score_of(items: Iterable[ItemStanding], found: Collection[str] = ()) -> Score:
    """The score of items, without those that do not apply; ``found`` is the evidence that exists."""
    items = tuple(items)
    counts = {light: sum(item.light == light for item in items) for light in LIGHTS}
    applicable = len(items) - counts["nvt"]
    shown = sum(item.light == "groen" and any(r.evidence in found for r in item.ratings) for item in items)
    return Score(
        counts,
        Share(counts["groen"], applicable),
        Share(applicable - counts[NO_LIGHT], applicable),
        Share(shown, counts["groen"]),
    )


def score_sheet(
    trajectory: Trajectory,
    handbook: Handbook,
    today: date,
    since: date | None = None,
    found: Collection[str] = (),
) -> ScoreSheet:
    """The score of a trajectory, with changes from ``since`` or else from before the latest assessment.

    ``found`` is the evidence in it that exists.
    """
    standing = standing_of(trajectory, handbook, today)
    items = [item for phase in standing.phases for item in phase.items]
    start = since or _before_the_last(trajectory)
    changes: tuple[LightChange, ...] = ()
    if start:
        before = standing_of(known_on(trajectory, start).trajectory, handbook, start)
        lights = {item.id: item.light for phase in before.phases for item in phase.items}
        changes = tuple(LightChange(item, lights[item.id]) for item in items if lights[item.id] != item.light)
    scored = []
    for phase in standing.phases:
        subphases = [_scored(subphase, found) for subphase in phase.subphases]
        scored.append((_scored(phase, found), tuple(subphases)))
    return ScoreSheet(
        standing,
        tuple(scored),
        standing.here.in_the_way if standing.here else (),
        tuple(item for item in items if _sides_differ(item)),
        tuple(_claims(items, found)),
        start,
        changes,
        tuple(_factor(name, phases, standing) for name, phases in FACTORS.items()),
    )


def _sides_differ(item: ItemStanding) -> bool:
    return len({rating.value for rating in item.ratings if rating.value != NO_LIGHT}) > 1


def _claims(items: Iterable[ItemStanding], found: Collection[str]) -> Iterator[Claim]:
    for item in items:
        evidence = dict.fromkeys(rating.evidence for rating in item.ratings if rating.evidence)
        if item.light == "groen":
            yield from (Claim(item, each) for each in evidence if each not in found)


def _scored(standing: S, found: Collection[str]) -> Scored[S]:
    return Scored(standing, score_of(standing.items, found))


def _before_the_last(trajectory: Trajectory) -> date | None:
    """The day before the latest assessment, if there was an earlier one."""
    days = sorted({assessment.date.first for _, assessment in trajectory.stoplights()})
    return days[-1] - timedelta(days=1) if len(days) > 1 else None


def _factor(name: Factor, phases: tuple[Phase, ...], standing: Standing) -> FactorStanding:
    items = [item for phase in standing.phases if phase.content.id in phases for item in phase.items]
    rated = [item for item in items if item.light not in (NO_LIGHT, "nvt")]
    worst = min((item.light for item in rated), key=WORST_FIRST.index, default=None)
    light: Light = worst or NO_LIGHT
    carried_by = [item for item in rated if item.light == light != "groen"]
    return FactorStanding(name, light, score_of(items).rated, tuple(carried_by))
