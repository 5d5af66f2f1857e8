"""What can be read of a trajectory with errors: all but the invalid values."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from typing import Any, get_args

from fii_cli.diagnostics import Route
from fii_cli.frozen import ValidationError
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.places import annotation_at, closed_values, record_in
from fii_cli.yaml.document import value_at

_ANY_DAY = Date("?", date.min, date.max)
"""Stands in for a date: certainly before or after nothing."""


def without_errors(data: dict[str, Any], errors: Iterable[Any]) -> tuple[Trajectory | None, frozenset[Route]]:
    """The trajectory without its invalid values, and the paths at which it differs from the data.

    An invalid value is removed; a required one gets a stand-in, so that the record around it stays.
    """
    rest: dict[str, Any] = deepcopy(data)
    removed: set[Route] = set()
    stood_in: set[Route] = set()
    while True:
        before = len(removed) + len(stood_in)
        for error in errors:
            _repair(rest, error, removed, stood_in)
        if len(removed) + len(stood_in) == before:
            return None, frozenset(removed | stood_in)
        try:
            return Trajectory.model_validate(rest), frozenset(removed | stood_in)
        except ValidationError as still:
            errors = still.errors(include_url=False)


def _repair(data: dict[str, Any], error: Any, removed: set[Route], stood_in: set[Route]) -> None:
    """Take away the cause of an error, by removing a value or letting another stand in for it.

    Each path gets a stand-in once, so that this ends.
    """
    route: Route = error["loc"]
    missing = error["type"] == "missing"
    # Removing an item of a list would renumber the others.
    value = _stand_in(route) if missing else {} if _is_item(route, error) else None
    around = value_at(data, route[:-1])
    if value is not None and route not in stood_in and isinstance(around, dict | list):
        around[route[-1]] = value  # type: ignore[index]
        stood_in.add(route)
        return
    if gone := _drop(data, route[:-1] if missing else route):
        removed.add(gone)


def _is_item(route: Route, error: Any) -> bool:
    """Whether an error is about an item of a list that should be a record."""
    return error["type"] == "model_type" and isinstance(route[-1], int)


def _stand_in(route: Route) -> Any:
    """A valid value that means nothing, for a required key; ``None`` if there is none."""
    annotation = annotation_at(route)
    if words := closed_values(annotation):
        return words[0]
    if record_in(annotation):
        return {}
    kinds = {annotation, *get_args(annotation)}
    return next((value for kind, value in _VALUES.items() if kind in kinds), None)


_VALUES: dict[Any, Any] = {str: "?", Date: _ANY_DAY, int: 0, float: 0.0}


def _drop(data: dict[str, Any], route: Route) -> Route:
    """Remove the innermost key on a path, which renumbers no list; returns its path, or nothing."""
    for end in range(len(route), 0, -1):
        step, around = route[end - 1], value_at(data, route[: end - 1])
        if isinstance(around, dict) and step in around:
            del around[step]
            return route[:end]
    return ()
