"""The examples: what the guide tells and nothing else, silent on a day inside their story."""

from __future__ import annotations

from datetime import date

import pytest

from fii_cli.language import CODES
from fii_cli.resources import examples
from helpers import judged

CASES = {"samen-leren", "amigos", "administratief-juridisch-team", "moeders-van-rotterdam"}
MADE_UP = {"signaal-uit-de-wijk", "thuis-leren-verzonnen", "minimaal"}


def test_the_four_cases_of_the_guide_and_three_that_are_made_up() -> None:
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
    assert entry.entry.receiving_organisation is None


def test_the_smallest_is_as_small_as_can_be() -> None:
    lines = [line for line in examples()["minimaal"].splitlines() if not line.startswith("#")]
    assert len(lines) == 4
