"""Changes from a workbook merged with a file, by the identity of facts, and applied to its text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fii_cli.changes.conflict import Conflict, plain
from fii_cli.changes.facts import At, Change, Place, facts_changed, key_of
from fii_cli.changes.merge import merge
from fii_cli.diagnostics import Refused
from fii_cli.edits.apply import applied
from fii_cli.language import Message, msg
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import remade
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.workbook.edit import Edit, Rated, Trouble
from fii_cli.workbook.model import as_text, told
from fii_cli.workbook.rekeyed import rekeyed
from fii_cli.workbook.tables import TABLES, Entry, Table, entries_in, value_in, with_entries, with_value
from fii_cli.yaml.document import Document


@dataclass(frozen=True, slots=True)
class Joined:
    """A file with the changes that could be made: its text, its facts, and the cells that were left out."""

    document: Document
    trajectory: Trajectory
    changes: tuple[Change, ...]
    troubles: tuple[Trouble, ...]


_REMOVED = (
    msg("this row was changed here, and removed from the file since"),
    msg("add it as a new row if it has to come back"),
)
_TWO_OF_A_DAY = (
    msg("the file has another rating of the same day and side, and one of the two would count"),
    msg("agree on one of them, and give the other another date"),
)
Wrong = tuple[Message, Message | None]
Check = Callable[[Document], Wrong | None]
"""Says what is wrong with a document, if anything is."""


def joined(document: Document, ours: Trajectory, edits: Sequence[Edit | Rated], check: Check) -> Joined:
    """The file with as many of the changes as possible."""
    troubles: list[Trouble] = []
    left = [_as_in_file(each, ours) for each in edits]
    for edit in list(left):
        wrong = _REMOVED if isinstance(edit, Edit) and _lost(edit, ours) else None
        if isinstance(edit, Rated) and any(_contradicts(edit, made, ours) for made in ours.assessments):
            wrong = _TWO_OF_A_DAY
        if wrong:
            troubles += _refused(edit, wrong)
            left.remove(edit)
    while True:
        conflicts = _merged(ours, left)[1]
        if not conflicts:
            break
        stopped = [each for each in left if any(_is_about(each, conflict) for conflict in conflicts)]
        if not stopped:  # a conflict between changes of the workbook itself
            stopped = left[-1:]
        for each in stopped:
            about = next((one for one in conflicts if _is_about(each, one)), conflicts[0])
            troubles += _conflicting(each, about)
        left = [each for each in left if each not in stopped]
    document, merged = _fitting(document, ours, left, check, troubles)
    return Joined(document, merged, facts_changed(ours, merged), tuple(troubles))


def _as_in_file(edit: Edit | Rated, ours: Trajectory) -> Edit | Rated:
    """An edit with the values of the file where a cell shows the same: a cell drops the last line break."""
    if isinstance(edit, Rated) or edit.before is None:
        return edit
    went = Entry(edit.within, edit.record)
    shown = [each.record for each in entries_in(edit.table, ours) if _same_row(each, went)]
    if edit.nth >= len(shown):
        return _under_new_key(edit, ours)
    there = shown[edit.nth]
    nth = sum(key_of(each) == key_of(there) for each in shown[: edit.nth])

    def exact(key: str, value: Any) -> Any:
        own = value_in(there, key)
        return own if _shown((own,)) == _shown((value,)) else value

    def ended(key: str, value: Any) -> Any:
        own, value = value_in(there, key), exact(key, value)
        whole = isinstance(own, str) and isinstance(value, str) and own.endswith("\n")
        return value.rstrip("\n") + "\n" if whole else value

    before = {key: exact(key, value) for key, value in edit.before.items()}
    after = {key: ended(key, value) for key, value in edit.after.items()} if edit.after is not None else None
    keys = {key: getattr(there, key) for key in edit.table.record.KEY}
    return replace(edit, record=remade(edit.record, **keys), before=before, after=after, nth=nth)


def _under_new_key(edit: Edit, ours: Trajectory) -> Edit:
    """An edit of a row that the file does not have; if it has the row under its new key, both added it."""
    if edit.after is None or not edit.changes_key:
        return edit
    made = with_value(edit.table, edit.record, dict(edit.after))
    wanted = Entry(edit.within, made)
    there = next((each for each in entries_in(edit.table, ours) if _same_row(each, wanted)), None)
    if there is None:
        return edit
    keys = {key: getattr(there.record, key) for key in edit.table.record.KEY}
    after = {key: keys.get(key, value) for key, value in edit.after.items()}
    return replace(edit, record=remade(made, **keys), nth=0, before=None, after=after)


def _lost(edit: Edit, ours: Trajectory) -> bool:
    """Whether a row got another key, while the file does not have it any more."""
    went = Entry(edit.within, edit.record)
    return (
        edit.before is not None
        and edit.changes_key
        and not any(_same_row(each, went) for each in entries_in(edit.table, ours))
    )


def _same_row(one: Entry, other: Entry) -> bool:
    return one.within == other.within and _shown(key_of(one.record)) == _shown(key_of(other.record))


def _shown(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Values as a cell shows them."""
    return tuple(as_text(told(each)) if isinstance(each, str) else each for each in values)


