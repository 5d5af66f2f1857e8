"""Shared by all commands that write: change a file, check the result, show the changes and the next step."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial

from fii_cli import resources
from fii_cli.commands.prompts import confirmed, kept_as
from fii_cli.commands.readable import Readable
from fii_cli.commands.say import say_errors, say_next, say_other_names
from fii_cli.commands.text_diff import lines_changed, unified
from fii_cli.diagnostics import Refused
from fii_cli.editions.outsiders import holds_full_name
from fii_cli.exit_codes import FOUND, OK
from fii_cli.handbook import Handbook
from fii_cli.language import Language, msg
from fii_cli.personal import holds_personal
from fii_cli.project import files, save
from fii_cli.project.context import Project
from fii_cli.project.files import CannotOpen
from fii_cli.rules.check import Judgement
from fii_cli.rules.groups import grouped, on_one_line
from fii_cli.rules.privacy import PERSONAL, file_stem
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import START, Document

Edit = Callable[[Document, Trajectory], Document]
"""Changes a document, given the trajectory in it."""

_OF_THE_FORMAT = "FII01"
"""The prefix of the codes of findings about what cannot be read, such as a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change to a file.

    ``edit`` gets the file as it is when it is written. ``command`` is the command line that makes the same
    change. ``commit`` describes the change from the old document, in the language of the trajectory and
    without any text from the file. ``known`` is an earlier check of the file; ``more`` shows other messages
    about the trajectory before and after.
    """

    project: Project
    file: str
    day: date
    edit: Edit
    command: str
    commit: Callable[[Document, Language], str]
    known: Readable | None = None
    next_step: str | None = None
    more: Callable[[Trajectory, Trajectory], None] | None = None

    def judged(self, document: Document) -> Judgement:
        """The document before the change, checked; reuses ``known`` if nothing changed since."""
        if self.known and self.known.still_holds(document, self.day):
            return self.known.judgement
        return self.project.judge(self.file, document, self.day)


class HasErrors(Exception):
    """A file cannot be changed because it has errors."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__(judgement.path)
        self.judgement = judgement


def make(
    terminal: Terminal, change: Change, *, dry_run: bool, previewed: bool = False, answered: bool = False
) -> int:
    """Make a change to a file, show it, and return the exit code.

    Writes nothing if the file has errors, or would have them after the change. A ``previewed`` change is not
    shown again. If a change cannot be made that was previewed, or that the user ``answered`` questions for,
    its command line is shown. If the file contains personal data, the next step is to remove it.
    """
    path = change.file
    judged: list[tuple[Judgement, Judgement]] = []
    others = 0

    def changed_document(document: Document) -> Document:
        before, after = _check_before_and_after(change, document)
        judged.append((before, after))
        return after.document

    try:
        with kept_as(terminal, lambda: change.command) if previewed or answered else nullcontext():
            if dry_run:
                changed_document(files.read_file(path))
            else:
                others = save.other_names(path)
                not_kept = partial(say_not_undoable, terminal)
                save.rewrite(path, changed_document, change.command, change.project.own_folder, not_kept)
    except HasErrors as error:
        say_errors(error.judgement, terminal)
        return FOUND
    ((before, after),) = judged
    if dry_run:
        terminal.out(*difference(before.document, after.document, path, terminal))
        terminal.note(terminal.say("nothing was written"))
        return OK
    _say_changes(terminal, before, after, previewed=previewed)
    say_other_names(terminal, path, others)
    if change.more:
        assert before.trajectory is not None
        assert after.trajectory is not None
        change.more(before.trajectory, after.trajectory)
    _say_new_findings(terminal, change.project.handbook, before, after)
    _say_next_steps(terminal, change, before, after)
    return OK


def _check_before_and_after(change: Change, document: Document) -> tuple[Judgement, Judgement]:
    """The file checked before and after a change.

    Raises :class:`HasErrors` if it has errors before, :class:`Refused` if it would have them after.
    """
    before = change.judged(document)
    if before.trajectory is None or before.errors:
        raise HasErrors(before)
    changed = change.edit(document, before.trajectory)
    after = change.project.judge(change.file, changed, change.day)
    if errors := after.errors:
        # A value that cannot be read is absent, and what follows from that comes after it.
        first = next((each for each in errors if each.code.startswith(_OF_THE_FORMAT)), errors[0])
        raise Refused(msg("nothing was written: {why}", why=first.message), first.hint or first.label)
    return before, after


