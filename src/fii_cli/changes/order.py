"""The order of a merged list: that of ours, with what theirs added in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from fii_cli.changes.conflict import Side
from fii_cli.changes.facts import Change, Place, key_of
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.trajectory.head import Decision, Visit


@dataclass(frozen=True, slots=True, eq=False)
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


def turned(one: Any, other: Any) -> bool:
    """Whether two values have records the other way round of which the order decides what holds."""
    if one is other or one == other:
        return False
    if isinstance(one, Record) and type(one) is type(other):
        return any(turned(getattr(one, name), getattr(other, name)) for name in type(one).model_fields)
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return False
    both = [
        Entry(new, (), one[at], None, None)
        for at, new in zip(counterparts(one, other), other, strict=True)
        if at is not None and isinstance(new, Record)
    ]
    where = {id(record): at for at, record in enumerate(one)}
    return any(
        where[id(first.base)] > where[id(second.base)]
        for first, second in _rivals(both, apart=False)
        if _decides(first, second)
    ) or any(turned(each.base, each.record) for each in both if not type(each.record).WHOLE)


def _decides(first: Entry, second: Entry) -> bool:
    return _order_decides(first.record, second.record, apart=False) or _order_decides(
        first.base, second.base, apart=False
    )


def _rivals(entries: Sequence[Entry], apart: bool) -> Iterator[tuple[Entry, Entry]]:
    """The pairs of records of which the order may decide, each in the order of the entries.

    ``apart`` says that lights stand for each organisation, so that those of two organisations are no rivals.
    """
    rivals: dict[Any, list[Entry]] = {}
    for entry in entries:
        rivals.setdefault(_rivalry(entry.record, apart), []).append(entry)
    rivals.pop(None, None)
    return (pair for some in rivals.values() for pair in combinations(some, 2))


Settle = Callable[[tuple[Change, ...], tuple[Change, ...]], Side]
"""Says whose order is taken, given the records about whose order both sides differ."""


def ordered(
    entries: Sequence[Entry],
    base: Sequence[Any],
    ours: Sequence[Any],
    theirs: Sequence[Any],
    settle: Settle,
    apart: bool = False,
) -> list[Entry]:
    """Entries in the order of ours, but where the order decides in that of the side that changed it.

    If both sides did, in ways that exclude each other, ``settle`` is asked. ``apart`` says that lights stand
    for each organisation.
    """
    plain = in_order(entries, ours, theirs)
    where = [{id(record): at for at, record in enumerate(side)} for side in (base or (), ours, theirs)]
    pairs = (pair for pair in _rivals(plain, apart) if _order_decides(*_records(pair), apart))
    sides = {pair: _directions(pair, where) for pair in pairs}
    before: dict[int, set[int]] = {}
    about: list[Entry] = []
    for (first, second), (was, here, there) in sides.items():
        if here is not None and there is not None and here != there and was is None:
            about += (each for each in (first, second) if each not in about)
        _require(before, first, second, _changed(was, here, there))
    about += (each for each in _going_round(plain, before) if each not in about)
    if not about:
        return _sorted(plain, before)
    taken = settle(*_changes_in([each for each in plain if each in about], turned=True))
    chosen: dict[int, set[int]] = {}
    for (first, second), (was, here, there) in sides.items():
        if first in about and second in about:
            one, other = (here, there) if taken == "ours" else (there, here)
            _require(chosen, first, second, other if one is None else one)
        else:
            _require(chosen, first, second, _changed(was, here, there))
    return _sorted(in_order(entries, ours, theirs, taken), chosen)


_Pair = tuple[Entry, Entry]
_Direction = bool | None
"""Whether the first record of a pair comes first in a version; ``None`` if that does not have both."""


def _records(pair: _Pair) -> tuple[Any, Any]:
    return pair[0].record, pair[1].record


def _directions(pair: _Pair, where: Sequence[dict[int, int]]) -> tuple[_Direction, _Direction, _Direction]:
    first, second = pair

    def direction(one: Any, other: Any, places: dict[int, int]) -> _Direction:
        both = id(one) in places and id(other) in places
        return places[id(one)] < places[id(other)] if both else None

    return (
        direction(first.base, second.base, where[0]),
        direction(first.ours, second.ours, where[1]),
        direction(first.theirs, second.theirs, where[2]),
    )


def _changed(was: _Direction, here: _Direction, there: _Direction) -> _Direction:
    """The direction in which one side turned a pair, or else the known one."""
    if here is None or there is None:
        return there if here is None else here
    return there if here == was else here


def _require(before: dict[int, set[int]], first: Entry, second: Entry, direction: _Direction) -> None:
    """Require that a pair is in a direction, if that is known."""
    if direction is not None:
        one, other = (first, second) if direction else (second, first)
        before.setdefault(id(other), set()).add(id(one))


def _sorted(entries: Sequence[Entry], before: Mapping[int, set[int]]) -> list[Entry]:
    """Entries as they are, but each after those that must come before it; the rest if that goes round."""
    left, found = list(entries), []
    while left:
        there = {id(each) for each in left}
        entry = next((each for each in left if not before.get(id(each), set()) & there), left[0])
        left = [each for each in left if each is not entry]
        found.append(entry)
    return found


def _going_round(entries: Sequence[Entry], before: Mapping[int, set[int]]) -> list[Entry]:
    """The entries that must come before each other."""
    left = {
        id(each)
        for each in entries
        if id(each) in before or any(id(each) in some for some in before.values())
    }
    while True:
        after = {each for one in left for each in before.get(one, set())}
        inner = {each for each in left if before.get(each, set()) & left and each in after}
        if inner == left:
            return [each for each in entries if id(each) in left]
        left = inner


def in_order(
    entries: Sequence[Entry], ours: Sequence[Any], theirs: Sequence[Any], taken: Side = "ours"
) -> list[Entry]:
    """Entries in the order of one side; what only the other has follows what it follows there.

    Between records that the other does not know, its place is that of its date, or else of its key.
    """
    if taken == "theirs":
        swapped = {
            id(each): Entry(each.record, each.place, each.base, each.theirs, each.ours) for each in entries
        }
        back = {id(swapped[id(each)]): each for each in entries}
        return [back[id(each)] for each in in_order([*swapped.values()], theirs, ours)]
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
    entries: Sequence[Entry], ours: Sequence[Any], theirs: Sequence[Any], apart: bool = False
) -> Iterator[tuple[tuple[Change, ...], tuple[Change, ...]]]:
    """The changes of both sides that bring two records together of which the order decides what holds.

    There is no dispute if a version has both, so that the order decides there too.
    """
    where = [{id(record): at for at, record in enumerate(side)} for side in (ours, theirs)]
    for first, second in _rivals(entries, apart):
        known = [
            (one, other)
            for one, other, places in (
                (first.ours, second.ours, where[0]),
                (first.theirs, second.theirs, where[1]),
            )
            if id(one) in places and id(other) in places
        ]
        decides = _order_decides(first.record, second.record, apart)
        if decides and not any(_order_decides(one, other, apart) for one, other in known):
            yield _changes_in((first, second), turned=False)


def _changes_in(entries: Sequence[Entry], *, turned: bool) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    def changed(side: str) -> tuple[Change, ...]:
        return tuple(
            Change(entry.place, entry.base, getattr(entry, side), type(entry.record))
            for entry in entries
            if getattr(entry, side) is not None and (getattr(entry, side) != entry.base or turned)
        )

    return changed("ours"), changed("theirs")


def _rivalry(record: Record, apart: bool) -> Any:
    """What records have in common of which the order may decide; ``None`` if it never does."""
    if isinstance(record, Assessment):
        return record.instrument, record.date.first, _side(record, apart)
    if isinstance(record, Visit):
        return Visit, record.organisation
    return Decision if isinstance(record, Decision) else None


def _order_decides(one: Record, other: Record, apart: bool) -> bool:
    """Whether it matters which of two records comes last."""
    if isinstance(one, Assessment) and isinstance(other, Assessment):
        if _rivalry(one, apart) != _rivalry(other, apart):
            return False
        parts = ("ratings", "counts", "published")
        return any(_differ(getattr(one, part), getattr(other, part)) for part in parts)
    if isinstance(one, Decision) and isinstance(other, Decision):
        return one.closes and other.closes
    return isinstance(one, Visit) and isinstance(other, Visit)


def _side(made: Assessment, apart: bool) -> tuple[str | None, str | None]:
    return made.perspective, made.about if apart or not made.of_lights else None


def _differ(one: Any, other: Any) -> bool:
    return any(item in other and other[item] != value for item, value in one.items())