def _fitting(
    document: Document,
    ours: Trajectory,
    edits: Sequence[Edit | Rated],
    check: Check,
    troubles: list[Trouble],
) -> tuple[Document, Trajectory]:
    """The file with the changes that fit: all together, or else those of each half; the others are named."""
    if not edits:
        return document, ours
    done = _together(document, ours, edits, check)
    if isinstance(done, tuple):
        return done
    if len(edits) == 1:
        troubles += done.troubles(edits[0])
        return document, ours
    half = len(edits) // 2
    document, ours = _fitting(document, ours, edits[:half], check, troubles)
    return _fitting(document, ours, edits[half:], check, troubles)


@dataclass(frozen=True, slots=True)
class _Stopped:
    """Why changes cannot be made: a conflict with the file, or what is wrong with the result."""

    why: Conflict | Wrong

    def troubles(self, edit: Edit | Rated) -> Iterable[Trouble]:
        return _conflicting(edit, self.why) if isinstance(self.why, Conflict) else _refused(edit, self.why)


def _together(
    document: Document, ours: Trajectory, edits: Sequence[Edit | Rated], check: Check
) -> tuple[Document, Trajectory] | _Stopped:
    """The file with some changes; those of what tells a row apart are made where it is."""
    conflicts = _merged(ours, edits)[1]
    if conflicts:
        return _Stopped(conflicts[0])
    now = rekeyed(document, ours, edits)
    merged, conflicts = _merged(now.trajectory, now.rest)
    if conflicts:
        return _Stopped(conflicts[0])
    try:
        done = applied(now.document, now.trajectory, merged)
    except Refused as wrong:
        return _Stopped((wrong.message, wrong.hint))
    wrong_with = check(done)
    return _Stopped(wrong_with) if wrong_with else (done, merged)


def _merged(ours: Trajectory, edits: Sequence[Edit | Rated]) -> tuple[Trajectory, tuple[Conflict, ...]]:
    base, theirs = _versions(ours, edits)
    found = merge(base, ours, theirs)
    return found.trajectory, found.conflicts


def _places(edit: Edit | Rated) -> Iterator[Place]:
    """Where in the file the cells of an edit belong."""
    if isinstance(edit, Rated):
        yield ("assessments", At(key_of(edit.assessment)), "ratings", edit.item)
        return
    table = edit.table
    record: Place = (*table.route, At(key_of(edit.record)))
    if table.within:
        record = (*table.route, At((edit.within,)), table.within.inside, At(key_of(edit.record)))
    if edit.before is None or edit.after is None or edit.changes_key:
        yield record
        if edit.after and edit.before:
            made = with_value(table, edit.record, dict(edit.after))
            yield (*record[:-1], At(key_of(made)))
    else:
        yield from ((*record, *key.split(".")) for key in edit.after)


def _is_about(edit: Edit | Rated, conflict: Conflict) -> bool:
    at_stake = {plain(each.place) for each in (*conflict.theirs, *conflict.ours)}
    return any(
        one[: len(other)] == other or other[: len(one)] == one for one in _places(edit) for other in at_stake
    )


def _conflicting(edit: Edit | Rated, conflict: Conflict) -> Iterable[Trouble]:
    why: Message
    if conflict.reason == "order":
        why, hint = _TWO_OF_A_DAY
    elif isinstance(edit, Rated):
        why = msg("the file has another rating of this item, from the same day, person and side")
        hint = msg("agree on one of them; the file keeps its own")
    elif edit.after is None:
        why = msg("this row was removed here, and changed in the file since")
        hint = msg("the file keeps it; remove it there if it may go")
    elif edit.before is not None and conflict.reason == "removed":
        why, hint = _REMOVED
    elif edit.before is None:
        why = msg("this row is in the file already, and says something else there")
        hint = msg("the file keeps its own; change it there, or in a new workbook")
    else:
        why = msg("this was changed here, and in the file since")
        hint = msg("the file keeps its own; agree on one of the two")
    yield from _refused(edit, (why, hint))


