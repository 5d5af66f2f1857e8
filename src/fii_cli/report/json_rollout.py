"""Where each organisation is, and the roll-out of a programme, in a report for programs."""

from __future__ import annotations

from collections.abc import Iterable

from fii_cli.analysis.paths import paths_now
from fii_cli.analysis.portfolio import first_hindered, question_of
from fii_cli.analysis.portfolio_line import Line
from fii_cli.analysis.rollout import Rollout
from fii_cli.analysis.standing import State
from fii_cli.editions.edition import reaches
from fii_cli.models import BaseModel, ConfigDict, Field
from fii_cli.trajectory import Trajectory
from fii_cli.words import Audience, Light, Phase


class Told(BaseModel):
    """A part of a report for programs."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class PathTold(Told):
    """Where an organisation is, or the trajectory as a whole."""

    organisation: str | None = Field(
        description="The id of the organisation; null for the trajectory as a whole."
    )
    phase: Phase = Field(description="The phase of an open visit, or else of the last one.")
    state: State = Field(description="The state of that phase for this organisation.")
    entered: str | None = Field(description="When that visit began; null if the file does not say.")


class MemberPhaseTold(Told):
    """A phase of a trajectory in a roll-out."""

    id: Phase = Field(description="The phase.")
    state: State = Field(description="The state of the phase.")
    lights: dict[Light, int] | None = Field(
        description="The number of items with each light; null if its edition shows no lights."
    )


class MemberTold(Told):
    """A trajectory in the roll-out of a programme."""

    title: str = Field(description="Its title.")
    organisation: str = Field(description="The name of the organisation that it is about; may be empty.")
    as_of: str = Field(description="Its day: that of this report, or that of the report it was read from.")
    audience: Audience = Field(description="The edition that is shown of it.")
    published: bool = Field(description="Whether it was read from a report that its owner published.")
    paths: tuple[PathTold, ...] = Field(description="Where each organisation in it is.")
    phases: tuple[MemberPhaseTold, ...] = Field(description="The six phases.")


class SharedTold(Told):
    """A barrier in several trajectories of a roll-out."""

    place: str = Field(description="Instrument and item, such as cfir/III.D.2.")
    trajectories: int = Field(description="The number of trajectories that it hinders in.")
    known: int = Field(description="The number in which it is known whether it hinders.")
    strong: int = Field(description="The number that it hinders in strongly.")
    titles: tuple[str, ...] = Field(description="The titles of the trajectories that it hinders in.")
    question: str | None = Field(
        description="The question, for an item that the teams wrote themselves; null for other items."
    )


class HelpedTold(Told):
    """A strategy with the results that the teams of a roll-out recorded."""

    id: str = Field(description="The strategy in the catalogue.")
    helped: dict[str, int] = Field(description="How often each answer was recorded.")
    n: int = Field(description="The number of records.")
    titles: tuple[str, ...] = Field(description="The titles of the trajectories in which it helped.")


class LeftOutTold(Told):
    """A trajectory that is not in the roll-out that is shown."""

    path: str = Field(description="Its path; outside, the name of its organisation.")
    code: str = Field(description="The code of the rule; empty if its report is of a later day.")


class RolloutTold(Told):
    """The roll-out of a programme: its trajectories, and what they share."""

    trajectories: tuple[MemberTold, ...] = Field(description="The trajectories, in the order of the file.")
    barriers: tuple[SharedTold, ...] = Field(description="What hinders in several of them.")
    helped: tuple[HelpedTold, ...] = Field(description="The strategies with recorded results.")
    left_out: tuple[LeftOutTold, ...] = Field(description="The trajectories that are not shown.")


def paths_told(trajectory: Trajectory) -> tuple[PathTold, ...]:
    """Where each organisation is, and the trajectory as a whole."""
    return tuple(
        PathTold(
            organisation=each.organisation,
            phase=each.visit.phase,
            state=each.state,
            entered=str(each.visit.entered) if each.visit.entered else None,
        )
        for each in paths_now(trajectory)
    )


def rollout_told(rollout: Rollout, audience: Audience) -> RolloutTold:
    """The roll-out of a programme, as an audience may see it."""
    portfolio, first = rollout.portfolio, first_hindered(rollout.lines)
    used = {each.strategy: each.experience for each in portfolio.strategies}
    return RolloutTold(
        trajectories=tuple(_member(line, rollout, audience) for line in rollout.lines),
        barriers=tuple(
            SharedTold(
                place=each.place,
                trajectories=each.trajectories,
                known=each.known,
                strong=each.strong,
                titles=_titles(rollout.hindered_by(each)),
                question=question_of(each, first) or None,
            )
            for each in rollout.shared
        ),
        helped=tuple(
            HelpedTold(
                id=id_,
                helped=dict(used[id_].helped),
                n=used[id_].n,
                titles=_titles(rollout.helped_by(id_)),
            )
            for id_ in rollout.strategies
        ),
        left_out=(
            *(LeftOutTold(path=each.path, code=each.code) for each in portfolio.broken),
            *(LeftOutTold(path=each.path, code="") for each in portfolio.later),
        ),
    )


def _member(line: Line, rollout: Rollout, audience: Audience) -> MemberTold:
    seen = line.seen_by(audience)
    rated = reaches(Trajectory, "assessments", seen)
    return MemberTold(
        title=line.title,
        organisation=rollout.organisations[line.path],
        as_of=line.day.isoformat(),
        audience=seen,
        published=line.report is not None,
        paths=paths_told(rollout.trajectories[line.path]),
        phases=tuple(
            MemberPhaseTold(id=phase.id, state=phase.state, lights=phase.counts if rated else None)
            for phase in line.phases
        ),
    )


def _titles(lines: Iterable[Line]) -> tuple[str, ...]:
    return tuple(line.title for line in lines)
