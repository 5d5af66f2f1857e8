"""The instruments in a report: ratings and counted answers, by group and by side."""

from __future__ import annotations

from dataclasses import replace

from fii_cli.analysis.counts import Spread, Thresholds
from fii_cli.analysis.in_words import how_many, mean, reported, reported_where, shares
from fii_cli.analysis.rating_sheet import (
    Counted,
    ItemSheet,
    Published,
    RatingSheet,
    lowest_first,
    rating_sheet,
)
from fii_cli.analysis.standing import RatedBy, Standing
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import cite, referral
from fii_cli.handbook.models import Group, Scale
from fii_cli.language import labelled, msg
from fii_cli.report.rating_shapes import InstrumentBlock, RatingCell, RatingGroup, RatingRow
from fii_cli.report.shapes import Direction, StackBlock, StackPart, StackRow
from fii_cli.report.tones import TONE_OF
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Side


def instrument_blocks(
    standing: Standing, handbook: Handbook, thresholds: Thresholds, wording: Wording
) -> tuple[InstrumentBlock, ...]:
    """Every instrument that was used, except the stoplicht."""
    used = {assessment.instrument for assessment in standing.trajectory.assessments}
    blocks = []
    for instrument in handbook.instruments:
        if instrument.id in used:
            sheet = rating_sheet(standing.trajectory, instrument, handbook, standing.today, thresholds)
            if any(item.entered for item in sheet.all_rows):
                blocks.append(_block(sheet, handbook, thresholds, wording))
    return tuple(blocks)


def _block(
    sheet: RatingSheet, handbook: Handbook, thresholds: Thresholds, wording: Wording
) -> InstrumentBlock:
    say, instrument = wording.say, sheet.instrument
    sides = _sides(sheet)
    rows = {
        item.item.id: _row(item, sides, sheet, handbook, thresholds, wording)
        for item in sheet.all_rows
        if item.entered
    }
    if instrument.lowest_first:
        ranked = lowest_first(sheet, handbook, thresholds)
        in_order = tuple(rows[item.item.id] for item in ranked)
        groups: tuple[RatingGroup, ...] = (RatingGroup(say("Lowest first"), "", in_order),)
    else:
        groups = _groups(sheet, rows, wording)
    differ = [item.item for item in sheet.all_rows if item.difference]
    return InstrumentBlock(
        id=instrument.id,
        name=say.pick(instrument.name),
        rated_from=sides,
        sides=tuple(side_in_words(side, wording) for side in sides),
        groups=groups,
        rated=say(msg("{n} of {all} rated", n=sheet.known, all=len(sheet.items))),
        differ=tuple(f"{shown_id(item.id, wording)} {say.pick(item.name)}".lstrip() for item in differ),
        stacks=_stacks(sheet, sides, thresholds, wording),
        source=cite(instrument.source, handbook, say),
        see_also=tuple(referral(each, handbook, say) for each in instrument.see_also),
    )


def _groups(sheet: RatingSheet, rows: dict[str, RatingRow], wording: Wording) -> tuple[RatingGroup, ...]:
    """The groups that the file speaks of, with a row for each item, even if it is said to be unknown."""
    groups = []
    for group, items in sheet.groups:
        entered = tuple(rows[item.item.id] for item in sheet.rows(group, items) if item.entered)
        if entered:
            known = sum(item.known for item in items)
            rated = wording.say(msg("{n} of {all} rated", n=known, all=len(items)))
            groups.append(RatingGroup(group_name(group, wording), rated, entered))
    return tuple(groups)


def group_name(group: Group, wording: Wording) -> str:
    """The name of a group, with its number if that is in capitals, as in CFIR III."""
    name = wording.say.pick(group.name)
    return f"{group.id} {name}" if group.id.isupper() and not wording.outside else name


