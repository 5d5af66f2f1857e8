"""Phase 4, versterken: key people and continued support."""

from fii_cli.trajectory.base import Id, Listed, Record, Text, When, field
from fii_cli.words import Answer, Rhythm
from fii_cli.words import Support as Attitude


class Contact(Record):
    """One contact with a key person."""

    KEY = ("date",)

    date: When = field("The date.", ..., known_from=True)
    present: Answer | None = field("Was this person present?")
    note: Text | None = field("What was discussed.")


class KeyPerson(Record):
    """4a: someone who wants the implementation to succeed, or is needed for it."""

    KEY = ("person",)

    person: Id = field("The id of the person.", ..., refers_to="person")
    why: Text | None = field("Why this person is needed.")
    support: Attitude | None = field("This person's attitude to the trajectory.")
    every: Rhythm | None = field("How often contact was agreed on.")
    contacts: Listed[Contact] = field("The contacts, oldest first.", ())


class Session(Record):
    """A session to strengthen the support."""

    KEY = ("date",)

    date: When = field("The date.", ..., reaches="client", known_from=True)
    participants: Text | None = field("Who attended.", reaches="steering")
    outcome: Text | None = field("The result.", reaches="steering")


class Support(Record):
    """4b: the support for the trajectory."""

    expectations: Text | None = field(
        "What all parties expect, and how far these expectations match.", reaches="client"
    )
    everything_on_the_table: Answer | None = field(
        "Does everyone feel that everything is on the table?", reaches="steering"
    )
    sessions: Listed[Session] = field(
        "Sessions to strengthen the support, oldest first.", (), reaches="client"
    )
    note: Text | None = field("Other observations.", reaches="steering")


class Versterken(Record):
    """Phase 4: the most important key people have been found."""

    key_people: Listed[KeyPerson] = field("4a: the key people.", ())
    support: Support | None = field("4b: support.", reaches="client")
