"""Dates as precise as they are known: a year, a month or a day, compared as intervals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

LOOK_AGAIN_DAYS = 14
"""The guide has the core team review the lights every two weeks (5b)."""

# 0-9 and not \d: an ISO date has no digits of other scripts, and other programs would reject them.
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DUTCH = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_LOOSE = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2}))?")


@dataclass(frozen=True, slots=True)
class Date:
    """``2015``, ``2015-07`` or ``2015-07-03``: every day from ``first`` up to and including ``last``."""

    text: str
    first: date
    last: date

    def __str__(self) -> str:
        return self.text

    def before(self, other: Date | date) -> bool:
        """Whether it is certainly before ``other``."""
        return self.last < (other.first if isinstance(other, Date) else other)

    def after(self, day: date) -> bool:
        """Whether it is certainly after ``day``."""
        return self.first > day

    def counts(self, since: Date | None, until: date) -> bool:
        """Whether it may be between ``since`` and ``until``, both included."""
        return not (since and self.before(since)) and not self.after(until)

    def days_before(self, day: date) -> int:
        """The lowest possible number of days from this date to ``day``."""
        return (day - self.last).days


def parse_date(text: str) -> Date | None:
    """Parse an ISO year, month or day; ``None`` if it is invalid."""
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        if month is None:
            first, last = date(year, 1, 1), date(year, 12, 31)
        elif day is None:
            first = date(year, month, 1)
            last = date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
        else:
            first = last = date(year, month, day)
    except ValueError:
        return None
    return Date(text, first, last)


def suggest_date(text: str) -> str | None:
    """The likely ISO date for a text such as ``12-03-2025`` or ``2025/3/12``, or ``None``."""
    text = text.strip()
    if found := _DUTCH.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        meant = f"{year:04}-{month:02}-{day:02}"
    elif found := _LOOSE.fullmatch(text):
        year, month = int(found[1]), int(found[2])
        meant = f"{year:04}-{month:02}" + (f"-{int(found[3]):02}" if found[3] else "")
    elif text[:10] != text and parse_date(text[:10]):
        meant = text[:10]
    else:
        return None
    return meant if parse_date(meant) else None
