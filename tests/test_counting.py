"""The answers of many, with the figures that docs/method works out by hand."""

from __future__ import annotations

import pytest

from fii_cli.analysis.barriers import barriers_of
from fii_cli.analysis.counts import Spread, Thresholds, spread_of
from fii_cli.handbook.load import handbook
from helpers import DAY, HEAD, codes, said, trajectory

BOOK = handbook()
TIME = {"1": 2, "2": 5, "3": 2, "4": 3}
TOO_COMPLICATED = {"1": 3, "2": 5, "3": 1, "4": 3}
COUNTED = HEAD + (
    "assessments:\n  - instrument: midi\n    date: 2025-01-20\n    perspective: receiving\n"
    "    responses: 12\n    counts:\n      23: {1: 2, 2: 5, 3: 2, 4: 3}\n      7: {4: 6, 5: 6}\n"
)


def test_shares_mean_and_spread_are_those_worked_out_by_hand() -> None:
    spread = spread_of(BOOK, "midi", "23", TIME)
    assert (spread.n, spread.hinders, spread.neutral, spread.helps) == (12, 7, 2, 3)
    assert spread.mean == 2.5
    assert spread.deviation == pytest.approx((13 / 11) ** 0.5)
    assert spread.strength(Thresholds()) == 2


def test_a_reversed_statement_is_turned() -> None:
    spread = spread_of(BOOK, "midi", "4", TOO_COMPLICATED)
    assert (spread.hinders, spread.helps) == (3, 8)
    assert spread.mean == pytest.approx(44 / 12)
    assert spread.strength(Thresholds()) == 1


def test_only_numbers_have_a_mean_and_one_answer_has_no_spread() -> None:
    assert spread_of(BOOK, "midi", "26", {"ja": 3, "nee": 9}) == Spread(12, 3, 9, None, None)
    assert spread_of(BOOK, "midi", "17", {"4": 1}).deviation is None


@pytest.mark.parametrize(
    ("hinders", "helps", "strength", "facilitator"),
    [(2, 8, 1, False), (1, 9, 0, True), (1, 7, 0, False), (5, 5, 2, False), (0, 0, 0, False)],
)
def test_where_both_thresholds_are_met_it_is_a_barrier(
    hinders: int, helps: int, strength: int, facilitator: bool
) -> None:
    spread = Spread(10, hinders, helps, None, None)
    assert spread.strength(Thresholds()) == strength
    assert spread.is_facilitator(Thresholds()) is facilitator


def test_a_small_group_makes_no_barrier_and_no_facilitator() -> None:
    assert Spread(4, 4, 0, None, None).strength(Thresholds()) == 0
    assert not Spread(4, 0, 4, None, None).is_facilitator(Thresholds())
    assert Spread(4, 4, 0, None, None).strength(Thresholds(smallest=3)) == 2


def test_counts_hinder_beside_ratings_and_thresholds_can_be_settled() -> None:
    (barrier,) = barriers_of(trajectory(COUNTED), BOOK, DAY)
    assert (barrier.place, barrier.strength, barrier.value, barrier.note) == ("midi/23", 2, "", None)
    assert barrier.spread is not None
    assert barrier.spread.n == 12
    assert barriers_of(trajectory(COUNTED), BOOK, DAY, Thresholds(hinders=60)) == ()


def test_three_counts_in_a_row_without_an_action_are_spoken_of() -> None:
    made = COUNTED.split("assessments:\n")[1]
    text = COUNTED + made.replace("01-20", "01-27") + made.replace("01-20", "02-03")
    assert "FII703" in codes(text)
    assert "FII703" not in codes(text + "actions:\n  - {id: a, what: tijd, owner: x, answers: [midi/23]}\n")


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("23: {1: 2,", "30: {1: 2,", "FII024 midi has no item 30"),
        ("23: {1: 2,", "23: {9: 2,", "FII026 9 is not on the scale of midi"),
        ("23: {1: 2,", "23: {1: -2,", "FII015 invalid number -2"),
        ("23: {1: 2,", f"23: {{1: {'9' * 400},", "invalid number"),
        ("responses: 12", "responses: 11", "FII033 12 answers for 23, from 11 people"),
        ("instrument: midi", "instrument: stoplicht", "FII033 lights are agreed on, not counted"),
    ],
)
def test_what_does_not_fit_is_an_error_with_its_place(old: str, new: str, finding: str) -> None:
    lines = said(COUNTED.replace(old, new))
    assert any(finding in line for line in lines), lines


def test_the_settings_take_percentages_and_nothing_else(tmp_path: object) -> None:
    from fii_cli.project.settings import read_settings
    from fii_cli.rules import BY_CODE

    settled, wrong = read_settings("[counts]\nhinders = 30\nsmallest = 10\n", "fii.toml", BY_CODE)
    assert (settled.thresholds, wrong) == (Thresholds(30, 80, 10), ())
    settled, wrong = read_settings("[counts]\nhelps = 101\nhinder = 2\nsmallest = 0\n", "fii.toml", BY_CODE)
    assert settled.thresholds == Thresholds()
    assert [(each.code, each.span.line) for each in sorted(wrong, key=lambda d: d.span.line)] == [
        ("FII040", 2),
        ("FII040", 3),
        ("FII040", 4),
    ]
