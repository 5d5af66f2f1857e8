"""The roll-out of a programme: its trajectories, each in a file or a report of its own."""

from fii_cli.trajectory.base import Id, Record, Text, field


class RolloutMember(Record):
    """One trajectory of a roll-out: its file, or a report in JSON that its owner published."""

    KEY = ("trajectory", "report")

    trajectory: Text | None = field(
        "The path of its file, from the folder of this file, such as regio/noord.yaml.", reaches="steering"
    )
    report: Text | None = field(
        "Or the path of a report in JSON that its owner published, such as regio/zuid.fii.json.",
        reaches="steering",
    )
    organisation: Id | None = field(
        "The id of the organisation in this file that it is about.",
        refers_to="organisation",
        belongs=True,
        reaches="public",
    )

    @property
    def path(self) -> str:
        return self.trajectory or self.report or ""
