"""Values of a trajectory as they are written to a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fii_cli.edits.assess import Rated
from fii_cli.trajectory.base import OneOrMore, Rating, Record
from fii_cli.yaml.emit import Value


def written(value: Any) -> Value:
    """A value as written: a record without what it does not say, a rating in its short form."""
    if isinstance(value, Rating):
        return Rated(value.value, value.note or "", value.evidence or "").written
    if isinstance(value, Record):
        return {name: written(each) for name, each in _said(value)}
    if isinstance(value, Mapping):
        return {str(key): written(each) for key, each in value.items()}
    if isinstance(value, OneOrMore):
        return written(value.as_written)
    if isinstance(value, tuple | list):
        return [written(each) for each in value]
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if isinstance(value, int) else str(value)


def _said(record: Record) -> list[tuple[str, Any]]:
    """The keys with a value that is not the default, in the order of the format."""
    found = []
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if value is None or value in ((), {}):
            continue
        if info.is_required() or value != info.get_default(call_default_factory=True):
            found.append((name, value))
    return found
