"""The same words, ids and answers everywhere: in options, in values, in wizards and in tables."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from conftest import Fii
from fii_cli import adaptation_words, words
from fii_cli.handbook.load import handbook
from fii_cli.handbook.lookup import rating_and_rest, rating_for
from fii_cli.suggest import known_as
from fii_cli.words import label, meant
from helpers import EN, HEAD, NL
from wizard import Wizard

CLOSED = {
    name: get_args(kind)
    for name, kind in (vars(words) | vars(adaptation_words)).items()
    if get_args(kind) and all(isinstance(each, str) for each in get_args(kind)) and name != "DaySource"
}
"""The closed values that people type, by name; only fii writes where the day of a report comes from."""
TEXT = (
    HEAD
    + """\
organisations:
  - {id: Fictie, name: Stichting Fictie, roles: [receiving]}
people:
  - {id: Wethouder, role: wethouder}
visits:
  - {phase: verkennen, entered: 2025-01, via: entry}
versterken:
  key_people:
    - {person: Wethouder, contacts: [{date: 2025-01}]}
assessments:
  - {instrument: stoplicht, date: 2025-02, ratings: {2c.overleg: rood, 2a.cultuur: {value: groen, note: x}}}
  - {instrument: cfir, date: 2025-02, ratings: {III.D.2: -2}}
actions:
  - {id: Bellen, what: bellen}
