"""A phase in a report: its lights, and the facts of its subphases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from fii_cli.analysis.in_words import rated_in_words, state_in_words
from fii_cli.analysis.standing import PhaseStanding, SubphaseStanding
from fii_cli.analysis.succession import key_people_now, team_now
from fii_cli.report.model import Fact, LightCount, PhaseBlock, SubphaseBlock
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.implementeren import OwnTeam, Team
from fii_cli.trajectory.versterken import KeyPerson
from fii_cli.words import LIGHTS

_HOMES = {
    "1a": ("commissioner",),
    "1b": ("question",),
    "1c": ("boundaries",),
    "2a": ("shortlist",),
    "2b": ("agreements",),
    "2c": ("ownership",),
    "3a": ("balance",),
    "3b": ("method",),
    "4a": ("key_people",),
    "4b": ("support",),
    "5a": ("team", "teams"),
    "5b": (),
    "5c": ("training",),
    "6a": ("quality",),
    "6b": ("improvement",),
}
"""The keys of a phase's section by subphase; the rest is in other sections of the report."""
_ELSEWHERE = "roadmap"
"""The key of a subphase that is in the planning section."""


def phase_block(phase: PhaseStanding, wording: Wording, shows_lights: bool, today: date) -> PhaseBlock:
    """A phase with its facts from the file; without lights if the edition shows none."""
    say, content = wording.say, phase.content
    counts: tuple[LightCount, ...] = ()
    rated = ""
    if shows_lights:
        counts = _counts(phase, wording)
        rated = say(rated_in_words(phase))
    return PhaseBlock(
        number=content.number,
        id=content.id,
        name=say.pick(content.name),
        goal=say.pick(content.goal),
        done_when=say.pick(content.done_when),
        state=phase.state,
        unrated=phase.left_unrated,
        state_words=state_in_words(phase, say, shows_lights=shows_lights),
        counts=counts,
        rated=rated,
        subphases=tuple(_subphase(subphase, phase, wording, today) for subphase in phase.subphases),
    )


def _counts(phase: PhaseStanding, wording: Wording) -> tuple[LightCount, ...]:
    """The number of items with each light, without zeros."""
    given = [light for light in LIGHTS if phase.counts[light]]
    return tuple(LightCount(wording.light(light), phase.counts[light]) for light in given)


def _subphase(
    subphase: SubphaseStanding, phase: PhaseStanding, wording: Wording, today: date
) -> SubphaseBlock:
    say, content = wording.say, subphase.content
    shown = [item for item in subphase.items if item.ratings or item.own]
    return SubphaseBlock(
        id=content.id,
        name=say.pick(content.name),
        key_question=say.pick(content.key_question),
        facts=tuple(_subphase_facts(subphase, phase, wording, today)),
        items=tuple(wording.item(item) for item in shown),
    )


def _subphase_facts(
    subphase: SubphaseStanding, phase: PhaseStanding, wording: Wording, today: date
) -> Iterator[Fact]:
    """The facts of a subphase, one for each key, or one for each entry if the key is a list."""
    section = getattr(wording.trajectory, phase.content.id)
    if section is None:
        return
    for name in _HOMES[subphase.content.id]:
        value = _there(getattr(section, name), wording.trajectory, today)
        if isinstance(value, Record):
            yield from wording.facts(value, without=_ELSEWHERE)
        elif value:
            for entry in value:
                yield wording.entry(entry)


def _there(value: Any, trajectory: Trajectory, today: date) -> Any:
    """The facts of a key, with only those people who are there: members of a team, and key people."""
    if isinstance(value, Team):
        return team_now(trajectory, value, today)
    if isinstance(value, tuple) and value and isinstance(value[0], OwnTeam):
        return tuple(team_now(trajectory, each, today) for each in value)
    if isinstance(value, tuple) and value and isinstance(value[0], KeyPerson):
        return tuple(each.shown for each in key_people_now(trajectory, today))
    return value
