"""``fii compare``: candidates side by side, or organisations and what distinguishes them."""

from __future__ import annotations

import os
import shlex
from datetime import date
from math import isfinite
from typing import Annotated

import typer

from fii_cli.analysis.compared import Groups
from fii_cli.analysis.last_ratings import ratings_on
from fii_cli.analysis.per_organisation import rated_organisations
from fii_cli.analysis.renewed import renewed
from fii_cli.commands.compare_organisations import READINESS, compare_organisations, ids_in
from fii_cli.commands.options import (
    AsJson,
    AsOf,
    Paths,
    day,
    framework_named,
)
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.say import say_json
from fii_cli.commands.which_file import meant_file
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Framework
from fii_cli.language import N_, msg
from fii_cli.project.context import project_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.labels import FIELD_LABELS
from fii_cli.trajectory.verkennen import Candidate

SUMMARY = N_(
    "Compare the candidates on the shortlist, or organisations: what distinguishes those where it went well."
)
EXAMPLES = (
    ("fii compare buurt-leren.yaml", N_("the candidates, with their readiness")),
    (
        "fii compare trajecten/ --instrument cfir --low zuid",
        N_("what distinguishes one organisation from all others"),
    ),
    (
        "fii compare buurt-leren.yaml --instrument cfir --by adoptie",
        N_("organisations by an outcome"),
    ),
    (
        "fii compare buurt-leren.yaml --instrument cfir --by bereik --at 40",
        N_("organisations by an indicator: high from 40"),
    ),
    (
        "fii assess buurt-leren.yaml --instrument readiness --about brug",
        N_("rate them one by one first"),
    ),
)
Row = tuple[str, str, list[list[str]]]
"""A key or item, its name, and a cell for each candidate: empty, one text, or the ratings."""


