"""The head of a trajectory: organisations, people, the entry point, and the visits to the phases."""

from functools import cached_property

from fii_cli.trajectory.base import Id, Listed, OneOrMore, PhaseName, Record, Text, When, field
from fii_cli.words import CLOSING, ENDING, LEAVING, Commission, Funding, Level, OrganisationRole, Verdict, Via


class Organisation(Record):
    """An organisation involved in the trajectory."""

    KEY = ("id",)

    id: Id = field("A short id that the rest of the file uses for this organisation.", ..., reaches="public")
    name: Text = field("The name of the organisation.", ..., reaches="public")
    roles: Listed[OrganisationRole] = field(
        "Its roles in this trajectory; more than one is possible.", (), reaches="public"
    )
    funding: Funding | None = field(
        "Its main source of funding: statutory tasks, or external funders.", reaches="client"
    )
    funders: Listed[Text] = field("Who funds it.", (), reaches="client")
    until: When | None = field(
        "When it ended, or stopped taking part; omit while it takes part.", reaches="public"
    )
    became: Id | None = field(
        "The id of the organisation that it merged into, or that took over from it.",
        refers_to="organisation",
        reaches="public",
    )


class Person(Record):
    """A role in an organisation. Clients who receive help are never in the file."""

    KEY = ("id",)

    id: Id = field("A short id that the rest of the file uses for this person.", ..., reaches="client")
    role: Text = field("The role or job title; reports show this, not the name.", ..., reaches="client")
    organisation: Id | None = field(
        "The id of the organisation this person works for.",
        refers_to="organisation",
        belongs=True,
        reaches="client",
    )
    level: Level | None = field(
        "The level at which this person can help the implementation.", reaches="client"
    )
    until: When | None = field("When this person left; omit while this person is there.", reaches="client")
    followed_by: Id | None = field(
        "The id of the person who took over this role.", refers_to="person", reaches="client"
    )
    name: Text | None = field("The name, if needed; reports never show it.", reaches="file")


class Entry(Record):
    """The situation at the start, which determines the cell of the entry-point matrix."""

    commission: Commission = field(
        "Whether someone commissioned the trajectory (gevraagd) or not.", ..., reaches="public"
    )
    receiving_organisation: OneOrMore = field(
        "The id of the receiving organisation, or a list if there are several; omit if none is known yet.",
        OneOrMore(),
        refers_to="organisation",
        reaches="public",
    )
    date: When | None = field("The start date: a day, month or year.", reaches="public")
    origin: Text | None = field("Where the innovation question came from.", reaches="client")


class Decision(Record):
    """A decision about a visit; door, pauze, stop and afgerond end it, bijsturen does not."""

    KEY = ("date", "decision")
    WHOLE = True

    date: When = field("When it was decided.", ..., reaches="public", known_from=True)
    decision: Verdict = field("What was decided.", ..., reaches="public")
    by: Text | None = field("Who decided.", reaches="steering")
    reason: Text | None = field("The reason.", reaches="client")

    @property
    def closes(self) -> bool:
        return self.decision in CLOSING

    @property
    def ends_a_pause(self) -> bool:
        """Whether it can follow a pause of the same visit: nothing was resumed, and nothing will be."""
        return self.decision in ENDING

    @property
    def leaves(self) -> bool:
        """Whether the phase was left for another one or completed, not paused or stopped."""
        return self.decision in LEAVING


class Visit(Record):
    """A visit to a phase. The phases are not a ladder: a trajectory may visit one more than once.

    A visit can be that of one organisation; then its lights and decisions are those of that organisation.
    """

    KEY = ("phase", "entered", "organisation")

    phase: PhaseName = field("The phase, by name or number.", ..., reaches="public")
    entered: When | None = field("When work on this phase started.", reaches="public", known_from=True)
    via: Via = field("How the trajectory came to this phase.", "forward", reaches="public")
    reason: Text | None = field(
        "Why the trajectory came to this phase, especially after going back or skipping.", reaches="client"
    )
    organisation: Id | None = field(
        "The id of the organisation that is in this phase, if not the trajectory as a whole.",
        refers_to="organisation",
        belongs=True,
        reaches="public",
    )
    decisions: Listed[Decision] = field("The decisions about this phase, oldest first.", (), reaches="public")

    @cached_property
    def closing(self) -> Decision | None:
        """The decision that ended this visit, if it has ended; a pause can still end for good."""
        closing = [d for d in self.decisions if d.closes]
        ended = next((d for d in closing[1:] if d.ends_a_pause), None)
        paused = bool(closing) and closing[0].decision == "pauze"
        return ended if paused and ended else next(iter(closing), None)
