"""Words that people type, as the format writes them: another word for a value, an id in another case.

A word that fii does not recognise is kept, so that the check of the format says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from fii_cli.analysis.advice import barrier_named
from fii_cli.diagnostics import Refused
from fii_cli.handbook import Handbook
from fii_cli.rules import BY_CODE
from fii_cli.suggest import known_as
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REFERS_TO, Record
from fii_cli.trajectory.dates import parse_date, parse_when
from fii_cli.trajectory.follow_up import Accepted, Action, Assessment
from fii_cli.trajectory.innoveren import Adaptation
from fii_cli.trajectory.places import closed_values, is_date, is_list, is_period, separate
from fii_cli.words import NONE, STOPLICHT, meant


@dataclass(frozen=True, slots=True)
class Known:
    """What words can name: the ids of a trajectory, and those of the handbook."""

    trajectory: Trajectory
    handbook: Handbook

    @property
    def own_ids(self) -> Iterator[str]:
        """The ids of the people, the organisations and the team's own items."""
        told = self.trajectory
        yield from (each.id for each in told.people)
        yield from (each.id for each in told.organisations)
        yield from (each.id for each in told.checklist)


def as_written(record: type[Record], key: str, text: str, known: Known) -> str:
    """The value of a key as the format writes it, for what was typed.

    Empty for a word that means none, unless the key can hold any text.
    """
    info = record.model_fields[key]
    annotation: Any = info.annotation
    extra = info.json_schema_extra
    refers = str(extra.get(REFERS_TO, "")) if isinstance(extra, dict) else ""
    read = _reader(record, key, annotation, refers, known)
    if read is None:
        return text
    parts = separate(text) if is_list(annotation) else [text.strip()]
    return ", ".join(filter(None, (_one(part, read) for part in parts)))


def _one(word: str, read: Callable[[str], str | None]) -> str:
    found = read(word)
    if found is not None:
        return found
    return "" if word.lower() in NONE else word


def _reader(
    record: type[Record], key: str, annotation: Any, refers: str, known: Known
) -> Callable[[str], str | None] | None:
    """What reads a word for a key; ``None`` if the key can hold any text."""
    if closed := closed_values(annotation):
        return lambda word: meant(word, closed)
    if refers == "person":
        return lambda word: known_as(word, (each.id for each in known.trajectory.people))
    if refers == "organisation":
        return lambda word: known_as(word, (each.id for each in known.trajectory.organisations))
    if is_period(annotation):
        return lambda word: word if parse_when(word) else None
    if is_date(annotation):
        return lambda word: word if parse_date(word) else None
    return {
        (Action, "answers"): lambda word: _place(word, known),
        (Action, "strategy"): lambda word: known_as(word, known.handbook.strategy_phases),
        (Accepted, "rule"): lambda word: known_as(word, BY_CODE),
        (Accepted, "about"): lambda word: known_as(word, known.own_ids) or _item(word, known),
        (Assessment, "instrument"): lambda word: known_as(word, known.handbook.instrument_ids),
        (Adaptation, "ingredients"): lambda word: known_as(word, _ingredients(known.trajectory)),
    }.get((record, key))


def _ingredients(trajectory: Trajectory) -> list[str]:
    method = trajectory.innoveren.method if trajectory.innoveren else None
    return [each.id for each in method.active_ingredients] if method else []


def _place(word: str, known: Known) -> str | None:
    """The barrier ``instrument/item`` for a word, which may be the item alone."""
    try:
        return barrier_named(word, known.handbook, known.trajectory)
    except Refused:
        return None


def _item(word: str, known: Known) -> str | None:
    """The item of the stoplicht for a word, which may also name the instrument."""
    place = _place(word, known)
    instrument, _, item = (place or "").partition("/")
    return item if instrument == STOPLICHT else None
