"""The trajectories of a portfolio that are read from reports in JSON, which their owners published."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from fii_cli.analysis.barriers import places_known
from fii_cli.analysis.movement import start_of
from fii_cli.analysis.portfolio import Broken, Later
from fii_cli.analysis.portfolio_line import PortfolioMember, Publication, moves_since
from fii_cli.analysis.silence import longest_silence, silences
from fii_cli.analysis.standing import standing_of
from fii_cli.commands.portfolio_members import PortfolioRequest, identifies, path_for
from fii_cli.editions.edition import shows_more
from fii_cli.language import Message, msg
from fii_cli.project.context import Projects
from fii_cli.project.files import CannotOpen
from fii_cli.project.published import Published
from fii_cli.project.report_day import ReportDay
from fii_cli.rules import BY_CODE
from fii_cli.rules.rollout import member_not_shown
from fii_cli.words import OUTER, Audience

T = TypeVar("T")
_OFF_SCALE = BY_CODE["FII026"]


@dataclass(frozen=True, slots=True)
class Reported(Generic[T]):
    """A report as a portfolio may show it, or why not; and how it is told if it is of a later day."""

    dated: ReportDay
    found: T | Broken
    later: Later

    def as_of(self, day: date) -> T | Broken | Later:
        """The same in a portfolio of this day."""
        wider = isinstance(self.found, Broken) and self.found.wider
        return self.later if self.dated.day > day and not wider else self.found


def unread_report(error: CannotOpen) -> Broken:
    """A report that cannot be read."""
    return Broken(error.path, error.message, tells=identifies(error.path, None))


def reported_member(report: Published, asked: PortfolioRequest) -> PortfolioMember | Broken | Later:
    """A report as a portfolio may show it, or why it cannot be shown, or that it is of a later day."""
    return reported(report, asked.edition, asked.projects).as_of(asked.dated.day)


def reported(report: Published, edition: Audience, projects: Projects) -> Reported[PortfolioMember]:
    """A report in portfolios of any day.

    It keeps its own day: whatever is concluded from it is concluded as of that day.
    """
    tells = identifies(report.path, report.edition)
    later = Later(path_for(edition, report.path, tells=tells), report.day)
    dated = ReportDay(report.day, report.day_from)
    return Reported(dated, _found(report, edition, projects, tells=tells), later)


def _found(
    report: Published, edition: Audience, projects: Projects, *, tells: bool
) -> PortfolioMember | Broken:
    outside = edition in OUTER
    if shows_more(report.audience, edition):
        return replace(refused(report, outside or tells, wider_than(report, edition)), wider=True)
    project = projects.at(report.path)
    book, thresholds = project.handbook, project.settings.thresholds
    assert _OFF_SCALE.find is not None
    circumstances = project.circumstances(report.path, report.day)
    if wrong := next(_OFF_SCALE.find(report.edition, circumstances), None):
        return refused(report, tells, wrong.message)
    standing = standing_of(report.edition, book, report.day)
    return PortfolioMember(
        report.path,
        standing,
        (),
        silences(report.edition, report.day, thresholds.silent_weeks),
        path_for(edition, report.path, tells=outside and tells),
        places_known(standing, book, thresholds),
        moves_since(start_of(report.edition, book, report.day), standing),
        longest_silence(report.edition, report.day),
        Publication(report.day, report.day_from, report.audience, report.strengths),
    )


def wider_than(report: Published, edition: Audience) -> Message:
    """That a report shows more than a page may show."""
    return msg(
        "this is the {there} edition, which shows more than the {asked} edition",
        there=report.audience,
        asked=edition,
    )


def refused(report: Published, tells: bool, why: Message) -> Broken:
    """A report that cannot be shown, and why."""
    return Broken(report.path, why, member_not_shown.code, tells=tells)
