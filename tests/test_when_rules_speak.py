"""When rules speak, and when a good adviser would say nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.handbook.load import handbook
from fii_cli.project.settings import read_settings
from fii_cli.rules import BY_CODE, Circumstances
from fii_cli.rules.check import check
from fii_cli.yaml.read import read
from helpers import DAY, EN, HEAD, codes, judged, said

CASES = Path(__file__).parent / "cases"
SKIPPED = HEAD + "visits: [{phase: implementeren, entered: 2025-01-10, via: entry}]\n"
"""A trajectory that began at implementing: the four phases before it were skipped."""


# --- skipped phases -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "elsewhere"),
    [
        ("verkennen: {ownership: {meeting: {every: maandelijks}}}", ["FII231", "FII232"]),
        ("verkennen: {agreements: [{organisation: a, date: 2025-01-20}]}", ["FII221", "FII222"]),
        ("verkennen: {shortlist: [{organisation: a, culture: lerend}]}", ["FII211", "FII212"]),
        ("signaleren: {question: {goal: x}}", ["FII111", "FII121"]),
        ("signaleren: {boundaries: {period: 2025-2028, money: x}}", ["FII111", "FII131"]),
        ("innoveren: {method: {active_ingredients: [{id: i, what: x}]}}", ["FII322", "FII323"]),
        ("innoveren: {balance: {scalable: ja}}", ["FII311"]),
    ],
)
def test_a_fact_in_a_skipped_phase_asks_for_nothing_more(fact: str, elsewhere: list[str]) -> None:
    organisations = "organisations: [{id: a, name: A}]\n"
    assert codes(f"{SKIPPED}{organisations}{fact}\n") == []
    here = SKIPPED.replace("implementeren", fact.partition(":")[0])
    assert sorted(codes(f"{here}{organisations}{fact}\n")) == elsewhere


def test_a_fact_in_a_skipped_phase_is_still_heard_if_it_says_something_itself() -> None:
    complex_ = "innoveren: {balance: {complexity: hoog, adaptability: laag}}\n"
    one_sided = "verkennen: {ownership: {balance: laag, meeting: {agenda: inhoudelijk}}}\n"
    assert sorted(codes(SKIPPED + complex_ + one_sided)) == ["FII234", "FII236", "FII312"]


def test_a_phase_to_come_is_not_skipped() -> None:
    coming = "borgen: {quality: {instrument: vragenlijst}}\n"
    assert codes(SKIPPED + coming) == ["FII611", "FII613"]


# --- phases left long ago -----------------------------------------------------------------------------------


def _left(day: str, more: str = "") -> str:
    """Exploring was left on a day, with half of what it asks; identifying the question was skipped."""
    door = f"decisions: [{{date: {day}, decision: door}}]"
    return (
        f"{HEAD}organisations: [{{id: a, name: A}}, {{id: b, name: B}}]\nvisits:\n"
        f"  - {{phase: verkennen, entered: 2025-01, via: entry, {door}}}\n"
        "  - {phase: innoveren}\n"
        "verkennen:\n  shortlist: [{organisation: a}]\n  agreements: [{organisation: a}]\n"
        f"  ownership: {{balance: laag, meeting: {{agenda: inhoudelijk}}}}\n{more}"
    )


def test_a_phase_left_long_ago_is_not_advised_about_any_more() -> None:
    about = {code for code in codes(_left("2025-02-01"), date(2025, 7, 1)) if code.startswith("FII2")}
    expected = {"FII211", "FII212", "FII221", "FII222", "FII231", "FII232", "FII233", "FII234", "FII236"}
    assert about == expected
    assert codes(_left("2025-02-01"), date(2025, 9, 1)) == []


def test_six_months_is_not_yet_long_and_a_rough_date_counts_from_its_last_day() -> None:
    assert "FII231" in codes(_left("2025-02-01"), date(2025, 8, 1))
    assert "FII231" in codes(_left("2025-03"), date(2025, 9, 1))
    assert "FII231" in codes(_left("2025"), date(2026, 6, 1))


def test_the_path_itself_is_not_asked_about_long_afterwards() -> None:
    red = "assessments: [{instrument: stoplicht, date: 2025-01-20, ratings: {2c.kickoff: rood}}]\n"
    assert "FII802" in codes(_left("2025-02-01", red), date(2025, 3, 1))
    assert "FII802" not in codes(_left("2025-02-01", red), date(2026, 3, 1))
    back = _left("2025-02-01").replace("via: entry", "via: return")
    assert "FII805" in codes(back, date(2025, 3, 1))
    assert "FII805" not in codes(back, date(2026, 3, 1))


def test_lights_of_a_phase_left_long_ago_hinder_nobody_now() -> None:
    rated = "".join(
        f"  - {{instrument: stoplicht, date: 2025-01-{day}, ratings: {{2c.kickoff: oranje}}}}\n"
        for day in (10, 17, 24)
    )
    text = _left("2025-02-01", f"assessments:\n{rated}")
    assert "FII703" in codes(text, date(2025, 3, 1))
    assert "FII703" not in codes(text, date(2026, 3, 1))


def test_how_long_is_a_setting() -> None:
    settings, wrong = read_settings("[check]\nleft-months = 24\n", "fii.toml", BY_CODE)
    assert not wrong
    circumstances = Circumstances(handbook(), date(2026, 9, 1), thresholds=settings.thresholds)
    assert "FII231" in [d.code for d in check(read(_left("2025-02-01")), circumstances).diagnostics]


@pytest.mark.parametrize("written", ["0", "'zes'", "1.5"])
def test_a_setting_that_is_no_number_of_months_is_refused(written: str) -> None:
    _, wrong = read_settings(f"[check]\nleft-months = {written}\n", "fii.toml", BY_CODE)
    assert [EN(d.message) for d in wrong] == ["left-months is a whole number from 1 to 9999"]


# --- FII311: weighed in a light -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        ("{value: oranje, note: drie onderdelen te veel}", ["FII311"]),
        ("{value: rood, note: x}", ["FII311"]),
        ("oranje", ["FII311", "FII311"]),
        ("{value: onbekend, note: nog vragen}", ["FII311", "FII311"]),
    ],
)
def test_a_rated_light_with_a_note_is_considered(rating: str, expected: list[str]) -> None:
    text = (
        f"{HEAD}visits: [{{phase: innoveren, entered: 2025-01-05, via: entry}}]\n"
        "innoveren: {balance: {scalable: ja}}\nactions: [{id: a, what: x, owner: p, answers: "
        "[stoplicht/3a.complexiteit]}]\npeople: [{id: p, role: x}]\nassessments:\n"
        f"  - {{instrument: stoplicht, date: 2025-02-03, ratings: {{3a.complexiteit: {rating}}}}}\n"
    )
    found = [line for line in said(text) if "FII311" in line]
    assert ("how complex" in found[0]) == (len(expected) == 2)
    assert "how adaptable" in found[0]


# --- FII411 and FII412: levels ------------------------------------------------------------------------------


def _key_people(*levels: str) -> str:
    people = "".join(
        f"  - {{id: p{n}, role: x{f', level: {level}' if level else ''}}}\n" for n, level in enumerate(levels)
    )
    keys = "".join(f"    - {{person: p{n}}}\n" for n in range(len(levels)))
    visits = "visits: [{phase: versterken, entered: 2025-01-10, via: entry}]\n"
    return f"{HEAD}people:\n{people}{visits}versterken:\n  key_people:\n{keys}"


def test_a_key_person_without_a_level_is_seen() -> None:
    (found,) = said(_key_people("", "", ""))
    assert "FII411 3 key people without a level | write the level of each" in found
    (found,) = said(_key_people("management", "", "burgers"))
    assert "FII411 key people at 2 levels, 1 key person without a level | write the level" in found


def test_levels_that_are_known_are_counted_as_before() -> None:
    assert codes(_key_people("management", "burgers", "uitvoerders")) == []
    found = said(_key_people("management", "management", "management"))
    assert [line.split()[1] for line in found] == ["FII411", "FII412"]
    assert "FII411 key people at 1 level | look for allies" in found[0]


def test_who_may_be_a_citizen_is_no_missing_citizen() -> None:
    assert codes(_key_people("management", "beleid", "uitvoerders", "")) == []
    assert codes(_key_people("management", "beleid", "uitvoerders", "wethouders")) == ["FII412"]


# --- FII421: a rhythm of one's own --------------------------------------------------------------------------


def _seen(every: str) -> str:
    return (
        f"{HEAD}people: [{{id: w, role: wethouder}}]\nversterken:\n  key_people:\n"
        f"    - {{person: w, {f'every: {every}, ' if every else ''}contacts: [{{date: 2025-01-10}}]}}\n"
    )


@pytest.mark.parametrize(
    ("every", "still_fine", "silent"),
    [
        ("", date(2025, 2, 21), date(2025, 2, 22)),
        ("tweewekelijks", date(2025, 1, 31), date(2025, 2, 1)),
        ("maandelijks", date(2025, 2, 17), date(2025, 2, 18)),
        ("driemaandelijks", date(2025, 4, 19), date(2025, 4, 20)),
    ],
)
def test_a_key_person_is_silent_once_the_agreed_rhythm_has_passed(
    every: str, still_fine: date, silent: date
) -> None:
    assert "FII421" not in codes(_seen(every), still_fine)
    assert "FII421" in codes(_seen(every), silent)


def test_of_another_rhythm_only_the_team_knows_when_it_has_passed() -> None:
    assert "FII421" not in codes(_seen("anders"), date(2026, 1, 1))


def test_a_quarterly_meeting_of_the_steering_group_can_be_written_down() -> None:
    text = (CASES / "rhythm.yaml").read_text(encoding="utf-8")
    found = said(text, date(2025, 3, 1))
    assert [line.split()[1] for line in found] == ["FII421"]
    assert found[0].endswith("if you agreed to meet less often, write so: every: driemaandelijks")
    assert codes(text.replace("{person: w,", "{person: w, every: driemaandelijks,"), date(2025, 3, 1)) == []


def test_a_missed_rhythm_is_named_and_the_remedy_is_contact() -> None:
    (found,) = (d for d in judged(_seen("maandelijks"), date(2025, 3, 1)).diagnostics if d.code == "FII421")
    assert found.label
    assert found.hint
    assert EN(found.label) == "agreed: monthly"
    assert EN(found.hint) == "get in touch, and record it under contacts"


def test_the_rhythm_of_a_key_person_can_be_added(fii: Fii, here: Path) -> None:
    Path("t.yaml").write_text(HEAD + "people: [{id: w, role: wethouder}]\n", encoding="utf-8")
    assert fii("add", "t.yaml", "key-person", "person=w", "every=driemaandelijks").code == 0
    assert "{person: w, every: driemaandelijks}" in Path("t.yaml").read_text(encoding="utf-8")


# --- FII709 and FII905: who was counted ---------------------------------------------------------------------


def _counted(counts: str, head: str = "") -> str:
    return f"{HEAD}assessments:\n  - {{instrument: midi, date: 2025-02-03, {head}counts: {{17: {counts}}}}}\n"


@pytest.mark.parametrize(
    ("counts", "head", "expected"),
    [
        ("{2: 2, 4: 6}", "", "8 people answered midi"),
        ("{2: 2, 4: 5}", "responses: 8, ", "8 people answered midi"),
        ("{2: 2, 4: 6}", "responses: 12, ", ""),
        ("{2: 4, 4: 6}", "", ""),
    ],
)
def test_few_answers_are_counted_by_people_if_the_file_says_how_many(
    counts: str, head: str, expected: str
) -> None:
    found = [line for line in said(_counted(counts, head)) if "FII709" in line]
    assert [line.split("FII709 ")[1].split(" | ")[0] for line in found] == ([expected] if expected else [])


@pytest.mark.parametrize("what", ["programmes", "organisations"])
def test_programmes_are_no_small_group_of_people(what: str) -> None:
    assert codes(_counted("{2: 1, 4: 2}")) == ["FII905"]
    assert codes(_counted("{2: 1, 4: 2}", "counted: people, ")) == ["FII905"]
    (found,) = said(_counted("{2: 1, 4: 2}", f"counted: {what}, "))
    assert f"FII709 3 {what} counted with midi | discuss what was found in each" in found


def test_the_remedy_for_a_small_group_says_how_to_count_something_else() -> None:
    (found,) = said(_counted("{2: 1, 4: 2}"))
    assert found.endswith("if these are not people, write counted: organisations or programmes")


PROGRAMMES = """
    moeders-van-rotterdam samen-leren jong-leren samen-sterk thuis-leren amigos de-brug buurtmoeders
    home-start post-op-tafel opvoeden-zo kansrijke-start vroeg-erbij signaal-uit-de-wijk
    administratief-juridisch-team stap-voor-stap klaar-voor-school grip-op-je-geld buurtgezinnen
    taal-in-de-wijk
