"""An assessment: which items to ask, what an answer means, and the record it becomes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fii_cli.diagnostics import Refused
from fii_cli.handbook.models import Framework, Scale, Text
from fii_cli.language import Bilingual, msg
from fii_cli.rules.base import did_you_mean, one_of
from fii_cli.standing import ItemStanding, RatedBy, Standing, rating_in
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import LOOK_AGAIN_DAYS
from fii_cli.trajectory.following import Assessment
from fii_cli.words import LIGHTS, PHASES, SUBPHASES, Light, Phase, Subphase, meant
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

    rating: str
    note: str = ""
    evidence: str = ""

    @property
    def written(self) -> Value:
        """The rating as the file holds it: short where there is nothing but a value."""
        rating: Value = int(self.rating) if re.fullmatch("-?[0-9]", self.rating) else self.rating
        if not self.note and not self.evidence:
            return rating
        full: dict[str, Value] = {"value": rating, "note": self.note, "evidence": self.evidence}
        return {key: each for key, each in full.items() if each != ""}


@dataclass(frozen=True, slots=True)
class Assessed:
    """Who rated which items of an instrument, from which side, about which organisation, and when."""

    instrument: str
    date: str
    ratings: Mapping[str, Rated]
    by: str = ""
    perspective: str = ""
    about: str = ""

    @property
    def written(self) -> dict[str, Value]:
        """The assessment as the file holds it."""
        head = {"by": self.by, "perspective": self.perspective, "about": self.about}
        return {
            "instrument": self.instrument,
            "date": self.date,
            **{key: text for key, text in head.items() if text},
            "ratings": {item: rated.written for item, rated in self.ratings.items()},
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """An item to ask: in which group it stands, what is asked, and how it was rated before.

    Without a ``scale`` it is a light.
    """

    group: str
    group_name: Bilingual
    id: str
    question: Bilingual
    required: bool
    ratings: tuple[RatedBy, ...]
    scale: Scale | None = None


def light_for(word: str) -> Light | None:
    """The light that a word means: in Dutch, in English, or by its first letter."""
    return _SHORT.get(word.strip().lower()) or meant(word, LIGHTS)


def phase_for(word: str) -> Phase:
    """The phase that a word means: its name in either language, or its number."""
    numbered = {str(number): phase for number, phase in enumerate(PHASES, 1)}
    phase = numbered.get(word.strip()) or meant(word, PHASES)
    if phase is None:
        raise Refused(msg("there is no phase {word}", word=word), did_you_mean(word, PHASES, one_of(PHASES)))
    return phase


def subphase_for(word: str) -> Subphase:
    """The subphase with an id."""
    found = meant(word, SUBPHASES)
    if found is None:
        raise Refused(msg("there is no subphase {word}", word=word), one_of(SUBPHASES))
    return found


def rating_for(word: str, scale: Scale | None) -> str | None:
    """The rating that a word means: a value by its id or its name; a light where there is no scale."""
    if scale is None:
        return light_for(word)
    word = word.strip().lower().removeprefix("+")
    for value in scale.values:
        if word in (value.id.lower(), value.name.nl, value.name.en):
            return value.id
    return None


def known_id(id_: str, known: Collection[str]) -> str:
    """The id of an item, where there is such an item."""
    if id_ not in known:
        otherwise = msg("fii guide shows the items")
        raise Refused(msg("there is no item {word}", word=id_), did_you_mean(id_, list(known), otherwise))
    return id_


def items_to_ask(
    standing: Standing,
    phase: Phase | None,
    subphases: Collection[Subphase],
    ids: Collection[str],
    *,
    due: bool,
) -> Iterator[Asked]:
    """The items that were asked for, else those of the phase, else of the open phase, in their own order.

    With ``due`` only what is red, orange or unknown, or was last looked at more than two weeks ago.
    """
    for id_ in ids:
        known_id(id_, [item.id for each in standing.phases for item in each.items])
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
                    content = subphase.content
                    yield Asked(content.id, content.name, item.id, item, item.required, item.ratings)


def instrument_items(
    trajectory: Trajectory, instrument: Framework, group: str | None, ids: Collection[str], today: date
) -> Iterator[Asked]:
    """The items of an instrument, or those of one group, or those that were asked for."""
    known = [item.id for item in instrument.items]
    groups = [each.id for each in instrument.groups]
    for id_ in ids:
        known_id(id_, known)
    if group is not None and group not in groups:
        wrong = msg("{instrument} has no group {word}", instrument=instrument.id, word=group)
        raise Refused(wrong, did_you_mean(group, groups, one_of(groups)))
    rated = ratings_on(trajectory, instrument.id, today)
    for each in instrument.groups:
        for item in each.items:
            if (item.id in ids) if ids else group in (None, each.id):
                said = item.statement or item.meaning
                question = Text(nl=f"{item.name.nl}: {said.nl}", en=f"{item.name.en}: {said.en}")
                ratings = rated.get(item.id, ())
                scale = instrument.scale_of(item)
                yield Asked(each.id, each.name, item.id, question, False, ratings, scale)


def ratings_on(trajectory: Trajectory, instrument: str, today: date) -> dict[str, tuple[RatedBy, ...]]:
    """How each item of an instrument was last rated, from each side and about each organisation."""
    found: dict[str, tuple[RatedBy, ...]] = {}
    for (rated_on, item), sides in trajectory.rated.items():
        if rated_on == instrument:
            known = ([a for _, a in made if a.date.counts(None, today)] for made in sides.values())
            found[item] = tuple(rating_in(made[-1], item) for made in known if made)
    return {item: ratings for item, ratings in found.items() if ratings}


def counted_on(
    trajectory: Trajectory, instrument: str, today: date
) -> dict[str, tuple[tuple[Assessment, Mapping[str, int]], ...]]:
    """How many gave each answer on each item of an instrument, the last time from each side."""
    found: dict[str, tuple[tuple[Assessment, Mapping[str, int]], ...]] = {}
    for (rated_on, item), sides in trajectory.counted.items():
        if rated_on == instrument:
            known = ([a for _, a in made if a.date.counts(None, today)] for made in sides.values())
            found[item] = tuple((made[-1], made[-1].counts[item]) for made in known if made)
    return {item: counted for item, counted in found.items() if counted}


def is_due(item: ItemStanding, today: date) -> bool:
    """Whether the core team should look at an item now."""
    if item.light == "nvt":
        return False
    old = any(rating.date.days_before(today) > LOOK_AGAIN_DAYS for rating in item.ratings)
    return item.light != "groen" or old


def before(item: Asked, perspective: str, about: str) -> RatedBy | None:
    """How an item was last rated from a side, about an organisation."""
    sides = ((rating, (rating.perspective or "", rating.about or "")) for rating in item.ratings)
    return next((rating for rating, side in sides if side == (perspective, about)), None)
