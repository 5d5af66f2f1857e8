"""Editions: a trajectory without the keys that an audience may not see.

They are removed before the analysis, so that no later step can show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_
from typing import Any

from fii_cli.editions.outsiders import for_outsiders
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REACHES, Record, remade
from fii_cli.trajectory.follow_up import Assessment, Published
from fii_cli.words import AUDIENCES, OUTER, SMALLEST_GROUP, Audience


def reaches(record: type[Record], key: str, audience: Audience) -> bool:
    """Whether an edition may show a key of a record."""
    extra = record.model_fields[key].json_schema_extra
    assert isinstance(extra, dict)
    widest: Any = extra[REACHES]
    return AUDIENCES.index(widest) >= AUDIENCES.index(audience)


def edition_of(
    trajectory: Trajectory,
    audience: Audience,
    smallest: int = SMALLEST_GROUP,
    later: Trajectory | None = None,
) -> Trajectory:
    """The trajectory as an edition may show it; other keys have their defaults, as if never written.

    Outside the team and the steering group, nobody sees published results of fewer than ``smallest`` answers.
    With ``later`` it is compared with the edition of that version: outside, the same record has the same id
    in both, and who is hidden there is hidden here too.
    """
    edition = _reached(trajectory, audience, smallest)
    if audience not in OUTER:
        return edition
    return for_outsiders(edition, trajectory, (_reached(later, audience, smallest), later) if later else None)


def _reached(trajectory: Trajectory, audience: Audience, smallest: int) -> Trajectory:
    """The trajectory without the keys that an audience may not see, under the ids of the file."""
    edition: Trajectory = _without(trajectory, audience)
    return _without_small_groups(edition, smallest) if audience in OUTER else edition


def shows_more(one: Audience, other: Audience) -> bool:
    """Whether an edition shows more than another one, and so may not overwrite it."""
    return AUDIENCES.index(one) < AUDIENCES.index(other)


def _without(record: Any, audience: Audience) -> Any:
    """A record with the keys that an audience may not see reset to their defaults; itself if it has none."""
    changed: dict[str, Any] = {}
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if reaches(type(record), name, audience):
            shown = _each(value, audience)
            hidden = shown is not value
        else:
            shown = info.get_default(call_default_factory=True)
            hidden = shown != value
        if hidden:
            changed[name] = shown
    return remade(record, **changed) if changed else record


def _without_small_groups(edition: Trajectory, smallest: int) -> Trajectory:
    """An edition without the published results of small groups, and of unknown ones, which may be small.

    A result without shares and mean is left, so that a report can say that there was one.
    """
    made = tuple(_with_large_groups(each, smallest) for each in edition.assessments)
    changed = any(new is not old for new, old in zip(made, edition.assessments, strict=True))
    return remade(edition, assessments=made) if changed else edition


def _with_large_groups(made: Assessment, smallest: int) -> Assessment:
    def is_small(result: Published) -> bool:
        n = made.responses if result.n is None else result.n
        return n is None or n < smallest

    if not any(map(is_small, made.published.values())):
        return made
    left = {
        item: remade(each, mean=None, sd=None, shares={}) if is_small(each) else each
        for item, each in made.published.items()
    }
    left_out: Assessment = remade(made, published=left)
    return left_out


def _each(value: Any, audience: Audience) -> Any:
    if isinstance(value, Record):
        return _without(value, audience)
    if isinstance(value, tuple):
        items = tuple(_each(each, audience) for each in value)
        return value if all(map(is_, items, value)) else items
    if isinstance(value, Mapping):
        values = {key: _each(each, audience) for key, each in value.items()}
        return value if all(map(is_, values.values(), value.values())) else values
    return value