def _refused(edit: Edit | Rated, wrong: Wrong) -> Iterator[Trouble]:
    places = [edit.place] if isinstance(edit, Rated) or edit.before is None else list(edit.places.values())
    yield from (Trouble(place, *wrong) for place in places)


# --- versions -----------------------------------------------------------------------------------------------


@dataclass
class _Line:
    """A record in the version that went out and in the one that came back; ``None`` if it is not there."""

    within: str
    base: Any
    theirs: Any
    identity: tuple[Any, ...] = field(default=())


def _versions(ours: Trajectory, edits: Sequence[Edit | Rated]) -> tuple[Trajectory, Trajectory]:
    """The version that went out, and the one that came back, as far as they differ.

    Both say what the file says now in everything that nobody changed in the workbook.
    """
    base = theirs = ours
    for table in TABLES:
        mine = [each for each in edits if isinstance(each, Edit) and each.table is table]
        if not mine:
            continue
        lines = [
            _Line(each.within, each.record, each.record, (each.within, key_of(each.record)))
            for each in entries_in(table, ours)
        ]
        for edit in mine:
            _change(table, lines, edit)
        base = with_entries(
            table, base, [Entry(each.within, each.base) for each in lines if each.base is not None]
        )
        theirs = with_entries(
            table, theirs, [Entry(each.within, each.theirs) for each in lines if each.theirs is not None]
        )
    return _rated(base, theirs, [each for each in edits if isinstance(each, Rated)])


def _change(table: Table, lines: list[_Line], edit: Edit) -> None:
    identity = (edit.within, key_of(edit.record))
    if edit.before is None:
        there = next((each for each in lines if each.identity == identity and each.base is each.theirs), None)
        if there and edit.after is not None:  # both have added it
            there.base, there.theirs = None, with_value(table, there.theirs, dict(edit.after))
        else:
            lines.append(_Line(edit.within, None, edit.record))
        return
    same = [each for each in lines if each.identity == identity]
    line = same[edit.nth] if edit.nth < len(same) else None
    if line is None:
        if edit.after is None:
            return
        line = _Line(edit.within, edit.record, edit.record, identity)
        lines.append(line)
    line.base = with_value(table, line.base, dict(edit.before))
    if edit.after is None:
        line.theirs = None
    else:
        line.theirs = with_value(table, with_value(table, line.theirs, dict(edit.before)), dict(edit.after))


def _rated(base: Trajectory, theirs: Trajectory, edits: Sequence[Rated]) -> tuple[Trajectory, Trajectory]:
    """Both versions with new ratings: the one that went out has none of them."""
    if not edits:
        return base, theirs
    new: dict[tuple[Any, ...], list[Rated]] = {}
    for each in edits:
        new.setdefault(key_of(each.assessment), []).append(each)
    before, after = [], []
    for made in base.assessments:
        added = new.get(key_of(made), [])
        items = {each.item for each in added}
        kept = {item: rating for item, rating in made.ratings.items() if item not in items}
        if kept or made.counts or not added:
            before.append(remade(made, ratings=kept) if items else made)
        given = {each.item: each.rating for each in new.pop(key_of(made), [])}
        after.append(remade(made, ratings={**kept, **given}) if items else made)
    for added in new.values():
        given = {each.item: each.rating for each in added}
        after.append(remade(added[0].assessment, ratings=given))
    return remade(base, assessments=tuple(before)), remade(theirs, assessments=tuple(after))


def _contradicts(edit: Rated, made: Assessment, ours: Trajectory) -> bool:
    """Whether an assessment by somebody else, of the same day and side, rates the item otherwise."""
    new = edit.assessment
    return (
        key_of(new) != key_of(made)
        and (new.instrument, new.date.first, new.perspective)
        == (made.instrument, made.date.first, made.perspective)
        and (new.about == made.about or (made.of_lights and not ours.by_organisation))
        and edit.item in made.ratings
        and made.ratings[edit.item] != edit.rating
    )
