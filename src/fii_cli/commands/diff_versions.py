"""Which versions ``fii diff`` compares: commits, days, the index, and files as they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from fii_cli.diagnostics import Refused
from fii_cli.language import Message, msg
from fii_cli.project import files, git
from fii_cli.project.context import Projects
from fii_cli.project.files import CannotOpen, TooLarge
from fii_cli.project.git import NoAnswer, versions
from fii_cli.project.git.versions import INDEX, NamedCommit
from fii_cli.yaml.document import MAX_BYTES

WORKING = "working"
"""The files as they are on disk."""
NOTHING = "nothing"
"""What a repository without a commit has."""


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a comparison: its name for readers, and the day on which fii concludes from it."""

    name: Message
    day: date
    commit: str = WORKING


@dataclass(frozen=True, slots=True)
class Unread:
    """A version of a file that cannot be read, and whether it may be a trajectory at all."""

    why: Message
    may_be_trajectory: bool = True


Text = bytes | Unread | None
"""A version of a file; ``None`` if it is not there."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A file in two versions."""

    path: str
    before: Text
    after: Text


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
    place = _place(words)
    if place is None and len(words) == 2 and not since and not staged and all(map(os.path.isfile, words)):
        return _two_files(words, today)
    if place is None:
        raise NoAnswer(git.NO_REPOSITORY)
    root = place.root
    named, paths = _sorted_out(root, words)
    if len(paths) == 2 and not named and not since and not staged and all(map(os.path.isfile, paths)):
        return _two_files(paths, today)
    if len(named) + (since is not None) > 2 or (len(named) + (since is not None) == 2 and staged):
        raise Refused(msg("more than two versions"), msg("name one or two, then files or folders"))
    if since is not None:
        named.insert(0, _before(root, since))
    if named:
        before = named[0]
    elif versions.commit_named(root, "HEAD"):
        before = Version(msg("the last commit"), today, "HEAD")
    else:
        before = Version(msg("nothing, as there is no commit yet"), today, NOTHING)
    if len(named) == 2:
        after = named[1]
    elif staged:
        after = Version(msg("the index"), today, INDEX)
    else:
        after = Version(msg("the files as they are"), today)
    return Comparison(before, after, tuple(_files(root, paths or ["."], before, after, projects)))


def _two_files(paths: Sequence[str], today: date) -> Comparison:
    old, new = (files.trajectory_bytes(path) for path in paths)
    named = [Version(msg("{path}", path=path), today) for path in paths]
    return Comparison(named[0], named[1], (Compared(paths[1], old, new),))


# --- what the words of a command line mean ------------------------------------------------------------------


def _place(words: Sequence[str]) -> git.Place | None:
    """Where git is asked: around the first word that is a path, or else here."""
    path = next((word for word in words if _looks_like_a_path(word)), ".")
    return git.place_of(os.path.join(path, "x") if os.path.isdir(path) else path)


def _looks_like_a_path(word: str) -> bool:
    return os.path.lexists(word) or word.lower().endswith((".yaml", ".yml")) or word.endswith(("/", os.sep))


def _sorted_out(root: Path, words: Sequence[str]) -> tuple[list[Version], list[str]]:
    """The commits that words name, and the paths. Raises :class:`Refused` for a word that is both or neither.

    A pull request could contain a file with the name of a branch: what it changes must not go unseen.
    """
    ends = {word: _ends(word) for word in words}
    known = versions.commits_named(root, [*words, *(end for pair in ends.values() for end in pair)])
    named: list[Version] = []
    paths: list[str] = []
    for word in words:
        pair = [known[end] for end in ends[word] if end in known]
        is_commit = word in known or len(pair) == 2
        if is_commit and os.path.lexists(word):
            hint = msg("write {words} for the file", words=f"./{word}")
            raise Refused(msg("{word} is a commit and a file", word=word), hint)
        if word in known:
            named.append(_version(known[word], word))
        elif is_commit:
            named += _range(root, pair, ends[word], from_common="..." in word)
        elif _looks_like_a_path(word):
            paths.append(word)
        else:
            hint = msg(
                "name a commit, a branch, a tag, or a file; for a date add {flags}",
                flags="--since 2026-09-01",
            )
            raise Refused(
                msg("no commit or file {word}", word=word),
                versions.FETCH if versions.is_shallow(root) else hint,
            )
    return named, paths


def _ends(word: str) -> tuple[str, ...]:
    """The ends of a range such as ``v1..v2`` or ``main...``; empty for another word."""
    old, dots, new = word.partition("...") if "..." in word else word.partition("..")
    return (old, new or "HEAD") if dots and old else ()


def _range(
    root: Path, pair: Sequence[NamedCommit], words: Sequence[str], *, from_common: bool
) -> Iterator[Version]:
    """The versions at the ends of a range; with three dots it begins where the two had the same history."""
    old, new = pair
    if not from_common:
        yield _version(old, words[0])
    elif found := versions.common_ancestor(root, old, new):
        yield _version(found, None)
    else:
        cut = versions.is_shallow(root)
        hint = versions.FETCH if cut else msg("compare with two dots")
        raise Refused(msg("{one} and {other} have no commit in common", one=words[0], other=words[1]), hint)
    yield _version(new, words[1])


