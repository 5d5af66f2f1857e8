"""Radio silence: the key people without contact for too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.versterken import KeyPerson

SILENT_WEEKS = 6
"""Ours: the guide mentions radio silence as a sign and gives no number."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A key person without contact. ``index`` is the position in ``versterken.key_people``."""

    index: int
    person: str
    weeks: int


def silences(trajectory: Trajectory, today: date, weeks: int = SILENT_WEEKS) -> tuple[Silence, ...]:
    """The key people without contact for more than ``weeks``; none while the trajectory is at rest."""
    if trajectory.at_rest or trajectory.versterken is None:
        return ()
    found = []
    for index, key_person in enumerate(trajectory.versterken.key_people):
        last = _last_contact(key_person, today)
        quiet = last.days_before(today) if last else 0
        if quiet > 7 * weeks:
            found.append(Silence(index, key_person.person, quiet // 7))
    return tuple(found)


def _last_contact(key_person: KeyPerson, today: date) -> Date | None:
    """The date of the latest contact, or else of the first absence; ``None`` without contacts."""
    contacts = [contact for contact in key_person.contacts if not contact.date.after(today)]
    heard = [contact.date for contact in contacts if contact.present != "nee"]
    dates = heard or [contact.date for contact in contacts[:1]]
    return max(dates, key=lambda day: day.last, default=None)
