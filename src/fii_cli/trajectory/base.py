"""The base of every part of a trajectory: frozen records, and their types of value."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args

from fii_cli.diagnostics import Route
from fii_cli.frozen import After, Before, Frozen, Instead, Limits, PydanticCustomError, key
from fii_cli.trajectory.dates import Date, Period, parse_date, parse_period
from fii_cli.words import PHASES, Audience, Phase

REFERS_TO, REACHES, BELONGS, KNOWN_FROM = "x-refers-to", "x-reaches", "x-belongs", "x-known-from"


class Record(Frozen):
    """A part of a trajectory: frozen, without unknown keys.

    ``KEY`` are the keys that tell it apart from the others in its list, whatever their order. A ``WHOLE``
    record is one statement, of which no part makes sense without the rest, such as a rating with its note.
    The keys ``TOGETHER`` make one statement in a record that has others, such as counts and their responses.
    """

    KEY: ClassVar[tuple[str, ...]] = ()
    WHOLE: ClassVar[bool] = False
    TOGETHER: ClassVar[tuple[str, ...]] = ()


def field(
    description: str,
    default: Any = None,
    *,
    refers_to: Literal["organisation", "person"] | None = None,
    reaches: Audience = "team",
    belongs: bool = False,
    known_from: bool = False,
    **more: Any,
) -> Any:
    """A key of a record; ``description`` is a translatable text for authors.

    With ``refers_to`` the value is the id of an organisation or a person elsewhere in the file; with
    ``belongs`` an edition without that organisation or person omits the record too. ``reaches`` is the widest
    audience that a report may show the key to. It defaults to the team, so that a new key does not leak.
    ``known_from`` marks the date from which the record is known: before it, reports leave the record out.
    """
    extra: Any = {REACHES: reaches}
    if refers_to:
        extra |= {REFERS_TO: refers_to}
    if belongs:
        extra |= {BELONGS: True}
    if known_from:
        extra |= {KNOWN_FROM: True}
    if "default_factory" not in more:
        more["default"] = default
    return key(description=description, json_schema_extra=extra, **more)


def remade(record: Any, **values: Any) -> Any:
    """A record with other values, without the cached properties that a copy would keep."""
    whole = {name: getattr(record, name) for name in type(record).model_fields}
    return type(record).model_construct(**whole | values)


@cache
def parts_of(kind: type[Record]) -> tuple[str, ...]:
    """The keys of a kind of record that can contain records."""
    return tuple(name for name, info in kind.model_fields.items() if _holds_records(info.annotation))


def _holds_records(annotation: Any) -> bool:
    if isinstance(annotation, type):
        return issubclass(annotation, Record)
    return any(_holds_records(each) for each in get_args(annotation))


@cache
def references_of(kind: type[Record], to: Literal["organisation", "person"]) -> tuple[str, ...]:
    """The keys of a kind of record that refer to an organisation or a person."""
    extras = ((name, info.json_schema_extra) for name, info in kind.model_fields.items())
    return tuple(name for name, extra in extras if isinstance(extra, dict) and extra.get(REFERS_TO) == to)


@cache
def has_id(kind: type[Record]) -> bool:
    """Whether records of a kind have an id."""
    return "id" in kind.model_fields


def walk(record: Record, route: Route = ()) -> Iterator[tuple[Route, Record]]:
    """The record and every nested record, with its path, in the order of the model."""
    found: list[tuple[Route, Record]] = []
    _walk(record, route, found)
    return iter(found)


def _walk(record: Record, route: Route, found: list[tuple[Route, Record]]) -> None:
    found.append((route, record))
    for name in parts_of(type(record)):
        value = getattr(record, name)
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Record):
                    _walk(item, (*route, name, index), found)
        elif isinstance(value, dict):
            for key, item in value.items():
                if isinstance(item, Record):
                    _walk(item, (*route, name, key), found)
        elif isinstance(value, Record):
            _walk(value, (*route, name), found)


def _phase(value: Any) -> Any:
    return PHASES[int(value) - 1] if value in ("1", "2", "3", "4", "5", "6") else value


def _date(value: Any) -> Date:
    if type(value) is Date:
        return value
    parsed = parse_date(value) if isinstance(value, str) else None
    if parsed is None:
        raise PydanticCustomError("date_form", "not an ISO date")
    return parsed


def _date_or_period(value: Any) -> Date | Period:
    if isinstance(value, Date):
        return value
    parsed = (parse_date(value) or parse_period(value)) if isinstance(value, str) else None
    if parsed is None:
        raise PydanticCustomError("period_form", "not an ISO date or an interval of two")
    return parsed


def short_form(key: str) -> Before:
    """Accept a plain text for a record, as the value of one of its keys."""
    return Before(lambda value: {key: value} if isinstance(value, str) else value)


T = TypeVar("T")
Listed = tuple[T, ...]
Text = str
Id = str


class OneOrMore(tuple[str, ...]):
    """Ids of which there is usually one: a file has one as a text, and several as a list."""

    __slots__ = ()
    READ_AS: ClassVar[Any]

    @property
    def as_written(self) -> str | list[str]:
        return self[0] if len(self) == 1 else [*self]


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


OneOrMore.READ_AS = Annotated[tuple[str, ...], Before(_listed), After(OneOrMore)]
When = Annotated[Date, Instead(_date)]
WhenOrPeriod = Annotated[Date | Period, Instead(_date_or_period)]
PhaseName = Annotated[Phase, Before(_phase)]
Number = Annotated[float, Limits(allow_inf_nan=False)]
Amount = Annotated[float, Limits(ge=0, le=1_000_000_000_000, allow_inf_nan=False)]
Count = Annotated[int, Limits(ge=0, le=1_000_000_000)]


class Rating(Record):
    """The rating of one item; the instrument's scale defines the valid values."""

    WHOLE = True

    value: Text = field(
        "The rating: groen, oranje, rood, onbekend or nvt for a light.", ..., reaches="client"
    )
    note: Text | None = field("The reason for this rating.", reaches="steering")
    evidence: Text | None = field("The evidence: a path in the repository, or a URL.", reaches="steering")
