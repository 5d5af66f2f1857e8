"""Rating with other instruments than the stoplicht: what a rating means, and ratings shown as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.handbook import Handbook
from fii_cli.handbook.load import handbook
from fii_cli.handbook.lookup import rating_for
from fii_cli.resources import CONTENT
from fii_cli.words import LIGHTS
from fii_cli.yaml.read import read
from helpers import HEAD, judged, python
from sound_content import sound_handbook
from wizard import Wizard

TEXT = (
    HEAD
    + """\
organisations:
  - {id: voorbeeld, name: Stichting Voorbeeld}
assessments:
  - instrument: cfir
    date: 2025-01-20
    by: ontwikkelaar
    perspective: receiving
    about: voorbeeld
    ratings:
      III.D.2: {value: -1, note: registratie wijkt af}
      III.E.1: 2
"""
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(TEXT, encoding="utf-8")


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("id_", [each.id for each in sound_handbook().instruments])
def test_every_item_of_every_instrument_can_be_rated_with_every_value(fii: Fii, id_: str) -> None:
    instrument = handbook().instrument(id_)
    items = [item.id for item in instrument.items]
    scales = [handbook().scale(id_, item) for item in items]
    unrated = sum(
        values[number % len(values)] in handbook().no_answers(id_, item)
        for number, (item, values) in enumerate(zip(items, scales, strict=True))
    )
    words = [
        f"--set={item}={values[number % len(values)]}"
        for number, (item, values) in enumerate(zip(items, scales, strict=True))
    ]
    done = fii("assess", "a.yaml", "--instrument", id_, *words, "--date", "2025-02-01")
    assert done.code == 0, done.err
    assert judged(text()).errors == ()
    shown = fii("score", "a.yaml", "--instrument", id_)
    assert f"{len(items) - unrated} of {len(items)} rated" in shown.out


def test_flags_add_one_assessment_of_the_instrument(fii: Fii) -> None:
    words = "--instrument cfir --set III.D.2=+1 --set I.F=x --perspective giving --about voorbeeld"
    done = fii("assess", "a.yaml", *words.split(), "--note", "I.F=wisselt", "--date", "2025-02-01")
    assert done.code == 0, done.err
    assert text() == TEXT + (
        "  - instrument: cfir\n    date: 2025-02-01\n    perspective: giving\n    about: voorbeeld\n"
        "    ratings:\n      III.D.2: 1\n      I.F: {value: X, note: wisselt}\n"
    )
    assert "next step: fii score a.yaml --instrument cfir" in done.err


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("--instrument cfri --set I.A=1", "unknown instrument cfri", "did you mean cfir?"),
        (
            "--instrument cfir --set I.A=3",
            "3 is not a valid rating here",
            "choose from: -2, -1, 0, 1, 2, X, M",
        ),
        ("--instrument cfir --set I.Z=1", "unknown item I.Z", "fii guide shows the items"),
        (
            "--instrument cfir --set 2a.cultuur=groen",
            "unknown item 2a.cultuur",
            "fii guide shows the items",
        ),
        ("--instrument cfir", "the terminal is not interactive", "add --set I.A=-2"),
        ("--instrument cfir --domain VI", "cfir has no group VI", "choose from: I, II, III, IV, V"),
        (
            "--instrument cfir --phase 2",
            "--phase, --subphase and --due are only for the stoplicht",
            "use --domain",
        ),
        (
            "--instrument cfir --due",
            "--phase, --subphase and --due are only for the stoplicht",
            "use --domain",
        ),
        ("--domain III", "--domain requires an instrument", "add --instrument cfir"),
        (
            "--instrument drivers --set coaching=groen",
            "groen is not a valid rating here",
            "choose from: hoog",
        ),
        (
            "--instrument readiness --set team=ja --about x",
            "unknown organisation x",
            "under organisations",
        ),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_written(
    fii: Fii, words: str, message: str, hint: str
) -> None:
    done = fii("assess", "a.yaml", *words.split())
    assert done.code == 2
    assert message in " ".join(done.err.split())
    assert hint in " ".join(done.err.split())
    assert text() == TEXT


@pytest.mark.parametrize(
    ("word", "rating"),
    [("-2", "-2"), ("+2", "2"), ("x", "X"), ("strong positive", "2"), ("gemengd", "X"), ("3", None)],
)
def test_a_rating_has_many_words(word: str, rating: str | None) -> None:
    assert rating_for(word, handbook().instrument("cfir").scale) == rating


def test_ratings_are_shown_as_they_were_given(fii: Fii) -> None:
    fii(
        "assess",
        "a.yaml",
        *["--instrument", "cfir", "--set", "III.D.2=1", "--perspective", "giving", "--date", "2025-02-01"],
    )
    shown = " ".join(fii("score", "a.yaml", "--instrument", "cfir", "--as-of", "2025-02-10").out.split())
    assert "III Inner setting 2 of 14 rated" in shown
    assert (
        "III.D.2 Compatibility: -1 weak negative (2025-01-20, ontwikkelaar, receiving organisation, "
        "Stichting Voorbeeld) – registratie wijkt af 1 weak positive (2025-02-01, giving organisation)"
    ) in shown
    assert (
        "Differences between sides III.D.2 one rating says it hinders, another that it helps 2 of 39 rated."
        in shown
    )
    assert "Only survey answers to one question have a mean; ratings, items and sides never do." in shown


def test_only_the_last_rating_of_a_side_is_shown_and_none_of_later_days(fii: Fii) -> None:
    again = "--instrument cfir --set III.E.1=0 --perspective receiving --about voorbeeld --date 2025-02-01"
    fii("assess", "a.yaml", *again.split())
    assert "III.E.1  Leadership Engagement: 0 neutral" in fii("score", "a.yaml", "--instrument", "cfir").out
    before = fii("score", "a.yaml", "--instrument", "cfir", "--as-of", "2025-01-31").out
    assert "III.E.1  Leadership Engagement: 2 strong positive" in before


def test_programs_get_every_rating_with_where_it_came_from(fii: Fii) -> None:
    data = json.loads(fii("score", "a.yaml", "--instrument", "cfir", "--json").out)
    assert (data["version"], data["instrument"]) == (1, "cfir")
    group = data["groups"][2]
    assert (group["id"], group["items"], group["rated"]) == ("III", 14, 2)
    assert group["ratings"][0] == {
        "item": "III.D.2",
        "value": "-1",
        "answer": True,
        "date": "2025-01-20",
        "by": "ontwikkelaar",
        "perspective": "receiving",
        "about": "voorbeeld",
        "note": "registratie wijkt af",
        "evidence": None,
    }


def test_a_session_shows_what_each_rating_means_and_what_was_said_before() -> None:
    what = ("--instrument", "cfir", "--domain", "III")
    side = ("--perspective", "receiving", "--about", "voorbeeld")
    wizard = Wizard("assess", "a.yaml", *what, *side, "--lang", "nl")
    wizard.answer("Wie beoordeelt? [ontwikkelaar]", "kernteam")
    wizard.until("-2 hindert sterk")
    wizard.until("X gemengd")
    wizard.until("Antwoord met een van deze.")
    wizard.until("III De organisatie")
    wizard.answer("III.A", "groen")
    wizard.answer("kies uit: -2, -1, 0, 1, 2, X, M", "later")
    for item in ("III.B", "III.C", "III.D"):
        wizard.answer(f"/14 {item}", "")
    wizard.answer("III.D.1", "m")
    wizard.answer("toelichting", "")
    wizard.until("-1 hindert enigszins  20 januari 2025, ontwikkelaar, ontvangende organisatie, voorbeeld")
    wizard.answer("Aansluiting: Of de interventie past", "+1 registratie is aangepast")
    wizard.answer("III.D.3", "stop")
    wizard.until("III.D.2: {value: 1, note: registratie is aangepast}")
    wizard.until("--instrument cfir --set III.D.1=M --set III.D.2=1")
    wizard.answer("Dit schrijven naar a.yaml?", "ja")
    assert wizard.ended() == 0
    assert "      III.D.1: M\n      III.D.2: {value: 1, note: registratie is aangepast}\n" in text()


def test_an_instrument_is_one_file_and_no_code() -> None:
    """A file in a folder of content is an instrument: known, rated, checked and explained."""
    own = """\
