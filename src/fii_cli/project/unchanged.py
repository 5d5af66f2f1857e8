"""The answer of a whole ``fii check``, for as long as everything that it follows from is the same.

This runs before anything else of fii is loaded, so it imports little. What an answer follows from is in
``followed.py``, which keeps it. What was told quotes the files, so it is kept in a form that only the files
themselves make readable.
"""

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import blake2b, shake_256

from fii_cli import __version__
from fii_cli.project.brought_along import is_brought_along
from fii_cli.project.cache import Cache, cache_folder, has_runs
from fii_cli.project.plain_check import is_plain_check

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing takes a moment to load
    from typing import Any

    Told = list[tuple[bool, str]]
    """What was told, in pieces: whether it was beside the answer, and its text."""
    Watched = tuple[dict[str, list[str]], list[str], list[str], str]
    """Files and folders by their folder, what else there is, evidence outside git, and the facts about it."""

ABSENT = "-"
_FORMAT = "unchanged 1"
_ANOTHER_WAY = ("FII_DEBUG", "PYTHONIOENCODING", "GITHUB_ACTIONS")
"""With one of these variables, nothing is recalled or kept."""
_OF_A_SESSION = {
    *("_", "OLDPWD", "SHLVL", "WINDOWID", "TMUX", "TMUX_PANE", "STY", "TERM_SESSION_ID", "ITERM_SESSION_ID"),
    *("SSH_AUTH_SOCK", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "XDG_SESSION_ID", "INVOCATION_ID"),
}
"""The variables that no answer follows from. Any other may matter, to fii, Python, git or a library."""
_CHECK = 16
_SALT, _START = 16, 20


class Question:
    """A check without options: its paths, when it began, and a key of what is known before a file is read."""

    def __init__(self, paths: list[str], folder: str) -> None:
        self.paths, self.folder = paths, folder
        self.began = time.time_ns()
        self.day = time.strftime("%Y-%m-%d")
        self.columns = columns()
        self.key = blake2b(repr(self._known()).encode(errors="surrogatepass"), digest_size=32).digest()
        self.place = blake2b(self.key, digest_size=32).digest()
        """What an answer is kept under: the key itself is in no file."""

    def _known(self) -> list[object]:
        streams = [stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)]
        environ = sorted(each for each in os.environ.items() if each[0] not in _OF_A_SESSION)
        python = [sys.version, sys.executable, sys.flags, sys.path, __file__]
        user = [os.getcwd(), os.geteuid(), os.getegid(), os.getgroups()]
        shown = [self.day, self.columns, *streams, sys.stdout is None, sys.stderr is None]
        return [_FORMAT, __version__, *python, *user, *shown, self.paths, environ]


@cache
def question() -> Question | None:
    """What the command line asks, if it is a check of files and folders without any option."""
    words = sys.argv[1:]
    if os.name != "posix" or not is_plain_check(words):
        return None
    folder = cache_folder(os.environ)
    if folder is None or any(map(os.environ.get, _ANOTHER_WAY)):
        return None
    try:
        if is_brought_along(folder, [".", *words[1:]]):
            return None
        return Question(words[1:], folder)
    except (OSError, ValueError):
        return None


def told_again() -> int | None:
    """Tell what this check told before, and return its exit code; ``None`` if that may be another answer.

    Raises ``OSError`` if it cannot be written.
    """
    question.cache_clear()
    asked = question()
    try:
        known = _recalled(asked) if asked else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error):
        return None
    if known is None:
        return None
    code, told = known
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    for beside, text in told:
        stream = sys.stderr if beside else sys.stdout
        if stream is not None:
            stream.write(text)
    if sys.stdout is not None:
        sys.stdout.flush()
    return code


