"""Ids that must lead somewhere: organisations, people, items, instruments, rules, evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from fii_cli.diagnostics import Finding, Severity
from fii_cli.handbook import Handbook
from fii_cli.language import msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.suggest import Lexicon, did_you_mean, one_of, only_near
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REFERS_TO
from fii_cli.trajectory.throughout import Assessment
from fii_cli.words import STOPLICHT


@rule("FII016", Severity.ERROR)
def id_of_several_words(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for route, record in trajectory.records:
        id_ = getattr(record, "id", "-")
        if id_.split() != [id_]:
            yield Finding(
                (*route, "id"),
                msg("an id is one word, without spaces"),
                msg("write it with hyphens: stichting-aanzet"),
            )


@rule("FII020", Severity.ERROR)
def duplicate_id(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for route, record in trajectory.records:
        for name in type(record).model_fields:
            items = getattr(record, name)
            if not isinstance(items, tuple):
                continue
            first: dict[str, int] = {}
            for index, item in enumerate(items):
                id_ = getattr(item, "id", None)
                if id_ is None:
                    continue
                if id_ in first:
                    yield Finding(
                        (*route, name, index, "id"),
                        msg("the id {id} is used a second time", id=id_),
                        msg("give each its own id"),
                        related=(((*route, name, first[id_], "id"), msg("{id} is used first here", id=id_)),),
                    )
                first.setdefault(id_, index)


def _unknown(
    trajectory: Trajectory, kind: str, known: Collection[str]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for route, record in trajectory.records:
        for name, info in type(record).model_fields.items():
            extra = info.json_schema_extra
            value = getattr(record, name)
            if value and isinstance(extra, dict) and extra.get(REFERS_TO) == kind and value not in known:
                yield (*route, name), value


@rule("FII021", Severity.ERROR, "organisations")
def unknown_organisation(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    known = [organisation.id for organisation in trajectory.organisations]
    lexicon = Lexicon(known)
    for route, id_ in _unknown(trajectory, "organisation", frozenset(known)):
        yield Finding(
            route,
            msg("there is no organisation {id}", id=id_),
            did_you_mean(id_, lexicon, msg("add it under organisations")),
            label=one_of(known),
        )


@rule("FII022", Severity.ERROR, "people")
def unknown_person(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    known = [person.id for person in trajectory.people]
    lexicon = Lexicon(known)
    for route, id_ in _unknown(trajectory, "person", frozenset(known)):
        yield Finding(
            route,
            msg("there is no person {id}", id=id_),
            did_you_mean(id_, lexicon, msg("add this person under people, with a role")),
            label=one_of(known),
        )


class _Items:
    """What can be rated on an instrument, or answered with an action; and what was meant by what cannot."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids, self._known = ids, frozenset(ids)

    def __contains__(self, item: str) -> bool:
        return item in self._known

    @cached_property
    def lexicon(self) -> Lexicon:
        return Lexicon(self._ids)

    def beginning_as(self, item: str) -> Lexicon | tuple[str, ...]:
        """The items of the same part."""
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
    """The items of those of these instruments that there are, with those of the team's own.

    ``unrated`` are what an instrument knows and does not ask.
    """
    found: dict[str, _Items] = {}
    for instrument in dict.fromkeys(instruments):
        if instrument not in handbook.instrument_ids:
            continue
        ids = [*handbook.item_ids(instrument), *(item.id for item in trajectory.own_items(instrument))]
        if unrated:
            ids += handbook.unrated_ids(instrument)
        found[instrument] = _Items(ids)
    return found


def _spoken_of(assessment: Assessment) -> Iterator[tuple[str, str]]:
    """The items of an assessment, with the part in which they stand."""
    for part in ("ratings", "counts"):
        yield from ((part, item) for item in getattr(assessment, part))


