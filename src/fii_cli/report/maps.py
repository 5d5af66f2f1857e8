"""Key people as a list: who has been silent, how they think, and which levels have nobody."""

from __future__ import annotations

from typing import get_args

from fii_cli.analysis.silence import Silence
from fii_cli.analysis.standing import Standing
from fii_cli.analysis.succession import KeyPersonNow, key_people_now
from fii_cli.report.shapes import KeyPersonShown, StakeholderMap
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Trajectory
from fii_cli.words import Level, Support

_IN_NEED: tuple[Support, ...] = ("kritisch", "onbekend", "neutraal", "steunend", "ambassadeur")
"""The order of key people: those who ask for attention come first."""


def stakeholder_map(
    standing: Standing, silent: tuple[Silence, ...], wording: Wording
) -> StakeholderMap | None:
    """Key people: first those without contact, then those who are critical; ``None`` if there are none."""
    trajectory = standing.trajectory
    if trajectory.versterken is None or not trajectory.versterken.key_people:
        return None
    unheard = {silence.person for silence in silent}
    there = tuple(key_people_now(trajectory, standing.today))

    def need(now: KeyPersonNow) -> tuple[bool, int]:
        return now.person not in unheard, _IN_NEED.index(now.shown.support or "onbekend")

    met = {_level(trajectory, each.person) for each in there}
    nobody = [wording.word(level) for level in get_args(Level) if level not in met]
    return StakeholderMap(
        people=tuple(
            _shown(each, each.person in unheard, standing, wording) for each in sorted(there, key=need)
        ),
        nobody=", ".join(nobody),
    )


def _shown(now: KeyPersonNow, silent: bool, standing: Standing, wording: Wording) -> KeyPersonShown:
    shown = now.shown
    last = max((each.date for each in shown.contacts), key=lambda day: day.last, default=None)
    return KeyPersonShown(
        role=wording.who(now.entry.person, standing.today),
        level=wording.word(_level(wording.trajectory, now.person)),
        support=wording.word(shown.support or "onbekend"),
        contact=wording.day(last),
        silent=wording.say("radio silence") if silent else "",
        why=shown.why or "",
    )


def _level(trajectory: Trajectory, person: str) -> str:
    found = trajectory.person(person)
    return (found.level or "") if found else ""