def _sides(sheet: RatingSheet) -> tuple[Side, ...]:
    """The sides that rated or answered, in order of appearance."""
    sides: dict[Side, None] = {}
    for item in sheet.all_rows:
        for rating in item.ratings:
            sides[_side_of_rating(rating)] = None
        for counted in item.counts:
            sides[_side_of_count(counted)] = None
        for published in item.published:
            sides[_side_of_count(published)] = None
    return tuple(sides)


def _side_of_rating(rating: RatedBy) -> Side:
    return rating.perspective, rating.about


def _side_of_count(counted: Counted | Published) -> Side:
    return counted.assessment.perspective, counted.assessment.about


def side_in_words(side: Side, wording: Wording) -> str:
    """A perspective, with the organisation that it rates."""
    perspective, about = side
    words = wording.word(perspective) or wording.say("no perspective given")
    if not about:
        return words
    return wording.say(
        "{side} about {organisation}", side=words, organisation=wording.trajectory.named(about)
    )


def _row(
    item: ItemSheet,
    sides: tuple[Side, ...],
    sheet: RatingSheet,
    handbook: Handbook,
    thresholds: Thresholds,
    wording: Wording,
) -> RatingRow:
    ratings: dict[Side, RatedBy] = {}
    for rating in item.ratings:
        ratings.setdefault(_side_of_rating(rating), rating)
    counts: dict[Side, Counted] = {}
    for counted in item.counts:
        counts.setdefault(_side_of_count(counted), counted)
    published: dict[Side, list[Published]] = {}
    for each in item.published:
        published.setdefault(_side_of_count(each), []).append(each)
    cells: list[RatingCell | None] = []
    for side in sides:
        rated, answers, told = ratings.get(side), counts.get(side), published.get(side, [])
        if rated:
            cell = _rated_cell(rated, item, sheet, handbook, wording)
        elif answers:
            cell = _counted_cell(answers, thresholds, wording)
        elif told:
            cell = _published_cell(told[0], thresholds, wording)
        else:
            cells.append(None)
            continue
        for later in told if rated or answers else told[1:]:
            cell = _with_mean(cell, later, thresholds, wording)
        cells.append(cell)
    place = f"{sheet.instrument.id}/{item.item.id}"
    return RatingRow(shown_id(item.item.id, wording), place, wording.say.pick(item.item.name), tuple(cells))


def _stacks(
    sheet: RatingSheet, sides: tuple[Side, ...], thresholds: Thresholds, wording: Wording
) -> StackBlock | None:
    """The counted answers as bars: what hinders most first, then what helps least; ``None`` without any.

    The answers on an item from several sides stand below each other, with the side behind the name.
    """
    found = []
    for item in sheet.all_rows:
        for counted in item.counts:
            name = wording.say.pick(item.item.name)
            if len(sides) > 1:
                name = f"{name} ({side_in_words(_side_of_count(counted), wording)})"
            found.append(
                (_need(counted.spread, thresholds), _stack(name, counted.spread, thresholds, wording))
            )
    if not found:
        return None
    found.sort(key=lambda each: each[0])
    return StackBlock(tuple(row for _, row in found), thresholds.hinders)


def _need(spread: Spread, thresholds: Thresholds) -> tuple[bool, float, float]:
    """The order of bars; those that are not shown come last, in the order of the instrument."""
    if not spread.n or spread.kept_back(thresholds):
        return True, 0, 0
    return False, -spread.percent(spread.hinders), spread.percent(spread.helps)


