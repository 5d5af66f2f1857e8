"""Workbooks: a report with a table on each sheet, and a form to fill in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from fii_cli.pages.libraries import library
from fii_cli.report.sheets import Cell, Sheet
from fii_cli.visible import visible_lines
from fii_cli.workbook.model import LONGEST

_WIDEST = 60
_MADE = datetime(2000, 1, 1)
"""A workbook says when it was made; the same report says the same."""
_LONGEST_LIST = 255
"""What Excel takes as the answers to choose from in a cell, with the quotes around them."""
_LAST = 500
"""The row up to which answers can be chosen."""


def as_workbook(sheets: Sequence[Sheet], title: str, mark: str, foot: str) -> bytes:
    """The workbook; text is text, also where it begins with an equals sign or looks like an address.

    ``mark`` is what it says of itself in its metadata, by which it is recognised;
    ``foot`` stands at the foot of every printed page.
    """
    out = io.BytesIO()
    book = new_workbook(out, title=title[:255], keywords=mark)
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        rows = sheet.rows or (("",) * len(sheet.heads),)
        columns = [{"header": head} for head in sheet.heads]
        page.add_table(
            0, 0, len(rows), len(columns) - 1, {"columns": columns, "style": "Table Style Light 1"}
        )
        for y, row in enumerate(rows, 1):
            for x, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(y, x, cell, day)
                elif isinstance(cell, int | float):
                    page.write_number(y, x, cell, text)
                else:
                    page.write_string(y, x, (cell or "")[:LONGEST], text)
        for x, head in enumerate(sheet.heads):
            longest = max([len(head) + 4, *(_length(row[x]) for row in rows)])
            page.set_column(x, x, min(longest + 1, _WIDEST))
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_footer(f"&L{foot}&R&P")
    book.close()
    return out.getvalue()


def _length(cell: Cell) -> int:
    return max(map(len, str("" if cell is None else cell).split("\n")))


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


def new_workbook(out: io.BytesIO, **properties: str) -> Any:
    xlsxwriter = library("xlsxwriter", "xlsx")
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"author": "fii", "created": _MADE, **properties})
    return book


def _write(page: Any, y: int, row: Sequence[str], form: Any = None) -> None:
    """Write a row of text, which stays text where it begins with an equals sign."""
    for x, cell in enumerate(row):
        page.write_string(y, x, visible_lines(cell)[:LONGEST], form)


def _can_be_listed(choices: Sequence[str]) -> bool:
    """Whether Excel can offer these answers: it separates them by commas, between quotes, in a short text."""
    short = len(",".join(choices)) + 2 <= _LONGEST_LIST
    return bool(choices) and short and not any("," in each or '"' in each for each in choices)
