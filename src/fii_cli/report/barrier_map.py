"""What hinders and who says so: one map of barriers by side, and the counted answers as stacked bars."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.analysis.barriers import Barrier
from fii_cli.handbook import Handbook
from fii_cli.language import N_
from fii_cli.report.barriers import answered, short_name
from fii_cli.report.instruments import side_in_words
from fii_cli.report.rating_shapes import BarrierMap, InstrumentBlock, MapCell, MapRow, RatingCell
from fii_cli.report.tones import WORST_FIRST, Tone
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Side
from fii_cli.words import STOPLICHT

TONE_WORDS: dict[Tone, str] = {
    "hinders-2": N_("hinders strongly"),
    "hinders-1": N_("hinders in part"),
    "neither": N_("neither"),
    "helps-1": N_("helps in part"),
    "helps-2": N_("helps strongly"),
    "mean": N_("mean only"),
    "hidden": N_("not shown"),
    "unknown": N_("unknown"),
}
BY_SIDE = N_(
    "Strongest first. Sides stand beside each other and are never averaged; the fuller a cell, the more it "
    "hinders."
)
BY_ORGANISATION = N_(
    "Strongest first, by organisation. If sides differ, the least favourable one is shown; the fuller "
    "a cell, the more it hinders."
)
FEW = 4
"""The number of sides of which the ratings fit on paper in words."""
Cells = dict[str, dict[Side, RatingCell]]


def barrier_map(
    barriers: Sequence[Barrier], blocks: Sequence[InstrumentBlock], handbook: Handbook, wording: Wording
) -> BarrierMap | None:
    """Every barrier with its rating from each side, strongest first; ``None`` if nothing hinders.

    Lights are not in it: they have a grid of their own. Sides stand beside each other, never averaged.
    """
    shown = {barrier.place: barrier for barrier in reversed(barriers) if barrier.instrument != STOPLICHT}
    found = _cells(blocks)
    rated = {place: cells for place, cells in found.items() if place in shown}
    if not rated:
        return None
    named = _columns([side for cells in rated.values() for side in cells], rated)
    sides = tuple(dict.fromkeys(named.values()))
    many = len(sides) > FEW
    if many and len({about for _, about in sides}) > 1:
        named = {side: (None, side[1]) if side[1] else side for side in named}
        sides = tuple(dict.fromkeys(named.values()))
    rows = []
    for place in dict.fromkeys(barrier.place for barrier in barriers if barrier.place in rated):
        barrier = shown[place]
        cells: dict[Side, RatingCell] = {}
        for side, cell in rated[place].items():
            other = cells.get(named[side])
            cells[named[side]] = min(other, cell, key=_favourable) if other else cell
        rows.append(
            MapRow(
                name=short_name(barrier, handbook, wording),
                note="; ".join(dict.fromkeys(b.note for b in barriers if b.place == place and b.note)),
                cells=tuple(_cell(cells.get(side), wording) for side in sides),
                answered=answered(barrier, wording),
                open=not barrier.actions and not barrier.done,
            )
        )
    heads = tuple(_head(side, many, wording) for side in sides)
    return BarrierMap(heads, tuple(rows), many, wording.say(BY_ORGANISATION if many else BY_SIDE))


def _head(side: Side, many: bool, wording: Wording) -> str:
    """A side in words; among many only the organisation, if there is one."""
    return wording.trajectory.named(side[1]) if many and side[1] else side_in_words(side, wording)


def _favourable(cell: RatingCell) -> int:
    """How favourable a rating is; one that is no answer says least."""
    return WORST_FIRST.index(cell.tone)


def helping(blocks: Sequence[InstrumentBlock], barriers: Sequence[Barrier]) -> str:
    """The names of what helps according to one side and hinders according to none, strongest first."""
    hindering = {barrier.place for barrier in barriers}
    strong: list[str] = []
    partly: list[str] = []
    for block in blocks:
        for group in block.groups:
            for row in group.rows:
                tones = {cell.tone for cell in row.cells if cell}
                if row.place not in hindering and tones & {"helps-1", "helps-2"}:
                    (strong if "helps-2" in tones else partly).append(row.name)
    return "; ".join(dict.fromkeys([*strong, *partly]))


def _cells(blocks: Sequence[InstrumentBlock]) -> Cells:
    """The rating of each item from each side."""
    found: Cells = {}
    for block in blocks:
        for group in block.groups:
            for row in group.rows:
                cells = zip(block.rated_from, row.cells, strict=True)
                found[row.place] = {side: cell for side, cell in cells if cell}
    return found


def _columns(sides: Sequence[Side], rated: Cells) -> dict[Side, Side]:
    """The column of each side: without the organisation, if that leaves no doubt whom a rating is about."""
    about = {organisation for _, organisation in sides if organisation}
    twice = any(len({side for side, _ in cells}) < len(cells) for cells in rated.values())
    if len(about) > 1 or twice:
        return {side: side for side in sides}
    return {side: (side[0], None) for side in sides}


def _cell(cell: RatingCell | None, wording: Wording) -> MapCell | None:
    return MapCell(cell.tone, wording.say(TONE_WORDS[cell.tone])) if cell else None
