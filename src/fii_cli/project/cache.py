"""Answers that are kept from one run to the next, in the cache folder of the user.

Everything here may fail, and then fii only takes longer: a folder that cannot be written, a full disk,
another fii that writes, a process that was killed halfway, a file that is damaged or was removed.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b

_FOLDER = "checks"
"""Below the cache folder of fii: only its user may read it."""
_FILE = "answers.sqlite"
_FORMAT = 1
_MOST = 20_000
"""How many answers are kept; the oldest go."""
_LARGEST = 100_000
"""The bytes of the largest answer that is kept."""
_TOGETHER = 500
"""The number of answers that are written at a time, so that another fii need not wait."""
_PATIENCE = 0.25
"""Seconds to wait for another fii."""
_CHECK = 16


def cache_folder(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """The folder where fii keeps what it can find out again; ``None`` if the user wants none, or has none."""
    named = environ.get("FII_CACHE_DIR")
    if named is not None:
        return named if os.path.isabs(named) else None
    if platform == "win32":
        base = environ.get("LOCALAPPDATA", "")
    elif platform == "darwin":
        base = os.path.join(environ.get("HOME", ""), "Library", "Caches")
    else:
        base = environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):
            base = os.path.join(environ.get("HOME", ""), ".cache")
    return os.path.join(base, "fii") if os.path.isabs(base) else None


class Cache:
    """The answers in a folder, by key; an answer that is not there, or not whole, is ``None``."""

    def __init__(self, folder: str) -> None:
        self._new: list[tuple[bytes, bytes]] = []
        self._answers: sqlite3.Connection | None = None
        self._path = os.path.join(folder, _FOLDER, _FILE)
        try:
            self._answers = _opened(self._path)
        except sqlite3.DatabaseError as error:
            self._fail(error)
        except (OSError, ValueError):
            pass

    def get(self, key: bytes) -> bytes | None:
        """The answer with a key."""
        if self._answers is None:
            return None
        try:
            row = self._answers.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._fail(error)
            return None
        if row is None or not isinstance(row[0], bytes):
            return None
        check, answer = row[0][:_CHECK], row[0][_CHECK:]
        return answer if check == _check(key, answer) else None

    def put(self, key: bytes, answer: bytes) -> None:
        """Keep an answer."""
        if self._answers is not None and len(answer) <= _LARGEST:
            self._new.append((key, _check(key, answer) + answer))
            if len(self._new) >= _TOGETHER:
                self._write()

    def close(self) -> None:
        """Write what is new, and remove the oldest if there are too many."""
        self._write(last=True)
        if self._answers is not None:
            with suppress(sqlite3.Error):
                self._answers.close()
        self._answers = None

    def _write(self, *, last: bool = False) -> None:
        new, self._new = self._new, []
        if self._answers is None or not new:
            return
        try:
            with self._answers:
                self._answers.execute("BEGIN IMMEDIATE")
                self._answers.executemany("INSERT OR REPLACE INTO answers (key, answer) VALUES (?, ?)", new)
                if last:
                    self._answers.execute(
                        "DELETE FROM answers WHERE number <= (SELECT max(number) FROM answers) - ?", (_MOST,)
                    )
        except sqlite3.Error as error:
            self._fail(error)

    def _fail(self, error: sqlite3.Error) -> None:
        """Go on without; a file that is no database any more is removed, for the next run."""
        answers, self._answers, self._new = self._answers, None, []
        with suppress(sqlite3.Error):
            if answers is not None:
                answers.close()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            for path in (f"{self._path}-journal", self._path):
                with suppress(OSError):
                    os.unlink(path)


def _check(key: bytes, answer: bytes) -> bytes:
    """What a whole answer has before it: a damaged page of the file must not become another answer."""
    return blake2b(key + answer, digest_size=_CHECK).digest()


def _opened(path: str) -> sqlite3.Connection:
    """The answers in a file that only its user may read; the file and its folder are made if needed."""
    folder = os.path.dirname(path)
    os.makedirs(folder, 0o700, exist_ok=True)
    _make_ours(folder, os.lstat(folder), stat.S_ISDIR, 0o700)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    _make_ours(path, os.lstat(path), stat.S_ISREG, 0o600)
    answers = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        # Only the machine itself going down can damage the file like this, and every answer has a check.
        answers.execute("PRAGMA synchronous = OFF")
        answers.execute("PRAGMA trusted_schema = OFF")
        if answers.execute("PRAGMA user_version").fetchone() != (_FORMAT,):
            answers.executescript(
                "BEGIN IMMEDIATE; DROP TABLE IF EXISTS answers;"
                "CREATE TABLE answers"
                " (number INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE, answer BLOB);"
                f"PRAGMA user_version = {_FORMAT}; COMMIT;"
            )
    except sqlite3.Error:
        answers.close()
        raise
    return answers


def _make_ours(path: str, status: os.stat_result, is_kind: object, mode: int) -> None:
    """Raise ``OSError`` for what is another's, or a link; otherwise nobody else may read it."""
    assert callable(is_kind)
    if not is_kind(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        raise OSError
    if os.name == "posix" and stat.S_IMODE(status.st_mode) != mode:
        os.chmod(path, mode)
