"""Lights and instruments over time, as plain values that a template can draw."""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.report.shapes import LightShown, Row, Tick
from fii_cli.words import Light


@dataclass(frozen=True, slots=True)
class Piece:
    """The items with one light during a period, as a part of a stack; ``y`` increases downwards."""

    x: float
    y: float
    width: float
    height: float
    light: Light


@dataclass(frozen=True, slots=True)
class LightsLane:
    """The lights of a phase over time; ``y`` is the top of its lane."""

    name: str
    y: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class LightsChart:
    """The number of items with each light over time, a lane for each phase; ``key`` are the lights in it."""

    id: str
    title: str
    told: str
    ticks: tuple[Tick, ...]
    height: float
    lanes: tuple[LightsLane, ...]
    key: tuple[LightShown, ...]


@dataclass(frozen=True, slots=True)
class TrendTable:
    """A table about time; ``note`` says how to read it, and may be empty."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TrendBlock:
    """A trajectory over time: a chart of its lights, and tables; those without rows are ``None``."""

    chart: LightsChart | None
    lights: TrendTable | None
    phases: TrendTable | None
    lives: TrendTable | None
    used: TrendTable | None
