"""The first screen of a report: the current phase, the decision, and what to do now."""

from __future__ import annotations

from datetime import date

from fii_cli.analysis.in_words import lights_in_words, paths_in_words, phase_in_words
from fii_cli.analysis.standing import PhaseStanding, Standing
from fii_cli.analysis.succession import organisation_now
from fii_cli.handbook import Handbook
from fii_cli.language import Message, count, msg
from fii_cli.report.model import Fact
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.head import Decision
from fii_cli.words import STOPLICHT, label

_MOST_TO_DO = 3
_MOST_NAMED = 3
"""The number of red lights to name in a sentence."""


def status(standing: Standing, handbook: Handbook, wording: Wording, shows_lights: bool) -> tuple[str, ...]:
    """Where the trajectory stands, in at most three sentences: its phase, its red lights, what is overdue."""
    told = [_phase_told(standing, wording)]
    if paths := paths_in_words(standing.trajectory, standing.today):
        told = [wording.say("Now: {where}.", where="; ".join(map(wording.say, paths)))]
    if shows_lights:
        told.append(_lights_told(standing, handbook, wording))
    late = len(standing.overdue) + len(standing.overdue_tasks)
    if late:
        told.append(wording.say(count(late, "One agreement is overdue.", "{n} agreements are overdue.")))
    return tuple(told)


def _phase_told(standing: Standing, wording: Wording) -> str:
    say, here = wording.say, standing.here
    if here is None:
        return f"{_capital(phase_in_words(standing, say, shows_lights=False))}."
    phase = say.pick(here.content.name)
    entered = here.entered
    if entered:
        return say(
            "The trajectory has been in the phase {phase} since {date}.",
            phase=phase,
            date=wording.day(entered),
        )
    return say("The trajectory is in the phase {phase}.", phase=phase)


