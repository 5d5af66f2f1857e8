"""The house style of an organisation: its accent, its letters, its name; and whether all can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fii_cli.language import Message, msg
from fii_cli.yaml.read import strange_character

KEYS = ("accent", "font", "logo", "organisation", "footer")
ENOUGH = 4.5
"""The contrast that text needs (WCAG 2.2, 1.4.3)."""
_LIGHT, _DARK = ("#ffffff", "#f4f6f8"), ("#141414", "#1e2124")
"""What text with the accent stands on: the page and its tint."""
_STEPS = 50


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What ``[style]`` settles; ``accent`` and ``on_dark`` are colours as ``#rrggbb``, ``logo`` is a path."""

    accent: str = ""
    on_dark: str = ""
    font: tuple[str, ...] = ()
    logo: str = ""
    organisation: str = ""
    footer: str = ""


Wrong = tuple[str, Message, Message | None]
"""The key, what is wrong with it, and what to do."""


def style_of(table: Mapping[str, Any]) -> tuple[HouseStyle, tuple[Wrong, ...]]:
    """The house style in a table of settings, and what is wrong with it; what is wrong is left out."""
    wrong = tuple(_wrong(table))
    keys = {key for key, *_ in wrong}
    sound = {key: table[key] for key in KEYS if key in table and key not in keys}
    accent = sound.get("accent", "").lower()
    return (
        HouseStyle(
            accent,
            _towards(accent, "#ffffff", _DARK) if accent else "",
            tuple(sound.get("font", ())),
            sound.get("logo", ""),
            sound.get("organisation", ""),
            sound.get("footer", ""),
        ),
        wrong,
    )


def _wrong(table: Mapping[str, Any]) -> Iterator[Wrong]:
    for key in ("logo", "organisation", "footer"):
        if key in table and not (isinstance(table[key], str) and table[key].strip()):
            yield key, msg("{key} is a text", key=key), msg("such as {word}", word=_EXAMPLES[key])
        elif strange := strange_character(str(table.get(key, ""))):
            yield key, strange.message, strange.hint
    font = table.get("font", [])
    if not isinstance(font, list) or not all(
        isinstance(each, str) and _FONT.fullmatch(each) for each in font
    ):
        yield (
            "font",
            msg("{key} is a list of names of fonts", key="font"),
            msg("such as {word}", word=_EXAMPLES["font"]),
        )
    accent = table.get("accent")
    if accent is None:
        return
    if not isinstance(accent, str) or not re.fullmatch("#[0-9a-fA-F]{6}", accent):
        yield (
            "accent",
            msg("{key} is a colour of six digits", key="accent"),
            msg("such as {word}", word=_EXAMPLES["accent"]),
        )
        return
    least = min(contrast(accent, ground) for ground in _LIGHT)
    if least < ENOUGH:
        wrong = msg("too little contrast: {least}:1, and text needs {enough}:1", least=least, enough=ENOUGH)
        yield "accent", wrong, msg("darker: {word}", word=_towards(accent, "#000000", _LIGHT))


_FONT = re.compile(r"[\w .-]{1,60}")
_EXAMPLES = {
    "accent": 'accent = "#1f4e79"',
    "font": 'font = ["Calibri", "Arial"]',
    "logo": 'logo = "huisstijl/logo.svg"',
    "organisation": 'organisation = "Stichting Voorbeeld"',
    "footer": 'footer = "Vragen? Bel het secretariaat"',
}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG defines it, from 1 to 21, rounded down to a tenth."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return int((high + 0.05) / (low + 0.05) * 10) / 10


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _towards(colour: str, end: str, grounds: tuple[str, ...]) -> str:
    """The colour nearest to one, on its way to black or white, that has contrast enough on these grounds."""
    for step in range(_STEPS + 1):
        mixed = "#" + "".join(_between(colour[at : at + 2], end[at : at + 2], step) for at in (1, 3, 5))
        if all(contrast(mixed, ground) >= ENOUGH for ground in grounds):
            return mixed
    return end


def _between(start: str, end: str, step: int) -> str:
    """A part of a colour on its way from one to another."""
    low, high = int(start, 16), int(end, 16)
    return f"{round(low + (high - low) * step / _STEPS):02x}"
