"""The head of a trajectory: organisations, people, the entry point, and the visits to the phases."""

from fii_cli.trajectory.base import Id, Listed, PhaseName, Record, Text, When, field
from fii_cli.words import CLOSING, Commission, Funding, Level, OrganisationRole, Verdict, Via


class Organisation(Record):
    """An organisation that has a part in the trajectory."""

    id: Id = field("A short word by which the rest of the file names this organisation.", ...)
    name: Text = field("The name of the organisation.", ...)
    roles: Listed[OrganisationRole] = field("What it is in this trajectory; more than one is possible.", ())
    funding: Funding | None = field(
        "Where its money mainly comes from: statutory tasks, or external funders."
    )
    funders: Listed[Text] = field("Who pays for it.", ())


class Person(Record):
    """A role in an organisation. A client of the help is never in the file."""

    id: Id = field("A short word by which the rest of the file names this person.", ...)
    role: Text = field("The role or function; reports show this and not the name.", ...)
    organisation: Id | None = field(
        "The id of the organisation this person works for.", refers_to="organisation"
    )
    level: Level | None = field("The level at which this person can help the implementation.")
    name: Text | None = field("The name, if need be; it stays out of reports.")


class Entry(Record):
    """The situation at the start: the entry-point matrix as it was on that day."""

    commission: Commission = field("Whether somebody commissions the trajectory (gevraagd) or not.", ...)
    receiving_organisation: Id | None = field(
        "The id of the receiving organisation; leave out while none is known.", refers_to="organisation"
    )
    date: When | None = field("The day, month or year of the start.")
    origin: Text | None = field("Where the question for innovation came from.")


class Decision(Record):
    """A decision about a visit; door, pauze, stop and afgerond end it, bijsturen does not."""

    date: When = field("When it was decided.", ...)
    decision: Verdict = field("What was decided.", ...)
    by: Text | None = field("Who decided.")
    reason: Text | None = field("Why.")

    @property
    def closes(self) -> bool:
        return self.decision in CLOSING


class Visit(Record):
    """A stay in a phase: the phases are no ladder, so one may come by more than once."""

    phase: PhaseName = field("The phase, by name or number.", ...)
    entered: When | None = field("When the work turned to this phase.")
    via: Via = field("How one came here.", "forward")
    reason: Text | None = field("Why one came here, above all after going back or skipping.")
    decisions: Listed[Decision] = field("What was decided about this phase, oldest first.", ())

    @property
    def closing(self) -> Decision | None:
        """The decision that ended this visit, if it has ended."""
        return next((d for d in self.decisions if d.closes), None)
