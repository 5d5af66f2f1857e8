"""What a portfolio shows of one trajectory, in a few small values: thousands of these fit in memory.

None of these refers to the trajectory itself or to the handbook, so that each can be sent to another process.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.barriers import Barrier, strengths_of
from fii_cli.analysis.due import Due, DueKind, due_in
from fii_cli.analysis.movement import Start, Way, counted, movement
from fii_cli.analysis.recommendations import Outcome, outcomes_in
from fii_cli.analysis.silence import Silence
from fii_cli.analysis.standing import PhaseCounts, PhaseStanding, Standing, State
from fii_cli.analysis.succession import others_open
from fii_cli.words import LIGHTS, STOPLICHT, Audience, DaySource, Light, Phase

_COUNTED: tuple[Light, ...] = ("groen", "oranje", "rood")
"""The lights that are counted over all phases; in phases still ahead, unknown says nothing."""
_TO_DO: tuple[DueKind, ...] = ("decision", "action", "task", "adjustment", "kick-off", "start")
"""What somebody has to do by a date; silence and old ratings are shown apart."""


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
class PhaseLine(PhaseCounts):
    """A phase of a trajectory: its state, whether it was visited, and the number of items with each light."""

    id: Phase
    state: State
    visited: bool
    lights: tuple[int, ...]

    @property
    def counts(self) -> dict[Light, int]:
        return dict(zip(LIGHTS, self.lights, strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """What a portfolio shows of one trajectory, as of ``day``.

    ``here`` is the phase of the open visit, and ``also_open`` the number of other open visits, without those
    of organisations that ended. ``red`` are the items with a red light; ``silent`` are key people without
    contact, and ``names`` has theirs by id. ``strengths`` are those of the barriers by their place, and
    ``questions`` those of the team's own items by id. ``strategies`` are those that were chosen, each once,
    and ``unrecorded`` those of finished actions without a result. ``next`` is what has to be done first: what
    is overdue, or else what is ahead.
    """

    path: str
    shown_as: str
    title: str
    day: date
    at_rest: bool
    here: Phase | None
    latest: Phase | None
    also_open: int
    phases: tuple[PhaseLine, ...]
    red: tuple[str, ...]
    overdue: int
    silent: tuple[Silence, ...]
    quiet: Silence | None
    names: Mapping[str, str]
    strengths: Mapping[str, int]
    known: tuple[str, ...]
    questions: Mapping[str, str]
    moved: Moves | None
    strategies: tuple[str, ...]
    unrecorded: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    next: Due | None
    report: Publication | None

    @property
    def heading(self) -> str:
        """The title on one line."""
        return " ".join(self.title.split())

    @property
    def latest_phase(self) -> PhaseLine | None:
        """The phase of the latest visit, open or not."""
        return next((phase for phase in self.phases if phase.id == self.latest), None)

    @property
    def lights(self) -> dict[Light, int]:
        """The lights of all phases."""
        counts = [phase.counts for phase in self.phases]
        return {light: sum(each[light] for each in counts) for light in _COUNTED}

    @property
    def rated(self) -> bool:
        """Whether any item has a light."""
        return any(self.lights.values())

    @property
    def red_elsewhere(self) -> int:
        """The number of red lights that are not in the latest phase."""
        return sum(phase.counts["rood"] for phase in self.phases if phase.id != self.latest)

    @property
    def barriers(self) -> int:
        return len(self.strengths)

    @property
    def strong(self) -> int:
        """The number of barriers that hinder strongly."""
        return sum(strength == 2 for strength in self.strengths.values())

    def seen_by(self, audience: Audience) -> Audience:
        """Whose edition of it a page for this audience shows: a report shows no more than it contains."""
        return self.report.audience if self.report else audience

    def question(self, place: str) -> str:
        """The question of an item that only this team has; empty for one of an instrument."""
        instrument, _, item = place.partition("/")
        return self.questions.get(item, "") if instrument == STOPLICHT else ""

    def asks(self, place: str) -> str:
        """The same, by which questions are compared: without capitals and line ends."""
        return " ".join(self.question(place).split()).casefold() if self.questions else ""

    def hindered_by(self, shared: Shared) -> int:
        """How strongly a shared barrier hinders here; 0 if it does not, or if they ask something else."""
        return self.strengths.get(shared.place, 0) if self.asks(shared.place) == shared.question else 0

    def knows(self, shared: Shared) -> bool:
        """Whether it is known here if a shared barrier hinders."""
        known = self.hindered_by(shared) or shared.place in self.known
        return bool(known) and self.asks(shared.place) == shared.question


def moves_since(start: Start | None, standing: Standing) -> Moves | None:
    """The number of lights that moved since the start; ``None`` if there is nothing to compare with."""
    if start is None:
        return None
    return Moves(start.before.day, counted(movement(start.standing, standing)))


def line_of(member: PortfolioMember) -> Line:
    """What a portfolio shows of a trajectory."""
    standing, trajectory = member.standing, member.standing.trajectory
    here, latest = standing.here, standing.latest
    to_do = [due for due in due_in(standing) if due.kind in _TO_DO]
    silent = (*member.silent, *((member.quiet,) if member.quiet else ()))
    actions = [action for action in trajectory.actions if action.strategy]
    done = [each for each in actions if each.status == "klaar" and not (each.result and each.result.helped)]
    return Line(
        path=member.path,
        shown_as=member.shown_as,
        title=trajectory.title,
        day=standing.today,
        at_rest=trajectory.at_rest,
        here=here.content.id if here else None,
        latest=latest.content.id if latest else None,
        also_open=others_open(trajectory, standing.today),
        phases=tuple(map(_phase, standing.phases)),
        red=tuple(item.id for phase in standing.phases for item in phase.items if item.light == "rood"),
        overdue=sum(due.late for due in to_do),
        silent=member.silent,
        quiet=member.quiet,
        names={each.person: trajectory.named(each.person) for each in silent},
        strengths=dict(member.report.strengths) if member.report else strengths_of(member.barriers),
        known=tuple(sorted(member.known)),
        questions={id_: each.question for id_, each in trajectory.own_items_by_id.items()},
        moved=member.moved,
        strategies=tuple(dict.fromkeys(each.strategy for each in actions if each.strategy)),
        unrecorded=tuple(each.strategy for each in done if each.strategy),
        outcomes=outcomes_in(trajectory),
        next=to_do[0] if to_do else None,
        report=member.report,
    )


def _phase(phase: PhaseStanding) -> PhaseLine:
    return PhaseLine(phase.content.id, phase.state, phase.visited, tuple(phase.counts.values()))
