"""What fii asks git: what is ignored, what is tracked, and when a file was last committed.

Where git does not answer, fii does something else, and keeps for the end of the run what that was.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fii_cli.language import Message, msg
from fii_cli.project.git import door
from fii_cli.project.git.door import NOT_COMMITTED, answer_of, looks_bare
from fii_cli.project.git.door import NoAnswer as NoAnswer
from fii_cli.project.git.history import last_commits
from fii_cli.project.git.versions import blobs_at

CHANGED = msg("changed after the last commit")
NO_REPOSITORY = msg("not in a git repository")
CUT_OFF = msg("this is a shallow clone, and the last change may be older")
_MOST_TOLD = 3


class Place(NamedTuple):
    """The location of a file: the root of its repository, and its path from there with forward slashes."""

    root: Path
    name: str


# --- messages for the end of a run -------------------------------------------------------------------------

_told: list[tuple[Message, list[Message]]] = []


def tell(why: Message, instead: Message) -> None:
    """Report at the end of the run why git gave no answer, and what fii did instead."""
    known = next((each for reason, each in _told if reason == why), None)
    if known is None:
        _told.append((why, [instead]))
    elif instead not in known:
        known.append(instead)


def told() -> tuple[Message, ...]:
    """The messages of this run, one line for each reason."""
    return tuple(
        msg("{why}: {instead}", why=why, instead=(*each[:_MOST_TOLD], *("…" for _ in each[_MOST_TOLD:][:1])))
        for why, each in _told
    )


def taken() -> tuple[tuple[Message, Message], ...]:
    """The reasons with what fii did instead, for the first process to tell: here they are forgotten."""
    found = tuple((why, each) for why, instead in _told for each in instead)
    _told.clear()
    return found


def begin() -> None:
    """Start a run: clear what is cached about repositories, and the messages."""
    _told.clear()
    _repository.cache_clear()
    _tracked.cache_clear()
    door.try_again()


# --- where a repository is --------------------------------------------------------------------------------


def root_of(path: str | Path) -> tuple[Path, bool]:
    """The root of the repository around a path and True, or the folder of the path and False."""
    folder = Path(os.path.abspath(path))
    while not os.path.isdir(folder):
        folder = folder.parent
    for parent in (folder, *folder.parents):
        if os.path.exists(parent / ".git"):
            return parent, True
    return folder, False


def place_of(path: str | Path) -> Place | None:
    """The location of a file for git; ``None`` outside a repository."""
    folder, name = os.path.split(os.path.abspath(path))
    try:
        folder = os.path.realpath(folder)
    except ValueError:  # not a valid file name
        return None
    root = _repository(folder)
    if root is None:
        return None
    return Place(root, os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/"))


@cache
def _repository(folder: str) -> Path | None:
    """The root of the repository around a folder; a folder that only looks like a repository is ignored."""
    root, there = root_of(folder)
    own = root / ".git"
    if not there or (own.is_dir() and not os.path.lexists(own / "HEAD")):
        return None
    for inside in (Path(folder), *Path(folder).parents):
        if inside == root:
            break
        if looks_bare(inside) and not inside.is_relative_to(own):
            why = msg("{folder} looks like a bare git repository", folder=os.path.relpath(inside))
            tell(why, msg("fii uses the repository around it instead"))
    return root


# --- questions to git -------------------------------------------------------------------------------------


def ignored(folder: str, paths: list[str]) -> frozenset[str]:
    """The paths below a folder that git ignores; a nested repository decides about its own files."""
    base = _repository(os.path.realpath(folder))
    if not paths or base is None:
        return frozenset()
    places = {path: _with_those_around(place, base) for path in paths if (place := place_of(path))}
    asked: dict[Path, set[str]] = defaultdict(set)
    for place in {place for chain in places.values() for place in chain}:
        asked[place.root].add(place.name)
    found = {Place(root, name) for root, names in asked.items() for name in _ignored(root, names)}
    return frozenset(path for path, chain in places.items() if not found.isdisjoint(chain))


def _with_those_around(place: Place, base: Path) -> list[Place]:
    """A file, then its repository as a path in the repository around it, and so on up to ``base``."""
    chain = [place]
    while chain[-1].root != base and (around := place_of(chain[-1].root)):
        chain.append(around)
    return chain


def _ignored(root: Path, names: set[str]) -> list[str]:
    # git reads a leading colon as a pathspec, unless ./ comes before it.
    given = b"".join(b"./%b\0" % os.fsencode(name) for name in sorted(names))
    try:
        answer = answer_of(root, "check-ignore", "-z", "--stdin", given=given, fine=(0, 1))
        return [name.removeprefix("./") for name in _names(answer)]
    except NoAnswer as silence:
        tell(silence.why, msg("ignored files are included"))
        return []


def has_beside(trajectory: str, path: str) -> bool | None:
    """Whether a file, or a folder with files, is tracked in the repository of a trajectory.

    ``None`` where there is no repository, and where git does not answer.
    """
    home, place = place_of(trajectory), place_of(path)
    names = _tracked(home.root) if home else None
    if home is None or names is None:
        return None
    return place is not None and place.root == home.root and place.name in names


@cache
def _tracked(root: Path) -> frozenset[str] | None:
    """The tracked files of a repository, and their folders."""
    try:
        names = _names(answer_of(root, "ls-files", "-z"))
    except NoAnswer as silence:
        tell(silence.why, msg("evidence is checked on disk"))
        return None
    parts = [name.split("/") for name in names]
    return frozenset("/".join(each[:n]) for each in parts for n in range(1, len(each) + 1))


def origin_of(folder: str) -> str | None:
    """The URL of a folder's remote ``origin``; ``None`` if there is none or git gives no answer."""
    root = _repository(os.path.realpath(folder))
    if root is None:
        return None
    try:
        answer = answer_of(root, "remote", "get-url", "origin", fine=(0, 2))
    except NoAnswer as silence:
        tell(silence.why, msg("its host is unknown"))
        return None
    return os.fsdecode(answer).strip() or None


