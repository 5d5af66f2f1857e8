"""Short words for a page with little room: how late something is, a text that is cut, a list of a few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fii_cli.language import Message, count
from fii_cli.report.wording import Wording
from fii_cli.trajectory.dates import Date

_DAYS, _WEEKS = 14, 61
"""Below these numbers of days, lateness is in days, and in weeks; above, in months."""


def due_in_words(due: Date | None, today: date, wording: Wording) -> tuple[str, str, bool]:
    """A due date for readers, a note on how late it is or that it is today, and whether it is late."""
    if due is None:
        return "", "", False
    if due.before(today):
        return wording.day(due), wording.say(how_late(due.days_before(today))), True
    return wording.day(due), wording.say("today") if due.first == due.last == today else "", False


def how_late(days: int) -> Message:
    """How late something is: in days, in weeks or in months."""
    if days < _DAYS:
        return count(days, "{n} day late", "{n} days late")
    if days < _WEEKS:
        return count(days // 7, "{n} week late", "{n} weeks late")
    return count(int(days / 30.44), "{n} month late", "{n} months late")


def in_short(text: str, most: int) -> str:
    """A text on one line, cut after a word if it is longer than ``most`` characters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:.") + "…"


def capital(text: str) -> str:
    """A text with a capital at its start."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """A text without the capital at its start, unless its first word is an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def named(text: str, most: int) -> str:
    """A name in a sentence, cut if it is long; quoted if it is a sentence itself, such as a question."""
    short = in_short(lower(text), most)
    return f"“{in_short(text, most)}”" if text.rstrip().endswith(("?", "!", ".")) else short


def ended(text: str) -> str:
    """A text as a sentence: with a full stop, unless it ends in another way."""
    return text if text.endswith(("…", "?", "!")) else f"{text.rstrip('.')}."


def enumerated(words: Sequence[str], more: int, wording: Wording) -> str:
    """``a``, ``a and b`` or ``a, b and c``; with ``more``, ``a, b and 3 more``."""
    parts = list(words)
    if more > 0:
        parts.append(wording.say(count(more, "{n} more", "{n} more")))
    if len(parts) < 2:
        return "".join(parts)
    return wording.say("{those} and {last}", those=", ".join(parts[:-1]), last=parts[-1])
