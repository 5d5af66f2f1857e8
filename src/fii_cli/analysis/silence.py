"""Radio silence: the key people without contact for too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.versterken import KeyPerson
from fii_cli.words import Rhythm

SILENT_WEEKS = 6
"""Ours: the guide mentions radio silence as a sign and gives no number."""
_DAYS: dict[Rhythm, int] = {"tweewekelijks": 14, "maandelijks": 31, "driemaandelijks": 92}
"""The longest time between two contacts in a rhythm."""
_GRACE = 7
"""Ours: an appointment may move by a week."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A key person without contact. ``index`` is the position in ``versterken.key_people``.

    ``every`` is the rhythm that was missed, if one was agreed on.
    """

    index: int
    person: str
    weeks: int
    every: Rhythm | None = None


def silences(trajectory: Trajectory, today: date, weeks: int = SILENT_WEEKS) -> tuple[Silence, ...]:
    """The key people without contact for too long; none while the trajectory, or their organisation, rests.

    That is longer than the rhythm agreed on with this person, give or take a week; otherwise ``weeks``. If
    they agreed on another rhythm, only they know when it has passed.
    """
    if trajectory.at_rest or trajectory.versterken is None:
        return ()
    found = []
    for index, key_person in enumerate(trajectory.versterken.key_people):
        due = next_contact(key_person, weeks)
        if due and due.silent_after < today and not rests(trajectory, key_person):
            weeks_quiet = due.last.days_before(today) // 7
            found.append(Silence(index, key_person.person, weeks_quiet, key_person.every))
    return tuple(found)


def rests(trajectory: Trajectory, key_person: KeyPerson) -> bool:
    """Whether the organisation of a key person is paused, stopped or completed."""
    person = trajectory.person(key_person.person)
    return trajectory.rests(person.organisation if person else None)


def longest_silence(trajectory: Trajectory, today: date) -> Silence | None:
    """The key person who was heard of longest ago, silent or not; ``None`` if no contact is known."""
    heard = []
    key_people = trajectory.versterken.key_people if trajectory.versterken else ()
    for index, key_person in enumerate(key_people):
        last = _last_contact(key_person)
        if last:
            heard.append(Silence(index, key_person.person, last.days_before(today) // 7, key_person.every))
    return max(heard, key=lambda silence: (silence.weeks, -silence.index), default=None)


class NextContact(NamedTuple):
    """When contact with a key person is due, after the ``last`` one; after a later day, it is silence."""

    last: Date
    due: date
    silent_after: date


def next_contact(key_person: KeyPerson, weeks: int = SILENT_WEEKS) -> NextContact | None:
    """The next contact with a key person; ``None`` if there was none yet, or if only the team knows."""
    last, rhythm = _last_contact(key_person), key_person.every
    if last is None or rhythm == "anders":
        return None
    due = last.last + timedelta(days=_DAYS[rhythm] if rhythm else 7 * weeks)
    return NextContact(last, due, due + timedelta(days=_GRACE) if rhythm else due)


def _last_contact(key_person: KeyPerson) -> Date | None:
    """The date of the latest contact, or else of the first absence; ``None`` without contacts."""
    heard = [contact.date for contact in key_person.contacts if contact.present != "nee"]
    dates = heard or [contact.date for contact in key_person.contacts[:1]]
    return max(dates, key=lambda day: day.last, default=None)
