"""Phase 6, borgen: guarding the quality, and improving without end."""

from fii_cli.trajectory.base import Count, Id, Listed, Number, Record, Text, When, field


class Quality(Record):
    """6a: how the quality is guarded."""

    lead: Id | None = field("The id of the person who guards the quality.", refers_to="person")
    instrument: Text | None = field("The simple instrument with which the work is followed.")
    feedback_used: Text | None = field("How feedback leads to changes.")
    outcome_data: Text | None = field("What data on outcomes for clients is used.")
    peer_consultation: Text | None = field("How professionals consult each other.")


class Adjustment(Record):
    """What is to be adjusted, and by whom."""

    what: Text = field("What is to be adjusted.", ...)
    owner: Id | None = field("The id of the person who does it.", refers_to="person")
    due: When | None = field("When it should be done.")


class Evaluation(Record):
    """One evaluation of the experiences."""

    date: When = field("When.", ...)
    participants: Text | None = field("Who took part.")
    outcome: Text | None = field("What it brought.")
    adjust: Adjustment | None = field("What is adjusted after it.")


class Improvement(Record):
    """6b: improving without end."""

    evaluations: Listed[Evaluation] = field("The evaluations, oldest first.", ())
    note: Text | None = field("What else was learned.")


class Measurement(Record):
    """One measurement of an indicator."""

    date: When = field("When.", ...)
    value: Number = field("The number measured.", ...)
    n: Count | None = field("The number of people or cases it is based on.")
    note: Text | None = field("How it was measured.")


class Indicator(Record):
    """Something that is measured again and again."""

    id: Id = field("A short word for this indicator.", ...)
    what: Text = field("What is measured.", ...)
    measurements: Listed[Measurement] = field("The measurements, oldest first.", ())


class Borgen(Record):
    """Phase 6: staff work the new way as a routine, and well enough."""

    quality: Quality | None = field("6a: the guarding of the quality.")
    improvement: Improvement | None = field("6b: the improving.")
    indicators: Listed[Indicator] = field("What is measured.", ())
