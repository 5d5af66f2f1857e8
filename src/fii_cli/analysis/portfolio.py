"""Several trajectories together: the state of each, and their shared barriers and strategies, with n."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fii_cli.analysis.barriers import Barrier
from fii_cli.analysis.recommendations import Experience, experience_in
from fii_cli.analysis.silence import Silence
from fii_cli.analysis.standing import Standing
from fii_cli.language import Message
from fii_cli.words import Light

_COUNTED: tuple[Light, ...] = ("groen", "oranje", "rood")
"""The lights that are counted over all phases; in phases still ahead, unknown says nothing."""


@dataclass(frozen=True, slots=True)
class PortfolioMember:
    """A trajectory with the conclusions from it.

    ``shown_as`` is its path as the readers of the portfolio may see it.
    """

    path: str
    standing: Standing
    barriers: tuple[Barrier, ...]
    silent: tuple[Silence, ...]
    shown_as: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be read as a trajectory, and why.

    ``code`` is that of the finding; it is empty, and ``line`` is 0, if the file cannot be opened.
    ``tells`` is true if the file name refers to a person whom external readers may not know.
    """

    path: str
    why: Message
    code: str = ""
    line: int = 0
    tells: bool = False

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Line:
    """What a portfolio shows of one trajectory. ``silent`` are the ids of key people without contact.

    ``lights`` are those of all phases, and ``red`` the items; ``red_elsewhere`` is the number of these that
    are not in the latest phase.
    """

    member: PortfolioMember
    lights: dict[Light, int]
    red: tuple[str, ...]
    red_elsewhere: int
    overdue: int
    silent: tuple[str, ...]
    barriers: int
    strong: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A barrier, and the number of trajectories with it."""

    place: str
    trajectories: int


@dataclass(frozen=True, slots=True)
class Used:
    """A strategy by its id, the number of trajectories that use it, and whether it helped, where recorded."""

    strategy: str
    trajectories: int
    experience: Experience


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Several trajectories on a day, ordered by their path as readers see it, then by title."""

    lines: tuple[Line, ...]
    broken: tuple[Broken, ...]
    barriers: tuple[Shared, ...]
    strategies: tuple[Used, ...]


def portfolio_of(members: Sequence[PortfolioMember], broken: Sequence[Broken]) -> Portfolio:
    """The portfolio of trajectories; the most frequent barriers and strategies come first."""
    places = Counter(place for member in members for place in {b.place for b in member.barriers})
    chosen = Counter(
        strategy
        for member in members
        for strategy in {action.strategy for action in member.standing.trajectory.actions}
        if strategy
    )
    seen = experience_in(member.standing.trajectory for member in members)
    return Portfolio(
        tuple(_line(member) for member in sorted(members, key=_order)),
        tuple(sorted(broken, key=lambda each: (each.path, each.line, each.code))),
        tuple(Shared(place, n) for place, n in sorted(places.items(), key=lambda pair: (-pair[1], pair[0]))),
        tuple(
            Used(id_, n, seen.get(id_, Experience(())))
            for id_, n in sorted(chosen.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
    )


def _order(member: PortfolioMember) -> tuple[str, str]:
    """The sort key of a trajectory. Sorting by the full path would reveal something about a hidden name."""
    return member.shown_as, member.standing.trajectory.title


def _line(member: PortfolioMember) -> Line:
    standing = member.standing
    items = [item for phase in standing.phases for item in phase.items]
    places = {barrier.place for barrier in member.barriers}
    return Line(
        member,
        {light: sum(item.light == light for item in items) for light in _COUNTED},
        tuple(item.id for item in items if item.light == "rood"),
        sum(phase.counts["rood"] for phase in standing.phases if phase is not standing.latest),
        len(standing.overdue) + len(standing.overdue_tasks),
        tuple(silence.person for silence in member.silent),
        len(places),
        len({barrier.place for barrier in member.barriers if barrier.strength == 2}),
    )
