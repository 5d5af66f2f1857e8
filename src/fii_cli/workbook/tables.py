"""The lists of a trajectory that a workbook shows: a sheet for each, with a column for each value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from fii_cli.changes.facts import record_in
from fii_cli.diagnostics import Refused
from fii_cli.editions.edition import reaches
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import strategy_name
from fii_cli.language import N_, Language, msg
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REFERS_TO, Record, remade
from fii_cli.trajectory.borgen import Indicator, Measurement
from fii_cli.trajectory.follow_up import Action, LogEntry, Result
from fii_cli.trajectory.labels import part_label
from fii_cli.trajectory.places import closed_values, is_date
from fii_cli.trajectory.verkennen import Task
from fii_cli.trajectory.versterken import Contact, KeyPerson
from fii_cli.words import Audience, label
from fii_cli.workbook.model import Choice, Column


@dataclass(frozen=True, slots=True)
class Within:
    """The record that contains a list, in a list of its own, by its key; ``head`` is the heading of that."""

    record: type[Record]
    key: str
    inside: str
    head: str
    parent: str


@dataclass(frozen=True, slots=True)
class Table:
    """A list of a trajectory, at ``route`` from the root, and in each record there if it is ``within``.

    ``together`` are keys of one statement, of which no part makes sense without the rest. ``past`` are dates
    on which something happened, so that they are never in the future.
    """

    id: str
    name: str
    intro: str
    route: tuple[str, ...]
    record: type[Record]
    keys: tuple[str, ...]
    within: Within | None = None
    together: tuple[str, ...] = ()
    heads: tuple[tuple[str, str], ...] = ()
    past: tuple[str, ...] = ("date",)

    @property
    def has_id(self) -> bool:
        """Whether each record has an id of its own; if not, rows are numbered."""
        return "id" in self.record.model_fields

    def reaches(self, audience: Audience) -> bool:
        """Whether an edition shows this list."""
        kind: type[Record] = Trajectory
        for step in self.route:
            if not reaches(kind, step, audience):
                return False
            kind = record_in(kind.model_fields[step].annotation) or kind
        return self.within is None or reaches(kind, self.within.inside, audience)

    def shown(self, audience: Audience) -> tuple[str, ...]:
        """The keys that an edition shows."""
        return tuple(key for key in self.keys if all(reaches(*step, audience) for step in self._steps(key)))

    def _steps(self, key: str) -> list[tuple[type[Record], str]]:
        found = []
        kind: type[Record] = self.record
        for step in key.split("."):
            found.append((kind, step))
            kind = record_in(kind.model_fields[step].annotation) or kind
        return found

    def field_of(self, key: str) -> tuple[type[Record], str]:
        """The record that has a value, and its key there."""
        return self._steps(key)[-1]

    def is_required(self, key: str) -> bool:
        record, name = self.field_of(key)
        return "." not in key and record.model_fields[name].is_required()


CONTACTS = Table(
    "contacts",
    N_("Contacts"),
    N_("Each row is one contact with a key person. Add a contact in the first empty row."),
    ("versterken", "key_people"),
    Contact,
    ("date", "present", "note"),
    Within(KeyPerson, "person", "contacts", N_("Key person"), "key_people"),
)
ACTIONS = Table(
    "actions",
    N_("Actions"),
    N_("Each row is one action. Add an action in the first empty row; fii makes the id."),
    ("actions",),
    Action,
    (
        *("what", "status", "owner", "since", "due", "answers", "strategy"),
        *("result.date", "result.helped", "result.note"),
    ),
    together=("result.date", "result.helped", "result.note"),
    heads=(
        ("result.date", N_("Reviewed")),
        ("result.helped", N_("Did it help?")),
        ("result.note", N_("Result")),
    ),
    past=("result.date",),
)
TASKS = Table(
    "tasks",
    N_("Tasks"),
    N_("Each row is one task on the roadmap. Add a task in the first empty row; fii makes the id."),
    ("verkennen", "ownership", "roadmap"),
    Task,
    ("what", "by", "due", "done"),
    past=("done",),
)
LOG = Table(
    "log",
    N_("Log"),
    N_("Each row is something worth remembering. Add to it in the first empty row."),
    ("log",),
    LogEntry,
    ("date", "text", "by"),
)
MEASUREMENTS = Table(
    "measurements",
    N_("Measurements"),
    N_("Each row is one measurement of an indicator. Add a measurement in the first empty row."),
    ("borgen", "indicators"),
    Measurement,
    ("date", "organisation", "value", "n", "note"),
    Within(Indicator, "id", "measurements", N_("Indicator"), "indicators"),
    together=("date", "organisation", "value", "n", "note"),
)
TABLES = (CONTACTS, ACTIONS, TASKS, LOG, MEASUREMENTS)
_WIDE = {"what": 50, "text": 70, "note": 50, "result.note": 40, "answers": 34, "strategy": 34}


# --- columns ------------------------------------------------------------------------------------------------


def columns_of(
    table: Table, trajectory: Trajectory, handbook: Handbook, say: Language, audience: Audience
) -> tuple[Column, ...]:
    """The columns of a table: the key of each row, the record that it is in, and its values."""
    key = Column(
        "id", say("Id") if table.has_id else say("No."), "key", say(KEY_HELP), 14 if table.has_id else 6
    )
    columns = [key]
    if table.within:
        choices = _parents(table.within, trajectory)
        columns.append(
            Column("within", say(table.within.head), "choice", say(FIXED_HELP), 24, choices, fixed=True)
        )
    names = [name for name in table.shown(audience) if table is not MEASUREMENTS or _asks(name, trajectory)]
    return (*columns, *(_column(table, name, trajectory, handbook, say) for name in names))


def _asks(name: str, trajectory: Trajectory) -> bool:
    """Whether a sheet asks for a value of measurements: the organisation only where some name one."""
    if name != "organisation" or trajectory.by_organisation:
        return True
    return any(each.record.organisation for each in entries_in(MEASUREMENTS, trajectory))


KEY_HELP = N_("fii knows this row by what is in this cell. Leave it as it is, and empty in a new row.")
FIXED_HELP = N_("Choose it in a new row. In an existing row it cannot be changed.")


def _column(table: Table, key: str, trajectory: Trajectory, handbook: Handbook, say: Language) -> Column:
    record, name = table.field_of(key)
    info = record.model_fields[name]
    head = dict(table.heads).get(key) or part_label(name)
    described = say(info.description or "")
    choices = choices_of(record, name, trajectory, handbook, say)
    make = partial(Column, key, say(head), help=described, width=_WIDE.get(key, 18))
    if choices:
        return make("choice", choices=choices)
    if is_date(info.annotation):
        return make("date", width=12)
    if name in ("value", "n"):
        return make("number", width=10)
    return make("places" if name == "answers" else "text")


def choices_of(
    record: type[Record], name: str, trajectory: Trajectory, handbook: Handbook, say: Language
) -> tuple[Choice, ...]:
    """The values of a key that readers choose from, in their words; none if any text is valid."""
    info = record.model_fields[name]
    extra: Any = info.json_schema_extra
    refers = extra.get(REFERS_TO)
    if refers == "person":
        return people(trajectory)
    if refers == "organisation":
        return unique([Choice(each.id, each.name) for each in trajectory.organisations])
    if (record, name) == (Action, "strategy"):
        ids = sorted(handbook.strategy_phases)
        named = [Choice(id_, strategy_name(id_, handbook, say)) for id_ in ids]
        return unique(sorted(named, key=lambda each: each.word.casefold()))
    return unique([Choice(value, say(label(value))) for value in closed_values(info.annotation)])


def people(trajectory: Trajectory) -> tuple[Choice, ...]:
    """The people by their roles."""
    return unique([Choice(each.id, each.role) for each in trajectory.people])


def _parents(within: Within, trajectory: Trajectory) -> tuple[Choice, ...]:
    if within.record is KeyPerson:
        return people(trajectory)
    indicators = trajectory.borgen.indicators if trajectory.borgen else ()
    return unique([Choice(each.id, each.what) for each in indicators])


def unique(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Choices on one line, of which no two have the same word."""
    flat = [Choice(each.value, " ".join(each.word.split())) for each in choices]
    words = [each.word.casefold() for each in flat]
    return tuple(
        Choice(each.value, f"{each.word} ({each.value})") if words.count(each.word.casefold()) > 1 else each
        for each in flat
    )


