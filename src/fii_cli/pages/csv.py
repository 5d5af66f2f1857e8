"""A table as csv, as a spreadsheet in the language of the table opens it; no text in it is a formula."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fii_cli.language import Code
from fii_cli.report.shapes import LightShown
from fii_cli.visible import visible_lines

if TYPE_CHECKING:
    from fii_cli.report.sheets import Cell


_SEPARATORS: dict[Code, str] = {"nl": ";", "en": ","}
_POINTS: dict[Code, str] = {"nl": ",", "en": "."}
"""The decimal sign of a language, which a spreadsheet in that language needs to see a number."""


def as_csv(rows: Iterable[Iterable[Cell]], code: Code) -> bytes:
    """A table as Excel in its language opens it: UTF-8 with its mark.

    Dutch has semicolons and a decimal comma, English has commas and a decimal point. No text is a formula.
    """
    lines = (_SEPARATORS[code].join(_written(cell, code) for cell in row) for row in rows)
    return codecs.BOM_UTF8 + "".join(f"{line}\r\n" for line in lines).encode()


def _written(cell: Cell, code: Code) -> str:
    if isinstance(cell, int | float):
        return str(cell).replace(".", _POINTS[code])
    return _quoted(in_csv(cell))


def in_csv(cell: Cell) -> str:
    """A cell as text that no spreadsheet takes for a formula, not even behind a tab or a line break."""
    if isinstance(cell, LightShown):
        cell = cell.word
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
