"""Who is there on a day, and who follows an organisation or a person that is no longer there.

Somebody is there up to and including the last day of ``until``: a rough date ends when all of it is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from fii_cli.language import Message, msg
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import remade
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.head import Organisation, Person, Visit
from fii_cli.trajectory.implementeren import Member, Team
from fii_cli.trajectory.versterken import KeyPerson
from fii_cli.words import Phase

_LONGEST_ROW = 12
"""How many successors are followed, so that no file makes this slow; people follow each other less often."""
R = TypeVar("R", Organisation, Person)


def has_ended(record: Organisation | Person, day: date) -> bool:
    """Whether an organisation or a person was certainly no longer there on a day."""
    return record.until is not None and record.until.before(day)


def asks_nothing(trajectory: Trajectory, organisation: str | None, day: date) -> bool:
    """Whether nothing is asked of an organisation while others go on: its path is at rest, or it ended."""
    if trajectory.at_rest:
        return False
    return trajectory.rests(organisation) or gone(trajectory, organisation, day)


def others_open(trajectory: Trajectory, day: date) -> int:
    """The number of open visits besides the one that counts for the whole, without those that ended."""
    return sum(not gone(trajectory, visit.organisation, day) for _, visit in trajectory.open_visits[1:])


def gone(trajectory: Trajectory, organisation: str | None, day: date) -> bool:
    """Whether an organisation of the file was certainly no longer there on a day."""
    record = trajectory.organisation(organisation)
    return record is not None and has_ended(record, day)


def people_there(trajectory: Trajectory, day: date) -> tuple[Person, ...]:
    """The people who can be chosen on a day: everybody who did not leave."""
    return tuple(each for each in trajectory.people if person_now(trajectory, each.id, day) == each.id)


def organisation_now(trajectory: Trajectory, id_: str | None, day: date) -> str | None:
    """The organisation, or the one that it became if it ended before a day; ``None`` if none did.

    An organisation that the file does not describe is there.
    """
    if not trajectory.anybody_leaves:
        return id_ or None

    def ended(organisation: Organisation) -> bool:
        return has_ended(organisation, day)

    return _now(id_, trajectory.organisations_by_id, lambda each: each.became, ended)


def person_now(trajectory: Trajectory, id_: str | None, day: date) -> str | None:
    """The person, or whoever followed if this person left before a day; ``None`` if nobody did.

    Somebody of an organisation that ended without a successor is no longer there either.
    """
    if not trajectory.anybody_leaves:
        return id_ or None

    def left(person: Person) -> bool:
        orphaned = person.organisation and organisation_now(trajectory, person.organisation, day) is None
        return has_ended(person, day) or bool(orphaned)

    return _now(id_, trajectory.people_by_id, lambda each: each.followed_by, left)


def last_in_row(trajectory: Trajectory, person: Person, day: date) -> Person:
    """The last of those who followed a person that is gone, if they are gone too; else the person."""
    last = person
    for _ in range(_LONGEST_ROW):
        following = trajectory.person(last.followed_by)
        if following is None or not has_ended(last, day):
            return last
        last = following
    return person


def _now(
    id_: str | None,
    records: Mapping[str | None, R],
    follower: Callable[[R], str | None],
    gone: Callable[[R], bool],
) -> str | None:
    """The end of a row of successors; ``None`` if it breaks off, comes round, or is too long to be true."""
    for _ in range(_LONGEST_ROW):
        record = records.get(id_)
        if not id_ or record is None or not gone(record):
            return id_ or None
        id_ = follower(record)
    return None


def who(trajectory: Trajectory, id_: str | None, day: date) -> str | Message:
    """The organisation or person for an id, by name or role; if gone, who followed, and who it was."""
    name = trajectory.named(id_)
    if trajectory.organisation(id_):
        now, ended = organisation_now(trajectory, id_, day), msg("{name} (no longer takes part)", name=name)
    else:
        now, ended = person_now(trajectory, id_, day), msg("{name} (left)", name=name)
    if now == id_ or not id_:
        return name
    return msg("{name} (succeeds {gone})", name=trajectory.named(now), gone=name) if now else ended


def ends(trajectory: Trajectory) -> Iterator[tuple[Date, Organisation | Person]]:
    """Until when each organisation and person is there that does not stay."""
    records: tuple[Organisation | Person, ...] = (*trajectory.organisations, *trajectory.people)
    yield from ((each.until, each) for each in records if each.until)


def end_told(trajectory: Trajectory, record: Organisation | Person) -> Message:
    """That an organisation or a person is no longer there, and who follows."""
    name = trajectory.named(record.id)
    if isinstance(record, Organisation):
        if record.became:
            return msg("{name} continued as {became}", name=name, became=trajectory.named(record.became))
        return msg("{name} no longer takes part", name=name)
    if record.followed_by:
        return msg("{role} left; {next} took over", role=name, next=trajectory.named(record.followed_by))
    return msg("{name} left", name=name)


def receivers_now(trajectory: Trajectory, day: date) -> tuple[str, ...]:
    """The receiving organisations that are there on a day: those at the start, or what became of them."""
    now = (organisation_now(trajectory, each, day) for each in trajectory.entry.receiving_organisation)
    return tuple(dict.fromkeys(filter(None, now)))


def visit_of(trajectory: Trajectory, organisation: str, phase: Phase) -> Visit | None:
    """An organisation's last visit to a phase; without any visits of its own, that of the whole."""
    path = organisation if organisation in trajectory.paths else None
    return trajectory.last_visits_by_organisation.get((phase, path))


