"""What fii asks git: what is ignored, what is tracked, and when a file was last committed.

Where git does not answer, fii does something else, and keeps for the end of the run what that was.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fii_cli.language import Message, msg
from fii_cli.project.git import door
from fii_cli.project.git.door import NOT_COMMITTED, answer_of, looks_bare, unreadable
from fii_cli.project.git.door import NoAnswer as NoAnswer

CHANGED = msg("changed after the last commit")
CUT_OFF = msg("this clone has only the latest commits, and the last change may be older")
_MOST_TOLD = 3


class Place(NamedTuple):
    """Where a file lies: the root of its repository, and the path from there as git writes it."""

    root: Path
    name: str


# --- what is said at the end --------------------------------------------------------------------------------

_told: list[tuple[Message, list[Message]]] = []


def tell(why: Message, instead: Message) -> None:
    """Keep for the end of the run why git was not asked or did not answer, and what fii did instead."""
    known = next((each for reason, each in _told if reason == why), None)
    if known is None:
        _told.append((why, [instead]))
    elif instead not in known:
        known.append(instead)


def told() -> tuple[Message, ...]:
    """What was kept, one line for each reason."""
    return tuple(
        msg("{why}: {instead}", why=why, instead=(*each[:_MOST_TOLD], *("…" for _ in each[_MOST_TOLD:][:1])))
        for why, each in _told
    )


def begin() -> None:
    """Begin a run: nothing is known of any repository, and nothing was told."""
    _told.clear()
    _repository.cache_clear()
    _tracked.cache_clear()
    door.try_again()


# --- where a repository lies --------------------------------------------------------------------------------


def root_of(path: str | Path) -> tuple[Path, bool]:
    """The root of the repository that a path lies in, and whether there is one; else the folder itself."""
    folder = Path(os.path.abspath(path))
    while not os.path.isdir(folder):
        folder = folder.parent
    for parent in (folder, *folder.parents):
        if os.path.exists(parent / ".git"):
            return parent, True
    return folder, False


def place_of(path: str | Path) -> Place | None:
    """Where a file lies, as git sees it; ``None`` outside a repository."""
    folder, name = os.path.split(os.path.abspath(path))
    try:
        folder = os.path.realpath(folder)
    except ValueError:  # no name of a file at all
        return None
    root = _repository(folder)
    if root is None:
        return None
    return Place(root, os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/"))


@cache
def _repository(folder: str) -> Path | None:
    """The root of the repository that git is asked about a folder; one that only looks like it is not."""
    root, there = root_of(folder)
    own = root / ".git"
    if not there or (own.is_dir() and not os.path.lexists(own / "HEAD")):
        return None
    for inside in (Path(folder), *Path(folder).parents):
        if inside == root:
            break
        if looks_bare(inside) and not inside.is_relative_to(own):
            why = msg("{folder} looks like a bare git repository", folder=os.path.relpath(inside))
            tell(why, msg("fii asks the repository around it instead"))
    return root


# --- what is asked ------------------------------------------------------------------------------------------


def ignored(folder: str, paths: list[str]) -> frozenset[str]:
    """Which paths below a folder git ignores; a repository within another is asked about its own files."""
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
    """A file, its repository as a place in the one around it, and so on out to ``base``."""
    chain = [place]
    while chain[-1].root != base and (around := place_of(chain[-1].root)):
        chain.append(around)
    return chain


def _ignored(root: Path, names: set[str]) -> list[str]:
    # A name that begins with a colon is only a name behind ./
    given = b"".join(b"./%b\0" % os.fsencode(name) for name in sorted(names))
    try:
        answer = answer_of(root, "check-ignore", "-z", "--stdin", given=given, fine=(0, 1))
        return [name.removeprefix("./") for name in _names(answer)]
    except NoAnswer as silence:
        tell(silence.why, msg("ignored files are read too"))
        return []


def has_beside(trajectory: str, path: str) -> bool | None:
    """Whether the repository of a trajectory has a file, or something in a folder.

    ``None`` where there is no repository, and where git does not answer.
    """
    home, place = place_of(trajectory), place_of(path)
    names = _tracked(home.root) if home else None
    if home is None or names is None:
        return None
    return place is not None and place.root == home.root and place.name in names


@cache
def _tracked(root: Path) -> frozenset[str] | None:
    """The files in a repository, and their folders."""
    try:
        names = _names(answer_of(root, "ls-files", "-z"))
    except NoAnswer as silence:
        tell(silence.why, msg("evidence is looked up on disk"))
        return None
    parts = [name.split("/") for name in names]
    return frozenset("/".join(each[:n]) for each in parts for n in range(1, len(each) + 1))


def origin_of(folder: str) -> str | None:
    """Where the repository of a folder comes from; ``None`` where that is nowhere, or not known."""
    root = _repository(os.path.realpath(folder))
    if root is None:
        return None
    try:
        answer = answer_of(root, "remote", "get-url", "origin", fine=(0, 2))
    except NoAnswer as silence:
        tell(silence.why, msg("where it is hosted is not known"))
        return None
    return os.fsdecode(answer).strip() or None


def committed_day(path: str, raw: bytes) -> date | None:
    """The day of the last commit that touched a file with these bytes; ``None`` outside a repository.

    Raises :class:`NoAnswer` where no commit left the file as it is, and where git cannot tell.
    """
    place = place_of(os.path.realpath(path))
    if place is None:
        return None
    if not _as_committed(place, raw):
        raise NoAnswer(CHANGED)
    answer = answer_of(
        place.root, "--literal-pathspecs", "rev-list", "-1", "--format=%P%n%cs", "HEAD", "--", place.name
    )
    try:
        _, parents, day = answer.decode("ascii", "replace").splitlines()
        touched = date.fromisoformat(day)
    except ValueError:
        raise NoAnswer(unreadable(place.root)) from None
    # The commit at which a clone is cut off seems to have brought every file.
    if not parents and answer_of(place.root, "rev-parse", "--is-shallow-repository").strip() != b"false":
        raise NoAnswer(CUT_OFF)
    return touched


def _as_committed(place: Place, raw: bytes) -> bool:
    """Whether HEAD has a file with these bytes, whatever its line ends; by its hash, so no filter runs."""
    answer = answer_of(
        place.root, "--literal-pathspecs", "ls-tree", "-z", "--full-tree", "HEAD", "--", place.name
    )
    found = re.match(rb"100\d{3} blob ([0-9a-f]+)\t", answer)
    if found is None:
        raise NoAnswer(NOT_COMMITTED)
    unix = raw.replace(b"\r\n", b"\n")
    return found[1].decode() in {
        _hash_of(text, len(found[1])) for text in (raw, unix, unix.replace(b"\n", b"\r\n"))
    }


def _hash_of(text: bytes, digits: int) -> str:
    """The name that git gives to a text, in a repository where names have this many digits."""
    import hashlib  # only the day of a report asks for it

    made = hashlib.sha256() if digits == 64 else hashlib.sha1(usedforsecurity=False)
    made.update(b"blob %d\0" % len(text))
    made.update(text)
    return made.hexdigest()


def _names(answer: bytes) -> list[str]:
    return [os.fsdecode(name) for name in answer.split(b"\0") if name]
