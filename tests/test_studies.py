"""Ratings as studies have them: clients as a side, periods, and what was published."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.handbook.load import handbook
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.model import Report
from fii_cli.words import Audience, meant
from helpers import NL, edition, trajectory

pytestmark = pytest.mark.usefixtures("here")
DAY = date(2025, 12, 1)
HEAD = """\
fii: 1
title: Huisbezoek
language: nl
organisations:
  - {id: noord, name: School Noord, roles: [receiving]}
entry: {commission: gevraagd, receiving_organisation: noord, date: 2013-01}
visits:
  - {phase: verkennen, entered: 2013-02, via: entry}
"""


def written(text: str = "", name: str = "a.yaml") -> str:
    Path(name).write_text(HEAD + text, encoding="utf-8")
    return HEAD + text


def report(text: str, audience: Audience = "team", day: date = DAY) -> Report:
    return report_of(basis_of(edition(trajectory(HEAD + text), day, audience), handbook()), NL)


# --- clients ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["clients", "cliënten", "Deelnemers", "participants"])
def test_clients_are_a_side_in_the_words_of_people(fii: Fii, word: str) -> None:
    written()
    done = fii(
        *["assess", "a.yaml", "--instrument", "cfir", "--set", "III.D.2=+1"],
        *["--perspective", word, "--date", "2025-02-01"],
    )
    assert done.code == 0, done.err
    assert "    perspective: clients\n" in Path("a.yaml").read_text(encoding="utf-8")
    assert meant("client", ("client", "clients")) == "client"


def test_answers_of_clients_are_counted_apart_and_shown_beside_the_others(fii: Fii) -> None:
    written()
    rows = ["perspectief;17;23", *["cliënten;4;2"] * 6, *["gevend;2;4"] * 5]
    Path("a.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    done = fii("import", "a.yaml", "a.csv", "--instrument", "midi", "--date", "2025-02-01")
    assert done.code == 0, done.err
    shown = fii("score", "a.yaml", "--instrument", "midi").out
    assert "clients" in shown
    made = trajectory(Path("a.yaml").read_text(encoding="utf-8"))
    assert {(each.perspective, each.responses) for each in made.assessments} == {
        ("clients", 6),
        ("giving", 5),
    }
    data = json.loads(fii("barriers", "a.yaml", "--json").out)
    assert {each["perspective"] for each in data["barriers"]} == {"clients", "giving"}


def test_a_form_for_clients_says_for_whom_it_is(fii: Fii) -> None:
    written()
    made = fii(
        *["questionnaire", "midi", "--for", "a.yaml", "--perspective", "clients", "--output", "a.html"]
    )
    assert made.code == 0, made.err
    assert "clients" in Path("a.html").read_text(encoding="utf-8")
    asked = fii("questionnaire", "midi", "--format", "md").out
    assert "☐ clients" in asked
