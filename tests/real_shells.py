"""A real shell in a terminal of its own: what to type, and what the command line is then."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fii_cli import cli
from fii_cli.resources import TEMPLATES
from outside import missing, program

pty = pytest.importorskip("pty")

_STARTS = {
    "bash": ["--noprofile", "--norc", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
SCRIPTS = {"bash": "fii.bash", "zsh": "fii.zsh", "fish": "fii.fish"}
_SHOW = {  # Ctrl-G shows the line as the shell has it
    "bash": """bind -x '"\\C-g": printf "<<%s>>" "$READLINE_LINE"'; bind 'set bell-style none'""",
    "zsh": "show() { print -rn -- \"<<$BUFFER>>\" }; zle -N show; bindkey '^G' show; unsetopt beep",
    "fish": "bind \\cg 'printf \"<<%s>>\" (commandline)'",
}
SHOW, CLEAR = "\x07", "\x05\x15"
_ESCAPES = re.compile(r"\x1b\[[0-9;?>=]*[a-zA-Z]|\x1b[()][0-9A-B]|\x1b\][^\x07]*\x07|\x1b[=>]|\r")


class Shell:
    """One shell, used for many lines. It starts without the user's settings, and without bash-completion.

    ``setting_up`` is how it gets the completion of fii; otherwise it reads the script.
    """

    def __init__(self, name: str, folder: Path, setting_up: str = "") -> None:
        self.name, path = name, program(name)
        if name == "bash" and b"bash, version 3" in subprocess.check_output([path, "--version"]):
            missing("bash 4", "the bash of macOS cannot show its line to a test; install a newer one")
        (folder / "bin").mkdir(parents=True)
        fii = folder / "bin/fii"
        fii.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fii_cli "$@"\n', encoding="utf-8")
        fii.chmod(0o755)
        self.home = folder / "home"
        self.home.mkdir()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(self.home)
            environment = {
                "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
                "PYTHONPATH": str(Path(cli.__file__).parents[1]),
                "HOME": str(self.home),
                "TERM": "xterm",
                "LANG": "C.UTF-8",
                "LC_ALL": "C.UTF-8",
                "FII_LANG": "en",
                "COLUMNS": "200",
                "LINES": "60",
            }
            os.execve(path, [path, *_STARTS[name]], environment)
        self.run(_SHOW[name])
        self.run(setting_up or f"source {TEMPLATES / 'completion' / SCRIPTS[name]}")

    def run(self, command: str) -> str:
        """What a command shows."""
        os.write(self.terminal, f"{command}; printf '<%s>' ready\n".encode())
        return self._until("<ready>")

    def line_after(self, typed: str) -> str:
        """The command line after typing this, in which a tab completes."""
        return self._typed(typed)[1]

    def listed_after(self, typed: str) -> str:
        """What the shell shows while this is typed."""
        return self._typed(typed)[0]

    def _typed(self, typed: str) -> tuple[str, str]:
        os.write(self.terminal, (typed + SHOW).encode())
        shown = self._until(">>")
        os.write(self.terminal, CLEAR.encode())
        before, _, line = shown.rpartition("<<")
        return before, line.removesuffix(">>")

    def _until(self, end: str) -> str:
        shown, last = "", time.monotonic() + 20
        while end not in shown:
            ready, _, _ = select.select([self.terminal], [], [], 0.2)
            if ready:
                shown += os.read(self.terminal, 65_536).decode(errors="replace")
            if time.monotonic() > last:
                pytest.fail(f"{self.name} did not show {end}:\n{shown}")
        return _ESCAPES.sub("", shown[: shown.index(end) + len(end)])

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)
