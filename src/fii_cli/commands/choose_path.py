"""Whose path through the phases a command is about, and which of several open visits."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from fii_cli.analysis.paths import paths_of
from fii_cli.commands.options import organisation_named
from fii_cli.diagnostics import Refused
from fii_cli.language import Language, Message, msg
from fii_cli.suggest import one_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.words import Phase, label

Chosen = tuple[str | None, Phase | None]
"""An organisation, ``None`` for the trajectory as a whole, and the phase of the visit that is meant."""


@dataclass(frozen=True, slots=True)
class PathAsked:
    """What the command line says of it; ``beside`` asks whose path it is, and not which visit."""

    organisation: str | None
    phase: Phase | None
    beside: bool = False


def which_path(terminal: Terminal, trajectory: Trajectory, asked: PathAsked) -> Chosen:
    """The path that is meant. Asks if there are several.

    Raises :class:`Refused` if there are and the terminal is not interactive, or if the phase is not open.
    """
    found = _fitting(trajectory, asked)
    if len(found) > 1:
        found = [_ask(terminal, trajectory, found, asked)]
    return found[0]


def flags_for(trajectory: Trajectory, chosen: Chosen) -> tuple[str, ...]:
    """The options of ``fii advance`` that name a path; none if it is the only one."""
    organisation, phase = chosen
    alone = len({*trajectory.paths, organisation}) < 2
    if alone and len(trajectory.open_visits) < 2:
        return ()
    several = sum(visit.organisation == organisation for _, visit in trajectory.open_visits) > 1
    if organisation is None and phase:
        return ("--phase", phase)
    words = ("--organisation", organisation or "none")
    return (*words, "--phase", phase) if several and phase else words


def _fitting(trajectory: Trajectory, asked: PathAsked) -> list[Chosen]:
    """The paths that fit, by their open visits; never none."""
    open_: list[Chosen] = [(visit.organisation, visit.phase) for _, visit in trajectory.open_visits]
    if asked.organisation is not None:
        organisation = organisation_named(asked.organisation, trajectory) or None
        own = [each for each in open_ if each[0] == organisation]
        fitting = [each for each in own if asked.phase in (None, each[1])]
        if asked.phase and not fitting:
            raise _not_open(trajectory, asked.phase, own)
        return [(organisation, asked.phase)] if asked.beside or not fitting else fitting
    if asked.phase:
        fitting = [each for each in open_ if each[1] == asked.phase]
        if not fitting:
            raise _not_open(trajectory, asked.phase, open_)
        return [each for each in fitting if each[0] is None] or fitting
    if open_ and not asked.beside:
        return open_
    paths = paths_of(trajectory)
    if not paths or (asked.beside and None in paths):
        return [(None, None)]
    return [(organisation, None) for organisation in paths]


def _not_open(trajectory: Trajectory, phase: Phase, open_: Sequence[Chosen]) -> Refused:
    wrong = msg("{phase} is not open", phase=msg(label(phase)))
    phases = list(dict.fromkeys(each for _, each in open_ if each))
    return Refused(wrong, one_of(phases) if phases else msg("omit --phase"))


def _ask(terminal: Terminal, trajectory: Trajectory, found: Sequence[Chosen], asked: PathAsked) -> Chosen:
    say = terminal.say
    names = [_name(trajectory, each, say) for each in found]
    if not terminal.interactive:
        flags = [shlex.join(flags_for(trajectory, each)) for each in found]
        raise Refused(
            msg("several paths are possible: {names}", names="; ".join(names)),
            msg("choose one: {flags}", flags=", ".join(dict.fromkeys(flags))),
        )
    numbered = [f"{number} {name}" for number, name in enumerate(names, 1)]

    def check(answer: str) -> str | Message:
        number = answer if answer.isascii() and answer.isdigit() and len(answer) < 5 else "0"
        by_id = [str(at) for at, each in enumerate(found, 1) if each[0] and each[0] == answer]
        if 1 <= int(number) <= len(found):
            return number
        return by_id[0] if len(by_id) == 1 else msg("answer with a number from 1 to {n}", n=len(found))

    answer = None
    while answer is None:
        answer = terminal.ask(terminal.wrap(say("Which one? {names}", names="; ".join(numbered))), check, "1")
    return found[int(answer) - 1]


def _name(trajectory: Trajectory, chosen: Chosen, say: Language) -> str:
    organisation, phase = chosen
    whose = trajectory.named(organisation) if organisation else say("the whole trajectory")
    return say("{name} in {phase}", name=whose, phase=say(label(phase))) if phase else whose
