"""The items of a rating round, with their earlier ratings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fii_cli.analysis.last_ratings import ratings_on
from fii_cli.analysis.lights import changed_light
from fii_cli.analysis.standing import ItemStanding, RatedBy, Standing
from fii_cli.diagnostics import Refused
from fii_cli.handbook import Handbook
from fii_cli.handbook.lookup import refused_as_retired
from fii_cli.handbook.models import Framework, Scale, Text
from fii_cli.language import N_, Bilingual, msg
from fii_cli.suggest import did_you_mean, known_as, one_of
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import LOOK_AGAIN_DAYS
from fii_cli.words import STOPLICHT, Phase, Subphase


@dataclass(frozen=True, slots=True)
class ItemToRate:
    """An item to rate: its group, its question, and its earlier ratings.

    Without a ``scale`` it is a light.
    """

    group: str
    group_name: Bilingual
    id: str
    question: Bilingual
    required: bool
    ratings: tuple[RatedBy, ...]
    scale: Scale | None = None


def item_named(word: str, known: Collection[str], instrument: str) -> str | None:
    """The known item of an instrument for a word, which may name the instrument too: ``cfir/III.D.2``."""
    return known_as(_without_instrument(word, instrument), known)


def _without_instrument(word: str, instrument: str) -> str:
    named, slash, item = word.partition("/")
    return item if slash and named.strip().lower() == instrument else word


def known_id(word: str, known: Collection[str], handbook: Handbook, instrument: str) -> str:
    """The id of an item of an instrument, which the word may name too.

    Raises :class:`Refused` if it is unknown, or was retired.
    """
    id_ = item_named(word, known, instrument)
    if id_ is None:
        item = _without_instrument(word, instrument)
        if retired := handbook.retired.items(instrument).get(item):
            became = handbook.retired.current(retired.id)
            raise refused_as_retired(item, [place.removeprefix(f"{instrument}/") for place in became])
        otherwise = msg("fii guide shows the items")
        raise Refused(msg("unknown item {word}", word=word), did_you_mean(word, list(known), otherwise))
    return id_


def items_to_ask(
    standing: Standing,
    phase: Phase | None,
    subphases: Collection[Subphase],
    ids: Collection[str],
    *,
    due: bool,
    handbook: Handbook,
) -> Iterator[ItemToRate]:
    """The requested items, or else those of the phase, or else of the open phase, in their own order.

    With ``due``, only those that are red, orange or unknown, or last rated more than two weeks ago. Raises
    :class:`Refused` if an item is unknown, or if nothing is requested and no phase is open.
    """
    known = [item.id for each in standing.phases for item in each.items]
    ids = [known_id(id_, known, handbook, STOPLICHT) for id_ in ids]
    if not (phase or subphases or ids):
        if standing.here is None:
            raise Refused(
                msg("no phase is open"), msg("name one with --phase, or enter one with fii advance")
            )
        phase = standing.here.content.id
    for each in standing.phases:
        for subphase in each.subphases:
            for item in subphase.items:
                asked_for = item.id in ids or subphase.content.id in subphases
                wanted = asked_for or each.content.id == phase
                if wanted and (not due or is_due(item, standing.today)):
                    content = subphase.content
                    yield ItemToRate(content.id, content.name, item.id, item, item.required, item.ratings)


def instrument_items(
    trajectory: Trajectory,
    instrument: Framework,
    group: str | None,
    ids: Collection[str],
    today: date,
    handbook: Handbook,
) -> Iterator[ItemToRate]:
    """The requested items of an instrument, or else those of one group, or else all of them."""
    known = [item.id for item in instrument.rateable]
    domains = {each.id: each for each in instrument.domains if each.id in ids}
    groups = [each.id for each in instrument.groups]
    ids = [known_id(id_, known, handbook, instrument.id) for id_ in ids]
    if group is not None and known_as(group, groups) is None:
        wrong = msg("{instrument} has no group {word}", instrument=instrument.id, word=group)
        raise Refused(wrong, did_you_mean(group, groups, one_of(groups)))
    group = group and known_as(group, groups)
    rated = ratings_on(trajectory, instrument.id, handbook, today)
    for each in instrument.groups:
        whole = [domains[each.id]] if each.id in domains else []
        for item in (*whole, *each.items):
            wanted = item.id in ids if ids else group in (None, each.id)
            if wanted:
                said = item.statement or item.meaning
                question = Text(nl=f"{item.name.nl}: {said.nl}", en=f"{item.name.en}: {said.en}")
                ratings = rated.get(item.id, ())
                scale = instrument.scale_of(item)
                yield ItemToRate(each.id, each.name, item.id, question, False, ratings, scale)


def is_due(item: ItemStanding, today: date) -> bool:
    """Whether the core team should review an item now."""
    if item.light == "nvt":
        return False
    old = any(rating.date.days_before(today) > LOOK_AGAIN_DAYS for rating in item.ratings)
    return item.light != "groen" or old


Turn = Literal["red", "changed", "old", "other"]
TURNS: dict[Turn, str] = {
    "red": N_("Red"),
    "changed": N_("Changed last time"),
    "old": N_("Not rated in the last two weeks"),
    "other": N_("The other items"),
}
"""Why an item has its turn in a round of ten minutes, in the order of the turns."""


def in_turn(asked: Iterable[ItemToRate], standing: Standing) -> list[tuple[Turn, ItemToRate]]:
    """Lights in the order in which to discuss them: red, changed, old, and the others.

    A round may be stopped at any moment. What is red needs a decision, what changed is news, and what nobody
    looked at for long may have changed unseen; the others can wait for the next round. An item is old too if
    it was never rated. In each turn, the items keep the order of the guide.
    """
    turns = list(TURNS)
    sorted_by_turn = ((_turn(item, standing), item) for item in asked)
    return sorted(sorted_by_turn, key=lambda each: turns.index(each[0]))


def _turn(item: ItemToRate, standing: Standing) -> Turn:
    lights = {rating.value for rating in item.ratings}
    if "rood" in lights:
        return "red"
    if changed_light(standing.trajectory, item.id, standing.today):
        return "changed"
    if lights and lights <= {"nvt"}:
        return "other"
    old = (rating.date.days_before(standing.today) > LOOK_AGAIN_DAYS for rating in item.ratings)
    return "old" if not lights or any(old) else "other"


def before(item: ItemToRate, perspective: str, about: str) -> RatedBy | None:
    """The latest rating of an item from a side, about an organisation."""
    for rating in item.ratings:
        if (rating.perspective or "", rating.about or "") == (perspective, about):
            return rating
    return None
