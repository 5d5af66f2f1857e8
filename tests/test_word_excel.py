"""Word and Excel as colleagues expect them: charts, all parts, columns that fit, and lights in colour."""

from __future__ import annotations

import html
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from textwrap import wrap
from typing import Any

import openpyxl
import pytest

from conftest import Fii
from fii_cli.handbook.load import handbook
from fii_cli.language import Code
from fii_cli.pages.docx import LIGHT_STYLES, filled
from fii_cli.pages.pictures import picture_of
from fii_cli.pages.render import render
from fii_cli.pages.word_columns import CELL, TABLE
from fii_cli.project.house_style import HouseStyle
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.model import Report
from fii_cli.report.shapes import IndicatorBlock
from fii_cli.resources import EXAMPLES, FONTS, examples, language, word_template
from fii_cli.words import SIGNS, Audience
from helpers import HEAD, edition, trajectory
from outside import program

DAY = date(2025, 3, 10)
ASKED = ["--as-of", DAY.isoformat()]
NAME = "thuis-leren-verzonnen"
FULL = EXAMPLES / f"{NAME}.yaml"
AUDIENCES: tuple[Audience, ...] = ("team", "steering", "client", "public")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def report(audience: Audience = "team", name: str = NAME, lang: str = "nl") -> Report:
    text = re.sub(r"(?m)^language: \w+$", f"language: {lang}", examples()[name])
    told = trajectory(text)
    return report_of(basis_of(edition(told, DAY, audience), handbook()), language(told.language))


@cache
def document(audience: Audience = "team", name: str = NAME, lang: Code = "nl") -> bytes:
    return filled(report(audience, name, lang), language(lang), word_template())


def opened(raw: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(raw))


def text_of(raw: bytes) -> str:
    """Everything that stands in the body of a document."""
    body = opened(raw).element.body
    return "".join(each.text or "" for each in body.iter(f"{W}t"))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- Word ---------------------------------------------------------------------------------------------------


def told_by_pictures(raw: bytes) -> list[str]:
    """What each picture in a document says to somebody who does not see it."""
    return [
        str(each.get("descr"))
        for each in opened(raw).element.body.iter()
        if isinstance(each.tag, str) and each.tag.endswith("}docPr")
    ]


def test_every_chart_of_the_page_is_a_picture_with_words() -> None:
    made, told = report(), told_by_pictures(document())
    assert made.path
    assert made.planning
    assert made.sides
    assert made.cycles_chart
    assert made.trend
    assert made.trend.chart
    assert made.readiness
    charts: list[Any] = [
        made.path,
        made.planning,
        made.sides,
        made.cycles_chart,
        made.trend.chart,
        made.readiness,
    ]
    for chart in charts:
        assert any(each.startswith(f"{chart.title}. ") and len(each) > len(chart.title) + 10 for each in told)
    for indicator in made.indicators:
        assert any(each.startswith(indicator.name) for each in told) == bool(indicator.points)
    stacks = [block.stacks for block in made.instruments if block.stacks]
    assert stacks
    for block in stacks:
        one = next(each for each in told if each.startswith(block.rows[0].name))
        assert [row.name for row in block.rows if f"{row.name}: {row.words}" not in one] == []
    page = render(made, "html", language("nl"), full=True)
    figures = len(re.findall(r"<figure", page)) + page.count('<ol class="stacks">')
    assert len(told) == figures >= 8
    with zipfile.ZipFile(io.BytesIO(document())) as packed:
        images = [packed.read(name) for name in packed.namelist() if name.startswith("word/media/")]
    assert len(images) == len(told)
    assert all(image.startswith(b"\x89PNG") for image in images)


def test_a_chart_says_its_words_whole_and_is_as_wide_as_the_text() -> None:
    """Paths are cut out of what a template says of its own pictures, but not out of ours."""
    made = report()
    indicator = replace(made.indicators[0], name="boeken/gezin en/of uren/week")
    raw = filled(replace(made, indicators=(indicator,)), language("nl"), word_template())
    assert any(each.startswith("boeken/gezin en/of uren/week. ") for each in told_by_pictures(raw))
    section = opened(raw).sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert {shape.width for shape in opened(raw).inline_shapes} == {room}


