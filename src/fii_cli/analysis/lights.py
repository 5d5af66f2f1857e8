"""The current lights: the latest rating of an item from each side, since its phase was last entered.

Rules and pages both use this module, so that they agree on every light.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fii_cli.analysis.sides import Dated
from fii_cli.analysis.succession import asks_nothing
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.trajectory import Side, Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.words import LIGHTS, STOPLICHT, Light, Phase, phase_of

WORST_FIRST: tuple[Light, ...] = ("rood", "oranje", "onbekend", "groen", "nvt")
_LIGHTS: dict[str, Light] = {light: light for light in LIGHTS}
LastLights = dict[Side, tuple[int, Assessment]]
"""By side: the assessment with the latest light of an item, after its index in the file."""


def last_lights(trajectory: Trajectory, item: str, until: date) -> LastLights:
    """The latest light of an item from each side, up to a day and since its phase was last entered."""
    last: LastLights = {}
    for side, said, since in _sides(trajectory, item, until):
        for each in reversed(said):
            if each[1].date.counts(since, until):
                last[side] = each
                break
    return last


def changed_light(trajectory: Trajectory, item: str, until: date) -> bool:
    """Whether a side gave an item another light the last time than the time before."""
    return any(
        len({light_in(assessment, item) for _, assessment in said[-2:]}) > 1
        for _, said in lights_by_side(trajectory, item, until)
    )


def lights_by_side(trajectory: Trajectory, item: str, until: date) -> Iterator[tuple[Side, Dated]]:
    """The lights of an item from each side, up to a day and since its phase was last entered.

    While others go on, an organisation that ended, or whose path is at rest, is left out: nothing is asked of
    it.
    """
    for side, said, since in _sides(trajectory, item, until):
        counting = [each for each in said if each[1].date.counts(since, until)]
        if counting:
            yield side, counting


def _sides(trajectory: Trajectory, item: str, until: date) -> Iterator[tuple[Side, Dated, Date | None]]:
    """The lights of an item from each side of which something is asked, and since when they count."""
    phase = phase_of_item(trajectory, item)
    for side, said in trajectory.rated.get((STOPLICHT, item), {}).items():
        if side[1] and asks_nothing(trajectory, side[1], until):
            continue
        visit = trajectory.last_visit_of(side[1], phase) if phase else None
        yield side, said, visit.entered if visit else None


def items_with_lights(trajectory: Trajectory) -> tuple[str, ...]:
    """Every item that was ever given a light, in the order of the file."""
    return tuple(item for instrument, item in trajectory.rated if instrument == STOPLICHT)


def phase_of_item(trajectory: Trajectory, item: str) -> Phase | None:
    """The phase of an item of the handbook or the team; ``None`` if its id does not belong to a phase."""
    own = trajectory.own_items_by_id.get(item)
    if own:
        return phase_of(own.subphase)
    return phase_of(item) if item[:1] and item[0] in "123456" else None


def light_in(assessment: Assessment, item: str) -> Light:
    """The light of an item in an assessment; unknown if the rating is not a light."""
    return _LIGHTS.get(assessment.ratings[item].value, NO_LIGHT)


def light_of(item: str, last: LastLights) -> Light:
    """The combined light of all sides: the least favourable one, or unknown if nobody gave one."""
    lights = (light_in(assessment, item) for _, assessment in last.values())
    return min(lights, key=WORST_FIRST.index, default=NO_LIGHT)
