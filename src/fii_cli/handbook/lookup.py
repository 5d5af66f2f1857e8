"""Look up a light, a phase, a subphase or a rating by a word."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.diagnostics import Refused
from fii_cli.handbook.models import Scale
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.language import msg
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.words import LIGHTS, PHASES, SUBPHASES, Light, Phase, Subphase, meant

_SHORT: dict[str, Light] = {
    "g": "groen",
    "o": "oranje",
    "r": "rood",
    "?": "onbekend",
    "n": "nvt",
    "n/a": "nvt",
}


def light_for(word: str) -> Light | None:
    """The light for a word: in Dutch, in English, or by its first letter; ``None`` if there is none."""
    return _SHORT.get(word.strip().lower()) or meant(word, LIGHTS)


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
    """The rating for the id or name of a value; a light if ``scale`` is ``None``."""
    if scale is None:
        return light_for(word)
    word = word.strip().lower().removeprefix("+")
    for value in scale.values:
        if word in (value.id.lower(), value.name.nl, value.name.en):
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