def test_letters_in_pictures_are_those_that_come_with_fii() -> None:
    """Arabic is in DejaVu on many machines, and not in ours: its letters are the same empty box."""
    (first, second) = (_indicator(word) for word in ("ب", "ش"))
    say, plain = language("en"), HouseStyle()
    assert picture_of("line", first, say, plain).png == picture_of("line", second, say, plain).png
    assert picture_of("line", first, say, plain).png != picture_of("line", _indicator("ŵ"), say, plain).png


def _indicator(word: str) -> IndicatorBlock:
    made = report().indicators[0]
    points = tuple(replace(point, words=word) for point in made.points)
    return replace(made, points=points)


def test_the_letters_have_what_charts_and_names_need() -> None:
    from fontTools.ttLib import TTFont

    for path in sorted(FONTS.glob("*.ttf")):
        font = TTFont(path)
        assert set(map(ord, "".join(SIGNS.values()) + "◇…·–éëïŁżşőæøßΩЖ€")) <= set(font.getBestCmap())
        assert any("Vera" in str(each) and each.nameID == 13 for each in font["name"].names), "its licence"
        assert path.stat().st_size < 100_000


def test_a_chart_has_the_colour_of_the_house() -> None:
    chart, say = report().path, language("nl")
    assert chart
    assert picture_of("time", chart, say, HouseStyle()) != picture_of(
        "time", chart, say, HouseStyle("#7a1f5c")
    )


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def handle_data(self, data: str) -> None:
        self.told.append(data)


def strings(made: Any) -> Iterator[str]:
    if isinstance(made, str):
        yield made
    elif isinstance(made, tuple):
        for each in made:
            yield from strings(each)
    elif is_dataclass(made):
        for field in fields(made):
            yield from strings(getattr(made, field.name))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", [NAME, "minimaal", "samen-leren"])
def test_word_says_everything_that_the_whole_page_says(audience: Audience, name: str) -> None:
    made = report(audience, name)
    html = _Text()
    html.feed(
        re.sub(r"<(style|head)\b.*?</\1>", "", render(made, "html", language("nl"), full=True), flags=re.S)
    )
    on_page = squeezed("".join(html.told))
    in_word = squeezed(
        text_of(document(audience, name)) + " ".join(told_by_pictures(document(audience, name)))
    )
    missing = {
        text
        for text in strings(made)
        if len(text) > 8 and squeezed(text) in on_page and squeezed(text) not in in_word
    }
    assert missing - set(strings(drawn(made))) == set()


def drawn(made: Report) -> tuple[Any, ...]:
    """What stands in charts, and is read in their pictures."""
    charts = (made.path, made.planning, made.cycles_chart, made.sides, made.trend and made.trend.chart)
    axes = ((each.ticks, each.levels, each.points, each.lines) for each in made.indicators)
    # In Word the table of the phases has the dates of the path.
    path = (made.board.path.first, made.board.path.last) if made.board else ()
    return (*charts, *axes, *(block.stacks for block in made.instruments), *path)


def test_a_house_changes_styles_and_nothing_stands_in_their_way() -> None:
    made = opened(word_template())
    names = {style.name for style in made.styles}
    assert {"fii cover", "fii soft", "fii picture", CELL, TABLE, *LIGHT_STYLES.values()} <= names
    raw = document()
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        body = packed.read("word/document.xml").decode()
    assert "<w:color" not in body
    assert "<w:b/>" not in body
    assert "<w:rFonts" not in body
    lights = {style.style_id for style in opened(raw).styles if style.name in LIGHT_STYLES.values()}
    assert len(set(re.findall(r'<w:rStyle w:val="(\w+)"', body)) & lights) >= 4


def test_a_template_without_these_styles_still_has_lights_in_colour() -> None:
    from docx import Document

    made = Document()
    made.add_paragraph("{{r light(report.open_items[0][1].light) }}")
    own = io.BytesIO()
    made.save(own)
    raw = filled(report(), language("nl"), own.getvalue())
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        assert re.search(r'<w:color w:val="(743A00|9A0A22)"/>', packed.read("word/document.xml").decode())


