"""From a text to diagnostics: what fits the format, what refers, what the guide advises, what is accepted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.head import Decision, Visit
from helpers import HEAD, codes, judged, said, trajectory

ORGANISATION = "organisations:\n  - {id: fictie, name: Stichting Fictie}\n"


def test_title_language_and_entry_make_a_valid_file() -> None:
    assert codes("title: x\nlanguage: nl\nentry: {commission: ongevraagd}\n") == []


def test_a_missing_head_is_said_at_the_top() -> None:
    assert said("title: x\n") == [
        "1:1 FII011 entry is missing | add entry:",
        "1:1 FII011 language is missing | add language:",
    ] or said("title: x\n") == [
        "1:1 FII011 language is missing | add language:",
        "1:1 FII011 entry is missing | add entry:",
    ]


def test_a_mistyped_key_is_one_message_with_a_suggestion() -> None:
    text = HEAD.replace("title", "titel")
    assert said(text) == ["2:1 FII010 unknown key titel | did you mean title?"]


def test_an_unknown_key_without_a_near_one_lists_what_there_is() -> None:
    text = HEAD + ORGANISATION.replace("name: Stichting Fictie", "name: A, kleur: rood")
    (line,) = said(text)
    assert (
        line
        == "6:27 FII010 unknown key kleur | choose from: id, name, roles, funding, funders, until, became"
    )


def test_an_unknown_key_without_a_value_is_a_mistake_too() -> None:
    text = HEAD + "log: [{date: 2025, text: een app, met theorie}]\nsamenvatting:\nsummary:\n"
    assert codes(text) == ["FII010", "FII010"]
    assert codes(HEAD + "assessments: [{instrument: stoplicht, date: 2025, ratings: {2a.cultuur: }}]\n") == []


def test_an_english_value_leads_to_the_dutch_word() -> None:
    text = HEAD + "assessments:\n  - {instrument: stoplicht, date: 2025, ratings: {2a.cultuur: green}}\n"
    assert said(text) == ["6:63 FII026 green is not on the scale of stoplicht | did you mean groen?"]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("12-03-2025", "did you mean 2025-03-12?"),
        ("12/3/2025", "did you mean 2025-03-12?"),
        ("2025/3", "did you mean 2025-03?"),
        ("2025-3-1", "did you mean 2025-03-01?"),
        ("2025-03-12T10:00", "did you mean 2025-03-12?"),
        ("31-02-2025", "write 2025, 2025-03 or 2025-03-12: year, month, day"),
        ("vorige week", "write 2025, 2025-03 or 2025-03-12: year, month, day"),
        ("2025-13", "write 2025, 2025-03 or 2025-03-12: year, month, day"),
    ],
)
def test_a_date_that_is_none_gets_the_date_that_was_meant(written: str, hint: str) -> None:
    (line,) = said(HEAD.replace("2025-01", f'"{written}"'))
    assert line == f"4:37 FII014 invalid date {written} | {hint}"


@pytest.mark.parametrize("phase", ["verkennen", "2", '"2"', "'2'"])
def test_a_phase_is_written_by_name_number_or_number_as_text(phase: str) -> None:
    text = HEAD + f"visits:\n  - {{phase: {phase}, via: entry}}\n"
    assert trajectory(text).visits[0].phase == "verkennen"


def test_a_phase_that_is_none() -> None:
    assert said(HEAD + "visits:\n  - {phase: 7, via: entry}\n") == [
        "6:13 FII023 invalid value 7 for phase | "
        "choose from: signaleren, verkennen, innoveren, versterken, implementeren, borgen"
    ]


def test_free_text_takes_any_scalar_as_it_was_written() -> None:
    text = HEAD + "signaleren:\n  boundaries: {period: 2018, money: 80.000, legal_basis: nee, scale: 010}\n"
    section = trajectory(text).signaleren
    assert section is not None
    assert section.boundaries is not None
    assert (section.boundaries.period, section.boundaries.money) == ("2018", "80.000")
    assert (section.boundaries.legal_basis, section.boundaries.scale) == ("nee", "010")


def test_all_findings_of_all_kinds_come_at_once() -> None:
    text = (
        "fii: 1\ntitel: x\nlanguage: nl\n"
        "entry: {commission: gevraagd, date: 12-03-2025, receiving_organisation: aanzt}\n"
        "organisations:\n  - {id: fictie, name: A}\n  - {id: fictie, name: B}\n"
        "accepted: [{rule: FII21, reason: x}]\n"
    )
    assert codes(text) == ["FII010", "FII014", "FII021", "FII020", "FII027"]


def test_a_rule_is_silent_about_a_part_that_does_not_fit() -> None:
    text = (
        HEAD + "implementeren:\n  team: {mandaat: ja, members: [{person: x}]}\npeople: [{id: x, role: lid}]\n"
    )
    assert codes(text) == ["FII010"]


def test_a_newer_format_is_named_and_nothing_else() -> None:
    assert said("fii: 2\nnieuw: x\n") == [
        "1:6 FII007 this file has format version 2; this version of fii reads up to 1"
        " | install a newer version of fii"
    ]


@pytest.mark.parametrize("version", ["0", "-1", "een", "1.5", "9" * 5000])
def test_a_version_that_is_none(version: str) -> None:
    assert codes(HEAD.replace("fii: 1", f"fii: {version}")) in (["FII015"], ["FII007"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "this file is empty"),
        ("# alleen een opmerking\n", "this file is empty"),
        ("~\n", "this file is empty"),
        ("- a\n", "this file contains a list, not a trajectory"),
        ("los\n", "this file contains text, not a trajectory"),
    ],
)
def test_what_is_no_trajectory(text: str, message: str) -> None:
    (line,) = said(text)
    assert line.startswith("1:1 FII006 " + message)


def test_duplicate_ids_show_both_places() -> None:
    (diagnostic,) = judged(HEAD + ORGANISATION + "  - {id: fictie, name: B}\n").diagnostics
    assert (diagnostic.code, diagnostic.span.line, diagnostic.related[0][0].line) == ("FII020", 7, 6)


def test_answers_name_an_instrument_and_an_item() -> None:
    text = (
        HEAD
        + "actions:\n  - {id: a, what: x, answers: [stoplicht/2a.cultuur, cfir/I.D, foo/1, stoplicht/2a]}\n"
    )
    assert [line.split(" | ")[0].split(" ", 1)[1] for line in said(text) if "FII02" in line] == [
        "FII025 unknown instrument foo",
        "FII024 stoplicht has no item 2a",
    ]


def test_an_item_of_the_teams_own_can_be_rated_and_answered() -> None:
    text = (
        HEAD
        + "checklist: [{id: 2c.huisvesting, subphase: 2c, question: Is er plek?}]\n"
        + "assessments: [{instrument: stoplicht, date: 2025, ratings: {2c.huisvesting: groen}}]\n"
    )
    assert codes(text) == []
    assert codes(text.replace("id: 2c.huis", "id: 2b.huis")) == ["FII024", "FII024"]
    assert codes(HEAD + "checklist: [{id: 2c.stip, subphase: 2c, question: Is er plek?}]\n") == ["FII024"]


# --- time ---------------------------------------------------------------------------------------------------


def _visits(*lines: str) -> str:
    return HEAD + "visits:\n" + "".join(f"  - {line}\n" for line in lines)


def test_a_visit_cannot_begin_before_the_trajectory_or_the_visit_before_it() -> None:
    assert codes(_visits("{phase: 3, entered: 2024-12, via: entry}")) == ["FII030"]
    closed = "{phase: 3, entered: 2025-02, decisions: [{date: 2025-03-01, decision: pauze}]}"
    assert codes(_visits(closed, "{phase: 3, entered: 2025-02-20}")) == ["FII030"]
    assert codes(_visits(closed, "{phase: 4, entered: 2025-01-20}")) == ["FII030"]
    assert codes(_visits(closed, "{phase: 4, entered: 2025-02-20}")) == []  # phases may overlap


def test_rough_dates_only_contradict_when_they_certainly_do() -> None:
    closed = "{phase: 3, entered: 2025, decisions: [{date: 2025-03, decision: pauze}]}"
    assert codes(_visits(closed, "{phase: 4, entered: 2025-03-01}")) == []
    assert codes(_visits(closed, "{phase: 4, entered: 2025}")) == []


def test_nothing_is_decided_about_a_visit_that_has_ended() -> None:
    decisions = "[{date: 2025-02-01, decision: pauze}, {date: 2025-02-02, decision: bijsturen}]"
    assert codes(_visits(f"{{phase: 3, entered: 2025-01, decisions: {decisions}}}")) == ["FII030"]


def test_cycles_go_plan_do_check_act() -> None:
    cycle = "implementeren:\n  cycles: [{id: a, plan: {date: 2025-02-01}, do: {date: 2025-01-01}}]\n"
    assert codes(HEAD + cycle) == ["FII030"]


def test_one_open_visit_to_a_phase_is_fine_and_two_are_not() -> None:
    assert codes(_visits("{phase: 3, via: entry}")) == []
    assert codes(_visits("{phase: 3, via: entry}", "{phase: 4}")) == []
    assert codes(_visits("{phase: 3, via: entry}", "{phase: 3}")) == ["FII031"]


LIGHTS = _visits("{phase: 2, entered: 2025-01, via: entry}") + (
    "assessments:\n"
    "  - {instrument: stoplicht, date: 2025-02-01, ratings: {2a.cultuur: groen, 3a.antwoord: groen}}\n"
)


@pytest.mark.parametrize(("day", "expected"), [(15, []), (16, ["FII801"])])
def test_lights_of_the_open_phase_grow_old_after_two_weeks(day: int, expected: list[str]) -> None:
    assert codes(LIGHTS, date(2025, 2, day)) == expected


def test_what_lies_after_the_day_has_not_happened_yet() -> None:
    later = "  - {instrument: stoplicht, date: 2025-03-09, ratings: {2a.cultuur: groen}}\n"
    assert codes(LIGHTS + later, date(2025, 3, 8)) == ["FII801"]
    contacts = "[{date: 2025-01-02}, {date: 2025-06-01}]"
    text = (
        HEAD
        + f"people: [{{id: w, role: w}}]\nversterken: {{key_people: [{{person: w, contacts: {contacts}}}]}}\n"
    )
    assert codes(text, date(2025, 5, 1)) == ["FII421"]


def test_a_light_that_was_rated_again_is_not_old() -> None:
    again = "  - {instrument: stoplicht, date: 2025-03-01, ratings: {2a.cultuur: groen}}\n"
    assert codes(LIGHTS + again, date(2025, 3, 10)) == []


def test_a_light_that_does_not_apply_does_not_grow_old() -> None:
    never = "  - {instrument: stoplicht, date: 2025-02-02, ratings: {2a.cultuur: nvt}}\n"
    assert codes(LIGHTS + never, date(2025, 6, 1)) == []


def test_lights_from_before_the_phase_was_entered_again_do_not_count() -> None:
    text = LIGHTS.replace("entered: 2025-01,", "entered: 2025-02-10,")
    assert codes(text, date(2025, 6, 1)) == []


@pytest.mark.parametrize("decision", ["pauze", "stop", "afgerond"])
def test_what_looks_at_the_clock_is_silent_when_the_trajectory_rests(decision: str) -> None:
    silence = (
        "people: [{id: w, role: wethouder}]\n"
        "versterken: {key_people: [{person: w, contacts: [{date: 2025-01-05}]}]}\n"
    )
    visit = f"{{phase: 4, entered: 2025-01, decisions: [{{date: 2025-02-01, decision: {decision}}}]}}"
    assert "FII421" not in codes(_visits(visit) + silence, date(2026, 1, 1))
    assert codes(_visits("{phase: 4, entered: 2025-01}") + silence, date(2026, 1, 1)) == ["FII421"]


# --- method -------------------------------------------------------------------------------------------------


def _shortlist(n: int, entry: str = "") -> str:
    ids = [f"org{i}" for i in range(n)]
    return (
        HEAD.replace("2025-01}", f"2025-01{entry}}}")
        + "organisations:\n"
        + "".join(f"  - {{id: {i}, name: {i}}}\n" for i in (*ids, "bekend"))
        + "verkennen:\n  shortlist:\n"
        + "".join(f"    - {{organisation: {i}}}\n" for i in ids)
    )


@pytest.mark.parametrize(("n", "expected"), [(1, ["FII211"]), (2, []), (4, []), (5, ["FII211"])])
def test_a_shortlist_has_two_to_four(n: int, expected: list[str]) -> None:
    assert codes(_shortlist(n)) == expected


def test_the_shortlist_rule_is_silent_where_the_entry_named_the_receiver() -> None:
    assert codes(_shortlist(1, ", receiving_organisation: bekend")) == []


def test_nothing_nags_about_a_shortlist_before_the_phase_is_left() -> None:
    assert codes(_visits("{phase: 2, via: entry}")) == []
    left = "{phase: 2, via: entry, decisions: [{date: 2025-02-01, decision: door}]}"
    assert any(line.startswith("6:5 FII211 no shortlist") for line in said(_visits(left, "{phase: 3}")))


def test_radio_silence_counts_from_the_last_time_somebody_was_there() -> None:
    text = (
        HEAD + "people: [{id: w, role: wethouder}]\nversterken:\n  key_people:\n    - person: w\n"
        "      contacts: [{date: 2025-01-02, present: ja}, {date: 2025-03-01, present: nee}]\n"
    )
    assert said(text, date(2025, 3, 3)) == [
        "8:7 FII421 no contact with wethouder for 8 weeks | get in touch, and record it under contacts; "
        "if you agreed to meet less often, write so: every: driemaandelijks"
    ]
    assert codes(text, date(2025, 2, 13)) == []  # six weeks to the day
    assert codes(text, date(2025, 2, 14)) == ["FII421"]


def test_a_key_person_without_contacts_is_unknown_not_silent() -> None:
    text = HEAD + "people: [{id: w, role: wethouder}]\nversterken: {key_people: [{person: w}]}\n"
    assert codes(text, date(2030, 1, 1)) == ["FII804"]


# --- accepted -----------------------------------------------------------------------------------------------


def _accepting(entry: str) -> str:
    return _shortlist(1) + f"accepted:\n  - {{rule: FII211, reason: maar een partij{entry}}}\n"


def test_an_accepted_finding_is_silent_and_kept_apart() -> None:
    judgement = judged(_accepting(""))
    assert judgement.diagnostics == ()
    assert [d.code for d in judgement.accepted] == ["FII211"]


def test_acceptance_lasts_up_to_and_including_its_day() -> None:
    assert codes(_accepting(", until: 2025-02-10"), date(2025, 2, 10)) == []
    assert codes(_accepting(", until: 2025-02-10"), date(2025, 2, 11)) == ["FII211"]
    assert codes(_accepting(", until: 2025-02"), date(2025, 2, 28)) == []


def test_acceptance_about_somebody_is_about_nobody_else() -> None:
    text = (
        HEAD
        + "people: [{id: a, role: wethouder}, {id: b, role: manager}]\n"
        + "versterken:\n  key_people:\n"
        + "".join(f"    - {{person: {p}, contacts: [{{date: 2025-01-02}}]}}\n" for p in "ab")
        + "accepted: [{rule: FII421, about: a, reason: verkiezingen}]\n"
    )
    judgement = judged(text, date(2025, 6, 1))
    assert [d.about for d in judgement.diagnostics if d.code == "FII421"] == ["b"]
    assert [d.about for d in judgement.accepted] == ["a"]


def test_an_error_cannot_be_accepted() -> None:
    text = HEAD + "signaleren: {commissioner: {contact: x}}\naccepted: [{rule: FII022, reason: later}]\n"
    assert codes(text) == ["FII022", "FII028"]


# --- no input makes it raise --------------------------------------------------------------------------------

_LEAVES = st.sampled_from(
    ["groen", "ja", "2025", "2025-01-01", "x", "1", "", "verkennen", "gevraagd", "FII211"]
)
_KEYS = st.sampled_from(
    [*Trajectory.model_fields, *Visit.model_fields, *Decision.model_fields, "ratings", "rule"]
)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(_KEYS, _VALUES, max_size=6))
def test_no_shape_of_data_makes_judging_raise(data: dict[str, object]) -> None:
    import json

    text = HEAD + "".join(f"{key}: {json.dumps(value)}\n" for key, value in data.items() if key not in HEAD)
    for diagnostic in judged(text).diagnostics:
        assert diagnostic.span.line >= 1