def _recalled(asked: Question) -> tuple[int, Told] | None:
    """The exit code, and what was told."""
    if not has_runs(asked.folder):
        return None
    cache = Cache(asked.folder, of_runs=True)
    answer = cache.get(asked.place)
    cache.close()
    if answer is None:
        return None
    salt, length, rest = answer[:_SALT], int.from_bytes(answer[_SALT:_START], "big"), answer[_START:]
    head = _read(rest[:length], _secret(salt, asked.key, ()))
    if digest_of(facts_of(head["stamps"], head["kinds"], head["there"])) != head["facts"]:
        return None
    told = _read(rest[length:], _secret(salt, asked.key, head["quoted"]))
    return int(head["code"]), [(bool(beside), str(text)) for beside, text in told]


def keep(asked: Question, code: int, told: Told, quoted: list[str], watched: Watched) -> None:
    """Keep what a check told, with everything that it follows from: ``quoted`` are files in it."""
    stamps, kinds, there, facts = watched
    head = {"code": code, "stamps": stamps, "kinds": kinds, "there": there, "facts": facts, "quoted": quoted}
    salt = os.urandom(_SALT)
    first = _written(head, _secret(salt, asked.key, ()))
    rest = _written(told, _secret(salt, asked.key, quoted))
    cache = Cache(asked.folder, of_runs=True)
    cache.put(asked.place, salt + len(first).to_bytes(_START - _SALT, "big") + first + rest)
    cache.close()


def facts_of(stamps: dict[str, list[str]], kinds: list[str], there: list[str]) -> Iterator[str]:
    """What the file system says now: stamps by folder, what else there is, and whether evidence exists."""
    for folder, names in stamps.items():
        for name in names:
            yield stamp_of(f"{folder}/{name}")
    yield from map(kind_of, kinds)
    for path in there:
        yield str(os.path.exists(path))


def digest_of(facts: Iterable[str]) -> str:
    return blake2b("\n".join(facts).encode(), digest_size=32).hexdigest()


def stamp_of(path: str) -> str:
    """What tells a file or folder from itself after any change."""
    try:
        return stamped(os.lstat(path))
    except (OSError, ValueError):
        return ABSENT


def stamped(found: os.stat_result) -> str:
    return (
        f"{found.st_dev} {found.st_ino} {found.st_mode} {found.st_uid} {found.st_size}"
        f" {found.st_mtime_ns} {found.st_ctime_ns}"
    )


def kind_of(path: str) -> str:
    """What tells a folder from another one, or from a link, and who may use it: what is in it may change."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return ABSENT
    return f"{found.st_dev} {found.st_ino} {found.st_mode} {found.st_uid}"


def columns() -> int:
    """The width of the terminal; a variable with it is known otherwise."""
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 0
    except (OSError, ValueError, AttributeError):
        return 0


def _secret(salt: bytes, key: bytes, quoted: Sequence[str]) -> bytes:
    """What only those have who ask the same, and have the files that an answer quotes."""
    made = blake2b(salt + key + bytes([bool(quoted)]))
    for path in quoted:
        with open(path, "rb") as file:
            made.update(blake2b(file.read()).digest())
    return made.digest()


def _written(data: object, secret: bytes) -> bytes:
    """Data in a form that is unreadable without the secret."""
    text = zlib.compress(json.dumps(data, separators=(",", ":")).encode(), 1)
    return _masked(_check(text) + text, secret)


def _read(text: bytes, secret: bytes) -> Any:
    """The data in a text. Raises ``ValueError`` with another secret."""
    plain = _masked(text, secret)
    if plain[:_CHECK] != _check(plain[_CHECK:]):
        raise ValueError
    return json.loads(zlib.decompress(plain[_CHECK:]))


def _masked(text: bytes, secret: bytes) -> bytes:
    mask = shake_256(secret).digest(len(text))
    return (int.from_bytes(text, "big") ^ int.from_bytes(mask, "big")).to_bytes(len(text), "big")


def _check(text: bytes) -> bytes:
    return blake2b(text, digest_size=_CHECK).digest()
