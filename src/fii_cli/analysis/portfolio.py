"""Several trajectories together: the state of each, and their shared barriers and strategies, with n."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from fii_cli.analysis.portfolio_line import Line, Shared
from fii_cli.analysis.recommendations import Experience, experience_of
from fii_cli.language import Message
from fii_cli.words import PHASES

Sort = Literal["need", "phase", "name"]
"""The order of trajectories: the most in need first, by the phase that they are in, or by their title."""
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be read as a trajectory, and why.

    ``code`` is that of the finding; it is empty, and ``line`` is 0, if the file cannot be opened.
    ``tells`` is true if the file name refers to a person whom external readers may not know, and ``wider``
    if it is a report for readers who may see more than those of the portfolio.
    """

    path: str
    why: Message
    code: str = ""
    line: int = 0
    tells: bool = False
    wider: bool = False

    @property
    def place(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Later:
    """A report that is left out, because its day is later than that of the page."""

    path: str
    day: date


@dataclass(frozen=True, slots=True)
class Used:
    """A strategy by its id, the number of trajectories that use it, and whether it helped, where recorded.

    ``unrecorded`` is the number of finished actions without a result.
    """

    strategy: str
    trajectories: int
    experience: Experience
    unrecorded: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Several trajectories on a day, ordered by their path as readers see it, then by title.

    :func:`in_order` has other orders: the pages of a portfolio keep their names whatever its order.
    """

    lines: tuple[Line, ...]
    broken: tuple[Broken, ...]
    barriers: tuple[Shared, ...]
    strategies: tuple[Used, ...]
    later: tuple[Later, ...] = ()


def portfolio_of(lines: Sequence[Line], broken: Sequence[Broken], later: Sequence[Later] = ()) -> Portfolio:
    """The portfolio of trajectories; the most frequent barriers and strategies come first."""
    chosen = Counter(strategy for line in lines for strategy in line.strategies)
    unrecorded = Counter(strategy for line in lines for strategy in line.unrecorded)
    seen = experience_of(outcome for line in lines for outcome in line.outcomes)
    return Portfolio(
        tuple(sorted(lines, key=_order)),
        tuple(sorted(broken, key=lambda each: (each.path, each.line, each.code))),
        _shared(lines),
        tuple(
            Used(id_, n, seen.get(id_, Experience(())), unrecorded[id_])
            for id_, n in sorted(chosen.items(), key=lambda pair: (-pair[1], pair[0]))
        ),
        tuple(sorted(later, key=lambda each: each.path)),
    )


def in_order(lines: Sequence[Line], sort: Sort) -> tuple[Line, ...]:
    """The trajectories in an order that was asked for.

    Need is counted in this order: red lights, what is overdue, silent key people, orange lights. Where
    nothing was rated, need is unknown: these come last, and so does what has not entered a phase.
    """
    if sort == "name":
        return tuple(sorted(lines, key=lambda line: (line.title.casefold(), *_order(line))))
    if sort == "phase":
        return tuple(sorted(lines, key=lambda line: (_phase_number(line), *_need(line))))
    return tuple(sorted(lines, key=_need))


def _need(line: Line) -> tuple[bool, int, int, int, int, str, str]:
    lights = line.lights
    worst = (-lights["rood"], -line.overdue, -len(line.silent), -lights["oranje"])
    return (not any(lights.values()), *worst, *_order(line))


def _phase_number(line: Line) -> int:
    return PHASES.index(line.latest) if line.latest else len(PHASES)


First = Mapping[tuple[str, str], Line]
"""The first trajectory that each barrier hinders in, by its place and its question."""


def first_hindered(lines: Iterable[Line]) -> First:
    """The first of the trajectories that each barrier hinders in."""
    found: dict[tuple[str, str], Line] = {}
    for line in lines:
        for place in line.strengths:
            found.setdefault((place, line.asks(place)), line)
    return found


def question_of(shared: Shared, first: First) -> str:
    """The question of a shared barrier, as the first team wrote it; empty for one of an instrument."""
    return first[shared.place, shared.question].question(shared.place)


def _shared(lines: Sequence[Line]) -> tuple[Shared, ...]:
    hindered = Counter((place, line.asks(place)) for line in lines for place in line.strengths)
    strong = Counter(
        (place, line.asks(place))
        for line in lines
        for place, strength in line.strengths.items()
        if strength == 2
    )
    places = {place for place, _ in hindered}
    known = Counter((place, line.asks(place)) for line in lines for place in line.known if place in places)
    in_order = sorted(hindered.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        Shared(each[0], n, max(n, known[each]), strong[each], question=each[1]) for each, n in in_order
    )


def _order(line: Line) -> tuple[str, str]:
    """The sort key of a trajectory. Sorting by the full path would reveal something about a hidden name."""
    return line.shown_as, line.title
