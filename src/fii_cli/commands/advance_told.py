"""What ``fii advance`` tells: what is ready before a step, and where it leads."""

from __future__ import annotations

from datetime import date

from fii_cli.analysis.paths import PhasePath, path_of
from fii_cli.commands.entry import named
from fii_cli.edits.advance import Move, open_risks
from fii_cli.language import N_, msg
from fii_cli.project.context import Project
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.words import Via, label

_ARRIVALS: dict[Via | None, str] = {
    "return": N_("Back to"),
    "skip": N_("Skipped ahead to"),
    "restart": N_("Resumed:"),
}
"""How a phase was reached, if it was not simply the next one."""


def whose(path: PhasePath) -> str:
    """The name of the organisation of a path, to begin a sentence with; empty for that of the whole."""
    organisation = path.organisation
    return f"{path.standing.trajectory.named(organisation)}: " if organisation else ""


def say_readiness(terminal: Terminal, path: PhasePath, *, in_full: bool) -> None:
    """Show how much of the open phase is ready; ``in_full`` also lists the items that are not."""
    say, here = terminal.say, path.here
    name = whose(path)
    if paused := path.paused:
        words = msg(
            "{phase} is paused: without a decision it is resumed; {stop} or {completed} ends it",
            phase=msg(label(paused[1].phase)),
            stop=msg(label("stop")),
            completed=msg(label("afgerond")),
        )
        terminal.note(terminal.wrap(name + say(words)))
    if here is None:
        return
    green = here.counts["groen"]
    line = say("{n} of {all} green, {rated} rated", n=green, all=here.applicable, rated=here.rated)
    terminal.note(f"{terminal.bold(name + named(here.content, say))}: {line}")
    if not here.in_the_way:
        terminal.note(f"  {say('every item that fii requires is green')}")
    for item in here.in_the_way if in_full else ():
        question = item.nl if say.code == "nl" else item.en
        terminal.note(f"  {terminal.light(item.light)}  {item.id}")
        terminal.note(terminal.wrap(question, "    "))


def say_arrival(
    terminal: Terminal, project: Project, trajectory: Trajectory, today: date, step: Move
) -> None:
    """Show the goal of the phase that was entered, and the open risks of phases that were skipped."""
    if step.to is None:
        return
    say, book = terminal.say, project.handbook
    phase = book.phase(step.to)
    how = f"{say(_ARRIVALS[step.via])} " if step.via in _ARRIVALS else ""
    terminal.note("", terminal.bold(f"{how}{named(phase, say)}"))
    terminal.note(terminal.wrap(say.pick(phase.goal), "  "))
    for subphase in phase.subphases:
        terminal.note(terminal.wrap(f"{subphase.id}  {say.pick(subphase.key_question)}", "  "))
    risks = () if step.organisation else open_risks(path_of(trajectory, book, today).standing)
    for skipped, items in risks:
        ids = ", ".join(item.id for item in items)
        name = named(skipped.content, say)
        terminal.note(
            terminal.wrap(
                say("Skipped by the entry point, and still open: {phase}: {items}", phase=name, items=ids)
            )
        )
