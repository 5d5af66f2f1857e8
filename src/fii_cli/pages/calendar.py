"""A calendar (iCalendar, RFC 5545) of what has a date.

Each event has the same id in every calendar of the same trajectory, so that a second import moves it instead
of adding it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from fii_cli.language import Language

_OCTETS = 75
"""The longest line, without its break."""
_BEGIN = date(2000, 1, 1)
_MEANS = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,"})


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a whole day; ``key`` is what tells it from all others, and never shown."""

    key: tuple[str, ...]
    day: date
    summary: str
    notes: tuple[str, ...]


def calendar(events: Sequence[Event], stamped: date, name: str, made_by: str, say: Language) -> bytes:
    """The calendar with these events, as it is on a day; the same events give the same bytes."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//fii//{_text(made_by)}//{say.code.upper()}"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += _event(event, stamped)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(event: Event, stamped: date) -> Iterator[str]:
    digest = sha256("\0".join(event.key).encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{digest}@fii"
    yield f"DTSTAMP:{stamped:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{max(0, (stamped - _BEGIN).days)}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    if event.day < date.max:
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.summary)}"
    if event.notes:
        yield "DESCRIPTION:" + "\\n".join(map(_text, event.notes))
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """A text on one line, without control characters, in which what has a meaning is escaped."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split()).translate(_MEANS)


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, none of which breaks a character; all but the first indented."""
    piece, room = "", _OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            yield piece
            piece, room = " ", _OCTETS - 1
        piece += sign
        room -= size
    yield piece
