"""``fii check --since``: trajectories that an earlier version had, and that are not there to be checked now.

A file that was emptied or removed has no findings of its own, so without these it would pass.
"""

from __future__ import annotations

import os
import shlex
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fii_cli.diagnostics import Diagnostic, Severity
from fii_cli.language import Message, msg
from fii_cli.project import files, git
from fii_cli.project.context import Projects
from fii_cli.project.files import CannotOpen
from fii_cli.project.git import versions
from fii_cli.project.git.versions import INDEX, NamedCommit
from fii_cli.project.settings import FILE_NAME, read_settings
from fii_cli.rules import BY_CODE
from fii_cli.rules.check import Judgement
from fii_cli.rules.format import not_a_trajectory
from fii_cli.yaml.document import MAX_BYTES, START, unreadable

_ALIKE = 0.5
"""The share of lines that two files have in common if one is the other under another name, as in git."""


@dataclass(frozen=True, slots=True)
class Then:
    """What a commit had in one repository: its trajectories where fii searched, and which were renamed since.

    ``moved`` is by the present name. Trajectories that are still where they were are left out of ``lost``.
    """

    root: Path
    commit: NamedCommit
    moved: Mapping[str, str]
    lost: Mapping[str, bytes]


def folders_by_root(paths: Sequence[str], judged: Iterable[Path]) -> dict[Path, list[str]]:
    """The folders that were searched, by repository; of one inside a folder that is all of it."""
    found: dict[Path, list[str]] = defaultdict(list)
    folders = [os.path.realpath(path) for path in paths if path != "-" and os.path.isdir(path)]
    for folder in folders:
        if place := git.place_of(os.path.join(folder, "x")):
            found[place.root].append(os.path.dirname(place.name))
    for root in judged:
        if root not in found and any(root.is_relative_to(folder) for folder in folders):
            found[root].append("")
    return found


def trajectories_then(
    root: Path, commit: NamedCommit, places: Collection[str], there: Mapping[str, str]
) -> Then:
    """What a commit had. ``there`` has the texts of the trajectories that are there now, by name."""
    moved = versions.renamed(root, commit.hash, INDEX)
    had = _searched(versions.trajectories_at(root, commit.hash, places), places) if places else ()
    gone = [name for name in had if name not in there and name not in {moved.get(each) for each in there}]
    lost = _trajectories(root, commit, gone) if gone else {}
    if lost and (head := versions.commit_named(root, "HEAD")) and head.hash != commit.hash:
        # What the other branch added after this one began was never here.
        base = versions.common_ancestor(root, commit, head)
        if base and base.hash != commit.hash:
            both = _trajectories(root, base, lost)
            lost = {name: raw for name, raw in lost.items() if name in both}
    if lost:
        away = versions.not_checked_out(root)
        lost = {name: raw for name, raw in lost.items() if name not in away}
    if lost and (new := [name for name in there if name not in moved]):
        new = sorted({*new} - versions.blobs_at(root, commit.hash, new).keys())
        renamed = _renamed_on_disk(root, lost, {name: there[name] for name in new})
        moved = {**moved, **renamed}
        lost = {name: raw for name, raw in lost.items() if name not in renamed.values()}
    return Then(root, commit, moved, lost)


def _searched(names: Iterable[str], places: Collection[str]) -> Iterator[str]:
    """The names that a search finds: those without a hidden folder below the one that was named."""
    for name in names:
        at = [place for place in places if is_below(name, place)]
        below = name.removeprefix(max(at, key=len, default=""))
        if not any(part.startswith(".") for part in below.split("/")):
            yield name


def is_below(name: str, folder: str) -> bool:
    """Whether a path is in a folder; an empty folder is the whole repository."""
    return not folder or name.startswith(f"{folder}/")


def _trajectories(root: Path, commit: NamedCommit, names: Iterable[str]) -> dict[str, bytes]:
    texts = versions.texts_of(root, versions.blobs_at(root, commit.hash, names), MAX_BYTES)
    return {
        name: raw
        for name, raw in texts.items()
        if isinstance(raw, bytes) and files.is_trajectory(files.read_safely(raw).text)
    }


