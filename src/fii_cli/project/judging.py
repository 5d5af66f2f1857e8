"""Judge one file: a function of its bytes and what it is judged in, which returns only what is shown of it.

What goes in and what comes out can be sent to another process.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from fii_cli.diagnostics import Diagnostic, Severity
from fii_cli.language import msg
from fii_cli.project import files
from fii_cli.project.context import Surroundings, judged_within
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
    asked: dict[str, bool] = {}
    judgement = judged_within(task.within, task.path, files.read_safely(task.raw), asked)
    return seen(judgement, tuple(asked.items()))


def died(task: Task) -> Seen:
    """What is shown of a file if the process that judged it ended."""
    message = msg("the process that checked this file ended before it was done")
    hint = msg(
        "run {command}; if that fails too, the file may take too much memory",
        command=shlex.join(["fii", "check", task.path]),
    )
    found = Diagnostic(UNEXPECTED, Severity.ERROR, task.path, START, message, hint)
    return Seen(task.path, Excerpt({}, 1), (found,))
