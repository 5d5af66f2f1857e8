"""Word, Excel, PDF, csv and JSON: opened with other programs than wrote them, they show the same report."""

from __future__ import annotations

import csv
import inspect
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from conftest import Fii
from fii_cli import pages
from fii_cli.commands import report_pages
from fii_cli.commands.report_pages import IN_TEXT, RENEWED, WANTED
from fii_cli.handbook.load import handbook
from fii_cli.pages.render import render
from fii_cli.project.house import House
from fii_cli.project.house_style import HouseStyle
from fii_cli.report import EDITIONS, report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.json_report import ReportTold
from fii_cli.report.model import Fact, Report
from fii_cli.report.sheets import sheets_of
from fii_cli.resources import EXAMPLES, examples, language
from fii_cli.words import SIGNS
from helpers import FORMS, HEAD, all_text, edition, trajectory, without_yardstick
from outside import program, writer_of
from wizard import Wizard

DAY = "2025-03-10"
FULL = EXAMPLES / "thuis-leren-verzonnen.yaml"
ASKED = ["--as-of", DAY]
NOTE = "over geld beslist de directie"
"""What only team and steering group read."""


def report() -> Report:
    told = trajectory(examples()["thuis-leren-verzonnen"])
    say = language(told.language)
    return report_of(basis_of(edition(told, date.fromisoformat(DAY)), handbook()), say)


def told_in(made: Report) -> Iterator[str]:
    """What every reader of a document gets to see, word for word."""
    yield from (made.title, made.edition, *made.to_do)
    for facts in (made.at_a_glance, made.decision):
        yield from (fact.text for fact in facts)
    yield from (item.question for _, item in made.open_items)
    yield from (row.name for row in made.barriers)
    yield from (each.name for each in made.strategies)
    yield from (action.what for action in made.actions)
    for row in (*made.organisations, *made.people, *made.accepted, *made.log, *made.cycles, *made.roadmap):
        yield from row.cells
    for phase in made.phases:
        for subphase in phase.subphases:
            yield from _facts(subphase.facts)


def _facts(facts: tuple[Fact, ...]) -> Iterator[str]:
    for fact in facts:
        yield fact.text
        yield from _facts(fact.inner)


def squeezed(text: str) -> str:
    """Without spaces and hyphens at line ends, which depend on how wide a page is."""
    return re.sub(r"[\s\u00ad]+", "", text)


