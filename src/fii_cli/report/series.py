"""A trajectory over time for one audience: from the dates in its file, and from its versions in git."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.trend import Counts, LightsOn, Trend
from fii_cli.language import Message
from fii_cli.trajectory import Trajectory
from fii_cli.words import OUTER, Audience, Phase

Severities = Mapping[str, int]
"""The number of findings of each severity."""


@dataclass(frozen=True, slots=True)
class FindingsOn:
    """The findings of the rules in what was known on a day."""

    day: date
    severities: Severities


@dataclass(frozen=True, slots=True)
class Written:
    """A commit: the findings and the lights in the file as it was then, on that day.

    Both are ``None`` for a version that cannot be read; ``gap`` is the reason.
    """

    commit: str
    day: date
    severities: Severities | None
    lights: Mapping[Phase, Counts] | None
    gap: Message | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Both series of a trajectory; ``rated`` is whether its edition shows lights.

    ``trajectory`` is the edition, and ``notes`` say what the series leave out.
    """

    path: str
    audience: Audience
    trajectory: Trajectory
    trend: Trend
    findings: tuple[FindingsOn, ...]
    written: tuple[Written, ...]
    notes: tuple[Message, ...]
    rated: bool

    @property
    def judged(self) -> bool:
        """Whether this edition shows findings."""
        return self.audience not in OUTER

    @property
    def readable(self) -> tuple[Written, ...]:
        """The commits whose version can be read."""
        return tuple(each for each in self.written if each.gap is None)

    @property
    def gaps(self) -> tuple[Written, ...]:
        return tuple(each for each in self.written if each.gap is not None)

    @property
    def written_lights(self) -> tuple[LightsOn, ...]:
        """The lights as they were written down, by day: of two commits on one day, the later one."""
        by_day = {each.day: each.lights for each in self.written if each.lights is not None}
        return tuple(LightsOn(day, by_day[day]) for day in sorted(by_day))
