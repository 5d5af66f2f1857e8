"""Ratings in a table as publications print them: a row for each item, a column for each organisation.

All errors are found before anything is written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from fii_cli.handbook.lookup import rating_for
from fii_cli.handbook.models import Construct, Framework, Scale
from fii_cli.language import msg
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.survey.answers import Fault, letters
from fii_cli.survey.headings import Questions, item_for, plain, questions_of


@dataclass(frozen=True, slots=True)
class RatedColumn:
    """The ratings of one organisation, by item; ``head`` is what its column is called."""

    column: int
    head: str
    ratings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RatingTable:
    """The contents of a table. ``left_out`` are the headings of columns that rate nothing."""

    columns: tuple[RatedColumn, ...]
    left_out: tuple[str, ...]
    faults: tuple[Fault, ...]


_MINUS = str.maketrans("\N{MINUS SIGN}\N{EN DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}", "----")
"""How publications print the sign of a negative rating."""
_SIGN_APART = re.compile(r"^([+-])[ \u00a0\u2009\u202f]+(?=[0-9])")
_MIXED = re.compile(r"^0[ \u00a0]*\((?:mix|mixed|gemengd)\)$", re.I)
_BRACKETS_BEHIND = re.compile(r"[ \u00a0]*\([^()]*\)$")
_AND = frozenset({"and", "en"})
"""Words that publications print as a sign, or the other way round."""


def read_ratings(
    rows: Sequence[Sequence[str]], instrument: Framework, known: Collection[str] = ()
) -> RatingTable:
    """The ratings in a table with headings in its first row and an item in each row below.

    ``known`` are the headings of organisations that the file has: their columns are never left out. Others
    are left out if none of their ratings takes a side.
    """
    names = {plain(each) for each in known}
    heads = [" ".join(head.split()) for head in rows[0]] if rows else []
    questions = questions_of(instrument)
    at = _column_of_items(rows, questions)
    if at is None:
        hint = msg("put the items in the first column: fii guide {id} shows them", id=instrument.id)
        return RatingTable((), (), (Fault(1, 0, msg("no row has an item of {id}", id=instrument.id), hint),))
    items, faults = _items(rows, at, questions, instrument)
    columns: list[RatedColumn] = []
    left_out: list[str] = []
    for column in range(max(map(len, rows))):
        head = heads[column] if column < len(heads) else ""
        cells = {row: _cell(rows, row, column) for row in items}
        if column == at or not any(cells.values()):
            if column != at and head:
                left_out.append(head)
            continue
        ratings, wrong = _ratings(cells, items, instrument, column)
        if plain(head) not in names and not _takes_a_side(ratings, instrument):
            left_out.append(head or letters(column + 1))
            continue
        faults += wrong
        if not head:
            message = msg("this column has ratings and no organisation")
            faults.append(Fault(1, column + 1, message, msg("put the organisation in the first row")))
        elif any(plain(head) == plain(each.head) for each in columns):
            message = msg("{id} has two columns", id=head)
            faults.append(Fault(1, column + 1, message, msg("keep one of the two")))
        columns.append(RatedColumn(column + 1, head, ratings))
    if not columns and not faults:
        faults.append(Fault(1, 0, msg("no column has ratings"), msg("put each organisation in a column")))
    faults.sort(key=lambda fault: (fault.row, fault.column))
    return RatingTable(tuple(columns), tuple(left_out), tuple(faults))


def _takes_a_side(ratings: Mapping[str, str], instrument: Framework) -> bool:
    """Whether a column has a rating that hinders, helps or is neutral; marks such as X alone are verdicts."""
    scales = {each.id: instrument.scale_of(each) for each in instrument.rateable}
    sided = {
        (item, value.id)
        for item, scale in scales.items()
        for value in (scale.values if scale else ())
        if not (value.mixed or value.no_side or value.no_answer)
    }
    return any(each in sided for each in ratings.items())


def _column_of_items(rows: Sequence[Sequence[str]], questions: Questions) -> int | None:
    """The index of the column with most items; ``None`` if no cell is one."""
    found: dict[int, int] = {}
    for row in rows[1:]:
        for column, cell in enumerate(row):
            if _item(cell, questions, first=column == 0):
                found[column] = found.get(column, 0) + 1
    return max(found, key=lambda column: (found[column], -column)) if found else None


def _item(cell: str, questions: Questions, *, first: bool) -> Construct | None:
    """The item in a cell; a bare number is an item only in the first column, and a rating elsewhere."""
    text = cell.strip()
    if not text or not (first or not text.lstrip("+-").isdigit()):
        return None
    return item_for(text, questions) or _by_name(text, questions)


def _by_name(text: str, questions: Questions) -> Construct | None:
    """The only item with this name as publications print it: with *and* for *&*, and a remark in brackets."""
    wanted = _words(_BRACKETS_BEHIND.sub("", text))
    found = {item.id: item for _, item in questions.by_id.values() if wanted in map(_words, _names(item))}
    return next(iter(found.values())) if len(found) == 1 and wanted else None


def _names(item: Construct) -> tuple[str, ...]:
    return item.name.nl, item.name.en


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in plain(name).split() if word not in _AND)


def _printed(cell: str) -> str:
    """A rating without the details of its typesetting: ``+ 1`` is 1, and ``0 (mix)`` is mixed."""
    sign_joined = _SIGN_APART.sub(r"\1", cell.translate(_MINUS))
    return "mixed" if _MIXED.match(sign_joined) else sign_joined


def _items(
    rows: Sequence[Sequence[str]], at: int, questions: Questions, instrument: Framework
) -> tuple[dict[int, Construct], list[Fault]]:
    """The item of each row by its index; a row with the name of a domain, or nothing else, has none."""
    items: dict[int, Construct] = {}
    faults: list[Fault] = []
    groups = {plain(text) for each in instrument.groups for text in (each.id, each.name.nl, each.name.en)}
    for row, cells in enumerate(rows[1:], 1):
        cell = _cell(rows, row, at)
        item = _item(cell, questions, first=at == 0) or _domain(cell, cells, instrument)
        if item is None:
            others = any(text.strip() for column, text in enumerate(cells) if column != at)
            if others and plain(cell) not in groups:
                ids = [known for each in instrument.items for known in (each.id, *_names(each))]
                wrong = msg("{id} is no item of {instrument}", id=cell[:40] or "''", instrument=instrument.id)
                hint = did_you_mean(cell, ids, msg("fii guide {id} shows them", id=instrument.id))
                faults.append(Fault(row + 1, at + 1, wrong, hint))
        elif item in items.values():
            twice = msg("{id} has two rows", id=item.id)
            faults.append(Fault(row + 1, at + 1, twice, msg("keep one of the two")))
        else:
            items[row] = item
    return items, faults


def _domain(cell: str, cells: Sequence[str], instrument: Framework) -> Construct | None:
    """The domain that is rated as a whole in a row; ``None`` if the row is a heading, or about an item."""
    for each in instrument.domains:
        if plain(cell) in {plain(text) for text in (each.id, each.name.nl, each.name.en)}:
            scale = instrument.scale_of(each)
            return each if any(rating_for(text.translate(_MINUS), scale) for text in cells if text) else None
    return None


def _ratings(
    cells: Mapping[int, str], items: Mapping[int, Construct], instrument: Framework, column: int
) -> tuple[dict[str, str], list[Fault]]:
    """The ratings in a column by item, and its cells that are none; an empty cell is no rating."""
    ratings: dict[str, str] = {}
    faults: list[Fault] = []
    for row, cell in cells.items():
        if not cell:
            continue
        item = items[row]
        scale = instrument.scale_of(item)
        rating = rating_for(_printed(cell), scale) if scale else None
        if rating is None:
            wrong = msg("{value} is not a valid rating of {item}", value=cell[:40], item=item.id)
            faults.append(Fault(row + 1, column + 1, wrong, one_of(_values(scale))))
        else:
            ratings[item.id] = rating
    return ratings, faults


def _values(scale: Scale | None) -> list[str]:
    return [value.id for value in scale.values] if scale else []


def _cell(rows: Sequence[Sequence[str]], row: int, column: int) -> str:
    return rows[row][column].strip() if column < len(rows[row]) else ""
