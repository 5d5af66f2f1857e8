"""What hinders and helps, as plain values for a page: ratings, barriers and their map."""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.report.shapes import StackBlock
from fii_cli.report.tones import Tone


@dataclass(frozen=True, slots=True)
class RatingCell:
    """The rating of an item from one side; if ``value`` is empty, templates show the sign of the tone."""

    tone: Tone
    value: str
    words: str
    date: str
    told: str


@dataclass(frozen=True, slots=True)
class RatingRow:
    """An item with its rating from each side, in the order of the sides; ``None`` if not rated."""

    id: str
    place: str
    name: str
    cells: tuple[RatingCell | None, ...]


@dataclass(frozen=True, slots=True)
class RatingGroup:
    name: str
    rated: str
    rows: tuple[RatingRow, ...]


@dataclass(frozen=True, slots=True)
class InstrumentBlock:
    """The results of an instrument; ``stacks`` are its counted survey answers, if it has any.

    ``rated_from`` are the sides as perspective and organisation, ``sides`` the same as text. ``see_also``
    refers to the original or to a tool that continues where the instrument ends.
    """

    id: str
    name: str
    rated_from: tuple[tuple[str | None, str | None], ...]
    sides: tuple[str, ...]
    groups: tuple[RatingGroup, ...]
    rated: str
    differ: tuple[str, ...]
    stacks: StackBlock | None
    source: str
    see_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BarrierRow:
    name: str
    strength: str
    tone: Tone
    since: str
    said: str
    note: str
    answered: str


@dataclass(frozen=True, slots=True)
class MapCell:
    """The rating of a barrier from one side, as a tone with its words."""

    tone: Tone
    words: str


@dataclass(frozen=True, slots=True)
class MapRow:
    """A barrier with its rating from each side, and what is done about it; ``open`` if that is nothing."""

    name: str
    note: str
    cells: tuple[MapCell | None, ...]
    answered: str
    open: bool


@dataclass(frozen=True, slots=True)
class BarrierMap:
    """What hinders by side; with ``many`` by organisation, and with room for signs only.

    ``told`` says how to read it.
    """

    sides: tuple[str, ...]
    rows: tuple[MapRow, ...]
    many: bool
    told: str
