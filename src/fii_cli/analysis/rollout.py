"""The roll-out of a programme: its trajectories together, and from which of them something was learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fii_cli.analysis.portfolio import Broken, Portfolio
from fii_cli.analysis.portfolio_line import Line, Shared
from fii_cli.trajectory import Trajectory


@dataclass(frozen=True, slots=True)
class Rollout:
    """The trajectories of a programme, as the readers of its report may see them.

    ``organisations`` are the names of the organisations that they are about, by path and in the order of the
    programme's file; ``trajectories`` are these themselves. ``left_out`` is what is not shown, with the path
    on this machine.
    """

    portfolio: Portfolio
    organisations: Mapping[str, str]
    trajectories: Mapping[str, Trajectory]
    left_out: tuple[Broken, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The trajectories, in the order of the programme's file."""
        order = {path: at for at, path in enumerate(self.organisations)}
        return tuple(sorted(self.portfolio.lines, key=lambda line: order[line.path]))

    @property
    def shared(self) -> tuple[Shared, ...]:
        """The barriers in several trajectories, the most frequent first."""
        return tuple(each for each in self.portfolio.barriers if each.trajectories > 1)

    @property
    def strategies(self) -> tuple[str, ...]:
        """The strategies with a recorded result, those that most trajectories use first."""
        return tuple(used.strategy for used in self.portfolio.strategies if used.experience.n)

    def hindered_by(self, shared: Shared) -> tuple[Line, ...]:
        """The trajectories in which a barrier hinders."""
        return tuple(line for line in self.lines if line.hindered_by(shared))

    def helped_by(self, strategy: str) -> tuple[Line, ...]:
        """The trajectories in which a strategy helped, as their teams recorded."""
        return tuple(line for line in self.lines if (strategy, "ja") in line.outcomes)
