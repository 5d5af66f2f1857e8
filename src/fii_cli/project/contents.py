"""What a file contained when it was read before, without reading it again if nothing says that it changed.

A file that was changed in the last minute is read again: a clock may be too coarse to tell two changes apart.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from fii_cli.project.links import leads_out_of_repository
from fii_cli.project.stopwatch import SETTLED
from fii_cli.yaml.read import UTF_16

if TYPE_CHECKING:
    from fii_cli.project.cache import Cache

OUTCOME = (b"strategy", b"helped")
"""The keys of a trajectory that saw whether a strategy helped."""
_FORMAT = b"contents 2\0"
_SETTLED = SETTLED


@dataclass(frozen=True, slots=True)
class Content:
    """What a file contains: the digest of its bytes, and what a search asks about it.

    ``plain`` is whether it is text in UTF-8, and ``outcome`` whether it may have an outcome of a strategy.
    """

    digest: bytes
    trajectory: bool
    plain: bool
    outcome: bool


class Stamp(NamedTuple):
    """What the file system says of a file; any change of the file changes one of these."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


def content_of(raw: bytes, *, trajectory: bool, kept: bool = True) -> Content:
    """What these bytes contain. What is not kept needs no digest, which takes longer than the rest."""
    digest = digest_of(raw) if kept else b""
    return Content(digest, trajectory, _is_plain(raw), may_have(raw, *OUTCOME))


def digest_of(raw: bytes) -> bytes:
    """What tells these bytes from any others."""
    return hashlib.blake2b(raw, digest_size=32).digest()


def may_have(raw: bytes, *keys: bytes) -> bool:
    """Whether a file may have these keys: an escape such as ``"\\u0061"`` or another encoding hides one."""
    return b"\\" in raw or raw[:2] in UTF_16 or all(each in raw for each in keys)


def _is_plain(raw: bytes) -> bool:
    if raw[:2] in UTF_16:
        return False
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


class Contents:
    """What files contained before."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._folders: dict[str, tuple[str, bool]] = {}

    def known(self, path: str) -> Content | None:
        """What a file contains, if it did not change since that was noted.

        Not of one that a link takes out of its repository, since it may not be read.
        """
        stamp = None if self._leads_out(path) else self.stamp(path)
        answer = self._cache.get(self._key(path)) if stamp else None
        if answer is None:
            return None
        try:
            then, digest, *flags = json.loads(answer)
            if Stamp(*then) != stamp:
                return None
            return Content(bytes.fromhex(digest), *map(bool, flags))
        except (ValueError, TypeError, RecursionError):
            return None

    def stamp(self, path: str) -> Stamp | None:
        """What the file system says of a plain file; ``None`` for any other, and where it says too little."""
        if os.name != "posix":
            return None
        try:
            status = os.lstat(path)
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(status.st_mode) or not os.access(path, os.R_OK):
            return None
        return Stamp(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    def note(self, path: str, before: Stamp | None, content: Content) -> None:
        """Note what a file contains by its stamp ``before`` it was read; one that changed has another."""
        if before is None or time.time_ns() - max(before.modified, before.changed) < _SETTLED:
            return
        told = [before, content.digest.hex(), content.trajectory, content.plain, content.outcome]
        self._cache.put(self._key(path), json.dumps(told).encode())

    def _leads_out(self, path: str) -> bool:
        _, linked = self._folder(os.path.dirname(path))
        return linked and leads_out_of_repository(path)

    def _folder(self, folder: str) -> tuple[str, bool]:
        """The real path of a folder, and whether a link leads to it."""
        if folder not in self._folders:
            real = os.path.realpath(folder or os.curdir)
            self._folders[folder] = real, real != os.path.abspath(folder or os.curdir)
        return self._folders[folder]

    def _key(self, path: str) -> bytes:
        folder, name = os.path.split(path)
        place = os.path.join(self._folder(folder)[0], name)
        return hashlib.blake2b(_FORMAT + os.fsencode(place), digest_size=32).digest()
