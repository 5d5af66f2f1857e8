"""What a portfolio needs of each file, made of one after the other, so that none of them stays in memory.

It is a function of a task and what comes back for it, which can both be sent to another process.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial
from sys import intern
from typing import TYPE_CHECKING, Literal, NamedTuple

from fii_cli import resources
from fii_cli.analysis.portfolio import Broken
from fii_cli.analysis.portfolio_line import Line, PortfolioMember, line_of
from fii_cli.commands.editions import judged_edition
from fii_cli.commands.portfolio_members import (
    PortfolioRequest,
    Shown,
    broken_by,
    identifies,
    read_member,
)
from fii_cli.commands.report_pages import report_page
from fii_cli.commands.say import why_not_done
from fii_cli.language import Code, Message
from fii_cli.pages.template import Format
from fii_cli.project import files, judging
from fii_cli.project.contents import digest_of
from fii_cli.project.context import Projects, projects_of_process
from fii_cli.project.files import CannotOpen, Search
from fii_cli.project.judging import lasting
from fii_cli.project.processes import processes_for, processes_for_bytes, spread
from fii_cli.project.report_day import ReportDay
from fii_cli.project.spool import packed
from fii_cli.project.surroundings import Asked, Surroundings, handbook_with, judged_unexpectedly
from fii_cli.report.table_rows import Row, Told
from fii_cli.report.tables import TABLES
from fii_cli.words import Audience
from fii_cli.yaml.document import NOT_TEXT, START, Problem, unreadable

if TYPE_CHECKING:
    from fii_cli.project.memory import Evidence, Memory

Made = Literal[Format, "tables"]
"""What is made of a file, besides its line: its page, or its rows in tables."""
NotMade = tuple[str, Message, Message | None]
"""The file because of which something could not be made, why, and what to do."""
_KIND = "portfolio"
"""Under what name a line is kept."""
_FEW_PAGES = 16
"""With fewer pages, starting processes takes longer than it saves."""


class MemberTask(NamedTuple):
    """A file to read: its bytes, or why it has none, and what is asked of it."""

    path: str
    raw: bytes
    lost: Problem | None
    within: Surroundings
    edition: Audience
    dated: ReportDay
    made: Made | None
    code: Code
    today: date


class MemberTold(NamedTuple):
    """What a portfolio shows of a file, or why not; and its page or its rows, or why these were not made.

    ``evidence`` is that which it follows from; ``None`` if it may not be kept.
    """

    found: Line | Broken
    evidence: Evidence | None = None
    page: bytes = b""
    rows: tuple[list[Row], ...] = ()
    not_made: NotMade | None = None


def told(task: MemberTask, projects: Projects) -> MemberTold:
    """What a portfolio needs of a file. Never raises, whatever the file contains."""
    path, asked = task.path, Asked()
    document = unreadable("", task.lost) if task.lost else files.read_safely(task.raw)
    try:
        shown = read_member(path, document, task.within, task.edition, asked)
        if isinstance(shown, Broken):
            return MemberTold(shown)
        line = line_of(shown.member)
    except Exception as error:  # one file must not stop the others
        why = judged_unexpectedly(path, document, error).errors[0]
        return MemberTold(broken_by(why, path, tells=identifies(path, None)))
    try:
        if task.made == "tables":
            return MemberTold(line, rows=_rows(shown.member, task))
        if task.made:
            return MemberTold(line, page=packed(_page(shown, task, task.made, projects)))
    except Exception as error:
        return MemberTold(line, not_made=why_not_done(error, path))
    return MemberTold(line, lasting(shown.judgement, asked, task.within))


def _page(shown: Shown, task: MemberTask, format_: Format, projects: Projects) -> str:
    """The page of one trajectory in a portfolio."""
    project, edition = projects.at(task.path), shown.member.standing.trajectory
    return report_page(
        project, judged_edition(project, shown.judgement, edition, task.edition, task.dated), format_
    )


def _rows(member: PortfolioMember, task: MemberTask) -> tuple[list[Row], ...]:
    """The rows of a trajectory in each table, under a key that is still to come."""
    within, say = task.within, resources.language(task.code)
    book = handbook_with(within.own)[0]
    whole = Told("", member, task.edition, task.dated.source, book, within.thresholds, say)
    return rows_of(whole)


def rows_of(whole: Told) -> tuple[list[Row], ...]:
    """The rows of a trajectory in each table."""
    return tuple(list(table.told(whole)) for table in TABLES)


class _Asked(NamedTuple):
    """A file of which the line is not known yet, with the key to keep it under."""

    key: bytes


def each_told(
    found: Search,
    asked: PortfolioRequest,
    made: Made | None,
    code: Code,
    jobs: int | None = 1,
    memory: Memory | None = None,
) -> Generator[MemberTold]:
    """What a portfolio needs of each file, in their order, made by this process or by several.

    With a ``memory``, only the lines that are not known yet are made. Closing it ends the processes.
    """
    tasks = _Tasks(found, asked, made, code)
    if memory and made is None:
        yield from _recalled(tasks, memory, jobs)
    else:
        yield from _made(tasks, map(tasks.of, found.paths), jobs)


def _made(tasks: _Tasks, these: Iterator[MemberTask], jobs: int | None) -> Iterator[MemberTold]:
    number = len(tasks.found.paths)
    if tasks.made in ("html", "md") and number >= _FEW_PAGES:
        processes = processes_for(number, jobs, much=True)
    else:
        processes, these = processes_for_bytes(these, number, jobs, _size)
    here = partial(told, projects=tasks.asked.projects)
    done = spread(here if processes < 2 else _apart, these, processes, _died, _size)
    with closing(done):
        for each in done:
            yield each._replace(found=small(each.found)) if isinstance(each.found, Line) else each


def _recalled(tasks: _Tasks, memory: Memory, jobs: int | None) -> Iterator[MemberTold]:
    """What is told of files, in their order, reading only those of which it is not known."""
    ahead: deque[MemberTold | _Asked] = deque()

    def recall(path: str, digest: bytes) -> tuple[bytes, Line | None]:
        within = tasks.within(path)
        key = memory.key_of_summary(_KIND, path, digest, within, tasks.asked.edition, path)
        return key, memory.summary(Line, key, path, within)

    def unknown() -> Iterator[MemberTask]:
        for path in tasks.found.paths:
            content = memory.contents.known(path)
            key, known = recall(path, content.digest) if content else (b"", None)
            if known is None:
                task = tasks.of(path)
                if not task.lost:
                    key, known = recall(path, digest_of(task.raw))
                if known is None:
                    ahead.append(_Asked(key))
                    yield task
                    continue
            ahead.append(MemberTold(small(known)))

    for answer in _made(tasks, unknown(), jobs):
        while isinstance(known := ahead.popleft(), MemberTold):
            yield known
        if isinstance(answer.found, Line):
            memory.keep_summary(Line, known.key, answer.found, answer.evidence)
        yield answer
    yield from (each for each in ahead if isinstance(each, MemberTold))


def _size(task: MemberTask) -> int:
    return len(task.raw)


class _Tasks:
    """The tasks for the files of a search. What the files of a folder are judged in is found once."""

    def __init__(self, found: Search, asked: PortfolioRequest, made: Made | None, code: Code) -> None:
        self.found, self.asked, self.made, self.code = found, asked, made, code
        self._within: dict[str, Surroundings] = {}

    def within(self, path: str) -> Surroundings:
        project = self.asked.projects.at(path)
        if project.folder not in self._within:
            self._within[project.folder] = project.surroundings(self.asked.dated.day)
        return self._within[project.folder]

    def of(self, path: str) -> MemberTask:
        """The task for a file, which is read now."""
        raw, lost, asked = b"", None, self.asked
        try:
            raw = files.trajectory_bytes(path)
        except CannotOpen as error:  # it was there a moment ago
            lost = Problem(NOT_TEXT, START, error.message, error.hint)
        today = asked.projects.today
        return MemberTask(
            path, raw, lost, self.within(path), asked.edition, asked.dated, self.made, self.code, today
        )


def _apart(task: MemberTask) -> MemberTold:
    """The same in another process."""
    return told(task, projects_of_process(task.today))


def _died(task: MemberTask) -> MemberTold:
    """What is told of a file if the process that read it ended."""
    [why] = judging.died(judging.Task(task.path, b"", task.within)).diagnostics
    return MemberTold(broken_by(why, task.path, tells=identifies(task.path, None)))


def small(line: Line) -> Line:
    """A line of which the places are those of the others: thousands of them have the same ones."""
    return replace(
        line,
        known=tuple(map(intern, line.known)),
        red=tuple(map(intern, line.red)),
        strengths={intern(place): strength for place, strength in line.strengths.items()},
    )
