"""Strategies that address barriers, and why, in an order that can be explained.

Strategies are ordered by how many barriers they address directly, because their source discusses them there;
then by whether they fit the phase, and by how many they address at published level 1, at level 2, with any
other published link, and through our own links, even if one of ours leads to a published one. Equals are
ordered by the stronger published link behind ours, then by least effort. A strength that we did not see is
unknown, which is never the same as none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from fii_cli.handbook import Handbook, Touch
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Action
from fii_cli.words import Answer, Degree, Phase

if TYPE_CHECKING:
    from fii_cli.handbook.models import Link, Strategy

AT_MOST = 5
_STRONGEST_FIRST = ("direct", "1", "2", "1-2", "named", None, "below")
_EFFORT: tuple[Degree, ...] = get_args(Degree)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a strategy addresses a barrier: the link, and the touched construct it goes ``via``, if any."""

    barrier: str
    link: Link
    via: Touch | None

    @property
    def counts(self) -> bool:
        """Whether it supports the strategy: a link that few experts named does not."""
        return self.link.level != "below"

    @property
    def known(self) -> bool:
        """Whether its published strength is known, for the barrier itself."""
        return not self.ours and self.link.level in ("1", "2", "1-2", "below")

    @property
    def ours(self) -> bool:
        """Whether one of its links is ours, or holds only in part: a chain is only as strong as that link."""
        return self.link.level is None or (self.via is not None and self.via.basis in ("ours", "partly"))


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

    ``known`` counts the barriers for which its published strength is known. ``fits`` is whether it fits the
    phase, or ``None`` without a phase. ``chosen`` are the actions that already apply it.
    """

    strategy: Strategy
    reasons: tuple[Reason, ...]
    fits: bool | None
    chosen: tuple[Action, ...]
    experience: Experience

    @property
    def known(self) -> int:
        return sum(reason.known for reason in self.reasons)

    @property
    def answers(self) -> int:
        return sum(reason.counts for reason in self.reasons)


def recommend(
    handbook: Handbook,
    barriers: Sequence[str],
    phase: Phase | None = None,
    actions: Sequence[Action] = (),
    others: Iterable[Trajectory] = (),
) -> tuple[Recommendation, ...]:
    """Every strategy linked to one of the barriers, best first; those named by few experts come last."""
    found = _strongest_reasons(handbook, barriers)
    seen = experience_in(others)
    recommendations = []
    for id_, strategy in handbook.catalogue.strategies.items():
        if id_ not in found:
            continue
        reasons = sorted(found[id_].values(), key=_rank)
        fits = phase in strategy.phases if phase else None
        chosen = [action for action in actions if action.strategy == id_]
        experience = seen.get(id_, Experience(()))
        recommendations.append(Recommendation(strategy, tuple(reasons), fits, tuple(chosen), experience))
    return tuple(sorted(recommendations, key=_order))


def _strongest_reasons(handbook: Handbook, barriers: Sequence[str]) -> dict[str, dict[str, Reason]]:
    """By strategy and barrier: the strongest reason why the strategy addresses the barrier."""
    found: dict[str, dict[str, Reason]] = {}
    for barrier in dict.fromkeys(barriers):
        for reason in reasons_for(handbook, barrier):
            known = found.setdefault(reason.link.strategy, {})
            if barrier not in known or _rank(reason) < _rank(known[barrier]):
                known[barrier] = reason
    return found


def reasons_for(handbook: Handbook, barrier: str) -> tuple[Reason, ...]:
    """The reasons from every link to a barrier: its own, and those of the constructs that it touches."""
    links = handbook.catalogue.by_barrier
    reasons = [Reason(barrier, link, None) for link in links.get(barrier, ())]
    for touch in handbook.touches(barrier):
        reasons += [Reason(barrier, link, touch) for link in links.get(touch.to, ())]
    return tuple(reasons)


def experience_in(trajectories: Iterable[Trajectory]) -> dict[str, Experience]:
    """The experience with each strategy in these trajectories, where a result was recorded."""
    counts: dict[str, Counter[Answer]] = {}
    for trajectory in trajectories:
        for action in trajectory.actions:
            if action.strategy and action.result and action.result.helped:
                counts.setdefault(action.strategy, Counter())[action.result.helped] += 1
    return {strategy: _experience(seen) for strategy, seen in counts.items()}


def _experience(counts: Counter[Answer]) -> Experience:
    """The experience with its answers in a fixed order."""
    return Experience(tuple((answer, counts[answer]) for answer in get_args(Answer) if counts[answer]))


def _rank(reason: Reason) -> tuple[int, bool, int]:
    """A sort key: published links to the barrier itself, then our links, then what few experts named."""
    level = _STRONGEST_FIRST.index(reason.link.level)
    return (not reason.counts, reason.ours, level)


def _order(recommendation: Recommendation) -> tuple[int | bool, ...]:
    counting = [reason for reason in recommendation.reasons if reason.counts]
    published = Counter(reason.link.level for reason in counting if not reason.ours)
    behind = Counter(reason.link.level for reason in counting if reason.ours)
    return (
        -published["direct"],
        recommendation.fits is False,
        -published["1"],
        -published["2"],
        -published["1-2"] - published["named"],
        -behind.total(),
        -behind["1"],
        -behind["2"],
        _EFFORT.index(recommendation.strategy.effort),
    )
