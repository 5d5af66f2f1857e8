"""``fii status``: the status of trajectories, and the next step."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import typer

from fii_cli import __version__
from fii_cli.analysis.standing import STATE_WORDS, State, standing_of
from fii_cli.commands.options import (
    AsJson,
    AsOf,
    NoCache,
    Paths,
    day,
)
from fii_cli.commands.remembered import SOME, memory_for_many
from fii_cli.commands.say import say_cannot_open, say_json
from fii_cli.commands.status_told import PhaseTold, StandingTold, StatusTold, record, standing_told
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.handbook import Handbook
from fii_cli.language import N_, count
from fii_cli.project import files
from fii_cli.project.contents import digest_of
from fii_cli.project.context import Projects
from fii_cli.project.files import CannotOpen
from fii_cli.project.judging import lasting
from fii_cli.project.surroundings import Asked, Surroundings, judged_unexpectedly, judged_within
from fii_cli.project.watched_day import WatchedDay
from fii_cli.rules.check import Judgement
from fii_cli.terminal import STYLES, Terminal
from fii_cli.words import LIGHTS, SIGNS
from fii_cli.yaml.document import NOT_TEXT, START, Document, Problem, unreadable

if TYPE_CHECKING:
    from fii_cli.project.memory import Memory

SUMMARY = N_("Show the status of trajectories: the six phases, what is open or due, and the next step.")
EXAMPLES = (
    ("fii status", N_("every trajectory below this folder")),
    ("fii status buurt-leren.yaml --as-of 2025-03-12", N_("one file, as of that date")),
)
LOOKS: dict[State, tuple[str, str]] = {
    "skipped": ("–", "bright_black"),
    "ahead": ("·", "bright_black"),
    "passed": ("–", "bright_black"),
    "here": ("▶", "cyan"),
    "paused": ("‖", "yellow"),
    "stopped": ("✗", "red"),
    "completed": ("✓", "green"),
    "interrupted": ("⇠", "bright_black"),
    "left": ("✓", "green"),
}
"""Sign and colour of each state of a phase."""
NOT_KNOWN = ("○", "bright_black")
"""Sign and colour of a phase that was left before anything was rated."""


def run(
    context: typer.Context,
    paths: Paths = None,
    as_of: AsOf = None,
    no_cache: NoCache = False,
    as_json: AsJson = False,
) -> int:
    return _status(context, paths or ["."], day(as_of), as_json, greet=False, no_cache=no_cache)


def home(context: typer.Context) -> int:
    """``fii`` without a command: the status of this folder, or a greeting if it has no trajectory."""
    return _status(context, ["."], None, as_json=False, greet=True)


def _status(
    context: typer.Context,
    paths: list[str],
    as_of: date | None,
    as_json: bool,
    *,
    greet: bool,
    no_cache: bool = False,
) -> int:
    terminal: Terminal = context.obj
    memory = None if no_cache else memory_for_many(context, paths)
    projects = Projects()
    today = as_of or projects.today
    found = projects.search(paths, memory.contents if memory else None)
    checker = _Checker(projects, today, memory if len(found.paths) >= SOME else None)
    checked = [(path, checker.told(path)) for path in found.paths]
    if as_json:
        say_json(terminal, {"version": 1, "trajectories": [record(told) for _, told in checked]})
    else:
        for number, (path, told) in enumerate(checked):
            if number:
                terminal.out()
            _show(told, projects.at(path).handbook, terminal)
    for error in found.unopened:
        say_cannot_open(error, terminal)
    if found.unopened:
        return NOT_DONE
    if not checked and greet:
        _greet(terminal)
    elif not checked:
        terminal.note(terminal.say("no trajectory found here; fii new starts one"))
    return FOUND if any(told.standing is None for _, told in checked) else OK


class _Kept(NamedTuple):
    """What is told of a file on any day from the first to the last."""

    first: date
    last: date
    told: StatusTold


@dataclass(frozen=True, slots=True)
class _Checker:
    """Checks files on a day, except those that it remembers."""

    projects: Projects
    today: date
    memory: Memory | None
    within: dict[str, Surroundings] = field(default_factory=dict)

    def told(self, path: str) -> StatusTold:
        """What is told of a file. Never raises, whatever the file contains."""
        content = self.memory.contents.known(path) if self.memory else None
        known = self._known(path, content.digest) if content else None
        if known is not None:
            return known
        try:
            raw = files.trajectory_bytes(path)
        except CannotOpen as error:  # it was there a moment ago
            gone = unreadable("", Problem(NOT_TEXT, START, error.message, error.hint))
            return self._checked(path, gone, Asked())[0]
        if self.memory is None:
            return self._checked(path, files.read_safely(raw), Asked())[0]
        known = self._known(path, digest_of(raw))
        if known is None:
            day = WatchedDay(self.today)
            asked = Asked(day=day)
            known, judgement = self._checked(path, files.read_safely(raw), asked)
            evidence = lasting(judgement, asked, self._within(path))
            key = self._key(self.memory, path, digest_of(raw))
            self.memory.keep_summary(_Kept, key, _Kept(*day.alike, known), evidence)
        return known

    def _known(self, path: str, digest: bytes) -> StatusTold | None:
        if self.memory is None:
            return None
        key = self._key(self.memory, path, digest)
        kept = self.memory.summary(_Kept, key, path, self._within(path))
        return kept.told if kept and kept.first <= self.today <= kept.last else None

    def _key(self, memory: Memory, path: str, digest: bytes) -> bytes:
        """The key of what is told of a file, whatever the day is."""
        return memory.key_of_summary("status", path, digest, self._within(path), path)

    def _within(self, path: str) -> Surroundings:
        """What a file is judged in, apart from the day."""
        project = self.projects.at(path)
        if project.folder not in self.within:
            self.within[project.folder] = project.surroundings(date.min)
        return self.within[project.folder]

    def _checked(self, path: str, document: Document, asked: Asked) -> tuple[StatusTold, Judgement]:
        today = asked.day = asked.day or self.today
        judgement = judged_within(self._within(path), path, document, asked)
        known = judgement.known
        if known is not None and not judgement.errors:
            try:
                standing = standing_of(known, self.projects.at(path).handbook, today)
                return StatusTold(path, 0, standing_told(standing, judgement)), judgement
            except Exception as error:  # one file must not stop the others
                judgement = judged_unexpectedly(path, document, error)
        return StatusTold(path, len(judgement.errors)), judgement


def _greet(terminal: Terminal) -> None:
    say = terminal.say
    terminal.out(f"fii {__version__} – {say('an innovation and implementation trajectory in one file')}", "")
    terminal.out(terminal.wrap(say("There is no trajectory in this folder yet.")))
    terminal.out("", "  fii new                        " + say("start a trajectory"))
    terminal.out("  fii new --example samen-leren  " + say("look at an example from the guide"))
    terminal.out("  fii --help                     " + say("see what fii can do"))


def _show(told: StatusTold, handbook: Handbook, terminal: Terminal) -> None:
    say, standing = terminal.say, told.standing
    if standing is None:
        errors = count(told.errors, "{n} error to fix first", "{n} errors to fix first")
        terminal.out(f"{terminal.bold(told.path)}  {terminal.paint(say(errors), 'red')}")
        terminal.out(f"  {say('next step')}: fii check {shlex.quote(told.path)}")
        return
    terminal.headline(standing.heading, told.path)
    _show_phases(standing, handbook, terminal)
    for remark in standing.remarks:
        terminal.out(terminal.wrap(say(remark), "  "))
    terminal.out(f"  {terminal.bold(say('next step'))}: {say(standing.next_step)}")


def _show_phases(standing: StandingTold, handbook: Handbook, terminal: Terminal) -> None:
    """Each phase with its state; its lights are next to the state if there is room, else below."""
    say = terminal.say
    names = [f"{phase.number} {say.pick(phase.name)}" for phase in handbook.phases]
    width = max(map(len, names))
    states = [", ".join(map(say, phase.words)) for phase in standing.phases]
    state_width = max(map(len, (*states, *(say(words) for words in STATE_WORDS.values()))))
    right_of_state = width + state_width + 8
    beside = terminal.width - right_of_state >= 24
    left = right_of_state if beside else 6
    for name, phase, words in zip(names, standing.phases, states, strict=True):
        done = phase.state in ("left", "completed")
        sign, colour = NOT_KNOWN if done and phase.left_unrated else LOOKS[phase.state]
        state = terminal.paint(f"{sign} {words}", colour, bold=phase.state == "here")
        lights = _lights(phase, terminal, left)
        row = f"  {name:<{width}}  {state}"
        if lights and beside:
            gap = " " * (state_width - len(words) + 2)
            row += gap + lights.pop(0)
        terminal.out(row if beside else terminal.wrap(row, "", " " * (width + 6)))
        for line in lights:
            terminal.out(" " * left + line)


def _lights(phase: PhaseTold, terminal: Terminal, left: int) -> list[str]:
    """The lights of a phase, in lines that fit to the right of column ``left``."""
    lines: list[str] = []
    room = 0
    present = [] if phase.unrated else [light for light in LIGHTS if phase.counts[light]]
    for light in present:
        text = f"{SIGNS[light]} {phase.counts[light]} {terminal.word(light)}"
        painted = terminal.paint(text, STYLES[light])
        needed = len(text) + 2
        if lines and needed <= room:
            lines[-1] += f"  {painted}"
            room -= needed
        else:
            lines.append(painted)
            room = terminal.width - left - len(text)
    return lines
