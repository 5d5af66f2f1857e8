"""Counted survey answers: their spread, and the thresholds for a barrier or a facilitator."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from fii_cli.analysis.silence import SILENT_WEEKS
from fii_cli.handbook import Handbook
from fii_cli.words import SMALLEST_GROUP

_NUMBER = re.compile("[0-9]{1,9}")
HALF = 50  # ours: the percentage from which a barrier is strong


class Thresholds(NamedTuple):
    """The thresholds for conclusions; a repository can set each one.

    ``hinders`` and ``helps`` are percentages of counted answers, by convention in applied studies. Groups
    smaller than ``smallest`` are not shown, a key person is silent after ``silent_weeks``, and rules give no
    advice about a phase that was left more than ``left_months`` ago: all three are ours.
    """

    hinders: int = 20
    helps: int = 80
    smallest: int = SMALLEST_GROUP
    silent_weeks: int = SILENT_WEEKS
    left_months: int = 6

    def keep_back(self, n: int) -> bool:
        """Whether ``n`` answers are too few to show without revealing who said what."""
        return n < self.smallest

    def strength(self, percent: float) -> int:
        """2 if at least half say that it hinders, 1 if enough do, 0 if it is not a barrier."""
        if percent < self.hinders:
            return 0
        return 2 if percent >= HALF else 1


class Spread(NamedTuple):
    """The spread of the answers on one item: the number that say it hinders, or that it helps, out of ``n``.

    ``mean`` and ``deviation`` (of a sample) exist if all answers are numbers, and are reverse-scored if a
    high answer hinders. They are about one question, never several. ``no_answer`` is the number of people
    who chose a value that is no answer, such as *unknown*; they are not among the ``n``.
    """

    n: int
    hinders: int
    helps: int
    mean: float | None
    deviation: float | None
    no_answer: int = 0

    @property
    def neutral(self) -> int:
        return self.n - self.hinders - self.helps

    def percent(self, part: int) -> float:
        return 100 * part / self.n if self.n else 0.0

    def kept_back(self, thresholds: Thresholds) -> bool:
        """Whether the answers are too few to show without revealing who said what.

        If nobody answered, there is nothing to reveal, unless only a few people were asked.
        """
        few = self.n > 0 and thresholds.keep_back(self.n)
        return few or thresholds.keep_back(self.n + self.no_answer)

    def strength(self, thresholds: Thresholds) -> int:
        """2 if at least half say that it hinders, 1 if enough do, 0 if it is not a barrier."""
        return 0 if self.kept_back(thresholds) else thresholds.strength(self.percent(self.hinders))

    def is_facilitator(self, thresholds: Thresholds) -> bool:
        """Whether enough say that it helps. If it is also a barrier, it counts as a barrier."""
        enough = self.percent(self.helps) >= thresholds.helps
        return enough and not self.kept_back(thresholds) and not self.strength(thresholds)


def spread_of(handbook: Handbook, instrument: str, item: str, counts: Mapping[str, int]) -> Spread:
    """The spread of counted answers on an item."""
    spread = sides_of(handbook, instrument, item, counts)
    none = handbook.no_answers(instrument, item)
    scale = [value for value in handbook.scale(instrument, item) if value not in none]
    if not spread.n or not scale or not all(map(_NUMBER.fullmatch, scale)):
        return spread
    answers = {value: k for value, k in counts.items() if value not in none}
    reverse_scored = scale[0] not in handbook.hinders(instrument, item)
    mean, deviation = _mean_of(answers, scale, reverse_scored=reverse_scored)
    return spread._replace(mean=mean, deviation=deviation)


def sides_of(handbook: Handbook, instrument: str, item: str, counts: Mapping[str, int]) -> Spread:
    """The spread of counted answers on an item without their mean, which takes longer and no rule needs."""
    hinders = handbook.hinders(instrument, item)
    helps = handbook.helps(instrument, item)
    none = handbook.no_answers(instrument, item)
    n = hindered = helped = no_answer = 0
    for value, k in counts.items():
        if value in none:
            no_answer += k
            continue
        n += k
        hindered += k if value in hinders else 0
        helped += k if value in helps else 0
    return Spread(n, hindered, helped, None, None, no_answer)


def _mean_of(
    counts: Mapping[str, int], scale: Sequence[str], *, reverse_scored: bool
) -> tuple[float, float | None]:
    """The mean and the sample deviation of counted numbers; the latter is ``None`` for a single answer."""
    low, high = int(scale[0]), int(scale[-1])
    scored: dict[int, int] = {}
    for value, k in counts.items():
        if value in scale:
            number = int(value)
            scored[low + high - number if reverse_scored else number] = k
    n = sum(counts.values())
    mean = sum(number * k for number, k in scored.items()) / n
    if n < 2:
        return mean, None
    squares = sum(k * (number - mean) ** 2 for number, k in scored.items())
    return mean, sqrt(squares / (n - 1))
