"""The pages of what was retired: the reason, and what it became."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.guide.page import Block, GuidePage, told
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import cite
from fii_cli.handbook.models import Source
from fii_cli.handbook.names import named, strategy_name
from fii_cli.handbook.retired import Retired
from fii_cli.language import Language, labelled
from fii_cli.words import STOPLICHT


def all_retired(handbook: Handbook) -> Iterator[Retired]:
    """Every retired item, instrument and strategy."""
    for instrument in handbook.instrument_ids:
        yield from handbook.retired.items(instrument).values()
        if whole := handbook.retired.instrument(instrument):
            yield whole
    yield from handbook.retired.strategies.values()


def retired_term(retired: Retired) -> str:
    """The term of the page of what was retired."""
    return retired.id.removeprefix(f"{STOPLICHT}/")


def retired_page(retired: Retired, handbook: Handbook, say: Language) -> GuidePage:
    """What was retired, why, and what to use instead."""
    blocks = [
        Block(say("Retired"), (say.pick(retired.reason),)),
        Block(say("Became"), _became(retired, handbook, say) or (say("nothing"),), True),
        Block("", (say("It is no longer asked. What was written about it stays valid."),)),
    ]
    term, source = retired_term(retired), cite(_source(retired, handbook), handbook, say)
    return GuidePage(term, labelled(term, say.pick(retired.name)), told(blocks), source)


def retired_block(instrument: str, handbook: Handbook, say: Language, start: str = "") -> Block:
    """The retired items of an instrument whose ids begin with ``start``, each with what it became."""
    lines = []
    for id_, item in handbook.retired.items(instrument).items():
        if id_.startswith(start):
            became = ", ".join(handbook.retired.current(item.id)) or say("no other item")
            words = f"{labelled(id_, say.pick(item.name))} – {say.pick(item.reason)}"
            lines.append(f"{words} ({say('became {ids}', ids=became)})")
    return Block(say("Retired"), tuple(lines), True)


def _became(retired: Retired, handbook: Handbook, say: Language) -> tuple[str, ...]:
    """The successors of an item, a strategy or an instrument, with their names."""
    book = handbook.retired
    if "/" in retired.id:
        return tuple(named(place, handbook, say) for place in book.current(retired.id))
    if retired.id in book.strategies:
        return tuple(
            f"{id_} {strategy_name(id_, handbook, say)}" for id_ in book.current_strategy(retired.id)
        )
    ids = book.current_instrument(retired.id)
    return tuple(f"{id_} {say.pick(handbook.instrument(id_).name)}" for id_ in ids)


def _source(retired: Retired, handbook: Handbook) -> Source:
    """The source of a strategy, or of the instrument."""
    strategy = handbook.catalogue.retired.get(retired.id)
    return strategy.source if strategy else handbook.instrument(retired.id.partition("/")[0]).source
