"""Whole outputs as people read them. `make golden` writes them anew: read that diff as a user would."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.resources import EXAMPLES

DAY = "2025-03-10"
Golden = Callable[[str, str], None]

WRONG = """\
fii: 1
titel: Thuis Leren
language: nl
entry: {commission: gevraagd, date: 12-03-2025}
organisations:
  - {id: fictie, name: Stichting Fictie}
  - {id: fictie, name: Een andere}
verkennen:
  shortlist:
    - {organisation: fictie, culture: lerend}
assessments:
  - instrument: stoplicht
    date: 2025-03-03
    ratings: {2a.kultuur: groen, 2a.leren: geel}
"""


@pytest.fixture(autouse=True)
def _among_the_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("help", "--help"),
        ("help-check", "check --help"),
        ("help-new", "new --help"),
        ("help-assess", "assess --help"),
        ("help-add", "add --help"),
        ("help-advance", "advance --help"),
        ("status", f"status thuis-leren-verzonnen.yaml samen-leren.yaml --as-of {DAY}"),
        ("status-later", "status thuis-leren-verzonnen.yaml --as-of 2025-08-01"),
        ("check-later", "check thuis-leren-verzonnen.yaml --as-of 2025-08-01"),
        ("entry", "entry samen-leren.yaml"),
        ("entry-empty", "entry --commission ongevraagd --receiving"),
        ("explain", "explain FII211"),
        ("explain-all", "explain"),
        ("score", f"score thuis-leren-verzonnen.yaml --as-of {DAY}"),
        ("score-cfir", f"score thuis-leren-verzonnen.yaml --instrument cfir --as-of {DAY}"),
        ("barriers", f"barriers thuis-leren-verzonnen.yaml --as-of {DAY}"),
        ("strategies", f"strategies thuis-leren-verzonnen.yaml --as-of {DAY}"),
        ("strategy", "explain champions"),
        ("portfolio", f"portfolio --as-of {DAY}"),
        ("portfolio-page", f"portfolio --format md --as-of {DAY}"),
        ("guide", "guide"),
        ("guide-phase", "guide 2"),
        ("guide-subphase", "guide 4b"),
    ],
)
def test_terminal(fii: Fii, golden: Golden, lang: str, name: str, words: str) -> None:
    done = fii(*words.split(), lang=lang)
    golden(f"{name}.{lang}.txt", done.out + done.err)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_findings(
    fii: Fii, golden: Golden, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("thuis-leren.yaml").write_text(WRONG, encoding="utf-8")
    done = fii("check", "--as-of", DAY, lang=lang)
    golden(f"check.{lang}.txt", done.out + done.err)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_new_file(
    fii: Fii, golden: Golden, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["--title", "Thuis Leren", "--commission", "gevraagd", "--no-receiving", "--date", "2025-03"]
    fii("new", *words, lang=lang)
    golden(f"new.{lang}.yaml", Path("thuis-leren.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("format_", ["md", "html"])
@pytest.mark.parametrize("name", ["thuis-leren-verzonnen", "samen-leren", "signaal-uit-de-wijk", "minimaal"])
def test_reports(fii: Fii, golden: Golden, name: str, format_: str) -> None:
    done = fii("report", f"{name}.yaml", "--format", format_, "--output", "-", "--as-of", DAY)
    assert done.code == 0
    golden(
        f"{name}.{format_}",
        re.sub(r"(<style>).*?(?=</style>)|(?<='sha256-)[^']*", r"\1", done.out, flags=re.S),
    )
