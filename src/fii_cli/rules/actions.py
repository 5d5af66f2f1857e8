"""Actions, the barriers they address and requested decisions: owned, on time, and reviewed afterwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator

from fii_cli.analysis.counts import sides_of
from fii_cli.analysis.hinders import answers, hindering
from fii_cli.analysis.lights import phase_of_item
from fii_cli.analysis.overdue import overdue_actions, overdue_decisions
from fii_cli.analysis.sides import Dated, Strength, hindering_in_a_row, said_of
from fii_cli.analysis.succession import asks_nothing, person_now
from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.language import Message, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.rules.signs import is_past
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.words import STOPLICHT, label


@rule("FII701", Severity.ADVICE, "actions")
def action_without_owner(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for index, action in enumerate(trajectory.actions):
        if action.runs and not action.owner:
            yield Finding(
                ("actions", index),
                msg("the action {id} has no owner", id=action.id),
                msg("agree on an owner: fii set FILE actions.{id}.owner ID", id=action.id),
                label=msg("every action needs someone who takes it on"),
                about=action.id,
            )


@rule("FII702", Severity.ADVICE, "actions", "visits")
def action_overdue(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if trajectory.at_rest:
        return
    for index, action in overdue_actions(trajectory, circumstances.today):
        if action.due:
            yield Finding(
                ("actions", index),
                msg("the action {id} was due on {date}", id=action.id, date=action.due.text),
                msg("update its status, or agree on another date"),
                label=msg("{days} days ago", days=action.due.days_before(circumstances.today)),
                about=action.id,
            )


def _by_side(
    trajectory: Trajectory, circumstances: Circumstances, asked: Callable[[str], bool], least: int = 1
) -> Iterator[tuple[str, str, Dated]]:
    """Yield a place, its item and the assessments of one side, oldest first, for each known instrument.

    Only for places that are ``asked`` for, and where a side made at least so many assessments. What was said
    of an organisation that rests or ended, while others go on, asks for nothing.
    """
    book, today = circumstances.handbook, circumstances.today

    def answered(assessment: Assessment, item: str) -> bool:
        # A team that no longer knows a light says so; who was not asked again took nothing back.
        return assessment.of_lights or answers(book, assessment, item, circumstances.thresholds)

    for (instrument, item), sides in trajectory.said.items():
        if max(map(len, sides.values())) < least or instrument not in book.instrument_ids:
            continue
        place = f"{instrument}/{item}"
        if not asked(place):
            continue
        for (_, about), said in said_of(trajectory.said, instrument, item, today, answers=answered):
            if not asks_nothing(trajectory, about, today):
                yield place, item, said


def _strength(circumstances: Circumstances) -> Strength:
    """The function that tells how strongly an item hinders, with the thresholds of this repository."""
    return lambda assessment, item: hindering(
        circumstances.handbook, assessment, item, circumstances.thresholds
    )


def _of_the_past(trajectory: Trajectory, circumstances: Circumstances, place: str) -> bool:
    """Whether a place is a light of a phase that was left long ago."""
    instrument, _, item = place.partition("/")
    phase = phase_of_item(trajectory, item) if instrument == STOPLICHT else None
    return phase is not None and is_past(trajectory, phase, circumstances)


def _place_of(trajectory: Trajectory, index: int, item: str) -> Route:
    """The route to an item in an assessment."""
    made = trajectory.assessments[index]
    part = "ratings" if item in made.ratings else "counts" if item in made.counts else "published"
    return ("assessments", index, part, item)


@rule("FII703", Severity.ADVICE, "assessments", "actions", "visits")
def barrier_without_action(
    trajectory: Trajectory, circumstances: Circumstances, *, assessments: int = 3
) -> Iterator[Finding]:
    # Three times is ours. Red needs an action at once: FII522.
    if trajectory.at_rest:
        return
    answered = {answer for action in trajectory.actions for answer in action.answers}
    strength = _strength(circumstances)
    unanswered = _by_side(trajectory, circumstances, lambda place: place not in answered, assessments)
    for place, item, said in unanswered:
        if _of_the_past(trajectory, circumstances, place):
            continue
        row = len(hindering_in_a_row(said, item, strength))
        index, assessment = said[-1]
        last = assessment.ratings.get(item)
        if row >= assessments and not (last and last.value == "rood"):
            yield Finding(
                _place_of(trajectory, index, item),
                msg(
                    "{place} hinders in {n} consecutive ratings, and no action addresses it",
                    place=place,
                    n=row,
                ),
                msg("agree on who does what: fii strategies FILE --for {place}", place=place),
                label=msg("a recurring barrier does not disappear by itself"),
                about=item,
                at_key=True,
            )


class _StillHindering:
    """The assessments in which one barrier still hinders, by date, limited to a number of ``sides``."""

    def __init__(self, trajectory: Trajectory, found: list[int], sides: int) -> None:
        self._sides = sides
        dates = ((trajectory.assessments[at].date.first, order, at) for order, at in enumerate(found))
        self._by_date = sorted(dates)

    def after(self, day: Date) -> Iterator[int]:
        """The indices of the latest ones after a day, in the order of their sides."""
        start = bisect_right(self._by_date, day.last, key=lambda each: each[0])
        start = max(start, len(self._by_date) - self._sides)
        in_order = sorted((order, at) for _, order, at in self._by_date[start:])
        return (at for _, at in in_order)


@rule("FII704", Severity.ADVICE, "assessments", "actions")
def done_and_still_hindering(
    trajectory: Trajectory, circumstances: Circumstances, *, sides: int = 10
) -> Iterator[Finding]:
    # Ten is ours: the ratings of a hundred sides after an action would add nothing.
    hinders: dict[str, list[int]] = {}
    strength = _strength(circumstances)
    done = [
        (index, action, action.result)
        for index, action in enumerate(trajectory.actions)
        if action.status == "klaar" and action.result
    ]
    addressed = {place for _, action, _ in done for place in action.answers}
    for place, item, said in _by_side(trajectory, circumstances, addressed.__contains__) if done else ():
        at, assessment = said[-1]
        if strength(assessment, item) and not _of_the_past(trajectory, circumstances, place):
            hinders.setdefault(place, []).append(at)
    still = {place: _StillHindering(trajectory, found, sides) for place, found in hinders.items()}
    for index, action, result in done:
        for place in action.answers:
            if place not in still:
                continue
            for at in still[place].after(result.date):
                rated = _place_of(trajectory, at, place.partition("/")[2])
                yield Finding(
                    ("actions", index, "result"),
                    msg("the action {id} is done, and {place} still hinders", id=action.id, place=place),
                    msg(
                        "ask what was missed, choose another action, "
                        "and record what you learned from this one"
                    ),
                    related=((rated, msg("rated so afterwards")),),
                    about=action.id,
                    at_key=True,
                )


@rule("FII705", Severity.INFO, "assessments")
def strong_rating_without_note(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for index, assessment in enumerate(trajectory.assessments):
        for item, rating in assessment.ratings.items():
            if rating.value in ("-2", "2") and not rating.note:
                yield Finding(
                    ("assessments", index, "ratings", item),
                    msg("{item} is rated {value} without a note", item=item, value=rating.value),
                    msg("write under note what people said: a strong rating needs concrete examples"),
                    label=msg("the published rules ask for examples"),
                    about=item,
                    at_key=True,
                )


@rule("FII706", Severity.ADVICE, "actions", "people", "organisations")
def too_much_on_one_owner(
    trajectory: Trajectory, circumstances: Circumstances, *, actions: int = 5
) -> Iterator[Finding]:
    # Five is ours.
    owned: dict[str, list[int]] = {}
    for index, action in enumerate(trajectory.actions):
        owner_now = person_now(trajectory, action.owner, circumstances.today)
        if owner_now and action.runs:
            owned.setdefault(owner_now, []).append(index)
    for owner, running in owned.items():
        if len(running) > actions:
            yield Finding(
                ("actions", running[-1], "owner"),
                msg("{n} actions in progress for {role}", n=len(running), role=trajectory.named(owner)),
                msg("divide them, or postpone some: fii set FILE actions.ID.owner ID"),
                label=msg("one person doing everything is a risk"),
                about=owner,
            )


@rule("FII707", Severity.INFO, "actions", "visits")
def strategy_of_another_phase(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    # Which strategy fits which phase is our reading.
    phases_open = tuple(dict.fromkeys(visit.phase for _, visit in trajectory.open_visits))
    if not phases_open or not any(action.strategy for action in trajectory.actions):
        return
    book = circumstances.handbook
    open_now = tuple(msg(label(each)) for each in phases_open)
    for index, action in enumerate(trajectory.actions):
        phases = book.strategy_phases.get(action.strategy or "", ())
        if action.status == "open" and phases and not any(each in phases for each in phases_open):
            words = {
                "strategy": action.strategy,
                "phases": tuple(msg(label(each)) for each in phases),
            }
            found = msg("{strategy} fits {phases}, but {phase} is open", **words, phase=open_now[0])
            if len(open_now) > 1:
                found = msg("{strategy} fits {phases}, but {open} are open", **words, open=open_now)
            yield Finding(
                ("actions", index, "strategy"),
                found,
                msg("ask whether it comes too early or too late: fii explain {id}", id=action.strategy),
                label=msg("our reading of when a strategy fits"),
                about=action.id,
            )


@rule("FII708", Severity.ADVICE, "assessments")
def editions_mixed(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    # Two versions use the same ids for different items, which hides what changed.
    book = circumstances.handbook
    last: dict[str, int] = {}
    for index, assessment in enumerate(trajectory.assessments):
        if assessment.instrument in book.instrument_ids:
            last[assessment.instrument] = index
    for instrument in sorted(last):
        others = book.versions_of(instrument) & last.keys() - {instrument}
        for other in sorted(others):
            later = max(last[instrument], last[other])
            yield Finding(
                ("assessments", later, "instrument"),
                msg("this trajectory contains both {one} and {other}", one=other, other=instrument),
                msg("use one of the two; fii guide {id}/… shows the earlier version", id=instrument),
                label=msg("the same id means something else in the other version"),
                about=instrument,
            )


def _few_counted(n: int, assessment: Assessment) -> tuple[Message, Message]:
    """What is found about a small count, and what to do instead."""
    if assessment.of_people:
        return (
            msg("{n} people answered {instrument}", n=n, instrument=assessment.instrument),
            msg("ask more people, or discuss their answers instead of counting them"),
        )
    what = msg(label(assessment.counted or ""))
    return (
        msg("{n} {what} counted with {instrument}", n=n, what=what, instrument=assessment.instrument),
        msg("discuss what was found in each instead of counting it"),
    )


@rule("FII709", Severity.INFO, "assessments")
def few_answers(
    trajectory: Trajectory, circumstances: Circumstances, *, answers: int = 10
) -> Iterator[Finding]:
    # Ten is ours: below that, one answer moves a share by more than ten percentage points.
    book = circumstances.handbook
    for index, assessment in enumerate(trajectory.assessments):
        if not assessment.counts:
            continue
        instrument = assessment.instrument
        spreads = [sides_of(book, instrument, item, counts) for item, counts in assessment.counts.items()]
        people = max(spread.n for spread in spreads)
        if assessment.responses is not None:
            people = assessment.responses - min(spread.no_answer for spread in spreads)
        few = 0 < people < answers
        if few and not (assessment.of_people and circumstances.thresholds.keep_back(people)):
            yield Finding(
                ("assessments", index, "counts"),
                *_few_counted(people, assessment),
                label=msg("one answer is {percent}% here", percent=round(100 / people)),
                about=assessment.instrument,
                at_key=True,
            )


@rule("FII710", Severity.ADVICE, "requested_decisions", "visits")
def requested_decision_overdue(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if trajectory.at_rest:
        return
    for index, asked in overdue_decisions(trajectory, circumstances.today):
        if asked.due:
            yield Finding(
                ("requested_decisions", index),
                msg("the decision {id} was asked for by {date}", id=asked.id, date=asked.due.text),
                msg("record the answer under decided, or agree on another date"),
                label=msg("{days} days ago", days=asked.due.days_before(circumstances.today)),
                about=asked.id,
            )
