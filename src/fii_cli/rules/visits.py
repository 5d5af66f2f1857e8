"""Visits that overlap or turn, and paths that wait or ended."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.analysis.lights import last_lights, light_of
from fii_cli.diagnostics import Finding, Severity
from fii_cli.handbook.stoplicht import NO_LIGHT
from fii_cli.language import Message, count, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.rules.signs import long_ago
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import LOOK_AGAIN_DAYS
from fii_cli.trajectory.head import Decision, Visit
from fii_cli.words import Light, Phase, label, phase_of


@rule("FII031", Severity.ERROR, "visits.decisions")
def more_than_one_open_visit(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for path in trajectory.paths.values():
        open_: dict[Phase, int] = {}
        for index, visit in path:
            if visit.phase in open_:
                yield Finding(
                    ("visits", open_[visit.phase]),
                    msg("this visit has not ended, but another one to the same phase follows"),
                    msg("add a closing decision here: door, pauze, stop or afgerond"),
                    related=((("visits", index), msg("the next visit starts here")),),
                )
                del open_[visit.phase]
            if visit.closing is None:
                open_[visit.phase] = index


@rule("FII804", Severity.ADVICE, "entry.date", "visits")
def never_entered(
    trajectory: Trajectory, circumstances: Circumstances, *, months: int = 3
) -> Iterator[Finding]:
    # Three months is ours.
    start = trajectory.entry.date
    if trajectory.visits or start is None:
        return
    if start.over((months * 365 - 1) // 12, circumstances.today):
        waiting = start.days_before(circumstances.today) * 12 // 365
        yield Finding(
            ("entry", "date"),
            msg("no phase has been entered for {n} months", n=waiting),
            msg("choose a starting point with fii entry, and enter it: fii advance FILE --to PHASE"),
            label=msg("the trajectory started here"),
        )


@rule("FII805", Severity.ADVICE, "visits")
def turned_without_reason(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    for index, visit, before in _with_the_one_before(trajectory):
        explained = visit.reason or (before and before.reason)
        gone = visit.closing is not None and long_ago(visit.closing.date, circumstances)
        if visit.via not in ("return", "skip") or explained or gone:
            continue
        phase = msg(label(visit.phase))
        if visit.via == "return":
            message = msg("went back to {phase} without a reason", phase=phase)
        else:
            message = msg("skipped ahead to {phase} without a reason", phase=phase)
        yield Finding(
            ("visits", index),
            message,
            msg("write under reason why this was chosen"),
            label=msg("phases can be taken in any order, but not without a reason"),
            about=visit.phase,
        )


def _with_the_one_before(trajectory: Trajectory) -> Iterator[tuple[int, Visit, Decision | None]]:
    """Each visit with its index, and the decision that ended the previous one of the same organisation."""
    for path in trajectory.paths.values():
        before = None
        for index, visit in path:
            yield index, visit, before
            before = visit.closing


@rule("FII806", Severity.ADVICE, "visits")
def between_phases(
    trajectory: Trajectory, circumstances: Circumstances, *, days: int = LOOK_AGAIN_DAYS
) -> Iterator[Finding]:
    # Two weeks is ours, after the rhythm of the core team.
    for index, visit, closing in trajectory.ended_paths:
        if closing.decision != "door" or not closing.date.over(days, circumstances.today):
            continue
        yield Finding(
            ("visits", index, "decisions", visit.decisions.index(closing)),
            msg(
                "the decision to continue was made {days} days ago, but no next phase has been entered",
                days=closing.date.days_before(circumstances.today),
            ),
            msg("enter the next phase: fii advance FILE")
            if len(trajectory.paths) == 1
            else msg(
                "enter the next phase: fii advance FILE --organisation {id}", id=visit.organisation or "none"
            ),
            about=visit.phase,
        )


@rule("FII807", Severity.ADVICE, "visits", "assessments", "checklist")
def finished_without_lights(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    for index, visit, closing in trajectory.ended_paths:
        if closing.decision != "afgerond" or (visit.organisation is None and trajectory.open_visits):
            continue
        unrated = [
            item
            for item in sorted(circumstances.handbook.required_items)
            if _was_visited(trajectory, phase_of(item), visit.organisation)  # others were left out on purpose
            and _light_for(trajectory, item, visit.organisation, circumstances) == NO_LIGHT
        ]
        if unrated:
            yield Finding(
                ("visits", index, "decisions", visit.decisions.index(closing)),
                count(
                    len(unrated),
                    "completed, but {n} item that fii requires was not rated",
                    "completed, but {n} items that fii requires were not rated",
                ),
                _rate_afterwards(visit.organisation),
                label=msg("not rated: {items}", items=", ".join(unrated)),
            )


def _rate_afterwards(organisation: str | None) -> Message:
    if organisation:
        return msg(
            "rate them as they were, so that others know what was reached: "
            "fii assess FILE --about {id} --item ITEM",
            id=organisation,
        )
    return msg("rate them as they were, so that others know what was reached: fii assess FILE --item ITEM")


def _was_visited(trajectory: Trajectory, phase: Phase, organisation: str | None) -> bool:
    if organisation is None:
        return phase in trajectory.last_visits
    return (phase, organisation) in trajectory.last_visits_by_organisation


def _light_for(
    trajectory: Trajectory, item: str, organisation: str | None, circumstances: Circumstances
) -> Light:
    """The light of an item: the least favourable, or for one organisation that of its own ratings.

    Without any of its own on the item, a light about nobody counts for it.
    """
    last = last_lights(trajectory, item, circumstances.today)
    if organisation is None:
        return light_of(item, last)
    own = {side: each for side, each in last.items() if side[1] == organisation}
    return light_of(item, own or {side: each for side, each in last.items() if side[1] is None})
