"""The method linter: when it speaks, when it waits, and what silences it."""

from __future__ import annotations

from datetime import date

import pytest

from fii_cli.rules import RULES
from fii_cli.rules.privacy import holds_bsn, holds_email, holds_iban, holds_telephone
from fii_cli.rules.time import longest
from fii_cli.shelf import CONTENT, examples, handbook
from helpers import DAY, HEAD, codes, diagnostics

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


# --- personal data ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["mail a.b-c+d@voorbeeld.example.org.", "(x@y.nl)"])
def test_an_email_address_is_seen(text: str) -> None:
    assert holds_email(text)


@pytest.mark.parametrize("text", ["@voorbeeld", "groep 4 @ school", "a@b", "5b.app-werkt"])
def test_what_is_no_email_address(text: str) -> None:
    assert not holds_email(text)


@pytest.mark.parametrize(
    "text",
    ["06-12345678", "06 12 34 56 78", "0612345678", "+31 6 12345678", "0031612345678", "010-1234567", "(010) 1234567", "bel 020 123 45 67!", "+31(0)612345678", "+32 475 12 34 56"],
)  # fmt: skip
def test_a_telephone_number_is_seen(text: str) -> None:
    assert holds_telephone(text), text


@pytest.mark.parametrize(
    "text",
    ["2024-01-10 tot 2024-12-31", "01-10-2025 1234", "80.000 euro in 2025-2028", "1000000000 stappen", "dossier A0612345678", "https://example.org/0612345678", "0,123456789", "n=1234567890", "2025-01-10 2025-02-10"],
)  # fmt: skip
def test_what_is_no_telephone_number(text: str) -> None:
    assert not holds_telephone(text), text


@pytest.mark.parametrize(
    "text", ["NL91ABNA0417164300", "naar NL91 ABNA 0417 1643 00.", "BE68 5390 0754 7034"]
)
def test_a_bank_account_number_is_seen(text: str) -> None:
    assert holds_iban(text)


@pytest.mark.parametrize("text", ["NL92ABNA0417164300", "AB12 3456 7890 1234", "NL91ABNA", "CFIR III.D.2"])
def test_what_is_no_bank_account_number(text: str) -> None:
    assert not holds_iban(text)


@pytest.mark.parametrize(
    "text",
    ["BSN 111222333", "burgerservicenummer: 111.222.333", "111 222 333 (bsn)", "sofinummer 1112.22.333", "bsn is 111222333"],
)  # fmt: skip
def test_a_citizen_service_number_is_seen_beside_its_word(text: str) -> None:
    assert holds_bsn(text)


@pytest.mark.parametrize(
    "text",
    ["111222333", "bsn 123456789", "bsn 000000000", "bsn 1112223334", "bsn" + " x" * 30 + " 111222333", "aanvraag A111222333 met bsn"],
)  # fmt: skip
def test_nine_digits_alone_are_no_citizen_service_number(text: str) -> None:
    assert not holds_bsn(text)


def test_personal_data_is_found_in_any_text_and_only_there() -> None:
    text = HEAD.replace("Proef", "Proef x@y.nl") + (
        "organisations: [{id: a, name: A, funders: [B, 06-12345678]}]\n"
        "assessments: [{instrument: stoplicht, date: 2025-02-01, ratings: {2a.cultuur: {value: groen, note: a@b.nl}}}]\n"
    )
    assert codes(text) == ["FII901", "FII902", "FII901"]


@pytest.mark.parametrize("name", sorted(examples()))
def test_no_exampleholds_personal_data(name: str) -> None:
    assert not [code for code in codes(examples()[name], DAY) if code.startswith("FII9")]
