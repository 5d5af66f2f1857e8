"""A workbook that came back: what changed in it is shown, asked for, and merged with the file."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fii_cli.commands.change import Change, make
from fii_cli.commands.diff_shown import fact_record
from fii_cli.commands.options import must_be_there
from fii_cli.commands.prompts import confirmed
from fii_cli.commands.readable import Readable, read_trajectory
from fii_cli.commands.say import say_json
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import FOUND, OK
from fii_cli.language import CODES, Language, Message, count, msg
from fii_cli.project.context import Project
from fii_cli.report.changes import told
from fii_cli.report.shapes import Line
from fii_cli.report.wording import Wording
from fii_cli.resources import language
from fii_cli.suggest import did_you_mean, known_as, one_of
from fii_cli.survey.books import Book, open_book
from fii_cli.survey.tables import rows_of, sheets_of
from fii_cli.terminal import NotAsked, Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import parse_date
from fii_cli.words import OUTER
from fii_cli.workbook.coming_back import compared
from fii_cli.workbook.edit import Comparison, Given, Rated, Trouble
from fii_cli.workbook.joined import Joined, Wrong, joined
from fii_cli.workbook.other_lists import actions_in, has_actions
from fii_cli.workbook.returned import Returned, returned
from fii_cli.workbook.tables import TABLES, entries_in
from fii_cli.yaml.document import Document

_AT_MOST = 100
"""How many changes and cells are shown."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that came back: where it is, what to do with it, and the command that does so again."""

    project: Project
    file: str
    path: str
    given: Given
    command: str
    dry_run: bool
    yes: bool
    as_json: bool

    @property
    def day(self) -> date:
        return self.given.date.nearest(self.project.today)

    def readable(self, terminal: Terminal) -> Readable | None:
        return read_trajectory(self.project, self.file, self.day, terminal)


def bring_back(terminal: Terminal, arrival: Arrival, book: Book) -> int:
    """Merge a workbook that came back with a file, and return the exit code: 1 if a cell was left out."""
    back = returned(book)
    if any(each == back.base.audience for each in OUTER):
        raise Refused(
            msg("this workbook is the {edition} edition, which is for reading", edition=back.base.audience),
            msg("only an edition for the team or the steering group can come back"),
        )
    known = arrival.readable(terminal)
    if known is None:
        return FOUND
    _must_be_of(back, known.trajectory, arrival.file)
    code = next((each for each in CODES if each == back.base.language), known.trajectory.language)
    return _merge(terminal, arrival, known, back, language(code))


def not_imported(raw: bytes, known: Readable, project: Project, file: str, day: date) -> Message | None:
    """Why a workbook that exists may contain what nobody imported; ``None`` if it contains nothing new."""
    try:
        back = returned(open_book(raw))
    except Refused as wrong:
        return wrong.message
    if any(each == back.base.audience for each in OUTER):
        return None
    nearest = parse_date(day.isoformat())
    assert nearest is not None
    code = next((each for each in CODES if each == back.base.language), known.trajectory.language)
    words, given = language(code), Given(nearest, day)
    found = compared(back, known.trajectory, project.handbook, words, given)
    if found.is_empty:
        return None
    if not found.troubles:
        document, ours = known.judgement.document, known.trajectory
        done = joined(document, ours, found.edits, _check(project, file, day))
        if not done.changes and not done.troubles and _is_of(back, ours):
            return None  # it was imported before
    return msg("somebody changed it since fii wrote it")


def bring_actions(terminal: Terminal, arrival: Arrival, raw: bytes, sheet: str | None) -> int:
    """Add the actions of another list to a file, after showing how each column is read."""
    name, rows = _sheet_with_actions(raw, arrival.path, sheet)
    known = arrival.readable(terminal)
    if known is None:
        return FOUND
    say = terminal.say
    listed = actions_in(rows, name, known.trajectory, arrival.project.handbook, say)
    if name:
        terminal.note(say("sheet {sheet}", sheet=name))
    for column, head, name in listed.read:
        terminal.note(
            terminal.wrap(say("column {column}, {head}: {name}", column=column, head=head, name=name))
        )
    if listed.skipped:
        columns = ", ".join(listed.skipped)
        terminal.note(terminal.wrap(say("skipped columns: {columns}", columns=columns)))
    return _merge(terminal, arrival, known, listed.back, say)


def _sheet_with_actions(raw: bytes, path: str, asked: str | None) -> tuple[str, list[list[str]]]:
    """The sheet with actions, by name if the workbook has several sheets. Raises :class:`Refused`."""
    names = sheets_of(raw)
    if asked is not None:
        found = known_as(asked, names)
        if found is None:
            wrong = msg("{path} has no sheet {sheet}", path=path, sheet=asked)
            raise Refused(wrong, did_you_mean(asked, names, one_of(names)) if names else _NO_SHEETS)
        return found, rows_of(raw, path, found)
    if len(names) < 2:
        return "", rows_of(raw, path)
    tables = {name: rows for name in names if has_actions(rows := _rows_or_none(raw, path, name))}
    if len(tables) > 1:
        wrong = msg("several sheets have actions: {names}", names=", ".join(tables))
        raise Refused(wrong, msg("choose one with --sheet"))
    return next(iter(tables.items()), (names[0], rows_of(raw, path, names[0])))


_NO_SHEETS = msg("omit {flags}", flags="--sheet")


def _rows_or_none(raw: bytes, path: str, name: str) -> list[list[str]]:
    """The rows of one of several sheets; none if it cannot be a list of actions."""
    try:
        return rows_of(raw, path, name)
    except Refused:
        return []


