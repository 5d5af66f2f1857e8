"""Output shared by several commands: JSON, the next step, and errors of one file."""

from __future__ import annotations

import shlex
from dataclasses import replace

from fii_cli.diagnostics import Refused
from fii_cli.language import Message, count
from fii_cli.output.text import as_text
from fii_cli.project.files import CannotOpen
from fii_cli.rules.check import Judgement
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.unexpected import in_words
from fii_cli.visible import as_json


def say_json(terminal: Terminal, data: object) -> None:
    """Print data as JSON."""
    terminal.document(as_json(data))


def say_next(terminal: Terminal, step: str) -> None:
    """Show the next step, usually a command line."""
    terminal.note(f"{terminal.bold(terminal.say('next step'))}: {step}")


def say_cannot_open(error: CannotOpen, terminal: Terminal) -> None:
    """Report that a file cannot be opened, without stopping for the other files."""
    terminal.refuse(f"{error.path}: {terminal.say(error.message)}", error.hint)


def say_not_done(error: Exception, path: str, terminal: Terminal) -> None:
    """Report any error with one file, without stopping for the other files."""
    say_not_made(why_not_done(error, path), terminal)


def say_not_made(why: tuple[str, Message, Message | None], terminal: Terminal) -> None:
    """Report which file is wrong, what is wrong, and what to do."""
    where, message, hint = why
    terminal.refuse(f"{where}: {terminal.say(message)}", hint)


def why_not_done(error: Exception, path: str) -> tuple[str, Message, Message | None]:
    """Any error with one file: which file is wrong, what is wrong, and what to do."""
    if isinstance(error, Refused):
        where = error.path if isinstance(error, CannotOpen) else path
        return where, error.message, error.hint
    return (path, *in_words(error))


def say_other_names(terminal: Terminal, path: str, others: int) -> None:
    """Report other hard links to a file that was replaced: these keep the old text."""
    if others:
        words = count(
            others,
            "{path} had {n} other hard link, which keeps the old text",
            "{path} had {n} other hard links, which keep the old text",
            path=path,
        )
        terminal.note(terminal.wrap(terminal.say(words)))


def say_errors(judgement: Judgement, terminal: Terminal) -> None:
    """Show the errors of a file that must be fixed first."""
    terminal.note(as_text([replace(judgement, diagnostics=judgement.errors)], terminal))
    path = shlex.quote(judgement.path)
    terminal.note("", terminal.say("Fix this first; fii check {path} shows everything.", path=path))


def said_by(
    terminal: Terminal,
    trajectory: Trajectory,
    day: str,
    by: str | None,
    perspective: str | None,
    about: str | None,
) -> str:
    """The source of a rating: date, person, side and organisation, as far as they are given."""
    side = terminal.word(perspective) if perspective else ""
    return ", ".join(filter(None, (day, by, side, trajectory.named(about) if about else "")))
