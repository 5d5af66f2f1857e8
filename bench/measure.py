"""Run commands in turn, and sum up what each took."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median

RUNNER = Path(__file__).with_name("runner.py")
LONG = 5.0
"""Seconds from which a first run counts: warming up would double the time, and changes little."""


@dataclass(frozen=True)
class Run:
    """One run: seconds by the clock, seconds of processor time, and peak bytes of the largest process."""

    wall: float
    cpu: float
    memory: int
    code: int = 0


@dataclass(frozen=True)
class Task:
    """A command to measure: what runs untimed before it, and the command that runs beside it, each time."""

    command: Sequence[str]
    folder: Path
    env: dict[str, str]
    codes: tuple[int, ...] = (0,)
    before: Callable[[], None] = lambda: None
    beside: Sequence[str] = ()
    again: bool = False
    """It is about what an earlier run stored."""


@dataclass
class Measured:
    """All runs of a command, and those of the command beside it."""

    runs: list[Run] = field(default_factory=list)
    beside: list[Run] = field(default_factory=list)
    instructions: int | None = None

    @property
    def wall(self) -> float:
        return median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        return median(run.cpu for run in self.runs)

    @property
    def memory(self) -> int:
        """The highest peak, in bytes."""
        return max(run.memory for run in self.runs)

    @property
    def ratio(self) -> float | None:
        """Processor time as a multiple of the command beside it, run by run."""
        pairs = [run.cpu / other.cpu for run, other in zip(self.runs, self.beside, strict=False)]
        return median(pairs) if pairs else None


def run_once(command: Sequence[str], folder: Path, env: dict[str, str]) -> tuple[Run, str]:
    """Run a command in a folder, and return what it took and what it wrote to its error output."""
    with tempfile.TemporaryDirectory() as name:
        figures, errors = Path(name, "figures"), Path(name, "errors")
        words = [sys.executable, "-I", "-S", str(RUNNER), str(figures), str(errors), *command]
        subprocess.run(words, cwd=folder, env=env, check=True, timeout=3600)
        code, wall, cpu, memory = figures.read_text(encoding="utf-8").split()
        told = errors.read_text(encoding="utf-8", errors="replace")
    return Run(float(wall), float(cpu), int(memory) * 1024, int(code)), told


def measure(
    tasks: dict[str, Task], rounds: int, seconds: float, progress: Callable[[str], None] = lambda _: None
) -> dict[str, Measured]:
    """Run the tasks in turn, so that a busy moment affects them all, and return what each took.

    A task runs in at most so many rounds, and in fewer if those would take longer than so many seconds;
    raises ``SystemExit`` if one ends with another exit code than it may.
    """
    done = {name: Measured() for name in tasks}
    left = dict.fromkeys(tasks, rounds)
    for round_ in range(rounds + 1):
        for name, task in tasks.items():
            if left[name] == 0:
                continue
            progress(name)
            run, beside = _one(name, task)
            if round_ == 0:
                left[name] = max(1, min(rounds, int(seconds / max(run.wall, 0.001))))
                if run.wall < LONG:
                    continue
            left[name] -= 1
            done[name].runs.append(run)
            if beside:
                done[name].beside.append(beside)
    return done


def _one(name: str, task: Task) -> tuple[Run, Run | None]:
    beside = run_once(task.beside, task.folder, task.env)[0] if task.beside else None
    task.before()
    run, told = run_once(task.command, task.folder, task.env)
    if run.code not in task.codes:
        sys.exit(f"{name} ended with {run.code}: {' '.join(task.command[:8])}\n{told}")
    return run, beside


@cache
def counter() -> str:
    """The tool on this machine that counts instructions: perf, valgrind, or none."""
    if shutil.which("perf"):
        words = ["perf", "stat", "-e", "instructions:u", "-x,", "true"]
        told = subprocess.run(words, capture_output=True, text=True, check=False).stderr
        if re.match(r"\d+,", told):
            return "perf"
    return "valgrind" if shutil.which("valgrind") else ""


def instructions(task: Task) -> int | None:
    """The instructions that one run takes in its first process, or None if nothing here counts them."""
    tools = {
        "perf": ["perf", "stat", "-e", "instructions:u", "-x,"],
        "valgrind": ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"],
    }
    if counter() not in tools:
        return None
    # the order of sets would otherwise differ from run to run
    env = task.env | {"PYTHONHASHSEED": "0"}
    for _ in range(2 if task.again else 1):  # in other surroundings, what was stored is no answer
        task.before()
        told = run_once([*tools[counter()], *task.command], task.folder, env)[1]
    found = re.findall(r"^(\d+),|I\s+refs:\s+([\d,]+)", told, re.MULTILINE)
    return int((found[-1][0] or found[-1][1]).replace(",", "")) if found else None


def plain_surroundings(home: Path) -> dict[str, str]:
    """The environment of measured commands: no wishes from outside, and an empty home."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    home.mkdir(parents=True, exist_ok=True)
    places = {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "FII_CACHE_DIR": str(home / "cache/fii"),
    }
    return kept | places | {"LANG": "C.UTF-8", "FII_LANG": "en", "NO_COLOR": "1", "COLUMNS": "100"}
