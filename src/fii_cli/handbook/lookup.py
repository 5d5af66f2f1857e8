"""Look up a light, a phase, a subphase or a rating by a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fii_cli.diagnostics import Refused
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.language import msg
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.words import LIGHTS, PHASES, SUBPHASES, Light, Phase, Subphase, meant

if TYPE_CHECKING:
    from fii_cli.handbook.models import Scale


def light_for(word: str) -> Light | None:
    """The light for a word: in Dutch, in English, or by its first letter; ``None`` if there is none."""
    return meant(word, LIGHTS)


def phase_for(word: str) -> Phase:
    """The phase for a name in either language, or a number. Raises :class:`Refused` if it is unknown."""
    numbered = {str(number): phase for number, phase in enumerate(PHASES, 1)}
    phase = numbered.get(word.strip()) or meant(word, PHASES)
    if phase is None:
        raise Refused(msg("unknown phase {word}", word=word), did_you_mean(word, PHASES, one_of(PHASES)))
    return phase


def subphase_for(word: str) -> Subphase:
    """The subphase with an id. Raises :class:`Refused` if it is unknown."""
    found = meant(word, SUBPHASES)
    if found is None:
        raise Refused(msg("unknown subphase {word}", word=word), one_of(SUBPHASES))
    return found


def rating_for(word: str, scale: Scale | None) -> str | None:
    """The rating for a word: the id of a value, its name in either language, or both, as in ``4 - agree``.

    A light if ``scale`` is ``None``. A number may be written as a spreadsheet does: ``4.0``.
    """
    if scale is None:
        return light_for(word)
    word = " ".join(word.split()).casefold().rstrip(".")
    if number := _WHOLE.fullmatch(word):
        word = number[1]
    for value in scale.values:
        id_ = value.id.casefold()
        names = {value.name.nl.casefold(), value.name.en.casefold()}
        if word.removeprefix("+") == id_ or word in names or _after_id(word, id_) in names:
            return value.id
    return None


def is_answer(rating: str, scale: Scale | None) -> bool:
    """Whether a rating on a scale answers the question; ``scale`` is ``None`` for a light."""
    if scale is None:
        return rating != NO_LIGHT
    return not any(value.no_answer for value in scale.values if value.id == rating)


def refused_as_retired(id_: str, became: Sequence[str]) -> Refused:
    """The refusal to use something that was retired, with what to use instead."""
    why = msg("fii explain {id} says why", id=id_)
    use = msg("use {ids} instead; fii explain {id} says why", ids=", ".join(became), id=id_)
    return Refused(msg("{id} was retired", id=id_), use if became else why)


def _after_id(word: str, id_: str) -> str:
    """The text after an id and a punctuation mark: ``mee eens`` in ``4 - mee eens``."""
    for start in (id_, f"+{id_}"):
        rest = word.removeprefix(start).lstrip() if word.startswith(start) else ""
        if rest and rest[0] in _MARKS:
            return rest[1:].strip()
    return ""


_WHOLE = re.compile(r"([+-]?[0-9]+)[.,]0+")
_MARKS = ".:=)–-"
_LONGEST_NAME = 12
"""No value has a name of more words."""


def rating_and_rest(answer: str, scale: Scale | None) -> tuple[str, str] | None:
    """The rating that an answer begins with, and the text after it; ``None`` if it begins with none.

    The longest name wins: ``not applicable`` is a rating, and ``red: no time`` is one with a note.
    """
    words = answer.split()
    for taken in range(min(len(words), _LONGEST_NAME), 0, -1):
        rating = rating_for(" ".join(words[:taken]).rstrip(":,"), scale)
        if rating is not None:
            return rating, " ".join(words[taken:])
    return None
