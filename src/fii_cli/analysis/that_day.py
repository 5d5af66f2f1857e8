"""What was written down for a day, and the last day for which anything was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fii_cli.diagnostics import Route
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.known import dates_in


def last_written(trajectory: Trajectory, until: date) -> date | None:
    """The last day up to ``until`` for which something was written down; months and years do not count."""
    days = (day for _, record in trajectory.records for day in dates_in(record))
    return max((day.exact for day in days if day.exact and day.exact <= until), default=None)


def written_on(trajectory: Trajectory, day: date) -> Iterator[tuple[Route, Record]]:
    """The records of a day, with their path, in the order of the file."""
    for route, record in trajectory.records:
        if any(is_on(each, day) for each in dates_in(record)):
            yield route, record


def is_on(written: Date | None, day: date) -> bool:
    """Whether a date is this very day."""
    return written is not None and written.exact == day
