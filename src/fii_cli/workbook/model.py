"""The sheets of a workbook as values, and the cells as they went out: the base of the merge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from fii_cli.language import Code
from fii_cli.visible import visible_lines
from fii_cli.words import Audience

Kind = Literal["key", "shown", "text", "date", "number", "choice", "places"]
"""What a column contains: the key of a row, something only shown, or a value that can be changed."""
Cell = str | int | float | date | None
HIDDEN, LISTS = "fii", "fii-lists"
"""The sheet with the cells as they went out, and the one with the answers to choose from."""
SAYS = "fii workbook"
"""The first cell of the hidden sheet, by which a workbook is recognised."""
VERSION = "1"
LONGEST = 32_767
"""What a cell of Excel holds."""
BLANK_ROWS = 300
"""How many rows people can add."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A closed value, and the word for it that readers choose."""

    value: str
    word: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. ``key`` is the path of the value in its record, such as ``result.note``.

    A ``fixed`` value tells which record a row is about: it can be given in a new row and not be changed.
    """

    key: str
    head: str
    kind: Kind
    help: str = ""
    width: int = 20
    choices: tuple[Choice, ...] = ()
    fixed: bool = False

    @property
    def is_locked(self) -> bool:
        return self.kind in ("key", "shown")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its key, which is in its first cell, and a cell for each column.

    ``choices`` are the ratings to choose from, if these are not the same in every row.
    """

    key: str
    cells: tuple[Cell, ...]
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: ``fields`` are values for all its rows, above them. If it ``grows``, rows can be added."""

    id: str
    name: str
    intro: str
    fields: tuple[Column, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    grows: bool = True

    @property
    def head_row(self) -> int:
        """The number of the row with the headings, from 1."""
        return 3 + len(self.fields) + (1 if self.fields else 0)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A workbook to write: an overview in lines, and sheets."""

    title: str
    overview_name: str
    overview: tuple[tuple[str, str], ...]
    pages: tuple[Page, ...]
    audience: Audience
    day: date
    language: Code
    instrument: str


Key = tuple[str, str, str]
"""A sheet, the key of a row, and the key of a column."""


@dataclass(frozen=True, slots=True)
class Base:
    """What the hidden sheet says: the cells as they went out, and what the workbook is of.

    Without a row key a cell is a heading; without a column key too, it is the name of the sheet. Each row has
    a cell with its key.
    """

    title: str
    audience: str
    day: str
    language: str
    instrument: str
    cells: Mapping[Key, str]

    @property
    def sheets(self) -> dict[str, str]:
        """The names of the sheets, by id."""
        return {page: text for (page, row, column), text in self.cells.items() if not row and not column}

    def heads(self, page: str) -> dict[str, str]:
        """The headings of a sheet, by the key of the column."""
        return {
            column: text
            for (sheet, row, column), text in self.cells.items()
            if sheet == page and not row and column
        }

    def rows(self, page: str) -> dict[str, dict[str, str]]:
        """The rows of a sheet by key, with the cells that were not empty by the key of their column."""
        found: dict[str, dict[str, str]] = {}
        for (sheet, row, column), text in self.cells.items():
            if sheet == page and row:
                found.setdefault(row, {})[column] = text
        return found

    @property
    def records(self) -> Iterator[tuple[str, ...]]:
        """The rows of the hidden sheet, with the digest that shows whether they were changed."""
        head = (self.audience, self.day, self.language, self.instrument, self.title)
        yield (SAYS, VERSION, self.digest, *head)
        yield from ((*key, text) for key, text in self.cells.items())

    @property
    def digest(self) -> str:
        told = [self.audience, self.day, self.language, self.instrument, self.title]
        told += [part for key, text in sorted(self.cells.items()) for part in (*key, text)]
        return sha256("\x1f".join(told).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def base_of(out: Outgoing) -> Base:
    """The cells of a workbook as text: those that can be changed, the keys, the headings and the names."""
    cells: dict[Key, str] = {}
    for page in out.pages:
        cells[page.id, "", ""] = page.name
        for column in (*page.fields, *page.columns):
            cells[page.id, "", column.key] = column.head
        for row in page.rows:
            for column, cell in zip(page.columns, row.cells, strict=True):
                text = as_text(told(cell) if isinstance(cell, str) else cell)
                if column.kind == "key" or (text and not column.is_locked):
                    cells[page.id, row.key, column.key] = text
    return Base(
        as_text(told(out.title)), out.audience, out.day.isoformat(), out.language, out.instrument, cells
    )


def told(text: str) -> str:
    """A text as a cell holds it."""
    return visible_lines(text)[:LONGEST]


def as_text(cell: object) -> str:
    """A cell as text: a date as ISO, a number without zeros that say nothing, and one kind of line break."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip()
