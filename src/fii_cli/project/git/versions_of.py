"""The versions of a file: its text at each commit that changed it, by day and then as they follow each other.

A file that a commit only renamed is followed to its earlier name. What git cannot give is named as a gap.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from fii_cli.language import Message, msg
from fii_cli.project import git
from fii_cli.project.git.door import NOT_COMMITTED, NoAnswer, answer_of
from fii_cli.project.git.history import Commit, commits_touching
from fii_cli.project.git.versions import is_shallow, texts_of

MOST_VERSIONS = 200
"""How many versions are read; of more, the newest."""
_MOST_NAMES = 20
_LARGEST = 5_000_000
"""How many bytes of one version are read."""
_COMPARE = (
    *("diff-tree", "--stdin", "--root", "-m", "-r", "-z", "--raw", "--no-abbrev", "--no-renames"),
    *("--no-notes", "--pretty=oneline"),
)
_HEADER = re.compile(rb"([0-9a-f]{40,64})(?: \(from [0-9a-f]{40,64}\))? .*", re.DOTALL)
_RAW = re.compile(rb":(\d{6}) (\d{6}) ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) ([A-Z]).*")


class Version(NamedTuple):
    """The bytes of a file at a commit, with its name then; ``None`` if git cannot give them."""

    commit: str
    day: date
    name: str
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a file. ``left_out`` is how many older ones were not read.

    ``others_changed`` is whether files below a second path changed since the oldest version.
    """

    versions: tuple[Version, ...] = ()
    left_out: int = 0
    gaps: tuple[Message, ...] = ()
    others_changed: bool = False


@dataclass(slots=True)
class _Found:
    """The commits that changed a file, newest first, each with its name and the id of its text."""

    entries: list[tuple[str, Commit, str, str]] = field(default_factory=list)
    oldest: Commit | None = None


class _Change(NamedTuple):
    """What a commit did to one file: the ids of its text before and after, its mode, and git's letter."""

    name: str
    old: str
    new: str
    mode: str
    letter: str


def versions_of(path: str, until: date, others: str) -> History:
    """The versions of a file that were committed up to a day. ``others`` is a path from the root."""
    place = git.place_of(os.path.realpath(path))
    if place is None:
        return History(gaps=(git.NO_REPOSITORY,))
    try:
        return _history(place.root, place.name, until, others)
    except NoAnswer as silence:
        return History(gaps=(silence.why,))


def _history(root: Path, name: str, until: date, others: str) -> History:
    found = _commits(root, name)
    if not found.entries:
        return History(gaps=(NOT_COMMITTED,))
    # git has a parent before its child, whatever their days are; here they stand by day, as with --since.
    wanted = [entry for entry in reversed(found.entries) if entry[1].day <= until]
    wanted.sort(key=lambda entry: entry[1].day)
    left_out = max(len(wanted) - MOST_VERSIONS, 0)
    wanted = wanted[left_out:]
    texts = _texts(root, {blob for *_, blob in wanted})
    versions = tuple(
        Version(id_, commit.day, called, texts.get(blob)) for id_, commit, called, blob in wanted
    )
    gaps = []
    if found.oldest and not found.oldest.parents and is_shallow(root):
        gaps.append(msg("this is a shallow clone: older versions are not in it"))
    changed = bool(versions) and _changed_since(root, versions[0].commit, others)
    return History(versions, left_out, tuple(gaps), changed)


def _commits(root: Path, name: str) -> _Found:
    """The commits that changed a file, followed through renames that left its text as it was."""
    answer_of(root, "ls-tree", "HEAD")  # without a first commit, this says so
    found, start = _Found(), "HEAD"
    for _ in range(_MOST_NAMES):
        commits = commits_touching(root, name, start)
        changes = _changes(root, commits, (name,))
        last: tuple[str, Commit, _Change] | None = None
        for id_, commit in commits.items():
            for change in changes.get(id_, ())[:1]:
                last = id_, commit, change
                if change.mode.startswith("100"):
                    found.entries.append((id_, commit, name, change.new))
        if last is None:
            break
        id_, commit, change = last
        found.oldest = commit
        earlier = _earlier_name(root, id_, commit, change)
        if earlier is None:
            break
        name, start = earlier, commit.parents[0]
    return found


def _earlier_name(root: Path, id_: str, commit: Commit, change: _Change) -> str | None:
    """The name under which a commit that added a file removed the same text."""
    if change.letter != "A" or not commit.parents:
        return None
    removed = [
        each.name
        for each in _changes(root, {id_: commit}).get(id_, ())
        if each.letter == "D" and each.old == change.new
    ]
    return removed[0] if len(removed) == 1 else None


def _changes(
    root: Path, commits: Mapping[str, Commit], names: Sequence[str] = ()
) -> dict[str, list[_Change]]:
    """What each commit did to these files, or to all; of a merge, compared with each of its parents."""
    if not commits:
        return {}
    given = "".join(f"{id_}\n" for id_ in commits).encode()
    answer = answer_of(root, "--literal-pathspecs", *_COMPARE, "--", *names, given=given)
    changes: dict[str, list[_Change]] = {}
    parts = iter(answer.split(b"\0"))
    at = ""
    for part in parts:
        # A name always follows a part that starts with a colon, so no name can pass for a commit.
        if raw := _RAW.fullmatch(part):
            name = os.fsdecode(next(parts, b""))
            _, mode, old, new, letter = (each.decode() for each in raw.groups())
            changes.setdefault(at, []).append(_Change(name, old, new, mode, letter))
        elif head := _HEADER.fullmatch(part):
            at = head[1].decode()
    return changes


def _texts(root: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """The texts with these ids, without those that are too large."""
    found = texts_of(root, {blob: blob for blob in sorted(blobs)}, _LARGEST)
    return {blob: text for blob, text in found.items() if isinstance(text, bytes)}


def _changed_since(root: Path, commit: str, name: str) -> bool:
    asked = ("rev-list", "-1", f"{commit}..HEAD", "--", name)
    return bool(answer_of(root, "--literal-pathspecs", *asked).strip())
