"""``fii report``: generate a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from functools import cache, partial
from typing import Annotated, NamedTuple

import typer

from fii_cli.commands.editions import judged_edition, readable_by, refuse_name
from fii_cli.commands.options import Jobs, ReportDate, Since, closed_value, day
from fii_cli.commands.progress import progress
from fii_cli.commands.replayed import Said, Screen, kept_while, screen_of
from fii_cli.commands.report_check import compare, day_compared
from fii_cli.commands.report_pages import RENEWED, WANTED, Wanted, report_made
from fii_cli.commands.report_request import (
    ReportRequest,
    edition_in_place,
    form_of,
    must_go_together,
    targets_of,
)
from fii_cli.commands.report_since import before_of
from fii_cli.commands.say import say_not_done
from fii_cli.commands.targets import EXISTS, bytes_there, edition_for, say_edition, write
from fii_cli.commands.which_file import meant_files
from fii_cli.editions.edition import edition_of
from fii_cli.editions.marks import made_as
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.language import N_, msg
from fii_cli.output.text import as_text
from fii_cli.project import git
from fii_cli.project.context import Project, Projects, projects_of_process
from fii_cli.project.files import CannotOpen
from fii_cli.project.processes import processes_for, spread
from fii_cli.project.report_day import ReportDay, chosen_day, report_days
from fii_cli.report import EDITIONS
from fii_cli.terminal import Terminal

SUMMARY = N_("Generate a report: one self-contained HTML file, Markdown, Word, Excel or PDF.")
EXAMPLES = (
    ("fii report buurt-leren.yaml", N_("buurt-leren.html, next to the trajectory")),
    ("fii report buurt-leren.yaml --format md --output -", N_("Markdown, printed")),
    ("fii report trajecten/*.yaml --output rapporten/", N_("several reports, into a folder")),
    (
        "fii report buurt-leren.yaml --audience client",
        N_("buurt-leren.client.html: no notes, no names"),
    ),
    ("fii report buurt-leren.yaml --format pdf", N_("PDF on A4; docx is Word, xlsx is Excel")),
    (
        "fii report buurt-leren.yaml --audience steering --since 2026-03-01",
        N_("one page for the board, with what changed since that day, and an annex"),
    ),
    ("fii report buurt-leren.yaml --check", N_("check that the committed report is up to date")),
)


_MANY = 1000
"""With more records than this, a PDF takes seconds or minutes."""


def run(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("FILE"),
            help=N_("trajectories (default: the only one in or below this folder)"),
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="|".join(WANTED), help=N_("default: html, or the extension of --output")
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar=N_("PATH"), help=N_("a file, a folder, or - to print it")),
    ] = None,
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience",
            metavar="|".join(EDITIONS),
            help=N_("the audience (default: that of the existing report, else team)"),
        ),
    ] = None,
    as_of: ReportDate = None,
    since: Since = None,
    template: Annotated[
        str | None,
        typer.Option("--template", metavar=N_("FILE"), help=N_("with --format docx: your own template")),
    ] = None,
    full: Annotated[
        bool,
        typer.Option(
            "--full", help=N_("open every part that is closed on the page, and print it in the PDF")
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help=N_("overwrite a Word, Excel, PDF or csv file that fii wrote")),
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help=N_("write nothing; exit 1 if a report is out of date"))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("show what would be written, and write nothing"))
    ] = False,
    jobs: Jobs = None,
) -> int:
    terminal: Terminal = context.obj
    files = meant_files(files or [])
    wanted = form_of(format_, output)
    must_go_together(wanted, output, template, check=check, on_screen=terminal.shows, full=full)
    edition = None if audience is None else closed_value("--audience", audience, tuple(EDITIONS))
    edition, placed = edition_in_place(output, edition, files)
    targets = targets_of(files, output, wanted, edition)
    request = ReportRequest(wanted, edition, placed, day(as_of), since, template, force, check, dry_run, full)
    projects = Projects()
    if wrong := projects.wrong(files):  # otherwise nobody could tell why the style was ignored
        terminal.note(as_text(wrong, terminal))
    days = cache(partial(report_days, files, projects.today))
    worst = OK
    printed = output == "-"  # a progress bar would mix with the printed report
    processes = 1 if printed else processes_for(len(files), jobs, much=len(files) >= _FEW)
    with progress(terminal, 0 if printed else len(files), slow=wanted == "pdf" and not printed) as step:
        if processes > 1:
            for code in _shared(terminal, zip(files, targets, strict=True), request, days, processes):
                worst = max(worst, code)
                step()
            return worst
        for file, target in zip(files, targets, strict=True):
            worst = max(worst, _one_or_why_not(terminal, projects, file, target, request, days))
            step()
    return worst


_FEW = 16
"""With fewer reports, starting processes takes longer than it saves."""
_TOGETHER = 4
"""The number of reports that a process gets at a time."""
Days = Callable[[], dict[str, ReportDay]]
"""The day of the report on each file; git is asked once."""


class _Task(NamedTuple):
    """A report for another process to make."""

    screen: Screen
    today: date
    file: str
    target: str
    request: ReportRequest
    days: dict[str, ReportDay]


def _shared(
    terminal: Terminal, pairs: Iterable[tuple[str, str]], request: ReportRequest, days: Days, processes: int
) -> Iterator[int]:
    """The exit codes of reports that several processes make, each after what was said about it."""
    known, screen, today = {} if request.on else days(), screen_of(terminal), Projects().today
    tasks = (
        _Task(screen, today, file, target, request, {file: known[file]} if file in known else {})
        for file, target in pairs
    )
    with closing(spread(_apart, tasks, processes, _died, together=_TOGETHER)) as done:
        for code, said in done:
            said.replay()
            yield code


def _apart(task: _Task) -> tuple[int, Said]:
    """Make a report in another process: its exit code, and what there is to say."""
    projects = projects_of_process(task.today)
    words = task.screen.terminal(), projects, task.file, task.target, task.request, lambda: task.days
    return kept_while(lambda: _one_or_why_not(*words))


def _died(task: _Task) -> tuple[int, Said]:
    terminal = task.screen.terminal()
    why = terminal.say("the process that made this report ended before it was done")
    _, said = kept_while(lambda: terminal.refuse(f"{task.file}: {why}"))
    return NOT_DONE, said


def _one_or_why_not(
    terminal: Terminal, projects: Projects, file: str, target: str, request: ReportRequest, days: Days
) -> int:
    """Generate one report, or say why not; the exit code."""
    try:
        return _one(terminal, projects.at(file), file, target, request, days)
    except Exception as error:  # one file must not stop the others
        say_not_done(error, file, terminal)
        return NOT_DONE


def _one(
    terminal: Terminal, project: Project, file: str, target: str, request: ReportRequest, days: Days
) -> int:
    """Generate one report, and write, print or check it; the exit code."""
    there = bytes_there(target)
    made = made_as(there) if there else None
    audience = edition_for(target, made, request.edition, request.placed)
    if there and request.wanted not in RENEWED and not (request.check or request.force):
        raise CannotOpen(target, *EXISTS)
    dated = chosen_day(request.on) or days().get(file) or ReportDay(project.today, "today")
    known = readable_by(project, file, dated.day, audience, terminal)
    if known and request.check and made:
        compared = day_compared(made, dated, known.trajectory, asked=request.on is not None)
        if compared.day != dated.day:
            known = readable_by(project, file, compared.day, audience, terminal)
        dated = compared
    if known is None:
        return FOUND
    refuse_name(target, known.trajectory, audience)
    if dated.why:
        git.tell(dated.why, msg("{path} is dated today ({day})", path=file, day=dated.day.isoformat()))
    if request.wanted == "pdf" and len(known.trajectory.records) > _MANY:
        terminal.note(terminal.say("generating the PDF of {path}; this may take a while", path=file))
    shown = edition_of(known.known, audience, project.settings.thresholds.smallest)
    edition = judged_edition(project, known.judgement, shown, audience, dated)
    if edition.rollout and audience != "team":  # the page tells its readers less
        for each in edition.rollout.left_out:
            why = terminal.say(each.why)
            terminal.note(terminal.say("{path} is left out: {why}", path=each.path, why=why))
    start = None
    if request.since:
        start = before_of(request.since, project, file, known.known, audience, dated.day)
    page = report_made(project, edition, request.wanted, request.template, start, full=request.full)
    if request.check:
        programme = edition.rollout is not None
        return compare(terminal, file, target, page, there, audience, rolled_out=programme)
    if target == "-":
        _print(terminal, page, request.wanted)
        return OK
    say_edition(terminal, target, audience, request.edition)
    if request.dry_run:
        terminal.out(terminal.say("would write {path}", path=target))
    else:
        write(terminal, target, page, over=there is not None)
        terminal.out(target)
    return OK


def _print(terminal: Terminal, page: str | bytes, wanted: Wanted) -> None:
    """Print a report; a csv for people is printed without its byte order mark."""
    if isinstance(page, str):
        terminal.document(page.rstrip("\n"))
    elif wanted == "csv" and (terminal.shows or terminal.in_log):
        terminal.document(page.decode().rstrip("\r\n"))
    else:
        terminal.bytes(page)
