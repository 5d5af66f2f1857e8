"""The action list of somebody else: its columns recognised by their headings, its rows as new actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fii_cli.diagnostics import Refused
from fii_cli.handbook import Handbook
from fii_cli.language import Language, msg
from fii_cli.survey.answers import letters
from fii_cli.trajectory import Trajectory
from fii_cli.workbook.model import Base
from fii_cli.workbook.returned import Back, Returned, Sheet
from fii_cli.workbook.tables import ACTIONS, columns_of

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "what": (
        *("actie", "action", "wat", "what", "taak", "task", "omschrijving", "description", "activiteit"),
        *("activity", "actiepunt", "action item", "titel", "title", "to do", "todo"),
    ),
    "owner": (
        *("eigenaar", "owner", "wie", "who", "verantwoordelijke", "verantwoordelijk", "responsible"),
        *("trekker", "actiehouder", "toegewezen aan", "assigned to", "assignee"),
    ),
    "since": ("afgesproken op", "agreed on", "startdatum", "start", "start date", "datum", "date", "sinds"),
    "due": (
        *("uiterlijk", "due", "due date", "deadline", "einddatum", "end date", "gereed op", "datum gereed"),
        *("wanneer", "when", "klaar op", "streefdatum", "target date"),
    ),
    "status": ("status", "stand", "voortgang", "state", "progress"),
    "answers": ("pakt aan", "addresses", "belemmering", "barrier"),
}
"""What people call the columns of an action list."""
_STATUS: Mapping[str, tuple[str, ...]] = {
    "open": ("te doen", "to do", "todo", "nieuw", "new", "niet gestart", "not started", "gepland", "planned"),
    "bezig": ("lopend", "loopt", "in behandeling", "in progress", "doing", "gestart", "started", "ongoing"),
    "klaar": ("gereed", "afgerond", "gedaan", "done", "completed", "complete", "closed", "gesloten"),
    "vervallen": ("geannuleerd", "cancelled", "canceled", "gestopt", "niet meer nodig"),
}
_SEARCHED = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """An action list: how each column is read, the headings that are skipped, and its rows as a sheet."""

    read: tuple[tuple[str, str, str], ...]
    skipped: tuple[str, ...]
    back: Returned


def has_actions(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table has a column with what is to be done, and something in it."""
    at, where = _headings(rows)
    return "what" in where and any(any(map(str.strip, row)) for row in rows[at + 1 :])


def actions_in(
    rows: Sequence[Sequence[str]], name: str, ours: Trajectory, handbook: Handbook, say: Language
) -> Listed:
    """The actions in a table; ``name`` is that of its sheet if its file has several.

    Raises :class:`Refused` if no column has what is to be done.
    """
    at, where = _headings(rows)
    if "what" not in where:
        heads = ", ".join(filter(None, (" ".join(cell.split()) for cell in rows[at]))) if rows else ""
        raise Refused(
            msg("no column with actions found; headings: {heads}", heads=heads or "–"),
            msg("call the column with what has to be done: {words}", words="actie, action"),
        )
    names = {column.key: column.head for column in columns_of(ACTIONS, ours, handbook, say, "team")}
    read = tuple(
        (letters(x + 1), rows[at][x].strip(), names[key]) for key, x in sorted(where.items(), key=_index)
    )
    skipped = tuple(
        head.strip() for x, head in enumerate(rows[at]) if head.strip() and x not in where.values()
    )
    people = {str(each.name).casefold(): each.id for each in ours.people if each.name}
    found = []
    for number, row in enumerate(rows[at + 1 :], at + 2):
        cells = {key: row[x].strip() if x < len(row) else "" for key, x in where.items()}
        cells = {key: _meant(key, text, people) for key, text in cells.items()}
        if any(cells.values()):
            found.append(Back(number, {"id": None, **{key: text or None for key, text in cells.items()}}))
    if not found:
        raise Refused(msg("no rows below the headings"), msg("put each action in a row of its own"))
    shown = {(ACTIONS.id, "", key): names[key] for key in where}
    base = Base(ours.heading, "team", "", say.code, "", shown)
    sheet = Sheet(name, {key: letters(x + 1) for key, x in where.items()}, {}, tuple(found))
    return Listed(read, skipped, Returned(base, {ACTIONS.id: sheet}))


def _index(pair: tuple[str, int]) -> int:
    return pair[1]


def _headings(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The index of the row with most of the headings, and the index of the column of each key."""
    best: tuple[int, dict[str, int]] = (0, {})
    for at, row in enumerate(rows[:_SEARCHED]):
        where: dict[str, int] = {}
        plain = [" ".join(cell.casefold().strip(" :?*").split()) for cell in row]
        for key, words in _HEADINGS.items():
            found = next((plain.index(word) for word in words if word in plain), None)
            if found is not None and found not in where.values():
                where[key] = found
        if len(where) > len(best[1]):
            best = at, where
    return best


def _meant(key: str, text: str, people: Mapping[str, str]) -> str:
    """A status in the word of the format, and a person by id; other text as it is."""
    plain = " ".join(text.casefold().split())
    if key == "status":
        return next((status for status, words in _STATUS.items() if plain in words), text)
    return people.get(plain, text) if key == "owner" else text
