"""``fii strategies``: strategies that address the barriers of a trajectory, and why."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from fii_cli.analysis.advice import Advice, advise, barrier_named
from fii_cli.analysis.barriers import barriers_of
from fii_cli.analysis.in_words import CAUTION, experience_in_words
from fii_cli.analysis.recommendations import Reason, Recommendation
from fii_cli.commands.options import (
    AsJson,
    AsOf,
    OptionalFile,
    day,
)
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.say import say_json
from fii_cli.commands.which_file import meant_file
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import GUIDE
from fii_cli.handbook.grounds import ground_of, touch_in_words
from fii_cli.handbook.lookup import phase_for
from fii_cli.handbook.models import Link
from fii_cli.handbook.names import named
from fii_cli.language import N_, count, msg
from fii_cli.project.context import Projects
from fii_cli.terminal import Terminal, columns
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Action
from fii_cli.words import PHASES, STOPLICHT, Phase

SUMMARY = N_("Show at most five strategies that address what hinders, each with its reasons and their basis.")
EXAMPLES = (
    ("fii strategies buurt-leren.yaml", N_("for the current barriers")),
    ("fii strategies buurt-leren.yaml --for cfir/III.D.2", N_("for one barrier; repeatable")),
    ("fii strategies buurt-leren.yaml --phase 5 --all", N_("all strategies that suit a phase")),
    ("fii strategies --for midi/4", N_("without a trajectory")),
    ("fii strategies --list", N_("the whole catalogue")),
)


def run(
    context: typer.Context,
    file: OptionalFile = None,
    for_: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="cfir/III.D.2", help=N_("for this barrier; repeatable")),
    ] = None,
    phase: Annotated[
        str | None,
        typer.Option("--phase", metavar=N_("PHASE"), help=N_("only strategies that suit this phase")),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=N_("all strategies, including those that few experts named"))
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help=N_("the whole catalogue"))] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    if file or not (for_ or list_):
        file = meant_file(file)
    projects = Projects()
    project = projects.at(file or "-")
    book = project.handbook
    wanted = phase_for(phase) if phase else None
    if list_:
        if file or for_ or every:
            raise Refused(msg("--list shows the whole catalogue"), msg("omit the rest"))
        _list(terminal, book, wanted, as_json)
        return OK
    today = day(as_of) or project.today
    readable = read_trajectory(project, file, today, terminal) if file else None
    if file and readable is None:
        return FOUND
    trajectory = readable.known if readable else None
    barriers = [barrier_named(word, book, trajectory) for word in for_ or ()]
    if trajectory and not barriers:
        hindering = barriers_of(trajectory, book, today, project.settings.thresholds)
        barriers = [barrier.place for barrier in hindering]
    others = _others(projects, file or ".", today)
    advice = advise(book, barriers, trajectory, phase=wanted, every=every, others=others)
    if as_json:
        say_json(terminal, _record(advice, trajectory, book, terminal))
    else:
        _show(terminal, file, trajectory, advice, book)
    return OK


def _others(projects: Projects, path: str, today: date) -> Iterator[Trajectory]:
    """The other trajectories of the repository that use a strategy; unreadable files are skipped."""
    here = os.path.realpath(path)
    for name, document in projects.search(projects.at(path).neighbours(), b"strategy:").documents:
        if os.path.realpath(name) != here:
            trajectory = projects.at(name).judge(name, document, today).known
            if trajectory:
                yield trajectory


def _show(
    terminal: Terminal, file: str | None, trajectory: Trajectory | None, advice: Advice, book: Handbook
) -> None:
    say = terminal.say
    if trajectory:
        terminal.out(f"{terminal.bold(trajectory.heading)}  {terminal.dim(file or '')}")
    if not advice.barriers:
        terminal.out("", say("No rated item hinders now."))
        return
    own = {f"{STOPLICHT}/{item.id}": item.question for item in (trajectory.checklist if trajectory else ())}
    for barrier in advice.barriers:
        line = f"{barrier} {own[barrier]}" if barrier in own else named(barrier, book, say)
        terminal.out(terminal.wrap(line, "  ", "  "))
        for told in (_coverage(terminal, barrier, book), _without_the_guide(terminal, barrier, book)):
            if told:
                terminal.out(terminal.dim(terminal.wrap(told, "    ")))
    if not advice.shown:
        terminal.out("", say("No strategy in the catalogue is linked to this."))
        return
    for number, each in enumerate(advice.shown, 1):
        _say(terminal, number, each, advice, book)
    left = advice.found - len(advice.shown)
    if left > 0:
        terminal.out("", terminal.dim(say(count(left, "{n} more: --all", "{n} more: --all"))))
    caution = say(CAUTION, asked=book.catalogue.asked)
    terminal.out("", terminal.dim(terminal.wrap(caution)))
    first = next((each for each in advice.shown if not each.chosen), None)
    if file and first:
        step = f"fii plan {shlex.quote(file)} {first.strategy.id}"
        terminal.note("", f"{terminal.bold(say('next step'))}: {step}")


def _coverage(terminal: Terminal, barrier: str, book: Handbook) -> str:
    """The number of strategies published for a barrier, and how many of these fii has; or empty."""
    published = book.catalogue.counts.get(barrier)
    if published is None:
        return ""
    links = book.catalogue.by_barrier.get(barrier, ())
    known = sum(link.level in ("1", "2", "1-2") for link in links)
    return terminal.say(
        "published at level 1 or 2: {all} strategies, {n} of them known here",
        all=published.level_1 + published.level_2,
        n=known,
    )


def _without_the_guide(terminal: Terminal, barrier: str, book: Handbook) -> str:
    """That the guide has no strategy for a light of its own; or empty."""
    instrument, _, item = barrier.partition("/")
    if instrument != STOPLICHT or item not in book.item_ids(STOPLICHT):
        return ""
    return (
        ""
        if book.catalogue.named_in(GUIDE, barrier)
        else terminal.say("the guide names no strategy for this question")
    )


def _say(terminal: Terminal, number: int, each: Recommendation, advice: Advice, book: Handbook) -> None:
    say, strategy = terminal.say, each.strategy
    name, id_ = terminal.bold(say.pick(strategy.name)), terminal.dim(strategy.id)
    terminal.out("", terminal.wrap(f"{number}  {name}  {id_}", hanging="   "))
    terminal.out(terminal.wrap(say.pick(strategy.meaning), "   "))
    one_barrier = len(advice.barriers) == 1
    for reason in each.reasons:
        line = f"- {_reason(terminal, reason, book, alone=one_barrier)}"
        terminal.out(terminal.wrap(line, "   ", "  "))
    terminal.out(terminal.dim(terminal.wrap(_facts(terminal, each, advice), "   ")))
    for action in each.chosen:
        chosen = terminal.paint(_chosen_action(terminal, action), "green")
        terminal.out(terminal.wrap(chosen, "   "))
    if each.experience.n:
        terminal.out(terminal.wrap(_experience(terminal, each), "   "))


def _facts(terminal: Terminal, each: Recommendation, advice: Advice) -> str:
    """How many barriers a strategy addresses, the phases it suits, and its effort."""
    say, strategy = terminal.say, each.strategy
    known = say(
        "addresses {answers} of {all}; published strength known for {known} of {all}",
        answers=each.answers,
        known=each.known,
        all=len(advice.barriers),
    )
    phases = ", ".join(terminal.word(phase) for phase in strategy.phases)
    if each.fits is False:
        suits = say("suits {phases}, not {phase}", phases=phases, phase=terminal.word(advice.phase or ""))
    else:
        suits = say("suits {phases}", phases=phases)
    effort = say("effort: {effort}", effort=terminal.word(strategy.effort))
    return f"{known}; {suits}; {effort}"


def _chosen_action(terminal: Terminal, action: Action) -> str:
    say = terminal.say
    chosen = say("chosen: action {id} ({status})", id=action.id, status=terminal.word(action.status))
    if action.result and action.result.helped:
        chosen += ", " + say("helped: {answer}", answer=terminal.word(action.result.helped))
    return chosen


def _experience(terminal: Terminal, each: Recommendation) -> str:
    told = experience_in_words(each.experience, terminal.say)
    return terminal.say("elsewhere in this repository, did it help: {told}", told=told)


def _reason(terminal: Terminal, reason: Reason, book: Handbook, *, alone: bool) -> str:
    parts = [] if alone else [reason.barrier]
    if reason.via:
        parts.append(touch_in_words(reason.via, reason.link, terminal.say))
    ground = ground_of(reason.link, book, terminal.say)
    return f"{' '.join(parts)}: {ground}" if parts else ground


def _list(terminal: Terminal, book: Handbook, phase: Phase | None, as_json: bool) -> None:
    say, catalogue = terminal.say, book.catalogue
    strategies = [each for each in catalogue.strategies.values() if phase is None or phase in each.phases]
    if as_json:
        data = [
            {
                **each.model_dump(exclude={"links", "name", "meaning", "practice"}),
                "name": say.pick(each.name),
                "meaning": say.pick(each.meaning),
                "practice": say.pick(each.practice),
                "links": [_link_record(link, terminal) for link in catalogue.of(each.id)],
            }
            for each in strategies
        ]
        say_json(terminal, {"version": 1, "strategies": data})
        return
    for cluster in catalogue.clusters:
        rows = [
            (each.id, f"{say.pick(each.name)}{_eric(each.eric)}; {_phase_numbers(terminal, each.phases)}")
            for each in strategies
            if each.cluster == cluster.id
        ]
        if rows:
            terminal.out(terminal.bold(say.pick(cluster.name)), columns(rows, terminal), "")
    number = say(count(len(strategies), "{n} strategy", "{n} strategies"))
    terminal.out(terminal.dim(terminal.wrap(f"{number}. {say('fii explain STRATEGY shows one in full.')}")))


def _eric(number: int | None) -> str:
    return f" (ERIC {number})" if number else ""


def _phase_numbers(terminal: Terminal, phases: tuple[Phase, ...]) -> str:
    numbers = ", ".join(str(PHASES.index(phase) + 1) for phase in phases)
    return terminal.say("phases {phases}", phases=numbers)


def _record(
    advice: Advice, trajectory: Trajectory | None, book: Handbook, terminal: Terminal
) -> dict[str, object]:
    return {
        "version": 1,
        "title": trajectory.title if trajectory else None,
        "barriers": list(advice.barriers),
        "phase": advice.phase,
        "caution": terminal.say(CAUTION, asked=book.catalogue.asked),
        "strategies": [
            {
                "id": each.strategy.id,
                "eric": each.strategy.eric,
                "name": terminal.say.pick(each.strategy.name),
                "answers": each.answers,
                "strength_known": each.known,
                "fits_phase": each.fits,
                "effort": each.strategy.effort,
                "reasons": [
                    {
                        "barrier": reason.barrier,
                        "via": reason.via.to if reason.via else None,
                        "via_basis": reason.via.basis if reason.via else None,
                        **_link_record(reason.link, terminal),
                    }
                    for reason in each.reasons
                ],
                "chosen": [action.id for action in each.chosen],
                "elsewhere": dict(each.experience.helped),
            }
            for each in advice.shown
        ],
    }


def _link_record(link: Link, terminal: Terminal) -> dict[str, object]:
    return {
        "to": link.to,
        "basis": link.basis,
        "level": link.level,
        "percent": link.percent,
        "n": link.n,
        "sources": list(link.sources),
        "why": terminal.say.pick(link.why) if link.why else None,
    }
