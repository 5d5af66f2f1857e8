"""Writing files of users: whole or not at all, one at a time, and so that it can be taken back."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from fii_cli.language import msg
from fii_cli.project.files import CannotOpen, TooLarge, bytes_of, trajectory_bytes, why_not
from fii_cli.project.links import leads_out
from fii_cli.yaml.document import MAX_BYTES, Document
from fii_cli.yaml.read import read_bytes

_BOM = "\ufeff"
_UNFINISHED = re.compile(r"\.fii-unfinished-[0-9a-f]{16}")
"""The name of a file that is not finished yet; nobody else would choose it."""
_OLD = 60
"""Seconds after which an unfinished file belongs to nobody any more."""
_KEPT = re.compile(r"[1-9][0-9]{0,8}\.json")
"""The name of a change that can be taken back."""
_LOCK = ".fii-lock"
"""The name of the file that is locked while fii writes; it is there no longer than that."""
_PATIENCE = 10
"""Seconds to wait for another fii."""
_UNDO = 20
"""How many writing commands can be taken back."""


def exists(path: str) -> bool:
    """Whether something is there already, be it a link that leads nowhere."""
    return os.path.lexists(path)


def write_new(path: str, text: str | bytes) -> None:
    """Write a file that must not exist yet; half a file is never left behind."""
    stay_inside(path)
    _write(path, text, over=False)


def write_over(path: str, text: str | bytes, *, mode: int | None = None) -> None:
    """Replace a file, whole or not at all; a link is followed, and mode and owner are kept.

    With ``mode`` the file gets that mode instead.
    """
    stay_inside(path)
    _write(os.path.realpath(path), text, over=True, mode=mode)


def remove(path: str) -> None:
    """Remove a file that fii made."""
    stay_inside(path)
    try:
        os.unlink(path)
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None


def stay_inside(path: str) -> None:
    """Raise :class:`CannotOpen` where a link leads a file that fii makes out of its repository."""
    if leads_out(path):
        wrong = msg("a link leads this file out of its folder, so fii does not write it")
        raise CannotOpen(path, wrong, msg("remove the link, or choose another name"))


def other_names(path: str) -> int:
    """How many other names (hard links) a file has; they keep the text that it had when it is replaced."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return 0
    return status.st_nlink - 1 if stat.S_ISREG(status.st_mode) else 0


def append_text(path: str, text: str) -> None:
    """Add text at the end of a file that others write to as well, such as the summary of a job."""
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
    """Change a file as it is at this moment, while no other fii writes here; the new document.

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
        except CannotOpen as error:  # what cannot be taken back can still be written; git keeps the rest
            not_kept(error)
        if bytes_of(path) != raw:
            raise CannotOpen(
                path,
                msg("somebody else changed this file at the same moment"),
                msg("nothing was written; do it once more"),
            )
        _write(target, text, over=True)
    return after


def _clear_away(*folders: str) -> None:
    """Remove what a fii that was killed left half written."""
    for folder in folders:
        with suppress(OSError):
            for entry in os.scandir(folder):
                ours = _UNFINISHED.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
                if ours and entry.stat(follow_symlinks=False).st_mtime < time.time() - _OLD:
                    os.unlink(entry)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A writing command that was taken back: its words, and the text before and after it."""

    command: str
    before: str
    after: str


def take_back(path: str, own_folder: str, *, dry_run: bool = False) -> TakenBack:
    """Undo what fii last wrote to a file, unless the file has changed since."""
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
            if before == now:  # fii was stopped before it wrote
                os.unlink(kept)
                continue
            raise CannotOpen(
                path,
                msg("this file was changed after fii last wrote it, so nothing was taken back"),
                msg("git diff shows what changed, and git restore brings an older version back"),
            )
    raise CannotOpen(
        path, msg("fii wrote nothing here that can be taken back"), msg("git keeps what was committed")
    )


def _read_kept(path: str) -> tuple[str, str, str]:
    """A change that can be taken back: its command, the text before it, and the digest of what came after."""
    try:
        record = json.loads(bytes_of(path, _MOST_KEPT))
        command, before, after = record["command"], record["before"], record["after"]
    except (TooLarge, ValueError, KeyError, TypeError, RecursionError):
        command = before = after = None
    if isinstance(command, str) and isinstance(before, str) and isinstance(after, str):
        return command, before, after
    wrong = msg("what fii kept here is damaged, so nothing was taken back")
    raise CannotOpen(path, wrong, msg("remove this file; git keeps what was committed"))


