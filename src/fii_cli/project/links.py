"""Whether symbolic links point outside the repository that a path belongs to."""

from __future__ import annotations

import os
from pathlib import Path


def leads_out(path: str) -> bool:
    """Whether a symbolic link takes a path outside its repository.

    Without a repository that is out of the folder that fii works in, or else out of the folder of the path.
    """
    full = os.path.abspath(path)
    here = os.getcwd()
    around = here if Path(full).is_relative_to(here) else os.path.dirname(full)
    return _lies_outside(full, _repository_around(full) or around)


def leads_out_of_repository(path: str) -> bool:
    """Whether a path is in a repository, and a symbolic link takes it outside."""
    full = os.path.abspath(path)
    if not _is_linked(full):
        return False
    repository = _repository_around(full)
    return bool(repository) and _lies_outside(full, repository)


def _is_linked(full: str) -> bool:
    try:
        return os.path.realpath(full) != full
    except ValueError:  # not a valid file name: opening it reports that
        return False


def _lies_outside(full: str, home: str) -> bool:
    try:
        real = os.path.realpath(home)
        return os.path.commonpath([os.path.realpath(full), real]) != real
    except ValueError:  # another drive, or not a valid file name
        return True


def _repository_around(full: str) -> str:
    """The innermost repository above a path, unless a link inside another repository leads to it."""
    root = ""
    for parent in reversed(Path(full).parents):
        if root and parent.is_symlink():
            break
        if (parent / ".git").exists():
            root = str(parent)
    return root
