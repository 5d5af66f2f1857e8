"""A workbook that came back: recognised, and its sheets found with their headings and rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.survey.answers import letters
from fii_cli.survey.books import Book, Rows
from fii_cli.workbook.cells import same_text
from fii_cli.workbook.model import HIDDEN, SAYS, VERSION, Base, Key, as_text

_AGAIN = msg("make a new workbook with fii workbook, and copy the changes to it")
_SEARCHED = 40
"""Headings are in the first rows of a sheet, even if somebody wrote something above them."""


@dataclass(frozen=True, slots=True)
class Back:
    """A row that came back: its number in the sheet, and what is in the cells, by the key of the column."""

    number: int
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that came back: its name, the letters of each column and field, and its rows.

    ``cells`` are all its cells, and ``head`` is the number of the row with its headings.
    """

    name: str
    letters: Mapping[str, str]
    fields: Mapping[str, tuple[str, object]]
    rows: tuple[Back, ...]
    cells: Sequence[tuple[object, ...]] = ()
    head: int = 0

    def place(self, row: int, column: str) -> str:
        """A cell as a spreadsheet names it: ``Acties!D7``."""
        cell = f"{self.letters.get(column, 'A')}{row}"
        return f"{self.name}!{cell}" if self.name else cell


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook of fii: the cells as they went out, and its sheets as they came back, by id.

    ``book`` is all that came back; an action list of others has none.
    """

    base: Base
    sheets: Mapping[str, Sheet]
    book: Book | None = None


def is_ours(book: Book) -> bool:
    """Whether a workbook is one of fii's, even if its hidden sheet is missing."""
    return book.keywords.startswith(SAYS) or (HIDDEN in book.names and base_in(book) is not None)


def base_in(book: Book) -> Base | None:
    """What the hidden sheet says; ``None`` if there is none. Raises :class:`Refused` if it was changed."""
    rows = book.rows(HIDDEN) if HIDDEN in book.names else []
    first = [as_text(cell) for cell in rows[0]] if rows else []
    if first[:1] != [SAYS]:
        return None
    head = [*first, *[""] * 9][:9]
    if head[1] != VERSION:
        raise Refused(msg("this workbook was made by another version of fii"), _AGAIN)
    cells: dict[Key, str] = {}
    for row in rows[1:]:
        page, key, column, text = [*map(as_text, row), *[""] * 4][:4]
        if page:
            cells[page, key, column] = text
    base = Base(head[7], head[3], head[4], head[5], head[6], cells, tuple(head[8].split()))
    if base.digest != head[2]:
        raise Refused(msg("the hidden sheet of this workbook was changed"), _AGAIN)
    return base


def returned(book: Book) -> Returned:
    """A workbook that came back. Raises :class:`Refused` if its sheets or columns differ."""
    base = base_in(book)
    if base is None:
        raise Refused(msg("the hidden sheet of this workbook is missing"), _AGAIN)
    sheets = {}
    for page, name in base.sheets.items():
        if name not in book.names:
            others = ", ".join(each for each in book.names if each not in base.sheets.values())
            wrong = msg("the sheet {sheet} is missing", sheet=name)
            raise Refused(wrong, msg("give it that name again; other sheets: {names}", names=others or "–"))
        sheets[page] = _sheet(base, page, name, book.rows(name))
    return Returned(base, sheets, book)


NEW = ("value", "note", "evidence")
"""The columns with a new rating."""
FIELDS = ("date", "by", "perspective", "about")
"""The values above the rows of a sheet of ratings."""


def _sheet(base: Base, page: str, name: str, rows: Rows) -> Sheet:
    heads = base.heads(page)
    fields = {key: head for key, head in heads.items() if page in ("lights", "ratings") and key in FIELDS}
    wanted = {key: head for key, head in heads.items() if key not in fields}
    at, where = _headings(wanted, rows)
    missing = [head for key, head in wanted.items() if key not in where]
    if missing:
        wrong = msg("the sheet {sheet} has no column {heads}", sheet=name, heads=", ".join(missing))
        raise Refused(wrong, msg("put the column and its heading back"))
    above: dict[str, tuple[str, object]] = {}
    for number, row in enumerate(rows[:at], 1):
        for key, head in fields.items():
            if row and same_text(as_text(row[0]), head) and key not in above:
                above[key] = (f"{name}!B{number}", row[1] if len(row) > 1 else None)
    if missing := [head for key, head in fields.items() if key not in above]:
        wrong = msg("the sheet {sheet} has no field {heads}", sheet=name, heads=", ".join(missing))
        raise Refused(wrong, msg("put it back above the headings"))
    named = {key: letters(x + 1) for key, x in where.items()}
    return Sheet(name, named, above, tuple(_rows(rows, at, where)), rows, at + 1)


def _headings(wanted: Mapping[str, str], rows: Rows) -> tuple[int, dict[str, int]]:
    """The index of the row with most of the headings, and the index of the column of each."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(rows[:_SEARCHED]):
        texts = [as_text(cell) for cell in row]
        where: dict[str, int] = {}
        for key, head in wanted.items():
            found = next((x for x, text in enumerate(texts) if same_text(text, head)), None)
            if found is not None:
                where[key] = found
        if len(where) > len(best[1]):
            best = at, where
    return best


def _rows(rows: Rows, at: int, where: Mapping[str, int]) -> Iterator[Back]:
    for number, row in enumerate(rows[at + 1 :], at + 2):
        cells = {key: row[x] if x < len(row) else None for key, x in where.items()}
        if any(cell is not None for cell in cells.values()):
            yield Back(number, cells)
