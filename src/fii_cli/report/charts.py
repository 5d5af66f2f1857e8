"""Charts as plain values: where everything lies, so that a template only draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, log10

from fii_cli.analysis.standing import PhaseStanding, Standing
from fii_cli.language import msg
from fii_cli.report.model import InstrumentBlock, Tone
from fii_cli.report.shapes import (
    WIDTH,
    Bar,
    IndicatorBlock,
    Lane,
    LinkShown,
    Mark,
    Point,
    ReadyChart,
    ReadyRow,
    Row,
    Segment,
    SidesChart,
    SidesRow,
    Tick,
    TimeChart,
)
from fii_cli.report.teller import Teller
from fii_cli.trajectory.borgen import Indicator
from fii_cli.trajectory.dates import Date
from fii_cli.words import LIGHTS

HEIGHT = 120
"""How high the chart of an indicator is, in the units of :data:`WIDTH`."""
_TICKS = 7
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
_STEPS: dict[Tone, int] = {"hinders-2": -2, "hinders-1": -1, "neither": 0, "helps-1": 1, "helps-2": 2}


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of time, from the first day up to the last."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Where a day lies."""
        days = max((self.last - self.first).days, 1)
        return round(WIDTH * min(max((day - self.first).days / days, 0), 1), 1)

    def ticks(self) -> tuple[Tick, ...]:
        """At most seven first days of months, evenly apart; the two ends where no such day lies between."""
        whole = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = next((months for months in _MONTHS if whole / months <= _TICKS), ceil(whole / _TICKS))
        months = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        days = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
        found = [Tick(self.at(day), day.isoformat()[:7]) for day in days if self.first <= day]
        return tuple(found) or tuple(Tick(self.at(d), d.isoformat()) for d in (self.first, self.last))


def axis_of(days: Iterable[date]) -> Axis:
    """The axis that holds all these days, with a little room on both sides."""
    known = sorted(days)
    room = max((known[-1] - known[0]) / 24, date(2000, 1, 4) - date(2000, 1, 1))
    first = max(known[0].toordinal() - room.days, 1)
    last = min(known[-1].toordinal() + room.days, date.max.toordinal())
    return Axis(date.fromordinal(first), date.fromordinal(last))


def path_chart(standing: Standing, tell: Teller) -> TimeChart | None:
    """The visits along time, phase by phase, with each step forth or back."""
    visits = [visit for visit in standing.trajectory.visits if visit.entered]
    if not visits:
        return None
    say, names = tell.say, [phase.content.id for phase in standing.phases]
    ends = [visit.closing.date.first if visit.closing else standing.today for visit in visits]
    starts = [visit.entered.first for visit in visits if visit.entered]
    axis = axis_of([*starts, *ends, standing.today])
    lanes = []
    for phase in standing.phases:
        bars: list[Bar] = []
        marks: list[Mark] = []
        for visit, start, end in zip(visits, starts, ends, strict=True):
            if visit.phase != phase.content.id:
                continue
            x = axis.at(start)
            width = round(max(axis.at(end) - x, 3), 1)
            days = start.isoformat(), end.isoformat()
            bars.append(Bar(x, width, visit.closing is None, tell.word(visit.via), *days))
            marks += (
                Mark(axis.at(decision.date.first), decision.decision, tell.word(decision.decision))
                for decision in visit.decisions
            )
        name = f"{phase.content.number} {say.pick(phase.content.name)}"
        lanes.append(Lane(name, "", tuple(bars), tuple(marks)))
    links = tuple(
        LinkShown(
            axis.at(start),
            names.index(before.phase),
            names.index(visit.phase),
            visit.via,
            tell.word(visit.via),
        )
        for before, visit, start in zip(visits, visits[1:], starts[1:], strict=False)
        if before.phase != visit.phase
    )
    told = say(
        "Visits to phases, {n} in all, from {first} to {last}; the table below says the same.",
        n=len(visits),
        first=str(visits[0].entered),
        last=max(*ends, standing.today).isoformat(),
    )
    title = say("Path through the phases along time")
    return TimeChart("path", title, told, axis.ticks(), axis.at(standing.today), tuple(lanes), links)


def readiness_chart(standing: Standing, tell: Teller, *, evidence: bool) -> ReadyChart:
    """Of each phase: how many items are green, rated, and with evidence."""
    say = tell.say
    heads = [say("Phase"), say("Green"), say("Rated"), say("With evidence"), say("Items")]
    rows = []
    for phase in standing.phases:
        cells = [phase.counts["groen"], phase.rated, _evidenced(phase), len(phase.items)]
        name = f"{phase.content.number} {say.pick(phase.content.name)}"
        if not evidence:
            del cells[2]
        rows.append(ReadyRow(name, _segments(phase), (name, *map(str, cells))))
    if not evidence:
        del heads[3]
    told = say("Of each phase a bar of lights; the table below has the numbers.")
    return ReadyChart(say("Readiness of each phase"), told, tuple(heads), tuple(rows))


def _evidenced(phase: PhaseStanding) -> int:
    return sum(any(rating.evidence for rating in item.ratings) for item in phase.items)


def _segments(phase: PhaseStanding) -> tuple[Segment, ...]:
    found, done, total = [], 0, max(len(phase.items), 1)
    for light in LIGHTS:
        if n := phase.counts[light]:
            x = round(WIDTH * done / total, 1)
            done += n
            found.append(Segment(x, round(WIDTH * done / total - x, 1), light, n))
    return tuple(found)


