"""The kinds of fact that can be added: the keys of each, and where it goes in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fii_cli.analysis.succession import gone, people_there
from fii_cli.diagnostics import Finding, Refused, Route
from fii_cli.edits.typed import Known, as_written
from fii_cli.language import N_, Message, msg
from fii_cli.rules.format import why_unfit
from fii_cli.suggest import did_you_mean, known_as, nearest, one_of
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REFERS_TO, Record
from fii_cli.trajectory.borgen import Evaluation, Indicator, Measurement
from fii_cli.trajectory.follow_up import Accepted, Action, ChecklistItem, Cost, LogEntry, RequestedDecision
from fii_cli.trajectory.head import Decision, Organisation, Person
from fii_cli.trajectory.implementeren import Cycle, Member, OwnTeam, Step, TrainingSession
from fii_cli.trajectory.innoveren import ActiveIngredient, Adaptation
from fii_cli.trajectory.places import closed_values, is_date, is_list, is_period, record_in, value_for
from fii_cli.trajectory.rollout import RolloutMember
from fii_cli.trajectory.verkennen import Agreement, Candidate, Task
from fii_cli.trajectory.versterken import Contact, KeyPerson, Session
from fii_cli.words import meant
from fii_cli.yaml.emit import Value


@dataclass(frozen=True, slots=True)
class Parent:
    """The record that contains a fact, found by its id, and created if it does not exist.

    ``asked_as`` is the key on the command line, ``key`` the key in the record.
    """

    route: Route
    record: type[Record]
    key: str
    asked_as: str
    description: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact. ``route`` is its list, from the root or from its parent.

    With ``steps`` it is one of these keys of its parent. ``unasked`` are keys that are rarely known at this
    point.
    """

    name: str
    summary: str
    record: type[Record]
    route: Route
    parent: Parent | None = None
    steps: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a fact. ``path`` is the path to its field in ``record``, and empty for the step itself."""

    name: str
    description: str
    required: bool
    record: type[Record]
    path: tuple[str, ...]
    suggestion: str = ""


_KEY_PERSON = Parent(
    ("versterken", "key_people"), KeyPerson, "person", "person", N_("The id of the key person.")
)
_OWN_TEAM = Parent(
    ("implementeren", "teams"),
    OwnTeam,
    "organisation",
    "organisation",
    N_("The id of the organisation that this team is of."),
)
_INDICATOR = Parent(("borgen", "indicators"), Indicator, "id", "indicator", N_("The id of the indicator."))
_CYCLE = Parent(("implementeren", "cycles"), Cycle, "id", "cycle", N_("The id of the cycle."))

KINDS = (
    Kind(N_("log"), N_("something worth remembering"), LogEntry, ("log",)),
    Kind(
        N_("contact"),
        N_("a contact with a key person (4b)"),
        Contact,
        ("contacts",),
        _KEY_PERSON,
        unasked=("every",),
    ),
    Kind(N_("decision"), N_("a decision about the open phase"), Decision, ("decisions",)),
    Kind(
        N_("action"),
        N_("something that is done about a barrier"),
        Action,
        ("actions",),
        unasked=("status", "strategy", "result.date", "result.helped", "result.note"),
    ),
    Kind(
        N_("requested-decision"),
        N_("a decision that the trajectory needs from someone"),
        RequestedDecision,
        ("requested_decisions",),
        unasked=("decided.date", "decided.answer"),
    ),
    Kind(
        N_("organisation"),
        N_("an organisation involved"),
        Organisation,
        ("organisations",),
        unasked=("until", "became"),
    ),
    Kind(
        N_("person"),
        N_("a person involved, by role"),
        Person,
        ("people",),
        unasked=("until", "followed_by"),
    ),
    Kind(N_("candidate"), N_("a candidate for the shortlist (2a)"), Candidate, ("verkennen", "shortlist")),
    Kind(
        N_("agreement"),
        N_("an agreement with a receiving organisation (2b)"),
        Agreement,
        ("verkennen", "agreements"),
    ),
    Kind(N_("task"), N_("a task on the roadmap (2c)"), Task, ("verkennen", "ownership", "roadmap")),
    Kind(
        N_("ingredient"),
        N_("an active ingredient (3b)"),
        ActiveIngredient,
        ("innoveren", "method", "active_ingredients"),
    ),
    Kind(
        N_("adaptation"),
        N_("a change in the intervention on the way (3b)"),
        Adaptation,
        ("innoveren", "adaptations"),
        unasked=("level", "modified", "nature", "goals", "cause"),
    ),
    Kind(N_("key-person"), N_("a key person (4a)"), KeyPerson, ("versterken", "key_people")),
    Kind(
        N_("session"),
        N_("a session to strengthen support (4b)"),
        Session,
        ("versterken", "support", "sessions"),
    ),
    Kind(
        N_("member"),
        N_("a member of the implementation team (5a)"),
        Member,
        ("implementeren", "team", "members"),
    ),
    Kind(
        N_("team-member"),
        N_("a member of the team of one organisation (5a)"),
        Member,
        ("members",),
        _OWN_TEAM,
        unasked=("mandate",),
    ),
    Kind(
        N_("step"),
        N_("a step of a cycle: plan, do, check or act (5b)"),
        Step,
        (),
        _CYCLE,
        ("plan", "do", "check", "act"),
    ),
    Kind(
        N_("training"),
        N_("a training session (5c)"),
        TrainingSession,
        ("implementeren", "training", "sessions"),
    ),
    Kind(
        N_("evaluation"),
        N_("an evaluation of experiences (6b)"),
        Evaluation,
        ("borgen", "improvement", "evaluations"),
    ),
    Kind(
        N_("measurement"),
        N_("a measurement of an indicator (6a)"),
        Measurement,
        ("measurements",),
        _INDICATOR,
        unasked=("organisation",),
    ),
    Kind(
        N_("cost"), N_("what a phase costs, and who pays for it"), Cost, ("costs",), unasked=("date", "note")
    ),
    Kind(
        N_("rollout"),
        N_("a trajectory of a roll-out: its file, or a report in JSON"),
        RolloutMember,
        ("rollout",),
    ),
    Kind(N_("item"), N_("your own checklist item"), ChecklistItem, ("checklist",)),
    Kind(N_("accepted"), N_("a finding that the team accepts"), Accepted, ("accepted",)),
)


def kind_of(name: str, aliases: Mapping[str, str]) -> Kind:
    """The kind with a name, or with one of ``aliases``. Raises :class:`Refused` if there is none."""
    names = [kind.name for kind in KINDS]
    meant = known_as(name, (*names, *aliases)) or name
    found = next((kind for kind in KINDS if kind.name == aliases.get(meant, meant)), None)
    if found is None:
        near = nearest(name, [*names, *aliases])
        hint = msg("did you mean {word}?", word=aliases.get(near, near)) if near else one_of(names)
        raise Refused(msg("unknown kind {word}", word=name), hint)
    return found


def keys_of(kind: Kind, today: date) -> tuple[Key, ...]:
    """The keys of a kind, in the order in which fii asks for them."""
    found: list[Key] = []
    parent = kind.parent
    if parent:
        found.append(Key(parent.asked_as, parent.description, True, parent.record, (parent.key,)))
    if kind.steps:
        found.append(Key("step", N_("Which step: plan, do, check or act."), True, kind.record, ()))
    found += _fields(kind.record, today)
    if kind.steps:
        found = [_dated(key, today) for key in found]
    if parent:
        found += [
            Key(key.name, key.description, False, parent.record, key.path)
            for key in _fields(parent.record, today)
            if key.name not in (parent.key, "id") and "." not in key.name
        ]
    found.sort(key=lambda key: key.name == "id")  # the id comes last: fii can make one from the answers
    return tuple(found)


def _fields(record: type[Record], today: date, path: tuple[str, ...] = ()) -> list[Key]:
    """The fields of a record with a single value; those of a nested record have a dotted name."""
    found: list[Key] = []
    for name, info in record.model_fields.items():
        annotation: Any = info.annotation
        inner = record_in(annotation)
        if inner and not is_list(annotation):
            found += _fields(inner, today, (*path, name))
        elif not inner:
            required = info.is_required() and name != "id" and not path
            key = Key(".".join((*path, name)), info.description or "", required, record, (*path, name))
            found.append(_dated(key, today) if required else key)
    return found


def _dated(key: Key, today: date) -> Key:
    """Default a required date to today."""
    if key.name != "date":
        return key
    return Key(key.name, key.description, False, key.record, key.path, today.isoformat())


def value_of(key: Key, text: str) -> Value:
    """The value for a text, as written to the file."""
    return value_for(key.record.model_fields[key.path[-1]].annotation, text) if key.path else text


def typed(key: Key, kind: Kind, text: str, known: Known) -> str:
    """A value of a key as the format writes it, for what was typed; empty for a word that means none."""
    if not key.path:
        return meant(text, kind.steps) or text
    if kind.parent and key.name == kind.parent.asked_as and not _refers_to(key):
        return known_as(text, _ids_of(kind.parent, known.trajectory)) or text
    return as_written(key.record, key.path[-1], text, known)


def _ids_of(parent: Parent, trajectory: Trajectory) -> list[str]:
    """The ids of the existing records of a parent."""
    held: Any = trajectory
    for step in parent.route:
        held = getattr(held, str(step), None)
    return [str(getattr(each, parent.key)) for each in held or ()]


def takes_date(key: Key) -> bool:
    """Whether the value of a key is a date."""
    return bool(key.path) and is_date(key.record.model_fields[key.path[-1]].annotation)


def takes_period(key: Key) -> bool:
    """Whether the value of a key may also be a period."""
    return bool(key.path) and is_period(key.record.model_fields[key.path[-1]].annotation)


def choices(key: Key, kind: Kind, trajectory: Trajectory) -> list[str]:
    """The allowed values of a key, or the ids in the file that it can refer to; empty if any text is."""
    if not key.path:
        return list(kind.steps)
    refers = _refers_to(key)
    if refers == "person":
        return [person.id for person in trajectory.people]
    if refers == "organisation":
        return [organisation.id for organisation in trajectory.organisations]
    return closed_values(key.record.model_fields[key.path[-1]].annotation)


def offered(key: Key, kind: Kind, trajectory: Trajectory, day: date) -> list[str]:
    """The choices to offer on a day: whoever left or ended may be named, but is not offered."""
    if _refers_to(key) == "person":
        return [person.id for person in people_there(trajectory, day)]
    found = choices(key, kind, trajectory)
    return [each for each in found if _refers_to(key) != "organisation" or not gone(trajectory, each, day)]


def _refers_to(key: Key) -> str:
    """``person`` or ``organisation`` if a key contains the id of one, or else empty."""
    extra = key.record.model_fields[key.path[-1]].json_schema_extra if key.path else None
    return str(extra.get(REFERS_TO, "")) if isinstance(extra, dict) else ""


def wrong_with(key: Key, text: str, kind: Kind, trajectory: Trajectory) -> Message | None:
    """The error message for a text that is not a valid value of a key; ``None`` if it is valid."""
    if key.path:
        finding: Finding | None = why_unfit(key.record, key.path[-1], value_of(key, text))
        if finding:
            return msg("{what}: {remedy}", what=finding.message, remedy=finding.hint or finding.message)
        if not _refers_to(key):
            return None
    known = choices(key, kind, trajectory)
    if text in known:
        return None
    if not known:
        return msg("add it first: fii add {kind}", kind=_refers_to(key))
    return did_you_mean(text, known, one_of(known))


def known_keys(kind: Kind, given: Mapping[str, str], today: date) -> dict[str, Key]:
    """The keys of a kind by name. Raises :class:`Refused` if an unknown key was given."""
    keys = {key.name: key for key in keys_of(kind, today)}
    for name in given:
        if name not in keys:
            raise Refused(
                msg("{kind} has no key {key}", kind=kind.name, key=name),
                did_you_mean(name, list(keys), one_of(list(keys))),
            )
    return keys
