"""A wizard never loses what was answered: not by Ctrl-C, not by the end of input, not in the last step."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from conftest import Fii
from helpers import HEAD
from wizard import Wizard

TEXT = (
    HEAD
    + """\
people:
  - {id: w, role: wethouder}
visits:
  - {phase: verkennen, entered: 2025-01, via: entry}
actions:
  - {id: bellen, what: bellen}
"""
)
STOPS = ("\x03", "\x04")
"""Ctrl-C and Ctrl-D."""


@pytest.fixture(autouse=True)
def _elsewhere(here: Path) -> None:
    Path("a.yaml").write_text(TEXT, encoding="utf-8")


def kept(wizard: Wizard) -> list[str]:
    """The command line that repeats the answers, without ``fii``."""
    wizard.until("Nothing was written. Your answers so far, as one command:")
    wizard.ended()
    line = next(line.strip() for line in wizard.shown.splitlines() if line.strip().startswith("fii "))
    return shlex.split(line)[1:]


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("stop", STOPS)
def test_a_light_is_kept_before_its_note_is_asked(fii: Fii, stop: str) -> None:
    wizard = Wizard("assess", "a.yaml", "--lang", "en", "--subphase", "2c")
    wizard.answer("Who rates?", "kernteam")
    wizard.answer("Which side rates?", "both")
    wizard.answer("1/", "rood stil")
    wizard.answer("2/", "groen")
    wizard.until("note")
    wizard.until("> ")
    wizard.type(stop)
    command = kept(wizard)
    assert fii(*command).code == 0
    assert "by: kernteam" in text()
    assert "note: stil" in text()
    assert text().count("groen") == 1


@pytest.mark.parametrize("stop", STOPS)
def test_who_rates_is_kept_before_the_side_is_asked(stop: str) -> None:
    wizard = Wizard("assess", "a.yaml", "--lang", "en")
    wizard.answer("Who rates?", "kernteam")
    wizard.until("Which side rates?")
    wizard.until("> ")
    wizard.type(stop)
    assert kept(wizard)[:4] == ["assess", "a.yaml", "--by", "kernteam"]


@pytest.mark.parametrize("stop", STOPS)
def test_every_wizard_repeats_its_answers(fii: Fii, stop: str) -> None:
    wizard = Wizard("new", "b.yaml", "--lang", "en")
    wizard.answer("What is the trajectory called?", "Het traject")
    wizard.answer("Is there a commissioner?", "nee")
    wizard.answer("Which organisation will receive", "geen")
    wizard.until("> ")
    wizard.type(stop)
    assert fii(*kept(wizard)).code == 0
    assert "title: Het traject" in Path("b.yaml").read_text(encoding="utf-8")

    wizard = Wizard("init", "huis", "--lang", "en")
    wizard.answer("Where is the repository hosted?", "gitlab")
    wizard.until("Write this to")
    wizard.until("> ")
    wizard.type(stop)
    assert fii(*kept(wizard), "--yes").code == 0
    assert Path("huis/.gitlab-ci.yml").exists()

    wizard = Wizard("advance", "a.yaml", "--lang", "en")
    wizard.until("What was decided?")
    wizard.until("> ")
    wizard.type(stop)
    assert kept(wizard)[:2] == ["advance", "a.yaml"]

    wizard = Wizard("advance", "a.yaml", "--lang", "en")
    wizard.answer("What was decided?", "pauze")
    wizard.answer("Who decides?", "stuurgroep")
    wizard.until("> ")
    wizard.type(stop)
    assert fii(*kept(wizard)).code == 0
    assert "decision: pauze, by: stuurgroep" in text()

    wizard = Wizard("advance", "a.yaml", "--lang", "en")
    wizard.until("Which phase is next?")
    wizard.until("> ")
    wizard.type(stop)
    assert kept(wizard)[:2] == ["advance", "a.yaml"]

    wizard = Wizard("add", "a.yaml", "contact", "--lang", "en")
    wizard.answer("person:", "W")
    wizard.answer("date:", "2025-02")
    wizard.until("> ")
    wizard.type(stop)
    assert fii(*kept(wizard)).code == 0
    assert (
        "contacts: [{date: 2025-02}]" in text() or "- date: 2025-02" in text() or "{date: 2025-02}" in text()
    )


def test_a_file_that_broke_meanwhile_does_not_take_the_answers_along(fii: Fii) -> None:
    wizard = Wizard("done", "a.yaml", "bellen", "--lang", "en")
    wizard.answer("Did it help?", "deels")
    wizard.answer("What changed?", "minder wachten")
    wizard.until("Write this to a.yaml?")
    Path("a.yaml").write_text(TEXT + "typo: 1\n", encoding="utf-8")
    wizard.type("ja\n")
    command = kept(wizard)
    Path("a.yaml").write_text(TEXT, encoding="utf-8")
    assert fii(*command).code == 0
    assert "helped: deels, note: minder wachten" in text()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_does_not_take_the_answers_along(fii: Fii, here: Path) -> None:
    wizard = Wizard("done", "a.yaml", "bellen", "--lang", "en")
    wizard.answer("Did it help?", "ja")
    wizard.answer("What changed?", "")
    wizard.until("Write this to a.yaml?")
    here.chmod(0o500)
    wizard.type("ja\n")
    command = kept(wizard)
    here.chmod(0o700)
    assert fii(*command).code == 0


def test_the_last_answer_is_asked_again_when_it_is_turned_down() -> None:
    wizard = Wizard("add", "a.yaml", "log", "--lang", "en")
    wizard.answer("date:", "2025-02")
    wizard.answer("text:", "besproken")
    wizard.answer("by:", "")
    wizard.answer("Write this to a.yaml?", "nee")
    wizard.answer("yes writes the file", "terug")
    wizard.answer("by:", "team")
    wizard.answer("Write this to a.yaml?", "")
    assert wizard.ended() == 0
    assert "{date: 2025-02, text: besproken, by: team}" in text()
