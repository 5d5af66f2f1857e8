"""``fii add``: add one fact to a trajectory."""

from __future__ import annotations

import os
import shlex
from datetime import date
from functools import partial
from typing import Annotated

import typer

from fii_cli.commands.change import Change, agreed, make
from fii_cli.commands.dates import Read, read_date, settled
from fii_cli.commands.options import (
    DryRun,
    FileFirst,
    a_file,
)
from fii_cli.commands.prompts import kept_as, optional
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.which_file import meant_file, names_a_file
from fii_cli.diagnostics import Refused
from fii_cli.edits.add import add
from fii_cli.edits.kinds import (
    KINDS,
    Key,
    Kind,
    choices,
    kind_of,
    known_keys,
    offered,
    takes_date,
    takes_period,
    typed,
    wrong_with,
)
from fii_cli.edits.typed import Known
from fii_cli.exit_codes import FOUND
from fii_cli.language import N_, Language, Message, msg
from fii_cli.project.context import project_of
from fii_cli.rules import BY_CODE
from fii_cli.suggest import did_you_mean, known_as, one_of
from fii_cli.terminal import NotAsked, Terminal, columns
from fii_cli.terminal.screen import BREAK

SUMMARY = N_("Add one fact to a trajectory: a contact, a task, a step of a cycle.")
EXAMPLES = (
    ("fii add buurt-leren.yaml", N_("choose what to add")),
    ("fii add buurt-leren.yaml contact person=wethouder present=ja", N_("everything on the command line")),
    ("fii add buurt-leren.yaml log text='overeenkomst getekend'", N_("today, if no date is given")),
    ("fii add buurt-leren.yaml step cycle=app step=check text='gaat sneller'", N_("a step of a cycle")),
)
Given = dict[str, str]


def run(
    context: typer.Context,
    file: FileFirst = None,
    kind: Annotated[
        str | None,
        typer.Argument(metavar=N_("KIND"), help=", ".join(kind.name for kind in KINDS), show_default=False),
    ] = None,
    facts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("KEY=VALUE"), help=N_("the facts; separate list items with commas"), show_default=False
        ),
    ] = None,
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    aliases = _aliases(terminal)
    file, kind, facts = _arguments(file, kind, facts or [], aliases)
    project = project_of(a_file(file))
    today = project.today
    known = read_trajectory(project, file, today, terminal)
    if known is None:
        return FOUND
    trajectory = known.trajectory
    chosen = kind_of(kind, aliases) if kind else _ask_kind(terminal, aliases)
    words = Known(trajectory, project.handbook)
    facts_given = _given(facts)
    by_name = known_keys(chosen, facts_given, today)
    given = {
        name: _meant(terminal, by_name[name], chosen, text, words, today)
        for name, text in facts_given.items()
    }
    keys = by_name.values()
    missing = [key for key in keys if key.required and not given.get(key.name)]
    command = shlex.join(["fii", "add", file, chosen.name])
    guided = bool(missing) or not facts

    def change() -> Change:
        return Change(
            project=project,
            file=file,
            day=today,
            edit=lambda document, now: add(document, now, chosen, given, today),
            command=_command(command, given),
            commit=lambda _, say: _summary(chosen, given, say),
            known=known,
            next_step=f"fii status {shlex.quote(file)}",
        )

    if guided:
        if not terminal.interactive:
            raise NotAsked(tuple(f"{key.name}=…" for key in missing or keys))
        rarely = ("id", *chosen.unasked)
        wanted = missing if facts else [key for key in keys if key.name not in rarely]
        with kept_as(terminal, lambda: _command(command, given)):
            at = 0
            while True:
                _ask(terminal, chosen, wanted, given, words, today, at)
                if agreed(terminal, change(), dry_run=dry_run):
                    break
                at = len(wanted) - 1
    return make(terminal, change(), dry_run=dry_run, previewed=guided and not dry_run)


