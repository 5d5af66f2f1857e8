"""A report as tables for a spreadsheet: lights, actions, barriers, strategies, ratings and measurements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.counts import spread_of
from fii_cli.analysis.distinguishes import VERDICT_WORDS
from fii_cli.analysis.in_words import because, reported, reported_where, retired_in_words
from fii_cli.analysis.published import reported_of
from fii_cli.analysis.renewed import retired_ratings
from fii_cli.handbook.grounds import ground_of
from fii_cli.handbook.names import strategy_name
from fii_cli.language import Language
from fii_cli.report.adaptations import adaptation_cells
from fii_cli.report.barriers import STRENGTHS, short_name
from fii_cli.report.basis import Basis
from fii_cli.report.rollout import rollout_block
from fii_cli.report.shapes import LightShown
from fii_cli.report.wording import Wording, latest_day
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Action, Assessment
from fii_cli.words import STOPLICHT, label

Cell = str | int | float | date | LightShown | None
Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, its headings, and its rows with a cell for each heading."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[Cells, ...]


def sheets_of(basis: Basis, say: Language) -> tuple[Sheet, ...]:
    """The tables of this edition, lights first."""
    wording = Wording(basis.trajectory, say, basis.found, basis.outside)
    if not basis.rated:
        return (_measurement_sheet(basis, say), *_rollout_sheets(basis, say))
    return (
        _light_sheet(basis, wording),
        _action_sheet(basis, wording),
        _barrier_sheet(basis, wording),
        _strategy_sheet(basis, wording),
        _rating_sheet(basis, wording),
        _measurement_sheet(basis, say),
        *_adaptation_sheets(basis, wording),
        *_cost_sheets(basis, wording),
        *_compared_sheets(basis, wording),
        *_rollout_sheets(basis, say),
    )


def _light_sheet(basis: Basis, wording: Wording) -> Sheet:
    say = wording.say
    heads = (
        say("Phase"),
        say("Subphase"),
        *_inside(wording, say("Item")),
        say("In short"),
        say("Question"),
        say("Light"),
        say("Required by fii"),
        say("Date"),
        say("Remarks"),
    )
    rows: list[Cells] = []
    for phase in basis.standing.phases:
        for subphase in phase.subphases:
            for item in subphase.items:
                shown = wording.item(item)
                cells = (
                    f"{phase.content.number} {say.pick(phase.content.name)}",
                    subphase.content.id,
                    *_inside(wording, item.id),
                    say.pick(basis.handbook.short_name(STOPLICHT, item.id, item)),
                    shown.question,
                    shown.light,
                    _yes(item.required, say),
                    _when(latest_day(item)),
                    "; ".join(shown.remarks),
                )
                rows.append(cells)
    rows += _retired_lights(basis, wording)
    return Sheet(say("Lights"), heads, tuple(rows))


def _retired_lights(basis: Basis, wording: Wording) -> Iterator[Cells]:
    """The last lights of retired items, which have no phase or subphase any more."""
    say = wording.say
    for each in retired_ratings(basis.standing.apart, basis.handbook, basis.standing.today):
        instrument, _, item = each.item.id.partition("/")
        if instrument == STOPLICHT:
            name = say("{name} (retired)", name=say.pick(each.item.name))
            light = retired_in_words(each, basis.handbook, basis.thresholds, say)
            head = ("", "", *_inside(wording, item), "")
            yield (*head, name, light, _yes(False, say), _when(each.made.date), each.note or "")


def _action_sheet(basis: Basis, wording: Wording) -> Sheet:
    say = wording.say
    heads = (
        say("Action"),
        say("Strategy"),
        say("Addresses"),
        say("Owner"),
        say("Agreed on"),
        say("Due"),
        say("Overdue"),
        say("Status"),
        say("Reviewed"),
        say("Did it help?"),
        say("Note"),
    )
    return Sheet(
        say("Actions"), heads, tuple(_action_cells(each, basis, wording) for each in basis.trajectory.actions)
    )


def _action_cells(action: Action, basis: Basis, wording: Wording) -> Cells:
    result: Cells = (None, "", "")
    if action.result:
        result = (_when(action.result.date), wording.word(action.result.helped), action.result.note or "")
    return (
        action.what,
        strategy_name(action.strategy or "", basis.handbook, wording.say),
        wording.barriers(action.answers, basis.handbook),
        wording.doer(action, basis.standing.today),
        _when(action.since),
        _when(action.due),
        _yes(action.is_overdue(basis.standing.today), wording.say),
        wording.word(action.status),
        *result,
    )


def _barrier_sheet(basis: Basis, wording: Wording) -> Sheet:
    say = wording.say
    heads = (
        say("Instrument"),
        *_inside(wording, say("Item")),
        say("Barrier"),
        say("Strength"),
        say("Since"),
        say("Side"),
        say("About"),
        say("Source"),
        say("Note"),
        say("Actions"),
    )
    rows: list[Cells] = []
    for barrier in basis.barriers:
        actions = [action.what for action in (*barrier.actions, *barrier.done)]
        cells = (
            _instrument(barrier.instrument, basis, wording),
            *_inside(wording, barrier.item),
            say.pick(basis.handbook.short_name(barrier.instrument, barrier.item, barrier.name)),
            say(STRENGTHS[barrier.strength]),
            _when(barrier.since),
            wording.word(barrier.perspective),
            wording.trajectory.named(barrier.about),
            barrier.by or "",
            barrier.note or "",
            ", ".join(actions),
        )
        rows.append(cells)
    return Sheet(say("Barriers"), heads, tuple(rows))


def _strategy_sheet(basis: Basis, wording: Wording) -> Sheet:
    """A row for each barrier that a strategy addresses; for readers outside, one for each strategy."""
    say = wording.say
    if wording.outside:
        heads: tuple[str, ...] = (say("Rank"), say("Strategy"), say("Why"), say("Chosen as"))
    else:
        heads = (say("Rank"), say("Strategy"), say("Addresses"), say("Via"), say("Basis"), say("Chosen as"))
    rows: list[Cells] = []
    for rank, recommended in enumerate(basis.chosen, 1):
        head = (rank, say.pick(recommended.strategy.name))
        chosen = ", ".join(action.what for action in recommended.chosen)
        if wording.outside:
            names = {each.place: short_name(each, basis.handbook, wording) for each in basis.barriers}
            rows.append((*head, because(recommended, names, say), chosen))
            continue
        for reason in recommended.counting:
            via = reason.via.to if reason.via else ""
            rows.append((*head, reason.barrier, via, ground_of(reason.link, basis.handbook, say), chosen))
    return Sheet(say("Strategies"), heads, tuple(rows))


def _rating_sheet(basis: Basis, wording: Wording) -> Sheet:
    say = wording.say
    heads = (
        say("Date"),
        say("Instrument"),
        say("Item"),
        say("Rating"),
        say("How many"),
        say("Side"),
        say("About"),
        say("By"),
        say("Note"),
        say("Evidence"),
    )
    rows: list[Cells] = []
    for assessment in basis.trajectory.assessments:
        rows += _rating_cells(assessment, basis, wording)
    for assessment in basis.standing.apart:
        rows += _rating_cells(assessment, basis, wording, retired=True)
    return Sheet(say("Ratings"), heads, tuple(rows))


def _rating_cells(
    made: Assessment, basis: Basis, wording: Wording, *, retired: bool = False
) -> Iterator[Cells]:
    """Every rating, and the counted answers of groups that are large enough to show."""

    def named(item: str) -> str:
        name = wording.name_of(f"{made.instrument}/{item}", basis.handbook) if wording.outside else item
        return wording.say("{name} (retired)", name=item) if retired and not wording.outside else name

    head = (_when(made.date), _instrument(made.instrument, basis, wording))
    side = (wording.word(made.perspective), wording.trajectory.named(made.about), made.by or "")
    for item, rating in made.ratings.items():
        told = (rating.note or "", rating.evidence or "")
        yield (*head, named(item), _number(rating.value), None, *side, *told)
    for item, counts in made.counts.items():
        if not spread_of(basis.handbook, made.instrument, item, counts).kept_back(basis.thresholds):
            for value, n in counts.items():
                yield (*head, named(item), _number(value), n, *side, "", "")
    for item in made.published:
        result = reported_of(basis.handbook, made, item)
        shown = reported(result, basis.thresholds, wording.say)
        where = reported_where(result, basis.thresholds, wording.say)
        known = None if result.kept_back(basis.thresholds) else result.n
        yield (*head, named(item), shown, known, *side, where, "")


def _inside(wording: Wording, cell: str) -> tuple[str, ...]:
    """A cell with an id, which readers outside do not get."""
    return () if wording.outside else (cell,)


def _instrument(id_: str, basis: Basis, wording: Wording) -> str:
    return wording.say.pick(basis.handbook.instrument(id_).name) if wording.outside else id_


def _measurement_sheet(basis: Basis, say: Language) -> Sheet:
    """The measurements; with the organisation of each, if any was measured at one."""
    indicators = basis.trajectory.borgen.indicators if basis.trajectory.borgen else ()
    apart = any(made.organisation for each in indicators for made in each.measurements)
    heads = [say("Indicator"), say("Date"), say("Value"), say("Number of cases"), say("Note")]
    rows: list[Cells] = []
    for indicator in indicators:
        for made in indicator.measurements:
            at = (basis.trajectory.named(made.organisation),) if apart else ()
            rows.append((indicator.what, _when(made.date), made.value, made.n, made.note or "", *at))
    heads += [say("Organisation")] if apart else []
    return Sheet(say("Indicators"), tuple(heads), tuple(rows))


def _adaptation_sheets(basis: Basis, wording: Wording) -> Iterator[Sheet]:
    """What was adapted, if anything was."""
    say = wording.say
    rows = adaptation_cells(basis.trajectory, wording)
    if rows:
        heads = ("Date", "What", "Organisation", "Active ingredients", "True to the core")
        more = ("Nature of the change", "Decided", "Why")
        named = tuple(say(head) for head in (*heads, *more))
        yield Sheet(say("What was adapted"), named, rows)


def _cost_sheets(basis: Basis, wording: Wording) -> Iterator[Sheet]:
    """What each phase costs, if the file says so."""
    say, named = wording.say, basis.trajectory.named
    if basis.trajectory.costs:
        heads = ("Phase", "What", "Organisation", "Date", "Hours", "Euros", "How often", "Paid by", "Note")
        rows = tuple(
            (
                wording.word(each.phase),
                each.what,
                named(each.organisation),
                _when(each.date),
                each.hours,
                each.amount,
                wording.word(each.per),
                named(each.paid_by),
                each.note or "",
            )
            for each in basis.trajectory.costs
        )
        yield Sheet(say("Costs"), tuple(say(head) for head in heads), rows)


def _compared_sheets(basis: Basis, wording: Wording) -> Iterator[Sheet]:
    """The organisations side by side, a column for each, if several were rated on an instrument."""
    say = wording.say
    names = {one.id: one.name for each in basis.compared for one in each.organisations}
    grouped = any(each.grouped for each in basis.compared)
    rows: list[Cells] = []
    for each in basis.compared:
        rated = {one.id: one for one in each.organisations}
        for found in each.items:
            values = [rated[id_].on(found.item.id) if id_ in rated else () for id_ in names]
            if any(values):
                name = basis.handbook.short_name(each.instrument.id, found.item.id, found.item.name)
                head = (_instrument(each.instrument.id, basis, wording), *_inside(wording, found.item.id))
                cells = (_number(value[0]) if len(value) == 1 else " / ".join(value) for value in values)
                verdict = (say(VERDICT_WORDS[found.verdict]) if each.grouped else "",) if grouped else ()
                rows.append((*head, say.pick(name), *cells, *verdict))
    if rows:
        first = (say("Instrument"), *_inside(wording, say("Item")), say("In short"))
        last = (say("Distinguishes"),) if grouped else ()
        yield Sheet(say("What distinguishes"), (*first, *names.values(), *last), tuple(rows))


def _rollout_sheets(basis: Basis, say: Language) -> Iterator[Sheet]:
    """The trajectories of a programme, with the number of lights in each phase, if it has any."""
    block = rollout_block(basis.rollout, basis.handbook, say, basis.audience)
    if block:
        heads = (say("Trajectory"), say("Organisation"), say("Phase"), *block.phases, say("Report of"))
        rows = (
            (each.name, each.organisation, each.where, *(c.words for c in each.phases), each.day)
            for each in block.rows
        )
        yield Sheet(say("Roll-out"), heads, tuple(rows))


def _number(value: str) -> Cell:
    """A rating as a number, if its scale has numbers."""
    return int(value) if re.fullmatch(r"-?[0-9]{1,9}", value) else value


def _yes(holds: bool, say: Language) -> str:
    return say(label("ja" if holds else "nee"))


def _when(day: Date | None) -> Cell:
    """A date if the day is known; otherwise the month or year as written."""
    if day is None:
        return None
    return day.exact or day.text
