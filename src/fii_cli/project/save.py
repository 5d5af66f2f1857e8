"""Writing the user's files: completely or not at all, one process at a time, and with undo."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, NamedTuple

from fii_cli.language import msg
from fii_cli.project.files import CannotOpen, TooLarge, bytes_of, trajectory_bytes, why_not
from fii_cli.project.links import leads_out
from fii_cli.project.unfinished import UNFINISHED, unfinished
from fii_cli.yaml.document import MAX_BYTES, Document
from fii_cli.yaml.read import read_bytes

_BOM = "\ufeff"
_OLD = 60
"""Seconds after which a temporary file is a leftover of a killed process."""
_KEPT = re.compile(r"[1-9][0-9]{0,8}\.json")
"""The name of a stored change that can be undone."""
_LOCK = ".fii-lock"
"""The name of the lock file, which exists only while fii writes."""
_PATIENCE = 10
"""Seconds to wait for another fii process."""
_UNDO = 20
"""The number of changes that can be undone."""


def exists(path: str) -> bool:
    """Whether a path exists, even as a broken symbolic link."""
    return os.path.lexists(path)


def write_new(path: str, text: str | bytes) -> None:
    """Write a new file, completely or not at all."""
    stay_inside(path)
    _write(path, text, over=False)


def write_over(path: str, text: str | bytes, *, mode: int | None = None) -> None:
    """Replace a file, completely or not at all. Links are followed; mode and owner are kept.

    With ``mode`` the file gets that mode instead.
    """
    stay_inside(path)
    _write(os.path.realpath(path), text, over=True, mode=mode)


@contextmanager
def in_parts(path: str, *, over: bool) -> Iterator[BinaryIO]:
    """A file to write in parts, new or with ``over`` in the place of another; completely or not at all."""
    stay_inside(path)
    with unfinished(os.path.realpath(path) if over else path, over=over) as file:
        yield file


def remove(path: str) -> None:
    """Remove a file that fii wrote."""
    stay_inside(path)
    try:
        os.unlink(path)
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None


def stay_inside(path: str) -> None:
    """Raise :class:`CannotOpen` if a link takes a file that fii writes outside its repository."""
    if leads_out(path):
        wrong = msg("a symbolic link takes this file outside its folder, so fii does not write it")
        raise CannotOpen(path, wrong, msg("remove the link, or choose another name"))


def other_names(path: str) -> int:
    """The number of other hard links of a file; they keep the old text when the file is replaced."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return 0
    return status.st_nlink - 1 if stat.S_ISREG(status.st_mode) else 0


def append_text(path: str, text: str) -> None:
    """Append text to a file that other programs write to as well, such as a job summary."""
    try:
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None


def rewrite(
    path: str,
    change: Callable[[Document], Document],
    command: str,
    own_folder: str,
    not_kept: Callable[[CannotOpen], None] = lambda _: None,
) -> Document:
    """Change the current text of a file, under a lock, and return the new document.

    What ``change`` raises leaves the file as it was. ``command`` is what ``fii undo`` will call it, and what
    was there before is kept in the ``own_folder``; ``not_kept`` is told why where that cannot be done.
    """
    target = os.path.realpath(path)
    undo = _undo_folder(path, own_folder)
    stay_inside(undo)
    with _alone_in(os.path.dirname(target), path):
        _clear_away(os.path.dirname(target), own_folder, os.path.dirname(undo), undo)
        raw = trajectory_bytes(path)
        before = read_bytes(raw)
        after = change(before)
        if after.text == before.text:
            return after
        text = (_BOM if raw.startswith(_BOM.encode()) else "") + after.text
        if not os.access(target, os.W_OK):
            raise CannotOpen(path, *why_not(PermissionError(), path))
        try:
            _remember(undo, raw.decode("utf-8"), text, command)
        except (
            CannotOpen
        ) as error:  # without undo the change is still worth writing: git keeps earlier versions
            not_kept(error)
        if bytes_of(path) != raw:
            raise CannotOpen(
                path,
                msg("another program changed this file at the same time"),
                msg("nothing was written; try again"),
            )
        _write(target, text, over=True)
    return after


def _clear_away(*folders: str) -> None:
    """Remove the temporary files of killed processes."""
    for folder in folders:
        with suppress(OSError):
            for entry in os.scandir(folder):
                ours = UNFINISHED.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
                if ours and entry.stat(follow_symlinks=False).st_mtime < time.time() - _OLD:
                    os.unlink(entry)


class TakenBack(NamedTuple):
    """An undone change: its command line, and the text before and after it."""

    command: str
    before: str
    after: str


