"""The one door through which fii asks git anything.

A repository may come from a stranger, and so may its configuration: an unpacked archive brings its own
``.git``. Nothing in it makes fii run a program or reach another machine. fii finds the root itself, and git
looks nowhere else; git keeps its own check of who owns the repository, which an explicit ``GIT_DIR`` would
switch off. What the user and the system configured stays: that is how CI passes ``safe.directory``.

For each command that fii uses, what a repository could make it run:

==============  =======================  ===================================================================
command         tells                    what could run, and why it does not
==============  =======================  ===================================================================
check-ignore    what is ignored          core.fsmonitor: off
ls-files        what is in git           core.fsmonitor: off; core.hooksPath and hooks, when the index is
                                         written: off; a sparse index reads trees: no fetch
ls-tree         the files of a commit    trees of a partial clone: no fetch
cat-file        what a file held         the same; no filter or textconv, unless asked
rev-list        the commits, by parent   the same; it shows no signature, and compares no texts
diff-tree       what a commit changed    the same
diff-index      what the index changed   the same; with --cached it reads no file on disk
merge-base      a common ancestor        the same
rev-parse       whether history is cut,  nothing
                what a name means, and
                where git's own files are
remote get-url  where it comes from      nothing
config          how this clone calls     nothing; with --local or --no-includes it leaves included files
                fii, and writes that;    alone
                where git's settings are
==============  =======================  ===================================================================

None of them passes a file through a filter, textconv or a diff driver, shows it through a pager, opens an
editor, asks for a password, enters a submodule, or is replaced by an alias. A fetch would bring
remote.*.uploadpack, remote.*.vcs, core.sshCommand, core.gitProxy, core.alternateRefsCommand, credential
helpers and aliases called ``remote-…``: it is switched off, and no protocol is allowed to a git that does not
know that switch.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from fii_cli.language import Message, msg

if TYPE_CHECKING:
    from subprocess import Popen

SECONDS, MOST_BYTES = 30, 100_000_000
"""The time and size limits of an answer."""

_CONFIGURED = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "protocol.allow=never",
    "fetch.bundleURI=",  # git reads this URL before it checks which protocols are allowed
)
_ENVIRONMENT = {
    "LC_ALL": "C",  # fii reads the reason from git's English messages
    "GIT_NO_LAZY_FETCH": "1",
    # The only protocol allowed: a word that is known beforehand could be what a repository calls its own.
    "GIT_ALLOW_PROTOCOL": os.urandom(16).hex(),
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_PAGER": "cat",
    "GIT_OPTIONAL_LOCKS": "0",
}
_KEPT = re.compile(r"GIT_CONFIG_(COUNT|GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|KEY_\d+|VALUE_\d+)")
"""What stays of the environment for git: what the user configured. The rest, such as the ``GIT_DIR`` of a
hook, would make it answer for another repository, or write traces."""

NOT_COMMITTED = msg("not committed yet")


class NoAnswer(Exception):
    """git gave no answer; ``why`` is the reason."""

    def __init__(self, why: Message) -> None:
        super().__init__(why.text)
        self.why = why


_given_up: list[NoAnswer] = []


def try_again() -> None:
    """Ask git again after a timeout; within a run fii waits for it only once."""
    _given_up.clear()


def answer_of(root: Path, *words: str, given: bytes = b"", fine: tuple[int, ...] = (0,)) -> bytes:
    """git's answer about the repository at ``root``, if its exit code is one of ``fine``.

    Raises :class:`NoAnswer` where it is not asked, refuses, or does not end.
    """
    if _given_up:
        raise _given_up[0]
    if looks_bare(root):  # an older git without safe.bareRepository would use it
        raise NoAnswer(msg("{folder} looks like a bare git repository", folder=_shown(root)))
    program = _program()
    if program is None:
        raise NoAnswer(msg("git was not found on the PATH"))
    settings = [word for each in _CONFIGURED for word in ("-c", each)]
    # Ignore core.worktree: the work tree is where fii found the repository.
    line = [program, "-C", str(root), f"--work-tree={root}", *settings, *words]
    try:
        code, answer, complaint = _run(line, given, _environment(root))
    except (OSError, ValueError):
        raise NoAnswer(unreadable(root)) from None
    if code in fine:
        return answer
    if b"dubious ownership" in complaint or b"unsafe repository" in complaint:
        another = msg(
            "git refuses to open {folder}: it belongs to another user and is not a safe.directory",
            folder=_shown(root),
        )
        raise NoAnswer(another)
    if b"Not a valid object name HEAD" in complaint:
        raise NoAnswer(NOT_COMMITTED)
    raise NoAnswer(unreadable(root))


def unreadable(root: Path) -> Message:
    """The reason for no answer if nothing better is known."""
    return msg("git cannot read {folder}; part of it is missing or damaged", folder=_shown(root))


def looks_bare(folder: Path) -> bool:
    """Whether git might mistake a folder for a bare repository."""
    there = os.path.lexists
    return there(folder / "HEAD") and (
        there(folder / "commondir") or (there(folder / "objects") and there(folder / "refs"))
    )


def _shown(folder: Path) -> str:
    return os.path.relpath(folder)


def _program() -> str | None:
    """The full path of git. A program in the current folder is never run."""
    from shutil import which

    name = "git.exe" if os.name == "nt" else "git"
    folders = filter(os.path.isabs, os.get_exec_path())
    return next((found for folder in folders if (found := which(os.path.join(folder, name)))), None)


def _environment(root: Path) -> dict[str, str]:
    kept = {k: value for k, value in os.environ.items() if not k.startswith("GIT_") or _KEPT.fullmatch(k)}
    return kept | _ENVIRONMENT | {"GIT_CEILING_DIRECTORIES": str(root.parent)}


def _run(line: list[str], given: bytes, environment: dict[str, str]) -> tuple[int, bytes, bytes]:
    """Run git within the time and size limits; returns its exit code, stdout and stderr."""
    import subprocess
    from tempfile import TemporaryFile
    from threading import Thread

    answer, complaint = bytearray(), bytearray()
    pipe = subprocess.PIPE
    with TemporaryFile() as stdin:
        stdin.write(given)
        stdin.seek(0)
        with subprocess.Popen(
            line, stdin=stdin, stdout=pipe, stderr=pipe, env=environment, start_new_session=True
        ) as process:
            readers = (
                Thread(target=_gather, args=(process.stdout, answer, MOST_BYTES), daemon=True),
                Thread(target=_gather, args=(process.stderr, complaint, MOST_BYTES), daemon=True),
            )
            for reader in readers:
                reader.start()
            try:
                readers[0].join(SECONDS)
                if len(answer) > MOST_BYTES:
                    raise NoAnswer(msg("git's output is too large"))
                code = process.wait(SECONDS if not readers[0].is_alive() else 0)
            except subprocess.TimeoutExpired:
                _given_up.append(NoAnswer(msg("git did not answer within {n} seconds", n=SECONDS)))
                raise _given_up[0] from None
            finally:
                _end(process)
                for reader in readers:
                    reader.join(1)
    return code, bytes(answer), bytes(complaint)


def _gather(stream: IO[bytes], kept: bytearray, most: int) -> None:
    """Read until the end or the size limit; git would block on a full pipe."""
    while len(kept) <= most and (chunk := stream.read(65_536)):
        kept += chunk


def _end(process: Popen[bytes]) -> None:
    """Kill git and its child processes, if it is still running."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
