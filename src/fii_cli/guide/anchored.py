"""The parts of a page that say what you would see at each rating of an item, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.guide.page import Block
from fii_cli.handbook import Handbook
from fii_cli.handbook.anchors import Anchor
from fii_cli.handbook.citations import cite
from fii_cli.handbook.models import OURS, Construct, Framework, ScaleValue
from fii_cli.language import N_, Language, labelled
from fii_cli.words import LIGHTS, STOPLICHT, label

WHAT_YOU_SEE = N_("What you would see")


def short_block(instrument: str, item: str, handbook: Handbook, say: Language) -> Iterator[Block]:
    """The short name of an item, if it has one."""
    anchored = handbook.anchored(instrument, item)
    if anchored and anchored.short:
        yield Block(say("In short"), (say.pick(anchored.short),))


def light_blocks(item: str, handbook: Handbook, say: Language) -> Iterator[Block]:
    """What you would see at each light of a checklist item, and what to do next."""
    anchored = handbook.anchored(STOPLICHT, item)
    if anchored is None:
        return
    given = [(light, anchored.anchors[light]) for light in LIGHTS if light in anchored.anchors]
    lines = (f"{say(label(light))}: {with_basis(anchor, handbook, say)}" for light, anchor in given)
    yield Block(say(WHAT_YOU_SEE), tuple(lines), True)
    yield from activity_block(STOPLICHT, item, handbook, say)


def activity_block(instrument: str, item: str, handbook: Handbook, say: Language) -> Iterator[Block]:
    """A first step towards a better rating, if the item has one."""
    anchored = handbook.anchored(instrument, item)
    if anchored and anchored.activity:
        yield Block(say("What you can do next week"), (with_basis(anchored.activity, handbook, say),))


def ratings_block(each: Construct, framework: Framework, handbook: Handbook, say: Language) -> list[Block]:
    """What you would see at each rating of an item, or else what each rating on its scale means."""
    scale, anchored = framework.scale_of(each), handbook.anchored(framework.id, each.id)
    if scale is None:
        return []
    if anchored is None or not anchored.anchors:
        lines = (*(rating_line(value, say) for value in scale.values), _source(scale.source, handbook, say))
        return [Block(say("Ratings"), lines, True, repeated=True)]
    seen = (
        f"{labelled(value.id, say.pick(value.name))}: {with_basis(anchor, handbook, say)}"
        if (anchor := anchored.anchors.get(value.id))
        else rating_line(value, say)
        for value in scale.values
    )
    return [Block(say(WHAT_YOU_SEE), tuple(seen), True)]


def rating_line(value: ScaleValue, say: Language) -> str:
    """A rating with its meaning, and that it does not count if it is no answer."""
    text = f"{labelled(value.id, say.pick(value.name))}: {say.pick(value.help)}"
    return f"{text} {say('It counts as no answer.')}" if value.no_answer else text


def with_basis(anchor: Anchor, handbook: Handbook, say: Language) -> str:
    """What you would see, followed by its source, or by a mark that it is ours."""
    basis = say("ours") if anchor.source == OURS else cite(anchor.source, handbook, say)
    return f"{say.pick(anchor)} ({basis})"


def _source(source: str, handbook: Handbook, say: Language) -> str:
    return say("Source: {source}", source=cite(source, handbook, say))
