"""The page of a strategy: what it is, an example, and the barriers it addresses with their basis."""

from __future__ import annotations

from fii_cli.guide.page import Block, GuidePage, told
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import cite
from fii_cli.handbook.grounds import ground_of, rating_in_words
from fii_cli.handbook.models import Strategy
from fii_cli.handbook.names import name_of, named
from fii_cli.language import Language
from fii_cli.words import label


def strategy_page(strategy: Strategy, handbook: Handbook, say: Language) -> GuidePage:
    """Everything in the catalogue about a strategy."""
    blocks = [
        Block("", (say.pick(strategy.meaning),)),
        Block(say("In practice (our own example)"), (say.pick(strategy.practice),)),
        Block(say("What it is"), _kind(strategy, handbook, say), True),
        Block(say("Our reading"), _reading(strategy, handbook, say), True),
        Block(say("What it addresses"), _answers(strategy, handbook, say), True),
        Block(say("Measured in health care"), _effects(strategy, handbook, say), True),
    ]
    return GuidePage(strategy.id, say.pick(strategy.name), told(blocks), cite(strategy.source, handbook, say))


def _kind(strategy: Strategy, handbook: Handbook, say: Language) -> tuple[str, ...]:
    """Its group, its published number, and how experts rated it."""
    cluster = handbook.catalogue.cluster(strategy.cluster)
    group = say.pick(cluster.name)
    if strategy.eric is None or cluster.basis == "ours":
        group += f" ({say('our grouping')})"
    lines = [f"{say('Cluster')}: {group}"]
    if strategy.eric:
        lines.append(say("ERIC {n}: {name}", n=strategy.eric, name=strategy.name.en))
    if rating := handbook.catalogue.ratings.get(strategy.id):
        lines.append(f"{say('Expert rating')}: {rating_in_words(rating, handbook, say)}")
    return tuple(lines)


def _reading(strategy: Strategy, handbook: Handbook, say: Language) -> tuple[str, ...]:
    """Our own judgements: the phases it suits, its drivers, and the effort."""
    phases = ", ".join(say(label(phase)) for phase in strategy.phases)
    drivers = ", ".join(name_of(f"drivers/{each}", handbook, say) for each in strategy.drivers)
    return (
        f"{say('Phases')}: {phases}",
        f"{say('Drivers')}: {drivers}",
        f"{say('Effort')}: {say(label(strategy.effort))}",
    )


def _answers(strategy: Strategy, handbook: Handbook, say: Language) -> tuple[str, ...]:
    """The barriers that it addresses, each with its basis; drivers are part of our reading."""
    links = [
        link
        for link in handbook.catalogue.of(strategy.id)
        if link.level == "direct" or not link.to.startswith("drivers/")
    ]
    return tuple(f"{named(link.to, handbook, say)}: {ground_of(link, handbook, say)}" for link in links)


def _effects(strategy: Strategy, handbook: Handbook, say: Language) -> tuple[str, ...]:
    effects = handbook.catalogue.effects.get(strategy.id, ())
    return tuple(f"{say.pick(each.text)} ({cite(each.source, handbook, say)})" for each in effects)
