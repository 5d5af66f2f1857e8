"""Reading the user's files, and finding trajectories among them."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fii_cli.diagnostics import Refused
from fii_cli.language import Message, msg
from fii_cli.project import git
from fii_cli.project.contents import Content, Contents, content_of
from fii_cli.project.links import leads_out, leads_out_of_repository
from fii_cli.unexpected import in_words
from fii_cli.yaml.document import MAX_BYTES, NOT_TEXT, START, UNEXPECTED, Document, Problem, unreadable
from fii_cli.yaml.read import UTF_16, read_bytes

OWN = ".fii"
SCHEMA = f"{OWN}/trajectory.schema.json"
SETTINGS_SCHEMA = f"{OWN}/settings.schema.json"
_SUFFIXES = (".yaml", ".yml")


class CannotOpen(Refused):
    """A file that cannot be read or written."""

    def __init__(self, path: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(message, hint)
        self.path = path


MAX_TABLE_BYTES = 20_000_000
LED_OUT = msg("a symbolic link takes this file outside its folder")


class TooLarge(CannotOpen):
    """A file over the size limit. ``head`` is the start of its text."""

    def __init__(self, path: str, size: int, head: str = "", most: int = MAX_BYTES) -> None:
        sizes = {"mb": max(1, round(size / 1e6)), "max": round(most / 1e6)}
        hint = None
        if most == MAX_BYTES:
            message = msg("this file is {mb} MB; a trajectory is at most {max} MB", **sizes)
            hint = msg("put reports and evidence in separate files, and refer to them")
        elif most == MAX_TABLE_BYTES:
            message = msg("this file is {mb} MB; a table is at most {max} MB", **sizes)
            hint = msg("keep only the questions and the answers")
        else:
            message = msg("this file is {mb} MB; fii reads at most {max} MB", **sizes)
        super().__init__(path, message, hint)
        self.head = head


# --- reading ------------------------------------------------------------------------------------------------


def read_file(path: str) -> Document:
    """Read one file, without blocking on a pipe and within the size limit."""
    return read_safely(trajectory_bytes(path))


def trajectory_bytes(path: str) -> bytes:
    """The bytes of a trajectory. Raises :class:`CannotOpen` for a link that points outside the repository."""
    if leads_out_of_repository(path):
        raise CannotOpen(path, LED_OUT, msg("name the file itself"))
    return bytes_of(path)


def read_safely(raw: bytes) -> Document:
    """A file's bytes as a document, even if fii itself fails on them."""
    try:
        return read_bytes(raw)
    except Exception as error:  # one file must not silence the others
        return unreadable(raw.decode("utf-8", "replace"), Problem(UNEXPECTED, START, *in_words(error)))


def stdin_bytes() -> bytes:
    """The bytes of standard input."""
    if sys.stdin is None:
        raise CannotOpen("-", msg("standard input is empty"))
    raw = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TooLarge("-", len(raw))
    return raw


def bytes_of(path: str, most: int = MAX_BYTES) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError:
        raise CannotOpen(path, msg("this is not a valid file name")) from None
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise CannotOpen(path, msg("this is a folder, not a file"))
        if not stat.S_ISREG(status.st_mode):
            raise CannotOpen(path, msg("this is not a regular file"))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            if status.st_size > most:
                raise TooLarge(path, status.st_size, file.read(4096).decode("utf-8", "replace"), most)
            return file.read(most + 1)
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None
    finally:
        os.close(descriptor)


def parts_of(path: str) -> Iterator[bytes]:
    """The bytes of a file of any size, in parts."""
    try:
        with open(path, "rb") as file:
            while part := file.read(1_000_000):
                yield part
    except OSError as error:
        raise CannotOpen(path, *why_not(error, path)) from None


