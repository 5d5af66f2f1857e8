"""``fii import --as ratings``: a table as publications print them, one organisation in each column."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.handbook.load import handbook
from fii_cli.survey.rating_table import read_ratings
from helpers import HEAD

PUBLISHED = Path(__file__).parent / "cases" / "rollout" / "published.tsv"


pytestmark = pytest.mark.usefixtures("here")


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


def test_a_published_case_goes_from_its_table_to_what_distinguishes_the_weak_site(fii: Fii) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    table = ("import", "a.yaml", str(PUBLISHED), "--as", "ratings", "--instrument", "cfir")
    refused = fii(*table, "--date", "2014-06")
    assert refused.code == 2
    assert "unknown organisations: site-1, site-2, site-3, site-4, site-5" in " ".join(refused.err.split())
    assert Path("a.yaml").read_text(encoding="utf-8") == HEAD
    done = fii(
        *table, "--date", "2014-06", "--by", "researchers", "--perspective", "third", "--add-organisations"
    )
    assert done.code == 0
    assert "skipped columns: verdict" in done.err
    assert "fii compare a.yaml --instrument cfir" in done.err
    assert fii("check", "a.yaml", "--fail-on", "error").code == 0
    data = json.loads(fii("compare", "a.yaml", "--instrument", "cfir", "--low", "site-5", "--json").out)
    verdicts = [each["distinguishes"] for each in data["items"].values()]
    assert (verdicts.count("strongly"), verdicts.count("weakly")) == (5, 5)
    assert data["items"]["I.A"]["ratings"]["site-1"] == ["E"]


def test_a_table_comes_in_once_and_can_be_undone(fii: Fii) -> None:
    text = HEAD + "organisations:\n  - {id: noord, name: School Noord, roles: [receiving]}\n"
    Path("a.yaml").write_text(text, encoding="utf-8")
    Path("t.csv").write_text("item;School Noord\nI.E;2\n", encoding="utf-8")
    table = ("import", "a.yaml", "t.csv", "--as", "ratings", "--instrument", "cfir", "--date", "2025-01")
    assert fii(*table, "--dry-run").code == 0
    assert Path("a.yaml").read_text(encoding="utf-8") == text
    assert fii(*table).code == 0
    assert "about: noord" in Path("a.yaml").read_text(encoding="utf-8")
    again = fii(*table)
    assert again.code == 2
    assert "noord was rated on 2025-01 already" in again.err
    assert fii("undo", "a.yaml").code == 0
    assert Path("a.yaml").read_text(encoding="utf-8") == text


def test_faults_by_cell_and_nothing_is_written(fii: Fii) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    Path("t.csv").write_text("item;noord;zuid\nI.E;2;7\nI.Q;1;1\nI.F;1;1\n", encoding="utf-8")
    done = fii("import", "a.yaml", "t.csv", "--as", "ratings", "--instrument", "cfir", "--add-organisations")
    assert done.code == 1
    assert "t.csv: cell C2: 7 is not a valid rating of I.E" in done.out
    assert "t.csv: cell A3: I.Q is no item of cfir" in done.out
    assert Path("a.yaml").read_text(encoding="utf-8") == HEAD


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--instrument is missing"),
        (("--instrument", "cfir", "--about", "noord"), "not for ratings by organisation: --about"),
        (("--instrument", "cfir", "--json"), "not for ratings by organisation: --json"),
        (("--instrument", "stoplicht"), "a team agrees on the lights"),
    ],
)
def test_what_says_nothing_about_such_a_table_is_refused(
    fii: Fii, options: tuple[str, ...], said: str
) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    Path("t.csv").write_text("item;noord\nI.E;2\n", encoding="utf-8")
    done = fii("import", "a.yaml", "t.csv", "--as", "ratings", *options)
    assert done.code == 2
    assert said in " ".join(done.err.split())


def test_a_column_of_a_known_organisation_is_never_left_out(fii: Fii) -> None:
    text = HEAD + "organisations:\n  - {id: noord, name: School Noord, roles: [receiving]}\n"
    Path("a.yaml").write_text(text, encoding="utf-8")
    table = ("import", "a.yaml", "t.csv", "--as", "ratings", "--instrument", "cfir", "--date", "2025-01")
    Path("t.csv").write_text("item;noord;zuid\nI.E;foo;1\n", encoding="utf-8")
    done = fii(*table, "--add-organisations")
    assert done.code == 1
    assert "t.csv: cell B2: foo is not a valid rating of I.E" in done.out
    Path("t.csv").write_text("item;noord\nI.E;\N{EN DASH}2\n", encoding="utf-8")
    assert fii(*table).code == 0
    assert "I.E: -2" in Path("a.yaml").read_text(encoding="utf-8")


TWO = HEAD + (
    "organisations:\n  - {id: noord, name: School Noord, roles: [receiving]}\n"
    "  - {id: zuid, name: School Noord, roles: [receiving]}\n"
    "  - {id: oost, name: School Oost, roles: [receiving]}\n"
)
IMPORT = ("import", "t.yaml", "t.csv", "--as", "ratings", "--instrument", "cfir", "--date", "2014")


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        ("oost,School Oost", "C1: oost has two columns"),
        ("School Noord,oost", "B1: School Noord is the name of noord, zuid"),
    ],
)
def test_two_columns_or_two_names_for_one_organisation_are_refused(fii: Fii, heads: str, said: str) -> None:
    Path("t.yaml").write_text(TWO, encoding="utf-8")
    Path("t.csv").write_text(f"item,{heads}\nI.C,2,-2\n", encoding="utf-8")
    done = fii(*IMPORT)
    assert done.code == 1
    assert said in done.out
    assert Path("t.yaml").read_text(encoding="utf-8") == TWO


def test_a_column_of_marks_is_no_organisation(fii: Fii) -> None:
    Path("t.yaml").write_text(TWO, encoding="utf-8")
    Path("t.csv").write_text("Construct,oost,Distinguishes\nI.C,2,X\nI.E,X,X\n", encoding="utf-8")
    done = fii(*IMPORT, "--add-organisations")
    assert done.code == 0, done.err
    assert "Distinguishes" in done.err
    assert "Distinguishes" not in Path("t.yaml").read_text(encoding="utf-8")
