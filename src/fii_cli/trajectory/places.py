"""What the format has at a place: the record or the type that a route leads to."""

from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from fii_cli.diagnostics import Route
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.yaml.emit import Value


def record_at(route: Route) -> type[Record]:
    """The record that a route leads to, or that it lies in."""
    while True:
        record = record_in(annotation_at(route))
        if record or not route:
            return record or Trajectory
        route = route[:-1]


def annotation_at(route: Route) -> Any:
    """The type of what a route leads to; ``None`` where the format knows no such thing."""
    return _annotation_of(tuple(step for step in route if isinstance(step, str)))


@lru_cache(maxsize=4096)  # every file has the same few hundred
def _annotation_of(keys: tuple[str, ...]) -> Any:
    annotation: Any = Trajectory
    for key in keys:
        if get_origin(annotation) is dict:
            annotation = get_args(annotation)[1]
            continue
        record = record_in(annotation)
        info = record.model_fields.get(key) if record else None
        annotation = info.annotation if info else None
    return annotation


@lru_cache(maxsize=1024)
def record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := record_in(part))), None)


def is_list(annotation: Any) -> bool:
    """Whether a type is a list, be it one that may be left out."""
    return any(get_origin(part) is tuple for part in (annotation, *get_args(annotation)))


def closed_values(annotation: Any) -> list[str]:
    """The words that a type is closed to, also within a list; nothing where any text will do."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return next((found for part in get_args(annotation) if (found := closed_values(part))), [])


def value_for(annotation: Any, text: str) -> Value:
    """A text as a value of a type: a list is parted at its commas, a number is written as one."""
    if is_list(annotation):
        return [part.strip() for part in text.split(",") if part.strip()]
    parts = {annotation, *get_args(annotation), *(a for part in get_args(annotation) for a in get_args(part))}
    for number in (int, float) if text.isascii() else ():
        if number in parts or (number is int and float in parts):
            try:
                return number(text)
            except ValueError:
                continue
    return text


def order_in_format(route: Route) -> tuple[int, ...]:
    """Where a route stands in the order of the format, to sort by; keys that the file chooses count alike."""
    places: list[int] = []
    for at, step in enumerate(route):
        if isinstance(step, int):
            places.append(step)
            continue
        fields = list(record_at(route[:at]).model_fields)
        places.append(fields.index(step) if step in fields else len(fields))
    return tuple(places)
