"""Editions: a trajectory without what a circle of readers is not meant to see.

What is left out is gone before anything is concluded from it, so that no later step can show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REACHES, REFERS_TO, Record
from fii_cli.trajectory.head import Person
from fii_cli.trajectory.verkennen import Verkennen
from fii_cli.words import AUDIENCES, Audience

OUTER: tuple[Audience, ...] = ("client", "public")
"""The editions that leave the organisations which made the file."""


def reaches(record: type[Record], key: str, audience: Audience) -> bool:
    """Whether an edition may show a key of a record."""
    extra = record.model_fields[key].json_schema_extra
    assert isinstance(extra, dict)
    widest: Any = extra[REACHES]
    return AUDIENCES.index(widest) >= AUDIENCES.index(audience)


def edition_of(trajectory: Trajectory, audience: Audience) -> Trajectory:
    """The trajectory as an edition may show it; a key that does not reach that far is as if never written.

    An organisation that is only a candidate is known no further than the shortlist. Outside the team and the
    steering group people have a number for an id, since an id may be a name.
    """
    edition: Trajectory = _without(trajectory, audience)
    if audience in OUTER:
        edition = _renamed(edition, {person.id: f"person-{n}" for n, person in enumerate(edition.people, 1)})
    if reaches(Verkennen, "shortlist", audience):
        return edition
    hidden = {each.id for each in edition.organisations if each.roles == ("candidate",)}
    known: Trajectory = _made(
        edition,
        organisations=tuple(each for each in edition.organisations if each.id not in hidden),
        assessments=tuple(each for each in edition.assessments if each.about not in hidden),
    )
    return known


def _without(record: Any, audience: Audience) -> Any:
    hidden = {
        name: info.get_default(call_default_factory=True)
        for name, info in type(record).model_fields.items()
        if not reaches(type(record), name, audience)
    }
    kept = {
        name: _each(getattr(record, name), audience)
        for name in type(record).model_fields
        if name not in hidden
    }
    return _made(record, **kept, **hidden)


def _each(value: Any, audience: Audience) -> Any:
    if isinstance(value, Record):
        return _without(value, audience)
    if isinstance(value, tuple):
        return tuple(_each(each, audience) for each in value)
    if isinstance(value, dict):
        return {key: _each(each, audience) for key, each in value.items()}
    return value


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A part of a trajectory in which people go by other ids, at themselves and wherever they are meant."""
    if isinstance(value, tuple):
        return tuple(_renamed(each, names) for each in value)
    if isinstance(value, dict):
        return {key: _renamed(each, names) for key, each in value.items()}
    if not isinstance(value, Record):
        return value
    found = {name: _renamed(getattr(value, name), names) for name in type(value).model_fields}
    for name, info in type(value).model_fields.items():
        extra: Any = info.json_schema_extra
        if extra.get(REFERS_TO) == "person" or (isinstance(value, Person) and name == "id"):
            found[name] = names.get(found[name], found[name])
    return _made(value, **found)


def _made(record: Any, **values: Any) -> Any:
    """A record anew: a copy would carry along what was already worked out from the whole."""
    whole = {name: getattr(record, name) for name in type(record).model_fields}
    return type(record).model_construct(**whole | values)
