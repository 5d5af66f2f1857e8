"""``fii undo``: undo the last command that wrote something."""

from __future__ import annotations

import typer

from fii_cli.commands.change import changed_lines, difference
from fii_cli.commands.options import (
    DryRun,
    File,
    a_file,
)
from fii_cli.commands.say import say_other_names
from fii_cli.exit_codes import OK
from fii_cli.language import N_
from fii_cli.project import save
from fii_cli.project.context import project_of
from fii_cli.terminal import Terminal
from fii_cli.yaml.read import read

SUMMARY = N_("Undo the last change by fii to a trajectory; run it again to undo the previous change.")
EXAMPLES = (
    ("fii undo buurt-leren.yaml", N_("undo the last change")),
    ("fii undo buurt-leren.yaml --dry-run", N_("only show what would be undone")),
)


def run(
    context: typer.Context,
    file: File = "",
    dry_run: DryRun = False,
) -> int:
    terminal: Terminal = context.obj
    say = terminal.say
    others = save.other_names(file)
    project = project_of(a_file(file))
    taken = save.take_back(file, project.own_folder, dry_run=dry_run)
    before, after = read(taken.after.removeprefix("\ufeff")), read(taken.before.removeprefix("\ufeff"))
    if dry_run:
        terminal.out(*difference(before, after, file, terminal))
        terminal.note(say("would undo: {command}", command=taken.command))
        return OK
    terminal.out(say("{path}: undone: {command}", path=file, command=taken.command))
    for line in changed_lines(before, after, terminal):
        terminal.out(f"  {line}")
    say_other_names(terminal, file, others)
    return OK
