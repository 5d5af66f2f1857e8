"""The columns of the tables in a Word document: wide enough for every word and date that stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

TABLE, CELL = "fii table", "fii cell"
"""The style of tables whose columns fii fits, and of the text in them. Another style is left as it is."""
_PER_POINT, _EMU = 20, 12_700
_MARGINS = 8.0
"""What a cell needs beside its text, in points."""
_SIZE, _LEAST_SIZE, _STEP = 9.0, 6.5, 0.5
_PLEASANT_SIZE, _ENOUGH = 7.5, 0.35
"""Text becomes this small, but no smaller, so that columns get this share of the room that they ask for."""
_WIDEST = 260.0
"""No column asks for more than this, in points, if others need it."""
_WORD = re.compile(r"[^ \t\n\r-]+-*|-+")
"""What stays on one line: Word breaks at spaces and behind hyphens."""
_NARROW, _WIDE = frozenset("iljftIr.,:;'|!()[]-·• \u00a0"), frozenset("mwMW%@—→✓●▲■○◇◆")
_BOLD = 1.12


@dataclass(frozen=True, slots=True)
class _Need:
    """The widths of a column for its longest word, and for its longest text on one line."""

    least: float
    most: float


def fit_columns(document: Any) -> None:
    """Set the widths of all columns in tables with the style of fii, and remove columns without any text.

    If the longest words do not fit next to each other, the text of that table becomes smaller.
    """
    section = document.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) / _EMU
    size = _size_of(document)
    for table in document.tables:
        if table.style is not None and table.style.name == TABLE:
            _drop_empty(table._tbl)
            _fit(table._tbl, room, size)


def _size_of(document: Any) -> float:
    """The size of text in tables, in points."""
    styles = {style.name: style for style in document.styles}
    found = styles[CELL].font.size if CELL in styles else None
    return float(found.pt) if found is not None else _SIZE


def _fit(table: Any, room: float, size: float) -> None:
    columns = len(table.tblGrid.gridCol_lst)
    rows = [list(_cells(row)) for row in table.tr_lst]
    found = None
    smaller = size
    while smaller >= _LEAST_SIZE:
        tried = _widths(_needs(rows, columns, smaller), room)
        if tried and (found is None or tried[0] >= _ENOUGH):
            found = (*tried, smaller)
        if found and (found[0] >= _ENOUGH or smaller <= _PLEASANT_SIZE):
            break
        smaller -= _STEP
    if found is None:
        return
    _, widths, chosen = found
    if chosen < size:
        _set_size(table, chosen)
    units = [round(width * _PER_POINT) for width in widths]
    for column, width in zip(table.tblGrid.gridCol_lst, units, strict=True):
        _set(column, "w", str(width))
    for row in rows:
        for start, span, cell in row:
            _set_width(cell, sum(units[start : start + span]))


def _cells(row: Any) -> Iterator[tuple[int, int, Any]]:
    """Each cell of a row with its first column, and how many it spans."""
    start = 0
    for cell in row.tc_lst:
        span = cell.grid_span
        yield start, span, cell
        start += span


def _drop_empty(table: Any) -> None:
    """Remove the columns that have a heading and nothing below it."""
    rows = [list(_cells(row)) for row in table.tr_lst]
    if len(rows) < 2:
        return
    filled = {start for row in rows[1:] for start, span, cell in row if span == 1 and _told(cell)}
    for column in reversed(range(1, len(table.tblGrid.gridCol_lst))):
        if column in filled:
            continue
        for row in rows:
            for start, span, cell in row:
                if span > 1 and start <= column < start + span:
                    cell.grid_span -= 1
                elif start == column:
                    cell.getparent().remove(cell)
        table.tblGrid.remove(table.tblGrid.gridCol_lst[column])
        rows = [list(_cells(row)) for row in table.tr_lst]


def _told(cell: Any) -> bool:
    return any(_text_of(paragraph).strip() for paragraph in cell.p_lst)


def _needs(rows: Sequence[Sequence[tuple[int, int, Any]]], columns: int, size: float) -> list[_Need]:
    """What each column needs; a cell that spans several takes what they have."""
    needs = [_Need(_MARGINS, _MARGINS)] * columns
    for number, row in enumerate(rows):
        for start, span, cell in row:
            if span == 1:
                found = _need(cell, size * (_BOLD if number == 0 else 1))
                old = needs[start]
                needs[start] = _Need(max(old.least, found.least), max(old.most, found.most))
    return needs


def _widths(needs: Sequence[_Need], room: float) -> tuple[float, list[float]] | None:
    """The width of each column in points, and the share of what they ask for beyond their longest word.

    ``None`` if the longest words do not fit next to each other.
    """
    least = sum(need.least for need in needs)
    if least > room:
        return None
    wanted = [min(need.most, max(_WIDEST, need.least)) - need.least for need in needs]
    left = room - least
    asked = sum(wanted)
    if asked <= left:
        spare = (left - asked) / len(needs)
        return 1.0, [need.least + more + spare for need, more in zip(needs, wanted, strict=True)]
    share = left / asked
    return share, [need.least + share * more for need, more in zip(needs, wanted, strict=True)]


def _need(cell: Any, size: float) -> _Need:
    lines = [_text_of(paragraph) for paragraph in cell.p_lst]
    words = [word for line in lines for word in _WORD.findall(line)]
    least = max((_length(word) for word in words), default=0.0)
    most = max((_length(line) for line in lines), default=0.0)
    return _Need(least * size + _MARGINS, most * size + _MARGINS)


def _text_of(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter() if str(each.tag).endswith("}t"))


def _length(text: str) -> float:
    """The width of a text in a wide typeface, as a share of its size."""
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 0.42
    if letter in _WIDE or ord(letter) > 0x2000:
        return 1.0
    return 0.74 if letter.isupper() else 0.63


def _set_size(table: Any, size: float) -> None:
    from docx.shared import Pt
    from docx.text.run import Run

    for element in table.iter():
        if str(element.tag).endswith("}r"):
            Run(element, None).font.size = Pt(size)  # type: ignore[arg-type]


def _set_width(cell: Any, width: int) -> None:
    from docx.shared import Twips

    cell.width = Twips(width)


def _set(element: Any, name: str, value: str) -> None:
    from docx.oxml.ns import qn

    element.set(qn(f"w:{name}"), value)
