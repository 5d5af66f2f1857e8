"""One page for the board: where it stands, what is asked, what changed, what was agreed, what endangers it.

Every sentence follows from facts by a rule that docs/method retells. Where the facts for a part are missing,
the page says what to ask. Long texts are cut, because it is one page; the annex has them whole.
"""

from __future__ import annotations

from dataclasses import replace

from fii_cli.analysis.movement import Start, Way, counted, movement
from fii_cli.analysis.standing import Standing
from fii_cli.handbook import Handbook
from fii_cli.language import Message, count, msg
from fii_cli.report.basis import Basis
from fii_cli.report.board_path import board_path
from fii_cli.report.board_risk import risk_of
from fii_cli.report.board_shapes import Agreed, Asked, AskedLine, Board
from fii_cli.report.lateness import due_in_words, enumerated, in_short
from fii_cli.report.shapes import LightMoved, Since
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import RequestedDecision
from fii_cli.words import STOPLICHT

_MOST_LIGHTS, _MOST_NEWS, _MOST_AGREEMENTS, _MOST_NAMED = 5, 7, 5, 2


def board_of(basis: Basis, since: Since | None, wording: Wording) -> Board | None:
    """The page for the board on a basis; ``None`` for another audience than the steering group."""
    if basis.audience != "steering":
        return None
    say, standing = wording.say, basis.standing
    asked = _asked(standing, wording)
    lights, news, rest = _changes(since, wording)
    agreed = _agreed(standing, wording)
    more = len(agreed) - _MOST_AGREEMENTS
    risk = risk_of(basis, wording)
    return Board(
        status=tuple(say(each) for each in _status(standing, basis.start, basis.handbook, wording)),
        asked=asked,
        ask_decision=_question(
            not asked,
            wording,
            msg(
                "No decision is asked. Which decision does the work need from you, by when, "
                "and what happens otherwise?"
            ),
        ),
        path=board_path(standing, since, wording),
        since=since.dated if since else "",
        lights=lights,
        news=news,
        rest=rest,
        ask_changes=_question(not (lights or news), wording, _no_changes(since)),
        agreed=tuple(agreed[:_MOST_AGREEMENTS]),
        more_agreed=say(count(more, "and {n} more, in the annex", "and {n} more, in the annex"))
        if more > 0
        else "",
        ask_agreements=_question(
            not agreed, wording, msg("No agreement is running. Who does what, and when is it done?")
        ),
        risk=risk,
        ask_risk=_question(
            risk is None,
            wording,
            msg("The facts point to no single danger. Ask the team: what could make this fail?"),
        ),
    )


def _question(missing: bool, wording: Wording, ask: Message) -> str:
    return wording.say(ask) if missing else ""


# --- the state in two sentences -----------------------------------------------------------------------------


def _status(
    standing: Standing, start: Start | None, handbook: Handbook, wording: Wording
) -> tuple[Message, Message]:
    return _where(standing, wording), _how(standing, start, handbook, wording)


def _where(standing: Standing, wording: Wording) -> Message:
    """Where the trajectory is, and since when."""
    latest, trajectory = standing.latest, standing.trajectory
    if latest is None:
        return msg("No phase has begun yet.")
    name = wording.say.pick(latest.content.name)
    phase = msg("phase {number} ({name})", number=latest.content.number, name=name)
    visit = trajectory.visits[-1]
    if standing.here:
        if visit.entered:
            day = wording.day(visit.entered)
            return msg("The trajectory has been in {phase} since {date}.", phase=phase, date=day)
        return msg("The trajectory is in {phase}.", phase=phase)
    closing = visit.closing
    day = wording.day(closing.date) if closing else ""
    told = {
        "pauze": msg("The trajectory paused in {phase} on {date}.", phase=phase, date=day),
        "stop": msg("The trajectory stopped in {phase} on {date}.", phase=phase, date=day),
        "afgerond": msg("The trajectory was completed in {phase} on {date}.", phase=phase, date=day),
    }
    closed = msg("It closed {phase} on {date}; the next phase has not begun.", phase=phase, date=day)
    return told.get(closing.decision, closed) if closing else closed


