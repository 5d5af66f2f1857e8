"""fii in a terminal of its own, as a person has it: what it shows, and keys to type."""

from __future__ import annotations

import os
import select
import shlex
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from fii_cli import cli

_NOTHING: Mapping[str, str] = MappingProxyType({})
pty = pytest.importorskip("pty")


class Wizard:
    """One command in a terminal. ``shown`` is what was not read yet, ``all`` is everything.

    It reads whole lines, unless ``by_key`` is set; ``also`` is what the environment has besides. ``in_shell``
    starts a shell, in which the command is typed as ``$FII``.
    """

    def __init__(
        self, *words: str, by_key: bool = False, in_shell: bool = False, also: Mapping[str, str] = _NOTHING
    ) -> None:
        program = [sys.executable, "-m", "fii_cli", *words]
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            # Who runs the tests may ignore these signals; a person does not.
            for each in (signal.SIGINT, signal.SIGQUIT):
                signal.signal(each, signal.SIG_DFL)
            os.environ.update(PYTHONPATH=str(Path(cli.__file__).parents[1]), NO_COLOR="1", TERM="xterm")
            os.environ.pop("FII_INPUT", None)
            os.environ.update({} if by_key else {"FII_INPUT": "lines"}, **also)
            if in_shell:
                os.environ.update(FII=shlex.join(program), PS1="$ ", ENV="", HISTFILE="")
                program = ["/bin/bash", "--norc", "--noprofile", "--noediting", "-i"]
            os.execv(program[0], program)
        self.shown = self.all = self.typed = ""

    def _read(self) -> bool:
        try:
            text = os.read(self.terminal, 4096).decode(errors="replace")
        except OSError:
            return False
        self.shown += text
        self.all += text
        return bool(text)

    def until(self, text: str) -> None:
        """Wait until a text is shown, and forget what stands before it."""
        end = time.monotonic() + 20
        while text not in self.shown:
            ready, _, _ = select.select([self.terminal], [], [], 0.2)
            if (ready and not self._read()) or time.monotonic() > end:
                pytest.fail(f"{text!r} was not shown:\n{self.all}")
        self.shown = self.shown[self.shown.index(text) + len(text) :]

    def type(self, text: str) -> None:
        self.typed = text
        os.write(self.terminal, text.encode())

    def answer(self, question: str, text: str) -> None:
        """Wait for a question, and answer it."""
        self.until(question)
        self.until("> ")
        self.type(text + "\n")

    def asks(self) -> bool:
        """Wait for a prompt, and forget what stands before it; whether there is one, and not the end."""
        end = time.monotonic() + 20
        while not self.shown.endswith("> "):
            ready, _, _ = select.select([self.terminal], [], [], 0.2)
            if ready and not self._read():
                return False
            if time.monotonic() > end:
                pytest.fail(f"it neither asked nor ended:\n{self.all}")
        self.shown = ""
        return True

    def ended(self) -> int:
        """The exit code, once everything was shown.

        Python begins to read after it has looked for a Ctrl-C; one in between waits for the next key.
        """
        end = time.monotonic() + 20
        while True:
            ready, _, _ = select.select([self.terminal], [], [], 0.2)
            if ready and not self._read():
                break
            if self.typed == "\x03" and time.monotonic() > end - 10:
                self.type("\x03\x03")
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
                pytest.fail(f"it did not end:\n{self.all}")
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
