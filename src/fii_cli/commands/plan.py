"""``fii plan``: turn strategies into actions."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated

import typer

from fii_cli.analysis.advice import barrier_named
from fii_cli.analysis.barriers import barriers_of
from fii_cli.analysis.reasons import reasons_for
from fii_cli.analysis.succession import people_there
from fii_cli.commands.change import Change, make
from fii_cli.commands.dates import rough_date
from fii_cli.commands.options import (
    DryRun,
    FileFirst,
    a_file,
    id_named,
    required,
)
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.which_file import meant_file, names_a_file
from fii_cli.diagnostics import Refused
from fii_cli.edits.add import add
from fii_cli.edits.kinds import KINDS
from fii_cli.exit_codes import FOUND
from fii_cli.handbook import Handbook, load
from fii_cli.handbook.lookup import refused_as_retired
from fii_cli.language import N_, msg
from fii_cli.project.context import project_of
from fii_cli.resources import language
from fii_cli.suggest import known_as, one_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import Document

NEEDED = ("strategies",)
SUMMARY = N_("Plan strategies: each becomes an action with the barriers it addresses, an owner and a date.")
EXAMPLES = (
    (
        "fii plan buurt-leren.yaml champions --owner projectleider --due 2025-06-01",
        N_("one strategy, for the barriers it addresses now"),
    ),
    (
        "fii plan buurt-leren.yaml champions --answers cfir/V.B.3",
        N_("for this barrier only"),
    ),
)
_ACTION = next(kind for kind in KINDS if kind.name == "action")


def run(
    context: typer.Context,
    file: FileFirst = None,
    strategies: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("STRATEGY"), help=N_("the id of a strategy"), show_default=False),
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar=N_("ID"), help=N_("the person responsible"))
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar=N_("DATE"), callback=rough_date, help=N_("when it is due"))
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option("--answers", metavar="cfir/III.D.2", help=N_("the barrier it addresses; repeatable")),
    ] = None,
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    named, strategies = _file_and_strategies(file, strategies or [])
    required(context, next(iter(strategies), None), N_("STRATEGY"))
    file = meant_file(named)
    project = project_of(a_file(file))
    today = project.today
    known = read_trajectory(project, file, today, terminal)
    if known is None:
        return FOUND
    book, trajectory = project.handbook, known.trajectory
    people = [person.id for person in trajectory.people]
    there = [person.id for person in people_there(trajectory, today)]
    if owner is not None:
        owner = id_named(owner, people, msg("unknown person {id}", id=owner), one_of(there))
    strategies = [_plannable(strategy, file, book, trajectory) for strategy in strategies]
    places = [barrier_named(place, book, trajectory) for place in answers or ()]
    hindering = [
        barrier.place for barrier in barriers_of(trajectory, book, today, project.settings.thresholds)
    ]
    planned = {strategy: places or _barriers_addressed(strategy, hindering, book) for strategy in strategies}
    change = Change(
        project=project,
        file=file,
        day=today,
        edit=partial(_with_actions, planned, owner or "", due or "", book, today),
        command=_command(file, strategies, owner, due, answers or ()),
        commit=lambda *_: ", ".join(planned),
        known=known,
        next_step=f"fii status {shlex.quote(file)}",
        more=lambda *_: _say_missing(terminal, planned, owner, due),
    )
    return make(terminal, change, dry_run=dry_run)


def _file_and_strategies(first: str | None, others: list[str]) -> tuple[str | None, list[str]]:
    """FILE and the strategies, if FILE may be left out."""
    strategy = first and known_as(first, load.handbook().strategy_phases)
    if first and (strategy or not others) and not names_a_file(first):
        return None, [first, *others]
    return first, others


def _plannable(word: str, file: str, book: Handbook, trajectory: Trajectory) -> str:
    """The id of a strategy. Raises :class:`Refused` if it is unknown or already in progress."""
    if word in book.retired.strategies:
        raise refused_as_retired(word, book.retired.current_strategy(word))
    wrong = msg("unknown strategy {id}", id=word)
    strategy = id_named(word, list(book.strategy_phases), wrong, msg("fii strategies --list shows them all"))
    running = next((a for a in trajectory.actions if a.strategy == strategy and a.runs), None)
    if running:
        close = shlex.join(["fii", "done", file, running.id])
        raise Refused(
            msg("{strategy} is already in progress, as action {id}", strategy=strategy, id=running.id),
            msg("change it with fii set, or close it with {command}", command=close),
        )
    return strategy


def _barriers_addressed(strategy: str, hindering: Sequence[str], book: Handbook) -> list[str]:
    """The current barriers that a strategy addresses."""
    found = []
    for place in dict.fromkeys(hindering):
        counting = [reason for reason in reasons_for(book, place) if reason.counts]
        if any(reason.link.strategy == strategy for reason in counting):
            found.append(place)
    return found


def _with_actions(
    planned: dict[str, list[str]],
    owner: str,
    due: str,
    book: Handbook,
    today: date,
    document: Document,
    trajectory: Trajectory,
) -> Document:
    """The document with an action added for each strategy."""
    taken = {action.id for action in trajectory.actions}
    say = language(trajectory.language)
    for strategy, places in planned.items():
        number, id_ = 2, strategy
        while id_ in taken:
            id_, number = f"{strategy}-{number}", number + 1
        taken.add(id_)
        given = {
            "id": id_,
            "what": say.pick(book.catalogue.strategies[strategy].name),
            "strategy": strategy,
            "answers": ", ".join(places),
            "owner": owner,
            "since": today.isoformat(),
            "due": due,
        }
        document = add(document, trajectory, _ACTION, {k: v for k, v in given.items() if v}, today)
    return document


def _say_missing(
    terminal: Terminal, planned: dict[str, list[str]], owner: str | None, due: str | None
) -> None:
    say = terminal.say
    for strategy, places in planned.items():
        if not places:
            words = say(
                "{strategy} is not linked to a current barrier; --answers states which one it addresses",
                strategy=strategy,
            )
            terminal.note(terminal.wrap(words))
    if not owner or not due:
        missing = [name for name, given in (("owner", owner), ("due", due)) if not given]
        flags = " ".join(f"--{name}" for name in missing)
        terminal.note(terminal.wrap(say("agree on an owner and a date: {flags}, or fii set", flags=flags)))


def _command(
    file: str, strategies: Sequence[str], owner: str | None, due: str | None, answers: Sequence[str]
) -> str:
    words = ["fii", "plan", file, *strategies]
    for option, value in (("--owner", owner), ("--due", due), *(("--answers", each) for each in answers)):
        words += [option, value] if value else []
    return shlex.join(words)
