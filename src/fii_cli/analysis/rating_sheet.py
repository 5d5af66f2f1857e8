"""The score on one instrument: ratings as given, answers as counted, and differences between sides.

Judgements are never averaged. Only survey answers to one question have a mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fii_cli.analysis.counts import Spread, Thresholds, spread_of
from fii_cli.analysis.last_ratings import last_said
from fii_cli.analysis.published import Reported, reported_of
from fii_cli.analysis.renewed import RetiredRating, renewed, retired_ratings
from fii_cli.analysis.standing import RatedBy
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Construct, Framework, Group
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Assessment

Difference = Literal["opposite", "differ"]
"""Opposite means that one side says it hinders and another that it helps."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The answers of one side on an item."""

    assessment: Assessment
    spread: Spread


@dataclass(frozen=True, slots=True)
class Published:
    """The published result of one side on an item."""

    assessment: Assessment
    reported: Reported


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """An item with the latest ratings and counts from each side.

    ``no_answers`` are the ratings on its scale that say that it was not rated.
    """

    item: Construct
    ratings: tuple[RatedBy, ...]
    counts: tuple[Counted, ...]
    no_answers: frozenset[str]
    difference: Difference | None
    published: tuple[Published, ...] = ()

    def is_answer(self, rating: RatedBy) -> bool:
        return rating.value not in self.no_answers

    @property
    def answers(self) -> tuple[RatedBy, ...]:
        """The ratings that rate it."""
        return tuple(filter(self.is_answer, self.ratings))

    @property
    def entered(self) -> bool:
        """Whether the file says anything about it, even that it is unknown."""
        return bool(self.ratings or self.counts or self.published)

    @property
    def known(self) -> bool:
        """Whether it was rated or answered."""
        answered = any(counted.spread.n for counted in self.counts)
        published = any(not each.reported.is_empty for each in self.published)
        return any(map(self.is_answer, self.ratings)) or answered or published


@dataclass(frozen=True, slots=True)
class RatingSheet:
    """The items of an instrument with what is known about them, by group.

    ``retired`` is what was last said of its retired items without one successor. ``domains`` are the groups
    that were rated as a whole, by their id; they are no items, and do not count as one.
    """

    instrument: Framework
    groups: tuple[tuple[Group, tuple[ItemSheet, ...]], ...]
    retired: tuple[RetiredRating, ...]
    domains: Mapping[str, ItemSheet]

    @property
    def items(self) -> tuple[ItemSheet, ...]:
        return tuple(item for _, items in self.groups for item in items)

    @property
    def known(self) -> int:
        return sum(item.known for item in self.items)

    def rows(self, group: Group, items: Iterable[ItemSheet]) -> tuple[ItemSheet, ...]:
        """The items of a group, after the group itself if it was rated as a whole."""
        return (*(self.domains[id_] for id_ in (group.id,) if id_ in self.domains), *items)

    @property
    def all_rows(self) -> tuple[ItemSheet, ...]:
        """Every item, and every group that was rated as a whole."""
        return tuple(row for group, items in self.groups for row in self.rows(group, items))


@dataclass(frozen=True, slots=True)
class Distinguishing:
    """An item that two trajectories rated differently, with the ratings of both."""

    item: Construct
    here: tuple[RatedBy, ...]
    there: tuple[RatedBy, ...]
    difference: Difference


def rating_sheet(
    trajectory: Trajectory, instrument: Framework, handbook: Handbook, today: date, thresholds: Thresholds
) -> RatingSheet:
    """The score of a trajectory on an instrument."""
    past = renewed(trajectory, handbook)
    trajectory = past.trajectory

    def sheet(item: Construct) -> ItemSheet:
        said = last_said(trajectory, instrument.id, item.id, handbook, thresholds, today)
        ratings = said.ratings
        counts = []
        for made in said.counts:
            spread = spread_of(handbook, instrument.id, item.id, made.counts[item.id])
            counts.append(Counted(made, spread))
        none = handbook.no_answers(instrument.id, item.id)
        answers = {rating.value for rating in ratings} - none
        how = difference(handbook, instrument.id, item.id, answers)
        told = tuple(Published(made, reported_of(handbook, made, item.id)) for made in said.published)
        return ItemSheet(item, ratings, tuple(counts), none, how, told)

    groups = [(group, tuple(map(sheet, group.items))) for group in instrument.groups]
    apart = (made for made in past.apart if made.instrument == instrument.id)
    wholes = {whole.item.id: whole for whole in map(sheet, instrument.domains) if whole.entered}
    return RatingSheet(instrument, tuple(groups), retired_ratings(apart, handbook, today), wholes)


def difference(handbook: Handbook, instrument: str, item: str, values: Iterable[str]) -> Difference | None:
    """How answers about an item differ; ``None`` if they do not."""
    given = set(values)
    if len(given) < 2:
        return None
    one_hinders = given & handbook.hinders(instrument, item).keys()
    another_helps = given & handbook.helps(instrument, item).keys()
    return "opposite" if one_hinders and another_helps else "differ"


def rated_in_both(here: RatingSheet, there: RatingSheet) -> Iterator[tuple[ItemSheet, ItemSheet]]:
    """The items and domains that two trajectories both rated."""
    others = {row.item.id: row for row in there.all_rows}
    for row in here.all_rows:
        other = others.get(row.item.id)
        if other and row.answers and other.answers:
            yield row, other


def distinguishing(here: RatingSheet, there: RatingSheet, handbook: Handbook) -> tuple[Distinguishing, ...]:
    """The items that two trajectories rated differently; opposite ones first."""
    found = []
    for one, other in rated_in_both(here, there):
        mine, theirs = {r.value for r in one.answers}, {r.value for r in other.answers}
        if mine and theirs and mine != theirs:
            how = difference(handbook, here.instrument.id, one.item.id, mine | theirs)
            if how:
                found.append(Distinguishing(one.item, one.answers, other.answers, how))
    return tuple(sorted(found, key=lambda each: each.difference == "differ"))


def lowest_first(sheet: RatingSheet, handbook: Handbook, thresholds: Thresholds) -> tuple[ItemSheet, ...]:
    """The items that the file speaks of: from what hinders most to what helps most, then what is unknown."""

    def worst(item: ItemSheet) -> tuple[bool, int, int]:
        hinders = handbook.hinders(sheet.instrument.id, item.item.id)
        helps = handbook.helps(sheet.instrument.id, item.item.id)
        strengths = [hinders.get(rating.value, 0) for rating in item.ratings]
        strengths += [counted.spread.strength(thresholds) for counted in item.counts]
        strengths += [each.reported.strength(thresholds) for each in item.published]
        helped = [helps.get(rating.value, 0) for rating in item.ratings]
        return not item.known, -max(strengths), min(helped, default=0)

    entered = [item for item in sheet.all_rows if item.entered]
    return tuple(sorted(entered, key=worst))
