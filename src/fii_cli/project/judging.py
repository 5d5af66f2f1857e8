"""Judge one file: a function of its bytes and what it is judged in, which returns only what is shown of it.

What goes in and what comes out can be sent to another process.
"""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.project import files
from fii_cli.project.context import Surroundings, judged_within
from fii_cli.rules.seen import Seen, seen


@dataclass(frozen=True, slots=True)
class Task:
    """A file to judge: its path, its bytes, and what it is judged in."""

    path: str
    raw: bytes
    within: Surroundings


def judged(task: Task) -> Seen:
    """What is shown of a file. Never raises, whatever the file contains."""
    return seen(judged_within(task.within, task.path, files.read_safely(task.raw)))
