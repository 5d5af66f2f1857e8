"""``fii import``: count survey answers and store only the counts, or merge a workbook that came back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Annotated, Literal, get_args

import typer

from fii_cli.commands.answer_files import holds_answers, other_than_answers
from fii_cli.commands.dates import date_or_period, past_date
from fii_cli.commands.import_answers import Asked, count_answers
from fii_cli.commands.import_ratings import RatingsAsked, bring_ratings
from fii_cli.commands.import_workbook import Arrival, bring_actions, bring_back, command_line
from fii_cli.commands.options import About, DryRun, FileFirst, a_file, closed_value, required
from fii_cli.commands.which_file import file_and_others, meant_file
from fii_cli.diagnostics import Refused
from fii_cli.language import N_, Message, msg
from fii_cli.project import files
from fii_cli.project.context import project_of
from fii_cli.survey.books import Book, is_excel, open_book
from fii_cli.survey.tables import refuse_empty
from fii_cli.terminal import Terminal
from fii_cli.words import PERSPECTIVES
from fii_cli.workbook.edit import Given
from fii_cli.workbook.returned import is_ours

NEEDED = ("answers",)
SUMMARY = N_(
    "Count the answers in forms, csv and xlsx, or merge a workbook that came back. Individual answers are "
    "never stored."
)
EXAMPLES = (
    ("fii import buurt-leren.yaml antwoorden/", N_("a folder with the forms that came back")),
    ("fii import buurt-leren.yaml antwoorden.csv --instrument midi", N_("a completed questionnaire")),
    (
        "fii import buurt-leren.yaml forms.xlsx --instrument midi --perspective receiving",
        N_("a survey tool export, all from one side"),
    ),
    ("fii import buurt-leren.yaml terug.xlsx", N_("a workbook that came back, from fii workbook")),
    ("fii import buurt-leren.yaml actielijst.xlsx --as actions", N_("an action list that others keep")),
    (
        "fii import buurt-leren.yaml tabel.csv --as ratings --instrument cfir --add-organisations",
        N_("ratings with a column for each organisation"),
    ),
)
Kind = Literal["actions", "ratings"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def run(
    context: typer.Context,
    file: FileFirst = None,
    answers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("ANSWERS"),
            help=N_("forms that came back, tables (csv or xlsx) and folders of these; or a workbook"),
            show_default=False,
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
            callback=date_or_period,
            help=N_("when it was answered (default: today)"),
        ),
    ] = None,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help=N_("count an empty cell as no answer"))
    ] = False,
    title: Annotated[
        str | None,
        typer.Option(
            "--title", metavar=N_("NAME"), help=N_("what the trajectory was called when the forms were made")
        ),
    ] = None,
    other_wording: Annotated[
        bool,
        typer.Option("--other-wording", help=N_("count forms whose questions were worded differently")),
    ] = False,
    as_: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="|".join(KINDS),
            help=N_("read the table as an action list that others keep, or as ratings by organisation"),
        ),
    ] = None,
    add_organisations: Annotated[
        bool,
        typer.Option(
            "--add-organisations", help=N_("with ratings: add organisations that are not in the file")
        ),
    ] = False,
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", metavar=N_("NAME"), help=N_("with a list or ratings: the sheet to read, of several")
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
    words = [*([file] if file is not None else []), *(answers or ())]
    named, paths = file_and_others(words, holds_answers)
    required(context, next(iter(paths), None), N_("ANSWERS"))
    file = meant_file(named)
    project = project_of(a_file(file))
    when = past_date(date_, project.today, msg("give the date on which it was answered"))
    side = closed_value("--perspective", perspective, PERSPECTIVES) if perspective is not None else None
    only = paths[0] if len(paths) == 1 and not os.path.isdir(paths[0]) else None
    if only is None and kind is not None:
        raise Refused(msg("a list of actions or ratings is one file"), msg("import one file at a time"))
    if sheet is not None and kind is None:
        raise Refused(
            msg("--sheet chooses a sheet of a list"),
            msg("add --as actions or --as ratings, or omit {flags}", flags="--sheet"),
        )
    if only is not None:
        raw = files.bytes_of(only, files.MAX_TABLE_BYTES)
        for_answers = [
            ("--instrument", instrument),
            ("--title", title),
            ("--other-wording", other_wording),
            ("--allow-empty", allow_empty),
        ]
        for_ratings = [("--date", date_), ("--by", by), ("--perspective", side), ("--about", about)]
        options = [("--as", kind), ("--sheet", sheet), *for_ratings]
        given = Given(when, project.today, by or "", side or "", about or "")
        command = command_line(file, only, options)
        arrival = Arrival(project, file, only, given, command, dry_run, yes, as_json)
        if kind == "ratings":
            others = [*for_answers[1:], ("--about", about), ("--json", as_json), ("--yes", yes)]
            _refuse_unused(msg("ratings by organisation"), others)
            named = required(context, instrument, "--instrument")
            return bring_ratings(terminal, arrival, RatingsAsked(raw, named, sheet, add_organisations))
        if kind is not None:
            others = [*for_answers, *for_ratings, ("--add-organisations", add_organisations)]
            _refuse_unused(msg("an action list"), others)
            return bring_actions(terminal, arrival, raw, sheet)
        if not other_than_answers(only, raw):
            if instrument is None:
                refuse_empty(raw, only)
            if book := _workbook(raw, instrument):
                _refuse_unused(msg("a workbook of fii"), for_answers[1:])
                return bring_back(terminal, arrival, book)
    asked = Asked(
        project, file, tuple(paths), when, instrument, side, about, by, title, other_wording, allow_empty
    )
    return count_answers(terminal, asked, dry_run=dry_run)


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
