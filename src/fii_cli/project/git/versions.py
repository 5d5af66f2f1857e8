"""Earlier versions of files: what a commit, a tag, a day or the index holds of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from fii_cli.language import msg
from fii_cli.project.git.door import NoAnswer, answer_of, unreadable
from fii_cli.project.git.history import portions

INDEX = ""
"""The name of the index as a version: what ``git add`` has staged."""
MOST_TOGETHER = 20_000_000
"""How many bytes are read at once; git's answer to one question has a limit."""
FETCH = msg(
    "this is a shallow clone: fetch the whole history with {command}, or in CI with {github} or {gitlab}",
    command="git fetch --unshallow",
    github="fetch-depth: 0",
    gitlab="GIT_DEPTH: 0",
)
"""What to do if a commit is missing from a repository whose history is cut off."""
_HASH = rb"[0-9a-f]{40,64}"
_STAGED = re.compile(rb"100\d{3} ([0-9a-f]+) 0\t(.*)", re.DOTALL)
_MODULE = rb"(?s)160000 commit ([0-9a-f]+)\t(.*)"
_IN_TREE = re.compile(rb"100\d{3} blob ([0-9a-f]+)\t(.*)", re.DOTALL)


class NamedCommit(NamedTuple):
    """A commit by its full hash, with its day where the committer was."""

    hash: str
    day: date


def commits_named(root: Path, words: Iterable[str]) -> dict[str, NamedCommit]:
    """The commits that words name, such as a hash, a branch or ``HEAD~2``; not the words that name none."""
    asked = [word for word in dict.fromkeys(words) if word and not {"\n", "\0"} & set(word)]
    if not asked:
        return {}
    given = b"".join(os.fsencode(f"{word}^{{commit}}") + b"\n" for word in asked)
    answers = answer_of(root, "cat-file", "--batch-check=%(objectname)", given=given).split(b"\n")
    hashes = {
        word: each.decode() for word, each in zip(asked, answers, strict=False) if re.fullmatch(_HASH, each)
    }
    return {word: _dated(root, hash_) for word, hash_ in hashes.items()}


def commit_named(root: Path, word: str) -> NamedCommit | None:
    """The commit that a word names; ``None`` if it names none."""
    return commits_named(root, [word]).get(word)


def common_ancestor(root: Path, one: NamedCommit, other: NamedCommit) -> NamedCommit | None:
    """The last commit that two have in common; ``None`` if there is none, or it is cut off."""
    answer = answer_of(root, "merge-base", one.hash, other.hash, fine=(0, 1)).strip()
    return _dated(root, answer.decode()) if re.fullmatch(_HASH, answer) else None


def commit_before(root: Path, day: date) -> NamedCommit | None:
    """The last commit before a day begins; ``None`` if there is none."""
    before = f"--before={day.isoformat()}T00:00:00"
    answer = answer_of(root, "rev-list", "-1", before, "HEAD").strip()
    return _dated(root, answer.decode()) if re.fullmatch(_HASH, answer) else None


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


def submodules_at(root: Path, version: str) -> dict[str, str]:
    """The commits of the repositories that a version has inside it, by their folder."""
    entries = answer_of(root, "ls-tree", "-r", "-z", "--full-tree", version).split(b"\0")
    found = (re.fullmatch(_MODULE, entry) for entry in entries)
    return {os.fsdecode(each[2]): each[1].decode() for each in found if each}


def unmerged_in_index(root: Path) -> frozenset[str]:
    """The files with a merge conflict, of which the index has no single version."""
    lines = answer_of(root, "ls-files", "--unmerged", "-z").split(b"\0")
    return frozenset(os.fsdecode(line.partition(b"\t")[2]) for line in lines if line)


def not_checked_out(root: Path) -> frozenset[str]:
    """The files that git leaves out of a sparse checkout: they are not on disk, and not gone either."""
    entries = answer_of(root, "ls-files", "-t", "-z").split(b"\0")
    return frozenset(os.fsdecode(entry[2:]) for entry in entries if entry.startswith(b"S "))


def trajectories_at(root: Path, version: str, places: Iterable[str]) -> tuple[str, ...]:
    """The YAML files that a version has at and below paths; an empty path is the whole repository."""
    found: dict[str, None] = {}
    wanted = set(places)
    for some in [[]] if "" in wanted else portions(wanted):
        given = ("--", *some) if some else ()
        if version == INDEX:
            asked: tuple[str, ...] = ("ls-files", "-z", *given)
        else:
            asked = ("ls-tree", "-r", "-z", "--name-only", "--full-tree", version, *given)
        answer = answer_of(root, "--literal-pathspecs", *asked)
        found |= dict.fromkeys(os.fsdecode(name) for name in answer.split(b"\0") if name)
    return tuple(name for name in found if name.lower().endswith((".yaml", ".yml")))


def texts_of(root: Path, blobs: Mapping[str, str], most: int) -> dict[str, bytes | int]:
    """The contents of files by name, from their object ids; of a file larger than ``most``, its size.

    Raises :class:`NoAnswer` if one is missing.
    """
    ids = tuple(dict.fromkeys(blobs.values()))
    if not ids:
        return {}
    answer = answer_of(root, "cat-file", "--batch-check", given=_lines(ids))
    sizes = {id_: _size(root, line) for id_, line in zip(ids, answer.split(b"\n"), strict=False)}
    texts: dict[str, bytes | int] = dict(sizes)
    together: list[str] = []
    for id_ in ids:
        if sizes[id_] > most:
            continue
        if sum(sizes[each] for each in together) + sizes[id_] > MOST_TOGETHER:
            texts |= _contents(root, together)
            together = []
        together.append(id_)
    texts |= _contents(root, together)
    return {name: texts[id_] for name, id_ in blobs.items()}


def _contents(root: Path, ids: Sequence[str]) -> dict[str, bytes]:
    if not ids:
        return {}
    answer = answer_of(root, "cat-file", "--batch", given=_lines(ids))
    found, at = {}, 0
    for id_ in ids:
        start = answer.index(b"\n", at) + 1
        size = _size(root, answer[at : start - 1])
        found[id_] = answer[start : start + size]
        at = start + size + 1
    return found


def _lines(ids: Sequence[str]) -> bytes:
    return "".join(f"{id_}\n" for id_ in ids).encode()


def _size(root: Path, head: bytes) -> int:
    """The size in what git says about a file. Raises :class:`NoAnswer` if it is missing."""
    parts = head.split(b" ")
    if len(parts) != 3 or parts[1] != b"blob":
        raise NoAnswer(unreadable(root))
    return int(parts[2])


def renamed(root: Path, before: str, after: str, names: frozenset[str] | None = None) -> dict[str, str]:
    """The files that a commit had under another name, by their name in ``after``; git compares contents.

    ``after`` is a commit, or the index, which also stands for the files on disk: git would filter those.
    """
    compare = ("diff-index", "--cached") if after == INDEX else ("diff-tree", "-r")
    asked = (*compare, "-z", "-M", "--diff-filter=R", "--name-status", before)
    parts = answer_of(root, *asked, *([] if after == INDEX else [after])).split(b"\0")
    found = {}
    for old, new in zip(parts[1::3], parts[2::3], strict=False):
        if names is None or os.fsdecode(new) in names:
            found[os.fsdecode(new)] = os.fsdecode(old)
    return found
