"""``fii strategies``: what fits the barriers of a trajectory, and why."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from fii_cli.analysis.barriers import barriers_of
from fii_cli.analysis.phrases import CAUTION, experience_in_words
from fii_cli.analysis.recommend import AT_MOST, Reason, Recommendation, recommend
from fii_cli.commands.options import (
    AsJson,
    AsOf,
    day,
)
from fii_cli.commands.readable import read_trajectory
from fii_cli.commands.say import say_json
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import STOPLICHT, Handbook
from fii_cli.handbook.meant import phase_for
from fii_cli.handbook.models import Link
from fii_cli.handbook.phrases import ground_of, named, touch_in_words
from fii_cli.language import N_, count, msg
from fii_cli.project.context import Projects
from fii_cli.suggest import did_you_mean
from fii_cli.terminal import Terminal, columns
from fii_cli.trajectory import Trajectory
from fii_cli.words import PHASES, Phase

SUMMARY = N_("Show which strategies answer what hinders, at most five, each with its reasons and its ground.")
EXAMPLES = (
    ("fii strategies samen-leren.yaml", N_("for what hinders now")),
    ("fii strategies samen-leren.yaml --for cfir/III.D.2", N_("for one barrier; more than once")),
    ("fii strategies samen-leren.yaml --phase 5 --all", N_("all that fit a phase")),
    ("fii strategies --for midi/4", N_("without a trajectory")),
    ("fii strategies --list", N_("the whole catalogue")),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What strategies are asked for: the barriers, the phase, and what is known of the trajectory."""

    barriers: tuple[str, ...]
    phase: Phase | None
    trajectory: Trajectory | None


def run(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar=N_("FILE"), help=N_("a trajectory"), show_default=False)
    ] = None,
    for_: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="cfir/III.D.2", help=N_("for this barrier; more than once")),
    ] = None,
    phase: Annotated[
        str | None,
        typer.Option("--phase", metavar=N_("PHASE"), help=N_("only what fits this phase")),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help=N_("all of them, also what few experts named"))
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help=N_("the whole catalogue"))] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    projects = Projects()
    project = projects.at(file or "-")
    today = day(as_of) or projects.today
    wanted = phase_for(phase) if phase else None
    book = project.handbook
    if list_:
        if file or for_ or every:
            raise Refused(msg("--list shows the whole catalogue"), msg("leave the rest out"))
        _list(terminal, book, wanted, as_json)
        return OK
    if file is None and not for_:
        raise Refused(
            msg("there is nothing to find strategies for"),
            msg("name a trajectory, or add {flags}", flags="--for cfir/III.D.2, --list"),
        )
    trajectory = None
    if file:
        known = read_trajectory(project, file, today, terminal)
        if known is None:
            return FOUND
        trajectory = known.trajectory
    barriers = [known_place(place, book, trajectory) for place in for_ or ()]
    if trajectory and file and not barriers:
        found_here = barriers_of(trajectory, book, today, project.settings.thresholds)
        barriers = [barrier.place for barrier in found_here]
    visit = trajectory.open_visit if trajectory else None
    asked = _Asked(tuple(dict.fromkeys(barriers)), wanted or (visit[1].phase if visit else None), trajectory)
    others = _others(projects, file or ".", today) if barriers else ()
    found = recommend(book, asked.barriers, asked.phase, trajectory.actions if trajectory else (), others)
    fitting = [each for each in found if not wanted or wanted in each.strategy.phases]
    shown = fitting if every else [each for each in fitting if each.answers][:AT_MOST]
    if as_json:
        say_json(terminal, _record(asked, shown, book, terminal))
    else:
        _show(terminal, file, asked, shown, len(fitting), book)
    return OK


def known_place(place: str, book: Handbook, trajectory: Trajectory | None) -> str:
    """A barrier by its place, where there is such an item."""
    instrument, _, item = place.strip().partition("/")
    known = [f"{STOPLICHT}/{each}" for each in sorted(book.item_ids(STOPLICHT))]
    known += [f"{STOPLICHT}/{each.id}" for each in (trajectory.checklist if trajectory else ())]
    for framework in book.instruments:
        known += [f"{framework.id}/{each.id}" for each in framework.constructs]
    if f"{instrument}/{item}" in known:
        return f"{instrument}/{item}"
    behind = [each for each in known if each.partition("/")[2].lower() == place.strip().lower()]
    if len(behind) == 1:
        return behind[0]
    hint = msg("write instrument/item, such as stoplicht/2c.overleg")
    raise Refused(
        msg("there is no item {word}", word=place or "''"), did_you_mean(place, behind or known, hint)
    )


def _others(projects: Projects, path: str, today: date) -> Iterator[Trajectory]:
    """The other trajectories of the repository in which a strategy was used, as far as they can be read."""
    here = os.path.realpath(path)
    for name, document in projects.search(projects.at(path).neighbours(), b"strategy:").documents:
        if os.path.realpath(name) != here:
            trajectory = projects.at(name).judge(name, document, today).trajectory
            if trajectory:
                yield trajectory


