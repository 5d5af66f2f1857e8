"""``fii portfolio``: several trajectories together."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, get_args

import typer

from fii_cli import saving, workspace
from fii_cli.cli import FOUND, NOT_DONE, OK
from fii_cli.commands.pages import NO_REPORT, house_for, personal_in, report_page
from fii_cli.commands.progress import progress
from fii_cli.commands.shared import (
    AS_OF,
    Readable,
    barriers_in,
    closed_value,
    day,
    handbook_for,
    judge,
    say_json,
    search,
)
from fii_cli.diagnostics import Refused
from fii_cli.document import Document
from fii_cli.edition import edition_of, reaches
from fii_cli.handbook import Handbook
from fii_cli.language import N_, Language, count, msg
from fii_cli.portfolio import Broken, Line, Member, Portfolio, portfolio_of
from fii_cli.render import Format, made_as, render_portfolio
from fii_cli.report import EDITIONS
from fii_cli.report.portfolio import PortfolioPage, portfolio_page
from fii_cli.standing import standing_of
from fii_cli.tables import as_csv, in_csv
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.versterken import Versterken
from fii_cli.words import Audience
from fii_cli.workspace import CannotOpen

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: in which form, on which day, for whom, and by which handbook."""

    wanted: Wanted
    today: date
    edition: Audience
    book: Handbook


def run(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("PATH"), help=N_("files or folders"), show_default=False),
    ] = None,
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
    force: Annotated[bool, typer.Option("--force", help=N_("write over a table that is there"))] = False,
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience",
            metavar="|".join(EDITIONS),
            help=N_("whom it is for; else as the pages that are there, or the team"),
        ),
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar=N_("DATE"), help=AS_OF)] = None,
) -> int:
    terminal: Terminal = context.obj
    today = day(as_of) or date.today()
    wanted: Wanted = "html" if output else "text"
    if format_ is not None:
        wanted = closed_value("--format", format_, WANTED)
    if wanted == "html" and output is None:
        raise Refused(msg("pages go into a folder"), msg("add {flags}", flags="--output site/"))
    if wanted == "text" and output is not None:
        raise Refused(msg("text is shown, not written"), msg("choose --format html, md, json or csv"))
    edition = (
        _there(output, wanted) if audience is None else closed_value("--audience", audience, tuple(EDITIONS))
    )
    asked = Asked(wanted, today, edition, handbook_for("-"))
    readable, broken, missing = _read(terminal, paths or ["."], asked)
    portfolio = portfolio_of([member for _, member in readable], broken, asked.book)
    if not readable and not broken:
        terminal.note(terminal.say("no trajectory found here; fii new starts one"))
    elif output and (wanted == "html" or wanted == "md"):
        known = {member.path: each for each, member in readable}
        _write_pages(terminal, portfolio, known, output, wanted, asked)
        for each in broken:
            terminal.refuse(f"{each.path}: {terminal.say(each.why)}")
    elif output:
        _write_table(terminal, portfolio, output, asked, force=force)
    else:
        _show(terminal, portfolio, asked)
    return NOT_DONE if missing else FOUND if broken else OK


def _there(output: str | None, wanted: Wanted) -> Audience:
    """The edition of the pages that are there, so that those for others never become those of the team."""
    index = os.path.join(output, f"index.{wanted}") if output else ""
    made = made_as(workspace.text_at(index) or "") if os.path.isfile(index) else None
    return (made.audience if made else None) or "team"


def _read(
    terminal: Terminal, paths: list[str], asked: Asked
) -> tuple[list[tuple[Readable, Member]], list[Broken], bool]:
    """What can be read, what cannot, and whether a path that was named is not there."""
    found = search(paths)
    readable: list[tuple[Readable, Member]] = []
    broken = [Broken(error.path, error.message) for error in found.unopened]
    with progress(terminal, len(found.documents)) as step:
        for path, document in found.documents:
            read = _member(path, document, asked)
            if isinstance(read, Broken):
                broken.append(read)
            else:
                readable.append(read)
            step()
    missing = any(not os.path.exists(path) for path in paths)
    return readable, broken, missing


def _member(path: str, document: Document, asked: Asked) -> tuple[Readable, Member] | Broken:
    """A trajectory with what is shown of it together with others, or why it cannot be."""
    today, edition = asked.today, asked.edition
    judgement = judge(path, document, today)
    trajectory = judgement.trajectory
    if trajectory is None or judgement.errors:
        first = judgement.errors[0]
        return Broken(path, msg("line {line}: {what}", line=first.span.line, what=first.message))
    personal = personal_in(path, document, today, edition)
    if personal and personal.diagnostics:
        first = personal.diagnostics[0]
        what = {"code": first.code, "what": first.message}
        return Broken(path, msg("line {line}: {code} {what}", line=first.span.line, **what))
    shown = edition_of(trajectory, edition)
    standing = standing_of(shown, handbook_for(path), today)
    member = Member(path, standing, barriers_in(path, shown, today), judgement.diagnostics)
    return Readable(trajectory, judgement.diagnostics), member


def _page(portfolio: Portfolio, asked: Asked, say: Language, links: Mapping[str, str]) -> PortfolioPage:
    return portfolio_page(portfolio, asked.today.isoformat(), asked.book, say, links, asked.edition)


