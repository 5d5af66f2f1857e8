"""Phase 2, verkennen: the shortlist, the agreement, and shared ownership."""

from fii_cli.trajectory.base import Id, Listed, Record, Text, When, field
from fii_cli.words import Agenda, Answer, Degree, Level, Rhythm


class Candidate(Record):
    """2a: an organisation that might receive the intervention."""

    organisation: Id = field("The id of the candidate.", ..., refers_to="organisation")
    culture: Text | None = field("Its real purpose, the room it gives, whether it learns.")
    steering: Text | None = field("What it steers on: targets, or the goal of the citizen.")
    caseload: Text | None = field("How many people a professional helps at a time.")
    mean_length: Text | None = field("How long its help lasts on average.")
    max_length: Text | None = field("How long its help may last at most.")
    financing: Text | None = field("Whether its funders understand the vision and are open to it.")
    note: Text | None = field("What else was seen.")


class Agreement(Record):
    """2b: what was agreed with a receiving organisation."""

    organisation: Id = field("The id of the receiving organisation.", ..., refers_to="organisation")
    date: When | None = field("When the agreement was made.")
    talked_with: Listed[Level] = field("The levels that were spoken with.", ())
    interest: Text | None = field("The main reason for its interest.")
    added_value: Text | None = field("The added value it sees.")
    compatibility: Text | None = field("How it fits the practice of today.")
    readiness: Text | None = field("The people and means it frees, a seat in the team.")
    motivated: Answer | None = field("Are the people motivated, and do they stay?")
    note: Text | None = field("What else was agreed.")


class Meeting(Record):
    """The periodic meeting of both organisations."""

    every: Rhythm | None = field("How often.")
    agenda: Agenda | None = field("What it is about: operations, substance, or both.")


class Task(Record):
    """A task on the roadmap."""

    id: Id = field("A short word for this task.", ...)
    what: Text = field("What is to be done.", ...)
    by: Id | None = field("The id of the organisation that does it.", refers_to="organisation")
    due: When | None = field("When it should be done.")
    done: When | None = field("When it was done.")


class Ownership(Record):
    """2c: what keeps the ownership shared."""

    kick_off: When | None = field("The day of the formal kick-off.")
    shared_goal: Text | None = field("The shared goal on the horizon.")
    meeting: Meeting | None = field("The periodic meeting.")
    informal: Text | None = field("How people find each other outside the meetings.")
    balance: Degree | None = field("How well the ownership is in balance between both.")
    roadmap: Listed[Task] = field("The way to the shared goal, in tasks.", ())


class Verkennen(Record):
    """Phase 2: giving and receiving organisation feel shared ownership."""

    shortlist: Listed[Candidate] = field("2a: two to four organisations that may fit.", ())
    agreements: Listed[Agreement] = field("2b: one for each receiving organisation.", ())
    ownership: Ownership | None = field("2c: the shared ownership.")
