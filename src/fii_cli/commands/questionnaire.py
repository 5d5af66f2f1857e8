"""``fii questionnaire``: the questionnaire of an instrument."""

from __future__ import annotations

import shlex
from typing import Annotated, Literal, get_args

import typer

from fii_cli.commands.forms import about_what, is_empty_form
from fii_cli.commands.options import (
    asked_by_form,
    closed_value,
    framework_named,
)
from fii_cli.commands.say import say_next
from fii_cli.commands.targets import EXISTS, form_of_ending, write
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import OK
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import referral
from fii_cli.handbook.models import Framework
from fii_cli.handbook.questions import as_asked
from fii_cli.language import CODES, N_, msg
from fii_cli.pages.csv import as_csv
from fii_cli.project import files, save
from fii_cli.project.context import Project, project_of
from fii_cli.project.files import CannotOpen
from fii_cli.resources import language
from fii_cli.survey.form import Form, form_of
from fii_cli.survey.questionnaire import as_markdown, choices, explained, heads
from fii_cli.survey.tables import rows_of
from fii_cli.terminal import Terminal
from fii_cli.words import PERSPECTIVES, STOPLICHT

SUMMARY = N_("Generate the questionnaire of an instrument; fii import counts the answers.")
Format = Literal["html", "docx", "md", "csv", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
_ONE_SIDE = ("html", "docx")
"""The forms for one person, of one side, about one innovation; the others are for a form program."""
EXAMPLES = (
    (
        "fii questionnaire midi --for buurt-leren.yaml --perspective receiving --output midi.html",
        N_("a page for one side, to fill in and save, or to print"),
    ),
    (
        "fii questionnaire quickscan --name 'Thuis Leren' --perspective giving --output quickscan.docx",
        N_("the same in Word, on paper"),
    ),
    ("fii questionnaire midi --output midi.xlsx", N_("a table in Excel with a row for each person")),
    ("fii questionnaire quickscan --format md", N_("a text to copy into a form program")),
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
    for_: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar=N_("FILE"),
            help=N_("html and docx: the trajectory that is asked about (default: the only one here)"),
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar=N_("NAME"),
            help=N_("html and docx: the innovation, as named in each question (default: the title)"),
        ),
    ] = None,
    perspective: Annotated[
        str | None,
        typer.Option(
            "--perspective",
            metavar="|".join(PERSPECTIVES),
            help=N_("html and docx: the side that fills in this form"),
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
    output = None if output == "-" else output
    if format_ is not None:
        chosen = closed_value("--format", format_, FORMATS)
    else:
        chosen = form_of_ending(output, {each: each for each in FORMATS}) or "md"
    side = closed_value("--perspective", perspective, PERSPECTIVES) if perspective is not None else None
    given = (("--for", for_), ("--name", name), ("--perspective", perspective))
    if chosen not in _ONE_SIDE and (unused := next((flag for flag, value in given if value), None)):
        wrong = msg("{option} is for a form of one side, which is html or docx", option=unused)
        raise Refused(wrong, msg("omit {flags}, or add {more}", flags=unused, more="--format html"))
    about = about_what(for_, name) if chosen in _ONE_SIDE else None
    project = about.project if about and about.project else project_of("-")
    book = project.handbook
    on_paper = chosen in ("md", "docx")
    printed = framework_named(instrument, book) or book.instrument(STOPLICHT) if on_paper else None
    framework = as_asked(printed or asked_by_form(instrument, book))
    form = None
    if about:
        if side is None and framework.id != STOPLICHT:
            wrong = msg("no side given: one form is for one side, so that answers are never mixed")
            raise Refused(wrong, msg("add {flags}", flags=f"--perspective {', '.join(PERSPECTIVES)}"))
        form = form_of(framework, book, terminal.say, side, about.name, about.trajectory)
    made = _made(chosen, framework, book, terminal, output, form, project)
    if output is None:
        terminal.document(made.decode("utf-8-sig").rstrip("\r\n"))
        _say_see_also(framework, book, terminal)
        return OK
    there = save.exists(output)
    if there:
        _refuse_unless_empty(output, book, force=force)
    write(terminal, output, made, over=there)
    terminal.out(terminal.say("wrote {path}", path=output))
    _say_see_also(framework, book, terminal)
    _say_what_next(terminal, chosen, framework, output, for_)
    return OK


def _made(
    chosen: Format,
    framework: Framework,
    book: Handbook,
    terminal: Terminal,
    output: str | None,
    form: Form | None,
    project: Project,
) -> bytes:
    say = terminal.say
    if output is None and chosen in ("xlsx", "docx"):
        wrong = {
            "xlsx": msg("a workbook cannot be printed as text"),
            "docx": msg("a Word document cannot be printed as text"),
        }
        raise Refused(wrong[chosen], msg("add {flags}", flags=f"--output {framework.id}.{chosen}"))
    if form and chosen == "html":
        from fii_cli.pages.questionnaire import form_page

        return form_page(form, say, project.house).encode()
    if form:
        from fii_cli.pages.word_form import form_document

        return form_document(form, say)
    if chosen == "md":
        return as_markdown(framework, book, say).encode()
    if chosen == "csv":
        return as_csv([heads(framework, say)], say.code)
    from fii_cli.pages.xlsx import as_form

    sheets = (say("Form"), say("Explanation"))
    return as_form(heads(framework, say), choices(framework), sheets, explained(framework, book, say))


def _say_see_also(framework: Framework, book: Handbook, terminal: Terminal) -> None:
    """Show whose wording the questionnaire has, and what else there is: for the sender, not in the form."""
    say = terminal.say
    if framework.licence:
        terminal.note(terminal.wrap(say.pick(framework.licence)))
    for each in framework.see_also:
        terminal.note(terminal.wrap(f"{say('See also')}: {referral(each, book, say)}"))


def _say_what_next(
    terminal: Terminal, chosen: Format, framework: Framework, output: str, file: str | None
) -> None:
    """Show how the answers come back."""
    if framework.id == STOPLICHT:
        return
    if chosen == "docx":
        terminal.note(
            terminal.wrap(
                terminal.say("fii does not read answers in Word: put them in a table (--format csv or xlsx)")
            )
        )
    elif chosen == "html":
        named = [file] if file else []
        say_next(terminal, f"{shlex.join(['fii', 'import', *named])} {terminal.say('FOLDER-WITH-ANSWERS')}")
    elif chosen == "md":
        text = msg("fii reads answers in a table: export them from the form program as csv or xlsx")
        terminal.note(terminal.wrap(terminal.say(text)))
    else:
        say_next(terminal, shlex.join(["fii", "import", output, "--instrument", framework.id]))


def _refuse_unless_empty(path: str, book: Handbook, *, force: bool) -> None:
    """Raise :class:`CannotOpen` unless a file is an empty questionnaire that fii wrote."""
    raw = files.bytes_of(path, files.MAX_TABLE_BYTES)
    languages = [language(code) for code in CODES]
    forms = (*book.instruments, book.instrument(STOPLICHT))
    texts = [as_markdown(form, book, say).encode() for form in forms for say in languages]
    empty = raw in texts or is_empty_form(raw)
    if not empty:
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
