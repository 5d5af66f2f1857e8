"""What a report tells of a phase: its lights, and the facts of its subphases."""

from __future__ import annotations

from fii_cli.analysis.standing import STATE_WORDS, PhaseStanding, SubphaseStanding
from fii_cli.language import msg
from fii_cli.report.model import Fact, LightCount, PhaseBlock, SubphaseBlock
from fii_cli.report.teller import Teller
from fii_cli.trajectory.base import Record
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
    "5a": ("team",),
    "5b": (),
    "5c": ("training",),
    "6a": ("quality",),
    "6b": ("improvement",),
}
"""Which keys of a phase's section belong to which subphase; cycles and indicators stand elsewhere."""
_ELSEWHERE = "roadmap"
"""The key of a subphase that stands in the planning."""


def phase_block(phase: PhaseStanding, tell: Teller, shows_lights: bool) -> PhaseBlock:
    say, content = tell.say, phase.content
    rated = msg("{n} of {all} rated", n=phase.rated, all=len(phase.items))
    return PhaseBlock(
        content.number,
        content.id,
        say.pick(content.name),
        say.pick(content.goal),
        say.pick(content.done_when),
        phase.state,
        say(STATE_WORDS[phase.state]),
        tuple(
            LightCount(tell.light(light), phase.counts[light])
            for light in LIGHTS
            if shows_lights and phase.counts[light]
        ),
        say(rated) if shows_lights else "",
        tuple(_subphase(subphase, phase, tell) for subphase in phase.subphases),
    )


def _subphase(subphase: SubphaseStanding, phase: PhaseStanding, tell: Teller) -> SubphaseBlock:
    section = getattr(tell.trajectory, phase.content.id)
    facts: list[Fact] = []
    for name in _HOMES[subphase.content.id] if section else ():
        value = getattr(section, name)
        if isinstance(value, Record):
            facts += tell.facts(value, without=_ELSEWHERE)
        elif value:
            facts += (tell.entry(item) for item in value)
    items = tuple(tell.item(item) for item in subphase.items if item.ratings or item.own)
    content = subphase.content
    return SubphaseBlock(
        content.id, tell.say.pick(content.name), tell.say.pick(content.key_question), tuple(facts), items
    )
