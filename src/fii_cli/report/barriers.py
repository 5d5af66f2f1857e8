"""The barriers in a report, and the strategies that could help."""

from __future__ import annotations

from fii_cli.analysis.barriers import Barrier
from fii_cli.analysis.in_words import CAUTION, SUGGESTIONS, because
from fii_cli.analysis.reasons import Reason
from fii_cli.analysis.recommendations import Recommendation
from fii_cli.handbook import Handbook
from fii_cli.handbook.grounds import ground_of, guide_is_silent, touch_in_words
from fii_cli.language import N_
from fii_cli.report.basis import Basis
from fii_cli.report.instruments import side_in_words
from fii_cli.report.model import StrategyBlock
from fii_cli.report.rating_shapes import BarrierRow
from fii_cli.report.tones import TONE_OF
from fii_cli.report.wording import Wording
from fii_cli.trajectory.follow_up import Action
from fii_cli.words import STOPLICHT

STRENGTHS = {2: N_("strongly"), 1: N_("in part")}


def barrier_rows(
    barriers: tuple[Barrier, ...], handbook: Handbook, wording: Wording
) -> tuple[BarrierRow, ...]:
    """The current barriers, except those of the stoplicht, whose open items are shown separately."""
    return tuple(
        _barrier_row(barrier, handbook, wording) for barrier in barriers if barrier.instrument != STOPLICHT
    )


def _barrier_row(barrier: Barrier, handbook: Handbook, wording: Wording) -> BarrierRow:
    say = wording.say
    instrument = say.pick(handbook.instrument(barrier.instrument).name)
    said_by = [side_in_words((barrier.perspective, barrier.about), wording)]
    if barrier.by:
        said_by.append(barrier.by)
    return BarrierRow(
        name=f"{instrument}: {say.pick(barrier.name)}",
        strength=say(STRENGTHS[barrier.strength]),
        tone=TONE_OF[-barrier.strength],
        since=wording.day(barrier.since),
        said=", ".join(said_by),
        note=barrier.note or "",
        answered=answered(barrier, wording),
    )


def answered(barrier: Barrier, wording: Wording) -> str:
    """The response to a barrier; if all actions are done, advice to rate it again."""
    if barrier.actions:
        running = [f"{action.what} ({wording.word(action.status)})" for action in barrier.actions]
        return "; ".join(running)
    if barrier.done:
        done = ", ".join(action.what for action in barrier.done)
        return wording.say("action done: {items}; rate it again", items=done)
    return wording.say("no action planned yet")


def strategy_block(
    recommended: Recommendation, barriers: tuple[Barrier, ...], handbook: Handbook, wording: Wording
) -> StrategyBlock:
    """A strategy, with its reasons in relation to all barriers; readers outside only read one sentence."""
    say, strategy = wording.say, recommended.strategy
    names = {barrier.place: short_name(barrier, handbook, wording) for barrier in barriers}
    if wording.outside:
        reasons, about = [], ""
    else:
        reasons = [
            _reason_in_words(reason, names[reason.barrier], handbook, wording)
            for reason in recommended.counting
        ]
        about = _facts(recommended, len(names), wording)
    return StrategyBlock(
        name=say.pick(strategy.name),
        meaning=say.pick(strategy.meaning),
        because=because(recommended, names, say),
        fits=say("for: {names}", names="; ".join(dict.fromkeys(_fitting(recommended, names)))),
        reasons=tuple(reasons),
        about=about,
        chosen=tuple(_chosen(action, wording) for action in recommended.chosen),
    )


def _fitting(recommended: Recommendation, names: dict[str, str]) -> list[str]:
    """The names of the barriers that a strategy addresses: those that its source discusses, if any."""
    discussed = [names[reason.barrier] for reason in recommended.reasons if reason.discussed]
    return discussed or [names[reason.barrier] for reason in recommended.counting]


def short_name(barrier: Barrier, handbook: Handbook, wording: Wording) -> str:
    return wording.say.pick(handbook.short_name(barrier.instrument, barrier.item, barrier.name))


def caution(basis: Basis, wording: Wording) -> str:
    """How to read the strategies, and the lights for which the guide names none."""
    say, handbook = wording.say, basis.handbook
    told = say(SUGGESTIONS) if wording.outside else say(CAUTION, asked=handbook.catalogue.asked)
    silent = {
        short_name(barrier, handbook, wording): None
        for barrier in basis.barriers
        if guide_is_silent(barrier.place, handbook)
    }
    if silent:
        told += " " + say("The guide names no strategy for: {names}.", names="; ".join(silent))
    return told


def _facts(recommended: Recommendation, barriers: int, wording: Wording) -> str:
    """How many barriers it addresses and of how many the strength is known, its phases and its effort."""
    say, strategy = wording.say, recommended.strategy
    known = say(
        "addresses {answers} of {all}; published strength known for {known} of {all}",
        answers=len(recommended.counting),
        known=recommended.known,
        all=barriers,
    )
    phases = say("suits {phases}", phases=wording.words(strategy.phases))
    effort = say("effort: {effort}", effort=wording.word(strategy.effort))
    return f"{known}; {phases}; {effort}"


def _chosen(action: Action, wording: Wording) -> str:
    chosen = wording.say("chosen: action {id} ({status})", id=action.what, status=wording.word(action.status))
    if action.result and action.result.helped:
        chosen += ", " + wording.say("helped: {answer}", answer=wording.word(action.result.helped))
    return chosen


def _reason_in_words(reason: Reason, name: str, handbook: Handbook, wording: Wording) -> str:
    barrier = f"{name} ({reason.barrier})"
    if reason.via:
        barrier += f" {touch_in_words(reason.via, reason.link, wording.say)}"
    return f"{barrier}: {ground_of(reason.link, handbook, wording.say)}"
