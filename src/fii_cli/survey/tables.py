"""Read tables from survey tools and spreadsheets: csv in common encodings and separators, and xlsx."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from fii_cli.diagnostics import Refused
from fii_cli.language import Message, msg

SEPARATORS = ";,\t|"
MAX_UNPACKED, _MAX_ROWS, _MAX_COLUMNS, _MAX_CELL = 100_000_000, 20_001, 1_000, 100_000
_SHEET = 1_048_576, 16_384
"""The maximum numbers of rows and columns of an Excel sheet."""
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How a workbook begins, and how one of the old format does."""
_KEEP = msg("keep only the questions and the answers")
_NEED_EXCEL = msg("install it with: pip install 'fii-cli[xlsx]'; or save the table as csv")


def rows_of(raw: bytes, name: str, sheet: str | None = None) -> list[list[str]]:
    """The cells of a table as text, row by row; of a workbook those of one sheet, by default the first.

    Raises :class:`Refused` if the file cannot be read as a table.
    """
    refuse_empty(raw, name)
    if raw[:4] == _ZIP:
        return _excel(raw, sheet)
    if raw[:4] == _OLD:
        raise Refused(msg("this workbook has the old .xls format"), msg("save it as xlsx or csv"))
    return _csv(_text(raw))


def refuse_empty(raw: bytes, name: str) -> None:
    """Raise :class:`Refused` for an empty file, and for one that is called an Excel workbook and is none."""
    if not raw.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Refused(msg("this file is empty"), msg("save the table again"))
    if name.lower().endswith((".xlsx", ".xlsm")) and raw[:4] not in (_ZIP, _OLD):
        raise Refused(*_not_excel(raw))


def sheets_of(raw: bytes) -> tuple[str, ...]:
    """The names of the sheets of a workbook, the hidden ones last; none for any other table."""
    if raw[:4] != _ZIP:
        return ()
    library = openpyxl()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > MAX_UNPACKED:
            return ()  # reading it says so
        sheets = library.load_workbook(io.BytesIO(raw), read_only=True).worksheets
    except Exception:  # as below
        raise Refused(*_DAMAGED) from None
    return tuple(sheet.title for sheet in sorted(sheets, key=lambda each: str(each.sheet_state) != "visible"))


def _not_excel(raw: bytes) -> tuple[Message, Message]:
    """What a file is that is called an Excel workbook and is none, and what to do."""
    start = raw[:2000].lower()
    if b"<html" in start or b"<!doctype html" in start or b"<table" in start:
        return msg("this is a web page with the name of an Excel workbook"), _SAVE_AS
    if b"\0" not in start or start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        wrong = msg("this is text with the name of an Excel workbook")
        return wrong, msg("if it is a table, give it a name that ends in .csv")
    return msg("this is not an Excel workbook, although its name says so"), _SAVE_AS


_SAVE_AS = msg("open it in a spreadsheet, and save it as an Excel workbook (.xlsx)")
_DAMAGED = msg("this workbook cannot be read"), msg("save it again as xlsx or csv")


def _text(raw: bytes) -> str:
    """The text of a csv file: UTF-8, UTF-16 with a byte order mark, or else Windows-1252."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                raise Refused(msg("this text is incomplete"), msg("save the table again")) from None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    if "\0" in text:
        raise Refused(msg("this is not a table"), msg("save it as csv or xlsx"))
    return text


def _csv(text: str) -> list[list[str]]:
    """The rows, split by the most frequent separator in the first line, or by the one in ``sep=``."""
    first = text.partition("\n")[0]
    line = first.strip().lower()
    named = line.startswith("sep=") and len(line) == 5
    separator = line[4] if named else max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(_MAX_CELL)
    last_read = 0

    def read() -> Iterator[list[str]]:
        nonlocal last_read
        for row in reader:
            yield row
            last_read = reader.line_num

    try:
        rows = _within_limits(read())
    except csv.Error as error:
        if "field limit" in str(error):
            wrong = msg(
                "line {line} contains a text of more than {n} characters", line=last_read + 1, n=_MAX_CELL
            )
            raise Refused(wrong, _KEEP) from None
        hint = msg("check the quotes: close each one, and double a quote inside a text")
        raise Refused(msg("invalid table from line {line} on", line=last_read + 1), hint) from None
    return rows[1:] if named else rows


def _within_limits(table: Iterable[Sequence[Any]]) -> list[list[str]]:
    """The rows of a table as text; all but the first end at their last filled cell.

    Raises :class:`Refused` at the first filled cell beyond the maximum size of a table.
    """
    rows: list[list[str]] = []
    for number, row in enumerate(table, 1):
        cells = row if len(row) <= _MAX_COLUMNS else _columns_of(row)
        texts = [_cell(value) for value in cells]
        while number > 1 and texts and not texts[-1]:
            texts.pop()
        if number <= _MAX_ROWS:
            rows.append(texts)
        elif texts:
            raise Refused(msg("this table has more than {n} rows", n=_MAX_ROWS), _KEEP)
    return rows


def _columns_of(row: Sequence[Any]) -> Sequence[Any]:
    """The cells of a row within the maximum. Raises :class:`Refused` if a later one is filled."""
    beyond = row[_MAX_COLUMNS:]
    if beyond.count(None) < len(beyond) and any(map(_cell, beyond)):
        raise Refused(msg("this table has more than {n} columns", n=_MAX_COLUMNS), _KEEP)
    return row[:_MAX_COLUMNS]


def _excel(raw: bytes, sheet: str | None) -> list[list[str]]:
    rows = _within_limits(_sheet(raw, sheet))
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _sheet(raw: bytes, name: str | None) -> Iterator[Sequence[Any]]:
    """The rows of a sheet of a workbook, by default the first."""
    library = openpyxl()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size <= MAX_UNPACKED:
            book = library.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheets = [each for each in book.worksheets if name is None or each.title == name]
            yield from sheets[0].iter_rows(max_row=_SHEET[0], max_col=_SHEET[1], values_only=True)
    except Exception:  # a damaged workbook breaks its reader in as many ways as it has parts
        raise Refused(*_DAMAGED) from None
    if size > MAX_UNPACKED:
        raise Refused(msg("this workbook is too large"), msg("keep only the sheet with the answers"))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def openpyxl() -> Any:
    """The library that reads Excel. Raises :class:`Refused` if it is not installed."""
    try:
        import openpyxl as library
    except ImportError:
        raise Refused(msg("reading xlsx requires openpyxl, which is not installed"), _NEED_EXCEL) from None
    return library
