"""What is in a list twice: ids, and references to one organisation or person."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.language import msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REFERS_TO, Record, has_id, parts_of, references_of
from fii_cli.trajectory.places import is_list


@rule("FII020", Severity.ERROR)
def duplicate_id(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for items, route in _long_lists(trajectory):
        yield from _duplicates(items, route)


def _long_lists(trajectory: Trajectory) -> Iterator[tuple[tuple[Any, ...], Route]]:
    """Every list of more than one record, with its path."""
    for kind, records in trajectory.records_by_kind.items():
        for name in _lists_of_records(kind):
            for route, record in records:
                items = getattr(record, name)
                if len(items) > 1:
                    yield items, (*route, name)


@cache
def _lists_of_records(kind: type[Record]) -> tuple[str, ...]:
    """The keys of a kind of record with lists of records."""
    return tuple(name for name in parts_of(kind) if is_list(kind.model_fields[name].annotation))


@cache
def _lists_of_ids(kind: type[Record]) -> tuple[str, ...]:
    """The keys of a kind of record with lists of organisations or people."""
    names = (*references_of(kind, "organisation"), *references_of(kind, "person"))
    return tuple(name for name in names if is_list(kind.model_fields[name].annotation))


def _duplicates(items: tuple[Any, ...], route: Route) -> Iterator[Finding]:
    """Findings about the items of one list with the id of an earlier one."""
    kind: type[Record] = type(items[0])
    if not has_id(kind):
        return
    first: dict[str, int] = {}
    for index, item in enumerate(items):
        id_ = item.id
        if id_ in first:
            yield Finding(
                (*route, index, "id"),
                msg("duplicate id {id}", id=id_),
                msg("give each its own id"),
                related=(((*route, first[id_], "id"), msg("{id} is used first here", id=id_)),),
            )
        first.setdefault(id_, index)


@rule("FII035", Severity.ADVICE)
def twice_in_a_list(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for items, route in _long_lists(trajectory):
        yield from _twice(trajectory, items, route)
    for kind, records in trajectory.records_by_kind.items():
        for name in _lists_of_ids(kind):
            for route, record in records:
                ids = getattr(record, name)
                if len(ids) > 1:
                    yield from _named_twice(trajectory, ids, (*route, name))


def _named_twice(trajectory: Trajectory, ids: tuple[str, ...], route: Route) -> Iterator[Finding]:
    """Findings about an organisation or a person that a list of ids names again."""
    for index, id_ in enumerate(ids):
        if id_ in ids[:index]:
            yield Finding(
                (*route, index),
                msg("{name} is in this list twice", name=trajectory.named(id_)),
                msg("name it once"),
                about=id_,
                related=(((*route, ids.index(id_)), msg("{id} is used first here", id=id_)),),
            )


@cache
def _known_by(kind: type[Record]) -> str | None:
    """The key by which records of a kind are known, if that refers to a person or an organisation."""
    extra = kind.model_fields[kind.KEY[0]].json_schema_extra
    refers = isinstance(extra, dict) and REFERS_TO in extra
    return kind.KEY[0] if refers and len(kind.KEY) == 1 else None


def _twice(trajectory: Trajectory, items: tuple[Record, ...], route: Route) -> Iterator[Finding]:
    """Findings about the items of a list that refer to the same person or organisation as an earlier one."""
    key = _known_by(type(items[0]))
    if key is None:
        return
    first: dict[str, int] = {}
    for index, item in enumerate(items):
        id_ = getattr(item, key)
        if id_ in first:
            name = trajectory.named(id_)
            yield Finding(
                (*route, index, key),
                msg("{name} is in this list twice", name=name),
                msg("put everything about one in one place"),
                about=id_,
                related=(((*route, first[id_], key), msg("{id} is used first here", id=id_)),),
            )
        first.setdefault(id_, index)
