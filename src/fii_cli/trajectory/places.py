"""What the format has at a place: the record or the type that a route leads to."""

from functools import lru_cache
from typing import Any, get_args, get_origin

from fii_cli.diagnostics import Route
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record


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
