"""Names of files and folders, as far as they were typed."""

from __future__ import annotations

import os
from collections.abc import Iterator

from fii_cli.completion.asked import Asked, Candidate, Takes, expanded

_MOST = 5_000
"""The most names in one folder that are looked at."""
TRAJECTORIES = (".yaml", ".yml")


def files_ending_in(*endings: str) -> Takes:
    """Files with one of these endings, or any file without one; and the folders that may contain them."""

    def found(asked: Asked) -> Iterator[Candidate]:
        return paths(asked.word, endings)

    return found


def folders(asked: Asked) -> Iterator[Candidate]:
    return (each for each in paths(asked.word, ()) if not each.ends)


def paths(typed: str, endings: tuple[str, ...] = (), base: str = "") -> Iterator[Candidate]:
    """The paths that begin as typed, sorted; hidden ones if the name typed so far begins with a dot.

    They are relative to the folder ``base``, or else to the current one.
    """
    at = max(typed.rfind(sign) for sign in ("/", os.sep)) + 1
    folder, start = typed[:at], typed[at:]
    for entry in sorted(_in(os.path.join(base, expanded(folder)) or os.curdir), key=lambda each: each.name):
        name = entry.name
        if not name.startswith(start) or (name.startswith(".") and not start.startswith(".")):
            continue
        if _is_folder(entry):
            yield Candidate(f"{folder}{name}/", ends=False)
        elif not endings or name.lower().endswith(endings):
            yield Candidate(folder + name)


def _in(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for _, entry in zip(range(_MOST), entries, strict=False)]
    except (OSError, ValueError):
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
