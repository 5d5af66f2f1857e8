"""The trajectories of a portfolio, as its audience may see them, and the files that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from fii_cli.analysis.barriers import barriers_in, places_known
from fii_cli.analysis.movement import start_of
from fii_cli.analysis.portfolio import Broken, PortfolioMember, Sort, moves_since
from fii_cli.analysis.silence import longest_silence, silences
from fii_cli.analysis.standing import standing_of
from fii_cli.commands.progress import progress
from fii_cli.diagnostics import Diagnostic
from fii_cli.editions.edition import edition_of
from fii_cli.editions.outsiders import names_in_files
from fii_cli.language import msg
from fii_cli.personal import holds_personal
from fii_cli.project.context import Project, Projects
from fii_cli.project.files import Search
from fii_cli.project.report_day import ReportDay
from fii_cli.project.surroundings import judged_unexpectedly
from fii_cli.rules.check import Judgement, personal_data
from fii_cli.rules.format import trajectory_in
from fii_cli.rules.privacy import file_stem
from fii_cli.terminal import Terminal
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
    """A trajectory that the portfolio shows, with its project and the check of its file."""

    project: Project
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


def read_members(
    terminal: Terminal, found: Search, asked: PortfolioRequest
) -> tuple[list[Shown], list[Broken]]:
    """The files that can be shown, and those that cannot."""
    readable: list[Shown] = []
    broken: list[Broken] = []
    for each in each_member(terminal, found, asked):
        if isinstance(each, Broken):
            broken.append(each)
        else:
            readable.append(each)
    return readable, broken


def each_member(terminal: Terminal, found: Search, asked: PortfolioRequest) -> Iterator[Shown | Broken]:
    """The files one after the other, as they can be shown, or why not."""
    for error in found.unopened:
        yield Broken(error.path, error.message, tells=identifies(error.path, None))
    with progress(terminal, len(found.paths)) as step:
        for path, document in found.documents():
            try:
                each = read_member(path, document, asked)
            except Exception as error:  # one file must not stop the others
                found_so = judged_unexpectedly(path, document, error).errors[0]
                each = _broken(path, found_so, tells=identifies(path, None))
            yield each
            step()


def read_member(path: str, document: Document, asked: PortfolioRequest) -> Shown | Broken:
    """A file as the edition may show it, or the reason why it cannot be shown."""
    project, day = asked.projects.at(path), asked.dated.day
    judgement = project.judge(path, document, day)
    trajectory, known = judgement.trajectory, judgement.known
    if trajectory is None or known is None or judgement.errors:
        what_fits = trajectory_in(document)[0]
        return _broken(path, judgement.errors[0], tells=identifies(path, what_fits))
    outside = asked.edition in OUTER
    if outside:
        personal = personal_data(judgement, project.circumstances(path, day), project.settings.rules)
        if personal:
            return _broken(path, personal[0], tells=identifies(path, trajectory))
    edition = edition_of(known, asked.edition)
    book, thresholds = project.handbook, project.settings.thresholds
    standing = standing_of(edition, book, day)
    member = PortfolioMember(
        path,
        standing,
        barriers_in(standing, book, thresholds),
        silences(edition, day, thresholds.silent_weeks),
        path_for(asked.edition, path, tells=outside and identifies(path, trajectory)),
        places_known(standing, book, thresholds),
        moves_since(start_of(edition, book, day), standing),
        longest_silence(edition, day),
    )
    return Shown(project, judgement, member)


def _broken(path: str, first: Diagnostic, *, tells: bool) -> Broken:
    """A file with the first finding that must be fixed."""
    why = msg("line {line}: {code} {what}", line=first.span.line, code=first.code, what=first.message)
    return Broken(path, why, first.code, first.span.line, tells)
