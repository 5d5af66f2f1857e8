"""``fii set``: change one value of a trajectory."""

from __future__ import annotations

import shlex
from functools import partial
from typing import Annotated

import typer

from fii_cli.commands.change import Change, make
from fii_cli.commands.dates import read_date, settled
from fii_cli.commands.options import (
    DryRun,
    FileFirst,
    a_file,
    required,
)
from fii_cli.commands.readable import Readable, read_trajectory
from fii_cli.commands.which_file import file_first, meant_file
from fii_cli.diagnostics import Route
from fii_cli.edits.set import keys_on, route_to, set_value, takes_date, takes_period, value_meant
from fii_cli.edits.typed import Known
from fii_cli.exit_codes import FOUND
from fii_cli.handbook import load
from fii_cli.language import N_, msg
from fii_cli.project.context import Project, project_of
from fii_cli.terminal import Terminal

NEEDED = ("path", "value")
SUMMARY = N_("Change one value of a trajectory; every other byte of the file is kept.")
EXAMPLES = (
    ("fii set buurt-leren.yaml signaleren.question.goal 'plezier in leren'", N_("a value by its path")),
    ("fii set buurt-leren.yaml people.wethouder.level wethouders", N_("a list item by its id")),
    ("fii set buurt-leren.yaml visits.last.reason 'eerst eigenaarschap'", N_("the last list item")),
    ("fii set buurt-leren.yaml summary ''", N_("remove a value")),
    ("fii set buurt-leren.yaml -- assessments.last.ratings.III.D.2 -2", N_("a value that starts with -")),
)


def run(
    context: typer.Context,
    file: FileFirst = None,
    path: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("KEY"),
            help=N_("keys joined by dots; a list item by its id, its number, or last"),
            show_default=False,
        ),
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(metavar=N_("VALUE"), help=N_("the new value; '' removes it"), show_default=False),
    ] = None,
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    named, path, value = file_first((file, path, value), 2)
    path, value = required(context, path, N_("KEY")), required(context, value, N_("VALUE"))
    file = meant_file(named)
    project = project_of(a_file(file))
    known = read_trajectory(project, file, project.today, terminal)
    if known is None:
        return FOUND
    value = _meant(terminal, project, known, path, value)
    change = Change(
        project=project,
        file=file,
        day=project.today,
        edit=lambda document, _: set_value(document, path, value),
        command=shlex.join(["fii", "set", file, path, value]),
        known=known,
        commit=lambda document, _: " ".join(_known_words(route_to(document, path))),
        next_step=f"fii check {shlex.quote(file)}",
    )
    return make(terminal, change, dry_run=dry_run)


def _meant(terminal: Terminal, project: Project, known: Readable, path: str, text: str) -> str:
    """The value as the format writes it, for what was typed; a date in other words is offered back."""
    document = known.judgement.document
    value = value_meant(document, path, text, Known(known.trajectory, project.handbook))
    if value and takes_date(document, path):
        check = partial(read_date, today=project.today, period=takes_period(document, path))
        return settled(terminal, value, check, msg("invalid date {written}", written=text))
    return value


def _known_words(route: Route) -> list[str]:
    """The steps of a route that fii itself defines: keys of the format, and items of its handbook.

    Other steps, such as the id of a person, may contain a name.
    """
    book = load.handbook()
    items = {item for instrument in book.instrument_ids for item in book.item_ids(instrument)}
    keys = keys_on(route)
    return [str(step) for at, step in enumerate(route) if at in keys or step in items]
