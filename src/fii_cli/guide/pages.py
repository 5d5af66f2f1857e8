"""The handbook as pages to read: phases, subphases, items, constructs, figures; and a search through all."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.guide.page import Block, GuidePage, told
from fii_cli.guide.strategy_page import strategy_page
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import cite
from fii_cli.handbook.models import (
    Construct,
    Figure,
    Framework,
    Item,
    PhaseContent,
    Story,
    SubphaseContent,
    Text,
)
from fii_cli.handbook.phrases import TOUCHES, named
from fii_cli.language import N_, Language, labelled


def overview(handbook: Handbook, say: Language) -> GuidePage:
    """The six phases with their subphases."""
    blocks = tuple(
        Block(
            f"{phase.number} {say.pick(phase.name)}",
            (say.pick(phase.goal), *(f"{s.id} {say.pick(s.name)}" for s in phase.subphases)),
        )
        for phase in handbook.phases
    )
    return GuidePage("", say(N_("The six phases")), blocks, cite("fii-2022/deel 1", handbook, say))


def page_for(term: str, handbook: Handbook, say: Language) -> GuidePage | None:
    """The page for a term, in either language: ``2``, ``exploring``, ``2a.cultuur``, ``cfir/III.D.2``."""
    wanted = " ".join(term.casefold().replace("-", " ").split())
    return next((page for page in _pages(handbook, say) if wanted in _names(page.term, handbook)), None)


def terms(handbook: Handbook) -> list[str]:
    """Every word that has a page."""
    found: list[str] = [phase.id for phase in handbook.phases]
    for phase in handbook.phases:
        for subphase in phase.subphases:
            found += [subphase.id, *(item.id for item in subphase.items)]
    for framework in handbook.instruments:
        found.append(framework.id)
        found += [f"{framework.id}/{item.id}" for item in framework.constructs]
    return [*found, *(f"figuur-{figure.number}" for figure in handbook.figures), *handbook.strategy_phases]


def search(words: str, handbook: Handbook, say: Language) -> list[tuple[str, str]]:
    """Where all words stand, as pairs of a page's term and the line."""
    wanted = words.casefold().split()
    lines = (
        (page.term, line)
        for page in _pages(handbook, say)
        for line in (page.title, *(line for block in page.blocks for line in block.lines))
    )
    found = (at for at in lines if wanted and all(word in at[1].casefold() for word in wanted))
    return list(dict.fromkeys(found))


def _names(term: str, handbook: Handbook) -> set[str]:
    """The ways to ask for a page, in small letters and with spaces for hyphens."""
    names = {term, term.partition("/")[2] or term}
    for phase in handbook.phases:
        if phase.id == term:
            names |= {str(phase.number), phase.name.en}
    if term.startswith("figuur-"):
        names.add(term.replace("figuur", "figure"))
    return {name.casefold().replace("-", " ") for name in names} - {str(n) for n in range(7, 30)}


def _pages(handbook: Handbook, say: Language) -> Iterator[GuidePage]:
    for phase in handbook.phases:
        yield _phase(phase, handbook, say)
        for subphase in phase.subphases:
            yield _subphase(subphase, handbook, say)
            for item in subphase.items:
                yield _item(item, handbook, say)
    for framework in handbook.instruments:
        yield _framework(framework, handbook, say)
        yield from _constructs(framework, handbook, say)
    for figure in handbook.figures:
        yield _figure(figure, handbook, say)
    for strategy in handbook.catalogue.strategies.values():
        yield strategy_page(strategy, handbook, say)


def _phase(phase: PhaseContent, handbook: Handbook, say: Language) -> GuidePage:
    blocks = [
        Block("", (say.pick(phase.goal),)),
        Block(say("Done when"), (say.pick(phase.done_when),)),
        Block(say("Input for the rest"), tuple(say.pick(text) for text in phase.input_for_rest), True),
        Block(
            say("Subphases"),
            tuple(f"{s.id} {say.pick(s.name)}: {say.pick(s.goal)}" for s in phase.subphases),
            True,
        ),
        _stories(say("Insights from practice"), phase.insights, handbook, say),
        _stories(say("Cases"), phase.cases, handbook, say),
        _stories(say("Reflections"), phase.reflections, handbook, say),
    ]
    title = f"{phase.number} {say.pick(phase.name)}"
    return GuidePage(phase.id, title, told(blocks), cite(phase.source, handbook, say))


def _stories(heading: str, stories: tuple[Story, ...], handbook: Handbook, say: Language) -> Block:
    lines = (
        f"{say.pick(story.title)}. {say.pick(story.text)} ({cite(story.source, handbook, say)})"
        for story in stories
    )
    return Block(heading, tuple(lines), True)


def _subphase(subphase: SubphaseContent, handbook: Handbook, say: Language) -> GuidePage:
    blocks = [
        Block("", (say.pick(subphase.goal),)),
        Block(say("Key question"), (say.pick(subphase.key_question),)),
        Block(say("Activities"), tuple(say.pick(text) for text in subphase.activities), True),
        Block(say("Checklist"), tuple(_question(item, say) for item in subphase.items), True),
    ]
    title = f"{subphase.id} {say.pick(subphase.name)}"
    return GuidePage(subphase.id, title, told(blocks), cite(f"fii-2022/{subphase.id}", handbook, say))


