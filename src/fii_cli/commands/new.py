"""``fii new``: start a trajectory."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from fii_cli import shelf, workspace
from fii_cli.cli import OK, UsageError
from fii_cli.commands.entry import ASK_COMMISSION, which_commission
from fii_cli.commands.schema import schema_text
from fii_cli.commands.shared import judge
from fii_cli.diagnostics import Severity
from fii_cli.document import read
from fii_cli.edit import word_for
from fii_cli.entry import entry_point
from fii_cli.language import CODES, N_, Language, Message, msg
from fii_cli.starting import Start, first_text
from fii_cli.terminal import NotAsked, Terminal, not_empty
from fii_cli.trajectory.dates import parse_date, suggest_date
from fii_cli.workspace import CannotOpen

SUMMARY = N_("Start a trajectory: at most eight questions, the entry-point matrix, and one file.")
EXAMPLES = (
    ("fii new", N_("asks what it needs to know")),
    ("fii new trajecten/samen-leren.yaml", N_("the same, into this file")),
    (
        'fii new --title "Samen Leren" --commission gevraagd --receiving "Stichting Aanzet"',
        N_("everything on the command line"),
    ),
    ("fii new --example samen-leren", N_("a copy of an example")),
)
NONE = ("geen", "nee", "none", "no", "-")


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the wizard: which flag answers it, how it is put, and what passes."""

    key: str
    flag: str
    text: str
    check: Callable[[str], str | Message]
    required: bool = False
    only_if_commissioned: bool = False


def _optional(answer: str) -> str | Message:
    return "" if answer.lower() in NONE else answer


def _date(answer: str) -> str | Message:
    if parse_date(answer):
        return answer
    meant = suggest_date(answer)
    if meant:
        return msg("did you mean {word}?", word=meant)
    return msg("write 2025, 2025-03 or 2025-03-12: year, month, day")


def _language(answer: str) -> str | Message:
    return answer.lower() if answer.lower() in CODES else msg("choose from: {words}", words="nl, en")


QUESTIONS = (
    Question("title", "--title", N_("What is the trajectory called?"), not_empty, required=True),
    Question(
        "commission", "--commission gevraagd|ongevraagd", ASK_COMMISSION, which_commission, required=True
    ),
    Question(
        "commissioner",
        "--commissioner",
        N_("Which organisation commissions it?"),
        _optional,
        only_if_commissioned=True,
    ),
    Question(
        "receiving",
        "--receiving NAME | --no-receiving",
        N_("Which organisation will receive the intervention? none if it is not known yet"),
        _optional,
        required=True,
    ),
    Question("giving", "--giving", N_("Which organisation gives the intervention?"), _optional),
    Question("origin", "--origin", N_("Where did the question for innovation come from?"), _optional),
    Question("date", "--date", N_("When does it start? a day, a month or a year"), _date),
    Question(
        "language", "--language nl|en", N_("In which language is the file written? nl or en"), _language
    ),
)


def run(
    context: typer.Context,
    path: Annotated[
        str | None,
        typer.Argument(metavar=N_("PATH"), help=N_("the file to write, or a folder"), show_default=False),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar=N_("TEXT"), help=N_("what it is called"))
    ] = None,
    commission: Annotated[
        str | None,
        typer.Option(
            "--commission", metavar="gevraagd|ongevraagd", help=N_("whether somebody commissions it")
        ),
    ] = None,
    commissioner: Annotated[
        str | None,
        typer.Option("--commissioner", metavar=N_("NAME"), help=N_("the organisation that commissions")),
    ] = None,
    receiving: Annotated[
        str | None,
        typer.Option(
            "--receiving", metavar=N_("NAME"), help=N_("the organisation that receives the intervention")
        ),
    ] = None,
    no_receiving: Annotated[
        bool, typer.Option("--no-receiving", help=N_("no receiving organisation is known yet"))
    ] = False,
    giving: Annotated[
        str | None, typer.Option("--giving", metavar=N_("NAME"), help=N_("the organisation that gives it"))
    ] = None,
    origin: Annotated[
        str | None, typer.Option("--origin", metavar=N_("TEXT"), help=N_("where the question came from"))
    ] = None,
    date_: Annotated[
        str | None,
        typer.Option("--date", metavar=N_("DATE"), help=N_("when it starts; today if left out")),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="nl|en", help=N_("the language of the file and its reports")),
    ] = None,
    example: Annotated[
        str | None, typer.Option("--example", metavar=N_("NAME"), help=N_("copy this example"))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("show the file, and write nothing"))] = False,
) -> int:
    terminal: Terminal = context.obj
    if example is not None:
        return _copy(terminal, example, path, dry_run)
    if receiving and no_receiving:
        raise UsageError(msg("--receiving and --no-receiving do not go together"), msg("leave one out"))
    given = {
        "title": title,
        "commission": commission,
        "commissioner": commissioner,
        "receiving": "" if no_receiving else receiving,
        "giving": giving,
        "origin": origin,
        "date": date_,
        "language": language,
    }
    answers = {key: _passes(key, value) for key, value in given.items() if value is not None}
    missing = tuple(q.flag for q in QUESTIONS if q.required and q.key not in answers)
    if missing and not terminal.interactive:
        raise NotAsked(missing)
    asked = bool(missing)
    while True:
        if asked:
            _ask(terminal, answers)
        start = _start(answers)
        say = shelf.language("en" if answers.get("language", terminal.say.code) == "en" else "nl")
        target = _target(path, start.title)
        text = _text(start, say, target)
        if not asked or dry_run:
            break
        terminal.note()
        terminal.note(text)
        terminal.note(terminal.say("The same as a command line:"))
        terminal.note(terminal.wrap(_command_line(answers, path), "  "))
        terminal.note()
        if _confirmed(terminal, target):
            break
        for question in reversed(QUESTIONS):
            if question.key not in given or given[question.key] is None:
                answers.pop(question.key, None)
                break
    return _write(terminal, target, text, say, dry_run)


