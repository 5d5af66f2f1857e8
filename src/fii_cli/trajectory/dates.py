"""Dates as precise as they are known: a year, a month or a day, compared as intervals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from fii_cli.language import Message, msg

LOOK_AGAIN_DAYS = 14
"""The guide has the core team review the lights every two weeks (5b)."""

# 0-9 and not \d: an ISO date has no digits of other scripts, and other programs would reject them.
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_LONGEST = len("2025-03-12")
_YEAR, _YEAR_AT_END = re.compile(r"[0-9]{4}"), re.compile(r"[a-z]\.? [0-9]{4}$")
_SHORT_END = re.compile(r"([0-9]{2})(-[0-9]{2})?")
_DATE = msg("write 2025, 2025-03 or 2025-03-12: year, month, day")
_ONE_DATE = msg("only assessments and measurements can have a period; write one date")
_DATE_OR_PERIOD = msg("write 2025, 2025-03 or 2025-03-12, or a period such as 2025-03/2025-09")
_BOTH_ENDS = msg("write both ends in full, the earlier one first: 2025-03/2025-09")
_BETWEEN = tuple(map(re.compile, (r" ?/ ?", r" ?(?:–|—) ?", r" (?:-|t/m|tot en met|tot|to|until) ", "-")))
"""What people write between the two ends of a period."""
_DUTCH = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
_LOOSE = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2}))?")


@dataclass(frozen=True, slots=True)
class Date:
    """``2015``, ``2015-07`` or ``2015-07-03``: every day from ``first`` up to and including ``last``."""

    text: str
    first: date
    last: date

    def __str__(self) -> str:
        return self.text

    @property
    def exact(self) -> date | None:
        """The day, or ``None`` for a month, a year or a period."""
        return self.first if self.first == self.last else None

    def before(self, other: Date | date) -> bool:
        """Whether it is certainly before ``other``."""
        return self.last < (other.first if isinstance(other, Date) else other)

    def after(self, day: date) -> bool:
        """Whether it is certainly after ``day``."""
        return self.first > day

    def counts(self, since: Date | None, until: date) -> bool:
        """Whether it may be between ``since`` and ``until``, both included."""
        return not (since and self.before(since)) and not self.after(until)

    def nearest(self, day: date) -> date:
        """``day`` itself if it may be meant, or else the day of this date that is nearest to it."""
        return max(self.first, min(self.last, day))

    def days_before(self, day: date) -> int:
        """The lowest possible number of days from this date to ``day``."""
        return (day - self.last).days

    def over(self, days: int, until: date) -> bool:
        """Whether certainly more than so many days passed from this date to ``until``."""
        try:
            return until > self.last + timedelta(days)
        except OverflowError:  # beyond the first or the last day that there is
            return days < 0


@dataclass(frozen=True, slots=True)
class Period(Date):
    """``2014-03/2014-09``: from ``start`` to an end, for ratings that were gathered over some time.

    It stands for its last day, as precisely as that is known: ``first`` and ``last`` are those of the end.
    """

    start: Date

    @property
    def exact(self) -> date | None:
        return None

    @property
    def end(self) -> str:
        """The last day, month or year as written."""
        return self.text.partition("/")[2]


def began(date: Date) -> Date:
    """When a period began; any other date itself."""
    return date.start if isinstance(date, Period) else date


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days as precise as the dates that it lies between: from ``least`` up to ``most``."""

    least: int = 0
    most: int = 0

    def __add__(self, other: Days) -> Days:
        return Days(self.least + other.least, self.most + other.most)

    @property
    def exact(self) -> int | None:
        """The number, or ``None`` if a date is a month or a year."""
        return self.least if self.least == self.most else None

    @property
    def middle(self) -> float:
        return (self.least + self.most) / 2


def days_between(since: Date, until: Date | date) -> Days:
    """The days from one date until another, and none if that is earlier."""
    first, last = (until.first, until.last) if isinstance(until, Date) else (until, until)
    return Days(max((first - since.last).days, 0), max((last - since.first).days, 0))


Span = tuple[Date, Date | date]
"""From one date until another."""


def days_in(spans: Iterable[Span]) -> Days:
    """The days in spans together; where one certainly overlaps another, they are counted once."""
    days, since, until = Days(), None, None
    for start, end in sorted(spans, key=lambda span: span[0].first):
        if since and until and start.before(until):
            until = max(until, end, key=_end)
            continue
        days += days_between(since, until) if since and until else Days()
        since, until = start, end
    return days + (days_between(since, until) if since and until else Days())


def _end(until: Date | date) -> date:
    return until.last if isinstance(until, Date) else until


