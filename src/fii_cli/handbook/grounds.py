"""The basis on which a strategy addresses a barrier, as text."""

from __future__ import annotations

from fii_cli.handbook import Handbook, Touch
from fii_cli.handbook.citations import GUIDE, cite
from fii_cli.handbook.models import ExpertRating, Link
from fii_cli.language import N_, Language
from fii_cli.words import STOPLICHT

NO_STRATEGY = N_("the guide names no strategy for this question")

LEVELS = {
    "direct": N_("discussed at this very point"),
    "1": N_("level 1"),
    "2": N_("level 2"),
    "1-2": N_("level 1 or 2, at least 20% of the experts"),
    "named": N_("named, strength unknown"),
    "below": N_("below the 20% threshold"),
}


QUADRANTS = {
    "I": N_("important and feasible"),
    "II": N_("feasible, less important"),
    "III": N_("less important and less feasible"),
    "IV": N_("important, less feasible"),
}


TOUCHES = {
    "published": N_("the same construct in another version"),
    "partly": N_("partly relocated or split in another version"),
    "same": N_("evidently the same construct in another version"),
    "ours": N_("our link"),
}


def guide_is_silent(place: str, handbook: Handbook) -> bool:
    """Whether a place is a light of fii for which the guide names no strategy."""
    instrument, _, item = place.partition("/")
    ours = instrument == STOPLICHT and item in handbook.item_ids(STOPLICHT)
    return ours and not handbook.catalogue.named_in(GUIDE, place)


def ground_of(link: Link, handbook: Handbook, say: Language) -> str:
    """Why a strategy addresses a barrier: the published strength with its source, or our own reason."""
    if link.level is None:
        assert link.why is not None
        return f"{say('our link')}: {say.pick(link.why)}"
    level = say(LEVELS[link.level])
    parts = [f"{level} ({say('as a tier in an R package')})" if _is_a_tier(link) else level]
    if link.percent is not None:
        share = say("{percent}% of the experts", percent=link.percent)
        parts.append(share + (f" (n = {link.n})" if link.n else ""))
    sources = "; ".join(cite(source, handbook, say) for source in link.sources)
    return f"{say('published')}: {', '.join(parts)} – {sources}"


def _is_a_tier(link: Link) -> bool:
    """Whether a level is our reading of a tier in a third-party package: no percentage confirms it."""
    in_package = any(source.startswith("pcatr-package/") for source in link.sources)
    return in_package and link.percent is None


def touch_in_words(touch: Touch, link: Link, say: Language) -> str:
    """How a barrier leads to the construct that a link addresses."""
    basis = "" if link.level is None and touch.basis == "ours" else f" ({say(TOUCHES[touch.basis])})"
    return say("via {place}", place=touch.to) + basis


def rating_in_words(rating: ExpertRating, handbook: Handbook, say: Language) -> str:
    """How experts rated a strategy."""
    parts = []
    if rating.importance is not None and rating.feasibility is not None:
        numbers = (f"{each:.2f}" for each in (rating.importance, rating.feasibility))
        importance, feasibility = (n.replace(".", "," if say.code == "nl" else ".") for n in numbers)
        text = N_("importance {importance}, feasibility {feasibility}")
        parts.append(say(text, importance=importance, feasibility=feasibility))
    parts.append(say(QUADRANTS[rating.quadrant]))
    return f"{'; '.join(parts)} – {cite(rating.source, handbook, say)}"