def _how(standing: Standing, start: Start | None, handbook: Handbook, wording: Wording) -> Message:
    """How the lights moved, and which are red."""
    red = [item for _, item in standing.with_light("rood")]
    some = any(phase.rated for phase in standing.phases)
    if not some:
        return msg("No light has been rated yet.")
    moved = _moved(standing, start, wording)
    if not red:
        orange = sum(1 for _ in standing.with_light("oranje"))
        told = count(orange, "No light is red, and {n} is orange.", "No light is red, and {n} are orange.")
        return msg("{moved}; {told}", moved=moved, told=_lower(wording.say(told))) if moved else told
    names = [_lower(wording.say.pick(handbook.short_name(STOPLICHT, item.id, item))) for item in red]
    shown = enumerated(names[:_MOST_NAMED], len(names) - _MOST_NAMED, wording)
    told = count(len(red), "{n} light is red: {names}.", "{n} lights are red: {names}.", names=shown)
    return msg("{moved}; {told}", moved=moved, told=wording.say(told)) if moved else told


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _moved(standing: Standing, start: Start | None, wording: Wording) -> str:
    """How many lights went forward, back, or are new since the start; empty without one."""
    if start is None:
        return ""
    ways = counted(movement(start.standing, standing))
    day = wording.say.day(start.before.day.isoformat())
    told = [
        wording.say(each)
        for way, each in (
            ("forward", count(ways.get("forward", 0), "{n} light went forward", "{n} lights went forward")),
            ("back", count(ways.get("back", 0), "{n} back", "{n} back")),
            ("new", count(ways.get("new", 0), "{n} is new", "{n} are new")),
        )
        if _has(ways, way)
    ]
    if not told:
        return wording.say("No light has moved since {date}", date=day)
    if not _has(ways, "forward"):
        some = ways.get("back", 0) or ways.get("new", 0)
        if _has(ways, "back"):
            told[0] = wording.say(count(some, "{n} light went back", "{n} lights went back"))
        else:
            told[0] = wording.say(count(some, "{n} light is new", "{n} lights are new"))
    return wording.say("Since {date}, {moves}", date=day, moves=enumerated(told, 0, wording))


def _has(ways: dict[Way, int], way: str) -> bool:
    return any(each == way for each in ways)


# --- the decision that is asked -----------------------------------------------------------------------------


def _asked(standing: Standing, wording: Wording) -> Asked | None:
    """The open decision that is due first; one without a date comes last."""
    found = [each for each in standing.trajectory.requested_decisions if each.decided is None]
    found.sort(key=lambda each: (each.due is None, each.due.last.toordinal() if each.due else 0))
    if not found:
        return None
    first, *others = found
    return Asked(
        in_short(first.question, 160),
        tuple(_lines(first, standing, wording)),
        _others(others, wording),
    )


def _lines(asked: RequestedDecision, standing: Standing, wording: Wording) -> list[AskedLine]:
    say, today = wording.say, standing.today
    unknown = say("not recorded: ask the team")
    who = wording.trajectory.named(asked.asked_of) if asked.asked_of else unknown
    due, note, late = due_in_words(asked.due, today, wording)
    when = ", ".join(part for part in (due, note, in_short(asked.why_then or "", 70)) if part)
    advice = unknown
    if asked.advice:
        by = ", ".join(part for part in (asked.advice.by or "", wording.day(asked.advice.date)) if part)
        text = in_short(asked.advice.text, 90)
        advice = f"{text} ({by})" if by else text
    return [
        AskedLine(say("Asked of"), who),
        AskedLine(say("Not later than"), when or unknown, late),
        AskedLine(say("Advice"), advice),
        AskedLine(say("Otherwise"), in_short(asked.otherwise or "", 110) or unknown),
    ]


def _others(others: list[RequestedDecision], wording: Wording) -> str:
    """The other open decisions, in one line."""
    if not others:
        return ""
    shown = [in_short(each.question, 70) for each in others[:_MOST_NAMED]]
    return wording.say("Also asked: {those}", those=enumerated(shown, len(others) - _MOST_NAMED, wording))


# --- what changed -------------------------------------------------------------------------------------------


def _changes(since: Since | None, wording: Wording) -> tuple[tuple[LightMoved, ...], tuple[str, ...], str]:
    """The lights and the facts to show, bad news first, and how many more there are."""
    if since is None:
        return (), (), ""
    least = min(len(since.facts), _MOST_NEWS - _MOST_LIGHTS)
    lights = since.lights[: _MOST_NEWS - least]
    news = since.facts[: _MOST_NEWS - len(lights)]
    left = len(since.lights) - len(lights) + len(since.facts) - len(news)
    rest = (
        wording.say(count(left, "and {n} more, in the annex", "and {n} more, in the annex")) if left else ""
    )
    shown = tuple(
        replace(each, name=in_short(each.name, 60), remark=in_short(each.remark, 70)) for each in lights
    )
    return shown, tuple(in_short(each.text, 100) for each in news), rest


def _no_changes(since: Since | None) -> Message:
    if since is None:
        return msg(
            "There is no earlier assessment to compare with. When are the lights rated again, and by whom?"
        )
    return msg("Nothing was recorded. Ask the team what happened, and when the lights are rated again.")


# --- what was agreed ----------------------------------------------------------------------------------------


def _agreed(standing: Standing, wording: Wording) -> list[Agreed]:
    """The running actions and the tasks that are not done: what is late first, then what is due first."""
    trajectory: Trajectory = standing.trajectory
    found: list[tuple[str, str | None, Date | None]] = [
        (action.what, action.owner, action.due) for action in standing.running
    ]
    found += [(task.what, task.by, task.due) for task in standing.roadmap if not task.done]
    found.sort(key=lambda each: (each[2] is None, each[2].last.toordinal() if each[2] else 0))
    rows = []
    for what, by, due in found:
        told, note, late = due_in_words(due, standing.today, wording)
        who = trajectory.named(by) if by else wording.say("nobody yet")
        rows.append(Agreed(in_short(what, 80), in_short(who, 40), told or wording.say("no date"), note, late))
    return rows
