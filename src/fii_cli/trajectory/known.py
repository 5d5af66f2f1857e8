"""What was known on a day: a trajectory without the facts of later days.

Whatever is concluded as of a day is concluded from this. A year or a month is later only if all of it is.
What has no date stays, and so do plans: ``due``, the end of an acceptance, and a kick-off to come. Until an
organisation ended or a person left, nothing was known of that, nor of who came next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from fii_cli.diagnostics import Route
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import KNOWN_FROM, Record, remade
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Action
from fii_cli.trajectory.head import Organisation, Person, Visit
from fii_cli.trajectory.implementeren import Cycle
from fii_cli.trajectory.verkennen import Task


class Known(NamedTuple):
    """A trajectory as it was known on a day.

    ``kept`` has each list that lost items, by its path in the file: the index in the file of every item left.
    """

    trajectory: Trajectory
    kept: Mapping[Route, tuple[int, ...]]

    def in_file(self, route: Route) -> Route:
        """The path in the file of a path in this trajectory."""
        written: Route = ()
        for step in route:
            if isinstance(step, int) and written in self.kept:
                step = self.kept[written][step]
            written = (*written, step)
        return written

    def has(self, route: Route) -> bool:
        """Whether a path in the file leads to something that was known."""
        written: Route = ()
        here: Any = self.trajectory
        for step in route:
            if isinstance(step, int):
                kept = self.kept.get(written, range(len(here)))
                if step not in kept:
                    return False
                here = here[kept.index(step)]
            else:
                here = here.get(step) if isinstance(here, Mapping) else getattr(here, step, None)
            if here is None:
                return False
            written = (*written, step)
        return True


def known_on(trajectory: Trajectory, day: date) -> Known:
    """What was known of a trajectory on a day; the trajectory itself if nothing in it is later."""
    kept: dict[Route, tuple[int, ...]] = {}
    if not any(_tells_later(kind, each, day) for kind, each in trajectory.records_by_kind.items()):
        return Known(trajectory, kept)
    begun = [at for at, each in enumerate(begun_from(trajectory.visits)) if each <= day]
    if len(begun) < len(trajectory.visits):
        trajectory = remade(trajectory, visits=tuple(trajectory.visits[at] for at in begun))
        known = _known(trajectory, (), day, kept)
        kept[("visits",)] = tuple(begun[at] for at in kept.get(("visits",), range(len(begun))))
        return Known(known, kept)
    return Known(_known(trajectory, (), day, kept), kept)


def _tells_later(kind: type[Record], records: Iterable[tuple[Route, Record]], day: date) -> bool:
    """Whether one of these records of one kind was certainly not known yet, or ended later."""
    if _dated_by(kind) and any(_is_later(record, day) for _, record in records):
        return True
    return kind in _ENDS and any(_has_later_end(record, day) for _, record in records)


def begun_from(visits: tuple[Visit, ...]) -> Iterator[date]:
    """For each visit, the day from which it was known to have begun; the first day there is if always.

    A visit had not begun if the previous one of the same organisation did not end until later, unless its own
    date says that the two overlap.
    """
    days: dict[str | None, date] = {}
    for visit in visits:
        path = visit.organisation
        day = days.get(path, date.min)
        if visit.entered and visit.entered.before(day):
            yield visit.entered.first
        else:
            day = max(day, visit.entered.first) if visit.entered else day
            yield day
        if visit.closing:
            day = max(day, visit.closing.date.first)
        days[path] = day


def days_known(trajectory: Trajectory, until: date) -> tuple[date, ...]:
    """The days up to a day on which something became known, oldest first."""
    days: set[date] = set()
    for _, record in trajectory.records:
        dates = (*dates_in(record), *filter(None, (_end_of(record),)))
        days |= {each.first for each in dates if not each.after(until)}
    return tuple(sorted(days))


def dates_in(record: Record) -> Iterator[Date]:
    """The date from which a record is known, and that on which a task was done."""
    key = _dated_by(type(record))
    dates = (getattr(record, key) if key else None, record.done if isinstance(record, Task) else None)
    yield from (each for each in dates if each)


def _known(record: Any, route: Route, day: date, kept: dict[Route, tuple[int, ...]]) -> Any:
    """A record without the later facts in it; the record itself if it has none."""
    changed: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Record):
            known = None if _is_later(value, day) else _known(value, (*route, name), day, kept)
        elif isinstance(value, tuple):
            known = _known_items(value, (*route, name), day, kept)
        else:
            continue
        if known is not value:
            changed[name] = known
    changed |= _undone(record, changed, day)
    return remade(record, **changed) if changed else record


def _known_items(
    items: tuple[Any, ...], route: Route, day: date, kept: dict[Route, tuple[int, ...]]
) -> tuple[Any, ...]:
    """The items of a list that were known; the list itself if nothing in it is later."""
    known: list[Any] = []
    indices: list[int] = []
    for index, item in enumerate(items):
        if not isinstance(item, Record):
            return items
        if _is_later(item, day):
            continue
        left = _known(item, (*route, index), day, kept)
        if isinstance(item, Cycle) and left is not item and not any(left.steps.values()):
            continue  # every step of this cycle is later
        known.append(left)
        indices.append(index)
    if len(known) < len(items):
        kept[route] = tuple(indices)
    elif all(left is item for left, item in zip(known, items, strict=True)):
        return items
    return tuple(known)


def _undone(record: Record, changed: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What still went on: an action whose result is later, and whatever was done, ended or left later."""
    if isinstance(record, Action) and "result" in changed and not record.runs:
        return {"status": "open"}
    if _has_later_end(record, day):
        return dict.fromkeys(_ENDS[type(record)])
    return {}


_ENDS: Mapping[type[Record], tuple[str, ...]] = {
    Task: ("done",),
    Organisation: ("until", "became"),
    Person: ("until", "followed_by"),
}
"""The keys of a record that tell its end: the day first, and then what came next."""


def _end_of(record: Record) -> Date | None:
    keys = _ENDS.get(type(record))
    end: Date | None = getattr(record, keys[0]) if keys else None
    return end


def _has_later_end(record: Record, day: date) -> bool:
    """Whether a record certainly ended after a day, so that this was not known yet."""
    end = _end_of(record)
    return end is not None and end.after(day)


def _is_later(record: Record, day: date) -> bool:
    """Whether a record was certainly not known yet."""
    key = _dated_by(type(record))
    known_from = getattr(record, key) if key else None
    return known_from is not None and known_from.after(day)


@cache
def _dated_by(record: type[Record]) -> str | None:
    """The key with the date from which a record is known, if it has one."""
    for name, info in record.model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, dict) and extra.get(KNOWN_FROM):
            return name
    return None
