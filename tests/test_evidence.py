"""Evidence is shown if it was found, and otherwise only claimed: in the score, reports and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.evidence import evidence_found
from fii_cli.project.context import project_of
from helpers import HEAD, trajectory

TEXT = (
    HEAD.replace("language: nl", "language: en")
    + """\
visits:
  - {phase: 2, entered: 2025-01, via: entry}
assessments:
  - instrument: stoplicht
    date: 2025-02-01
    ratings:
      2a.cultuur: {value: groen, evidence: bestaat-niet.pdf}
      2a.leren: {value: groen, evidence: "https://example.org/notulen"}
      2a.sturing: {value: groen, evidence: notulen.md}
      2a.caseload: {value: rood, evidence: notulen.md}
  - instrument: cfir
    date: 2025-02-01
    ratings: {III.A: {value: 1, evidence: bestaat-niet.pdf}}
"""
)
DAY = ("--as-of", "2025-02-10")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(TEXT, encoding="utf-8")
    Path("notulen.md").write_text("besluit\n", encoding="utf-8")


def test_only_what_was_looked_up_and_found_is_shown() -> None:
    asked: list[str] = []

    def there(path: str) -> bool:
        asked.append(path)
        return path == "notulen.md"

    assert evidence_found(trajectory(TEXT), there) == {"notulen.md"}
    assert sorted(asked) == ["bestaat-niet.pdf", "notulen.md"]


def test_the_score_counts_what_is_there_and_names_what_is_claimed(fii: Fii) -> None:
    shown = fii("score", "a.yaml", *DAY).out
    assert "1 of 3" in next(line for line in shown.splitlines() if "2 Exploring" in line)
    claims = shown[shown.index("Evidence that is only claimed") :].splitlines()[1:3]
    assert claims == [
        "  2a.cultuur  bestaat-niet.pdf: not found",
        "  2a.leren  https://example.org/notulen: a URL, which fii does not visit",
    ]
    data = json.loads(fii("score", "a.yaml", *DAY, "--json").out)
    assert data["phases"][1]["evidenced"] == {"n": 1, "of": 3}
    assert [each["item"] for each in data["claimed"]] == ["2a.cultuur", "2a.leren"]


def test_without_a_claim_there_is_nothing_to_say(fii: Fii) -> None:
    Path("bestaat-niet.pdf").write_text("x", encoding="utf-8")
    Path("a.yaml").write_text(TEXT.replace("https://example.org/notulen", "notulen.md"), encoding="utf-8")
    shown = fii("score", "a.yaml", *DAY).out
    assert "3 of 3" in shown
    assert "claimed" not in shown


def test_a_report_counts_the_same_and_says_what_was_not_found(fii: Fii) -> None:
    page = fii("report", "a.yaml", *DAY, "--format", "md", "-o", "-").out
    assert "| Phase | Green | Rated | Evidence found | Items |" in page
    assert "| 2 Exploring | 3 | 4 | 1 | 21 |" in page
    assert page.count("bestaat-niet.pdf (not found)") == 2  # a light and a rating
    assert "notulen.md (not found)" not in page
    assert "example.org/notulen (not found)" not in page


def test_programs_get_what_is_claimed_and_what_was_found(fii: Fii) -> None:
    data = json.loads(fii("report", "a.yaml", *DAY, "--format", "json", "-o", "-").out)
    items = {each["id"]: each for each in data["phases"][1]["items"]}
    assert (items["2a.cultuur"]["evidence"], items["2a.cultuur"]["evidence_found"]) == (
        ["bestaat-niet.pdf"],
        [],
    )
    assert items["2a.sturing"]["evidence_found"] == ["notulen.md"]


def test_the_pages_of_a_portfolio_count_the_same(fii: Fii) -> None:
    assert fii("portfolio", ".", *DAY, "--format", "md", "-o", "site").code == 0
    assert "| 2 Exploring | 3 | 4 | 1 | 21 |" in Path("site/a.md").read_text("utf-8")


def test_readers_who_may_not_see_evidence_see_no_count_of_it(fii: Fii) -> None:
    page = fii("report", "a.yaml", *DAY, "--audience", "client", "--format", "md", "-o", "-").out
    assert "Evidence found" not in page
    assert "notulen" not in page


def test_a_path_of_one_machine_is_no_evidence_for_others() -> None:
    project = project_of("a.yaml")
    assert project.has_evidence("a.yaml", "notulen.md")
    assert not project.has_evidence("a.yaml", str(Path("notulen.md").resolve()))
