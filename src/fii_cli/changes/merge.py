"""Three versions of a trajectory merged: what both sides changed since the version that they share.

Facts are known by identity, so two additions to one list both stay. A statement that both sides changed to
different values is a conflict, and so is a record that one side removed and the other changed. The result is
the same facts whichever side is called ours; only the conflicts are settled by choosing a side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from fii_cli.changes.conflict import Choose, Conflict, Held, Reason, Side, keep_ours, plain
from fii_cli.changes.facts import At, Change, Place, facts_changed, key_of, record_in
from fii_cli.changes.order import Entry, disputed, ordered, turned
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record


@dataclass(frozen=True)
class Merged:
    """The merged trajectory, and the conflicts in which a side was chosen."""

    ours: Trajectory
    trajectory: Trajectory
    conflicts: tuple[Conflict, ...]

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes of theirs to apply to ours."""
        return facts_changed(self.ours, self.trajectory)


def merge(
    base: Trajectory | None,
    ours: Trajectory,
    theirs: Trajectory,
    choose: Choose = keep_ours,
    held: Held | None = None,
) -> Merged:
    """Ours with what theirs changed since ``base``, which is ``None`` if both sides added the file."""
    held = held or Held()
    settled: dict[tuple[Any, ...], Conflict] = {}
    apart = any(each.by_organisation for each in (base, ours, theirs) if each)
    while True:
        run = _Merge(choose, held, apart)
        values = run.record(base, ours, theirs, Trajectory, ())
        new = [each for each in run.disputed if each.about not in settled]
        if not new:
            found = (*settled.values(), *run.conflicts)
            return Merged(ours, Trajectory.model_construct(**values), found)
        for each in new:
            settled[each.about] = each
            held = held.without(each, choose(each))


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same: a section without facts is no section, words have no order."""
    if one == other:
        return True
    if isinstance(one, Record) and isinstance(other, Record) and not type(one).WHOLE:
        return not facts_changed(one, other)
    return False


def alike(one: Any, other: Any) -> bool:
    """Whether two values say the same, in the same order where that decides."""
    return same(one, other) and not turned(one, other)


def without_facts(record: Record) -> bool:
    """Whether a record says nothing."""
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if isinstance(value, Record) and not type(value).WHOLE:
            if not without_facts(value):
                return False
        elif value != _default(info) and value not in ((), {}, None):
            return False
    return True


@dataclass
class _Merge:
    """One walk through three versions."""

    choose: Choose
    held: Held
    apart: bool
    conflicts: list[Conflict] = field(default_factory=list)
    disputed: list[Conflict] = field(default_factory=list)

    def record(
        self,
        base: Record | None,
        ours: Record | None,
        theirs: Record | None,
        kind: type[Record],
        place: Place,
    ) -> dict[str, Any]:
        """The merged values of a record, key by key."""
        values: dict[str, Any] = {}
        for name, info in kind.model_fields.items():
            default = _default(info)
            old, here, there = (getattr(each, name) if each else default for each in (base, ours, theirs))
            if name in kind.TOGETHER:
                values[name] = [old, here, there]
            else:
                values[name] = self._value(old, here, there, kind, info.annotation, (*place, name))
        return values | self._together({name: values[name] for name in kind.TOGETHER}, kind, place)

    def _together(self, three: Mapping[str, list[Any]], kind: type[Record], place: Place) -> dict[str, Any]:
        """The values of keys that make one statement: those of one side."""
        if not three:
            return {}
        base, ours, theirs = ({name: each[at] for name, each in three.items()} for at in range(3))
        for name in three:
            ours, theirs = self._left(base, ours, theirs, (*place, name))
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs

        def changed(side: Mapping[str, Any]) -> tuple[Change, ...]:
            return tuple(
                Change((*place, name), base[name], side[name], kind)
                for name in side
                if base[name] != side[name]
            )

        return {"ours": ours, "theirs": theirs}[self._settled("value", changed(ours), changed(theirs))]

    def _value(
        self, base: Any, ours: Any, theirs: Any, kind: type[Record], annotation: Any, place: Place
    ) -> Any:
        ours, theirs = self._left(base, ours, theirs, place)
        if not self._partly_held(place) and (alike(ours, theirs) or alike(theirs, base)):
            return ours
        some = next((each for each in (ours, theirs, base) if each is not None), None)
        inside = record_in(annotation)
        if isinstance(some, tuple):
            if inside:
                return self._list(base, ours, theirs, inside, place)
            came = [word for word in theirs if word not in base and word not in ours]
            left = (word for word in ours if word in theirs or word not in base)
            return type(some)([*left, *came])
        if isinstance(some, dict):
            return self._mapping(base, ours, theirs, kind, place)
        if isinstance(some, Record) and not type(some).WHOLE:
            return self._nested(base, ours, theirs, type(some), kind, place)
        return self._unit(base, ours, theirs, kind, place)

    def _unit(self, base: Any, ours: Any, theirs: Any, kind: type[Record], place: Place) -> Any:
        """One statement: that of the side that changed it."""
        ours, theirs = self._left(base, ours, theirs, place)
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
        reason: Reason = "removed" if ours is None or theirs is None else "value"
        changes = (Change(place, base, ours, kind),), (Change(place, base, theirs, kind),)
        return {"ours": ours, "theirs": theirs}[self._settled(reason, *changes)]

    def _mapping(self, base: Any, ours: Any, theirs: Any, kind: type[Record], place: Place) -> dict[str, Any]:
        found = {}
        for item in dict.fromkeys((*ours, *theirs)):
            value = self._unit(base.get(item), ours.get(item), theirs.get(item), kind, (*place, item))
            if value is not None:
                found[item] = value
        return found

    def _nested(
        self, base: Any, ours: Any, theirs: Any, inside: type[Record], kind: type[Record], place: Place
    ) -> Any:
        base, ours, theirs = (
            None if each is None or without_facts(each) else each for each in (base, ours, theirs)
        )
        if not self._partly_held(place):
            if alike(ours, theirs) or alike(theirs, base):
                return ours
            if alike(ours, base):
                return theirs
        if base and not (ours and theirs) and not _has_parts(inside):
            return self._unit(base, ours, theirs, kind, place)
        before = len(self.conflicts), len(self.disputed)
        merged = inside.model_construct(**self.record(base, ours, theirs, inside, place))
        if without_facts(merged):
            return None
        if any(
            getattr(merged, name) is None for name, info in inside.model_fields.items() if info.is_required()
        ):
            del self.conflicts[before[0] :], self.disputed[before[1] :]  # this conflict is about all of it
            return self._unit(base, ours, theirs, kind, place)
        return merged

    def _list(
        self, base: Any, ours: Any, theirs: Any, inside: type[Record], place: Place
    ) -> tuple[Record, ...]:
        entries: list[Entry] = []
        was_by, our_by, their_by = (_by_key(side) for side in (base, ours, theirs))
        self._corrected_twice(was_by, our_by, their_by, inside, place)
        for key in dict.fromkeys((*our_by, *their_by)):
            old, mine, other = (side.get(key, []) for side in (was_by, our_by, their_by))
            here = (*place, At(key))
            if max(len(old), len(mine), len(other)) > 1:
                entries += self._doubles(old, mine, other, inside, here)
                continue
            was, one, two = (next(iter(each), None) for each in (old, mine, other))
            merged = self._one(was, one, two, inside, here)
            if merged is not None:
                entries.append(Entry(merged, here, was, one, two))
        in_order = ordered(entries, base, ours, theirs, partial(self._settled, "order"), self.apart)
        self.disputed += (Conflict("order", *each) for each in disputed(in_order, ours, theirs, self.apart))
        return tuple(entry.record for entry in in_order)

    def _corrected_twice(
        self, was_by: _ByKey, our_by: _ByKey, their_by: _ByKey, kind: type[Record], place: Place
    ) -> None:
        """Settle which side counts where both corrected the key of one record, and leave out the other."""
        for key in [key for key in was_by if key not in our_by and key not in their_by]:
            mine = _like(key, [each for each in our_by if each not in was_by and each not in their_by])
            other = _like(key, [each for each in their_by if each not in was_by and each not in our_by])
            if mine is None or other is None:
                continue
            changes = [
                (
                    Change((*place, At(key)), was_by[key][0], None, kind),
                    Change((*place, At(new)), None, side[new][0], kind),
                )
                for new, side in ((mine, our_by), (other, their_by))
            ]
            if self._settled("value", *changes) == "ours":
                del their_by[other]
            else:
                del our_by[mine]

    def _one(self, base: Any, ours: Any, theirs: Any, kind: type[Record], place: Place) -> Any:
        """A record of a list that no version has twice."""
        ours, theirs = self._left(base, ours, theirs, place)
        if not self._partly_held(place) or ours is None or theirs is None:
            if alike(ours, theirs) or alike(theirs, base):
                return ours
            if alike(ours, base):
                return theirs
        if kind.WHOLE or ours is None or theirs is None:
            return self._unit(base, ours, theirs, kind, place)
        return kind.model_construct(**self.record(base, ours, theirs, kind, place))

    def _doubles(
        self, base: list[Any], ours: list[Any], theirs: list[Any], kind: type[Record], place: Place
    ) -> list[Entry]:
        """Records with the same key: paired by equal content, and what remains is a conflict."""
        left = [list(ours), list(theirs), list(base)]
        ours, theirs = self._left(base, ours, theirs, place)
        gone_here, came_here = _minus(base, ours), _minus(ours, base)
        gone_there, came_there = _minus(base, theirs), _minus(theirs, base)
        kept = _minus(_minus(base, gone_here), gone_there)
        if not (gone_there or came_there) or not (_minus(ours, theirs) or _minus(theirs, ours)):
            merged = ours
        elif not (gone_here or came_here):
            merged = theirs
        elif (
            _common(gone_here, gone_there)
            or _common(came_here, came_there)
            or (len(came_here) > len(gone_here) and len(came_there) > len(gone_there))
        ):
            changes = [
                tuple(
                    [Change(place, each, None, kind) for each in gone]
                    + [Change(place, None, each, kind) for each in came]
                )
                for gone, came in ((gone_here, came_here), (gone_there, came_there))
            ]
            merged = {"ours": ours, "theirs": theirs}[self._settled("double", *changes)]
        else:
            merged = [*kept, *came_here, *came_there]
        entries = []
        for record in merged:
            found = [_taken(side, record) for side in left]
            entries.append(Entry(record, place, found[2], found[0], found[1]))
        return entries

    def _left(self, base: Any, ours: Any, theirs: Any, place: Place) -> tuple[Any, Any]:
        """Both sides, without what is left out."""
        if not (self.held.ours or self.held.theirs):
            return ours, theirs
        place = plain(place)
        return (
            base if place in self.held.ours else ours,
            base if place in self.held.theirs else theirs,
        )

    def _partly_held(self, place: Place) -> bool:
        """Whether something inside a place is left out, so that no side is taken as a whole."""
        return bool(self.held.ours or self.held.theirs) and self.held.reaches(plain(place))

    def _settled(self, reason: Reason, ours: tuple[Change, ...], theirs: tuple[Change, ...]) -> Side:
        conflict = Conflict(reason, ours, theirs)
        self.conflicts.append(conflict)
        return self.choose(conflict)


def _default(info: Any) -> Any:
    """The value of a key that is not written."""
    return None if info.is_required() else info.get_default(call_default_factory=True)


_ByKey = dict[tuple[Any, ...], list[Record]]


def _like(key: tuple[Any, ...], keys: list[tuple[Any, ...]]) -> tuple[Any, ...] | None:
    """The only one of these keys that shares a value with a key; ``None`` if none or several do."""
    like = [
        each
        for each in keys
        if any(one is not None and one == other for one, other in zip(key, each, strict=True))
    ]
    return like[0] if len(like) == 1 else None


def _by_key(records: tuple[Record, ...]) -> _ByKey:
    found: _ByKey = {}
    for record in records:
        found.setdefault(key_of(record), []).append(record)
    return found


def _has_parts(kind: type[Record]) -> bool:
    """Whether a record contains records."""
    return any(record_in(info.annotation) for info in kind.model_fields.values())


def _taken(records: list[Any], record: Any) -> Any:
    """An equal record, taken from a list; ``None`` if there is none."""
    return records.pop(records.index(record)) if record in records else None


def _minus(records: list[Any], others: list[Any]) -> list[Any]:
    left = list(records)
    for each in others:
        _taken(left, each)
    return left


def _common(records: list[Any], others: list[Any]) -> bool:
    return any(each in others for each in records)
