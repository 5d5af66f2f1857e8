"""What changed since an earlier day: the lights that moved, and the facts that came or went.

The earlier day is that of the assessment before the last, unless the reader chose one. The earlier state
follows from the dates in the file, so that the same file always gives the same page; only an earlier version
of the file itself, if somebody asks for it, comes from git.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fii_cli.analysis.movement import Moved, Start, Way, counted, movement
from fii_cli.analysis.standing import ItemStanding, PhaseStanding, Standing
from fii_cli.analysis.succession import end_told
from fii_cli.changes.facts import At, Change, facts_changed
from fii_cli.handbook import Handbook
from fii_cli.language import N_, Message, msg
from fii_cli.report.changes import heading_of
from fii_cli.report.shapes import LightMoved, Line, PhaseMoved, Since
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.borgen import Indicator, Measurement
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Action, Assessment, LogEntry, RequestedDecision
from fii_cli.trajectory.head import Decision, Organisation, Person, Visit
from fii_cli.trajectory.labels import part_label
from fii_cli.trajectory.verkennen import Agreement, Task
from fii_cli.trajectory.versterken import Contact
from fii_cli.words import STOPLICHT

WAYS: dict[Way, str] = {
    "forward": N_("went forward"),
    "back": N_("went back"),
    "new": N_("new"),
    "unrated": N_("no longer rated"),
}
_NEWS = (
    *("visits", "requested_decisions", "actions", "verkennen", "borgen", "implementeren", "innoveren"),
    *("assessments", "signaleren", "versterken"),
)
"""The keys of the file in the order in which readers want their news; other keys follow."""
_UNTOLD = ("fii", "language", "title", "summary", "accepted", "checklist")
"""The keys of the file whose changes say nothing about the trajectory itself."""


def since_block(
    start: Start | None, facts: Trajectory, standing: Standing, handbook: Handbook, wording: Wording
) -> Since | None:
    """What changed since the start; ``None`` if there is none. ``facts`` are as in the file now.

    Readers outside are told nothing that only an earlier version of the file contains: somebody may have
    removed it for a reason.
    """
    if start is None:
        return None
    moved = movement(start.standing, standing)
    iso = start.before.day.isoformat()
    from_git = bool(start.before.name)
    old = Wording(start.before.trajectory, wording.say, outside=wording.outside)
    changes = facts_changed(start.before.trajectory, facts)
    if from_git and wording.outside:
        changes = tuple(each for each in changes if each.after is not None)
    lines = tuple(_facts(changes, old, wording, handbook))
    return Since(
        iso,
        wording.say.day(iso),
        start.before.name,
        tuple(_phase(phase, moved, wording) for phase in standing.phases),
        tuple(_light(each, handbook, wording) for each in moved),
        lines,
    )


def _phase(phase: PhaseStanding, moved: tuple[Moved, ...], wording: Wording) -> PhaseMoved:
    content = phase.content
    ways = counted(each for each in moved if each.phase == content.id)
    return PhaseMoved(
        content.id,
        content.number,
        wording.say.pick(content.name),
        phase.rated > 0,
        tuple((way, ways[way]) for way in WAYS if way in ways),
    )


def _light(moved: Moved, handbook: Handbook, wording: Wording) -> LightMoved:
    item = moved.item
    return LightMoved(
        item.id,
        moved.phase,
        wording.say.pick(handbook.short_name(STOPLICHT, item.id, item)) + wording.where(item),
        wording.light(moved.before),
        wording.light(item.light),
        moved.way,
        wording.say(WAYS[moved.way]),
        remark_on(item),
    )


def remark_on(item: ItemStanding) -> str:
    """The reason for a light: the note of the latest rating that gave it; empty if there is none."""
    given = [each for each in item.ratings if each.value == item.light and each.note]
    latest = max(given, key=lambda each: each.date.last, default=None)
    return latest.note or "" if latest else ""


# --- facts --------------------------------------------------------------------------------------------------


def _facts(
    changes: tuple[Change, ...], before: Wording, after: Wording, handbook: Handbook
) -> Iterator[Line]:
    """What came and went in plain words; what is only worded otherwise is no news."""
    told: dict[Line, None] = {}
    weight = {key: at for at, key in enumerate(_NEWS)}
    for change in sorted(changes, key=lambda each: weight.get(str(each.place[0]), len(_NEWS))):
        if change.place[0] in _UNTOLD:
            continue
        line = _of_assessment(change, after, handbook) if change.record is Assessment else None
        line = line or _came(change, after) or _followed(change, after) or _any(change, before, after)
        if line:
            told[line] = None
    yield from told


def _of_assessment(change: Change, wording: Wording, handbook: Handbook) -> Line | None:
    """That an instrument was used; lights are told one by one."""
    made = change.after if isinstance(change.after, Assessment) else None
    if made is None or made.of_lights or made.instrument not in handbook.instrument_ids:
        return None
    name = wording.say.pick(handbook.instrument(made.instrument).name)
    day = wording.day(made.date)
    if made.counts:
        told = msg("{name}: answers counted on {date}", name=name, date=day)
    elif made.published:
        told = msg("{name}: published results of {date}", name=name, date=day)
    else:
        told = msg("{name}: rated on {date}", name=name, date=day)
    return Line("+", wording.say(told))


def _came(change: Change, wording: Wording) -> Line | None:
    """A record of a list that came, in a sentence of its own; ``None`` for one that has none."""
    say, record = wording.say, change.after
    if change.before is not None or not isinstance(change.place[-1], At):
        return None
    told: Message | None = None
    if isinstance(record, Visit):
        phase = wording.word(record.phase)
        when, name = _when(record.entered, wording), wording.trajectory.named(record.organisation)
        told = msg("phase {phase} began{when}", phase=phase, when=when)
        if name:
            told = msg("phase {phase} began at {name}{when}", phase=phase, name=name, when=when)
    elif isinstance(record, Decision):
        told = _decision(change, record, wording)
    elif isinstance(record, Action):
        if record.status == "klaar":
            told = _done(record, wording)
        elif record.runs:
            told = msg("agreed: {what}", what=record.what)
    elif isinstance(record, RequestedDecision):
        if record.decided:
            told = _decided(record)
        else:
            told = msg("decision asked for: {question}", question=record.question)
    elif isinstance(record, Agreement):
        name = wording.trajectory.named(record.organisation)
        told = msg("agreement with {name}{when}", name=name, when=_when(record.date, wording))
    elif isinstance(record, Task):
        told = msg("task done: {what}", what=record.what) if record.done else None
        told = told or msg("task agreed: {what}", what=record.what)
    elif isinstance(record, Contact):
        name = wording.trajectory.named(_ids_in(change)[0])
        told = msg("contact with {name}{when}", name=name, when=_when(record.date, wording))
    elif isinstance(record, Measurement):
        told = _measured(change, record, wording)
    elif isinstance(record, LogEntry):
        told = msg("{text}{when}", text=record.text, when=_when(record.date, wording))
    return Line("+", _first_upper(say(told))) if told else None


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _when(day: Date | None, wording: Wording) -> str:
    return f" ({wording.day(day)})" if day else ""


def _decision(change: Change, record: Decision, wording: Wording) -> Message:
    """A decision with the phase that it was about, and whose phase that is, which the place tells."""
    decision, when = wording.word(record.decision), _when(record.date, wording)
    visit = _record_at(wording.trajectory, change.place[:-2])
    if not isinstance(visit, Visit):
        return msg("decided: {decision}{when}", decision=decision, when=when)
    phase, name = wording.word(visit.phase), wording.trajectory.named(visit.organisation)
    if name:
        return msg(
            "decided about {phase} at {name}: {decision}{when}",
            phase=phase,
            name=name,
            decision=decision,
            when=when,
        )
    return msg("decided about {phase}: {decision}{when}", phase=phase, decision=decision, when=when)


def _done(action: Action, wording: Wording) -> Message:
    if action.result and action.result.helped:
        helped = wording.word(action.result.helped)
        return msg("done: {what}; did it help? {answer}", what=action.what, answer=helped)
    return msg("done: {what}", what=action.what)


def _decided(asked: RequestedDecision) -> Message:
    answer = asked.decided.answer if asked.decided else ""
    return msg("decided: {question} {answer}", question=asked.question, answer=answer)


def _measured(change: Change, measured: Measurement, wording: Wording) -> Message:
    """A measurement with the name of its indicator, which the place tells."""
    borgen = wording.trajectory.borgen
    indicators: tuple[Indicator, ...] = borgen.indicators if borgen else ()
    what = next((each.what for each in indicators if each.id == _ids_in(change)[0]), "")
    if measured.organisation:
        what = f"{what} ({wording.trajectory.named(measured.organisation)})"
    value = f"{measured.value:g}"
    return msg("measured: {what} {value}{when}", what=what, value=value, when=_when(measured.date, wording))


def _ids_in(change: Change) -> list[Any]:
    """The first value of the key of each record on the way to a fact."""
    return [step.key[0] for step in change.place if isinstance(step, At)]


def _followed(change: Change, wording: Wording) -> Line | None:
    """What became of something that was there already: an action, a task or a question."""
    key = change.place[-1]
    record = _record_at(wording.trajectory, change.place[:-1]) if isinstance(key, str) else None
    told: Message | None = None
    if isinstance(record, Action) and key in ("status", "result"):
        if record.status == "klaar":
            told = _done(record, wording)
        elif key == "status":
            told = msg("{status}: {what}", status=wording.word(record.status), what=record.what)
    elif isinstance(record, Action | Task | RequestedDecision) and key == "due" and record.due:
        told = msg(
            "another date: {what}, {date}", what=heading_of(record, wording), date=wording.day(record.due)
        )
    elif isinstance(record, Task) and key == "done" and record.done:
        told = msg("task done: {what}", what=record.what)
    elif isinstance(record, RequestedDecision) and key == "decided" and record.decided:
        told = _decided(record)
    elif isinstance(record, Organisation | Person) and key == "until" and record.until:
        left, when = end_told(wording.trajectory, record), _when(record.until, wording)
        told = msg("{text}{when}", text=wording.say(left), when=when)
    elif isinstance(record, RequestedDecision) and key == "advice" and record.advice:
        told = msg("advice: {question} {answer}", question=record.question, answer=record.advice.text)
    return Line("~", _first_upper(wording.say(told))) if told else None


def _record_at(trajectory: Trajectory, place: tuple[str | At, ...]) -> Any:
    here: Any = trajectory
    for step in place:
        if isinstance(step, At):
            same = [each for each in here if tuple(getattr(each, k) for k in type(each).KEY) == step.key]
            here = same[step.number] if step.number < len(same) else None
        else:
            here = getattr(here, step, None)
        if here is None:
            return None
    return here


def _any(change: Change, before: Wording, after: Wording) -> Line | None:
    """A record of a list that came or went, by what it is and what it is called."""
    if not isinstance(change.place[-1], At):
        return None
    went = change.after is None
    wording, record = (before, change.before) if went else (after, change.after)
    if change.before is not None and not went:
        return None
    if isinstance(record, Assessment):
        return None
    names = [step for step in change.place if isinstance(step, str)]
    what, name = wording.say(part_label(names[-1])), heading_of(record, wording)
    return Line("-" if went else "+", f"{what}: {name}" if name else what)
