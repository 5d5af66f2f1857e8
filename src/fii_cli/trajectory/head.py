"""The head of a trajectory: organisations, people, the entry point, and the visits to the phases."""

from functools import cached_property

from fii_cli.trajectory.base import Id, Listed, PhaseName, Record, Text, When, field
from fii_cli.words import CLOSING, LEAVING, Commission, Funding, Level, OrganisationRole, Verdict, Via


class Organisation(Record):
    """An organisation that has a part in the trajectory."""

    id: Id = field(
        "A short word by which the rest of the file names this organisation.", ..., reaches="public"
    )
    name: Text = field("The name of the organisation.", ..., reaches="public")
    roles: Listed[OrganisationRole] = field(
        "What it is in this trajectory; more than one is possible.", (), reaches="public"
    )
    funding: Funding | None = field(
        "Where its money mainly comes from: statutory tasks, or external funders.", reaches="client"
    )
    funders: Listed[Text] = field("Who pays for it.", (), reaches="client")


class Person(Record):
    """A role in an organisation. A client of the help is never in the file."""

    id: Id = field("A short word by which the rest of the file names this person.", ..., reaches="client")
    role: Text = field("The role or function; reports show this and not the name.", ..., reaches="client")
    organisation: Id | None = field(
        "The id of the organisation this person works for.",
        refers_to="organisation",
        belongs=True,
        reaches="client",
    )
    level: Level | None = field(
        "The level at which this person can help the implementation.", reaches="client"
    )
    name: Text | None = field("The name, if need be; it stays out of reports.", reaches="file")


class Entry(Record):
    """The situation at the start: the entry-point matrix as it was on that day."""

    commission: Commission = field(
        "Whether somebody commissions the trajectory (gevraagd) or not.", ..., reaches="public"
    )
    receiving_organisation: Id | None = field(
        "The id of the receiving organisation; leave out while none is known.",
        refers_to="organisation",
        reaches="public",
    )
    date: When | None = field("The day, month or year of the start.", reaches="public")
    origin: Text | None = field("Where the question for innovation came from.", reaches="client")


class Decision(Record):
    """A decision about a visit; door, pauze, stop and afgerond end it, bijsturen does not."""

    date: When = field("When it was decided.", ..., reaches="public")
    decision: Verdict = field("What was decided.", ..., reaches="public")
    by: Text | None = field("Who decided.", reaches="steering")
    reason: Text | None = field("Why.", reaches="client")

    @property
    def closes(self) -> bool:
        return self.decision in CLOSING

    @property
    def leaves(self) -> bool:
        """Whether the phase was left for another one or completed; who pauses or stops leaves nothing."""
        return self.decision in LEAVING


class Visit(Record):
    """A stay in a phase: the phases are no ladder, so one may come by more than once."""

    phase: PhaseName = field("The phase, by name or number.", ..., reaches="public")
    entered: When | None = field("When the work turned to this phase.", reaches="public")
    via: Via = field("How one came here.", "forward", reaches="public")
    reason: Text | None = field(
        "Why one came here, above all after going back or skipping.", reaches="client"
    )
    decisions: Listed[Decision] = field(
        "What was decided about this phase, oldest first.", (), reaches="public"
    )

    @cached_property
    def closing(self) -> Decision | None:
        """The decision that ended this visit, if it has ended."""
        return next((d for d in self.decisions if d.closes), None)
