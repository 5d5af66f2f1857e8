"""Phase 5, implementeren: the team, the cycles of plan, do, check and act, and the training."""

from fii_cli.trajectory.base import Count, Id, Listed, Record, Text, When, field
from fii_cli.words import Competency


class Member(Record):
    """A member of the implementation team."""

    KEY = ("person",)

    person: Id = field("The id of the person.", ..., refers_to="person", reaches="client")
    competencies: Listed[Competency] = field(
        "What this person contributes to the team.", (), reaches="client"
    )
    note: Text | None = field("Other information, such as hours.")


class Team(Record):
    """5a: the implementation team, or one implementation manager."""

    mandate: Text | None = field("What the team may decide itself.", reaches="client")
    members: Listed[Member] = field(
        "Two or three people, or one implementation manager.", (), reaches="client"
    )


class OwnTeam(Team):
    """5a: the implementation team of one organisation, where each has its own."""

    KEY = ("organisation",)

    organisation: Id = field(
        "The id of the organisation that this team is of.",
        ...,
        refers_to="organisation",
        reaches="client",
    )


class Step(Record):
    """One step of a cycle."""

    date: When | None = field("The date.", reaches="client", known_from=True)
    text: Text | None = field("What was planned, done, seen or changed.", reaches="client")


class Cycle(Record):
    """5b: one round of plan, do, check and act."""

    KEY = ("id",)

    id: Id = field("A short id for this cycle.", ..., reaches="client")
    plan: Step | None = field("What should change, and how.", reaches="client")
    do: Step | None = field("What was done.", reaches="client")
    check: Step | None = field("The result.", reaches="client")
    act: Step | None = field("What was adjusted or kept.", reaches="client")

    @property
    def steps(self) -> dict[str, Step | None]:
        """The four steps by name, in their order."""
        return {"plan": self.plan, "do": self.do, "check": self.check, "act": self.act}


class TrainingSession(Record):
    """One training session."""

    KEY = ("date", "what")

    date: When = field("The date.", ..., reaches="client", known_from=True)
    what: Text | None = field("The topic.", reaches="client")
    trained: Count | None = field("How many people were trained.", reaches="client")


class Turnover(Record):
    """Staff who left and joined."""

    left: Count | None = field("How many trained people left.", reaches="client")
    joined: Count | None = field("How many new people joined.", reaches="client")
    answer: Text | None = field("How new people are brought up to speed.", reaches="steering")


class Training(Record):
    """5c: selecting, training and coaching professionals."""

    selection: Text | None = field("The criteria for selecting people.", reaches="client")
    sessions: Listed[TrainingSession] = field("The sessions, oldest first.", (), reaches="client")
    coaching: Text | None = field("How people are coached after the training.", reaches="client")
    resistance: Text | None = field("Any resistance, and the response to it.")
    turnover: Turnover | None = field("Staff who left and joined.", reaches="client")


class Implementeren(Record):
    """Phase 5: the intervention is implemented at the receiving organisation."""

    team: Team | None = field("5a: the implementation team.", reaches="client")
    teams: Listed[OwnTeam] = field(
        "5a: a team for each organisation, if they have no shared one.", (), reaches="client"
    )
    cycles: Listed[Cycle] = field("5b: the cycles, oldest first.", (), reaches="client")
    training: Training | None = field("5c: training.", reaches="client")
