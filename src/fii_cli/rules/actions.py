"""Actions and the ratings they answer: owned, in time, and looked at afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.trajectory import Trajectory


@rule("FII701", Severity.ADVICE, "actions")
def action_without_owner(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for index, action in enumerate(trajectory.actions):
        if action.status in ("open", "bezig") and not action.owner:
            yield Finding(
                ("actions", index),
                msg("the action {id} has no owner", id=action.id),
                msg("agree on who sees to it: fii set FILE actions.{id}.owner ID", id=action.id),
                label=msg("what nobody owns is not done (5b)"),
                about=action.id,
            )


@rule("FII702", Severity.ADVICE, "actions", "visits")
def action_overdue(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if trajectory.at_rest:
        return
    for index, action in enumerate(trajectory.actions):
        late = action.due and action.due.before(circumstances.today)
        if action.status in ("open", "bezig") and action.due and late:
            yield Finding(
                ("actions", index),
                msg("the action {id} should have been done on {date}", id=action.id, date=action.due.text),
                msg("note how it stands under status, or agree on another date"),
                label=msg("{days} days ago", days=action.due.days_before(circumstances.today)),
                about=action.id,
            )


def _by_side(trajectory: Trajectory, today: date) -> Iterator[tuple[str, str, list[int]]]:
    """Each item of an instrument, with the assessments in which one side rated it, by index, oldest first."""
    for (instrument, item), sides in trajectory.rated.items():
        for made in sides.values():
            known = [index for index, assessment in made if assessment.date.counts(None, today)]
            if known:
                yield instrument, item, known


@rule("FII703", Severity.ADVICE, "assessments", "actions", "visits")
def barrier_without_action(
    trajectory: Trajectory, circumstances: Circumstances, *, assessments: int = 3
) -> Iterator[Finding]:
    # Three times is ours. What is red asks for an action at once: FII522.
    if trajectory.at_rest:
        return
    answered = {answer for action in trajectory.actions for answer in action.answers}
    for instrument, item, made in _by_side(trajectory, circumstances.today):
        if instrument not in circumstances.handbook.instrument_ids or f"{instrument}/{item}" in answered:
            continue
        strengths = circumstances.handbook.hinders(instrument)
        values = [trajectory.assessments[index].ratings[item].value for index in made]
        row = next((n for n, value in enumerate(reversed(values)) if value not in strengths), len(values))
        if row >= assessments and values[-1] != "rood":
            place = f"{instrument}/{item}"
            yield Finding(
                ("assessments", made[-1], "ratings", item),
                msg("{place} hinders in {n} ratings in a row, and no action answers it", place=place, n=row),
                msg("agree on who does what: fii add FILE action answers={place}", place=place),
                label=msg("what keeps coming back does not go by itself"),
                about=item,
                at_key=True,
            )


@rule("FII704", Severity.ADVICE, "assessments", "actions")
def done_and_still_hindering(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    rated = tuple(_by_side(trajectory, circumstances.today))
    for index, action in enumerate(trajectory.actions):
        if action.status != "klaar" or action.result is None:
            continue
        for place in action.answers:
            for instrument, item, made in rated:
                last = trajectory.assessments[made[-1]]
                later = action.result.date.before(last.date)
                if f"{instrument}/{item}" != place or not later:
                    continue
                if instrument not in circumstances.handbook.instrument_ids:
                    continue
                if last.ratings[item].value in circumstances.handbook.hinders(instrument):
                    yield Finding(
                        ("actions", index, "result"),
                        msg("the action {id} is done, and {place} still hinders", id=action.id, place=place),
                        msg("ask what was missed, and choose another action; note what this one taught"),
                        related=((("assessments", made[-1], "ratings", item), msg("rated so afterwards")),),
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
                    msg("write under note what people said: a strong rating asks for concrete examples"),
                    label=msg("the published rules ask for examples"),
                    about=item,
                    at_key=True,
                )


@rule("FII706", Severity.ADVICE, "actions", "people")
def too_much_on_one_owner(
    trajectory: Trajectory, _circumstances: Circumstances, *, actions: int = 5
) -> Iterator[Finding]:
    # Five is ours.
    owned: dict[str, list[int]] = {}
    for index, action in enumerate(trajectory.actions):
        if action.owner and action.status in ("open", "bezig"):
            owned.setdefault(action.owner, []).append(index)
    for owner, running in owned.items():
        if len(running) > actions:
            yield Finding(
                ("actions", running[-1], "owner"),
                msg("{n} actions run on {role}", n=len(running), role=trajectory.named(owner)),
                msg("divide them, or let some wait: fii set FILE actions.ID.owner ID"),
                label=msg("one person who does everything is a risk"),
                about=owner,
            )
