"""Phase 1, signaleren: the commissioner, the innovation question, and the project boundaries."""

from fii_cli.trajectory.base import Id, Record, Text, field
from fii_cli.words import Answer, Degree


class Commissioner(Record):
    """1a: who commissions the trajectory."""

    organisation: Id | None = field("The id of the organisation that commissions.", refers_to="organisation")
    contact: Id | None = field("The id of the person who speaks for it.", refers_to="person")
    note: Text | None = field("What else matters about the commission.")


class Question(Record):
    """1b: the innovation question, made concrete."""

    statement: Text | None = field("The innovation question in one sentence.")
    goal: Text | None = field("What should be better, and for whom.")
    target_group: Text | None = field("The people it is about.")
    behind_the_question: Text | None = field("The question behind the question.")
    people_concerned: Text | None = field(
        "What moves the people concerned, against which the question was held."
    )


class Boundaries(Record):
    """1c: the project boundaries within which the trajectory must fit."""

    period: Text | None = field("The time there is.")
    money: Text | None = field("The budget there is.")
    staff: Text | None = field("The people and hours there are.")
    scale: Text | None = field("How large it may be.")
    political_weight: Degree | None = field("How much political weight is behind it.")
    policy_plan: Text | None = field("The policy plan, with its targets, in which it is anchored.")
    legal_basis: Text | None = field("The law it builds on.")
    preconditions: Text | None = field("What else must be in place.")
    realistic: Answer | None = field("Is the question realistic within these boundaries?")
    ambitious: Answer | None = field("Is it ambitious enough, does it touch the core of the problem?")
    extra_means: Answer | None = field("Are extra means needed?")


class Signaleren(Record):
    """Phase 1: the assignment is clear."""

    commissioner: Commissioner | None = field("1a: who commissions.")
    question: Question | None = field("1b: the innovation question.")
    boundaries: Boundaries | None = field("1c: the project boundaries.")
