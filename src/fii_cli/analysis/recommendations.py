"""Strategies that address barriers, in an order that can be explained: :data:`CRITERIA`, from first to last.

A strategy stands in one block, by the best ground for it. What has no published percentage is neither below
nor above what has a low one: it stands in a block of its own, and is compared only with its like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Literal, get_args

from fii_cli.analysis.reasons import Reason, strongest_reasons
from fii_cli.handbook import Handbook
from fii_cli.language import N_
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Action
from fii_cli.words import Answer, Degree, Phase

if TYPE_CHECKING:
    from fii_cli.handbook.models import Strategy

AT_MOST = 5
Block = Literal["discussed", "percentage", "no_percentage", "other_phase", "did_not_help"]
BLOCKS: tuple[Block, ...] = get_args(Block)
_EFFORT: tuple[Degree, ...] = get_args(Degree)
_LEAST_FIRST: tuple[Answer, ...] = ("nee", "deels", "onbekend", "ja")
"""Of several results of one day the least favourable counts, whatever their order in the file."""


Outcome = tuple[str, Answer]
"""A strategy, and whether it helped."""


@dataclass(frozen=True, slots=True)
class Experience:
    """Experience with a strategy in other trajectories: how often it helped, partly, or not."""

    helped: tuple[tuple[Answer, int], ...]

    @property
    def n(self) -> int:
        return sum(n for _, n in self.helped)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A strategy with the strongest reason for each barrier that it addresses, strongest first.

    ``fits`` is whether it fits the phase, or ``None`` without a phase. ``chosen`` are the actions that
    already apply it, and ``helped`` the latest result of those that addressed one of the barriers.
    """

    strategy: Strategy
    reasons: tuple[Reason, ...]
    fits: bool | None
    chosen: tuple[Action, ...]
    helped: Answer | None
    experience: Experience

    @property
    def counting(self) -> tuple[Reason, ...]:
        """The reasons that support the strategy."""
        return tuple(reason for reason in self.reasons if reason.counts)

    @property
    def percentages(self) -> tuple[int, ...]:
        """The published percentages for the barriers, including low ones; their sum gives the order."""
        return tuple(reason.percent for reason in self.reasons if reason.percent is not None)

    @property
    def known(self) -> int:
        """The number of barriers for which its published strength is known."""
        return sum(reason.known for reason in self.reasons)

    @property
    def block(self) -> Block:
        """The block it stands in."""
        if self.helped == "nee":
            return "did_not_help"
        if any(reason.discussed for reason in self.reasons):
            return "discussed"
        if self.fits is False:
            return "other_phase"
        if any(reason.percent is not None for reason in self.counting or self.reasons):
            return "percentage"
        return "no_percentage"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One step of the order: what it looks at, and the number that it compares; the higher comes first."""

    name: str
    value: Callable[[Recommendation], int]


def _discussed(each: Recommendation) -> int:
    return sum(reason.strength for reason in each.reasons if reason.discussed)


def _percentages(each: Recommendation) -> int:
    if each.block != "percentage":
        return 0
    return sum(reason.strength * (reason.percent or 0) for reason in each.reasons)


def _linked(each: Recommendation) -> int:
    return sum(reason.strength for reason in each.counting if not reason.touched)


def _touched(each: Recommendation) -> int:
    return sum(reason.strength for reason in each.counting)


CRITERIA = (
    Criterion(N_("the block it stands in"), lambda each: -BLOCKS.index(each.block)),
    Criterion(N_("whether it helped here before"), lambda each: each.helped == "ja"),
    Criterion(N_("the barriers for which its source names it"), _discussed),
    Criterion(N_("whether it suits the open phase"), lambda each: each.fits is not False),
    Criterion(N_("the sum of its published percentages"), _percentages),
    Criterion(N_("the barriers to which it is linked"), _linked),
    Criterion(N_("the barriers that it reaches by way of a construct as well"), _touched),
    Criterion(N_("the least effort"), lambda each: -_EFFORT.index(each.strategy.effort)),
)
"""The order: the first criterion on which two strategies differ decides; equals keep the catalogue's order.

