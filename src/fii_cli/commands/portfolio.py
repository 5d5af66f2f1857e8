"""``fii portfolio``: several trajectories together."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal, get_args

import typer

from fii_cli.analysis.barriers import barriers_of
from fii_cli.analysis.portfolio import Broken, Portfolio, PortfolioMember, portfolio_of
from fii_cli.analysis.silence import silences
from fii_cli.analysis.standing import standing_of
from fii_cli.commands.options import (
    AsOf,
    Paths,
    closed_value,
    day,
)
from fii_cli.commands.progress import progress
from fii_cli.commands.report_pages import judged_edition, report_page
from fii_cli.commands.say import say_json, say_not_done
from fii_cli.commands.site import Site, left_over, page_names, refuse_to_mix, remove, site_in, strangers
from fii_cli.commands.targets import (
    EXISTS,
    bytes_there,
    edition_for,
    edition_of_folder,
    edition_of_place,
    write,
)
from fii_cli.diagnostics import Diagnostic, Refused
from fii_cli.editions.edition import OUTER, edition_of
from fii_cli.editions.marks import Made, made_as, marked
from fii_cli.editions.outsiders import names_in_files
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.language import N_, Language, count, msg
from fii_cli.pages.render import render_portfolio
from fii_cli.pages.template import Format
from fii_cli.personal import holds_personal
from fii_cli.project.context import Project, Projects, judged_unexpectedly
from fii_cli.project.files import CannotOpen
from fii_cli.report import EDITIONS
from fii_cli.report.json_portfolio import json_portfolio
from fii_cli.report.portfolio_page import PortfolioPage, portfolio_page
from fii_cli.rules.check import Judgement, personal_data
from fii_cli.rules.format import trajectory_in
from fii_cli.rules.privacy import file_stem
from fii_cli.survey.tables import as_csv
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.visible import as_json, as_uri
from fii_cli.words import Audience
from fii_cli.yaml.document import Document

SUMMARY = N_(
    "Show several trajectories together: where each stands, what hinders, and what helped how often."
)
Wanted = Literal["text", "html", "md", "json", "csv"]
WANTED: tuple[Wanted, ...] = get_args(Wanted)
EXAMPLES = (
    ("fii portfolio", N_("every trajectory below this folder")),
    ("fii portfolio trajecten/ --output site/", N_("a page for each, and one that leads to them")),
    ("fii portfolio --format csv --output portfolio.csv", N_("a table for a spreadsheet")),
)


UNNAMED = "….yaml"
"""How a file is called whose name its readers may not know."""


@dataclass(frozen=True, slots=True)
class PortfolioRequest:
    """What was asked for: in which form, on which day and for whom; and where the trajectories lie."""

    wanted: Wanted
    today: date
    edition: Audience
    projects: Projects

    @property
    def home(self) -> Project:
        """The project of the folder that fii works in, whose handbook and house style the portfolio has."""
        return self.projects.at("-")


@dataclass(frozen=True, slots=True)
class Shown:
    """A trajectory that the portfolio shows: where it lies, how its file was judged, and its edition."""

    project: Project
    judgement: Judgement
    member: PortfolioMember


def run(
    context: typer.Context,
    paths: Paths = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="|".join(WANTED), help=N_("text, and html where there is an --output")
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar=N_("PATH"), help=N_("a folder for pages, a file for a table")),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("write over a table of fii"))] = False,
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience",
            metavar="|".join(EDITIONS),
            help=N_("whom it is for; else as the pages that are there, or the team"),
        ),
    ] = None,
    as_of: AsOf = None,
) -> int:
    terminal: Terminal = context.obj
    projects = Projects()
    today = day(as_of) or projects.today
    wanted: Wanted = "html" if output else "text"
    if format_ is not None:
        wanted = closed_value("--format", format_, WANTED)
    if wanted == "html" and output is None:
        raise Refused(msg("pages go into a folder"), msg("add {flags}", flags="--output site/"))
    if wanted == "text" and output is not None:
        raise Refused(msg("text is shown, not written"), msg("choose --format html, md, json or csv"))
    asked = None if audience is None else closed_value("--audience", audience, tuple(EDITIONS))
    pages = wanted in ("html", "md")
    site = site_in(output) if output and pages else None
    if site:
        asked = edition_of_folder(site.folder, asked)
        edition = asked or site.audience or "team"
    else:
        placed = edition_of_place(os.path.dirname(output), asked, paths or ["."]) if output else None
        edition = edition_for(output or "-", _made_there(output), asked, placed)
    request = PortfolioRequest(wanted, today, edition, projects)
    readable, broken, missing = _read(terminal, paths or ["."], request)
    told = [replace(each, path=_path_for(edition, each.path, tells=each.tells)) for each in broken]
    portfolio = portfolio_of([each.member for each in readable], told, request.home.handbook)
    nothing = not readable and not broken
    if nothing:
        terminal.note(terminal.say("no trajectory found here; fii new starts one"))
    if nothing and not (site and site.made):  # pages of before may not stay as if they were current
        return NOT_DONE if missing else OK
    if site and (wanted == "html" or wanted == "md"):
        missing = not _write_pages(terminal, portfolio, readable, site, wanted, request) or missing
        for each in broken:
            terminal.refuse(f"{each.path}: {terminal.say(each.why)}")
    elif output:
        _write_table(terminal, portfolio, output, request, force=force)
    else:
        _show(terminal, portfolio, request)
    return NOT_DONE if missing else FOUND if broken else OK


def _made_there(output: str | None) -> Made | None:
    """How the table that is there was made."""
    there = bytes_there(output, "portfolio") if output else None
    return made_as(there) if there else None


def _path_for(edition: Audience, path: str, *, tells: bool) -> str:
    """A path as the readers of an edition may know it: outside without folders, or a name that tells."""
    if edition not in OUTER:
        return path
    return UNNAMED if tells else path.replace("\\", "/").rpartition("/")[2]


def _tells(path: str, trajectory: Trajectory | None) -> bool:
    """Whether the name of a file tells of a person, or of an organisation that is hidden outside."""
    name = file_stem(path)
    return holds_personal(name) or bool(trajectory and names_in_files(trajectory).held_by(name))


def _read(
    terminal: Terminal, paths: list[str], asked: PortfolioRequest
) -> tuple[list[Shown], list[Broken], bool]:
    """What can be read, what cannot, and whether a path that was named is not there."""
    found = asked.projects.search(paths)
    readable: list[Shown] = []
    broken = [Broken(error.path, error.message, tells=_tells(error.path, None)) for error in found.unopened]
    with progress(terminal, len(found.documents)) as step:
        for path, document in found.documents:
            try:
                each = _member(path, document, asked)
            except Exception as error:  # one file must not silence the others
                found_so = judged_unexpectedly(path, document, error).errors[0]
                each = _broken(path, found_so, tells=_tells(path, None))
            if isinstance(each, Broken):
                broken.append(each)
            else:
                readable.append(each)
            step()
    missing = any(not os.path.exists(path) for path in paths)
    return readable, broken, missing


def _member(path: str, document: Document, asked: PortfolioRequest) -> Shown | Broken:
    """A file as the edition may show it, or why it cannot be shown."""
    project, day = asked.projects.at(path), asked.today
    judgement = project.judge(path, document, day)
    trajectory = judgement.trajectory
    if trajectory is None or judgement.errors:
        what_fits = trajectory_in(document)[0]
        return _broken(path, judgement.errors[0], tells=_tells(path, what_fits))
    outside = asked.edition in OUTER
    if outside:
        personal = personal_data(judgement, project.circumstances(path, day), project.settings.rules)
        if personal:
            return _broken(path, personal[0], tells=_tells(path, trajectory))
    edition = edition_of(trajectory, asked.edition)
    book, thresholds = project.handbook, project.settings.thresholds
    member = PortfolioMember(
        path,
        standing_of(edition, book, day),
        barriers_of(edition, book, day, thresholds),
        silences(edition, day, thresholds.silent_weeks),
        _path_for(asked.edition, path, tells=outside and _tells(path, trajectory)),
    )
    return Shown(project, judgement, member)


def _broken(path: str, first: Diagnostic, *, tells: bool) -> Broken:
    """A file with the first finding that stands in the way."""
    why = msg("line {line}: {code} {what}", line=first.span.line, code=first.code, what=first.message)
    return Broken(path, why, first.code, first.span.line, tells)


def _page(
    portfolio: Portfolio, asked: PortfolioRequest, say: Language, links: Mapping[str, str]
) -> PortfolioPage:
    return portfolio_page(portfolio, asked.today.isoformat(), asked.home.handbook, say, links, asked.edition)


def _report_page(shown: Shown, format_: Format, asked: PortfolioRequest) -> str:
    """The page of one trajectory in a portfolio."""
    edition = shown.member.standing.trajectory
    judged = judged_edition(shown.project, shown.judgement, edition, asked.edition, asked.today)
    return report_page(shown.project, judged, format_)


def _show(terminal: Terminal, portfolio: Portfolio, asked: PortfolioRequest) -> None:
    """Write it where the terminal writes."""
    page = _page(portfolio, asked, terminal.say, {})
    if asked.wanted == "text":
        _table(terminal, page)
    elif asked.wanted == "md":
        terminal.document(render_portfolio(page, "md", terminal.say, asked.home.house).rstrip("\n"))
    elif asked.wanted == "json":
        say_json(terminal, json_portfolio(portfolio, asked.today.isoformat(), terminal.say, asked.edition))
    else:
        terminal.document(_csv(page).decode("utf-8-sig").rstrip("\r\n"))


def _write_table(
    terminal: Terminal, portfolio: Portfolio, output: str, asked: PortfolioRequest, *, force: bool
) -> None:
    """Write json or csv to a file."""
    if asked.wanted == "csv":
        made = _csv(_page(portfolio, asked, terminal.say, {}))
    else:
        record = as_json(json_portfolio(portfolio, asked.today.isoformat(), terminal.say, asked.edition))
        made = f"{record}\n".encode()
    there = bytes_there(output, "portfolio") is not None
    if there and not force:
        raise CannotOpen(output, *EXISTS)
    write(terminal, output, made, over=there)
    terminal.out(output)


def _write_pages(
    terminal: Terminal,
    portfolio: Portfolio,
    readable: list[Shown],
    site: Site,
    format_: Format,
    asked: PortfolioRequest,
) -> bool:
    """Write a page for each trajectory, and one that leads to them; whether each of them could be made.

    Pages of before that no longer belong go; what is not a page of fii is left alone.
    """
    members = [line.member for line in portfolio.lines]
    unnamed = {member.path for member in members if member.shown_as == UNNAMED}
    names = page_names([member.path for member in members], format_, asked.edition, unnamed)
    index = f"index.{format_}"
    pages: dict[str, str] = {}
    known = {each.member.path: each for each in readable}
    with progress(terminal, len(names)) as step:
        for path, name in list(names.items()):
            try:
                pages[name] = _report_page(known[path], format_, asked)
            except Exception as error:  # one file must not stop the others
                say_not_done(error, path, terminal)
                del names[path]
            step()
    gone = left_over(site, [*pages, index], format_)
    refuse_to_mix(site, [*pages, index], gone, asked.edition)
    links = {path: as_uri(name) for path, name in names.items()}
    page = _page(portfolio, asked, terminal.say, links)
    pages[index] = render_portfolio(page, format_, terminal.say, asked.home.house)
    there = {
        name: bytes_there(os.path.join(site.folder, name), "portfolio" if name == index else "report")
        for name in pages
    }
    for name, raw in there.items():  # a link in the folder may lead to a page of another edition
        edition_for(os.path.join(site.folder, name), made_as(raw) if raw else None, asked.edition)
    for name, text in pages.items():
        write(terminal, os.path.join(site.folder, name), text, over=there[name] is not None)
    remove(site, gone)
    terminal.out(os.path.join(site.folder, index))
    terminal.note(
        terminal.say(count(len(names), "and a page of {n} trajectory", "and pages of {n} trajectories"))
    )
    for name in gone:
        path = os.path.join(site.folder, name)
        terminal.note(terminal.say("removed {path}, which no longer belongs to this portfolio", path=path))
    if others := strangers(site, [*pages, index], gone):
        words = terminal.say(
            "not part of this portfolio, and left alone: {names}", names=", ".join(others[:5])
        )
        terminal.note(terminal.wrap(words + (" …" if len(others) > 5 else "")))
    return len(names) == len(portfolio.lines)


def _table(terminal: Terminal, page: PortfolioPage) -> None:
    """Without the ids of red lights, which are counted among the lights."""
    red = terminal.say("Red")
    left_out = page.heads.index(red) if red in page.heads else None
    rows = (page.heads, *(line.cells for line in page.lines))
    heads, *lines = ([cell for at, cell in enumerate(row) if at != left_out] for row in rows)
    terminal.table(heads, lines)
    for part in page.parts:
        if part.rows:
            terminal.out("", terminal.bold(part.title))
            terminal.table(part.heads, [row.cells for row in part.rows])
            if part.note:
                terminal.out(terminal.dim(terminal.wrap(part.note)))


def _csv(page: PortfolioPage) -> bytes:
    return as_csv(marked(page.heads, [line.cells for line in page.lines], page.mark))
