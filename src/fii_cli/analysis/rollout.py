"""The roll-out of a programme: its trajectories together, and from which of them something was learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fii_cli.analysis.portfolio import Broken, Line, Portfolio, Shared


@dataclass(frozen=True, slots=True)
class Rollout:
    """The trajectories of a programme, as the readers of its report may see them.

    ``organisations`` are the names of the organisations that they are about, by path and in the order of the
    programme's file. ``left_out`` is what is not shown, with the path on this machine.
    """

    portfolio: Portfolio
    organisations: Mapping[str, str]
    left_out: tuple[Broken, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The trajectories, in the order of the programme's file."""
        order = {path: at for at, path in enumerate(self.organisations)}
        return tuple(sorted(self.portfolio.lines, key=lambda line: order[line.member.path]))

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
        return tuple(line for line in self.lines if strategy in _helped(line))


def _helped(line: Line) -> set[str | None]:
    actions = line.member.standing.trajectory.actions
    return {action.strategy for action in actions if action.result and action.result.helped == "ja"}
