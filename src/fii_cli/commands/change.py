"""What all writing commands share: change a file, judge the result, say what changed and what comes next."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial

from fii_cli import resources
from fii_cli.commands.diff import lines_changed, unified
from fii_cli.commands.prompts import confirmed
from fii_cli.commands.shared import judge, say_errors, say_other_names
from fii_cli.diagnostics import Refused
from fii_cli.editions.outsiders import full_names_in
from fii_cli.exit_codes import FOUND, OK
from fii_cli.language import N_, Language, msg
from fii_cli.personal import holds_personal
from fii_cli.project import files, save
from fii_cli.project.files import CannotOpen
from fii_cli.rules.check import Judgement
from fii_cli.rules.privacy import PERSONAL, file_stem
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import START, Document

DRY_RUN = N_("show the change, and write nothing")
Edit = Callable[[Document, Trajectory], Document]


class HasErrors(Exception):
    """A file that cannot be built on, with what is wrong in it."""

    def __init__(self, judgement: Judgement) -> None:
        super().__init__(judgement.path)
        self.judgement = judgement


def change_file(
    terminal: Terminal,
    path: str,
    today: date,
    edit: Edit,
    *,
    command: str,
    commit: Callable[[Document, Language], str],
    dry_run: bool,
    next_step: str | None = None,
    more: Callable[[Trajectory, Trajectory], None] | None = None,
    previewed: bool = False,
) -> int:
    """Make one change to a file and say so; ``edit`` sees the file as it is at that moment.

    Nothing is written where the file has errors already, or would have them afterwards. ``commit`` words what
    changed in the document as it was, in the language of the trajectory and without any text of its people;
    ``more`` says what else is worth saying of it before and after. What was ``previewed`` is not shown again.
    While personal data stands in the file, what comes next is to take it out.
    """
    judged: list[tuple[Judgement, Judgement]] = []
    others = 0

    def change(document: Document) -> Document:
        before = judge(path, document, today)
        if before.trajectory is None or before.errors:
            raise HasErrors(before)
        changed = edit(document, before.trajectory)
        after = judge(path, changed, today)
        if errors := after.errors:
            raise Refused(
                msg("nothing was written: {why}", why=errors[0].message), errors[0].hint or errors[0].label
            )
        judged.append((before, after))
        return changed

    try:
        if dry_run:
            change(files.read_file(path))
        else:
            others = save.other_names(path)
            save.rewrite(path, change, command, partial(_say_not_kept, terminal))
    except HasErrors as error:
        say_errors(error.judgement, terminal)
        return FOUND
    ((before, after),) = judged
    if dry_run:
        terminal.out(*difference(before.document, after.document, path, terminal))
        terminal.note(terminal.say("nothing was written"))
        return OK
    assert before.trajectory is not None
    assert after.trajectory is not None
    _say_what_changed(terminal, before, after, previewed=previewed)
    say_other_names(terminal, path, others)
    if more:
        more(before.trajectory, after.trajectory)
    _say_what_it_brings(terminal, before, after)
    if first := _without_personal_data(terminal, before, after):
        next_step = first
    elif files.in_git(path):
        add = shlex.join(["git", "add", path])
        words = commit(before.document, resources.language(before.trajectory.language))
        message = shlex.quote(_with_name(path, words, before.trajectory))
        terminal.note(f"{terminal.bold(terminal.say('to commit'))}: {add} && git commit -m {message}")
    if next_step:
        terminal.note(f"{terminal.bold(terminal.say('next step'))}: {next_step}")
    return OK


def _say_not_kept(terminal: Terminal, error: CannotOpen) -> None:
    """Say that a change cannot be taken back, and why."""
    why = terminal.say(error.message)
    terminal.note(terminal.say("fii undo cannot take this back: {path}: {why}", path=error.path, why=why))


def _without_personal_data(terminal: Terminal, before: Judgement, after: Judgement) -> str | None:
    """What to do first while personal data stands in a file: git remembers what is committed."""

    def standing(judgement: Judgement) -> Counter[tuple[str, str | None]]:
        return Counter((d.code, d.about) for d in judgement.diagnostics if d.code.startswith(PERSONAL))

    personal = [d for d in after.diagnostics if d.code.startswith(PERSONAL)]
    if standing(after) - standing(before):
        return f"fii undo {shlex.quote(after.path)}"
    if personal and personal[0].span == START:  # it is the name of the file, which fii does not change
        return terminal.say("give the file another name, then commit")
    if personal:
        words = {"code": personal[0].code, "line": personal[0].span.line}
        return terminal.say("mend {code} on line {line} with fii set or in an editor, then commit", **words)
    return None


def _with_name(path: str, words: str, trajectory: Trajectory) -> str:
    """A commit message that says in which file, unless the name of that file tells of a person."""
    name = file_stem(path)
    telling = holds_personal(name) or full_names_in(trajectory).held_by(name)
    return words if telling else f"{name}: {words}"


def agreed(terminal: Terminal, path: str, today: date, edit: Edit, command: str, *, dry_run: bool) -> bool:
    """Show what would be written, with the command line that writes the same, and ask whether to."""
    document = files.read_file(path)
    trajectory = judge(path, document, today).trajectory
    assert trajectory is not None
    terminal.note("")
    for line in changed_lines(document, edit(document, trajectory), terminal):
        terminal.note(f"  {line}")
    terminal.note("", f"  {command}", "")
    return dry_run or confirmed(terminal, path)


def difference(before: Document, after: Document, path: str, terminal: Terminal) -> list[str]:
    """A diff as git shows it; nothing where the two are the same."""
    return [_painted(line, terminal) for line in unified(before, after, path)]


def changed_lines(before: Document, after: Document, terminal: Terminal) -> list[str]:
    """The lines that come and go, without those around them."""
    return [_painted(line, terminal) for line in lines_changed(before, after) if line.strip("+-")]


def _painted(line: str, terminal: Terminal) -> str:
    return terminal.paint(line, {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], ""))


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
    """The findings that were not there before."""
    say = terminal.say
    known = {(d.code, d.about, d.message.text) for d in before.diagnostics}
    new = [d for d in after.diagnostics if (d.code, d.about, d.message.text) not in known]
    if new:
        terminal.note(terminal.bold(say("fii check now also says:")))
    for d in new:
        terminal.note(terminal.wrap(f"{d.code} {say(d.message)}", "  "))
