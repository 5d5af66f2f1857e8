"""Organisations side by side on an instrument, in two groups: by an outcome, or by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from fii_cli.analysis.distinguishes import (
    Distinguished,
    Organisation,
    distinguishing,
    grouped_by,
)
from fii_cli.analysis.per_organisation import measured_organisations, rated_organisations
from fii_cli.handbook import Handbook
from fii_cli.language import Message, msg
from fii_cli.suggest import known_as
from fii_cli.trajectory import Trajectory
from fii_cli.words import STOPLICHT

if TYPE_CHECKING:
    from fii_cli.handbook.models import Construct, Framework

OUTCOMES = "outcomes"
"""The instrument whose items can be an outcome without its name before them."""
RULE_FITTED_TO = "varsi-2015/tabel 2"
"""The published table to which the rule for what distinguishes was fitted, as a source."""
INDICATOR = "indicator"
"""What stands before the id of an indicator if an item has that id too."""


@dataclass(frozen=True, slots=True)
class Source:
    """A trajectory with the path of its file; ``called`` is how another file calls its organisation."""

    path: str
    trajectory: Trajectory
    called: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that were asked for: by name, or by an outcome.

    ``at`` is the value of an indicator from which an organisation is in the high group.
    """

    low: tuple[str, ...] = ()
    high: tuple[str, ...] = ()
    by: str | None = None
    at: float | None = None

    @property
    def asked(self) -> bool:
        return bool(self.low or self.high or self.by or self.at is not None)


@dataclass(frozen=True, slots=True)
class RatedOutcome:
    """An outcome that organisations were rated on."""

    instrument: Framework
    item: Construct


@dataclass(frozen=True, slots=True)
class MeasuredOutcome:
    """An outcome that was measured at organisations: an indicator."""

    indicator: str


Outcome = RatedOutcome | MeasuredOutcome


@dataclass(frozen=True, slots=True)
class Compared:
    """The organisations in the order of the files, those of the two groups, and the verdict on each item.

    ``why_not`` says why there are no two groups, if they were asked for.
    """

    instrument: Framework
    organisations: tuple[Organisation, ...]
    low: tuple[Organisation, ...] = ()
    high: tuple[Organisation, ...] = ()
    items: tuple[Distinguished, ...] = ()
    why_not: Message | None = None

    @property
    def grouped(self) -> bool:
        return bool(self.low and self.high)


@dataclass(frozen=True, slots=True)
class Placed:
    """An organisation that was rated, with the file that says so, its id there, and its id here."""

    path: str
    id: str
    called: str
    organisation: Organisation


def placed_in(sources: Sequence[Source], instrument: str, book: Handbook, today: date) -> tuple[Placed, ...]:
    """The organisations that were rated; an id that several files use has the name of its file before it.

    What the first file rated itself counts, instead of what the file of that organisation has.
    """
    found: list[tuple[str, str, Organisation]] = []
    own: set[str] = set()
    for source in sources:
        rated = rated_organisations(source.trajectory, instrument, book, today)
        own |= {each.id for each in rated} if source is sources[0] else set()
        for each in rated:
            id_, name = source.called if source.called and len(rated) == 1 else (each.id, each.name)
            if not (source.called == (id_, name) and id_ in own):
                found.append((source.path, each.id, replace(each, id=id_, name=name)))
    times = Counter(each.id for _, _, each in found)
    return tuple(
        Placed(path, id_, each.id, each if times[each.id] == 1 else replace(each, id=f"{path}:{each.id}"))
        for path, id_, each in found
    )


def compared(
    instrument: Framework,
    organisations: Sequence[Organisation],
    low: Iterable[str] = (),
    high: Iterable[str] = (),
    why_not: Message | None = None,
) -> Compared:
    """Organisations on an instrument, with the verdicts on two groups of them, named by their ids."""
    below, above = frozenset(low), frozenset(high)
    low_ones = tuple(each for each in organisations if each.id in below)
    high_ones = tuple(each for each in organisations if each.id in above)
    items = distinguishing(instrument, low_ones, high_ones, organisations)
    return Compared(instrument, tuple(organisations), low_ones, high_ones, items, why_not)


