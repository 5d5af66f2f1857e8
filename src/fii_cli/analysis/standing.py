"""The standing of a trajectory: where it is, and its lights with the ratings behind them.

Nothing here is ever written to a file. Unknown is not zero, and lights are only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from fii_cli.analysis.lights import WORST_FIRST, LastLights, last_lights, light_in, light_of
from fii_cli.analysis.overdue import overdue_actions, overdue_tasks
from fii_cli.analysis.renewed import renewed
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Cell, Item, PhaseContent, SubphaseContent
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.language import N_
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Action, Assessment, ChecklistItem
from fii_cli.trajectory.head import Decision, Visit
from fii_cli.trajectory.verkennen import Task
from fii_cli.words import LIGHTS, PHASES, Light, Phase

State = Literal["skipped", "ahead", "passed", "here", "paused", "left", "interrupted", "stopped", "completed"]
"""The state of a phase. Skipped is by the entry point, and here is the phase of the open visit.

Passed was never visited, though a later phase was; ahead was not either, and none was after it.

Left is with a decision to continue; interrupted is by going back, or after a pause or stop elsewhere.
"""
ENDED_STATES: dict[str, State] = {"pauze": "paused", "stop": "stopped", "afgerond": "completed"}
"""The state of a phase by the decision that ended the last visit."""
STATE_WORDS: dict[State, str] = {
    "skipped": N_("skipped at start"),
    "ahead": N_("still ahead"),
    "passed": N_("not visited"),
    "here": N_("here now"),
    "paused": N_("paused"),
    "left": N_("closed"),
    "interrupted": N_("interrupted"),
    "stopped": N_("stopped"),
    "completed": N_("completed"),
}


@dataclass(frozen=True, slots=True)
class RatedBy:
    """One rating of an item, with its source, its side, and the organisation that it is about."""

    value: str
    date: Date
    by: str | None
    perspective: str | None
    note: str | None
    evidence: str | None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item and its current light: the least favourable of the latest ratings by perspective."""

    id: str
    nl: str
    en: str
    required: bool
    own: bool
    light: Light
    ratings: tuple[RatedBy, ...]

    @property
    def where(self) -> tuple[str, ...]:
        """The organisations with the current light, if lights stand for each organisation."""
        those = (each.about for each in self.ratings if each.about and each.value == self.light)
        return tuple(dict.fromkeys(those))


@dataclass(frozen=True, slots=True)
class SubphaseStanding:
    content: SubphaseContent
    items: tuple[ItemStanding, ...]


class PhaseCounts:
    """What follows from the state of a phase, whether it was visited, and the number of its lights."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def state(self) -> State: ...

        @property
        def visited(self) -> bool: ...

        @property
        def counts(self) -> dict[Light, int]: ...

    @property
    def applicable(self) -> int:
        """The number of items that apply to this trajectory."""
        counts = self.counts
        return sum(counts.values()) - counts["nvt"]

    @property
    def rated(self) -> int:
        """The number of these that were rated."""
        return self.applicable - self.counts[NO_LIGHT]

    @property
    def unrated(self) -> bool:
        """Whether nothing is known about it: it has items that apply, and none was rated."""
        return bool(self.applicable) and not self.rated

    @property
    def left_unrated(self) -> bool:
        """Whether it was visited, and its latest visit ended before anything was rated."""
        return self.visited and self.state != "here" and self.unrated


@dataclass(frozen=True, slots=True)
class PhaseStanding(PhaseCounts):
    content: PhaseContent
    state: State
    visits: tuple[Visit, ...]
    subphases: tuple[SubphaseStanding, ...]

    @property
    def visited(self) -> bool:
        return bool(self.visits)

    @property
    def entered(self) -> Date | None:
        """When the open visit to it began, that of the whole first; without one, the latest visit."""
        open_ = [visit for visit in self.visits if visit.closing is None]
        visit = min(open_, key=lambda each: each.organisation is not None, default=None)
        visit = visit or next(reversed(self.visits), None)
        return visit.entered if visit else None

    @property
    def items(self) -> tuple[ItemStanding, ...]:
        return tuple(item for subphase in self.subphases for item in subphase.items)

    @property
    def counts(self) -> dict[Light, int]:
        """The number of items with each light."""
        found = Counter(item.light for item in self.items)
        return {light: found[light] for light in LIGHTS}

    @property
    def in_the_way(self) -> tuple[ItemStanding, ...]:
        """The required items that are not green, worst first, except those that do not apply."""
        items = (item for item in self.items if item.required and item.light not in ("groen", "nvt"))
        return tuple(sorted(items, key=lambda item: WORST_FIRST.index(item.light)))


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing of a trajectory on a day, in the terms of the handbook.

    ``apart`` is what was said of retired items without one successor; nothing is concluded from it.
    """

    trajectory: Trajectory
    today: date
    cell: Cell
    phases: tuple[PhaseStanding, ...]
    decision: Decision | None
    overdue: tuple[Action, ...]
    overdue_tasks: tuple[Task, ...]
    apart: tuple[Assessment, ...]

    @property
    def here(self) -> PhaseStanding | None:
        """The phase of the open visit that counts for the whole."""
        open_ = self.trajectory.open_visit
        return self._phase(open_[1].phase) if open_ else None

    @property
    def beside(self) -> tuple[PhaseStanding, ...]:
        """The other phases with an open visit, in the order of the phases."""
        here = self.here
        return tuple(phase for phase in self.phases if phase.state == "here" and phase is not here)

    @property
    def latest(self) -> PhaseStanding | None:
        """The phase of the latest visit, open or not; reports and portfolios count its lights."""
        last = self.trajectory.last_visit
        return self._phase(last[1].phase) if last else None

    def _phase(self, id_: Phase) -> PhaseStanding:
        return next(phase for phase in self.phases if phase.content.id == id_)

    @property
    def roadmap(self) -> tuple[Task, ...]:
        return self.trajectory.roadmap

    @property
    def running(self) -> tuple[Action, ...]:
        return tuple(action for action in self.trajectory.actions if action.runs)

    def with_light(self, *lights: Light) -> Iterator[tuple[PhaseStanding, ItemStanding]]:
        """The items with one of these lights by phase, in the order of the lights."""
        for phase in self.phases:
            for light in lights:
                yield from ((phase, item) for item in phase.items if item.light == light)


