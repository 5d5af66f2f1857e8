"""Whose light, decision or phase it is: said wherever organisations are in phases of their own."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.analysis.movement import assessment_before_the_last
from fii_cli.analysis.paths import path_of
from fii_cli.analysis.trend import trend_of
from fii_cli.handbook.load import handbook
from helpers import EN, diagnostics, said, trajectory
from test_meeting import committed

pytestmark = pytest.mark.usefixtures("here")

DAY = date(2025, 6, 10)
STORY = """\
fii: 1
title: Schools
language: en
organisations:
  - {id: north, name: School North, roles: [receiving]}
  - {id: south, name: School South, roles: [receiving], until: 2025-04-01, became: west}
  - {id: west, name: School West, roles: [receiving]}
people:
  - {id: lead, role: project leader, until: 2025-04-01, followed_by: coach}
  - {id: coach, role: coach, until: 2025-04-01}
entry: {commission: gevraagd, receiving_organisation: [north, south], date: 2024-01}
visits:
  - {phase: verkennen, entered: 2024-01-08, via: entry, decisions: [{date: 2024-06-01, decision: door}]}
  - {phase: versterken, entered: 2024-06-01, via: forward}
  - phase: implementeren
    entered: 2024-09-01
    organisation: north
    decisions: [{date: 2025-04-01, decision: door, by: board, reason: it works}]
  - {phase: implementeren, entered: 2024-10-01, organisation: west}
  - {phase: borgen, entered: 2025-04-01, via: forward, organisation: north}
"""
LIGHTS = """\
assessments:
  - {instrument: stoplicht, date: 2025-03-03, by: us, about: west, ratings: {5a.mandaat: groen}}
  - {instrument: stoplicht, date: 2025-06-03, by: us, about: north, ratings: {6a.routine: rood}}
  - {instrument: stoplicht, date: 2025-06-04, by: us, about: west, ratings: {5a.mandaat: rood}}
  - {instrument: cfir, date: 2025-06-04, about: west, ratings: {III.E.2: "-2"}}
"""
ASKED = """\
requested_decisions:
  - {id: go, question: Does West go on?, asked_of: coach, since: 2025-06-04}
  - {id: pay, question: Who pays?, asked_of: coach, advice: {text: us, by: team, date: 2025-06-04}}
  - {id: done, question: Where?, asked_of: coach, decided: {date: 2025-06-04, answer: here}}
