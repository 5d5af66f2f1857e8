"""What instruments show in a report: ratings by group and side, what hinders, and what could help."""

from __future__ import annotations

from fii_cli.analysis.barriers import Barrier
from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.phrases import mean, shares
from fii_cli.analysis.ratings import Counted, ItemSheet, RatingSheet, lowest_first, rating_sheet
from fii_cli.analysis.recommend import Recommendation
from fii_cli.analysis.standing import RatedBy, Standing
from fii_cli.handbook import STOPLICHT, Handbook
from fii_cli.handbook.citations import cite
from fii_cli.handbook.models import Scale
from fii_cli.handbook.phrases import ground_of, touch_in_words
from fii_cli.language import N_, labelled, msg
from fii_cli.report.model import (
    BarrierRow,
    InstrumentBlock,
    RatingCell,
    RatingGroup,
    RatingRow,
    StrategyBlock,
    Tone,
)
from fii_cli.report.teller import Teller
from fii_cli.trajectory import Side

TONES: dict[int, Tone] = {-2: "hinders-2", -1: "hinders-1", 0: "neither", 1: "helps-1", 2: "helps-2"}
STRENGTHS = {2: N_("strongly"), 1: N_("in part")}


def instrument_blocks(
    standing: Standing, handbook: Handbook, thresholds: Thresholds, tell: Teller
) -> tuple[InstrumentBlock, ...]:
    """Every instrument that was used beside the stoplicht."""
    used = {assessment.instrument for assessment in standing.trajectory.assessments}
    blocks = []
    for instrument in handbook.instruments:
        if instrument.id in used:
            sheet = rating_sheet(standing.trajectory, instrument, handbook, standing.today)
            if sheet.known:
                blocks.append(_block(sheet, handbook, thresholds, tell))
    return tuple(blocks)


def _block(sheet: RatingSheet, handbook: Handbook, thresholds: Thresholds, tell: Teller) -> InstrumentBlock:
    say, instrument = tell.say, sheet.instrument
    sides = _sides(sheet)
    if instrument.lowest_first:
        rows = tuple(
            _row(each, sides, sheet, handbook, thresholds, tell)
            for each in lowest_first(sheet, handbook, thresholds)
        )
        groups: tuple[RatingGroup, ...] = (RatingGroup(say("Lowest first"), "", rows),)
    else:
        groups = tuple(
            RatingGroup(
                f"{group.id} {say.pick(group.name)}" if group.id.isupper() else say.pick(group.name),
                say(msg("{n} of {all} rated", n=sum(each.known for each in items), all=len(items))),
                tuple(_row(each, sides, sheet, handbook, thresholds, tell) for each in items if each.known),
            )
            for group, items in sheet.groups
            if any(each.known for each in items)
        )
    return InstrumentBlock(
        instrument.id,
        say.pick(instrument.name),
        sides,
        tuple(_side_in_words(side, tell) for side in sides),
        groups,
        say(msg("{n} of {all} rated", n=sheet.known, all=len(sheet.items))),
        tuple(f"{each.item.id} {say.pick(each.item.name)}" for each in sheet.items if each.difference),
        any(each.counts for each in sheet.items),
        cite(instrument.source, handbook, say),
    )


def _sides(sheet: RatingSheet) -> tuple[Side, ...]:
    """The sides that rated or answered, in the order in which they are met."""
    found: dict[Side, None] = {}
    for each in sheet.items:
        found |= dict.fromkeys((rating.perspective, rating.about) for rating in each.ratings)
        found |= dict.fromkeys((c.assessment.perspective, c.assessment.about) for c in each.counts)
    return tuple(found)


def _side_in_words(side: Side, tell: Teller) -> str:
    perspective, about = side
    words = tell.word(perspective) or tell.say("no side named")
    return f"{words} ({tell.trajectory.named(about)})" if about else words


def _row(
    each: ItemSheet,
    sides: tuple[Side, ...],
    sheet: RatingSheet,
    handbook: Handbook,
    thresholds: Thresholds,
    tell: Teller,
) -> RatingRow:
    # Where one side was both rated and counted, what came last is shown.
    scale = sheet.instrument.scale_of(each.item)
    ratings: dict[tuple[str | None, str | None], RatedBy] = {
        (r.perspective, r.about): r for r in reversed(each.ratings)
    }
    counts: dict[tuple[str | None, str | None], Counted] = {
        (c.assessment.perspective, c.assessment.about): c for c in reversed(each.counts)
    }
    cells = []
    for side in sides:
        rated, counted = ratings.get(side), counts.get(side)
        cell = None
        if rated and not (counted and rated.date.before(counted.assessment.date)):
            cell = _rated(rated, each, sheet, scale, handbook, tell)
        elif counted:
            cell = _counted(counted, thresholds, tell)
        cells.append(cell)
    id_ = each.item.id
    return RatingRow("" if id_.islower() else id_, tell.say.pick(each.item.name), tuple(cells))