def why_not(error: OSError, path: str) -> tuple[Message, Message | None]:
    if isinstance(error, FileNotFoundError):
        if os.path.islink(path):
            return msg("broken symbolic link"), msg("fix or remove the link")
        if os.path.splitext(path)[1].lower() in ("", *_SUFFIXES):
            return msg("no such file or folder"), msg("check the name, or make it with fii new")
        return msg("no such file or folder"), msg("check the name")
    if isinstance(error, PermissionError):
        return msg("no permission to read or write this"), msg("ask for access, or change the permissions")
    if isinstance(error, IsADirectoryError):
        return msg("this is a folder, not a file"), None
    if isinstance(error, (FileExistsError, NotADirectoryError)) and not os.path.lexists(path):
        return msg("a folder in this path is a file"), msg("choose another folder")
    if isinstance(error, FileExistsError):
        return msg("this already exists, and fii does not overwrite it"), msg("choose another name")
    if error.errno == errno.ENOSPC:
        return msg("the disk is full"), msg("free some space and try again; nothing was changed")
    if error.errno == errno.ENAMETOOLONG:
        return msg("this name is too long"), msg("choose a shorter name")
    if error.errno == errno.ELOOP:
        return msg("this symbolic link points to itself"), msg("fix or remove the link")
    return msg("operating system error: {why}", why=error.strerror or type(error).__name__), None


def is_trajectory(text: str) -> bool:
    """Whether a file is a trajectory, even an invalid one: it has a line with ``fii:``, or the modeline."""
    return any(
        line.startswith(("fii:", '"fii":')) or ("yaml-language-server" in line and SCHEMA in line)
        for line in text.replace("\0", "").splitlines()
    )


@dataclass(frozen=True, slots=True)
class Search:
    """The result of a search. ``passed_over`` counts the YAML files that are not trajectories.

    ``excluded`` counts the files that were named, and skipped because the settings exclude them.
    """

    paths: tuple[str, ...]
    unopened: tuple[CannotOpen, ...]
    passed_over: int
    excluded: int = 0

    def documents(self) -> Iterator[tuple[str, Document]]:
        """Each trajectory, read when its turn comes: a thousand documents do not fit in memory together."""
        for path in self.paths:
            try:
                yield path, read_file(path)
            except CannotOpen as error:  # it was there a moment ago
                yield path, unreadable("", Problem(NOT_TEXT, START, error.message, error.hint))


def search(
    paths: list[str],
    excluded: Callable[[str], bool] = lambda _: False,
    contents: Contents | None = None,
    wanted: Callable[[str, Content], bool] | None = None,
) -> Search:
    """Every named file, and every trajectory below a named folder unless it is excluded, each once.

    Only files that are ``wanted``, by their path and what they contain. A file of which the contents are
    known is not read; without ``wanted``, one that was named is.
    """
    found: dict[str, str] = {}
    unopened: list[CannotOpen] = []
    passed_over = 0
    real = _Real()
    for path in paths:
        is_folder = os.path.isdir(path)
        for name in yaml_below(path) if is_folder else [path]:
            if is_folder and excluded(name):
                continue
            try:
                content = _content(name, contents if is_folder or wanted else None, in_folder=is_folder)
            except CannotOpen as error:
                if is_folder and isinstance(error, TooLarge) and not is_trajectory(error.head):
                    passed_over += 1
                else:
                    unopened.append(error)
                continue
            if wanted and not wanted(name, content):
                continue
            if is_folder and not content.trajectory:
                passed_over += 1
                continue
            found.setdefault(real.path(name), name)
    return Search(tuple(found.values()), tuple(unopened), passed_over)


def _content(path: str, contents: Contents | None, *, in_folder: bool) -> Content:
    """What a file contains; one that is named is a trajectory. Raises :class:`CannotOpen`."""
    if contents is None:
        raw = trajectory_bytes(path)
        return content_of(raw, trajectory=not in_folder or _holds_trajectory(raw), kept=False)
    if known := contents.known(path):
        return known
    before = contents.stamp(path)
    raw = trajectory_bytes(path)
    content = content_of(raw, trajectory=_holds_trajectory(raw))
    contents.note(path, before, content)
    return content


