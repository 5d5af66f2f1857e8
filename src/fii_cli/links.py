"""Where links lead: within the repository that a path belongs to, or out of it."""

from __future__ import annotations

import os
from pathlib import Path


def leads_out(path: str) -> bool:
    """Whether a link leads a path out of its repository, or out of this folder where there is none."""
    full = os.path.abspath(path)
    try:
        real, home = os.path.realpath(full), os.path.realpath(_home_of(full))
        return os.path.commonpath([real, home]) != home
    except ValueError:  # another drive, or no name of a file
        return True


def _home_of(full: str) -> str:
    """The innermost repository above a path that is not reached through a link within another one.

    Without a repository it is the folder that fii works in, or else the folder of the path.
    """
    root = ""
    for parent in reversed(Path(full).parents):
        if root and parent.is_symlink():
            break
        if (parent / ".git").exists():
            root = str(parent)
    here = os.getcwd()
    if root:
        return root
    return here if Path(full).is_relative_to(here) else os.path.dirname(full)
