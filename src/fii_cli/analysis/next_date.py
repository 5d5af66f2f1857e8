"""The first date that a trajectory has to meet: of a running action, or of a task on its roadmap."""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.analysis.standing import Standing
from fii_cli.trajectory.dates import Date


@dataclass(frozen=True, slots=True)
class NextDate:
    """A due date with what is due; ``late`` is whether it has passed."""

    day: Date
    what: str
    late: bool


def next_date(standing: Standing) -> NextDate | None:
    """The earliest due date of what is not done yet, also if it has passed; ``None`` without any."""
    undone = [*standing.running, *(task for task in standing.roadmap if not task.done)]
    dated = [(each.due, each.what) for each in undone if each.due]
    if not dated:
        return None
    day, what = min(dated, key=lambda pair: (pair[0].last, pair[1]))
    return NextDate(day, what, day.before(standing.today))
