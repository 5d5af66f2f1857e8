"""The entry-point matrix, applied: the cell, the skipped phases and why, and what to watch."""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Cell, PhaseContent
from fii_cli.words import Commission


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A starting point; ``start`` is ``None`` for the cell that the guide leaves empty."""

    cell: Cell
    start: PhaseContent | None
    skipped: tuple[PhaseContent, ...]


def entry_point(handbook: Handbook, commission: Commission, receiving: bool) -> EntryPoint:
    """The starting point for a situation."""
    cell = handbook.matrix.cell(commission, receiving)
    return EntryPoint(
        cell,
        handbook.phase(cell.start) if cell.start else None,
        tuple(handbook.phase(name) for name in cell.skips),
    )
