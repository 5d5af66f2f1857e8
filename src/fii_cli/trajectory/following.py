"""What follows a trajectory through all phases: checklist, assessments, actions, accepted, log."""

from typing import Annotated

from pydantic import Field

from fii_cli.trajectory.base import Count, Id, Listed, Rating, Record, Text, When, field, short_form
from fii_cli.words import Answer, Perspective, Status, Subphase


class ChecklistItem(Record):
    """A checklist item of the team's own, beside those of the handbook."""

    id: Id = field("The subphase, a point and a word, such as 2c.eigen-huisvesting.", ...)
    subphase: Subphase = field("The subphase it belongs to.", ...)
    question: Text = field("One question that a light can answer.", ...)


class Assessment(Record):
    """Dated ratings on an instrument, by somebody, from a perspective; or the answers of many, counted."""

    instrument: Text = field("The id of the instrument, such as stoplicht.", ...)
    date: When = field("When it was rated.", ...)
    by: Text | None = field("Who rated.")
    perspective: Perspective | None = field("From whose side it was rated.")
    about: Id | None = field("The id of the organisation that is rated.", refers_to="organisation")
    ratings: dict[str, Annotated[Rating, short_form("value")]] = Field(
        default_factory=dict, description="Item by item: a value, or a value with note and evidence."
    )
    responses: Count | None = field("How many people answered, where answers were counted.")
    counts: dict[str, dict[str, Count]] = Field(
        default_factory=dict, description="Of many who answered: item by item, how many gave each value."
    )


class Result(Record):
    """What came of an action."""

    date: When = field("When it was looked at.", ...)
    helped: Answer | None = field("Did it help?")
    note: Text | None = field("What changed.")


class Action(Record):
    """Something that is done about what hinders."""

    id: Id = field("A short word for this action.", ...)
    what: Text = field("What is done.", ...)
    strategy: Id | None = field("The implementation strategy it carries out.")
    answers: Listed[Text] = field("What it answers: instrument/item.", ())
    owner: Id | None = field("The id of the person who sees to it.", refers_to="person")
    due: When | None = field("When it should be done.")
    status: Status = field("How it stands.", "open")
    result: Result | None = field("What came of it.")


class Accepted(Record):
    """A finding that the team has looked at and lives with."""

    rule: Text = field("The code of the rule, such as FII211.", ...)
    reason: Text = field("Why the team lives with it.", ...)
    about: Text | None = field("Only for this person, organisation or item.")
    by: Text | None = field("Who accepted it.")
    until: When | None = field("Until when; after that the finding returns.")


class LogEntry(Record):
    """Something worth remembering."""

    date: When = field("When.", ...)
    text: Text = field("What happened.", ...)
    by: Text | None = field("Who did it, or wrote it down.")
