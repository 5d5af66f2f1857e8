"""How much fits on the page for the board, so that it stays one page of A4.

Heights are counted in lines of small text, and estimated for the widest font that readers are likely to have.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fii_cli.report.board_shapes import Agreed, Asked, BoardPath, Risk
from fii_cli.report.shapes import LightMoved

_PAGE = 35.0
"""The lines for the opening, the two columns and the risk, if the other parts are short."""
_BETWEEN = 0.6
"""The air around a row of a column."""
_MORE = 1.3
"""The line that tells how many more there are."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The parts above the columns."""

    title: str
    status: Sequence[str]
    about: str
    asked: Asked | None
    path: BoardPath


def room_for_columns(opening: Opening, risk: Risk | None) -> float:
    """How many lines the columns may have, less than which they never get."""
    told = _lines(" ".join(opening.status), 32) * 1.3
    about = 0.6 + _lines(opening.about, 42) if opening.about else 0
    used = max(told + about, _panel(opening.asked))
    used += 1.9 * (_lines(opening.title, 44) - 1)
    used += _lines(risk.what, 56) - 1 + 1.1 * _lines(risk.why, 88) if risk else 1.1
    return max(_PAGE - used - _beyond(opening.path), 0)


def _panel(asked: Asked | None) -> float:
    if asked is None:
        return 6.5
    told = sum(_lines(line.text, 27) for line in asked.lines)
    others = 0.6 + _lines(asked.others, 40) if asked.others else 0
    return 3.3 + 1.25 * _lines(asked.question, 30) + told + others


def _beyond(path: BoardPath) -> float:
    """The lines by which the table is longer than two for each phase."""
    extra = 0.0
    for phase in path.phases:
        signs = sum(n for _, n in phase.lights) / 26
        moved = _lines("  ".join(each.words for each in phase.moves), 16)
        extra += max(int(signs) * 0.8, moved - 2, 0)
    return extra + max(_lines(path.steps, 95) - 1, 0)


def light_lines(light: LightMoved) -> float:
    """The lines of a light that moved."""
    return _lines(f"{light.name}: {light.remark}", 25) + _BETWEEN


def fact_lines(text: str) -> float:
    """The lines of a fact."""
    return _lines(text, 40) + _BETWEEN


def agreed_lines(agreed: Agreed) -> float:
    """The lines of an agreement."""
    due = 2 if agreed.note else 1
    return max(_lines(agreed.what, 18), _lines(agreed.who, 13), due) + _BETWEEN


def fitting(heights: Iterable[float], room: float, least: int = 1) -> int:
    """How many of the rows fit: all of them, or those that leave a line to say that there are more."""
    rows = list(heights)
    if sum(rows) <= room:
        return len(rows)
    used, count = 0.0, 0
    for height in rows:
        used += height
        if used > room - _MORE:
            break
        count += 1
    return min(max(count, least), len(rows))


def _lines(text: str, wide: int) -> int:
    """The lines that a text takes; a word that is longer than a line is broken."""
    lines = used = 0
    for word in text.split():
        if lines and used + 1 + len(word) <= wide:
            used += 1 + len(word)
        else:
            lines += -(-len(word) // wide)
            used = len(word) % wide or wide
    return lines