def _stack(name: str, spread: Spread, thresholds: Thresholds, wording: Wording) -> StackRow:
    say = wording.say
    if spread.kept_back(thresholds):
        return StackRow(name, (), "", say("fewer than {n} answers: not shown", n=thresholds.smallest))
    if not spread.n:
        return StackRow(name, (), "", say("nobody answered"))
    answers: tuple[tuple[Direction, int], ...] = (
        ("hinders", spread.hinders),
        ("neutral", spread.neutral),
        ("helps", spread.helps),
    )
    parts = []
    done = 0
    for kind, n in answers:
        if n:
            start = round(spread.percent(done), 2)
            done += n
            parts.append(StackPart(kind, start, round(spread.percent(done) - start, 2), n))
    words = say(
        "{hinders} hinder, {neutral} neutral, {helps} help, of {n}",
        hinders=spread.hinders,
        neutral=spread.neutral,
        helps=spread.helps,
        n=spread.n,
    )
    return StackRow(name, tuple(parts), f"n = {spread.n}", words)


def shown_id(id_: str, wording: Wording) -> str:
    """The id of an item if readers know it, such as III.D.2; empty if it is one of fii's own words."""
    return "" if id_.islower() or wording.outside else id_


def _rated_cell(
    rated: RatedBy, item: ItemSheet, sheet: RatingSheet, handbook: Handbook, wording: Wording
) -> RatingCell:
    instrument = sheet.instrument
    hinders = handbook.hinders(instrument.id, item.item.id).get(rated.value, 0)
    helps = handbook.helps(instrument.id, item.item.id).get(rated.value, 0)
    value, words = value_in_words(rated.value, instrument.scale_of(item.item), helps > 0, wording)
    evidence = wording.evidence(rated.evidence) if rated.evidence else ""
    remarks = [part for part in (rated.note, evidence) if part]
    tone = TONE_OF[helps - hinders] if item.is_answer(rated) else "unknown"
    return RatingCell(tone, value, words, wording.day(rated.date), " – ".join(remarks))


def value_in_words(value: str, scale: Scale | None, helps: bool, wording: Wording) -> tuple[str, str]:
    """A rating as a signed number, if the scale has negative values, and its label."""
    if scale is None:
        return "", value
    names = {each.id: each.name for each in scale.values}
    name = names.get(value)
    if name is None:
        return "", value
    words = wording.say.pick(name)
    if not any(id_.startswith("-") for id_ in names):
        return "", labelled(value, words)
    signed = f"+{value}" if helps else value
    return signed.replace("-", "−"), words


def _counted_cell(counted: Counted, thresholds: Thresholds, wording: Wording) -> RatingCell:
    """The shares of the answers, withheld if there are so few that respondents could be identified."""
    say, spread = wording.say, counted.spread
    day = wording.day(counted.assessment.date)
    if spread.kept_back(thresholds):
        words = say("fewer than {n} answers: not shown", n=thresholds.smallest)
        return RatingCell("hidden", "", words, day, "")
    helps = int(spread.is_facilitator(thresholds))
    hinders = spread.strength(thresholds)
    tone = TONE_OF[helps - hinders] if spread.n else "unknown"
    answers = shares(spread, say).replace(" %", "\u00a0%")
    told = [how_many(spread, say), mean(spread, say)]
    return RatingCell(tone, "", answers, day, "; ".join(part for part in told if part))


def _with_mean(cell: RatingCell, mean: Published, thresholds: Thresholds, wording: Wording) -> RatingCell:
    """A cell with the mean that was published after it, which takes nothing of it back."""
    told = _published_cell(mean, thresholds, wording)
    later = f"{told.date}: {told.words}; {told.told}"
    return replace(cell, told="; ".join(part for part in (cell.told, later) if part))


def _published_cell(published: Published, thresholds: Thresholds, wording: Wording) -> RatingCell:
    """A published result with its source; a mean alone is on no side."""
    say, result = wording.say, published.reported
    day = wording.day(published.assessment.date)
    told = reported(result, thresholds, say)
    where = reported_where(result, thresholds, say)
    if result.kept_back(thresholds):
        return RatingCell("hidden", "", told, day, where)
    if result.shares is None:
        return RatingCell("mean", "", told, day, where)
    tone = TONE_OF[int(result.is_facilitator(thresholds)) - result.strength(thresholds)]
    return RatingCell(tone, "", told, day, where)
