"""The time axis of a chart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from fii_cli.language import Language
from fii_cli.report.shapes import WIDTH, Tick

_MOST_TICKS = 7
_STEPS_IN_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
_LEAST_ROOM = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Axis:
    """A period, from the first day to the last."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """The position of a day, from 0 to :data:`WIDTH`; a day beyond the axis is at its end."""
        days = max((self.last - self.first).days, 1)
        share = (day - self.first).days / days
        return round(WIDTH * min(max(share, 0), 1), 1)

    def ticks(self, say: Language) -> tuple[Tick, ...]:
        """At most seven first days of months, evenly spaced; the two ends if there is no such day."""
        months = [day for day in self._first_days_of_months() if day >= self.first]
        if months:
            return tuple(Tick(self.at(day), say.day(day.isoformat()[:7], short=True)) for day in months)
        return tuple(
            Tick(self.at(day), say.day(day.isoformat(), short=True)) for day in (self.first, self.last)
        )

    def _first_days_of_months(self) -> list[date]:
        first, last = _month(self.first), _month(self.last)
        count = last - first + 1
        step = ceil(count / _MOST_TICKS)
        for months in _STEPS_IN_MONTHS:
            if count / months <= _MOST_TICKS:
                step = months
                break
        # Counted from year 0, so that ticks are on January, July and so on.
        shown = [month for month in range(first, last + 1) if month % step == 0]
        return [date(month // 12, month % 12 + 1, 1) for month in shown]


def _month(day: date) -> int:
    """The number of the month of a day, counted from year 0."""
    return day.year * 12 + day.month - 1


def axis_of(days: Iterable[date]) -> Axis:
    """The axis that includes all these days (at least one), with some room on both sides."""
    known = sorted(days)
    first, last = known[0], known[-1]
    room = max((last - first) / 24, _LEAST_ROOM).days
    return Axis(
        date.fromordinal(max(first.toordinal() - room, 1)),
        date.fromordinal(min(last.toordinal() + room, date.max.toordinal())),
    )
