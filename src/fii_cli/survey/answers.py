"""Answers of many people, from the table of a form program: read, told apart by side, and counted.

All faults are found before anything is counted, and nothing of a person is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fii_cli.handbook.models import Construct, Framework, Scale
from fii_cli.language import Message, msg
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.survey.headings import is_reworded, item_for, questions_of
from fii_cli.words import PERSPECTIVES, Perspective, label, meant
from fii_cli.yaml.emit import Value

SIDE = "perspective"
_SIDE_NAMES = frozenset({"perspective", "perspectief", "kant", "side"})
_PERSON = re.compile(r"(?:response ?|respons|antwoord ?|respondent ?)?-?(?:id|token|nr|nummer|number)")
_WHOLE = re.compile(r"([+-]?[0-9]+)[.,]0+")
_MARKS = ".:=)–-"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a table. ``row`` and ``column`` count from 1; column 0 is the whole row."""

    row: int
    column: int
    message: Message
    hint: Message | None = None

    @property
    def place(self) -> str:
        """The cell as a spreadsheet names it."""
        return f"{letters(self.column)}{self.row}" if self.column else str(self.row)


@dataclass(frozen=True, slots=True)
class SideAnswers:
    """What people on one side answered: how many came, and how often each answer was given on each item.

    ``kept_back`` are the items with too few answers to be stored.
    """

    perspective: Perspective | None
    responses: int
    counts: Mapping[str, Mapping[str, int]]
    kept_back: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a table holds. Groups that are too small are there without counts.

    ``passed_over`` are heads that ask nothing of the instrument, ``reworded`` those that were known by their
    number alone.
    """

    groups: tuple[SideAnswers, ...]
    faults: tuple[Fault, ...]
    passed_over: tuple[str, ...]
    reworded: tuple[str, ...]
    empty: int


def letters(column: int) -> str:
    """The name of a column in a spreadsheet: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the columns of a table hold, by their index; ``side`` is that of the column with sides."""

    heads: list[str]
    columns: Mapping[int, Construct]
    scales: Mapping[int, Scale | None]
    side: int | None


_Row = tuple[int, list[str]]
"""A row of a table with its number."""
_KnownCells = dict[tuple[str | None, str], str | None]
"""Which answer a cell means on a scale: a table has few different cells, each of them many times."""


def import_table(
    rows: Sequence[Sequence[str]],
    instrument: Framework,
    perspective: Perspective | None,
    smallest: int,
    *,
    empty_allowed: bool,
) -> Imported:
    """Count the answers in a table: heads in its first row, a person in each row below."""
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

    answers: dict[Perspective | None, list[dict[str, str]]] = {}
    known: _KnownCells = {}
    empty = 0
    for person in people:
        side, side_faults = _side_of(person, layout.side, perspective)
        given, answer_faults, left_empty = _answers_of(person, layout, known)
        faults += _surplus_cells(person, heads) + side_faults + answer_faults
        if not empty_allowed:
            faults += left_empty
        empty += len(left_empty)
        answers.setdefault(side, []).append(given)

    faults.sort(key=lambda fault: (fault.row, fault.column))
    groups = [] if faults else [_group(side, each, instrument, smallest) for side, each in answers.items()]
    return Imported(tuple(groups), tuple(faults), _passed_over(layout), _reworded(layout), empty)


def _side_column(heads: list[str]) -> int | None:
    return next((at for at, head in enumerate(heads) if head.casefold() in _SIDE_NAMES), None)


def _passed_over(layout: _Layout) -> tuple[str, ...]:
    """The heads that ask nothing of the instrument."""
    used = {*layout.columns, layout.side}
    return tuple(head for at, head in enumerate(layout.heads) if head and at not in used)


def _reworded(layout: _Layout) -> tuple[str, ...]:
    """The heads that were known by their number alone."""
    asked = [(layout.heads[at], item) for at, item in layout.columns.items()]
    return tuple(head for head, item in asked if is_reworded(head, item))


def _surplus_cells(person: _Row, heads: list[str]) -> list[Fault]:
    """The fault of a row that goes on beyond the heads: a separator in a text is taken for one."""
    row, cells = person
    if not any(map(str.strip, cells[len(heads) :])):
        return []
    message = msg("this row has more cells than there are questions")
    return [Fault(row, len(heads) + 1, message, msg("put text that contains a separator in quotes"))]


def _answers_of(
    person: _Row, layout: _Layout, known: _KnownCells
) -> tuple[dict[str, str], list[Fault], list[Fault]]:
    """What a person answered by item, the cells that are no answer, and the cells that are empty."""
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
            known[item.scale, cell] = answer_for(cell, scale)
        answer = known[item.scale, cell]
        if answer is None:
            faults.append(Fault(row, column + 1, *_no_answer(cell, item, scale)))
        else:
            given[item.id] = answer
    return given, faults, left_empty


def _cell(person: _Row, column: int | None) -> str:
    """The text of a cell; empty where the row is too short."""
    _, cells = person
    return cells[column].strip() if column is not None and column < len(cells) else ""


def written(group: SideAnswers, instrument: str, day: str, by: str, about: str) -> dict[str, Value]:
    """A group as an assessment, as the file holds it."""
    head = {"by": by, "perspective": group.perspective or "", "about": about}
    return {
        "instrument": instrument,
        "date": day,
        **{key: text for key, text in head.items() if text},
        "responses": group.responses,
        "counts": {item: dict(counts) for item, counts in group.counts.items()},
    }


def answer_for(cell: str, scale: Scale | None) -> str | None:
    """The value that a cell means: by its id, by its name in either language, or by both."""
    word = " ".join(cell.split()).casefold().rstrip(".")
    if number := _WHOLE.fullmatch(word):  # a spreadsheet may write 4 as 4.0
        word = number[1]
    for value in scale.values if scale else ():
        id_ = value.id.casefold()
        names = {value.name.nl.casefold(), value.name.en.casefold()}
        if word.removeprefix("+") == id_ or word in names or _behind(word, id_) in names:
            return value.id
    return None


def _behind(word: str, id_: str) -> str:
    """What stands behind an id and a mark: ``4 - mee eens``."""
    for start in (id_, f"+{id_}"):
        if not word.startswith(start):
            continue
        rest = word.removeprefix(start).lstrip()
        if rest and rest[0] in _MARKS:
            return rest[1:].strip()
    return ""


def _only(fault: Fault) -> Imported:
    return Imported((), (fault,), (), (), 0)


def _columns(heads: list[str], instrument: Framework) -> tuple[dict[int, Construct], list[Fault]]:
    """Which column asks which item; the same item twice is a fault."""
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


def _same_person(people: list[_Row], layout: _Layout) -> list[Fault]:
    """Rows that are the same person: the same number, or the same row in all its cells.

    Where a table holds nothing but answers, two people may have given the same ones.
    """
    used = {*layout.columns, layout.side}
    others = [at for at, head in enumerate(layout.heads) if head and at not in used]
    numbers = [at for at in others if _PERSON.fullmatch(layout.heads[at].casefold())]
    if not others:
        return []
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for person in people:
        row, cells = person
        told = tuple(_cell(person, at) for at in numbers or range(len(cells)))
        if any(told) and told in first:
            message = msg("row {row} is from the same person as row {first}", row=row, first=first[told])
            faults.append(Fault(row, 0, message, msg("keep one of the two")))
        first.setdefault(told, row)
    return faults


def _side_of(
    person: _Row, side: int | None, perspective: Perspective | None
) -> tuple[Perspective | None, list[Fault]]:
    """From which side a person answered, and what is wrong with how that is said."""
    if side is None or perspective:
        return perspective, []
    word = _cell(person, side)
    found = meant(word, PERSPECTIVES) or _side_in_dutch(word)
    if found:
        return found, []
    row, _ = person
    hint = did_you_mean(word, PERSPECTIVES, one_of(PERSPECTIVES))
    return None, [Fault(row, side + 1, msg("{value} is not a valid side", value=word or "''"), hint)]


def _side_in_dutch(word: str) -> Perspective | None:
    written = word.casefold()
    return next((side for side, words in _DUTCH.items() if written in words), None)


_DUTCH: dict[Perspective, tuple[str, ...]] = {
    "giving": ("gevend", "gevende organisatie", "gevende"),
    "receiving": ("ontvangend", "ontvangende organisatie", "ontvangende"),
    "both": ("beide", "gevende en ontvangende samen"),
    "third": ("derde", "derden", "derde partij"),
}


def _no_answer(cell: str, item: Construct, scale: Scale | None) -> tuple[Message, Message]:
    shown = cell if len(cell) <= 40 else f"{cell[:39]}…"
    return msg("{value} is not a valid answer for {item}", value=shown, item=item.id), one_of(_values(scale))


def _values(scale: Scale | None) -> list[str]:
    return [value.id for value in scale.values] if scale else []


def _group(
    whose: Perspective | None, given: list[dict[str, str]], instrument: Framework, smallest: int
) -> SideAnswers:
    """The answers of one side, counted; what too few answered is not kept."""
    if len(given) < smallest:
        return SideAnswers(whose, len(given), {}, ())
    counts: dict[str, dict[str, int]] = {}
    kept_back = []
    for item in instrument.items:
        answers = Counter(each[item.id] for each in given if item.id in each)
        if not answers:
            continue
        if answers.total() < smallest:
            kept_back.append(item.id)
            continue
        values = _values(instrument.scale_of(item))
        counts[item.id] = {value: answers[value] for value in values if answers[value]}
    return SideAnswers(whose, len(given), counts, tuple(kept_back))


def side_in_words(perspective: Perspective | None) -> Message:
    """A side in words, for what is said of a group."""
    return msg(label(perspective)) if perspective else msg("no perspective given")
