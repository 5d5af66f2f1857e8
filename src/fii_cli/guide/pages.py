"""The handbook as pages: phases, subphases, items, constructs and figures; and a full-text search."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from fii_cli.guide.adaptations import NAMES, adaptations_block, adaptations_page
from fii_cli.guide.anchored import activity_block, light_blocks, rating_line, ratings_block, short_block
from fii_cli.guide.beside import steps_block
from fii_cli.guide.page import Block, GuidePage, told
from fii_cli.guide.retired_page import all_retired, retired_block, retired_page, retired_term
from fii_cli.guide.strategy_page import strategy_page
from fii_cli.handbook import ADAPTATIONS, Handbook
from fii_cli.handbook.citations import cite, referral
from fii_cli.handbook.figures import Figure
from fii_cli.handbook.grounds import NO_STRATEGY, TOUCHES, guide_is_silent
from fii_cli.handbook.models import (
    OURS,
    Construct,
    Framework,
    Item,
    PhaseContent,
    Scale,
    Story,
    SubphaseContent,
    Text,
)
from fii_cli.handbook.names import named, strategy_name
from fii_cli.handbook.questions import question_ids
from fii_cli.language import N_, Language, labelled
from fii_cli.words import STOPLICHT


def overview(handbook: Handbook, say: Language) -> GuidePage:
    """The six phases with their subphases, and what stands beside them."""
    blocks = []
    for phase in handbook.phases:
        subphases = [f"{each.id} {say.pick(each.name)}" for each in phase.subphases]
        blocks.append(Block(f"{phase.number} {say.pick(phase.name)}", (say.pick(phase.goal), *subphases)))
    blocks += [steps_block(steps, handbook, say) for steps in handbook.beside]
    blocks.append(adaptations_block(handbook, say))
    return GuidePage("", say(N_("The six phases")), tuple(blocks), cite("fii-2022/deel 1", handbook, say))


def page_for(term: str, handbook: Handbook, say: Language) -> GuidePage | None:
    """The page for a term, in either language: ``2``, ``exploring``, ``2a.cultuur``, ``cfir/III.D.2``."""
    wanted = " ".join(term.casefold().replace("-", " ").split()).removeprefix(f"{STOPLICHT}/")
    for page_term, page in _pages(handbook, say):
        if wanted in _names(page_term, handbook):
            return page()
    return None


def terms(handbook: Handbook) -> list[str]:
    """Every term that has a page."""
    found: list[str] = [phase.id for phase in handbook.phases]
    for phase in handbook.phases:
        for subphase in phase.subphases:
            found += [subphase.id, *(item.id for item in subphase.items)]
    for framework in handbook.instruments:
        found.append(framework.id)
        found += [f"{framework.id}/{item.id}" for item in framework.constructs]
    found += [retired_term(each) for each in all_retired(handbook)]
    return [*found, *map(_figure_term, handbook.figures), ADAPTATIONS, *handbook.strategy_phases]


def search(words: str, handbook: Handbook, say: Language) -> list[tuple[str, str]]:
    """The lines that contain all words, as pairs of the page's term and the line."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    found: dict[tuple[str, str], None] = {}
    for _, made in _pages(handbook, say):
        page = made()
        lines = [page.title]
        for block in page.blocks:
            lines += () if block.repeated else block.lines
        for line in lines:
            if all(word in line.casefold() for word in wanted):
                found[page.term, line] = None
    return list(found)


def _names(term: str, handbook: Handbook) -> set[str]:
    """The names that find a page, in lower case and with spaces for hyphens."""
    names = {term, term.partition("/")[2] or term}
    for phase in handbook.phases:
        if phase.id == term:
            names |= {str(phase.number), phase.name.en}
    if term.startswith("figuur-"):
        names.add(term.replace("figuur", "figure"))
    if term == ADAPTATIONS:
        names |= NAMES
    spoken = {name.casefold().replace("-", " ") for name in names}
    return spoken - _NO_NAMES


_NO_NAMES = {str(number) for number in range(7, 30)}
"""Numbers that are not a phase: several instruments have items with these numbers, so they are ambiguous."""


_Page = tuple[str, Callable[[], GuidePage]]
"""The term of a page, and what makes the page."""


def _pages(handbook: Handbook, say: Language) -> Iterator[_Page]:
    for phase in handbook.phases:
        yield phase.id, partial(_phase, phase, handbook, say)
        for subphase in phase.subphases:
            yield subphase.id, partial(_subphase, subphase, handbook, say)
            for item in subphase.items:
                yield item.id, partial(_item, item, handbook, say)
    for framework in handbook.instruments:
        yield framework.id, partial(_framework, framework, handbook, say)
        yield from _constructs(framework, handbook, say)
    for figure in handbook.figures:
        yield _figure_term(figure), partial(_figure, figure, handbook, say)
    yield ADAPTATIONS, partial(adaptations_page, handbook, say)
    for strategy in handbook.catalogue.strategies.values():
        yield strategy.id, partial(strategy_page, strategy, handbook, say)
    for retired in all_retired(handbook):
        yield retired_term(retired), partial(retired_page, retired, handbook, say)


