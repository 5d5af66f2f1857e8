"""The page before or after a meeting in Word: headings, rows in a table without lines, and room to write."""

from __future__ import annotations

from typing import Any

from fii_cli.language import Language
from fii_cli.pages.docx import LIGHT_COLOURS, Properties, finished
from fii_cli.pages.libraries import library
from fii_cli.report.meeting import MeetingPage, MeetingPart, Row
from fii_cli.report.shapes import LightShown
from fii_cli.words import SIGNS

_LATE = LIGHT_COLOURS["rood"]
_ARROWS = {"forward": "↑", "back": "↓", "new": "+", "unrated": "–"}


def as_meeting_document(page: MeetingPage, say: Language) -> bytes:
    """The page in Word; the same page gives the same bytes."""
    docx = library("docx", "docx")
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.3)
    section.footer_distance = Cm(0.6)
    section.footer.paragraphs[0].text = f"{page.foot} {page.made_with}"
    _styled(document, Pt)
    document.add_paragraph(f"{page.name} – {page.title}", style="Heading 1")
    document.add_paragraph(f"{page.dated} · {page.edition}")
    if page.lead:
        document.add_paragraph(page.lead)
    for number, part in enumerate(page.parts, 1):
        hint = f" ({part.hint})" if part.hint else ""
        document.add_paragraph(f"{number} {part.title}{hint}", style="Heading 2")
        _part(document, part, page, Cm)
    if page.blank:
        document.add_paragraph(f"{len(page.parts) + 1} {say('What we agree')}", style="Heading 2")
        _lines(document, page, say, Cm)
    subject = f"{page.name}, {page.edition}"
    about = Properties(f"{page.title} – {page.dated}", subject, page.as_of, page.mark)
    return finished(document, about, page.language)


def _styled(document: Any, pt: Any) -> None:
    """Little space, so that the agenda stays one page; a colleague can change the styles in Word."""
    normal = document.styles["Normal"]
    normal.font.name = "Arial"
    normal.font.size = pt(9)
    normal.paragraph_format.space_after = pt(2)
    normal.paragraph_format.space_before = pt(0)
    document.styles["Footer"].font.size = pt(8)
    for name, size, before in (("Heading 1", 15, 0), ("Heading 2", 10.5, 5)):
        style = document.styles[name]
        style.font.size = pt(size)
        style.paragraph_format.space_before = pt(before)
        style.paragraph_format.space_after = pt(2)


def _part(document: Any, part: MeetingPart, page: MeetingPage, cm: Any) -> None:
    if not part.rows:
        document.add_paragraph(part.ask)
        return
    table = _table(document, len(part.rows), (10.4, 7.0), cm)
    for row, cells in zip(part.rows, table.rows, strict=True):
        left, right = cells.cells
        if not (row.light or row.note):
            left = left.merge(right)
            left.text = ""
        _what(left.paragraphs[0], row)
        _beside(right.paragraphs[0], row, page)
    if part.more:
        document.add_paragraph(part.more)


def _what(paragraph: Any, row: Row) -> None:
    first = paragraph.add_run(row.what)
    first.bold = bool(row.rest or row.note or row.light)
    if row.rest:
        paragraph.add_run(f" – {row.rest}")


def _beside(paragraph: Any, row: Row, page: MeetingPage) -> None:
    if row.pick:
        for shown in page.picks:
            _light(paragraph, shown, "☐\u00a0")
            paragraph.add_run("  ")
    elif row.light:
        arrow = f"{_ARROWS[row.way]} " if row.way else ""
        if arrow:
            paragraph.add_run(arrow)
        if row.before:
            _light(paragraph, row.before)
            paragraph.add_run(" → ")
        _light(paragraph, row.light)
        if row.way == "new":
            paragraph.add_run(f" ({row.way_words})")
    elif row.note:
        _coloured(paragraph, row.note, _LATE if row.late else "")


def _light(paragraph: Any, shown: LightShown, before: str = "") -> None:
    _coloured(paragraph, f"{before}{SIGNS[shown.value]}\u00a0{shown.word}", LIGHT_COLOURS[shown.value])


def _coloured(paragraph: Any, text: str, colour: str) -> None:
    run = paragraph.add_run(text)
    if colour:
        from docx.shared import RGBColor

        run.bold = True
        run.font.color.rgb = RGBColor.from_string(colour)


def _lines(document: Any, page: MeetingPage, say: Language, cm: Any) -> None:
    """Empty lines to write agreements on."""
    table = _table(document, page.blank + 1, (10.2, 3.8, 3.4), cm, style="Table Grid")
    for cell, head in zip(
        table.rows[0].cells, (say("What will be done?"), say("Who"), say("By when")), strict=True
    ):
        cell.paragraphs[0].add_run(head)
    for row in table.rows[1:]:
        row.height = cm(0.65)


def _table(document: Any, rows: int, widths: tuple[float, ...], cm: Any, style: str = "") -> Any:
    """A table with fixed columns."""
    table = document.add_table(rows, len(widths))
    table.autofit = False
    if style:
        table.style = style
    for column, width in zip(table.columns, widths, strict=True):
        column.width = cm(width)
        for cell in column.cells:
            cell.width = cm(width)
    return table
