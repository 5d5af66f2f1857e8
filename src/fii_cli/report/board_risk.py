"""The one thing that endangers a trajectory, by an order that is ours; docs/method retells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from fii_cli.analysis.barriers import Barrier
from fii_cli.analysis.overdue import overdue_decisions
from fii_cli.analysis.standing import ItemStanding, PhaseStanding
from fii_cli.language import Message, msg
from fii_cli.report.basis import Basis
from fii_cli.report.board_shapes import Risk
from fii_cli.report.lateness import capital, due_in_words, ended, how_late, in_short, lower
from fii_cli.report.since import remark_on
from fii_cli.report.wording import Wording
from fii_cli.trajectory.follow_up import Action
from fii_cli.words import STOPLICHT


def risk_of(basis: Basis, wording: Wording) -> Risk | None:
    """The first of these that is there; ``None`` if none is.

    A decision that should have been made; a red light; something that hinders strongly; an agreement that is
    late; an orange light in the way of this phase. Of several lights or barriers:
    those of this phase first, and first those about which nothing was agreed, or whose agreement is late.
    Once the trajectory is at rest, only a decision can endanger it.
    """
    return next(_risks(basis, wording), None)


def _risks(basis: Basis, wording: Wording) -> Iterator[Risk]:
    yield from _decision(basis, wording)
    if basis.trajectory.at_rest:
        return
    yield from _lights(basis, basis.standing.with_light("rood"), wording)
    yield from _barriers(basis, wording)
    yield from _late(basis, wording)
    here = basis.standing.here
    if here:
        orange = ((here, item) for item in here.in_the_way if item.light == "oranje")
        yield from _lights(basis, orange, wording)


def _decision(basis: Basis, wording: Wording) -> Iterator[Risk]:
    late = [asked for _, asked in overdue_decisions(basis.trajectory, basis.standing.today)]
    for asked in sorted(late, key=lambda each: each.due.last if each.due else date.max):
        _, note, _ = due_in_words(asked.due, basis.standing.today, wording)
        why = [msg("{question} This answer is {late}.", question=in_short(asked.question, 90), late=note)]
        if asked.otherwise:
            why.append(msg("Otherwise: {what}", what=ended(in_short(asked.otherwise, 70))))
        yield Risk(wording.say("a decision has not been made"), _joined(why, wording))


def _lights(
    basis: Basis, lights: Iterable[tuple[PhaseStanding, ItemStanding]], wording: Wording
) -> Iterator[Risk]:
    here = basis.standing.here
    pairs = sorted(
        lights,
        key=lambda pair: (
            here is None or pair[0].content.id != here.content.id,
            _covered(basis, basis.trajectory.running_on.get(f"{STOPLICHT}/{pair[1].id}", ())),
            not pair[1].required,
        ),
    )
    for phase, item in pairs:
        name = wording.say.pick(basis.handbook.short_name(STOPLICHT, item.id, item))
        day = max((rating.date for rating in item.ratings), key=lambda each: each.last, default=None)
        light = msg(
            "It was rated {light} on {date}, in phase {number} ({phase}).",
            light=wording.word(item.light),
            date=wording.day(day),
            number=phase.content.number,
            phase=wording.say.pick(phase.content.name),
        )
        why = [light, *_agreed(basis, f"{STOPLICHT}/{item.id}", wording)]
        remark = in_short(remark_on(item), 90)
        if remark:
            why.insert(0, msg("{text}", text=ended(capital(remark))))
        else:
            why[:0] = _meant(basis, item, wording)
        on = msg("a red light on “{name}”", name=in_short(name, 60))
        if item.light != "rood":
            on = msg("an orange light on “{name}”", name=in_short(name, 60))
        yield Risk(wording.say(on) + wording.where(item), _joined(why, wording))


def _meant(basis: Basis, item: ItemStanding, wording: Wording) -> list[Message]:
    """What the light means on this item, by its anchor."""
    anchored = basis.handbook.anchored(STOPLICHT, item.id)
    anchor = anchored.anchors.get(item.light) if anchored else None
    if anchor is None:
        return []
    light = capital(wording.word(item.light))
    text = ended(in_short(lower(wording.say.pick(anchor)), 130))
    return [msg("{light} means here: {text}", light=light, text=text)]


def _barriers(basis: Basis, wording: Wording) -> Iterator[Risk]:
    strong = [each for each in basis.barriers if each.strength == 2 and each.instrument != STOPLICHT]
    for barrier in sorted(strong, key=lambda each: _covered(basis, each.actions)):
        name = wording.say.pick(basis.handbook.short_name(barrier.instrument, barrier.item, barrier.name))
        why = [_said(barrier, wording), *_agreed(basis, barrier.place, wording)]
        yield Risk(in_short(name, 70), _joined(why, wording))


def _said(barrier: Barrier, wording: Wording) -> Message:
    date = wording.day(barrier.date)
    if barrier.spread:
        return msg(
            "{n} of {all} said on {date} that this hinders.",
            n=barrier.spread.hinders,
            all=barrier.spread.n,
            date=date,
        )
    if barrier.reported and barrier.reported.shares:
        percent = round(barrier.reported.shares["hinders"])
        return msg("{percent}% said on {date} that this hinders, as published.", percent=percent, date=date)
    return msg("It was rated as a strong barrier on {date}.", date=date)


def _late(basis: Basis, wording: Wording) -> Iterator[Risk]:
    standing = basis.standing
    late = [(each.what, each.owner, each.due) for each in standing.overdue]
    late += [(each.what, each.by, each.due) for each in standing.overdue_tasks]
    late.sort(key=lambda each: each[2].last if each[2] else standing.today)
    for what, owner, due in late:
        _, note, _ = due_in_words(due, standing.today, wording)
        who = wording.who(owner, standing.today) if owner else wording.say("nobody yet")
        why = [msg("“{what}” ({who}) is {late}.", what=in_short(what, 100), who=who, late=note)]
        yield Risk(wording.say("an agreement is late"), _joined(why, wording))


def _covered(basis: Basis, actions: Iterable[Action]) -> bool:
    """Whether something is being done about it, in time."""
    running = tuple(actions)
    return bool(running) and not any(each.is_overdue(basis.standing.today) for each in running)


def _agreed(basis: Basis, place: str, wording: Wording) -> list[Message]:
    """What was agreed about a light or a barrier, or that nothing was."""
    today = basis.standing.today
    running = basis.trajectory.running_on.get(place, ())
    late = [each for each in running if each.is_overdue(today)]
    for action in late:
        if action.due:
            note = how_late(action.due.days_before(today))
            return [msg("What was agreed about it is {late}.", late=wording.say(note))]
    for action in running:
        if action.due:
            return [msg("An agreement about it runs until {date}.", date=wording.day(action.due))]
    if running:
        return [msg("An agreement about it runs, without a date.")]
    return [msg("Nothing has been agreed about it yet.")]


def _joined(sentences: Iterable[Message], wording: Wording) -> str:
    return " ".join(wording.say(each) for each in sentences)
