"""Forms that go out and come back: every way in which tables are written, and every fault named."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from conftest import Fii
from fii_cli.handbook.load import handbook
from fii_cli.handbook.lookup import rating_for
from fii_cli.survey.answers import letters
from fii_cli.survey.headings import item_for, questions_of
from helpers import HEAD, judged

MIDI = handbook().instrument("midi")
TEXT = HEAD + "organisations:\n  - {id: voorbeeld, name: Stichting Voorbeeld}\n"
IMPORT = ("import", "a.yaml", "--instrument", "midi", "--date", "2025-02-01")


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(TEXT, encoding="utf-8")


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


def table(rows: list[list[str]], name: str = "t.csv", encoding: str = "utf-8", separator: str = ";") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    Path(name).write_bytes(out.getvalue().encode(encoding))
    return name


def people(n: int, *cells: str) -> list[list[str]]:
    return [[*cells] for _ in range(n)]


def test_a_form_of_fii_comes_back_as_counts_and_nothing_of_a_person_is_kept(fii: Fii) -> None:
    assert fii("questionnaire", "midi", "-o", "form.csv").code == 0
    heads = next(csv.reader(io.StringIO(Path("form.csv").read_text("utf-8-sig")), delimiter=","))
    assert len(heads) == 30
    rows = [
        [side, *("ja" if n in (19, 25) else "nee" if n == 26 else "3" for n in range(1, 30))]
        for side in ["receiving"] * 6 + ["gevende organisatie"] * 5
    ]
    rows[0][17] = "5"
    done = fii(*IMPORT, table([heads, *rows]))
    assert done.code == 0, done.err
    assert judged(text()).errors == ()
    assert "    perspective: receiving\n    responses: 6\n    counts:\n      1: {3: 6}\n" in text()
    assert "      17: {3: 5, 5: 1}\n" in text()
    assert "    perspective: giving\n    responses: 5\n" in text()
    assert "receiving organisation: 6 people" in done.err
    assert fii("undo", "a.yaml").code == 0
    assert text() == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_any_encoding_and_separator(fii: Fii, encoding: str, separator: str) -> None:
    rows = [["Café", "17", "23"], *[[f"één {n}", "4", "2,0"] for n in range(5)]]
    assert fii(*IMPORT, table(rows, "t.csv", encoding, separator)).code == 0
    assert "      17: {4: 5}\n      23: {2: 5}\n" in text()


@pytest.mark.parametrize(
    ("head", "item"),
    [
        ("17", "17"),
        ("Q17", "17"),
        ("v017", "17"),
        ("17. Ik weet genoeg om met Thuis Leren te werken", "17"),
        ("Ik weet genoeg om met de innovatie te werken", "17"),
        ("I know enough to work with the innovation.", "17"),
        ("G1Q00001[SQ017]", "17"),
        ("Stellingen [Ik weet genoeg om met de innovatie te werken.]", "17"),
        ("Kennis", "17"),
        ("5 jaar of langer in dienst?", None),
        ("2025-02-01", None),
        ("Begintijd", None),
        ("", None),
        ("30", None),
    ],
)
def test_a_column_is_known_by_id_number_or_question(head: str, item: str | None) -> None:
    found = item_for(head, questions_of(MIDI))
    assert (found.id if found else None) == item


def test_a_construct_with_points_in_its_id_is_known_by_it() -> None:
    cfir = questions_of(handbook().instrument("cfir"))
    for head in ("III.D.2", "III.D.2 Aansluiting", "iii.d.2", "Compatibility"):
        found = item_for(head, cfir)
        assert found is not None
        assert found.id == "III.D.2"
    found = item_for("III.D", cfir)
    assert found is not None
    assert found.id == "III.D"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("4", "4"),
        ("4,0", "4"),
        ("4.00", "4"),
        ("mee eens", "4"),
        ("Agree", "4"),
        ("4 - mee eens", "4"),
        ("4,5", None),
        ("6", None),
        ("44", None),
        ("=4", None),
    ],
)
def test_an_answer_has_many_forms(cell: str, value: str | None) -> None:
    assert rating_for(cell, MIDI.scale) == value


def test_a_table_with_every_fault_is_refused_with_all_of_them_named(fii: Fii) -> None:
    heads = ["ID", "Naïef", "perspective", "17", "Q17", "4. Te ingewikkeld", "26"]
    rows = [
        heads,
        ["1", "é", "receiving", "9", "4", "2,5", "ja"],
        ["1", "é", "ergens", "", "4", "3,0", "misschien"],
        ["2", "é", "both", "4", "4", "3", "ja", "te veel"],
    ]
    done = fii(*IMPORT, table(rows, encoding="cp1252", separator=","))
    assert done.code == 1
    assert text() == TEXT
    shown = " ".join(done.out.split())
    for fault in (
        "cell E1: columns D and E are both about 17",
        "cell D2: 9 is not a valid answer for 17",
        "cell F2: 2,5 is not a valid answer for 4",
        "row 3: row 3 is from the same person as row 2",
        "cell C3: ergens is not a valid side",
        "cell D3: no answer on 17",
        "cell G3: misschien is not a valid answer for 26",
        "cell H4: this row has more cells than there are questions",
    ):
        assert fault in shown
    assert "8 errors; nothing was written" in done.err


def test_empty_cells_may_count_as_no_answer(fii: Fii) -> None:
    rows = [["17", "23"], *people(5, "4", "2"), *people(2, "4", "")]
    assert "cell B7: no answer on 23" in fii(*IMPORT, table(rows)).out
    done = fii(*IMPORT, table(rows), "--allow-empty")
    assert done.code == 0
    assert "2 empty cells: no answer" in done.err
    assert "    responses: 7\n    counts:\n      17: {4: 7}\n      23: {2: 5}\n" in text()


def test_small_groups_and_items_are_kept_back(fii: Fii) -> None:
    rows = [["perspectief", "17", "23"], *people(6, "receiving", "4", ""), *people(4, "giving", "1", "1")]
    rows[1][2] = "2"
    done = fii(*IMPORT, table(rows), "--allow-empty")
    assert done.code == 0
    assert "giving organisation: 4 people; fewer than 5, so not counted" in done.err
    assert "too few answers, omitted: 23" in done.err
    assert "giving" not in text()
    assert "23" not in text()
    Path("a.yaml").write_text(TEXT, encoding="utf-8")
    done = fii(*IMPORT, table([["17"], *people(4, "4")]))
    assert done.code == 2
    assert "every group has fewer than 5 answers" in done.err
    Path("fii.toml").write_text("[counts]\nsmallest = 4\n", encoding="utf-8")
    assert fii(*IMPORT, table([["17"], *people(4, "4")])).code == 0


def test_a_question_known_by_its_number_alone_is_named(fii: Fii) -> None:
    heads = [
        "17. Weet u genoeg van Thuis Leren?",
        "23",
        "Q5",
        "[SQ004]",
        "1. Ik weet uit de beschrijving wat ik moet doen, en in welke volgorde",
    ]
    done = fii(*IMPORT, table([heads, *people(5, "4", "2", "3", "2", "4")]))
    assert done.code == 0, done.err
    assert done.err.count("matched by number; the") == 1
    assert "the wording differs from fii's: 17. Weet u genoeg van Thuis Leren?" in " ".join(done.err.split())


def test_people_who_gave_the_same_answers_are_not_the_same_person(fii: Fii) -> None:
    assert fii(*IMPORT, table([["perspective", "17"], *people(5, "both", "4")])).code == 0


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "this file is empty"),
        (b"naam;leeftijd\nx;1\n", "no column matches an item of midi"),
        (b"17;23\n", "no answers yet"),
        (b'17;23\n4;2\n"4;2\n5;1\n', "invalid table from line 3 on"),
        (b'sep=;\n17;23\n"4;2\n', "invalid table from line 3 on"),
        (b"\xd0\xcf\x11\xe0old", "workbook has the old .xls format"),
        (b"PK\x03\x04broken", "this workbook cannot be read"),
        (b"\xff\xfe1", "this text is incomplete"),
        (b"17\0;23\n", "this is not a table"),
    ],
)
def test_what_is_no_table_is_said_without_a_traceback(fii: Fii, raw: bytes, message: str) -> None:
    Path("t.csv").write_bytes(raw)
    done = fii(*IMPORT, "t.csv")
    assert done.code in (1, 2)
    assert message in done.out + done.err
    assert text() == TEXT


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("import", "a.yaml", "nergens.csv", "--instrument", "midi"),
            "help: check the name\n",
        ),
        (("import", "nergens.yaml", "a.yaml", "--instrument", "midi"), "or make it with fii new"),
        (("import", "a.yaml", "t.csv", "--instrument", "stoplicht"), "a team agrees on the"),
        (("import", "a.yaml", "t.csv", "--instrument", "mdi"), "did you mean midi?"),
        (("import", "a.yaml", "t.csv", "--instrument", "midi", "--about", "x"), "unknown organisation x"),
        (("import", "a.yaml", "t.csv", "--instrument", "midi", "--date", "2999-01-01"), "in the future"),
        (("import", "-", "t.csv", "--instrument", "midi"), "standard input cannot be changed"),
    ],
)
def test_what_does_not_fit_is_refused(fii: Fii, words: tuple[str, ...], message: str) -> None:
    table([["17"], *people(5, "4")])
    done = fii(*words)
    assert done.code == 2
    assert message in done.err
    assert text() == TEXT


def test_the_same_answers_are_not_counted_twice(fii: Fii) -> None:
    name = table([["17"], *people(5, "4")])
    assert fii(*IMPORT, name).code == 0
    done = fii(*IMPORT, name)
    assert done.code == 2
    assert "already been counted" in done.err


def test_excel_goes_out_with_answers_to_choose_from_and_comes_back(fii: Fii) -> None:
    assert fii("questionnaire", "quickscan", "-o", "f.xlsx").code == 0
    book = openpyxl.load_workbook("f.xlsx")
    form = book.worksheets[0]
    assert form.max_column == 19
    formulas = [each.formula1 for each in form.data_validations.dataValidation]
    assert '"ja,deels,nee,onbekend"' in formulas
    for _ in range(5):
        form.append(["receiving", *["deels"] * 18])
    book.save("f.xlsx")
    assert fii("import", "a.yaml", "f.xlsx", "--instrument", "quickscan", "--date", "2025-02-01").code == 0
    assert "      helder: {deels: 5}\n" in text()
    data = json.loads(fii("score", "a.yaml", "--instrument", "quickscan", "--json").out)
    assert data["groups"][0]["counts"][0]["verdict"] == "barrier"


def test_an_export_of_a_form_program_in_excel_is_read(fii: Fii) -> None:
    book = openpyxl.Workbook()
    book.active.append(
        ["ID", "Begintijd", "E-mail", "17. Weet u genoeg?", "Ik krijg genoeg tijd om ermee te werken."]
    )
    for n in range(6):
        book.active.append([n + 1, "2025-01-20 10:00", "anonymous", 4, "niet mee eens"])
    book.save("forms.xlsx")
    done = fii(*IMPORT, "forms.xlsx", "--perspective", "receiving", "--about", "voorbeeld")
    assert done.code == 0, done.err
    assert "skipped columns: ID, Begintijd, E-mail" in done.err
    assert (
        "    about: voorbeeld\n    responses: 6\n    counts:\n      17: {4: 6}\n      23: {2: 6}\n" in text()
    )


def test_a_form_to_print_asks_everything_and_never_overwrites(fii: Fii) -> None:
    page = fii("questionnaire", "midi").out
    assert "**" not in page.split("##")[1]
    assert page.count("☐ 1 totally disagree") == 24
    assert "14. How many of your colleagues" in page
    Path("m.md").write_text("van mij", encoding="utf-8")
    assert fii("questionnaire", "midi", "-o", "m.md").code == 2
    assert Path("m.md").read_text(encoding="utf-8") == "van mij"
    assert fii("questionnaire", "midi", "-o", "m.md", "--force").code == 2
    assert Path("m.md").read_text(encoding="utf-8") == "van mij"
    for words, told in (
        (("stoplicht", "--format", "csv"), "a team agrees on the"),
        (("midi", "--format", "xlsx"), "a workbook cannot be printed as text"),
        (("midi", "--format", "pdf"), "choose from: html, docx, md, csv, xlsx"),
    ):
        done = fii("questionnaire", *words)
        assert (done.code, told in done.err) == (2, True), done.err


@pytest.mark.parametrize("form", ["md", "csv", "xlsx"])
def test_an_empty_form_is_written_over_and_an_answered_one_never(fii: Fii, here: Path, form: str) -> None:
    words = ("questionnaire", "quickscan", "--output", f"q.{form}")
    assert fii(*words).code == 0
    assert fii(*words).code == 2
    assert fii(*words, "--force").code == 0
    assert fii("questionnaire", "midi", "--output", f"q.{form}", "--force", lang="nl").code == 0
    if form == "xlsx":
        book = openpyxl.load_workbook("q.xlsx")
        book.worksheets[0].append(["giving", "ja"])
        book.save("q.xlsx")
    else:
        Path(f"q.{form}").write_bytes(Path(f"q.{form}").read_bytes() + b"giving;ja\r\n")
    answered = Path(f"q.{form}").read_bytes()
    done = fii(*words, "--force")
    assert done.code == 2
    assert "not overwritten" in done.err
    assert Path(f"q.{form}").read_bytes() == answered


def test_a_table_may_be_larger_than_a_trajectory_but_not_without_end(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = table([["17", "wat"], *[["4", f"{n} {'x' * 90_000}"] for n in range(30)]])
    assert fii(*IMPORT, name).code == 0
    monkeypatch.setattr("fii_cli.project.files.MAX_TABLE_BYTES", 2_200_000)
    done = fii(*IMPORT, name)
    assert done.code == 2
    assert "this file is 3 MB; a table is at most 2 MB" in done.err


def test_columns_have_the_names_of_a_spreadsheet() -> None:
    assert [letters(n) for n in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]


def test_equal_answers_are_a_remark_and_only_an_equal_number_is_an_error(fii: Fii) -> None:
    instrument = ("--instrument", "usable-innovation", "--date", "2025-02-01", "--dry-run")
    heads = ["team", "beschrijving", "kern", "uitwerking", "nagaan"]
    alike = [heads, *people(5, "wijkteam Noord", "ja", "ja", "ja", "deels")]
    done = fii("import", "a.yaml", table(alike), *instrument)
    assert done.code == 0, done.err
    assert "4 rows are equal to an earlier one, and are counted" in " ".join(done.err.split())
    assert "responses: 5" in done.out
    numbered = [
        ["respondent-id", *heads[1:]],
        *([str(n), "ja", "ja", "ja", "deels"] for n in (1, 2, 3, 4, 4)),
    ]
    refused = fii("import", "a.yaml", table(numbered), *instrument)
    assert (refused.code, "row 6 is from the same person as row 5" in refused.out) == (1, True)
    numbered[-1][0] = "5"
    silent = fii("import", "a.yaml", table(numbered), *instrument)
    assert (silent.code, "equal to an earlier one" in silent.err) == (0, False)
    only_answers = [row[1:] for row in alike]
    silent = fii("import", "a.yaml", table(only_answers), *instrument)
    assert (silent.code, "equal to an earlier one" in silent.err) == (0, False)
