"""Rating the lights: by flags and by questions; one dated assessment at the end of the list."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.analysis.rating_round import is_due, items_to_ask
from fii_cli.analysis.standing import standing_of
from fii_cli.handbook.load import handbook
from fii_cli.handbook.lookup import light_for
from helpers import HEAD, trajectory
from wizard import Wizard

TEXT = (
    HEAD
    + """\
visits:
  - {phase: verkennen, entered: 2025-01-10, via: entry}
assessments:
  - instrument: stoplicht
    date: 2025-02-01
    by: kernteam
    perspective: both
    ratings:
      2a.cultuur: {value: oranje, note: nog niet meegekeken}
      2a.leren: {value: groen, evidence: notulen.md}
      2b.visie: groen
      2c.informeel: nvt
checklist:
  - {id: 2c.eigen, subphase: 2c, question: Is er een plek?}
"""
)
TODAY = date.today().isoformat()


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(TEXT, encoding="utf-8")


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


def test_flags_add_one_assessment_at_the_end_of_the_list(fii: Fii) -> None:
    done = fii(
        "assess",
        "a.yaml",
        *[
            "--set",
            "2a.cultuur=groen",
            "--set",
            "2c.eigen=r",
            "--set",
            "1a.opdrachtgever=orange",
            "--set",
            "2c.overleg=?",
        ],
        *("--note", "2c.eigen=geen = ruimte", "--evidence", "2a.cultuur=notulen/1.pdf"),
        *["--by", "kernteam", "--perspective", "giving", "--date", "2025-02-08"],
    )
    assert done.code == 0, done.err
    added = """\
  - instrument: stoplicht
    date: 2025-02-08
    by: kernteam
    perspective: giving
    ratings:
      2a.cultuur: {value: groen, evidence: notulen/1.pdf}
      2c.eigen: {value: rood, note: "geen = ruimte"}
      1a.opdrachtgever: oranje
      2c.overleg: onbekend
