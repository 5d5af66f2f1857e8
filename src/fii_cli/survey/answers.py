"""Survey answers from a table, with all its errors at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fii_cli.handbook.lookup import rating_for
from fii_cli.handbook.models import Construct, Framework, Scale
from fii_cli.language import Message, msg
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.survey.headings import is_reworded, item_for, questions_of
from fii_cli.words import PERSPECTIVES, Perspective, meant

SIDE = "perspective"
_SIDE_NAMES = frozenset({"perspective", "perspectief", "kant", "side"})
_PERSON = re.compile(r"(?:response ?|respons|antwoord ?|respondent ?)?-?(?:id|token|nr|nummer|number)")


@dataclass(frozen=True, slots=True)
class Fault:
    """An error in a table. ``row`` and ``column`` count from 1; column 0 is the whole row."""

    row: int
    column: int
    message: Message
    hint: Message | None = None

    @property
    def place(self) -> str:
        """The cell in spreadsheet notation, such as ``B3``, or the number of the row."""
        return f"{letters(self.column)}{self.row}" if self.column else str(self.row)


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of one person by item. ``row`` is what identifies a numbered row, in any table."""

    side: Perspective | None
    given: Mapping[str, str]
    row: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The contents of a table of answers.

    ``passed_over`` are headings that match no item, ``reworded`` those that match by number only. ``empty``
    counts the cells without an answer, and ``alike`` the rows that are equal to an earlier one. ``is_other``
    if no heading matches an item. ``asked`` are the ids of the items that have a column.
    """

    people: tuple[Answered, ...]
    faults: tuple[Fault, ...]
    passed_over: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    empty: int = 0
    alike: int = 0
    is_other: bool = False
    asked: frozenset[str] = frozenset()


def letters(column: int) -> str:
    """The letters of a spreadsheet column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(frozen=True, slots=True)
class _Layout:
    """The items and scales of the columns of a table, by index; ``side`` is the index of the side column."""

    heads: list[str]
    columns: Mapping[int, Construct]
    scales: Mapping[int, Scale | None]
    side: int | None


_Row = tuple[int, list[str]]
"""The number of a row, and its cells."""
_KnownCells = dict[tuple[str | None, str], str | None]
"""The answers by scale and cell text: a table repeats a few different cells many times."""


def read_table(
    rows: Sequence[Sequence[str]],
    instrument: Framework,
    perspective: Perspective | None,
    *,
    empty_allowed: bool,
) -> Table:
    """The answers in a table with headings in its first row and one person in each row below."""
    if not rows:
        return _only(Fault(1, 0, msg("this table is empty"), msg("the first row must contain the questions")))
    heads = [" ".join(head.split()) for head in rows[0]]
    columns, faults = _columns(heads, instrument)
    if not columns:
        hint = msg("name the columns by item, number or question: fii questionnaire {id}", id=instrument.id)
        return _only(Fault(1, 0, msg("no column matches an item of {id}", id=instrument.id), hint))
    scales = {column: instrument.scale_of(item) for column, item in columns.items()}
    layout = _Layout(heads, columns, scales, _side_column(heads))
    people = [(row, list(cells)) for row, cells in enumerate(rows[1:], 2) if any(map(str.strip, cells))]
    if not people:
        faults.append(Fault(2, 0, msg("no answers yet"), msg("put each person in a row below the questions")))
    faults += _same_person(people, layout)

    answered: list[Answered] = []
    known: _KnownCells = {}
    empty = 0
    numbered = bool(_number_columns(layout))
    for person in people:
        side, side_faults = _side_of(person, layout.side, perspective)
        given, answer_faults, left_empty = _answers_of(person, layout, known)
        faults += _surplus_cells(person, heads) + side_faults + answer_faults
        if not empty_allowed:
            faults += left_empty
        empty += len(left_empty)
        answered.append(Answered(side, given, (*heads, *map(str.strip, person[1])) if numbered else ()))

    faults.sort(key=lambda fault: (fault.row, fault.column))
    skipped, reworded = _passed_over(layout), _reworded(layout)
    asked = frozenset(item.id for item in columns.values())
    alike = _alike(people, layout)
    return Table(tuple(answered), tuple(faults), skipped, reworded, empty, alike, asked=asked)


def _side_column(heads: list[str]) -> int | None:
    return next((at for at, head in enumerate(heads) if head.casefold() in _SIDE_NAMES), None)


def _passed_over(layout: _Layout) -> tuple[str, ...]:
    """The headings that match no item."""
    used = {*layout.columns, layout.side}
    return tuple(head for at, head in enumerate(layout.heads) if head and at not in used)


