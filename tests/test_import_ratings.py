"""``fii import --as ratings``: a table as publications print them, one organisation in each column."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fii_cli.handbook.load import handbook
from fii_cli.survey.rating_table import read_ratings

PUBLISHED = Path(__file__).parent / "cases" / "rollout" / "published.tsv"


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(text.strip().splitlines(), delimiter=";"))


def test_a_published_table_is_read_as_it_was_printed() -> None:
    table = read_ratings(
        list(csv.reader(PUBLISHED.read_text(encoding="utf-8").splitlines(), delimiter="\t")),
        handbook().instrument("cfir"),
    )
    assert not table.faults
    assert [each.head for each in table.columns] == [f"site-{n}" for n in range(1, 6)]
    assert table.columns[0].ratings["I.A"] == "E"
    assert table.columns[2].ratings["I.C"] == "X"
    assert table.columns[4].ratings["III.C"] == "-2"
    assert all(len(each.ratings) == 29 for each in table.columns)
    assert table.left_out == ("verdict",)


def test_items_by_name_or_number_and_ratings_as_spreadsheets_write_them() -> None:
    table = read_ratings(
        rows(
            """
            Construct;Toelichting;Noord;Zuid
            Intervention characteristics;;;
            I.E Trialability;proef;+2;−1
            Aansluiting;past;1.0;niet genoemd
            """
        ),
        handbook().instrument("cfir"),
    )
    assert not table.faults
    assert [(each.head, dict(each.ratings)) for each in table.columns] == [
        ("Noord", {"I.E": "2", "III.D.2": "1"}),
        ("Zuid", {"I.E": "-1", "III.D.2": "M"}),
    ]
    assert table.left_out == ("Toelichting",)
    midi = read_ratings(rows("determinant;Noord\n1;4\n2;5"), handbook().instrument("midi"))
    assert [dict(each.ratings) for each in midi.columns] == [{"1": "4", "2": "5"}]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("item;Noord\nI.E;2\nI.F;9", "B3", "9 is not a valid rating of I.F"),
        ("item;Noord\nI.E;2\nI.E;1", "A3", "I.E has two rows"),
        ("item;Noord;noord\nI.E;2;1", "C1", "noord has two columns"),
        ("item;\nI.E;2", "B1", "this column has ratings and no organisation"),
        ("item;Noord\nI.E;2\nIV.Z;1", "A3", "IV.Z is no item of cfir"),
        ("what;Noord\nx;2", "1", "no row has an item of cfir"),
        ("item;Noord\nI.E;goed", "1", "no column has ratings"),
        ("", "1", "no row has an item of cfir"),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(text: str, place: str, said: str) -> None:
    table = read_ratings(rows(text), handbook().instrument("cfir"))
    found = [(each.place, each.message.text.format(**each.message.values)) for each in table.faults]
    assert (place, said) in found
