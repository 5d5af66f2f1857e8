"""Several trajectories together: the state of each, and their shared barriers and strategies, with n."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from fii_cli.analysis.barriers import Barrier, strengths_of
from fii_cli.analysis.due import Due, DueKind, due_in
from fii_cli.analysis.movement import Start, Way, counted, movement
from fii_cli.analysis.recommendations import Experience, experience_in
from fii_cli.analysis.silence import Silence
from fii_cli.analysis.standing import Standing
from fii_cli.language import Message
from fii_cli.words import PHASES, STOPLICHT, Audience, DaySource, Light

_COUNTED: tuple[Light, ...] = ("groen", "oranje", "rood")
"""The lights that are counted over all phases; in phases still ahead, unknown says nothing."""
_TO_DO: tuple[DueKind, ...] = ("decision", "action", "task", "adjustment", "kick-off", "start")
"""What somebody has to do by a date; silence and old ratings are shown apart."""
Sort = Literal["need", "phase", "name"]
"""The order of trajectories: the most in need first, by the phase that they are in, or by their title."""
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class Moves:
    """How many lights moved each way after a day; ways that none moved are left out."""

    since: date
    ways: Mapping[Way, int]


@dataclass(frozen=True, slots=True)
class Publication:
    """The report that a trajectory is read from: its day, its audience, and its barriers by their place."""

    day: date
    day_from: DaySource
    audience: Audience
    strengths: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PortfolioMember:
    """A trajectory with the conclusions from it.

    ``shown_as`` is its path as the readers of the portfolio may see it. ``known`` are the items of which it
    is known whether they hinder, and ``quiet`` is the key person who was heard of longest ago. ``report`` is
    the report that its owner published; a file has none.
    """

    path: str
    standing: Standing
    barriers: tuple[Barrier, ...]
    silent: tuple[Silence, ...]
    shown_as: str
    known: frozenset[str]
    moved: Moves | None
    quiet: Silence | None
    report: Publication | None = None

    def seen_by(self, audience: Audience) -> Audience:
        """Whose edition of it a page for this audience shows: a report shows no more than it contains."""
        return self.report.audience if self.report else audience


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
class Line:
    """What a portfolio shows of one trajectory. ``silent`` are the ids of key people without contact.

    ``lights`` are those of all phases, and ``red`` the items; ``red_elsewhere`` is the number of these that
    are not in the latest phase. ``rated`` is whether any item has a light, and ``strengths`` are those of the
    barriers, by their place. ``next`` is what has to be done first: what is overdue, or else what is ahead.
    """

    member: PortfolioMember
    lights: dict[Light, int]
    rated: bool
    red: tuple[str, ...]
    red_elsewhere: int
    overdue: int
    silent: tuple[str, ...]
    barriers: int
    strong: int
    strengths: dict[str, int]
    next: Due | None

    def question(self, place: str) -> str:
        """The question of an item that only this team has; empty for one of an instrument."""
        instrument, _, item = place.partition("/")
        own = self.member.standing.trajectory.own_items_by_id if instrument == STOPLICHT else {}
        return own[item].question if item in own else ""

    def asks(self, place: str) -> str:
        """The same, by which questions are compared: without capitals and line ends."""
        return " ".join(self.question(place).split()).casefold()

    def hindered_by(self, shared: Shared) -> int:
        """How strongly a shared barrier hinders here; 0 if it does not, or if they ask something else."""
        return self.strengths.get(shared.place, 0) if self.asks(shared.place) == shared.question else 0

    def knows(self, shared: Shared) -> bool:
        """Whether it is known here if a shared barrier hinders."""
        known = self.hindered_by(shared) or shared.place in self.member.known
        return bool(known) and self.asks(shared.place) == shared.question


@dataclass(frozen=True, slots=True)
class Shared:
    """A barrier, the number of trajectories with it, and of those in which it is known whether it hinders.

    ``strong`` is the number in which it hinders strongly. ``question`` is that of an item that teams wrote
    themselves: an item with the same id and another question is another barrier.
    """

    place: str
    trajectories: int
    known: int
    strong: int
    question: str = ""


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


def moves_since(start: Start | None, standing: Standing) -> Moves | None:
    """The number of lights that moved since the start; ``None`` if there is nothing to compare with."""
    if start is None:
        return None
    return Moves(start.before.day, counted(movement(start.standing, standing)))


def portfolio_of(
    members: Sequence[PortfolioMember], broken: Sequence[Broken], later: Sequence[Later] = ()
) -> Portfolio:
    """The portfolio of trajectories; the most frequent barriers and strategies come first."""
    lines = tuple(_line(member) for member in sorted(members, key=_order))
    chosen = Counter(
        strategy
        for member in members
        for strategy in {action.strategy for action in member.standing.trajectory.actions}
        if strategy
    )
    unrecorded = Counter(
        action.strategy
        for member in members
        for action in member.standing.trajectory.actions
        if action.strategy and action.status == "klaar" and not (action.result and action.result.helped)
    )
    seen = experience_in(member.standing.trajectory for member in members)
    return Portfolio(
        lines,
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
        return tuple(sorted(lines, key=lambda line: (_title(line), *_order(line.member))))
    if sort == "phase":
        return tuple(sorted(lines, key=lambda line: (_phase_number(line), *_need(line))))
    return tuple(sorted(lines, key=_need))


def _need(line: Line) -> tuple[bool, int, int, int, int, str, str]:
    worst = (-line.lights["rood"], -line.overdue, -len(line.silent), -line.lights["oranje"])
    return (not line.rated, *worst, *_order(line.member))


def _title(line: Line) -> str:
    return line.member.standing.trajectory.title.casefold()


def _phase_number(line: Line) -> int:
    latest = line.member.standing.latest
    return PHASES.index(latest.content.id) if latest else len(PHASES)


def question_of(shared: Shared, lines: Iterable[Line]) -> str:
    """The question of a shared barrier, as the first team wrote it; empty for one of an instrument."""
    return next((line.question(shared.place) for line in lines if line.hindered_by(shared)), "")


def _shared(lines: Sequence[Line]) -> tuple[Shared, ...]:
    hindered = Counter((place, line.asks(place)) for line in lines for place in line.strengths)
    strong = Counter(
        (place, line.asks(place))
        for line in lines
        for place, strength in line.strengths.items()
        if strength == 2
    )
    places = {place for place, _ in hindered}
    known = Counter((place, line.asks(place)) for line in lines for place in line.member.known & places)
    in_order = sorted(hindered.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(
        Shared(each[0], n, max(n, known[each]), strong[each], question=each[1]) for each, n in in_order
    )


def _order(member: PortfolioMember) -> tuple[str, str]:
    """The sort key of a trajectory. Sorting by the full path would reveal something about a hidden name."""
    return member.shown_as, member.standing.trajectory.title


def _line(member: PortfolioMember) -> Line:
    standing = member.standing
    counts = [phase.counts for phase in standing.phases]
    lights = {light: sum(each[light] for each in counts) for light in _COUNTED}
    strengths = dict(member.report.strengths) if member.report else strengths_of(member.barriers)
    to_do = [due for due in due_in(standing) if due.kind in _TO_DO]
    return Line(
        member,
        lights,
        any(lights.values()),
        tuple(item.id for phase in standing.phases for item in phase.items if item.light == "rood"),
        sum(phase.counts["rood"] for phase in standing.phases if phase is not standing.latest),
        sum(due.late for due in to_do),
        tuple(silence.person for silence in member.silent),
        len(strengths),
        sum(strength == 2 for strength in strengths.values()),
        strengths,
        to_do[0] if to_do else None,
    )