"""
PEOPLE = """
    Pietje Puk, Jan Jansen, Marie de Vries, Fatima El Amrani, Sjoerd van der Meer, Ayşe Yılmaz,
    Chantal Bakker, Willem-Jan Smit, Mohammed Ali, Noor Visser, Daan Mulder, Søren Holm, Iris van
    Dijk, Kees Boer, Truus Kok, Łukasz Nowak, Jürgen Müller, Anne-Fleur Post, Bo Peters, Zeynep Kaya
"""
ROLES = (
    "people:\n  - {id: projectleider, role: projectleider}\n"
    "  - {id: directie, role: management en directie}\n"
    "  - {id: moeder, role: ervaringsdeskundige moeder}\n  - {id: teamleider, role: teamleider wijkteam}\n"
)


@pytest.mark.parametrize("name", PROGRAMMES.split())
def test_the_name_of_a_programme_is_no_person_in_the_file_name(name: str) -> None:
    assert not judged(HEAD + ROLES, DAY, path=f"{name}.yaml").diagnostics


@pytest.mark.parametrize("name", [" ".join(name.split()) for name in PEOPLE.split(",")])
def test_the_name_of_a_person_is_found_in_the_file_name(name: str) -> None:
    people = f"people: [{{id: p1, role: wethouder, name: {name}}}]\n"
    for path in (name.replace(" ", "-"), f"traject {name.lower()} 2025"):
        found = judged(HEAD + people, DAY, path=f"{path}.yaml").diagnostics
        assert [d.code for d in found] == ["FII906"]


# --- a rule says what its source says -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoken", "missing"),
    [
        ("[uitvoerders]", "management and project leaders of A were not consulted"),
        ("[management]", "project leaders of A were not consulted"),
        ("[projectleiders, uitvoerders]", "management of A was not consulted"),
        ("[lijnmanagers, projectleiders]", "professionals of A were not consulted"),
        ("[management, projectleiders, uitvoerders]", None),
        ("[]", None),
    ],
)
def test_management_and_project_leaders_come_before_professionals(spoken: str, missing: str | None) -> None:
    agreement = f"verkennen: {{agreements: [{{organisation: a, talked_with: {spoken}}}]}}\n"
    lines = said(f"{HEAD}organisations: [{{id: a, name: A}}]\n{agreement}")
    found = [line for line in lines if "FII223" in line]
    assert len(found) == (missing is not None)
    assert all(f"FII223 {missing} |" in line for line in found)


@pytest.mark.parametrize("step", ["impliciet", "beschreven", "onderbouwd", "werkzaam"])
def test_a_description_alone_does_not_show_that_an_intervention_works(step: str) -> None:
    two = "organisations: [{id: a, name: A, roles: [receiving]}, {id: b, name: B, roles: [receiving]}]\n"
    found = codes(f"{HEAD}{two}innoveren: {{method: {{effect_ladder: {step}}}}}\n")
    assert ("FII324" in found) is (step in ("impliciet", "beschreven"))


def test_criticism_is_put_on_the_table_not_treated_as_silence() -> None:
    rule = handbook().rule("FII423")
    for text in (rule.do.nl, rule.do.en):
        assert "answers=stoplicht/4b.op-tafel" in text
        assert "4b.aandacht" not in text


PLACES = {
    "FII131": "fii-2022/fase 1",
    "FII132": "fii-2022/fase 1",
    "FII133": "fii-2022/fase 1",
    "FII324": "boendermaker-2022/in fii-2022, deel 2",
    "FII423": "fii-2022/fase 4",
    "FII521": "nji-implementatie/monitoren en verbeteren",
    "FII533": "fii-2022/fase 5",
    "FII701": "ours",
    "FII803": "boendermaker-2022/in fii-2022, deel 2",
}


@pytest.mark.parametrize(("code", "place"), PLACES.items())
def test_a_rule_names_the_place_where_its_source_says_it(code: str, place: str) -> None:
    assert handbook().rule(code).source == place
