"""``fii diff --textconv``: a file as git compares it, a fact on each line."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.changes.listed import listed
from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.project import files
from fii_cli.project.files import CannotOpen
from fii_cli.resources import language
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.visible import visible_lines
from fii_cli.yaml.read import read_bytes


def write_facts(paths: Sequence[str], terminal: Terminal) -> None:
    """Write the facts of a file; of a file that has errors, or is no trajectory, its text as it is.

    git stops a whole comparison if its converter fails. So what cannot be read is told, and is no error.
    """
    if len(paths) != 1:
        raise Refused(msg("--textconv takes one file"), msg("see {command}", command="fii diff --help"))
    try:
        try:
            terminal.bytes(_converted(files.bytes_of(paths[0])))
        except files.TooLarge:
            for part in files.parts_of(paths[0]):
                terminal.bytes(part)
    except CannotOpen as error:
        terminal.note(f"{error.path}: {terminal.say(error.message)}")


def _converted(raw: bytes) -> bytes:
    try:
        document = read_bytes(raw)
        if document.problems or not files.is_trajectory(document.text):
            return raw
        trajectory = Trajectory.model_validate(document.data)
        text = "\n".join(listed(trajectory, language(trajectory.language)))
        return f"{visible_lines(text)}\n".encode("utf-8", "backslashreplace")
    except Exception:  # whatever a file contains, git shows it
        return raw