def _show(terminal: Terminal, portfolio: Portfolio, asked: Asked) -> None:
    """Write it where the terminal writes."""
    page = _page(portfolio, asked, terminal.say, {})
    if asked.wanted == "text":
        _table(terminal, page)
    elif asked.wanted == "md":
        terminal.out(render_portfolio(page, "md", terminal.say, house_for("-")).rstrip("\n"))
    elif asked.wanted == "json":
        say_json(terminal, _record(portfolio, asked, terminal))
    else:
        terminal.out(_csv(page).decode("utf-8-sig").rstrip("\r\n"))


def _write_table(terminal: Terminal, portfolio: Portfolio, output: str, asked: Asked, *, force: bool) -> None:
    """Write json or csv to a file."""
    if asked.wanted == "csv":
        made = _csv(_page(portfolio, asked, terminal.say, {}))
    else:
        record = json.dumps(_record(portfolio, asked, terminal), ensure_ascii=False, indent=2)
        made = f"{record}\n".encode()
    (saving.write_over if force else saving.write_new)(output, made)
    terminal.out(output)


def _write_pages(
    terminal: Terminal,
    portfolio: Portfolio,
    known: dict[str, Readable],
    folder: str,
    format_: Format,
    asked: Asked,
) -> None:
    """Write a page for each trajectory, and one that leads to them; what is no page of fii is left alone."""
    names = _names([line.member.path for line in portfolio.lines], format_)
    index = render_portfolio(
        _page(portfolio, asked, terminal.say, names), format_, terminal.say, house_for("-")
    )
    pages: dict[str, str] = {}
    with progress(terminal, len(names)) as step:
        for path, name in names.items():
            pages[name] = report_page(path, known[path], asked.today, format_, asked.edition)
            step()
    pages[f"index.{format_}"] = index
    for name in pages:
        there = workspace.text_at(os.path.join(folder, name))
        if there is not None and made_as(there) is None:
            raise CannotOpen(os.path.join(folder, name), *NO_REPORT)
    for name, text in pages.items():
        saving.write_over(os.path.join(folder, name), text)
    terminal.out(os.path.join(folder, f"index.{format_}"))
    terminal.note(
        terminal.say(count(len(names), "and a page of {n} trajectory", "and pages of {n} trajectories"))
    )


def _names(paths: Sequence[str], format_: Format) -> dict[str, str]:
    """A name for the page of each trajectory: its own, or with its folders where two have the same."""
    stems = [os.path.splitext(os.path.basename(path))[0] for path in paths]
    alike = Counter(stems)
    names: dict[str, str] = {}
    taken: set[str] = set()
    for path, stem in zip(paths, stems, strict=True):
        name = stem
        if alike[stem] > 1 or stem == "index":
            whole = os.path.splitext(os.path.normpath(path))[0].replace(os.sep, "/")
            name = "-".join(part for part in whole.split("/") if part not in ("", "..")) or stem
            name = f"{name}-1" if name == "index" else name
        while name in taken:
            name += "-1"
        taken.add(name)
        names[path] = f"{name}.{format_}"
    return names


def _table(terminal: Terminal, page: PortfolioPage) -> None:
    """Without the ids of red lights, which are counted among the lights."""
    red = terminal.say("Red")
    left_out = page.heads.index(red) if red in page.heads else None
    rows = (page.heads, *(line.cells for line in page.lines))
    heads, *lines = ([cell for at, cell in enumerate(row) if at != left_out] for row in rows)
    terminal.table(heads, lines)
    for part in page.parts:
        if part.rows:
            terminal.out(f"\n{terminal.bold(part.title)}")
            terminal.table(part.heads, [row.cells for row in part.rows])
            if part.note:
                terminal.out(terminal.dim(terminal.wrap(part.note)))


def _csv(page: PortfolioPage) -> bytes:
    rows = (page.heads, *(line.cells for line in page.lines))
    return as_csv([[in_csv(cell) for cell in row] for row in rows])


def _record(portfolio: Portfolio, asked: Asked, terminal: Terminal) -> dict[str, object]:
    return {
        "version": 1,
        "date": asked.today.isoformat(),
        "trajectories": [
            {
                "path": line.member.path,
                "title": line.member.standing.trajectory.title,
                "phase": here.content.id if (here := line.member.standing.here) else None,
            }
            | (_judged(line, asked.edition) if reaches(Trajectory, "assessments", asked.edition) else {})
            for line in portfolio.lines
        ],
        "unreadable": [{"path": each.path, "why": terminal.say(each.why)} for each in portfolio.broken],
        "barriers": [{"place": each.place, "trajectories": each.trajectories} for each in portfolio.barriers],
        "strategies": [
            {
                "id": each.strategy.id,
                "trajectories": each.trajectories,
                "helped": dict(each.experience.helped),
                "n": each.experience.n,
            }
            for each in portfolio.strategies
        ],
    }


def _judged(line: Line, edition: Audience) -> dict[str, object]:
    """What lights, actions and contacts tell of a trajectory, where the edition shows them."""
    told: dict[str, object] = {"lights": line.lights, "red": list(line.red), "overdue": line.overdue}
    if reaches(Versterken, "key_people", edition):
        told["radio_silence"] = list(line.silent)
    return told | {"barriers": line.barriers, "strong_barriers": line.strong}
