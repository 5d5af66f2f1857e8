"""What cannot be merged, and which side of it goes into the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from fii_cli.changes.facts import At, Change, Place
from fii_cli.diagnostics import Diagnostic

Side = Literal["ours", "theirs"]
Reason = Literal["value", "removed", "double", "order", "together"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What cannot be merged: the changes of both sides that exclude each other, and why.

    The reasons are two values for one statement, a record that one side removed and the other changed,
    records with the same key, two records of which the last one counts, and changes that are valid on each
    side but not together: ``because`` is the error that follows.
    """

    reason: Reason
    ours: tuple[Change, ...]
    theirs: tuple[Change, ...]
    because: Diagnostic | None = None

    @property
    def place(self) -> Place:
        """The identity of what the conflict is about."""
        return (self.theirs or self.ours)[0].place

    @property
    def about_order(self) -> bool:
        """Whether both sides have the same records in different orders."""
        places = [{each.place for each in some} for some in (self.ours, self.theirs)]
        return self.reason == "order" and places[0] == places[1]

    @property
    def about(self) -> tuple[Any, ...]:
        """The identity of the conflict itself: the places that either side changed."""
        return (self.reason, *(each.place for each in (*self.ours, *self.theirs)))


Choose = Callable[[Conflict], Side]
"""Says which side of a conflict goes into the result."""


@dataclass(frozen=True, slots=True)
class Held:
    """Places at which the changes of a side are left out."""

    ours: frozenset[Place] = frozenset()
    theirs: frozenset[Place] = frozenset()

    def reaches(self, place: Place) -> bool:
        """Whether something at or inside a place is left out."""
        return any(each[: len(place)] == place for each in (*self.ours, *self.theirs))

    def without(self, conflict: Conflict, kept: Side) -> Held:
        """Also leave out what the other side than ``kept`` changed in a conflict."""
        if kept == "ours":
            return Held(self.ours, self.theirs | {plain(each.place) for each in conflict.theirs})
        return Held(self.ours | {plain(each.place) for each in conflict.ours}, self.theirs)


def keep_ours(_conflict: Conflict) -> Side:
    """Choose ours in each conflict."""
    return "ours"


def keep_theirs(_conflict: Conflict) -> Side:
    """Choose theirs in each conflict."""
    return "theirs"


def plain(place: Place) -> Place:
    """A place without the number of a record among those with the same key, and without one of the counts."""
    steps = tuple(At(step.key) if isinstance(step, At) else step for step in place)
    return steps[:-1] if "counts" in steps[-2:-1] else steps
