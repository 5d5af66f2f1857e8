"""Read the sheets of an Excel workbook as values, within limits, without running or following anything."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.survey.tables import MAX_UNPACKED, openpyxl

_MAX_ROWS, _MAX_COLUMNS, _MAX_EMPTY, _MAX_CELLS = 20_001, 200, 1_100_000, 10_000_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_AGAIN = msg("save it again as an Excel workbook (.xlsx)")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell with a formula, or with the error that one gave."""

    text: str


@dataclass(frozen=True, slots=True)
class Percentage:
    """A number that its cell shows as a percentage: people type ``20%``, and a spreadsheet keeps 0.2."""

    number: float

    def __str__(self) -> str:
        return f"{round(self.number * 100, 10):.15g}%"


Rows = list[tuple[object, ...]]
Notes = tuple[tuple[str, str], ...]
"""The notes on the cells of a sheet: the cell, and what it says."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: the names of its sheets, what it says of itself, and how to read a sheet and its notes."""

    names: tuple[str, ...]
    keywords: str
    rows: Callable[[str], Rows]
    notes: Callable[[str], Notes]


def is_excel(raw: bytes) -> bool:
    """Whether a file is an Excel workbook, of the present format or the old one."""
    return raw[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def open_book(raw: bytes) -> Book:
    """A workbook. Raises :class:`Refused` if it cannot be read."""
    if raw[:4] == b"\xd0\xcf\x11\xe0":
        if _ENCRYPTED in raw:
            raise Refused(msg("this workbook is protected by a password"), msg("save it without a password"))
        raise Refused(msg("this workbook has the old .xls format"), _AGAIN)
    library = openpyxl()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            size = sum(part.file_size for part in parts.infolist())
        book = library.load_workbook(io.BytesIO(raw), read_only=True) if size <= MAX_UNPACKED else None
    except Exception:  # a damaged workbook breaks its reader in as many ways as it has parts
        raise Refused(msg("this workbook cannot be read"), _AGAIN) from None
    if book is None:
        raise Refused(msg("this workbook is too large"), msg("remove what does not belong in it"))
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    return Book(
        tuple(sheets),
        str(book.properties.keywords or ""),
        lambda name: _rows(sheets[name], raw),
        lambda name: _notes(sheets[name], raw),
    )


def _rows(sheet: Any, raw: bytes) -> Rows:
    """The rows of a sheet, up to its last filled one."""
    _refuse_merged(sheet, raw)
    found: Rows = []
    filled = seen = 0
    try:
        sheet.reset_dimensions()  # what a sheet says of its size need not be true
        for number, row in enumerate(sheet.iter_rows(max_row=_MAX_EMPTY), 1):
            seen += len(row)
            if seen > _MAX_CELLS:
                raise Refused(msg("this workbook is too large"), msg("remove what does not belong in it"))
            values = tuple(_value(cell) for cell in row)
            if all(value is None for value in values):
                values = ()
            elif any(value is not None for value in values[_MAX_COLUMNS:]):
                wrong = msg("the sheet {sheet} has more than {n} columns", sheet=sheet.title, n=_MAX_COLUMNS)
                raise Refused(wrong, msg("remove the columns that do not belong in it"))
            else:
                values, filled = values[:_MAX_COLUMNS], number
            if number <= _MAX_ROWS:
                found.append(values)
            elif values:
                break
    except Refused:
        raise
    except Exception:  # as above
        raise Refused(msg("this workbook cannot be read"), _AGAIN) from None
    if filled > _MAX_ROWS:
        wrong = msg("the sheet {sheet} has more than {n} rows", sheet=sheet.title, n=_MAX_ROWS - 1)
        raise Refused(wrong, msg("remove the rows that do not belong in it"))
    return found[:filled]


def _notes(sheet: Any, raw: bytes) -> Notes:
    """The notes on the cells of a sheet, with those of a conversation as Excel repeats it in a note."""
    from openpyxl.comments.comment_sheet import CommentSheet
    from openpyxl.packaging.relationship import get_dependents, get_rels_path
    from openpyxl.xml.functions import fromstring

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            around = get_rels_path(str(getattr(sheet, "_worksheet_path", "")).lstrip("/"))
            if around not in parts.namelist():
                return ()
            found: list[tuple[str, str]] = []
            for each in get_dependents(parts, around):
                if str(each.Type).endswith("/comments") and each.target in parts.namelist():
                    written = CommentSheet.from_tree(fromstring(parts.read(each.target)))
                    found += [(str(ref), str(note.text or "")) for ref, note in written.comments]
            return tuple(found)
    except Exception:  # as above
        raise Refused(msg("this workbook cannot be read"), _AGAIN) from None


def _value(cell: Any) -> object:
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if cell.data_type in ("f", "e"):
        return Formula(str(value))
    if isinstance(value, int | float) and "%" in str(cell.number_format):
        return Percentage(value)
    kept: object = value
    return kept


def _refuse_merged(sheet: Any, raw: bytes) -> None:
    """Raise :class:`Refused` for merged cells: what they hide is not to be guessed."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        path = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
        if path in parts.namelist() and _MERGED.search(parts.read(path)):
            raise Refused(
                msg("the sheet {sheet} has merged cells", sheet=sheet.title),
                msg("unmerge them, and save it again"),
            )
