"""Organisations side by side on an instrument, as plain values that a template can draw."""

from __future__ import annotations

from dataclasses import dataclass

from fii_cli.report.tones import Tone


@dataclass(frozen=True, slots=True)
class HeatHead:
    """An organisation above its column. ``side`` is low, high or empty, and ``side_words`` its label."""

    number: str
    name: str
    side: str
    side_words: str


@dataclass(frozen=True, slots=True)
class HeatPart:
    """A rating; if ``value`` is empty, templates show the sign of the tone. ``words`` is its meaning."""

    tone: Tone
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class HeatCell:
    """The ratings of an item at one organisation, one for each side that differs.

    ``tone`` is the least favourable of them.
    """

    tone: Tone
    parts: tuple[HeatPart, ...]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """An item with its rating at each organisation, and whether it distinguishes; empty if nobody asked."""

    id: str
    name: str
    cells: tuple[HeatCell | None, ...]
    verdict: str
    distinguishes: bool


@dataclass(frozen=True, slots=True)
class HeatGroup:
    name: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class HeatBlock:
    """An instrument with the organisations that were rated on it, in the order of the file.

    With ``many`` organisations their heads are narrow, and ``names`` says which number is which. ``grouped``
    is whether there are two groups, and ``why_not`` why not, if they were asked for. ``found`` says what
    distinguishes them, and ``caution`` how much that says. ``key`` explains the ratings that appear.
    """

    name: str
    source: str
    many: bool
    heads: tuple[HeatHead, ...]
    names: str
    grouped: bool
    why_not: str
    groups: tuple[HeatGroup, ...]
    key: tuple[HeatPart, ...]
    found: tuple[str, ...]
    caution: str
