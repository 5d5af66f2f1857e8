"""``fii check --fix``: fix mistyped keys, values and dates that have one possible correction."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from datetime import date
from functools import partial

from fii_cli.commands.change import changed_lines, difference
from fii_cli.commands.options import a_file
from fii_cli.commands.say import say_other_names
from fii_cli.diagnostics import Fix, Refused
from fii_cli.edits.write import mend
from fii_cli.language import count
from fii_cli.project import save
from fii_cli.project.context import Project, Projects
from fii_cli.project.files import CannotOpen
from fii_cli.terminal import Terminal
from fii_cli.unexpected import in_words
from fii_cli.yaml.document import Document


def not_mended(
    documents: Iterable[tuple[str, Document]],
    projects: Projects,
    today: date,
    terminal: Terminal,
    dry_run: bool,
) -> tuple[CannotOpen, ...]:
    """Fix files, and return those that cannot be fixed. A dry run only shows the diffs."""
    failed = []
    for path, document in documents:
        a_file(path)
        try:
            _fix_file(projects.at(path), path, document, today, terminal, dry_run=dry_run)
        except CannotOpen as error:
            failed.append(error)
        except Exception as error:  # one file must not stop the others
            failed.append(CannotOpen(path, *in_words(error)))
    return tuple(failed)


def _fix_file(
    project: Project, path: str, document: Document, today: date, terminal: Terminal, *, dry_run: bool
) -> None:
    mended, fixes = mend_all(project, document, path, today)
    if fixes and dry_run:
        terminal.out(*difference(document, mended, path, terminal))
    elif fixes:
        command = shlex.join(["fii", "check", "--fix", path])
        others = save.other_names(path)
        mended = save.rewrite(
            path, partial(_fixed_document, project, path, today), command, project.own_folder
        )
        line = count(fixes, "{path}: fixed {n} error", "{path}: fixed {n} errors", path=path)
        terminal.note(terminal.say(line))
        for changed in changed_lines(document, mended, terminal):
            terminal.note(f"  {changed}")
        say_other_names(terminal, path, others)


_TRIES = 100
"""Attempts to apply fixes to one document, in memory."""


def _fixed_document(project: Project, path: str, today: date, document: Document) -> Document:
    return mend_all(project, document, path, today)[0]


def mend_all(project: Project, document: Document, path: str, today: date) -> tuple[Document, int]:
    """A document with every possible fix applied, and the number of fixes."""
    fixes = 0
    for _ in range(10):  # a fix can reveal another error
        found = [each.fix for each in project.judge(path, document, today).diagnostics if each.fix]
        document, done = _apply_fixes(document, found)
        if not done:
            break
        fixes += done
    return document, fixes


def _apply_fixes(document: Document, fixes: list[Fix]) -> tuple[Document, int]:
    """A document with these fixes applied, except those that cannot be applied, and their number.

    Halves the list of fixes until it finds the ones that fail, in at most ``_TRIES`` attempts.
    """
    waiting, done = [fixes] if fixes else [], 0
    for _ in range(_TRIES):
        if not waiting:
            break
        these = waiting.pop()
        try:
            document = mend(document, these)
            done += len(these)
        except Refused:
            half = len(these) // 2
            waiting += [part for part in (these[half:], these[:half]) if half]
    return document, done