"""


def write(text: str) -> None:
    Path("a.yaml").write_text(text, encoding="utf-8")


def minutes(fii: Fii, day: str) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    done = fii("minutes", "a.yaml", "--on", day, "--json")
    assert done.code == 0, done.err
    page = json.loads(done.out)
    return page["lead"], {part["id"]: part["rows"] for part in page["parts"]}


# --- the minutes and what changed ---------------------------------------------------------------------------


def test_minutes_name_the_organisation_of_a_light(fii: Fii) -> None:
    more = LIGHTS.replace("2025-06-03", "2025-06-04").replace("6a.routine", "5a.mandaat")
    write(
        STORY.replace("  - {phase: borgen, entered: 2025-04-01, via: forward, organisation: north}\n", "")
        + more
    )
    _, parts = minutes(fii, "2025-06-04")
    told = {row["what"]: (row["before"], row["light"]) for row in parts["rated"] if row["light"]}
    assert told == {
        "Mandate to decide (School North)": (None, "rood"),  # not green before, as in the west
        "Mandate to decide (School West)": ("groen", "rood"),
    }


def test_minutes_name_whose_phase_began_and_whose_was_decided_about(fii: Fii) -> None:
    write(STORY)
    lead, parts = minutes(fii, "2025-04-01")
    assert [row["what"] for row in parts["decided"]] == [
        "Implementing (School North): continue",
        "Phase sustaining began at School North",
    ]
    assert lead == "1 decision."  # a phase that began is not another one
    _, parts = minutes(fii, "2024-06-01")
    assert [row["what"] for row in parts["decided"]] == ["Exploring: continue", "Phase strengthening began"]


def test_minutes_tell_who_ended_that_day_and_who_followed(fii: Fii) -> None:
    write(STORY)
    _, parts = minutes(fii, "2025-04-01")
    assert [row["what"] for row in parts["noted"]] == [
        "School South continued as School West",
        "project leader left; coach took over",
        "coach left",
    ]
    write(STORY.replace(", became: west", ""))
    assert minutes(fii, "2025-04-01")[1]["noted"][0]["what"] == "School South no longer takes part"


def test_what_was_only_asked_is_no_decision(fii: Fii) -> None:
    write(STORY + ASKED)
    lead, parts = minutes(fii, "2025-06-04")
    assert lead == "1 decision."
    assert [row["what"] for row in parts["decided"]] == ["Where?"]
    assert [(row["what"], row["more"]) for row in parts["noted"]] == [
        ("Requested decision: Does West go on?", "asked"),
        ("Requested decision: Who pays?", "advice: us"),
    ]


def test_what_changed_names_the_phase_and_the_organisation(fii: Fii) -> None:
    write(STORY + LIGHTS)
    words = ("a.yaml", "--as-of", str(DAY), "--since", "2025-03-10")
    for command in ("report", "agenda"):
        page = fii(command, *words, "--format", "md", "--output", "-").out
        assert "Decided about implementing at School North: continue (1 April 2025)" in page
        assert "Mandate to decide (School West)" in page
    assert "Available Resources (School West)" in fii("agenda", *words, "--format", "md", "--output", "-").out
    before = fii(
        "report", "a.yaml", "--as-of", str(DAY), "--since", "2024-05-01", "--format", "md", "-o", "-"
    )
    assert "Decided about exploring: continue (1 June 2024)" in before.out


def test_what_changed_tells_who_left(fii: Fii) -> None:
    write(
        STORY.replace(", until: 2025-04-01", "")
        .replace(", followed_by: coach", "")
        .replace(", became: west", "")
    )
    committed("2025-03-01")
    write(STORY)
    page = fii("report", "a.yaml", "--as-of", str(DAY), "--since", "HEAD", "--format", "md", "-o", "-").out
    assert "School South continued as School West (1 April 2025)" in page
    assert "Coach left (1 April 2025)" in page


# --- figures of phases that overlap -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (str(DAY), "1 April 2025: continue (board) – it works – School North"),
        ("2025-03-01", "1 June 2024: continue"),
    ],
)
def test_the_latest_decision_is_that_of_all_paths(fii: Fii, day: str, told: str) -> None:
    write(STORY)
    page = fii("report", "a.yaml", "--as-of", day, "--format", "md", "--output", "-").out
    assert f"- **Latest decision**: {told}\n" in page


def test_phases_that_overlap_have_no_share(fii: Fii) -> None:
    one = STORY.split("  - phase: implementeren")[0]
    for text, shares in ((one, True), (STORY, False)):
        write(text)
        page = fii("trend", "a.yaml", "--as-of", str(DAY)).out
        assert ("Share" in page, "Phases overlap" in page) == (shares, not shares)
        trend = trend_of(trajectory(text), handbook(), DAY)
        told = [trend.share_of(each.days) for each in trend.phases if each.visits]
        assert sum(each or 0 for each in told) == (100 if shares else 0)


@pytest.mark.parametrize(
    ("rated", "start"),
    [
        ([("03-01", "north"), ("06-03", "north"), ("06-04", "west")], "2025-03-01"),
        ([("06-02", "north"), ("06-03", "west"), ("06-04", "north")], "2025-06-02"),
        ([("06-03", "north"), ("06-04", "west")], None),
        ([("05-01", "north"), ("06-04", "west")], "2025-05-01"),  # too long ago to be of this round
    ],
)
def test_organisations_rated_shortly_after_each_other_are_one_round(
    rated: list[tuple[str, str]], start: str | None
) -> None:
    made = "".join(
        f"  - {{instrument: stoplicht, date: 2025-{day}, about: {about}, ratings: {{5a.mandaat: groen}}}}\n"
        for day, about in rated
    )
    found = assessment_before_the_last(trajectory(f"{STORY}assessments:\n{made}"), DAY)
    assert (found and found.isoformat()) == start
    whole = trajectory(f"{STORY.split('  - phase: impl')[0]}assessments:\n{made}")
    assert str(assessment_before_the_last(whole, DAY)) == f"2025-{rated[-2][0]}"


# --- after the end of an organisation -----------------------------------------------------------------------

ENDED = """\
fii: 1
title: Schools
language: en
organisations:
  - {id: south, name: School South, roles: [receiving], until: 2025-04}
  - {id: west, name: School West, roles: [receiving]}
people:
  - {id: p, role: trainer, until: 2024-10, followed_by: q}
  - {id: q, role: nurse, until: 2025-01}
entry: {commission: gevraagd, receiving_organisation: [south, west], date: 2024-01}
visits:
  - {phase: verkennen, entered: 2024-03-01, organisation: south}
  - {phase: implementeren, entered: 2024-10-01, organisation: west}
