"""Phase 6, borgen: quality assurance and continuous improvement."""

from fii_cli.trajectory.base import Count, Id, Listed, Number, Record, Text, When, WhenOrPeriod, field


class Quality(Record):
    """6a: quality assurance."""

    lead: Id | None = field(
        "The id of the person who leads quality assurance.", refers_to="person", reaches="client"
    )
    instrument: Text | None = field("The simple instrument used to monitor the work.", reaches="client")
    feedback_used: Text | None = field("How feedback leads to changes.", reaches="client")
    outcome_data: Text | None = field("Which data on client outcomes is used.", reaches="client")
    peer_consultation: Text | None = field("How professionals consult each other.", reaches="client")


class Adjustment(Record):
    """An adjustment, and who makes it."""

    what: Text = field("What needs to be adjusted.", ..., reaches="client")
    owner: Id | None = field("The id of the person who does it.", refers_to="person", reaches="client")
    due: When | None = field("When it should be done.", reaches="client")


class Evaluation(Record):
    """One evaluation of the experiences."""

    KEY = ("date",)

    date: When = field("The date.", ..., reaches="client", known_from=True)
    participants: Text | None = field("Who took part.", reaches="steering")
    outcome: Text | None = field("The result.", reaches="client")
    adjust: Adjustment | None = field("What is adjusted as a result.", reaches="client")


class Improvement(Record):
    """6b: continuous improvement."""

    evaluations: Listed[Evaluation] = field("The evaluations, oldest first.", (), reaches="client")
    note: Text | None = field("Other lessons learned.", reaches="steering")


class Measurement(Record):
    """One measurement of an indicator."""

    KEY = ("date", "organisation")
    WHOLE = True

    date: WhenOrPeriod = field(
        "The date, or the period over which it was measured, such as 2014-03/2014-09.",
        ...,
        reaches="public",
        known_from=True,
    )
    organisation: Id | None = field(
        "The id of the organisation that it was measured at, if not at all of them together.",
        refers_to="organisation",
        belongs=True,
        reaches="public",
    )
    value: Number = field("The measured value.", ..., reaches="public")
    n: Count | None = field("The number of people or cases it is based on.", reaches="public")
    note: Text | None = field("How it was measured.", reaches="steering")


class Indicator(Record):
    """Something that is measured repeatedly."""

    KEY = ("id",)

    id: Id = field("A short id for this indicator.", ..., reaches="public")
    what: Text = field("What is measured.", ..., reaches="public")
    measurements: Listed[Measurement] = field("The measurements, oldest first.", (), reaches="public")


class Borgen(Record):
    """Phase 6: staff work the new way as a routine, and well enough."""

    quality: Quality | None = field("6a: quality assurance.", reaches="client")
    improvement: Improvement | None = field("6b: continuous improvement.", reaches="client")
    indicators: Listed[Indicator] = field("What is measured.", (), reaches="public")
