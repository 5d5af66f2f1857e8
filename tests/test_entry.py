"""The entry-point matrix: four cells, one of which the guide leaves empty."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Fii


@pytest.mark.parametrize(
    ("words", "start", "skips"),
    [
        ("--commission gevraagd --receiving", "innoveren", ["signaleren", "verkennen"]),
        ("--commission gevraagd --no-receiving", "verkennen", ["signaleren"]),
        ("--commission ongevraagd --no-receiving", "verkennen", ["signaleren"]),
    ],
)
def test_a_situation_has_a_start_and_says_what_it_skips(
    fii: Fii, words: str, start: str, skips: list[str]
) -> None:
    done = fii("entry", *words.split(), "--json")
    data = json.loads(done.out)
    assert (done.code, data["start"], data["skips"]) == (0, start, skips)
    assert data["attention_basis"] == "ours"
    assert len(data["attention"]) >= 2


def test_the_empty_cell_is_explained_and_exits_1(fii: Fii) -> None:
    done = fii("entry", "--commission", "ongevraagd", "--receiving")
    assert done.code == 1
    assert "The guide leaves this cell empty" in done.out
    assert "Our reading" in done.out


def test_the_cell_of_a_file_is_the_one_of_its_entry(fii: Fii, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("title: x\nlanguage: nl\nentry: {commission: gevraagd}\n", encoding="utf-8")
    assert json.loads(fii("entry", path, "--json").out)["start"] == "verkennen"


def test_a_file_with_errors_shows_them_instead(fii: Fii, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("title: x\nlanguage: nl\nentry: {commission: misschien}\n", encoding="utf-8")
    done = fii("entry", path)
    assert (done.code, done.out) == (1, "")
    assert "FII012" in done.err


def test_without_a_terminal_the_missing_flags_are_named(fii: Fii) -> None:
    done = fii("entry", "--commission", "gevraagd")
    assert done.code == 2
    assert "--receiving | --no-receiving" in done.err
    assert "--commission" not in done.err.split("add")[1]


def test_a_file_and_a_situation_do_not_go_together(fii: Fii) -> None:
    assert fii("entry", "x.yaml", "--receiving").code == 2
    assert fii("entry", "--commission", "misschien", "--receiving").code == 2
