"""Which organisations a report compares, and what says where it went well."""

from fii_cli.trajectory.base import Id, Listed, Number, Record, Text, field


class Distinguish(Record):
    """Two groups of organisations on one instrument: by an outcome, or by name.

    If only one group is named, all other organisations that were rated are the other.
    """

    WHOLE = True

    instrument: Text = field(
        "The id of the instrument on which organisations are compared, such as cfir.", ..., reaches="steering"
    )
    by: Text | None = field(
        "The outcome that makes the groups: a rated item, such as adoptie, or the id of an indicator.",
        reaches="steering",
    )
    at: Number | None = field(
        "The value of the indicator from which an organisation is in the high group.", reaches="steering"
    )
    low: Listed[Id] = field(
        "The ids of the organisations where it went less well.",
        (),
        refers_to="organisation",
        reaches="steering",
    )
    high: Listed[Id] = field(
        "The ids of the organisations where it went well.",
        (),
        refers_to="organisation",
        reaches="steering",
    )
