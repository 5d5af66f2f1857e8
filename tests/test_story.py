"""The story of colleagues in the README, carried out with git, Excel and fii."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from conftest import Fii

README = Path(__file__).parents[1] / "README.md"
BEGIN = """\
fii: 1
title: Buurt Leren
language: nl
entry: {date: 2025-01, commission: gevraagd}
people:
  - {id: leider, role: projectleider}
visits:
  - {phase: verkennen, entered: 2025-01-06, via: entry}
assessments:
  - instrument: stoplicht
    date: 2025-03-03
    ratings: {2c.overleg: oranje}
actions:
  - id: agenda
    what: een vaste agenda maken
    answers: [stoplicht/2c.overleg]
    owner: leider
    due: 2025-03-20
log:
  - {date: 2025-03-03, text: overleg van het kernteam}
"""
FILE = Path("buurt-leren.yaml")


def steps() -> list[tuple[str, list[str]]]:
    """Each command of the story, with the lines that it prints."""
    told = README.read_text(encoding="utf-8").partition("## With colleagues")[2]
    block = told.partition("```console\n")[2].partition("```")[0]
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.strip():
            found[-1][1].append(line)
    return found


def git(*words: str) -> str:
    who = {
        f"GIT_{role}_{key}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")
    }
    done = subprocess.run(["git", *words], capture_output=True, text=True, env={**os.environ, **who})
    return done.stdout + done.stderr


def changed_in_excel() -> None:
    """What Carla does: she says when and who, and rates one light."""
    book = openpyxl.load_workbook("buurt-leren.xlsx")
    lights = book.worksheets[1]
    lights["B3"], lights["B4"] = date(2025, 3, 11), "Carla"
    row = next(row for row in lights.iter_rows(min_row=8) if row[0].value == "2c.overleg")
    row[7].value, row[8].value = "groen", "elke twee weken"
    book.save("buurt-leren.xlsx")


def test_the_story_of_colleagues_is_what_happens(
    fii: Fii, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    FILE.write_text(BEGIN, encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "begin")
    git("checkout", "-qb", "bram")
    assert fii("add", FILE, "log", "date=2025-03-10", "text=Bram belde het wijkteam").code == 0
    git("commit", "-qam", "bram")
    git("checkout", "-q", "main")
    assert fii("done", FILE, "agenda", "--helped", "ja", "--date", "2025-03-09").code == 0
    assert fii("add", FILE, "log", "date=2025-03-09", "text=Anna sprak de wethouder").code == 0
    git("commit", "-qam", "anna")
    told = steps()
    assert len(told) == 6
    for command, lines in told:
        program, *words = shlex.split(command)
        if "import" in words:
            changed_in_excel()
        done = fii(*words) if program == "fii" else None
        said = done.out + done.err if done else git(*words)
        known = {re.sub(r"HEAD~2 \(\w+\) of [-\d]+", "HEAD~2 (…)", line) for line in said.splitlines()}
        assert [line for line in lines if line not in known and line.strip() != "…"] == [], said
        assert done is None or done.code == 0
