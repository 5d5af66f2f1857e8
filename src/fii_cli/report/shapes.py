"""Charts and maps as plain values: what a template needs to draw them."""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.words import Light

WIDTH = 640
"""How wide a chart is, in its own units; every ``x`` lies from nought up to it."""


@dataclass(frozen=True, slots=True)
class LightShown:
    """A light by its Dutch word, which templates choose sign and colour by, and its word for the reader."""

    value: Light
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of plain cells."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of an axis: where it lies along it, and what it says."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time in words and with its days; ``open`` where it has not ended."""

    x: float
    width: float
    open: bool
    words: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment; ``kind`` is what templates choose a shape by, ``words`` what stands beside it."""

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
    """A step from one lane to another; ``kind`` is what templates draw it by, ``words`` what it is called."""

    x: float
    start: int
    end: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Lanes along one axis of time; ``now`` is the day of the report, where it lies on the axis."""

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
    """How many items of a phase are green, rated, and with evidence; as a row of lights, too."""

    name: str
    segments: tuple[Segment, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadyChart:
    """``heads`` name the cells of the rows."""

    title: str
    told: str
    heads: tuple[str, ...]
    rows: tuple[ReadyRow, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """An item with its light on each day on which lights were rated; nothing where it was not rated."""

    name: str
    lights: tuple[LightShown | None, ...]


@dataclass(frozen=True, slots=True)
class LightGrid:
    days: tuple[str, ...]
    rows: tuple[GridRow, ...]


@dataclass(frozen=True, slots=True)
class SidesRow:
    """An item that giving and receiving organisation rate differently, or the same: where each stands."""

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
    """A key person in the map; ``silent`` tells how long it has been quiet, where it has been too long."""

    role: str
    silent: str


@dataclass(frozen=True, slots=True)
class StakeholderRow:
    level: str
    cells: tuple[tuple[KeyPersonShown, ...], ...]


@dataclass(frozen=True, slots=True)
class StakeholderMap:
    """Levels by support; ``nobody`` names the levels without a key person."""

    supports: tuple[str, ...]
    rows: tuple[StakeholderRow, ...]
    nobody: str


@dataclass(frozen=True, slots=True)
class Point:
    """A measurement in a chart: ``y`` counts downwards."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class IndicatorBlock:
    """An indicator as a line, and its measurements in rows: date, value, n, note."""

    id: str
    name: str
    told: str
    ticks: tuple[Tick, ...]
    levels: tuple[Tick, ...]
    points: tuple[Point, ...]
    rows: tuple[Row, ...]