def outcome_named(by: str, book: Handbook, indicators: Iterable[str]) -> Outcome | None:
    """The outcome that is meant, or ``None``: an item of an instrument, or else an indicator."""
    instrument, _, item = by.rpartition("/")
    if instrument.strip().casefold() == INDICATOR:
        id_ = known_as(item, indicators)
        return MeasuredOutcome(id_) if id_ else None
    known = known_as(instrument or OUTCOMES, book.instrument_ids)
    framework = book.instrument(known) if known and known != STOPLICHT else None
    items = {each.id: each for each in framework.items} if framework else {}
    names = {name.casefold(): each.id for each in items.values() for name in (each.name.nl, each.name.en)}
    id_ = known_as(item, items) or names.get(item.strip().casefold())
    if framework and id_:
        return RatedOutcome(framework, items[id_])
    measured = None if instrument else known_as(item, indicators)
    return MeasuredOutcome(measured) if measured else None


def outcomes_known(by: str, book: Handbook, indicators: Iterable[str]) -> list[str]:
    """What could have been meant by an unknown outcome: the items of its instrument, and the indicators."""
    instrument, _, _ = by.rpartition("/")
    if instrument.strip().casefold() == INDICATOR:
        return list(dict.fromkeys(indicators))
    known = known_as(instrument or OUTCOMES, book.instrument_ids)
    items = [each.id for each in book.instrument(known).items] if known and known != STOPLICHT else []
    return list(dict.fromkeys([*items, *(() if instrument else indicators)]))


def indicators_in(trajectories: Iterable[Trajectory]) -> tuple[str, ...]:
    """The ids of the indicators, each once."""
    kept = (each.borgen for each in trajectories if each.borgen)
    return tuple(dict.fromkeys(indicator.id for borgen in kept for indicator in borgen.indicators))


def divided(
    outcome: Outcome,
    at: float | None,
    sources: Sequence[Source],
    placed: Sequence[Placed],
    book: Handbook,
    today: date,
) -> tuple[frozenset[str], frozenset[str], Message | None]:
    """The ids of the organisations where an outcome is low and where it is high, and why not if one is empty.

    An organisation for which files say both is in neither, but what the first file says of one counts,
    instead of what the file of that organisation says.
    """
    low: set[str] = set()
    high: set[str] = set()
    values: dict[str, float] = {}
    own: set[str] = set()
    for source in sources:
        taken = own if source.called else set()
        if isinstance(outcome, RatedOutcome):
            rated = rated_organisations(source.trajectory, outcome.instrument.id, book, today)
            said = [each.id for each in rated if each.on(outcome.item.id)]
            shown_as = {id_: _shown(id_, source, placed, alone=len(rated) == 1) - taken for id_ in said}
            below, above = grouped_by(outcome.instrument, outcome.item, rated)
            low |= {shown for id_ in below for shown in shown_as[id_]}
            high |= {shown for id_ in above for shown in shown_as[id_]}
        else:
            measured = measured_organisations(source.trajectory, outcome.indicator, today)
            shown_as = {
                id_: _shown(id_, source, placed, alone=len(measured) == 1) - taken for id_ in measured
            }
            for id_, value in measured.items():
                for shown in shown_as[id_]:
                    values[shown] = value
                    (low if at is not None and value < at else high).add(shown)
        own |= {each for ids in shown_as.values() for each in ids} if source is sources[0] else set()
    if isinstance(outcome, MeasuredOutcome) and at is None:
        return frozenset(), frozenset(), _no_limit(outcome, values)
    below, above = frozenset(low - high), frozenset(high - low)
    if below and above:
        return below, above, None
    return frozenset(), frozenset(), _no_groups(outcome, at, values)


def _shown(id_: str, source: Source, placed: Sequence[Placed], *, alone: bool) -> set[str]:
    """How an organisation of a file is called here; that of another file if only one of all has that id.

    ``alone`` is whether the file says this of no other organisation.
    """
    called = source.called[0] if source.called and alone else id_
    here = [each for each in placed if (each.path, each.id) == (source.path, id_)]
    there = [each for each in placed if each.called == called]
    return {each.organisation.id for each in here or (there if len(there) == 1 else [])}


