"""What people wrote in a workbook where nothing is taken over: each cell is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.survey.answers import letters
from fii_cli.survey.books import Book, Formula
from fii_cli.workbook.cells import Unread, key_in, plain, same_text
from fii_cli.workbook.edit import Trouble
from fii_cli.workbook.model import ABOVE, HIDDEN, LISTS, OVERVIEW, Base, as_text, note_digest
from fii_cli.workbook.returned import FIELDS, NEW, Returned, Sheet
from fii_cli.workbook.tables import TABLES

_ONLY_SHOWN = msg("put the text back; what is said here changes in the file, or in a white cell")
_ELSEWHERE = msg("move what is said here to a white cell, or keep it in a file of your own")
_SHORT = 60


def beside(back: Returned) -> Iterator[Trouble]:
    """The cells, notes and sheets of a workbook that came back which say something that fii does not read."""
    if back.book is None:
        return
    base, book = back.base, back.book
    overview = _name_of_overview(base, book)
    yield from _overview(base, book, overview)
    for page, sheet in back.sheets.items():
        yield from _around(base, page, sheet)
        yield from _only_shown(base, page, sheet)
    ours = {*base.sheets.values(), overview}
    for name in book.names:
        if name in ours:
            yield from _notes(base, book, name)
        elif name not in (HIDDEN, LISTS) and _says_something(book, name):
            yield Trouble(
                name,
                msg("this sheet is not one of fii's"),
                msg("copy what is in it to the sheet that it belongs to"),
            )


def _name_of_overview(base: Base, book: Book) -> str:
    """The name of the overview, which may be new; its first cell is the title of the trajectory."""
    name = base.cells.get((ABOVE, OVERVIEW, "name"), "")
    if name in book.names:
        return name
    others = (each for each in book.names if each not in (*base.sheets.values(), HIDDEN, LISTS))
    return next((each for each in others if _begins_with(book, each, base.title)), name)


def _begins_with(book: Book, name: str, title: str) -> bool:
    try:
        first = next(iter(book.rows(name)), ())
    except Refused:
        return False
    return bool(first) and same_text(as_text(first[0]), title)


def _overview(base: Base, book: Book, name: str) -> Iterator[Trouble]:
    if name not in book.names:
        return
    known = {plain(text) for text in base.rows(ABOVE).get(OVERVIEW, {}).values()}
    try:
        rows = book.rows(name)
    except Refused as wrong:
        yield Trouble(name, wrong.message, wrong.hint)
        return
    for place, cell in _filled(name, rows):
        if plain(_said(cell)) not in known:
            yield Trouble(place, msg("the overview is only shown"), _ONLY_SHOWN)


def _around(base: Base, page: str, sheet: Sheet) -> Iterator[Trouble]:
    """What is above the headings of a sheet, or beside its columns."""
    columns = set(sheet.letters.values())
    known = {plain(text) for text in base.rows(ABOVE).get(page, {}).values()}
    known |= {plain(base.heads(page)[key]) for key in sheet.fields}
    fields = {place for place, _ in sheet.fields.values()}
    for place, cell in _filled(sheet.name, sheet.cells[: sheet.head - 1]):
        if place not in fields and plain(_said(cell)) not in known:
            yield Trouble(place, msg("nothing above the headings is taken over"), _ELSEWHERE)
    for place, cell in _filled(sheet.name, sheet.cells[sheet.head - 1 :], sheet.head):
        column = place.rpartition("!")[2].rstrip("0123456789")
        if column not in columns and cell is not None:
            yield Trouble(place, msg("this column is not one of fii's"), _ELSEWHERE)


def _only_shown(base: Base, page: str, sheet: Sheet) -> Iterator[Trouble]:
    """Cells that only show something, and say something else now; and ids that nobody gave out."""
    went = base.rows(page)
    rated = page in ("lights", "ratings")
    shown = {column: {row.get(column, "") for row in went.values()} for column in _shown_in(base, page)}
    for back in sheet.rows:
        try:
            key = key_in(back.cells["id"], went)
        except Unread:
            key = "?"
        filled = any(back.cells.get(each) is not None for each in sheet.letters if each != "id")
        unused = all(back.cells.get(each) is None for each in NEW)
        if rated and unused and (key or filled) and key not in went:
            wrong = msg("unknown item {word}", word=as_text(back.cells["id"]) or "''")
            yield Trouble(sheet.place(back.number, "id"), wrong, msg("put the id back"))
            continue
        if key and key not in went:
            continue  # named where rows are compared
        for each, texts in shown.items():
            said = _said(back.cells.get(each))
            if not key and said in texts:
                continue  # a new row that began as a copy of another
            if not same_text(said, went.get(key, {}).get(each, "")) and (said or filled):
                yield Trouble(sheet.place(back.number, each), msg("this cell is only shown"), _ONLY_SHOWN)


def _shown_in(base: Base, page: str) -> list[str]:
    """The columns of a sheet that cannot be changed."""
    table = next((each for each in TABLES if each.id == page), None)
    own = ("id", "within", *table.keys) if table else ("id", *FIELDS, *NEW)
    return [key for key in base.heads(page) if key not in own]


def _notes(base: Base, book: Book, name: str) -> Iterator[Trouble]:
    for ref, text in book.notes(name):
        if note_digest(text) not in base.notes:
            said = " ".join(text.split())
            said = said if len(said) <= _SHORT else f"{said[:_SHORT].rstrip()} …"
            wrong = msg("a note on a cell is not taken over: {text}", text=said or "–")
            yield Trouble(
                f"{name}!{ref}", wrong, msg("write it in a cell, such as one for a note or the log")
            )


def _says_something(book: Book, name: str) -> bool:
    try:
        return bool(book.rows(name)) or bool(book.notes(name))
    except Refused:
        return True


def _filled(name: str, rows: Sequence[Sequence[object]], first: int = 1) -> Iterator[tuple[str, object]]:
    """The cells that are not empty, by their places."""
    for y, row in enumerate(rows, first):
        for x, cell in enumerate(row, 1):
            if cell is not None:
                yield f"{name}!{letters(x)}{y}", cell


def _said(cell: object) -> str:
    return f"={cell.text}" if isinstance(cell, Formula) else as_text(cell)
