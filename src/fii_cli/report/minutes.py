"""The minutes of a meeting, from the facts of that day: rated, agreed, done, decided, spoken to, noted.

Nobody writes them: they are what the file has for that day, so that the page and the file never differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fii_cli.analysis.lights import LastLights, last_lights, light_in, light_of
from fii_cli.analysis.movement import way_of
from fii_cli.analysis.succession import end_told, ends
from fii_cli.analysis.that_day import is_on, written_on
from fii_cli.diagnostics import Route
from fii_cli.editions.edition import reaches
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.language import N_, Language, count, msg
from fii_cli.report.basis import Basis
from fii_cli.report.changes import heading_of
from fii_cli.report.meeting import (
    NO_DATE,
    NOBODY,
    PICKED,
    MeetingPage,
    MeetingPart,
    Row,
    light_moved,
    meeting_page,
    part,
)
from fii_cli.report.since import WAYS
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Side, Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.borgen import Indicator
from fii_cli.trajectory.follow_up import (
    Action,
    Advice,
    Assessment,
    Decided,
    LogEntry,
    RequestedDecision,
    Result,
)
from fii_cli.trajectory.head import Decision, Visit
from fii_cli.trajectory.labels import FIELD_LABELS, part_label
from fii_cli.trajectory.verkennen import Task
from fii_cli.trajectory.versterken import Contact, Versterken
from fii_cli.words import PHASES, STOPLICHT, Light

_TOLD = (
    *(Action, Advice, Assessment, Contact, Decided, Decision, LogEntry, RequestedDecision, Result, Task),
    Visit,
)
"""The records that have a part of their own; the others of the day are among what was noted."""
_NOTED = N_("Noted")


def minutes_of(basis: Basis, say: Language) -> MeetingPage:
    """The minutes of the day of a basis, for its audience; what it may not see is left out."""
    wording = Wording(basis.trajectory, say, basis.found, basis.outside)
    day, trajectory = basis.standing.today, basis.trajectory
    parts = []
    if basis.rated:
        parts.append(_rated(basis, wording))
    if reaches(Trajectory, "actions", basis.audience):
        parts += [_agreed(trajectory, day, wording), _done(trajectory, day, wording)]
    parts.append(_decided(trajectory, day, wording))
    if reaches(Versterken, "key_people", basis.audience):
        parts.append(_contacts(trajectory, day, wording))
    parts.append(_noted(trajectory, day, wording))
    n = sum(len(each.rows) for each in parts)
    none = msg("Nothing in the trajectory has the date {date}. Was it recorded?", date=_told(day, say))
    if basis.audience != "team":
        none = msg("This edition has nothing of {date}.", date=_told(day, say))
    nothing = say(none)
    return meeting_page(
        "minutes",
        basis,
        wording,
        say("Minutes"),
        say("minutes of {date}", date=_told(day, say)),
        _lead(parts, say) if n else nothing,
        tuple(parts) if n else (),
        say("This page shows what the trajectory has for that day, and nothing else."),
    )


def _told(day: date, say: Language) -> str:
    return say.day(day.isoformat())


def _lead(parts: list[MeetingPart], say: Language) -> str:
    """How many lights were rated, and how much was agreed and decided."""
    n = {each.id: len(each.rows) for each in parts}
    n["decided"] = sum(row.key not in PHASES for each in parts if each.id == "decided" for row in each.rows)
    told = []
    if n.get("rated"):
        told.append(say(count(n["rated"], "{n} rating", "{n} ratings")))
    if n.get("agreed"):
        told.append(say(count(n["agreed"], "{n} agreement", "{n} agreements")))
    if n.get("decided"):
        told.append(say(count(n["decided"], "{n} decision", "{n} decisions")))
    return ", ".join(told) + "." if told else ""


# --- rated --------------------------------------------------------------------------------------------------


def _rated(basis: Basis, wording: Wording) -> MeetingPart:
    """The lights of the day with what that side said before, and the other instruments that were used."""
    day = basis.standing.today
    made = [each for _, each in written_on(basis.trajectory, day) if isinstance(each, Assessment)]
    rows: dict[tuple[str, Side], Row] = {}
    for assessment in made:
        if assessment.of_lights:
            for item in assessment.ratings:
                rows[item, basis.trajectory.side_of(assessment)] = _light(assessment, item, basis, wording)
    worst = {light: at for at, light in enumerate(PICKED)}
    lights = sorted(rows.values(), key=lambda row: worst.get(row.light.value if row.light else "nvt", 9))
    others = [_instrument(each, basis, wording) for each in made if not each.of_lights]
    by = dict.fromkeys(basis.trajectory.named(each.by) for each in made if each.by)
    hint = wording.say("by {who}", who=", ".join(by)) if by else ""
    nothing = msg("No light was rated. Which light has changed?")
    return part("rated", msg("Rated"), [*lights, *others], nothing, wording, hint=hint)


def _light_before(item: str, side: Side, after: Light, trajectory: Trajectory, day: date) -> Light:
    """What a light was before a day: to the side that rated it, or to all together if that side is new.

    If lights stand for each organisation, all are those who rated this one.
    """
    earlier = _about(side[1], last_lights(trajectory, item, day - timedelta(days=1)))
    if side in earlier:
        return light_in(earlier[side][1], item)
    rated = _about(side[1], last_lights(trajectory, item, day))
    before, now = light_of(item, earlier), light_of(item, rated)
    return before if before == NO_LIGHT or now == after else after


def _about(organisation: str | None, lights: LastLights) -> LastLights:
    return {side: last for side, last in lights.items() if side[1] == organisation}


def _light(assessment: Assessment, item: str, basis: Basis, wording: Wording) -> Row:
    """A light that was rated, and what it was before that day: to that side, or else to all together."""
    day = basis.standing.today
    side_of = basis.trajectory.side_of
    after = light_in(assessment, item)
    before = _light_before(item, side_of(assessment), after, basis.trajectory, day)
    note = assessment.ratings[item].note or ""
    side = wording.word(assessment.perspective)
    way = way_of(before, after)
    about = side_of(assessment)[1]
    name = wording.name_of(f"{STOPLICHT}/{item}", basis.handbook)
    name += f" ({basis.trajectory.named(about)})" if about else ""
    shown = light_moved(wording.light(before), wording.light(after))
    words = wording.say(WAYS[way]) if way else ""
    rest = ": ".join(each for each in (side, note) if each)
    return Row(item, name, rest, before=shown, light=wording.light(after), way=way, way_words=words)


def _instrument(made: Assessment, basis: Basis, wording: Wording) -> Row:
    """An instrument that was used, with how much was answered."""
    say = wording.say
    name = made.instrument
    if name in basis.handbook.instrument_ids:
        name = say.pick(basis.handbook.instrument(name).name)
    about = wording.trajectory.named(made.about) if made.about else ""
    rest = ", ".join(each for each in (wording.word(made.perspective), about) if each)
    if made.counts:
        note = say(count(len(made.counts), "answers to {n} question", "answers to {n} questions"))
    elif made.published:
        note = say(count(len(made.published), "{n} published result", "{n} published results"))
    else:
        note = say(count(len(made.ratings), "{n} item rated", "{n} items rated"))
    return Row(made.instrument, name, rest, note)


# --- agreed, done and decided -------------------------------------------------------------------------------


def _agreed(trajectory: Trajectory, day: date, wording: Wording) -> MeetingPart:
    """The actions that were agreed on that day, with who does them and when they should be done."""
    rows = [
        Row(
            each.id,
            each.what,
            trajectory.named(each.owner) if each.owner else wording.say(NOBODY),
            wording.say("by {date}", date=wording.day(each.due)) if each.due else wording.say(NO_DATE),
        )
        for each in trajectory.actions
        if is_on(each.since, day)
    ]
    nothing = msg("No action was agreed. Who does what, and by when?")
    return part("agreed", msg("Agreed"), rows, nothing, wording)


def _done(trajectory: Trajectory, day: date, wording: Wording) -> MeetingPart:
    """The actions that were closed that day, and whether they helped; and the tasks that were done."""
    rows = []
    for action in trajectory.actions:
        if action.result and is_on(action.result.date, day):
            helped = wording.word(action.result.helped)
            told = wording.say("did it help? {answer}", answer=helped) if helped else ""
            rows.append(Row(action.id, action.what, action.result.note or "", told))
    for task in trajectory.roadmap:
        if is_on(task.done, day):
            who = trajectory.named(task.by) if task.by else ""
            rows.append(Row(task.id, task.what, who, wording.say("done")))
    nothing = msg("Nothing was finished. What is done since the last time, and did it help?")
    return part("done", msg("Finished"), rows, nothing, wording)


def _decided(trajectory: Trajectory, day: date, wording: Wording) -> MeetingPart:
    """The phases that began, the decisions about a phase, and the answers to questions."""
    say = wording.say
    rows = []
    for visit in trajectory.visits:
        phase, name = wording.word(visit.phase), trajectory.named(visit.organisation)
        if is_on(visit.entered, day):
            began = msg("Phase {phase} began", phase=phase)
            if name:
                began = msg("Phase {phase} began at {name}", phase=phase, name=name)
            rows.append(Row(visit.phase, say(began), visit.reason or ""))
        phase += f" ({name})" if name else ""
        rows += [_of_phase(each, phase, wording) for each in visit.decisions if is_on(each.date, day)]
    for asked in trajectory.requested_decisions:
        if asked.decided and is_on(asked.decided.date, day):
            who = trajectory.named(asked.asked_of)
            rows.append(Row(asked.id, asked.question, asked.decided.answer, who))
    nothing = msg("Nothing was decided. Which decision is still needed, and from whom?")
    return part("decided", msg("Decided"), rows, nothing, wording)


def _of_phase(decision: Decision, phase: str, wording: Wording) -> Row:
    told = wording.word(decision.decision)
    what = wording.say("{phase}: {decision}", phase=phase[:1].upper() + phase[1:], decision=told)
    return Row("", what, decision.reason or "", decision.by or "")


# --- contacts, and what else was noted ----------------------------------------------------------------------


def _contacts(trajectory: Trajectory, day: date, wording: Wording) -> MeetingPart:
    """The contacts with key people on that day."""
    versterken = trajectory.versterken
    rows = []
    for key_person in versterken.key_people if versterken else ():
        for contact in key_person.contacts:
            if is_on(contact.date, day):
                absent = wording.say("not present") if contact.present == "nee" else ""
                name = trajectory.named(key_person.person)
                rows.append(Row(key_person.person, name, contact.note or "", absent))
    nothing = msg("No contact with a key person was recorded. Who was spoken to?")
    return part("contacts", msg("Spoken to"), rows, nothing, wording)


def _noted(trajectory: Trajectory, day: date, wording: Wording) -> MeetingPart:
    """The log of that day, what was asked, who left, and everything else that has this date."""
    rows = [
        Row("", each.text, note=trajectory.named(each.by)) for each in trajectory.log if is_on(each.date, day)
    ]
    rows += _asked(trajectory, day, wording)
    rows += [
        Row(each.id, wording.say(end_told(trajectory, each)))
        for until, each in ends(trajectory)
        if is_on(until, day)
    ]
    rows += _others(trajectory, day, wording)
    nothing = msg("Nothing else was noted. What should nobody forget?")
    return part("noted", msg(_NOTED), rows, nothing, wording)


def _asked(trajectory: Trajectory, day: date, wording: Wording) -> Iterator[Row]:
    """The decisions that were asked for, or on which there was advice, and that were not made that day."""
    say = wording.say
    label = say(part_label("requested_decisions"))
    for asked in trajectory.requested_decisions:
        if asked.decided and is_on(asked.decided.date, day):
            continue
        what = f"{label}: {asked.question}"
        if asked.advice and is_on(asked.advice.date, day):
            yield Row(asked.id, what, say("advice: {text}", text=asked.advice.text), asked.advice.by or "")
        elif is_on(asked.since, day):
            yield Row(asked.id, what, say("asked"), trajectory.named(asked.asked_of))


def _others(trajectory: Trajectory, day: date, wording: Wording) -> Iterator[Row]:
    for route, record in written_on(trajectory, day):
        if isinstance(record, _TOLD):
            continue
        keys = [step for step in route if isinstance(step, str)]
        about = _around(trajectory, route, wording)
        what = wording.say(part_label(keys[-1]))
        yield Row("", f"{what}: {about}" if about else what, _facts(record, wording))


def _facts(record: Record, wording: Wording) -> str:
    """What a record says, on one line; what is plain without a label has none."""
    told = {wording.say(FIELD_LABELS[name]) for name in ("text", "what", "value", "outcome")}
    facts = wording.facts(record, without="date")
    return "; ".join(
        each.text if each.label in told else f"{each.label.lower()}: {each.text}"
        for each in facts
        if each.text
    )


def _around(trajectory: Trajectory, route: Route, wording: Wording) -> str:
    """What a record is part of, such as the indicator of a measurement; empty if that says nothing."""
    here: Record | tuple[Record, ...] = trajectory
    around = ""
    for step in route[:-1]:
        here = here[step] if isinstance(step, int) and isinstance(here, tuple) else getattr(here, str(step))
        if isinstance(here, Indicator):
            around = heading_of(here, wording)
    return around
