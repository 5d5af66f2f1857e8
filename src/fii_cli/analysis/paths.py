"""The path of one organisation through the phases, or that of the trajectory as a whole.

The path of an organisation has its own visits, and the lights that were given to it; those about nobody count
for whoever has none of its own on that item. That of the whole has all lights: the least favourable one
counts, wherever it was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from fii_cli.analysis.lights import phase_of_item
from fii_cli.analysis.standing import ENDED_STATES, PhaseStanding, Standing, State, standing_of
from fii_cli.handbook import Handbook
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import remade
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.trajectory.head import Visit
from fii_cli.words import RESTING, Phase


@dataclass(frozen=True, slots=True)
class PhasePath:
    """A path, with the visits on it and their indices in the file.

    ``open`` is the open visit that is meant, ``None`` if none is open; ``standing`` is that of this path
    alone.
    """

    organisation: str | None
    standing: Standing
    visits: tuple[tuple[int, Visit], ...]
    open: tuple[int, Visit] | None

    @property
    def here(self) -> PhaseStanding | None:
        """The phase of the open visit."""
        return self.phase(self.open[1].phase) if self.open else None

    @property
    def last(self) -> tuple[int, Visit] | None:
        """The open visit, or else the last one."""
        return self.open or (self.visits[-1] if self.visits else None)

    @property
    def rests(self) -> bool:
        """Whether this path is paused, stopped or completed."""
        closing = self.visits[-1][1].closing if self.visits and not self.open else None
        return closing is not None and closing.decision in RESTING

    @property
    def paused(self) -> tuple[int, Visit] | None:
        """The last visit, if it is paused: it can be resumed, or end for good."""
        last = self.visits[-1] if self.visits and not self.open else None
        return last if last and last[1].closing and last[1].closing.decision == "pauze" else None

    def phase(self, id_: Phase) -> PhaseStanding:
        return next(phase for phase in self.standing.phases if phase.content.id == id_)


@dataclass(frozen=True, slots=True)
class PathNow:
    """Where a path is: an open visit on it, or else the last one, and the state of that phase."""

    organisation: str | None
    visit: Visit
    state: State


def paths_now(trajectory: Trajectory) -> tuple[PathNow, ...]:
    """Where each path is, that of the whole first; one of which phases overlap is in several."""
    found: dict[str | None, list[PathNow]] = {}
    for _, visit in trajectory.open_visits:
        found.setdefault(visit.organisation, []).append(PathNow(visit.organisation, visit, "here"))
    for _, visit, decision in trajectory.ended_paths:
        ended = ENDED_STATES.get(decision.decision, "left")
        found[visit.organisation] = [PathNow(visit.organisation, visit, ended)]
    return tuple(now for organisation in paths_of(trajectory) for now in found.get(organisation, ()))


def paths_of(trajectory: Trajectory) -> tuple[str | None, ...]:
    """Whose paths there are: that of the whole first, then in the order of the file."""
    return tuple(sorted(trajectory.paths, key=lambda organisation: organisation is not None))


def path_of(
    trajectory: Trajectory,
    handbook: Handbook,
    today: date,
    organisation: str | None = None,
    phase: Phase | None = None,
) -> PhasePath:
    """The path of an organisation, or of the whole; of several open visits the one to ``phase`` is meant."""
    visits = trajectory.paths.get(organisation, ())
    open_ = [each for each in trajectory.open_visits if each[1].organisation == organisation]
    meant = next((each for each in open_ if phase in (None, each[1].phase)), None)
    own = trajectory if organisation is None else _of_one(trajectory, organisation, today)
    return PhasePath(organisation, standing_of(own, handbook, today), visits, meant)


def open_paths(trajectory: Trajectory, handbook: Handbook, today: date) -> tuple[PhasePath, ...]:
    """The path of each open visit, that of the trajectory as a whole first."""
    return tuple(
        path_of(trajectory, handbook, today, visit.organisation, visit.phase)
        for _, visit in trajectory.open_visits
    )


def _of_one(trajectory: Trajectory, organisation: str, today: date) -> Trajectory:
    """The trajectory with the visits of one organisation, and the lights that count for it."""
    visits = tuple(visit for _, visit in trajectory.paths.get(organisation, ()))
    counting = partial(_counts_for, trajectory, organisation, today)
    lights = [each for each in trajectory.assessments if each.of_lights]
    given = {
        item for each in lights if each.about == organisation for item in each.ratings if counting(each, item)
    }
    made: list[Assessment] = []
    for each in trajectory.assessments:
        if not each.of_lights or each.about == organisation:
            made.append(each)
        elif each.about is None:
            shared = {
                item: light
                for item, light in each.ratings.items()
                if item not in given and counting(each, item)
            }
            made.append(remade(each, ratings=shared))
    own: Trajectory = remade(trajectory, visits=visits, assessments=tuple(made))
    return own


def _counts_for(trajectory: Trajectory, organisation: str, today: date, made: Assessment, item: str) -> bool:
    """Whether a light was given since an organisation entered the phase of the item."""
    phase = phase_of_item(trajectory, item)
    visit = trajectory.last_visit_of(organisation, phase) if phase else None
    return made.date.counts(visit.entered if visit else None, today)
