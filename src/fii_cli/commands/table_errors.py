"""The errors in files with answers or ratings, each with its place."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.exit_codes import FOUND
from fii_cli.language import Message, count, msg
from fii_cli.survey.answers import Fault
from fii_cli.terminal import Terminal

AT_MOST = 50
"""How many errors are shown."""
TableError = tuple[str, Message | None, Message, Message | None]
"""The file, the place in it if there is one, what is wrong, and what to do."""


def table_error(path: str, fault: Fault) -> TableError:
    """An error in a table, with its place as a spreadsheet names it."""
    place = msg("cell {place}", place=fault.place) if fault.column else msg("row {row}", row=fault.row)
    return path, place, fault.message, fault.hint


def say_table_errors(terminal: Terminal, errors: Sequence[TableError]) -> int:
    """Show every error with its place, and return the exit code."""
    say = terminal.say
    for path, place, message, hint in errors[:AT_MOST]:
        where = f"{path}: {say(place)}" if place else path
        terminal.out(terminal.wrap(f"{where}: {say(message)}"))
        if hint:
            terminal.out(terminal.wrap(f"= {say('help')}: {say(hint)}", "  "))
    left = len(errors) - AT_MOST
    if left > 0:
        terminal.out(say(count(left, "and {n} more", "and {n} more")))
    number = count(len(errors), "{n} error", "{n} errors")
    terminal.note("", say("{number}; nothing was written", number=number))
    return FOUND
