"""Pages kept aside until all of them are known: packed, in memory while they are few, else on disk.

On disk they are in a file that only its user can read, and that is gone when fii ends.
"""

from __future__ import annotations

import gc
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

from fii_cli.project.files import CannotOpen, why_not

_IN_MEMORY = 10_000_000
_FASTEST = 1


class Kept(NamedTuple):
    """Where a page is in a spool."""

    start: int
    size: int


class Spool:
    """Pages kept aside."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._end = file, 0

    def add(self, packed: bytes) -> Kept:
        """Keep a packed page. Raises :class:`CannotOpen` if there is no room for it."""
        try:
            self._file.seek(self._end)
            self._file.write(packed)
        except OSError as error:
            folder = tempfile.gettempdir()
            raise CannotOpen(folder, *why_not(error, folder)) from None
        kept = Kept(self._end, len(packed))
        self._end += kept.size
        return kept

    def page(self, kept: Kept) -> str:
        """A page as it was."""
        self._file.seek(kept.start)
        return zlib.decompress(self._file.read(kept.size)).decode("utf-8", "surrogatepass")


@contextmanager
def spool() -> Iterator[Spool]:
    """A place for pages, for as long as they are needed."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        yield Spool(file)


def packed(page: str) -> bytes:
    """A page, made small enough to keep aside or to send to another process.

    Making it left circles of values, which only a collector lets go of; it comes by itself every few hundred
    pages.
    """
    gc.collect(0)
    return zlib.compress(page.encode("utf-8", "surrogatepass"), _FASTEST)
