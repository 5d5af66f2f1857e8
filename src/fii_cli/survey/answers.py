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
        return _only(Fault(1, 0, msg("this table is empty"), msg("the first row holds the questions")))
    heads = [" ".join(head.split()) for head in rows[0]]
    columns, faults = _columns(heads, instrument)
    if not columns:
        hint = msg("name columns by item, number or question: fii questionnaire {id}", id=instrument.id)
        return _only(Fault(1, 0, msg("no column asks an item of {id}", id=instrument.id), hint))
    side = next((at for at, head in enumerate(heads) if head.casefold() in _SIDE_NAMES), None)
    people = [(row, list(cells)) for row, cells in enumerate(rows[1:], 2) if any(c.strip() for c in cells)]
    faults += _said_twice(people, heads, columns, side)
    scales = {column: instrument.scale_of(item) for column, item in columns.items()}
    answers: dict[Perspective | None, list[dict[str, str]]] = {}
    meant_by: dict[tuple[str | None, str], str | None] = {}
    empty = 0
    for row, cells in people:
        if len(cells) > len(heads) and any(cell.strip() for cell in cells[len(heads) :]):
            faults.append(
                Fault(
                    row,
                    len(heads) + 1,
                    msg("this row has more cells than there are questions"),
                    msg("put text that holds a separator between quotes"),
                )
            )
        whose, wrong = _side_of(cells, side, perspective)
        if wrong:
            faults.append(Fault(row, (side or 0) + 1, *wrong))
        given: dict[str, str] = {}
        for column, item in columns.items():
            cell = cells[column].strip() if column < len(cells) else ""
            if not cell:
                empty += 1
                if not empty_allowed:
                    hint = msg("fill it in, or let it count as no answer with --allow-empty")
                    faults.append(Fault(row, column + 1, msg("no answer on {item}", item=item.id), hint))
                continue
            if (item.scale, cell) not in meant_by:  # a table has few answers, each of them many times
                meant_by[item.scale, cell] = answer_for(cell, scales[column])
            if answer := meant_by[item.scale, cell]:
                given[item.id] = answer
            else:
                faults.append(Fault(row, column + 1, *_no_answer(cell, item, scales[column])))
        answers.setdefault(whose, []).append(given)
    if not people:
        hint = msg("each person is a row below the questions")
        faults.append(Fault(2, 0, msg("nobody answered yet"), hint))
    groups = tuple(_group(whose, given, instrument, smallest) for whose, given in answers.items())
    others = {*columns, *([] if side is None else [side])}
    passed_over = tuple(head for at, head in enumerate(heads) if head and at not in others)
    reworded = tuple(heads[at] for at, item in columns.items() if is_reworded(heads[at], item))
    in_order = tuple(sorted(faults, key=lambda fault: (fault.row, fault.column)))
    return Imported(() if faults else groups, in_order, passed_over, reworded, empty)


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
    number = _WHOLE.fullmatch(word)
    word = number[1] if number else word
    for value in scale.values if scale else ():
        id_, names = value.id.casefold(), {value.name.nl.casefold(), value.name.en.casefold()}
        if word.removeprefix("+") == id_ or word in names or _behind(word, id_) in names:
            return value.id
    return None


def _behind(word: str, id_: str) -> str:
    """What stands behind an id and a mark: ``4 - mee eens``."""
    for start in (id_, f"+{id_}"):
        rest = word.removeprefix(start).lstrip() if word.startswith(start) else ""
        if rest[:1] in _MARKS and rest:
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
            faults.append(
                Fault(
                    1,
                    at + 1,
                    msg(
                        "column {one} and {two} ask the same item, {item}",
                        one=letters(first[item.id] + 1),
                        two=letters(at + 1),
                        item=item.id,
                    ),
                    msg("take one of the two out"),
                )
            )
            continue
        first[item.id] = at
        columns[at] = item
    return columns, faults


def _said_twice(
    people: list[tuple[int, list[str]]], heads: list[str], columns: Mapping[int, Construct], side: int | None
) -> list[Fault]:
    """Rows that are the same person: the same number, or the same row in all its cells.

    Where a table holds nothing but answers, two people may have given the same ones.
    """
    others = [at for at, head in enumerate(heads) if at not in columns and at != side and head]
    numbers = [at for at in others if _PERSON.fullmatch(heads[at].casefold())]
    first: dict[tuple[str, ...], int] = {}
    faults = []
    for row, cells in people:
        told = numbers or (range(len(cells)) if others else ())
        key = tuple(cells[at].strip() if at < len(cells) else "" for at in told)
        if any(key) and key in first:
            message = msg("row {row} is the same person as row {first}", row=row, first=first[key])
            faults.append(Fault(row, 0, message, msg("keep one of the two")))
        first.setdefault(key, row)
    return faults


def _side_of(
    cells: list[str], side: int | None, perspective: Perspective | None
) -> tuple[Perspective | None, tuple[Message, Message] | None]:
    """From which side a person answered, and what is wrong with how that is said."""
    if side is None or perspective:
        return perspective, None
    word = cells[side].strip() if side < len(cells) else ""
    found = meant(word, PERSPECTIVES) or next(
        (each for each in PERSPECTIVES if word.casefold() in _DUTCH.get(each, ())), None
    )
    if found:
        return found, None
    wrong = msg("{value} is not a side", value=word or "''")
    return None, (wrong, did_you_mean(word, PERSPECTIVES, one_of(PERSPECTIVES)))


_DUTCH: dict[Perspective, tuple[str, ...]] = {
    "giving": ("gevend", "gevende organisatie", "gevende"),
    "receiving": ("ontvangend", "ontvangende organisatie", "ontvangende"),
    "both": ("beide", "gevende en ontvangende samen"),
    "third": ("derde", "derden", "derde partij"),
}


def _no_answer(cell: str, item: Construct, scale: Scale | None) -> tuple[Message, Message]:
    values = [value.id for value in scale.values] if scale else []
    shown = cell if len(cell) <= 40 else f"{cell[:39]}…"
    return msg("{value} is not an answer on {item}", value=shown, item=item.id), one_of(values)


def _group(
    whose: Perspective | None, given: list[dict[str, str]], instrument: Framework, smallest: int
) -> SideAnswers:
    counts: dict[str, dict[str, int]] = {}
    kept_back = []
    for item in instrument.items:
        answers = Counter(each[item.id] for each in given if item.id in each)
        if 0 < answers.total() < smallest and len(given) >= smallest:
            kept_back.append(item.id)
        elif answers and len(given) >= smallest:
            scale = instrument.scale_of(item)
            values = [value.id for value in scale.values] if scale else []
            counts[item.id] = {value: answers[value] for value in values if answers[value]}
    return SideAnswers(whose, len(given), counts, tuple(kept_back))


def side_in_words(perspective: Perspective | None) -> Message:
    """A side in words, for what is said of a group."""
    return msg(label(perspective)) if perspective else msg("no side named")