def read_by_office(path: Path, to: str, name: str = "") -> str:
    """What LibreOffice sees in a document, or in the sheet called ``name``."""
    words = ["--headless", f"-env:UserInstallation=file://{path.parent}/office", "--convert-to", to]
    done = subprocess.run(
        [program("soffice", "libreoffice"), *words, "--outdir", str(path.parent), str(path)],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    made = path.with_suffix(f".{to.partition(':')[0]}")
    if name:
        made = made.with_stem(f"{path.stem}-{name}")
    assert made.exists(), done.stdout + done.stderr
    return made.read_text(encoding="utf-8-sig", errors="replace")


def test_word_shows_the_report(fii: Fii, here: Path) -> None:
    assert fii("report", FULL, "--output", "r.docx", *ASKED).code == 0
    seen = squeezed(read_by_office(here / "r.docx", "txt:Text (encoded):UTF8"))
    assert [text for text in told_in(report()) if squeezed(text) not in seen] == []
    for light in ("●groen", "▲oranje", "■rood"):
        assert light in seen
    assert "{{" not in seen
    assert "{%" not in seen
    with zipfile.ZipFile("r.docx") as packed:
        assert 'w:val="nl-NL"' in packed.read("word/styles.xml").decode()
        body = packed.read("word/document.xml").decode()
    assert body.count("<w:tblHeader") >= 8  # the heads of a table come back on every page


def test_pdf_shows_the_report_and_can_be_read_aloud(fii: Fii, here: Path) -> None:
    writer_of("pdf")
    assert fii("report", FULL, "--output", "r.pdf", *ASKED).code == 0
    text = subprocess.run(
        [program("pdftotext"), "-layout", "r.pdf", "-"], capture_output=True, text=True, check=True
    )
    flat = subprocess.run(
        [program("pdftotext"), "-raw", "r.pdf", "-"], capture_output=True, text=True, check=True
    )
    seen = squeezed(text.stdout) + squeezed(flat.stdout)
    missing = [text for text in told_in(report()) if squeezed(text) not in seen]
    assert len(missing) <= 0.03 * len(list(told_in(report()))), missing  # a text may go on upon the next page
    info = subprocess.run([program("pdfinfo"), "r.pdf"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged:\s+yes", info)
    assert re.search(r"Page size:.*A4", info)
    about = [program("pdfinfo"), "-meta", "r.pdf"]
    assert 'pdfuaid:part="1"' in subprocess.run(about, capture_output=True, text=True, check=True).stdout


def test_charts_on_paper_bring_their_own_colours() -> None:
    told = trajectory(examples()["thuis-leren-verzonnen"])
    say = language("nl")
    made = report_of(basis_of(edition(told, date.fromisoformat(DAY)), handbook()), say)
    page = render(made, "html", say, House(HouseStyle(accent="#7a1f5c", font=("Calibri",))), on_paper=True)
    styles = re.findall(r"<desc[^>]*>[^<]*</desc>\s*<style>(.*?)</style>", page, re.S)
    assert len(styles) == 7
    for style in styles:
        assert "var(" not in style
        assert "#7a1f5c" in style
        assert '"Calibri"' in style


def test_excel_holds_the_tables_with_filters(fii: Fii, here: Path) -> None:
    assert fii("report", FULL, "--output", "r.xlsx", *ASKED).code == 0
    book = openpyxl.load_workbook("r.xlsx")
    assert book.sheetnames == [
        "Overzicht",
        "Lichten",
        "Acties",
        "Belemmeringen",
        "Strategieën",
        "Beoordelingen",
        "Indicatoren",
    ]
    told = trajectory(examples()["thuis-leren-verzonnen"])
    sheets = sheets_of(basis_of(edition(told, date.fromisoformat(DAY)), handbook()), language("nl"))
    for sheet in sheets:
        page = book[sheet.name]
        (table,) = page.tables.values()
        assert table.autoFilter is not None
        assert [cell.value for cell in page[1]] == list(sheet.heads)
        assert page.max_row == len(sheet.rows) + 1
        assert page.freeze_panes == "A2"
        assert page.print_title_rows == "$1:$1"
    rows = list(book["Beoordelingen"].iter_rows(min_row=2, values_only=True))
    given = sum(len(made.ratings) for made in told.assessments)
    counted = sum(len(counts) for made in told.assessments for counts in made.counts.values())
    assert len(rows) == given + counted
    assert rows[0][0].isoformat()[:10] == "2024-10-15"  # a day is a day, not text


@pytest.mark.parametrize("name", sorted(examples()))
@pytest.mark.parametrize("wanted", ["docx", "xlsx", "pdf", "csv"])
def test_every_example_is_made_in_every_form(fii: Fii, here: Path, name: str, wanted: str) -> None:
    writer_of(wanted)
    for audience in ("team",) if wanted == "pdf" else ("team", "public"):
        words = ["--format", wanted, "--audience", audience, "--output", f"{audience}.{wanted}"]
        done = fii("report", EXAMPLES / f"{name}.yaml", *words, *ASKED)
        assert (done.code, done.err) == (0, "")
        assert Path(f"{audience}.{wanted}").stat().st_size > 20


def test_a_workbook_keeps_back_the_answers_of_few(fii: Fii, here: Path) -> None:
    counts = "counts: {4: {1: 2, 5: 2}, 5: {1: 3, 5: 4}}"
    text = f"assessments: [{{instrument: midi, date: 2025-01-01, responses: 7, {counts}}}]\n"
    Path("a.yaml").write_text(HEAD + text, encoding="utf-8")
    assert fii("report", "a.yaml", "--output", "a.xlsx", *ASKED).code == 0
    rows = list(openpyxl.load_workbook("a.xlsx")["Beoordelingen"].iter_rows(min_row=2, values_only=True))
    assert [(row[2], row[3], row[4]) for row in rows] == [("5", 1, 3), ("5", 5, 4)]


def test_excel_and_csv_show_an_office_the_same_lights(fii: Fii, here: Path) -> None:
    for name in ("r.xlsx", "c.csv"):
        assert fii("report", FULL, "--output", name, *ASKED).code == 0
    second = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,2"
    seen = read_by_office(here / "r.xlsx", second, "Lichten")
    table = Path("c.csv").read_text(encoding="utf-8-sig")
    marks = r';(fii|"fii report \S+ team chosen, [^"]+")$'  # by which a csv is recognised
    ours = re.sub(marks, "", table, flags=re.M)
    assert ours != table
    told = [re.sub('"', "", text).replace(";", " ; ").split() for text in (seen, ours)]
    signs = SIGNS.values()
    assert [word for word in told[0] if word not in signs] == [word for word in told[1] if word not in signs]
    assert {"●", "▲", "■", "○"} <= set(told[0])


NASTY = HEAD + (
    "actions:\n  - {id: a, what: '=HYPERLINK(\"http://x\")', owner: p}\n"
    "  - {id: b, what: '<b>&amp;{{ 7*7 }}{% raw %}'}\n"
    "people: [{id: p, role: '@SUM(1)'}]\n"
    "assessments:\n  - instrument: stoplicht\n    date: 2025-01-01\n"
    "    ratings: {1a.opdrachtgever: {value: rood, note: '=1+1'}}\n"
)


def test_what_looks_like_a_formula_or_a_template_stays_text(fii: Fii, here: Path) -> None:
    Path("a.yaml").write_text(NASTY, encoding="utf-8")
    for name in ("a.xlsx", "a.csv", "a.docx", "a.json"):
        assert fii("report", "a.yaml", "--output", name, *ASKED).code == 0
    cell = openpyxl.load_workbook("a.xlsx")["Acties"]["A2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')
    assert ";'=1+1" in Path("a.csv").read_text(encoding="utf-8-sig")
    with zipfile.ZipFile("a.docx") as packed:
        body = packed.read("word/document.xml").decode()
    assert "&lt;b&gt;&amp;amp;{{ 7*7 }}{% raw %}" in body
    assert (
        json.loads(Path("a.json").read_text(encoding="utf-8"))["trajectory"]["actions"][0]["what"][0] == "="
    )


@pytest.mark.parametrize("name", sorted(examples()))
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_json_holds_what_its_schema_says(
    fii: Fii, tmp_path: Path, name: str, edition: str, lang: str
) -> None:
    written = re.sub(r"(?m)^language: \w+$", f"language: {lang}", examples()[name])
    (tmp_path / f"{name}.yaml").write_text(written, encoding="utf-8")
    done = fii(
        "report", tmp_path / f"{name}.yaml", "--format", "json", "--audience", edition, "-o", "-", *ASKED
    )
    schema = json.loads(fii("schema", "--of", "report").out)
    data = json.loads(done.out)
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["audience"] == edition
    assert (data["phases"][0]["items"] is None) == (edition == "public")


def test_the_schema_of_json_is_that_of_the_record(fii: Fii) -> None:
    schema = json.loads(fii("schema", "--of", "report").out)
    assert set(schema["properties"]) == set(ReportTold.model_fields)
    assert all(each.get("description") for each in schema["properties"].values())


def test_the_schema_of_json_allows_what_its_docs_allow(fii: Fii) -> None:
    """New keys may be added at any time; a key that is removed or changes its meaning is another version."""
    schema = json.loads(fii("schema", "--of", "report").out)
    told = fii("report", FULL, "--format", "json", "-o", "-", *ASKED).out
    says = jsonschema.Draft202012Validator(schema)

    def records(part: Any) -> Iterator[dict[str, Any]]:
        if isinstance(part, dict):
            yield part
        for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            yield from records(each)

    later = json.loads(told)
    for record in list(records(later)):
        record["added-later"] = {"of": ["any", "kind"]}
    assert says.is_valid(later)
    for name in json.loads(told):
        without = {key: value for key, value in json.loads(told).items() if key != name}
        assert not says.is_valid(without), name
    assert not says.is_valid(json.loads(told) | {"version": 2})


@pytest.mark.parametrize("wanted", [each for each in WANTED if each not in ("html", "md")])
def test_notes_stay_inside_in_every_form(fii: Fii, here: Path, wanted: str) -> None:
    writer_of(wanted)
    for audience in ("steering", "client"):
        words = ["--format", wanted, "--audience", audience, "--output", f"{audience}.{wanted}"]
        assert fii("report", FULL, *words, *ASKED).code == 0
    seen = [all_text(here / f"{audience}.{wanted}") for audience in ("steering", "client")]
    assert [squeezed(NOTE) in squeezed(text) for text in seen] == [True, False]


def test_what_only_readers_aloud_and_programs_find_in_a_pdf_is_seen_by_these_tests(
    fii: Fii, here: Path
) -> None:
    writer_of("pdf")
    text = HEAD.replace("Proef", "Één proef (met haakjes)")
    (here / "a.yaml").write_text(text + "visits: [{phase: borgen, entered: 2025-01}]\n", encoding="utf-8")
    assert fii("report", "a.yaml", "--output", "r.pdf", *ASKED).code == 0
    told = all_text(here / "r.pdf")
    assert "/Title (De fasen)" in told
    assert told.count("6 Borgen – nu hier") == 2  # on the page, and as a bookmark
    assert "/Alt (Verloop van het traject)" in told
    assert f"<pdf:Keywords>fii report {DAY} team chosen</pdf:Keywords>" in without_yardstick(told)
    assert "/Producer (WeasyPrint" in told


@pytest.mark.parametrize("wanted", WANTED)
def test_the_same_report_gives_the_same_bytes(fii: Fii, here: Path, wanted: str) -> None:
    writer_of(wanted)
    for name in ("een", "twee"):
        assert fii("report", FULL, "--format", wanted, "--output", f"{name}.{wanted}", *ASKED).code == 0
    made = Path(f"een.{wanted}").read_bytes()
    assert made == Path(f"twee.{wanted}").read_bytes()
    own = made.startswith(b"%PDF-") == (wanted == "pdf")
    assert own, f"{wanted} comes out as a PDF: add a branch to report_made in commands/report_pages.py"
    is_text = b"\0" not in made
    assert is_text == (wanted in IN_TEXT), (
        f"{wanted}: IN_TEXT in commands/report_pages.py lists forms of text"
    )


def test_every_form_is_tested_for_what_each_audience_may_see() -> None:
    """Tests in many files render every form in FORMS."""
    assert set(FORMS) == set(WANTED), "add the new form to FORMS in tests/helpers.py, and run make test"
    assert set(RENEWED) <= set(IN_TEXT), (
        "RENEWED: only a form that is compared as text is regenerated unasked"
    )


def test_every_module_of_a_form_is_used() -> None:
    """A form of a report is a module with a function ``as_…``, which ``report_made`` calls."""
    calls = inspect.getsource(report_pages)
    for path in Path(pages.__file__).parent.glob("*.py"):
        for name in re.findall(r"^def (as_\w+)\(", path.read_text(encoding="utf-8"), re.M):
            assert name in calls or name in ("as_form", "as_exchange"), (  # a questionnaire, a workbook
                f"add pages/{path.name} to Wanted and report_made in commands/report_pages.py"
            )


@pytest.mark.parametrize("wanted", ["html", "md", "csv", "json"])
def test_text_can_be_held_against_what_is_committed(fii: Fii, here: Path, wanted: str) -> None:
    asked = [FULL, "--format", wanted, "--output", f"r.{wanted}"]
    assert fii("report", *asked, "--check", *ASKED).code == 1
    fii("report", *asked, *ASKED)
    assert fii("report", *asked, "--check", *ASKED).code == 0
    Path(f"r.{wanted}").write_bytes(Path(f"r.{wanted}").read_bytes() + b" ")
    assert fii("report", *asked, "--check", *ASKED).code == 1


@pytest.mark.parametrize(("lang", "separator"), [("nl", ";"), ("en", ",")])
def test_a_table_in_either_language_is_recognised_compared_and_kept_apart(
    fii: Fii, here: Path, lang: str, separator: str
) -> None:
    text = examples()["thuis-leren-verzonnen"]
    Path("a.yaml").write_text(re.sub(r"(?m)^language: \w+$", f"language: {lang}", text), encoding="utf-8")
    asked = ["a.yaml", "--format", "csv", "--output", "r.csv", "--audience", "client", *ASKED]
    assert fii("report", *asked).code == 0
    written = Path("r.csv").read_text(encoding="utf-8-sig")
    assert f"{separator}fii\n" in written
    rows = list(csv.reader(io.StringIO(written, newline=""), delimiter=separator))
    assert len({len(row) for row in rows}) == 1
    assert fii("report", *asked, "--check").code == 0
    assert fii("report", "a.yaml", "--output", "r.csv", "--audience", "team", "--force", *ASKED).code == 2
    assert fii("report", *asked, "--force").code == 0


def test_a_document_cannot_be_held_against_another(fii: Fii, here: Path) -> None:
    done = fii("report", FULL, "--format", "pdf", "--check", lang="en")
    assert done.code == 2
    assert "cannot be compared" in done.err


@pytest.mark.parametrize("wanted", ["docx", "xlsx", "pdf", "csv", "json"])
def test_what_fii_did_not_make_is_left_alone(fii: Fii, here: Path, wanted: str) -> None:
    writer_of(wanted)
    Path(f"r.{wanted}").write_text("van iemand anders", encoding="utf-8")
    assert fii("report", FULL, "--output", f"r.{wanted}", *ASKED).code == 2
    assert Path(f"r.{wanted}").read_text(encoding="utf-8") == "van iemand anders"
    assert fii("report", FULL, "--output", f"r.{wanted}", "--force", *ASKED).code == 2
    assert Path(f"r.{wanted}").read_text(encoding="utf-8") == "van iemand anders"


@pytest.mark.parametrize("wanted", ["docx", "xlsx", "pdf", "csv"])
def test_a_document_of_fii_is_written_over_when_that_is_asked(fii: Fii, here: Path, wanted: str) -> None:
    writer_of(wanted)
    assert fii("report", FULL, "--output", f"r.{wanted}", *ASKED).code == 0
    assert fii("report", FULL, "--output", f"r.{wanted}", *ASKED).code == 2
    assert fii("report", FULL, "--output", f"r.{wanted}", "--force", *ASKED).code == 0


@pytest.mark.parametrize(
    ("wanted", "name"),
    [("docx", "docxtpl"), ("docx", "resvg_py"), ("xlsx", "xlsxwriter"), ("pdf", "weasyprint")],
)
def test_a_library_that_is_missing_says_how_to_get_it(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch, wanted: str, name: str
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    done = fii("report", FULL, "--format", wanted, "--output", f"r.{wanted}", lang="en")
    assert done.code == 2
    assert f"pip install 'fii-cli[{wanted}]'" in done.err
    assert not Path(f"r.{wanted}").exists()


def test_a_document_is_not_thrown_at_a_screen(here: Path) -> None:
    wizard = Wizard("report", str(FULL), "--format", "pdf", "--output", "-", "--lang", "en")
    wizard.until("a pdf file cannot be printed to a terminal")
    assert wizard.ended() == 2


def house_template(text: str) -> None:
    from docx import Document

    made = Document()
    made.add_paragraph(text)
    made.save("huis.docx")


def test_a_house_brings_its_own_template(fii: Fii, here: Path) -> None:
    house_template("Ons huis: {{ report.title }}, {{ _('At a glance') }}")
    assert fii("report", FULL, "--output", "r.docx", "--template", "huis.docx", *ASKED).code == 0
    assert "Ons huis: Thuis Leren naar Stichting Voorbeeld, In één oogopslag" in all_text(here / "r.docx")


@pytest.mark.parametrize(
    "text",
    [
        "{{ report.titel }}",
        "{{ nergens }}",
        "{% for %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ report.title.x() }}",
    ],
)
def test_a_template_that_does_not_fit_is_told_so(fii: Fii, here: Path, text: str) -> None:
    house_template(text)
    done = fii("report", FULL, "--output", "r.docx", "--template", "huis.docx", lang="en")
    assert done.code == 2
    assert "template error" in done.err
    assert not Path("r.docx").exists()


def test_a_template_that_is_none_is_told_so(fii: Fii, here: Path) -> None:
    Path("huis.docx").write_text("geen Word", encoding="utf-8")
    done = fii("report", FULL, "--output", "r.docx", "--template", "huis.docx", lang="en")
    assert done.code == 2
    assert "not a Word template" in done.err
    assert fii("report", FULL, "--output", "r.docx", "--template", "weg.docx").code == 2
    assert fii("report", FULL, "--output", "r.html", "--template", "huis.docx").code == 2
