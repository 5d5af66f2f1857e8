"""Rows whose date or text was corrected: changed where they are in the file, with comments and layout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fii_cli.changes.facts import key_of
from fii_cli.diagnostics import Refused, Route
from fii_cli.edits.apply import changed_in_place
from fii_cli.trajectory import Trajectory
from fii_cli.workbook.edit import Edit, Rated
from fii_cli.workbook.tables import TABLES, Entry, Table, entries_in, parents_in, with_entries, with_value
from fii_cli.yaml.document import Document


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """A file in which some rows have another key, and the changes that remain to be merged with it."""

    document: Document
    trajectory: Trajectory
    rest: tuple[Edit | Rated, ...]


def rekeyed(document: Document, ours: Trajectory, edits: Sequence[Edit | Rated]) -> Rekeyed:
    """The file with the rows changed in place whose key is new; merging would remove them and add others."""
    now, trajectory = document, ours
    rest: list[Edit | Rated] = list(edits)
    for table in TABLES:
        mine = [each for each in edits if isinstance(each, Edit) and each.table is table]
        keyed = [each for each in mine if each.changes_key and each.before is not None]
        if not keyed:
            continue
        entries = entries_in(table, ours)
        routes = _routes(table, ours)
        where: dict[tuple[Any, ...], list[int]] = {}
        for at, entry in enumerate(entries):
            where.setdefault((entry.within, key_of(entry.record)), []).append(at)
        for edit in keyed:
            same = where.get((edit.within, key_of(edit.record)), [])
            if edit.nth >= len(same) or edit.after is None:
                continue
            at = same[edit.nth]
            before = entries[at].record
            after = with_value(table, before, dict(edit.after))
            if (edit.within, key_of(after)) in where:
                continue
            try:
                now = changed_in_place(now, before, after, table.record, routes[at])
            except Refused:
                continue
            entries[at] = Entry(edit.within, after)
            rest.remove(edit)
        trajectory = with_entries(table, trajectory, entries)
    return Rekeyed(now, trajectory, tuple(rest))


def _routes(table: Table, ours: Trajectory) -> list[Route]:
    """The path of each record of a table, in the order of the file."""
    if table.within is None:
        return [(*table.route, at) for at in range(len(entries_in(table, ours)))]
    inside = table.within.inside
    parents: Iterable[Any] = parents_in(table, ours)
    return [
        (*table.route, parent, inside, at)
        for parent, record in enumerate(parents)
        for at in range(len(getattr(record, inside)))
    ]
