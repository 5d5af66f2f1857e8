"""``fii entry``: the entry-point matrix, and where a trajectory starts."""

from __future__ import annotations

from typing import Annotated

import typer

from fii_cli.commands.options import (
    AsJson,
    OptionalFile,
)
from fii_cli.commands.prompts import ASK_COMMISSION, YES_OR_NO_ONLY, answer_in_words, which_commission
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.say import say_json
from fii_cli.commands.which_file import meant_file, only_file
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import load
from fii_cli.handbook.citations import cite
from fii_cli.handbook.entry import EntryPoint, entry_point
from fii_cli.handbook.models import Cell, PhaseContent
from fii_cli.language import N_, Language, Message, msg
from fii_cli.project.context import project_of
from fii_cli.terminal import YES_OR_NO, NotAsked, Terminal
from fii_cli.terminal.widths import longest_word
from fii_cli.words import Commission, meant

SUMMARY = N_(
    "Show the entry-point matrix and the cell that applies: what is skipped and why, and what to watch."
)
EXAMPLES = (
    ("fii entry buurt-leren.yaml", N_("the starting point of a trajectory")),
    ("fii entry --commission gevraagd --no-receiving", N_("a situation, without a file")),
    ("fii entry", N_("with two questions")),
)
RECEIVING = {True: N_("receiving organisation known"), False: N_("receiving organisation unknown")}
_HERE = "▶ "
_BORDERS = 10
"""The columns that the lines around and between the cells of the matrix take."""
COMMISSION: dict[Commission, str] = {"gevraagd": N_("commissioned"), "ongevraagd": N_("not commissioned")}


def run(
    context: typer.Context,
    file: OptionalFile = None,
    commission: Annotated[
        str | None,
        typer.Option("--commission", metavar="gevraagd|ongevraagd", help=N_("whether it is commissioned")),
    ] = None,
    receiving: Annotated[
        bool | None,
        typer.Option("--receiving/--no-receiving", help=N_("whether the receiving organisation is known")),
    ] = None,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    in_general = commission is not None or receiving is not None
    file = meant_file(file) if file else None if in_general else only_file()
    if file is not None:
        if in_general:
            raise Refused(
                msg("a file cannot be used together with --commission or --receiving"),
                msg("omit one of them"),
            )
        project = project_of(file)
        judged = read_trajectory(project, file, project.today, terminal)
        if judged is None:
            return FOUND
        entry = judged.trajectory.entry
        known: Commission = entry.commission
        receives = bool(entry.receiving_organisation)
    else:
        known, receives = _ask_situation(terminal, commission, receiving)
    point = entry_point(load.handbook(), known, receives)
    if as_json:
        say_json(terminal, _record(point, terminal.say))
    else:
        show(point, terminal)
    return OK if point.start else FOUND


def _ask_situation(
    terminal: Terminal, commission: str | None, receiving: bool | None
) -> tuple[Commission, bool]:
    if commission is not None:
        checked = which_commission(commission)
        if isinstance(checked, Message):
            raise Refused(
                msg("invalid value {value} for {option}", value=commission, option="--commission"), checked
            )
        commission = checked
    if not terminal.interactive and (commission is None or receiving is None):
        flags = [
            ("--commission gevraagd|ongevraagd", commission),
            ("--receiving | --no-receiving", receiving),
        ]
        raise NotAsked(tuple(flag for flag, value in flags if value is None))
    while True:
        if commission is None:
            check = answer_in_words(which_commission, YES_OR_NO_ONLY)
            commission = terminal.ask(terminal.say(ASK_COMMISSION), check)
            continue
        if receiving is None:
            answer = terminal.ask(
                terminal.say(N_("Is the receiving organisation known? yes or no")), yes_or_no
            )
            if answer is None:
                commission = None
                continue
            receiving = answer == "ja"
        return ("gevraagd" if commission == "gevraagd" else "ongevraagd"), receiving


def yes_or_no(answer: str) -> str | Message:
    """ja or nee, from an answer in either language."""
    return meant(answer, YES_OR_NO) or YES_OR_NO_ONLY


def show(point: EntryPoint, terminal: Terminal) -> None:
    """Show the matrix, the cell that applies, and its consequences."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    say, handbook = terminal.say, load.handbook()
    heads = ["", *(say(name) for name in RECEIVING.values())]
    rows = [
        [say(name), *(_cell(handbook.matrix.cell(commission, known), point, say) for known in RECEIVING)]
        for commission, name in COMMISSION.items()
    ]
    least = [longest_word(column) for column in zip(heads, *rows, strict=True)]
    if sum(least) + _BORDERS > terminal.width:
        terminal.cell_below_cell(heads, rows)
    else:
        table = Table(box=box.ROUNDED if terminal.signs else box.ASCII, show_lines=True)
        for head, width in zip(heads, least, strict=True):
            table.add_column(Text(head), min_width=width)
        for name, *cells in rows:
            styled = [Text(cell, style="bold green" if cell.startswith(_HERE) else "") for cell in cells]
            table.add_row(Text(name, style="bold"), *styled)
        terminal.draw(table)
    terminal.out(
        terminal.dim(
            terminal.wrap(say("Source: {source}", source=cite(handbook.matrix.source, handbook, say)))
        )
    )
    terminal.out("", terminal.bold(say.pick(point.cell.name)), terminal.wrap(say.pick(point.cell.why), "  "))
    if point.skipped:
        skipped = ", ".join(named(phase, say) for phase in point.skipped)
        text = say(
            "Skipped from this starting point: {phases}. The questions can still be answered.", phases=skipped
        )
        terminal.out("", terminal.wrap(text, "  "))
    title = say("What to watch (ours, not from the guide)") if point.start else say("Our reading")
    terminal.out("", terminal.bold(terminal.wrap(title)))
    for line in point.cell.attention:
        wrapped = terminal.wrap(say.pick(line), "    ")
        terminal.out("  - " + wrapped[4:])


def _cell(cell: Cell, point: EntryPoint, say: Language) -> str:
    """Where a trajectory starts in a cell of the matrix, marked if it is the cell that applies."""
    start = say("empty")
    if cell.start:
        start = say("start at {phase}", phase=named(load.handbook().phase(cell.start), say))
    return f"{_HERE}{start}" if cell is point.cell else start


def named(phase: PhaseContent, say: Language) -> str:
    """The name and number of a phase, such as ``Exploring (2)``."""
    return f"{say.pick(phase.name)} ({phase.number})"


def _record(point: EntryPoint, say: Language) -> dict[str, object]:
    return {
        "commission": point.cell.commission,
        "receiving": point.cell.receiving,
        "start": point.cell.start,
        "skips": list(point.cell.skips),
        "name": say.pick(point.cell.name),
        "why": say.pick(point.cell.why),
        "attention": [say.pick(line) for line in point.cell.attention],
        "attention_basis": "ours",
    }