def take_back(path: str, own_folder: str, *, dry_run: bool = False) -> TakenBack:
    """Undo the last change that fii made to a file, unless the file has changed since."""
    target = os.path.realpath(path)
    with _alone_in(os.path.dirname(target), path):
        now = trajectory_bytes(path).decode("utf-8", "surrogateescape")
        for kept in reversed(_kept(_undo_folder(path, own_folder))):
            command, before, after = _read_kept(kept)
            if after == _digest(now):
                if not dry_run:
                    _write(target, before, over=True)
                    os.unlink(kept)
                return TakenBack(command, before, now)
            if before == now:  # fii was killed before it wrote the file
                os.unlink(kept)
                continue
            raise CannotOpen(
                path,
                msg("this file has changed since fii last wrote it, so nothing was undone"),
                msg("git diff shows the changes, and git restore restores an older version"),
            )
    raise CannotOpen(path, msg("there is no change by fii to undo here"), msg("git keeps what was committed"))


def is_last_written(path: str, own_folder: str) -> bool:
    """Whether a file has the text that fii last wrote in it."""
    kept = _kept(_undo_folder(path, own_folder))
    now = trajectory_bytes(path).decode("utf-8", "surrogateescape")
    return bool(kept) and _read_kept(kept[-1])[2] == _digest(now)


def _read_kept(path: str) -> tuple[str, str, str]:
    """A stored change: its command, the text before it, and the digest of the text after it."""
    try:
        record = json.loads(bytes_of(path, _MOST_KEPT))
        command, before, after = record["command"], record["before"], record["after"]
    except (TooLarge, ValueError, KeyError, TypeError, RecursionError):
        command = before = after = None
    if isinstance(command, str) and isinstance(before, str) and isinstance(after, str):
        return command, before, after
    wrong = msg("this undo file is damaged, so nothing was undone")
    raise CannotOpen(path, wrong, msg("remove this file; git keeps what was committed"))


_MOST_KEPT = 8 * MAX_BYTES
"""The size limit of a stored change: JSON may escape a character as six."""


def _undo_folder(path: str, own_folder: str) -> str:
    """The folder with the earlier texts of a file."""
    name = os.path.relpath(os.path.realpath(path), os.path.dirname(own_folder))
    return os.path.join(own_folder, "undo", _digest(name.replace(os.sep, "/"))[:16])


def _kept(folder: str) -> list[str]:
    """The stored changes of a file, oldest first."""
    stay_inside(folder)
    names = [name for name in _names_in(folder) if _KEPT.fullmatch(name)]
    return [os.path.join(folder, name) for name in sorted(names, key=lambda name: int(name[:-5]))]


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder) if os.path.isdir(folder) else []
    except OSError as error:
        raise CannotOpen(folder, *why_not(error, folder)) from None


def _remember(folder: str, before: str, after: str, command: str) -> None:
    """Store the old text of a file for undo, outside git and readable by its user only."""
    kept = _kept(folder)
    number = int(os.path.basename(kept[-1])[:-5]) + 1 if kept else 1
    record = {"command": command, "before": before, "after": _digest(after)}
    store = os.path.dirname(folder)
    for private in (store, folder):
        _make_private(private)
    ignored = os.path.join(store, ".gitignore")
    if not os.path.exists(ignored):
        write_over(ignored, "*\n")
    text = json.dumps(record)  # in ASCII, because a file name in the command need not be UTF-8
    write_over(os.path.join(folder, f"{number}.json"), text, mode=0o600)
    for old in kept[: -(_UNDO - 1)]:
        with suppress(OSError):
            os.unlink(old)


def _make_private(folder: str) -> None:
    """Create a folder that only its user may read, because it contains earlier texts."""
    try:
        os.makedirs(folder, exist_ok=True)
        if stat.S_IMODE(os.stat(folder).st_mode) != 0o700:
            os.chmod(folder, 0o700)
    except OSError as error:
        raise CannotOpen(folder, *why_not(error, folder)) from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


@contextmanager
def _alone_in(folder: str, path: str) -> Iterator[None]:
    """Keep other fii processes from writing in a folder.

    The operating system locks a file in the folder, and unlocks it when the process ends or is killed.
    If the file cannot be created, or the file system has no locks, fii continues without one: a lock that is
    only a file would stay on a network drive after a process is killed, and block everyone.
    """
    from filelock import FileLock, Timeout

    name = os.path.join(folder, _LOCK)
    # The mode lets anyone who may write here wait for the lock.
    lock = FileLock(name, mode=0o666, poll_interval=0.01, fallback_to_soft=False)
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        raise CannotOpen(
            path, msg("another fii process is writing here"), msg("try again in a moment")
        ) from None
    except OSError:  # writing the file reports what is wrong with the folder
        pass
    try:
        yield
    finally:
        _remove_lock(name)
        lock.release()


def _remove_lock(name: str) -> None:
    """Remove the lock file while the lock is held; a waiting process notices and creates a new one.

    Windows cannot remove an open file: there it is removed when the lock is released.
    """
    with suppress(OSError):
        status = os.lstat(name)
        if stat.S_ISREG(status.st_mode) and status.st_size == 0:  # otherwise it is not a lock file of fii
            os.unlink(name)


def _write(path: str, text: str | bytes, *, over: bool, mode: int | None = None) -> None:
    with unfinished(path, over=over, mode=mode) as file:
        file.write(text.encode() if isinstance(text, str) else text)
