"""An agenda or minutes in the terminal and as JSON."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from fii_cli.report.meeting import MeetingPage, MeetingPart, Row
from fii_cli.terminal import Terminal
from fii_cli.terminal.screen import BREAK
from fii_cli.words import SIGNS

_ARROWS = {"forward": "↑", "back": "↓", "new": "+", "unrated": "–"}
_BESIDE = 80
"""From this width on, the light or the note stands beside the text."""
_RIGHT = 34


def show_meeting(terminal: Terminal, page: MeetingPage) -> None:
    """Write the page to the terminal."""
    terminal.out(terminal.bold(terminal.wrap(f"{page.name} – {page.title}")))
    terminal.out(terminal.dim(terminal.wrap(f"{page.dated} · {page.edition}")))
    if page.lead:
        terminal.out("", terminal.wrap(page.lead))
    for number, part in enumerate(page.parts, 1):
        hint = f" ({part.hint})" if part.hint else ""
        terminal.out("", terminal.bold(terminal.wrap(f"{number} {part.title}{hint}")))
        _show_part(terminal, part, page)
    if page.blank:
        terminal.out("", terminal.bold(f"{len(page.parts) + 1} {terminal.say('What we agree')}"))
        heads = (terminal.say("What will be done?"), terminal.say("Who"), terminal.say("By when"))
        widths = _widths(terminal.width - 2)
        told = "  ".join(f"{head:<{width}}" for head, width in zip(heads, widths, strict=True))
        terminal.out(f"  {told}".rstrip())
        for _ in range(page.blank):
            terminal.out("  " + "  ".join("_" * width for width in widths))


def _widths(width: int) -> tuple[int, int, int]:
    """The widths of the empty lines: what, who and by when."""
    small = max(width // 5, 9)
    return max(width - 2 * small - 4, 10), small, small


def _show_part(terminal: Terminal, part: MeetingPart, page: MeetingPage) -> None:
    if not part.rows:
        terminal.out(terminal.wrap(part.ask, "  "))
    for row in part.rows:
        _show_row(terminal, row, page)
    if part.more:
        terminal.out(terminal.dim(f"  {part.more}"))


def _show_row(terminal: Terminal, row: Row, page: MeetingPage) -> None:
    """A row, with its light or note to the right if there is room, and below it otherwise."""
    text = f"- {row.what} – {row.rest}" if row.rest else f"- {row.what}"
    beside = _beside(terminal, row, page)
    if terminal.width < _BESIDE or not beside:
        terminal.out(terminal.wrap(text, "  ", "  "))
        if beside:
            terminal.out(*(f"    {line}" for line in beside))
        return
    left = replace(terminal, width=terminal.width - _RIGHT - 2).wrap(text, "  ", "  ").split(BREAK)
    for line, right in zip_longest(left, beside, fillvalue=""):
        terminal.out(f"{line:<{terminal.width - _RIGHT}}{right}".rstrip())


def _beside(terminal: Terminal, row: Row, page: MeetingPage) -> list[str]:
    """The light, the boxes or the note of a row, in lines."""
    if row.pick:
        return ["  ".join(f"☐ {terminal.light(each.value)}" for each in page.picks)]
    if row.light:
        way = f"{_ARROWS[row.way]} " if row.way else ""
        before = f"{SIGNS[row.before.value]} → " if row.before else ""
        new = f" ({row.way_words})" if row.way == "new" else ""
        return [f"{way}{before}{terminal.light(row.light.value)}{new}"]
    if not row.note:
        return []
    room = replace(terminal, width=min(_RIGHT, terminal.width - 4))
    lines = room.wrap(row.note).split(BREAK)
    return [terminal.paint(line, "red", bold=True) for line in lines] if row.late else lines


def meeting_data(page: MeetingPage, *, with_ids: bool) -> dict[str, object]:
    """The page as data, whole; with the ids of what it is about for those who may see them."""
    return {
        "version": 1,
        "kind": page.kind,
        "as_of": page.as_of,
        "audience": page.audience,
        "since": page.since or None,
        "title": page.title,
        "lead": page.lead,
        "parts": [
            {
                "id": part.id,
                "title": part.title,
                "ask": part.ask or None,
                "rows": [_row(row, with_ids=with_ids) for row in part.rows],
            }
            for part in page.parts
        ],
    }


def _row(row: Row, *, with_ids: bool) -> dict[str, object]:
    return {
        "id": row.key or None if with_ids else None,
        "what": row.what,
        "more": row.rest or None,
        "note": row.note or None,
        "late": row.late,
        "before": row.before.value if row.before else None,
        "light": row.light.value if row.light else None,
        "way": row.way,
    }