def _given(facts: list[str]) -> Given:
    given: Given = {}
    for fact in facts:
        name, equals, value = fact.partition("=")
        if not equals or not name:
            raise Refused(
                msg("{word} is not a key=value pair", word=fact),
                msg("write key=value, such as text='besproken'"),
            )
        if name in given:
            raise Refused(msg("duplicate {key}", key=name), msg("omit one of them"))
        given[name] = value
    return given


def _arguments(
    first: str | None, second: str | None, facts: list[str], aliases: dict[str, str]
) -> tuple[str, str | None, list[str]]:
    """The trajectory, the kind and the facts of a command line on which FILE may be left out."""
    kinds = (*(kind.name for kind in KINDS), *aliases)
    is_file = first is not None and (names_a_file(first) or os.path.isfile(first))
    is_kind = first is not None and (known_as(first, kinds) or "=" in (second or ""))
    if is_kind and not is_file:
        return meant_file(None), first, [*([second] if second else []), *facts]
    return meant_file(first), second, facts


def _meant(terminal: Terminal, key: Key, kind: Kind, text: str, known: Known, today: date) -> str:
    """The value of a key for what was typed; a rough or clear date is offered back."""
    value = typed(key, kind, text, known)
    if value and takes_date(key):
        wrong = msg("invalid date {written}", written=text)
        return settled(terminal, value, partial(read_date, today=today, period=takes_period(key)), wrong)
    return value


def _ask_kind(terminal: Terminal, aliases: dict[str, str]) -> Kind:
    if not terminal.interactive:
        raise NotAsked((terminal.say("KIND"),))
    names = [kind.name for kind in KINDS]

    def explain() -> str:
        return columns([(kind.name, terminal.say(kind.summary)) for kind in KINDS], terminal)

    def check(answer: str) -> str | Message:
        word = known_as(answer, (*names, *aliases))
        return word or did_you_mean(answer, names, one_of(names))

    terminal.note(explain())
    answer = None
    while answer is None:
        answer = terminal.ask(terminal.say("What do you want to add?"), check, help_=explain)
    return kind_of(answer, aliases)


def _aliases(terminal: Terminal) -> dict[str, str]:
    """The kinds by their translated names."""
    return {terminal.say(kind.name): kind.name for kind in KINDS}


def _ask(
    terminal: Terminal, kind: Kind, keys: list[Key], given: Given, known: Known, today: date, at: int
) -> None:
    """Ask the questions from ``at`` on; Enter skips an optional one, terug returns to the previous one."""
    while at < len(keys):
        key = keys[at]

        def check(answer: str, key: Key = key) -> Read:
            answer = typed(key, kind, answer, known)
            if not key.required and not choices(key, kind, known.trajectory):
                answer = optional(answer)
            if not answer:
                return msg("an answer is required") if key.required else ""
            if takes_date(key):
                return read_date(answer, today, period=takes_period(key))
            wrong = wrong_with(key, answer, kind, known.trajectory)
            return answer if wrong is None else wrong

        text = terminal.wrap(f"{key.name}: {terminal.say(key.description)}")
        if words := offered(key, kind, known.trajectory, today):
            text += BREAK + terminal.wrap(", ".join(words), "  ")
        answer = terminal.ask(text, check, given.get(key.name) or key.suggestion)
        if answer is None:
            at = max(0, at - 1)
            continue
        if answer:
            given[key.name] = answer
        else:
            given.pop(key.name, None)
        at += 1


def _command(command: str, given: Given) -> str:
    return " ".join([command, *(shlex.quote(f"{name}={value}") for name, value in given.items())])


def _summary(kind: Kind, given: Given, say: Language) -> str:
    """What was added, for a commit message: only fii's own words, never text from the file."""
    known = [word for word in (given.get("step"), given.get("rule")) if word in (*kind.steps, *BY_CODE)]
    return " ".join((say(kind.name), *filter(None, known)))
