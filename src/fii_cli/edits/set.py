"""One value to set, by the path that leads to it: ``people.wethouder.role``, ``visits.last.reason``."""

from __future__ import annotations

import re
from typing import get_args, get_origin

from fii_cli.diagnostics import Refused, Route
from fii_cli.edits.operations import clear, data_at, put
from fii_cli.language import msg
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.trajectory.base import Rating
from fii_cli.trajectory.places import annotation_at, is_list, record_at, record_in, value_for
from fii_cli.yaml.document import Data, Document

_NAMES = ("id", "person", "organisation", "phase", "rule", "instrument", "date")
"""The keys by which an item of a list is known, in the order in which they are tried."""

_NTH = re.compile("[1-9][0-9]{0,8}")


def route_to(document: Document, path: str) -> Route:
    """The route that a path leads to; items of a list go by their id, their number from 1, or ``last``."""
    route: Route = ()
    rest = path.split(".")
    while rest:
        step: str | int
        held, annotation = data_at(document, route), annotation_at(route)
        if isinstance(held, list) or (_inside_list(route, annotation) and held is None):
            items = held if isinstance(held, list) else []
            step, taken = _item(items, rest, ".".join(rest))
        elif get_origin(annotation) is dict:
            taken = len(rest) - (len(rest) > 1 and rest[-1] in Rating.model_fields)
            step = ".".join(rest[:taken])
        else:
            keys = list(record_at(route).model_fields) if record_in(annotation) else []
            step, taken = rest[0], 1
            if rest[0] not in keys:
                raise Refused(
                    msg("{path} leads nowhere: there is no {key}", path=path, key=rest[0]),
                    did_you_mean(rest[0], keys, one_of(keys)),
                )
        route, rest = (*route, step), rest[taken:]
    return route


def keys_on(route: Route) -> set[int]:
    """Which steps of a route are keys of the format; the others are numbers, and what people wrote."""
    return {
        at
        for at, step in enumerate(route)
        if isinstance(step, str) and get_origin(annotation_at(route[:at])) is not dict
    }


def _inside_list(route: Route, annotation: object) -> bool:
    return is_list(annotation) and bool(route) and isinstance(route[-1], str)


def _item(items: list[Data], words: list[str], path: str) -> tuple[int, int]:
    """The index of the item that the first words name, and how many words that took."""
    if words[0] == "last" and items:
        return len(items) - 1, 1
    for key in _NAMES:
        named: dict[str, list[int]] = {}
        for index, each in enumerate(items):
            if isinstance(each, dict) and isinstance(name := each.get(key), str):
                named.setdefault(name, []).append(index)
        most = max((name.count(".") for name in named), default=-1) + 1
        for taken in range(min(len(words), most), 0, -1):
            found = named.get(".".join(words[:taken]), [])
            if len(found) == 1:
                return found[0], taken
    if _NTH.fullmatch(words[0]) and int(words[0]) <= len(items):
        return int(words[0]) - 1, 1
    known = [str(each[key]) for each in items if isinstance(each, dict) for key in _NAMES[:5] if key in each]
    raise Refused(
        msg("{path} leads nowhere: there is no {key}", path=path, key=words[0]),
        did_you_mean(words[0], known, one_of([*dict.fromkeys(known), "last"]) if items else one_of([])),
    )


def set_value(document: Document, path: str, text: str) -> Document:
    """The document with one value changed; without text the value goes, and its key stays."""
    route = route_to(document, path)
    annotation = annotation_at(route)
    if is_list(annotation) and isinstance(route[-1], int):
        annotation = next((a for part in (annotation, *get_args(annotation)) for a in get_args(part)), None)
    record = record_in(annotation)
    rating = record is Rating and get_origin(annotation) is not dict
    if record and not rating:
        inside = list(record.model_fields)
        raise Refused(
            msg("{path} has keys of its own", path=path),
            msg("name one: {keys}", keys=", ".join(f"{path}.{key}" for key in inside[:6])),
        )
    held = data_at(document, route[:-1])
    if isinstance(held, str):  # a rating in its short form
        if not text:
            return document
        return put(document, route[:-1], {"value": held, str(route[-1]): text})
    if rating and isinstance(data_at(document, route), dict):
        route = (*route, "value")
    if not text:
        return clear(document, route)
    return put(document, route, value_for(annotation, text))
