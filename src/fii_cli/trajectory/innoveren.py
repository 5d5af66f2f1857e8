"""Phase 3, innoveren: the balance with implementability, and the documented method."""

from fii_cli.adaptation_words import Aim, AppliesTo, Cause, Decider, Fidelity, Modified, Nature, Planned
from fii_cli.trajectory.base import Id, Listed, Record, Text, When, field
from fii_cli.words import Answer, Degree, EffectLevel, RecognitionLevel


class Balance(Record):
    """3a: the balance between innovation and implementability."""

    complexity: Degree | None = field("How complex it is to implement and sustain.", reaches="client")
    adaptability: Degree | None = field(
        "How far it can be adapted to the receiving organisation.", reaches="client"
    )
    scalable: Answer | None = field("Can it be scaled up?", reaches="client")
    affordable: Answer | None = field("Is it affordable?", reaches="client")
    feasible: Answer | None = field("Is it feasible in practice?", reaches="client")
    note: Text | None = field("How the balance was found.", reaches="steering")


class ActiveIngredient(Record):
    """An essential part of the intervention."""

    KEY = ("id",)

    id: Id = field("A short id for this ingredient.", ..., reaches="public")
    what: Text = field("What it is, in words and actions.", ..., reaches="public")
    competencies: Listed[Text] = field(
        "What professionals must be able to do to apply it.", (), reaches="public"
    )


class Database(Record):
    """Recognition in a national database of interventions."""

    name: Text = field("The database, such as NJi or Movisie.", ..., reaches="public")
    level: RecognitionLevel | None = field("The level of recognition.", reaches="public")


class Method(Record):
    """3b: the method and its evidence."""

    description: Text | None = field("The method description: a path or a URL.", reaches="public")
    goal: Text | None = field("The goal of the intervention.", reaches="public")
    target_group: Text | None = field("Who it is for, and who it is not for.", reaches="public")
    approach: Text | None = field("How it works.", reaches="public")
    preconditions: Text | None = field("What it needs to work.", reaches="public")
    active_ingredients: Listed[ActiveIngredient] = field("The active ingredients.", (), reaches="public")
    effect_ladder: EffectLevel | None = field("The level on the effect ladder.", reaches="public")
    database: Database | None = field("Recognition in a national database.", reaches="public")


class Adaptation(Record):
    """A change in the intervention on the way, in the words of FRAME; ``what`` and ``why`` are the team's."""

    KEY = ("id",)

    id: Id = field("A short id for this adaptation.", ..., reaches="client")
    date: When = field("When it changed.", ..., reaches="client", known_from=True)
    what: Text = field("What is done differently.", ..., reaches="client")
    organisation: Id | None = field(
        "The id of the organisation that does it, if not all of them do.",
        refers_to="organisation",
        belongs=True,
        reaches="client",
    )
    ingredients: Listed[Id] = field(
        "The ids of the active ingredients that it touches.", (), reaches="client"
    )
    fidelity: Fidelity | None = field("Whether the active ingredients are all still there.", reaches="client")
    planned: Planned | None = field("Whether it was planned, or a reaction.", reaches="client")
    decided_by: Listed[Decider] = field("Who took part in the decision.", (), reaches="client")
    level: AppliesTo | None = field("For whom it applies.", reaches="client")
    modified: Listed[Modified] = field(
        "What was modified: content, context, training or implementation.", (), reaches="client"
    )
    nature: Listed[Nature] = field("What happened to the content or the context.", (), reaches="client")
    goals: Listed[Aim] = field("What it was meant to achieve.", (), reaches="client")
    cause: Cause | None = field("Where the cause was.", reaches="client")
    why: Text | None = field("The reason, in your own words.", reaches="steering")

    @property
    def touches(self) -> bool:
        """Whether it is about an active ingredient, as far as the team said."""
        return bool(self.ingredients) or self.fidelity == "kern-veranderd"


class Innoveren(Record):
    """Phase 3: a documented intervention that answers the question."""

    balance: Balance | None = field(
        "3a: the balance between innovation and implementability.", reaches="client"
    )
    method: Method | None = field("3b: the method.", reaches="public")
    adaptations: Listed[Adaptation] = field(
        "What changed in the intervention on the way, oldest first.", (), reaches="client"
    )