class _Real:
    """The real paths of files; each folder is looked up once."""

    def __init__(self) -> None:
        self.folders: dict[str, str] = {}

    def path(self, path: str) -> str:
        folder, name = os.path.split(path)
        if folder not in self.folders:
            self.folders[folder] = os.path.realpath(folder or os.curdir)
        full = os.path.join(self.folders[folder], name)
        return os.path.realpath(full) if os.path.islink(full) else full


def _holds_trajectory(raw: bytes) -> bool:
    """Whether bytes are a trajectory, even an invalid one; most are told apart without reading them."""
    if raw.startswith(b"fii:") or (b"\nfii:" in raw and raw[:2] not in UTF_16):
        return True
    plain = raw.replace(b"\0", b"")  # as UTF-16 writes them
    return b"fii" in plain and is_trajectory(read_safely(raw).text)


def yaml_below(folder: str) -> Iterator[str]:
    """The YAML files below a folder, sorted, without hidden folders and what git ignores."""
    return below(folder, _SUFFIXES)


def below(folder: str, endings: tuple[str, ...]) -> Iterator[str]:
    """The files below a folder with these endings, sorted, without hidden folders and what git ignores."""
    found = []
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = os.path.join(parent, name)
            if name.endswith(endings) and not name.startswith(".") and os.path.isfile(path):
                found.append(os.path.normpath(path))
    ignored = git.ignored(folder, found)
    return (path for path in sorted(found) if path not in ignored)


def files_below(folder: str) -> list[str]:
    """The files in and below a folder, sorted, without hidden ones; also those that git ignores."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (os.path.join(parent, name) for name in names if not name.startswith("."))
        found += [os.path.normpath(path) for path in paths if os.path.isfile(path)]
    return sorted(found)


def yaml_files_in(folder: str) -> list[str]:
    """The YAML files directly in a folder."""
    names = sorted(name for name in os.listdir(folder) if name.endswith(_SUFFIXES))
    paths = [os.path.join(folder, name) for name in names]
    return [os.path.relpath(path) for path in paths if os.path.isfile(path)]


# --- files for fii itself -----------------------------------------------------------------------------------


def own_instruments(own_folder: str) -> list[tuple[str, bytes | CannotOpen]]:
    """The instrument files in a ``.fii`` folder, each with its bytes or the reason why it cannot be read."""
    folder = os.path.join(own_folder, "instruments")
    try:
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    except OSError:
        return []
    paths = [os.path.relpath(os.path.join(folder, name)) for name in names if name.endswith(_SUFFIXES)]
    return [(path, _bytes_or_why(path)) for path in paths if not os.path.isdir(path)]


def _bytes_or_why(path: str) -> bytes | CannotOpen:
    try:
        return own_bytes(path)
    except CannotOpen as error:
        return error


def own_text(path: str) -> str:
    """The text of a file in the repository that configures fii."""
    return own_bytes(path).decode("utf-8", "replace").replace("\r\n", "\n")


def own_bytes(path: str) -> bytes:
    """The bytes of a file that configures fii. Raises :class:`CannotOpen` for a link that points outside."""
    if leads_out(path):
        raise CannotOpen(path, LED_OUT, msg("put the file itself here"))
    return bytes_of(path)


def nearest(path: str, name: str) -> str | None:
    """The nearest file with this name, in the folder of a path or above it, within its repository."""
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
    """The language in the nearest ``fii.toml``, without parsing it: even help needs it."""
    path = nearest(".", "fii.toml")
    try:
        text = own_text(path) if path else ""
    except CannotOpen:
        return None
    found = re.match(r"""(?:[^\[]*\n)?[ \t]*language[ \t]*=[ \t]*["'](nl|en)["']""", text)
    return found[1] if found else None


def as_seen_from(trajectory: str, path: str) -> str:
    """The relative path from a file's folder to another file, with forward slashes."""
    return os.path.relpath(path, os.path.dirname(os.path.abspath(trajectory))).replace(os.sep, "/")
