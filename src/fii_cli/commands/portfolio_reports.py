"""The trajectories of a portfolio that are read from reports in JSON, which their owners published."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fii_cli.analysis.barriers import places_known
from fii_cli.analysis.movement import start_of
from fii_cli.analysis.portfolio import (
    Broken,
    Later,
    Portfolio,
    PortfolioMember,
    Publication,
    moves_since,
    portfolio_of,
)
from fii_cli.analysis.silence import longest_silence, silences
from fii_cli.analysis.standing import standing_of
from fii_cli.commands.portfolio_members import (
    PortfolioRequest,
    Shown,
    identifies,
    path_for,
    read_members,
)
from fii_cli.editions.edition import shows_more
from fii_cli.language import Message, msg
from fii_cli.project.context import Projects
from fii_cli.project.files import CannotOpen, Search
from fii_cli.project.published import Published, Reports, is_named_as_report
from fii_cli.rules import BY_CODE
from fii_cli.rules.rollout import member_not_shown
from fii_cli.terminal import Terminal
from fii_cli.unexpected import in_words
from fii_cli.words import OUTER

_OFF_SCALE = BY_CODE["FII026"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The portfolio, the files in it, and what cannot be shown with the path on this machine."""

    portfolio: Portfolio
    readable: list[Shown]
    broken: list[Broken]


def searched(paths: list[str], projects: Projects) -> tuple[Search, Reports]:
    """The trajectories and the reports in JSON at and below paths."""
    files = [path for path in paths if os.path.isdir(path) or not is_named_as_report(path)]
    return projects.search(files), projects.reports(paths)


def gathered(terminal: Terminal, found: Search, reports: Reports, asked: PortfolioRequest) -> Gathered:
    """The portfolio of the files and reports that were found, as its audience may see it."""
    readable, broken = read_members(terminal, found, asked)
    members = [each.member for each in readable]
    later: list[Later] = []
    for each in each_report(reports, asked):
        if isinstance(each, Broken):
            broken.append(each)
        elif isinstance(each, Later):
            later.append(each)
        else:
            members.append(each)
    told = [replace(each, path=path_for(asked.edition, each.path, tells=each.tells)) for each in broken]
    return Gathered(portfolio_of(members, told, later), readable, broken)


def each_report(reports: Reports, asked: PortfolioRequest) -> Iterator[PortfolioMember | Broken | Later]:
    """The reports one after the other, as they can be shown, or why not."""
    yield from map(unread_report, reports.unread)
    for report in reports.read:
        try:
            yield reported_member(report, asked)
        except Exception as error:  # one report must not stop the others
            yield _refused(report, tells=identifies(report.path, None), why=in_words(error)[0])


def unread_report(error: CannotOpen) -> Broken:
    """A report that cannot be read."""
    return Broken(error.path, error.message, tells=identifies(error.path, None))


def reported_member(report: Published, asked: PortfolioRequest) -> PortfolioMember | Broken | Later:
    """A report as a portfolio may show it, the reason why it cannot be shown, or that it is of a later day.

    It keeps its own day: whatever is concluded from it is concluded as of that day.
    """
    outside = asked.edition in OUTER
    tells = identifies(report.path, report.edition)
    if shows_more(report.audience, asked.edition):
        why, tells = wider_than(report, asked), outside or tells
        return replace(_refused(report, tells, why), wider=True)
    if report.day > asked.dated.day:
        return Later(path_for(asked.edition, report.path, tells=tells), report.day)
    project = asked.projects.at(report.path)
    book, thresholds = project.handbook, project.settings.thresholds
    assert _OFF_SCALE.find is not None
    circumstances = project.circumstances(report.path, report.day)
    if wrong := next(_OFF_SCALE.find(report.edition, circumstances), None):
        return _refused(report, tells, wrong.message)
    standing = standing_of(report.edition, book, report.day)
    return PortfolioMember(
        report.path,
        standing,
        (),
        silences(report.edition, report.day, thresholds.silent_weeks),
        path_for(asked.edition, report.path, tells=outside and tells),
        places_known(standing, book, thresholds),
        moves_since(start_of(report.edition, book, report.day), standing),
        longest_silence(report.edition, report.day),
        Publication(report.day, report.day_from, report.audience, report.strengths),
    )


def wider_than(report: Published, asked: PortfolioRequest) -> Message:
    """That a report shows more than a page may show."""
    return msg(
        "this is the {there} edition, which shows more than the {asked} edition",
        there=report.audience,
        asked=asked.edition,
    )


def _refused(report: Published, tells: bool, why: Message) -> Broken:
    return Broken(report.path, why, member_not_shown.code, tells=tells)
