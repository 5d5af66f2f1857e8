"""Editions: a trajectory without what a circle of readers is not meant to see.

What is left out is gone before anything is concluded from it, so that no later step can show it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REACHES, REFERS_TO, Record
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

    An organisation that is only a candidate is known no further than the shortlist, and nothing refers to it
    beyond. Outside the team and the steering group people have a number for an id, since an id may be a name.
    """
    edition: Trajectory = _without(trajectory, audience)
    meant: dict[tuple[str, str], str | None] = {}
    if audience in OUTER:
        meant |= {("person", each.id): f"person-{n}" for n, each in enumerate(edition.people, 1)}
        edition = _made(edition, people=tuple(_made(p, id=meant["person", p.id]) for p in edition.people))
    if not reaches(Verkennen, "shortlist", audience):
        hidden = {each.id for each in edition.organisations if each.roles == ("candidate",)}
        meant |= {("organisation", id_): None for id_ in hidden}
        edition = _made(
            edition,
            organisations=tuple(each for each in edition.organisations if each.id not in hidden),
            assessments=tuple(each for each in edition.assessments if each.about not in hidden),
        )
    shown: Trajectory = _referring(edition, meant) if meant else edition
    return shown


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


def _referring(value: Any, meant: Mapping[tuple[str, str], str | None]) -> Any:
    """A part of a trajectory that refers otherwise: by kind and id to another id, or to nothing.

    A record that cannot be without what it refers to goes with it.
    """
    if isinstance(value, tuple):
        return tuple(new for each in value if (new := _referring(each, meant)) is not None)
    if not isinstance(value, Record):
        return value
    found = {name: _referring(getattr(value, name), meant) for name in type(value).model_fields}
    for name, info in type(value).model_fields.items():
        extra: Any = info.json_schema_extra
        kind = extra.get(REFERS_TO)
        if kind and (kind, found[name]) in meant:
            found[name] = meant[kind, found[name]]
            if found[name] is None and info.is_required():
                return None
    return _made(value, **found)


def _made(record: Any, **values: Any) -> Any:
    """A record anew: a copy would carry along what was already worked out from the whole."""
    whole = {name: getattr(record, name) for name in type(record).model_fields}
    return type(record).model_construct(**whole | values)
