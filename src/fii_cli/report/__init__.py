"""The report: what fii concludes as plain values in reading order, worded in the trajectory's language.

A report names people by role and never by name.
"""

from __future__ import annotations

from fii_cli.barriers import barriers_of
from fii_cli.counting import Thresholds
from fii_cli.diagnostics import Diagnostic
from fii_cli.handbook import Handbook
from fii_cli.handbook.citing import GUIDE, cite, cited
from fii_cli.language import Language, Message, count, msg
from fii_cli.recommending import Recommendation
from fii_cli.report.instruments import barrier_rows, instrument_blocks, recommended, strategy_block
from fii_cli.report.model import (
    ActionRow,
    CellShown,
    EntryBlock,
    Fact,
    LightCount,
    MatrixRow,
    PhaseBlock,
    Report,
    Row,
    SubphaseBlock,
    VisitRow,
)
from fii_cli.report.telling import Teller
from fii_cli.standing import STATE_WORDS, PhaseStanding, Standing, SubphaseStanding
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.following import Action
from fii_cli.trajectory.head import Visit
from fii_cli.wording import CAUTION, convention
from fii_cli.words import LIGHTS, label

_HOMES = {
    "1a": ("commissioner",),
    "1b": ("question",),
    "1c": ("boundaries",),
    "2a": ("shortlist",),
    "2b": ("agreements",),
    "2c": ("ownership",),
    "3a": ("balance",),
    "3b": ("method",),
    "4a": ("key_people",),
    "4b": ("support",),
    "5a": ("team",),
    "5b": ("cycles",),
    "5c": ("training",),
    "6a": ("quality", "indicators"),
    "6b": ("improvement",),
}
"""Which keys of a phase's section belong to which subphase."""


def report_of(
    standing: Standing,
    findings: tuple[Diagnostic, ...],
    handbook: Handbook,
    say: Language,
    thresholds: Thresholds = Thresholds(),  # noqa: B008 - it does not change
) -> Report:
    """The report of a trajectory on the standing's day, in the language of ``say``."""
    trajectory = standing.trajectory
    tell = Teller(trajectory, say)
    barriers = barriers_of(trajectory, handbook, standing.today, thresholds)
    chosen = recommended(standing, barriers, handbook)
    phases = tuple(_phase(phase, tell) for phase in standing.phases)
    return Report(
        language=say.code,
        title=trajectory.title,
        summary=trajectory.summary or "",
        as_of=standing.today.isoformat(),
        at_a_glance=_at_a_glance(standing, tell),
        to_do=tuple(say(line) for line in _to_do(standing, tell)),
        organisations=tuple(
            Row((o.name, tell.words(o.roles), tell.word(o.funding), ", ".join(o.funders)))
            for o in trajectory.organisations
        ),
        people=tuple(
            Row((p.role, trajectory.named(p.organisation), tell.word(p.level))) for p in trajectory.people
        ),
        entry=_entry(standing, handbook, tell),
        visits=tuple(_visit(visit, handbook, tell) for visit in trajectory.visits),
        phases=phases,
        open_items=tuple(
            (say.pick(phase.content.name), tell.item(item))
            for phase, item in standing.with_light("rood", "oranje")
        ),
        instruments=instrument_blocks(standing, handbook, thresholds, tell),
        barriers=barrier_rows(barriers, handbook, tell),
        strategies=tuple(strategy_block(each, barriers, handbook, tell) for each in chosen),
        convention=convention(thresholds, say),
        caution=say(CAUTION, asked=handbook.catalogue.asked),
        actions=_actions(standing, handbook, tell),
        accepted=tuple(
            Row((a.rule, trajectory.named(a.about), a.reason, a.by or "", str(a.until or "")))
            for a in trajectory.accepted
        ),
        findings=tuple(Row((d.code, say(d.message))) for d in findings),
        log=_log(trajectory, tell),
        sources=_sources(standing, chosen, handbook),
    )


def _phase(phase: PhaseStanding, tell: Teller) -> PhaseBlock:
    say, content = tell.say, phase.content
    rated = msg("{n} of {all} rated", n=phase.rated, all=len(phase.items))
    return PhaseBlock(
        content.number,
        content.id,
        say.pick(content.name),
        say.pick(content.goal),
        say.pick(content.done_when),
        phase.state,
        say(STATE_WORDS[phase.state]),
        tuple(LightCount(tell.light(light), phase.counts[light]) for light in LIGHTS if phase.counts[light]),
        say(rated),
        tuple(_subphase(subphase, phase, tell) for subphase in phase.subphases),
    )


def _subphase(subphase: SubphaseStanding, phase: PhaseStanding, tell: Teller) -> SubphaseBlock:
    section = getattr(tell.trajectory, phase.content.id)
    facts: list[Fact] = []
    for name in _HOMES[subphase.content.id] if section else ():
        value = getattr(section, name)
        if isinstance(value, Record):
            facts += tell.facts(value)
        elif value:
            facts += (tell.entry(item) for item in value)
    items = tuple(tell.item(item) for item in subphase.items if item.ratings or item.own)
    content = subphase.content
    return SubphaseBlock(
        content.id, tell.say.pick(content.name), tell.say.pick(content.key_question), tuple(facts), items
    )


