"""What is asked at a press of Tab, and what the answers are taken from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from fii_cli.diagnostics import Refused, Route
from fii_cli.handbook import Handbook, load
from fii_cli.language import Language
from fii_cli.project import files
from fii_cli.yaml.document import Data, Document, value_at

Fields = Mapping[str, Data]
"""A record of a trajectory as it is in the file, which may be wrong in any way."""


class Candidate(NamedTuple):
    """A word that can stand here. ``ends`` is False if more of the same word can follow."""

    value: str
    help: str = ""
    ends: bool = True


@dataclass(frozen=True)
class Asked:
    """A command line with one word to complete.

    ``word`` is what was typed of the value. ``own`` are the arguments of the command without FILE, and
    ``options`` the values of each option. ``shown`` is whether the shell shows descriptions.
    """

    command: str
    word: str
    file: str | None
    own: tuple[str, ...]
    options: Mapping[str, tuple[str, ...]]
    say: Language
    shown: bool

    def option(self, name: str) -> str:
        """The last value of an option; empty if it was not given."""
        return self.options.get(name, ("",))[-1]

    @cached_property
    def path(self) -> str | None:
        """The path of the trajectory that the command would take; ``None`` if it would take none."""
        if self.file == "-":
            return None
        for each in (self.file,) if self.file else self.own:  # a command for several files has them in own
            if os.path.isfile(expanded(each)):
                return expanded(each)
        named = self.file and expanded(self.file)
        from fii_cli.commands.which_file import meant_file  # most people name a file, and this takes longer

        try:
            return meant_file(named)
        except Refused:
            return None

    @cached_property
    def document(self) -> Document | None:
        """The trajectory; ``None`` if it cannot be read."""
        try:
            return files.read_file(self.path) if self.path else None
        except Refused:
            return None

    def records(self, *route: str) -> list[Fields]:
        """The records in a list of the trajectory; without what is no record."""
        return records_in(self.value(route))

    def value(self, route: Route) -> Data | None:
        """What the trajectory has at a path."""
        return value_at(self.document.data, route) if self.document else None

    @cached_property
    def book(self) -> Handbook:
        """The handbook, including the repository's own instruments."""
        here = Path.cwd()
        beside = Path(os.path.abspath(self.path)).parent if self.file and self.path else here
        folders = {here, *here.parents, beside, *beside.parents}
        if not any(os.path.isdir(folder / files.OWN / "instruments") for folder in folders):
            return load.handbook()
        from fii_cli.project.context import project_of  # it loads the rules too

        return project_of(self.path or "-").handbook


Takes = Callable[[Asked], Iterable[Candidate]]
"""What a parameter takes: the candidates for what was typed of it."""


def expanded(path: str) -> str:
    """A path as the shell will pass it on: with the home folder and the variables filled in."""
    return path if os.path.exists(path) else os.path.expanduser(os.path.expandvars(path))


def records_in(found: Data | None) -> list[Fields]:
    """The records in a list; none if it is no list."""
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def text_of(record: Fields, key: str) -> str:
    """The text of a key; empty if it has none."""
    value = record.get(key)
    return value if isinstance(value, str) else ""


def after(prefix: str, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates for the rest of a word."""
    return (Candidate(prefix + each.value, each.help, each.ends) for each in candidates)
