"""A trajectory without errors, which commands can work with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fii_cli.commands.say import say_errors
from fii_cli.project import files
from fii_cli.project.context import Project
from fii_cli.rules.check import Judgement
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import Document


@dataclass(frozen=True, slots=True)
class Readable:
    """A trajectory without errors, with the check of its file on a day and what was known on it.

    What a command concludes, it concludes from ``known``; what it changes, it changes in ``trajectory``.
    """

    trajectory: Trajectory
    known: Trajectory
    judgement: Judgement
    day: date

    def still_holds(self, document: Document, day: date) -> bool:
        """Whether the check still applies to a document that was read later."""
        return day == self.day and document.text == self.judgement.document.text


def readable_in(judgement: Judgement, day: date) -> Readable | None:
    """The trajectory in a file that was checked on a day; ``None`` if the file has errors."""
    if judgement.trajectory and judgement.known and not judgement.errors:
        return Readable(judgement.trajectory, judgement.known, judgement, day)
    return None


def read_trajectory(project: Project, path: str, day: date, terminal: Terminal) -> Readable | None:
    """Read a trajectory; if its file has errors, show them and return ``None``."""
    judgement = project.judge(path, files.read_file(path), day)
    readable = readable_in(judgement, day)
    if readable is None:
        say_errors(judgement, terminal)
    return readable
