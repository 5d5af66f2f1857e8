"""Judge one file: a function of its bytes and what it is judged in, which returns only what is shown of it.

What goes in and what comes out can be sent to another process.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from fii_cli.diagnostics import Diagnostic, Severity
from fii_cli.language import msg
from fii_cli.project import files
from fii_cli.project.surroundings import Asked, Surroundings, judged_within
from fii_cli.project.watched_day import WatchedDay
from fii_cli.rules.check import Judgement, may_be_kept
from fii_cli.rules.seen import Excerpt, Seen, seen
from fii_cli.yaml.document import START, UNEXPECTED


@dataclass(frozen=True, slots=True)
class Task:
    """A file to judge: its path, its bytes, and what it is judged in."""

    path: str
    raw: bytes
    within: Surroundings


def judged(task: Task) -> Seen:
    """What is shown of a file. Never raises, whatever the file contains."""
    day, within = WatchedDay(task.within.day), task.within
    asked = Asked(day=day)
    judgement = judged_within(within, task.path, files.read_safely(task.raw), asked)
    kept = lasting(judgement, asked, within)
    return seen(judgement, tuple(asked.evidence.items()), day.alike, lasting=kept is not None)


def lasting(judgement: Judgement, asked: Asked, within: Surroundings) -> tuple[tuple[str, bool], ...] | None:
    """The evidence for as long as which what follows from a judgement lasts; ``None`` if none may be kept.

    ``asked`` is what the rules asked about other files for all that follows from it.
    """
    if asked.members or not may_be_kept(judgement, within.circumstances(judgement.path), within.rules):
        return None
    return tuple(asked.evidence.items())


def died(task: Task) -> Seen:
    """What is shown of a file if the process that judged it ended."""
    message = msg("the process that checked this file ended before it was done")
    hint = msg(
        "run {command}; if that fails too, the file may take too much memory",
        command=shlex.join(["fii", "check", task.path]),
    )
    found = Diagnostic(UNEXPECTED, Severity.ERROR, task.path, START, message, hint)
    return Seen(task.path, Excerpt({}, 1), (found,))