def _reworded(layout: _Layout) -> tuple[str, ...]:
    """The headings that match an item by number only."""
    asked = [(layout.heads[at], item) for at, item in layout.columns.items()]
    return tuple(head for head, item in asked if is_reworded(head, item))


def _surplus_cells(person: _Row, heads: list[str]) -> list[Fault]:
    """The error of a row with more cells than headings, often from an unquoted separator in a text."""
    row, cells = person
    if not any(map(str.strip, cells[len(heads) :])):
        return []
    message = msg("this row has more cells than there are questions")
    return [Fault(row, len(heads) + 1, message, msg("put text that contains a separator in quotes"))]


def _answers_of(
    person: _Row, layout: _Layout, known: _KnownCells
) -> tuple[dict[str, str], list[Fault], list[Fault]]:
    """The answers of one person by item, the errors, and the cells that are empty."""
    row, _ = person
    given: dict[str, str] = {}
    faults: list[Fault] = []
    left_empty: list[Fault] = []
    for column, item in layout.columns.items():
        cell = _cell(person, column)
        scale = layout.scales[column]
        if not cell:
            hint = msg("fill it in, or use --allow-empty to count it as no answer")
            left_empty.append(Fault(row, column + 1, msg("no answer on {item}", item=item.id), hint))
            continue
        if (item.scale, cell) not in known:
            known[item.scale, cell] = rating_for(cell, scale) if scale else None
        answer = known[item.scale, cell]
        if answer is None:
            faults.append(Fault(row, column + 1, *_no_answer(cell, item, scale)))
        else:
            given[item.id] = answer
    return given, faults, left_empty


def _cell(person: _Row, column: int | None) -> str:
    """The text of a cell; empty if the row is too short."""
    _, cells = person
    return cells[column].strip() if column is not None and column < len(cells) else ""


def _only(fault: Fault) -> Table:
    return Table((), (fault,), is_other=True)


def _columns(heads: list[str], instrument: Framework) -> tuple[dict[int, Construct], list[Fault]]:
    """The items of the columns by index, and an error for each duplicate item."""
    questions = questions_of(instrument)
    columns: dict[int, Construct] = {}
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for at, head in enumerate(heads):
        item = item_for(head, questions)
        if item is None:
            continue
        if item.id in first:
            one, two = letters(first[item.id] + 1), letters(at + 1)
            message = msg("columns {one} and {two} are both about {item}", one=one, two=two, item=item.id)
            faults.append(Fault(1, at + 1, message, msg("remove one of the two")))
            continue
        first[item.id] = at
        columns[at] = item
    return columns, faults


def _number_columns(layout: _Layout) -> list[int]:
    """The columns with the number of a respondent."""
    others = (at for at in range(len(layout.heads)) if at not in layout.columns)
    return [at for at in others if _PERSON.fullmatch(layout.heads[at].casefold())]


def _alike(people: list[_Row], layout: _Layout) -> int:
    """How many rows are equal to an earlier one in every cell, though they say more than the answers.

    None in a table that numbers its respondents, or has only answers: those are often the same.
    """
    if _number_columns(layout) or not _passed_over(layout):
        return 0
    return len(people) - len({tuple(map(str.strip, cells)) for _, cells in people})


def _same_person(people: list[_Row], layout: _Layout) -> list[Fault]:
    """Errors for rows with the same number. Equal answers are none: two people can give the same ones."""
    numbers = _number_columns(layout)
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for person in people:
        row, _ = person
        identity = tuple(_cell(person, at) for at in numbers)
        if any(identity) and identity in first:
            message = msg("row {row} is from the same person as row {first}", row=row, first=first[identity])
            faults.append(Fault(row, 0, message, msg("keep one of the two")))
        first.setdefault(identity, row)
    return faults


def _side_of(
    person: _Row, side: int | None, perspective: Perspective | None
) -> tuple[Perspective | None, list[Fault]]:
    """The side of a person, and the error if their cell does not name one."""
    if side is None or perspective:
        return perspective, []
    word = _cell(person, side)
    found = meant(word, PERSPECTIVES)
    if found:
        return found, []
    row, _ = person
    hint = did_you_mean(word, PERSPECTIVES, one_of(PERSPECTIVES))
    return None, [Fault(row, side + 1, msg("{value} is not a valid side", value=word or "''"), hint)]


def _no_answer(cell: str, item: Construct, scale: Scale | None) -> tuple[Message, Message]:
    shown = cell if len(cell) <= 40 else f"{cell[:39]}…"
    return msg("{value} is not a valid answer for {item}", value=shown, item=item.id), one_of(_values(scale))


def _values(scale: Scale | None) -> list[str]:
    return [value.id for value in scale.values] if scale else []