def sides_chart(blocks: Sequence[InstrumentBlock], tell: Teller) -> SidesChart | None:
    """What giving and receiving organisation both rated, beside each other, farthest apart first."""
    say = tell.say
    giving, receiving = tell.word("giving"), tell.word("receiving")
    found = []
    for block in blocks:
        columns = _both(block)
        if columns is None:
            continue
        for row in (row for group in block.groups for row in group.rows):
            cells = [row.cells[at] for at in columns]
            if cells[0] and cells[1]:
                steps = [_STEPS[cell.tone] for cell in cells if cell]
                words = "; ".join(
                    f"{side}: {' '.join(filter(None, (cell.value, cell.words)))}"
                    for side, cell in zip((giving, receiving), cells, strict=True)
                    if cell
                )
                name = f"{row.id} {row.name}".strip()
                found.append((steps, SidesRow(name, _step_at(steps[0]), _step_at(steps[1]), words)))
    if not found:
        return None
    found.sort(key=lambda each: -abs(each[0][0] - each[0][1]))
    ticks = tuple(
        Tick(_step_at(step), say(words))
        for step, words in ((-2, msg("hinders")), (0, msg("neither")), (2, msg("helps")))
    )
    title = say("Giving beside receiving organisation")
    told = say("What both rated, farthest apart first; the tables below have the ratings.")
    return SidesChart(title, told, ticks, tuple(row for _, row in found))


def _both(block: InstrumentBlock) -> tuple[int, int] | None:
    """The columns of a giving and a receiving side that rate the same."""
    columns = {side: at for at, side in enumerate(block.rated_from)}
    for at, (perspective, about) in enumerate(block.rated_from):
        if perspective == "giving" and ("receiving", about) in columns:
            return at, columns["receiving", about]
    return None


def _step_at(step: int) -> float:
    return round(WIDTH * (0.08 + 0.84 * (step + 2) / 4), 1)


def planning_chart(standing: Standing, tell: Teller) -> TimeChart | None:
    """Tasks of the roadmap and actions along time: when each is due, and when it was done."""
    say = tell.say
    planned: list[tuple[str, str, Date | None, Date | None, bool]] = [
        (task.what, tell.trajectory.named(task.by), task.due, task.done, task.is_overdue(standing.today))
        for task in standing.roadmap
    ]
    planned += (
        (
            action.what,
            tell.trajectory.named(action.owner),
            action.due,
            action.result.date if action.result else None,
            action.is_overdue(standing.today),
        )
        for action in standing.trajectory.actions
    )
    dated = [each for each in planned if each[2] or each[3]]
    if not dated:
        return None
    axis = axis_of([*(d.last for each in dated for d in each[2:4] if isinstance(d, Date)), standing.today])
    lanes = []
    for what, who, due, done, late in dated:
        marks = []
        if due:
            kind = "late" if late else "due"
            marks.append(Mark(axis.at(due.last), kind, say("overdue") if late else say("due")))
        if done:
            marks.append(Mark(axis.at(done.last), "done", say("done")))
        lanes.append(Lane(what, who, (), tuple(marks)))
    title = say("Roadmap and actions along time")
    told = say("When each is due and when it was done; the tables below say the same.")
    return TimeChart("planning", title, told, axis.ticks(), axis.at(standing.today), tuple(lanes))


def cycles_chart(standing: Standing, tell: Teller) -> TimeChart | None:
    """The steps of each cycle along time."""
    section = standing.trajectory.implementeren
    say = tell.say
    lanes: list[tuple[str, list[tuple[Date, str]]]] = []
    for cycle in section.cycles if section else ():
        steps = [
            (step.date, name) for name in ("plan", "do", "check", "act") if (step := getattr(cycle, name))
        ]
        lanes.append((cycle.id, [(day, name) for day, name in steps if day]))
    if not any(steps for _, steps in lanes):
        return None
    axis = axis_of([*(day.first for _, steps in lanes for day, _ in steps), standing.today])
    return TimeChart(
        "cycles",
        say("Cycles along time"),
        say("The steps plan, do, check and act of each cycle; the table below says what was done."),
        axis.ticks(),
        axis.at(standing.today),
        tuple(
            Lane(name, "", (), tuple(Mark(axis.at(day.first), step, step[0].upper()) for day, step in steps))
            for name, steps in lanes
        ),
    )


def indicator_block(indicator: Indicator, tell: Teller, number: int) -> IndicatorBlock:
    """The measurements of an indicator as a line, on an axis that has zero on it."""
    say, made = tell.say, sorted(indicator.measurements, key=lambda each: each.date.first)
    rows = tuple(
        Row((str(m.date), f"{m.value:g}", "" if m.n is None else str(m.n), m.note or "")) for m in made
    )
    if not made:
        return IndicatorBlock(f"indicator-{number}", indicator.what, "", (), (), (), rows)
    axis = axis_of(measured.date.first for measured in made)
    low, high = min(0.0, *(m.value for m in made)), max(0.0, *(m.value for m in made))
    span = high - low
    if not 1e-300 < span < 1e300:  # beyond what can be drawn; the table has the numbers
        return IndicatorBlock(f"indicator-{number}", indicator.what, "", (), (), (), rows)
    step = _round_step(span)
    low, high = step * (low // step), step * ceil(high / step)

    def level(value: float) -> float:
        return round(HEIGHT * (high - value) / (high - low), 1)

    count = round((high - low) / step)
    levels = tuple(Tick(level(low + step * at), f"{low + step * at:g}") for at in range(count + 1))
    points = tuple(Point(axis.at(m.date.first), level(m.value), f"{m.value:g}") for m in made)
    told = say(msg("Measured {n} times; the table below has the numbers.", n=len(made)))
    return IndicatorBlock(f"indicator-{number}", indicator.what, told, axis.ticks(), levels, points, rows)


def _round_step(span: float) -> float:
    """A step of one, two or five times a power of ten that parts a span in at most four."""
    power = 10.0 ** (ceil(log10(span / 4)) - 1)
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor * 4 >= span)