def _merge(terminal: Terminal, arrival: Arrival, known: Readable, back: Returned, words: Language) -> int:
    """Show what changed, ask, and write it; ``words`` is the language of the cells."""
    say, project, file = terminal.say, arrival.project, arrival.file

    def settled(document: Document, now: Trajectory) -> tuple[Comparison, Joined]:
        found = _there(compared(back, now, project.handbook, words, arrival.given), now)
        return found, joined(document, now, found.edits, _check(project, file, arrival.day))

    found, done = settled(known.judgement.document, known.trajectory)
    troubles = (*found.troubles, *done.troubles)
    if arrival.as_json:
        say_json(terminal, _record(arrival, done, troubles, say))
        return FOUND if troubles else OK
    if found.is_empty:
        terminal.out(say("{path}: nothing was changed in this workbook", path=arrival.path))
        return OK
    _say_changes(terminal, done, known, project)
    _say_troubles(terminal, arrival.path, troubles)
    if not done.changes:
        if not troubles:
            terminal.out(say("{path}: the file says all this already", path=arrival.path))
        return FOUND if troubles else OK
    if not (arrival.yes or arrival.dry_run):
        if not terminal.interactive:
            raise NotAsked(("--yes",))
        if not confirmed(terminal, file):
            terminal.note(say("nothing was written"))
            return OK
    change = Change(
        project=project,
        file=file,
        day=arrival.day,
        # Compared again when it is written: the file may have changed since it was shown.
        edit=lambda document, now: settled(document, now)[1].document,
        command=arrival.command,
        commit=lambda _, say: say("what came back in a workbook"),
        known=known,
    )
    return make(terminal, change, dry_run=arrival.dry_run, previewed=True) or (FOUND if troubles else OK)


def _there(found: Comparison, now: Trajectory) -> Comparison:
    """What changed, without ratings about an organisation that had ended by then."""
    edits, troubles = [], list(found.troubles)
    for edit in found.edits:
        try:
            if isinstance(edit, Rated):
                must_be_there(edit.assessment.about, now, edit.assessment.date.text)
            edits.append(edit)
        except Refused as wrong:
            troubles.append(Trouble(edit.place, wrong.message, wrong.hint))
    return replace(found, edits=tuple(edits), troubles=tuple(troubles))


def _record(arrival: Arrival, done: Joined, troubles: Sequence[Trouble], say: Language) -> dict[str, Any]:
    """What would change, and the cells that are not taken over, as data."""
    return {
        "version": 1,
        "file": arrival.file,
        "workbook": arrival.path,
        "facts": [fact_record(each, say) for each in done.changes],
        "cells": [
            {
                "place": each.place,
                "message": say(each.message),
                "hint": say(each.hint) if each.hint else None,
            }
            for each in troubles
        ],
    }


def _check(project: Project, file: str, day: date) -> Callable[[Document], Wrong | None]:
    def wrong_with(document: Document) -> Wrong | None:
        errors = project.judge(file, document, day).errors
        return (errors[0].message, errors[0].hint or errors[0].label) if errors else None

    return wrong_with


def _must_be_of(back: Returned, trajectory: Trajectory, file: str) -> None:
    """Raise :class:`Refused` for the workbook of another trajectory."""
    if not _is_of(back, trajectory):
        raise Refused(
            msg("this workbook is of another trajectory: {title}", title=back.base.title),
            msg("name the file that it belongs to; {path} is {title}", path=file, title=trajectory.heading),
        )


def _is_of(back: Returned, trajectory: Trajectory) -> bool:
    """Whether a workbook is of a trajectory: it has the same title, or else half of the same rows."""
    if back.base.title == trajectory.heading:
        return True
    went = known = 0
    for table in TABLES:
        if table.has_id:
            ids = back.base.rows(table.id).keys()
            went += len(ids)
            known += len(ids & {str(entry.record.id) for entry in entries_in(table, trajectory)})
    return went >= 2 and known * 2 >= went


def _say_changes(terminal: Terminal, done: Joined, known: Readable, project: Project) -> None:
    """Show what came, went and changed, in the words of a comparison."""
    before, after = (Wording(each, terminal.say) for each in (known.trajectory, done.trajectory))
    shown = told((), done.changes[:_AT_MOST], before, after, project.handbook)
    lines: list[Line] = [*shown.facts, *shown.wording]
    for line in lines:
        colour = {"+": "green", "-": "red", "~": "cyan"}[line.sign]
        terminal.out(terminal.paint(terminal.wrap(f"{line.sign} {line.text}", "  ", "  "), colour))
    left = len(done.changes) - _AT_MOST
    if left > 0:
        terminal.out(terminal.say(count(left, "and {n} more", "and {n} more")))


def _say_troubles(terminal: Terminal, path: str, troubles: tuple[Trouble, ...]) -> None:
    """Show each cell that is not taken over, and why."""
    say = terminal.say
    for each in troubles[:_AT_MOST]:
        terminal.out(terminal.wrap(f"{path}: {each.place}: {say(each.message)}"))
        if each.hint:
            terminal.out(terminal.wrap(f"= {say('help')}: {say(each.hint)}", "  "))
    left = len(troubles) - _AT_MOST
    if left > 0:
        terminal.out(say(count(left, "and {n} more", "and {n} more")))
    if troubles:
        terminal.note(say(count(len(troubles), "{n} cell is not taken over", "{n} cells are not taken over")))


def command_line(file: str, path: str, given: Sequence[tuple[str, str | None]]) -> str:
    """The command that does the same without asking."""
    words = ["fii", "import", file, path, "--yes"]
    for option, value in given:
        words += [option, value] if value else []
    return shlex.join(words)
