"""Make a document say what a trajectory says, in its text: every other byte is kept.

What another document says in the same words comes as it is written there, with its comments, indented for its
new place. The new text is read back: if it does not say exactly what was meant, nothing is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fii_cli.changes.facts import facts_changed, record_in
from fii_cli.changes.merge import alike, same, without_facts
from fii_cli.changes.order import counterparts
from fii_cli.diagnostics import Refused, Route
from fii_cli.edits.drop import dropped
from fii_cli.edits.place import Place, placed_items, placed_key, placed_list
from fii_cli.edits.read_back import BY_HAND
from fii_cli.edits.written import written
from fii_cli.frozen import ValidationError
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import OneOrMore, Record
from fii_cli.yaml.document import Document, value_at


@dataclass(frozen=True, slots=True)
class Source:
    """A document from which text is taken, and the trajectory in it."""

    document: Document
    trajectory: Trajectory


def applied(
    document: Document, before: Trajectory, after: Trajectory, source: Source | None = None
) -> Document:
    """The document that says ``before``, changed to say ``after``; text comes from the ``source`` if it can.

    Raises :class:`Refused` if that cannot be done in its text.
    """
    work = _Work(document, source)
    work.record(before, after, source.trajectory if source else None, Trajectory, (), ())
    try:
        done = Trajectory.model_validate(work.document.data)
    except ValidationError:
        done = None
    if done is None or facts_changed(after, done) or facts_changed(done, after):
        raise Refused(*BY_HAND)
    return work.document


def changed_in_place(
    document: Document, before: Record, after: Record, kind: type[Record], route: Route
) -> Document:
    """The document with one record changed where it is, also in what tells it apart from others.

    Its comments and layout are kept. Raises :class:`Refused` if that cannot be done in its text.
    """
    work = _Work(document, None)
    work.record(before, after, None, kind, route, ())
    return work.document


@dataclass
class _Work:
    """A document on its way; each step changes one entry of its text."""

    document: Document
    source: Source | None

    def record(
        self, before: Any, after: Any, theirs: Any, kind: type[Record], route: Route, there: Route
    ) -> None:
        """Change the keys of a record; ``theirs`` is the same record in the source, at ``there``."""
        for name, info in kind.model_fields.items():
            old, new = getattr(before, name), getattr(after, name)
            if alike(old, new):
                continue
            other = getattr(theirs, name) if theirs is not None else None
            here, origin = (*route, name), (*there, name)
            if _says_nothing(new, info):
                self._put_default(here, origin, new, other, info)
            elif isinstance(new, Record) and not type(new).WHOLE:
                if old is None or without_facts(old):
                    self._put(here, origin, new, other)
                else:
                    self.record(old, new, other, type(new), here, origin)
            elif isinstance(new, tuple) and not isinstance(new, OneOrMore):
                self._list(old, new, other or (), record_in(info.annotation), here, origin)
            elif isinstance(new, Mapping):
                self._mapping(old, new, other or {}, here, origin)
            else:
                self._put(here, origin, new, other)

    def _put_default(self, route: Route, there: Route, new: Any, other: Any, info: Any) -> None:
        """Remove a key, or write the value that it has without being written if the source does so."""
        source = self.source.document if self.source else None
        if new is not None and new == other and source and _written_in(source, there):
            self._put(route, there, new, other)
        else:
            self.document = dropped(self.document, route, source)

    def _put(self, route: Route, there: Route, new: Any, other: Any) -> None:
        self.document = placed_key(self.document, route, written(new), self._from(there, new, other))

    def _from(self, there: Route, new: Any, other: Any) -> Place | None:
        """Where a value stands in the source, if it says the same there."""
        if self.source is None or other is None or not same(new, other):
            return None
        return Place(self.source.document, there)

    def _mapping(
        self,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        theirs: Mapping[str, Any],
        route: Route,
        there: Route,
    ) -> None:
        if not old:
            self._put(route, there, new, theirs)
            return
        for item, value in new.items():
            if old.get(item) != value:
                self._put((*route, item), (*there, item), value, theirs.get(item))
        for item in old:
            if item not in new:
                source = self.source.document if self.source else None
                self.document = dropped(self.document, (*route, item), source)

    def _list(
        self,
        old: tuple[Any, ...],
        new: tuple[Any, ...],
        theirs: tuple[Any, ...],
        kind: type[Record] | None,
        route: Route,
        there: Route,
    ) -> None:
        """Insert, change and remove items; from the last one up, so that the others keep their place.

        An item that moves is removed and inserted.
        """
        ours, origins = counterparts(old, new), counterparts(theirs, new)
        stay = _rising([at for at in ours if at is not None])
        source = self.source.document if self.source else None
        places = [
            None if at is None or not source or not same(item, theirs[at]) else Place(source, (*there, at))
            for item, at in zip(new, origins, strict=True)
        ]
        for number, at in enumerate(ours):
            if at is not None and at not in stay and same(old[at], new[number]):
                places[number] = Place(self.document, (*route, at))
        if not old:
            self.document = placed_list(self.document, route, [written(each) for each in new], places)
            return
        inserts: list[tuple[int, int]] = []  # before which item of ours, and which item
        before = 0
        for number, at in enumerate(ours):
            if at is None or at not in stay:
                inserts.append((before, number))
            else:
                before = at + 1
        for at in sorted({at for at, _ in inserts}, reverse=True):
            items = [(written(new[each]), places[each]) for before, each in inserts if before == at]
            self.document = placed_items(self.document, route, at, items)
        for at in reversed(range(len(old))):
            here = (*route, at + sum(each <= at for each, _ in inserts))
            if at not in stay:
                self.document = dropped(self.document, here, source)
                continue
            number = ours.index(at)
            if kind is None or alike(old[at], new[number]):
                continue
            if kind.WHOLE:
                self.document = placed_key(self.document, here, written(new[number]), places[number])
            else:
                from_ = origins[number]
                other, origin = (None, ()) if from_ is None else (theirs[from_], (*there, from_))
                self.record(old[at], new[number], other, kind, here, origin)


def _rising(numbers: list[int]) -> set[int]:
    """The most numbers that are in rising order: what can stay where it is."""
    if numbers == sorted(numbers):
        return set(numbers)
    longest: list[tuple[int, ...]] = []
    for number in numbers:
        lower = [each for each in longest if each[-1] < number]
        longest = sorted([*longest, (*(lower[-1] if lower else ()), number)], key=len)
    return set(longest[-1])


def _says_nothing(value: Any, info: Any) -> bool:
    if isinstance(value, Record):
        return not type(value).WHOLE and without_facts(value) and not info.is_required()
    if value is None or value in ((), {}):
        return True
    return not info.is_required() and value == info.get_default(call_default_factory=True)


def _written_in(document: Document, route: Route) -> bool:
    return value_at(document.data, route) is not None
