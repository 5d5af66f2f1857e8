"""The first screen of a report: where it is, what is decided, and what to do now."""

from __future__ import annotations

from fii_cli.analysis.standing import Standing
from fii_cli.language import Message, count, msg
from fii_cli.report.model import Fact
from fii_cli.report.teller import Teller
from fii_cli.trajectory.head import Decision
from fii_cli.words import LIGHTS, label


def at_a_glance(standing: Standing, tell: Teller, shows_lights: bool) -> tuple[Fact, ...]:
    say = tell.say
    facts = []
    here = standing.here
    if here:
        visit = here.visits[-1]
        where = f"{here.content.number} {say.pick(here.content.name)}"
        since = say("since {date}", date=visit.entered.text) if visit.entered else ""
        facts.append(Fact(say("Where it is"), f"{where} {since}".strip()))
        lights = ", ".join(
            f"{here.counts[light]} {tell.word(light)}" for light in LIGHTS if here.counts[light]
        )
        if shows_lights:
            facts.append(Fact(say("Lights of this phase"), lights))
    elif standing.decision:
        words = f"{tell.word(standing.decision.decision)} ({standing.decision.date})"
        facts.append(Fact(say("Last decision"), words))
    else:
        facts.append(Fact(say("Where it is"), say("no phase has been entered yet")))
    named = {
        role: [o.name for o in standing.trajectory.organisations if role in o.roles]
        for role in ("commissioner", "giving", "receiving")
    }
    facts += (Fact(say(label(role)).capitalize(), ", ".join(names)) for role, names in named.items() if names)
    if standing.trajectory.actions:
        running = say(count(len(standing.running), "{n} action running", "{n} actions running"))
        late = say("{n} overdue", n=len(standing.overdue)) if standing.overdue else ""
        facts.append(Fact(say("Actions"), ", ".join(part for part in (running, late) if part)))
    return tuple(facts)


def decision_card(standing: Standing, tell: Teller, shows_lights: bool) -> tuple[Fact, ...]:
    """What was decided last, and what the next decision waits for."""
    say = tell.say
    facts = []
    made = [decision for visit in standing.trajectory.visits for decision in visit.decisions]
    if made:
        facts.append(Fact(say("Last decision"), decided(made[-1], tell)))
    here = standing.here
    if here and shows_lights:
        required = [item for item in here.items if item.required]
        words = msg(
            "not green yet: {n} of {all} required items",
            all=len(required),
            n=len(here.in_the_way),
        )
        if required and not here.in_the_way:
            words = msg("every required item is green: going on can be decided")
        facts.append(Fact(say("Next decision"), say(words)))
    return tuple(facts)


def decided(decision: Decision, tell: Teller) -> str:
    words = f"{decision.date}: {tell.word(decision.decision)}"
    words += f" ({decision.by})" if decision.by else ""
    return words + (f" – {decision.reason}" if decision.reason else "")


def to_do_now(standing: Standing, tell: Teller) -> list[Message]:
    """At most three things to do now: what is late, what is red, what stands between here and done."""
    lines = [
        msg("{what} was due on {date}", what=action.what, date=str(action.due)) for action in standing.overdue
    ]
    lines += [
        msg("{what} was due on {date}", what=task.what, date=str(task.due)) for task in standing.overdue_tasks
    ]
    lines += [
        msg("red light: {question}", question=tell.item(i).question) for _, i in standing.with_light("rood")
    ]
    here = standing.here
    for item in here.in_the_way if here else ():
        if item.light != "rood":
            word = msg(label(item.light))
            lines.append(msg("still {light}: {question}", light=word, question=tell.item(item).question))
    return lines[:3]
