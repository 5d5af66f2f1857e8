"""``fii import``: count survey answers and store only the counts, or merge a workbook that came back."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Annotated, Literal, get_args

import typer

from fii_cli.commands.change import Change, make
from fii_cli.commands.dates import past_date, rough_date
from fii_cli.commands.import_workbook import Arrival, bring_actions, bring_back, command_line
from fii_cli.commands.options import (
    About,
    DryRun,
    FileFirst,
    a_file,
    asked_by_form,
    closed_value,
    organisation_named,
    required,
)
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.which_file import file_first, meant_file, names_a_file
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND
from fii_cli.language import N_, Message, count, msg
from fii_cli.project import files
from fii_cli.project.context import project_of
from fii_cli.resources import language
from fii_cli.survey.answers import Imported, import_table, side_in_words
from fii_cli.survey.books import Book, is_excel, open_book
from fii_cli.survey.stored import large_enough, store
from fii_cli.survey.tables import refuse_empty, rows_of
from fii_cli.terminal import Terminal
from fii_cli.words import PERSPECTIVES
from fii_cli.workbook.edit import Given
from fii_cli.workbook.returned import is_ours

NEEDED = ("answers",)
SUMMARY = N_(
    "Count survey answers from csv or xlsx, or merge a workbook that came back. Individual answers are never "
    "stored."
)
EXAMPLES = (
    ("fii import buurt-leren.yaml antwoorden.csv --instrument midi", N_("a completed questionnaire")),
    (
        "fii import buurt-leren.yaml forms.xlsx --instrument midi --perspective receiving",
        N_("a survey tool export, all from one side"),
    ),
    ("fii import buurt-leren.yaml terug.xlsx", N_("a workbook that came back, from fii workbook")),
    ("fii import buurt-leren.yaml actielijst.xlsx --as actions", N_("an action list that others keep")),
)
Kind = Literal["actions"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_AT_MOST = 50


def run(
    context: typer.Context,
    file: FileFirst = None,
    answers: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ANSWERS"), help=N_("a table, csv or xlsx; or a workbook"), show_default=False
        ),
    ] = None,
    *,
    instrument: Annotated[
        str | None,
        typer.Option("--instrument", metavar=N_("ID"), help=N_("the instrument that was answered")),
    ] = None,
    perspective: Annotated[
        str | None,
        typer.Option("--perspective", metavar="|".join(PERSPECTIVES), help=N_("the side that rates")),
    ] = None,
    about: About = None,
    by: Annotated[str | None, typer.Option("--by", metavar=N_("WHO"), help=N_("who was asked"))] = None,
    date_: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar=N_("DATE"),
            callback=rough_date,
            help=N_("when it was answered (default: today)"),
        ),
    ] = None,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help=N_("count an empty cell as no answer"))
    ] = False,
    as_: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="|".join(KINDS), help=N_("read the table as an action list that others keep")
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", metavar=N_("NAME"), help=N_("with a list: the sheet to read, if several have actions")
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("with a workbook or a list: write without asking"))
    ] = False,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help=N_("with a workbook or a list: print what changes as JSON, and write nothing")
        ),
    ] = False,
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    kind = closed_value("--as", as_, KINDS) if as_ is not None else None
    if kind and file and answers and names_a_file(answers) and not names_a_file(file):
        file, answers = answers, file  # fii import list.xlsx --as actions FILE
    named, answers = file_first((file, answers), 1)
    answers = required(context, answers, N_("ANSWERS"))
    file = meant_file(named)
    project = project_of(a_file(file))
    when = past_date(date_, project.today, msg("give the date on which it was answered"))
    side = closed_value("--perspective", perspective, PERSPECTIVES) if perspective is not None else None
    raw = files.bytes_of(answers, files.MAX_TABLE_BYTES)
    for_answers = [("--instrument", instrument), ("--allow-empty", allow_empty)]
    for_ratings = [("--date", date_), ("--by", by), ("--perspective", side), ("--about", about)]
    options = [("--as", kind), ("--sheet", sheet), *for_ratings]
    given = Given(when, project.today, by or "", side or "", about or "")
    command = command_line(file, answers, options)
    arrival = Arrival(project, file, answers, given, command, dry_run, yes, as_json)
    if kind is not None:
        _refuse_unused(msg("an action list"), [*for_answers, *for_ratings])
        return bring_actions(terminal, arrival, raw, sheet)
    if sheet is not None:
        raise Refused(
            msg("--sheet chooses a sheet of a list"),
            msg("add --as actions, or omit {flags}", flags="--sheet"),
        )
    if instrument is None:
        refuse_empty(raw, answers)
    if book := _workbook(raw, instrument):
        _refuse_unused(msg("a workbook of fii"), [("--allow-empty", allow_empty)])
        return bring_back(terminal, arrival, book)
    if instrument is None:
        hint = msg("this is not a workbook of fii; to count answers, name the instrument that was answered")
        raise Refused(msg("{name} is missing", name="--instrument"), hint)
    known = read_trajectory(project, file, project.today, terminal)
    if known is None:
        return FOUND
    organisation = organisation_named(about, known.trajectory)
    framework = asked_by_form(instrument, project.handbook)
    smallest = project.settings.thresholds.smallest
    rows = rows_of(raw, answers)
    imported = import_table(rows, framework, side, smallest, empty_allowed=allow_empty)
    if imported.faults:
        _say_errors(terminal, answers, imported)
        return FOUND
    _say_what_was_read(terminal, answers, imported, smallest)
    sides = large_enough(imported, smallest)
    who = by or language(known.trajectory.language)("questionnaire")
    change = Change(
        project=project,
        file=file,
        day=when.nearest(project.today),
        edit=lambda document, now: store(document, now, sides, framework.id, when.text, who, organisation),
        command=_command(file, answers, instrument, perspective, about, by, when.text),
        commit=lambda *_: f"{framework.id} {when.text}",
        known=known,
        next_step=f"fii score {shlex.quote(file)} --instrument {framework.id}",
    )
    return make(terminal, change, dry_run=dry_run)


def _refuse_unused(what: Message, options: Sequence[tuple[str, object]]) -> None:
    """Raise :class:`Refused` for options that say nothing about what is imported."""
    if given := [option for option, value in options if value not in (None, False)]:
        flags = ", ".join(given)
        wrong = msg("not for {what}: {flags}", what=what, flags=flags)
        raise Refused(wrong, msg("omit {flags}", flags=flags))


def _workbook(raw: bytes, instrument: str | None) -> Book | None:
    """A workbook of fii that came back; ``None`` for answers, which always name their instrument."""
    if not is_excel(raw):
        return None
    try:
        book = open_book(raw)
        ours = is_ours(book)
    except Refused:
        if instrument is not None:
            return None  # reading the answers says what is wrong
        raise
    if ours and instrument is not None:
        wrong = msg("this is a workbook of fii, which knows its instrument")
        raise Refused(wrong, msg("omit {flags}", flags="--instrument"))
    return book if ours else None


def _say_errors(terminal: Terminal, path: str, imported: Imported) -> None:
    """Show every error with its row and column, as a spreadsheet names them."""
    say = terminal.say
    for fault in imported.faults[:_AT_MOST]:
        where = say("row {row}", row=fault.row)
        if fault.column:
            where = say("cell {place}", place=fault.place)
        terminal.out(terminal.wrap(f"{path}: {where}: {say(fault.message)}"))
        if fault.hint:
            terminal.out(terminal.wrap(f"= {say('help')}: {say(fault.hint)}", "  "))
    left = len(imported.faults) - _AT_MOST
    if left > 0:
        terminal.out(say(count(left, "and {n} more", "and {n} more")))
    number = count(len(imported.faults), "{n} error", "{n} errors")
    terminal.note("", say("{number}; nothing was written", number=number))


def _say_what_was_read(terminal: Terminal, path: str, imported: Imported, smallest: int) -> None:
    say = terminal.say
    for group in imported.groups:
        people = count(group.responses, "{n} person", "{n} people")
        line = f"{path}: {say(side_in_words(group.perspective))}: {say(people)}"
        if group.responses < smallest:
            line += "; " + say("fewer than {n}, so not counted", n=smallest)
        elif group.kept_back:
            line += "; " + say("too few answers, omitted: {items}", items=", ".join(group.kept_back))
        terminal.note(terminal.wrap(line))
    if imported.empty:
        terminal.note(say(count(imported.empty, "{n} empty cell: no answer", "{n} empty cells: no answer")))
    if imported.alike:
        alike = count(
            imported.alike,
            "{n} row is equal to an earlier one, and is counted: remove it if it is the same person",
            "{n} rows are equal to an earlier one, and are counted: remove those of the same person",
        )
        terminal.note(terminal.wrap(say(alike)))
    for head in imported.reworded:
        words = say("matched by number; the wording differs from fii's: {head}", head=head)
        terminal.note(terminal.wrap(words))
    if imported.passed_over:
        columns = ", ".join(imported.passed_over)
        terminal.note(terminal.wrap(say("skipped columns: {columns}", columns=columns)))


def _command(
    file: str,
    answers: str,
    instrument: str,
    perspective: str | None,
    about: str | None,
    by: str | None,
    when: str,
) -> str:
    words = ["fii", "import", file, answers, "--instrument", instrument]
    for option, value in (("--perspective", perspective), ("--about", about), ("--by", by)):
        words += [option, value] if value else []
    return shlex.join([*words, "--date", when])
