"""What follows a trajectory through all phases: checklist, assessments, actions, accepted, log."""

from datetime import date
from typing import Annotated

from fii_cli.trajectory.base import Count, Id, Listed, Rating, Record, Text, When, field, short_form
from fii_cli.words import STOPLICHT, Answer, Perspective, Status, Subphase


class ChecklistItem(Record):
    """A checklist item of the team's own, beside those of the handbook."""

    id: Id = field("The subphase, a point and a word, such as 2c.eigen-huisvesting.", ..., reaches="client")
    subphase: Subphase = field("The subphase it belongs to.", ..., reaches="client")
    question: Text = field("One question that a light can answer.", ..., reaches="client")


class Assessment(Record):
    """Dated ratings on an instrument, by somebody, from a perspective; or the answers of many, counted."""

    instrument: Text = field("The id of the instrument, such as stoplicht.", ..., reaches="client")
    date: When = field("When it was rated.", ..., reaches="client")
    by: Text | None = field("Who rated.", reaches="steering")
    perspective: Perspective | None = field("From whose side it was rated.", reaches="client")
    about: Id | None = field(
        "The id of the organisation that is rated.",
        refers_to="organisation",
        belongs=True,
        reaches="client",
    )
    ratings: dict[str, Annotated[Rating, short_form("value")]] = field(
        "Item by item: a value, or a value with note and evidence.", default_factory=dict, reaches="client"
    )
    responses: Count | None = field("How many people answered, where answers were counted.", reaches="client")
    counts: dict[str, dict[str, Count]] = field(
        "Of many who answered: item by item, how many gave each value.",
        default_factory=dict,
        reaches="client",
    )

    @property
    def of_lights(self) -> bool:
        """Whether it holds lights: these are about no organisation, and agreed on instead of counted."""
        return self.instrument == STOPLICHT


class Result(Record):
    """What came of an action."""

    date: When = field("When it was looked at.", ..., reaches="client")
    helped: Answer | None = field("Did it help?", reaches="client")
    note: Text | None = field("What changed.", reaches="steering")


class Action(Record):
    """Something that is done about what hinders."""

    id: Id = field("A short word for this action.", ..., reaches="client")
    what: Text = field("What is done.", ..., reaches="client")
    strategy: Id | None = field("The implementation strategy it carries out.", reaches="client")
    answers: Listed[Text] = field("What it answers: instrument/item.", (), reaches="client")
    owner: Id | None = field("The id of the person who sees to it.", refers_to="person", reaches="client")
    due: When | None = field("When it should be done.", reaches="client")
    status: Status = field("How it stands.", "open", reaches="client")
    result: Result | None = field("What came of it.", reaches="client")

    @property
    def runs(self) -> bool:
        return self.status in ("open", "bezig")

    def is_overdue(self, today: date) -> bool:
        """Whether it runs while it should have been done before today."""
        return self.runs and self.due is not None and self.due.before(today)


class Accepted(Record):
    """A finding that the team has looked at and lives with."""

    rule: Text = field("The code of the rule, such as FII211.", ..., reaches="steering")
    reason: Text = field("Why the team lives with it.", ..., reaches="steering")
    about: Text | None = field("Only for this person, organisation or item.", reaches="steering")
    by: Text | None = field("Who accepted it.", reaches="steering")
    until: When | None = field("Until when; after that the finding returns.", reaches="steering")


class LogEntry(Record):
    """Something worth remembering."""

    date: When = field("When.", ..., reaches="steering")
    text: Text = field("What happened.", ..., reaches="steering")
    by: Text | None = field("Who did it, or wrote it down.", reaches="steering")
