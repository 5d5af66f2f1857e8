"""Findings of one rule in one list are one for people, and stay apart for programs and editors."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.rules.groups import grouped
from helpers import HEAD, all_text, judged

CASES = Path(__file__).parent / "cases"
EXAMPLES = Path(__file__).parents[1] / "examples"
OWNERLESS = HEAD + "actions:\n" + "".join(f"  - {{id: a{n}, what: x}}\n" for n in range(3))
RATED = (
    "  - instrument: cfir\n    date: 2025-02-0{day}\n    ratings:\n"
    "      I.A: 2\n      I.B: {{value: 2, note: x}}\n      I.C: -2\n"
)


@pytest.mark.parametrize("path", [*sorted(EXAMPLES.glob("*.yaml")), *sorted(CASES.glob("rollout/*.yaml"))])
@pytest.mark.parametrize("day", [date(2025, 3, 10), date(2026, 11, 27)])
def test_a_file_has_at_most_one_group_a_rule(path: Path, day: date) -> None:
    found = judged(path.read_text(encoding="utf-8"), day).diagnostics
    codes = [group[0].code for group in grouped(found)]
    assert sorted(set(codes)) == sorted(codes)


def test_five_sites_have_one_remark_each(fii: Fii) -> None:
    done = fii("check", str(CASES / "rollout"), "--as-of", "2025-03-10")
    assert done.out.count("FII705 strong rating without a note") == 5
    assert "0 errors, 0 pieces of advice, 5 remarks in 5 trajectories" in done.err


def test_a_group_has_one_frame_and_names_every_line(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(OWNERLESS, encoding="utf-8")
    assert fii("check", "t.yaml", "--as-of", "2025-02-10").out.splitlines() == [
        "FII701 action without an owner, 3 times",
        "  ┌─ t.yaml:6:5",
        "6 │   - {id: a0, what: x}",
        "  │     ^^^^^^^^^^^^^^^^^ every action needs someone who takes it on",
        "  = line 6: the action a0 has no owner – agree on an owner: fii set FILE actions.a0.owner ID",
        "  = line 7: the action a1 has no owner – agree on an owner: fii set FILE actions.a1.owner ID",
        "  = line 8: the action a2 has no owner – agree on an owner: fii set FILE actions.a2.owner ID",
        "  = more: fii explain FII701",
    ]


def test_help_that_is_the_same_for_all_is_said_once(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(HEAD + "assessments:\n" + RATED.format(day=1), encoding="utf-8")
    shown = fii("check", "t.yaml", "--as-of", "2025-02-10").out
    assert "line 9: I.A is rated 2 without a note\n" in shown
    assert "line 11: I.C is rated -2 without a note\n" in shown
    assert shown.count("help: write under note what people said") == 1


def test_each_assessment_is_a_group_and_any_other_list_as_a_whole_is_one() -> None:
    rated = HEAD + "assessments:\n" + RATED.format(day=1) + RATED.format(day=2)
    assert [len(group) for group in grouped(judged(rated).diagnostics)] == [2, 2]
    assert [len(group) for group in grouped(judged(OWNERLESS).diagnostics)] == [3]


def test_what_is_in_no_list_is_on_its_own() -> None:
    found = judged(HEAD + "titel: x\nsamenvatting: x\n").diagnostics
    assert [len(group) for group in grouped(found)] == [1, 1]


def test_a_mistake_in_a_list_keeps_its_own_suggestion(fii: Fii, here: Path) -> None:
    people = "people:\n  - {id: a, role: x, levl: extern}\n  - {id: b, role: x, organisatio: x}\n"
    Path("t.yaml").write_text(HEAD + people, encoding="utf-8")
    shown = fii("check", "t.yaml").out
    assert "line 6: unknown key levl – did you mean level?" in shown
    assert "line 7: unknown key organisatio – did you mean organisation?" in shown


def test_a_page_for_a_pull_request_has_a_row_a_group(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(HEAD + "assessments:\n" + RATED.format(day=1), encoding="utf-8")
    page = fii("check", "t.yaml", "--format", "markdown", "--as-of", "2025-02-10").out
    rows = [line for line in page.splitlines() if "FII705" in line]
    assert len(rows) == 1
    assert "2 times<br>line 9: I.A is rated 2 without a note<br>line 11: I.C is rated" in rows[0]
    assert "0 errors, 0 pieces of advice, 1 remark" in page


@pytest.mark.parametrize("format_", ["json", "concise", "github", "gitlab", "sarif", "junit"])
def test_programs_and_editors_get_each_finding_at_its_own_place(fii: Fii, here: Path, format_: str) -> None:
    Path("t.yaml").write_text(HEAD + "assessments:\n" + RATED.format(day=1), encoding="utf-8")
    shown = fii("check", "t.yaml", "--format", format_, "--as-of", "2025-02-10").out
    for message in ("I.A is rated 2 without a note", "I.C is rated -2 without a note"):
        assert message in shown.replace("\\", "")


def test_the_summary_counts_what_stands_above_it(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(OWNERLESS, encoding="utf-8")
    assert "1 piece of advice" in fii("check", "t.yaml", "--as-of", "2025-02-10").err
    assert "3 pieces of advice" in fii("check", "t.yaml", "--format", "concise", "--as-of", "2025-02-10").err
    assert "1 finding of fii check" in fii("status", "t.yaml", "--as-of", "2025-02-10").out


@pytest.mark.parametrize("form", ["html", "md", "docx", "pdf"])
def test_a_report_says_a_group_once_in_every_form(fii: Fii, here: Path, form: str) -> None:
    text = HEAD.replace("nl", "en") + "assessments:\n" + RATED.format(day=1)
    Path("t.yaml").write_text(text, encoding="utf-8")
    whole = ["--full"] if form == "pdf" else []  # what is folded on a page is left out on paper
    asked = ("--format", form, "-o", f"t.{form}", "--as-of", "2025-02-10")
    assert fii("report", "t.yaml", *asked, *whole).code == 0
    shown = " ".join(all_text(Path(f"t.{form}")).split())
    assert "strong rating without a note, 2 times: I.A is rated 2 without a note; I.C is rated" in shown
    assert shown.count("FII705") == 1


def test_a_report_for_programs_has_each_finding_by_itself(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(HEAD + "assessments:\n" + RATED.format(day=1), encoding="utf-8")
    told = json.loads(fii("report", "t.yaml", "--format", "json", "-o", "-", "--as-of", "2025-02-10").out)
    assert [remark["code"] for remark in told["remarks"]] == ["FII705", "FII705"]


def test_after_a_change_a_new_group_is_one_line(fii: Fii, here: Path) -> None:
    rests = "visits:\n  - phase: borgen\n    decisions: [{date: 2025-01-20, decision: pauze}]\n"
    overdue = "".join(f"  - {{id: a{n}, what: x, owner: p, due: 2025-01}}\n" for n in range(2))
    people = "people: [{id: p, role: x}]\n"
    Path("t.yaml").write_text(f"{HEAD}{people}{rests}actions:\n{overdue}", encoding="utf-8")
    said = fii("advance", "t.yaml", "--to", "borgen", "--date", "2025-02-10").err
    assert said.count("FII702") == 1
    assert "FII702 overdue action, 2 times: the action a0 was due on 2025-01; the action a1" in said