def _before(root: Path, day: date) -> Version:
    if versions.commit_named(root, "HEAD") is None:
        raise Refused(msg("there is no commit yet"), msg("commit first, or omit {flags}", flags="--since"))
    commit = versions.commit_before(root, day)
    if commit is None:
        cut = versions.is_shallow(root)
        hint = versions.FETCH if cut else msg("choose a later date")
        raise Refused(msg("no commit before {date}", date=str(day)), hint)
    return _version(commit, None)


def _version(commit: NamedCommit, word: str | None) -> Version:
    short = commit.hash[:7]
    told = f"{word} ({short})" if word and not commit.hash.startswith(word) else short
    return Version(msg("{version} of {date}", version=told, date=str(commit.day)), commit.day, commit.hash)


# --- what the versions have ---------------------------------------------------------------------------------


def _files(
    root: Path, paths: Sequence[str], before: Version, after: Version, projects: Projects
) -> Iterator[Compared]:
    """Every trajectory that either version has at or below these paths, and that is not the same in both."""
    places = {_name_of(root, path): path for path in paths}
    found = {name for side in (before, after) for name in _names(root, places, side.commit)}
    for place, path in places.items():
        if not os.path.lexists(path) and not any(_is_at(name, place) for name in found):
            hint = msg("neither version has it; check the name")
            raise Refused(msg("no commit or file {word}", word=path), hint)
    shown = {name: os.path.relpath(root / name) for name in found if not _is_hidden(name, places)}
    included = frozenset(projects.without_excluded(list(shown.values())))
    names = frozenset(name for name, path in shown.items() if name in places or path in included)
    moved = _moved(root, before.commit, after.commit, names)
    old = _texts(root, before, [moved.get(name, name) for name in names])
    new = _texts(root, after, names)
    away = set(moved.values())
    if after.commit == WORKING and any(name not in new and name not in away for name in old):
        away |= versions.not_checked_out(root)
    for name in sorted(names):
        one, other = old.get(moved.get(name, name)), new.get(name)
        if (other is None and name in away) or _same(one, other):
            continue
        if _may_be_trajectory(one) or _may_be_trajectory(other):
            yield Compared(shown[name], one, other)


def _name_of(root: Path, path: str) -> str:
    """A path from the root of the repository, and empty for the root; of a link, that of what it leads to."""
    real = os.path.realpath(path)
    place = git.place_of(os.path.join(real, "x") if os.path.isdir(real) else real)
    if place is None or place.root != root:
        raise Refused(msg("{path} is in another repository", path=path), msg("compare it in its own"))
    name = os.path.relpath(real, root).replace(os.sep, "/")
    return "" if name == "." else name


def _names(root: Path, places: Mapping[str, str], commit: str) -> Iterator[str]:
    """The YAML files of a version at or below places in the repository."""
    if commit == NOTHING:
        return
    if commit != WORKING:
        yield from versions.trajectories_at(root, commit, places)
        return
    for name, path in places.items():
        if not os.path.isdir(path):
            if os.path.isfile(path):
                yield name
            continue
        for found in files.yaml_below(path):
            place = git.place_of(found)
            if place and place.root == root and not os.path.islink(found):
                yield place.name


def _is_hidden(name: str, places: Mapping[str, str]) -> bool:
    """Whether a file is in a hidden folder below the one that was named, where fii does not search."""
    below = max((place for place in places if _is_at(name, place)), key=len, default="")
    return any(part.startswith(".") for part in name.removeprefix(below).split("/"))


def _is_at(name: str, place: str) -> bool:
    return not place or name == place or name.startswith(f"{place}/")


def _moved(root: Path, before: str, after: str, names: frozenset[str]) -> dict[str, str]:
    if before in (NOTHING, WORKING, INDEX) or not names:
        return {}
    return versions.renamed(root, before, INDEX if after == WORKING else after, names)


def _texts(root: Path, version: Version, names: Iterable[str]) -> dict[str, Text]:
    """What a version has of files, by name, or why that cannot be read."""
    if version.commit == NOTHING:
        return {}
    if version.commit == WORKING:
        return {name: _on_disk(str(root / name)) for name in names if os.path.isfile(root / name)}
    texts = versions.texts_of(root, versions.blobs_at(root, version.commit, names), MAX_BYTES)
    found: dict[str, Text] = {
        name: Unread(TooLarge(name, text).message, False) if isinstance(text, int) else text
        for name, text in texts.items()
    }
    if version.commit == INDEX:
        found |= dict.fromkeys(versions.unmerged_in_index(root) & set(names), _CONFLICT)
    return found


_CONFLICT = Unread(msg("this file has a merge conflict"))


def _on_disk(path: str) -> Text:
    if os.path.islink(path):  # git has the link, and not what it leads to
        return None
    try:
        return files.trajectory_bytes(path)
    except TooLarge as error:
        return Unread(error.message, files.is_trajectory(error.head))
    except CannotOpen as error:
        return Unread(error.message)


def _same(one: Text, other: Text) -> bool:
    """Whether two versions are equal, apart from line endings, which git may change on each machine."""
    if isinstance(one, bytes) and isinstance(other, bytes):
        return one == other or one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")
    return one is None and other is None


def _may_be_trajectory(text: Text) -> bool:
    if isinstance(text, Unread):
        return text.may_be_trajectory
    if text is None:
        return False
    code = "utf-16" if text[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return files.is_trajectory(text.decode(code, "replace"))