def side_of(trajectory: Trajectory, person: Person, day: date) -> str | None:
    """The organisation that a person is from on a day."""
    return organisation_now(trajectory, person.organisation, day)


def members_now(trajectory: Trajectory, team: Team, day: date) -> tuple[str, ...]:
    """The people in a team on a day: its members, and those who followed a member."""
    now = (person_now(trajectory, member.person, day) for member in team.members)
    return tuple(dict.fromkeys(filter(None, now)))


def team_now(trajectory: Trajectory, team: Team, day: date) -> Team:
    """A team with only those who are in it on a day; of a successor, the file may say nothing yet."""
    own = {each.person: each for each in team.members}
    there = members_now(trajectory, team, day)
    if list(own) == list(there):
        return team
    members = tuple(own.get(each) or Member(person=each) for each in there)
    shown: Team = remade(team, members=members)
    return shown


def still_members(trajectory: Trajectory, team: Team, day: date) -> tuple[Member, ...]:
    """The members who are in a team themselves on a day."""
    return tuple(each for each in team.members if person_now(trajectory, each.person, day) == each.person)


@dataclass(frozen=True, slots=True)
class KeyPersonNow:
    """A key person who is there, or who followed the one that the file calls one.

    ``index`` is the position in ``versterken.key_people``. ``since`` is when this person took over; ``None``
    if nobody was followed.
    """

    index: int
    entry: KeyPerson
    person: str
    since: Date | None

    @property
    def followed(self) -> bool:
        """Whether the file has only whom this person followed as a key person."""
        return self.person != self.entry.person

    @property
    def shown(self) -> KeyPerson:
        """What the file says of this person: of one who followed, only why somebody is needed here."""
        return KeyPerson(person=self.person, why=self.entry.why) if self.followed else self.entry


def key_people_now(trajectory: Trajectory, day: date) -> Iterator[KeyPersonNow]:
    """The key people on a day. Whoever left is replaced, unless the successor is a key person already."""
    key_people = trajectory.versterken.key_people if trajectory.versterken else ()
    own = {each.person for each in key_people}
    taken_over = _taken_over(trajectory, day) if key_people else {}
    for index, entry in enumerate(key_people):
        now = person_now(trajectory, entry.person, day)
        if now is None or (now != entry.person and now in own):
            continue
        own.add(now)
        yield KeyPersonNow(index, entry, now, taken_over.get(now))


def _taken_over(trajectory: Trajectory, day: date) -> dict[str | None, Date]:
    """By successor: when the last one left whom this person followed."""
    found: dict[str | None, Date] = {}
    for each in trajectory.people:
        now = person_now(trajectory, each.id, day) if each.until else each.id
        if each.until and now != each.id and (now not in found or each.until.last > found[now].last):
            found[now] = each.until
    return found