def run(
    context: typer.Context,
    paths: Paths = None,
    instrument: Annotated[
        str | None,
        typer.Option(
            "--instrument",
            metavar=N_("ID"),
            help=N_("compare on this instrument (default: that of distinguish in the file, else readiness)"),
        ),
    ] = None,
    low: Annotated[
        str | None,
        typer.Option("--low", metavar=N_("IDS"), help=N_("organisations where it went less well")),
    ] = None,
    high: Annotated[
        str | None,
        typer.Option("--high", metavar=N_("IDS"), help=N_("organisations where it went well")),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar=N_("OUTCOME"),
            help=N_("group them by a rated outcome, such as adoptie, or by an indicator"),
        ),
    ] = None,
    at: Annotated[
        float | None,
        typer.Option("--at", metavar=N_("NUMBER"), help=N_("value of the indicator from which it went well")),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    for option, text in (("--low", low), ("--high", high)):
        if text is not None and not ids_in(text):
            raise Refused(msg("{option} names no organisation", option=option), msg("name one by its id"))
    if by is not None and (low or high):
        raise Refused(msg("--by already makes the groups"), msg("omit {flags}", flags="--low, --high"))
    if at is not None and not isfinite(at):
        raise Refused(
            msg("--at takes a number, and {value} is not one", value=str(at)), msg("write it like 7.5")
        )
    if at is not None and by is None:
        raise Refused(msg("--at is for an indicator"), msg("name it with --by"))
    groups = Groups(ids_in(low), ids_in(high), by, at)
    if groups.asked or len(paths or ()) > 1 or any(map(os.path.isdir, paths or ())):
        return compare_organisations(terminal, paths, instrument, groups, day(as_of), as_json=as_json)
    file = meant_file(paths[0] if paths else None)
    project = project_of(file)
    today = day(as_of) or project.today
    readable = read_trajectory(project, file, today, terminal)
    if readable is None:
        return FOUND
    trajectory = renewed(readable.known, project.handbook).trajectory
    shortlist = trajectory.verkennen.shortlist if trajectory.verkennen else ()
    if instrument is None and not shortlist and trajectory.distinguish:
        return compare_organisations(terminal, [file], None, groups, day(as_of), as_json=as_json)
    instrument = instrument or READINESS
    framework = framework_named(instrument, project.handbook)
    if not shortlist and framework and _several(trajectory, framework, project.handbook, today):
        return compare_organisations(terminal, [file], instrument, groups, day(as_of), as_json=as_json)
    if not shortlist:
        add = f"fii add {shlex.quote(file)} candidate"
        terminal.out(terminal.say("no shortlist yet: {command}", command=add))
        return OK
    facts = _fact_rows(terminal, shortlist)
    ratings = (
        _rating_rows(terminal, trajectory, shortlist, framework, project.handbook, today) if framework else []
    )
    ids = [candidate.organisation for candidate in shortlist]
    if as_json:
        data = {
            "version": 1,
            "candidates": ids,
            "known": _cells_by_candidate(facts, ids),
            "instrument": instrument,
            "ratings": _cells_by_candidate(ratings, ids),
        }
        say_json(terminal, data)
        return OK
    names = [trajectory.named(id_) for id_ in ids]
    _show(terminal, names, facts, ratings)
    if framework:
        _show_how_many(terminal, names, ratings, framework, project.handbook)
    return OK


def _several(trajectory: Trajectory, framework: Framework, handbook: Handbook, today: date) -> bool:
    """Whether several organisations were rated on an instrument."""
    return len(rated_organisations(trajectory, framework.id, handbook, today)) > 1


def _cells_by_candidate(rows: list[Row], ids: list[str]) -> dict[str, dict[str, list[str]]]:
    return {key: dict(zip(ids, cells, strict=True)) for key, _, cells in rows}


def _fact_rows(terminal: Terminal, shortlist: tuple[Candidate, ...]) -> list[Row]:
    """The rows with the facts on the shortlist; rows without any fact are omitted."""
    rows: list[Row] = []
    for key in Candidate.model_fields:
        if key == "organisation":
            continue
        texts = [getattr(candidate, key) for candidate in shortlist]
        if any(texts):
            cells = [[text] if text else [] for text in texts]
            rows.append((key, terminal.say(FIELD_LABELS[key]), cells))
    return rows


def _rating_rows(
    terminal: Terminal,
    trajectory: Trajectory,
    shortlist: tuple[Candidate, ...],
    framework: Framework,
    handbook: Handbook,
    today: date,
) -> list[Row]:
    """The rows with the ratings of each candidate, item by item; a cell has each different rating once."""
    ratings = ratings_on(trajectory, framework.id, handbook, today)
    rows: list[Row] = []
    domains = {each.id: each for each in framework.domains if each.id in ratings}
    for group in framework.groups:
        for item in (*filter(None, [domains.get(group.id)]), *group.items):
            cells = []
            for candidate in shortlist:
                about_it = [r for r in ratings.get(item.id, ()) if r.about == candidate.organisation]
                cells.append(list(dict.fromkeys(rating.value for rating in about_it)))
            name = handbook.short_name(framework.id, item.id, item.name)
            rows.append((item.id, terminal.say.pick(name), cells))
    return rows


def _cell_text(terminal: Terminal, cell: list[str]) -> str:
    return " / ".join(terminal.word(each) for each in cell) or ("–" if terminal.signs else "-")


def _line(terminal: Terminal, row: Row) -> list[str]:
    _, name, cells = row
    return [name, *(_cell_text(terminal, cell) for cell in cells)]


def _show(terminal: Terminal, names: list[str], facts: list[Row], ratings: list[Row]) -> None:
    lines = [_line(terminal, row) for row in facts]
    if facts and ratings:
        lines.append([])
    lines += [_line(terminal, row) for row in ratings]
    terminal.table(["", *names], lines)


def _show_how_many(
    terminal: Terminal, names: list[str], ratings: list[Row], framework: Framework, book: Handbook
) -> None:
    """The number of items on which each candidate was rated; a rating that is no answer does not count."""
    for at, name in enumerate(names):
        n = sum(bool({*cells[at]} - book.no_answers(framework.id, item)) for item, _, cells in ratings)
        count = terminal.say("{n} of {all} rated", n=n, all=len(ratings))
        terminal.out(terminal.dim(terminal.wrap(f"{name}: {count}")))
