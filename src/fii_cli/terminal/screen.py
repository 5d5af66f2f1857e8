"""Output for a screen or a log: visible text, and control marks that only fii can make.

A mark stands for what steers: an escape of a colour, a line break, a command to a log. It is made of
characters without a meaning, drawn anew for each run, so that no file and no command line can contain it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

from fii_cli.visible import LOG_COMMAND, visible, visible_words

_LENGTH = 4


def _marks(number: int) -> Iterator[str]:
    drawn = os.urandom(2 * _LENGTH * number)
    letters = [
        chr(0xF0000 + int.from_bytes(drawn[at : at + 2], "big") % 0xFFFE) for at in range(0, len(drawn), 2)
    ]
    return ("".join(letters[at : at + _LENGTH]) for at in range(0, len(letters), _LENGTH))


_ESCAPE, BREAK, COMMAND = _marks(3)
"""``BREAK`` ends a line within a text of several lines; ``COMMAND`` is the ``::`` of an annotation."""
_PAINT = re.compile(rf"{_ESCAPE}\[[\d;]*m")
_LINE_COMMAND = re.compile(rf"^((?:\s|{_PAINT.pattern})*)(?=::)")


def painted(text: str) -> str:
    """Text in which every escape sequence is fii's own."""
    return text.replace("\x1b", _ESCAPE)


def lines_of(texts: Iterable[str]) -> list[str]:
    """The lines of each text, split only at fii's own line breaks."""
    return [visible(line) for text in texts for line in text.split(BREAK)]


def shown(lines: Iterable[str], *, in_log: bool) -> str:
    """Lines as written; in a CI log no user text can become a command."""
    text = "\n".join(map(_commanding_nothing, lines) if in_log else lines)
    return text.replace(_ESCAPE, "\x1b").replace(COMMAND, "::")


def _commanding_nothing(line: str) -> str:
    return LOG_COMMAND.sub(r"##\1\\[", _LINE_COMMAND.sub(r"\1\\", line))


def width(text: str) -> int:
    """The visible length of a text."""
    return len(_PAINT.sub("", text))


def wrapped(text: str, room: int, first: str = "", rest: str = "") -> list[str]:
    """Text wrapped at a width, between words only."""
    lines: list[str] = []
    line, filled = first, False
    for chunk in re.findall(r" +|[^ ]+", visible_words(text)):
        blank = chunk[0] == " "
        if filled and width(line) + width(chunk) > room:
            lines.append(line.rstrip(" "))
            line, filled = rest, False
        if not blank or filled or not lines:
            line, filled = line + chunk, filled or not blank
    return [*lines, line.rstrip(" ")] if filled else lines
