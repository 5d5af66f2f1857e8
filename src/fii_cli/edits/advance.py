"""A step of a trajectory: the decision that ends or keeps a visit, and the visit that follows.

fii never forbids a step: it reports what is not ready and what is skipped, and asks for a reason. It refuses
only a step that contradicts the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.analysis.standing import ItemStanding, PhaseStanding, Standing
from fii_cli.diagnostics import Refused
from fii_cli.edits.write import append
from fii_cli.language import Message, count, msg
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.head import Visit
from fii_cli.words import ENDING, PHASES, Phase, Verdict, Via, label
from fii_cli.yaml.document import Document
from fii_cli.yaml.emit import Value


@dataclass(frozen=True, slots=True)
class Move:
    """What a step does: it decides about ``visit`` and enters ``to``; either can be ``None``.

    ``asks`` are the points that need an explanation.
    """

    visit: int | None
    decision: Verdict | None
    to: Phase | None
    via: Via | None
    asks: tuple[Message, ...]


def not_ready(phase: PhaseStanding) -> tuple[ItemStanding, ...]:
    """The required items that are red or unknown."""
    return tuple(item for item in phase.in_the_way if item.light in ("rood", "onbekend"))


def next_phase(standing: Standing) -> Phase | None:
    """The phase that would follow: the starting point, the next in order, or the one at rest."""
    visits = standing.trajectory.visits
    if not visits:
        return standing.cell.start
    if standing.trajectory.at_rest:
        return visits[-1].phase
    at = PHASES.index(visits[-1].phase) + 1
    return PHASES[at] if at < len(PHASES) else None


def move(standing: Standing, decision: Verdict | None, to: Phase | None) -> Move:
    """The step for a decision and a next phase. Raises :class:`Refused` if it contradicts the file."""
    open_ = standing.trajectory.open_visit
    if open_ is None:
        return _after_the_end(standing, decision, to)
    index, visit = open_
    if decision is None:
        raise Refused(msg("no decision given"), msg("add {flags}", flags="--decision door"))
    if decision != "door":
        if to:
            raise Refused(
                msg("{decision} keeps the current phase", decision=msg(label(decision))),
                msg("omit --to, or use --decision door"),
            )
        here = standing.here
        unready = not_ready(here) if here and decision == "afgerond" else ()
        return Move(index, decision, None, None, _unready(unready, visit.phase))
    target = to or next_phase(standing)
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
    via, asks = _transition(standing, visit.phase, target)
    here = standing.here
    return Move(index, "door", target, via, (*_unready(not_ready(here) if here else (), visit.phase), *asks))


def paused_visit(trajectory: Trajectory) -> Visit | None:
    """The last visit, if it is paused: it can be resumed, or end for good."""
    last = trajectory.last_decision
    return trajectory.visits[-1] if last and last.decision == "pauze" else None


def _after_the_end(standing: Standing, decision: Verdict | None, to: Phase | None) -> Move:
    """The step if no phase is open: the next visit, or the end of a pause."""
    visits, paused = standing.trajectory.visits, paused_visit(standing.trajectory)
    if decision is None:
        return _entering(standing, to)
    if paused and decision in ENDING and to is None:
        here = next(phase for phase in standing.phases if phase.content.id == paused.phase)
        asks = _unready(not_ready(here), paused.phase) if decision == "afgerond" else ()
        return Move(len(visits) - 1, decision, None, None, asks)
    hint = msg("omit --decision: fii advance enters the next phase")
    if paused:
        phase = msg(label(paused.phase))
        hint = msg("omit --decision to resume {phase}; --decision stop or afgerond ends it", phase=phase)
    raise Refused(msg("no phase is open, so there is nothing to decide"), hint)


def _entering(standing: Standing, to: Phase | None) -> Move:
    trajectory = standing.trajectory
    target = to or next_phase(standing)
    if target is None:
        raise Refused(
            msg("the next phase is unknown"),
            msg("name a phase with --to; fii entry shows what you can do"),
        )
    if not trajectory.visits:
        return Move(None, None, target, "entry", ())
    if trajectory.at_rest:
        return Move(None, None, target, "restart", ())
    via, asks = _transition(standing, trajectory.visits[-1].phase, target)
    return Move(None, None, target, via, asks)


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


def _transition(standing: Standing, from_: Phase, to: Phase) -> tuple[Via, tuple[Message, ...]]:
    """How a trajectory goes from one phase to another, and the points that need an explanation."""
    start, end = PHASES.index(from_), PHASES.index(to)
    if end < start:
        return "return", (msg("this goes back to {phase}", phase=msg(label(to))),)
    visited = {visit.phase for visit in standing.trajectory.visits}
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
        visit: dict[str, Value] = {"phase": step.to, "entered": date, "via": step.via}
        document = append(document, ("visits",), visit | ({"reason": reason} if reason else {}), block=True)
    return document


def open_risks(standing: Standing) -> list[tuple[PhaseStanding, tuple[ItemStanding, ...]]]:
    """The phases that the entry point skipped, with the required items that are not green."""
    skipped = [phase for phase in standing.phases if phase.state == "skipped"]
    return [(phase, phase.in_the_way) for phase in skipped if phase.in_the_way]
