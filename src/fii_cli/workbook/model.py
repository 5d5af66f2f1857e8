"""The sheets of a workbook as values, and the cells as they went out: the base of the merge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Literal

from fii_cli.language import Code
from fii_cli.survey.answers import letters
from fii_cli.visible import visible_lines
from fii_cli.words import OUTER, Audience

Kind = Literal["key", "shown", "text", "date", "number", "choice", "places"]
"""What a column contains: the key of a row, something only shown, or a value that can be changed."""
Cell = str | int | float | date | None
HIDDEN, LISTS = "fii", "fii-lists"
"""The sheet with the cells as they went out, and the one with the answers to choose from."""
SAYS = "fii workbook"
"""The first cell of the hidden sheet, by which a workbook is recognised."""
VERSION = "2"
LONGEST = 32_767
"""What a cell of Excel holds."""
CUT = " […]"
"""How a text ends of which a cell holds only the beginning."""
ABOVE, OVERVIEW = "above", "overview"
"""Where the hidden sheet keeps what is above the headings of each sheet, and the lines of the overview."""
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
    ``past`` are values that a row can have, and that no new row is offered: who left, and what ended.
    """

    key: str
    head: str
    kind: Kind
    help: str = ""
    width: int = 20
    choices: tuple[Choice, ...] = ()
    fixed: bool = False
    past: tuple[str, ...] = ()

    @property
    def for_new(self) -> Column:
        """The column as a new row has it."""
        return replace(self, choices=tuple(each for each in self.choices if each.value not in self.past))

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
    cut: str

    @property
    def too_long(self) -> Iterator[str]:
        """The cells of which the text does not fit, as a spreadsheet names them."""
        for page in self.pages:
            for y, row in enumerate(page.rows, page.head_row + 1):
                for x, cell in enumerate(row.cells, 1):
                    if is_too_long(cell):
                        yield f"{page.name}!{letters(x)}{y}"


Key = tuple[str, str, str]
"""A sheet, the key of a row, and the key of a column."""


@dataclass(frozen=True, slots=True)
class Base:
    """What the hidden sheet says: the cells as they went out, and what the workbook is of.

    Without a row key a cell is a heading; without a column key too, it is the name of the sheet. Each row has
    a cell with its key. ``notes`` are the digests of the notes that went out.
    """

    title: str
    audience: str
    day: str
    language: str
    instrument: str
    cells: Mapping[Key, str]
    notes: tuple[str, ...] = ()

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
        yield (SAYS, VERSION, self.digest, *head, " ".join(self.notes))
        yield from ((*key, text) for key, text in self.cells.items())

    @property
    def digest(self) -> str:
        told = [self.audience, self.day, self.language, self.instrument, self.title, *self.notes]
        told += [part for key, text in sorted(self.cells.items()) for part in (*key, text)]
        return sha256("\x1f".join(told).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def base_of(out: Outgoing) -> Base:
    """The cells of a workbook as text, with its headings and names; an edition to read has no rows."""
    cells: dict[Key, str] = {}
    to_read = out.audience in OUTER
    above = {} if to_read else {OVERVIEW: [out.title, *(text for line in out.overview for text in line)]}
    if not to_read:
        cells[ABOVE, OVERVIEW, "name"] = out.overview_name
    for page in out.pages:
        cells[page.id, "", ""] = page.name
        for column in (*page.fields, *page.columns):
            cells[page.id, "", column.key] = column.head
        if to_read:
            continue
        above[page.id] = [page.intro]
        for row in page.rows:
            for column, cell in zip(page.columns, row.cells, strict=True):
                text = as_text(told(cell) if isinstance(cell, str) else cell)
                if column.kind == "key" or text:
                    cells[page.id, row.key, column.key] = text
    for id_, texts in above.items():
        for number, text in enumerate(dict.fromkeys(filter(None, texts)), 1):
            cells[ABOVE, id_, str(number)] = as_text(told(text))
    helps = {column.help for page in out.pages for column in page.columns if column.help}
    notes = () if to_read else tuple(sorted(map(note_digest, {*helps, out.cut})))
    return Base(
        as_text(told(out.title)),
        out.audience,
        out.day.isoformat(),
        out.language,
        out.instrument,
        cells,
        notes,
    )


def note_digest(text: str) -> str:
    """By what a note is known again, whatever a spreadsheet made of its spaces."""
    return sha256(" ".join(text.split()).encode("utf-8", "surrogateescape")).hexdigest()[:10]


def told(text: str) -> str:
    """A text as a cell holds it; one that is too long is cut, and says so."""
    text = visible_lines(text)
    if _units(text) <= LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


def is_too_long(cell: Cell) -> bool:
    """Whether a cell cannot hold a text as a whole."""
    return isinstance(cell, str) and _units(visible_lines(cell)) > LONGEST


def is_cut(text: str) -> bool:
    """Whether a cell has only the beginning of a text."""
    return text.endswith(CUT) and _units(text) > LONGEST - 2


def fills_cell(text: str) -> bool:
    """Whether a text is as long as a cell can hold, so that its end may be missing."""
    return _units(text) >= LONGEST


def _units(text: str) -> int:
    """The length of a text as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if len(text) * 2 > LONGEST else len(text)


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
