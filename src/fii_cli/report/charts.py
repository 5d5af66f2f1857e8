"""Charts of lights, sides and measurements as plain values: positions, ready to draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil, log10

from fii_cli.analysis.score import score_of
from fii_cli.analysis.standing import PhaseStanding, Standing
from fii_cli.language import msg
from fii_cli.report.axis import Axis, axis_of
from fii_cli.report.rating_shapes import InstrumentBlock, RatingCell, RatingRow
from fii_cli.report.rows import named_with_end
from fii_cli.report.shapes import (
    WIDTH,
    IndicatorBlock,
    MeasuredLine,
    Point,
    ReadyChart,
    ReadyRow,
    Row,
    Segment,
    SidesChart,
    SidesRow,
    Tick,
)
from fii_cli.report.tones import TONE_OF
from fii_cli.report.wording import Wording
from fii_cli.trajectory.borgen import Indicator, Measurement
from fii_cli.words import LIGHTS

HEIGHT = 120
"""The height of an indicator chart, in the units of :data:`WIDTH`."""
_MOST_LEVELS = 4
_LETTERS = 13
"""The height of letters in a chart."""
_DASHES = ("", "8 4", "2 4", "10 3 2 3")
_STEPS = {tone: step for step, tone in TONE_OF.items()}


def readiness_chart(standing: Standing, wording: Wording, *, evidence: bool) -> ReadyChart:
    """For each phase, the number of items that are green, rated and, if shown, green with evidence found."""
    say = wording.say
    heads = [say("Phase"), say("Green"), say("Rated")]
    if evidence:
        heads.append(say("Evidence found"))
    heads.append(say("Items"))
    return ReadyChart(
        title=say("Readiness by phase"),
        told=say("A bar of lights for each phase; the numbers are in the table below."),
        heads=tuple(heads),
        rows=tuple(_ready_row(phase, wording, evidence) for phase in standing.phases),
    )


def _ready_row(phase: PhaseStanding, wording: Wording, evidence: bool) -> ReadyRow:
    name = f"{phase.content.number} {wording.say.pick(phase.content.name)}"
    score = score_of(phase.items, wording.found)
    cells = [name, str(score.ready.n), str(score.rated.n)]
    if evidence:
        cells.append(str(score.evidenced.n))
    cells.append(str(score.ready.of))
    return ReadyRow(name, _segments(phase), tuple(cells))


def _segments(phase: PhaseStanding) -> tuple[Segment, ...]:
    """The lights of a phase as pieces of one bar, in the order of the lights."""
    all_items = max(len(phase.items), 1)
    segments = []
    done = 0
    for light in LIGHTS:
        count = phase.counts[light]
        if count:
            start = round(WIDTH * done / all_items, 1)
            done += count
            # The end is computed from 0 too, because rounding errors in widths would add up.
            end = WIDTH * done / all_items
            segments.append(Segment(start, round(end - start, 1), light, count))
    return tuple(segments)


def sides_chart(blocks: Sequence[InstrumentBlock], wording: Wording) -> SidesChart | None:
    """The items that both giving and receiving organisation rated, largest difference first."""
    say = wording.say
    rows = []
    for block in blocks:
        columns = _columns_of_both(block)
        if columns:
            rows += list(_sides_rows(block, *columns, wording))
    if not rows:
        return None
    rows.sort(key=lambda row: -row[0])
    steps = ((-2, msg("hinders")), (0, msg("neither")), (2, msg("helps")))
    return SidesChart(
        title=say("Giving and receiving organisation compared"),
        told=say("Items that both rated, largest difference first; the ratings are in the tables below."),
        ticks=tuple(Tick(_step_at(step), say(words)) for step, words in steps),
        rows=tuple(row for _, row in rows),
    )


def _columns_of_both(block: InstrumentBlock) -> tuple[int, int] | None:
    """The columns of the giving and the receiving side about the same organisation, or ``None``."""
    columns = {side: column for column, side in enumerate(block.rated_from)}
    for column, (perspective, about) in enumerate(block.rated_from):
        if perspective == "giving" and ("receiving", about) in columns:
            return column, columns["receiving", about]
    return None


def _sides_rows(
    block: InstrumentBlock, giving: int, receiving: int, wording: Wording
) -> Iterator[tuple[int, SidesRow]]:
    """The items that both rated, each with the difference between the two."""
    for group in block.groups:
        for row in group.rows:
            given, received = row.cells[giving], row.cells[receiving]
            if given and received and given.tone in _STEPS and received.tone in _STEPS:
                apart = abs(_STEPS[given.tone] - _STEPS[received.tone])
                yield apart, _sides_row(row, given, received, wording)


def _sides_row(row: RatingRow, given: RatingCell, received: RatingCell, wording: Wording) -> SidesRow:
    words = (
        f"{wording.word('giving')}: {_rating_in_words(given)}",
        f"{wording.word('receiving')}: {_rating_in_words(received)}",
    )
    return SidesRow(
        name=f"{row.id} {row.name}".strip(),
        giving=_step_at(_STEPS[given.tone]),
        receiving=_step_at(_STEPS[received.tone]),
        words="; ".join(words),
    )


def _rating_in_words(cell: RatingCell) -> str:
    return f"{cell.value} {cell.words}".strip()


def _step_at(step: int) -> float:
    """The position of a step from hindering (-2) to helping (2), with room for the signs on both sides."""
    share = (step + 2) / 4
    return round(WIDTH * (0.08 + 0.84 * share), 1)


def indicator_block(indicator: Indicator, wording: Wording, number: int) -> IndicatorBlock:
    """The measurements of an indicator as a line, on an axis that includes zero.

    There is no line without measurements, or if the range is too small or too large to draw.
    """
    measurements = sorted(indicator.measurements, key=lambda each: each.date.first)
    undrawn = IndicatorBlock(
        id=f"indicator-{number}",
        name=indicator.what,
        told="",
        ticks=(),
        levels=(),
        points=(),
        rows=tuple(_measured_row(each, wording) for each in measurements),
    )
    if not measurements:
        return undrawn
    values = [0.0, *(each.value for each in measurements)]
    low, high = min(values), max(values)
    if not 1e-300 < high - low < 1e300:
        return undrawn
    return _drawn(undrawn, measurements, low, high, wording)


def _measured_row(measured: Measurement, wording: Wording) -> Row:
    n = "" if measured.n is None else str(measured.n)
    at = wording.trajectory.named(measured.organisation)
    return Row((wording.day(measured.date), f"{measured.value:g}", n, measured.note or "", at))


def _drawn(
    block: IndicatorBlock, measurements: Sequence[Measurement], low: float, high: float, wording: Wording
) -> IndicatorBlock:
    """An indicator with its line, between round numbers below the lowest and above the highest value."""
    step = _round_step(high - low)
    low, high = step * (low // step), step * ceil(high / step)

    def y(value: float) -> float:
        return round(HEIGHT * (high - value) / (high - low), 1)

    levels = []
    for count in range(round((high - low) / step) + 1):
        level = low + step * count
        levels.append(Tick(y(level), f"{level:g}"))
    axis = axis_of(each.date.first for each in measurements)
    by_organisation: dict[str | None, list[Point]] = {}
    for each in measurements:
        point = Point(axis.at(each.date.first), y(each.value), f"{each.value:g}")
        by_organisation.setdefault(each.organisation, []).append(point)
    lines = _lines(by_organisation, wording)
    points = [point for those in by_organisation.values() for point in those]
    told = msg("Measured {n} times; the numbers are in the table below.", n=len(measurements))
    if lines:
        told = msg("A line for each organisation; the numbers are in the table below.")
    return replace(
        block,
        told=wording.say(told),
        ticks=_ticks(axis, measurements, wording),
        levels=tuple(levels),
        points=tuple(points),
        lines=lines,
    )


def _lines(points: Mapping[str | None, Sequence[Point]], wording: Wording) -> tuple[MeasuredLine, ...]:
    """A line for each organisation, in the order of the file; first that of all together, if there is one.

    None if nothing was measured at an organisation.
    """
    if not any(points):
        return ()
    known = {each.id: at for at, each in enumerate(wording.trajectory.organisations, 1)}
    order = sorted(points, key=lambda id_: known.get(id_ or "", 0))
    names = (_measured_at(id_, wording) for id_ in order)
    ends = _apart([points[id_][-1].y for id_ in order])
    return tuple(
        MeasuredLine(
            name, _DASHES[at % len(_DASHES)], tuple(points[id_]), ends[at], _before(id_, points, wording)
        )
        for at, (name, id_) in enumerate(zip(names, order, strict=True))
    )


def _measured_at(id_: str | None, wording: Wording) -> str:
    """Where something was measured; of an organisation that ended also until when, as its line ends there."""
    organisation = wording.trajectory.organisation(id_)
    if organisation:
        return named_with_end(organisation, wording)
    return wording.trajectory.named(id_) or wording.say("all together")


def _before(
    id_: str | None, points: Mapping[str | None, Sequence[Point]], wording: Wording
) -> tuple[Point, ...]:
    """The last point of each organisation that became this one, if it was measured earlier."""
    became = (each.id for each in wording.trajectory.organisations if id_ and each.became == id_ != each.id)
    lasts = (points[each][-1] for each in became if each in points)
    return tuple(last for last in lasts if last.x < points[id_][0].x)


def _ticks(axis: Axis, measurements: Sequence[Measurement], wording: Wording) -> tuple[Tick, ...]:
    """Months; the first and the last day measured if no two months begin in between."""
    months = axis.ticks(wording.say)
    if len(months) > 1:
        return months
    days = {each.date.first: each.date for each in (measurements[0], measurements[-1])}
    return tuple(
        Tick(axis.at(day), wording.say.day(day.isoformat()[: 10 if date.exact else 7], short=True))
        for day, date in days.items()
    )


def _apart(ys: Sequence[float]) -> list[float]:
    """Where the numbers at the ends of lines stand, so that none lies on another if there is room for all."""
    found = list(ys)
    order = sorted(range(len(ys)), key=lambda at: ys[at])
    if len(ys) * _LETTERS <= HEIGHT:
        for above, below in pairwise(order):
            found[below] = max(found[below], found[above] + _LETTERS)
        lowest = float(HEIGHT)
        for at in reversed(order):
            found[at] = lowest = min(found[at], lowest)
            lowest -= _LETTERS
    return found


def _round_step(span: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides a span into at most four parts."""
    power = 10.0 ** (ceil(log10(span / _MOST_LEVELS)) - 1)
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor * _MOST_LEVELS >= span)