id: eigen
name: {nl: Eigen lijst, en: A list of our own}
source: ours
scale: {source: ours, values: [{id: ja, name: {nl: ja, en: "yes"}, help: {nl: Het is er., en: It is there.}}]}
groups:
  - id: alles
    name: {nl: Alles, en: Everything}
    items: [{id: eerste, name: {nl: Eerste, en: First}, meaning: {nl: Is het er?, en: Is it there?}}]
"""
    book = handbook()
    more = Handbook(
        lambda name: read(own).data if name == "instruments/eigen" else book._read(name),
        lambda folder: (*book._names(folder), "instruments/eigen"),
    )
    assert more.instrument_ids[-1] == "eigen"
    assert more.item_ids("eigen") == {"eerste"}
    assert more.scale("eigen", "eerste") == ("ja",)
    assert more.instruments[-1].groups[0].items[0].meaning.en == "Is it there?"


# --- candidates side by side ---------------------------------------------------------------------------------

SHORTLIST = (
    HEAD
    + """\
organisations: [{id: fictie, name: Stichting Fictie}, {id: brug, name: De Brug}]
verkennen:
  shortlist:
    - {organisation: fictie, culture: lerend}
    - {organisation: brug, caseload: 30}
assessments:
  - {instrument: readiness, date: 2025-01-20, about: fictie, perspective: giving, ratings: {mensen: ja, team: nee}}
  - {instrument: readiness, date: 2025-01-21, about: fictie, perspective: receiving, ratings: {team: deels}}
  - {instrument: readiness, date: 2025-01-22, about: brug, ratings: {mensen: nee}}
