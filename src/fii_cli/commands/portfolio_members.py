"""The trajectories of a portfolio, as its audience may see them, and the files that cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from fii_cli.analysis.barriers import barriers_in, places_known
from fii_cli.analysis.movement import start_of
from fii_cli.analysis.portfolio import Broken, Sort
from fii_cli.analysis.portfolio_line import PortfolioMember, moves_since
from fii_cli.analysis.silence import longest_silence, silences
from fii_cli.analysis.standing import standing_of
from fii_cli.diagnostics import Diagnostic
from fii_cli.editions.edition import edition_of
from fii_cli.editions.outsiders import names_in_files
from fii_cli.language import msg
from fii_cli.personal import holds_personal
from fii_cli.project.context import Project, Projects
from fii_cli.project.report_day import ReportDay
from fii_cli.project.surroundings import Asked, Surroundings, handbook_with, judged_within
from fii_cli.rules.check import Judgement, personal_data
from fii_cli.rules.format import trajectory_in
from fii_cli.rules.privacy import file_stem
from fii_cli.trajectory import Trajectory
from fii_cli.words import OUTER, Audience
from fii_cli.yaml.document import Document

Wanted = Literal["text", "html", "md", "json", "csv", "parquet"]


WANTED: tuple[Wanted, ...] = get_args(Wanted)


UNNAMED = "….yaml"
"""Shown instead of a file name that the audience may not see."""


@dataclass(frozen=True, slots=True)
class PortfolioRequest:
    """What was requested: the format, the day, the audience and the order; with the projects of the files."""

    wanted: Wanted
    dated: ReportDay
    edition: Audience
    projects: Projects
    sort: Sort = "need"

    @property
    def home(self) -> Project:
        """The project of the current folder: its handbook and house style apply to the portfolio."""
        return self.projects.at("-")


@dataclass(frozen=True, slots=True)
class Shown:
    """A trajectory that the portfolio shows, with the check of its file."""

    judgement: Judgement
    member: PortfolioMember


def path_for(edition: Audience, path: str, *, tells: bool) -> str:
    """A path as an edition may show it: external editions omit folders, and names that identify someone."""
    if edition not in OUTER:
        return path
    return UNNAMED if tells else path.replace("\\", "/").rpartition("/")[2]


def identifies(path: str, trajectory: Trajectory | None) -> bool:
    """Whether a file name identifies a person, or an organisation that external editions hide."""
    name = file_stem(path)
    return holds_personal(name) or bool(trajectory and names_in_files(trajectory).held_by(name))


def read_member(
    path: str, document: Document, within: Surroundings, edition: Audience, asked: Asked | None = None
) -> Shown | Broken:
    """A file as the edition may show it, or the reason why it cannot be shown.

    What the rules ask about other files is added to ``asked``.
    """
    day = within.day
    judgement = judged_within(within, path, document, asked)
    trajectory, known = judgement.trajectory, judgement.known
    if trajectory is None or known is None or judgement.errors:
        what_fits = trajectory_in(document)[0]
        return broken_by(judgement.errors[0], path, tells=identifies(path, what_fits))
    outside = edition in OUTER
    if outside:
        personal = personal_data(judgement, within.circumstances(path, asked), within.rules)
        if personal:
            return broken_by(personal[0], path, tells=identifies(path, trajectory))
    seen = edition_of(known, edition)
    book, thresholds = handbook_with(within.own)[0], within.thresholds
    standing = standing_of(seen, book, day)
    member = PortfolioMember(
        path,
        standing,
        barriers_in(standing, book, thresholds),
        silences(seen, day, thresholds.silent_weeks),
        path_for(edition, path, tells=outside and identifies(path, trajectory)),
        places_known(standing, book, thresholds),
        moves_since(start_of(seen, book, day), standing),
        longest_silence(seen, day),
    )
    return Shown(judgement, member)


def broken_by(first: Diagnostic, path: str, *, tells: bool) -> Broken:
    """A file with the first finding that must be fixed."""
    why = msg("line {line}: {code} {what}", line=first.span.line, code=first.code, what=first.message)
    return Broken(path, why, first.code, first.span.line, tells)
