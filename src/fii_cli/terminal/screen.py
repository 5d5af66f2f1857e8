"""Output for a screen or a log: text without hidden characters, and control marks that only fii can write.

A mark stands for a control sequence: a colour escape, a line break, or a log command. It consists of
meaningless characters, drawn at random for each run, so that no file or command line can contain it.
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
"""``BREAK`` separates the lines of a text; ``COMMAND`` is the ``::`` of an annotation."""
_PAINT = re.compile(rf"{_ESCAPE}\[[\d;]*m")
_LINE_COMMAND = re.compile(rf"^((?:\s|{_PAINT.pattern})*)(?=::)")


def painted(text: str) -> str:
    """Text with its escapes as marks: only for text that fii itself coloured."""
    return text.replace("\x1b", _ESCAPE)


def lines_of(texts: Iterable[str]) -> list[str]:
    """The lines of texts: one for each, or more if fii itself wrapped it."""
    return [visible(line) for text in texts for line in text.split(BREAK)]


def shown(lines: Iterable[str], *, in_log: bool) -> str:
    """Lines as they are written, with marks resolved; in a log, text from users cannot be a command."""
    text = "\n".join(map(_without_commands, lines) if in_log else lines)
    return text.replace(_ESCAPE, "\x1b").replace(COMMAND, "::")


def _without_commands(line: str) -> str:
    return LOG_COMMAND.sub(r"##\1\\[", _LINE_COMMAND.sub(r"\1\\", line))


def width(text: str) -> int:
    """The number of visible characters in a text."""
    return len(_PAINT.sub("", text) if _ESCAPE in text else text)


def wrapped(text: str, room: int, first: str = "", rest: str = "") -> list[str]:
    """Text wrapped between words into lines of at most ``room`` characters; only a longer word exceeds it."""
    lines: list[str] = []
    line, filled, taken = first, False, width(first)
    for chunk in re.findall(r" +|[^ ]+", visible_words(text)):
        blank, needed = chunk[0] == " ", width(chunk)
        if filled and taken + needed > room:
            lines.append(line.rstrip(" "))
            line, filled, taken = rest, False, width(rest)
        if not blank or filled or not lines:
            line, filled, taken = line + chunk, filled or not blank, taken + needed
    return [*lines, line.rstrip(" ")] if filled else lines
