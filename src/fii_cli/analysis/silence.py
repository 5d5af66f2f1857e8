"""Radio silence: the key people without contact for too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from fii_cli.analysis.succession import KeyPersonNow, key_people_now, side_of
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.words import Rhythm

SILENT_WEEKS = 6
"""Ours: the guide mentions radio silence as a sign and gives no number."""
_DAYS: dict[Rhythm, int] = {"tweewekelijks": 14, "maandelijks": 31, "driemaandelijks": 92}
"""The longest time between two contacts in a rhythm."""
_GRACE = 7
"""Ours: an appointment may move by a week."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A key person without contact, or who followed one. ``index`` is the position in the list of the file.

    ``every`` is the rhythm that was missed, if one was agreed on.
    """

    index: int
    person: str
    weeks: int
    every: Rhythm | None = None


def silences(trajectory: Trajectory, today: date, weeks: int = SILENT_WEEKS) -> tuple[Silence, ...]:
    """The key people without contact for too long; none while the trajectory, or their organisation, rests.

    Nobody who left is silent: the silence of whoever followed counts from that day.

    That is longer than the rhythm agreed on with this person, give or take a week; otherwise ``weeks``. If
    they agreed on another rhythm, only they know when it has passed.
    """
    if trajectory.at_rest:
        return ()
    found = []
    for now in key_people_now(trajectory, today):
        due = next_contact(now, weeks)
        if due and due.silent_after < today and not rests(trajectory, now, today):
            weeks_quiet = due.last.days_before(today) // 7
            found.append(Silence(now.index, now.person, weeks_quiet, now.entry.every))
    return tuple(found)


def rests(trajectory: Trajectory, now: KeyPersonNow, today: date) -> bool:
    """Whether the organisation of a key person is paused, stopped or completed."""
    person = trajectory.person(now.person)
    return trajectory.rests(side_of(trajectory, person, today) if person else None)


def longest_silence(trajectory: Trajectory, today: date) -> Silence | None:
    """The key person who was heard of longest ago, silent or not; ``None`` if no contact is known."""
    heard = []
    for now in key_people_now(trajectory, today):
        last = _last_contact(now)
        if last:
            weeks = last.days_before(today) // 7
            heard.append(Silence(now.index, now.person, weeks, now.entry.every))
    return max(heard, key=lambda silence: (silence.weeks, -silence.index), default=None)


class NextContact(NamedTuple):
    """When contact with a key person is due, after the ``last`` one; after a later day, it is silence."""

    last: Date
    due: date
    silent_after: date


def next_contact(now: KeyPersonNow, weeks: int = SILENT_WEEKS) -> NextContact | None:
    """The next contact with a key person; ``None`` if there was none yet, or if only the team knows.

    Who took over is expected to hear from the team as from that day.
    """
    last, rhythm = _last_contact(now), now.entry.every
    if last is None or rhythm == "anders":
        return None
    due = last.last + timedelta(days=_DAYS[rhythm] if rhythm else 7 * weeks)
    return NextContact(last, due, due + timedelta(days=_GRACE) if rhythm else due)


def _last_contact(now: KeyPersonNow) -> Date | None:
    """The date of the latest contact, or else of the first absence, or else when this person took over.

    Contacts with whoever had the role before are not those of the successor.
    """
    contacts = now.entry.contacts
    if now.followed:
        contacts = tuple(each for each in contacts if now.since and each.date.after(now.since.last))
    heard = [contact.date for contact in contacts if contact.present != "nee"]
    dates = heard or [contact.date for contact in contacts[:1]]
    return max(dates, key=lambda day: day.last, default=now.since)
