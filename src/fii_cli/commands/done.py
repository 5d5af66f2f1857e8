"""``fii done``: close an action, and record whether it helped."""

from __future__ import annotations

import shlex
from datetime import date
from functools import partial
from typing import Annotated, get_args

import typer

from fii_cli.analysis.barriers import barriers_of
from fii_cli.commands.change import Change, agreed, make
from fii_cli.commands.dates import date_or_today, rough_date
from fii_cli.commands.options import (
    DryRun,
    FileFirst,
    a_file,
    closed_value,
    id_named,
    required,
)
from fii_cli.commands.prompts import kept_as, optional
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.which_file import file_first, meant_file
from fii_cli.diagnostics import Refused
from fii_cli.edits.write import put
from fii_cli.exit_codes import FOUND
from fii_cli.language import N_, Language, Message, msg
from fii_cli.project.context import Project, project_of
from fii_cli.suggest import one_of, one_of_values
from fii_cli.terminal import NotAsked, Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Action
from fii_cli.words import Answer, label, meant
from fii_cli.yaml.document import Document
from fii_cli.yaml.emit import Value

NEEDED = ("action",)
SUMMARY = N_("Close an action and record whether it helped, so that the barrier can be rated again.")
EXAMPLES = (
    ("fii done buurt-leren.yaml registratie --helped ja", N_("done, and it helped")),
    (
        "fii done buurt-leren.yaml registratie --helped deels --note 'scheelt tijd'",
        N_("with a note on what changed"),
    ),
)
ANSWERS: tuple[Answer, ...] = get_args(Answer)


def run(
    context: typer.Context,
    file: FileFirst = None,
    action: Annotated[
        str | None, typer.Argument(metavar=N_("ACTION"), help=N_("the id of the action"), show_default=False)
    ] = None,
    helped: Annotated[
        str | None, typer.Option("--helped", metavar="|".join(ANSWERS), help=N_("did it help?"))
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("what changed"))] = None,
    date_: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar=N_("DATE"),
            callback=rough_date,
            help=N_("when it was reviewed (default: today)"),
        ),
    ] = None,
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    named, action = file_first((file, action), 1)
    file = meant_file(named)
    project = project_of(a_file(file))
    when = date_or_today(date_, project.today)
    today = when.nearest(project.today)
    known = read_trajectory(project, file, today, terminal)
    if known is None:
        return FOUND
    action = _open_action(known.trajectory, required(context, action, N_("ACTION"))).id
    answer = closed_value("--helped", helped, ANSWERS) if helped is not None else None
    result: dict[str, Value] = {"date": when.text, "helped": answer or "", "note": note or ""}
    asked = answer is None

    def change() -> Change:
        return Change(
            project=project,
            file=file,
            day=today,
            edit=partial(_with_action_closed, action, result),
            command=_command(file, action, result),
            commit=lambda _, say: _summary(result, say),
            known=known,
            more=lambda _, new: _say_what_to_rate(terminal, project, new, file, action, today),
        )

    if asked:
        if not terminal.interactive:
            raise NotAsked((f"--helped {'|'.join(ANSWERS)}",))
        with kept_as(terminal, lambda: _command(file, action, result)):
            _ask(terminal, result)
            if not agreed(terminal, change(), dry_run=dry_run):
                raise Refused(msg("nothing was written"))
    return make(terminal, change(), dry_run=dry_run, previewed=asked)


def _open_action(trajectory: Trajectory, word: str) -> Action:
    """An open action. Raises :class:`Refused` if it is unknown or already closed."""
    ids = [action.id for action in trajectory.actions]
    id_ = id_named(word, ids, msg("unknown action {id}", id=word), one_of(ids))
    action = trajectory.actions[ids.index(id_)]
    if action.status == "klaar" and action.result:
        raise Refused(
            msg("the action {id} was closed on {date}", id=id_, date=action.result.date.text),
            msg("change it with fii set"),
        )
    return action


def _ask(terminal: Terminal, result: dict[str, Value]) -> None:
    """Ask whether it helped, and what changed."""

    def check(answer: str) -> str | Message:
        return meant(answer, ANSWERS) or one_of_values(ANSWERS)

    while not result["helped"]:
        text = terminal.say("Did it help? {words}", words=", ".join(map(terminal.word, ANSWERS)))
        result["helped"] = terminal.ask(text, check) or ""
    text = terminal.say("What changed? Press Enter to skip")
    result["note"] = terminal.ask(text, optional, str(result["note"])) or ""


def _summary(result: dict[str, Value], say: Language) -> str:
    """The closed action and whether it helped, for a commit message."""
    helped = say("helped: {answer}", answer=say(label(str(result["helped"]))))
    return f"{say('action')} {say(label('klaar'))} ({helped})"


def _with_action_closed(
    id_: str, result: dict[str, Value], document: Document, trajectory: Trajectory
) -> Document:
    """The document in which the action is closed."""
    route = ("actions", trajectory.actions.index(_open_action(trajectory, id_)))
    document = put(document, (*route, "status"), "klaar")
    return put(document, (*route, "result"), {key: each for key, each in result.items() if each})


def _say_what_to_rate(
    terminal: Terminal, project: Project, trajectory: Trajectory, file: str, id_: str, today: date
) -> None:
    """Show how to rate the barriers again that the action addressed."""
    barriers = barriers_of(trajectory, project.handbook, today, project.settings.thresholds)
    still = [barrier for barrier in barriers if id_ in (action.id for action in barrier.done)]
    for barrier in {barrier.place: barrier for barrier in still}.values():
        instrument = "" if barrier.instrument == "stoplicht" else f" --instrument {barrier.instrument}"
        step = f"fii assess {shlex.quote(file)}{instrument} --item {barrier.item}"
        terminal.note(f"{terminal.bold(terminal.say('rate it again'))}: {step}")


def _command(file: str, action: str, result: dict[str, Value]) -> str:
    words = ["fii", "done", file, action]
    for option, key in (("--helped", "helped"), ("--note", "note"), ("--date", "date")):
        words += [option, str(result[key])] if result[key] else []
    return shlex.join(words)
