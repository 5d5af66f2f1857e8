"""Answers that are kept from one run to the next, in the cache folder of the user.

Everything here may fail, and then fii only takes longer: a folder that cannot be written, a full disk,
another fii that writes, a process that was killed halfway, a file that is damaged or was removed. A folder or
file with the same name that is not ours stays as it is.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import blake2b

_FOLDER, _OF_RUNS = "checks", "runs"
"""Below the cache folder of fii, what was found in files and what whole runs told: only for its user."""
_FILE = "answers.sqlite"
_FORMAT = 1
_MARK = 0x66696931
"""What SQLite calls the application id: the file is ours."""
_HEADER = b"SQLite format 3\0"
_MARK_AT = 68
_TABLE = "CREATE TABLE answers (number INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE, answer BLOB)"
_MOST = 100_000
"""How many answers are kept, two for each file; those that were not asked for the longest go."""
_LARGEST = 100_000
"""The bytes of the largest answer that is kept."""
_MOST_RUNS, _LARGEST_RUN = 100, 1_000_000
"""The same, for whole runs."""
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

    def __init__(self, folder: str, *, of_runs: bool = False) -> None:
        self._most, self._largest = (_MOST_RUNS, _LARGEST_RUN) if of_runs else (_MOST, _LARGEST)
        self._new: list[tuple[bytes, bytes]] = []
        self._used: list[tuple[bytes]] = []
        self._answers: sqlite3.Connection | None = None
        self._is_empty = True
        self._path = _path(folder, of_runs=of_runs)
        try:
            self._answers = _opened(self._path)
            self._is_empty = not self._answers.execute("SELECT 1 FROM answers LIMIT 1").fetchone()
        except sqlite3.DatabaseError as error:
            self._fail(error)
        except (OSError, ValueError):
            pass

    def get(self, key: bytes) -> bytes | None:
        """The answer with a key."""
        if self._answers is None or self._is_empty:  # a first run asks for every file in vain
            return None
        try:
            row = self._answers.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._fail(error)
            return None
        if row is None or not isinstance(row[0], bytes):
            return None
        check, answer = row[0][:_CHECK], row[0][_CHECK:]
        if check != _check(key, answer):
            return None
        self._used.append((key,))
        return answer

    def put(self, key: bytes, answer: bytes) -> None:
        """Keep an answer."""
        if self._answers is not None and len(answer) <= self._largest:
            self._new.append((key, _check(key, answer) + answer))
            if len(self._new) >= _TOGETHER:
                self._write()

    def close(self) -> None:
        """Write what is new, and remove the oldest if there are too many."""
        self._write()
        self._let_go()
        if self._answers is not None:
            with suppress(sqlite3.Error):
                self._answers.close()
        self._answers = None

    def _write(self) -> None:
        new, self._new = self._new, []
        if self._answers is None or not new:
            return
        self._is_empty = False
        try:
            with self._answers:
                self._answers.execute("BEGIN IMMEDIATE")
                self._answers.executemany("INSERT OR REPLACE INTO answers (key, answer) VALUES (?, ?)", new)
        except sqlite3.Error as error:
            self._fail(error)

    def _let_go(self) -> None:
        """Remove the oldest of too many. Those of this run that were known before become the newest.

        So a run over more files than fit finds most of them the next time.
        """
        if self._answers is None:
            return
        try:
            ends = "SELECT (SELECT max(number) FROM answers) - (SELECT min(number) FROM answers)"
            if (self._answers.execute(ends).fetchone()[0] or 0) < self._most // 2:
                return
            with self._answers:
                self._answers.execute("BEGIN IMMEDIATE")
                self._answers.executemany(
                    "UPDATE answers SET number = (SELECT max(number) + 1 FROM answers) WHERE key = ?",
                    self._used,
                )
                self._answers.execute(
                    "DELETE FROM answers WHERE number <="
                    " (SELECT number FROM answers ORDER BY number DESC LIMIT 1 OFFSET ?)",
                    (self._most,),
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


def has_runs(folder: str) -> bool:
    """Whether any run was kept in a folder."""
    return os.path.lexists(_path(folder, of_runs=True))


def _path(folder: str, *, of_runs: bool) -> str:
    return os.path.join(folder, _OF_RUNS if of_runs else _FOLDER, _FILE)


def _check(key: bytes, answer: bytes) -> bytes:
    """What a whole answer has before it: a damaged page of the file must not become another answer."""
    return blake2b(key + answer, digest_size=_CHECK).digest()


def _opened(path: str) -> sqlite3.Connection:
    """The answers in a file that only its user may read; the file and its folder are made if needed.

    Raises ``OSError`` for a file or folder that is not ours.
    """
    _make_place(path)
    answers = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        # Only the machine itself going down can damage the file like this, and every answer has a check.
        answers.execute("PRAGMA synchronous = OFF")
        answers.execute("PRAGMA trusted_schema = OFF")
        if not _is_whole(answers):
            answers.execute("BEGIN IMMEDIATE")
            if not _is_whole(answers):  # another fii may have been first
                if answers.execute("SELECT 1 FROM sqlite_master").fetchone():
                    raise sqlite3.DatabaseError  # of another fii: made anew
                answers.execute(_TABLE)
                answers.execute(f"PRAGMA application_id = {_MARK}")
                answers.execute(f"PRAGMA user_version = {_FORMAT}")
            answers.execute("COMMIT")
    except sqlite3.Error:
        answers.close()
        raise
    return answers


def _is_whole(answers: sqlite3.Connection) -> bool:
    """Whether the file has our table, and nothing besides."""
    made = "SELECT CAST(sql AS BLOB) FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'"
    version = answers.execute("PRAGMA user_version").fetchone()
    return bool(version == (_FORMAT,) and answers.execute(made).fetchall() == [(_TABLE.encode(),)])


def _make_place(path: str) -> None:
    """Make a file and its folder, or see that they are ours, and that nobody else may read them.

    Raises ``OSError`` otherwise. An empty one may be what a fii left that was killed.
    """
    folder = os.path.dirname(path)
    os.makedirs(os.path.dirname(folder), 0o700, exist_ok=True)
    with suppress(FileExistsError):
        os.mkdir(folder, 0o700)
    folders, files = os.lstat(folder), None
    _must_be(stat.S_ISDIR, folders)
    with suppress(FileNotFoundError):
        files = os.lstat(path)
    if files is None:
        if os.listdir(folder) or not _is_private(folders, 0o700):
            raise OSError
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        return
    _must_be(stat.S_ISREG, files)
    if files.st_size == 0:
        if not (_is_private(folders, 0o700) and _is_private(files, 0o600)):
            raise OSError
        return
    with open(path, "rb") as file:
        head = file.read(_MARK_AT + 4)
    if not head.startswith(_HEADER) or head[_MARK_AT:] != _MARK.to_bytes(4):
        raise OSError
    for place, status, mode in ((folder, folders, 0o700), (path, files, 0o600)):
        if not _is_private(status, mode):
            os.chmod(place, mode)


def _must_be(kind: Callable[[int], bool], status: os.stat_result) -> None:
    """Raise ``OSError`` for what is another's, or a link."""
    if not kind(status.st_mode) or (hasattr(os, "getuid") and status.st_uid != os.getuid()):
        raise OSError


def _is_private(status: os.stat_result, mode: int) -> bool:
    return os.name != "posix" or stat.S_IMODE(status.st_mode) == mode
