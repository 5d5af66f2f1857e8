"""The house style of an organisation: accent colour, fonts and name, checked for contrast."""

from __future__ import annotations

from typing import NamedTuple

from fii_cli.language import Message, msg

ENOUGH = 4.5
"""The minimum contrast of text (WCAG 2.2, 1.4.3)."""
_LIGHT, _DARK = ("#ffffff", "#f4f6f8"), ("#141414", "#1e2124")
"""The backgrounds of text in the accent colour: the page and its tint."""
_STEPS = 50


class HouseStyle(NamedTuple):
    """The table ``[style]``. ``accent`` and ``on_dark`` are colours as ``#rrggbb``, ``logo`` is a path."""

    accent: str = ""
    on_dark: str = ""
    font: tuple[str, ...] = ()
    logo: str = ""
    organisation: str = ""
    footer: str = ""


def on_dark(accent: str) -> str:
    """The colour that replaces an accent on a dark page; empty without an accent."""
    return _towards(accent, "#ffffff", _DARK) if accent else ""


def wrong_with_contrast(accent: str) -> tuple[Message, Message] | None:
    """The error in an accent with too little contrast, if there is one."""
    least = min(contrast(accent, ground) for ground in _LIGHT)
    if least >= ENOUGH:
        return None
    wrong = msg("too little contrast: {least}:1, and text needs {enough}:1", least=least, enough=ENOUGH)
    return wrong, msg("darker: {word}", word=_towards(accent, "#000000", _LIGHT))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG defines it, from 1 to 21, rounded down to a tenth."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return int((high + 0.05) / (low + 0.05) * 10) / 10


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _towards(colour: str, end: str, grounds: tuple[str, ...]) -> str:
    """The nearest colour towards black or white with enough contrast on these backgrounds."""
    for step in range(_STEPS + 1):
        mixed = "#" + "".join(_between(colour[at : at + 2], end[at : at + 2], step) for at in (1, 3, 5))
        if all(contrast(mixed, ground) >= ENOUGH for ground in grounds):
            return mixed
    return end


def _between(start: str, end: str, step: int) -> str:
    """A colour between two others; ``share`` is the part of the second."""
    low, high = int(start, 16), int(end, 16)
    return f"{round(low + (high - low) * step / _STEPS):02x}"