# --- records ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of a table, with the key of the record that contains it."""

    within: str
    record: Any


def entries_in(table: Table, trajectory: Trajectory) -> list[Entry]:
    """The records of a table, in the order of the file."""
    found = _at(trajectory, table.route)
    if table.within is None:
        return [Entry("", each) for each in found]
    inside = table.within
    return [
        Entry(str(getattr(each, inside.key)), record)
        for each in found
        for record in getattr(each, inside.inside)
    ]


def parents_in(table: Table, trajectory: Trajectory) -> tuple[Any, ...]:
    """The records at the route of a table: its own, or those that contain them."""
    return _at(trajectory, table.route)


def _at(trajectory: Trajectory, route: Sequence[str]) -> tuple[Any, ...]:
    here: Any = trajectory
    for step in route:
        here = getattr(here, step) if here is not None else None
    return here or ()


def with_entries(table: Table, trajectory: Trajectory, entries: Sequence[Entry]) -> Trajectory:
    """The trajectory with other records in a table; what contains them is made where it is missing."""
    if table.within is None:
        whole = tuple(each.record for each in entries)
    else:
        whole = _in_parents(table.within, _at(trajectory, table.route), entries)
    if not whole and not _at(trajectory, table.route):
        return trajectory
    made: Trajectory = _replaced(trajectory, Trajectory, table.route, lambda: whole)
    return made


