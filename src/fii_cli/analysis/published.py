"""Published results: the shares and means that a study gives, as it gives them; they never become counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from fii_cli.analysis.counts import Thresholds
from fii_cli.handbook import Handbook
from fii_cli.trajectory.follow_up import Assessment

Direction = Literal["hinders", "neutral", "helps"]
DIRECTIONS: tuple[Direction, ...] = ("hinders", "neutral", "helps")
"""The classes of a share that a study gives without the values of the scale."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A published result of one item. ``n`` is ``None`` if it was not published.

    ``shares`` are the percentages that hinder, are neutral and help, added up from the values of the scale; a
    side of which nothing was published is absent, and a value that is no answer is on no side.
    """

    source: str
    n: int | None
    shares: Mapping[Direction, float] | None
    mean: float | None
    deviation: float | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of it, as for outsiders if the size of the group is unknown."""
        return self.shares is None and self.mean is None

    def kept_back(self, thresholds: Thresholds) -> bool:
        """Whether the group is too small to show, or empty because its size is unknown."""
        return self.is_empty or (self.n is not None and thresholds.keep_back(self.n))

    def strength(self, thresholds: Thresholds) -> int:
        """2 if at least half said that it hinders, 1 if enough did; a mean alone says nothing about that."""
        if self.shares is None or self.kept_back(thresholds):
            return 0
        return thresholds.strength(self.shares.get("hinders", 0))

    def is_facilitator(self, thresholds: Thresholds) -> bool:
        """Whether enough said that it helps. If it is also a barrier, it counts as a barrier."""
        if self.shares is None or self.kept_back(thresholds) or self.strength(thresholds):
            return False
        return self.shares.get("helps", 0) >= thresholds.helps


def reported_of(handbook: Handbook, assessment: Assessment, item: str) -> Reported:
    """The published result of an item in an assessment."""
    result = assessment.published[item]
    shares: dict[Direction, float] = {}
    for word, percent in result.shares.items():
        side = class_of(handbook, assessment.instrument, item, word)
        if side:
            shares[side] = shares.get(side, 0) + percent
    n = result.n if result.n is not None else assessment.responses
    given = {side: shares[side] for side in DIRECTIONS if side in shares} if result.shares else None
    return Reported(assessment.published_in or "", n, given, result.mean, result.sd)


def class_of(handbook: Handbook, instrument: str, item: str, word: str) -> Direction | None:
    """What a class says: one of the three itself, or a value of the scale; ``None`` if it is no answer."""
    if word in DIRECTIONS:
        return next(side for side in DIRECTIONS if side == word)
    if word in handbook.no_answers(instrument, item):
        return None
    if handbook.hinders(instrument, item).get(word):
        return "hinders"
    return "helps" if handbook.helps(instrument, item).get(word) else "neutral"


def classes(handbook: Handbook, instrument: str, item: str) -> Iterator[str]:
    """The classes that a share of an item can have."""
    yield from DIRECTIONS
    yield from handbook.scale(instrument, item)
