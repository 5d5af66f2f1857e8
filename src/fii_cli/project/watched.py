"""What a report is made of on disk, so that a preview can notice a change without reading every file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from fii_cli.project.context import Projects
from fii_cli.project.files import CannotOpen, bytes_of
from fii_cli.project.settings import FILE_NAME
from fii_cli.yaml.document import Data

_FOUND = (".yaml", ".yml", ".fii.json")
"""How the names of the files end that a search looks at."""
_OF_GIT = ("HEAD", "index", "packed-refs", os.path.join("logs", "HEAD"), os.path.join("info", "exclude"))
"""What changes in a repository with a commit, and with what git ignores."""

_PATHS = ("evidence", "trajectory", "report")
"""The keys that contain a path."""

Stamp = tuple[int, int, int, int] | None
"""What tells two states of a file apart; ``None`` if it does not exist."""
State = Mapping[str, object]
"""The state of every path that is watched, and the day."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Paths, folders of which every file counts, and folders that are searched for trajectories."""

    paths: frozenset[str]
    folders: frozenset[str]
    trees: frozenset[str]

    def state(self) -> State:
        """The state now. Nothing is opened, and nothing raises."""
        found: dict[str, object] = {path: _stamp(path) for path in self.paths}
        for folder in self.folders:
            found |= {path: _stamp(path) for path in (folder, *_files_in(folder))}
        for tree in self.trees:
            found |= {path: _stamp(path) for path in _trajectories_below(tree)}
        found["day"] = date.today()
        return found


def watched(
    projects: Projects, files: Iterable[str], trees: Iterable[str], evidence: Iterable[str] = ()
) -> Watched:
    """What the reports on these files are made of, and what the search in these folders finds.

    ``evidence`` are the paths that the files name as evidence or in a roll-out.
    """
    paths: set[str] = set()
    folders: set[str] = set()
    evidence = set(evidence)
    for file in (*files, *(os.path.join(tree, "-") for tree in trees)):
        project = projects.at(file)
        paths |= {os.path.abspath(file), *_around(project.folder)}
        folders |= {os.path.join(project.own_folder, each) for each in ("templates", "instruments")}
        if project.settings_path and project.settings.style.logo:
            beside = os.path.dirname(os.path.abspath(project.settings_path))
            paths.add(os.path.join(beside, project.settings.style.logo))
        paths |= {os.path.join(base, each) for each in evidence for base in (project.folder, project.root)}
        if project.in_git:
            paths |= {os.path.join(git, each) for git in _of_git(str(project.root)) for each in _OF_GIT}
    return Watched(frozenset(paths), frozenset(folders), frozenset(os.path.abspath(tree) for tree in trees))


def evidence_in(data: Data | None) -> Iterator[str]:
    """Every path that the data of a file names as evidence or in a roll-out; a link to a page is no path."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _PATHS and isinstance(value, str):
                if "\0" not in value and not os.path.isabs(value):
                    yield value
            else:
                yield from evidence_in(value)
    elif isinstance(data, list):
        for each in data:
            yield from evidence_in(each)


def _around(folder: str) -> Iterator[str]:
    """Where the settings of a folder can be, up to the root of its repository."""
    while True:
        yield os.path.join(folder, FILE_NAME)
        yield os.path.join(folder, ".git")
        yield os.path.join(folder, ".gitignore")
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return
        folder = above


def _of_git(root: str) -> Iterator[str]:
    """The folders in which git keeps what it knows of this repository: two for a linked work tree."""
    own = os.path.join(root, ".git")
    if os.path.isfile(own):
        own = os.path.join(root, _pointed_to(own).removeprefix("gitdir:").strip())
        yield os.path.join(own, _pointed_to(os.path.join(own, "commondir")))
    yield own


def _pointed_to(path: str) -> str:
    """The path in a small file of git."""
    with suppress(CannotOpen):
        return os.fsdecode(bytes_of(path)).strip().replace("\0", "")
    return ""


def _stamp(path: str) -> Stamp:
    """What changes with a file. A symbolic link counts as the file that it leads to."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    if os.path.isdir(path):  # what is in it counts, not when something beside that changed
        return (found.st_dev, found.st_ino, 0, 0)
    return (found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)


def _files_in(folder: str) -> list[str]:
    try:
        return [os.path.join(folder, name) for name in os.listdir(folder)]
    except OSError:
        return []


def _trajectories_below(tree: str) -> Iterator[str]:
    """The files that a search in a folder looks at, and what decides which of these git ignores."""
    for parent, folders, names in os.walk(tree):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name == ".gitignore" or (name.endswith(_FOUND) and not name.startswith(".")):
                yield os.path.join(parent, name)
