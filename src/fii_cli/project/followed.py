"""What the answer of a whole ``fii check`` follows from.

In any doubt nothing is kept, and the next check goes the ordinary way: for a file that changed a moment ago
or that a symbolic link leads to, a repository in another one, a roll-out, personal data, or a file that
cannot be opened. Everything else that was looked at is noted with what the file system says of it.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress

from fii_cli.project import git, stopwatch
from fii_cli.project.context import Project, Projects
from fii_cli.project.git.rests_on import files_behind, places_of
from fii_cli.project.memory import makers
from fii_cli.project.settings import FILE_NAME
from fii_cli.project.surroundings import has_evidence
from fii_cli.project.unchanged import (
    ABSENT,
    Question,
    columns,
    digest_of,
    keep,
    kind_of,
    stamped,
)
from fii_cli.resources import CONTENT, PACKAGE
from fii_cli.rules.seen import Seen

_MOST_TOLD = 5_000_000
"""The characters of the longest answer that is kept."""
_AT_EACH_LEVEL = (FILE_NAME, ".gitignore", "HEAD")
"""What may be looked for in a folder and in those above it, up to the root of the repository."""
_NAMES = {name.casefold() for name in _AT_EACH_LEVEL}
_BARE = ("objects", "refs", "commondir")
"""What makes a folder with a file ``HEAD`` a repository to git."""
_OF_A_REPOSITORY = ("", "HEAD", *_BARE)
"""What makes ``.git`` a repository, to fii or to git."""
_ENDINGS = (".yaml", ".yml")
_MOST_STEPS = 1_000
"""How many folders and links lead to a file at most."""


class Doubt(Exception):
    """An answer that may not last."""


class Followed:
    """What a check tells, and what that follows from."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        self.told: list[tuple[bool, str]] = []
        self.quoted: list[str] = []
        self.evidence: list[tuple[str, tuple[tuple[str, bool], ...]]] = []
        self._room = _MOST_TOLD
        self._first = self._searched()
        self.lasting = self._first is not None

    def hear(self, text: str, beside: bool) -> None:
        """Note what is written to stdout or, ``beside`` it, to stderr."""
        self._room -= len(text)
        self.lasting = self.lasting and self._room >= 0
        if self.lasting:
            self.told.append((beside, text))
        else:
            self.told.clear()

    def each(self, judgements: Iterable[Seen]) -> Iterator[Seen]:
        """The same judgements, noted."""
        for seen in judgements:
            self.lasting = self.lasting and seen.lasting
            if self.lasting:
                if seen.diagnostics:
                    self.quoted.append(os.path.abspath(seen.path))
                if seen.evidence:
                    self.evidence.append((seen.path, seen.evidence))
            yield seen

    def _searched(self) -> _Watch | None:
        """What is searched; ``None`` if some of it is in doubt."""
        watch = _Watch(self.asked.began - stopwatch.SETTLED)
        try:
            watch.searched(self.asked.paths or ["."])
        except (Doubt, OSError, ValueError):
            return None
        return watch

    def keep(self, code: int, projects: Projects) -> None:
        """Keep the answer for the next time, unless there is any doubt."""
        asked = self.asked
        with suppress(Exception):  # the check was done: whatever is wrong here, the next one is only slower
            watch = self._searched() if self.lasting else None
            if watch is None or self._first is None or git.told():
                return
            if watch.all() != self._first.all():
                return
            if asked.day != projects.today.isoformat() or asked.columns != columns():
                return
            watch.evidence(self.evidence, projects)
            watch.judged_in(projects)
            watch.fii()
            keep(asked, code, self.told, self.quoted, watch.all())


