"""``fii advance``: record a decision about a phase, and enter the next."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, get_args

import typer

from fii_cli.analysis.paths import PhasePath, path_of
from fii_cli.commands.advance_told import say_arrival, say_readiness, whose
from fii_cli.commands.change import Change, agreed, make
from fii_cli.commands.choose_path import PathAsked, flags_for, which_path
from fii_cli.commands.dates import date_or_today, rough_date
from fii_cli.commands.options import (
    DryRun,
    File,
    a_file,
    closed_value,
    must_be_there,
)
from fii_cli.commands.prompts import kept_as, optional
from fii_cli.commands.readable import read_trajectory
from fii_cli.diagnostics import Refused
from fii_cli.edits.advance import Move, move, next_phase, not_ready, record_move
from fii_cli.exit_codes import FOUND
from fii_cli.handbook.lookup import phase_for
from fii_cli.language import N_, Language, Message, msg
from fii_cli.project.context import project_of
from fii_cli.suggest import did_you_mean_value, one_of_values
from fii_cli.terminal import NotAsked, Terminal, not_empty
from fii_cli.trajectory import Trajectory
from fii_cli.words import ENDING, Phase, Verdict, label, meant
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
    (
        "fii advance buurt-leren.yaml --organisation school-noord --to verkennen",
        N_("one organisation, in a phase of its own"),
    ),
    ("fii advance buurt-leren.yaml --beside --to implementeren", N_("phases that overlap")),
)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The answers known so far; ``where`` are the options that name the path."""

    date: str
    decision: Verdict | None = None
    to: Phase | None = None
    by: str = ""
    reason: str = ""
    where: tuple[str, ...] = ()
    beside: bool = False


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
    organisation: Annotated[
        str | None,
        typer.Option(
            "--organisation",
            metavar=N_("ID"),
            help=N_("the organisation that the step is about; none is the whole trajectory"),
        ),
    ] = None,
    phase: Annotated[
        str | None,
        typer.Option(
            "--phase", metavar=N_("PHASE"), help=N_("the open phase that the step is about, if several are")
        ),
    ] = None,
    beside: Annotated[
        bool, typer.Option("--beside", help=N_("enter a phase, and leave the open one open"))
    ] = False,
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    project = project_of(a_file(file))
    when = date_or_today(date_, project.today)
    today = when.nearest(project.today)
    known = read_trajectory(project, file, today, terminal)
    if known is None:
        return FOUND
    asked_for = PathAsked(organisation, phase_for(phase) if phase else None, beside=beside)
    chosen = which_path(terminal, known.trajectory, asked_for)
    path = path_of(known.trajectory, project.handbook, today, *chosen)
    given = _Answers(
        date=when.text,
        decision=_verdict(decision),
        to=phase_for(to) if to else None,
        by=by or "",
        reason=reason or "",
        where=flags_for(known.trajectory, chosen),
        beside=beside,
    )
    if given.to and given.decision is None and path.here and not beside:
        given = replace(given, decision="door")
    guided = terminal.interactive and not (given.decision or given.to)

    def change(answers: _Answers) -> Change:
        step = _step(path, answers)
        return Change(
            project=project,
            file=file,
            day=today,
            edit=partial(_with_move, known.trajectory, path, answers),
            command=_command(file, answers),
            commit=lambda _, say: _summary(path, step, say, beside=answers.beside),
            known=known,
            next_step=_next_step(file, step),
            more=lambda old, new: say_arrival(terminal, project, new, today, step),
        )

    if guided and path.open and not beside:
        must_be_there(path.organisation, known.trajectory, when.text, deciding=True)
    say_readiness(terminal, path, in_full=guided or given.decision in ("door", "afgerond"))
    if guided:
        answers = _session(terminal, change, path, given, file, dry_run=dry_run)
    else:
        if given.decision is None and path.here and not beside:
            raise NotAsked((f"--decision {'|'.join(VERDICTS)}",))
        answers = _with_reason(terminal, path, given)
    asked = answers != given
    return make(terminal, change(answers), dry_run=dry_run, previewed=guided, answered=asked)


def _step(path: PhasePath, answers: _Answers) -> Move:
    """The step that is meant. Raises :class:`Refused` if it is one of an organisation that had ended."""
    step = move(path, answers.decision, answers.to, beside=answers.beside)
    if step.to or step.decision:
        deciding = step.to is None
        must_be_there(path.organisation, path.standing.trajectory, answers.date, deciding=deciding)
    return step


def _with_move(
    known: Trajectory, path: PhasePath, answers: _Answers, document: Document, now: Trajectory
) -> Document:
    if now.visits != known.visits:
        raise Refused(
            msg("the visits have changed in the meantime"),
            msg("nothing was written; review the file and try again"),
        )
    return record_move(document, _step(path, answers), answers.date, answers.by, answers.reason)