def _passes(key: str, value: str) -> str:
    question = next(question for question in QUESTIONS if question.key == key)
    checked = question.check(value.strip())
    if isinstance(checked, Message):
        option = question.flag.split()[0]
        raise UsageError(
            msg("{value} is not a value of {option}", value=value or "''", option=option), checked
        )
    return checked


def _ask(terminal: Terminal, answers: dict[str, str]) -> None:
    """Put every question that no flag answered yet; terug goes one back."""
    todo = [question for question in QUESTIONS if question.key not in answers]
    if len(todo) == len(QUESTIONS):
        terminal.note(
            terminal.dim(
                terminal.say("Enter skips a question or takes what stands between [ ]; terug goes back.")
            )
        )
    at = 0
    while at < len(todo):
        question = todo[at]
        if question.only_if_commissioned and answers.get("commission") != "gevraagd":
            answers.pop(question.key, None)
            at += 1
            continue
        suggestion = answers.get(question.key) or _suggestion(question.key, terminal)
        answer = terminal.ask(terminal.say(question.text), question.check, suggestion)
        if answer is None:
            at = max(0, at - 1)
            if todo[at].only_if_commissioned and answers.get("commission") != "gevraagd":
                at = max(0, at - 1)
            continue
        answers[question.key] = answer
        at += 1


def _suggestion(key: str, terminal: Terminal) -> str:
    return {"date": date.today().isoformat(), "language": terminal.say.code}.get(key, "")


def _start(answers: dict[str, str]) -> Start:
    return Start(
        title=answers["title"],
        commission="gevraagd" if answers["commission"] == "gevraagd" else "ongevraagd",
        date=answers.get("date") or date.today().isoformat(),
        receiving=answers["receiving"] or None,
        commissioner=answers.get("commissioner") or None,
        giving=answers.get("giving") or None,
        origin=answers.get("origin") or None,
    )


def _target(path: str | None, title: str) -> str:
    name = f"{word_for(title) or 'traject'}.yaml"
    if path is None:
        return name
    if path.endswith(("/", os.sep)) or os.path.isdir(path):
        return os.path.join(path, name)
    return path if path.endswith((".yaml", ".yml")) else f"{path}.yaml"


def _text(start: Start, say: Language, target: str) -> str:
    point = entry_point(shelf.handbook(), start.commission, start.receiving is not None)
    text = first_text(
        start, point.cell, workspace.as_seen_from(target, workspace.schema_path_for(target)), say
    )
    judgement = judge(target, read(text), date.today())
    if any(d.severity is Severity.ERROR for d in judgement.diagnostics):
        first = judgement.diagnostics[0]
        raise UsageError(msg("these answers do not make a trajectory: {why}", why=first.message), first.hint)
    return text


def _command_line(answers: dict[str, str], path: str | None) -> str:
    words = ["fii", "new", *([path] if path else [])]
    for question in QUESTIONS:
        value = answers.get(question.key)
        if question.key == "receiving" and value == "":
            words.append("--no-receiving")
        elif value:
            words += [question.flag.split()[0], value]
    return shlex.join(words)


def _confirmed(terminal: Terminal, target: str) -> bool:
    """Whether to write; terug is no."""

    def check(answer: str) -> str | Message:
        return (
            answer
            if answer.lower() in ("ja", "j", "yes", "y")
            else msg("ja writes it, terug goes back, Ctrl-C stops")
        )

    asked = terminal.ask(
        terminal.say("Write this to {path}? ja or terug", path=target), check, terminal.say("yes")
    )
    return asked is not None


def _copy(terminal: Terminal, name: str, path: str | None, dry_run: bool) -> int:
    examples = shelf.examples()
    if name not in examples:
        raise UsageError(
            msg("there is no example {name}", name=name),
            msg("choose from: {words}", words=", ".join(examples)),
        )
    target = _target(path, name)
    own = workspace.as_seen_from(target, workspace.schema_path_for(target))
    text = examples[name].replace("$schema=../.fii/trajectory.schema.json", f"$schema={own}", 1)
    return _write(terminal, target, text, terminal.say, dry_run)


def _write(terminal: Terminal, target: str, text: str, language: Language, dry_run: bool) -> int:
    say = terminal.say
    if dry_run:
        terminal.out(text.rstrip("\n"))
        terminal.note(say("would write {path}", path=target))
        return OK
    schema = os.path.relpath(workspace.schema_path_for(target))
    workspace.write_new(target, text)
    terminal.out(say("wrote {path}", path=target))
    try:
        workspace.write_over(schema, schema_text(language))
    except CannotOpen as error:
        terminal.note(say("the schema for your editor could not be written: {why}", why=error.message))
    else:
        terminal.out(say("wrote {path}", path=schema))
    terminal.note(f"{terminal.bold(say('next step'))}: fii check {shlex.quote(target)}")
    return OK
