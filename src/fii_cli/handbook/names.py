"""The name of a barrier: the name of a construct, or the question of a light."""

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
    constructs = handbook.instrument(instrument).constructs
    return next((say.pick(each.name) for each in constructs if each.id == id_), "")
