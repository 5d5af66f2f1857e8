"""What ``fii status`` tells of one trajectory: its phases, what is open or due, and the next step."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fii_cli.analysis.in_words import paths_in_words, rated_in_words
from fii_cli.analysis.paths import paths_now
from fii_cli.analysis.standing import STATE_WORDS, ItemStanding, PhaseStanding, Standing, State
from fii_cli.analysis.succession import gone
from fii_cli.commands.choose_path import flags_for
from fii_cli.language import Message, count, msg
from fii_cli.rules.check import Judgement
from fii_cli.rules.groups import grouped
from fii_cli.trajectory import Trajectory
from fii_cli.words import Light, Phase, label


@dataclass(frozen=True, slots=True)
class PathTold:
    """Where an organisation is, or the trajectory as a whole, and since when."""

    organisation: str | None
    phase: Phase
    state: State
    entered: str | None


@dataclass(frozen=True, slots=True)
class PhaseTold:
    """A phase with its state in ``words``, and its lights.

    ``where`` are the organisations with the light of an item, if lights stand for each. ``unrated`` is
    whether nothing is known about it, and ``left_unrated`` whether it was left like that.
    """

    id: Phase
    state: State
    words: tuple[Message, ...]
    items: int
    applicable: int
    rated: int
    counts: Mapping[Light, int]
    where: Mapping[str, tuple[str, ...]]
    unrated: bool
    left_unrated: bool


@dataclass(frozen=True, slots=True)
class StandingTold:
    """A trajectory without errors. ``remarks`` are what is open or due, the most urgent first."""

    title: str
    heading: str
    here: Phase | None
    paths: tuple[PathTold, ...]
    phases: tuple[PhaseTold, ...]
    overdue: tuple[str, ...]
    running: tuple[str, ...]
    findings: int
    remarks: tuple[Message, ...]
    next_step: Message


@dataclass(frozen=True, slots=True)
class StatusTold:
    """A file with the number of its errors; ``standing`` is ``None`` if there are any."""

    path: str
    errors: int
    standing: StandingTold | None = None


def standing_told(standing: Standing, judgement: Judgement) -> StandingTold:
    """What is told of a trajectory in a file without errors."""
    return StandingTold(
        standing.trajectory.title,
        standing.trajectory.heading,
        standing.here.content.id if standing.here else None,
        tuple(
            PathTold(
                each.organisation,
                each.visit.phase,
                each.state,
                each.visit.entered.text if each.visit.entered else None,
            )
            for each in paths_now(standing.trajectory)
        ),
        tuple(map(_phase_told, standing.phases)),
        tuple(_late(standing)),
        tuple(action.id for action in standing.running),
        len(judgement.diagnostics),
        tuple(_remarks(standing, judgement)),
        _next_step(standing, judgement),
    )


def _phase_told(phase: PhaseStanding) -> PhaseTold:
    state, left_unrated = msg(STATE_WORDS[phase.state]), phase.left_unrated
    return PhaseTold(
        phase.content.id,
        phase.state,
        (state, rated_in_words(phase)) if left_unrated else (state,),
        len(phase.items),
        phase.applicable,
        phase.rated,
        phase.counts,
        {item.id: item.where for item in phase.items if item.where},
        phase.unrated,
        left_unrated,
    )


def record(told: StatusTold) -> dict[str, object]:
    """The same as data."""
    standing = told.standing
    if standing is None:
        return {"path": told.path, "errors": told.errors, "phases": None}
    return {
        "path": told.path,
        "errors": 0,
        "title": standing.title,
        "here": standing.here,
        "paths": [
            {
                "organisation": each.organisation,
                "phase": each.phase,
                "state": each.state,
                "entered": each.entered,
            }
            for each in standing.paths
        ],
        "phases": [
            {
                "id": p.id,
                "state": p.state,
                "items": p.items,
                "applicable": p.applicable,
                "rated": p.rated,
                "lights": p.counts,
                "where": p.where,
            }
            for p in standing.phases
        ],
        "overdue": standing.overdue,
        "running": standing.running,
        "findings": standing.findings,
    }


def _late(standing: Standing) -> list[str]:
    """The ids of what is overdue."""
    return [*(action.id for action in standing.overdue), *(task.id for task in standing.overdue_tasks)]


def _remarks(standing: Standing, judgement: Judgement) -> list[Message]:
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
    late = _late(standing)
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


def _next_step(standing: Standing, judgement: Judgement) -> Message:
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
