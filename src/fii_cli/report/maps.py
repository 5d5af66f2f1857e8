"""Tables that are read as a map: lights over time, and key people by level and support."""

from __future__ import annotations

from typing import get_args

from fii_cli.analysis.silence import Silence
from fii_cli.analysis.standing import WORST_FIRST, Standing
from fii_cli.report.shapes import (
    GridRow,
    KeyPersonShown,
    LightGrid,
    LightShown,
    StakeholderMap,
    StakeholderRow,
)
from fii_cli.report.teller import Teller
from fii_cli.words import LIGHTS, Level, Light, Support

_DAYS = 8
"""How many days of rating are shown: the last ones."""


def light_grid(standing: Standing, tell: Teller) -> LightGrid | None:
    """Every light as it was rated, day by day; where sides differ on a day, the less favourable one."""
    found: dict[str, dict[str, Light]] = {}
    days: dict[str, None] = {}
    stoplights = [made for _, made in standing.trajectory.stoplights() if not made.date.after(standing.today)]
    for made in sorted(stoplights, key=lambda made: made.date.first):
        days[str(made.date)] = None
        for item, rating in made.ratings.items():
            light: Light = next((each for each in LIGHTS if each == rating.value), "onbekend")
            before = found.setdefault(item, {}).get(str(made.date), light)
            found[item][str(made.date)] = min(before, light, key=WORST_FIRST.index)
    if len(days) < 2:
        return None
    shown = tuple(days)[-_DAYS:]
    rows = []
    for phase in standing.phases:
        for each in phase.items:
            lights = found.get(each.id, {})
            cells: tuple[LightShown | None, ...] = tuple(
                tell.light(lights[day]) if day in lights else None for day in shown
            )
            if any(cells):
                rows.append(GridRow(tell.item(each).question, cells))
    return LightGrid(shown, tuple(rows)) if rows else None


def stakeholder_map(standing: Standing, silent: tuple[Silence, ...], tell: Teller) -> StakeholderMap | None:
    """Key people by the level they work at and how they stand towards the trajectory."""
    section, trajectory = standing.trajectory.versterken, standing.trajectory
    key_people = section.key_people if section else ()
    if not key_people:
        return None
    unheard = frozenset(each.person for each in silent)
    placed: dict[tuple[str, str], list[KeyPersonShown]] = {}
    for each in key_people:
        person = trajectory.person(each.person)
        level = person.level if person and person.level else ""
        quiet = tell.say("radio silence") if each.person in unheard else ""
        shown = KeyPersonShown(trajectory.named(each.person), quiet)
        placed.setdefault((level, each.support or "onbekend"), []).append(shown)
    met = {level for level, _ in placed}
    levels = [level for level in (*get_args(Level), "") if level in met]
    supports = get_args(Support)
    return StakeholderMap(
        tuple(tell.word(support).capitalize() for support in supports),
        tuple(
            StakeholderRow(
                (tell.word(level) or tell.say("no level named")).capitalize(),
                tuple(tuple(placed.get((level, support), ())) for support in supports),
            )
            for level in levels
        ),
        ", ".join(tell.word(level) for level in get_args(Level) if level not in met),
    )
