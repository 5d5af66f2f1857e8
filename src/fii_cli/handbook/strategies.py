"""The catalogue: implementation strategies, the barriers each one addresses, and on which basis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fii_cli.handbook.models import (
    Cluster,
    Content,
    Effect,
    ExpertRating,
    Link,
    PublishedCount,
    Source,
    Strategy,
    Text,
)


class Part(Content):
    """A part of a construct that is too coarse: the barriers that ask about it, and what serves only it."""

    barriers: tuple[str, ...]
    strategies: tuple[str, ...]


class StrategyContent(Content):
    """``strategies.yaml``.

    ``drivers`` is the reason of a link to a driver that a strategy names; ``parts`` are those of a construct,
    by place and name.
    """

    clusters: tuple[Cluster, ...]
    drivers: Text
    parts: dict[str, dict[str, Part]]
    strategies: tuple[Strategy, ...]


class Matching(Content):
    """The published matching of barriers with strategies: how many experts were asked, about what."""

    asked: int
    barriers: int
    strategies: int
    source: Source


class PublishedContent(Content):
    """``published.yaml``: links by barrier, such as ``cfir/III.D.2``, and results by barrier or strategy."""

    about: Matching
    links: dict[str, tuple[dict[str, Any], ...]]
    counts: dict[str, PublishedCount]
    ratings: dict[str, ExpertRating]
    effects: dict[str, tuple[Effect, ...]]


@dataclass(frozen=True)
class Catalogue:
    """The strategies in the order of the content, with the published results.

    ``retired`` are those that are no longer recommended, and have no links any more. ``asked`` is the total
    number of experts in the CFIR–ERIC matching.
    """

    clusters: tuple[Cluster, ...]
    strategies: Mapping[str, Strategy]
    retired: Mapping[str, Strategy]
    links: tuple[Link, ...]
    parts: Mapping[str, Mapping[str, Part]]
    counts: Mapping[str, PublishedCount]
    ratings: Mapping[str, ExpertRating]
    effects: Mapping[str, tuple[Effect, ...]]
    asked: int

    @cached_property
    def by_barrier(self) -> dict[str, tuple[Link, ...]]:
        """The links to each barrier, by place, such as ``cfir/III.D.2``."""
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.to, []).append(link)
        return {to: tuple(links) for to, links in found.items()}

    def named_in(self, work: str, barrier: str) -> bool:
        """Whether a work, such as ``fii-2022``, discusses a strategy where it discusses a barrier."""
        links = self.by_barrier.get(barrier, ())
        direct = (source for link in links if link.level == "direct" for source in link.sources)
        return any(source.startswith(f"{work}/") for source in direct)

    def by_way_of(self, construct: str, barrier: str) -> tuple[Link, ...]:
        """The links to a construct that a barrier touches, without those that serve another part of it."""
        parts = self.parts.get(construct, {})
        asked = [part for part in parts.values() if barrier in part.barriers]
        others = {each for part in parts.values() if asked and part not in asked for each in part.strategies}
        served = {each for part in asked for each in part.strategies}
        links = self.by_barrier.get(construct, ())
        return tuple(link for link in links if link.strategy not in others - served)

    def of(self, strategy: str) -> tuple[Link, ...]:
        """The links of a strategy."""
        return tuple(link for link in self.links if link.strategy == strategy)

    def cluster(self, id_: str) -> Cluster:
        return next(cluster for cluster in self.clusters if cluster.id == id_)


def catalogue_of(
    data: Mapping[str, Any], published: Mapping[str, Any], now: Callable[[str], tuple[str, ...]]
) -> Catalogue:
    """The catalogue from the plain data of the strategies and of the publications.

    ``now`` tells what a retired barrier became: a link to it is a link to its only successor.
    """
    content, results = StrategyContent.model_validate(data), PublishedContent.model_validate(published)
    strategies = {each.id: each for each in content.strategies if not each.retired}
    links: list[Link] = []
    for to, rows in results.links.items():
        links += [Link.model_validate({"to": to, **row}) for row in rows]
    for strategy in strategies.values():
        direct = _direct_links(strategy)
        links += direct
        links += [Link(strategy=strategy.id, to=each.to, why=each.why) for each in strategy.links]
        drivers = {f"drivers/{driver}" for driver in strategy.drivers} - {link.to for link in direct}
        links += [Link(strategy=strategy.id, to=to, why=content.drivers) for to in sorted(drivers)]
    return Catalogue(
        content.clusters,
        strategies,
        {each.id: each for each in content.strategies if each.retired},
        tuple(_links_now(links, strategies, now)),
        content.parts,
        results.counts,
        results.ratings,
        results.effects,
        results.about.asked,
    )


def _direct_links(strategy: Strategy) -> list[Link]:
    """The links to what a strategy answers in so many words in its source."""
    sources: dict[str, tuple[str, ...]] = {}
    for source, barriers in strategy.answers.items():
        for to in barriers:
            sources[to] = (*sources.get(to, ()), source)
    return [Link(strategy=strategy.id, to=to, level="direct", sources=each) for to, each in sources.items()]


def _links_now(
    links: Iterable[Link], strategies: Mapping[str, Strategy], now: Callable[[str], tuple[str, ...]]
) -> Iterator[Link]:
    """The links of the strategies in use, each to what its barrier is called now."""
    for link in links:
        places = now(link.to)
        if link.strategy in strategies and len(places) == 1:
            yield link if places[0] == link.to else link.model_copy(update={"to": places[0]})
