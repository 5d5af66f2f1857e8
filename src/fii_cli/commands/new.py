"""``fii new``: start a trajectory."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from fii_cli import resources
from fii_cli.commands.dates import rough_date
from fii_cli.commands.entry import named
from fii_cli.commands.prompts import QUESTIONS, Answers, Prompt, ask, command_line, confirmed, kept_as
from fii_cli.commands.schema import schema_text, write_schema
from fii_cli.diagnostics import Refused
from fii_cli.edits.new import Start, first_text
from fii_cli.exit_codes import OK
from fii_cli.handbook import load
from fii_cli.handbook.entry import EntryPoint, entry_point
from fii_cli.language import N_, Language, msg
from fii_cli.project import files, save
from fii_cli.project.context import Projects, project_of
from fii_cli.project.files import CannotOpen
from fii_cli.project.home import home_of_trajectories
from fii_cli.rules.format import trajectory_in
from fii_cli.terminal import NotAsked, Offer, Terminal, not_empty
from fii_cli.trajectory.places import separate
from fii_cli.yaml.emit import word_for
from fii_cli.yaml.read import read

SUMMARY = N_("Start a trajectory: at most eight questions, then one file with the starting point.")
EXAMPLES = (
    ("fii new", N_("with questions, one by one")),
    ("fii new trajecten/buurt-leren.yaml", N_("the same, into this file")),
    (
        'fii new --title "Buurt Leren" --commission gevraagd --receiving "Stichting Voorbeeld"',
        N_("everything on the command line"),
    ),
    ("fii new --example samen-leren", N_("a copy of an example")),
)


def run(
    context: typer.Context,
    path: Annotated[
        str | None,
        typer.Argument(metavar=N_("PATH"), help=N_("the file to write, or a folder"), show_default=False),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar=N_("TEXT"), help=N_("the title"))] = None,
    commission: Annotated[
        str | None,
        typer.Option("--commission", metavar="gevraagd|ongevraagd", help=N_("whether it is commissioned")),
    ] = None,
    commissioner: Annotated[
        str | None,
        typer.Option("--commissioner", metavar=N_("NAME"), help=N_("the commissioning organisation")),
    ] = None,
    receiving: Annotated[
        list[str] | None,
        typer.Option(
            "--receiving",
            metavar=N_("NAME"),
            help=N_("the organisation that receives the intervention; several with commas"),
        ),
    ] = None,
    no_receiving: Annotated[
        bool, typer.Option("--no-receiving", help=N_("no receiving organisation is known yet"))
    ] = False,
    giving: Annotated[
        str | None,
        typer.Option("--giving", metavar=N_("NAME"), help=N_("the organisation that gives the intervention")),
    ] = None,
    origin: Annotated[
        str | None,
        typer.Option("--origin", metavar=N_("TEXT"), help=N_("where the innovation question came from")),
    ] = None,
    date_: Annotated[
        str | None,
        typer.Option(
            "--date", metavar=N_("DATE"), callback=rough_date, help=N_("when it starts (default: today)")
        ),
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
        if any((title, commission, commissioner, receiving, no_receiving, giving, origin, date_, language)):
            raise Refused(msg("an example already contains the answers"), msg("omit the other options"))
        return _copy(terminal, example, path, dry_run)
    if receiving and no_receiving:
        raise Refused(msg("--receiving and --no-receiving cannot be used together"), msg("omit one of them"))
    given = {
        "title": title,
        "commission": commission,
        "commissioner": commissioner,
        "receiving": "" if no_receiving else ", ".join(receiving) if receiving else None,
        "giving": giving,
        "origin": origin,
        "date": date_,
        "language": language,
    }
    projects = Projects()
    answers = {key: _checked(key, value) for key, value in given.items() if value is not None}
    todo = tuple(question for question in QUESTIONS if question.key not in answers)
    missing = tuple(question.flag for question in todo if question.required)
    if missing and not terminal.interactive:
        raise NotAsked(missing)
    if not missing:
        return _write(terminal, _draft(projects, answers, path, terminal), dry_run)
    chosen = [path]
    with kept_as(terminal, lambda: command_line(answers, chosen[0])):
        _wizard(terminal, projects, answers, todo, chosen, dry_run)
        draft = _draft(projects, answers, chosen[0], terminal)
        _write_text(draft, dry_run)
    return _say_written(terminal, draft, dry_run)


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to write."""

    target: str
    text: str
    language: Language
    point: EntryPoint | None = None


def _wizard(
    terminal: Terminal,
    projects: Projects,
    answers: Answers,
    todo: tuple[Prompt, ...],
    chosen: list[str | None],
    dry_run: bool,
) -> None:
    """Ask the questions, show a preview, and ask for confirmation; ``chosen`` is the path."""
    say = terminal.say
    terminal.note(
        terminal.dim(
            say("Enter skips a question or accepts the value in [ ]; back returns to the previous question.")
        )
    )
    suggestions = {"date": projects.today.isoformat(), "language": say.code}
    ask(terminal, answers, todo, suggestions)
    while not dry_run:
        draft = _draft(projects, answers, chosen[0], terminal)
        if save.exists(draft.target):
            terminal.note(say("{path} already exists and is not overwritten.", path=draft.target))
            chosen[0] = terminal.ask(say("Which file should be written?"), not_empty) or chosen[0]
            continue
        terminal.note("", *draft.text.split("\n"))
        terminal.note(say("The same as a command line:"))
        terminal.note(f"  {command_line(answers, chosen[0])}", "")
        if confirmed(terminal, draft.target):
            break
        ask(terminal, answers, todo, suggestions, len(todo) - 1)


