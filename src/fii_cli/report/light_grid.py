"""Lights over time as a compact grid: a row for each rated item, a column for each day, and the light now."""

from __future__ import annotations

from fii_cli.analysis.in_words import rated_in_words
from fii_cli.analysis.lights import WORST_FIRST, light_in
from fii_cli.analysis.standing import ItemStanding, PhaseStanding, Standing
from fii_cli.handbook import Handbook
from fii_cli.language import msg
from fii_cli.report.shapes import GridGroup, GridRow, LightGrid, LightShown
from fii_cli.report.wording import Wording
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.words import STOPLICHT, Light

_MOST_DAYS = 6
"""The number of rating dates to show: the latest ones, so that they fit on a phone."""
_TOLD: tuple[Light, ...] = ("rood", "oranje")


def light_grid(standing: Standing, handbook: Handbook, wording: Wording) -> LightGrid | None:
    """Every rated item with its lights; if sides differ, the less favourable one. ``None`` without lights.

    The current phase comes first, then the latest one; in a phase red comes first, and unknown last.
    """
    assessments = _stoplights(standing)
    days = tuple(dict.fromkeys(str(assessment.date) for assessment in assessments))
    shown = days[-_MOST_DAYS:] if len(days) > 1 else ()
    found = _lights_by_item(assessments)
    groups = []
    for phase in sorted(standing.phases, key=lambda each: (each.state != "here", -each.content.number)):
        rows = tuple(
            _row(item, found.get(item.id, {}), shown, standing, handbook, wording)
            for item in sorted(phase.items, key=lambda item: WORST_FIRST.index(item.light))
            if item.ratings
        )
        if rows:
            groups.append(_group(phase, rows, wording))
    if not groups:
        return None
    left = sum(phase.applicable - phase.rated for phase in standing.phases)
    of = sum(phase.applicable for phase in standing.phases)
    unrated = wording.say(msg("{n} of {all} items have no light yet.", n=left, all=of)) if left else ""
    return LightGrid(tuple(wording.say.day(day, short=True) for day in shown), tuple(groups), unrated)


def _group(phase: PhaseStanding, rows: tuple[GridRow, ...], wording: Wording) -> GridGroup:
    name = f"{phase.content.number} {wording.say.pick(phase.content.name)}"
    return GridGroup(name, wording.say(rated_in_words(phase)), rows)


def _row(
    item: ItemStanding,
    lights: dict[str, Light],
    days: tuple[str, ...],
    standing: Standing,
    handbook: Handbook,
    wording: Wording,
) -> GridRow:
    name = wording.say.pick(handbook.short_name(STOPLICHT, item.id, item))
    why = _why(item, standing, handbook, wording) if item.light in _TOLD else ()
    cells = tuple(_light(lights.get(day), wording) for day in days)
    return GridRow(name, why, cells, wording.light(item.light))


def _why(item: ItemStanding, standing: Standing, handbook: Handbook, wording: Wording) -> tuple[str, ...]:
    """The reasons for a light: what was noted, or what the light means; then what was agreed on."""
    told = [*wording.item(item).remarks]
    anchored = None if told else handbook.anchored(STOPLICHT, item.id)
    if anchored and item.light in anchored.anchors:
        meaning = wording.say.pick(anchored.anchors[item.light])
        told.append(
            wording.say("{light} means here: {meaning}", light=wording.word(item.light), meaning=meaning)
        )
    running = standing.trajectory.running_on.get(f"{STOPLICHT}/{item.id}", ())
    return (*told, *(wording.say("agreed: {what}", what=action.what) for action in running))


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
