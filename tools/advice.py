"""Print how good the advice is, measured against what people read in the sources and would accept.

Exits 1 if a light does not get one of its strategies in its first three, a profile fewer than four accepted
or any unwanted one in its first five, or strategies with figures another order than the published one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from fii_cli.analysis.advice import advise
from fii_cli.analysis.recommendations import Criterion, Recommendation, first_ones, recommend
from fii_cli.handbook import Handbook
from fii_cli.handbook.load import handbook
from fii_cli.language import Code
from fii_cli.resources import language
from fii_cli.words import PHASES, STOPLICHT, Phase

CASES = Path(__file__).parent.parent / "tests/cases/advice"
FIRST = 3
ACCEPTED = 4
ALLEN = ("cfir/I.D", "cfir/I.F", "cfir/II.A", "cfir/III.D.2", "cfir/IV.B")
"""The five barriers of Allen et al. (2023), table 3, with all percentages of 22 strategies."""
WALTZ = ("cfir/V.D",)
"""The barrier of Waltz et al. (2019), table 1, of which forty percentages were published."""


class Light(NamedTuple):
    """A light with what it got first, and the strategies of which one belongs there."""

    id: str
    got: tuple[str, ...]
    wanted: frozenset[str]

    @property
    def right(self) -> bool:
        return bool(self.wanted & set(self.got))


class Profile(NamedTuple):
    """A profile with the five it got, and what an adviser would accept, and would not."""

    name: str
    got: tuple[str, ...]
    accepted: frozenset[str]
    unwanted: frozenset[str]

    @property
    def right(self) -> bool:
        return len(self.accepted & set(self.got)) >= ACCEPTED and not self.unwanted & set(self.got)


def criterion(step: Criterion, lang: Code) -> str:
    """A step of the order in words, as docs list it."""
    return language(lang)(step.name)


def phase_of(light: str) -> Phase:
    return PHASES[int(light[0]) - 1]


def five_for(book: Handbook, barriers: Mapping[str, int], phase: Phase) -> tuple[Recommendation, ...]:
    """The first five for barriers with their strengths, while a phase is open."""
    strong = [place for place, strength in barriers.items() if strength == max(barriers.values())]
    return first_ones(recommend(book, barriers, phase), strong)


def lights(book: Handbook) -> Iterator[Light]:
    for light, wanted in _rows("lights"):
        five = five_for(book, {f"{STOPLICHT}/{light}": 2}, phase_of(light))
        yield Light(light, tuple(each.strategy.id for each in five[:FIRST]), frozenset(wanted.split(",")))


def profiles(book: Handbook) -> Iterator[Profile]:
    for name, phase, told, accepted, unwanted in _rows("profiles"):
        barriers = {place: int(strength) for place, strength in (each.split("=") for each in told.split(","))}
        five = five_for(book, barriers, next(each for each in PHASES if each == phase))
        got = tuple(each.strategy.id for each in five)
        yield Profile(name, got, frozenset(accepted.split(",")), frozenset(unwanted.split(",")))


def published(book: Handbook, barriers: tuple[str, ...]) -> list[tuple[str, int]]:
    """The strategies with figures for barriers, in fii's order, with the sum of their percentages."""
    shown = advise(book, dict.fromkeys(barriers, 1), None, every=True).shown
    return [(each.strategy.id, sum(each.percentages)) for each in shown if each.percentages]


def in_published_order(found: list[tuple[str, int]]) -> bool:
    return all(one >= other for (_, one), (_, other) in pairwise(found))


def _rows(name: str) -> Iterator[list[str]]:
    for line in (CASES / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def _of_the_guide(book: Handbook) -> str:
    """How many lights get one of the guide's answers first, and how many suggestions suit the phase."""
    answered = first = fitting = shown = 0
    for subphase in (each for phase in book.phases for each in phase.subphases):
        for item in subphase.items:
            place = f"{STOPLICHT}/{item.id}"
            five = five_for(book, {place: 2}, phase_of(item.id))
            shown += len(five)
            fitting += sum(each.fits is True for each in five)
            if book.catalogue.named_in("fii-2022", place):
                answered += 1
                first += any(reason.discussed for each in five[:FIRST] for reason in each.reasons)
    return (
        f"{first} of {answered} lights that the guide answers get one of its answers in their first three\n"
        f"{fitting} of {shown} suggestions for a light suit its phase"
    )


def main() -> int:
    book = handbook()
    all_lights, all_profiles = list(lights(book)), list(profiles(book))
    right = sum(each.right for each in all_lights)
    print(f"lights: {right} of {len(all_lights)} get one of their strategies in their first {FIRST}")
    for light in all_lights:
        if not light.right:
            print(f"  {light.id}: {', '.join(light.got)}; not {' or '.join(sorted(light.wanted))}")
    print(_of_the_guide(book))
    print(f"\nprofiles: accepted and unwanted in the first five, at least {ACCEPTED} and 0")
    for profile in all_profiles:
        accepted, unwanted = (set(profile.got) & part for part in (profile.accepted, profile.unwanted))
        print(f"  {profile.name}: {len(accepted)} and {len(unwanted)} ({', '.join(profile.got)})")
    orders = {barriers: published(book, barriers) for barriers in (ALLEN, WALTZ)}
    for barriers, found in orders.items():
        print(f"\n{', '.join(barriers)}: {len(found)} strategies with figures, by the sum of percentages")
        print("  " + ", ".join(f"{strategy} {total}" for strategy, total in found))
    well = right == len(all_lights) and all(profile.right for profile in all_profiles)
    return 0 if well and all(map(in_published_order, orders.values())) else 1


if __name__ == "__main__":
    sys.exit(main())
