"""A table as csv, in which no text is a formula."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fii_cli.visible import visible_lines

if TYPE_CHECKING:
    from fii_cli.report.sheets import Cell


def as_csv(rows: Iterable[Iterable[Cell]]) -> bytes:
    """A table as Excel in Dutch opens it: UTF-8 with its mark, and semicolons. No text in it is a formula."""
    lines = (";".join(_quoted(in_csv(cell)) for cell in row) for row in rows)
    return codecs.BOM_UTF8 + "".join(f"{line}\r\n" for line in lines).encode()


def in_csv(cell: Cell) -> str:
    """A cell as text that no spreadsheet takes for a formula, not even behind a tab or a line break."""
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    return _FORMULA.sub("'", visible_lines(cell))


_SIGNS, _UNSEEN = r"[=+@|\-＝＋＠｜－]", r"\u200b-\u200d\u2060\xad"
_FORMULA = re.compile(
    rf"^(?=[\s{_UNSEEN}]*{_SIGNS}|[\t\n])|(?<=[\t\n])(?=(?:[{_UNSEEN}]|[^\S\t\n])*{_SIGNS})"
)


def _quoted(cell: str) -> str:
    """A cell between quotes where anything in it could end it, also for who reads commas or tabs."""
    return '"{}"'.format(cell.replace('"', '""')) if re.search(r'[;,"\t\n]|^\s|\s$', cell) else cell
