"""The name of a barrier, which is that of a construct or the question of a light, and of a strategy."""

from __future__ import annotations

from fii_cli.handbook import Handbook
from fii_cli.language import Language


def named(place: str, handbook: Handbook, say: Language) -> str:
    """The place and name of a barrier; only the place if it is unknown."""
    return f"{place} {name_of(place, handbook, say)}".rstrip()


def name_of(place: str, handbook: Handbook, say: Language) -> str:
    """The name of a construct or an item, or the question of a light; empty if the place is unknown."""
    instrument, _, id_ = place.partition("/")
    if instrument not in handbook.instrument_ids:
        return ""
    if retired := handbook.retired.items(instrument).get(id_):
        return say("{name} (retired)", name=say.pick(retired.name))
    constructs = handbook.instrument(instrument).constructs
    return next((say.pick(each.name) for each in constructs if each.id == id_), "")


def short_name_of(place: str, handbook: Handbook, say: Language) -> str:
    """The short name of an item, or its name if it has none; empty if the place is unknown."""
    instrument, _, id_ = place.partition("/")
    short = handbook.names.short(instrument, id_) if instrument in handbook.instrument_ids else None
    return say.pick(short) if short else name_of(place, handbook, say)


def strategy_name(id_: str, handbook: Handbook, say: Language) -> str:
    """The name of a strategy; empty if it is unknown."""
    if retired := handbook.retired.strategies.get(id_):
        return say("{name} (retired)", name=say.pick(retired.name))
    strategy = handbook.catalogue.strategies.get(id_)
    return say.pick(strategy.name) if strategy else ""
