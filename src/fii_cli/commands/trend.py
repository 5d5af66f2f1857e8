"""``fii trend``: how a trajectory went, from the dates in its file and from its versions in git."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

import typer

from fii_cli import resources
from fii_cli.commands.editions import readable_by
from fii_cli.commands.options import AsJson, AsOf, ForAudience, NoCache, closed_value, day, edition_named
from fii_cli.commands.remembered import memory_of
from fii_cli.commands.say import say_json, say_not_done
from fii_cli.commands.trend_data import as_rows, record
from fii_cli.commands.trend_series import series_of
from fii_cli.commands.trend_text import show
from fii_cli.commands.which_file import meant_files
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.handbook import Handbook
from fii_cli.language import N_, msg
from fii_cli.pages.csv import as_csv
from fii_cli.pages.render import render_trend
from fii_cli.project.context import Projects
from fii_cli.report import EDITIONS
from fii_cli.report.series import Series
from fii_cli.report.trend_page import trend_page
from fii_cli.terminal import Terminal
from fii_cli.words import Audience

SUMMARY = N_(
    "Show how trajectories went over time: lights, time in each phase, barriers, strategies and findings, "
    "from the dates in the file and from git."
)
EXAMPLES = (
    ("fii trend buurt-leren.yaml", N_("with a small chart for each light")),
    ("fii trend buurt-leren.yaml --format html > verloop.html", N_("a page with charts and tables")),
    ("fii trend buurt-leren.yaml --format csv > verloop.csv", N_("every number, for a spreadsheet")),
    ("fii trend buurt-leren.yaml --audience client", N_("what the client may see, and nothing else")),
)
Wanted = Literal["text", "json", "csv", "html", "md"]
WANTED: tuple[Wanted, ...] = get_args(Wanted)
Shown = tuple[Series, Handbook]


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
        typer.Option("--format", metavar="|".join(WANTED), help=N_("the format to print (default: text)")),
    ] = None,
    audience: ForAudience = None,
    as_of: AsOf = None,
    no_cache: NoCache = False,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    wanted: Wanted = "text" if format_ is None else closed_value("--format", format_, WANTED)
    if as_json and wanted not in ("text", "json"):
        raise Refused(
            msg("--json and --format {format} cannot be used together", format=wanted),
            msg("omit one of them"),
        )
    edition = edition_named(audience)
    projects = Projects()
    today = day(as_of) or projects.today
    shown: list[Shown] = []
    worst = OK
    meant = meant_files(files or [])
    memory = None if no_cache else memory_of(context, [".", *meant])
    for file in meant:
        try:
            project = projects.at(file)
            readable = readable_by(project, file, today, edition, terminal)
            if readable is None:
                worst = max(worst, FOUND)
            else:
                shown.append((series_of(project, file, readable, edition, memory), project.handbook))
        except Exception as error:  # one file must not stop the others
            say_not_done(error, file, terminal)
            worst = NOT_DONE
    _print(terminal, shown, "json" if as_json else wanted, edition, today, projects)
    return worst


def _print(
    terminal: Terminal, shown: list[Shown], wanted: Wanted, edition: Audience, today: date, projects: Projects
) -> None:
    if wanted == "json":
        told = [record(series, handbook, terminal.say) for series, handbook in shown]
        data = {"version": 1, "as_of": today.isoformat(), "audience": edition, "trajectories": told}
        say_json(terminal, data)
    elif not shown:
        return
    elif wanted == "text":
        for number, (series, handbook) in enumerate(shown):
            if number:
                terminal.out()
            show(series, handbook, terminal)
    elif wanted == "csv":
        table = as_csv(as_rows([series for series, _ in shown], terminal.say), terminal.say.code)
        if terminal.shows or terminal.in_log:
            terminal.document(table.decode("utf-8-sig").rstrip("\r\n"))
        else:
            terminal.bytes(table)
    else:
        every = [series for series, _ in shown]
        first = every[0]
        say = resources.language(first.trajectory.language)
        page = trend_page(every, [book for _, book in shown], EDITIONS[edition], today, say)
        house = projects.at(first.path).house
        terminal.document(render_trend(page, wanted, say, house).rstrip("\n"))