actions: [{id: do, what: do it, owner: p, since: 2024-09-01}]
"""


def test_status_and_the_finding_end_the_visit_on_the_day_that_it_ended(fii: Fii) -> None:
    write(ENDED)
    step = "fii advance {} --organisation south --decision stop --date 2025-04"
    out = " ".join(fii("status", "a.yaml", "--as-of", str(DAY)).out.split())
    assert step.format("a.yaml") in out
    [line] = [each for each in said(ENDED, DAY) if "School South ended, and is still" in each]
    assert step.format("FILE") in line
    late = fii("advance", "a.yaml", "--organisation", "south", "--decision", "stop", "--date", str(DAY))
    assert (late.code, Path("a.yaml").read_text(encoding="utf-8")) == (2, ENDED)
    assert "School South ended (2025-04)" in late.err
    assert "--date 2025-04" in late.err
    assert fii(*step.format("a.yaml").split()[1:]).code == 0
    judged = said(Path("a.yaml").read_text(encoding="utf-8"), DAY)
    assert not [each for each in judged if "FII808" in each or "School South" in each]


def test_whoever_followed_and_left_too_is_the_one_to_follow() -> None:
    for text, message, key in (
        (ENDED, "trainer left, and so did nurse, who followed", "people.q.followed_by"),
        (ENDED.replace(", followed_by: q", ""), "trainer left, and nobody followed", "people.p.followed_by"),
    ):
        [found] = [each for each in diagnostics(text, DAY) if each.code == "FII809" and each.about == "p"]
        assert EN(found.message) == message
        assert found.label
        assert key in EN(found.label)


def test_a_phase_beside_one_that_was_still_open_that_day_is_no_restart(fii: Fii) -> None:
    stopped = ENDED.replace(
        "organisation: south}", "organisation: south, decisions: [{date: 2025-04, decision: stop}]}"
    )
    for day, via in (("2025-02-01", "skip"), ("2025-04-30", "restart")):
        write(stopped)
        words = ("--organisation", "south", "--to", "versterken", "--beside", "--reason", "x", "--date", day)
        done = fii("advance", "a.yaml", *words)
        assert done.code == 0, done.err
        assert f"via: {via}" in Path("a.yaml").read_text(encoding="utf-8")


def test_a_team_of_one_side_is_named() -> None:
    team = """\
implementeren:
  teams: [{organisation: west, members: [{person: a}, {person: b}]}]
"""
    people = "people:\n  - {id: a, role: x, organisation: west}\n  - {id: b, role: y, organisation: west}\n"
    found = said(ENDED.replace("people:\n", people).replace("actions:", f"{team}actions:"), DAY)
    [line] = [each for each in found if "FII512" in each]
    assert "everyone in the implementation team of School West is from School West" in line


# --- lights about nobody ------------------------------------------------------------------------------------


def test_a_light_about_nobody_counts_for_whoever_has_none_of_its_own(fii: Fii) -> None:
    made = """\
  - {instrument: stoplicht, date: 2024-08-15, ratings: {5b.cyclus: rood}}
  - {instrument: stoplicht, date: 2025-05-20, ratings: {5a.mandaat: rood, 5c.coaching: rood}}
  - {instrument: stoplicht, date: 2025-05-21, about: west, ratings: {5a.mandaat: groen}}
"""
    told = trajectory(f"{STORY}assessments:\n{made}")
    lights = {
        (of, item.id): item.light
        for of in ("west", "north")
        for item in path_of(told, handbook(), DAY, of).phase("implementeren").items
    }
    assert [lights["west", item] for item in ("5a.mandaat", "5c.coaching", "5b.cyclus")] == [
        "groen",
        "rood",
        "onbekend",
    ]
    assert [lights["north", item] for item in ("5a.mandaat", "5c.coaching", "5b.cyclus")] == [
        "rood",
        "rood",
        "onbekend",
    ]
    write(f"{STORY}assessments:\n{made}")
    agenda = fii("agenda", "a.yaml", "--as-of", str(DAY), "--json").out
    rows = next(part["rows"] for part in json.loads(agenda)["parts"] if part["id"] == "lights")
    told_of = {row["what"]: row["more"] for row in rows}
    assert told_of["School West: Coaching after the training"] == "was red on 20 May 2025"
    done = fii("advance", "a.yaml", "--organisation", "west", "--decision", "door", "--date", str(DAY))
    assert "■ red  5c.coaching" in done.err