def _show(
    terminal: Terminal,
    file: str | None,
    asked: _Asked,
    shown: list[Recommendation],
    found: int,
    book: Handbook,
) -> None:
    say = terminal.say
    if asked.trajectory:
        title = asked.trajectory.heading
        terminal.out(f"{terminal.bold(title)}  {terminal.dim(file or '')}")
    if not asked.barriers:
        terminal.out("", say("Nothing that was rated hinders now."))
        return
    own_items = asked.trajectory.checklist if asked.trajectory else ()
    for barrier in asked.barriers:
        line = named(barrier, book, say)
        own = next((each for each in own_items if f"{STOPLICHT}/{each.id}" == barrier), None)
        line = f"{barrier} {own.question}" if own else line
        terminal.out(terminal.wrap(line, "  ", "  "))
        if told := _coverage(terminal, barrier, book):
            terminal.out(terminal.dim(terminal.wrap(told, "    ")))
    if not shown:
        terminal.out("", say("Nothing in the catalogue is linked to this."))
        return
    for number, each in enumerate(shown, 1):
        _say(terminal, number, each, asked, book)
    if len(shown) < found:
        more = count(found - len(shown), "{n} more: --all", "{n} more: --all")
        terminal.out("", terminal.dim(say(more)))
    caution = say(CAUTION, asked=book.catalogue.asked)
    terminal.out("", terminal.dim(terminal.wrap(caution)))
    first = next((each for each in shown if not each.chosen), None)
    if file and first:
        step = f"fii plan {shlex.quote(file)} {first.strategy.id}"
        terminal.note("", f"{terminal.bold(say('next step'))}: {step}")


def _coverage(terminal: Terminal, barrier: str, book: Handbook) -> str:
    """How many strategies were published for a barrier, and how many of these fii knows."""
    published = book.catalogue.counts.get(barrier)
    if published is None:
        return ""
    links = book.catalogue.by_barrier.get(barrier, ())
    known = sum(link.level in ("1", "2", "1-2") for link in links)
    return terminal.say(
        "published at level 1 or 2: {all} strategies, of which {n} are known here",
        all=published.level_1 + published.level_2,
        n=known,
    )


def _say(terminal: Terminal, number: int, each: Recommendation, asked: _Asked, book: Handbook) -> None:
    say, strategy = terminal.say, each.strategy
    name, id_ = terminal.bold(say.pick(strategy.name)), terminal.dim(strategy.id)
    terminal.out("", terminal.wrap(f"{number}  {name}  {id_}", hanging="   "))
    terminal.out(terminal.wrap(say.pick(strategy.meaning), "   "))
    for reason in each.reasons:
        line = f"- {_reason(terminal, reason, book, alone=len(asked.barriers) == 1)}"
        terminal.out(terminal.wrap(line, "   ", "  "))
    known = say(
        "answers {answers} of {all}; published strength known for {known} of {all}",
        answers=each.answers,
        known=each.known,
        all=len(asked.barriers),
    )
    phases = ", ".join(terminal.word(phase) for phase in strategy.phases)
    if each.fits is False:
        phases = say("fits {phases}, not {phase}", phases=phases, phase=terminal.word(asked.phase or ""))
    else:
        phases = say("fits {phases}", phases=phases)
    effort = say("effort: {effort}", effort=terminal.word(strategy.effort))
    terminal.out(terminal.dim(terminal.wrap(f"{known}; {phases}; {effort}", "   ")))
    for action in each.chosen:
        chosen = say("chosen: action {id} ({status})", id=action.id, status=terminal.word(action.status))
        if action.result and action.result.helped:
            chosen += ", " + say("helped: {answer}", answer=terminal.word(action.result.helped))
        terminal.out(terminal.wrap(terminal.paint(chosen, "green"), "   "))
    if each.experience.n:
        terminal.out(terminal.wrap(_seen(terminal, each), "   "))


def _seen(terminal: Terminal, each: Recommendation) -> str:
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
            (each.id, f"{say.pick(each.name)}{_eric(each.eric)}; {_numbers(terminal, each.phases)}")
            for each in strategies
            if each.cluster == cluster.id
        ]
        if rows:
            terminal.out(terminal.bold(say.pick(cluster.name)), columns(rows, terminal), "")
    number = say(count(len(strategies), "{n} strategy", "{n} strategies"))
    terminal.out(terminal.dim(terminal.wrap(f"{number}. {say('fii explain STRATEGY tells all of one.')}")))


def _eric(number: int | None) -> str:
    return f" (ERIC {number})" if number else ""


def _numbers(terminal: Terminal, phases: tuple[Phase, ...]) -> str:
    numbers = ", ".join(str(PHASES.index(phase) + 1) for phase in phases)
    return terminal.say("phases {phases}", phases=numbers)


def _record(
    asked: _Asked, shown: list[Recommendation], book: Handbook, terminal: Terminal
) -> dict[str, object]:
    return {
        "version": 1,
        "title": asked.trajectory.title if asked.trajectory else None,
        "barriers": list(asked.barriers),
        "phase": asked.phase,
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
            for each in shown
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
