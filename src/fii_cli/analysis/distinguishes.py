"""What distinguishes the organisations where it went well from those where it did not.

The rule is ours. It was fitted to one published table: the ratings and verdicts of five sites in Varsi et
al. (2015), table 2. ``docs/method`` retells it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fii_cli.language import N_

if TYPE_CHECKING:
    from fii_cli.handbook.models import Construct, Framework, Scale, ScaleValue

Verdict = Literal["strongly", "weakly", "not", "unrated"]
"""Whether an item distinguishes; unrated if one of the two groups has no rating of it."""
VERDICT_WORDS: dict[Verdict, str] = {
    "strongly": N_("strongly"),
    "weakly": N_("weakly"),
    "not": N_("no"),
    "unrated": N_("no verdict"),
}
STRONG = 2
"""The number of steps between two groups from which an item distinguishes strongly."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that was rated: for each item its latest ratings, one for each side that differs."""

    id: str
    name: str
    ratings: Mapping[str, tuple[str, ...]]

    def on(self, item: str) -> tuple[str, ...]:
        return self.ratings.get(item, ())


@dataclass(frozen=True, slots=True)
class Distinguished:
    """An item and its verdict.

    ``gap`` is the number of steps between the two groups, with a mixed rating counted as neutral.
    ``exceptions`` are the organisations of which one has to be left out before the item distinguishes.
    """

    item: Construct
    verdict: Verdict
    gap: int | None = None
    exceptions: tuple[str, ...] = ()


def distinguishing(
    instrument: Framework,
    low: Sequence[Organisation],
    high: Sequence[Organisation],
    others: Sequence[Organisation] = (),
) -> tuple[Distinguished, ...]:
    """Each item with its verdict, in the order of the instrument.

    A domain that was rated as a whole comes before its items. ``others`` are organisations in neither group.
    """
    everyone = (*low, *high, *others)
    wholes = {each.id: each for each in instrument.domains if any(one.on(each.id) for one in everyone)}
    items: list[Construct] = []
    for group in instrument.groups:
        items += [wholes[group.id]] if group.id in wholes else []
        items += group.items
    return tuple(_distinguished(item, instrument.scale_of(item), low, high) for item in items)


def _distinguished(
    item: Construct, scale: Scale | None, low: Sequence[Organisation], high: Sequence[Organisation]
) -> Distinguished:
    known = {value.id: value for value in scale.values} if scale else {}
    verdict, gap = _verdict(known, item.id, low, high)
    exceptions = tuple(_exceptions(known, item.id, low, high)) if verdict == "not" else ()
    return Distinguished(item, verdict, gap, exceptions)


def _verdict(
    known: Mapping[str, ScaleValue], item: str, low: Sequence[Organisation], high: Sequence[Organisation]
) -> tuple[Verdict, int | None]:
    """The verdict on an item, and the gap between the two groups if it distinguishes."""
    below, above = _values(known, item, low), _values(known, item, high)
    sided_below, sided_above = _steps(below), _steps(above)
    if not sided_below or not sided_above:
        return "unrated", None
    if min(sided_above) <= max(sided_below):
        return "not", None
    gap = min(_steps(above, mixed=True)) - max(_steps(below, mixed=True))
    return ("strongly" if gap >= STRONG else "weakly"), gap


def _values(
    known: Mapping[str, ScaleValue], item: str, organisations: Sequence[Organisation]
) -> list[ScaleValue]:
    return [known[value] for each in organisations for value in each.on(item) if value in known]


def _steps(values: Sequence[ScaleValue], *, mixed: bool = False) -> list[int]:
    """How far each rating is to the side that helps; a mixed rating is left out, or counts as neutral."""
    said = (value for value in values if not value.no_answer and not value.no_side)
    return [value.helps - value.hinders for value in said if mixed or not value.mixed]


def _exceptions(
    known: Mapping[str, ScaleValue], item: str, low: Sequence[Organisation], high: Sequence[Organisation]
) -> Iterator[str]:
    """The organisations without which an item would distinguish, if others in their group were rated."""
    for group, is_low in ((low, True), (high, False)):
        for left_out in group:
            rest = [each for each in group if each is not left_out]
            verdict, _ = _verdict(known, item, rest if is_low else low, high if is_low else rest)
            if left_out.on(item) and verdict in ("strongly", "weakly"):
                yield left_out.id


def grouped_by(
    instrument: Framework, outcome: Construct, organisations: Sequence[Organisation]
) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the organisations where an outcome is low, and where it is high; neutral is neither."""
    scale = instrument.scale_of(outcome)
    known = {value.id: value for value in scale.values} if scale else {}
    low, high = set(), set()
    for each in organisations:
        steps = _steps(_values(known, outcome.id, [each]))
        if steps and max(steps) < 0:
            low.add(each.id)
        elif steps and min(steps) > 0:
            high.add(each.id)
    return frozenset(low), frozenset(high)
