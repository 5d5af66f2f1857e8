"""The workbook for colleagues: sheets to fill in, and the hidden one with the cells as they went out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fii_cli.pages.xlsx import FILLS, new_workbook
from fii_cli.words import LIGHTS, SIGNS, Light, label
from fii_cli.workbook.model import (
    BLANK_ROWS,
    HIDDEN,
    LISTS,
    Base,
    Cell,
    Choice,
    Column,
    Outgoing,
    Page,
    is_too_long,
    told,
)

_PROTECTED = dict.fromkeys(
    (
        *("insert_rows", "delete_rows", "format_cells", "format_columns", "format_rows"),
        *("autofilter", "sort", "select_locked_cells", "select_unlocked_cells"),
    ),
    True,
)
"""What people may still do in a protected sheet."""
_LINE = 15
"""The height of a line of text, in points."""
_HELP = 250
"""Excel shows this much beside a cell."""


def as_exchange(out: Outgoing, base: Base, mark: str, foot: str, words: Sequence[str]) -> bytes:
    """The workbook to send out; ``words`` are those for the lights, by which they get their colours.

    Locked cells are protected without a password. What looks like a formula is text.
    """
    made = io.BytesIO()
    book = new_workbook(made, title=out.title[:255], keywords=mark)
    writer = _Writer(book, dict(zip(LIGHTS, words, strict=True)))
    writer.overview(out)
    for page in out.pages:
        writer.page(page, foot, out.cut)
    writer.lists_and_base(base)
    book.close()
    return made.getvalue()


class _Writer:
    def __init__(self, book: Any, words: dict[Light, str]) -> None:
        self.book, self.words = book, words
        self._lists: dict[tuple[Choice, ...], str] = {}
        plain = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#c8c8c8"}
        grey = {"bg_color": "#f0f0f0", "font_color": "#404040"}
        self.formats = {
            (kind, locked): book.add_format(
                {**plain, **(grey if locked else {}), "locked": locked, **_format_of(kind)}
            )
            for kind in ("text", "date")
            for locked in (True, False)
        }
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#d9e2ec", "border": 1}
        )
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def overview(self, out: Outgoing) -> None:
        sheet = self.book.add_worksheet(out.overview_name)
        sheet.write_string(0, 0, told(out.title), self.title)
        for y, (name, text) in enumerate(out.overview, 2):
            sheet.write_string(y, 0, told(name), self.bold)
            sheet.write_string(y, 1, told(text), self.wrapped)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 100)
        sheet.protect("", _PROTECTED)
        _for_paper(sheet)

    def page(self, page: Page, foot: str, cut: str) -> None:
        sheet = self.book.add_worksheet(page.name)
        sheet.write_string(0, 0, told(page.intro))
        for y, column in enumerate(page.fields, 2):
            sheet.write_string(y, 0, told(column.head), self.bold)
            self._cell(sheet, y, 1, None, column, locked=False)
            self._guide(sheet, (y, 1, y, 1), column.for_new)
        top = page.head_row - 1
        last = top + len(page.rows) + (BLANK_ROWS if page.grows else 0)
        for x, column in enumerate(page.columns):
            sheet.set_column(x, x, column.width)
            sheet.write_string(top, x, told(column.head), self.head)
            if column.help:
                sheet.write_comment(top, x, column.help, {"x_scale": 2})
            for y, row in enumerate(page.rows, top + 1):
                long = is_too_long(row.cells[x])
                self._cell(sheet, y, x, row.cells[x], column, locked=column.is_locked or column.fixed or long)
                if long:
                    sheet.write_comment(y, x, cut, {"x_scale": 2})
            for y in range(top + len(page.rows) + 1, last + 1):
                self._cell(sheet, y, x, None, column, locked=column.is_locked)
            if column.key == "value" and any(row.choices for row in page.rows):
                for y, row in enumerate(page.rows, top + 1):
                    self._guide(sheet, (y, x, y, x), replace(column, choices=row.choices))
            elif not column.is_locked and last > top:
                new = top + len(page.rows) if column.past else top
                if new > top:
                    self._guide(sheet, (top + 1, x, new, x), column)
                if last > new:
                    self._guide(sheet, (new + 1, x, last, x), column.for_new)
        for y, row in enumerate(page.rows, top + 1):
            sheet.set_row(y, _LINE * max(map(_lines, row.cells, page.columns)))
        if page.columns:
            sheet.autofilter(top, 0, max(last, top + 1), len(page.columns) - 1)
        self._colours(sheet, top, last, page.columns)
        sheet.freeze_panes(page.head_row, 1)
        sheet.protect("", _PROTECTED)
        _for_paper(sheet)
        sheet.repeat_rows(top)
        sheet.set_footer(f"&L{foot}&R&P")

    def _cell(self, sheet: Any, y: int, x: int, cell: Cell, column: Column, *, locked: bool) -> None:
        form = self.formats["date" if column.kind == "date" else "text", locked]
        if cell is None or cell == "":
            sheet.write_blank(y, x, None, form)
        elif isinstance(cell, date):
            sheet.write_datetime(y, x, cell, form)
        elif isinstance(cell, int | float):
            sheet.write_number(y, x, cell, self.formats["text", locked])
        else:
            # A month or a year is text: Excel would make a day of it.
            sheet.write_string(y, x, told(cell), self.formats["text", locked])

    def _guide(self, sheet: Any, area: tuple[int, int, int, int], column: Column) -> None:
        """The answers to choose from, and the help that Excel shows beside a cell."""
        rule: dict[str, Any] = {"validate": "any"}
        if column.choices:
            rule = {"validate": "list", "source": self._list(column.choices)}
        if column.help:
            rule |= {"input_title": column.head[:32], "input_message": column.help[:_HELP]}
        if len(rule) > 1:
            sheet.data_validation(*area, rule)

    def _list(self, choices: tuple[Choice, ...]) -> str:
        if choices not in self._lists:
            name = _column_name(len(self._lists))
            self._lists[choices] = f"='{LISTS}'!${name}$1:${name}${len(choices)}"
        return self._lists[choices]

    def _colours(self, sheet: Any, top: int, last: int, columns: Sequence[Column]) -> None:
        for x, column in enumerate(columns):
            of_lights = [choice.value for choice in column.choices] == list(LIGHTS)
            if column.key != "last" and not of_lights:
                continue
            for light, word in self.words.items():
                shown = f"{SIGNS[light]} {word}" if column.key == "last" else word
                rule = {"type": "cell", "criteria": "==", "value": f'"{shown}"'}
                sheet.conditional_format(
                    top + 1, x, last, x, {**rule, "format": self.book.add_format({"bg_color": FILLS[light]})}
                )

    def lists_and_base(self, base: Base) -> None:
        lists = self.book.add_worksheet(LISTS)
        for x, choices in enumerate(self._lists):
            for y, choice in enumerate(choices):
                lists.write_string(y, x, told(choice.word))
        lists.very_hidden()
        hidden = self.book.add_worksheet(HIDDEN)
        for y, record in enumerate(base.records):
            for x, text in enumerate(record):
                hidden.write_string(y, x, text)
        hidden.very_hidden()


def light_words(say: Any) -> list[str]:
    """The words for the lights, in their order."""
    return [say(label(light)) for light in LIGHTS]


def _format_of(kind: str) -> dict[str, Any]:
    return {"num_format": "yyyy-mm-dd", "align": "left"} if kind == "date" else {}


def _for_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _lines(cell: Cell, column: Column) -> int:
    """How many lines a cell probably takes."""
    lines = str("" if cell is None else cell).split("\n")
    return min(sum(1 + int(len(line) * 1.1) // column.width for line in lines), 25)


def _column_name(number: int) -> str:
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
