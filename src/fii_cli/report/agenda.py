"""The agenda of a meeting: what changed, what is late, what hinders, what to rate and to decide.

Every line follows from the facts. A part with nothing to say is one sentence with what to ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from fii_cli.analysis.barriers import Barrier
from fii_cli.analysis.due import due_in
from fii_cli.analysis.in_words import reported, reported_where
from fii_cli.analysis.paths import open_paths
from fii_cli.analysis.rating_round import is_due
from fii_cli.analysis.standing import ItemStanding
from fii_cli.editions.edition import reaches
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.language import Language, Message, count, msg
from fii_cli.report.basis import Basis
from fii_cli.report.due import due_line
from fii_cli.report.glance import next_decision
from fii_cli.report.lateness import due_in_words
from fii_cli.report.meeting import (
    NO_DATE,
    NOBODY,
    PICKED,
    MeetingPage,
    MeetingPart,
    Row,
    asked,
    light_moved,
    meeting_page,
    part,
)
from fii_cli.report.since import since_block
from fii_cli.report.wording import Wording, latest_day
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.versterken import Versterken
from fii_cli.words import STOPLICHT

_SOON = timedelta(days=14)
_MOST_CHANGED, _MOST_LATE, _MOST_HINDERS, _MOST_LIGHTS, _MOST_DECISIONS, _MOST_SILENT = 6, 5, 5, 6, 4, 3
_LEAST_NEWS = 2
_BLANK_LINES = 5


def agenda_of(basis: Basis, say: Language) -> MeetingPage:
    """The agenda on a basis, for its audience; a part that this audience may not see is left out."""
    wording = Wording(basis.trajectory, say, basis.found, basis.outside)
    changed, late = _changed(basis, wording), _late(basis, wording)
    hinders = _hinders(basis, wording)
    parts = [changed]
    if reaches(Trajectory, "actions", basis.audience):
        parts.append(late)
    if basis.rated:
        parts += [hinders, _lights(basis, wording)]
    parts.append(_decisions(basis, wording))
    if reaches(Versterken, "key_people", basis.audience):
        parts.append(_silent(basis, wording))
    today = say.day(basis.standing.today.isoformat())
    return meeting_page(
        "agenda",
        basis,
        wording,
        say("Agenda"),
        say("agenda for {date}", date=today),
        _lead(basis, late, hinders, wording),
        tuple(parts),
        say("Everything here follows from the trajectory itself. Rate and record during the meeting."),
        _BLANK_LINES,
    )


def _lead(basis: Basis, late: MeetingPart, hinders: MeetingPart, wording: Wording) -> str:
    """What is worst, in numbers, and what the meeting should bring."""
    say = wording.say
    if not basis.rated:
        return ""
    overdue = sum(each.late for each in late.rows)
    red = [item for _, item in basis.standing.with_light("rood")]
    bare = sum(not basis.trajectory.running_on.get(f"{STOPLICHT}/{item.id}") for item in red)
    told = [
        say(count(overdue, "{n} agreement is late.", "{n} agreements are late."))
        if overdue
        else say("No agreement is late.")
    ]
    if not red:
        told.append(say("No light is red."))
    elif not bare:
        told.append(
            say(
                count(
                    len(red),
                    "{n} light is red, and an action addresses it.",
                    "{n} lights are red, and actions address all of them.",
                )
            )
        )
    else:
        told.append(say(_red_without_action(len(red), bare)))
        told.append(say("Make sure that each red light has an owner and a date before you leave."))
    return " ".join(told)


def _red_without_action(red: int, bare: int) -> Message:
    """How many lights are red, of which ``bare`` have no action."""
    if bare == red:
        return count(
            red,
            "{n} light is red, and no action addresses it.",
            "{n} lights are red, and no action addresses any of them.",
        )
    return msg("{n} lights are red, {bare} without an action.", n=red, bare=bare)


def _changed(basis: Basis, wording: Wording) -> MeetingPart:
    """The lights that moved, bad news first, and then what else came; some of both, if there is both."""
    since = since_block(basis.start, basis.facts, basis.standing, basis.handbook, wording)
    lights = [
        Row(
            each.item,
            each.name,
            each.remark,
            before=light_moved(each.before, each.after),
            light=each.after,
            way=each.way,
            way_words=each.way_words,
        )
        for each in (since.lights if since else ())
    ]
    news = [Row("", line.text) for line in (since.facts if since else ())]
    first = _MOST_CHANGED - min(len(news), _LEAST_NEWS)
    rows = [*lights[:first], *news[: _MOST_CHANGED - len(lights[:first])]]
    rows += [*lights[first:], *news[_MOST_CHANGED - len(lights[:first]) :]]
    nothing = msg("Nothing was recorded since {date}. What happened?", date=since.dated if since else "")
    start = msg(
        "There is no earlier assessment to compare with. When are the lights rated again, and by whom?"
    )
    if not basis.rated:
        start = msg("This edition shows no lights, so nothing to compare with.")
    hint = wording.say("since {date}", date=since.dated) if since else ""
    title = msg("What changed")
    return part(
        "changed", title, rows, asked(since is None, start, nothing), wording, hint=hint, most=_MOST_CHANGED
    )


def _late(basis: Basis, wording: Wording) -> MeetingPart:
    """The actions, tasks and adjustments that are late, and those that are due within two weeks."""
    today = basis.standing.today
    found = [
        each
        for each in due_in(basis.standing, basis.thresholds.silent_weeks)
        if each.kind in ("action", "task", "adjustment") and (each.late or each.day.last <= today + _SOON)
    ]
    rows = []
    for each in found:
        line = due_line(each, "", "", basis.trajectory, basis.handbook, today, wording.say)
        when = ", ".join(filter(None, (line.when, line.late)))
        rows.append(Row(each.key, line.what, line.who or wording.say(NOBODY), when, each.late))
    undated = any(action.due is None for action in basis.standing.running)
    nothing = asked(
        undated,
        msg("Nothing is late, but not every action has a date. When is each of them done?"),
        msg("Nothing is late or due within two weeks. What should be done before the next meeting?"),
    )
    hint = wording.say("late first, then within two weeks") if rows else ""
    return part("late", msg("Late, or due soon"), rows, nothing, wording, hint=hint, most=_MOST_LATE)


def _hinders(basis: Basis, wording: Wording) -> MeetingPart:
    """What hinders and has no running action, strongest first; what several sides say is one row."""
    bare: dict[str, Barrier] = {}
    for barrier in basis.barriers:
        if not barrier.actions:
            bare.setdefault(barrier.place, barrier)
    rows = [_hindering(barrier, wording, basis) for barrier in bare.values()]
    nothing = asked(
        bool(basis.barriers),
        msg("Everything that hinders has an action. Which of them helps, and which does not?"),
        msg("Nothing that hinders is recorded. What makes the work hard at the moment?"),
    )
    hint = wording.say("strongest first") if len(rows) > 1 else ""
    title = msg("Hinders, without an action")
    return part("hinders", title, rows, nothing, wording, hint=hint, most=_MOST_HINDERS)


def _hindering(barrier: Barrier, wording: Wording, basis: Basis) -> Row:
    say = wording.say
    name = wording.name_of(barrier.place, basis.handbook)
    if barrier.about and basis.trajectory.by_organisation:
        name += f" ({basis.trajectory.named(barrier.about)})"
    day = wording.day(barrier.since)
    rest = barrier.note or say("since {date}", date=day)
    if barrier.instrument == STOPLICHT:
        shown = next((light for light in PICKED if light == barrier.value), NO_LIGHT)
        return Row(barrier.place, name, rest, light=wording.light(shown))
    if barrier.spread:
        told = msg("{n} of {all} say so", n=barrier.spread.hinders, all=barrier.spread.n)
        return Row(barrier.place, name, rest, say(told))
    if barrier.reported:
        shares = barrier.reported.shares or {}
        only = replace(barrier.reported, shares={"hinders": shares.get("hinders", 0)}, mean=None)
        result = reported(only, basis.thresholds, say)  # the agenda is one page
        where = reported_where(barrier.reported, basis.thresholds, say)
        return Row(barrier.place, name, f"{rest}; {where}", result)
    strong = say("hinders strongly") if barrier.strength == 2 else say("hinders")
    return Row(barrier.place, name, rest, strong)


def _lights(basis: Basis, wording: Wording) -> MeetingPart:
    """The lights of the open phases to look at again, as ``fii assess --due`` asks them: oldest first."""
    today = basis.standing.today
    items = [
        (path.organisation, item)
        for path in open_paths(basis.trajectory, basis.handbook, today)
        for item in (path.here.items if path.here else ())
        if is_due(item, today)
    ]
    items.sort(key=lambda each: _when_rated(each[1]))
    rows = [_to_rate(organisation, item, wording, basis) for organisation, item in items]
    nothing = asked(
        basis.standing.here is None,
        msg("No phase is open. When does the work go on, and with which phase?"),
        msg("No light is due. Which one would you rate differently by now?"),
    )
    hint = wording.say("longest ago first") if len(rows) > 1 else ""
    return part("lights", msg("Lights to rate again"), rows, nothing, wording, hint=hint, most=_MOST_LIGHTS)


def _when_rated(item: ItemStanding) -> tuple[bool, int]:
    """Sorts what was rated longest ago first, and what was never rated last."""
    day = latest_day(item)
    return day is None, day.last.toordinal() if day else 0


def _to_rate(organisation: str | None, item: ItemStanding, wording: Wording, basis: Basis) -> Row:
    say, place = wording.say, f"{organisation}/{item.id}" if organisation else item.id
    name = say.pick(basis.handbook.short_name(STOPLICHT, item.id, item))
    day = latest_day(item)
    was = say("was {light} on {date}", light=wording.word(item.light), date=wording.day(day))
    if organisation:
        name = f"{wording.trajectory.named(organisation)}: {name}"
    return Row(place, name, was if day else say("not rated yet"), light=wording.light(item.light), pick=True)


def _decisions(basis: Basis, wording: Wording) -> MeetingPart:
    """The requested decisions without an answer, due first, and the decision about the open phase."""
    rows = [*_requested(basis, wording), *_about_the_phase(basis, wording)]
    nothing = msg("No decision is open. Which decision does the work need, and from whom?")
    return part("decisions", msg("To decide"), rows, nothing, wording, most=_MOST_DECISIONS)


def _requested(basis: Basis, wording: Wording) -> Iterator[Row]:
    say = wording.say
    found = [each for each in basis.trajectory.requested_decisions if each.decided is None]
    found.sort(key=lambda each: (each.due is None, each.due.last.toordinal() if each.due else 0))
    for each in found:
        who = wording.who(each.asked_of, basis.standing.today) if each.asked_of else say(NOBODY)
        day, note, late = due_in_words(each.due, basis.standing.today, wording)
        when = ", ".join(filter(None, (day, note))) or say(NO_DATE)
        yield Row(each.id, each.question, who, when, late)


def _about_the_phase(basis: Basis, wording: Wording) -> Iterator[Row]:
    """The question about each open visit; one of an organisation by its name."""
    say = wording.say
    for path in open_paths(basis.trajectory, basis.handbook, basis.standing.today):
        here = path.here
        if here is None:
            continue
        number, name = here.content.number, say.pick(here.content.name)
        question = say(msg("Phase {number} ({name}): continue, adjust or stop?", number=number, name=name))
        if path.organisation:
            question = f"{basis.trajectory.named(path.organisation)} – {question}"
        rest = say(next_decision(here)) if basis.rated else ""
        key = f"{path.organisation}/{here.content.id}" if path.organisation else here.content.id
        yield Row(key, question, rest)


def _silent(basis: Basis, wording: Wording) -> MeetingPart:
    """The key people without recent contact, longest first, and why they are needed."""
    say = wording.say
    versterken = basis.trajectory.versterken
    people = versterken.key_people if versterken else ()
    rows = [
        Row(
            each.person,
            wording.who(people[each.index].person, basis.standing.today),
            people[each.index].why or "",
            say(count(each.weeks, "{n} week silent", "{n} weeks silent")),
            True,
        )
        for each in sorted(basis.silent, key=lambda each: -each.weeks)
    ]
    nothing = asked(
        bool(people),
        msg("Nobody is silent for too long. Who should hear from us before the next meeting?"),
        msg("No key people are recorded. Who is needed to make this work, and who speaks to them?"),
    )
    return part("silent", msg("Silent"), rows, nothing, wording, most=_MOST_SILENT)
