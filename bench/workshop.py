"""Where the bench works: fii from its wheel, places with files, and what happens before each command."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .cases import FILE, FILES, PLACES, Case
from .files import folder, history
from .measure import Task, plain_surroundings, run_once

_ORIGIN = re.compile(r"^  origin: .*$", re.MULTILINE)


@dataclass
class Workshop:
    """A folder for everything, and the programs by their name.

    ``settling`` is how many seconds old a file must be before fii takes it for unchanged; ``made`` is when
    the last of them was made, and fii was installed.
    """

    root: Path
    programs: dict[str, Path]
    settling: float = 0.0
    made: float = field(default_factory=time.time)
    edits: int = 0
    texts: dict[Path, str] = field(default_factory=dict)

    def place(self, name: str) -> Path:
        """The folder of a place, made when it is first asked for."""
        path = self.root / "places" / name
        place = PLACES[name]
        if not path.exists():
            if place.versions > 1:
                history(path, place.versions)
            else:
                folder(path, place.files, place.lines, quiet=place.quiet)
            self.made = time.time()
        return path

    def task(self, case: Case, floor: bool) -> Task:
        """A case as a command, with what happens before each run, and an empty Python beside it if asked."""
        place, home = self.place(case.place), self.root / "homes" / case.name
        env = plain_surroundings(home)
        files = sorted(path.name for path in place.glob("*.yaml"))
        command = self._command(case.program, case.words, files)
        if case.keeps:
            time.sleep(max(0.0, self.made + self.settling - time.time()))
            run_once(command, place, env)
        beside = [str(self.programs["python"]), "-c", "pass"] if floor else []
        before = self._before(case, place, home, files)
        return Task(command, place, env, case.codes, before, beside, case.keeps)

    def _command(self, program: str, words: str, files: list[str]) -> list[str]:
        told: list[str] = [str(self.programs[program])]
        for word in shlex.split(words):
            told += files if word == FILES else [files[0] if word == FILE else word]
        return told

    def _before(self, case: Case, place: Path, home: Path, files: list[str]) -> Callable[[], None]:
        """Put everything back as it was, so that each run does the same work."""
        first = place / files[0] if files else None

        def before() -> None:
            if first:
                text = first.read_text(encoding="utf-8")
                if self.texts.setdefault(first, text) != text:
                    first.write_text(self.texts[first], encoding="utf-8")
            for left in (place / "pages", place / ".fii"):
                shutil.rmtree(left, ignore_errors=True)
            if not case.keeps:
                shutil.rmtree(home, ignore_errors=True)
                home.mkdir(parents=True)
            if case.edited:
                self.edits += 1
                path = place / files[1]
                text = _ORIGIN.sub(f"  origin: vraag {self.edits}", path.read_text(encoding="utf-8"))
                path.write_text(text, encoding="utf-8")
            if case.before:
                command = self._command("fii", case.before, files)
                subprocess.run(
                    command, cwd=place, env=plain_surroundings(home), check=True, capture_output=True
                )

        return before

    def options(self) -> set[str]:
        """The options of ``fii check`` in this version."""
        words = [str(self.programs["fii"]), "check", "--help"]
        env = plain_surroundings(self.root / "homes" / "help")
        told = subprocess.run(words, env=env, check=True, capture_output=True, text=True).stdout
        return set(re.findall(r"--[a-z-]+", told))
