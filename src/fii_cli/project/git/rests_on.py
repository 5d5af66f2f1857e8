"""The files that git's answers about ignored and tracked files follow from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from fii_cli.project.git.door import NoAnswer, answer_of, unreadable

_OWN = ("HEAD", "config", "config.worktree", "commondir", "index", "info/exclude")
_ELSEWHERE = ("rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir")


def places_of(root: Path) -> list[str]:
    """The folders in which git keeps a repository: one, or that of a worktree and the one they share.

    Raises :class:`NoAnswer` if fii cannot tell which they are.
    """
    own = root / ".git"
    if own.is_dir():
        return [str(own)]
    places = os.fsdecode(answer_of(root, *_ELSEWHERE)).split("\n")[:-1]
    if len(places) != 2 or not all(map(os.path.isabs, places)):
        raise NoAnswer(unreadable(root))
    return places


def files_behind(root: Path, places: Iterable[str]) -> Iterator[str]:
    """The files that git's answers about a repository follow from, beside ``.gitignore``, if they are there.

    ``places`` are those of the repository. Raises :class:`NoAnswer` if fii cannot tell which they are.
    """
    own = root / ".git"
    if not own.is_dir():  # a file that says where they are
        yield str(own)
    yield from (os.path.join(place, name) for place in places for name in _OWN)
    home = os.environ.get("HOME", "")
    mine = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    if not (os.path.isabs(home) and os.path.isabs(mine)):
        raise NoAnswer(unreadable(root))
    mine = os.path.join(mine, "git")
    yield from (os.path.join(home, ".gitconfig"), os.path.join(mine, "config"), os.path.join(mine, "ignore"))
    yield from filter(None, map(os.environ.get, ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")))
    yield "/etc/gitconfig"
    yield from _programs()
    told = answer_of(root, "config", "--list", "--no-includes", "-z", "--show-origin").split(b"\0")
    for origin, entry in zip(map(os.fsdecode, told[::2]), map(os.fsdecode, told[1::2]), strict=False):
        key, _, value = entry.partition("\n")
        if key.startswith("include"):  # another file may come to count at any time
            raise NoAnswer(unreadable(root))
        kind, _, name = origin.partition(":")
        if kind == "file":
            yield name if os.path.isabs(name) else str(root / name)
        if key == "core.excludesfile" and value:
            named = os.path.join(home, value[2:].lstrip("/")) if value.startswith("~/") else value
            if not os.path.isabs(named):
                raise NoAnswer(unreadable(root))
            yield named


def _programs() -> Iterator[str]:
    """Where git is looked for, until it is found, and the configuration that may come with it."""
    for folder in filter(os.path.isabs, os.get_exec_path()):
        path = os.path.join(folder, "git")
        yield path
        if os.access(path, os.X_OK):
            for each in (path, os.path.realpath(path)):
                yield os.path.join(os.path.dirname(os.path.dirname(each)), "etc", "gitconfig")
            return
