"""The cells of a workbook that came back, as text: what Excel made of it is undone, or named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from fii_cli.language import Message, msg
from fii_cli.survey.books import Formula
from fii_cli.trajectory.dates import parse_date, parse_when, suggest_date, suggest_period
from fii_cli.workbook.model import Column, as_text, fills_cell, is_cut

_EPOCH = date(1899, 12, 30)
_YEARS, _SERIALS = range(1900, 2101), range(20_000, 80_000)
"""Numbers that are a year, and numbers that are a day as Excel counts them."""
_CORRECTED = (
    ("…", "..."),
    ("“", '"'),
    ("”", '"'),
    ("„", '"'),
    ("‘", "'"),
    ("’", "'"),
    ("©", "(c)"),
    ("®", "(r)"),
    ("™", "(tm)"),
    ("€", "(e)"),
    ("→", "-->"),
    ("–", "--"),
    ("–", "-"),
)
"""What spreadsheets make of what people type."""
_TWO_WAYS = re.compile(r"-?[1-9]\d{0,2}([.,]\d{3})+")
"""A text that is a number of thousands to some, and a number with three decimals to others."""
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")


class Unread(Exception):
    """A cell that cannot be used; the message says why."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(message.text)
        self.message, self.hint = message, hint


def text_in(value: object, column: Column, before: str) -> str:
    """A cell as text; ``before`` is how it went out. Raises :class:`Unread` if it cannot be used."""
    if isinstance(value, Formula):
        raise _not_typed(value)
    if column.kind == "date":
        return _undone_date(value, before)
    if column.kind == "number":
        text = as_text(value)
        if isinstance(value, str) and _TWO_WAYS.fullmatch(text):
            raise Unread(msg("{value} can be read in two ways", value=text), _AS_NUMBER)
        if text.endswith("%"):
            raise Unread(msg("{value} is a percentage, and numbers are plain here", value=text), _AS_NUMBER)
        return text.replace(",", ".") if re.fullmatch(r"-?\d+,\d+", text) else text
    if isinstance(value, datetime | date):
        return _not_a_date(value, before)
    text = _undone(as_text(value), before)
    if text != before and is_cut(before):
        raise Unread(
            msg("the text of this cell is too long for Excel, so only its beginning is here"),
            msg("change it in the file"),
        )
    if text != before and fills_cell(text):
        raise Unread(
            msg("this text is as long as a cell can be, so its end may be missing"), msg("put it in the file")
        )
    return text


_AS_NUMBER = msg("format the cell as a number, and type it again")


def _not_typed(cell: Formula) -> Unread:
    """Why what a spreadsheet works out is not taken over."""
    if cell.text.startswith("#"):
        return Unread(
            msg("the spreadsheet reports an error here: {text}", text=cell.text), msg("type the value itself")
        )
    return Unread(msg("this is a formula"), msg("type the value itself"))


def key_in(value: object, known: Iterable[str]) -> str:
    """The key in the first cell of a row: a number or a date that Excel made of an id is that id again."""
    if isinstance(value, Formula):
        raise _not_typed(value)
    if isinstance(value, datetime | date):
        day = as_text(value)
        return next((key for key in known if _may_be(key, day)), day)
    return as_text(value)


def _undone_date(value: object, before: str) -> str:
    """A date as the format writes it: a month, a year or a day."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        serial = (value - _EPOCH).days
        if serial in _YEARS:
            return str(serial)  # a year in a cell for dates
        return before if _may_be(before, value.isoformat()) else value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer():
        number = int(value)
        if number in _SERIALS:
            day = (_EPOCH + timedelta(days=number)).isoformat()
            return before if _may_be(before, day) else day
        return str(number)
    text = as_text(value)
    return text if not text or parse_when(text) else suggest_period(text) or suggest_date(text) or text


def _may_be(text: str, day: str) -> bool:
    """Whether Excel may have made this day of a text, such as the first of a month of ``2025-02``."""
    written = parse_date(text) or parse_date(suggest_date(text) or "")
    return written is not None and written.first.isoformat() == day


def _not_a_date(value: datetime | date, before: str) -> str:
    """What was in a cell for text in which there is a date now."""
    day = value.date() if isinstance(value, datetime) else value
    if before and (_may_be(before, day.isoformat()) or _day_and_month(before, day)):
        return before
    raise Unread(msg("Excel made a date of this text"), msg("format the cell as text, and type it again"))


def _day_and_month(text: str, day: date) -> bool:
    parts = re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})", text)
    return bool(parts) and {int(parts[1]), int(parts[2])} == {day.day, day.month}  # type: ignore[index]


def same_text(one: str, other: str) -> bool:
    """Whether two texts say the same, whatever a spreadsheet made of quotes, dashes and spaces."""
    return one == other or plain(one) == plain(other)


def plain(text: str) -> str:
    """A text without what a spreadsheet may change in it."""
    for made, typed in _CORRECTED:
        text = text.replace(made, typed)
    text = text.replace("--", "-").replace("->", ">")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))


def _undone(text: str, before: str) -> str:
    """A text in which signs are as they went out where a spreadsheet replaced them."""
    if same_text(text, before):
        return before
    for made, typed in _CORRECTED:
        if typed in before and made not in before:
            text = text.replace(made, typed)
    return text.replace("\u00a0", " ")
