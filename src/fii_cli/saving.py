"""Writing files of users: whole or not at all, one at a time, and so that it can be taken back."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from fii_cli.document import Document, read_bytes
from fii_cli.language import msg
from fii_cli.workspace import CannotOpen, bytes_of, own_folder, why_not

_BOM = "\ufeff"
_HALF = ".fii-"
"""How the name of a file begins that is not finished yet."""
_PATIENCE = 10
"""Seconds to wait for another fii."""
_UNDO = 20
"""How many writing commands can be taken back."""


def exists(path: str) -> bool:
    """Whether something is there already, be it a link that leads nowhere."""
    return os.path.lexists(path)


def write_new(path: str, text: str | bytes) -> None:
    """Write a file that must not exist yet; half a file is never left behind."""
    _write(path, text, over=False)


def write_over(path: str, text: str | bytes) -> None:
    """Replace a file, whole or not at all; a link is followed, and the mode is kept."""
    _write(os.path.realpath(path), text, over=True)


def remove(path: str) -> None:
    """Remove a file that fii made."""
    try:
        os.unlink(path)
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None


def append_text(path: str, text: str) -> None:
    """Add text at the end of a file that others write to as well, such as the summary of a job."""
    try:
        with open(path, "a", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None


def rewrite(path: str, change: Callable[[Document], Document], command: str) -> Document:
    """Change a file as it is at this moment, while no other fii writes here; the new document.

    What ``change`` raises leaves the file as it was. ``command`` is what ``fii undo`` will call it.
    """
    target = os.path.realpath(path)
    with _alone_in(os.path.dirname(target), path):
        _clear_away(os.path.dirname(target))
        raw = bytes_of(path)
        before = read_bytes(raw)
        after = change(before)
        if after.text == before.text:
            return after
        text = (_BOM if raw.startswith(_BOM.encode()) else "") + after.text
        if not os.access(target, os.W_OK):
            raise CannotOpen(path, *why_not(PermissionError(), path))
        with suppress(CannotOpen):  # what cannot be taken back can still be written; git keeps the rest
            _remember(path, raw.decode("utf-8"), text, command)
        if bytes_of(path) != raw:
            raise CannotOpen(
                path,
                msg("somebody else changed this file at the same moment"),
                msg("nothing was written; do it once more"),
            )
        _write(target, text, over=True)
    return after


def _clear_away(folder: str) -> None:
    """Remove what a fii that was killed left half written."""
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(_HALF) and entry.is_file() and entry.stat().st_mtime < time.time() - 60:
                os.unlink(entry)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A writing command that was taken back: its words, and the text before and after it."""

    command: str
    before: str
    after: str


def take_back(path: str, *, dry_run: bool = False) -> TakenBack:
    """Undo what fii last wrote to a file, unless the file has changed since."""
    target = os.path.realpath(path)
    with _alone_in(os.path.dirname(target), path):
        now = bytes_of(path).decode("utf-8", "surrogateescape")
        for kept in reversed(_kept(path)):
            with open(kept, "rb") as file:
                record = json.load(file)
            if record["after"] == _digest(now):
                if not dry_run:
                    _write(target, record["before"], over=True)
                    os.unlink(kept)
                return TakenBack(record["command"], record["before"], now)
            if record["before"] == now:  # fii was stopped before it wrote
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


def _undo_folder(path: str) -> str:
    name = os.path.relpath(os.path.realpath(path), os.path.dirname(own_folder(path)))
    return os.path.join(own_folder(path), "undo", _digest(name.replace(os.sep, "/"))[:16])


def _kept(path: str) -> list[str]:
    """What can be taken back, oldest first."""
    folder = _undo_folder(path)
    names = os.listdir(folder) if os.path.isdir(folder) else []
    numbers = sorted(int(name.removesuffix(".json")) for name in names if name[:-5].isdigit())
    return [os.path.join(folder, f"{number}.json") for number in numbers]


def _remember(path: str, before: str, after: str, command: str) -> None:
    """Keep what a file held, outside git, so that it can come back."""
    folder, kept = _undo_folder(path), _kept(path)
    number = int(os.path.basename(kept[-1])[:-5]) + 1 if kept else 1
    record = {"command": command, "before": before, "after": _digest(after)}
    ignored = os.path.join(os.path.dirname(folder), ".gitignore")
    if not os.path.exists(ignored):
        write_over(ignored, "*\n")
    write_over(os.path.join(folder, f"{number}.json"), json.dumps(record, ensure_ascii=False))
    for old in kept[: -(_UNDO - 1)]:
        os.unlink(old)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


@contextmanager
def _alone_in(folder: str, path: str) -> Iterator[None]:
    """Let no other fii write in a folder meanwhile, where the system has locks."""
    try:
        import fcntl

        descriptor = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):  # what is wrong with the folder shows when the file is opened
        yield
        return
    try:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise CannotOpen(
                        path, msg("another fii is writing here"), msg("try again in a moment")
                    ) from None
                time.sleep(0.01)
            except OSError:  # a file system without locks
                break
        yield
    finally:
        os.close(descriptor)


def _write(path: str, text: str | bytes, *, over: bool) -> None:
    folder = os.path.dirname(os.path.abspath(path))
    temporary = None
    try:
        if over and os.path.exists(path) and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if not over and exists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        os.makedirs(folder, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=_HALF)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode() if isinstance(text, str) else text)
            file.flush()
            os.fsync(descriptor)
        os.chmod(
            temporary, stat.S_IMODE(os.stat(path).st_mode) if os.path.exists(path) else 0o666 & ~_umask()
        )
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