"""
    assert text() == TEXT.replace("checklist:", f"{added}checklist:")


def test_it_says_which_lights_changed_as_they_count_now(fii: Fii) -> None:
    done = fii(
        "assess", "a.yaml", *["--set", "2a.cultuur=groen", "--perspective", "both", "--date", "2025-02-08"]
    )
    named = handbook().names.items("stoplicht")
    assert f"  2a.cultuur {named['2a.cultuur'].en}  ▲ orange → ● green\n" in done.out
    done = fii(
        "assess", "a.yaml", *["--set", "2b.visie=rood", "--perspective", "giving", "--date", "2025-02-08"]
    )
    assert f"  2b.visie {named['2b.visie'].en}  ● green → ■ red\n" in done.out
    assert "FII522 2b.visie is red, and no action addresses it" in done.err
    done = fii(
        "assess", "a.yaml", *["--set", "2b.visie=groen", "--perspective", "receiving", "--date", "2025-02-08"]
    )
    assert (
        "2b.visie" not in done.out.partition("ratings:")[2].partition("\n\n")[2]
    )  # the least favourable counts


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("", "the terminal is not interactive", "add --set 2a.kandidaten=groen"),
        ("--set 2a.kultuur=groen", "unknown item 2a.kultuur", "did you mean 2a.cultuur?"),
        ("--set 2a.cultuur=geel", "geel is not a valid rating here", "choose from: groen"),
        ("--set 2a.cultuur", "--set requires ITEM=…", "such as 2a.cultuur=groen"),
        ("--set 2a.cultuur=g --set 2a.cultuur=r", "duplicate 2a.cultuur", "omit one of them"),
        ("--note 2a.cultuur=x", "rating for the same item", "add --set 2a.cultuur=groen"),
        ("--set 2a.cultuur=g --phase 3", "--set already names the items", "omit --phase, --subphase"),
        (
            "--set 2a.cultuur=g --perspective gevent",
            "invalid value gevent for --perspective",
            "did you mean giving?",
        ),
        ("--set 2a.cultuur=g --about x", "unknown organisation x", "add it under organisations"),
        ("--set 2a.cultuur=g --date 08-02-2025", "invalid date 08-02-2025", "did you mean 2025-02-08?"),
        ("--phase 7", "unknown phase 7", "choose from: signaleren"),
        ("--subphase 2d", "unknown subphase 2d", "choose from: 1a"),
        ("--item 2d.x", "unknown item 2d.x", "fii guide shows the items"),
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


def test_lights_of_tomorrow_are_not_rated(fii: Fii) -> None:
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    done = fii("assess", "a.yaml", "--set", "2a.cultuur=g", "--date", tomorrow)
    assert (done.code, text()) == (2, TEXT)
    assert f"{tomorrow} is in the future" in done.err


def test_without_an_open_phase_one_is_named(fii: Fii) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    assert "no phase is open" in fii("assess", "a.yaml").err
    assert fii("assess", "a.yaml", "--set", "5a.mandaat=groen").code == 0


def asked(day: str, **wishes: object) -> list[str]:
    standing = standing_of(trajectory(TEXT), handbook(), date.fromisoformat(day))
    given = {"phase": None, "subphases": (), "ids": (), "due": False, **wishes}
    return [item.id for item in items_to_ask(standing, handbook=handbook(), **given)]  # type: ignore[arg-type]


def test_the_open_phase_is_asked_in_the_order_of_the_guide_with_the_teams_own_items() -> None:
    ids = asked("2025-02-08")
    assert ids[:2] == ["2a.kandidaten", "2a.cultuur"]
    assert ids[-1] == "2c.eigen"
    assert ids == sorted(ids, key=lambda id_: id_[:2])


def test_wishes_are_added_up() -> None:
    assert asked("2025-02-08", subphases=("4b",), ids=("2a.leren",))[0] == "2a.leren"
    assert asked("2025-02-08", subphases=("4b",), ids=("2a.leren",))[1:] == asked(
        "2025-02-08", subphases=("4b",)
    )
    assert {id_[0] for id_ in asked("2025-02-08", phase="borgen")} == {"6"}


def test_due_is_what_is_not_green_or_has_not_been_looked_at_for_two_weeks() -> None:
    ids = asked("2025-02-15", due=True)
    assert "2a.cultuur" in ids  # orange
    assert "2a.kandidaten" in ids  # unknown
    assert "2b.visie" not in ids  # green two weeks ago
    assert "2b.visie" in asked("2025-02-16", due=True)
    assert "2c.informeel" not in asked("2026-01-01", due=True)  # does not apply
    items = standing_of(trajectory(TEXT), handbook(), date(2025, 2, 15)).phases[1].items
    assert [item.id for item in items if not is_due(item, date(2025, 2, 15))] == [
        "2a.leren",
        "2b.visie",
        "2c.informeel",
    ]


def test_nothing_due_is_said(fii: Fii) -> None:
    done = fii("assess", "a.yaml", "--item", "2b.visie", "--due", "--date", "2025-02-02")
    assert (done.code, done.out) == (0, "a.yaml: nothing is due\n")


@pytest.mark.parametrize(
    ("word", "light"),
    [("groen", "groen"), ("Green", "groen"), ("o", "oranje"), ("?", "onbekend"), ("n/a", "nvt"), ("x", None), ("", None)],
)  # fmt: skip
def test_a_light_has_many_words(word: str, light: str | None) -> None:
    assert light_for(word) == light


# --- in a terminal ------------------------------------------------------------------------------------------


def test_a_session_shows_what_was_said_goes_back_and_stops_when_it_is_enough() -> None:
    wizard = Wizard("assess", "a.yaml", "--lang", "en", "--item", "2a.cultuur", "--subphase", "2b", "--due")
    wizard.answer("Who rates? [kernteam]", "")
    wizard.answer("Which side rates? Giving, receiving, both, third or clients [both]", "")
    wizard.until("2a Shortlist")
    wizard.until("▲ orange  1 February 2025, kernteam, giving and receiving together: nog niet meegekeken")
    wizard.answer("its culture? [orange]", "geel")
    wizard.answer("answer with green, orange, red, unknown or n/a", "groen")
    wizard.answer("note", "back")
    wizard.answer("its culture?", "groen")
    wizard.answer("note", "meegelopen")
    wizard.answer("evidence, a path or a URL", "")
    wizard.answer("2/7 2b.meerwaarde", "back")
    wizard.answer("1/7 2a.cultuur", "")  # as it was answered a moment ago
    wizard.answer("2/7 2b.meerwaarde", "later")
    wizard.answer("3/7 2b.aansluiting", "r past niet")
    wizard.answer("4/7 2b.gereedheid", "stop")
    wizard.until("2a.cultuur: {value: groen, note: meegelopen}")
    wizard.until("--set 2a.cultuur=groen --note 2a.cultuur=meegelopen")
    wizard.answer("Write this to a.yaml?", "back")
    wizard.answer("7/7 2b.motivatie", "stop")
    wizard.answer("Write this to a.yaml?", "yes")
    assert wizard.ended() == 0
    assert text().count("- instrument: stoplicht") == 2
    assert (
        f"    date: {TODAY}\n    by: kernteam\n    perspective: both\n    ratings:\n"
        "      2a.cultuur: {value: groen, note: meegelopen}\n"
        "      2b.aansluiting: {value: rood, note: past niet}\n"
    ) in text()


def test_enter_keeps_a_light_with_its_note_and_its_evidence() -> None:
    wizard = Wizard(
        "assess", "a.yaml", "--lang", "nl", "--by", "x", "--perspective", "both", "--subphase", "2a"
    )
    wizard.answer("2a.kandidaten", "")  # nothing stands between brackets: passed over
    wizard.answer("2a.cultuur", "")
    wizard.answer("2a.brede-kaders", "later")
    wizard.answer("2a.leren", "")
    wizard.answer("2a.sturing", "stop")
    wizard.answer("Dit schrijven", "ja")
    assert wizard.ended() == 0
    end = text().partition(f"date: {TODAY}")[2]
    assert "      2a.cultuur: {value: oranje, note: nog niet meegekeken}\n" in end
    assert "      2a.leren: {value: groen, evidence: notulen.md}\n" in end
    assert "2a.kandidaten" not in end


@pytest.mark.parametrize("side", ["giving", "receiving", "both", "third", "clients"])
def test_each_side_that_the_question_names_is_an_answer(side: str) -> None:
    wizard = Wizard("assess", "a.yaml", "--lang", "en", "--by", "x")
    wizard.answer("Which side rates? Giving, receiving, both, third or clients", side)
    wizard.answer("2a.kandidaten", "g seen")
    wizard.answer("2a.cultuur", "stop")
    wizard.answer("Write this", "yes")
    assert wizard.ended() == 0
    assert f"perspective: {side}\n" in text().partition(f"date: {TODAY}")[2]


def test_stopping_at_once_writes_nothing() -> None:
    wizard = Wizard("assess", "a.yaml", "--lang", "en", "--by", "x", "--perspective", "both")
    wizard.answer("2a.kandidaten", "stop")
    wizard.until("nothing was rated; nothing was written")
    assert wizard.ended() == 0
    assert text() == TEXT


def test_breaking_off_shows_the_answers_as_a_command() -> None:
    wizard = Wizard("assess", "a.yaml", "--lang", "en", "--by", "x", "--perspective", "both")
    wizard.answer("2a.kandidaten", "o twee gevonden")
    wizard.until("2a.cultuur")
    wizard.type("\x03")
    wizard.until(
        "fii assess a.yaml --set 2a.kandidaten=oranje --note '2a.kandidaten=twee gevonden' --by x --perspective both --date"
    )
    assert wizard.ended() == 130
    assert text() == TEXT


def test_what_somebody_else_wrote_meanwhile_is_kept(fii: Fii) -> None:
    wizard = Wizard("assess", "a.yaml", "--lang", "en", "--by", "x", "--perspective", "both")
    wizard.answer("2a.kandidaten", "groen twee")
    wizard.until("2a.cultuur")
    assert fii("add", "a.yaml", "log", "text=intussen").code == 0
    wizard.answer("culture?", "stop")
    wizard.answer("Write this to a.yaml?", "yes")
    assert wizard.ended() == 0
    assert "text: intussen" in text()
    assert "2a.kandidaten: {value: groen, note: twee}" in text()
