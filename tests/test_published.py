"""Published results: who sees them, what they end, and what of them cannot be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.handbook.load import handbook
from fii_cli.report import report_of
from fii_cli.report.agenda import agenda_of
from fii_cli.report.basis import basis_of
from fii_cli.report.model import Report
from helpers import NL, codes, edition, trajectory

pytestmark = pytest.mark.usefixtures("here")
DAY = date(2025, 12, 1)
HEAD = """\
fii: 1
title: P
language: en
entry: {commission: gevraagd, date: 2010}
visits: [{phase: innoveren, entered: 2010, via: entry}]
"""
SMALL = """\
assessments:
  - instrument: midi
    date: 2014
    published_in: Verzonnen 2015
    responses: {all}
    published:
      17: {{{n}shares: {{hinders: 61.5, helps: 38.5}}}}
accepted: [{{rule: FII905, about: midi, reason: Openbaar.}}]
"""


def written(text: str) -> None:
    Path("a.yaml").write_text(HEAD + text, encoding="utf-8")


def made(key: str, what: str, day: str = "2014", more: str = "") -> str:
    source = ", published_in: Verzonnen 2015" if key == "published" else ""
    return (
        f"  - {{instrument: midi, date: {day}, perspective: clients{more}{source}, {key}: {{17: {what}}}}}\n"
    )


def report(text: str) -> Report:
    return report_of(basis_of(edition(trajectory(HEAD + text), DAY, "client"), handbook()), NL)


# --- small groups -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("all_", "n"), [("3", ""), ("37", "n: 4, ")])
def test_outsiders_see_no_results_of_small_groups_in_any_form(fii: Fii, all_: str, n: str) -> None:
    written(SMALL.format(all=all_, n=n))
    done = fii("report", "a.yaml", "--audience", "client", "--format", "json", "--output", "-")
    assert done.code == 0, done.err
    assert "Verzonnen 2015" in done.out
    assert "61.5" not in done.out
    before = HEAD + SMALL.format(all=all_, n=n)
    Path("b.yaml").write_text(before.replace("61.5", "62.5").replace("38.5", "37.5"), encoding="utf-8")
    told = fii("diff", "a.yaml", "b.yaml", "--audience", "client", "--json").out
    assert "61.5" not in told
    assert "62.5" not in told
    assert "62.5" in fii("diff", "a.yaml", "b.yaml", "--json").out
    assert "fewer than 5 answers: not shown" in " ".join(
        fii("report", "a.yaml", "--audience", "client", "--format", "md", "--output", "-").out.split()
    )


def test_the_smallest_group_of_the_repository_counts_for_outsiders(fii: Fii) -> None:
    written(SMALL.format(all="37", n="n: 7, "))
    asked = ["report", "a.yaml", "--audience", "client", "--format", "json", "--output", "-"]
    assert "61.5" in fii(*asked).out
    Path("fii.toml").write_text("[counts]\nsmallest = 10\n", encoding="utf-8")
    assert "61.5" not in fii(*asked).out


@pytest.mark.parametrize(("all_", "n", "found"), [("3", "", 1), ("37", "n: 4, ", 1), ("37", "", 0)])
def test_a_small_group_that_was_published_is_found(all_: str, n: str, found: int) -> None:
    text = SMALL.format(all=all_, n=n).partition("accepted")[0]
    assert codes(HEAD + text, DAY).count("FII905") == found


# --- what ends a barrier ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "later",
    [
        made("published", "{mean: 4.5}", "2015", ", responses: 30"),
        made("published", "{shares: {helps: 100}}", "2015", ", responses: 3"),
        made("counts", "{5: 3}", "2015", ", responses: 3"),
    ],
)
def test_what_is_on_no_side_ends_no_barrier(fii: Fii, later: str) -> None:
    written("assessments:\n" + made("counts", "{1: 20, 5: 20}", "2014", ", responses: 40") + later)
    (barrier,) = json.loads(fii("barriers", "a.yaml", "--json").out)["barriers"]
    assert (barrier["item"], barrier["date"]) == ("17", "2014")
    (trend,) = json.loads(fii("trend", "a.yaml", "--json").out)["trajectories"]
    assert [each["how"] for each in trend["dated"]["barriers"]] == [None]


def test_a_later_mean_stands_beside_what_was_said_before() -> None:
    told = "assessments:\n" + made("counts", "{1: 20, 5: 20}", "2014", ", responses: 40")
    block = report(told + made("published", "{mean: 4.5}", "2015", ", responses: 30")).instruments[0]
    (row,) = [row for group in block.groups for row in group.rows]
    (cell,) = row.cells
    assert cell
    assert cell.tone == "hinders-2"
    assert "4,5" in cell.told


@pytest.mark.parametrize(
    ("first", "second", "hinders"),
    [
        (made("ratings", "1"), made("published", "{shares: {helps: 100}}", "2015", ", responses: 30"), []),
        (
            made("published", "{shares: {helps: 100}}", more=", responses: 30"),
            made("ratings", "1", "2015"),
            ["1"],
        ),
        (made("counts", "{1: 30}", more=", responses: 30"), made("ratings", "5", "2015"), []),
        (made("ratings", "1", "2015"), made("counts", "{1: 30}", "2015", ", responses: 30"), ["1"]),
    ],
)
def test_the_latest_of_each_side_counts_whatever_its_form(
    fii: Fii, first: str, second: str, hinders: list[str]
) -> None:
    written("assessments:\n" + first + second)
    found = json.loads(fii("barriers", "a.yaml", "--json").out)["barriers"]
    assert [each["value"] for each in found] == hinders
    groups = json.loads(fii("score", "a.yaml", "--instrument", "midi", "--json").out)["groups"]
    assert sum(len(group[part]) for group in groups for part in ("ratings", "counts", "published")) == 1
    shown = report("assessments:\n" + first + second).instruments[0]
    (cell,) = [cell for group in shown.groups for row in group.rows for cell in row.cells]
    assert cell
    assert cell.tone.startswith("hinders") == bool(hinders)


def test_one_of_two_forms_in_one_assessment_counts_and_the_other_is_found(fii: Fii) -> None:
    text = (
        "assessments:\n  - {instrument: midi, date: 2014, perspective: clients, responses: 30, "
        "ratings: {17: 1}, counts: {17: {1: 30}}}\n"
    )
    written(text)
    (barrier,) = json.loads(fii("barriers", "a.yaml", "--json").out)["barriers"]
    assert barrier["value"] == "1"
    assert codes(HEAD + text, DAY).count("FII045") == 1


# --- what cannot be -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "all_", "found"),
    [
        ("{shares: {helps: 120}}", "30", 1),
        ("{mean: 3, sd: 2.2}", "30", 1),
        ("{mean: 3, sd: 2.02}", "30", 0),  # of a sample, at both ends
        ("{n: 31, mean: 3}", "30", 1),
        ("{shares: {hinders: 20, 1: 10, helps: 70}}", "30", 1),
        ("{shares: {hinders: 20, 3: 10, helps: 70}}", "30", 0),
        ("{mean: 3}", "0", 1),
    ],
)
def test_what_a_study_cannot_have_found_is_found(result: str, all_: str, found: int) -> None:
    text = "assessments:\n" + made("published", result, "2014", f", responses: {all_}")
    assert codes(HEAD + text, DAY).count("FII038") == found


def test_shares_that_do_not_add_up_are_found_with_their_assessment(fii: Fii) -> None:
    written("assessments:\n" + made("published", "{shares: {helps: 60}}", "2014-03", ", responses: 30"))
    assert "midi of 2014-03: the shares of 17 add up to 60%" in fii("check", "a.yaml").out


# --- pages --------------------------------------------------------------------------------------------------


def test_a_mean_and_what_is_not_shown_have_marks_of_their_own(fii: Fii) -> None:
    text = (
        "assessments:\n"
        + made("published", "{mean: 4.5}", more=", responses: 30")
        + made("counts", "{1: 30}", more=", responses: 30").replace("clients", "giving")
        + made("published", "{shares: {helps: 100}}").replace("clients", "receiving")
    )
    written(text)
    told = fii("report", "a.yaml", "--audience", "client", "--format", "md", "--output", "-").out
    assert "◇ mean only" in told
    assert "… not shown" in told
    assert "? unknown" not in told


def test_the_agenda_says_of_how_many_and_where_a_result_was_published() -> None:
    text = "assessments:\n" + made("published", "{shares: {hinders: 100}}", more=", responses: 30")
    page = agenda_of(basis_of(edition(trajectory(HEAD + text), DAY), handbook()), NL)
    told = str(page)
    assert "n = 30" in told
    assert NL("as published in {source}", source="Verzonnen 2015") in told


# --- set ----------------------------------------------------------------------------------------------------

ONE = "assessments:\n" + made("published", "{mean: 3.4}", more=", responses: 30")


def test_set_says_which_number_is_invalid(fii: Fii) -> None:
    written(ONE)
    done = fii("set", "a.yaml", "assessments.1.published.17.mean", "3,5")
    assert "invalid number 3,5" in done.err


@pytest.mark.parametrize(
    ("path", "value"), [("20.mean", "2.5"), ("20.shares.helps", "100"), ("17.shares.helps", "100")]
)
def test_set_adds_a_published_result(fii: Fii, path: str, value: str) -> None:
    written(ONE)
    done = fii("set", "a.yaml", f"assessments.1.published.{path}", value)
    assert done.code == 0, done.err
    item, _, key = path.partition(".")
    result = trajectory(Path("a.yaml").read_text(encoding="utf-8")).assessments[0].published[item]
    assert (result.mean if key == "mean" else result.shares["helps"]) == float(value)


def test_set_suggests_a_key_of_a_new_result(fii: Fii) -> None:
    written(ONE)
    assert "did you mean mean?" in fii("set", "a.yaml", "assessments.1.published.20.maen", "2.5").err


def test_set_removes_a_result_and_what_is_compared(fii: Fii) -> None:
    two = "assessments:\n" + made("published", "{mean: 3.4}, 20: {mean: 2.5}", more=", responses: 30")
    named = "organisations: [{id: noord, name: Noord, roles: [receiving]}]\n"
    written(two + named + "distinguish: {instrument: midi, low: [noord]}\n")
    assert fii("set", "a.yaml", "assessments.1.published.20", "").code == 0
    assert fii("set", "a.yaml", "distinguish", "").code == 0
    told = trajectory(Path("a.yaml").read_text(encoding="utf-8"))
    assert (list(told.assessments[0].published), told.distinguish) == (["17"], None)


# --- own instruments with several questions -----------------------------------------------------------------

OWN = """\
id: wijkscan
name: Wijkscan
scale:
  values:
    - {id: "1", name: oneens, help: Oneens., hinders: 2}
    - {id: "4", name: eens, help: Eens., helps: 2}
