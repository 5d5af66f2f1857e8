"""The portfolio of the files and reports that were found, with the pages of the files if these are wanted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fii_cli.analysis.portfolio import Broken, Later, Portfolio, portfolio_of
from fii_cli.analysis.portfolio_line import Line
from fii_cli.commands.portfolio_members import PortfolioRequest, identifies, path_for
from fii_cli.commands.portfolio_published import ReportTold
from fii_cli.commands.portfolio_told import NotMade, each_told
from fii_cli.commands.progress import counter
from fii_cli.pages.template import Format
from fii_cli.project.context import Projects
from fii_cli.project.files import CannotOpen, Search
from fii_cli.project.published import Reports, is_named_as_report
from fii_cli.project.spool import Kept, Spool
from fii_cli.terminal import Terminal

if TYPE_CHECKING:
    from fii_cli.project.contents import Contents
    from fii_cli.project.memory import Memory


@dataclass(frozen=True, slots=True)
class Gathered:
    """The portfolio, and what cannot be shown with the path on this machine.

    ``pages`` are those of the files by path, and ``not_made`` tells why one has none.
    """

    portfolio: Portfolio
    broken: list[Broken]
    pages: Mapping[str, Kept]
    not_made: Mapping[str, NotMade]


def searched(
    paths: list[str], projects: Projects, contents: Contents | None = None
) -> tuple[Search, Reports]:
    """The trajectories and the reports in JSON at and below paths."""
    files = [path for path in paths if os.path.isdir(path) or not is_named_as_report(path)]
    return projects.search(files, contents), projects.reports(paths)


def gathered(
    terminal: Terminal,
    found: Search,
    reports: Iterable[ReportTold],
    asked: PortfolioRequest,
    spool: Spool | None = None,
    jobs: int | None = 1,
    memory: Memory | None = None,
) -> Gathered:
    """The portfolio of the files and reports that were found, as its audience may see it.

    With a ``spool``, the page of each file is kept in it.
    """
    lines: list[Line] = []
    broken = [unopened(error) for error in found.unopened]
    later: list[Later] = []
    pages: dict[str, Kept] = {}
    not_made: dict[str, NotMade] = {}
    made: Format | None = asked.wanted if spool and asked.wanted in ("html", "md") else None
    each_file = each_told(found, asked, made, terminal.say.code, jobs, memory)
    with counter(len(found.paths)) as counted, closing(each_file):
        for told in counted.each(each_file):
            if isinstance(told.found, Broken):
                broken.append(told.found)
                continue
            lines.append(told.found)
            if told.not_made:
                not_made[told.found.path] = told.not_made
            elif spool and made:
                pages[told.found.path] = spool.add(told.page)
    for each in reports:
        shown = each if isinstance(each, Broken) else each.as_of(asked.dated.day)
        if isinstance(shown, Broken):
            broken.append(shown)
        elif isinstance(shown, Later):
            later.append(shown)
        elif isinstance(shown.found, Line):
            lines.append(shown.found)
    told_so = [replace(each, path=path_for(asked.edition, each.path, tells=each.tells)) for each in broken]
    return Gathered(portfolio_of(lines, told_so, later), broken, pages, not_made)


def unopened(error: CannotOpen) -> Broken:
    """A file that cannot be opened."""
    return Broken(error.path, error.message, tells=identifies(error.path, None))
