"""``fii completion``: the script with which a shell completes what can follow on a command line."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from fii_cli.commands.options import closed_value
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import OK
from fii_cli.language import N_, msg
from fii_cli.resources import template
from fii_cli.suggest import one_of
from fii_cli.terminal import Terminal

SUMMARY = N_(
    "Print a script with which your shell completes commands, options, files, and the ids in your trajectory."
)
EXAMPLES = (
    ('eval "$(fii completion bash)"', N_("for bash, in ~/.bashrc")),
    ('eval "$(fii completion zsh)"', N_("for zsh, in ~/.zshrc")),
    ("fii completion fish | source", N_("for fish, in ~/.config/fish/config.fish")),
    (
        "fii completion powershell | Out-String | Invoke-Expression",
        N_("for PowerShell, in $PROFILE; never tried in a real one"),
    ),
)
SCRIPTS = {"bash": "fii.bash", "zsh": "fii.zsh", "fish": "fii.fish", "powershell": "fii.ps1"}


def run(
    context: typer.Context,
    shell: Annotated[
        str | None,
        typer.Argument(
            metavar="|".join(SCRIPTS), help=N_("your shell (default: the one in $SHELL)"), show_default=False
        ),
    ] = None,
) -> int:
    terminal: Terminal = context.obj
    chosen = _own_shell() if shell is None else closed_value("SHELL", shell, [*SCRIPTS])
    terminal.document(template(f"completion/{SCRIPTS[chosen]}").rstrip("\n"))
    if terminal.shows:
        line, where = next(pair for pair in EXAMPLES if f" {chosen}" in pair[0])
        told = terminal.say("to switch it on: {command}", command=line)
        terminal.note("", f"{told}  # {terminal.say(where)}")
    return OK


def _own_shell() -> str:
    """The shell in ``$SHELL``. Raises :class:`Refused` if it is none that fii knows."""
    named = os.path.basename(os.environ.get("SHELL", ""))
    if named not in SCRIPTS:
        raise Refused(msg("no shell given"), one_of([*SCRIPTS]))
    return named
