"""``fii advance``: record a decision about a phase, and enter the next."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated, get_args

import typer

from fii_cli.analysis.standing import Standing, standing_of
from fii_cli.commands.change import Change, agreed, make
from fii_cli.commands.dates import date_or_today, rough_date
from fii_cli.commands.entry import named
from fii_cli.commands.options import (
    DryRun,
    File,
    a_file,
    closed_value,
)
from fii_cli.commands.prompts import kept_as, optional
from fii_cli.commands.readable import read_trajectory
from fii_cli.diagnostics import Refused
from fii_cli.edits.advance import Move, move, next_phase, not_ready, open_risks, paused_visit, record_move
from fii_cli.exit_codes import FOUND
from fii_cli.handbook.lookup import phase_for
from fii_cli.language import N_, Language, Message, msg
from fii_cli.project.context import Project, project_of
from fii_cli.suggest import did_you_mean_value, one_of_values
from fii_cli.terminal import NotAsked, Terminal, not_empty
from fii_cli.trajectory import Trajectory
from fii_cli.words import ENDING, Phase, Verdict, Via, label, meant
from fii_cli.yaml.document import Document

SUMMARY = N_("Record a decision about the open phase, and enter the next phase: forward, back or elsewhere.")
EXAMPLES = (
    ("fii advance buurt-leren.yaml", N_("see what is not ready, and decide by questions")),
    ("fii advance buurt-leren.yaml --decision door --by stuurgroep", N_("continue to the next phase")),
    (
        "fii advance buurt-leren.yaml --to verkennen --reason 'ontvanger nog niet aan zet'",
        N_("back to an earlier phase"),
    ),
    ("fii advance buurt-leren.yaml --decision pauze --reason verkiezingen", N_("pause it")),
)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The answers known so far."""

    date: str
    decision: Verdict | None = None
    to: Phase | None = None
    by: str = ""
    reason: str = ""


def run(
    context: typer.Context,
    file: File = "",
    to: Annotated[
        str | None,
        typer.Option("--to", metavar=N_("PHASE"), help=N_("the phase to enter (default: the next phase)")),
    ] = None,
    decision: Annotated[
        str | None,
        typer.Option(
            "--decision", metavar="|".join(VERDICTS), help=N_("what was decided about the open phase")
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar=N_("WHO"), help=N_("who decided"))] = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("why"))] = None,
    date_: Annotated[
        str | None,
        typer.Option(
            "--date", metavar=N_("DATE"), callback=rough_date, help=N_("when it was decided (default: today)")
        ),
    ] = None,
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    project = project_of(a_file(file))
    when = date_or_today(date_, project.today)
    today = when.nearest(project.today)
    known = read_trajectory(project, file, today, terminal)
    if known is None:
        return FOUND
    standing = standing_of(known.trajectory, project.handbook, today)
    given = _Answers(
        date=when.text,
        decision=_verdict(decision),
        to=phase_for(to) if to else None,
        by=by or "",
        reason=reason or "",
    )
    if given.to and given.decision is None and standing.here:
        given = replace(given, decision="door")
    guided = terminal.interactive and not (given.decision or given.to)

    def change(answers: _Answers) -> Change:
        step = move(standing, answers.decision, answers.to)
        return Change(
            project=project,
            file=file,
            day=today,
            edit=partial(_with_move, standing, answers),
            command=_command(file, answers),
            commit=lambda _, say: _summary(standing, step, say),
            known=known,
            next_step=f"fii assess {shlex.quote(file)}" if step.to else f"fii status {shlex.quote(file)}",
            more=lambda old, new: _say_arrival(terminal, project, new, today, step),
        )

    _say_readiness(terminal, standing, in_full=guided or given.decision in ("door", "afgerond"))
    if guided:
        answers = _session(terminal, change, standing, given, file, dry_run=dry_run)
    else:
        if given.decision is None and standing.here:
            raise NotAsked((f"--decision {'|'.join(VERDICTS)}",))
        answers = _with_reason(terminal, standing, given)
    asked = answers != given
    return make(terminal, change(answers), dry_run=dry_run, previewed=guided, answered=asked)


