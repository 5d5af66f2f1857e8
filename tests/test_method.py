"""The method linter: when it speaks, when it waits, and what silences it."""

from __future__ import annotations

from datetime import date

import pytest

from fii_cli.handbook.load import handbook
from fii_cli.resources import CONTENT
from fii_cli.rules import RULES
from fii_cli.rules.time import longest
from helpers import HEAD, codes, diagnostics

METHOD = [rule.code for rule in RULES if "FII100" < rule.code < "FII700"]
ITEMS = handbook().item_ids("stoplicht")
FACTS = {"FII131", "FII133", "FII211", "FII236", "FII424", "FII511", "FII522"}
"""Rules that speak of what the file says itself, or of more than one item; one light does not change that."""


def wrong(code: str) -> str:
    return (CONTENT / "rules" / code / "wrong.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", METHOD)
def test_a_light_is_an_answer_too(code: str) -> None:
    """What the team put on green, or does not apply, is not asked for again in the file."""
    about = next((d.about for d in diagnostics(wrong(code)) if d.code == code), None)
    if about not in ITEMS:
        return
    for light, silent in (("groen", True), ("nvt", True), ("oranje", False), ("rood", False)):
        rated = f"assessments: [{{instrument: stoplicht, date: 2025-02-05, ratings: {{{about}: {light}}}}}]\n"
        if "assessments:" in wrong(code):
            continue
        assert (code not in codes(wrong(code) + rated)) == (silent and code not in FACTS)


def test_both_sides_must_say_so() -> None:
    rated = "assessments:\n" + "".join(
        f"  - {{instrument: stoplicht, date: 2025-02-0{day}, perspective: {side}, ratings: {{2c.kickoff: {light}}}}}\n"
        for day, side, light in ((1, "receiving", "oranje"), (2, "giving", "groen"))
    )
    assert "FII231" in codes(wrong("FII231") + rated)
    assert "FII231" not in codes(wrong("FII231") + rated.replace("oranje", "groen"))


@pytest.mark.parametrize("phase", [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize("decision", ["bijsturen", "pauze", "stop"])
def test_nothing_nags_about_a_phase_that_has_not_been_left(phase: int, decision: str) -> None:
    visit = f"{{phase: {phase}, entered: 2025-01, decisions: [{{date: 2025-02-01, decision: {decision}}}]}}"
    assert codes(HEAD + f"visits: [{visit}]\n") == []


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        (1, ["FII111", "FII121", "FII122", "FII131", "FII132"]),
        (2, ["FII201", "FII211", "FII231", "FII232", "FII233"]),
        (3, ["FII311", "FII321", "FII323"]),
        (4, ["FII411"]),
        (5, []),
        (6, ["FII611", "FII612", "FII613", "FII621"]),
    ],
)
def test_a_phase_that_was_left_with_nothing_in_the_file(phase: int, expected: list[str]) -> None:
    visit = f"{{phase: {phase}, entered: 2025-01, decisions: [{{date: 2025-02-01, decision: door}}]}}"
    found = codes(HEAD + f"visits: [{visit}]\n")
    assert sorted(found) == expected


def test_only_what_was_red_since_the_phase_was_entered_asks_for_an_action() -> None:
    text = (
        HEAD
        + "visits: [{phase: 5, entered: 2025-01-20}]\n"
        + "assessments: [{instrument: stoplicht, date: 2025-01-10, ratings: {5a.mandaat: rood}}]\n"
    )
    assert codes(text) == []
    assert codes(text.replace("2025-01-20", "2025-01-05").replace("2025-01-10", "2025-02-01")) == ["FII522"]


def test_an_item_nobody_knows_makes_no_rule_stumble() -> None:
    for item in ('""', "x", "9z.x", "5"):
        text = (
            HEAD + f"assessments: [{{instrument: stoplicht, date: 2025-02-01, ratings: {{{item}: rood}}}}]\n"
        )
        assert "FII024" in codes(text)


def test_an_action_that_is_done_does_not_answer_a_red_light_any_more() -> None:
    text = (CONTENT / "rules/FII522/right.yaml").read_text(encoding="utf-8")
    assert codes(text) == []
    assert codes(text.replace("owner: projectleider", "owner: projectleider, status: klaar")) == ["FII522"]


def test_an_overdue_action_of_a_trajectory_at_rest_waits() -> None:
    rest = "visits: [{phase: 5, entered: 2025-01, decisions: [{date: 2025-01-15, decision: pauze}]}]\n"
    assert "FII702" in codes(wrong("FII702"))
    assert "FII702" not in codes(wrong("FII702") + rest)


def test_left_on_red_is_silent_where_a_reason_was_given_or_red_turned_green_in_time() -> None:
    text = wrong("FII802")
    assert "FII802" in codes(text)
    later = "  - {instrument: stoplicht, date: 2025-01-30, ratings: {5a.mandaat: groen}}\n"
    assert "FII802" not in codes(text + later)
    assert "FII802" in codes(text + later.replace("2025-01-30", "2025-02-05"))
    assert "FII802" in codes(text + later.replace("date", "perspective: giving, date"))


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("18 maanden", 18),
        ("een jaar", 12),
        ("anderhalf jaar", 18),
        ("2 years", 24),
        ("2025-2026", 24),
        ("2025", None),
        ("2025-01 tot 2026-06", 18),
        ("2025-01-01 – 2025-12-31", 12),
        ("2024-2027", 48),
        ("convenant voor zes jaar", None),
        ("tot 2027", None),
        ("2027-2025", None),
        ("een jaar, daarna 2 jaar", None),
        ("", None),
    ],
)
def test_a_period_is_only_measured_where_the_text_tells(period: str, months: int | None) -> None:
    assert longest(period) == months


def test_the_clock_waits_for_its_number_of_days() -> None:
    text = (CONTENT / "rules/FII806/wrong.yaml").read_text(encoding="utf-8")
    assert "FII806" not in codes(text, date(2025, 1, 24))
    assert "FII806" in codes(text, date(2025, 1, 25))
    stalled = (CONTENT / "rules/FII521/wrong.yaml").read_text(encoding="utf-8")
    assert "FII521" not in codes(stalled, date(2024, 12, 27))
    assert "FII521" in codes(stalled, date(2024, 12, 28))
