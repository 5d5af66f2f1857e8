"""The parts that span all phases: checklist, assessments, actions, requested decisions, and the log."""

from datetime import date
from typing import Annotated

from fii_cli.trajectory.base import (
    Amount,
    Count,
    Id,
    Listed,
    Number,
    PhaseName,
    Rating,
    Record,
    Text,
    When,
    WhenOrPeriod,
    field,
    short_form,
)
from fii_cli.words import STOPLICHT, Answer, Counted, Per, Perspective, Status, Subphase


class ChecklistItem(Record):
    """The team's own checklist item, in addition to those of the handbook."""

    KEY = ("id",)

    id: Id = field("The subphase, a dot and a word, such as 2c.eigen-huisvesting.", ..., reaches="client")
    subphase: Subphase = field("The subphase it belongs to.", ..., reaches="client")
    question: Text = field("A question that a light can answer.", ..., reaches="client")


class Published(Record):
    """The published result of one item: shares, a mean, or both, as they were published."""

    WHOLE = True

    n: Count | None = field("The number of answers to this item, if it is not responses.", reaches="client")
    mean: Number | None = field("The mean.", reaches="client")
    sd: Amount | None = field("The standard deviation.", reaches="client")
    shares: dict[str, Amount] = field(
        "The percentage of each class: hinders, neutral and helps, or the values of the scale.",
        default_factory=dict,
        reaches="client",
    )


class Assessment(Record):
    """Dated ratings on an instrument, from one perspective; or counted answers; or published results."""

    KEY = ("instrument", "date", "by", "perspective", "about")
    TOGETHER = ("responses", "counted", "counts")

    instrument: Text = field("The id of the instrument, such as stoplicht.", ..., reaches="client")
    date: WhenOrPeriod = field(
        "The date of the rating, or the period in which ratings were gathered, such as 2014-03/2014-09.",
        ...,
        reaches="client",
        known_from=True,
    )
    by: Text | None = field("Who gave the ratings.", reaches="steering")
    perspective: Perspective | None = field("The perspective from which it was rated.", reaches="client")
    about: Id | None = field(
        "The id of the organisation that is rated.",
        refers_to="organisation",
        belongs=True,
        reaches="client",
    )
    ratings: dict[str, Annotated[Rating, short_form("value")]] = field(
        "For each item: a value, or a value with a note and evidence.", default_factory=dict, reaches="client"
    )
    responses: Count | None = field(
        "The number of respondents, if survey answers were counted.", reaches="client"
    )
    counted: Counted | None = field(
        "What is counted: people (if omitted), organisations or programmes.", reaches="client"
    )
    counts: dict[str, dict[str, Count]] = field(
        "Survey answers: for each item, how many respondents gave each value.",
        default_factory=dict,
        reaches="client",
    )

    published_in: Text | None = field(
        "Where the results below were published, such as the authors, the year and the table.",
        reaches="client",
    )
    published: dict[str, Published] = field(
        "For each item: shares, or a mean with its spread, as they were published.",
        default_factory=dict,
        reaches="client",
    )

    @property
    def of_lights(self) -> bool:
        """Whether these are lights, which are agreed on, not counted.

        They are about an organisation only in a file where organisations are in phases of their own.
        """
        return self.instrument == STOPLICHT

    @property
    def of_people(self) -> bool:
        """Whether the counted answers are those of people, who can be recognised in a small group."""
        return self.counted in (None, "people")


class Result(Record):
    """The result of an action."""

    WHOLE = True

    date: When = field("When it was reviewed.", ..., reaches="client", known_from=True)
    helped: Answer | None = field("Did it help?", reaches="client")
    note: Text | None = field("What changed.", reaches="steering")


