"""``fii set``: change one value of a trajectory."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from fii_cli.commands.change import Change, make
from fii_cli.commands.options import (
    DryRun,
    File,
    a_file,
)
from fii_cli.diagnostics import Route
from fii_cli.edits.set import keys_on, route_to, set_value
from fii_cli.handbook import load
from fii_cli.language import N_
from fii_cli.project.context import project_of
from fii_cli.terminal import Terminal

SUMMARY = N_("Change one value of a trajectory; every other byte of the file is kept.")
EXAMPLES = (
    ("fii set samen-leren.yaml signaleren.question.goal 'plezier in leren'", N_("a value by its path")),
    ("fii set samen-leren.yaml people.wethouder.level wethouders", N_("a list item by its id")),
    ("fii set samen-leren.yaml visits.last.reason 'eerst eigenaarschap'", N_("the last list item")),
    ("fii set samen-leren.yaml summary ''", N_("remove a value")),
    ("fii set samen-leren.yaml -- assessments.last.ratings.III.D.2 -2", N_("a value that starts with -")),
)


def run(
    context: typer.Context,
    file: File,
    path: Annotated[
        str,
        typer.Argument(
            metavar=N_("KEY"),
            help=N_("keys joined by dots; a list item by its id, its number, or last"),
            show_default=False,
        ),
    ],
    value: Annotated[
        str, typer.Argument(metavar=N_("VALUE"), help=N_("the new value; '' removes it"), show_default=False)
    ],
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    project = project_of(a_file(file))
    change = Change(
        project=project,
        file=file,
        day=project.today,
        edit=lambda document, _: set_value(document, path, value),
        command=shlex.join(["fii", "set", file, path, value]),
        commit=lambda document, _: " ".join(_known_words(route_to(document, path))),
        next_step=f"fii check {shlex.quote(file)}",
    )
    return make(terminal, change, dry_run=dry_run)


def _known_words(route: Route) -> list[str]:
    """The steps of a route that fii itself defines: keys of the format, and items of its handbook.

    Other steps, such as the id of a person, may contain a name.
    """
    book = load.handbook()
    items = {item for instrument in book.instrument_ids for item in book.item_ids(instrument)}
    keys = keys_on(route)
    return [str(step) for at, step in enumerate(route) if at in keys or step in items]