def test_a_table_has_no_column_without_text_and_is_no_wider_than_the_page() -> None:
    for audience in AUDIENCES:
        made = opened(document(audience))
        section = made.sections[0]
        room = (section.page_width - section.left_margin - section.right_margin) / 635
        assert made.tables
        for table in made.tables:
            wide = [int(each.get(f"{W}w")) for each in table._tbl.tblGrid.gridCol_lst]
            assert sum(wide) <= room + len(wide)
            for column in range(1, len(wide)):
                cells = [row[column].text for row in ([*each.cells] for each in table.rows[1:])]
                assert any(cells), (table.rows[0].cells[column].text, audience)


LONG = (
    HEAD
    + """\
organisations:
  - {id: a, name: Samenwerkingsverband Jeugdgezondheidszorg, roles: [commissioner]}
people:
  - {id: p, role: implementatiecoördinator gezondheidsbevordering, level: management, organisation: a}
roadmap: []
actions:
  - {id: x, what: verantwoordelijkheidsverdeling uitwerken, owner: p, due: 2025-09-30, status: bezig,
     answers: [stoplicht/5b.knelpunten, cfir/III.D.2], since: 2025-01-30}
assessments:
  - {instrument: stoplicht, date: 2025-02-28, ratings: {5b.knelpunten: {value: rood, note: arbeidsmarkt}}}
"""
)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_column_breaks_a_word_or_a_date(here: Path, lang: Code) -> None:
    """Printed by LibreOffice, in a typeface that is wider than that of Word."""
    program("soffice", "libreoffice")
    long = trajectory(re.sub(r"roadmap.*\n", "", LONG).replace("language: nl", f"language: {lang}"))
    reports = {"a": document("team", NAME, lang), "b": document("client", NAME, lang)}
    reports["c"] = filled(
        report_of(basis_of(edition(long, DAY), handbook()), language(lang)), language(lang), word_template()
    )
    for name, raw in reports.items():
        Path(f"{name}.docx").write_bytes(raw)
    _printed(here, [f"{name}.docx" for name in reports])
    for name, raw in reports.items():
        words = [program("pdftotext"), "-layout", f"{name}.pdf", "-"]
        shown = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        there = set(re.split(r"[\s\-‑/]+", shown))
        cells = [cell.text for table in opened(raw).tables for row in table.rows for cell in row.cells]
        broken = {word for text in cells for word in re.split(r"[\s\-‑/]+", text)} - there
        assert not broken, broken
        lines = [" ".join(line.split()) for line in shown.splitlines()]
        dates = {each for text in cells for each in re.findall(r"\d{1,2}\xa0\w+\xa0\d{4}", text)}
        assert dates or name == "c"
        for each in dates:
            assert any(each.replace("\xa0", " ") in line for line in lines), each
        assert not [text for text in cells if re.search(r"\d{1,2} \w{3,9} 20\d\d", text)]


def _printed(folder: Path, names: list[str]) -> None:
    words = ["--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf"]
    office = program("soffice", "libreoffice")
    subprocess.run([office, *words, *names], cwd=folder, capture_output=True, timeout=180, check=True)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_cover_says_for_whom_and_of_which_day_it_is(audience: Audience) -> None:
    made = report(audience)
    title, cover = opened(document(audience)).paragraphs[:2]
    assert title.text == made.title
    assert cover.style.name == "fii cover"
    assert made.edition in cover.text
    assert made.dated in cover.text.replace("\xa0", " ")


# --- Excel --------------------------------------------------------------------------------------------------


