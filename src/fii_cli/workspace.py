"""The disk and git: what is read from it, and what lies there."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from fii_cli.diagnostics import Refused
from fii_cli.document import MAX_BYTES, Document, read_bytes
from fii_cli.language import Message, msg

OWN = ".fii"
SCHEMA = f"{OWN}/trajectory.schema.json"
_SUFFIXES = (".yaml", ".yml")


class CannotOpen(Refused):
    """A file that cannot be read or written."""

    def __init__(self, path: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(message, hint)
        self.path = path


MAX_TABLE_BYTES = 20_000_000


class TooLarge(CannotOpen):
    """A file that is larger than a trajectory, or a table of answers, can be, with how it begins."""

    def __init__(self, path: str, size: int, head: str = "", most: int = MAX_BYTES) -> None:
        mb, limit = max(1, round(size / 1e6)), round(most / 1e6)
        message = msg("this file is {mb} MB; a trajectory is at most {max} MB", mb=mb, max=limit)
        hint = msg("keep reports and evidence in files of their own, and refer to them")
        if most > MAX_BYTES:
            message = msg("this file is {mb} MB; a table is at most {max} MB", mb=mb, max=limit)
            hint = msg("keep only the questions and the answers")
        super().__init__(path, message, hint)
        self.head = head


# --- reading ------------------------------------------------------------------------------------------------


def read_file(path: str) -> Document:
    """Read one file. Never waits on a pipe, and never reads more than a trajectory can be."""
    return read_bytes(bytes_of(path))


def text_at(path: str) -> str | None:
    """The text of a file of fii's own, or ``None`` where there is none."""
    if not os.path.lexists(path):
        return None
    return bytes_of(path).decode("utf-8", "replace").replace("\r\n", "\n")


def read_stdin() -> Document:
    """Read what is piped in."""
    if sys.stdin is None:
        raise CannotOpen("-", msg("nothing is piped in"))
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TooLarge("-", len(raw))
    return read_bytes(raw)


def bytes_of(path: str, most: int = MAX_BYTES) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError:
        raise CannotOpen(path, msg("this is not the name of a file")) from None
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise CannotOpen(path, msg("this is a folder, not a file"))
        if not stat.S_ISREG(status.st_mode):
            raise CannotOpen(path, msg("this is not an ordinary file"))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            if status.st_size > most:
                raise TooLarge(path, status.st_size, file.read(4096).decode("utf-8", "replace"), most)
            return file.read(most + 1)
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None
    finally:
        os.close(descriptor)


def why_not(error: OSError, path: str) -> tuple[Message, Message | None]:
    if isinstance(error, FileNotFoundError):
        if os.path.islink(path):
            return msg("this link leads nowhere"), msg("mend or remove the link")
        return msg("there is no such file or folder"), msg("check the name, or make it with fii new")
    if isinstance(error, PermissionError):
        return msg("you may not read or write this"), msg("ask for access, or change the permissions")
    if isinstance(error, IsADirectoryError):
        return msg("this is a folder, not a file"), None
    if isinstance(error, (FileExistsError, NotADirectoryError)) and not os.path.lexists(path):
        return msg("what should be a folder in this path is a file"), msg("choose another folder")
    if isinstance(error, FileExistsError):
        return msg("this already exists, and fii does not overwrite it"), msg("choose another name")
    if error.errno == errno.ENOSPC:
        return msg("the disk is full"), msg("make room, and try again; nothing was changed")
    if error.errno == errno.ENAMETOOLONG:
        return msg("this name is too long"), msg("choose a shorter name")
    if error.errno == errno.ELOOP:
        return msg("this link leads back to itself"), msg("mend or remove the link")
    return msg("the system says: {why}", why=error.strerror or type(error).__name__), None


def is_trajectory(text: str) -> bool:
    """Whether a file is a trajectory, even a broken one: it has a line with ``fii:``, or the modeline."""
    return any(
        line.startswith(("fii:", '"fii":')) or ("yaml-language-server" in line and SCHEMA in line)
        for line in text.replace("\0", "").splitlines()
    )


@dataclass(frozen=True, slots=True)
class Search:
    """The files that a search gave, and how many YAML files below were no trajectory."""

    documents: tuple[tuple[str, Document], ...]
    unopened: tuple[CannotOpen, ...]
    passed_over: int


def search(
    paths: list[str], excluded: Callable[[str], bool] = lambda _: False, holding: bytes = b""
) -> Search:
    """Every file named, and every trajectory below every folder named that is not excluded, each once.

    Only files that hold these bytes are built, and given.
    """
    documents: dict[str, tuple[str, Document]] = {}
    unopened: list[CannotOpen] = []
    passed_over = 0
    for path in paths:
        is_folder = os.path.isdir(path)
        for name in _yaml_below(path) if is_folder else [path]:
            if is_folder and excluded(name):
                continue
            try:
                raw = bytes_of(name)
            except CannotOpen as error:
                if is_folder and isinstance(error, TooLarge) and not is_trajectory(error.head):
                    passed_over += 1
                else:
                    unopened.append(error)
                continue
            if holding not in raw:
                continue
            document = read_bytes(raw)
            if is_folder and not is_trajectory(document.text):
                passed_over += 1
                continue
            documents.setdefault(os.path.realpath(name), (name, document))
    return Search(tuple(documents.values()), tuple(unopened), passed_over)


def _yaml_below(folder: str) -> Iterator[str]:
    """The YAML files below a folder, sorted; hidden folders and what git ignores are passed over."""
    found = []
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = os.path.join(parent, name)
            if name.endswith(_SUFFIXES) and not name.startswith(".") and os.path.isfile(path):
                found.append(os.path.normpath(path))
    ignored = _ignored(folder, found)
    return (path for path in sorted(found) if path not in ignored)