def _no_limit(outcome: MeasuredOutcome, values: Mapping[str, float]) -> Message:
    if not values:
        return msg("no two groups: {item} was measured at no organisation", item=outcome.indicator)
    return msg(
        "no two groups: {item} is a number, and nothing says from which value it went well ({values})",
        item=outcome.indicator,
        values=_listed(values),
    )


def _no_groups(outcome: Outcome, at: float | None, values: Mapping[str, float]) -> Message:
    if isinstance(outcome, RatedOutcome):
        return msg("no two groups: {item} was not rated high and low", item=outcome.item.id)
    if not values or at is None:
        return msg("no two groups: {item} was measured at no organisation", item=outcome.indicator)
    return msg(
        "no two groups: {item} is on one side of {at} everywhere ({values})",
        item=outcome.indicator,
        at=plain(at),
        values=_listed(values),
    )


def _listed(values: Mapping[str, float]) -> str:
    return ", ".join(f"{id_} {plain(value)}" for id_, value in values.items())


def plain(value: float) -> str:
    """A number as people write it: 40, not 40.0."""
    return f"{value:.12g}"


def compared_in(
    trajectory: Trajectory, book: Handbook, today: date, rolled_out: Sequence[Source] = ()
) -> tuple[Compared, ...]:
    """What a report compares: what the trajectory asks for, and each instrument with two organisations.

    ``rolled_out`` are the trajectories of a programme, which it also compares. An organisation that is only
    a candidate is not compared, unless the trajectory asks for that instrument.
    """
    sources = [Source("", trajectory), *rolled_out]
    asked = trajectory.distinguish
    found = [asked_for(sources, book, today)] if asked else []
    used = {made.instrument for each in sources for made in each.trajectory.assessments}
    for instrument in book.instruments:
        if instrument.id in used - {asked.instrument if asked else STOPLICHT}:
            placed = _told_apart(placed_in(sources, instrument.id, book, today), sources)
            candidates = {(source.path, id_) for source in sources for id_ in _candidates(source.trajectory)}
            involved = [each.organisation for each in placed if (each.path, each.id) not in candidates]
            found.append(compared(instrument, involved))
    return tuple(each for each in found if each and len(each.organisations) > 1)


def _told_apart(placed: Sequence[Placed], sources: Sequence[Source]) -> tuple[Placed, ...]:
    """Organisations with one name are told apart by the title of the trajectory of each."""
    times = Counter(each.organisation.name.casefold() for each in placed)
    titles = {each.path: each.trajectory.heading for each in sources[1:]}
    made = []
    for each in placed:
        one = each.organisation
        if each.path in titles and times[one.name.casefold()] > 1:
            one = replace(one, name=f"{one.name} ({titles[each.path]})")
        made.append(replace(each, organisation=one))
    return tuple(made)


def _candidates(trajectory: Trajectory) -> tuple[str, ...]:
    return tuple(each.id for each in trajectory.organisations if each.roles == ("candidate",))


def asked_for(sources: Sequence[Source], book: Handbook, today: date) -> Compared | None:
    """The comparison that the first trajectory asks for; ``None`` if its instrument is no use."""
    asked = sources[0].trajectory.distinguish
    if not asked or asked.instrument == STOPLICHT or asked.instrument not in book.instrument_ids:
        return None
    instrument = book.instrument(asked.instrument)
    placed = _told_apart(placed_in(sources, instrument.id, book, today), sources)
    organisations = [each.organisation for each in placed]
    if asked.by:
        outcome = outcome_named(asked.by, book, indicators_in(each.trajectory for each in sources))
        if outcome is None:
            return compared(instrument, organisations)
        low, high, why_not = divided(outcome, asked.at, sources, placed, book, today)
        return compared(instrument, organisations, low, high, why_not)
    known = [each.id for each in organisations]
    named, other = completed(asked.low, asked.high, known)
    nobody = msg("no two groups: nobody is left for the other group")
    empty = (asked.low or asked.high) and not ({*named} & {*known} and {*other} & {*known})
    return compared(instrument, organisations, named, other, nobody if empty else None)


def completed(
    low: Sequence[str], high: Sequence[str], known: Sequence[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """The two groups; if only one was named, all others are the other."""
    if low and not high:
        return low, [id_ for id_ in known if id_ not in low]
    if high and not low:
        return [id_ for id_ in known if id_ not in high], high
    return low, high
