"""Three documents merged into the text of ours, and what is not valid together found."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fii_cli.changes.conflict import Choose, Conflict, Held, Side, plain
from fii_cli.changes.facts import At, Change, Place, facts_changed, key_of
from fii_cli.changes.merge import Merged, merge
from fii_cli.diagnostics import Diagnostic, Refused, Route
from fii_cli.edits.apply import Source, applied
from fii_cli.edits.comments import with_comments
from fii_cli.edits.passages import Lines, comments_in, lines_of
from fii_cli.language import msg
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.yaml.document import Document

Errors = Callable[[Document], Mapping[Hashable, Diagnostic]]
"""The errors in a document, each by what tells it apart, whatever line it is on."""

Without = Callable[[Held, frozenset[Place]], Held]
"""Also leaves out some changes of one side."""


@dataclass(frozen=True, slots=True)
class MergedDocument:
    """The merged text, what was merged in it, and the conflicts in which a side was chosen."""

    document: Document
    merged: Merged
    conflicts: tuple[Conflict, ...]


def merge_documents(
    base: Source | Trajectory | None,
    ours: Source,
    theirs: Source | Trajectory,
    errors: Errors,
    choose: Choose,
) -> MergedDocument:
    """The text of ours with what theirs changed. Changes that are an error only together are a conflict.

    Base and theirs may have no text of their own: fii then words what theirs says, and comments are those of
    ours. ``choose`` is asked once for each conflict. Raises :class:`Refused` if the text of ours cannot be
    changed.
    """
    told = base.trajectory if isinstance(base, Source) else base
    if isinstance(theirs, Trajectory):
        there = Source(applied(ours.document, ours.trajectory, theirs), theirs)
        return _Merging(told, ours, there, errors, choose).done()
    done = _Merging(told, ours, theirs, errors, choose).done()
    if isinstance(base, Trajectory):
        return done
    document = with_comments(base, ours, theirs, done.document)
    return replace(done, document=document)


def comments_left(
    base: Document | None, ours: Document, theirs: Document, merged: Document
) -> tuple[str, ...]:
    """The comments that a side added and the merged text does not have, such as one at what was removed."""
    known = {*(comments_in(base) if base else ()), *comments_in(merged)}
    written = (*comments_in(ours), *comments_in(theirs))
    return tuple(dict.fromkeys(each for each in written if each not in known))


def blocks_in(done: MergedDocument, conflicts: Sequence[Conflict], side: Side) -> list[tuple[int, int]]:
    """The first and last lines of what is whole between markers: records that came, and those in dispute
    about their order with all that is between them."""
    found = []
    for conflict in conflicts:
        changes = conflict.ours if side == "ours" else conflict.theirs
        found += records_in(done.document, done.merged.trajectory, changes)
        if conflict.about_order:
            lines = _lines_at(done, changes)
            if lines:
                found.append((min(each.head for each in lines), max(each.last for each in lines)))
    return sorted(set(found))


def _lines_at(done: MergedDocument, changes: Sequence[Change]) -> list[Lines]:
    """The lines of the records in changes, as far as a document has them."""
    routes = (_route_at(done.merged.trajectory, change) for change in changes)
    lines = (lines_of(done.document, route[0]) for route in routes if route is not None)
    return [each for each in lines if each is not None]


def records_in(
    document: Document, trajectory: Trajectory, changes: Sequence[Change]
) -> list[tuple[int, int]]:
    """The first and last lines of the whole records that came, as far as a document has them."""
    found: set[tuple[int, int]] = set()
    for change in changes:
        route = _route_to(trajectory, change) if change.before is None else None
        lines = lines_of(document, route) if route else None
        if lines:
            found.add((lines.head, lines.last))
    return sorted(found)


def _route_to(trajectory: Trajectory, change: Change) -> Route | None:
    """The path of a record of a list; ``None`` if a trajectory does not have it as it is after the change."""
    found = _route_at(trajectory, change)
    if found is None:
        return None
    route, here = found
    return route if here == change.after and isinstance(here, Record) else None


def _route_at(trajectory: Trajectory, change: Change) -> tuple[Route, Any] | None:
    """The path of what a change is about, and what is there; ``None`` if there is nothing."""
    here: Any = trajectory
    route: Route = ()
    for step in change.place:
        if isinstance(step, At):
            keys = [key_of(record) for record in here] if isinstance(here, tuple) else []
            if step.key not in keys:
                return None
            at = here.index(change.after) if change.after in here else keys.index(step.key)
            route, here = (*route, at), here[at]
        else:
            route, here = (*route, step), getattr(here, step, None)
    return route, here


@dataclass
class _Merging:
    base: Trajectory | None
    ours: Source
    theirs: Source
    errors: Errors
    choose: Choose
    answers: dict[tuple[Any, ...], Side] = field(default_factory=dict)
    known: set[Hashable] = field(default_factory=set)

    def done(self) -> MergedDocument:
        self.known = {*self.errors(self.ours.document), *self.errors(self.theirs.document)}
        held = Held()
        together: list[Conflict] = []
        while True:
            merged, document = self._with(held, self._asked)
            wrong = {key: each for key, each in self.errors(document).items() if key not in self.known}
            if not wrong:
                return MergedDocument(document, merged, (*merged.conflicts, *together))
            key = _first(wrong)
            conflict = self._together(held, key, wrong[key])
            together.append(conflict)
            held = held.without(conflict, self._asked(conflict))

    def _with(self, held: Held, choose: Choose) -> tuple[Merged, Document]:
        merged = merge(self.base, self.ours.trajectory, self.theirs.trajectory, choose, held)
        text = applied(self.ours.document, self.ours.trajectory, merged.trajectory, self.theirs)
        return merged, text

    def _asked(self, conflict: Conflict) -> Side:
        if conflict.about not in self.answers:
            self.answers[conflict.about] = self.choose(conflict)
        return self.answers[conflict.about]

    def _known(self, conflict: Conflict) -> Side:
        """What was answered before; a trial asks nothing."""
        return self.answers.get(conflict.about, "ours")

    def _together(self, held: Held, key: Hashable, error: Diagnostic) -> Conflict:
        """The smallest sets of changes that bring an error together, with what depends on them."""
        ours_all = facts_changed(self.base, self.ours.trajectory)
        theirs_all = facts_changed(self.base, self.theirs.trajectory)

        def without_ours(held: Held, some: frozenset[Place]) -> Held:
            return Held(held.ours | some, held.theirs)

        def without_theirs(held: Held, some: frozenset[Place]) -> Held:
            return Held(held.ours, held.theirs | some)

        theirs = self._needed(theirs_all, without_theirs, held, key)
        ours = self._needed(ours_all, without_ours, held, key)
        if not ours or not theirs:
            raise Refused(
                msg("the merged file would not be valid: {why}", why=error.message),
                msg("merge it by hand, and run fii check"),
            )
        theirs = self._with_dependent(
            theirs, theirs_all, without_theirs, without_ours(held, _places(ours_all))
        )
        ours = self._with_dependent(ours, ours_all, without_ours, without_theirs(held, _places(theirs_all)))
        return Conflict("together", tuple(ours), tuple(theirs), error)

    def _with_dependent(
        self, needed: list[Change], changes: Sequence[Change], without: Without, alone: Held
    ) -> list[Change]:
        """Changes of one side with those that are an error without them, whatever the other side does."""
        while True:
            left = without(alone, _places(needed))
            wrong = self._wrong(left)
            more = self._needed(changes, without, left, _first(wrong)) if wrong else []
            more = [each for each in more if each not in needed]
            if not more:
                return [each for each in changes if each in needed]
            needed = [*needed, *more]

    def _needed(self, changes: Sequence[Change], without: Without, held: Held, key: Hashable) -> list[Change]:
        """The changes without which an error is gone; those of which it does not need any are left out."""
        innocent: frozenset[Place] = frozenset()
        needed: list[Change] = []
        waiting = [list(changes)] if changes else []
        while waiting:
            some = waiting.pop()
            if key in self._wrong(without(held, innocent | _places(some))):
                innocent |= _places(some)
            elif len(some) == 1:
                needed += some
            else:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]
        return needed

    def _wrong(self, held: Held) -> Mapping[Hashable, Diagnostic]:
        """The errors that neither side has, if something is left out; none if that cannot be written."""
        try:
            document = self._with(held, self._known)[1]
        except Refused:
            return {}
        return {key: each for key, each in self.errors(document).items() if key not in self.known}


def _places(changes: Sequence[Change]) -> frozenset[Place]:
    return frozenset(plain(each.place) for each in changes)


def _first(wrong: Mapping[Hashable, Diagnostic]) -> Hashable:
    """The first error to look at: the same one whichever side is called ours."""
    return min(wrong, key=repr)