"""
)


@pytest.fixture(autouse=True)
def _elsewhere(here: Path) -> None:
    Path("a.yaml").write_text(TEXT, encoding="utf-8")


@pytest.mark.parametrize("name", sorted(CLOSED))
def test_every_value_is_known_by_its_name_in_both_languages(name: str) -> None:
    for value in CLOSED[name]:
        for word in (value, value.upper(), EN(label(value)), NL(label(value)), f" {value} "):
            assert meant(word, CLOSED[name]) == value, word


@pytest.mark.parametrize(
    ("word", "known", "id_"),
    [("fictie", ["Fictie"], "Fictie"), ("a", ["a", "A"], "a"), ("B", ["b", "B"], "B"), ("x", ["a"], None)],
)
def test_an_id_may_be_typed_in_any_case_if_only_one_fits(
    word: str, known: list[str], id_: str | None
) -> None:
    assert known_as(word, known) == id_


def test_an_id_that_two_could_be_is_not_guessed() -> None:
    assert known_as("AB", ["ab", "Ab"]) is None


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("assess --set 2C.Overleg=Green", "2c.overleg: groen"),
        ("assess --set stoplicht/2c.overleg=n.v.t.", "2c.overleg: nvt"),
        ("assess --set 2c.overleg=orange --perspective gevend", "perspective: giving"),
        ("assess --set 2c.overleg=o --perspective beide --about geen", "perspective: both"),
        ("assess --set 2c.overleg=o --note Stoplicht/2c.overleg=stil", "note: stil"),
        ("assess --instrument CFIR --set cfir/iii.d.2=+1 --about fictie", "about: Fictie"),
        ("advance --decision adjust", "decision: bijsturen"),
        ("advance --decision Pauze", "decision: pauze"),
        ("advance --to Strengthening --reason x", "phase: versterken"),
        ("done bellen --helped y", "helped: ja"),
        ("done BELLEN --helped partly", "helped: deels"),
        ("plan Champions --owner wethouder --answers 2c.overleg", "answers: [stoplicht/2c.overleg]"),
        ("add action what=x answers=2c.overleg", "answers: [stoplicht/2c.overleg]"),
        ("add action what=x answers=Stoplicht/2C.overleg,midi/5", "[stoplicht/2c.overleg, midi/5]"),
        ("add action what=x owner=wethouder status=done", "owner: Wethouder, status: klaar"),
        ("add action what=x owner=geen due=none strategy=CHAMPIONS", "{id: x, what: x, strategy: champions}"),
        ("add organisation name=x roles=opdrachtgever,funder", "roles: [commissioner, funder]"),
        ("add person role=x organisation=fictie level=aldermen", "organisation: Fictie, level: wethouders"),
        ("add contact person=wethouder present=yes", "present: ja"),
        ("add Contact person=WETHOUDER present=no", "present: nee"),
        ("add decision decision=Adjust", "decision: bijsturen"),
        ("add accepted rule=fii211 reason=x about=Stoplicht/2C.overleg", "reason: x, about: 2c.overleg"),
        ("add step cycle=app step=Check text=x", "check: {date: "),
        ("set people.Wethouder.level aldermen", "level: wethouders"),
        ("set organisations.Fictie.roles opdrachtgever,ontvangend", "roles: [commissioner, receiving]"),
        ("set assessments.1.ratings.2C.Overleg green", "2c.overleg: groen"),
        ("set assessments.1.perspective ontvangend", "perspective: receiving"),
        ("set actions.Bellen.answers 2c.overleg", "answers: [stoplicht/2c.overleg]"),
        ("set actions.Bellen.owner wethouder", "owner: Wethouder"),
        ("set entry.receiving_organisation fictie", "receiving_organisation: Fictie"),
        ("set entry.commission no", "commission: ongevraagd"),
        ("set visits.last.phase exploring", "phase: verkennen"),
        ("set language English", "language: en"),
        ("set People.wethouder.Level aldermen", "level: wethouders"),
        ("set actions.BELLEN.due 2026", "due: 2026"),
    ],
)  # fmt: skip
def test_every_command_reads_the_same_words(fii: Fii, words: str, written: str) -> None:
    done = fii(*words.split())
    assert done.code == 0, done.err
    assert written in Path("a.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        "report --audience opdrachtgever --format word --dry-run",
        "report --audience stuurgroep --format excel --dry-run",
        "report --audience Team --format markdown --dry-run",
        "portfolio --audience openbaar",
        "check --format tekst --fail-on fout",
        "strategies --for 2C.overleg",
        "strategies --phase Exploring",
        "score --instrument CFIR",
        "barriers --instrument CFIR",
        "questionnaire MIDI",
        "init --forge geen --dry-run",
        "check --select fii211 --lang EN",
        "explain fii211",
        "explain stoplicht/2C.overleg",
        "guide Cfir/iii.d.2",
        "entry --commission yes --receiving",
        "new --title B --commission niet\\ gevraagd --receiving geen --language Nederlands --dry-run",
    ],
)
def test_options_read_the_same_words(fii: Fii, words: str) -> None:
    arguments = [word.replace("\0", " ") for word in words.replace("\\ ", "\0").split()]
    assert fii(*arguments).code in (0, 1), fii(*arguments).err


@pytest.mark.parametrize("file_value", ["note", "evidence"])
def test_a_light_is_no_note_and_no_evidence(fii: Fii, file_value: str) -> None:
    done = fii("assess", "--set", "2c.overleg=g", f"--{file_value}", "2c.overleg=Rood")
    assert done.code == 2
    assert "Rood is a light, not a note or evidence" in done.err
    assert Path("a.yaml").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        ("not applicable", ("nvt", "")),
        ("rood: geen tijd", ("rood", "geen tijd")),
        ("g", ("groen", "")),
        ("niet van toepassing hier", ("nvt", "hier")),
        ("geel", None),
    ],
)
def test_an_answer_is_a_light_and_what_is_said_of_it(answer: str, read: tuple[str, str] | None) -> None:
    assert rating_and_rest(answer, None) == read


def test_a_rating_is_read_by_its_name_in_any_case() -> None:
    scale = handbook().instrument("midi").scale
    assert scale is not None
    for value in scale.values:
        for word in (
            value.id,
            value.name.nl.upper(),
            value.name.en,
            f"{value.id}.0",
            f"{value.id} - {value.name.nl}",
        ):
            assert rating_for(word, scale) == value.id


# --- in a terminal ------------------------------------------------------------------------------------------


def test_a_light_where_a_note_is_asked_is_asked_again() -> None:
    wizard = Wizard("assess", "a.yaml", "--lang", "en", "--item", "2c.overleg", "--by", "k")
    wizard.answer("Which side rates?", "ontvangend")
    wizard.answer("1/1", "oranje")
    wizard.answer("note", "groen")
    wizard.answer("groen is a light", "r")
    wizard.answer("r is a light", "stil in de groep")
    wizard.answer("evidence", "g")
    wizard.answer("g is a light", "geen")
    wizard.answer("Write this to a.yaml?", "j")
    assert wizard.ended() == 0
    text = Path("a.yaml").read_text(encoding="utf-8")
    assert "perspective: receiving" in text
    assert "2c.overleg: {value: oranje, note: stil in de groep}" in text


def test_a_light_after_a_light_is_not_its_note() -> None:
    wizard = Wizard(
        "assess", "a.yaml", "--lang", "en", "--item", "2c.overleg", "--by", "k", "--perspective", "both"
    )
    wizard.answer("1/1", "groen rood")
    wizard.answer("rood is a light", "groen: rood licht is weg")
    wizard.answer("Write this to a.yaml?", "j")
    assert wizard.ended() == 0
    assert "note: rood licht is weg" in Path("a.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("command", "question"),
    [
        ("assess a.yaml", "Who rates?"),
        ("assess a.yaml --by k", "Which side rates?"),
        ("assess a.yaml --by k --perspective both", "1/"),
        ("advance a.yaml", "What was decided?"),
        ("done a.yaml Bellen", "Did it help?"),
        ("add a.yaml", "What do you want to add?"),
        ("add a.yaml log", "date:"),
        ("new b.yaml", "What is the trajectory called?"),
        ("entry --receiving", "Is there a commissioner?"),
        ("init", "Where is the repository hosted?"),
    ],
)
def test_a_question_mark_is_help_in_every_prompt(command: str, question: str) -> None:
    wizard = Wizard(*command.split(), "--lang", "en")
    wizard.answer(question, "?")
    wizard.until("Enter accepts the value in [ ]")
    wizard.until("> ")
    wizard.type("\x04")
    assert wizard.ended() == 130
    assert Path("a.yaml").read_text(encoding="utf-8") == TEXT