def parse_date(text: str) -> Date | None:
    """Parse an ISO year, month or day; ``None`` if it is invalid."""
    return _parsed(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=2048)  # the same dates come back within a file, and in other ones
def _parsed(text: str) -> Date | None:
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


def parse_period(text: str) -> Period | None:
    """Parse an ISO interval of two dates; ``None`` if it is invalid, or ends before it starts."""
    start, end = (parse_date(part) for part in text.split("/")) if text.count("/") == 1 else (None, None)
    if not start or not end or start.text == end.text or end.before(start):
        return None
    # A rough end, such as the year in 2014-06/2014, is not before the start.
    return Period(text, max(start.first, end.first), end.last, start)


def parse_when(text: str) -> Date | None:
    """Parse a date or a period."""
    return parse_date(text) or parse_period(text)


def date_hint(text: str, *, period: bool) -> Message:
    """How to write a date, or also a period where one is valid."""
    if not period:
        return _ONE_DATE if parse_period(text) else _DATE
    start, slash, end = text.partition("/")
    if slash and (parse_date(start.strip()) or parse_date(end.strip())):
        return _BOTH_ENDS
    return _DATE_OR_PERIOD


def suggest_period(text: str) -> str | None:
    """The likely period for a text such as ``maart-juni 2014`` or ``2014-03/09``, or ``None``."""
    for between in _BETWEEN:
        start, *rest = between.split(" ".join(text.lower().split()))
        if len(rest) != 1 or not start or not rest[0]:
            continue
        end = _completed(start, rest[0])
        if _YEAR_AT_END.search(end) and not _YEAR.search(start):
            start += f" {end[-4:]}"
        meant = "/".join((part if parse_date(part) else suggest_date(part)) or "" for part in (start, end))
        if parse_period(meant):
            return meant
    return None


def _completed(start: str, end: str) -> str:
    """An end of which the year, or the year and the month, are only in the start, as ISO 8601 allows."""
    short = _SHORT_END.fullmatch(end)
    left = start.rpartition("-")[0] if short and not short[2] else start[:4]
    return f"{left}-{end}" if short and left and parse_date(f"{left}-{end}") else end


def suggest_date(text: str, today: date | None = None) -> str | None:
    """The likely ISO date for a text such as ``12-03-2025`` or ``sept 2026``, or ``None``.

    A word such as ``gisteren`` counts from ``today``, if that is known.
    """
    text = " ".join(text.lower().split())
    if today and text in _DAYS_AWAY:
        return (today + timedelta(days=_DAYS_AWAY[text])).isoformat()
    meant = _in_numbers(text) or _with_month_name(text)
    return meant if meant and parse_date(meant) else None


def _in_numbers(text: str) -> str | None:
    if found := _DUTCH.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        return f"{year:04}-{month:02}-{day:02}"
    if found := _MONTH_FIRST.fullmatch(text):
        return f"{found[2]}-{int(found[1]):02}"
    if found := _LOOSE.fullmatch(text):
        meant = f"{found[1]}-{int(found[2]):02}"
        return meant + (f"-{int(found[3]):02}" if found[3] else "")
    return text[:10] if text[:10] != text and parse_date(text[:10]) else None


def _with_month_name(text: str) -> str | None:
    """``1 september 2026``, ``september 1st, 2026`` or ``sept. 2026`` as an ISO date."""
    found = _NAMED.fullmatch(text)
    month = _month(found["month"]) if found else None
    if not found or not month:
        return None
    day = found["before"] or found["after"]
    return f"{found['year']}-{month:02}" + (f"-{int(day):02}" if day else "")


def _month(name: str) -> int | None:
    """The number of a month for its name in Dutch or English, or for its first three letters or more."""
    starts = [
        number for number, names in enumerate(_MONTHS, 1) if any(each.startswith(name) for each in names)
    ]
    return starts[0] if len(starts) == 1 else None


_MONTHS = (
    ("januari", "january"),
    ("februari", "february"),
    ("maart", "march", "mrt"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augustus", "august"),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("december",),
)
_NAMED = re.compile(
    r"(?:(?P<before>[0-9]{1,2})(?:e|de|ste|st|nd|rd|th|\.)?[ -])?(?:of )?(?P<month>[a-z]{3,9})\.?"
    r"(?: (?P<after>[0-9]{1,2})(?:st|nd|rd|th)?,?)?[ -](?P<year>[0-9]{4})"
)
_DAYS_AWAY = {
    "vandaag": 0,
    "today": 0,
    "nu": 0,
    "now": 0,
    "gisteren": -1,
    "yesterday": -1,
    "eergisteren": -2,
    "morgen": 1,
    "tomorrow": 1,
    "overmorgen": 2,
}