class _Watch:
    """What was looked at, and what the file system says of it, unless that changed after a moment."""

    def __init__(self, before: int) -> None:
        self.before = before
        self.stamps: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.there: dict[str, bool] = {}
        self.levels: set[str] = set()
        self.asks_git = False

    def all(self) -> tuple[dict[str, list[str]], list[str], list[str], str]:
        by_folder: dict[str, list[str]] = {}
        for path in self.stamps:
            folder, name = os.path.split(path)
            by_folder.setdefault(folder.rstrip("/"), []).append(name)
        stamps = [self.stamps[f"{folder}/{name}"] for folder, names in by_folder.items() for name in names]
        facts = digest_of([*stamps, *self.kinds.values(), *map(str, self.there.values())])
        return by_folder, [*self.kinds], [*self.there], facts

    def stamp(self, path: str, *, links: bool = False) -> None:
        """Note a file or folder, or that there is none; with ``links``, also every link on the way to it."""
        if not os.path.isabs(path) or os.path.normpath(path) != path:
            raise Doubt(path)
        if links:
            for link in _links_to(path):
                self.stamps[link] = stamped(self._settled(link))
            path = os.path.realpath(path)
        if path in self.stamps:
            return
        try:
            found = self._settled(path)
        except (FileNotFoundError, NotADirectoryError):
            self.stamps[path] = ABSENT
            return
        self.stamps[path] = stamped(found)
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            raise Doubt(path)

    def _settled(self, path: str) -> os.stat_result:
        found = os.lstat(path)
        if max(found.st_mtime_ns, found.st_ctime_ns) > self.before:
            raise Doubt(path)
        return found

    def kind(self, path: str) -> None:
        self.kinds[path] = kind_of(path)

    def searched(self, paths: list[str]) -> None:
        """The files and folders that were named, and everything in those folders."""
        self.level(os.getcwd())
        for path in paths:
            full = os.path.abspath(path)
            if os.pardir in path.lstrip("./").split("/") or not os.path.lexists(path):
                raise Doubt(path)
            self.stamp(full)
            if os.path.isdir(full):
                self.asks_git = True
                self.level(full)
                self.below(full)
            else:
                self.level(os.path.dirname(full))

    def below(self, top: str) -> None:
        for parent, folders, names in os.walk(top, onerror=_doubt):
            if parent != top:
                self.stamp(parent)
                self.levels.add(parent)  # whatever comes or goes in it changes its stamp
                if any(name.casefold() == ".git" for name in (*folders, *names)):  # a repository of its own
                    raise Doubt(parent)
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                # Some file systems find a name in other capitals too.
                looked_for = name.casefold() in _NAMES
                if looked_for or (name.endswith(_ENDINGS) and not name.startswith(".")):
                    self.stamp(os.path.join(parent, name))

    def level(self, folder: str) -> None:
        """What may be looked for in a folder, and in those above it. Its path must have no link in it."""
        if folder in self.levels:
            return
        self.levels.add(folder)
        if os.path.realpath(folder) != folder:
            raise Doubt(folder)
        within = True
        while True:
            self.kind(folder)
            if within:
                own = os.path.join(folder, ".git")
                if os.path.islink(own):
                    raise Doubt(own)
                for name in _AT_EACH_LEVEL:
                    self.stamp(os.path.join(folder, name))
                for name in _BARE:
                    self.kind(os.path.join(folder, name))
                self.repository(own)
                within = not os.path.exists(own)
            above = os.path.dirname(folder)
            if above == folder:
                return
            folder = above

    def repository(self, own: str) -> None:
        for name in _OF_A_REPOSITORY:
            self.kind(os.path.join(own, name) if name else own)

    def judged_in(self, projects: Projects) -> None:
        """The settings, the own instruments, and what git goes by."""
        roots = set()
        for project in projects.opened():
            self.project(project)
            if project.in_git:
                roots.add(project.root)
        for root in roots if self.asks_git else ():
            places = places_of(root)
            for place in places:
                self.repository(place)
            for path in files_behind(root, places):
                self.stamp(path, links=True)

    def project(self, project: Project) -> None:
        if git.root_of(project.folder) != (project.root, project.in_git):
            raise Doubt(project.folder)
        self.level(project.folder)
        if project.settings_path and not os.path.isfile(project.settings_path):
            raise Doubt(project.settings_path)
        own = os.path.join(project.own_folder, "instruments")
        self.kind(project.own_folder)
        self.stamp(own)
        names = os.listdir(own) if os.path.isdir(own) else []
        if len(project.own_instruments) > len(names):
            raise Doubt(own)
        for name in names:
            self.stamp(os.path.join(own, name))

    def evidence(self, asked: Iterable[tuple[str, tuple[tuple[str, bool], ...]]], projects: Projects) -> None:
        """Whether evidence exists: in git, or on disk if there is no git."""
        on_disk: dict[str, bool] = {}
        for path, all_evidence in asked:
            project = projects.at(path)
            self.asks_git = self.asks_git or project.in_git
            folders = (project.folder, str(project.root))
            if project.folder not in on_disk:
                on_disk[project.folder] = git.has_beside(path, project.folder) is None
            for evidence, there in all_evidence:
                if on_disk[project.folder] and has_evidence(folders, path, evidence) != there:
                    raise Doubt(path)
                for base in folders if not os.path.isabs(evidence) else ():
                    full = os.path.normpath(os.path.join(base, evidence))
                    if on_disk[project.folder]:
                        self.there[full] = os.path.exists(full)
                    elif not full.startswith(f"{project.root}/"):
                        raise Doubt(full)
                    else:
                        self.level(os.path.dirname(full))

    def fii(self) -> None:
        """fii itself, and the packages that it reads with."""
        for path in made_of():
            self.stamp(os.path.abspath(path), links=True)


def made_of() -> Iterator[str]:
    """What finds the findings, with its folders: a new file would be found in them."""
    known: set[str] = set()
    tops = (str(PACKAGE), str(CONTENT))
    for path in makers():
        yield path
        folder = os.path.dirname(path)
        while folder.startswith(tops) and folder not in known:
            known.add(folder)
            yield folder
            folder = os.path.dirname(folder)
    yield from sys.path


def _links_to(path: str) -> Iterator[str]:
    """Every symbolic link on the way to a file or folder."""
    here, ahead = "/", path.split("/")
    for _ in range(_MOST_STEPS):
        if not ahead:
            return
        step = ahead.pop(0)
        full = os.path.normpath(os.path.join(here, step))
        if step == os.pardir or not os.path.islink(full):
            here = full
            continue
        yield full
        target = os.readlink(full)
        ahead[:0] = target.split("/")
        here = "/" if os.path.isabs(target) else here
    raise Doubt(path)


def _doubt(error: OSError) -> None:
    raise error