def _lights_told(standing: Standing, handbook: Handbook, wording: Wording) -> str:
    say = wording.say
    red = [
        say.pick(handbook.short_name(STOPLICHT, item.id, item)) + wording.where(item)
        for _, item in standing.with_light("rood")
    ]
    if red:
        names = "; ".join(red[:_MOST_NAMED])
        more = len(red) - _MOST_NAMED
        if more > 0:
            names += "; " + say(count(more, "and {n} more", "and {n} more"))
        return say(count(len(red), "One light is red: {names}.", "{n} lights are red: {names}.", names=names))
    orange = sum(1 for _ in standing.with_light("oranje"))
    if orange:
        return say(count(orange, "No light is red; one is orange.", "No light is red; {n} are orange."))
    if all(phase.unrated for phase in standing.phases):
        return say("No light has been rated yet.")
    return say("No light is red or orange.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def at_a_glance(standing: Standing, wording: Wording, shows_lights: bool) -> tuple[Fact, ...]:
    """The current phase, the parties, and the number of running actions."""
    return (
        *_whereabouts(standing, wording, shows_lights),
        *_parties(standing, wording),
        *_running(standing, wording),
    )


def _whereabouts(standing: Standing, wording: Wording, shows_lights: bool) -> list[Fact]:
    say = wording.say
    here = standing.here
    if here:
        facts = [Fact(say("Current phase"), _open_phase(here, wording))]
        if shows_lights:
            facts.append(Fact(say("Lights of this phase"), lights_in_words(here, say)))
        return facts
    phase = phase_in_words(standing, say, shows_lights=shows_lights)
    latest = standing.latest
    if latest is None:
        return [Fact(say("Current phase"), phase)]
    facts = [Fact(say("Latest phase"), phase)]
    if shows_lights:
        facts.append(Fact(say("Lights of this phase"), lights_in_words(latest, say)))
    if standing.decision:
        words = f"{wording.word(standing.decision.decision)} ({wording.day(standing.decision.date)})"
        facts.append(Fact(say("Latest decision"), words))
    return facts


def _open_phase(here: PhaseStanding, wording: Wording) -> str:
    name = f"{here.content.number} {wording.say.pick(here.content.name)}"
    entered = here.entered
    if not entered:
        return name
    since = wording.say("since {date}", date=wording.day(entered))
    return f"{name} {since}"


def _parties(standing: Standing, wording: Wording) -> list[Fact]:
    """The commissioner, the giving and the receiving organisations, if known."""
    facts = []
    for role in ("commissioner", "giving", "receiving"):
        names = _there(
            standing, [each.id for each in standing.trajectory.organisations if role in each.roles]
        )
        if names:
            facts.append(Fact(wording.word(role).capitalize(), ", ".join(names)))
    return facts


def _there(standing: Standing, ids: list[str]) -> tuple[str, ...]:
    """The names of organisations that are there, or of what became of them."""
    trajectory = standing.trajectory
    now = (organisation_now(trajectory, id_, standing.today) for id_ in ids)
    return tuple(trajectory.named(each) for each in dict.fromkeys(filter(None, now)))


def _running(standing: Standing, wording: Wording) -> list[Fact]:
    if not standing.trajectory.actions:
        return []
    words = wording.say(count(len(standing.running), "{n} action running", "{n} actions running"))
    if standing.overdue:
        late = wording.say("{n} overdue", n=len(standing.overdue))
        words = f"{words}, {late}"
    return [Fact(wording.say("Actions"), words)]


def decision_card(standing: Standing, wording: Wording, shows_lights: bool) -> tuple[Fact, ...]:
    """The latest decision, and what is needed for the next one."""
    say = wording.say
    facts = []
    if made := _latest_decision(standing.trajectory):
        organisation, decision = made
        facts.append(
            Fact(say("Latest decision"), f"{decided(decision, wording)}{wording.beside(organisation)}")
        )
    here = standing.here
    if here and shows_lights:
        facts.append(Fact(say("Next decision"), say(next_decision(here))))
    return tuple(facts)


def _latest_decision(trajectory: Trajectory) -> tuple[str | None, Decision] | None:
    """The latest decision on any path, with whose it is; of several on one day, the last in the file."""
    made = [(visit.organisation, decision) for visit in trajectory.visits for decision in visit.decisions]
    return max(reversed(made), key=lambda each: each[1].date.last, default=None)


def next_decision(here: PhaseStanding) -> Message:
    """What the decision about the open phase rests on: the required items that are not green."""
    required = [item for item in here.items if item.required]
    if required and not here.in_the_way:
        return msg("every item that fii requires is green: decide whether to continue")
    return count(
        len(here.in_the_way),
        "{n} of the {all} items that fii requires is not green yet",
        "{n} of the {all} items that fii requires are not green yet",
        all=len(required),
    )


def decided(decision: Decision, wording: Wording) -> str:
    """A decision on one line: the date, the decision, who made it and why."""
    words = f"{wording.day(decision.date)}: {wording.word(decision.decision)}"
    if decision.by:
        words += f" ({decision.by})"
    if decision.reason:
        words += f" – {decision.reason}"
    return words


def to_do_now(standing: Standing, wording: Wording) -> list[Message]:
    """At most three things to do now: overdue work, red lights, then what keeps the phase from done.

    Work is named with who does it and when it is due; a red light, by the action that is agreed on for it.
    """
    late = [(action.what, action.owner, action.due) for action in standing.overdue]
    late += [(task.what, task.by, task.due) for task in standing.overdue_tasks]
    late.sort(key=lambda each: each[2].first if each[2] else date.max)
    lines = [_agreed(*each, standing.today, wording, late=True) for each in late]
    told = {action.id for action in standing.overdue}
    for _, item in standing.with_light("rood"):
        agreed = standing.trajectory.running_on.get(f"{STOPLICHT}/{item.id}", ())
        for action in agreed:
            if action.id not in told:
                told.add(action.id)
                lines.append(_agreed(action.what, action.owner, action.due, standing.today, wording))
        if not agreed:
            lines.append(msg("red light, no action agreed: {question}", question=wording.item(item).question))
    if standing.here:
        for item in standing.here.in_the_way:
            if item.light != "rood":  # already in the list
                light = msg(label(item.light))
                question = wording.item(item).question
                lines.append(msg("still {light}: {question}", light=light, question=question))
    return lines[:_MOST_TO_DO]


def _agreed(
    what: str, by: str | None, due: Date | None, today: date, wording: Wording, *, late: bool = False
) -> Message:
    """What was agreed on, who does it, and when it is or was due."""
    who = f" – {wording.who(by, today)}" if by else ""
    if due is None:
        return msg("{what}{who}", what=what, who=who)
    if late:
        return msg("{what}{who}, was due on {date}", what=what, who=who, date=wording.day(due))
    return msg("{what}{who}, by {date}", what=what, who=who, date=wording.day(due))
