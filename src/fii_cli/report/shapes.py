"""Charts and maps as plain values that a template can draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fii_cli.analysis.movement import Way
from fii_cli.words import Light, Phase

WIDTH = 640
"""The width of a chart in its own units; every ``x`` is from 0 to this."""


@dataclass(frozen=True, slots=True)
class LightShown:
    """A light: its Dutch value, by which templates choose sign and colour, and its label for the reader."""

    value: Light
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of plain cells."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A tick of an axis: its position and its label."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A period with its label and dates; ``open`` if it has not ended."""

    x: float
    width: float
    open: bool
    words: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment; templates choose its shape by ``kind``, and ``words`` is its label."""

    x: float
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    note: str
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A step from one lane to another; templates choose its style by ``kind``, and ``words`` is its label.

    One that is ``behind`` passes the lanes of others, and is drawn below their bars.
    """

    x: float
    start: int
    end: int
    kind: str
    words: str
    behind: bool = False


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Lanes along one time axis; ``now`` is the position of the report's date."""

    id: str
    title: str
    told: str
    ticks: tuple[Tick, ...]
    now: float | None
    lanes: tuple[Lane, ...]
    links: tuple[LinkShown, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    x: float
    width: float
    light: Light
    n: int


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """The numbers of green, rated and evidenced items of a phase, and its lights as a bar."""

    name: str
    segments: tuple[Segment, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadyChart:
    """The lights of each phase; ``heads`` are the headings of the rows' cells."""

    title: str
    told: str
    heads: tuple[str, ...]
    rows: tuple[ReadyRow, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """An item with its light on each rating date, ``None`` if it was not rated, and its light now.

    ``why`` are the reasons for a light that is red or orange.
    """

    name: str
    why: tuple[str, ...]
    lights: tuple[LightShown | None, ...]
    now: LightShown


@dataclass(frozen=True, slots=True)
class GridGroup:
    """The rated items of a phase, and how many of all its items those are."""

    name: str
    rated: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class LightGrid:
    """Lights by rating date; without ``days`` if they were rated on one day only."""

    days: tuple[str, ...]
    groups: tuple[GridGroup, ...]
    unrated: str


@dataclass(frozen=True, slots=True)
class SidesRow:
    """An item that giving and receiving organisation both rated, with the position of each."""

    name: str
    giving: float
    receiving: float
    words: str


@dataclass(frozen=True, slots=True)
class SidesChart:
    title: str
    told: str
    ticks: tuple[Tick, ...]
    rows: tuple[SidesRow, ...]


@dataclass(frozen=True, slots=True)
class KeyPersonShown:
    """A key person: role, level, support, the latest contact, and why this person is needed.

    ``silent`` is a label if contact is overdue, or empty.
    """

    role: str
    level: str
    support: str
    contact: str
    silent: str
    why: str


@dataclass(frozen=True, slots=True)
class StakeholderMap:
    """Key people, those without contact first; ``nobody`` names the levels without a key person."""

    people: tuple[KeyPersonShown, ...]
    nobody: str


Direction = Literal["hinders", "neutral", "helps"]


@dataclass(frozen=True, slots=True)
class StackPart:
    """The answers that say the same, as a part of a bar; ``x`` and ``width`` are percentages."""

    kind: Direction
    x: float
    width: float
    n: int


@dataclass(frozen=True, slots=True)
class StackRow:
    """The counted answers on one item; without ``parts`` if there are too few to show."""

    name: str
    parts: tuple[StackPart, ...]
    n: str
    words: str


@dataclass(frozen=True, slots=True)
class StackBlock:
    """The counted answers on an instrument, from what hinders most; ``limit`` is a percentage."""

    rows: tuple[StackRow, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Point:
    """A measurement in a chart; ``y`` increases downwards."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """The measurements at one organisation in a chart; ``dash`` tells its line apart on grey paper.

    ``end`` is the height of its number, at the end of the line. ``joined`` are the last points of those that
    became this organisation, from where its line goes on.
    """

    name: str
    dash: str
    points: tuple[Point, ...]
    end: float
    joined: tuple[Point, ...] = ()

    @property
    def is_line(self) -> bool:
        """Whether there is a line, and not only a point."""
        return len(self.points) > 1 or bool(self.joined)


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """An indicator as a line, and its measurements in rows: date, value, n, note, organisation.

    If it was measured at organisations, ``lines`` has the points of each of them.
    """

    id: str
    name: str
    told: str
    ticks: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    points: tuple[Point, ...]
    rows: tuple[Row, ...]
    lines: tuple[MeasuredLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CostBlock:
    """What each phase costs, in total by phase and by payer; ``budget`` is what the file says about money.

    Totals are hours once, euros once, hours each year and euros each year.
    """

    rows: tuple[Row, ...]
    phases: tuple[Row, ...]
    payers: tuple[Row, ...]
    budget: str


# --- what changed -------------------------------------------------------------------------------------------

Sign = Literal["+", "-", "~"]


@dataclass(frozen=True, slots=True)
class Line:
    """One change: ``+`` for what came, ``-`` for what went, ``~`` for what changed."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class LightMoved:
    """A light that changed. ``remark`` is the reason that was given, if this edition may tell it."""

    item: str
    phase: Phase
    name: str
    before: LightShown
    after: LightShown
    way: Way
    way_words: str
    remark: str


@dataclass(frozen=True, slots=True)
class PhaseMoved:
    """How many lights of a phase moved each way. ``rated`` is whether it has a light at all."""

    phase: Phase
    number: int
    name: str
    rated: bool
    ways: tuple[tuple[Way, int], ...]

    def n(self, way: Way) -> int:
        """How many lights moved this way."""
        return dict(self.ways).get(way, 0)


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a day, in the words of the report.

    ``day`` is an ISO date, ``dated`` the same day for readers. ``lights`` are in the order in which readers
    should see them, bad news first; ``facts`` too, decisions and agreements first.
    """

    day: str
    dated: str
    version: str
    phases: tuple[PhaseMoved, ...]
    lights: tuple[LightMoved, ...]
    facts: tuple[Line, ...]

    def n(self, way: Way) -> int:
        """How many lights moved this way."""
        return sum(each.way == way for each in self.lights)