def _at_a_glance(standing: Standing, tell: Teller) -> tuple[Fact, ...]:
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


def _to_do(standing: Standing, tell: Teller) -> list[Message]:
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


def _entry(standing: Standing, handbook: Handbook, tell: Teller) -> EntryBlock:
    say, cell, matrix = tell.say, standing.cell, handbook.matrix
    rows = []
    for commission in ("gevraagd", "ongevraagd"):
        cells = []
        for known in (True, False):
            each = next(c for c in matrix.cells if (c.commission, c.receiving) == (commission, known))
            if each.start:
                words = say("start at {phase}", phase=say.pick(handbook.phase(each.start).name))
            else:
                words = say("no starting point in the guide")
            cells.append(CellShown(words, each is cell))
        rows.append(MatrixRow(tell.word(commission).capitalize(), tuple(cells)))
    skipped = ", ".join(say.pick(handbook.phase(name).name) for name in cell.skips)
    entry = standing.trajectory.entry
    facts = [
        Fact(say("Date"), str(entry.date)) if entry.date else None,
        Fact(say("Origin"), entry.origin) if entry.origin else None,
    ]
    return EntryBlock(
        (say("Receiving organisation known"), say("Receiving organisation not known")),
        tuple(rows),
        say.pick(cell.name),
        say.pick(cell.why),
        tuple(fact for fact in facts if fact),
        skipped,
        say("What to watch (ours, not from the guide)") if cell.start else say("Our reading"),
        tuple(say.pick(line) for line in cell.attention),
        cite(matrix.source, handbook, say),
    )


def _visit(visit: Visit, handbook: Handbook, tell: Teller) -> VisitRow:
    phase = handbook.phase(visit.phase)
    decisions = []
    for decision in visit.decisions:
        words = f"{decision.date}: {tell.word(decision.decision)}"
        words += f" ({decision.by})" if decision.by else ""
        words += f" – {decision.reason}" if decision.reason else ""
        decisions.append(words)
    return VisitRow(
        f"{phase.number} {tell.say.pick(phase.name)}",
        str(visit.entered or ""),
        tell.word(visit.via),
        visit.reason or "",
        tuple(decisions),
    )


def _actions(standing: Standing, handbook: Handbook, tell: Teller) -> tuple[ActionRow, ...]:
    rows = []
    for action in standing.trajectory.actions:
        result = ""
        if action.result:
            helped = tell.say("helped: {answer}", answer=tell.word(action.result.helped or "onbekend"))
            result = " – ".join(
                part for part in (str(action.result.date), helped, action.result.note) if part
            )
        rows.append(
            ActionRow(
                action.what,
                _strategy_of(action, handbook, tell),
                ", ".join(action.answers),
                standing.trajectory.named(action.owner),
                str(action.due or ""),
                action in standing.overdue,
                tell.word(action.status),
                result,
            )
        )
    return tuple(rows)


def _strategy_of(action: Action, handbook: Handbook, tell: Teller) -> str:
    """The name of the strategy that an action carries out, where that says more than the action."""
    strategy = handbook.catalogue.strategies.get(action.strategy or "")
    name = tell.say.pick(strategy.name) if strategy else ""
    return "" if name == action.what else name


def _log(trajectory: Trajectory, tell: Teller) -> tuple[Row, ...]:
    """What is worth remembering, and what came of actions, oldest first."""
    rows = [(entry.date, entry.text, entry.by or "") for entry in trajectory.log]
    for action in trajectory.actions:
        if action.result:
            helped = tell.word(action.result.helped or "onbekend")
            text = tell.say("{what}: helped: {answer}", what=action.what, answer=helped)
            text += f" – {action.result.note}" if action.result.note else ""
            rows.append((action.result.date, text, trajectory.named(action.owner)))
    rows.sort(key=lambda row: row[0].first)
    return tuple(Row((str(date), text, by)) for date, text, by in rows)


def _sources(standing: Standing, chosen: tuple[Recommendation, ...], handbook: Handbook) -> tuple[str, ...]:
    """The works behind what this report shows: the guide, items, instruments, strategies and their ground."""
    works = {GUIDE: handbook.references[GUIDE]}
    used = {assessment.instrument for assessment in standing.trajectory.assessments}
    shown = [instrument.source for instrument in handbook.instruments if instrument.id in used]
    for each in chosen:
        shown += [each.strategy.source, *(s for reason in each.reasons for s in reason.link.sources)]
    for source in shown:
        works |= {work.id: work for work in cited(source, handbook)}
    for phase in standing.phases:
        for subphase in phase.subphases:
            rated = {item.id for item in subphase.items if item.ratings}
            for item in subphase.content.items:
                if item.id in rated:
                    works |= {work.id: work for work in cited(item.source, handbook)}
    return tuple(str(work) for work in sorted(works.values(), key=str))
