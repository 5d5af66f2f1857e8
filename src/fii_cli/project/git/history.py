"""When files were last committed: what ``git log -1 -- FILE`` answers, for any number of files at once.

git asks of each commit whether it changed the file, compared with each of its parents. From a merge it goes
on to the first parent that has the same file, so a change on the other side does not count. The walk here
does this too, with two questions about the whole history instead of one about each file.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from fii_cli.project.git.door import NoAnswer, answer_of, unreadable

_ONE_LINE = 100_000
"""How many bytes of names go into one command line."""
_COMPARE = (
    *("diff-tree", "--stdin", "-m", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--no-notes"),
    "--pretty=oneline",
)
_HEADER = re.compile(rb"([0-9a-f]{40,64})(?: \(from ([0-9a-f]{40,64})\))? .*", re.DOTALL)


class Commit(NamedTuple):
    """A commit: its parents, and its day where the committer was."""

    parents: tuple[str, ...]
    day: date


def last_commits(root: Path, names: frozenset[str]) -> dict[str, Commit]:
    """The last commit that touched each of these files, which HEAD has.

    Raises :class:`NoAnswer` where git cannot tell.
    """
    if len(names) > 1:
        try:
            return _walk(root, names)
        except NoAnswer:  # a history that is too long, or cannot be read as a whole
            pass
    return {name: _last_commit(root, name) for name in names}


def _last_commit(root: Path, name: str) -> Commit:
    asked = ("rev-list", "-1", "--format=%P%n%cs", "HEAD", "--", name)
    answer = answer_of(root, "--literal-pathspecs", *asked)
    (commit,) = _commits(root, answer).values()
    return commit


def commits_touching(root: Path, name: str, start: str) -> dict[str, Commit]:
    """The commits up to ``start`` that changed a file, newest first, as ``git log -- FILE`` lists them.

    Raises :class:`NoAnswer` where git cannot tell.
    """
    asked = ("rev-list", "--date-order", "--format=%P%n%cs", start, "--", name)
    answer = answer_of(root, "--literal-pathspecs", *asked)
    return _commits(root, answer) if answer else {}


def _commits(root: Path, answer: bytes) -> dict[str, Commit]:
    """The commits in an answer of rev-list, newest first."""
    lines = answer.decode("ascii", "replace").splitlines()
    if not lines or len(lines) % 3:
        raise NoAnswer(unreadable(root))
    try:
        return {
            head.removeprefix("commit "): Commit(tuple(parents.split()), date.fromisoformat(day))
            for head, parents, day in zip(lines[::3], lines[1::3], lines[2::3], strict=True)
        }
    except ValueError:
        raise NoAnswer(unreadable(root)) from None


def _walk(root: Path, names: frozenset[str]) -> dict[str, Commit]:
    """The last commit of each file, found from HEAD down."""
    commits = _commits(root, answer_of(root, "rev-list", "--format=%P%n%cs", "HEAD"))
    changed = _changed(root, commits, names)
    found: dict[str, Commit] = {}
    waiting = [(next(iter(commits)), names)]
    while waiting:
        id_, left = waiting.pop()
        commit = commits[id_]
        for parent in commit.parents:
            touched = changed.get((id_, parent))
            same = left - touched if touched else left
            if same and parent in commits:
                waiting.append((parent, same))
                left = left & touched if touched else frozenset()
        found |= dict.fromkeys(left, commit)
    return found


def _changed(
    root: Path, commits: Mapping[str, Commit], names: frozenset[str]
) -> Mapping[tuple[str, str], set[str]]:
    """By commit and parent: which of these files differ between the two."""
    given = "\n".join(commits).encode() + b"\n"
    changed: dict[tuple[str, str], set[str]] = defaultdict(set)
    for some in portions(names):
        answer = answer_of(root, "--literal-pathspecs", *_COMPARE, "--", *some, given=given)
        parts = iter(answer.split(b"\0"))
        between = ("", "")
        for part in parts:
            # A name always follows a part that starts with a colon, so no name can pass for a commit.
            if part.startswith(b":"):
                changed[between].add(os.fsdecode(next(parts, b"")))
            elif found := _HEADER.fullmatch(part):
                id_ = found[1].decode()
                parent = found[2].decode() if found[2] else "".join(commits[id_].parents[:1])
                between = (id_, parent)
    return changed


def portions(names: Iterable[str]) -> Iterator[list[str]]:
    """Names in portions that fit on a command line."""
    some: list[str] = []
    length = 0
    for name in sorted(names):
        if some and length > _ONE_LINE:
            yield some
            some, length = [], 0
        some.append(name)
        length += len(os.fsencode(name))
    if some:
        yield some