def _rated(
    rated: RatedBy, each: ItemSheet, sheet: RatingSheet, scale: Scale | None, handbook: Handbook, tell: Teller
) -> RatingCell:
    hinders = handbook.hinders(sheet.instrument.id, each.item.id).get(rated.value, 0)
    helps = handbook.helps(sheet.instrument.id, each.item.id).get(rated.value, 0)
    name = next((v.name for v in scale.values if v.id == rated.value), None) if scale else None
    words = labelled(rated.value, tell.say.pick(name)) if name else rated.value
    value = ""
    if scale and name and any(v.id.startswith("-") for v in scale.values):
        sign = "+" if helps else ""
        value, words = f"{sign}{rated.value}".replace("-", "−"), tell.say.pick(name)
    told = " – ".join(part for part in (rated.note, rated.evidence) if part)
    return RatingCell(TONES[helps - hinders], value, words, str(rated.date), told)


def _counted(counted: Counted, thresholds: Thresholds, tell: Teller) -> RatingCell:
    say, spread, day = tell.say, counted.spread, str(counted.assessment.date)
    if spread.kept_back(thresholds):
        words = say("fewer than {n} answers: not shown", n=thresholds.smallest)
        return RatingCell("neither", "", words, day, "")
    strength = spread.strength(thresholds)
    helps = 1 if spread.is_facilitator(thresholds) else 0
    told = "; ".join(filter(None, (f"n = {spread.n}", mean(spread, say))))
    return RatingCell(TONES[helps - strength], "", shares(spread, say).replace(" %", "\u00a0%"), day, told)


def barrier_rows(barriers: tuple[Barrier, ...], handbook: Handbook, tell: Teller) -> tuple[BarrierRow, ...]:
    """What hinders now by other instruments than the stoplicht, whose open items are shown already."""
    say = tell.say
    rows = []
    for barrier in barriers:
        if barrier.instrument == STOPLICHT:
            continue
        side = _side_in_words((barrier.perspective, barrier.about), tell)
        answered = say("no action answers it")
        if barrier.actions:
            answered = "; ".join(f"{action.what} ({tell.word(action.status)})" for action in barrier.actions)
        elif barrier.done:
            done = ", ".join(action.what for action in barrier.done)
            answered = say("action done: {items}; rate it again", items=done)
        rows.append(
            BarrierRow(
                f"{say.pick(handbook.instrument(barrier.instrument).name)}: {say.pick(barrier.name)}",
                say(STRENGTHS[barrier.strength]),
                TONES[-barrier.strength],
                str(barrier.since),
                ", ".join(filter(None, (side, barrier.by))),
                barrier.note or "",
                answered,
            )
        )
    return tuple(rows)


def strategy_block(
    each: Recommendation, barriers: tuple[Barrier, ...], handbook: Handbook, tell: Teller
) -> StrategyBlock:
    """A strategy with its reasons, of all the barriers that there are."""
    names = {barrier.place: tell.say.pick(barrier.name) for barrier in barriers}
    say, strategy = tell.say, each.strategy
    reasons = []
    for reason in each.reasons:
        if reason.counts:
            via = f" {touch_in_words(reason.via, reason.link, say)}" if reason.via else ""
            ground = ground_of(reason.link, handbook, say)
            reasons.append(f"{names[reason.barrier]} ({reason.barrier}){via}: {ground}")
    known = say(
        "answers {answers} of {all}; published strength known for {known} of {all}",
        answers=each.answers,
        known=each.known,
        all=len(names),
    )
    phases = say("fits {phases}", phases=tell.words(strategy.phases))
    effort = say("effort: {effort}", effort=tell.word(strategy.effort))
    chosen = [
        say("chosen: action {id} ({status})", id=action.what, status=tell.word(action.status))
        for action in each.chosen
    ]
    return StrategyBlock(
        say.pick(strategy.name),
        say.pick(strategy.meaning),
        tuple(reasons),
        f"{known}; {phases}; {effort}",
        tuple(chosen),
    )
