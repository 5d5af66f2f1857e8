"""Why a strategy addresses a barrier: a link to it, or one to a construct that the barrier touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fii_cli.handbook import Handbook, Touch
from fii_cli.handbook.models import Link

_STRONGEST_FIRST = ("direct", "1", "2", "1-2", "named", None, "below")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a strategy addresses a barrier: the link, and the touched construct it goes ``via``, if any.

    ``strength`` is that of the barrier: 2 if it hinders strongly, 1 if in part.
    """

    barrier: str
    link: Link
    via: Touch | None
    strength: int = 1

    @property
    def counts(self) -> bool:
        """Whether it supports the strategy: a link that few experts named does not."""
        return self.link.level != "below"

    @property
    def discussed(self) -> bool:
        """Whether a source names the strategy where it discusses this very barrier."""
        return self.link.level == "direct" and not self.touched

    @property
    def touched(self) -> bool:
        """Whether it goes by way of another construct, in our reading or only in part."""
        return self.via is not None and self.via.basis in ("ours", "partly")

    @property
    def ours(self) -> bool:
        """Whether one of its links is ours, or holds only in part: a chain is only as strong as that link."""
        return self.link.level is None or self.touched

    @property
    def known(self) -> bool:
        """Whether its published strength is known, for the barrier itself."""
        return not self.ours and self.link.level in ("1", "2", "1-2", "below")

    @property
    def percent(self) -> int | None:
        """The published percentage of experts who chose the strategy for this barrier, or ``None``."""
        return None if self.ours else self.link.percent


def reasons_for(handbook: Handbook, barrier: str, strength: int = 1) -> tuple[Reason, ...]:
    """The reasons from every link to a barrier: its own, and those of the constructs that it touches."""
    catalogue = handbook.catalogue
    reasons = [Reason(barrier, link, None, strength) for link in catalogue.by_barrier.get(barrier, ())]
    for touch in handbook.touches(barrier):
        links = catalogue.by_way_of(touch.to, barrier)
        reasons += [Reason(barrier, link, touch, strength) for link in links]
    return tuple(reasons)


def strongest_reasons(handbook: Handbook, barriers: Mapping[str, int]) -> dict[str, tuple[Reason, ...]]:
    """By strategy: the strongest reason for each barrier that it addresses, strongest first.

    ``barriers`` are places with their strength.
    """
    found: dict[str, dict[str, Reason]] = {}
    for barrier, strength in barriers.items():
        for reason in reasons_for(handbook, barrier, strength):
            known = found.setdefault(reason.link.strategy, {})
            if barrier not in known or _rank(reason) < _rank(known[barrier]):
                known[barrier] = reason
    return {strategy: tuple(sorted(known.values(), key=_rank)) for strategy, known in found.items()}


def _rank(reason: Reason) -> tuple[bool, bool, bool, int]:
    """A sort key: published links to the barrier itself, then ours, then those by way of a construct."""
    level = _STRONGEST_FIRST.index(reason.link.level)
    return (not reason.counts, reason.touched, reason.ours, level)
