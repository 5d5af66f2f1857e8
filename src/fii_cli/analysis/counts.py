"""The answers of many, counted: how they are spread, and from which share something hinders or helps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from fii_cli.analysis.silence import SILENT_WEEKS
from fii_cli.handbook import Handbook

if TYPE_CHECKING:
    from fii_cli.trajectory.follow_up import Assessment


_NUMBER = re.compile("[0-9]{1,9}")
HALF = 50  # ours: from here on a barrier is called strong


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers from which fii concludes something; a repository can set each one.

    ``hinders`` and ``helps`` are percentages of counted answers, by convention in applied studies. Groups
    below ``smallest`` are kept back, and a key person is silent after ``silent_weeks``: both are ours.
    """

    hinders: int = 20
    helps: int = 80
    smallest: int = 5
    silent_weeks: int = SILENT_WEEKS

    def keep_back(self, n: int) -> bool:
        """Whether so few answered that their answers would tell who said what."""
        return n < self.smallest


@dataclass(frozen=True, slots=True)
class Spread:
    """How the answers on one item are spread: how many say that it hinders, neither, or that it helps.

    ``mean`` and ``deviation`` (of a sample) are there where all answers are numbers, turned where a high
    answer hinders; they are of the answers to one question, never of several.
    """

    n: int
    hinders: int
    helps: int
    mean: float | None
    deviation: float | None

    @property
    def neutral(self) -> int:
        return self.n - self.hinders - self.helps

    def percent(self, part: int) -> float:
        return 100 * part / self.n if self.n else 0.0

    def kept_back(self, thresholds: Thresholds) -> bool:
        """Whether so few answered that the spread would tell who said what."""
        return thresholds.keep_back(self.n)

    def strength(self, thresholds: Thresholds) -> int:
        """2 where at least half say that it hinders, 1 where enough do, 0 where it is no barrier."""
        if self.kept_back(thresholds) or self.percent(self.hinders) < thresholds.hinders:
            return 0
        return 2 if self.percent(self.hinders) >= HALF else 1

    def is_facilitator(self, thresholds: Thresholds) -> bool:
        """Whether enough say that it helps; what is a barrier too counts as a barrier."""
        enough = self.percent(self.helps) >= thresholds.helps
        return enough and not self.kept_back(thresholds) and not self.strength(thresholds)


def spread_of(handbook: Handbook, instrument: str, item: str, counts: Mapping[str, int]) -> Spread:
    """The spread of counted answers on an item."""
    hinders = handbook.hinders(instrument, item)
    helps = handbook.helps(instrument, item)
    scale = handbook.scale(instrument, item)
    mean = deviation = None
    n = sum(counts.values())
    if n and scale and all(map(_NUMBER.fullmatch, scale)):
        mean, deviation = _mean_of(counts, scale, turned=scale[0] not in hinders)
    return Spread(
        n,
        sum(k for value, k in counts.items() if value in hinders),
        sum(k for value, k in counts.items() if value in helps),
        mean,
        deviation,
    )


def _mean_of(counts: Mapping[str, int], scale: Sequence[str], *, turned: bool) -> tuple[float, float | None]:
    """The mean of counted numbers and their deviation in a sample, which one answer has not."""
    low, high = int(scale[0]), int(scale[-1])
    scored: dict[int, int] = {}
    for value, k in counts.items():
        if value in scale:
            number = int(value)
            scored[low + high - number if turned else number] = k
    n = sum(counts.values())
    mean = sum(number * k for number, k in scored.items()) / n
    if n < 2:
        return mean, None
    squares = sum(k * (number - mean) ** 2 for number, k in scored.items())
    return mean, sqrt(squares / (n - 1))


def hindering(handbook: Handbook, assessment: Assessment, item: str, thresholds: Thresholds) -> int:
    """How much an assessment says that an item hinders: 2 for strongly, 1 for in part, 0 for not."""
    if item in assessment.ratings:
        return handbook.hinders(assessment.instrument, item).get(assessment.ratings[item].value, 0)
    counts = assessment.counts[item]
    return spread_of(handbook, assessment.instrument, item, counts).strength(thresholds)
