"""Three documents merged into the text of ours, and what is not valid together found."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fii_cli.changes.conflict import Choose, Conflict, Held, Side, plain
from fii_cli.changes.facts import Change, facts_changed
from fii_cli.changes.merge import Merged, merge
from fii_cli.diagnostics import Diagnostic, Refused
from fii_cli.edits.apply import Source, applied
from fii_cli.edits.passages import comments_in
from fii_cli.language import msg
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import Document

Errors = Callable[[Document], Mapping[Hashable, Diagnostic]]
"""The errors in a document, each by what tells it apart, whatever line it is on."""


@dataclass(frozen=True, slots=True)
class MergedDocument:
    """The merged text, what was merged in it, and the conflicts in which a side was chosen."""

    document: Document
    merged: Merged
    conflicts: tuple[Conflict, ...]


def merge_documents(
    base: Trajectory | None, ours: Source, theirs: Source, errors: Errors, choose: Choose
) -> MergedDocument:
    """The text of ours with what theirs changed. Changes that are an error only together are a conflict.

    ``choose`` is asked once for each conflict. Raises :class:`Refused` if the text of ours cannot be changed.
    """
    return _Merging(base, ours, theirs, errors, choose).done()


def comments_left(base: Document | None, theirs: Document, merged: Document) -> tuple[str, ...]:
    """The comments that theirs added and the merged text does not have."""
    known = {*(comments_in(base) if base else ()), *comments_in(merged)}
    return tuple(dict.fromkeys(each for each in comments_in(theirs) if each not in known))


@dataclass
class _Merging:
    base: Trajectory | None
    ours: Source
    theirs: Source
    errors: Errors
    choose: Choose
    answers: dict[tuple[Any, ...], Side] = field(default_factory=dict)

    def done(self) -> MergedDocument:
        known = {*self.errors(self.ours.document), *self.errors(self.theirs.document)}
        held = Held()
        together: list[Conflict] = []
        while True:
            merged, document = self._with(held, self._asked)
            wrong = {key: each for key, each in self.errors(document).items() if key not in known}
            if not wrong:
                return MergedDocument(document, merged, (*merged.conflicts, *together))
            key, error = next(iter(wrong.items()))
            conflict = self._together(held, key, error)
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
        """The smallest set of changes of each side that bring an error together."""
        theirs = self._needed(
            facts_changed(self.base, self.theirs.trajectory),
            lambda some: Held(held.ours, held.theirs | some),
            key,
        )
        ours = self._needed(
            facts_changed(self.base, self.ours.trajectory),
            lambda some: Held(held.ours | some, held.theirs),
            key,
        )
        if not ours or not theirs:
            raise Refused(
                msg("the merged file would not be valid: {why}", why=error.message),
                msg("merge it by hand, and run fii check"),
            )
        return Conflict("together", tuple(ours), tuple(theirs), error)

    def _needed(
        self,
        changes: Sequence[Change],
        without: Callable[[frozenset[Any]], Held],
        key: Hashable,
    ) -> list[Change]:
        """The changes without which an error is gone; those of which it does not need any are left out."""
        innocent: frozenset[Any] = frozenset()
        needed: list[Change] = []
        waiting = [list(changes)] if changes else []
        while waiting:
            some = waiting.pop()
            places = frozenset(plain(each.place) for each in some)
            if self._has(without(innocent | places), key):
                innocent |= places
            elif len(some) == 1:
                needed += some
            else:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]
        return needed

    def _has(self, held: Held, key: Hashable) -> bool:
        try:
            return key in self.errors(self._with(held, self._known)[1])
        except Refused:
            return False
