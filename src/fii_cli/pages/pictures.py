"""Charts as pictures, for documents that cannot draw them: the SVG of the page, in letters of our own.

The letters come with fii, so that the same chart gives the same bytes on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from fii_cli import resources
from fii_cli.language import Language, msg
from fii_cli.pages.libraries import library
from fii_cli.pages.template import charts_for_pictures
from fii_cli.project.house_style import HouseStyle
from fii_cli.report.shapes import IndicatorBlock, ReadyChart, SidesChart, StackBlock, TimeChart
from fii_cli.report.trend_shapes import LightsChart

WIDE = 664
"""The width of a picture, in the units of its letters, which are 13 high."""
_SCALE = 2
"""Pixels for each unit, so that a picture is sharp on paper."""
_LEFT, _LEFT_OF_LINE, _RIGHT, _TOP, _BELOW = 10, 46, 14, 4, 12
"""Room around a chart: for half a sign at its edge, and for the values beside a line."""
_LETTER = 8
"""No letter of a key is wider than this, on average."""
_LINE = 22
_LONGEST_NAME = 84
Chart = TimeChart | ReadyChart | SidesChart | StackBlock | IndicatorBlock | LightsChart
KINDS: dict[str, type[Chart]] = {
    "time": TimeChart,
    "readiness": ReadyChart,
    "sides": SidesChart,
    "stacks": StackBlock,
    "line": IndicatorBlock,
    "lights": LightsChart,
}
"""The kinds of charts, by the name of the macro that draws them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as PNG; ``told`` is what somebody who does not see it reads instead."""

    png: bytes
    height: int
    told: str


@lru_cache(maxsize=64)
def picture_of(kind: str, chart: Chart, say: Language, style: HouseStyle) -> Picture:
    """A chart as a picture that is :data:`WIDE` units wide, with its key below it."""
    macros, css = charts_for_pictures(say.code, style)
    more = {
        "time": (say(msg("the date of this report")),),
        "sides": (say(msg("giving organisation")), say(msg("receiving organisation"))),
    }
    figure = _parsed(getattr(macros, kind)(chart, *more.get(kind, ())))
    left = _LEFT_OF_LINE if kind == "line" else _LEFT
    parts, told, y = [], [], _TOP
    for name, svg, beside in _drawings(figure):
        if name:
            parts.append(_text(left, y + 14, _shortened(name), "lane"))
            parts.append(_text(WIDE - _RIGHT, y + 14, beside, "by", "end"))
            y += 20
        if svg is not None:
            parts.append(_placed(svg, left, y))
            y += int(svg.get("height"))
        told.append(_told(name, beside, svg))
        y += 8 if name else _BELOW
    keys, y = _keys(figure, y)
    png = _drawn("".join([*parts, *keys]), y + _TOP, css)
    return Picture(png, y + _TOP, "; ".join(each.rstrip(".") for each in told) + ".")


def _parsed(drawn: str) -> Any:
    etree = library("lxml.etree", "docx")
    return etree.fromstring(f"<figures>{drawn}</figures>", etree.XMLParser(resolve_entities=False))


def _drawings(figure: Any) -> Iterator[tuple[str, Any, str]]:
    """Each chart, with a name and a number above it if it is a bar of counted answers.

    If too few answered to show a bar, words stand in the place of the number.
    """
    for row in figure.iterfind("ol/li"):
        beside = " ".join(_words(each) for each in row.iterfind("span") if each.get("class") != "name")
        yield _words(row.find("span[@class='name']")), row.find("svg"), beside
    for svg in figure.iterfind("figure/svg"):
        yield "", svg, ""


def _placed(svg: Any, x: int, y: int) -> str:
    """A chart at its place; what reaches over its edges, such as half a sign, is drawn too."""
    svg.attrib.pop("role", None)
    for name, value in (("x", x), ("y", y), ("width", WIDE - x - _RIGHT), ("overflow", "visible")):
        svg.set(name, str(value))
    return _as_text(svg)


def _told(name: str, beside: str, svg: Any) -> str:
    """The title of a chart and its description, or what a bar says behind its name."""
    if name:
        return f"{name}: {beside if svg is None else svg.get('aria-label')}"
    return f"{_words(svg.find('title'))}. {_words(svg.find('desc'))}"


def _keys(figure: Any, y: int) -> tuple[list[str], int]:
    """What the signs mean, beside each other as far as there is room; and where they end."""
    parts: list[str] = []
    x = _LEFT
    for each in figure.iterfind(".//ul/li"):
        drawn, words = each.find("svg"), _words(each)
        wide = int(drawn.get("width")) + 6 if drawn is not None else 0
        room = wide + len(words) * _LETTER + 18
        if x > _LEFT and x + room > WIDE:
            x, y = _LEFT, y + _LINE
        if drawn is not None:
            drawn.set("x", str(x))
            drawn.set("y", str(y + 9 - int(drawn.get("height")) // 2))
            parts.append(_as_text(drawn))
            parts.append(_text(x + wide, y + 14, words))
        else:
            sign = next(iter(each.iterfind(".//span[@aria-hidden='true']")))
            light = (each.find("span").get("class") or "").removeprefix("light")
            parts.append(_text(x, y + 14, _words(sign), f"sign {light}".strip()))
            parts.append(_text(x + 18, y + 14, words.removeprefix(_words(sign)).strip()))
        x += room
    return parts, y + _LINE if parts else y


def _as_text(element: Any) -> str:
    made: str = library("lxml.etree", "docx").tostring(element, encoding="unicode", with_tail=False)
    return made


def _text(x: int, y: int, words: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>'


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _drawn(inside: str, height: int, css: str) -> bytes:
    resvg = library("resvg_py", "docx")
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{height}"><style>{css}</style>'
        '<g class="chart">{inside}</g></svg>'
    ).format(wide=WIDE, height=height, css=Markup(css), inside=Markup(inside))
    made: bytes = resvg.svg_to_bytes(
        svg_string=str(svg),
        skip_system_fonts=True,
        font_files=[str(path) for path in sorted(resources.FONTS.glob("*.ttf"))],
        font_family="DejaVu Sans",
        sans_serif_family="DejaVu Sans",
        zoom=_SCALE,
        background="#ffffff",
    )
    return bytes(made)
