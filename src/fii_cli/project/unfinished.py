"""A file that gets its name once it is complete: readers see the old one or the new one, never half."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from fii_cli.language import msg
from fii_cli.project.files import CannotOpen, why_not

UNFINISHED = re.compile(r"\.fii-unfinished-[0-9a-f]{16}")
"""The name of a temporary file; nobody else would choose it."""


@contextmanager
def unfinished(path: str, *, over: bool, mode: int | None = None) -> Iterator[BinaryIO]:
    """A file to write, which becomes ``path`` at the end of the block and disappears if that fails.

    With ``over`` it replaces what is there, and keeps its mode and owner unless there is a ``mode``. Raises
    :class:`CannotOpen` if it cannot be written.
    """
    temporary = None
    try:
        descriptor, temporary = _opened(path, over=over)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        _dress(temporary, path, mode)
        if over:
            os.replace(temporary, path)
        else:
            _link(temporary, path)
        temporary = None
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None
    finally:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)


def _opened(path: str, *, over: bool) -> tuple[int, str]:
    """A new temporary file beside a path that may be written, and its name."""
    try:
        folder = os.path.dirname(os.path.abspath(path))
        if over and os.path.exists(path) and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if not over and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        os.makedirs(folder, exist_ok=True)
        name = os.path.join(folder, f".fii-unfinished-{secrets.token_hex(8)}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        return os.open(name, flags, 0o600), name
    except ValueError:
        raise CannotOpen(path, msg("this is not a valid file name")) from None


def _dress(temporary: str, path: str, mode: int | None) -> None:
    """Give a finished file the mode and, if allowed, the owner of the file that it replaces."""
    status = os.stat(path) if os.path.exists(path) else None
    if status and hasattr(os, "chown"):
        for owner in (status.st_uid, -1):  # only the group, if the owner cannot be set
            with suppress(OSError):
                os.chown(temporary, owner, status.st_gid)
                break
    kept = stat.S_IMODE(status.st_mode) if status else 0o666 & ~_umask()
    os.chmod(temporary, kept if mode is None else mode)


def _link(temporary: str, path: str) -> None:
    """Give a finished file its name, unless that name was taken in the meantime."""
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
