"""Findings with the paths that a forge knows: from the root of the repository, with forward slashes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

from fii_cli.project import git
from fii_cli.rules.seen import Seen

_CHECKOUTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def judged_from_root(judgement: Seen) -> Seen:
    """The findings of a file in which every path is relative to the root of the repository."""
    path = path_from_root(judgement.path)
    return replace(
        judgement,
        path=path,
        diagnostics=tuple(each._replace(path=path) for each in judgement.diagnostics),
        accepted=tuple(each._replace(path=path) for each in judgement.accepted),
    )


def path_from_root(path: str) -> str:
    """A path from the root of the repository; outside a repository, from the folder that fii works in.

    Standard input is not a file, and remains ``-``.
    """
    if path == "-":
        return path
    folder, name = os.path.split(os.path.abspath(path))
    full = os.path.join(os.path.realpath(folder), name)
    around = next((root for root in _roots(path) if _is_below(root, full)), os.getcwd())
    try:
        return os.path.relpath(full, around).replace(os.sep, "/")
    except ValueError:  # another drive on Windows
        return full.replace(os.sep, "/")


def _roots(path: str) -> Iterator[str]:
    """What a path may be relative to: the repository of this run or of the file, or else the checkout."""
    for inside in (os.path.join(os.getcwd(), "-"), path):
        if place := git.place_of(inside):
            yield str(place.root)
    yield from (os.path.realpath(os.environ[name]) for name in _CHECKOUTS if os.environ.get(name))


def _is_below(folder: str, path: str) -> bool:
    try:
        return os.path.commonpath((folder, path)) == folder
    except ValueError:  # another drive on Windows
        return False
