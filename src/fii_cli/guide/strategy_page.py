"""The page of a strategy: what it is, what it looks like, and what it answers on which ground."""

from __future__ import annotations

from fii_cli.guide.page import Block, GuidePage, told
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import cite
from fii_cli.handbook.models import Strategy
from fii_cli.handbook.phrases import ground_of, named, rating_in_words
from fii_cli.language import Language
from fii_cli.words import label


def strategy_page(strategy: Strategy, handbook: Handbook, say: Language) -> GuidePage:
    """All that the catalogue says of a strategy."""
    catalogue = handbook.catalogue
    cluster = catalogue.cluster(strategy.cluster)
    links = [link for link in catalogue.of(strategy.id) if not link.to.startswith("drivers/")]
    grouped = say.pick(cluster.name)
    if strategy.eric is None or cluster.basis == "ours":
        grouped += f" ({say('our grouping')})"
    kind = [f"{say('Cluster')}: {grouped}"]
    if strategy.eric:
        kind.append(say("ERIC {n}: {name}", n=strategy.eric, name=strategy.name.en))
    if rating := catalogue.ratings.get(strategy.id):
        kind.append(f"{say('As experts rated it')}: {rating_in_words(rating, handbook, say)}")
    drivers = (named(f"drivers/{each}", handbook, say).partition(" ")[2] for each in strategy.drivers)
    ours = [
        f"{say('Phases')}: {', '.join(say(label(phase)) for phase in strategy.phases)}",
        f"{say('Drivers')}: {', '.join(drivers)}",
        f"{say('Effort')}: {say(label(strategy.effort))}",
    ]
    blocks = [
        Block("", (say.pick(strategy.meaning),)),
        Block(say("What it looks like (an example of ours)"), (say.pick(strategy.practice),)),
        Block(say("What it is"), tuple(kind), True),
        Block(say("Our reading"), tuple(ours), True),
        Block(
            say("What it answers"),
            tuple(f"{named(link.to, handbook, say)}: {ground_of(link, handbook, say)}" for link in links),
            True,
        ),
        Block(
            say("What was measured, in care"),
            tuple(
                f"{say.pick(effect.text)} ({cite(effect.source, handbook, say)})"
                for effect in catalogue.effects.get(strategy.id, ())
            ),
            True,
        ),
    ]
    return GuidePage(strategy.id, say.pick(strategy.name), told(blocks), cite(strategy.source, handbook, say))
