"""The files in which answers came back: which there are, and what each of them is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fii_cli.commands.which_file import has_trajectory
from fii_cli.language import Message, msg
from fii_cli.project import files
from fii_cli.project.files import CannotOpen
from fii_cli.survey.returned_forms import is_returned

_TABLES = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls")
_FORMS = (".json", ".json.txt")
"""How the names of forms end; mail programs put ``.txt`` behind another ending."""
_ENDINGS = (*_TABLES, *_FORMS, ".txt")


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came back. ``is_named`` if it was named itself, and is not one of many in a folder."""

    path: str
    raw: bytes
    is_named: bool

    @property
    def is_form(self) -> bool:
        return is_returned(self.raw)


@dataclass(frozen=True, slots=True)
class Arrived:
    """The files with answers, each once; the paths of copies; and what is no file with answers, and why.

    In a folder such a file is ``skipped``; if it was named itself, it is ``wrong``.
    """

    came: tuple[Came, ...]
    copies: tuple[tuple[str, str], ...]
    skipped: tuple[tuple[str, Message], ...]
    wrong: tuple[tuple[str, Message], ...]


def holds_answers(word: str) -> bool:
    """Whether an argument names answers: by its ending, or as a folder without a trajectory."""
    if os.path.isdir(word):
        return not has_trajectory(word)
    return word.lower().endswith(_ENDINGS)


def arrived(paths: Sequence[str]) -> Arrived:
    """The files at these paths and in these folders.

    Raises :class:`CannotOpen` for a named file that cannot be read.
    """
    came: dict[bytes, Came] = {}
    copies: list[tuple[str, str]] = []
    skipped: list[tuple[str, Message]] = []
    wrong: list[tuple[str, Message]] = []
    met: set[str] = set()
    for path, is_named in _each(paths):
        real = os.path.realpath(path)
        if real in met:
            continue
        met.add(real)
        try:
            is_read = is_named or path.lower().endswith(_ENDINGS)
            raw = files.bytes_of(path, files.MAX_TABLE_BYTES) if is_read else b""
        except CannotOpen as error:
            if is_named:
                raise
            skipped.append((path, error.message))
            continue
        other = other_than_answers(path, raw, is_named=is_named)
        if other:
            (wrong if is_named else skipped).append((path, other))
        elif raw in came:
            copies.append((path, came[raw].path))
        else:
            came[raw] = Came(path, raw, is_named)
    return Arrived(tuple(came.values()), tuple(copies), tuple(skipped), tuple(wrong))


def _each(paths: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The path of each file, and whether it was named itself."""
    for path in paths:
        if os.path.isdir(path):
            yield from ((each, False) for each in files.files_below(path))
        else:
            yield path, True


def other_than_answers(path: str, raw: bytes, *, is_named: bool = True) -> Message | None:
    """Why a file has no answers that can be read; ``None`` for a form, or for what may be a table.

    A table with an unusual ending has to be named itself.
    """
    name = path.lower()
    if is_returned(raw):
        return None
    if name.endswith((".html", ".htm")):
        return msg("this is the page itself; the answers are in the file that it saves")
    if name.endswith((".docx", ".doc", ".odt")):
        return msg("fii does not read answers in Word: put them in a table (--format csv or xlsx)")
    if name.endswith(".zip"):
        return msg("this is an archive: unpack it first")
    is_table = name.endswith(_TABLES) or (is_named and not name.endswith(_FORMS))
    return None if is_table else msg("this is not a form that came back, nor a table")
