"""The organisations that ended and the people who left, which no new row of a workbook is offered."""

from __future__ import annotations

from datetime import date

from fii_cli.analysis.succession import has_ended, people_there
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import references_of
from fii_cli.workbook.model import Column
from fii_cli.workbook.tables import Table


def past_in(table: Table, column: Column, trajectory: Trajectory, day: date) -> tuple[str, ...]:
    """The values of a column that nobody chooses any more: organisations that ended, people who left."""
    if column.kind != "choice":
        return ()
    if column.key == "within":
        record, name = (table.within.record, table.within.key) if table.within else (table.record, "")
    else:
        record, name = table.field_of(column.key)
    if name in references_of(record, "organisation"):
        return organisations_past(trajectory, day)
    if name in references_of(record, "person"):
        there = people_there(trajectory, day)
        return tuple(each.id for each in trajectory.people if each not in there)
    return ()


def organisations_past(trajectory: Trajectory, day: date) -> tuple[str, ...]:
    return tuple(each.id for each in trajectory.organisations if has_ended(each, day))