def _with_move(standing: Standing, answers: _Answers, document: Document, now: Trajectory) -> Document:
    if now.visits != standing.trajectory.visits:
        raise Refused(
            msg("the visits have changed in the meantime"),
            msg("nothing was written; review the file and try again"),
        )
    step = move(standing, answers.decision, answers.to)
    return record_move(document, step, answers.date, answers.by, answers.reason)


def _verdict(word: str | None) -> Verdict | None:
    return None if word is None else closed_value("--decision", word, VERDICTS)


def _with_reason(terminal: Terminal, standing: Standing, answers: _Answers) -> _Answers:
    """The answers, with a reason if the move needs one.

    Raises :class:`Refused` if it is missing and the terminal is not interactive.
    """
    step = move(standing, answers.decision, answers.to)
    if not step.asks or answers.reason:
        return answers
    if not terminal.interactive:
        why = "; ".join(terminal.say(each) for each in step.asks)
        raise Refused(msg("this requires a reason: {why}", why=why), msg("add {flags}", flags="--reason '…'"))
    reason = None
    while reason is None:
        reason = terminal.ask(_reason_question(terminal, step), not_empty)
    return replace(answers, reason=reason)


def _reason_question(terminal: Terminal, step: Move) -> str:
    say = terminal.say
    if not step.asks:
        return say("Why? Press Enter to skip")
    return say("Why? {reasons}", reasons="; ".join(say(each) for each in step.asks))


# --- the questions ------------------------------------------------------------------------------------------


def _session(
    terminal: Terminal,
    change: Callable[[_Answers], Change],
    standing: Standing,
    given: _Answers,
    file: str,
    *,
    dry_run: bool,
) -> _Answers:
    """Ask for the decision, the next phase, who decides and why; then show a preview to confirm."""
    known = [given]
    with kept_as(terminal, lambda: _command(file, known[0])):
        at = 0
        while True:
            at = _ask_from(terminal, standing, known, at)
            if agreed(terminal, change(known[0]), dry_run=dry_run):
                return known[0]
            at -= 1


def _ask_from(terminal: Terminal, standing: Standing, known: list[_Answers], at: int) -> int:
    questions = [_ask_decision, _ask_phase, _ask_by, _ask_reason]
    back = False
    while at < len(questions):
        answered = questions[at](terminal, standing, known[0], back)
        back = answered is None
        known[0] = answered or known[0]
        at = max(0, at + (-1 if back else 1))
        back = back and at > 0
    return at


def _ask_decision(terminal: Terminal, standing: Standing, so_far: _Answers, back: bool) -> _Answers | None:
    if standing.here is None:
        return None if back else so_far
    say = terminal.say
    suggestion = so_far.decision
    if suggestion is None and not not_ready(standing.here):
        suggestion = "door"

    def check(answer: str) -> str | Message:
        return meant(answer, VERDICTS) or did_you_mean_value(answer, VERDICTS, one_of_values(VERDICTS))

    text = terminal.wrap(say("What was decided? {words}", words=", ".join(map(terminal.word, VERDICTS))))
    answer = terminal.ask(text, check, terminal.word(suggestion or ""))
    return None if answer is None else replace(so_far, decision=_verdict(answer), to=None)


def _ask_phase(terminal: Terminal, standing: Standing, so_far: _Answers, back: bool) -> _Answers | None:
    """Ask which phase follows; a pause can also end, with stop or afgerond."""
    if standing.here and so_far.decision != "door":
        return None if back else so_far
    endings = ENDING if paused_visit(standing.trajectory) else ()

    def check(answer: str) -> str | Message:
        if ending := meant(answer, endings):
            return ending
        try:
            return move(standing, None if endings else so_far.decision, phase_for(answer)).to or ""
        except Refused as error:
            return error.message

    suggestion = so_far.to or (so_far.decision if endings else None) or next_phase(standing) or ""
    question = terminal.say("Which phase is next? a name or a number")
    answer = terminal.ask(question, check, terminal.word(suggestion))
    if answer is None:
        return None
    if endings:
        so_far = replace(so_far, decision=meant(answer, endings), to=None)
    return so_far if so_far.decision in ENDING else replace(so_far, to=phase_for(answer))


