"""Which versions ``fii diff`` compares: commits, days, the index, and files as they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fii_cli.diagnostics import Refused
from fii_cli.language import Message, msg
from fii_cli.project import files, git
from fii_cli.project.context import Projects
from fii_cli.project.git import NoAnswer, versions
from fii_cli.project.git.versions import INDEX, NamedCommit

WORKING = "working"
"""The files as they are on disk."""


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a comparison: its name for readers, and the day on which fii concludes from it."""

    name: Message
    day: date
    commit: str = WORKING


@dataclass(frozen=True, slots=True)
class Compared:
    """A file in two versions; ``None`` where a version does not have it."""

    path: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Comparison:
    before: Version
    after: Version
    files: tuple[Compared, ...]

    def on(self, day: date) -> Comparison:
        """The same comparison, with all conclusions as of one day."""
        return replace(self, before=replace(self.before, day=day), after=replace(self.after, day=day))


def compared(
    words: Sequence[str], *, since: date | None, staged: bool, today: date, projects: Projects
) -> Comparison:
    """The versions that a command line names: at most two commits, then files or folders.

    Two files are compared with each other. Raises :class:`Refused` for what names neither, and
    :class:`NoAnswer` where git cannot tell.
    """
    words = [part for word in words for part in _range(word)]
    paths = [word for word in words if _is_path(word)]
    commits = [word for word in words if word not in paths]
    if len(paths) == 2 and not commits and not since and not staged and all(map(os.path.isfile, paths)):
        return _two_files(paths, today)
    root = _root(paths[0] if paths else ".")
    given = len(commits) + (since is not None)
    if given > 2 or (given == 2 and staged):
        raise Refused(msg("more than two versions"), msg("name one or two, then files or folders"))
    named = [_named(root, word) for word in commits]
    if since is not None:
        named.insert(0, _before(root, since))
    before = named[0] if named else Version(msg("the last commit"), today, "HEAD")
    if len(named) == 2:
        after = named[1]
    elif staged:
        after = Version(msg("the index"), today, INDEX)
    else:
        after = Version(msg("the files as they are"), today)
    return Comparison(before, after, tuple(_files(root, paths or ["."], before, after, projects)))


def _range(word: str) -> list[str]:
    """``A..B`` as two words; a path is never a range."""
    old, dots, new = word.partition("..")
    if not dots or os.path.lexists(word) or not old or "/" in word.split("..")[0][:1]:
        return [word]
    return [old, new.removeprefix(".") or "HEAD"]


def _is_path(word: str) -> bool:
    return os.path.lexists(word) or word.lower().endswith((".yaml", ".yml")) or word.endswith(("/", os.sep))


def _two_files(paths: Sequence[str], today: date) -> Comparison:
    old, new = (files.trajectory_bytes(path) for path in paths)
    named = [Version(msg("{path}", path=path), today) for path in paths]
    return Comparison(named[0], named[1], (Compared(paths[1], old, new),))


def _root(path: str) -> Path:
    place = git.place_of(os.path.join(path, "x") if os.path.isdir(path) else path)
    if place is None:
        raise NoAnswer(git.NO_REPOSITORY)
    return place.root


def _named(root: Path, word: str) -> Version:
    commit = versions.commit_named(root, word)
    if commit is None:
        hint = msg(
            "name a commit, a branch, a tag, or a file; for a date add {flags}", flags="--since 2026-09-01"
        )
        raise Refused(msg("no commit or file {word}", word=word), hint)
    return _version(commit, word)


def _before(root: Path, day: date) -> Version:
    commit = versions.commit_before(root, day)
    if commit is None:
        cut = versions.is_shallow(root)
        hint = msg("this is a shallow clone: fetch the whole history") if cut else msg("choose a later date")
        raise Refused(msg("no commit before {date}", date=str(day)), hint)
    return _version(commit, None)


def _version(commit: NamedCommit, word: str | None) -> Version:
    short = commit.hash[:7]
    told = f"{word} ({short})" if word and not commit.hash.startswith(word) else short
    return Version(msg("{version} of {date}", version=told, date=str(commit.day)), commit.day, commit.hash)


def _files(
    root: Path, paths: Sequence[str], before: Version, after: Version, projects: Projects
) -> Iterator[Compared]:
    """Every trajectory that either version has at or below these paths, and that is not the same in both."""
    wanted = projects.without_excluded(list(paths))
    names = dict.fromkeys(
        name for path in wanted for side in (before, after) for name in _names(root, path, side.commit)
    )
    moved = _moved(root, before, frozenset(names))
    old = _texts(root, before.commit, [moved.get(name, name) for name in names])
    new = _texts(root, after.commit, names)
    gone = set(moved.values())
    for name in sorted(names):
        one, other = old.get(moved.get(name, name)), new.get(name)
        if one == other or (other is None and name in gone):
            continue
        if _is_trajectory(one) or _is_trajectory(other):
            yield Compared(os.path.relpath(root / name), one, other)


def _names(root: Path, path: str, commit: str) -> Iterator[str]:
    """The YAML files of a version at or below a path, from the root of the repository."""
    place = os.path.relpath(os.path.realpath(path), os.path.realpath(root)).replace(os.sep, "/")
    if place.startswith("../"):
        raise Refused(msg("{path} is in another repository", path=path), msg("compare it in its own"))
    if commit != WORKING:
        yield from versions.trajectories_at(root, commit, "" if place == "." else place)
        return
    for found in files.yaml_below(path) if os.path.isdir(path) else [path]:
        if os.path.lexists(found):
            yield os.path.relpath(os.path.abspath(found), root).replace(os.sep, "/")


def _moved(root: Path, before: Version, names: frozenset[str]) -> dict[str, str]:
    if before.commit in (WORKING, INDEX, "HEAD"):
        return {}
    return versions.renamed_from(root, before.commit, names)


def _texts(root: Path, commit: str, names: Sequence[str] | dict[str, None]) -> dict[str, bytes]:
    if commit != WORKING:
        return versions.texts_of(root, versions.blobs_at(root, commit, names))
    read: Callable[[str], bytes] = files.trajectory_bytes
    return {name: read(str(root / name)) for name in names if os.path.isfile(root / name)}


def _is_trajectory(raw: bytes | None) -> bool:
    return raw is not None and files.is_trajectory(files.read_safely(raw).text)
