"""Tables for spreadsheets: text stays text, whatever it begins with and wherever a program cuts it."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.language import Code
from fii_cli.pages.csv import as_csv, in_csv
from fii_cli.pages.xlsx import as_form
from helpers import HEAD

FORMULAS = (
    *("=1+1", "+1", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM", "|cmd", "｜cmd"),
    *("  =1", "\u00a0=1", "\u3000＝1", "\u200b=1", "\t=1", "\n=1", "\tx", "\nx", " \t =1"),
)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert in_csv(text).startswith("'")


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("cut", ["\n", "\t", "\r\n"])
def test_nor_does_what_stands_behind_a_cut(text: str, cut: str) -> None:
    shown = in_csv(f"a{cut}{text}")
    assert "\r" not in shown
    parts = shown.replace("\t", "\n").split("\n")
    assert not [each for each in parts if each.lstrip()[:1] in tuple("=+-@|＝＋－＠｜") and each.strip()]


@pytest.mark.parametrize(("separator", "code"), [(";", "nl"), (",", "en"), ("\t", "nl"), ("\t", "en")])
def test_it_is_one_cell_for_whoever_reads_other_separators(separator: str, code: Code) -> None:
    text = 'a,=1;=2\t=3"=4\n=5'
    raw = as_csv([[text, "b"]], code).decode("utf-8-sig")
    first = next(csv.reader(io.StringIO(raw, newline=""), delimiter=separator))[0]
    assert first.startswith(in_csv(text))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (-1, "-1"),
        (1.5, "1.5"),
        (None, ""),
        ("", ""),
        ("a = b", "a = b"),
        ("3-4", "3-4"),
        ("\x1b\r", r"\x1b\r"),
    ],
)
def test_what_is_no_formula_stays_as_it_is(cell: str | float | None, shown: str) -> None:
    assert in_csv(cell) == shown


@pytest.mark.parametrize(
    ("code", "line"),
    [("nl", 'a;1,5;-2;2025-01-02;"b;c";"d,e"'), ("en", 'a,1.5,-2,2025-01-02,"b;c","d,e"')],
)
def test_a_table_is_written_as_a_spreadsheet_in_its_language_reads_it(code: Code, line: str) -> None:
    assert as_csv([["a", 1.5, -2, date(2025, 1, 2), "b;c", "d,e"]], code).decode("utf-8-sig") == line + "\r\n"


STEERING = "=1+1 \\u202e"
OWN = f"""\
id: eigen
name: "{STEERING}"
scale:
  values: [{{id: 'a"b', name: "{STEERING}", help: x}}]
groups:
  - {{id: g, name: "{STEERING}", items: [{{id: "=i", name: "{STEERING}", meaning: "{STEERING}"}}]}}
"""


def test_every_table_that_is_written_holds_text_only(fii: Fii, here: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    Path(".fii/instruments").mkdir(parents=True)
    Path(".fii/instruments/eigen.yaml").write_text(OWN, encoding="utf-8")
    own = f'checklist: [{{id: x, question: "{STEERING}", subphase: "1"}}]\n'
    Path("a.yaml").write_text(HEAD.replace("Proef", f'"{STEERING}"'), encoding="utf-8")
    Path("b.yaml").write_text(HEAD + own, encoding="utf-8")
    assert fii("questionnaire", "eigen", "-o", "form.csv").code == 0
    assert fii("portfolio", "a.yaml", "--format", "csv", "-o", "portfolio.csv").code == 0
    assert fii("report", "b.yaml", "--format", "csv", "-o", "report.csv").code in (0, 1)
    for path in Path().glob("*.csv"):
        raw = path.read_text("utf-8-sig")
        for row in csv.reader(io.StringIO(raw, newline=""), delimiter=";"):
            assert not [cell for cell in row if cell[:1] in tuple("=+@") or "\u202e" in cell], path
    assert "'=1+1" in Path("portfolio.csv").read_text("utf-8-sig")
    assert fii("questionnaire", "eigen", "-o", "form.xlsx").code == 0
    book = openpyxl.load_workbook("form.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell for cell in cells if str(cell.value).startswith("=")]
    assert {cell.data_type for cell in cells} == {"s"}
    lists = book.worksheets[0].data_validations.dataValidation
    assert len(lists) == 1, "a quote in an answer would end the list"


def test_a_control_in_a_workbook_is_shown() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    made = as_form(["a\x1b", "=b"], [["x"], ["y"]], ("Form", "Explanation"), [["=1", "\x01", "\udcff"]])
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert [cell.value for cell in book.worksheets[0][1]] == [r"a\x1b", "=b"]
    assert [cell.value for cell in book.worksheets[1][1]] == ["=1", r"\x01", r"\xff"]


def test_a_form_offers_answers_and_is_the_same_every_time() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    answers = [["ja", "nee"], ["x" * 99] * 3, ["ja, maar", "nee"], []]
    made = as_form(list("abcd"), answers, ("Form", "Explanation"), [["1", "a", "b"]])
    assert made == as_form(list("abcd"), answers, ("Form", "Explanation"), [["1", "a", "b"]])
    book = openpyxl.load_workbook(io.BytesIO(made))
    form = book["Form"]
    offered = [(str(each.sqref), each.formula1) for each in form.data_validations.dataValidation]
    assert offered == [("A2:A501", '"ja,nee"')]  # the others are too long, hold a comma, or are none
    assert form.freeze_panes == "B2"
    assert form["A1"].font.bold
    assert book.properties.created.year == 2000