def standing_of(trajectory: Trajectory, handbook: Handbook, today: date) -> Standing:
    """The standing of a trajectory on a day."""
    past = renewed(trajectory, handbook)
    trajectory, entry = past.trajectory, trajectory.entry
    cell = handbook.matrix.cell(entry.commission, bool(entry.receiving_organisation))
    return Standing(
        trajectory,
        today,
        cell,
        tuple(_phase_standing(trajectory, phase, cell, today) for phase in handbook.phases),
        trajectory.last_decision,
        tuple(action for _, action in overdue_actions(trajectory, today)),
        tuple(task for _, task in overdue_tasks(trajectory, today)),
        past.apart,
    )


def _phase_standing(trajectory: Trajectory, phase: PhaseContent, cell: Cell, until: date) -> PhaseStanding:
    visits = tuple(visit for visit in trajectory.visits if visit.phase == phase.id)
    subphases = []
    for subphase in phase.subphases:
        items = [_of_handbook(item, trajectory, until) for item in subphase.items]
        own = [item for item in trajectory.checklist if item.subphase == subphase.id]
        items += [_of_team(item, trajectory, until) for item in own]
        subphases.append(SubphaseStanding(subphase, tuple(items)))
    return PhaseStanding(phase, _state(trajectory, phase.id, visits, cell), visits, tuple(subphases))


def _unvisited(trajectory: Trajectory, phase: Phase) -> State:
    later = PHASES[PHASES.index(phase) + 1 :]
    return "passed" if any(each in trajectory.last_visits for each in later) else "ahead"


def _state(trajectory: Trajectory, phase: Phase, visits: tuple[Visit, ...], cell: Cell) -> State:
    if not visits:
        return "skipped" if phase in cell.skips else _unvisited(trajectory, phase)
    last = visits[-1]
    if len(trajectory.paths) > 1:  # of several paths, the one that was in this phase last
        last = max(visits, key=lambda visit: visit.closing.date.last if visit.closing else date.max)
    closing = last.closing
    if closing is None or any(visit.closing is None for visit in visits):
        return "here"
    following = _visit_after(last, trajectory)
    if following is None:
        return ENDED_STATES.get(closing.decision, "left")
    went_back = following.via == "return" and closing.decision != "afgerond"
    return "left" if closing.leaves and not went_back else "interrupted"


def _visit_after(visit: Visit, trajectory: Trajectory) -> Visit | None:
    """The next visit of the same organisation, or of the trajectory as a whole."""
    path = [each for _, each in trajectory.paths[visit.organisation]]
    following = next(at for at, each in enumerate(path, 1) if each is visit)
    return path[following] if following < len(path) else None


def rating_in(assessment: Assessment, item: str) -> RatedBy:
    """The rating of an item in an assessment, with its source."""
    rating = assessment.ratings[item]
    return RatedBy(
        rating.value,
        assessment.date,
        assessment.by,
        assessment.perspective,
        rating.note,
        rating.evidence,
        assessment.about,
    )


def _of_handbook(item: Item, trajectory: Trajectory, until: date) -> ItemStanding:
    last = last_lights(trajectory, item.id, until)
    light, ratings = light_of(item.id, last), _ratings(item.id, last, trajectory)
    return ItemStanding(item.id, item.question.nl, item.question.en, item.required, False, light, ratings)


def _of_team(item: ChecklistItem, trajectory: Trajectory, until: date) -> ItemStanding:
    last = last_lights(trajectory, item.id, until)
    light, ratings = light_of(item.id, last), _ratings(item.id, last, trajectory)
    return ItemStanding(item.id, item.question, item.question, False, True, light, ratings)


def _ratings(item: str, last: LastLights, trajectory: Trajectory) -> tuple[RatedBy, ...]:
    """The latest rating of an item from each side; about an organisation only if lights stand for each."""
    rated = (
        replace(rating_in(assessment, item), value=light_in(assessment, item))
        for _, assessment in last.values()
    )
    return tuple(each if trajectory.by_organisation else replace(each, about=None) for each in rated)