def _ask_by(terminal: Terminal, standing: Standing, so_far: _Answers, back: bool) -> _Answers | None:
    if so_far.decision is None:
        return None if back else so_far
    earlier = [d.by for visit in standing.trajectory.visits for d in visit.decisions if d.by]
    suggestion = so_far.by or (earlier[-1] if earlier else "")
    answer = terminal.ask(terminal.say("Who decides?"), optional, suggestion)
    return None if answer is None else replace(so_far, by=answer)


def _ask_reason(terminal: Terminal, standing: Standing, so_far: _Answers, back: bool) -> _Answers | None:
    step = move(standing, so_far.decision, so_far.to)
    check = not_empty if step.asks else optional
    answer = terminal.ask(terminal.wrap(_reason_question(terminal, step)), check, so_far.reason)
    return None if answer is None else replace(so_far, reason=answer)


# --- messages -----------------------------------------------------------------------------------------------


def _say_readiness(terminal: Terminal, standing: Standing, *, in_full: bool) -> None:
    """Show how much of the open phase is ready; ``in_full`` also lists the items that are not."""
    say, here = terminal.say, standing.here
    if paused := paused_visit(standing.trajectory):
        words = msg(
            "{phase} is paused: without a decision it is resumed; {stop} or {completed} ends it",
            phase=msg(label(paused.phase)),
            stop=msg(label("stop")),
            completed=msg(label("afgerond")),
        )
        terminal.note(terminal.wrap(say(words)))
    if here is None:
        return
    green = here.counts["groen"]
    line = say("{n} of {all} green, {rated} rated", n=green, all=here.applicable, rated=here.rated)
    terminal.note(f"{terminal.bold(named(here.content, say))}: {line}")
    if not here.in_the_way:
        terminal.note(f"  {say('every item that fii requires is green')}")
    for item in here.in_the_way if in_full else ():
        question = item.nl if say.code == "nl" else item.en
        terminal.note(f"  {terminal.light(item.light)}  {item.id}")
        terminal.note(terminal.wrap(question, "    "))


def _say_arrival(
    terminal: Terminal, project: Project, trajectory: Trajectory, today: date, step: Move
) -> None:
    """Show the goal of the phase that was entered, and the open risks of skipped phases."""
    if step.to is None:
        return
    say, book = terminal.say, project.handbook
    phase = book.phase(step.to)
    how = f"{say(_ARRIVALS[step.via])} " if step.via in _ARRIVALS else ""
    terminal.note("", terminal.bold(f"{how}{named(phase, say)}"))
    terminal.note(terminal.wrap(say.pick(phase.goal), "  "))
    for subphase in phase.subphases:
        terminal.note(terminal.wrap(f"{subphase.id}  {say.pick(subphase.key_question)}", "  "))
    for skipped, items in open_risks(standing_of(trajectory, book, today)):
        ids = ", ".join(item.id for item in items)
        name = named(skipped.content, say)
        terminal.note(
            terminal.wrap(
                say("Skipped by the entry point, and still open: {phase}: {items}", phase=name, items=ids)
            )
        )


def _summary(standing: Standing, step: Move, say: Language) -> str:
    """The move in a few words, for a commit message."""
    phases = (standing.here.content.id if standing.here else None, step.to)
    words = " → ".join(say(label(phase)) for phase in phases if phase)
    how = step.decision if step.decision and step.via != "return" else step.via
    return f"{words} ({say(label(how or ''))})"


_ARRIVALS: dict[Via | None, str] = {
    "return": N_("Back to"),
    "skip": N_("Skipped ahead to"),
    "restart": N_("Resumed:"),
}
"""How a phase was reached, if it was not simply the next one."""


def _command(file: str, answers: _Answers) -> str:
    words = ["fii", "advance", file]
    for option, text in (
        ("--decision", answers.decision),
        ("--to", answers.to),
        ("--by", answers.by),
        ("--reason", answers.reason),
        ("--date", answers.date),
    ):
        words += [option, text] if text else []
    return shlex.join(words)