"""
)


def test_candidates_stand_side_by_side_with_what_is_known_of_them(fii: Fii) -> None:
    Path("a.yaml").write_text(SHORTLIST, encoding="utf-8")
    done = fii("compare", "a.yaml", "--as-of", "2025-02-01")
    lines = {" ".join(line.split()) for line in done.out.splitlines()}
    named = handbook().names.items("readiness")
    assert done.code == 0
    assert {
        "Stichting Fictie De Brug",
        "Culture lerend –",
        "Caseload – 30",
        f"{named['mensen'].en} yes no",
        f"{named['team'].en} no / partly –",
        f"{named['motivatie'].en} – –",
        "Stichting Fictie: 2 of 11 rated",
        "De Brug: 1 of 11 rated",
    } <= lines
    assert not any(line.startswith("Steering – –  ") for line in lines)


def test_candidates_for_programs(fii: Fii) -> None:
    Path("a.yaml").write_text(SHORTLIST, encoding="utf-8")
    data = json.loads(fii("compare", "a.yaml", "--json").out)
    assert data["candidates"] == ["fictie", "brug"]
    assert data["known"]["culture"] == {"fictie": ["lerend"], "brug": []}
    assert data["ratings"]["mensen"] == {"fictie": ["ja"], "brug": ["nee"]}
    assert data["ratings"]["team"] == {"fictie": ["nee", "deels"], "brug": []}


def test_candidates_in_signs_of_ascii_where_the_terminal_has_no_others() -> None:
    Path("a.yaml").write_text(SHORTLIST, encoding="utf-8")
    done = python("--lang", "en", "compare", "a.yaml", PYTHONIOENCODING="ascii")
    lines = {" ".join(line.split()) for line in done.stdout.decode("ascii").splitlines()}
    assert "Caseload - 30" in lines


def test_without_a_shortlist_that_is_said(fii: Fii) -> None:
    assert "no shortlist yet: fii add a.yaml candidate" in fii("compare", "a.yaml").out
    assert fii("compare", "a.yaml", "--instrument", "x").code == 2


# --- sides, trajectories and many -----------------------------------------------------------------------------


def test_two_trajectories_are_told_apart_opposite_ones_first(fii: Fii) -> None:
    other = TEXT.replace("III.E.1: 2", "III.E.1: 1").replace("value: -1,", "value: 1,")
    Path("b.yaml").write_text(other.replace("title: Proef", "title: Ander"), encoding="utf-8")
    mine = (
        TEXT.replace("      III.D.2:", "      I.A: 1\n      III.D.2:").replace("      III.E.1: 2\n", "")
        + "      III.E.1: 2\n"
    )
    Path("a.yaml").write_text(mine.replace("III.D.2", "V.A"), encoding="utf-8")
    Path("b.yaml").write_text(other.replace("III.D.2", "V.A"), encoding="utf-8")
    words = ("score", "a.yaml", "--instrument", "cfir", "--against", "b.yaml")
    data = json.loads(fii(*words, "--json").out)
    assert [(each["item"], each["difference"]) for each in data["distinguishing"]] == [
        ("V.A", "opposite"),
        ("III.E.1", "differ"),
    ]
    shown = " ".join(fii(*words).out.split())
    assert (
        "V.A Planning: -1 weak negative ↔ 1 weak positive; one rating says it hinders, another that it helps"
        in shown
    )
    assert fii("score", "a.yaml", "--against", "b.yaml").code == 2
    nothing = ("score", "a.yaml", "--instrument", "cfir", "--against", "a.yaml")
    assert "No differences in the items that both rated." in fii(*nothing).out


def test_sides_that_answered_stand_once_where_there_is_one(fii: Fii) -> None:
    counts = (
        "  - instrument: midi\n    date: 2025-01-20\n    perspective: {}\n    responses: 5\n"
        "    counts:\n      17: {{4: 5}}\n      23: {{2: 5}}\n"
    )
    Path("a.yaml").write_text(TEXT + counts.format("giving"), encoding="utf-8")
    shown = fii("score", "a.yaml", "--instrument", "midi").out
    assert shown.count("giving organisation") == 1
    assert "facilitator: n = 5; 0% hinders, 0% neutral, 100% helps; mean 4.0 (sd 0.0)" in shown
    Path("a.yaml").write_text(TEXT + counts.format("giving") + counts.format("third"), encoding="utf-8")
    shown = " ".join(fii("score", "a.yaml", "--instrument", "midi").out.split())
    assert (shown.count("giving organisation"), shown.count("third party")) == (2, 2)
    Path("fii.toml").write_text("[counts]\nsmallest = 6\n", encoding="utf-8")
    assert "fewer than 6 answers: not shown" in fii("score", "a.yaml", "--instrument", "midi").out
    data = json.loads(fii("score", "a.yaml", "--instrument", "midi", "--json").out)
    assert data["groups"][1]["counts"][0]["n"] is None


def test_drivers_begin_with_the_lowest(fii: Fii) -> None:
    words = "--set training=hoog --set selectie=matig --set gegevens=laag --date 2025-02-01"
    assert fii("assess", "a.yaml", "--instrument", "drivers", *words.split()).code == 0
    lines = fii("score", "a.yaml", "--instrument", "drivers").out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")][:3] == [
        "gegevens",
        "selectie",
        "training",
    ]


# --- a repository's own -------------------------------------------------------------------------------------

OWN = (CONTENT / "rules/FII041/right.yaml").read_text(encoding="utf-8")


def write_own(text: str, name: str = "wijkscan") -> None:
    Path(".fii/instruments").mkdir(parents=True, exist_ok=True)
    Path(f".fii/instruments/{name}.yaml").write_text(text, encoding="utf-8")


def test_an_own_instrument_is_rated_checked_and_shown(fii: Fii) -> None:
    write_own(OWN)
    assert (
        fii(
            "assess", "a.yaml", *["--instrument", "wijkscan", "--set", "plek=nee", "--date", "2025-02-01"]
        ).code
        == 0
    )
    assert fii("check", "a.yaml", "--as-of", "2025-02-10", "--select", "FII9").code == 0
    assert "plek  Een plek: nee (2025-02-01)" in fii("score", "a.yaml", "--instrument", "wijkscan").out
    assert "wijkscan/plek" in fii("barriers", "a.yaml", "--as-of", "2025-02-10").out
    assert fii("add", "a.yaml", "action", "what=zoeken", "answers=wijkscan/plek").code == 0
    assert "Is er een plek om samen te komen?" in fii("guide", "wijkscan/plek").out
    assert "Is er een plek om samen te komen?" in fii("explain", "plek").out
    assert fii("assess", "a.yaml", *["--instrument", "wijkscan", "--set", "plek=soms"]).code == 2


def test_an_own_instrument_says_whose_it_is_and_where_else_to_look(fii: Fii) -> None:
    more = "name: Wijkscan\nlicence: Van de wijkraad.\nsee_also: [{title: De lijst, text: Vraag erom.}]"
    write_own(OWN.replace("name: Wijkscan", more, 1))
    page = fii("guide", "wijkscan").out
    assert "Wording and licence\n  Van de wijkraad." in page
    assert "See also\n  - De lijst. Vraag erom. (ours, not from the guide)" in page


# --- what came of it --------------------------------------------------------------------------------------

SHORT_FORMS = ("aim-iam-fim", "oric", "nomad", "psat", "re-aim")
OUTCOMES = ("outcomes", "cfir-outcomes", *SHORT_FORMS)


@pytest.mark.parametrize("id_", OUTCOMES)
def test_an_instrument_for_outcomes_says_whose_wording_it_is(id_: str) -> None:
    instrument = handbook().instrument(id_)
    assert instrument.licence
    short = ("korte vorm, eigen bewoording" in instrument.name.nl, "our wording" in instrument.name.en)
    assert short == ((id_ in SHORT_FORMS),) * 2
    assert bool(instrument.see_also) == (id_ in SHORT_FORMS)
    for name in (instrument.name, *(item.name for item in instrument.items)):
        assert len(name.nl.split()) <= 6
        assert len(name.en.split()) <= 6
    assert all(item.name_read == "en" or item.name_basis == "ours" for item in instrument.items)


def test_the_outcomes_are_those_that_were_published() -> None:
    names = [item.name.en for item in handbook().instrument("outcomes").items]
    assert sorted(names) == [
        *("Acceptability", "Adoption", "Appropriateness", "Feasibility", "Fidelity", "Implementation cost"),
        *("Penetration", "Sustainability"),
    ]
    assert [len(group.items) for group in handbook().instrument("nomad").groups] == [4, 4, 4, 4]
    assert len(handbook().instrument("psat").items) == 8
    assert [item.name.en[0] for item in handbook().instrument("re-aim").items] == list("REAIM")
    addendum = handbook().instrument("cfir-outcomes")
    assert [[item.name.en for item in group.items] for group in addendum.groups] == [
        ["Adoptability", "Implementability", "Sustainability"],
        ["Adoption", "Implementation", "Sustainment"],
    ]


def test_an_outcome_touches_a_construct_only_if_that_is_where_to_look() -> None:
    book = handbook()
    assert not any(item.cfir or item.midi for item in book.instrument("cfir-outcomes").items)
    assert book.touches("re-aim/effect") == ()
    for id_ in ("outcomes", "aim-iam-fim", "oric", "nomad", "psat"):
        assert all(book.touches(f"{id_}/{item.id}") for item in book.instrument(id_).items)


@pytest.mark.parametrize("id_", OUTCOMES)
def test_a_low_outcome_is_a_barrier_and_leads_to_strategies(fii: Fii, id_: str) -> None:
    instrument = handbook().instrument(id_)
    item = instrument.items[-1]
    lowest = next(value for value, hinders in handbook().hinders(id_, item.id).items() if hinders == 2)
    fii("assess", "a.yaml", "--instrument", id_, f"--set={item.id}={lowest}", "--date", "2025-02-01")
    assert f"{id_}/{item.id}" in fii("barriers", "a.yaml", "--as-of", "2025-02-10").out
    if id_ != "cfir-outcomes":
        assert "via cfir/" in " ".join(fii("strategies", "--for", f"{id_}/{item.id}", "--why").out.split())


@pytest.mark.parametrize("id_", OUTCOMES)
def test_answers_to_a_questionnaire_of_outcomes_are_counted(fii: Fii, id_: str) -> None:
    assert fii("questionnaire", id_, "--output", "q.csv").code == 0
    head = Path("q.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    items = handbook().instrument(id_).items
    answers = ";".join(handbook().scale(id_, item.id)[0] for item in items)
    separator = ";" if ";" in head else ","
    row = separator.join(["receiving", *answers.split(";")])
    Path("q.csv").write_text("\n".join([head, *[row] * 5, ""]), encoding="utf-8")
    done = fii("import", "a.yaml", "q.csv", "--instrument", id_, "--date", "2025-02-01")
    assert done.code == 0, done.err
    assert judged(text()).errors == ()
    data = json.loads(fii("score", "a.yaml", "--instrument", id_, "--json").out)
    assert sum(len(group["counts"]) for group in data["groups"]) == len(items)


def test_midi_refers_to_the_tool_with_strategies_of_tno(fii: Fii) -> None:
    referral = "TNO's implementation tool. Gives, for each determinant of MIDI, the strategies"
    assert referral in " ".join(fii("guide", "midi").out.split())
    done = fii("questionnaire", "midi")
    assert "TNO" not in done.out
    assert referral in " ".join(done.err.split())
    assert "Theunissen et al. (2022)" in done.err
    assert "See also" not in fii("questionnaire", "liso").err
    fii("assess", "a.yaml", "--instrument", "midi", "--set=17=2", "--date", "2025-02-01")
    report = fii("report", "a.yaml", "--format", "md", "--as-of", "2025-02-10", "--output", "-").out
    assert "De implementatietool van TNO. Geeft bij elke determinant van de MIDI" in report
    assert "Leiden: TNO" in report


def test_a_folder_among_the_instruments_is_passed_over(fii: Fii) -> None:
    Path(".fii/instruments/oud.yaml").mkdir(parents=True)
    assert fii("check", "a.yaml", "--as-of", "2025-02-10", "--select", "FII9").code == 0


def test_without_it_the_same_file_has_an_unknown_instrument(fii: Fii) -> None:
    write_own(OWN)
    fii("assess", "a.yaml", *["--instrument", "wijkscan", "--set", "plek=nee", "--date", "2025-02-01"])
    Path(".fii/instruments/wijkscan.yaml").unlink()
    assert "FII025" in fii("check", "a.yaml", "--format", "concise").out


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: wijkscan", "id: cfir", "1:1: FII041 error: an instrument cfir already exists"),
        ("id: wijkscan\n", "", "FII041 error: id is missing"),
        ("name: Wijkscan", "naam: Wijkscan", "2:1: FII041 error: unknown key naam"),
        ("meaning:", "uitleg:", "FII041 error: unknown key uitleg"),
        ("id: nee, name", "id: ja, name", "6:8: FII041 error: duplicate id ja"),
        ("id: plek", "id: een plek", "11:10: FII041 error: an id is one word"),
        ("hinders: 2", "hinders: veel", "FII041 error: hinders is not valid here"),
        ("name: Wijkscan", "name: Wijkscan\nsource: x/y", "3:1: FII041 error: unknown source x/y"),
        (
            "name: Wijkscan",
            "name: Wijkscan\nsee_also: [{title: A, text: B., source: x}]",
            "FII041 error: unknown source x",
        ),
        ("groups:", "groups: {}\nx:", "FII041 error: groups must be a list"),
        (OWN[OWN.index("scale:") : OWN.index("groups:")], "", "FII041 error: scale is missing"),
        (OWN[OWN.index("groups:") :], "groups: []\n", "FII041 error: this instrument has no items"),
        (OWN, "- a\n", "FII041 error: this file does not contain an instrument"),
        (OWN, "", "FII041 error: this file does not contain an instrument"),
        ("groups:", "groups: [", "FII041 error: unclosed bracket or missing comma"),
    ],
)
def test_an_own_instrument_that_cannot_be_used_is_said(fii: Fii, old: str, new: str, message: str) -> None:
    write_own(OWN.replace(old, new, 1))
    done = fii("check", "a.yaml", "--as-of", "2025-02-10", "--format", "concise")
    assert done.code == 1
    lines = [line for line in done.out.splitlines() if message in line]
    assert lines
    assert all(line.startswith(".fii/instruments/wijkscan.yaml:") for line in lines)
    assert (
        "unexpected error"
        not in fii("assess", "a.yaml", *["--instrument", "wijkscan", "--set", "plek=nee"]).err
    )


def test_texts_may_stand_in_both_languages_and_two_files_cannot_share_an_id(fii: Fii) -> None:
    write_own(OWN.replace("name: Een plek", "name: {nl: Een plek, en: A place}"))
    fii("assess", "a.yaml", *["--instrument", "wijkscan", "--set", "plek=ja", "--date", "2025-02-01"])
    assert "A place: ja" in fii("score", "a.yaml", "--instrument", "wijkscan").out
    assert "Een plek: ja" in fii("score", "a.yaml", "--instrument", "wijkscan", lang="nl").out
    write_own(OWN, "zelfde")
    assert "zelfde.yaml:1:1: FII041" in fii("check", "a.yaml", "--format", "concise").out


def test_the_stoplicht_is_an_instrument_like_the_others() -> None:
    book = handbook()
    items = [item for phase in book.phases for subphase in phase.subphases for item in subphase.items]
    stoplicht = book.instrument("stoplicht")
    assert [item.id for item in stoplicht.items] == [item.id for item in items]
    assert [item.name for item in stoplicht.items] == [item.question for item in items]
    assert [(item.cfir, item.midi) for item in stoplicht.items] == [(item.cfir, item.midi) for item in items]
    assert book.item_ids("stoplicht") == {item.id for item in items}
    assert book.scale("stoplicht", items[0].id) == LIGHTS
    assert book.hinders("stoplicht", items[0].id) == {"rood": 2, "oranje": 1}
    assert book.helps("stoplicht", items[0].id) == {}
    assert book.versions_of("stoplicht") == book.unrated_ids("stoplicht") == frozenset()


def test_an_item_of_the_teams_own_takes_lights_and_an_unknown_one_of_another_instrument_takes_nothing() -> (
    None
):
    assert handbook().scale("stoplicht", "2c.eigen-huisvesting") == LIGHTS
    assert handbook().hinders("stoplicht", "2c.eigen-huisvesting") == {"rood": 2, "oranje": 1}
    assert handbook().scale("midi", "2c.eigen-huisvesting") == ()