def _phase(phase: PhaseContent, handbook: Handbook, say: Language) -> GuidePage:
    inputs = tuple(map(say.pick, phase.input_for_rest))
    subphases = [f"{each.id} {say.pick(each.name)}: {say.pick(each.goal)}" for each in phase.subphases]
    blocks = [
        Block("", (say.pick(phase.goal),)),
        Block(say("Completed when"), (say.pick(phase.done_when),)),
        Block(say("Input for the rest"), inputs, True),
        Block(say("Subphases"), tuple(subphases), True),
        *(steps_block(steps, handbook, say, phase.id) for steps in handbook.beside),
        _stories(say("Insights from practice"), phase.insights, handbook, say),
        _stories(say("Cases"), phase.cases, handbook, say),
        _stories(say("Reflections"), phase.reflections, handbook, say),
    ]
    title = f"{phase.number} {say.pick(phase.name)}"
    return GuidePage(phase.id, title, told(blocks), cite(phase.source, handbook, say))


def _stories(heading: str, stories: tuple[Story, ...], handbook: Handbook, say: Language) -> Block:
    return Block(heading, tuple(referral(story, handbook, say) for story in stories), True)


def _subphase(subphase: SubphaseContent, handbook: Handbook, say: Language) -> GuidePage:
    questions = tuple(_question(item, say) for item in subphase.items)
    blocks = [
        Block("", (say.pick(subphase.goal),)),
        Block(say("Key question"), (say.pick(subphase.key_question),)),
        Block(say("Activities"), tuple(map(say.pick, subphase.activities)), True),
        Block(say("Checklist"), questions, True),
        retired_block(STOPLICHT, handbook, say, f"{subphase.id}."),
    ]
    title = f"{subphase.id} {say.pick(subphase.name)}"
    return GuidePage(subphase.id, title, told(blocks), cite(f"fii-2022/{subphase.id}", handbook, say))


def _question(item: Item, say: Language) -> str:
    """A checklist item on one line, marked if asking it or requiring it is our choice and not the guide's."""
    marks = [say("our question")] if item.source == OURS else []
    marks += [say("required by fii")] if item.required else []
    return f"{item.id}: {say.pick(item.question)}" + (f" ({', '.join(marks)})" if marks else "")


def _item(item: Item, handbook: Handbook, say: Language) -> GuidePage:
    place = f"{STOPLICHT}/{item.id}"
    required = (
        (say("Our choice, not the guide's: the phase is done only when this is green."),)
        if item.required
        else ()
    )
    blocks = [
        Block("", (say.pick(item.question),)),
        *short_block(STOPLICHT, item.id, handbook, say),
        *light_blocks(item.id, handbook, say),
        Block(say("Required by fii"), required),
        Block(say("Related to"), _touched(place, handbook, say), True),
        _strategies(place, handbook, say),
    ]
    return GuidePage(item.id, item.id, told(blocks), cite(item.source, handbook, say))


def _touched(place: str, handbook: Handbook, say: Language) -> tuple[str, ...]:
    """The constructs that an item touches, each with its meaning; for another version also the basis."""
    lines = []
    for touch in handbook.touches(place):
        instrument, _, id_ = touch.to.partition("/")
        framework = handbook.instrument(instrument)
        meant = next(each for each in framework.constructs if each.id == id_)
        basis = "" if touch.basis == "ours" else f" ({say(TOUCHES[touch.basis])})"
        lines.append(f"{touch.to} {say.pick(meant.name)}: {say.pick(meant.meaning)}{basis}")
    return tuple(lines)


def _strategies(place: str, handbook: Handbook, say: Language) -> Block:
    """The strategies that a source names for this very item, and the command that lists all, if any."""
    links = handbook.catalogue.by_barrier
    lines = []
    for link in links.get(place, ()):
        if link.level == "direct":
            name = labelled(link.strategy, strategy_name(link.strategy, handbook, say))
            lines.append(f"{name} ({'; '.join(cite(source, handbook, say) for source in link.sources)})")
    if guide_is_silent(place, handbook):
        lines.append(say(NO_STRATEGY))
    places = [place, *(touch.to for touch in handbook.touches(place))]
    if any(each in links for each in places):
        lines.append(f"fii strategies --for {place}")
    return Block(say("Strategies"), tuple(lines), listed=len(lines) > 1)


def _framework(framework: Framework, handbook: Handbook, say: Language) -> GuidePage:
    """A framework with its groups, and its scales if it can be rated."""
    blocks = []
    for group in framework.groups:
        items = [line for item in group.items for line in _item_lines(item, say)]
        blocks.append(Block(labelled(group.id, say.pick(group.name)), tuple(items), True))
    blocks += [_domains(framework, say)] if framework.domains else []
    if framework.scale:
        blocks.append(_ratings(say("Ratings"), framework.scale, handbook, say))
    for name, scale in framework.scales.items():
        on = [item.id for item in framework.items if item.scale == name]
        blocks.append(_ratings(f"{say('Ratings')}: {', '.join(on)}", scale, handbook, say))
    blocks += [
        Block(say("Wording and licence"), (say.pick(framework.licence),) if framework.licence else ()),
        _stories(say("See also"), framework.see_also, handbook, say),
        retired_block(framework.id, handbook, say),
    ]
    source = cite(framework.source, handbook, say)
    return GuidePage(framework.id, say.pick(framework.name), told(blocks), source)


