"""The facts that came, went and changed, known by identity and not by their position in a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from fii_cli.trajectory.base import Record


@dataclass(frozen=True, slots=True)
class At:
    """A record in a list: the values of its key, and its number among those with the same key."""

    key: tuple[Any, ...]
    number: int = 0


Place = tuple[str | At, ...]
"""The way to a fact: keys, and for each list the record in it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that came, went or changed: what was there before and what is there after, or ``None``.

    What has changed is a record of a list that came or went, a statement that only makes sense as a whole, or
    a single value. ``record`` is the kind of record that it is in.
    """

    place: Place
    before: Any
    after: Any
    record: type[Record]


def facts_changed(before: Record | None, after: Record) -> tuple[Change, ...]:
    """The facts that differ, in the order of the format; none if both say the same.

    Records with the same key in one version are paired by equal content first, and then by order.
    """
    return tuple(_in_record(before, after, type(after), ()))


def _in_record(
    before: Record | None, after: Record | None, kind: type[Record], place: Place
) -> Iterator[Change]:
    for name, info in kind.model_fields.items():
        default = info.get_default(call_default_factory=True)
        old = getattr(before, name) if before else _absent(default)
        new = getattr(after, name) if after else _absent(default)
        if old != new:
            yield from _in_value(old, new, kind, info.annotation, (*place, name))


def _absent(default: Any) -> Any:
    """The value of a key in a record that is not there."""
    return default if isinstance(default, tuple | dict) else None


def _in_value(old: Any, new: Any, kind: type[Record], annotation: Any, place: Place) -> Iterator[Change]:
    some = old if old is not None else new
    if isinstance(some, tuple):
        inside = record_in(annotation)
        if inside:
            yield from _in_list(old, new, inside, place)
        else:
            yield from (Change(place, word, None, kind) for word in old if word not in new)
            yield from (Change(place, None, word, kind) for word in new if word not in old)
    elif isinstance(some, Mapping):
        yield from _in_mapping(old, new, kind, place)
    elif isinstance(some, Record) and not type(some).WHOLE:
        yield from _in_record(old, new, type(some), place)
    else:
        yield Change(place, old, new, kind)


def _in_mapping(
    old: Mapping[str, Any], new: Mapping[str, Any], kind: type[Record], place: Place
) -> Iterator[Change]:
    """Ratings or counts, by item: each is one statement."""
    for item in dict.fromkeys((*new, *old)):
        if old.get(item) != new.get(item):
            yield Change((*place, item), old.get(item), new.get(item), kind)


def _in_list(
    old: tuple[Record, ...], new: tuple[Record, ...], kind: type[Record], place: Place
) -> Iterator[Change]:
    for at, before, after in paired(old, new):
        here = (*place, at)
        if before is None or after is None or kind.WHOLE:
            if before != after:
                yield Change(here, before, after, kind)
        else:
            yield from _in_record(before, after, kind, here)


def paired(
    old: tuple[Record, ...], new: tuple[Record, ...]
) -> Iterator[tuple[At, Record | None, Record | None]]:
    """The records of two lists by identity: each with its counterpart, or ``None``; the new order first."""
    left: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for record in old:
        left[key_of(record)].append(record)
    counterparts: dict[int, Record] = {}
    for at, record in enumerate(new):  # equal content first
        if record in left[key_of(record)]:
            left[key_of(record)].remove(record)
            counterparts[at] = record
    for at, record in enumerate(new):
        if at not in counterparts and left[key_of(record)]:
            counterparts[at] = left[key_of(record)].pop(0)
    numbers: dict[tuple[Any, ...], int] = defaultdict(int)
    for at, record in enumerate(new):
        yield _numbered(record, numbers), counterparts.get(at), record
    for records in left.values():
        for record in records:
            yield _numbered(record, numbers), record, None


def _numbered(record: Record, numbers: dict[tuple[Any, ...], int]) -> At:
    key = key_of(record)
    numbers[key] += 1
    return At(key, numbers[key] - 1)


def key_of(record: Record) -> tuple[Any, ...]:
    """The identity of a record in its list: the values of its key."""
    return tuple(getattr(record, name) for name in type(record).KEY)


def record_in(annotation: Any) -> type[Record] | None:
    """The kind of record that a list holds, if it holds any."""
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, Record) else None
    return next((found for inner in get_args(annotation) if (found := record_in(inner))), None)