def book_of(fii: Fii, file: Path, audience: Audience = "team") -> Any:
    words = ["--audience", audience, "--output", f"{audience}.xlsx", "--force"]
    assert fii("report", file, *words, *ASKED).code == 0
    return openpyxl.load_workbook(f"{audience}.xlsx")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_workbook_begins_with_an_overview_and_has_no_empty_sheet(
    fii: Fii, here: Path, audience: Audience
) -> None:
    for name in (NAME, "minimaal"):
        text = re.sub(r"(?m)^language: \w+$", "language: nl", examples()[name])
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
        book, made = book_of(fii, Path(f"{name}.yaml"), audience), report(audience, name)
        first, *others = book.worksheets
        cells = [str(cell.value) for row in first.iter_rows() for cell in row if cell.value is not None]
        assert cells[0] == made.title
        assert made.edition in cells[1]
        assert made.dated in cells[1]
        for phase in made.phases:
            assert f"{phase.number} {phase.name}" in cells
        links = {
            cell.value: cell.hyperlink.location for row in first.iter_rows() for cell in row if cell.hyperlink
        }
        assert links == {sheet.title: f"'{sheet.title}'!A1" for sheet in others}
        for sheet in others:
            assert sheet.max_row > 1
            assert any(cell.value is not None for cell in sheet[2])


def test_lights_have_their_colour_and_their_sign(fii: Fii, here: Path) -> None:
    book = book_of(fii, FULL)
    column = next(cell.column for cell in book["Lichten"][1] if cell.value == "Licht")
    fills: dict[str, set[str]] = {}
    for row in book["Lichten"].iter_rows(min_row=2):
        cell = row[column - 1]
        fills.setdefault(str(cell.value), set()).add(cell.fill.fgColor.rgb)
    assert {"● groen", "▲ oranje", "■ rood", "○ onbekend"} <= set(fills)
    assert all(len(colours) == 1 for colours in fills.values())
    told = [colour for colours in fills.values() for colour in colours]
    assert len(set(told)) == len(told)
    assert "00000000" not in told


def test_rows_are_high_enough_for_what_stands_in_them(fii: Fii, here: Path) -> None:
    for sheet in book_of(fii, FULL).worksheets[1:]:
        widths = {
            column: each.width
            for each in sheet.column_dimensions.values()
            for column in range(each.min, each.max + 1)
        }
        for row in sheet.iter_rows(min_row=2):
            lines = 1
            for cell in row:
                wide = int(widths[cell.column])
                day = isinstance(cell.value, datetime)
                told = "" if day or cell.value is None else str(cell.value)
                lines = max(lines, sum(max(len(wrap(line, wide)), 1) for line in told.split("\n")))
            height = sheet.row_dimensions[row[0].row].height
            assert height is not None
            assert height >= min(15 * lines, 409), (sheet.title, row[0].row)


def test_numbers_are_numbers_and_days_are_days(fii: Fii, here: Path) -> None:
    book = book_of(fii, FULL)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                head = sheet.cell(1, cell.column).value
                if isinstance(cell.value, str) and head != "Punt":
                    assert not re.fullmatch(r"-?\d+(\.\d+)?|\d{4}-\d\d-\d\d", cell.value), (sheet.title, cell)
    dates = [cell.value for cell in book["Beoordelingen"]["A"][1:]]
    assert all(isinstance(each, datetime) for each in dates)
    assert book["Beoordelingen"]["A2"].number_format == "yyyy-mm-dd"
    counts = [row[2:7] for row in book["Overzicht"].iter_rows(min_row=6, max_row=11, values_only=True)]
    assert {type(n) for row in counts for n in row} <= {int, type(None)}
    assert sum(n or 0 for row in counts for n in row) == sum(
        e.n for p in report().phases for e in p.counts if p.told
    )


def test_a_workbook_is_dated_by_its_report_and_has_no_author(fii: Fii, here: Path) -> None:
    about = book_of(fii, FULL).properties
    made = report()
    assert (about.title, about.creator, about.lastModifiedBy) == (made.title, None, None)
    assert made.edition in about.subject
    assert made.dated in about.subject
    assert about.created == about.modified == datetime(2025, 3, 10)


def test_every_word_of_the_template_is_in_the_language_of_the_reader() -> None:
    with zipfile.ZipFile(io.BytesIO(word_template())) as packed:
        body = packed.read("word/document.xml").decode()
    flat = html.unescape(re.sub(r"<[^>]+>", "", body))
    said = {a or b for a, b in re.findall(r"""_\((?:'([^']+)'|"([^"]+)")""", flat)}
    dutch = language("nl")
    same = {"Code", "Plan", "Do", "Check", "Act", "Status"}
    assert len(said) > 50
    assert {each for each in said - same if dutch(each) == each} == set()
