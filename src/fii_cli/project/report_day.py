"""The day of a report, and where it comes from."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from fii_cli.diagnostics import Refused
from fii_cli.language import Message, msg
from fii_cli.project import git
from fii_cli.project.files import CannotOpen, bytes_of
from fii_cli.words import DaySource


@dataclass(frozen=True, slots=True)
class ReportDay:
    """The day of a report. ``why`` explains a report that is dated today instead of by its last commit."""

    day: date
    source: DaySource
    why: Message | None = None


def chosen_day(on: date | None) -> ReportDay | None:
    """The day that was chosen: with ``--as-of``, or else with ``SOURCE_DATE_EPOCH``; ``None`` if neither."""
    if on is None and (epoch := os.environ.get("SOURCE_DATE_EPOCH")):
        on = _day_of(epoch)
    return ReportDay(on, "chosen") if on else None


def report_days(paths: Iterable[str], today: date) -> dict[str, ReportDay]:
    """The day of a report on each file: that of the last commit that touched it, else today.

    Today it is, too, if the file is not as that commit left it: what was written since is in the report. A
    file that cannot be read has no day.
    """
    files: dict[str, frozenset[str]] = {}
    for path in paths:
        with suppress(CannotOpen):
            files[path] = git.ids_of(bytes_of(path))
    days: dict[str, ReportDay] = {}
    for path, found in git.committed_days(files).items():
        if isinstance(found, Message):
            days[path] = ReportDay(today, "today", found)
        else:
            days[path] = ReportDay(found, "commit")
    return days


def portfolio_days(
    paths: Iterable[str], today: date, published: Iterable[ReportDay] = ()
) -> tuple[ReportDay, ...]:
    """The day of several reports together, with every reason why it is today.

    It is the latest of their days, and today if the report of one of the files is dated today. The days of
    reports that were ``published`` count up to today.
    """
    days = [*report_days(paths, today).values()]
    if dated_today := tuple(each for each in days if each.source == "today"):
        return dated_today
    days += (each for each in published if each.day <= today)
    latest = max(days, key=lambda each: each.day, default=ReportDay(today, "today"))
    return (latest,)


def _day_of(epoch: str) -> date:
    """The day that is so many seconds after 1970."""
    with suppress(OverflowError):
        if re.fullmatch("[0-9]{1,15}", epoch):
            return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(epoch))).date()
    raise Refused(
        msg("SOURCE_DATE_EPOCH is {value}, which is not a number of seconds since 1970", value=epoch),
        msg("write it as 1735689600, or remove it"),
    )
