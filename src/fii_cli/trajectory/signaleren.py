"""Phase 1, signaleren: the commissioner, the innovation question, and the project boundaries."""

from fii_cli.trajectory.base import Id, Record, Text, field
from fii_cli.words import Answer, Degree


class Commissioner(Record):
    """1a: who commissions the trajectory."""

    organisation: Id | None = field(
        "The id of the commissioning organisation.", refers_to="organisation", reaches="public"
    )
    contact: Id | None = field(
        "The id of the person who represents it.", refers_to="person", reaches="client"
    )
    note: Text | None = field("Other information about the commission.", reaches="steering")


class Question(Record):
    """1b: the innovation question, made concrete."""

    statement: Text | None = field("The innovation question in one sentence.", reaches="public")
    goal: Text | None = field("What should improve, and for whom.", reaches="public")
    target_group: Text | None = field("The people it concerns.", reaches="public")
    behind_the_question: Text | None = field("The question behind the question.", reaches="client")
    people_concerned: Text | None = field(
        "What drives the people concerned; the question was checked against it.", reaches="client"
    )


class Boundaries(Record):
    """1c: the project boundaries within which the trajectory must fit."""

    period: Text | None = field("The available time.", reaches="public")
    money: Text | None = field("The available budget.", reaches="client")
    staff: Text | None = field("The available people and hours.", reaches="client")
    scale: Text | None = field("Its maximum size.", reaches="public")
    political_weight: Degree | None = field("Its political weight.", reaches="steering")
    policy_plan: Text | None = field(
        "The policy plan that it is part of, with its targets.", reaches="public"
    )
    legal_basis: Text | None = field("The law it is based on.", reaches="public")
    preconditions: Text | None = field("Other conditions that must be met.", reaches="client")
    realistic: Answer | None = field("Is the question realistic within these boundaries?", reaches="client")
    ambitious: Answer | None = field(
        "Is it ambitious enough, and does it address the core of the problem?", reaches="client"
    )
    extra_means: Answer | None = field("Are extra resources needed?", reaches="client")


class Signaleren(Record):
    """Phase 1: the assignment is clear."""

    commissioner: Commissioner | None = field("1a: the commissioner.", reaches="public")
    question: Question | None = field("1b: the innovation question.", reaches="public")
    boundaries: Boundaries | None = field("1c: the project boundaries.", reaches="public")
