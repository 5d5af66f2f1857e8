"""The page for the board as plain values, all of them words for readers."""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.analysis.movement import Way
from fii_cli.report.shapes import LightMoved, LightShown

WIDE = 1000
"""The width of a bar in time, in its own units."""


@dataclass(frozen=True, slots=True)
class BoardBar:
    """A visit in time; ``open`` if it has not ended. Visits of several organisations lie below each other.

    ``y`` and ``height`` are in percents.
    """

    x: int
    width: int
    open: bool
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class MoveShown:
    """How many lights moved one way, in words."""

    way: Way
    words: str


@dataclass(frozen=True, slots=True)
class BoardLane:
    """The bars of one organisation, below its name and until when it was there."""

    name: str
    bars: tuple[BoardBar, ...]


@dataclass(frozen=True, slots=True)
class BoardPhase:
    """A row: a phase, its bars and what they tell, one light per question, and how these moved.

    ``lanes`` are its bars by organisation, if there are several.

    ``quiet`` is what to say if none moved.
    """

    number: int
    name: str
    state: str
    here: bool
    bars: tuple[BoardBar, ...]
    told: str
    lights: tuple[tuple[LightShown, int], ...]
    rated: str
    moves: tuple[MoveShown, ...]
    quiet: str
    lanes: tuple[BoardLane, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardPath:
    """The table. ``since`` is where the band since the earlier day begins; ``None`` without one.

    ``first`` and ``last`` are the ends of the time shown; without dated visits there is no time to show.
    """

    first: str
    last: str
    since: int | None
    phases: tuple[BoardPhase, ...]
    steps: str


@dataclass(frozen=True, slots=True)
class Risk:
    """What endangers a trajectory, and why in one or two sentences."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line under the question: its head and its text; ``late`` if its date has passed."""

    head: str
    text: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The decision that is asked, and ``others`` that are open too."""

    question: str
    lines: tuple[AskedLine, ...]
    others: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """Something that was agreed on: what, who, by when; ``note`` is how late it is."""

    what: str
    who: str
    due: str
    note: str
    late: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The page for the board. ``title`` and ``about`` are cut if they are long.

    Of ``asked`` and ``risk``, and of each list, one may be missing: then ``ask_…`` is the question to ask.
    """

    title: str
    status: tuple[str, ...]
    about: str
    asked: Asked | None
    ask_decision: str
    path: BoardPath
    since: str
    lights: tuple[LightMoved, ...]
    news: tuple[str, ...]
    rest: str
    ask_changes: str
    agreed: tuple[Agreed, ...]
    more_agreed: str
    ask_agreements: str
    risk: Risk | None
    ask_risk: str