_MOST_KEPT = 8 * MAX_BYTES
"""The most that a kept change takes: JSON may write a character as six."""


def _undo_folder(path: str, own_folder: str) -> str:
    """Where the earlier texts of a file are kept."""
    name = os.path.relpath(os.path.realpath(path), os.path.dirname(own_folder))
    return os.path.join(own_folder, "undo", _digest(name.replace(os.sep, "/"))[:16])


def _kept(folder: str) -> list[str]:
    """What can be taken back, oldest first."""
    stay_inside(folder)
    names = [name for name in _names_in(folder) if _KEPT.fullmatch(name)]
    return [os.path.join(folder, name) for name in sorted(names, key=lambda name: int(name[:-5]))]


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder) if os.path.isdir(folder) else []
    except OSError as error:
        raise CannotOpen(folder, *why_not(error, folder)) from None


def _remember(folder: str, before: str, after: str, command: str) -> None:
    """Keep what a file held, outside git and for its user alone, so that it can come back."""
    kept = _kept(folder)
    number = int(os.path.basename(kept[-1])[:-5]) + 1 if kept else 1
    record = {"command": command, "before": before, "after": _digest(after)}
    store = os.path.dirname(folder)
    for private in (store, folder):
        _make_private(private)
    ignored = os.path.join(store, ".gitignore")
    if not os.path.exists(ignored):
        write_over(ignored, "*\n")
    text = json.dumps(record)  # in ASCII: the name of a file in the command need not be UTF-8
    write_over(os.path.join(folder, f"{number}.json"), text, mode=0o600)
    for old in kept[: -(_UNDO - 1)]:
        with suppress(OSError):
            os.unlink(old)


def _make_private(folder: str) -> None:
    """Make a folder that only its user may read; earlier texts lie in it."""
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
    """Let no other fii write in a folder meanwhile.

    The lock is one of the system, on a file in the folder: it ends with the process, however that ends. Where
    no such file can be made, or the file system knows no locks, fii goes on without: a lock that is only a
    file would stay behind on a network drive when a fii there is killed, and hold up everybody.
    """
    from filelock import FileLock, Timeout

    name = os.path.join(folder, _LOCK)
    lock = FileLock(name, mode=0o666, poll_interval=0.01, fallback_to_soft=False)  # all who write may wait
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        raise CannotOpen(path, msg("another fii is writing here"), msg("try again in a moment")) from None
    except OSError:  # what is wrong with the folder shows when the file is written
        pass
    try:
        yield
    finally:
        _remove_lock(name)
        lock.release()


def _remove_lock(name: str) -> None:
    """Remove the file of a lock while it is held; who waits for it notices, and makes a new one.

    Windows removes no file that is open, so there it goes when the lock is released.
    """
    with suppress(OSError):
        status = os.lstat(name)
        if stat.S_ISREG(status.st_mode) and status.st_size == 0:  # else it is somebody's own file
            os.unlink(name)


def _write(path: str, text: str | bytes, *, over: bool, mode: int | None = None) -> None:
    folder = os.path.dirname(os.path.abspath(path))
    temporary = None
    try:
        if over and os.path.exists(path) and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if not over and exists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        os.makedirs(folder, exist_ok=True)
        name = os.path.join(folder, f".fii-unfinished-{secrets.token_hex(8)}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(name, flags, 0o600)
        temporary = name
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
            file.flush()
            os.fsync(descriptor)
        _dress(temporary, path, mode)
        if over:
            os.replace(temporary, path)
        else:
            _link(temporary, path)
        temporary = None
    except ValueError:
        raise CannotOpen(path, msg("this is not the name of a file")) from None
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None
    finally:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


def _dress(temporary: str, path: str, mode: int | None) -> None:
    """Give a finished file the mode and, where that is allowed, the owner of the one it replaces."""
    status = os.stat(path) if os.path.exists(path) else None
    if status and hasattr(os, "chown"):
        for owner in (status.st_uid, -1):  # the group alone, where only that may be given
            with suppress(OSError):
                os.chown(temporary, owner, status.st_gid)
                break
    kept = stat.S_IMODE(status.st_mode) if status else 0o666 & ~_umask()
    os.chmod(temporary, kept if mode is None else mode)


def _link(temporary: str, path: str) -> None:
    """Give a finished file its name, but only if nobody took that name in the meantime."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        os.rename(temporary, path)
    else:
        os.unlink(temporary)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