def _in_parents(within: Within, there: Sequence[Any], entries: Sequence[Entry]) -> tuple[Any, ...]:
    inside: dict[str, list[Any]] = {}
    for entry in entries:
        inside.setdefault(entry.within, []).append(entry.record)
    known = [str(getattr(each, within.key)) for each in there]
    if twice := next((key for key in known if known.count(key) > 1), None):
        raise Refused(msg("{id} is in {key} twice", id=twice, key=within.parent), msg("make it one first"))
    parents = [
        remade(parent, **{within.inside: tuple(inside.get(key, ()))})
        for key, parent in zip(known, there, strict=True)
    ]
    for key, records in inside.items():
        if key not in known:
            given: dict[str, Any] = {within.key: key, within.inside: tuple(records)}
            parents.append(within.record.model_construct(**given))
    return tuple(parents)


def _replaced(here: Any, kind: type[Record], route: Sequence[str], value: Callable[[], Any]) -> Any:
    if not route:
        return value()
    step, *rest = route
    here = kind.model_construct() if here is None else here
    inside = record_in(kind.model_fields[step].annotation) or kind
    return remade(here, **{step: _replaced(getattr(here, step), inside, rest, value)})


def value_in(record: Any, key: str) -> Any:
    """The value of a dotted key in a record; ``None`` if it is missing."""
    for step in key.split("."):
        record = getattr(record, step) if record is not None else None
    return record


def blank(kind: type[Record]) -> Any:
    """A record of which nothing is known yet."""
    missing: dict[str, Any] = {name: None for name, info in kind.model_fields.items() if info.is_required()}
    return kind.model_construct(**missing)


def with_value(table: Table, record: Any, values: dict[str, Any]) -> Any:
    """A record with other values, by dotted key; a result without a date is no result."""
    own = {key: value for key, value in values.items() if "." not in key}
    for key, value in own.items():
        info = table.record.model_fields[key]
        if value is None and not info.is_required():
            own[key] = info.get_default(call_default_factory=True)
    nested = {key.partition(".")[2]: value for key, value in values.items() if "." in key}
    if nested:
        before = record.result or blank(Result)
        result = remade(before, **nested)
        own["result"] = result if any(getattr(result, name) for name in Result.model_fields) else None
    return remade(record, **own)