@rule("FII024", Severity.ERROR, "checklist")
def unknown_item(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    book = circumstances.handbook
    rateable = _items(trajectory, book, (made.instrument for made in trajectory.assessments))
    for index, assessment in enumerate(trajectory.assessments):
        if assessment.instrument not in rateable:
            continue
        known = rateable[assessment.instrument]
        for part, item in _spoken_of(assessment):
            if item not in known:
                yield Finding(
                    ("assessments", index, part, item),
                    msg("{instrument} has no item {item}", instrument=assessment.instrument, item=item),
                    did_you_mean(
                        item,
                        known.lexicon,
                        msg("add an item of your own under checklist, or choose another"),
                    ),
                    at_key=True,
                    fix=only_near(item, known.beginning_as(item)),
                )
    named = (answer.partition("/")[0] for action in trajectory.actions for answer in action.answers)
    answerable = _items(trajectory, book, named, unrated=True)
    for index, action in enumerate(trajectory.actions):
        for position, answer in enumerate(action.answers):
            instrument, _, item = answer.partition("/")
            if instrument not in answerable:
                continue
            if item not in (known := answerable[instrument]):
                yield Finding(
                    ("actions", index, "answers", position),
                    msg("{instrument} has no item {item}", instrument=instrument, item=item or "?"),
                    did_you_mean(
                        item, known.lexicon, msg("write instrument/item, such as stoplicht/2c.overleg")
                    ),
                )
    yield from _misplaced(trajectory, circumstances)


def _misplaced(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    taken = circumstances.handbook.item_ids(STOPLICHT)
    for index, item in enumerate(trajectory.checklist):
        if item.id in taken:
            yield Finding(
                ("checklist", index, "id"),
                msg("the handbook already has an item {id}", id=item.id),
                msg("give your own item another word behind the point"),
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
    known = circumstances.handbook.instrument_ids
    lexicon = Lexicon(known)
    named = [
        (("assessments", index, "instrument"), assessment.instrument)
        for index, assessment in enumerate(trajectory.assessments)
    ] + [
        (("actions", index, "answers", position), answer.partition("/")[0])
        for index, action in enumerate(trajectory.actions)
        for position, answer in enumerate(action.answers)
    ]
    for route, name in named:
        if name not in known:
            yield Finding(
                route, msg("there is no instrument {id}", id=name), did_you_mean(name, lexicon, one_of(known))
            )


@rule("FII026", Severity.ERROR)
def rating_off_scale(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    book = circumstances.handbook
    rateable = _items(trajectory, book, (made.instrument for made in trajectory.assessments))
    scales: dict[tuple[str, ...], Lexicon] = {}
    for index, assessment in enumerate(trajectory.assessments):
        instrument = assessment.instrument
        if instrument not in rateable:
            continue
        known = rateable[instrument]
        written = [
            (("ratings", item, "value"), item, rating.value) for item, rating in assessment.ratings.items()
        ]
        if not assessment.of_lights:  # lights that are counted are another error
            written += [
                (("counts", item, value), item, value)
                for item, counts in assessment.counts.items()
                for value in counts
            ]
        for route, item, value in written:
            scale = book.scale(instrument, item) if item in known else (value,)
            if value not in scale:
                if scale not in scales:
                    scales[scale] = Lexicon(scale)
                lexicon = scales[scale]
                yield Finding(
                    ("assessments", index, *route),
                    msg("{written} is not a rating of {instrument}", written=value, instrument=instrument),
                    did_you_mean(value, lexicon, one_of(scale)),
                    label=one_of(scale),
                    at_key=route[0] == "counts",
                    fix=only_near(value, lexicon),
                )


@rule("FII033", Severity.ERROR)
def counts_do_not_add_up(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for index, assessment in enumerate(trajectory.assessments):
        if assessment.of_lights and assessment.counts:
            yield Finding(
                ("assessments", index, "counts"),
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
                    msg("{n} answers on {item}, of {all} people", n=n, item=item, all=assessment.responses),
                    msg("each person answers once: correct the counts, or responses"),
                    at_key=True,
                )


@rule("FII034", Severity.ERROR)
def unknown_strategy(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if not any(action.strategy for action in trajectory.actions):
        return
    known = circumstances.handbook.strategy_phases
    lexicon = Lexicon(list(known))
    for index, action in enumerate(trajectory.actions):
        if action.strategy and action.strategy not in known:
            yield Finding(
                ("actions", index, "strategy"),
                msg("there is no strategy {id}", id=action.strategy),
                did_you_mean(action.strategy, lexicon, msg("fii strategies --list shows them all")),
                fix=only_near(action.strategy, lexicon),
            )


@rule("FII032", Severity.ADVICE)
def evidence_not_there(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    for index, assessment in enumerate(trajectory.assessments):
        for item, rating in assessment.ratings.items():
            path = rating.evidence
            if path and "://" not in path and not circumstances.evidence_there(path):
                yield Finding(
                    ("assessments", index, "ratings", item, "evidence"),
                    msg("the evidence {path} is not there", path=path),
                    msg("add the file to git, or correct the path"),
                    about=item,
                )
