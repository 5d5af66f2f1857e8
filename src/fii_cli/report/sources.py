"""The sources of the content in a report."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.analysis.compared import RULE_FITTED_TO
from fii_cli.analysis.recommendations import Recommendation
from fii_cli.analysis.standing import Standing
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import (
    GUIDE,
    authors_of,
    cited,
    dated,
    link_of,
    published_in,
    title_of,
)
from fii_cli.handbook.models import Reference, Source
from fii_cli.language import Language
from fii_cli.report.model import Work


def works_behind(
    standing: Standing, chosen: tuple[Recommendation, ...], handbook: Handbook, say: Language
) -> tuple[Work, ...]:
    """The guide, and the sources of the items, instruments, strategies and links shown, sorted."""
    works = {GUIDE: handbook.references[GUIDE]}
    for source in _sources(standing, chosen, handbook):
        for work in cited(source, handbook):
            works[work.id] = work
    told = (_told(work, say) for work in works.values())
    return tuple(sorted(told, key=lambda work: (work.by, work.title)))


def _told(work: Reference, say: Language) -> Work:
    title = title_of(work, say)
    if not work.authors:
        return Work(title[:1].upper() + title[1:], "", published_in(work, say), link_of(work), say.code)
    by = dated(authors_of(work, say), work, say)
    return Work(by, title, published_in(work, say), link_of(work), work.language)


def _sources(standing: Standing, chosen: tuple[Recommendation, ...], handbook: Handbook) -> Iterator[Source]:
    used = {assessment.instrument for assessment in standing.trajectory.assessments}
    for instrument in handbook.instruments:
        if instrument.id in used:
            yield instrument.source
            yield from (each.source for each in instrument.see_also)
    innoveren = standing.trajectory.innoveren
    if innoveren and innoveren.adaptations:
        yield handbook.adaptations.source
    asked = standing.trajectory.distinguish
    if asked and (asked.by or asked.low or asked.high):
        yield RULE_FITTED_TO
    for each in chosen:
        yield each.strategy.source
        for reason in each.reasons:
            yield from reason.link.sources
    for phase in standing.phases:
        for subphase in phase.subphases:
            rated = {item.id for item in subphase.items if item.ratings}
            for item in subphase.content.items:
                if item.id in rated:
                    yield item.source
