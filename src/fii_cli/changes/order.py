"""The order of a merged list: that of ours, with what theirs added in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from fii_cli.changes.facts import Change, Place, key_of
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.trajectory.head import Decision, Visit


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in a merged list, with what each version has of it; ``None`` if it has nothing."""

    record: Any
    place: Place
    base: Any
    ours: Any
    theirs: Any


def counterparts(old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """For each new item, the index of the old one that it is: of those with its key, an equal one first."""
    found: list[int | None] = [None] * len(new)
    left: dict[Any, list[int]] = {}
    for at, item in enumerate(old):
        left.setdefault(_identity(item), []).append(at)
    for equal in (True, False):
        for at, item in enumerate(new):
            if found[at] is None:
                there = left.get(_identity(item), [])
                match = next((each for each in there if not equal or old[each] == item), None)
                if match is not None:
                    found[at] = match
                    there.remove(match)
    return found


def _identity(item: Any) -> Any:
    return key_of(item) if isinstance(item, Record) else item


def in_order(entries: Sequence[Entry], ours: Sequence[Any], theirs: Sequence[Any]) -> list[Entry]:
    """Entries in the order of ours; what only theirs has follows what it follows there.

    Between records that theirs does not know, its place is that of its date, or else of its key.
    """
    by_ours = {id(entry.ours): entry for entry in entries if entry.ours is not None}
    ordered = [by_ours[id(record)] for record in ours if id(record) in by_ours]
    by_theirs = {id(entry.theirs): entry for entry in entries if entry.theirs is not None}
    newest_first = _newest_first(ours) or (len(ours) < 2 and _newest_first(theirs))
    before: Entry | None = None
    for record in theirs:
        entry = by_theirs.get(id(record))
        if entry is None:
            continue
        if entry.ours is None:
            at = _index(ordered, before) + 1 if before else 0
            while (
                at < len(ordered)
                and ordered[at].theirs is None
                and _follows(entry, ordered[at], newest_first)
            ):
                at += 1
            ordered.insert(at, entry)
        before = entry
    there = {id(entry) for entry in ordered}
    return [*ordered, *(entry for entry in entries if id(entry) not in there)]


def _index(ordered: Sequence[Entry], entry: Entry) -> int:
    return next(at for at, each in enumerate(ordered) if each is entry)


def _follows(entry: Entry, other: Entry, newest_first: bool) -> bool:
    """Whether a record comes after another one that the same version does not have."""
    day, there = _day(entry.record), _day(other.record)
    if day != there:
        return (day < there) if newest_first else (day > there)
    return _words(entry.record) > _words(other.record)


def _words(record: Record) -> tuple[tuple[str, ...], str]:
    return tuple(str(value or "") for value in key_of(record)), repr(record)


def _day(record: Record) -> date:
    """The first day that the date of a record may mean; the last of all days for a record without one."""
    found = (getattr(record, name) for name in type(record).KEY)
    return next((each.first for each in found if isinstance(each, Date)), date.max)


def _newest_first(records: Sequence[Record]) -> bool:
    days = [day for each in records if (day := _day(each)) != date.max]
    return len(set(days)) > 1 and days == sorted(days, reverse=True)


def disputed(
    entries: Sequence[Entry], ours: Sequence[Any], theirs: Sequence[Any]
) -> Iterator[tuple[tuple[Change, ...], tuple[Change, ...]]]:
    """The changes of both sides that bring two records together of which the order decides what holds.

    There is no dispute if a version has both, so that the order decides there too, and no version has them
    the other way round.
    """
    where = [{id(record): at for at, record in enumerate(side)} for side in (ours, theirs)]
    rivals: dict[Any, list[Entry]] = {}
    for entry in entries:
        rivals.setdefault(_rivalry(entry.record), []).append(entry)
    rivals.pop(None, None)
    for first, second in (pair for some in rivals.values() for pair in combinations(some, 2)):
        if _order_decides(first.record, second.record):
            known = [
                (one, other, places[id(one)] < places[id(other)])
                for one, other, places in (
                    (first.ours, second.ours, where[0]),
                    (first.theirs, second.theirs, where[1]),
                )
                if id(one) in places and id(other) in places
            ]
            turned = not all(each[2] for each in known)
            if turned or not any(_order_decides(one, other) for one, other, _ in known):
                yield _changes_in((first, second), turned)


def _changes_in(entries: Sequence[Entry], turned: bool) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    def changed(side: str) -> tuple[Change, ...]:
        return tuple(
            Change(entry.place, entry.base, getattr(entry, side), type(entry.record))
            for entry in entries
            if getattr(entry, side) is not None and (getattr(entry, side) != entry.base or turned)
        )

    return changed("ours"), changed("theirs")


def _rivalry(record: Record) -> Any:
    """What records have in common of which the order may decide; ``None`` if it never does."""
    if isinstance(record, Assessment):
        return record.instrument, record.date.first, _side(record)
    return type(record) if isinstance(record, Visit | Decision) else None


def _order_decides(one: Record, other: Record) -> bool:
    """Whether it matters which of two records comes last."""
    if isinstance(one, Assessment) and isinstance(other, Assessment):
        if _rivalry(one) != _rivalry(other):
            return False
        return _differ(one.ratings, other.ratings) or _differ(one.counts, other.counts)
    if isinstance(one, Decision) and isinstance(other, Decision):
        return one.closes and other.closes
    return isinstance(one, Visit) and isinstance(other, Visit)


def _side(made: Assessment) -> tuple[str | None, str | None]:
    return made.perspective, None if made.of_lights else made.about


def _differ(one: Any, other: Any) -> bool:
    return any(item in other and other[item] != value for item, value in one.items())
