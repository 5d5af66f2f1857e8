"""``fii strategies``: strategies that address the barriers of a trajectory, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from fii_cli.analysis.advice import Advice, advise, barrier_named
from fii_cli.analysis.barriers import barriers_of, strengths_of
from fii_cli.analysis.in_words import CAUTION
from fii_cli.commands.advice_lines import show
from fii_cli.commands.options import (
    AsJson,
    AsOf,
    NoCache,
    OptionalFile,
    day,
)
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.remembered import SOME, memory_of
from fii_cli.commands.say import say_json
from fii_cli.commands.which_file import meant_file
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import Handbook
from fii_cli.handbook.lookup import phase_for
from fii_cli.handbook.models import Link
from fii_cli.language import N_, count, msg
from fii_cli.project.context import Projects
from fii_cli.project.neighbours import outcomes_elsewhere
from fii_cli.terminal import Terminal, columns
from fii_cli.trajectory import Trajectory
from fii_cli.words import PHASES, Phase

SUMMARY = N_(
    "Show at most five strategies that address what hinders, best first; with --why also the reasons."
)
EXAMPLES = (
    ("fii strategies buurt-leren.yaml", N_("for the current barriers")),
    ("fii strategies buurt-leren.yaml --why", N_("with the reasons and their sources")),
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
    why: Annotated[
        bool, typer.Option("--why", help=N_("the reasons for each strategy, with their sources"))
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help=N_("the whole catalogue"))] = False,
    as_of: AsOf = None,
    no_cache: NoCache = False,
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
        if file or for_ or every or why:
            raise Refused(msg("--list shows the whole catalogue"), msg("omit the rest"))
        _list(terminal, book, wanted, as_json)
        return OK
    today = day(as_of) or project.today
    readable = read_trajectory(project, file, today, terminal) if file else None
    if file and readable is None:
        return FOUND
    trajectory = readable.known if readable else None
    barriers = {barrier_named(word, book, trajectory): 1 for word in for_ or ()}
    if trajectory and not barriers:
        barriers = strengths_of(barriers_of(trajectory, book, today, project.settings.thresholds))
    around = project.neighbours() if barriers else []
    many = project.in_git or len(around) >= SOME
    memory = memory_of(context, [file or "."]) if barriers and many and not no_cache else None
    others = outcomes_elsewhere(projects, file or ".", around, today, memory)
    advice = advise(book, barriers, trajectory, phase=wanted, every=every, others=others)
    if as_json:
        say_json(terminal, _record(advice, trajectory, book, terminal))
    else:
        show(terminal, file, trajectory, advice, book, why=why)
    return OK


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
                "block": each.block,
                "answers": len(each.counting),
                "strength_known": each.known,
                "percentages": sum(each.percentages) if each.percentages else None,
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
                "helped": each.helped,
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
