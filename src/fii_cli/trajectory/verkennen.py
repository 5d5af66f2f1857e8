"""Phase 2, verkennen: the shortlist, the agreement, and shared ownership."""

from datetime import date

from fii_cli.trajectory.base import Id, Listed, Record, Text, When, field
from fii_cli.words import Agenda, Answer, Degree, Level, Rhythm


class Candidate(Record):
    """2a: an organisation that might receive the intervention."""

    KEY = ("organisation",)

    organisation: Id = field("The id of the candidate.", ..., refers_to="organisation", reaches="steering")
    culture: Text | None = field(
        "Its real purpose, the freedom it gives, and whether it learns.", reaches="steering"
    )
    steering: Text | None = field("What guides it: targets, or the citizen's goal.", reaches="steering")
    caseload: Text | None = field(
        "How many people a professional helps at the same time.", reaches="steering"
    )
    mean_length: Text | None = field("The average length of support.", reaches="steering")
    max_length: Text | None = field("The maximum length of support.", reaches="steering")
    financing: Text | None = field(
        "Whether its funders understand the vision and are open to it.", reaches="steering"
    )
    note: Text | None = field("Other observations.", reaches="team")


class Agreement(Record):
    """2b: what was agreed with a receiving organisation."""

    KEY = ("organisation", "date")

    organisation: Id = field(
        "The id of the receiving organisation.", ..., refers_to="organisation", reaches="client"
    )
    date: When | None = field("The date of the agreement.", reaches="client", known_from=True)
    talked_with: Listed[Level] = field("The levels that were spoken to.", (), reaches="client")
    interest: Text | None = field("The main reason for its interest.", reaches="client")
    added_value: Text | None = field("The added value it sees.", reaches="client")
    compatibility: Text | None = field("How well it fits current practice.", reaches="client")
    readiness: Text | None = field(
        "The people and resources it makes available, and a seat on the team.", reaches="client"
    )
    motivated: Answer | None = field("Are the people motivated, and do they stay?", reaches="steering")
    note: Text | None = field("What else was agreed.", reaches="steering")


class Meeting(Record):
    """The periodic meeting of both organisations."""

    every: Rhythm | None = field("How often.", reaches="client")
    agenda: Agenda | None = field("What it covers: operations, substance, or both.", reaches="client")


class Task(Record):
    """A task on the roadmap."""

    KEY = ("id",)

    id: Id = field("A short id for this task.", ..., reaches="client")
    what: Text = field("The task.", ..., reaches="client")
    by: Id | None = field(
        "The id of the organisation that does it.",
        refers_to="organisation",
        belongs=True,
        reaches="client",
    )
    due: When | None = field("When it should be done.", reaches="client")
    done: When | None = field("When it was done.", reaches="client")

    def is_overdue(self, today: date) -> bool:
        """Whether it is not done and its due date has passed."""
        return not self.done and self.due is not None and self.due.before(today)


class Ownership(Record):
    """2c: what keeps the ownership shared."""

    kick_off: When | None = field("The date of the formal kick-off.", reaches="public")
    shared_goal: Text | None = field("The shared long-term goal.", reaches="public")
    meeting: Meeting | None = field("The periodic meeting.", reaches="client")
    informal: Text | None = field("How people keep in touch outside the meetings.", reaches="steering")
    balance: Degree | None = field("How well ownership is balanced between the two.", reaches="steering")
    roadmap: Listed[Task] = field("The tasks that lead to the shared goal.", (), reaches="client")


class Verkennen(Record):
    """Phase 2: giving and receiving organisation feel shared ownership."""

    shortlist: Listed[Candidate] = field(
        "2a: two to four organisations that may be a good fit.", (), reaches="steering"
    )
    agreements: Listed[Agreement] = field(
        "2b: one agreement for each receiving organisation.", (), reaches="client"
    )
    ownership: Ownership | None = field("2c: shared ownership.", reaches="public")
