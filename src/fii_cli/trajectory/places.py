"""The format by path: the record or the type at a path."""

import re
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from fii_cli.diagnostics import Route
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import OneOrMore, Record
from fii_cli.trajectory.dates import Date, Period
from fii_cli.yaml.emit import Value


def record_at(route: Route) -> type[Record]:
    """The record at a path, or the one that contains it."""
    while True:
        record = record_in(annotation_at(route))
        if record or not route:
            return record or Trajectory
        route = route[:-1]


def annotation_at(route: Route) -> Any:
    """The type at a path; ``None`` if the format has no such path."""
    return _annotation_of(tuple(step for step in route if isinstance(step, str)))


@lru_cache(maxsize=4096)  # all files share the same few hundred paths
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
    """Whether a type is a list, or an optional list."""
    parts = (annotation, *get_args(annotation))
    return any(get_origin(part) is tuple or part is OneOrMore for part in parts)


def closed_values(annotation: Any) -> list[str]:
    """The allowed values of a type or of its list items; empty if any text is allowed."""
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return next((found for part in get_args(annotation) if (found := closed_values(part))), [])


def is_date(annotation: Any) -> bool:
    """Whether a type is a date, or an optional date."""
    return annotation is Date or any(is_date(part) for part in get_args(annotation))


def is_period(annotation: Any) -> bool:
    """Whether a type is a date or a period."""
    return annotation is Period or any(is_period(part) for part in get_args(annotation))


_ITEM = r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\[\],"'\s][^\[\],]*)?\s*"""
_BETWEEN_BRACKETS = rf"\[{_ITEM}(?:,{_ITEM})*\]"
_EACH = rf"{_ITEM}(?:,|\Z)"


def separate(text: str) -> list[str]:
    """The items of a list that is typed with commas, or as a file has it: ``[noord, "oost, west"]``."""
    if re.fullmatch(_BETWEEN_BRACKETS, text.strip()):
        return [_unquoted(part.strip()) for part in re.findall(_EACH, text.strip()[1:-1]) if part.strip()]
    return [part.strip() for part in text.split(",") if part.strip()]


def _unquoted(part: str) -> str:
    if part.startswith('"'):
        return re.sub(r"\\(.)", r"\1", part[1:-1])
    return part[1:-1].replace("''", "'") if part.startswith("'") else part


def value_for(annotation: Any, text: str) -> Value:
    """A text converted to a type: a list is split at commas, a number becomes a number."""
    if annotation is OneOrMore:
        return OneOrMore(separate(text)).as_written
    if is_list(annotation):
        return [*separate(text)]
    parts = {annotation, *get_args(annotation), *(a for part in get_args(annotation) for a in get_args(part))}
    for number in (int, float) if text.isascii() else ():
        if number in parts or (number is int and float in parts):
            try:
                return number(text)
            except ValueError:
                continue
    return text


def order_in_format(route: Route) -> tuple[int, ...]:
    """A sort key for the order of the format; keys that a file chooses itself sort as equal."""
    places: list[int] = []
    for at, step in enumerate(route):
        if isinstance(step, int):
            places.append(step)
            continue
        fields = list(record_at(route[:at]).model_fields)
        places.append(fields.index(step) if step in fields else len(fields))
    return tuple(places)
