"""A trajectory in the terms of today's handbook: what was said of a retired item is said of what it became.

A rating of an item that became exactly one other counts as a rating of that one, on its own date. Any other
rating of a retired item is kept apart: it is shown, and nothing is concluded from it. The file never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from fii_cli.analysis.lights import WORST_FIRST
from fii_cli.analysis.published import DIRECTIONS, Reported, reported_of
from fii_cli.diagnostics import Route
from fii_cli.handbook import Handbook
from fii_cli.handbook.retired import Retired
from fii_cli.trajectory import Side, Trajectory
from fii_cli.trajectory.base import remade
from fii_cli.trajectory.follow_up import Accepted, Action, Assessment, Published
from fii_cli.words import STOPLICHT

_Part = Literal["ratings", "counts", "published"]
_PARTS: tuple[_Part, ...] = ("ratings", "counts", "published")


class Renewed(NamedTuple):
    """A trajectory in the terms of today's handbook.

    ``apart`` are its assessments with only what was said of retired items without one successor. ``written``
    has, by the index of an assessment, its index in the file, and the names that its items have there.
    """

    trajectory: Trajectory
    apart: tuple[Assessment, ...]
    written: Mapping[int, tuple[int, Mapping[str, str]]]

    def in_file(self, route: Route) -> Route:
        """The path in the file of a path in this trajectory."""
        index = route[1] if route[:1] == ("assessments",) and len(route) > 1 else None
        if not isinstance(index, int) or index not in self.written:
            return route
        at, items = self.written[index]
        item = tuple(items.get(str(step), step) for step in route[3:4])
        return ("assessments", at, *route[2:3], *item, *route[4:])


def renewed(trajectory: Trajectory, handbook: Handbook) -> Renewed:
    """The trajectory in the terms of a handbook: the trajectory itself if it names nothing retired."""
    changed: dict[str, Any] = {}
    own = frozenset(f"{STOPLICHT}/{item.id}" for item in trajectory.checklist)  # a team can go on asking it
    actions = tuple(_renewed_action(action, handbook, own) for action in trajectory.actions)
    if any(new is not old for new, old in zip(actions, trajectory.actions, strict=True)):
        changed["actions"] = actions
    accepted = tuple(_renewed_acceptance(each, trajectory, handbook, own) for each in trajectory.accepted)
    if any(new is not old for new, old in zip(accepted, trajectory.accepted, strict=True)):
        changed["accepted"] = accepted
    sorted_out = {
        index: _sorted_out(made, handbook, own)
        for index, made in enumerate(trajectory.assessments)
        if made.instrument in handbook.instrument_ids and handbook.retired.items(made.instrument)
    }
    if not sorted_out:
        return Renewed(remade(trajectory, **changed) if changed else trajectory, (), {})
    assessments = list(trajectory.assessments)
    apart: list[Assessment] = []
    written: dict[int, tuple[int, Mapping[str, str]]] = {}
    for index, places in sorted_out.items():
        made = trajectory.assessments[index]
        first, *others = _by_instrument(made, places) or [
            (remade(made, ratings={}, counts={}, published={}), {})
        ]
        assessments[index] = first[0]
        written[index] = (index, first[1])
        for other, items in others:  # at the end, so that the rest keep their index
            written[len(assessments)] = (index, items)
            assessments.append(other)
        left = {part: _left(getattr(made, part), places[part]) for part in _PARTS}
        if any(left.values()):
            apart.append(remade(made, **left))
    changed["assessments"] = tuple(assessments)
    return Renewed(remade(trajectory, **changed), tuple(apart), written)


_Places = Mapping[_Part, Mapping[str, str | None]]
"""Where each rated or counted item of an assessment belongs now; ``None`` if it is only retired."""


def _sorted_out(made: Assessment, handbook: Handbook, own: frozenset[str]) -> _Places:
    return {part: dict(_placed(made, getattr(made, part), handbook, own)) for part in _PARTS}


def _placed(
    made: Assessment, said: Mapping[str, Any], handbook: Handbook, own: frozenset[str]
) -> Iterator[tuple[str, str | None]]:
    """Every item with its place now; no place is given twice.

    What was rated under its present name comes first, then what is least favourable.
    """
    retired = {
        id_: item for id_, item in handbook.retired.items(made.instrument).items() if item.id not in own
    }
    taken = {f"{made.instrument}/{item}" for item in said if item not in retired}
    yield from ((item, f"{made.instrument}/{item}") for item in said if item not in retired)
    old = [item for item in said if item in retired]
    for item in sorted(old, key=lambda item: _favour(made.instrument, item, said[item], handbook)):
        became = handbook.retired.current(retired[item].id)
        only = became[0] if len(became) == 1 else None
        if only is None or only in taken or not _fits(said[item], only, handbook):
            yield item, None
            continue
        taken.add(only)
        yield item, only


def _by_instrument(made: Assessment, places: _Places) -> list[tuple[Assessment, dict[str, str]]]:
    """An assessment as one for each instrument that its items belong to now, its own first.

    Each with the names that its items have in the file, if those differ.
    """
    parts: dict[str, dict[_Part, dict[str, Any]]] = {}
    written: dict[str, dict[str, str]] = {}
    for part in _PARTS:
        for item, place in places[part].items():
            if place is None:
                continue
            instrument, _, id_ = place.partition("/")
            of_instrument = parts.setdefault(instrument, {part: {} for part in _PARTS})
            of_instrument[part][id_] = getattr(made, part)[item]
            if id_ != item:
                written.setdefault(instrument, {})[id_] = item
    in_order = sorted(parts, key=lambda instrument: instrument != made.instrument)
    return [
        (
            remade(made, instrument=each, **parts[each]),
            written.get(each, {}),
        )
        for each in in_order
    ]


def _left(said: Mapping[str, Any], places: Mapping[str, str | None]) -> dict[str, Any]:
    return {item: value for item, value in said.items() if places[item] is None}


def _favour(instrument: str, item: str, value: Any, handbook: Handbook) -> float:
    """A sort key: what hinders most comes first."""
    hinders, helps = handbook.hinders(instrument, item), handbook.helps(instrument, item)
    if isinstance(value, Published):
        favour_of = {"helps": 1, "hinders": -1, **helps} | {each: -n for each, n in hinders.items()}
        return sum(percent * favour_of.get(each, 0) for each, percent in value.shares.items())
    if isinstance(value, Mapping):
        favour = (n * (helps.get(each, 0) - hinders.get(each, 0)) for each, n in value.items())
        return float(sum(favour)) / (sum(value.values()) or 1)
    if instrument == STOPLICHT and value.value in WORST_FIRST:
        return WORST_FIRST.index(value.value)
    return helps.get(value.value, 0) - hinders.get(value.value, 0)


def _fits(value: Any, place: str, handbook: Handbook) -> bool:
    """Whether a rating or answers can be given to an item: their values are on its scale."""
    instrument, _, item = place.partition("/")
    scale = handbook.scale(instrument, item)
    if isinstance(value, Published):
        return instrument != STOPLICHT and all(each in scale or each in DIRECTIONS for each in value.shares)
    if isinstance(value, Mapping):
        return instrument != STOPLICHT and all(each in scale for each in value)  # lights are never counted
    return value.value in scale


def _renewed_action(action: Action, handbook: Handbook, own: frozenset[str]) -> Action:
    """An action with the strategy it applies and the barriers it addresses by their present names."""
    answers = tuple(
        now
        for place in action.answers
        for now in ((place,) if place in own else handbook.retired.current(place) or (place,))
    )
    changed: dict[str, Any] = {}
    if answers != action.answers:
        changed["answers"] = tuple(dict.fromkeys(answers))
    if action.strategy:
        now = handbook.retired.current_strategy(action.strategy)
        if len(now) == 1 and now[0] != action.strategy:
            changed["strategy"] = now[0]
    return remade(action, **changed) if changed else action


def _renewed_acceptance(
    accepted: Accepted, trajectory: Trajectory, handbook: Handbook, own: frozenset[str]
) -> Accepted:
    """An acceptance that is about an item of an instrument that was used, by its present name."""
    if accepted.about is None:
        return accepted
    used = {
        made.instrument: None for made in trajectory.assessments if made.instrument in handbook.instrument_ids
    }
    for instrument in used:
        retired = handbook.retired.items(instrument).get(accepted.about)
        became = handbook.retired.current(retired.id) if retired and retired.id not in own else ()
        if len(became) == 1:
            present: Accepted = remade(accepted, about=became[0].partition("/")[2])
            return present
    return accepted


class RetiredRating(NamedTuple):
    """What one side last said of a retired item without one successor; answers are counted or published."""

    item: Retired
    became: tuple[str, ...]
    value: str
    counts: Mapping[str, int]
    made: Assessment
    note: str | None
    reported: Reported | None = None


def retired_ratings(
    apart: Iterable[Assessment], handbook: Handbook, today: date
) -> tuple[RetiredRating, ...]:
    """What each side last said of the retired items in assessments that were kept apart."""
    last: dict[tuple[str, str, Side], RetiredRating] = {}
    for made in sorted(apart, key=lambda made: made.date.first):
        if made.date.after(today):
            continue
        side = (made.perspective, None if made.of_lights else made.about)
        for part in _PARTS:
            for id_, said in getattr(made, part).items():
                item = handbook.retired.items(made.instrument)[id_]
                value, note, counts, told = "", None, {}, None
                if part == "ratings":
                    value, note = said.value, said.note
                elif part == "counts":
                    counts = said
                else:
                    told = reported_of(handbook, made, id_)
                became = handbook.retired.current(item.id)
                last[part, item.id, side] = RetiredRating(item, became, value, counts, made, note, told)
    return tuple(last.values())
