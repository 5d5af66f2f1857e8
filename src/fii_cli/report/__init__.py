"""The report: fii's conclusions as plain values in reading order, in the trajectory's language.

A report names people by role and never by name.
"""

from __future__ import annotations

from fii_cli.analysis.in_words import convention
from fii_cli.editions.edition import reaches
from fii_cli.editions.marks import mark
from fii_cli.language import N_, Language, msg
from fii_cli.report.adaptations import adaptation_rows
from fii_cli.report.barrier_map import barrier_map, helping
from fii_cli.report.barriers import barrier_rows, caution, strategy_block
from fii_cli.report.basis import Basis, made_with
from fii_cli.report.board_shapes import Board
from fii_cli.report.charts import indicator_block, readiness_chart, sides_chart
from fii_cli.report.costs import cost_block
from fii_cli.report.entry import entry_block
from fii_cli.report.gists import gists_of
from fii_cli.report.glance import at_a_glance, decision_card, status, to_do_now
from fii_cli.report.heat import heat_blocks
from fii_cli.report.instruments import instrument_blocks
from fii_cli.report.light_grid import light_grid
from fii_cli.report.maps import stakeholder_map
from fii_cli.report.model import Report
from fii_cli.report.phases import phase_block
from fii_cli.report.retired import retired_rows
from fii_cli.report.rollout import rollout_block
from fii_cli.report.rows import (
    accepted_rows,
    action_rows,
    agreed_rows,
    asked_rows,
    cycle_rows,
    log_rows,
    open_items,
    organisation_rows,
    people_rows,
    remark_rows,
    roadmap_rows,
    visit_row,
)
from fii_cli.report.shapes import IndicatorBlock, ReadyChart, Since
from fii_cli.report.since import since_block
from fii_cli.report.sources import works_behind
from fii_cli.report.timelines import cycles_chart, path_chart, planning_chart
from fii_cli.report.trend import trend_block
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Rating
from fii_cli.words import Audience, label

EDITIONS: dict[Audience, str] = {
    "team": N_("for the team, not for distribution"),
    "steering": N_("for the steering group, not for distribution"),
    "client": N_("for the client"),
    "public": N_("for everyone"),
}


def report_of(basis: Basis, say: Language) -> Report:
    """The report on a basis, in the language of ``say``."""
    trajectory, standing, audience = basis.trajectory, basis.standing, basis.audience
    handbook, barriers, rated = basis.handbook, basis.barriers, basis.rated
    today = standing.today.isoformat()
    wording = Wording(trajectory, say, basis.found, basis.outside)
    since = since_block(basis.start, basis.facts, standing, handbook, wording)
    instruments = instrument_blocks(standing, handbook, basis.thresholds, wording)
    organisations, people = organisation_rows(trajectory, wording), people_rows(trajectory, wording)
    entry = entry_block(standing, handbook, wording, audience)
    cycles, log = cycle_rows(trajectory, wording), log_rows(standing, wording, audience)
    trend = trend_block(basis.trend, handbook, wording) if rated else None
    retired = retired_rows(standing, handbook, basis.thresholds, wording)
    accepted, findings = accepted_rows(trajectory, wording), remark_rows(basis.remarks, handbook, wording)
    sources = works_behind(standing, basis.chosen, handbook, say)
    rows = {"retired": retired, "accepted": accepted, "findings": findings, "log": log}
    return Report(
        language=say.code,
        audience=audience,
        edition=say(EDITIONS[audience]),
        mark=mark("report", today, audience, basis.day_from, yardstick=basis.yardstick),
        made_with=made_with(basis.yardstick, say),
        title=trajectory.title,
        summary=trajectory.summary or "",
        as_of=today,
        dated=say("report of {date} ({source})", date=say.day(today), source=msg(label(basis.day_from))),
        at_a_glance=at_a_glance(standing, wording, rated),
        board=_board(basis, since, wording),
        decision=decision_card(standing, wording, rated),
        rated=rated,
        to_do=_to_do(basis, wording),
        status=status(standing, handbook, wording, rated),
        agreed=agreed_rows(standing, handbook, wording),
        organisations=organisations,
        people=people,
        entry=entry,
        visits=tuple(visit_row(visit, handbook, wording) for visit in trajectory.visits),
        path=path_chart(standing, wording),
        readiness=_readiness(basis, wording),
        grid=light_grid(standing, handbook, wording),
        phases=tuple(phase_block(phase, wording, rated, standing.today) for phase in standing.phases),
        open_items=open_items(standing, wording),
        instruments=instruments,
        sides=sides_chart(instruments, wording),
        barriers=barrier_rows(barriers, handbook, wording),
        map=barrier_map(barriers, instruments, handbook, wording),
        helping=helping(instruments, barriers),
        distinguishes=heat_blocks(basis.compared, handbook, wording),
        retired=retired,
        strategies=tuple(strategy_block(each, barriers, handbook, wording) for each in basis.chosen),
        convention=convention(basis.thresholds, say),
        caution=caution(basis, wording),
        stakeholders=stakeholder_map(standing, basis.silent, wording),
        planning=planning_chart(standing, wording),
        roadmap=roadmap_rows(standing, wording),
        actions=action_rows(standing, handbook, wording),
        cycles_chart=cycles_chart(standing, wording),
        cycles=cycles,
        indicators=_indicators(trajectory, wording),
        adaptations=adaptation_rows(trajectory, wording),
        costs=cost_block(trajectory, wording),
        rollout=rollout_block(basis.rollout, handbook, say, audience),
        trend=trend,
        accepted=accepted,
        asked=asked_rows(trajectory, wording),
        findings=findings,
        since=since,
        log=log,
        sources=sources,
        gists=gists_of(entry, organisations, people, cycles, trend, rows, sources, say),
    )


def _board(basis: Basis, since: Since | None, wording: Wording) -> Board | None:
    """The page for the board, which is read from disk for the steering group only: other reports go first."""
    if basis.audience != "steering":
        return None
    from fii_cli.report.board import board_of

    return board_of(basis, since, wording)


def _to_do(basis: Basis, wording: Wording) -> tuple[str, ...]:
    if not basis.rated:
        return ()
    return tuple(wording.say(line) for line in to_do_now(basis.standing, wording))


def _readiness(basis: Basis, wording: Wording) -> ReadyChart | None:
    standing = basis.standing
    if not basis.rated or all(phase.unrated for phase in standing.phases):
        return None
    return readiness_chart(standing, wording, evidence=reaches(Rating, "evidence", basis.audience))


def _indicators(trajectory: Trajectory, wording: Wording) -> tuple[IndicatorBlock, ...]:
    if trajectory.borgen is None:
        return ()
    indicators = enumerate(trajectory.borgen.indicators, 1)
    return tuple(indicator_block(indicator, wording, number) for number, indicator in indicators)
