"""The starting point in a report: the cell of the entry-point matrix, and its consequences."""

from __future__ import annotations

from typing import get_args

from fii_cli.analysis.standing import Standing
from fii_cli.handbook import Handbook
from fii_cli.handbook.citations import cite
from fii_cli.report.model import CellShown, EntryBlock, Fact, MatrixRow
from fii_cli.report.wording import Wording
from fii_cli.words import OUTER, Audience, Commission


def entry_block(standing: Standing, handbook: Handbook, wording: Wording, audience: Audience) -> EntryBlock:
    """The matrix with the cell that applies; external editions omit advice to the team."""
    say = wording.say
    cell = standing.cell
    skipped = [say.pick(handbook.phase(phase).name) for phase in cell.skips]
    attention_title = say("What to watch (ours, not from the guide)") if cell.start else say("Our reading")
    attention: tuple[str, ...] = ()
    if audience not in OUTER:
        attention = tuple(say.pick(line) for line in cell.attention)
    return EntryBlock(
        columns=(say("Receiving organisation known"), say("Receiving organisation unknown")),
        rows=_matrix(standing, handbook, wording),
        name=say.pick(cell.name),
        why=say.pick(cell.why),
        facts=_entry_facts(standing, wording),
        skipped=", ".join(skipped),
        attention_title=attention_title,
        attention=attention,
        source=cite(handbook.matrix.source, handbook, say),
    )


def _matrix(standing: Standing, handbook: Handbook, wording: Wording) -> tuple[MatrixRow, ...]:
    rows = []
    for commission in get_args(Commission):
        cells = []
        for receiving_known in (True, False):
            cell = handbook.matrix.cell(commission, receiving_known)
            words = wording.say("no starting point in the guide")
            if cell.start:
                phase = wording.say.pick(handbook.phase(cell.start).name)
                words = wording.say("start at {phase}", phase=phase)
            cells.append(CellShown(words, applies=cell is standing.cell))
        rows.append(MatrixRow(wording.word(commission).capitalize(), tuple(cells)))
    return tuple(rows)


def _entry_facts(standing: Standing, wording: Wording) -> tuple[Fact, ...]:
    entry = standing.trajectory.entry
    facts = []
    if entry.date:
        facts.append(Fact(wording.say("Date"), wording.day(entry.date)))
    if entry.origin:
        facts.append(Fact(wording.say("Origin"), entry.origin))
    return tuple(facts)