def _question(item: Item, say: Language) -> str:
    required = f" ({say('required')})" if item.required else ""
    return f"{item.id}: {say.pick(item.question)}{required}"


def _item(item: Item, handbook: Handbook, say: Language) -> GuidePage:
    place = f"stoplicht/{item.id}"
    blocks = [
        Block("", (say.pick(item.question),)),
        Block(
            say("Required"),
            (say("The phase is done only when this stands on green."),) if item.required else (),
        ),
        Block(say("What it touches"), _touched(place, handbook, say), True),
        _strategies(place, handbook, say),
    ]
    return GuidePage(item.id, item.id, told(blocks), cite(item.source, handbook, say))


def _touched(place: str, handbook: Handbook, say: Language) -> tuple[str, ...]:
    """What an item touches, each with what it means; in another edition with how that is known."""
    lines = []
    for touch in handbook.touches(place):
        instrument, _, id_ = touch.to.partition("/")
        framework = handbook.instrument(instrument)
        meant = next(each for each in framework.constructs if each.id == id_)
        basis = "" if touch.basis == "ours" else f" ({say(TOUCHES[touch.basis])})"
        lines.append(f"{touch.to} {say.pick(meant.name)}: {say.pick(meant.meaning)}{basis}")
    return tuple(lines)


def _strategies(place: str, handbook: Handbook, say: Language) -> Block:
    """Where to find what answers it."""
    linked = any(handbook.catalogue.by_barrier.get(each.to) for each in handbook.touches(place))
    linked = linked or place in handbook.catalogue.by_barrier
    return Block(say("Strategies"), (f"fii strategies --for {place}",) if linked else ())


def _framework(framework: Framework, handbook: Handbook, say: Language) -> GuidePage:
    """A framework with its groups, and the ratings it takes where it can be rated."""
    blocks = [
        Block(
            labelled(group.id, say.pick(group.name)),
            tuple(labelled(item.id, say.pick(item.name)) for item in group.items),
            True,
        )
        for group in framework.groups
    ]
    scales = {"": framework.scale, **framework.scales} if framework.scale else framework.scales
    for name, scale in scales.items():
        on = [item.id for item in framework.items if (item.scale or "") == name]
        words = tuple(f"{labelled(v.id, say.pick(v.name))}: {say.pick(v.help)}" for v in scale.values)
        basis = say("Source: {source}", source=cite(scale.source, handbook, say))
        heading = f"{say('Ratings')}: {', '.join(on)}" if name else say("Ratings")
        blocks.append(Block(heading, (*words, basis), True))
    return GuidePage(
        framework.id, say.pick(framework.name), told(blocks), cite(framework.source, handbook, say)
    )


def _constructs(framework: Framework, handbook: Handbook, say: Language) -> Iterator[GuidePage]:
    for group in framework.groups:
        for each in group.items:
            yield _construct(each, framework, group.name, handbook, say)
    for each in framework.unrated.items if framework.unrated else ():
        yield _construct(each, framework, None, handbook, say)


def _construct(
    each: Construct, framework: Framework, group: Text | None, handbook: Handbook, say: Language
) -> GuidePage:
    place = f"{framework.id}/{each.id}"
    asked = [
        _question(item, say)
        for phase in handbook.phases
        for subphase in phase.subphases
        for item in subphase.items
        if each.id in {"cfir": item.cfir, "midi": item.midi}.get(framework.id, ())
    ]
    later = [
        named(f"{other.id}/{same.id}", handbook, say) + f" ({say(TOUCHES[same.basis])})"
        for other in handbook.instruments
        for same in other.counterparts
        if same.to == place
    ]
    meaning = [say.pick(each.meaning)]
    meaning += [say("The name is our wording.")] if each.name_basis == "ours" else []
    home = say.pick(framework.name)
    home += f", {say.pick(group)}" if group else f". {say('It is matched with strategies, and not rated.')}"
    blocks = [
        Block("", tuple(meaning)),
        Block(say("Asked as"), (say.pick(each.statement),) if each.statement else ()),
        Block(say("Part of"), (home,)),
        Block(say("What it touches"), _touched(place, handbook, say), True),
        Block(say("In another edition"), tuple(later), True),
        Block(say("Checklist items that touch it"), tuple(asked), True),
        _strategies(place, handbook, say),
    ]
    title = f"{each.id} {say.pick(each.name)}"
    source = framework.source if group or not framework.unrated else framework.unrated.source
    return GuidePage(place, title, told(blocks), cite(source, handbook, say))


def _figure(figure: Figure, handbook: Handbook, say: Language) -> GuidePage:
    blocks = [
        Block(say.pick(part.name), tuple(say.pick(text) for text in part.items), True)
        for part in figure.parts
    ]
    title = say("Figure {n}: {name}", n=figure.number, name=say.pick(figure.name))
    return GuidePage(f"figuur-{figure.number}", title, told(blocks), cite(figure.source, handbook, say))
