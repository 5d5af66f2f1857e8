"""Phase 3, innoveren: the balance with implementability, and the documented method."""

from fii_cli.trajectory.base import Id, Listed, Record, Text, field
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


class Innoveren(Record):
    """Phase 3: a documented intervention that answers the question."""

    balance: Balance | None = field(
        "3a: the balance between innovation and implementability.", reaches="client"
    )
    method: Method | None = field("3b: the method.", reaches="public")
