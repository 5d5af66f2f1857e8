"""The score: only counted, unknown never zero, with what it is out of."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.score import ScoreSheet, score_sheet
from fii_cli.handbook.load import handbook
from fii_cli.resources import examples
from helpers import DAY, HEAD, trajectory

VISIT = "visits:\n  - {phase: 2, entered: 2025-01, via: entry}\n"


def sheet(text: str, since: date | None = None, found: Collection[str] = ()) -> ScoreSheet:
    return score_sheet(trajectory(text), handbook(), DAY, since, found)


def rated(*assessments: str) -> str:
    return (
        HEAD
        + VISIT
        + "assessments:\n"
        + "".join(f"  - {{instrument: stoplicht, {a}}}\n" for a in assessments)
    )


def test_ready_rated_and_evidenced_say_what_they_are_out_of() -> None:
    ratings = (
        "{2a.cultuur: {value: groen, evidence: x.pdf}, 2a.leren: groen, 2a.sturing: rood, 2a.caseload: nvt}"
    )
    text = rated(f"date: 2025-02-01, ratings: {ratings}")
    phase, subphases = sheet(text, found={"x.pdf"}).phases[1]
    assert (phase.score.ready.n, phase.score.ready.of) == (2, 20)
    assert (phase.score.rated.n, phase.score.rated.of) == (3, 20)
    assert (phase.score.evidenced.n, phase.score.evidenced.of) == (1, 2)
    assert (subphases[0].score.ready.of, subphases[1].score.rated.n) == (7, 0)


def test_where_sides_differ() -> None:
    text = rated(
        "date: 2025-02-01, perspective: giving, ratings: {2a.cultuur: groen, 2a.leren: groen}",
        "date: 2025-02-02, perspective: receiving, ratings: {2a.cultuur: rood, 2a.leren: groen}",
    )
    assert [item.id for item in sheet(text).differ] == ["2a.cultuur"]


def test_changes_count_from_the_assessment_before_the_last_or_from_a_day() -> None:
    text = rated(
        "date: 2025-01-10, ratings: {2a.cultuur: rood}",
        "date: 2025-01-24, ratings: {2a.cultuur: oranje, 2a.leren: groen}",
        "date: 2025-02-07, ratings: {2a.cultuur: groen}",
    )
    found = sheet(text)
    assert found.since == date(2025, 2, 6)
    assert [(c.item.id, c.before, c.item.light) for c in found.changes] == [("2a.cultuur", "oranje", "groen")]
    rough = sheet(
        rated("date: 2025-01, ratings: {2a.cultuur: rood}", "date: 2025-02, ratings: {2a.cultuur: groen}")
    )
    assert [(c.before, c.item.light) for c in rough.changes] == [("rood", "groen")]
    longer = sheet(text, date(2025, 1, 15))
    assert [(c.item.id, c.before) for c in longer.changes] == [
        ("2a.cultuur", "rood"),
        ("2a.leren", "onbekend"),
    ]
    assert sheet(rated("date: 2025-01-10, ratings: {2a.cultuur: rood}")).since is None


def test_the_weakest_link_is_named_only_when_every_factor_was_rated() -> None:
    two = "date: 2025-02-01, ratings: {2a.cultuur: oranje, 3a.antwoord: groen}"
    assert sheet(rated(two)).weakest is None
    three = two.replace("3a.antwoord: groen", "3a.antwoord: groen, 4a.niveaus: rood")
    weakest = sheet(rated(three)).weakest
    assert weakest is not None
    assert (weakest.name, [item.id for item in weakest.items]) == ("context", ["4a.niveaus"])


def test_where_nothing_was_rated_nobody_knows_what_is_ready(fii: Fii, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + VISIT, encoding="utf-8")
    shown = fii("score", path).out
    assert re.search(r"2 Exploring +–  +0 of 21  –", shown)
    assert "%" not in shown
    assert not re.search(r"\d[.,]\d", shown)


def test_as_data(fii: Fii, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(examples()["thuis-leren-verzonnen"], encoding="utf-8")
    data = json.loads(fii("score", path, "--as-of", "2025-03-10", "--json").out)
    assert data["in_the_way"] == ["5b.knelpunten", "5a.mandaat", "5c.beheersing"]
    assert data["differ"][0]["item"] == "5a.mandaat"
    assert data["since"] == "2025-03-03"
    assert data["weakest"] is None
    assert [f["rated"] for f in data["factors"]] == [
        {"n": 0, "of": 12},
        {"n": 9, "of": 49},
        {"n": 0, "of": 28},
    ]


@pytest.mark.parametrize("words", [["--since", "12-03-2025"], ["--as-of", "gisteren"]])
def test_a_day_that_is_none(fii: Fii, tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD, encoding="utf-8")
    assert fii("score", path, *words).code == 2


def test_a_file_with_errors_has_no_score(fii: Fii, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + "titel: x\n", encoding="utf-8")
    done = fii("score", path)
    assert (done.code, done.out) == (1, "")
    assert "FII010" in done.err
