"""What the ratings of an item mean, from the plain data of its scale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Meanings(NamedTuple):
    """The valid ratings of an item, and what each one means.

    Ratings by which the item ``hinders`` or ``helps`` come with 2 for strongly and 1 for in part.
    ``no_answers`` are those that say that it was not rated.
    """

    scale: tuple[str, ...]
    hinders: Mapping[str, int]
    helps: Mapping[str, int]
    no_answers: frozenset[str]


NO_MEANINGS = Meanings((), {}, {}, frozenset())
"""Of an item that an instrument does not have."""


def meanings_of(scale: Mapping[str, Any]) -> Meanings:
    """The meanings of the values of a scale, from its plain data."""
    values = {value["id"]: value for value in scale["values"]}
    hinders = {id_: int(value.get("hinders", 0)) for id_, value in values.items()}
    helps = {id_: int(value.get("helps", 0)) for id_, value in values.items()}
    return Meanings(
        tuple(values),
        {id_: strength for id_, strength in hinders.items() if strength},
        {id_: strength for id_, strength in helps.items() if strength},
        frozenset(id_ for id_, value in values.items() if is_set(value.get("no_answer"))),
    )


def turned(meanings: Meanings) -> Meanings:
    """The meanings for a reversed item, for which a high answer hinders."""
    return meanings._replace(hinders=meanings.helps, helps=meanings.hinders)


def is_set(written: object) -> bool:
    """Whether a key of plain data is set: content has the text, an own instrument the value."""
    return written in (True, "true")