def _renamed_on_disk(root: Path, lost: Mapping[str, bytes], new: Mapping[str, str]) -> dict[str, str]:
    """The trajectories that moved without ``git add``: by present name, the earlier name."""
    before = {
        name: Counter(files.read_safely(raw).text.splitlines())
        for name, raw in lost.items()
        if not os.path.lexists(root / name)
    }
    after = {name: Counter(text.splitlines()) for name, text in new.items()}
    pairs = sorted(
        (
            (_alike(old, here), old_name, name)
            for old_name, old in before.items()
            for name, here in after.items()
        ),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    found: dict[str, str] = {}
    for alike, old_name, name in pairs:
        if alike >= _ALIKE and name not in found and old_name not in found.values():
            found[name] = old_name
    return found


def _alike(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max(one.total(), other.total(), 1)


# --- findings -----------------------------------------------------------------------------------------------


def judgements_of_lost(then: Then, word: str, source: str, projects: Projects) -> Iterator[Judgement]:
    """A finding for each trajectory that the commit had and that fii no longer checks.

    ``word`` is what the user calls the commit, and ``source`` what its repository calls it.
    """
    now = {old: new for new, old in then.moved.items()}
    for name in sorted(then.lost):
        here = now.get(name, name)
        path = os.path.relpath(then.root / here)
        told = _what_became(then, name, path, word, _back(then.root, name, source), projects)
        if told:
            yield Judgement(path, unreadable(""), None, (_finding(path, *told),))


def _finding(path: str, message: Message, hint: Message) -> Diagnostic:
    return Diagnostic(not_a_trajectory.code, Severity.ERROR, path, START, message, hint)


def _what_became(
    then: Then, name: str, path: str, word: str, back: str, projects: Projects
) -> tuple[Message, Message] | None:
    """Why a file is not checked, with a remedy; ``None`` if fii checks it elsewhere, or never did."""
    hint = msg("restore it with {command}; if this is intended, name a later commit", command=back)
    try:
        text = files.read_file(path).text
    except CannotOpen:
        return msg("{version} had this trajectory, and it is gone", version=word), hint
    if not files.is_trajectory(text):
        return msg("{version} had a trajectory here, and this is no longer one", version=word), hint
    if _is_found(then.root, path, projects) or _was_excluded(then, name):
        return None
    return (
        msg("{version} had this trajectory, and a search no longer finds it", version=word),
        msg("do not exclude, hide or ignore it; if this is intended, name a later commit"),
    )


def _back(root: Path, name: str, source: str) -> str:
    """The command that restores a file, also from outside its repository."""
    here = git.place_of("x")
    if here and here.root == root:
        return shlex.join(["git", "restore", f"--source={source}", "--", os.path.relpath(root / name)])
    return shlex.join(["git", "-C", os.path.relpath(root), "restore", f"--source={source}", "--", name])


def _is_found(root: Path, path: str, projects: Projects) -> bool:
    """Whether a search of the whole repository finds a file."""
    name = os.path.relpath(os.path.abspath(path), root)
    if any(part.startswith(".") for part in name.split(os.sep)):
        return False
    found = projects.search([os.path.dirname(path) or "."])
    return any(os.path.realpath(each) == os.path.realpath(path) for each in found.paths)


def _was_excluded(then: Then, name: str) -> bool:
    """Whether the ``fii.toml`` of that commit excluded a file already."""
    folders = [name.rsplit("/", n)[0] for n in range(1, name.count("/") + 1)]
    beside = [*(f"{folder}/{FILE_NAME}" for folder in folders), FILE_NAME]
    blobs = versions.blobs_at(then.root, then.commit.hash, beside)
    nearest = next((each for each in beside if each in blobs), None)
    if nearest is None:
        return False
    raw = versions.texts_of(then.root, {nearest: blobs[nearest]}, MAX_BYTES)[nearest]
    if isinstance(raw, int):
        return False
    settings, _ = read_settings(raw.decode("utf-8-sig", "replace"), nearest, BY_CODE)
    return settings.excludes(name.removeprefix(nearest.removesuffix(FILE_NAME)))