def committed_days(files: Mapping[str, Set[str]]) -> dict[str, date | Message]:
    """The day of the last commit that touched each file, if the file has one of these object ids.

    Where there is no such commit, and where git cannot tell, it is the reason.
    """
    days: dict[str, date | Message] = {}
    by_root: dict[Path, dict[str, str]] = defaultdict(dict)
    for path in files:
        place = place_of(os.path.realpath(path))
        if place is None:
            days[path] = NO_REPOSITORY
        else:
            by_root[place.root][path] = place.name
    for root, names in by_root.items():
        try:
            days |= _committed_days(root, names, files)
        except NoAnswer as silence:
            days |= dict.fromkeys(names, silence.why)
    return days


def _committed_days(
    root: Path, names: Mapping[str, str], files: Mapping[str, Set[str]]
) -> Iterator[tuple[str, date | Message]]:
    """The days of files in one repository, by path; ``names`` are their paths from its root."""
    blobs = blobs_at(root, "HEAD", names.values())
    committed = {}
    for path, name in names.items():
        if name not in blobs:
            yield path, NOT_COMMITTED
        elif blobs[name] not in files[path]:
            yield path, CHANGED
        else:
            committed[path] = name
    if not committed:
        return
    last = last_commits(root, frozenset(committed.values()))
    # In a shallow clone the oldest commit appears to add every file.
    oldest = any(not commit.parents for commit in last.values())
    cut_off = oldest and answer_of(root, "rev-parse", "--is-shallow-repository").strip() != b"false"
    for path, name in committed.items():
        yield path, CUT_OFF if cut_off and not last[name].parents else last[name].day


def ids_of(raw: bytes) -> frozenset[str]:
    """The object ids that a file can have, whatever its line endings are; by hash, so no filter runs."""
    unix = raw.replace(b"\r\n", b"\n")
    return frozenset(id_ for text in {raw, unix, unix.replace(b"\n", b"\r\n")} for id_ in _hashes_of(text))


def _hashes_of(text: bytes) -> Iterator[str]:
    """The object id of a text in a repository with short ids, and in one with long ones."""
    import hashlib  # only the day of a report needs it

    for made in (hashlib.sha1(usedforsecurity=False), hashlib.sha256()):
        made.update(b"blob %d\0" % len(text))
        made.update(text)
        yield made.hexdigest()


def _names(answer: bytes) -> list[str]:
    return [os.fsdecode(name) for name in answer.split(b"\0") if name]
