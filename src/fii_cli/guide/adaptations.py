"""The page of the vocabulary for adaptations: the questions and values, and where their names are from."""

from __future__ import annotations

from fii_cli.guide.page import Block, GuidePage, told
from fii_cli.handbook import ADAPTATIONS, Handbook
from fii_cli.handbook.adaptations import NameBasis, Question, Value
from fii_cli.handbook.citations import cite, referral
from fii_cli.handbook.models import OURS, Source
from fii_cli.language import Language, labelled, msg

NAMES = frozenset({"adaptation", "aanpassing", "aanpassingen", "frame"})
"""Other words that find the page, in both languages."""


def adaptations_page(handbook: Handbook, say: Language) -> GuidePage:
    """The questions of FRAME about a change in an intervention, each with its closed values."""
    frame = handbook.adaptations
    blocks = [
        Block("", (say.pick(frame.meaning),)),
        *(_question(each, handbook, say) for each in frame.questions),
        Block(say("Wording and licence"), (say.pick(frame.licence),)),
        Block(say("See also"), tuple(referral(each, handbook, say) for each in frame.see_also), True),
    ]
    return GuidePage(ADAPTATIONS, say.pick(frame.name), told(blocks), cite(frame.source, handbook, say))


def adaptations_block(handbook: Handbook, say: Language) -> Block:
    """What the overview says of the page, and the command that shows it."""
    frame = handbook.adaptations
    return Block(say.pick(frame.name), (say.pick(frame.meaning), f"fii guide {ADAPTATIONS}"))


def _question(question: Question, handbook: Handbook, say: Language) -> Block:
    lines = [_value(value, say) for value in question.values]
    if sources := _sources(question, "published"):
        lines.append(say(msg("Names from: {sources}", sources=_cited(sources, handbook, say))))
    if sources := _sources(question, "used"):
        used = _cited(sources, handbook, say)
        lines.append(
            say(msg("Names as others use them, perhaps not in FRAME's own words: {sources}", sources=used))
        )
    return Block(say.pick(question.name), tuple(lines), True)


def _value(value: Value, say: Language) -> str:
    """The id of a value, its name and meaning; in Dutch also the published name, for looking it up."""
    published = f" ({value.name.en})" if say.code == "nl" and value.name_basis != OURS else ""
    return f"{labelled(value.id, say.pick(value.name))}{published}: {say.pick(value.meaning)}"


def _sources(question: Question, basis: NameBasis) -> tuple[Source, ...]:
    """Where the names of values with this basis were read, each once."""
    found = (value.source or question.source for value in question.values if value.name_basis == basis)
    return tuple(dict.fromkeys(found))


def _cited(sources: tuple[Source, ...], handbook: Handbook, say: Language) -> str:
    return "; ".join(cite(source, handbook, say) for source in sources)
