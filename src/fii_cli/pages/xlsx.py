"""Workbooks: a report with an overview and a table on each sheet, and a form to fill in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from textwrap import wrap
from typing import Any

from fii_cli.pages.libraries import library
from fii_cli.report.overview import Overview
from fii_cli.report.shapes import LightShown
from fii_cli.report.sheets import Cell, Sheet
from fii_cli.visible import visible_lines
from fii_cli.words import SIGNS, Light
from fii_cli.workbook.model import LONGEST

FILLS: dict[Light, str] = {
    "groen": "#c6e5c3",
    "oranje": "#fbe0b0",
    "rood": "#f3c1bd",
    "onbekend": "#e6e6e6",
    "nvt": "#f2f2f2",
}
"""The colours behind lights."""
_LETTERS: dict[Light, str] = {
    "groen": "#00401f",
    "oranje": "#5c2e00",
    "rood": "#7a0019",
    "onbekend": "#333333",
    "nvt": "#333333",
}
_WIDEST = 60
_LINE, _HIGHEST, _WIDER = 15, 409, 1.15
"""The height of a line of text in points, the greatest height of a row, and how much wider letters can be."""
_LONGEST_TITLE = 255
_MADE = datetime(2000, 1, 1)
"""A workbook says when it was made; the same form says the same."""
_LONGEST_LIST = 255
"""What Excel takes as the answers to choose from in a cell, with the quotes around them."""
_LAST = 500
"""The row up to which answers can be chosen."""


def as_workbook(overview: Overview, sheets: Sequence[Sheet], mark: str, foot: str) -> bytes:
    """The workbook: an overview, and a sheet for each table with rows.

    Text is text, also where it begins with an equals sign or looks like an address. ``mark`` is what the
    workbook says of itself in its metadata, by which it is recognised; ``foot`` stands at the foot of every
    printed page.
    """
    out = io.BytesIO()
    book = new_workbook(
        out,
        datetime.fromisoformat(overview.day),
        title=overview.title[:_LONGEST_TITLE],
        subject=overview.subject[:_LONGEST_TITLE],
        keywords=mark,
    )
    looks = _Looks(book)
    _overview(book.add_worksheet(overview.name), overview, looks, foot)
    for sheet in sheets:
        if sheet.rows:
            _sheet(book.add_worksheet(sheet.name), sheet, looks, foot)
    book.close()
    return out.getvalue()


class _Looks:
    """The formats of cells in a workbook."""

    def __init__(self, book: Any) -> None:
        top = {"valign": "top"}
        self.text = book.add_format({**top, "text_wrap": True})
        self.day = book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"})
        self.number = book.add_format({**top, "align": "right"})
        self.at_left = book.add_format({**top, "align": "left"})
        self.head = book.add_format({**top, "bold": True, "text_wrap": True, "bottom": 1})
        self.bold = book.add_format({**top, "bold": True, "text_wrap": True})
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.link = book.add_format({**top, "font_color": "#1f4e79", "underline": 1})
        self.lights = {
            light: book.add_format({**top, "bold": True, "bg_color": fill, "font_color": _LETTERS[light]})
            for light, fill in FILLS.items()
        }


def _overview(page: Any, overview: Overview, looks: _Looks, foot: str) -> None:
    page.write_string(0, 0, _written(overview.title), looks.title)
    page.write_string(1, 0, _written(overview.cover))
    page.write_string(2, 0, _written(overview.status))
    y = 4
    for x, head in enumerate(overview.heads):
        page.write_string(y, x, head, looks.head)
    for x, light in enumerate(overview.lights, len(overview.heads)):
        _cell(page, y, x, light, looks)
    widths = [22, 46, *(len(light.word) + 6 for light in overview.lights)]
    for row in overview.phases:
        y += 1
        for x, cell in enumerate(row):
            _cell(page, y, x, cell, looks)
        page.set_row(y, _height(row, widths))
    y += 1
    for fact in overview.facts:
        y += 1
        page.write_string(y, 0, _written(fact.label), looks.bold)
        last = max(len(widths) - 1, 2)
        page.merge_range(y, 1, y, last, "", looks.text)
        page.write_string(y, 1, _written(fact.text), looks.text)
        page.set_row(y, _height((fact.label, fact.text), [widths[0], sum(widths[1:])]))
    y += 2
    for x, head in enumerate(overview.contents):
        page.write_string(y, x, head, looks.head)
    for name, n in overview.sheets:
        y += 1
        page.write_url(y, 0, f"internal:'{name}'!A1", looks.link, name)
        page.write_number(y, 1, n, looks.at_left)
    for x, width in enumerate(widths):
        page.set_column(x, x, width)
    page.hide_gridlines(2)
    _for_paper(page, foot)


def _sheet(page: Any, sheet: Sheet, looks: _Looks, foot: str) -> None:
    columns = [{"header": head} for head in sheet.heads]
    last = len(sheet.rows), len(columns) - 1
    page.add_table(0, 0, *last, {"columns": columns, "style": "Table Style Light 1"})
    widths = []
    for x, head in enumerate(sheet.heads):
        longest = max([len(head) + 4, *(_length(row[x]) for row in sheet.rows)])
        widths.append(min(longest + 2, _WIDEST))
        page.set_column(x, x, widths[x])
    for y, row in enumerate(sheet.rows, 1):
        for x, cell in enumerate(row):
            _cell(page, y, x, cell, looks)
        page.set_row(y, _height(row, widths))
    # Excel marks the numbers of items as numbers stored as text, which they are.
    page.ignore_errors({"number_stored_as_text": f"A1:{_column(last[1])}{last[0] + 1}"})
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    _for_paper(page, foot)


def _cell(page: Any, y: int, x: int, cell: Cell, looks: _Looks) -> None:
    if isinstance(cell, LightShown):
        page.write_string(y, x, _shown(cell), looks.lights[cell.value])
    elif cell is None or cell == "":
        page.write_blank(y, x, None, looks.text)
    elif isinstance(cell, date):
        page.write_datetime(y, x, cell, looks.day)
    elif isinstance(cell, int | float):
        page.write_number(y, x, cell, looks.number)
    else:
        page.write_string(y, x, _written(cell), looks.text)


def _shown(cell: Cell) -> str:
    """A cell as its reader sees it."""
    if isinstance(cell, LightShown):
        return f"{SIGNS[cell.value]} {cell.word}"
    return "" if cell is None else str(cell)


def _written(text: str) -> str:
    return visible_lines(text)[:LONGEST]


def _length(cell: Cell) -> int:
    return max(map(len, _shown(cell).split("\n")))


def _height(row: Sequence[Cell], widths: Sequence[float]) -> int:
    """The height of a row in points, in which each of its texts fits."""
    lines = max(map(_lines, row, widths), default=1)
    return min(_LINE * lines + 2, _HIGHEST)


def _lines(cell: Cell, width: float) -> int:
    """How many lines a text takes in a column, in a typeface that is wider than Excel's own."""
    room = max(int(width / _WIDER), 1)
    return sum(max(len(wrap(line, room)), 1) for line in _shown(cell).split("\n"))