def agreed(terminal: Terminal, change: Change, *, dry_run: bool) -> bool:
    """Show what would be written and the command line for it, and ask whether to write it."""
    document = files.read_file(change.file)
    trajectory = change.judged(document).trajectory
    assert trajectory is not None
    terminal.note("")
    for line in changed_lines(document, change.edit(document, trajectory), terminal):
        terminal.note(f"  {line}")
    terminal.note("", f"  {change.command}", "")
    return dry_run or confirmed(terminal, change.file)


def difference(before: Document, after: Document, path: str, terminal: Terminal) -> list[str]:
    """A diff in the format of git; empty if nothing changed."""
    return [_painted(line, terminal) for line in unified(before, after, path)]


def changed_lines(before: Document, after: Document, terminal: Terminal) -> list[str]:
    """The removed and added lines, without context."""
    return [_painted(line, terminal) for line in lines_changed(before, after) if line.strip("+-")]


def _painted(line: str, terminal: Terminal) -> str:
    return terminal.paint(line, {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], ""))


def say_not_undoable(terminal: Terminal, error: CannotOpen) -> None:
    """Report that a change cannot be undone, and why."""
    why = terminal.say(error.message)
    terminal.note(terminal.say("fii undo cannot revert this: {path}: {why}", path=error.path, why=why))


def _say_changes(terminal: Terminal, before: Judgement, after: Judgement, *, previewed: bool) -> None:
    say = terminal.say
    lines = changed_lines(before.document, after.document, terminal)
    if not lines:
        terminal.out(say("{path}: nothing to change", path=after.path))
        return
    terminal.out(say("wrote {path}", path=after.path))
    for line in () if previewed else lines:
        terminal.out(f"  {line}")


def _say_new_findings(terminal: Terminal, handbook: Handbook, before: Judgement, after: Judgement) -> None:
    """Show the findings that are new after the change."""
    say = terminal.say
    known = {(d.code, d.about, d.message.text) for d in before.diagnostics}
    new = [d for d in after.diagnostics if (d.code, d.about, d.message.text) not in known]
    if new:
        terminal.note(terminal.bold(say("fii check now also reports:")))
    for group in grouped(new):
        terminal.note(terminal.wrap(f"{group[0].code} {on_one_line(group, handbook, say)}", "  "))


def _say_next_steps(terminal: Terminal, change: Change, before: Judgement, after: Judgement) -> None:
    """Show how to commit, and the next step; if the file contains personal data, only how to remove it."""
    if first := _personal_data_first(terminal, before, after):
        say_next(terminal, first)
        return
    if change.project.in_git:
        assert before.trajectory is not None
        words = change.commit(before.document, resources.language(before.trajectory.language))
        say_how_to_commit(terminal, change.file, words, before.trajectory)
    if change.next_step:
        say_next(terminal, change.next_step)


def say_how_to_commit(terminal: Terminal, file: str, words: str, trajectory: Trajectory) -> None:
    """Show the commands that commit a changed file, with a message in these words."""
    add = shlex.join(["git", "add", file])
    message = shlex.quote(_commit_message(file, words, trajectory))
    terminal.note(f"{terminal.bold(terminal.say('to commit'))}: {add} && git commit -m {message}")


def _personal_data_first(terminal: Terminal, before: Judgement, after: Judgement) -> str | None:
    """What to do before a commit if a file contains personal data, since git remembers what is committed."""

    def personal_counts(judgement: Judgement) -> Counter[tuple[str, str | None]]:
        return Counter((d.code, d.about) for d in judgement.diagnostics if d.code.startswith(PERSONAL))

    personal = [d for d in after.diagnostics if d.code.startswith(PERSONAL)]
    if personal_counts(after) - personal_counts(before):
        return f"fii undo {shlex.quote(after.path)}"
    if personal and personal[0].span == START:  # the file name has it, and fii renames no files
        return terminal.say("rename the file, then commit")
    if personal:
        words = {"code": personal[0].code, "line": personal[0].span.line}
        return terminal.say("fix {code} on line {line} with fii set or in an editor, then commit", **words)
    return None


def _commit_message(path: str, words: str, trajectory: Trajectory) -> str:
    """A commit message that starts with the file name, unless that name identifies a person."""
    name = file_stem(path)
    telling = holds_personal(name) or holds_full_name(trajectory, name)
    return words if telling else f"{name}: {words}"