class Action(Record):
    """Something that is done about barriers."""

    KEY = ("id",)

    id: Id = field("A short id for this action.", ..., reaches="client")
    what: Text = field("The action.", ..., reaches="client")
    strategy: Id | None = field("The implementation strategy it applies.", reaches="client")
    answers: Listed[Text] = field("The barriers it addresses, as instrument/item.", (), reaches="client")
    owner: Id | None = field("The id of the person responsible for it.", refers_to="person", reaches="client")
    since: When | None = field("When it was agreed on.", reaches="client", known_from=True)
    due: When | None = field("When it should be done.", reaches="client")
    status: Status = field("The status.", "open", reaches="client")
    result: Result | None = field("The result.", reaches="client")

    @property
    def runs(self) -> bool:
        return self.status in ("open", "bezig")

    def is_overdue(self, today: date) -> bool:
        """Whether it is still running and its due date has passed."""
        return self.runs and self.due is not None and self.due.before(today)


class Advice(Record):
    """The advice on a requested decision."""

    WHOLE = True

    text: Text = field("What is advised, such as yes.", ..., reaches="client")
    by: Text | None = field("Who advises it.", reaches="steering")
    date: When | None = field("When it was advised.", reaches="client", known_from=True)


class Decided(Record):
    """The answer to a requested decision."""

    WHOLE = True

    date: When = field("When it was decided.", ..., reaches="client", known_from=True)
    answer: Text = field("What was decided.", ..., reaches="client")


class RequestedDecision(Record):
    """A decision that the trajectory needs from someone."""

    KEY = ("id",)

    id: Id = field("A short id for this question.", ..., reaches="client")
    question: Text = field("What has to be decided, as a question.", ..., reaches="client")
    asked_of: Id | None = field("The id of the person who decides.", refers_to="person", reaches="client")
    since: When | None = field("When it was first asked.", reaches="client", known_from=True)
    due: When | None = field("When it has to be decided.", reaches="client")
    why_then: Text | None = field("Why it has to be decided by then.", reaches="client")
    advice: Advice | None = field("The advice on it.", reaches="client")
    otherwise: Text | None = field("What happens if it is not decided.", reaches="client")
    decided: Decided | None = field("What was decided, afterwards.", reaches="client")

    def is_overdue(self, today: date) -> bool:
        """Whether it has no answer yet and its due date has passed."""
        return self.decided is None and self.due is not None and self.due.before(today)


class Cost(Record):
    """What something costs in a phase, in hours or money."""

    KEY = ("phase", "what", "organisation", "date")
    TOGETHER = ("hours", "amount", "per")

    phase: PhaseName = field("The phase in which it is needed.", ..., reaches="client")
    what: Text = field("What it is for.", ..., reaches="client")
    organisation: Id | None = field(
        "The id of the organisation for which it is needed, if not for all of them.",
        refers_to="organisation",
        belongs=True,
        reaches="client",
    )
    date: When | None = field("When it was agreed on or paid.", reaches="client", known_from=True)
    hours: Amount | None = field("The number of hours.", reaches="client")
    amount: Amount | None = field("The amount in euros.", reaches="client")
    per: Per = field(
        "Whether it is needed once (eenmalig) or each year (jaar).", "eenmalig", reaches="client"
    )
    paid_by: Id | None = field(
        "The id of the organisation that pays for it.", refers_to="organisation", reaches="client"
    )
    note: Text | None = field("How it was estimated, or what else matters.", reaches="steering")


class Accepted(Record):
    """A finding that the team has reviewed and accepts."""

    KEY = ("rule", "about")

    rule: Text = field("The code of the rule, such as FII211.", ..., reaches="steering")
    reason: Text = field("Why the team accepts it.", ..., reaches="steering")
    about: Text | None = field("Limits it to this person, organisation or item.", reaches="steering")
    by: Text | None = field("Who accepted it.", reaches="steering")
    since: When | None = field("When it was accepted.", reaches="steering", known_from=True)
    until: When | None = field("How long it applies; after that the finding returns.", reaches="steering")


class LogEntry(Record):
    """Something worth remembering."""

    KEY = ("date", "text")

    date: When = field("The date.", ..., reaches="steering", known_from=True)
    text: Text = field("What happened.", ..., reaches="steering")
    by: Text | None = field("Who did it, or recorded it.", reaches="steering")
