"""Every page that fii makes is HTML by the standard rules of a judge of others."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.resources import EXAMPLES
from helpers import places
from outside import node_module, program

JUDGE = Path(__file__).parent / "node/html.cjs"
DAY = ("--as-of", "2025-06-20")
FULL = "thuis-leren-verzonnen.yaml"


def judged(*pages: Path) -> str:
    """What the judge says is wrong."""
    node_module("html-validate/package.json")
    command = [program("node"), str(JUDGE), *map(str, pages)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_page_is_valid_html(fii: Fii, here: Path, lang: str) -> None:
    names = [path.name for path in EXAMPLES.glob("*.yaml")]
    for name in names:
        Path(name).write_text((EXAMPLES / name).read_text(encoding="utf-8"), encoding="utf-8")
    for name in names:
        for audience in ("team", "steering", "client", "public"):
            output = f"{Path(name).stem}.{audience}.html"
            assert fii("report", name, "--audience", audience, "-o", output, *DAY, lang=lang).code == 0
    whole = ("report", FULL, "--full", "--force", "-o", "full.html", *DAY)
    assert fii(*whole, lang=lang).code == 0
    assert fii("agenda", FULL, "--format", "html", "-o", "agenda.html", *DAY, lang=lang).code == 0
    assert fii("minutes", FULL, "--format", "html", "-o", "minutes.html", lang=lang).code == 0
    form = ("questionnaire", "midi", "--name", "Thuis Leren", "--perspective", "receiving")
    assert fii(*form, "-o", "form.html", lang=lang).code == 0
    for command in ("trend", "diff"):
        made = fii(
            command, FULL, *(("amigos.yaml",) if command == "diff" else ()), "--format", "html", lang=lang
        )
        assert made.code == 0, made.err
        Path(f"{command}.html").write_text(made.out, encoding="utf-8")
    assert fii("portfolio", ".", "--format", "html", "-o", "site", *DAY, lang=lang).code == 0
    pages = [*sorted(here.glob("*.html")), here / "site/index.html"]
    assert len(pages) == 4 * len(names) + 7
    assert judged(*pages) == ""


@pytest.mark.parametrize("n", [5, 20])
def test_organisations_side_by_side_are_valid_html(fii: Fii, here: Path, n: int) -> None:
    Path("a.yaml").write_text(places(n), encoding="utf-8")
    assert fii("report", "a.yaml", "--full", "-o", "a.html", *DAY).code == 0
    assert judged(here / "a.html") == ""


def test_the_judge_finds_what_is_wrong(here: Path) -> None:
    page = here / "wrong.html"
    page.write_text("<!doctype html>\n<html><body><p><div></p></body></html>\n", encoding="utf-8")
    assert "wrong.html:2:" in judged(page)
