"""``fii workbook``: an Excel file for colleagues, whose changes come back with ``fii import``."""

from __future__ import annotations

import os
import shlex
from typing import Annotated, Any

import typer

from fii_cli.commands.editions import judged_edition, readable_by
from fii_cli.commands.import_workbook import not_imported
from fii_cli.commands.options import AsJson, File, a_file, closed_value, framework_named
from fii_cli.commands.say import say_json, say_next
from fii_cli.commands.targets import EXISTS, bytes_there, edition_for, edition_of_place, say_edition, write
from fii_cli.diagnostics import Refused
from fii_cli.editions.edition import edition_of
from fii_cli.editions.marks import made_as, mark
from fii_cli.editions.outsiders import names_in_files
from fii_cli.exit_codes import FOUND, OK
from fii_cli.language import N_, msg
from fii_cli.project.context import project_of
from fii_cli.project.files import CannotOpen
from fii_cli.project.report_day import ReportDay, chosen_day
from fii_cli.report import EDITIONS
from fii_cli.report.basis import basis_of, made_with
from fii_cli.resources import language
from fii_cli.terminal import Terminal
from fii_cli.words import OUTER
from fii_cli.workbook.going_out import workbook_of
from fii_cli.workbook.model import Outgoing, base_of

SUMMARY = N_("Write an Excel file for colleagues to fill in; fii import merges it with the file.")
EXAMPLES = (
    ("fii workbook buurt-leren.yaml", N_("buurt-leren.xlsx, next to the trajectory")),
    ("fii workbook buurt-leren.yaml --instrument drivers", N_("also a sheet to rate the drivers")),
    (
        "fii workbook buurt-leren.yaml --audience steering --output stuurgroep.xlsx",
        N_("without what only the team may see"),
    ),
)

_AT_MOST = 10
_FILLED_IN = msg("take over what colleagues filled in with fii import first; --force overwrites it")


def run(
    context: typer.Context,
    file: File = "",
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar=N_("FILE"), help=N_("write it here (default: next to the trajectory)")
        ),
    ] = None,
    audience: Annotated[
        str | None,
        typer.Option("--audience", metavar="|".join(EDITIONS), help=N_("who gets it (default: team)")),
    ] = None,
    instrument: Annotated[
        str | None,
        typer.Option("--instrument", metavar=N_("ID"), help=N_("add a sheet to rate with this instrument")),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("overwrite a workbook that fii wrote"))] = False,
    discard: Annotated[
        bool,
        typer.Option("--discard", help=N_("also overwrite one with changes that were not imported")),
    ] = False,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    file = a_file(file)
    project = project_of(file)
    framework = framework_named(instrument, project.handbook) if instrument is not None else None
    edition = closed_value("--audience", audience, tuple(EDITIONS)) if audience is not None else None
    target = output if output is not None else _next_to(file, edition)
    if not target.lower().endswith(".xlsx"):
        raise Refused(
            msg("{path} is not an Excel file", path=target), msg("give it a name that ends in .xlsx")
        )
    placed = edition_of_place(os.path.dirname(target), edition, [file])
    there = bytes_there(target, "workbook")
    made = made_as(there) if there else None
    shown_to = edition_for(target, made, edition, placed)
    if there and not (force or discard):
        raise CannotOpen(target, EXISTS[0], _FILLED_IN)
    dated = chosen_day(None) or ReportDay(project.today, "today")
    known = readable_by(project, file, dated.day, shown_to, terminal)
    if known is None:
        return FOUND
    if there and not discard and (why := not_imported(there, known, project, file, project.today)):
        wrong = msg("this workbook may contain changes that were not imported: {why}", why=why)
        raise CannotOpen(target, wrong, msg("run fii import first; --discard overwrites it all the same"))
    if shown_to in OUTER and names_in_files(known.trajectory).held_by(os.path.basename(target)):
        wrong = msg("the name {path} identifies someone whom this edition hides", path=target)
        raise Refused(wrong, msg("choose another name with --output"))
    shown = edition_of(known.known, shown_to, project.settings.thresholds.smallest)
    judged = judged_edition(project, known.judgement, shown, shown_to, dated)
    say = language(judged.trajectory.language)
    basis = basis_of(judged, project.handbook, project.settings.thresholds)
    out = workbook_of(basis, say, framework)
    from fii_cli.pages.workbook import as_exchange, light_words

    own_mark = mark("workbook", out.day.isoformat(), shown_to, dated.source, yardstick=basis.yardstick)
    foot = made_with(basis.yardstick, say)
    page = as_exchange(out, base_of(out), own_mark, foot, light_words(say))
    say_edition(terminal, target, shown_to, edition)
    write(terminal, target, page, over=there is not None)
    if as_json:
        say_json(terminal, _record(out, file, target))
        return OK
    terminal.out(terminal.say("wrote {path}", path=target))
    cut = list(out.too_long)
    if cut:
        places = ", ".join([*cut[:_AT_MOST], *(["…"] if len(cut) > _AT_MOST else [])])
        told = terminal.say("only the beginning fits in a cell of Excel: {places}", places=places)
        terminal.note(terminal.wrap(told))
    if shown_to in OUTER:
        terminal.note(terminal.wrap(terminal.say("this edition is for reading; it cannot come back")))
    else:
        say_next(terminal, shlex.join(["fii", "import", file, target]))
    return OK


def _record(out: Outgoing, file: str, target: str) -> dict[str, Any]:
    """What was written, as data."""
    return {
        "version": 1,
        "file": file,
        "workbook": target,
        "edition": out.audience,
        "comes_back": out.audience not in OUTER,
        "sheets": [{"id": page.id, "name": page.name, "rows": len(page.rows)} for page in out.pages],
        "too_long": list(out.too_long),
    }


def _next_to(file: str, edition: str | None) -> str:
    stem, _ = os.path.splitext(file)
    return f"{stem}.{edition}.xlsx" if edition and edition != "team" else f"{stem}.xlsx"
