"""The examples: what the guide tells and nothing else, silent on a day inside their story."""

from __future__ import annotations

import re
from datetime import date

import pytest

from fii_cli.language import CODES
from fii_cli.resources import EXAMPLES, examples
from helpers import judged

CASES = {"samen-leren", "amigos", "administratief-juridisch-team", "moeders-van-rotterdam"}
MADE_UP = {
    "signaal-uit-de-wijk",
    "thuis-leren-verzonnen",
    "thuis-leren-uitrol-verzonnen",
    "thuis-leren-oost-verzonnen",
    "minimaal",
}


def test_the_four_cases_of_the_guide_and_five_that_are_made_up() -> None:
    assert set(examples()) == CASES | MADE_UP


@pytest.mark.parametrize("name", sorted(CASES | MADE_UP))
def test_an_example_is_silent_on_a_day_inside_its_story(name: str) -> None:
    judgement = judged(examples()[name], date(2025, 3, 10))
    assert judgement.diagnostics == ()
    assert judgement.trajectory is not None
    assert judgement.trajectory.language in CODES


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_case_cites_the_guide_and_invents_no_judgement(name: str) -> None:
    text = examples()[name]
    assert "Broekhuizen & Mak, 2022" in text
    judgement = judged(text)
    assert judgement.trajectory is not None
    assert judgement.trajectory.assessments == ()
    assert judgement.trajectory.actions == ()
    assert all(person.name is None for person in judgement.trajectory.people)


@pytest.mark.parametrize("name", sorted(MADE_UP))
def test_what_is_made_up_says_so(name: str) -> None:
    head = examples()[name].split("fii: 1")[0].lower()
    assert "verzonnen" in head or "made up" in head


def test_one_starts_unasked_and_without_a_receiver() -> None:
    entry = judged(examples()["signaal-uit-de-wijk"]).trajectory
    assert entry is not None
    assert entry.entry.commission == "ongevraagd"
    assert not entry.entry.receiving_organisation


def test_the_smallest_is_as_small_as_can_be() -> None:
    lines = [line for line in examples()["minimaal"].splitlines() if not line.startswith("#")]
    assert len(lines) == 4


def test_samen_leren_says_which_of_its_facts_are_our_reading() -> None:
    header = (EXAMPLES / "samen-leren.yaml").read_text(encoding="utf-8").partition("\nfii: 1")[0]
    assert "en niets anders" not in header
    for ours in ("opdrachtgever en ontvanger", "namens Aanzet", "cyclus"):
        assert ours in header.partition("Onze lezing is")[2]


def test_real_organisations_carry_no_invented_facts() -> None:
    """Their names are only in the cases that the guide tells; generated pages follow."""
    root = EXAMPLES.parent
    places = [
        *(root / "src" / "fii_cli" / "commands").glob("*.py"),
        *(path for path in (root / "docs").glob("*.md") if not path.name.startswith(("commands.", "rules."))),
        *(root / "content" / "rules").glob("*/*.yaml"),
        root / "README.md",
    ]
    for path in places:
        for line in path.read_text(encoding="utf-8").splitlines():
            real = re.search(r"Stichting Aanzet|PPMO|Stichting De Verre Bergen|\bFrontlijn\b", line)
            assert not real, f"{path.name}: {line}"
