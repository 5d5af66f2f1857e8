"""The report: what fii concludes as plain values in reading order, worded in the trajectory's language.

A report names people by role and never by name.
"""

from __future__ import annotations

from fii_cli.analysis.phrases import CAUTION, convention
from fii_cli.analysis.recommend import Recommendation
from fii_cli.analysis.standing import Standing
from fii_cli.editions.edition import OUTER, reaches
from fii_cli.editions.marks import mark
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import GUIDE, cite, cited
from fii_cli.language import N_, Language
from fii_cli.report.basis import Basis
from fii_cli.report.charts import (
    cycles_chart,
    indicator_block,
    path_chart,
    planning_chart,
    readiness_chart,
    sides_chart,
)
from fii_cli.report.glance import at_a_glance, decided, decision_card, to_do_now
from fii_cli.report.instruments import barrier_rows, instrument_blocks, strategy_block
from fii_cli.report.maps import light_grid, stakeholder_map
from fii_cli.report.model import ActionRow, CellShown, EntryBlock, Fact, MatrixRow, Report, VisitRow, Work
from fii_cli.report.phases import phase_block
from fii_cli.report.shapes import ReadyChart, Row
from fii_cli.report.teller import Teller
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Rating
from fii_cli.trajectory.head import Visit
from fii_cli.trajectory.implementeren import Cycle
from fii_cli.trajectory.throughout import Action
from fii_cli.words import Audience

EDITIONS: dict[Audience, str] = {
    "team": N_("for the team, not to be handed on"),
    "steering": N_("for the steering group, not to be handed on"),
    "client": N_("for the client"),
    "public": N_("for everybody"),
}


def report_of(basis: Basis, say: Language) -> Report:
    """The report on a basis, in the language of ``say``."""
    trajectory, standing, audience = basis.trajectory, basis.standing, basis.audience
    handbook, barriers, thresholds = basis.handbook, basis.barriers, basis.thresholds
    tell, rated = Teller(trajectory, say), basis.rated
    blocks = instrument_blocks(standing, handbook, thresholds, tell)
    implementeren, borgen = trajectory.implementeren, trajectory.borgen
    return Report(
        language=say.code,
        audience=audience,
        edition=say(EDITIONS[audience]),
        mark=mark("report", standing.today.isoformat(), audience),
        title=trajectory.title,
        summary=trajectory.summary or "",
        as_of=standing.today.isoformat(),
        at_a_glance=at_a_glance(standing, tell, rated),
        decision=decision_card(standing, tell, rated),
        rated=rated,
        to_do=tuple(say(line) for line in to_do_now(standing, tell)) if rated else (),
        organisations=tuple(
            Row((o.name, tell.words(o.roles), tell.word(o.funding), ", ".join(o.funders)))
            for o in trajectory.organisations
        ),
        people=tuple(
            Row((p.role, trajectory.named(p.organisation), tell.word(p.level))) for p in trajectory.people
        ),
        entry=_entry(standing, handbook, tell, audience),
        visits=tuple(_visit(visit, handbook, tell) for visit in trajectory.visits),
        path=path_chart(standing, tell),
        readiness=_readiness(standing, tell, audience) if rated else None,
        grid=light_grid(standing, tell),
        phases=tuple(phase_block(phase, tell, rated) for phase in standing.phases),
        open_items=tuple(
            (say.pick(phase.content.name), tell.item(item))
            for phase, item in standing.with_light("rood", "oranje")
        ),
        instruments=blocks,
        sides=sides_chart(blocks, tell),
        barriers=barrier_rows(barriers, handbook, tell),
        strategies=tuple(strategy_block(each, barriers, handbook, tell) for each in basis.chosen),
        convention=convention(thresholds, say),
        caution=say(CAUTION, asked=handbook.catalogue.asked),
        stakeholders=stakeholder_map(standing, basis.silent, tell),
        planning=planning_chart(standing, tell),
        roadmap=tuple(
            Row((task.what, trajectory.named(task.by), str(task.due or ""), str(task.done or "")))
            for task in standing.roadmap
        ),
        actions=_actions(standing, handbook, tell),
        cycles_chart=cycles_chart(standing, tell),
        cycles=tuple(_cycle(cycle) for cycle in (implementeren.cycles if implementeren else ())),
        indicators=tuple(
            indicator_block(each, tell, number)
            for number, each in enumerate(borgen.indicators if borgen else (), 1)
        ),
        accepted=tuple(
            Row((a.rule, trajectory.named(a.about), a.reason, a.by or "", str(a.until or "")))
            for a in trajectory.accepted
        ),
        findings=tuple(Row((d.code, say(d.message))) for d in basis.remarks),
        log=_log(trajectory, tell, audience),
        sources=_sources(standing, basis.chosen, handbook),
    )


def _readiness(standing: Standing, tell: Teller, audience: Audience) -> ReadyChart | None:
    if not any(phase.rated for phase in standing.phases):
        return None
    return readiness_chart(standing, tell, evidence=reaches(Rating, "evidence", audience))


def _cycle(cycle: Cycle) -> Row:
    steps = (cycle.plan, cycle.do, cycle.check, cycle.act)
    texts = (": ".join(filter(None, (str(s.date or ""), s.text))) if s else "" for s in steps)
    return Row((cycle.id, *texts))


def _entry(standing: Standing, handbook: Handbook, tell: Teller, audience: Audience) -> EntryBlock:
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
        () if audience in OUTER else tuple(say.pick(line) for line in cell.attention),
        cite(matrix.source, handbook, say),
    )


def _visit(visit: Visit, handbook: Handbook, tell: Teller) -> VisitRow:
    phase = handbook.phase(visit.phase)
    return VisitRow(
        f"{phase.number} {tell.say.pick(phase.name)}",
        str(visit.entered or ""),
        tell.word(visit.via),
        visit.reason or "",
        tuple(decided(decision, tell) for decision in visit.decisions),
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
                action.is_overdue(standing.today),
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


def _log(trajectory: Trajectory, tell: Teller, audience: Audience) -> tuple[Row, ...]:
    """What is worth remembering, and what came of actions, oldest first."""
    if not reaches(Trajectory, "log", audience):
        return ()
    rows = [(entry.date, entry.text, entry.by or "") for entry in trajectory.log]
    for action in trajectory.actions:
        if action.result:
            helped = tell.word(action.result.helped or "onbekend")
            text = tell.say("{what}: helped: {answer}", what=action.what, answer=helped)
            text += f" – {action.result.note}" if action.result.note else ""
            rows.append((action.result.date, text, trajectory.named(action.owner)))
    rows.sort(key=lambda row: row[0].first)
    return tuple(Row((str(date), text, by)) for date, text, by in rows)


def _sources(standing: Standing, chosen: tuple[Recommendation, ...], handbook: Handbook) -> tuple[Work, ...]:
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
    return tuple(
        Work(f"{work.authors} ({work.year})", work.title, work.publisher, work.language)
        for work in sorted(works.values(), key=str)
    )
