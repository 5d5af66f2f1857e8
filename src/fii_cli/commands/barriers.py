"""``fii barriers``: the current barriers."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from fii_cli.analysis.barriers import Barrier, barriers_of
from fii_cli.analysis.counts import Thresholds
from fii_cli.commands.options import (
    AsJson,
    AsOf,
    File,
    day,
    framework_named,
)
from fii_cli.commands.rating_records import reported_record, spread_record
from fii_cli.commands.rating_tables import shown_rating, shown_reported, shown_spread
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.say import said_by, say_json
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import Handbook
from fii_cli.language import N_
from fii_cli.project.context import Project, project_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory

SUMMARY = N_(
    "Show what hinders now, from every instrument: who reported it, since when, and "
    "which action addresses it."
)
EXAMPLES = (
    ("fii barriers buurt-leren.yaml", N_("strongest first")),
    ("fii barriers buurt-leren.yaml --instrument cfir", N_("from one instrument")),
)
STRENGTHS = {2: N_("Hinders strongly"), 1: N_("Hinders partly")}


def run(
    context: typer.Context,
    file: File = "",
    instrument: Annotated[
        str | None,
        typer.Option("--instrument", metavar=N_("ID"), help=N_("only barriers from this instrument")),
    ] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    project = project_of(file)
    today = day(as_of) or project.today
    readable = read_trajectory(project, file, today, terminal)
    if readable is None:
        return FOUND
    if instrument:
        framework_named(instrument, project.handbook)
    trajectory = readable.known
    found = barriers_of(trajectory, project.handbook, today, project.settings.thresholds)
    barriers = tuple(b for b in found if instrument in (None, b.instrument))
    if as_json:
        records = [_record(barrier, terminal) for barrier in barriers]
        say_json(terminal, {"version": 1, "title": trajectory.title, "barriers": records})
    else:
        _show(terminal, trajectory, file, barriers, project)
    return OK


def _show(
    terminal: Terminal, trajectory: Trajectory, file: str, barriers: tuple[Barrier, ...], project: Project
) -> None:
    say = terminal.say
    terminal.headline(trajectory.heading, file)
    if not barriers:
        terminal.out("", say("No rated item hinders now."))
    for strength, heading in STRENGTHS.items():
        these = [barrier for barrier in barriers if barrier.strength == strength]
        if these:
            terminal.out("", terminal.bold(terminal.wrap(say(heading))))
        for barrier in these:
            _say(terminal, trajectory, barrier, project.handbook, project.settings.thresholds)
    if any(not barrier.actions and not barrier.done for barrier in barriers):
        step = f"fii strategies {shlex.quote(file)}"
        terminal.note("", f"{terminal.bold(say('next step'))}: {step}")


def _say(
    terminal: Terminal, trajectory: Trajectory, barrier: Barrier, book: Handbook, thresholds: Thresholds
) -> None:
    say = terminal.say
    if barrier.spread:
        shown = shown_spread(terminal, barrier.spread)
    elif barrier.reported:
        shown = shown_reported(terminal, barrier.reported, thresholds)
    else:
        shown = shown_rating(terminal, barrier.value, book.scale_for(barrier.instrument, barrier.item))
    terminal.out(terminal.wrap(f"{terminal.bold(barrier.place)}  {shown}", "  ", "  "))
    note = f" – {barrier.note}" if barrier.note else ""
    name = say.pick(book.short_name(barrier.instrument, barrier.item, barrier.name))
    terminal.out(terminal.wrap(name + note, "    "))
    since = say("since {date}", date=barrier.since.text)
    told = said_by(terminal, trajectory, since, barrier.by, barrier.perspective, barrier.about)
    terminal.out(terminal.wrap(told, "    "))
    if barrier.touches:
        terminal.out(terminal.wrap(say("related to {items}", items=", ".join(barrier.touches)), "    "))
    if barrier.actions:
        done = ", ".join(f"{action.id} ({terminal.word(action.status)})" for action in barrier.actions)
        terminal.out(terminal.wrap(say("action: {items}", items=done), "    "))
    elif barrier.done:
        done = ", ".join(action.id for action in barrier.done)
        terminal.out(terminal.wrap(say("action done: {items}; rate it again", items=done), "    "))
    else:
        terminal.out(f"    {terminal.paint(say('no action planned yet'), 'yellow')}")


def _record(barrier: Barrier, terminal: Terminal) -> dict[str, object]:
    return {
        "instrument": barrier.instrument,
        "item": barrier.item,
        "name": terminal.say.pick(barrier.name),
        "value": barrier.value or None,
        "spread": spread_record(barrier.spread) if barrier.spread else None,
        "published": reported_record(barrier.reported) if barrier.reported else None,
        "strength": barrier.strength,
        "by": barrier.by,
        "perspective": barrier.perspective,
        "about": barrier.about,
        "date": barrier.date.text,
        "since": barrier.since.text,
        "note": barrier.note,
        "touches": list(barrier.touches),
        "actions": [action.id for action in barrier.actions],
        "done": [action.id for action in barrier.done],
    }
