"""Whether a folder comes with a repository that fii is asked about.

What others put in a repository must not decide what fii finds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable


def is_brought_along(folder: str, paths: Iterable[str]) -> bool:
    """Whether a folder is in the repository of one of the paths, or in one below them."""
    around = _root_of(os.path.realpath(folder))
    for place in dict.fromkeys(path if os.path.isdir(path) else os.path.dirname(path) for path in paths):
        here = place or os.curdir
        for root in (_root_of(here), _root_of(os.path.realpath(here))):
            if root is not None and _is_in(folder, root):
                return True
        if around is not None and _is_in(around, here):
            return True
    return False


def _root_of(path: str) -> str | None:
    """The root of the repository around a path, without what loading git's own module takes."""
    here = os.path.abspath(path)
    while not os.path.isdir(here):
        here = os.path.dirname(here)
    while not os.path.exists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above
    return here


def _is_in(folder: str, root: str) -> bool:
    real = os.path.realpath(root)
    try:
        return os.path.commonpath([os.path.realpath(folder), real]) == real
    except ValueError:  # another drive, or not a valid file name
        return False
