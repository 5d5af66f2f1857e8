"""The common part of all writing commands: change a file, judge the result, report what changed."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from fii_cli import resources
from fii_cli.commands.diff import lines_changed, unified
from fii_cli.commands.prompts import confirmed
from fii_cli.commands.readable import Readable
from fii_cli.commands.say import say_errors, say_next, say_other_names
from fii_cli.diagnostics import Refused
from fii_cli.editions.outsiders import full_names_in
from fii_cli.exit_codes import FOUND, OK
from fii_cli.language import Language, msg
from fii_cli.personal import holds_personal
from fii_cli.project import files, save
from fii_cli.project.context import Project
from fii_cli.project.files import CannotOpen
from fii_cli.rules.check import Judgement
from fii_cli.rules.privacy import PERSONAL, file_stem
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import START, Document

Edit = Callable[[Document, Trajectory], Document]
"""A function that changes a document; it also gets the trajectory in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change to a file, before it is made.

    ``edit`` sees the file as it is at that moment. ``command`` is the command line that does the same.
    ``commit`` words what changed in the document as it was, in the language of the trajectory and without any
    text of its people. ``known`` is how the file was judged before; ``more`` says what else is worth saying
    of the trajectory before and after.
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
        """The judgement of the document before the change; reused if the file has not changed since."""
        if self.known and self.known.still_holds(document, self.day):
            return self.known.judgement
        return self.project.judge(self.file, document, self.day)


class HasErrors(Exception):
    """A file with errors cannot be changed; ``judgement`` contains them."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__(judgement.path)
        self.judgement = judgement


def make(terminal: Terminal, change: Change, *, dry_run: bool, previewed: bool = False) -> int:
    """Make a change to a file and report it; returns the exit code.

    Nothing is written where the file has errors, or would have them afterwards. What was ``previewed``
    is not shown again. While personal data stands in the file, what comes next is to take it out.
    """
    path = change.file
    judged: list[tuple[Judgement, Judgement]] = []
    others = 0

    def proven(document: Document) -> Document:
        before, after = _judged_twice(change, document)
        judged.append((before, after))
        return after.document

    try:
        if dry_run:
            proven(files.read_file(path))
        else:
            others = save.other_names(path)
            not_kept = partial(_say_not_kept, terminal)
            save.rewrite(path, proven, change.command, change.project.own_folder, not_kept)
    except HasErrors as error:
        say_errors(error.judgement, terminal)
        return FOUND
    ((before, after),) = judged
    if dry_run:
        terminal.out(*difference(before.document, after.document, path, terminal))
        terminal.note(terminal.say("nothing was written"))
        return OK
    _say_what_changed(terminal, before, after, previewed=previewed)
    say_other_names(terminal, path, others)
    if change.more:
        assert before.trajectory is not None
        assert after.trajectory is not None
        change.more(before.trajectory, after.trajectory)
    _say_what_it_brings(terminal, before, after)
    _say_what_comes_next(terminal, change, before, after)
    return OK


def _judged_twice(change: Change, document: Document) -> tuple[Judgement, Judgement]:
    """The judgements before and after a change; raises where either has errors."""
    before = change.judged(document)
    if before.trajectory is None or before.errors:
        raise HasErrors(before)
    changed = change.edit(document, before.trajectory)
    after = change.project.judge(change.file, changed, change.day)
    if errors := after.errors:
        wrong = msg("nothing was written: {why}", why=errors[0].message)
        raise Refused(wrong, errors[0].hint or errors[0].label)
    return before, after


def agreed(terminal: Terminal, change: Change, *, dry_run: bool) -> bool:
    """Show the change and the equivalent command line, and ask for confirmation."""
    document = files.read_file(change.file)
    trajectory = change.judged(document).trajectory
    assert trajectory is not None
    terminal.note("")
    for line in changed_lines(document, change.edit(document, trajectory), terminal):
        terminal.note(f"  {line}")
    terminal.note("", f"  {change.command}", "")
    return dry_run or confirmed(terminal, change.file)


def difference(before: Document, after: Document, path: str, terminal: Terminal) -> list[str]:
    """A unified diff; empty if the two are equal."""
    return [_painted(line, terminal) for line in unified(before, after, path)]


def changed_lines(before: Document, after: Document, terminal: Terminal) -> list[str]:
    """The added and removed lines, without context."""
    return [_painted(line, terminal) for line in lines_changed(before, after) if line.strip("+-")]


def _painted(line: str, terminal: Terminal) -> str:
    return terminal.paint(line, {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], ""))


def _say_not_kept(terminal: Terminal, error: CannotOpen) -> None:
    """Report that a change cannot be undone, and why."""
    why = terminal.say(error.message)
    terminal.note(terminal.say("fii undo cannot revert this: {path}: {why}", path=error.path, why=why))


def _say_what_changed(terminal: Terminal, before: Judgement, after: Judgement, *, previewed: bool) -> None:
    say = terminal.say
    lines = changed_lines(before.document, after.document, terminal)
    if not lines:
        terminal.out(say("{path}: nothing to change", path=after.path))
        return
    terminal.out(say("wrote {path}", path=after.path))
    for line in () if previewed else lines:
        terminal.out(f"  {line}")


def _say_what_it_brings(terminal: Terminal, before: Judgement, after: Judgement) -> None:
    """Report the new findings."""
    say = terminal.say
    known = {(d.code, d.about, d.message.text) for d in before.diagnostics}
    new = [d for d in after.diagnostics if (d.code, d.about, d.message.text) not in known]
    if new:
        terminal.note(terminal.bold(say("fii check now also reports:")))
    for d in new:
        terminal.note(terminal.wrap(f"{d.code} {say(d.message)}", "  "))


def _say_what_comes_next(terminal: Terminal, change: Change, before: Judgement, after: Judgement) -> None:
    """Show how to commit and the next step; if the file contains personal data, only how to remove it."""
    if first := _without_personal_data(terminal, before, after):
        say_next(terminal, first)
        return
    if change.project.in_git:
        assert before.trajectory is not None
        add = shlex.join(["git", "add", change.file])
        words = change.commit(before.document, resources.language(before.trajectory.language))
        message = shlex.quote(_with_name(change.file, words, before.trajectory))
        terminal.note(f"{terminal.bold(terminal.say('to commit'))}: {add} && git commit -m {message}")
    if change.next_step:
        say_next(terminal, change.next_step)


def _without_personal_data(terminal: Terminal, before: Judgement, after: Judgement) -> str | None:
    """The step that removes personal data, if there is any: git keeps what is committed."""

    def standing(judgement: Judgement) -> Counter[tuple[str, str | None]]:
        return Counter((d.code, d.about) for d in judgement.diagnostics if d.code.startswith(PERSONAL))

    personal = [d for d in after.diagnostics if d.code.startswith(PERSONAL)]
    if standing(after) - standing(before):
        return f"fii undo {shlex.quote(after.path)}"
    if personal and personal[0].span == START:  # it is the name of the file, which fii does not change
        return terminal.say("rename the file, then commit")
    if personal:
        words = {"code": personal[0].code, "line": personal[0].span.line}
        return terminal.say("fix {code} on line {line} with fii set or in an editor, then commit", **words)
    return None


def _with_name(path: str, words: str, trajectory: Trajectory) -> str:
    """A commit message with the file name, unless that name identifies a person."""
    name = file_stem(path)
    telling = holds_personal(name) or full_names_in(trajectory).held_by(name)
    return words if telling else f"{name}: {words}"
