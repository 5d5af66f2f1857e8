"""The roll-out of a programme on its page: where each trajectory is, and what they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fii_cli.analysis.in_words import lights_in_words
from fii_cli.analysis.portfolio import Broken, first_hindered
from fii_cli.analysis.portfolio_line import Line, PhaseLine
from fii_cli.analysis.rollout import Rollout
from fii_cli.analysis.standing import STATE_WORDS
from fii_cli.editions.edition import reaches
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import strategy_name
from fii_cli.language import Language
from fii_cli.report.portfolio_shared import barrier_name, helped_in_words, not_shown_in_words, of_known
from fii_cli.report.portfolio_strips import phase_name, report_told, where_in_words
from fii_cli.report.rollout_shapes import RolloutBlock, RolloutCell, RolloutRow
from fii_cli.report.shapes import Row
from fii_cli.trajectory import Trajectory
from fii_cli.visible import visible
from fii_cli.words import SIGNS, Audience, Light, label

_COUNTED: tuple[Light, ...] = ("rood", "oranje", "groen")
"""The lights in a cell, bad news first."""


def rollout_block(
    rollout: Rollout | None, handbook: Handbook, say: Language, audience: Audience
) -> RolloutBlock | None:
    """The roll-out as an audience may see it; ``None`` if there is none."""
    if rollout is None:
        return None
    used = {each.strategy: each for each in rollout.portfolio.strategies}
    first = first_hindered(rollout.lines)
    return RolloutBlock(
        phases=tuple(phase_name(phase, say) for phase in handbook.phases),
        rows=_rows(rollout, handbook, say, audience),
        key=tuple(f"{SIGNS[light]} {say(label(light))}" for light in _COUNTED)
        if any(_shows_lights(line, audience) for line in rollout.lines)
        else (),
        barriers=tuple(
            Row(
                (
                    barrier_name(each, first, handbook, say),
                    of_known(each, say),
                    _titles(rollout.hindered_by(each)),
                )
            )
            for each in rollout.shared
        ),
        helped=tuple(
            Row(
                (
                    strategy_name(id_, handbook, say) or id_,
                    helped_in_words(used[id_].experience, say),
                    _titles(rollout.helped_by(id_)),
                )
            )
            for id_ in rollout.strategies
        ),
        left=_left(rollout, say, audience),
    )


def _shows_lights(line: Line, audience: Audience) -> bool:
    return reaches(Trajectory, "assessments", line.seen_by(audience))


def _rows(rollout: Rollout, handbook: Handbook, say: Language, audience: Audience) -> tuple[RolloutRow, ...]:
    """A row for each trajectory. Beside lights, a report without them says so: it does not look unrated."""
    rows = tuple(_row(line, rollout, handbook, say, audience) for line in rollout.lines)
    shown = [_shows_lights(line, audience) for line in rollout.lines]
    if all(shown) or not any(shown):
        return rows
    reached = [any(row.phases[at].short for row in rows) for at in range(6)]
    made = []
    for row, shows in zip(rows, shown, strict=True):
        cells = zip(row.phases, reached, strict=True)
        hidden = tuple(_hidden(cell, say) if here else cell for cell, here in cells)
        made.append(row if shows else replace(row, phases=hidden))
    return tuple(made)


def _hidden(cell: RolloutCell, say: Language) -> RolloutCell:
    """A phase of which a report shows no lights."""
    hidden = say("lights not shown")
    return RolloutCell((), f"{cell.words}; {hidden}" if cell.words else hidden)


def _row(line: Line, rollout: Rollout, handbook: Handbook, say: Language, audience: Audience) -> RolloutRow:
    rated = _shows_lights(line, audience)
    return RolloutRow(
        name=line.heading,
        organisation=rollout.organisations[line.path],
        where=where_in_words(line, handbook, say, shows_lights=rated),
        phases=tuple(_cell(phase, say, rated=rated) for phase in line.phases),
        day=report_told(line.report, say),
    )


def _cell(phase: PhaseLine, say: Language, *, rated: bool) -> RolloutCell:
    """The lights of a phase; without any, the state of a phase that was visited."""
    counts = tuple((light, n) for light in _COUNTED if (n := phase.counts[light]))
    if rated and counts:
        return RolloutCell(counts, lights_in_words(phase, say))
    return RolloutCell((), say(STATE_WORDS[phase.state]) if phase.visited else "")


def _titles(lines: Iterable[Line]) -> str:
    return "; ".join(line.heading for line in lines)


def _left(rollout: Rollout, say: Language, audience: Audience) -> tuple[Row, ...]:
    """What is not in the roll-out, and why."""
    broken = [Row((visible(each.path), _why(each, say, audience))) for each in rollout.portfolio.broken]
    later = [
        Row((visible(each.path), say("of {day}, which is later", day=say.day(each.day.isoformat()))))
        for each in rollout.portfolio.later
    ]
    return (*broken, *later)


def _why(each: Broken, say: Language, audience: Audience) -> str:
    """The reason is for the team only: it may quote the file. Readers outside know no codes."""
    return visible(say(each.why)) if audience == "team" else not_shown_in_words(each, audience, say)
