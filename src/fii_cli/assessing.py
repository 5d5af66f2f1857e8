"""An assessment with the stoplicht: which items to ask, what an answer means, and the record it becomes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fii_cli.diagnostics import Refused
from fii_cli.handbook import STOPLICHT
from fii_cli.language import msg
from fii_cli.rules.base import did_you_mean, one_of
from fii_cli.standing import ItemStanding, RatedBy, Standing, SubphaseStanding
from fii_cli.trajectory.dates import LOOK_AGAIN_DAYS
from fii_cli.words import LABELS, LIGHTS, PHASES, SUBPHASES, Light, Phase, Subphase
from fii_cli.writing import Value

_SHORT: dict[str, Light] = {
    "g": "groen",
    "o": "oranje",
    "r": "rood",
    "?": "onbekend",
    "n": "nvt",
    "n/a": "nvt",
}


@dataclass(frozen=True, slots=True)
class Rated:
    """One item as it is rated now."""

    light: Light
    note: str = ""
    evidence: str = ""

    @property
    def value(self) -> Value:
        """The rating as the file holds it: short where there is nothing but a light."""
        if not self.note and not self.evidence:
            return self.light
        full = {"value": self.light, "note": self.note, "evidence": self.evidence}
        return {key: text for key, text in full.items() if text}


@dataclass(frozen=True, slots=True)
class Assessed:
    """Who rated which items, from which side, about which organisation, and when."""

    date: str
    ratings: Mapping[str, Rated]
    by: str = ""
    perspective: str = ""
    about: str = ""

    @property
    def value(self) -> dict[str, Value]:
        head = {"by": self.by, "perspective": self.perspective, "about": self.about}
        return {
            "instrument": STOPLICHT,
            "date": self.date,
            **{key: text for key, text in head.items() if text},
            "ratings": {item: rated.value for item, rated in self.ratings.items()},
        }


def light_for(word: str) -> Light | None:
    """The light that a word means: in Dutch, in English, or by its first letter."""
    word = word.strip().lower()
    if word in _SHORT:
        return _SHORT[word]
    return next((light for light in LIGHTS if word in (light, LABELS.get(light))), None)


def phase_for(word: str) -> Phase:
    """The phase that a word means: its name in either language, or its number."""
    word = word.strip().lower()
    for number, phase in enumerate(PHASES, 1):
        if word in (phase, str(number), LABELS[phase]):
            return phase
    raise Refused(msg("there is no phase {word}", word=word), did_you_mean(word, PHASES, one_of(PHASES)))


def subphase_for(word: str) -> Subphase:
    """The subphase with an id."""
    found = next((each for each in SUBPHASES if each == word.strip().lower()), None)
    if found is None:
        raise Refused(msg("there is no subphase {word}", word=word), one_of(SUBPHASES))
    return found


def known_item(standing: Standing, id_: str) -> ItemStanding:
    """The item with an id, of the handbook or of the team's own."""
    items = {item.id: item for phase in standing.phases for item in phase.items}
    if id_ not in items:
        otherwise = msg("fii guide shows the items of a subphase")
        raise Refused(msg("there is no item {word}", word=id_), did_you_mean(id_, list(items), otherwise))
    return items[id_]


def items_to_ask(
    standing: Standing,
    phase: Phase | None,
    subphases: Collection[Subphase],
    ids: Collection[str],
    *,
    due: bool,
) -> Iterator[tuple[SubphaseStanding, ItemStanding]]:
    """The items that were asked for, else those of the phase, else of the open phase, in their own order.

    With ``due`` only what is red, orange or unknown, or was last looked at more than two weeks ago.
    """
    for id_ in ids:
        known_item(standing, id_)
    if not (phase or subphases or ids):
        if standing.here is None:
            raise Refused(
                msg("no phase is open"), msg("name one with --phase, or enter one with fii advance")
            )
        phase = standing.here.content.id
    for each in standing.phases:
        for subphase in each.subphases:
            for item in subphase.items:
                wanted = item.id in ids or subphase.content.id in subphases
                if (wanted or each.content.id == phase) and (not due or is_due(item, standing.today)):
                    yield subphase, item


def is_due(item: ItemStanding, today: date) -> bool:
    """Whether the core team should look at an item now."""
    if item.light == "nvt":
        return False
    old = any(rating.date.days_before(today) > LOOK_AGAIN_DAYS for rating in item.ratings)
    return item.light != "groen" or old


def before(item: ItemStanding, perspective: str) -> RatedBy | None:
    """How an item was last rated from a side."""
    return next((rating for rating in item.ratings if (rating.perspective or "") == perspective), None)
