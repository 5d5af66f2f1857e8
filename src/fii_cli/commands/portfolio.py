"""``fii portfolio``: several trajectories together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing
from typing import Annotated

import typer

from fii_cli.analysis.portfolio import SORTS, Portfolio
from fii_cli.commands.options import (
    Jobs,
    NoCache,
    Paths,
    ReportDate,
    closed_value,
    day,
)
from fii_cli.commands.portfolio_gathered import Gathered, gathered, searched
from fii_cli.commands.portfolio_members import WANTED, PortfolioRequest, Wanted
from fii_cli.commands.portfolio_pages import PortfolioPages, overview, pages_of
from fii_cli.commands.portfolio_published import each_report
from fii_cli.commands.portfolio_reports import Reported
from fii_cli.commands.portfolio_tables import check_tables, write_tables
from fii_cli.commands.progress import counter
from fii_cli.commands.remembered import SOME, memory_for_many
from fii_cli.commands.say import say_json, say_not_made
from fii_cli.commands.site import Site, left_over, refuse_to_mix, remove, site_in, strangers
from fii_cli.commands.targets import (
    EXISTS,
    bytes_there,
    edition_for,
    edition_of_folder,
    edition_of_place,
    write,
)
from fii_cli.diagnostics import Refused
from fii_cli.editions.marks import Kind, Made, made_as, marked
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.language import N_, Language, count, msg
from fii_cli.pages.csv import as_csv
from fii_cli.pages.render import render_portfolio
from fii_cli.pages.template import Format
from fii_cli.project import git
from fii_cli.project.context import Projects
from fii_cli.project.files import CannotOpen, Search
from fii_cli.project.report_day import ReportDay, chosen_day, portfolio_days
from fii_cli.project.spool import Spool, spool
from fii_cli.report import EDITIONS
from fii_cli.report.json_portfolio import json_portfolio
from fii_cli.report.portfolio_page import PortfolioPage, counted_on, left_out
from fii_cli.terminal import Terminal
from fii_cli.visible import as_json
from fii_cli.words import Audience

SUMMARY = N_("Show several trajectories together: their phase, what hinders, and what helped.")
EXAMPLES = (
    ("fii portfolio", N_("every trajectory below this folder")),
    ("fii portfolio trajecten/ --output site/", N_("a page for each, with an overview")),
    ("fii portfolio trajecten/ zuid.fii.json", N_("with a report that somebody else published")),
    ("fii portfolio --format csv --output portfolio.csv", N_("a table for a spreadsheet")),
    ("fii portfolio --format parquet --output landelijk/", N_("tables for analysis")),
)


def run(
    context: typer.Context,
    paths: Paths = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(WANTED), help=N_("default: text, or html with --output")),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar=N_("PATH"),
            help=N_("a folder for pages or parquet, a file for a table"),
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("overwrite a table that fii wrote"))] = False,
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience",
            metavar="|".join(EDITIONS),
            help=N_("the audience (default: that of the existing pages, else team)"),
        ),
    ] = None,
    sort: Annotated[
        str,
        typer.Option("--sort", metavar="|".join(SORTS), help=N_("the order of trajectories (default: need)")),
    ] = "need",
    as_of: ReportDate = None,
    jobs: Jobs = None,
    no_cache: NoCache = False,
) -> int:
    terminal: Terminal = context.obj
    wanted = _form(format_, output)
    asked = None if audience is None else closed_value("--audience", audience, tuple(EDITIONS))
    order = closed_value("--sort", sort, SORTS)
    site = site_in(output) if output and wanted in ("html", "md", "parquet") else None
    edition = _edition(output, site, asked, paths or ["."])
    projects = Projects()
    memory = None if no_cache or site else memory_for_many(context, paths or ["."])
    found, reports = searched(paths or ["."], projects, memory.contents if memory else None)
    missing = any(not os.path.exists(path) for path in paths or ())
    on = chosen_day(day(as_of))
    if site and wanted == "parquet":
        dated = on or _day(found, reports.days(), projects)
        request = PortfolioRequest(wanted, dated, edition, projects, order)
        done = write_tables(terminal, found, reports, site, request, force=force, jobs=jobs)
        return NOT_DONE if missing else done
    each = each_report(reports, edition, projects, jobs=jobs)
    with counter(len(reports.paths)) as counted, closing(each):
        published = list(counted.each(each))
    days = (each.dated for each in published if isinstance(each, Reported))
    request = PortfolioRequest(wanted, on or _day(found, days, projects), edition, projects, order)
    with spool() as pages:
        kept = pages if site else None
        recalled = memory if len(found.paths) >= SOME else None
        made = gathered(terminal, found, published, request, kept, jobs, recalled)
        return _tell(terminal, made, pages, site, request, output, force=force, missing=missing)


def _tell(
    terminal: Terminal,
    made: Gathered,
    spool: Spool,
    site: Site | None,
    request: PortfolioRequest,
    output: str | None,
    *,
    force: bool,
    missing: bool,
) -> int:
    """Write or print the portfolio; the exit code.

    ``missing`` is whether a path that was named does not exist.
    """
    portfolio, broken, wanted = made.portfolio, made.broken, request.wanted
    nothing = not (portfolio.lines or portfolio.later or broken)
    if nothing:
        terminal.note(terminal.say("no trajectory found here; fii new starts one"))
    if nothing and not (site and site.made):  # otherwise old pages would look current
        return NOT_DONE if missing else OK
    for late in portfolio.later:
        terminal.note(terminal.say(left_out(late)))
    if site and (wanted == "html" or wanted == "md"):
        missing = not _write_pages(terminal, made, spool, site, wanted, request) or missing
    elif output:
        _write_table(terminal, portfolio, output, request, force=force)
    else:
        _show(terminal, portfolio, request)
    if site or wanted == "csv" or request.edition != "team":  # what is printed for a team says why
        for each in broken:
            terminal.refuse(f"{each.path}: {terminal.say(each.why)}")
    if missing:
        return NOT_DONE
    return FOUND if broken else OK


def _day(found: Search, published: Iterable[ReportDay], projects: Projects) -> ReportDay:
    """The day of the portfolio if none was chosen: the latest of the days of its reports."""
    days = portfolio_days(found.paths, projects.today, published)
    for dated in days:
        if dated.why:
            git.tell(dated.why, msg("the portfolio is dated today ({day})", day=dated.day.isoformat()))
    return days[0]


def _form(format_: str | None, output: str | None) -> Wanted:
    """The format of the portfolio. Raises :class:`Refused` if it cannot be combined with the output."""
    wanted: Wanted = "html" if output else "text"
    if output and output.lower().endswith(".parquet"):
        wanted = "parquet"
    if format_ is not None:
        wanted = closed_value("--format", format_, WANTED)
    if wanted == "parquet":
        check_tables(output)
    if wanted == "html" and output is None:
        raise Refused(msg("pages are written to a folder"), msg("add {flags}", flags="--output site/"))
    if wanted == "text" and output is not None:
        raise Refused(
            msg("text is printed, not written to a file"),
            msg("choose --format html, md, json, csv or parquet"),
        )
    return wanted


def _edition(output: str | None, site: Site | None, asked: Audience | None, paths: list[str]) -> Audience:
    """The audience: as requested, else that of the folder or the existing files, else the team."""
    if site:
        return edition_of_folder(site.folder, asked) or site.audience or "team"
    placed = edition_of_place(os.path.dirname(output), asked, paths) if output else None
    return edition_for(output or "-", _existing_mark(output), asked, placed)


def _existing_mark(output: str | None) -> Made | None:
    """The mark in an existing table, or ``None``."""
    there = bytes_there(output, "portfolio") if output else None
    return made_as(there) if there else None


def _record(portfolio: Portfolio, asked: PortfolioRequest, say: Language) -> dict[str, object]:
    day_, source = asked.dated.day.isoformat(), asked.dated.source
    return json_portfolio(portfolio, day_, source, asked.home.handbook, say, asked.edition, asked.sort)


def _show(terminal: Terminal, portfolio: Portfolio, asked: PortfolioRequest) -> None:
    """Print the portfolio."""
    page = overview(portfolio, asked, terminal.say, {})
    if asked.wanted == "text":
        dated = counted_on(page.as_of, asked.dated.source, len(page.lines))
        terminal.out(terminal.wrap(terminal.say(dated)))
        if page.status:
            terminal.out(terminal.wrap(page.status))
        terminal.out("")
        _show_tables(terminal, page)
    elif asked.wanted == "md":
        terminal.document(render_portfolio(page, "md", terminal.say, asked.home.house).rstrip("\n"))
    elif asked.wanted == "json":
        say_json(terminal, _record(portfolio, asked, terminal.say))
    else:
        terminal.document(_csv(page, terminal.say).decode("utf-8-sig").rstrip("\r\n"))


def _write_table(
    terminal: Terminal, portfolio: Portfolio, output: str, asked: PortfolioRequest, *, force: bool
) -> None:
    """Write JSON or csv to a file. Raises :class:`CannotOpen` if it exists, unless ``force``."""
    if asked.wanted == "csv":
        made = _csv(overview(portfolio, asked, terminal.say, {}), terminal.say)
    else:
        made = f"{as_json(_record(portfolio, asked, terminal.say))}\n".encode()
    there = bytes_there(output, "portfolio") is not None
    if there and not force:
        raise CannotOpen(output, *EXISTS)
    write(terminal, output, made, over=there)
    terminal.out(output)


def _write_pages(
    terminal: Terminal,
    gathered: Gathered,
    spool: Spool,
    site: Site,
    format_: Format,
    asked: PortfolioRequest,
) -> bool:
    """Write a page for each trajectory, and an overview; return whether every page could be generated.

    Old pages that no longer belong to the portfolio are removed; other files are kept.
    """
    say = terminal.say
    made = pages_of(gathered, format_, asked, say, failed=lambda why: say_not_made(why, terminal))
    gone = left_over(site, made.names, format_)
    refuse_to_mix(site, made.names, gone, asked.edition)
    _write_each(terminal, site, made, spool, asked.edition)
    remove(site, gone)
    terminal.out(os.path.join(site.folder, made.index))
    n = len(made.kept)
    terminal.note(say(count(n, "with a page for {n} trajectory", "with pages for {n} trajectories")))
    _say_removed(terminal, site, gone, strangers(site, made.names, gone))
    return n == sum(line.report is None for line in gathered.portfolio.lines)


def _write_each(
    terminal: Terminal, site: Site, pages: PortfolioPages, spool: Spool, edition: Audience
) -> None:
    """Write the pages, after checking that every one of them may be written."""
    there: dict[str, Made | None] = {}
    for name in pages.names:
        kind: Kind = "portfolio" if name == pages.index else "report"
        raw = bytes_there(os.path.join(site.folder, name), kind)
        if raw is not None:
            there[name] = made_as(raw)
    for name in pages.names:  # a symbolic link can point to a page of another edition
        edition_for(os.path.join(site.folder, name), there.get(name), edition)
    for name, text in pages.each(spool):
        write(terminal, os.path.join(site.folder, name), text, over=name in there)


def _say_removed(terminal: Terminal, site: Site, gone: list[str], others: list[str]) -> None:
    """Report which pages were removed, and which pages in the folder are not part of this portfolio."""
    for name in gone:
        path = os.path.join(site.folder, name)
        terminal.note(terminal.say("removed {path}, which no longer belongs to this portfolio", path=path))
    if others:
        words = terminal.say(
            "not part of this portfolio, and unchanged: {names}", names=", ".join(others[:5])
        )
        terminal.note(terminal.wrap(words + (" …" if len(others) > 5 else "")))


def _show_tables(terminal: Terminal, page: PortfolioPage) -> None:
    """Show tables, without the ids of red lights: another column counts these."""
    red = terminal.say("Red")
    left_out = page.heads.index(red) if red in page.heads else None
    rows = (page.heads, *(line.cells for line in page.lines))
    heads, *lines = ([cell for at, cell in enumerate(row) if at != left_out] for row in rows)
    if terminal.fits(heads, lines):
        terminal.table(heads, lines)
    else:
        _show_lines(terminal, heads, lines)
    for part in page.parts:
        if part.rows:
            terminal.out("", terminal.bold(part.title))
            terminal.table(part.heads, [row.cells for row in part.rows])
            if part.note:
                terminal.out(terminal.dim(terminal.wrap(part.note)))


def _show_lines(terminal: Terminal, heads: list[str], lines: list[list[str]]) -> None:
    """Show each trajectory in a few lines: its name, its phase and lights, then the rest with its heading.

    Cells that say that there is nothing are left out; what is unknown is said.
    """
    rated = terminal.say("Lights") in heads
    for name, *cells in lines:
        terminal.out(terminal.bold(terminal.wrap(name)))
        named = [
            cell if at < (2 if rated else 1) else f"{head}: {cell}"
            for at, (head, cell) in enumerate(zip(heads[1:], cells, strict=True))
            if cell not in ("–", "0")
        ]
        terminal.out(terminal.wrap(" · ".join(named), "  "))


def _csv(page: PortfolioPage, say: Language) -> bytes:
    return as_csv(marked(page.heads, [line.cells for line in page.lines], page.mark), say.code)