def _verdict(word: str | None) -> Verdict | None:
    return None if word is None else closed_value("--decision", word, VERDICTS)


def _with_reason(terminal: Terminal, path: PhasePath, answers: _Answers) -> _Answers:
    """The answers, with a reason if the move needs one.

    Raises :class:`Refused` if it is missing and the terminal is not interactive.
    """
    step = _step(path, answers)
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
    path: PhasePath,
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
            at = _ask_from(terminal, path, known, at)
            if agreed(terminal, change(known[0]), dry_run=dry_run):
                return known[0]
            at -= 1


def _ask_from(terminal: Terminal, path: PhasePath, known: list[_Answers], at: int) -> int:
    questions = [_ask_decision, _ask_phase, _ask_by, _ask_reason]
    back = False
    while at < len(questions):
        answered = questions[at](terminal, path, known[0], back)
        back = answered is None
        known[0] = answered or known[0]
        at = max(0, at + (-1 if back else 1))
        back = back and at > 0
    return at


def _ask_decision(terminal: Terminal, path: PhasePath, so_far: _Answers, back: bool) -> _Answers | None:
    if path.here is None or so_far.beside:
        return None if back else so_far
    say = terminal.say
    suggestion = so_far.decision
    if suggestion is None and not not_ready(path.here):
        suggestion = "door"

    def check(answer: str) -> str | Message:
        return meant(answer, VERDICTS) or did_you_mean_value(answer, VERDICTS, one_of_values(VERDICTS))

    text = terminal.wrap(say("What was decided? {words}", words=", ".join(map(terminal.word, VERDICTS))))
    answer = terminal.ask(text, check, terminal.word(suggestion or ""))
    return None if answer is None else replace(so_far, decision=_verdict(answer), to=None)


def _ask_phase(terminal: Terminal, path: PhasePath, so_far: _Answers, back: bool) -> _Answers | None:
    """Ask which phase follows; a pause can also end, with stop or afgerond."""
    if path.here and so_far.decision != "door" and not so_far.beside:
        return None if back else so_far
    endings = ENDING if path.paused and not so_far.beside else ()

    def check(answer: str) -> str | Message:
        if ending := meant(answer, endings):
            return ending
        try:
            named = replace(so_far, decision=None if endings else so_far.decision, to=phase_for(answer))
            return _step(path, named).to or ""
        except Refused as error:
            return error.message

    suggestion = so_far.to or (so_far.decision if endings else None) or next_phase(path) or ""
    question = terminal.say("Which phase is next? a name or a number")
    answer = terminal.ask(question, check, terminal.word(suggestion))
    if answer is None:
        return None
    if endings:
        so_far = replace(so_far, decision=meant(answer, endings), to=None)
    return so_far if so_far.decision in ENDING else replace(so_far, to=phase_for(answer))


def _ask_by(terminal: Terminal, path: PhasePath, so_far: _Answers, back: bool) -> _Answers | None:
    if so_far.decision is None:
        return None if back else so_far
    earlier = [d.by for _, visit in path.visits for d in visit.decisions if d.by]
    suggestion = so_far.by or (earlier[-1] if earlier else "")
    answer = terminal.ask(terminal.say("Who decides?"), optional, suggestion)
    return None if answer is None else replace(so_far, by=answer)


def _ask_reason(terminal: Terminal, path: PhasePath, so_far: _Answers, back: bool) -> _Answers | None:
    step = _step(path, so_far)
    check = not_empty if step.asks else optional
    answer = terminal.ask(terminal.wrap(_reason_question(terminal, step)), check, so_far.reason)
    return None if answer is None else replace(so_far, reason=answer)


# --- messages -----------------------------------------------------------------------------------------------


def _summary(path: PhasePath, step: Move, say: Language, *, beside: bool) -> str:
    """The move in a few words, for a commit message."""
    phases = (path.here.content.id if path.here and not beside else None, step.to)
    words = whose(path) + " → ".join(say(label(phase)) for phase in phases if phase)
    how = step.decision if step.decision and step.via != "return" else step.via
    return f"{words} ({say(label(how or ''))})"


def _next_step(file: str, step: Move) -> str:
    if not step.to:
        return f"fii status {shlex.quote(file)}"
    about = ["--phase", step.to, "--about", step.organisation] if step.organisation else []
    return shlex.join(["fii", "assess", file, *about])


def _command(file: str, answers: _Answers) -> str:
    words = ["fii", "advance", file, *answers.where, *(["--beside"] if answers.beside else [])]
    for option, text in (
        ("--decision", answers.decision),
        ("--to", answers.to),
        ("--by", answers.by),
        ("--reason", answers.reason),
        ("--date", answers.date),
    ):
        words += [option, text] if text else []
    return shlex.join(words)
