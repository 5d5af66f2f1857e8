"""The roll-out of a programme as plain values that a template can draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fii_cli.report.shapes import Row
from fii_cli.words import SIGNS, Light


@dataclass(frozen=True, slots=True)
class RolloutCell:
    """The lights of a trajectory in one phase, and all of it in words; without lights, only words."""

    lights: tuple[tuple[Light, int], ...]
    words: str

    @property
    def short(self) -> str:
        """The lights as signs, or else the words."""
        return " ".join(f"{SIGNS[light]}{n}" for light, n in self.lights) or self.words


@dataclass(frozen=True, slots=True)
class RolloutRow:
    """A trajectory in a roll-out, with a cell for each phase; ``day`` is that of its report, if it is one."""

    name: str
    organisation: str
    where: str
    phases: tuple[RolloutCell, ...]
    day: str

    @property
    def cells(self) -> tuple[str, ...]:
        """All of it as text, for a plain table."""
        return (self.name, self.organisation, self.where, *(each.short for each in self.phases), self.day)


@dataclass(frozen=True, slots=True)
class RolloutBlock:
    """The trajectories of a programme, what hinders in several, what helped where, and what is left out."""

    phases: tuple[str, ...]
    rows: tuple[RolloutRow, ...]
    key: tuple[str, ...]
    barriers: tuple[Row, ...]
    helped: tuple[Row, ...]
    left: tuple[Row, ...]

    @property
    def reached(self) -> tuple[int, ...]:
        """The numbers of the phases, from 0, in which any trajectory has something to show."""
        return tuple(at for at in range(len(self.phases)) if any(row.phases[at].short for row in self.rows))

    def filled(self, heads: Sequence[str]) -> tuple[tuple[str, ...], tuple[Row, ...]]:
        """The headings and the rows of a plain table, without columns in which nothing is."""
        cells = [row.cells for row in self.rows]
        kept = [at for at in range(len(heads)) if any(each[at] for each in cells)]
        return tuple(heads[at] for at in kept), tuple(Row(tuple(each[at] for at in kept)) for each in cells)
