"""What is in a list twice: ids, and references to one organisation or person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.language import msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REFERS_TO, Record, has_id, parts_of, references_of


@rule("FII020", Severity.ERROR)
def duplicate_id(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for route, record in trajectory.records:
        for name in parts_of(type(record)):
            items = getattr(record, name)
            if isinstance(items, tuple):
                yield from _duplicates(items, (*route, name))


def _duplicates(items: tuple[Any, ...], route: Route) -> Iterator[Finding]:
    """Findings about the items of one list with the id of an earlier one."""
    first: dict[str, int] = {}
    for index, item in enumerate(items):
        kind: type[Record] = type(item)
        id_ = item.id if has_id(kind) else None
        if id_ is None:
            continue
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
    for route, record in trajectory.records:
        for name in parts_of(type(record)):
            items = getattr(record, name)
            if isinstance(items, tuple) and items:
                yield from _twice(trajectory, items, (*route, name))
        for name in (*references_of(type(record), "organisation"), *references_of(type(record), "person")):
            ids = getattr(record, name)
            if isinstance(ids, tuple):
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


def _twice(trajectory: Trajectory, items: tuple[Record, ...], route: Route) -> Iterator[Finding]:
    """Findings about the items of a list that refer to the same person or organisation as an earlier one."""
    key = type(items[0]).KEY
    extra = type(items[0]).model_fields[key[0]].json_schema_extra
    if len(key) != 1 or not isinstance(extra, dict) or REFERS_TO not in extra:
        return
    first: dict[str, int] = {}
    for index, item in enumerate(items):
        id_ = getattr(item, key[0])
        if id_ in first:
            name = trajectory.named(id_)
            yield Finding(
                (*route, index, key[0]),
                msg("{name} is in this list twice", name=name),
                msg("put everything about one in one place"),
                about=id_,
                related=(((*route, first[id_], key[0]), msg("{id} is used first here", id=id_)),),
            )
        first.setdefault(id_, index)
