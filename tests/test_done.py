"""Closing an action: did it help, and what is to be rated again."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.resources import examples
from wizard import Wizard

FULL = examples()["thuis-leren-verzonnen"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.yaml").write_text(FULL, encoding="utf-8")


def text() -> str:
    return Path("t.yaml").read_text(encoding="utf-8")


def test_an_action_is_closed_with_its_result(fii: Fii) -> None:
    words = ("--helped", "deels", "--note", "de helft heeft er een", "--date", "2025-03-20")
    done = fii("done", "t.yaml", "knelpuntenlijst", *words)
    assert done.code == 0, done.err
    assert text() == FULL.replace(
        "    due: 2025-04-01\n    status: bezig\n",
        "    due: 2025-04-01\n    status: klaar\n"
        "    result: {date: 2025-03-20, helped: deels, note: de helft heeft er een}\n",
    )
    assert "rate it again: fii assess t.yaml --item 5b.knelpunten" in done.err


def test_words_may_be_english_and_undo_takes_it_back(fii: Fii) -> None:
    assert fii("done", "t.yaml", "knelpuntenlijst", "--helped", "yes").code == 0
    assert "helped: ja" in text()
    assert fii("undo", "t.yaml").code == 0
    assert text() == FULL


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("knelpuntenlijst", "the terminal is not interactive", "add --helped ja|deels|nee|onbekend"),
        ("knelpunten --helped ja", "unknown action knelpunten", "did you mean knelpuntenlijst?"),
        ("knelpuntenlijst --helped misschien", "invalid value misschien for --helped", "choose from: ja"),
        ("registratie-in-app --helped ja", "was closed on 2025-03-05", "change it with fii set"),
        ("knelpuntenlijst --helped ja --date 1-4-2025", "invalid date 1-4-2025", "did you mean 2025-04-01?"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_written(
    fii: Fii, words: str, message: str, hint: str
) -> None:
    done = fii("done", "t.yaml", *words.split())
    assert done.code == 2
    assert message in " ".join(done.err.split())
    assert hint in " ".join(done.err.split())
    assert text() == FULL


def test_in_a_terminal_it_asks() -> None:
    wizard = Wizard("done", "t.yaml", "knelpuntenlijst", "--lang", "nl", "--date", "2025-03-20")
    wizard.answer("Hielp het? ja, deels, nee, onbekend", "een beetje")
    wizard.answer("kies uit: ja, deels, nee, onbekend", "nee")
    wizard.answer("Wat is er veranderd?", "niemand keek ernaar")
    wizard.until("fii done t.yaml knelpuntenlijst --helped nee --note 'niemand keek ernaar'")
    wizard.answer("Dit schrijven naar t.yaml?", "ja")
    assert wizard.ended() == 0
    assert "result: {date: 2025-03-20, helped: nee, note: niemand keek ernaar}" in text()