def _item_lines(item: Construct, say: Language) -> Iterator[str]:
    """An item, and each of its questions, if it has several."""
    yield labelled(item.id, say.pick(item.name))
    for id_, question in zip(question_ids(item), item.questions, strict=True):
        yield f"{id_}: {say.pick(question.statement)}"


def _domains(framework: Framework, say: Language) -> Block:
    """That a domain can be rated as a whole, and how."""
    domain = framework.domains[-1]
    scale = framework.scale_of(domain)
    rating = f"{domain.id}={scale.values[0].id}" if scale else f"{domain.id}=…"
    return Block(
        say("A domain as a whole"),
        (
            say(
                "If a study gives one rating for a whole domain, record it by its id: "
                "fii assess FILE --instrument {instrument} --set {rating}",
                instrument=framework.id,
                rating=rating,
            ),
            say("No item gets a rating from it, and fii never asks for it. How fii reads it is ours."),
        ),
        True,
    )


def _ratings(heading: str, scale: Scale, handbook: Handbook, say: Language) -> Block:
    """The meaning of each rating on a scale, and the source of the scale."""
    lines = [rating_line(each, say) for each in scale.values]
    lines.append(say("Source: {source}", source=cite(scale.source, handbook, say)))
    return Block(heading, tuple(lines), True)


def _constructs(framework: Framework, handbook: Handbook, say: Language) -> Iterator[_Page]:
    groups = [(group.name, each) for group in framework.groups for each in group.items]
    unrated = [(None, each) for each in framework.unrated.items] if framework.unrated else []
    domains = [(each.name, each) for each in framework.domains]
    for group, each in (*groups, *domains, *unrated):
        yield f"{framework.id}/{each.id}", partial(_construct, each, framework, group, handbook, say)


_NAMES = {
    "en": N_("We read the English name in a source, but not the Dutch one."),
    "unseen": N_("We did not read this name in a source; as far as we know it is the published one."),
    "ours": N_("We chose this name."),
}


def _construct(
    each: Construct, framework: Framework, group: Text | None, handbook: Handbook, say: Language
) -> GuidePage:
    """A construct; one without a ``group`` is not rated."""
    place = f"{framework.id}/{each.id}"
    meaning = [say.pick(each.meaning)]
    read = each.name_read or each.name_basis
    if read in _NAMES:
        meaning.append(say(_NAMES[read]))
    home = say.pick(framework.name)
    home += f", {say.pick(group)}" if group else f". {say('It is matched with strategies, but not rated.')}"
    asked = [question.statement for question in each.questions] or [each.statement or each.meaning]
    statement = tuple(map(say.pick, asked)) if each.questions or each.statement else ()
    blocks = [
        Block("", tuple(meaning)),
        Block(say("Asked as"), statement, len(statement) > 1),
        *short_block(framework.id, each.id, handbook, say),
        *(ratings_block(each, framework, handbook, say) if group else ()),
        *activity_block(framework.id, each.id, handbook, say),
        Block(say("Part of"), (home,)),
        Block(say("Related to"), _touched(place, handbook, say), True),
        Block(say("In another version"), _later(place, handbook, say), True),
        Block(say("Related checklist items"), _asked_by(place, handbook, say), True),
        _strategies(place, handbook, say),
    ]
    source = framework.source
    if group is None and framework.unrated:
        source = framework.unrated.source
    title = f"{each.id} {say.pick(each.name)}"
    return GuidePage(place, title, told(blocks), cite(source, handbook, say))


def _later(place: str, handbook: Handbook, say: Language) -> tuple[str, ...]:
    """The counterparts of a construct in other versions of its framework, with their basis."""
    lines = []
    for other in handbook.instruments:
        for same in other.counterparts:
            if same.to == place:
                name = named(f"{other.id}/{same.id}", handbook, say)
                lines.append(f"{name} ({say(TOUCHES[same.basis])})")
    return tuple(lines)


def _asked_by(place: str, handbook: Handbook, say: Language) -> tuple[str, ...]:
    """The checklist items of the guide that touch a construct."""
    lines = []
    for phase in handbook.phases:
        for subphase in phase.subphases:
            for item in subphase.items:
                touched = [touch.to for touch in handbook.touches(f"{STOPLICHT}/{item.id}")]
                if place in touched:
                    lines.append(_question(item, say))
    return tuple(lines)


def _figure(figure: Figure, handbook: Handbook, say: Language) -> GuidePage:
    blocks = [
        Block(say.pick(part.name), tuple(say.pick(text) for text in part.items), True)
        for part in figure.parts
    ]
    title = say("Figure {n}: {name}", n=figure.number, name=say.pick(figure.name))
    return GuidePage(_figure_term(figure), title, told(blocks), cite(figure.source, handbook, say))


def _figure_term(figure: Figure) -> str:
    return f"figuur-{figure.number}"
