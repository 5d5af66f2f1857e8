"""A step of a trajectory: the decision that ends or keeps a visit, and the visit that follows.

fii never forbids a step: it reports what is not ready and what is skipped, and asks for a reason. It refuses
only a step that contradicts the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from fii_cli.analysis.paths import PhasePath
from fii_cli.analysis.standing import ENDED_STATES, STATE_WORDS, ItemStanding, PhaseStanding, Standing
from fii_cli.analysis.succession import gone, organisation_now
from fii_cli.diagnostics import Refused
from fii_cli.edits.write import append
from fii_cli.language import Message, count, msg
from fii_cli.trajectory.base import remade
from fii_cli.words import ENDING, PHASES, RESTING, Phase, Verdict, Via, label
from fii_cli.yaml.document import Document
from fii_cli.yaml.emit import Value


@dataclass(frozen=True, slots=True)
class Move:
    """What a step does: it decides about ``visit`` and enters ``to``; either can be ``None``.

    ``visit`` is an index in the file, and ``organisation`` the one that enters, ``None`` for the whole
    trajectory. ``asks`` are the points that need an explanation.
    """

    visit: int | None
    decision: Verdict | None
    to: Phase | None
    via: Via | None
    asks: tuple[Message, ...]
    organisation: str | None = None


def not_ready(phase: PhaseStanding) -> tuple[ItemStanding, ...]:
    """The required items that are red or unknown."""
    return tuple(item for item in phase.in_the_way if item.light in ("rood", "onbekend"))


def next_phase(path: PhasePath) -> Phase | None:
    """The phase that would follow: the starting point, the next in order, or the one at rest."""
    if path.last is None:
        return path.standing.cell.start
    phase = path.last[1].phase
    if path.rests:
        return phase
    at = PHASES.index(phase) + 1
    return PHASES[at] if at < len(PHASES) else None


def move(path: PhasePath, decision: Verdict | None, to: Phase | None, *, beside: bool = False) -> Move:
    """The step for a decision and a next phase. Raises :class:`Refused` if it contradicts the file.

    ``beside`` enters a phase without a decision about the open one.
    """
    if beside:
        return _beside(path, decision, to)
    if path.open is None:
        return _after_the_end(path, decision, to)
    index, visit = path.open
    if decision is None:
        raise Refused(msg("no decision given"), msg("add {flags}", flags="--decision door"))
    here = path.phase(visit.phase)
    if decision != "door":
        if to:
            raise Refused(
                msg("{decision} keeps the current phase", decision=msg(label(decision))),
                msg("omit --to, or use --decision door"),
            )
        unready = not_ready(here) if decision == "afgerond" else ()
        return Move(index, decision, None, None, _unready(unready, visit.phase), path.organisation)
    target = to or next_phase(path)
    if target is None:
        raise Refused(
            msg("{phase} is the last phase", phase=msg(label(visit.phase))),
            msg("use --decision afgerond, or name a phase with --to"),
        )
    if target == visit.phase:
        raise Refused(
            msg("the trajectory is already in {phase}", phase=msg(label(target))),
            msg("use --decision bijsturen to adjust without leaving"),
        )
    unready_now = _unready(not_ready(here), visit.phase)
    if target in _phases_open(path):  # the phases overlapped: that visit goes on
        return Move(index, "door", None, None, unready_now, path.organisation)
    via, asks = _transition(path, visit.phase, target)
    return Move(index, "door", target, via, (*unready_now, *asks), path.organisation)


def _phases_open(path: PhasePath) -> set[Phase]:
    return {visit.phase for _, visit in path.visits if visit.closing is None}


def _beside(path: PhasePath, decision: Verdict | None, to: Phase | None) -> Move:
    """The step into a phase without leaving another one."""
    if decision is not None:
        raise Refused(
            msg("--beside enters a phase without a decision about another one"),
            msg("omit --beside or --decision"),
        )
    then = _then(path)
    target = to or next_phase(then)
    if target in _phases_open(path) | _phases_open(then):
        raise Refused(
            msg("the trajectory is already in {phase}", phase=msg(label(target or ""))),
            msg("name another phase with --to"),
        )
    before = next((visit for _, visit in reversed(then.visits) if visit.phase == target), None)
    if target and before and before.closing and before.closing.decision in RESTING:
        return Move(None, None, target, "restart", (), path.organisation)
    return _entering(then, target)


def _then(path: PhasePath) -> PhasePath:
    """A path as it was on its day: without the visits and the decisions of later days."""
    day = path.standing.today
    visits = []
    for index, visit in path.visits:
        made = tuple(each for each in visit.decisions if not each.date.after(day))
        if visit.entered is None or not visit.entered.after(day):
            as_it_was = visit if made == visit.decisions else remade(visit, decisions=made)
            visits.append((index, as_it_was))
    if tuple(visits) == path.visits:
        return path
    open_ = next((each for each in visits if each[1].closing is None), None)
    return replace(path, visits=tuple(visits), open=open_)


def _after_the_end(path: PhasePath, decision: Verdict | None, to: Phase | None) -> Move:
    """The step if no phase is open: the next visit, or the end of a pause."""
    paused = path.paused
    if decision is None:
        return _entering(_then(path), to)
    if paused and decision in ENDING and to is None:
        index, visit = paused
        unready = not_ready(path.phase(visit.phase)) if decision == "afgerond" else ()
        return Move(index, decision, None, None, _unready(unready, visit.phase), path.organisation)
    hint = msg("omit --decision: fii advance enters the next phase")
    if paused:
        phase = msg(label(paused[1].phase))
        hint = msg("omit --decision to resume {phase}; --decision stop or afgerond ends it", phase=phase)
    elif path.rests and path.organisation:
        hint = _after_a_stop(path, path.organisation)
    raise Refused(_nothing_open(path), hint)


def _nothing_open(path: PhasePath) -> Message:
    """That nothing is open; of an organisation, its name and since when."""
    if path.organisation is None:
        return msg("no phase is open, so there is nothing to decide")
    name = path.standing.trajectory.named(path.organisation)
    closing = path.visits[-1][1].closing if path.rests else None
    if closing is None:
        return msg("{name} is in no phase now, so there is nothing to decide", name=name)
    return msg(
        "{name} is in no phase now, so there is nothing to decide: {state} since {date}",
        name=name,
        state=msg(STATE_WORDS[ENDED_STATES[closing.decision]]),
        date=closing.date.text,
    )


def _after_a_stop(path: PhasePath, organisation: str) -> Message:
    """What can be done about an organisation that is stopped or completed already."""
    trajectory, day = path.standing.trajectory, path.standing.today
    if gone(trajectory, organisation, day):
        now = organisation_now(trajectory, organisation, day)
        if now is None:
            return msg("nothing is left to record: it no longer takes part")
        return msg("it continued as {name}: --organisation {id}", name=trajectory.named(now), id=now)
    return msg("to start again, omit --decision and name the phase with --to")


def _entering(path: PhasePath, to: Phase | None) -> Move:
    target = to or next_phase(path)
    if target is None:
        raise Refused(
            msg("the next phase is unknown"),
            msg("name a phase with --to; fii entry shows what you can do"),
        )
    if path.last is None:
        return Move(None, None, target, "entry", (), path.organisation)
    if path.rests:
        return Move(None, None, target, "restart", (), path.organisation)
    via, asks = _transition(path, path.last[1].phase, target)
    return Move(None, None, target, via, asks, path.organisation)


def _unready(items: tuple[ItemStanding, ...], phase: Phase) -> tuple[Message, ...]:
    if not items:
        return ()
    return (
        count(
            len(items),
            "{n} item that fii requires in {phase} is red or unknown",
            "{n} items that fii requires in {phase} are red or unknown",
            phase=msg(label(phase)),
        ),
    )


def _transition(path: PhasePath, from_: Phase, to: Phase) -> tuple[Via, tuple[Message, ...]]:
    """How a trajectory goes from one phase to another, and the points that need an explanation."""
    start, end = PHASES.index(from_), PHASES.index(to)
    if end < start:
        return "return", (msg("this goes back to {phase}", phase=msg(label(to))),)
    visited = {visit.phase for _, visit in path.visits}
    passed = [phase for phase in PHASES[start + 1 : end] if phase not in visited]
    if not passed:
        return "forward", ()
    first, last = msg(label(passed[0])), msg(label(passed[-1]))
    if len(passed) == 1:
        return "skip", (msg("this skips {phase}", phase=first),)
    return "skip", (msg("this skips {phase} up to and including {last}", phase=first, last=last),)


def record_move(document: Document, step: Move, date: str, by: str, reason: str) -> Document:
    """The document with the decision and the visit that follows; the first of these gets the reason."""
    rest = {"by": by, "reason": reason}
    if step.visit is not None:
        assert step.decision is not None
        decision: dict[str, Value] = {"date": date, "decision": step.decision}
        decision |= {key: text for key, text in rest.items() if text}
        document = append(document, ("visits", step.visit, "decisions"), decision)
        reason = ""
    if step.to and step.via:
        visit: dict[str, Value] = {"phase": step.to}
        visit |= {"organisation": step.organisation} if step.organisation else {}
        visit |= {"entered": date, "via": step.via}
        document = append(document, ("visits",), visit | ({"reason": reason} if reason else {}), block=True)
    return document


def open_risks(standing: Standing) -> list[tuple[PhaseStanding, tuple[ItemStanding, ...]]]:
    """The phases that the entry point skipped, with the required items that are not green."""
    skipped = [phase for phase in standing.phases if phase.state == "skipped"]
    return [(phase, phase.in_the_way) for phase in skipped if phase.in_the_way]
