"""``fii status``: the status of trajectories, and the next step."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from datetime import date

import typer

from fii_cli import __version__
from fii_cli.analysis.in_words import paths_in_words, state_in_words
from fii_cli.analysis.paths import paths_now
from fii_cli.analysis.standing import STATE_WORDS, ItemStanding, PhaseStanding, Standing, State, standing_of
from fii_cli.analysis.succession import gone
from fii_cli.commands.choose_path import flags_for
from fii_cli.commands.options import (
    AsJson,
    AsOf,
    Paths,
    day,
)
from fii_cli.commands.say import say_cannot_open, say_json
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.language import N_, Message, count, msg
from fii_cli.project.context import Project, Projects
from fii_cli.project.surroundings import judged_unexpectedly
from fii_cli.rules.check import Judgement
from fii_cli.rules.groups import grouped
from fii_cli.terminal import STYLES, Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.words import LIGHTS, SIGNS, label
from fii_cli.yaml.document import Document

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
    as_json: AsJson = False,
) -> int:
    return _status(context.obj, paths or ["."], day(as_of), as_json, greet=False)


def home(terminal: Terminal) -> int:
    """``fii`` without a command: the status of this folder, or a greeting if it has no trajectory."""
    return _status(terminal, ["."], None, as_json=False, greet=True)


def _status(terminal: Terminal, paths: list[str], as_of: date | None, as_json: bool, *, greet: bool) -> int:
    projects = Projects()
    today = as_of or projects.today
    found = projects.search(paths)
    checked = [_check(projects.at(path), path, document, today) for path, document in found.documents()]
    if as_json:
        records = [_record(judgement, standing) for judgement, standing in checked]
        say_json(terminal, {"version": 1, "trajectories": records})
    else:
        for number, (judgement, standing) in enumerate(checked):
            if number:
                terminal.out()
            _show(judgement, standing, terminal)
    for error in found.unopened:
        say_cannot_open(error, terminal)
    if found.unopened:
        return NOT_DONE
    if not checked and greet:
        _greet(terminal)
    elif not checked:
        terminal.note(terminal.say("no trajectory found here; fii new starts one"))
    return FOUND if any(standing is None for _, standing in checked) else OK


def _check(project: Project, path: str, document: Document, today: date) -> tuple[Judgement, Standing | None]:
    """The check of a file, and the standing of its trajectory, or ``None`` if it has errors."""
    judgement = project.judge(path, document, today)
    known = judgement.known
    if known is None or judgement.errors:
        return judgement, None
    try:
        return judgement, standing_of(known, project.handbook, today)
    except Exception as error:  # one file must not stop the others
        return judged_unexpectedly(judgement.path, judgement.document, error), None


def _greet(terminal: Terminal) -> None:
    say = terminal.say
    terminal.out(f"fii {__version__} – {say('an innovation and implementation trajectory in one file')}", "")
    terminal.out(terminal.wrap(say("There is no trajectory in this folder yet.")))
    terminal.out("", "  fii new                        " + say("start a trajectory"))
    terminal.out("  fii new --example samen-leren  " + say("look at an example from the guide"))
    terminal.out("  fii --help                     " + say("see what fii can do"))


def _show(judgement: Judgement, standing: Standing | None, terminal: Terminal) -> None:
    say = terminal.say
    if standing is None:
        errors = count(len(judgement.errors), "{n} error to fix first", "{n} errors to fix first")
        terminal.out(f"{terminal.bold(judgement.path)}  {terminal.paint(say(errors), 'red')}")
        terminal.out(f"  {say('next step')}: fii check {shlex.quote(judgement.path)}")
        return
    terminal.headline(standing.trajectory.heading, judgement.path)
    _show_phases(standing, terminal)
    for remark in remarks(standing, judgement):
        terminal.out(terminal.wrap(say(remark), "  "))
    terminal.out(f"  {terminal.bold(say('next step'))}: {say(next_step(standing, judgement))}")


def _show_phases(standing: Standing, terminal: Terminal) -> None:
    """Each phase with its state; its lights are next to the state if there is room, else below."""
    say = terminal.say
    names = [f"{phase.content.number} {say.pick(phase.content.name)}" for phase in standing.phases]
    width = max(map(len, names))
    states = [state_in_words(phase, say, shows_lights=True) for phase in standing.phases]
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


def _lights(phase: PhaseStanding, terminal: Terminal, left: int) -> list[str]:
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


def remarks(standing: Standing, judgement: Judgement) -> list[Message]:
    """What is open or due, one message each, most urgent first."""
    lines = []
    if standing.decision:
        lines.append(
            msg(
                "last decision: {decision} ({date})",
                decision=msg(label(standing.decision.decision)),
                date=standing.decision.date.text,
            )
        )
    elsewhere = paths_in_words(standing.trajectory, standing.today)
    if elsewhere:
        lines.append(msg("now: {paths}", paths=elsewhere))
    red = list(standing.with_light("rood"))
    if red:
        lines.append(
            count(
                len(red),
                "{n} red light: {items}",
                "{n} red lights: {items}",
                items=_first(_with_where(i) for _, i in red),
            )
        )
    late = [*(action.id for action in standing.overdue), *(task.id for task in standing.overdue_tasks)]
    if late:
        lines.append(msg("{n} overdue: {items}", n=len(late), items=_first(late)))
    if standing.running:
        lines.append(count(len(standing.running), "{n} action running", "{n} actions running"))
    here = standing.here
    if here and here.in_the_way:
        lines.append(
            count(
                len(here.in_the_way),
                "{n} item that fii requires in this phase is not green: {items}",
                "{n} items that fii requires in this phase are not green: {items}",
                items=_first(_with_where(item) for item in here.in_the_way),
            )
        )
    if judgement.diagnostics:
        shown = len(grouped(judgement.diagnostics))  # as many as fii check shows
        lines.append(count(shown, "{n} finding of fii check", "{n} findings of fii check"))
    return lines


def _with_where(item: ItemStanding) -> str:
    """The id of an item, with the organisations that have its light if lights stand for each."""
    return f"{item.id} ({', '.join(item.where)})" if item.where else item.id


def _first(ids: Iterable[str], most: int = 3) -> str:
    words = list(ids)
    return ", ".join(words[:most]) + (" …" if len(words) > most else "")


def next_step(standing: Standing, judgement: Judgement) -> Message:
    """The next thing to do, as a command."""
    here, path = standing.here, shlex.quote(judgement.path)
    last = standing.trajectory.last_visit
    if here is None:
        advance = _with_path(standing.trajectory, path)
        if last and last[1].closing and last[1].closing.decision == "pauze":
            return msg("resume {phase}: fii advance {path}", phase=msg(label(last[1].phase)), path=advance)
        if standing.trajectory.at_rest:
            return msg("fii report {path}", path=path)
        return msg("fii advance {path}", path=advance)
    about = last[1].organisation if last else None
    organisation = standing.trajectory.organisation(about)
    if organisation and organisation.until and gone(standing.trajectory, about, standing.today):
        flags = f"--organisation {about} --decision stop --date {organisation.until.text}"
        return msg(
            "end the visit of {name}: fii advance {path} {flags}",
            name=organisation.name,
            path=path,
            flags=flags,
        )
    assess = f"{path} --about {about}" if about else path
    if here.unrated:
        return msg(
            "rate the lights of {phase}: fii assess {path}", phase=msg(label(here.content.id)), path=assess
        )
    if judgement.diagnostics:
        return msg("fii check {path}", path=path)
    if here.in_the_way:
        item = here.in_the_way[0].id
        return msg("discuss {item} in the core team: fii assess {path} --due", item=item, path=assess)
    advance = _with_path(standing.trajectory, path)
    return msg("decide on {phase}: fii advance {path}", phase=msg(label(here.content.id)), path=advance)


def _with_path(trajectory: Trajectory, path: str) -> str:
    """A file with the options that name the path that counts for the whole, if there are several."""
    last = trajectory.last_visit
    if last is None:
        return path
    visit = last[1]
    chosen = (visit.organisation, visit.phase if visit.closing is None else None)
    return " ".join((path, *flags_for(trajectory, chosen)))


def _record(judgement: Judgement, standing: Standing | None) -> dict[str, object]:
    if standing is None:
        return {"path": judgement.path, "errors": len(judgement.errors), "phases": None}
    return {
        "path": judgement.path,
        "errors": 0,
        "title": standing.trajectory.title,
        "here": standing.here.content.id if standing.here else None,
        "paths": [
            {
                "organisation": each.organisation,
                "phase": each.visit.phase,
                "state": each.state,
                "entered": each.visit.entered.text if each.visit.entered else None,
            }
            for each in paths_now(standing.trajectory)
        ],
        "phases": [
            {
                "id": p.content.id,
                "state": p.state,
                "items": len(p.items),
                "applicable": p.applicable,
                "rated": p.rated,
                "lights": p.counts,
                "where": {item.id: list(item.where) for item in p.items if item.where},
            }
            for p in standing.phases
        ],
        "overdue": [action.id for action in standing.overdue] + [task.id for task in standing.overdue_tasks],
        "running": [action.id for action in standing.running],
        "findings": len(judgement.diagnostics),
    }