groups:
  - id: buurt
    name: De buurt
    items:
      - id: plek
        name: Een plek
        meaning: Is er een plek?
        questions:
          - Er is een plek.
          - De plek is open.
"""


def own(text: str = OWN) -> None:
    Path(".fii/instruments").mkdir(parents=True, exist_ok=True)
    Path(".fii/instruments/wijkscan.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "        questions:",
            "        statement: Een plek.\n        questions:",
            "both statement and questions",
        ),
        ("De plek is open.", "er is een  plek.", "plek has this question twice"),
        (OWN[OWN.index(" questions:") :], " questions: []\n", "questions is empty"),
    ],
)
def test_questions_that_contradict_are_refused(fii: Fii, old: str, new: str, told: str) -> None:
    own(OWN.replace(old, new))
    written("")
    shown = fii("check", "a.yaml")
    assert told in shown.out + shown.err


def test_the_guide_shows_the_questions_of_an_instrument(fii: Fii) -> None:
    own()
    told = fii("guide", "wijkscan").out
    assert "plek-a: Er is een plek." in told
    assert "plek-b: De plek is open." in told


def test_an_import_says_which_question_is_missing(fii: Fii) -> None:
    own()
    written("")
    rows = ["perspective;plek-a;plek", *["clients;1;4"] * 6]
    Path("a.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    asked = ["import", "a.yaml", "a.csv", "--instrument", "wijkscan", "--date", "2025-02-01"]
    told = " ".join(fii(*asked, "--dry-run").err.split())
    assert "the column plek is none of the questions of plek" in told
    assert "plek-a, plek-b" in told
    Path("a.csv").write_text("\n".join(["perspective;plek-a", *["clients;1"] * 6]) + "\n", encoding="utf-8")
    assert "no column for plek-b" in " ".join(fii(*asked, "--dry-run").err.split())


def test_a_questionnaire_in_markdown_suggests_no_import(fii: Fii) -> None:
    done = fii("questionnaire", "midi", "--output", "w.md")
    assert "fii import" not in done.err
    assert "csv or xlsx" in " ".join(done.err.split())
