"""Tables in the form of a map: lights over time, and key people by level and support."""

from __future__ import annotations

from typing import get_args

from fii_cli.analysis.lights import WORST_FIRST, light_in
from fii_cli.analysis.silence import Silence
from fii_cli.analysis.standing import Standing
from fii_cli.handbook import Handbook
from fii_cli.report.shapes import (
    GridRow,
    KeyPersonShown,
    LightGrid,
    LightShown,
    StakeholderMap,
    StakeholderRow,
)
from fii_cli.report.wording import Wording
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.words import STOPLICHT, Level, Light, Support

_MOST_DAYS = 8
"""The number of rating dates to show: the latest ones."""


def light_grid(standing: Standing, handbook: Handbook, wording: Wording) -> LightGrid | None:
    """Every light by rating date, by the short name of its item; if sides differ, the less favourable one."""
    assessments = _stoplights(standing)
    days = tuple(dict.fromkeys(str(assessment.date) for assessment in assessments))
    if len(days) < 2:
        return None
    shown = days[-_MOST_DAYS:]
    found = _lights_by_item(assessments)
    rows = []
    for phase in standing.phases:
        for item in phase.items:
            lights = found.get(item.id, {})
            cells = [_light(lights.get(day), wording) for day in shown]
            if any(cells):
                name = handbook.short_name(STOPLICHT, item.id, item)
                rows.append(GridRow(wording.say.pick(name), tuple(cells)))
    if not rows:
        return None
    return LightGrid(tuple(wording.say.day(day) for day in shown), tuple(rows))


def _stoplights(standing: Standing) -> list[Assessment]:
    """The assessments with the stoplicht up to today, oldest first."""
    made = [each for _, each in standing.trajectory.stoplights()]
    return sorted(made, key=lambda each: each.date.first)


def _lights_by_item(assessments: list[Assessment]) -> dict[str, dict[str, Light]]:
    """The least favourable light of each item on each day, by item and day."""
    found: dict[str, dict[str, Light]] = {}
    for assessment in assessments:
        day = str(assessment.date)
        for item in assessment.ratings:
            by_day = found.setdefault(item, {})
            light = light_in(assessment, item)
            by_day[day] = min(by_day.get(day, light), light, key=WORST_FIRST.index)
    return found


def _light(light: Light | None, wording: Wording) -> LightShown | None:
    return wording.light(light) if light else None


def stakeholder_map(
    standing: Standing, silent: tuple[Silence, ...], wording: Wording
) -> StakeholderMap | None:
    """Key people by their level and their support, or ``None`` if there are none."""
    placed = _placed(standing, silent, wording)
    if not placed:
        return None
    met = {level for level, _ in placed}
    supports = get_args(Support)
    rows = []
    for level in (*get_args(Level), ""):
        if level in met:
            name = wording.word(level) or wording.say("no level given")
            cells = tuple(tuple(placed.get((level, support), ())) for support in supports)
            rows.append(StakeholderRow(name.capitalize(), cells))
    nobody = [wording.word(level) for level in get_args(Level) if level not in met]
    return StakeholderMap(
        supports=tuple(wording.word(support).capitalize() for support in supports),
        rows=tuple(rows),
        nobody=", ".join(nobody),
    )


def _placed(
    standing: Standing, silent: tuple[Silence, ...], wording: Wording
) -> dict[tuple[str, str], list[KeyPersonShown]]:
    """The key people by level and support; the level is empty if unknown."""
    trajectory = standing.trajectory
    if trajectory.versterken is None:
        return {}
    unheard = {silence.person for silence in silent}
    placed: dict[tuple[str, str], list[KeyPersonShown]] = {}
    for key_person in trajectory.versterken.key_people:
        person = trajectory.person(key_person.person)
        level = (person.level or "") if person else ""
        quiet = wording.say("radio silence") if key_person.person in unheard else ""
        shown = KeyPersonShown(trajectory.named(key_person.person), quiet)
        placed.setdefault((level, key_person.support or "onbekend"), []).append(shown)
    return placed
