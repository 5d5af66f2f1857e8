"""What a portfolio needs of each report in JSON, read one after the other, by one process or by several."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import closing
from datetime import date
from functools import partial
from typing import NamedTuple

from fii_cli import resources
from fii_cli.analysis.portfolio import Broken, Later
from fii_cli.analysis.portfolio_line import PortfolioMember, line_of
from fii_cli.commands.portfolio_members import identifies
from fii_cli.commands.portfolio_reports import Reported, refused, reported, unread_report
from fii_cli.commands.portfolio_told import MemberTold, rows_of, small
from fii_cli.commands.say import why_not_done
from fii_cli.language import Code, msg
from fii_cli.project import published
from fii_cli.project.context import Projects, projects_of_process
from fii_cli.project.files import CannotOpen
from fii_cli.project.processes import processes_for, spread
from fii_cli.project.report_day import ReportDay
from fii_cli.report.table_rows import Told
from fii_cli.unexpected import in_words
from fii_cli.words import Audience
from fii_cli.yaml.document import UNEXPECTED

ReportTold = Reported[MemberTold] | Broken
"""What a portfolio of any day shows of a report; or why it cannot be read."""
_MUCH = 300
"""With fewer reports, starting processes takes longer than it saves."""


class ReportTask(NamedTuple):
    """A report to read, for an audience; with the language of its rows, if these are wanted."""

    path: str
    edition: Audience
    rows_in: Code | None
    today: date


def report_told(task: ReportTask, projects: Projects) -> ReportTold:
    """What a portfolio needs of a report. Never raises, whatever the report contains."""
    try:
        report = published.read_published(task.path)
    except CannotOpen as error:
        return unread_report(error)
    try:
        shown = reported(report, task.edition, projects)
        if isinstance(shown.found, Broken):
            return Reported(shown.dated, shown.found, shown.later)
        return Reported(shown.dated, _told(shown.found, task, projects), shown.later)
    except Exception as error:  # one report must not stop the others
        why = refused(report, tells=identifies(report.path, None), why=in_words(error)[0])
        return Reported(ReportDay(report.day, report.day_from), why, Later(report.path, report.day))


def _told(member: PortfolioMember, task: ReportTask, projects: Projects) -> MemberTold:
    line, report = line_of(member), member.report
    if task.rows_in is None or report is None:
        return MemberTold(line)
    project, say = projects.at(member.path), resources.language(task.rows_in)
    book, thresholds = project.handbook, project.settings.thresholds
    try:
        rows = rows_of(Told("", member, report.audience, report.day_from, book, thresholds, say))
    except Exception as error:
        return MemberTold(line, not_made=why_not_done(error, member.path))
    return MemberTold(line, rows=rows)


def each_report(
    reports: published.Reports,
    edition: Audience,
    projects: Projects,
    rows_in: Code | None = None,
    jobs: int | None = 1,
) -> Generator[ReportTold]:
    """What a portfolio needs of each report, in their order, and of one with two names once.

    Closing it ends the processes.
    """
    paths, seen = reports.paths, set[str]()
    tasks = (ReportTask(path, edition, rows_in, projects.today) for path in paths)
    processes = processes_for(len(paths), jobs, much=len(paths) >= _MUCH)
    work = partial(report_told, projects=projects) if processes < 2 else _apart
    with closing(spread(work, tasks, processes, _died)) as done:
        for path, each in zip(paths, done, strict=True):
            if isinstance(each, Broken):
                yield each
            elif (real := os.path.realpath(path)) not in seen:
                seen.add(real)
                yield _small(each)


def _small(each: Reported[MemberTold]) -> Reported[MemberTold]:
    told = each.found
    if isinstance(told, Broken) or isinstance(told.found, Broken):
        return each
    return Reported(each.dated, told._replace(found=small(told.found)), each.later)


def _apart(task: ReportTask) -> ReportTold:
    """The same in another process."""
    return report_told(task, projects_of_process(task.today))


def _died(task: ReportTask) -> ReportTold:
    """What is told of a report if the process that read it ended."""
    why = msg("the process that checked this file ended before it was done")
    return Broken(task.path, why, UNEXPECTED, tells=identifies(task.path, None))
