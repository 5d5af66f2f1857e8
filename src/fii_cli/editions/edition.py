"""Editions: a trajectory without the keys that an audience may not see.

They are removed before the analysis, so that no later step can show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fii_cli.editions.outsiders import for_outsiders
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REACHES, Record, remade
from fii_cli.words import AUDIENCES, OUTER, Audience


def reaches(record: type[Record], key: str, audience: Audience) -> bool:
    """Whether an edition may show a key of a record."""
    extra = record.model_fields[key].json_schema_extra
    assert isinstance(extra, dict)
    widest: Any = extra[REACHES]
    return AUDIENCES.index(widest) >= AUDIENCES.index(audience)


def edition_of(trajectory: Trajectory, audience: Audience) -> Trajectory:
    """The trajectory as an edition may show it; other keys have their defaults, as if never written."""
    edition: Trajectory = _without(trajectory, audience)
    return for_outsiders(edition, trajectory) if audience in OUTER else edition


def shows_more(one: Audience, other: Audience) -> bool:
    """Whether an edition shows more than another one, and so may not overwrite it."""
    return AUDIENCES.index(one) < AUDIENCES.index(other)


def _without(record: Any, audience: Audience) -> Any:
    """A record with the keys that an audience may not see reset to their defaults."""
    values: dict[str, Any] = {}
    for name, info in type(record).model_fields.items():
        if reaches(type(record), name, audience):
            values[name] = _each(getattr(record, name), audience)
        else:
            values[name] = info.get_default(call_default_factory=True)
    return remade(record, **values)


def _each(value: Any, audience: Audience) -> Any:
    if isinstance(value, Record):
        return _without(value, audience)
    if isinstance(value, tuple):
        return tuple(_each(each, audience) for each in value)
    if isinstance(value, Mapping):
        return {key: _each(each, audience) for key, each in value.items()}
    return value
