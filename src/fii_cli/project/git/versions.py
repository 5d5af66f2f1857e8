"""Earlier versions of files: what a commit, a tag, a day or the index holds of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from fii_cli.project.git.door import NoAnswer, answer_of, unreadable
from fii_cli.project.git.history import portions

INDEX = ""
"""The name of the index as a version: what ``git add`` has staged."""
_HASH = re.compile(rb"[0-9a-f]{40,64}")
_STAGED = re.compile(rb"100\d{3} ([0-9a-f]+) 0\t(.*)", re.DOTALL)
_IN_TREE = re.compile(rb"100\d{3} blob ([0-9a-f]+)\t(.*)", re.DOTALL)


class NamedCommit(NamedTuple):
    """A commit by its full hash, with its day where the committer was."""

    hash: str
    day: date


def commit_named(root: Path, word: str) -> NamedCommit | None:
    """The commit that a word names: a hash, a branch, a tag, ``HEAD~2``; ``None`` if it names none."""
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{word}^{{commit}}")
    answer = answer_of(root, *asked, fine=(0, 1, 128)).strip()
    return _dated(root, answer.decode()) if _HASH.fullmatch(answer) else None


def commit_before(root: Path, day: date) -> NamedCommit | None:
    """The last commit before a day begins; ``None`` if there is none."""
    before = f"--before={day.isoformat()}T00:00:00"
    answer = answer_of(root, "rev-list", "-1", before, "HEAD").strip()
    return _dated(root, answer.decode()) if _HASH.fullmatch(answer) else None


def is_shallow(root: Path) -> bool:
    """Whether the history of a repository is cut off, or git does not say."""
    return answer_of(root, "rev-parse", "--is-shallow-repository").strip() != b"false"


def _dated(root: Path, hash_: str) -> NamedCommit:
    answer = answer_of(root, "rev-list", "-1", "--format=%cs", hash_, "--")
    day = answer.decode("ascii", "replace").split("\n")[1]
    return NamedCommit(hash_, date.fromisoformat(day))


def blobs_at(root: Path, version: str, names: Iterable[str]) -> dict[str, str]:
    """The object ids of the files that a version has, by name; the index is :data:`INDEX`."""
    found = {}
    for some in portions(names):
        if version == INDEX:
            asked: tuple[str, ...] = ("ls-files", "--stage", "-z", "--", *some)
        else:
            asked = ("ls-tree", "-z", "--full-tree", version, "--", *some)
        entry_of = _STAGED if version == INDEX else _IN_TREE
        for line in answer_of(root, "--literal-pathspecs", *asked).split(b"\0"):
            if entry := entry_of.fullmatch(line):
                found[os.fsdecode(entry[2])] = entry[1].decode()
    return found


def trajectories_at(root: Path, version: str, folder: str) -> tuple[str, ...]:
    """The YAML files that a version has in and below a folder, which is empty for the whole repository."""
    given = ("--", folder) if folder else ()
    if version == INDEX:
        answer = answer_of(root, "--literal-pathspecs", "ls-files", "-z", *given)
    else:
        asked = ("ls-tree", "-r", "-z", "--name-only", "--full-tree", version, *given)
        answer = answer_of(root, "--literal-pathspecs", *asked)
    names = (os.fsdecode(name) for name in answer.split(b"\0") if name)
    return tuple(name for name in names if name.lower().endswith((".yaml", ".yml")))


def texts_of(root: Path, blobs: Mapping[str, str]) -> dict[str, bytes]:
    """The contents of files by name, from their object ids. Raises :class:`NoAnswer` if one is missing."""
    if not blobs:
        return {}
    given = "".join(f"{blob}\n" for blob in blobs.values()).encode()
    answer = answer_of(root, "cat-file", "--batch", given=given)
    found, at = {}, 0
    for name in blobs:
        head, _, _ = answer[at:].partition(b"\n")
        kind = head.split(b" ")
        if len(kind) != 3 or kind[1] != b"blob":
            raise NoAnswer(unreadable(root))
        start = at + len(head) + 1
        found[name] = answer[start : start + int(kind[2])]
        at = start + int(kind[2]) + 1
    return found


def renamed_from(root: Path, version: str, names: frozenset[str]) -> dict[str, str]:
    """Files that a version had under another name, by their name in HEAD; git compares contents."""
    asked = ("diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", version, "HEAD")
    parts = answer_of(root, *asked).split(b"\0")
    found = {}
    for old, new in zip(parts[1::3], parts[2::3], strict=False):
        if os.fsdecode(new) in names:
            found[os.fsdecode(new)] = os.fsdecode(old)
    return found
