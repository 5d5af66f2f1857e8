"""One page for the board: where it stands, what is asked, what changed, what was agreed, what endangers it.

Every sentence follows from facts by a rule that docs/method retells. Where the facts for a part are missing,
the page says what to ask. Long texts are cut, because it is one page; the annex has them whole.
"""

from __future__ import annotations

from fii_cli.analysis.movement import Start, Way, counted, movement
from fii_cli.analysis.standing import Standing
from fii_cli.analysis.succession import gone
from fii_cli.handbook import Handbook
from fii_cli.language import Message, count, msg
from fii_cli.report.basis import Basis
from fii_cli.report.board_asked import asked_of
from fii_cli.report.board_lists import agreed_in, changes_in
from fii_cli.report.board_path import board_path
from fii_cli.report.board_risk import risk_of
from fii_cli.report.board_room import (
    Opening,
    room_for_columns,
)
from fii_cli.report.board_shapes import Board
from fii_cli.report.lateness import ended, enumerated, in_short, lower, named
from fii_cli.report.shapes import Since
from fii_cli.report.wording import Wording
from fii_cli.words import STOPLICHT

_MOST_NAMED = 2
_SHARES = (1, 0.75, 0.5)
"""How much of long texts is shown: less if too little room would be left."""
_ENOUGH = 11.0
"""The lines that three agreements need."""
_NO_DECISION = msg(
    "No decision is asked. Which decision does the work need from you, by when, and what happens otherwise?"
)
_NO_DECISION_AT_REST = msg("No decision is asked. Is anything still open that you have to decide?")


def board_of(basis: Basis, since: Since | None, wording: Wording) -> Board | None:
    """The page for the board on a basis; ``None`` for another audience than the steering group."""
    if basis.audience != "steering":
        return None
    say, standing, trajectory = wording.say, basis.standing, basis.trajectory
    status = tuple(say(each) for each in _status(standing, basis.start, basis.handbook, wording))
    path = board_path(standing, since, wording)
    risk = risk_of(basis, wording)
    for share in _SHARES:
        about = in_short(trajectory.summary or "", round(180 * share))
        asked = asked_of(standing, wording, share)
        title = in_short(trajectory.heading, round(130 * share))
        room = room_for_columns(Opening(title, status, about, asked, path), risk)
        if room >= _ENOUGH:
            break
    lights, news, rest = changes_in(since, room, wording)
    agreed, more_agreed = agreed_in(standing, room, wording, share)
    return Board(
        title=title,
        status=status,
        about=about,
        asked=asked,
        ask_decision=_question(
            not asked,
            wording,
            _NO_DECISION_AT_REST if trajectory.at_rest else _NO_DECISION,
        ),
        path=path,
        since=since.dated if since else "",
        lights=lights,
        news=news,
        rest=rest,
        ask_changes=_question(not (lights or news), wording, _no_changes(since)),
        agreed=agreed,
        more_agreed=more_agreed,
        ask_agreements=_question(
            not agreed, wording, msg("No agreement is running. Who does what, and when is it done?")
        ),
        risk=risk,
        ask_risk=_question(
            risk is None,
            wording,
            _no_danger(standing),
        ),
    )


def _question(missing: bool, wording: Wording, ask: Message) -> str:
    return wording.say(ask) if missing else ""


def _no_danger(standing: Standing) -> Message:
    last = standing.trajectory.last_decision
    if last and last.decision == "pauze":
        return msg("The trajectory is paused. Ask the team: what has to happen before it goes on, and when?")
    if standing.trajectory.at_rest:
        return msg("The trajectory has ended. Ask the team: what was learned, and who takes on what is left?")
    if not any(phase.rated for phase in standing.phases):
        return msg("Nothing has been rated yet. Ask the team: what could make this fail?")
    return msg("The facts point to no single danger. Ask the team: what could make this fail?")


def _no_changes(since: Since | None) -> Message:
    if since is None:
        return msg(
            "There is no earlier assessment to compare with. When are the lights rated again, and by whom?"
        )
    return msg("Nothing was recorded. Ask the team what happened, and when the lights are rated again.")


# --- the state in two sentences -----------------------------------------------------------------------------


def _status(
    standing: Standing, start: Start | None, handbook: Handbook, wording: Wording
) -> tuple[Message, Message]:
    return _where(standing, wording), _how(standing, start, handbook, wording)


def _where(standing: Standing, wording: Wording) -> Message:
    """Where the trajectory is, and since when."""
    latest, trajectory = standing.latest, standing.trajectory
    if latest is None or trajectory.last_visit is None:
        return msg("No phase has begun yet.")
    name = wording.say.pick(latest.content.name)
    phase = msg("phase {number} ({name})", number=latest.content.number, name=name)
    visit = trajectory.last_visit[1]
    if standing.here:
        beside = _beside(standing, wording)
        if visit.organisation:
            return msg("{organisations}.", organisations=beside[:1].upper() + beside[1:])
        now = msg("The trajectory is in {phase}.", phase=phase)
        if visit.entered:
            day = wording.day(visit.entered)
            now = msg("The trajectory has been in {phase} since {date}.", phase=phase, date=day)
        if beside:
            return msg("{sentence} Beside it: {organisations}.", sentence=now, organisations=beside)
        return now
    closing = visit.closing
    day = wording.day(closing.date) if closing else ""
    told = {
        "pauze": msg("The trajectory paused in {phase} on {date}.", phase=phase, date=day),
        "stop": msg("The trajectory stopped in {phase} on {date}.", phase=phase, date=day),
        "afgerond": msg("The trajectory was completed in {phase} on {date}.", phase=phase, date=day),
    }
    closed = msg("It closed {phase} on {date}; the next phase has not begun.", phase=phase, date=day)
    sentence = told.get(closing.decision, closed) if closing else closed
    if closing and closing.reason and closing.decision in told:
        reason = ended(in_short(closing.reason, 90))
        return msg("{sentence}: {reason}", sentence=wording.say(sentence).rstrip("."), reason=reason)
    return sentence


def _beside(standing: Standing, wording: Wording) -> str:
    """How many organisations are in which phase; nothing if none has a phase of its own."""
    trajectory, today = standing.trajectory, standing.today
    own = [visit for _, visit in trajectory.open_visits if visit.organisation]
    open_ = [visit for visit in own if not gone(trajectory, visit.organisation, today)]
    told = []
    for phase in standing.phases:
        n = sum(visit.phase == phase.content.id for visit in open_)
        name = wording.say.pick(phase.content.name)
        number = phase.content.number
        told += [
            wording.say(
                count(
                    n,
                    "{n} organisation in phase {number} ({name})",
                    "{n} organisations in phase {number} ({name})",
                    number=number,
                    name=name,
                )
            )
            for _ in range(min(n, 1))
        ]
    return enumerated(told, 0, wording)


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
        return msg("{moved}; {told}", moved=moved, told=lower(wording.say(told))) if moved else told
    first = [
        named(wording.say.pick(handbook.short_name(STOPLICHT, item.id, item)), 50) + wording.where(item)
        for item in red[:_MOST_NAMED]
    ]
    shown = enumerated(first, len(red) - _MOST_NAMED, wording)
    told = count(len(red), "{n} light is red: {names}.", "{n} lights are red: {names}.", names=shown)
    return msg("{moved}; {told}", moved=moved, told=wording.say(told)) if moved else told


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