def _column(number: int) -> str:
    return f"{chr(64 + number // 26) if number > 25 else ''}{chr(65 + number % 26)}"


def _for_paper(page: Any, foot: str) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L{foot}&R&P")


def as_form(
    heads: Sequence[str],
    answers: Sequence[Sequence[str]],
    sheets: tuple[str, str],
    explained: Sequence[Sequence[str]],
) -> bytes:
    """A workbook to fill in: a row for each person, with the answers to choose from in each column.

    ``sheets`` are the names of the form and of the sheet that explains it, with the rows of ``explained``.
    """
    out = io.BytesIO()
    book = new_workbook(out)
    form = book.add_worksheet(sheets[0])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    _write(form, 0, heads, bold)
    form.set_column(0, len(heads) - 1, 24)
    form.freeze_panes(1, 1)
    for x, choices in enumerate(answers):
        if _can_be_listed(choices):
            form.data_validation(1, x, _LAST, x, {"validate": "list", "source": list(choices)})
    guide = book.add_worksheet(sheets[1])
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for y, row in enumerate(explained):
        _write(guide, y, row, text)
    guide.set_column(0, 0, 16)
    guide.set_column(1, 1, 50)
    guide.set_column(2, 2, 90)
    guide.set_landscape()
    guide.set_paper(9)
    guide.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def new_workbook(out: io.BytesIO, made: datetime = _MADE, **properties: str) -> Any:
    """A workbook without an author: nobody wrote it. ``made`` is the day that it says it is of."""
    xlsxwriter = library("xlsxwriter", "xlsx")
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": made, **properties})
    return book


def _write(page: Any, y: int, row: Sequence[str], form: Any = None) -> None:
    """Write a row of text, which stays text where it begins with an equals sign."""
    for x, cell in enumerate(row):
        page.write_string(y, x, visible_lines(cell)[:LONGEST], form)


def _can_be_listed(choices: Sequence[str]) -> bool:
    """Whether Excel can offer these answers: it separates them by commas, between quotes, in a short text."""
    short = len(",".join(choices)) + 2 <= _LONGEST_LIST
    return bool(choices) and short and not any("," in each or '"' in each for each in choices)
