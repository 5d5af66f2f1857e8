"""Phase 6, borgen: guarding the quality, and improving without end."""

from fii_cli.trajectory.base import Count, Id, Listed, Number, Record, Text, When, field


class Quality(Record):
    """6a: how the quality is guarded."""

    lead: Id | None = field(
        "The id of the person who guards the quality.", refers_to="person", reaches="client"
    )
    instrument: Text | None = field(
        "The simple instrument with which the work is followed.", reaches="client"
    )
    feedback_used: Text | None = field("How feedback leads to changes.", reaches="client")
    outcome_data: Text | None = field("What data on outcomes for clients is used.", reaches="client")
    peer_consultation: Text | None = field("How professionals consult each other.", reaches="client")


class Adjustment(Record):
    """What is to be adjusted, and by whom."""

    what: Text = field("What is to be adjusted.", ..., reaches="client")
    owner: Id | None = field("The id of the person who does it.", refers_to="person", reaches="client")
    due: When | None = field("When it should be done.", reaches="client")


class Evaluation(Record):
    """One evaluation of the experiences."""

    date: When = field("When.", ..., reaches="client")
    participants: Text | None = field("Who took part.", reaches="steering")
    outcome: Text | None = field("What it brought.", reaches="client")
    adjust: Adjustment | None = field("What is adjusted after it.", reaches="client")


class Improvement(Record):
    """6b: improving without end."""

    evaluations: Listed[Evaluation] = field("The evaluations, oldest first.", (), reaches="client")
    note: Text | None = field("What else was learned.", reaches="steering")


class Measurement(Record):
    """One measurement of an indicator."""

    date: When = field("When.", ..., reaches="public")
    value: Number = field("The number measured.", ..., reaches="public")
    n: Count | None = field("The number of people or cases it is based on.", reaches="public")
    note: Text | None = field("How it was measured.", reaches="steering")


class Indicator(Record):
    """Something that is measured again and again."""

    id: Id = field("A short word for this indicator.", ..., reaches="public")
    what: Text = field("What is measured.", ..., reaches="public")
    measurements: Listed[Measurement] = field("The measurements, oldest first.", (), reaches="public")


class Borgen(Record):
    """Phase 6: staff work the new way as a routine, and well enough."""

    quality: Quality | None = field("6a: the guarding of the quality.", reaches="client")
    improvement: Improvement | None = field("6b: the improving.", reaches="client")
    indicators: Listed[Indicator] = field("What is measured.", (), reaches="public")
