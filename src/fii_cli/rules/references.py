"""References that must exist: organisations, people, items, instruments, strategies, evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

from fii_cli.analysis.evidence import is_url
from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.handbook import Handbook
from fii_cli.language import msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.suggest import Lexicon, did_you_mean, one_of, only_near
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import has_id, references_of
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.words import STOPLICHT


@rule("FII016", Severity.ERROR)
def id_of_several_words(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for kind, records in trajectory.records_by_kind.items():
        for route, record in records if has_id(kind) else ():
            id_: str = getattr(record, "id")  # noqa: B009 - only some kinds have it
            if id_.split() != [id_]:
                yield Finding(
                    (*route, "id"),
                    msg("an id is one word, without spaces"),
                    msg("write it with hyphens: stichting-voorbeeld"),
                )


def _unknown(
    trajectory: Trajectory, to: Literal["organisation", "person"], known: Collection[str]
) -> Iterator[tuple[Route, str]]:
    """The routes and ids that refer to an unknown organisation or person."""
    for kind, records in trajectory.records_by_kind.items():
        for name in references_of(kind, to):
            for route, record in records:
                value = getattr(record, name)
                if isinstance(value, tuple):
                    yield from (((*route, name, at), id_) for at, id_ in enumerate(value) if id_ not in known)
                elif value and value not in known:
                    yield (*route, name), value


@rule("FII021", Severity.ERROR, "organisations.id")
def unknown_organisation(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    known = [organisation.id for organisation in trajectory.organisations]
    lexicon = Lexicon(known)
    for route, id_ in _unknown(trajectory, "organisation", frozenset(known)):
        yield Finding(
            route,
            msg("unknown organisation {id}", id=id_),
            did_you_mean(id_, lexicon, msg("add it under organisations")),
            label=one_of(known),
        )


@rule("FII022", Severity.ERROR, "people.id")
def unknown_person(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    known = [person.id for person in trajectory.people]
    lexicon = Lexicon(known)
    for route, id_ in _unknown(trajectory, "person", frozenset(known)):
        yield Finding(
            route,
            msg("unknown person {id}", id=id_),
            did_you_mean(id_, lexicon, msg("add this person under people, with a role")),
            label=one_of(known),
        )


@rule("FII029", Severity.ERROR, "innoveren.method", "innoveren.adaptations")
def unknown_ingredient(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    innoveren = trajectory.innoveren
    method = innoveren.method if innoveren else None
    known = [each.id for each in method.active_ingredients] if method else []
    there, lexicon = frozenset(known), Lexicon(known)
    for index, made in enumerate(innoveren.adaptations if innoveren else ()):
        for at, id_ in enumerate(made.ingredients):
            if id_ not in there:
                yield Finding(
                    ("innoveren", "adaptations", index, "ingredients", at),
                    msg("unknown active ingredient {id}", id=id_),
                    did_you_mean(id_, lexicon, msg("add it under active_ingredients")),
                    label=one_of(known),
                )


class _Items:
    """The items of an instrument, with lexicons to suggest one for an unknown id.

    What was ``retired`` is known, and never suggested.
    """

    def __init__(self, ids: frozenset[str], own: Sequence[str], retired: Collection[str]) -> None:
        self._known, self._own = ids, own
        self._more = frozenset([*own, *retired])

    def __contains__(self, item: str) -> bool:
        return item in self._known or item in self._more

    def unknown(self, said: Mapping[str, object]) -> list[str]:
        """The items among these that the instrument does not have, in their order."""
        others = said.keys() - self._known  # mostly none
        return [item for item in said if item in others and item not in self._more] if others else []

    @cached_property
    def _ids(self) -> list[str]:
        return [*self._known, *self._own]

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self._ids)

    def beginning_as(self, item: str) -> Lexicon | tuple[str, ...]:
        """The items whose ids start with the same three characters."""
        return self._parts.get(item[:3], ())

    @cached_property
    def _parts(self) -> dict[str, Lexicon]:
        parts: dict[str, list[str]] = {}
        for each in self._ids:
            parts.setdefault(each[:3], []).append(each)
        return {part: Lexicon(ids) for part, ids in parts.items()}


def _items(
    trajectory: Trajectory, handbook: Handbook, instruments: Iterable[str], *, unrated: bool = False
) -> dict[str, _Items]:
    """The items of each known instrument, including the team's own.

    ``unrated`` adds the constructs of an instrument that are not rated.
    """
    found: dict[str, _Items] = {}
    for instrument in dict.fromkeys(instruments):
        if instrument not in handbook.instrument_ids:
            continue
        ids = handbook.item_ids(instrument)
        own = [item.id for item in trajectory.own_items(instrument)]
        if unrated:
            own += handbook.unrated_ids(instrument)
        found[instrument] = _Items(ids, own, handbook.retired.items(instrument))
    return found


@rule("FII024", Severity.ERROR, "checklist.id", "checklist.subphase")
def unknown_item(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    yield from _unknown_rated(trajectory, circumstances.handbook)
    yield from _unknown_answered(trajectory, circumstances.handbook)
    yield from _misplaced(trajectory, circumstances)


def _rateable(trajectory: Trajectory, handbook: Handbook) -> dict[str, _Items]:
    return _items(trajectory, handbook, (made.instrument for made in trajectory.assessments))


def _unknown_rated(trajectory: Trajectory, handbook: Handbook) -> Iterator[Finding]:
    """Rated or counted items that the instrument does not have."""
    rateable = _rateable(trajectory, handbook)
    for index, assessment in enumerate(trajectory.assessments):
        instrument = assessment.instrument
        if instrument not in rateable:
            continue
        items = rateable[instrument]
        spoken_of = [("ratings", item) for item in items.unknown(assessment.ratings)]
        spoken_of += [("counts", item) for item in items.unknown(assessment.counts)]
        spoken_of += [("published", item) for item in items.unknown(assessment.published)]
        for part, item in spoken_of:
            otherwise = msg("add your own item under checklist, or choose another item")
            if item in handbook.names.groups(instrument):
                otherwise = msg("rate its items: {id} has no ratings of a whole group", id=instrument)
            yield Finding(
                ("assessments", index, part, item),
                msg("{instrument} has no item {item}", instrument=instrument, item=item),
                did_you_mean(item, items.lexicon, otherwise),
                at_key=True,
                fix=only_near(item, items.beginning_as(item)),
            )


def _unknown_answered(trajectory: Trajectory, handbook: Handbook) -> Iterator[Finding]:
    """Items addressed by an action that the instrument does not have; they need not be rated ones."""
    answers = list(_answers(trajectory))
    answerable = _items(trajectory, handbook, (instrument for _, instrument, _ in answers), unrated=True)
    for route, instrument, item in answers:
        if instrument not in answerable or item in answerable[instrument]:
            continue
        otherwise = msg("write instrument/item, such as stoplicht/2c.overleg")
        yield Finding(
            route,
            msg("{instrument} has no item {item}", instrument=instrument, item=item or "?"),
            did_you_mean(item, answerable[instrument].lexicon, otherwise),
        )


def _answers(trajectory: Trajectory) -> Iterator[tuple[Route, str, str]]:
    """What actions address: the route, the instrument and the item."""
    for index, action in enumerate(trajectory.actions):
        for position, answer in enumerate(action.answers):
            instrument, _, item = answer.partition("/")
            yield ("actions", index, "answers", position), instrument, item


def _misplaced(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    taken = circumstances.handbook.item_ids(STOPLICHT)
    for index, item in enumerate(trajectory.checklist):
        if item.id in taken:
            yield Finding(
                ("checklist", index, "id"),
                msg("the handbook already has an item {id}", id=item.id),
                msg("choose another word after the dot for your own item"),
            )
        elif not item.id.startswith(f"{item.subphase}."):
            yield Finding(
                ("checklist", index, "id"),
                msg(
                    "the id {id} does not start with its subphase {subphase}",
                    id=item.id,
                    subphase=item.subphase,
                ),
                msg("write {id}", id=f"{item.subphase}.{item.id.rpartition('.')[2]}"),
            )


@rule("FII025", Severity.ERROR)
def unknown_instrument(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    book = circumstances.handbook
    named: list[tuple[Route, str]] = []
    for index, assessment in enumerate(trajectory.assessments):
        named.append((("assessments", index, "instrument"), assessment.instrument))
    for route, instrument, _ in _answers(trajectory):
        named.append((route, instrument))
    if trajectory.distinguish:
        named.append((("distinguish", "instrument"), trajectory.distinguish.instrument))
    unknown = [(route, name) for route, name in named if name not in book.instrument_ids]
    if not unknown:
        return
    in_use = [id_ for id_ in book.instrument_ids if not book.retired.instrument(id_)]
    lexicon = Lexicon(in_use)
    for route, name in unknown:
        hint = did_you_mean(name, lexicon, one_of(in_use))
        yield Finding(route, msg("unknown instrument {id}", id=name), hint)


@rule("FII026", Severity.ERROR)
def rating_off_scale(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    book = circumstances.handbook
    rateable = _rateable(trajectory, book)
    lexicons: dict[tuple[str, ...], Lexicon] = {}
    for index, assessment in enumerate(trajectory.assessments):
        instrument = assessment.instrument
        if instrument not in rateable:
            continue
        for route, item, value in _values_in(assessment):
            scale = book.scale(instrument, item)
            # An unknown item is reported by FII024, and has no scale.
            if value in scale or item not in rateable[instrument]:
                continue
            if scale not in lexicons:
                lexicons[scale] = Lexicon(scale)
            yield Finding(
                ("assessments", index, *route),
                msg("{written} is not on the scale of {instrument}", written=value, instrument=instrument),
                did_you_mean(value, lexicons[scale], one_of(scale)),
                label=one_of(scale),
                at_key=route[0] == "counts",
                fix=only_near(value, lexicons[scale]),
            )


def _values_in(assessment: Assessment) -> Iterator[tuple[Route, str, str]]:
    """The values in an assessment: the route within it, the item and the value."""
    for item, rating in assessment.ratings.items():
        yield ("ratings", item, "value"), item, rating.value
    if assessment.of_lights:
        return  # counted lights are reported by FII033
    for item, counts in assessment.counts.items():
        for value in counts:
            yield ("counts", item, value), item, value


@rule("FII033", Severity.ERROR)
def counts_do_not_add_up(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for index, assessment in enumerate(trajectory.assessments):
        if assessment.of_lights and (assessment.counts or assessment.published):
            yield Finding(
                ("assessments", index, "counts" if assessment.counts else "published"),
                msg("lights are agreed on, not counted"),
                msg("write one light for each item under ratings"),
                at_key=True,
            )
            continue
        for item, counts in assessment.counts.items():
            n = sum(counts.values())
            if assessment.responses is not None and n > assessment.responses:
                yield Finding(
                    ("assessments", index, "counts", item),
                    msg(
                        "{n} answers for {item}, from {all} people", n=n, item=item, all=assessment.responses
                    ),
                    msg("each person answers once: correct the counts, or responses"),
                    at_key=True,
                )


@rule("FII034", Severity.ERROR)
def unknown_strategy(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if not any(action.strategy for action in trajectory.actions):
        return
    book = circumstances.handbook
    known = {*book.strategy_phases, *book.retired.strategies}
    lexicon = Lexicon(list(book.strategy_phases))
    for index, action in enumerate(trajectory.actions):
        if action.strategy and action.strategy not in known:
            yield Finding(
                ("actions", index, "strategy"),
                msg("unknown strategy {id}", id=action.strategy),
                did_you_mean(action.strategy, lexicon, msg("fii strategies --list shows them all")),
                fix=only_near(action.strategy, lexicon),
            )


@rule("FII032", Severity.ADVICE)
def evidence_not_there(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    for index, assessment in enumerate(trajectory.assessments):
        for item, rating in assessment.ratings.items():
            path = rating.evidence
            if path and not is_url(path) and not circumstances.evidence_there(path):
                yield Finding(
                    ("assessments", index, "ratings", item, "evidence"),
                    msg("evidence {path} not found", path=path),
                    msg("add the file to git, or correct the path"),
                    about=item,
                )
