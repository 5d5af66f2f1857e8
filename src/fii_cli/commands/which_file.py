"""Which trajectory a command line means: the one it names, or the only one here."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import typer

from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.project import save
from fii_cli.project.files import CannotOpen
from fii_cli.suggest import nearest, one_of

_ENDINGS = (".yaml", ".yml")


def meant_file(named: str | None) -> str:
    """The path of the trajectory that is meant.

    A name may lack its ending, and be that of a trajectory below this folder. Without a name, or with that of
    a folder, it is the only trajectory there. Raises :class:`Refused` if there are none or several.
    """
    if named is None:
        return _only(_below("."))
    if named == "-" or (save.exists(named) and not os.path.isdir(named)):
        return named
    if os.path.isdir(named) and (below := _below(named)):
        return _only(below)
    if found := _of_that_name(named):
        return found
    by_name = {_stem(path): path for path in _below(".")}
    if near := nearest(_stem(named), list(by_name)):
        near = by_name[near]
        raise CannotOpen(named, msg("no such file or folder"), msg("did you mean {word}?", word=near))
    return named  # whatever reads it says what is wrong


def only_file() -> str | None:
    """The path of the only trajectory in or below this folder; ``None`` if there are none or several."""
    found = _below(".")
    return found[0] if len(found) == 1 else None


def meant_files(named: Sequence[str]) -> list[str]:
    """The paths of the trajectories that are meant, like :func:`meant_file`."""
    return [meant_file(each) for each in named or (None,)]


def names_a_file(word: str) -> bool:
    """Whether a word can only be the name of a trajectory, not an id or a value."""
    return word == "-" or word.endswith(_ENDINGS)


def file_argument(_context: typer.Context, named: str | None) -> str:
    """The value of the argument FILE."""
    return meant_file(named or None)


def paths_argument(_context: typer.Context, named: list[str] | None) -> list[str] | None:
    """The value of the argument PATH: files and folders, of which a file may lack its ending."""
    return [each if save.exists(each) else _of_that_name(each) or each for each in named or ()] or None


def other_file(_context: typer.Context, named: str | None) -> str | None:
    """The value of an option that names a trajectory."""
    return None if named is None else meant_file(named)


def file_first(words: Sequence[str | None], needed: int) -> list[str | None]:
    """Arguments of which the first is FILE, which may be left out when all the ``needed`` others are given.

    ``fii set title x`` has no FILE, and ``fii set title`` has no value.
    """
    given = [word for word in words if word is not None]
    missing = len(words) - len(given)
    omitted = missing and len(given) == needed and not names_a_file(given[0])
    return [None, *given] if omitted else [*given, *[None] * missing]


def file_and_others(words: Sequence[str], is_other: Callable[[str], bool]) -> tuple[str | None, list[str]]:
    """FILE and the arguments beside it, of which there can be many, if FILE may be left out.

    It is the one with the ending of a trajectory, or else the first of several, unless that ``is_other``.
    """
    named = [word for word in words if names_a_file(word)]
    if len(named) == 1:
        at = words.index(named[0])
        return named[0], [*words[:at], *words[at + 1 :]]
    if len(words) < 2 or is_other(words[0]):
        return None, list(words)
    return words[0], list(words[1:])


def has_trajectory(folder: str) -> bool:
    """Whether there is a trajectory in or below a folder."""
    return bool(_below(folder))


def _of_that_name(name: str) -> str | None:
    """The trajectory with this name, which may lack its ending, here or else below this folder.

    Raises :class:`Refused` if there are several.
    """
    here = next((name + ending for ending in _ENDINGS if os.path.isfile(name + ending)), None)
    if here or os.path.basename(name) != name:
        return here
    names = (name.lower(), *(f"{name.lower()}{ending}" for ending in _ENDINGS))
    below = [path for path in _below(".") if os.path.basename(path).lower() in names]
    return _only(below) if below else None


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


def _below(folder: str) -> list[str]:
    """The trajectories in and below a folder, as ``fii status`` finds them."""
    from fii_cli.project.context import Projects  # loads the rules, and a file that is named needs no search

    return list(Projects().search([folder]).paths)


def _only(paths: list[str]) -> str:
    if not paths:
        raise Refused(msg("no trajectory found here"), msg("name a file, or start one with fii new"))
    if len(paths) > 1:
        raise Refused(
            msg("there are {n} trajectories here; which one is meant?", n=len(paths)), one_of(paths)
        )
    return paths[0]