# --- git ----------------------------------------------------------------------------------------------------


def _git(folder: str | Path, *words: str, given: str | None = None) -> str | None:
    """What git answers, or ``None`` where there is no git, no repository, or no answer in time."""
    import subprocess

    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=30,
            check=False,
            stdin=None if given is not None else subprocess.DEVNULL,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode in (0, 1) else None


def _ignored(folder: str, paths: list[str]) -> frozenset[str]:
    if not paths or not root_of(folder)[1]:
        return frozenset()
    absolute = {os.path.abspath(path): path for path in paths}
    answer = _git(folder, "check-ignore", "-z", "--stdin", given="\0".join(absolute))
    return frozenset(absolute.get(name, name) for name in (answer or "").split("\0") if name)


def root_of(path: str | Path) -> tuple[Path, bool]:
    """The root of the repository that a path lies in, and whether there is one; else the folder itself."""
    folder = Path(os.path.abspath(path))
    while not folder.is_dir():
        folder = folder.parent
    for parent in (folder, *folder.parents):
        if (parent / ".git").exists():
            return parent, True
    return folder, False


@cache
def _tracked(root: Path) -> frozenset[str] | None:
    """The files in git and the folders that hold them, as seen from the root."""
    answer = _git(root, "ls-files", "-z")
    if answer is None:
        return None
    files = frozenset(answer.split("\0"))
    folders = {name[:at] for name in files for at, letter in enumerate(name) if letter == "/"}
    return files | folders


def evidence_there(trajectory: str, evidence: str) -> bool:
    """Whether evidence named in a trajectory is in git, or on disk where there is no git.

    A path counts from the trajectory's own folder, or else from the repository's root.
    """
    root, in_git = root_of(trajectory)
    folder = Path(os.path.abspath(trajectory)).parent
    for base in (folder, root):
        full = os.path.normpath(base / evidence)
        tracked = _tracked(root) if in_git else None
        if tracked is None:
            if os.path.exists(full):
                return True
        else:
            name = os.path.relpath(full, root).replace(os.sep, "/")
            if name in tracked:
                return True
    return False


def origin_of(folder: str) -> str | None:
    """Where the repository of a folder comes from, as git has it; nothing where it comes from nowhere."""
    return (
        (_git(folder, "remote", "get-url", "origin") or "").strip() or None if os.path.isdir(folder) else None
    )


def report_day(path: str) -> date:
    """The day of a report: ``SOURCE_DATE_EPOCH``, else the last commit that touched the file, else today."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date()
    folder, name = os.path.split(os.path.abspath(path))
    if root_of(folder)[1]:
        answer = (_git(folder, "log", "-1", "--format=%cs", "--", name) or "").strip()
        if answer:
            return date.fromisoformat(answer)
    return date.today()


def neighbourhood(path: str) -> list[str]:
    """Where the other trajectories of a repository lie; without git, the YAML files in the same folder."""
    folder, in_git = root_of(os.path.dirname(os.path.abspath(path)) if os.path.isfile(path) else path)
    if in_git:
        return [os.path.relpath(folder)]
    names = sorted(name for name in os.listdir(folder) if name.endswith(_SUFFIXES))
    return [os.path.relpath(folder / name) for name in names if os.path.isfile(folder / name)]


# --- fii's own things --------------------------------------------------------------------------------------


def own_folder(trajectory: str) -> str:
    """The ``.fii`` of a trajectory: at the repository's root, in this folder, or beside it."""
    folder = Path(os.path.abspath(trajectory)).parent
    root, in_git = root_of(folder)
    if not in_git:
        here = Path.cwd()
        root = here if folder.is_relative_to(here) else folder
    return str(root / OWN)


def own_instruments(trajectory: str) -> list[tuple[str, Document]]:
    """The files in ``.fii/instruments`` of a trajectory, by name; none where there is no such folder."""
    folder = os.path.join(own_folder(trajectory), "instruments")
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    paths = [os.path.relpath(os.path.join(folder, name)) for name in names if name.endswith(_SUFFIXES)]
    return [(path, read_file(path)) for path in paths if not os.path.isdir(path)]


def schema_path_for(trajectory: str) -> str:
    """Where the schema of a trajectory belongs."""
    return os.path.join(own_folder(trajectory), os.path.basename(SCHEMA))


def nearest(path: str, name: str) -> str | None:
    """The nearest file of this name beside a path or above it, within its repository."""
    folder = os.path.abspath(path)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    while True:
        found = os.path.join(folder, name)
        if os.path.isfile(found):
            return os.path.relpath(found)
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return None
        folder = above


def settled_language() -> str | None:
    """The language in the nearest ``fii.toml``, without the rest of it: help, too, asks for it."""
    path = nearest(".", "fii.toml")
    try:
        text = (text_at(path) or "") if path else ""
    except CannotOpen:
        return None
    found = re.match(r"""(?:[^\[]*\n)?[ \t]*language[ \t]*=[ \t]*["'](nl|en)["']""", text)
    return found[1] if found else None


def in_git(path: str) -> bool:
    """Whether a path lies in a repository."""
    return root_of(os.path.dirname(os.path.abspath(path)))[1]


def as_seen_from(trajectory: str, path: str) -> str:
    """The way from a trajectory's folder to another file, with forward slashes."""
    return os.path.relpath(path, os.path.dirname(os.path.abspath(trajectory))).replace(os.sep, "/")
