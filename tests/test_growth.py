"""Whole commands: three files, or three folders, twice as large each time, ask twice the work each time.

``test_linear.py`` counts the work part by part, on records of one kind.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from bench.files import trajectory

from conftest import Fii
from helpers import calls

pytestmark = pytest.mark.usefixtures("here")
LINES = 600
FILES = 2
DAY = ("--as-of", "2025-12-01")
ON = ("--date", "2025-12-01")
ONE = "traject.yaml"
ON_A_FILE = (
    ("check", ONE, *DAY),
    ("check", ONE, *DAY, "--format", "json"),
    ("status", ONE, *DAY),
    ("due", ONE, *DAY),
    ("agenda", ONE, *DAY),
    ("minutes", ONE),
    ("score", ONE, *DAY),
    ("barriers", ONE, *DAY),
    ("strategies", ONE, *DAY, "--all"),
    ("compare", ONE, *DAY),
    ("trend", ONE, *DAY),
    ("entry", ONE),
    ("diff", "eerder.yaml", ONE, *DAY),
    ("merge", "eerder.yaml", ONE, "eerder.yaml", "--output", "-"),
    ("report", ONE, *DAY, "--output", "-"),
    ("report", ONE, *DAY, "--output", "-", "--format", "md"),
    ("report", ONE, *DAY, "--output", "-", "--format", "json"),
    ("report", ONE, *DAY, "--output", "-", "--audience", "client"),
    ("portfolio", ONE, *DAY, "--format", "json"),
    ("set", ONE, "entry.origin", "Dorp"),
    ("add", ONE, "log", "text=overleg", "date=2025-12-01"),
    ("assess", ONE, "--set", "5b.knelpunten=groen", *ON),
    ("plan", ONE, "champions", "--due", "2025-12-01"),
    ("advance", ONE, "--decision", "door", "--reason", "klaar", *ON),
)
ON_A_FOLDER = (
    ("check", ".", *DAY),
    ("check", ".", *DAY, "--format", "sarif"),
    ("status", *DAY),
    ("due", ".", *DAY),
    ("strategies", "traject-00001.yaml", *DAY),
    ("compare", ".", *DAY, "--instrument", "cfir"),
    ("trend", "*", *DAY),
    ("portfolio", ".", *DAY, "--format", "json"),
    ("portfolio", ".", *DAY, "--output", "site"),
    ("report", "*", *DAY, "--output", "uit/", "--jobs", "1"),
)


def grows_evenly(first: int, second: int, third: int) -> bool:
    """Whether twice as much more asks no more than twice the work: what is quadratic asks four times."""
    return third - second < 3 * (second - first)


@pytest.mark.parametrize("words", ON_A_FILE, ids=" ".join)
def test_a_command_on_a_file_grows_as_the_file(fii: Fii, words: tuple[str, ...]) -> None:
    work: list[int] = []
    codes: list[int] = []
    for times in (1, 1, 2, 4):  # the first run reads what is read once
        Path(ONE).write_text(trajectory(times * LINES), encoding="utf-8")
        Path("eerder.yaml").write_text(trajectory(times * LINES - 10), encoding="utf-8")
        work.append(calls(lambda: codes.append(fii(*words).code)))
    assert set(codes) <= {0, 1}, words
    assert grows_evenly(*work[1:]), work


@pytest.mark.parametrize("words", ON_A_FOLDER, ids=" ".join)
def test_a_command_on_a_folder_grows_as_its_files(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    work: list[int] = []
    codes: list[int] = []

    def run(*line: str) -> None:
        codes.append(fii(*line).code)

    for number, times in enumerate((1, 1, 2, 4)):
        place = Path(f"map{number}")
        place.mkdir()
        names = [f"traject-{at + 1:05}.yaml" for at in range(times * FILES)]
        for at, name in enumerate(names):
            (place / name).write_text(trajectory(250, at + 1), encoding="utf-8")
        monkeypatch.chdir(place)
        line = [each for word in words for each in (names if word == "*" else [word])]
        work.append(calls(partial(run, *line)))
        monkeypatch.chdir("..")
    assert set(codes) <= {0, 1}, words
    assert grows_evenly(*work[1:]), work