Wherever barriers are added up, one that hinders strongly counts twice.
"""


def recommend(
    handbook: Handbook,
    barriers: Mapping[str, int],
    phase: Phase | None = None,
    actions: Sequence[Action] = (),
    others: Iterable[Outcome] = (),
) -> tuple[Recommendation, ...]:
    """Every strategy linked to a barrier, best first. ``barriers`` are places with their strength."""
    found = strongest_reasons(handbook, barriers)
    seen = experience_of(others)
    recommendations = []
    for id_, strategy in handbook.catalogue.strategies.items():
        if id_ not in found:
            continue
        fits = phase in strategy.phases if phase else None
        chosen = tuple(action for action in actions if action.strategy == id_)
        experience = seen.get(id_, Experience(()))
        helped = _helped(chosen, barriers)
        recommendations.append(Recommendation(strategy, found[id_], fits, chosen, helped, experience))
    return tuple(sorted(recommendations, key=_order))


def _order(recommendation: Recommendation) -> tuple[int, ...]:
    return tuple(-criterion.value(recommendation) for criterion in CRITERIA)


def _helped(chosen: Iterable[Action], barriers: Mapping[str, int]) -> Answer | None:
    """Whether a strategy helped with one of the barriers, by the latest result; or ``None``."""
    results = [
        action.result
        for action in chosen
        if action.result and (not action.answers or not barriers.keys().isdisjoint(action.answers))
    ]
    last = max((result.date.first for result in results), default=None)
    answers = {result.helped for result in results if result.date.first == last}
    return next((answer for answer in _LEAST_FIRST if answer in answers), None)


def first_ones(
    recommendations: Sequence[Recommendation], strong: Iterable[str]
) -> tuple[Recommendation, ...]:
    """The five to show first, in order: together they address every strong barrier, if five of them can.

    They start as the first five. As long as an exchange of one of these for another covers more, the best
    strategy that allows one comes in, for the last one that can be missed.
    """
    candidates = [each for each in recommendations if each.counting]
    coverage = _Coverage(candidates, frozenset(strong))
    chosen = list(range(min(AT_MOST, len(candidates))))
    while better := coverage.better(chosen):
        chosen = better
    return tuple(candidates[at] for at in chosen)


class _Coverage:
    """How many barriers a choice of strategies covers; a choice consists of positions, best first."""

    def __init__(self, candidates: Sequence[Recommendation], strong: frozenset[str]) -> None:
        bits: dict[str, int] = {}
        reached, linked = [], []
        for each in candidates:
            by_way, at_once = 0, 0
            for reason in each.counting:
                bit = bits.setdefault(reason.barrier, 1 << len(bits))
                by_way |= bit
                at_once |= 0 if reason.touched else bit
            reached.append(by_way)
            linked.append(at_once)
        strongest = sum(bit for barrier, bit in bits.items() if barrier in strong)
        self._kinds = ([each & strongest for each in reached], [each & strongest for each in linked], linked)
        """For each strategy its barriers, a bit each: they are compared for every exchange."""

    def better(self, chosen: list[int]) -> list[int]:
        """The choice with one exchange that covers more; or empty."""
        now = _numbers(self._reached(chosen))
        without = {old: self._reached([at for at in chosen if at != old]) for old in reversed(chosen)}
        for new in range(len(self._kinds[0])):
            if new in chosen:
                continue
            for old, reached in without.items():
                if (
                    _numbers([bits | kind[new] for bits, kind in zip(reached, self._kinds, strict=True)])
                    > now
                ):
                    return sorted({*chosen, new} - {old})
        return []

    def _reached(self, chosen: Iterable[int]) -> list[int]:
        """The strong barriers it reaches, those to which it is linked, and all to which it is linked."""
        return [reduce(or_, map(kind.__getitem__, chosen), 0) for kind in self._kinds]


def _numbers(reached: Iterable[int]) -> list[int]:
    return [bits.bit_count() for bits in reached]


def outcomes_in(trajectory: Trajectory) -> tuple[Outcome, ...]:
    """Every strategy of which a result was recorded, and whether it helped."""
    return tuple(
        (action.strategy, action.result.helped)
        for action in trajectory.actions
        if action.strategy and action.result and action.result.helped
    )


def experience_in(trajectories: Iterable[Trajectory]) -> dict[str, Experience]:
    """The experience with each strategy in these trajectories, where a result was recorded."""
    return experience_of(each for trajectory in trajectories for each in outcomes_in(trajectory))


def experience_of(outcomes: Iterable[Outcome]) -> dict[str, Experience]:
    """The experience with each strategy in these outcomes."""
    counts: dict[str, Counter[Answer]] = {}
    for strategy, helped in outcomes:
        counts.setdefault(strategy, Counter())[helped] += 1
    return {strategy: _experience(seen) for strategy, seen in counts.items()}


def _experience(counts: Counter[Answer]) -> Experience:
    """The experience with its answers in a fixed order."""
    return Experience(tuple((answer, counts[answer]) for answer in get_args(Answer) if counts[answer]))
