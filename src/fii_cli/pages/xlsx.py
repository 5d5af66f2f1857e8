"""A report as a workbook: a table with filters on each sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

from fii_cli.pages.libraries import library
from fii_cli.report.sheets import Sheet
from fii_cli.survey.tables import Cell

_WIDEST = 60
_LONGEST = 32_767
"""What a cell of Excel holds."""
_MADE = datetime(2000, 1, 1)
"""A workbook says when it was made; the same report says the same."""


def as_workbook(sheets: Sequence[Sheet], title: str, mark: str) -> bytes:
    """The workbook; text is text, also where it begins with an equals sign or looks like an address.

    ``mark`` is what it says of itself in its metadata, by which it is recognised.
    """
    xlsxwriter = library("xlsxwriter", "xlsx")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title[:255], "author": "fii", "keywords": mark, "created": _MADE})
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
                    page.write_string(y, x, (cell or "")[:_LONGEST], text)
        for x, head in enumerate(sheet.heads):
            longest = max([len(head) + 4, *(_length(row[x]) for row in rows)])
            page.set_column(x, x, min(longest + 1, _WIDEST))
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
    book.close()
    return out.getvalue()


def _length(cell: Cell) -> int:
    return max(map(len, str("" if cell is None else cell).split("\n")))