def _checked(key: str, value: str) -> str:
    question = next(question for question in QUESTIONS if question.key == key)
    checked = question.check(value.strip())
    if isinstance(checked, str):
        return checked
    wrong = msg("invalid value {value} for {option}", value=value or "''", option=question.flag.split()[0])
    raise Refused(wrong, checked.message if isinstance(checked, Offer) else checked)


def _start(answers: Answers, today: date) -> Start:
    return Start(
        title=answers["title"],
        commission="gevraagd" if answers["commission"] == "gevraagd" else "ongevraagd",
        date=answers.get("date") or today.isoformat(),
        receiving=tuple(separate(answers["receiving"])),
        commissioner=answers.get("commissioner") or None,
        giving=answers.get("giving") or None,
        origin=answers.get("origin") or None,
    )


def _target(path: str | None, title: str, say: Language) -> str:
    """The file to write: by default named after the title, where ``fii init`` put the trajectories."""
    name = f"{word_for(title) or 'traject'}.yaml"
    if path is None:
        return os.path.join(home_of_trajectories(say.code), name)
    if path.endswith(("/", os.sep)) or os.path.isdir(path):
        return os.path.join(path, name)
    return path if path.endswith((".yaml", ".yml")) else f"{path}.yaml"


def _draft(projects: Projects, answers: Answers, path: str | None, terminal: Terminal) -> Draft:
    start = _start(answers, projects.today)
    language = resources.language("en" if answers.get("language", terminal.say.code) == "en" else "nl")
    target = _target(path, start.title, terminal.say)
    point = entry_point(load.handbook(), start.commission, bool(start.receiving))
    project = projects.at(target)
    schema = files.as_seen_from(target, project.schema_path)
    text = first_text(start, point.cell, schema, language)
    judgement = project.judge(target, read(text), project.today)
    if judgement.errors:
        first = judgement.errors[0]
        raise Refused(
            msg("these answers do not form a valid trajectory: {why}", why=first.message), first.hint
        )
    return Draft(target, text, language, point)


def _copy(terminal: Terminal, name: str, path: str | None, dry_run: bool) -> int:
    examples = resources.examples()
    if name not in examples:
        raise Refused(
            msg("unknown example {name}", name=name),
            msg("choose from: {words}", words=", ".join(examples)),
        )
    target = _target(path, name, terminal.say)
    own = files.as_seen_from(target, project_of(target).schema_path)

    def copied(example: str) -> str:
        return examples[example].replace("$schema=../.fii/trajectory.schema.json", f"$schema={own}", 1)

    for member in _rolled_out(examples[name]):
        beside = os.path.join(os.path.dirname(target), member)
        if not os.path.lexists(beside) and not dry_run:
            save.write_new(beside, copied(member.removesuffix(".yaml")))
            terminal.out(terminal.say("wrote {path}", path=beside))
    return _write(terminal, Draft(target, copied(name), terminal.say), dry_run)


def _rolled_out(text: str) -> list[str]:
    """The files of the trajectories that an example rolls out, which are examples too."""
    trajectory = trajectory_in(read(text))[0]
    return [each.path for each in trajectory.rollout] if trajectory else []


def _write(terminal: Terminal, draft: Draft, dry_run: bool) -> int:
    _write_text(draft, dry_run)
    return _say_written(terminal, draft, dry_run)


def _schema_of(draft: Draft) -> str:
    return os.path.relpath(project_of(draft.target).schema_path)


def _write_text(draft: Draft, dry_run: bool) -> None:
    if not dry_run:
        save.stay_inside(_schema_of(draft))
        save.write_new(draft.target, draft.text)


def _say_written(terminal: Terminal, draft: Draft, dry_run: bool) -> int:
    """Show what was written, and the next step; the schema for editors is written too."""
    say, target, schema = terminal.say, draft.target, _schema_of(draft)
    if dry_run:
        terminal.document(draft.text.rstrip("\n"))
        terminal.note(say("would write {path}", path=target))
        return OK
    terminal.out(say("wrote {path}", path=target))
    try:
        write_schema(schema, schema_text(project_of(draft.target).handbook, draft.language))
    except CannotOpen as error:
        terminal.note(say("cannot write the schema for your editor: {why}", why=error.message))
    else:
        terminal.out(say("wrote {path}", path=schema))
    if draft.point:
        _say_start(terminal, draft.point)
    terminal.note(f"{terminal.bold(say('next step'))}: fii check {shlex.quote(target)}")
    return OK


def _say_start(terminal: Terminal, point: EntryPoint) -> None:
    """Show the starting point that the entry-point matrix gives."""
    say = terminal.say
    where = (
        say("start at {phase}", phase=named(point.start, say))
        if point.start
        else say("see {command}", command="fii entry")
    )
    terminal.note(terminal.wrap(f"{say.pick(point.cell.name)}: {where}."))
    if point.skipped:
        skipped = ", ".join(named(phase, say) for phase in point.skipped)
        terminal.note(
            terminal.wrap(
                say(
                    "Skipped from this starting point: {phases}. The questions can still be answered.",
                    phases=skipped,
                )
            )
        )
