"""``fii upgrade``: bring a trajectory to the current version of the format."""

from __future__ import annotations

import shlex
from datetime import date
from functools import partial

import typer

from fii_cli.commands.change import changed_lines, difference, say_how_to_commit, say_not_undoable
from fii_cli.commands.options import DryRun, File, a_file
from fii_cli.commands.say import say_errors, say_next, say_other_names
from fii_cli.edits.upgrade import upgraded
from fii_cli.exit_codes import FOUND, OK
from fii_cli.language import N_
from fii_cli.project import files, save
from fii_cli.project.context import Project, project_of
from fii_cli.resources import language
from fii_cli.terminal import Terminal
from fii_cli.trajectory.versions import FORMAT_VERSION, version_in
from fii_cli.yaml.document import Document

SUMMARY = N_("Bring a trajectory to the current version of the file format, and keep its comments.")
EXAMPLES = (
    ("fii upgrade buurt-leren.yaml", N_("write it in the current format")),
    ("fii upgrade buurt-leren.yaml --dry-run", N_("only show what would change")),
)


def run(
    context: typer.Context,
    file: File,
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    say = terminal.say
    project = project_of(a_file(file))
    before = files.read_file(file)
    version = version_in(before.data)
    if version is None or before.problems:
        say_errors(project.judge(file, before, project.today), terminal)
        return FOUND
    after = upgraded(before, version)
    if after.text == before.text:
        terminal.out(say("{path} is already in format {version}", path=file, version=version))
        return OK
    if dry_run:
        terminal.out(*difference(before, after, file, terminal))
        terminal.note(say("nothing was written"))
        return OK
    others = save.other_names(file)
    after = save.rewrite(
        file,
        _upgrade,
        shlex.join(["fii", "upgrade", file]),
        project.own_folder,
        partial(say_not_undoable, terminal),
    )
    terminal.out(say("{path} is now in format {version}", path=file, version=FORMAT_VERSION))
    for line in changed_lines(before, after, terminal):
        terminal.out(f"  {line}")
    say_other_names(terminal, file, others)
    return _say_what_is_left(terminal, project, file, after, project.today)


def _upgrade(document: Document) -> Document:
    """The document as it is when it is written, upgraded; unchanged if its version is invalid by then."""
    version = version_in(document.data)
    return document if version is None else upgraded(document, version)


def _say_what_is_left(terminal: Terminal, project: Project, file: str, after: Document, today: date) -> int:
    """Show the errors that the file already had, or the next step; the exit code."""
    judgement = project.judge(file, after, today)
    if judgement.errors or judgement.trajectory is None:
        say_errors(judgement, terminal)
        return FOUND
    if project.in_git:
        say = language(judgement.trajectory.language)  # what is committed is in the language of the file
        words = say("format {version}", version=FORMAT_VERSION)
        say_how_to_commit(terminal, file, words, judgement.trajectory)
    say_next(terminal, f"fii check {shlex.quote(file)}")
    return OK
