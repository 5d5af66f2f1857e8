"""The basis of a report: the edition of a trajectory, and fii's conclusions from it."""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli import __version__
from fii_cli.analysis.advice import advised_now
from fii_cli.analysis.barriers import Barrier, barriers_of
from fii_cli.analysis.compared import Compared, Source, compared_in
from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.movement import Before, Start, start_of
from fii_cli.analysis.recommendations import Recommendation
from fii_cli.analysis.rollout import Rollout
from fii_cli.analysis.silence import Silence, silences
from fii_cli.analysis.standing import Standing, standing_of
from fii_cli.analysis.trend import Trend, trend_of
from fii_cli.diagnostics import Remark
from fii_cli.editions.edition import reaches
from fii_cli.editions.marks import Yardstick
from fii_cli.handbook import Handbook
from fii_cli.language import Language
from fii_cli.report.facts import facts_digest
from fii_cli.rules.check import JudgedEdition
from fii_cli.trajectory import Trajectory
from fii_cli.words import OUTER, Audience, DaySource


@dataclass(frozen=True, slots=True)
class Basis:
    """One edition as of one date; ``rated`` is whether this edition shows lights at all.

    ``facts`` are as in the file, while everything else is in the terms of the handbook.
    ``remarks`` are the findings of the rules, empty in an external edition; ``silent`` are the key people
    without recent contact. ``found`` is the evidence that exists; other evidence is only claimed.
    ``start`` is with what the report compares, if there is anything. ``compared`` are the organisations side
    by side, on each instrument on which there are several. ``rollout`` are the trajectories of a programme.
    """

    facts: Trajectory
    audience: Audience
    day_from: DaySource
    standing: Standing
    barriers: tuple[Barrier, ...]
    trend: Trend
    chosen: tuple[Recommendation, ...]
    remarks: tuple[Remark, ...]
    silent: tuple[Silence, ...]
    found: frozenset[str]
    handbook: Handbook
    thresholds: Thresholds
    rated: bool
    yardstick: Yardstick
    start: Start | None
    compared: tuple[Compared, ...]
    rollout: Rollout | None = None

    @property
    def outside(self) -> bool:
        """Whether its readers are outside the team and its steering group."""
        return self.audience in OUTER

    @property
    def trajectory(self) -> Trajectory:
        """The facts in the terms of the handbook."""
        return self.standing.trajectory


def basis_of(
    edition: JudgedEdition,
    handbook: Handbook,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - it is frozen
    before: Before | None = None,
) -> Basis:
    """The basis of a report: fii's conclusions from an edition, and from nothing else.

    ``before`` is an earlier version of it to compare with, instead of that of the assessment before the last.
    """
    trajectory, today = edition.trajectory, edition.day
    standing = standing_of(trajectory, handbook, today)
    barriers = barriers_of(trajectory, handbook, today, thresholds)
    return Basis(
        trajectory,
        edition.audience,
        edition.day_from,
        standing,
        barriers,
        trend_of(trajectory, handbook, today, thresholds),
        advised_now(standing.trajectory, barriers, handbook),
        edition.remarks,
        silences(trajectory, today, thresholds.silent_weeks),
        edition.found,
        handbook,
        thresholds,
        reaches(Trajectory, "assessments", edition.audience),
        Yardstick(__version__, handbook.digest, facts_digest(trajectory)),
        start_of(trajectory, handbook, today, before),
        compared_in(standing.trajectory, handbook, today, _rolled_out(edition)),
        edition.rollout,
    )


def _rolled_out(edition: JudgedEdition) -> tuple[Source, ...]:
    """The trajectories of a programme, by a number: readers outside do not know their paths."""
    if edition.rollout is None:
        return ()
    names = edition.rollout.organisations
    ids = {each.name: each.id for each in edition.trajectory.organisations}
    found = []
    for number, line in enumerate(edition.rollout.lines, 1):
        name = names[line.path]
        called = (ids[name], name) if name in ids else None
        found.append(Source(str(number), edition.rollout.trajectories[line.path], called))
    return tuple(found)


def made_with(yardstick: Yardstick, say: Language) -> str:
    """What a page was made with, for its readers: ``fii 0.1.0 · handbook 3f9a2c1``."""
    handbook = say("handbook {digest}", digest=yardstick.handbook)
    return f"fii {yardstick.version} · {handbook}"
