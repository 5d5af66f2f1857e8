"""``fii questionnaire``: the questionnaire of an instrument."""

from __future__ import annotations

import shlex
from typing import Annotated, Literal, get_args

import typer

from fii_cli.commands.options import (
    asked_by_form,
    closed_value,
    framework_named,
)
from fii_cli.commands.say import say_next
from fii_cli.commands.targets import EXISTS, write
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import OK
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import referral
from fii_cli.handbook.models import Framework
from fii_cli.language import CODES, N_, msg
from fii_cli.pages.csv import as_csv
from fii_cli.project import files, save
from fii_cli.project.context import project_of
from fii_cli.project.files import CannotOpen
from fii_cli.resources import language
from fii_cli.survey.questionnaire import as_markdown, choices, explained, heads
from fii_cli.survey.tables import rows_of
from fii_cli.terminal import Terminal
from fii_cli.words import STOPLICHT

SUMMARY = N_("Generate the questionnaire of an instrument; fii import counts the answers.")
Format = Literal["md", "csv", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
EXAMPLES = (
    ("fii questionnaire midi --output midi.csv", N_("a table with a row for each person")),
    ("fii questionnaire midi --output midi.xlsx", N_("the same in Excel, with answers to choose from")),
    ("fii questionnaire quickscan --format md", N_("a page to print, or to copy into a form program")),
    ("fii questionnaire stoplicht", N_("the checklist on paper, for a conversation of the core team")),
)


def run(
    context: typer.Context,
    instrument: Annotated[
        str, typer.Argument(metavar=N_("INSTRUMENT"), help=N_("the id of an instrument"), show_default=False)
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="|".join(FORMATS), help=N_("default: md, or the extension of --output")
        ),
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("write it here"))
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=N_("overwrite an empty questionnaire that fii wrote"))
    ] = False,
) -> int:
    terminal: Terminal = context.obj
    book = project_of("-").handbook
    ending = next((each for each in FORMATS if output and output.lower().endswith(f".{each}")), None)
    chosen = closed_value("--format", format_, FORMATS) if format_ is not None else ending or "md"
    say = terminal.say
    printed = framework_named(instrument, book) or book.instrument(STOPLICHT) if chosen == "md" else None
    framework = printed or asked_by_form(instrument, book)
    if chosen == "md":
        made = as_markdown(framework, book, say).encode()
    elif chosen == "csv":
        made = as_csv([heads(framework, say)], say.code)
    else:
        if output is None:
            raise Refused(
                msg("a workbook cannot be printed as text"), msg("add {flags}", flags="--output midi.xlsx")
            )
        from fii_cli.pages.xlsx import as_form

        sheets = (say("Form"), say("Explanation"))
        made = as_form(heads(framework, say), choices(framework), sheets, explained(framework, book, say))
    if output is None:
        terminal.document(made.decode("utf-8-sig").rstrip("\r\n"))
        _say_see_also(framework, terminal)
        return OK
    there = save.exists(output)
    if there:
        _refuse_unless_empty(output, book, force=force)
    write(terminal, output, made, over=there)
    terminal.out(say("wrote {path}", path=output))
    _say_see_also(framework, terminal)
    if framework.id != STOPLICHT:
        say_next(terminal, shlex.join(["fii", "import", output, "--instrument", framework.id]))
    return OK


def _say_see_also(framework: Framework, terminal: Terminal) -> None:
    """Show whose wording the questionnaire has, and what else there is: for the sender, not in the form."""
    say, book = terminal.say, project_of("-").handbook
    if framework.licence:
        terminal.note(terminal.wrap(say.pick(framework.licence)))
    for each in framework.see_also:
        terminal.note(terminal.wrap(f"{say('See also')}: {referral(each, book, say)}"))


def _refuse_unless_empty(path: str, book: Handbook, *, force: bool) -> None:
    """Raise :class:`CannotOpen` unless a file is an empty questionnaire that fii wrote."""
    raw = files.bytes_of(path, files.MAX_TABLE_BYTES)
    languages = [language(code) for code in CODES]
    forms = (*book.instruments, book.instrument(STOPLICHT))
    if raw in [as_markdown(form, book, say).encode() for form in forms for say in languages]:
        empty = True
    else:
        try:
            rows = rows_of(raw, path)
        except Refused:
            rows = []
        asked = [cell for cell in rows[0] if cell] if len(rows) == 1 else []
        empty = asked in [heads(form, say) for form in forms for say in languages]
    if not empty:
        wrong = msg("this is not an empty form of fii, and is not overwritten")
        raise CannotOpen(path, wrong, msg("choose another name with --output"))
    if not force:
        raise CannotOpen(path, *EXISTS)
