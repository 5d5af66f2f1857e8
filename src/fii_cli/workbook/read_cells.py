"""The value that the text of a cell means, if it fits the format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fii_cli.analysis.advice import barrier_named
from fii_cli.diagnostics import Refused
from fii_cli.handbook import Handbook
from fii_cli.handbook.lookup import rating_for
from fii_cli.handbook.models import Scale
from fii_cli.language import Language, labelled, msg
from fii_cli.rules.format import why_unfit
from fii_cli.suggest import did_you_mean, known_as, one_of
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.dates import Date, parse_date, parse_when
from fii_cli.trajectory.places import is_period, separate, value_for
from fii_cli.words import LIGHTS, SIGNS, STOPLICHT, label, meant
from fii_cli.workbook.cells import Unread
from fii_cli.workbook.model import Column
from fii_cli.workbook.tables import Table


@dataclass(frozen=True, slots=True)
class Values:
    """Reads cells, by the ids of a trajectory and those of the handbook."""

    trajectory: Trajectory
    handbook: Handbook

    def known(self, table: Table, column: Column, text: str) -> Any:
        """The value of a cell as it went out; the text itself if its words are no longer known."""
        if column.key == "within":
            return chosen(column, text) or text
        try:
            return self.new(table, column, text)
        except Unread:
            return text

    def new(self, table: Table, column: Column, text: str) -> Any:
        """The value of a cell; ``None`` if it is empty. Raises :class:`Unread` if it is invalid."""
        if column.key == "within":
            return self._choice(column, text)
        record, name = table.field_of(column.key)
        return self.new_in(record, name, column, text)

    def new_in(self, record: type[Record], name: str, column: Column, text: str) -> Any:
        """The value of a key of a record."""
        if column.kind == "places":
            return tuple(self._place(word) for word in separate(_BETWEEN.sub(",", text)))
        if not text:
            return None
        if column.kind == "choice":
            return self._choice(column, text)
        if column.kind == "date":
            takes_period = is_period(record.model_fields[name].annotation)
            day = parse_when(text) if takes_period else parse_date(text)
            if day is None:
                raise Unread(msg("invalid date {written}", written=text), msg("write it as 2025-03-12"))
            return day
        value = value_for(record.model_fields[name].annotation, text)
        if found := why_unfit(record, name, value):
            raise Unread(found.message, found.hint or found.message)
        if column.kind == "number":
            return float(text) if name == "value" else int(float(text))
        return text

    def _choice(self, column: Column, text: str) -> str:
        value = chosen(column, text)
        if value is None:
            words = [choice.word for choice in column.choices]
            wrong = msg("invalid value {value} for {option}", value=text, option=column.head)
            raise Unread(wrong, did_you_mean(text, words, one_of(words)))
        return value

    def _place(self, word: str) -> str:
        if word in (place for action in self.trajectory.actions for place in action.answers):
            return word
        try:
            return barrier_named(word, self.handbook, self.trajectory)
        except Refused as wrong:
            raise Unread(wrong.message, wrong.hint or wrong.message) from None


_BETWEEN = re.compile(r"[;\n]")
"""What people also type between the items of a list."""
_AROUND = " .!,;:*'\"“”‘’"
"""What people type around an answer, and says nothing; a question mark says that they doubt."""
_COLOURED = {"🟢": "groen", "🟠": "oranje", "🔴": "rood"}


def bare(text: str) -> str:
    """An answer without what says nothing around it."""
    return " ".join(text.split()).strip(_AROUND)


def chosen(column: Column, text: str) -> str | None:
    """The value of a choice for its word, in any case, or for the value itself, without what is around it."""
    found = _chosen(column, text)
    return found if found is not None or bare(text) in ("", text) else _chosen(column, bare(text))


def _chosen(column: Column, text: str) -> str | None:
    plain = " ".join(text.split()).casefold()
    for choice in column.choices:
        if choice.word.casefold() == plain:
            return choice.value
    values = [choice.value for choice in column.choices]
    return known_as(text, values) or meant(text, values)


def not_after(day: Date, today: date) -> None:
    """Raises :class:`Unread` for a date in the future, of something that has happened."""
    if day.after(today):
        hint = msg("this is about what has happened; what is planned is an action or a task")
        raise Unread(msg("{date} is in the future", date=day.text), hint)


def rating_in_cell(text: str, instrument: str, item: str, handbook: Handbook, say: Language) -> str:
    """The rating in a cell. Raises :class:`Unread` if it is missing, or not on the scale of the item."""
    if not text:
        raise Unread(msg("a note requires a rating"), msg("choose a rating in this row"))
    scale = handbook.scale_for(instrument, item)
    if scale is None or instrument == STOPLICHT:
        words = [say(label(light)) for light in LIGHTS]
        value = _light(text, say) or _light(bare(text), say)
    else:
        words = [labelled(each.id, say.pick(each.name)) for each in scale.values]
        value = _rated(text, scale, words) or _rated(bare(text), scale, words)
    if value is None:
        raise Unread(msg("invalid rating {value} for {item}", value=text, item=item), one_of(words))
    return value


def _light(text: str, say: Language) -> str | None:
    """The light for a word, its sign, or both if they say the same."""
    signs = {**_COLOURED, **{sign: light for light, sign in SIGNS.items() if sign != SIGNS["nvt"]}}
    shown = {signs[sign] for sign in text if sign in signs}
    word = "".join(" " if each in signs else each for each in text).strip(_AROUND)
    word = (word.strip("–" + _AROUND) or word).replace(".", "")
    found = rating_for(word, None) if word else None
    if found is None:
        found = next((light for light in LIGHTS if say(label(light)).casefold() == word.casefold()), None)
    if word and found is None:
        return None
    meant = shown | ({found} if found else set())
    return meant.pop() if len(meant) == 1 else None


def _rated(text: str, scale: Scale, words: Sequence[str]) -> str | None:
    value = rating_for(text, scale)
    plain = " ".join(text.split()).casefold()
    named = (each.id for each, word in zip(scale.values, words, strict=True) if word.casefold() == plain)
    return value or next(named, None)
