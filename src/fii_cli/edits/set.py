"""Set one value by its path, such as ``people.wethouder.role`` or ``visits.last.reason``."""

from __future__ import annotations

import re
from typing import get_args, get_origin

from fii_cli.diagnostics import Refused, Route
from fii_cli.edits.typed import Known, as_written
from fii_cli.edits.write import clear, data_at, put
from fii_cli.handbook.lookup import rating_for
from fii_cli.language import msg
from fii_cli.suggest import did_you_mean, known_as, one_of, only_near
from fii_cli.trajectory.base import Rating
from fii_cli.trajectory.distinguish import Distinguish
from fii_cli.trajectory.places import (
    annotation_at,
    is_date,
    is_list,
    is_period,
    record_at,
    record_in,
    value_for,
)
from fii_cli.words import STOPLICHT
from fii_cli.yaml.document import Data, Document

NAMES = ("id", "person", "organisation", "phase", "rule", "instrument", "date")
"""The keys that identify an item of a list, in the order in which they are tried."""
_PROPOSED = ("id", "person", "organisation", "phase", "rule")
"""The keys to suggest values of for an unknown item: dates and instruments are not unique."""

_NTH = re.compile("[1-9][0-9]{0,8}")


def route_to(document: Document, path: str) -> Route:
    """The route of a path. A list item is named by its id, its number from 1, or ``last``."""
    route: Route = ()
    rest = path.split(".")
    while rest:
        held = data_at(document, route)
        annotation = annotation_at(route)
        step: str | int
        if isinstance(held, list):
            step, taken = _item(held, rest)
        elif held is None and _inside_list(route, annotation):
            step, taken = _item([], rest)
        elif get_origin(annotation) is dict:
            step, taken = _chosen_key(held, annotation, rest)
        else:
            step, taken = _key(annotation, route, rest[0], path), 1
        route = (*route, step)
        rest = rest[taken:]
    return route


def keys_on(route: Route) -> set[int]:
    """The positions in a route of keys of the format; the other steps are numbers, or ids from the file."""
    return {
        at
        for at, step in enumerate(route)
        if isinstance(step, str) and get_origin(annotation_at(route[:at])) is not dict
    }


def _inside_list(route: Route, annotation: object) -> bool:
    return is_list(annotation) and bool(route) and isinstance(route[-1], str)


def _key(annotation: object, route: Route, word: str, path: str) -> str:
    """A key that the format allows at a route. Raises :class:`Refused` if it does not."""
    keys = list(record_at(route).model_fields) if record_in(annotation) else []
    if key := known_as(word, keys):
        return key
    raise Refused(
        msg("{path} does not exist: there is no {key}", path=path, key=word),
        did_you_mean(word, keys, one_of(keys)),
    )


def _chosen_key(held: Data | None, annotation: object, words: list[str]) -> tuple[str, int]:
    """A key that the file chooses itself, such as the item ``2c.overleg``, and the number of words in it.

    The longest key that the file has is meant. In a new one, a last word that can be below it is no part of
    it: a key of a rating or a result, such as ``note`` or ``mean``, or an answer that is counted.
    """
    for taken in range(len(words), 0, -1):
        key = known_as(".".join(words[:taken]), held) if isinstance(held, dict) else None
        if key is not None:
            return key, taken
    inside = get_args(annotation)[1]
    record = record_in(inside)
    if record is None or record is Rating:
        below = words[-1] in Rating.model_fields if record else get_origin(inside) is dict
        taken = len(words) - (1 if below and len(words) > 1 else 0)
    else:
        keys = list(record.model_fields)
        found = (at for at, word in enumerate(words) if at and known_as(word, keys))
        misspelt = len(words) > 1 and only_near(words[-1], keys)
        taken = next(found, len(words) - (1 if misspelt else 0))
    return ".".join(words[:taken]), taken


def _item(items: list[Data], words: list[str]) -> tuple[int, int]:
    """The index of the item named by the first words, and the number of those words."""
    if words[0].lower() == "last" and items:
        return len(items) - 1, 1
    for key in NAMES:
        named = _named_by(items, key)
        longest = max((name.count(".") + 1 for name in named), default=0)
        for taken in range(
            min(len(words), longest), 0, -1
        ):  # an id may contain dots; the longest match is meant
            found = named.get(known_as(".".join(words[:taken]), named) or "", [])
            if len(found) == 1:
                return found[0], taken
    if _NTH.fullmatch(words[0]) and int(words[0]) <= len(items):
        return int(words[0]) - 1, 1
    raise _not_found(items, words)


def _named_by(items: list[Data], key: str) -> dict[str, list[int]]:
    """The indices of items, by their value of a key."""
    named: dict[str, list[int]] = {}
    for index, each in enumerate(items):
        name = each.get(key) if isinstance(each, dict) else None
        if isinstance(name, str):
            named.setdefault(name, []).append(index)
    return named


def _not_found(items: list[Data], words: list[str]) -> Refused:
    known: list[str] = []
    for each in items:
        if isinstance(each, dict):
            known += [str(each[key]) for key in _PROPOSED if key in each]
    choices = [*dict.fromkeys(known), "last"] if items else []
    return Refused(
        msg("{path} does not exist: there is no {key}", path=".".join(words), key=words[0]),
        did_you_mean(words[0], known, one_of(choices)),
    )


def _type_of_items(annotation: object) -> object:
    """The type of the items of a list, which may be optional."""
    for part in (annotation, *get_args(annotation)):
        for inner in get_args(part):
            return inner
    return None


def takes_date(document: Document, path: str) -> bool:
    """Whether the value at a path is a date. Raises :class:`Refused` if there is no such path."""
    return is_date(annotation_at(route_to(document, path)))


def takes_period(document: Document, path: str) -> bool:
    """Whether the value at a path may also be a period. Raises :class:`Refused` if there is no such path."""
    return is_period(annotation_at(route_to(document, path)))


def value_meant(document: Document, path: str, text: str, known: Known) -> str:
    """The value at a path as the format writes it, for what was typed."""
    route = route_to(document, path)
    annotation = annotation_at(route)
    if record_in(annotation) is Rating or (record_at(route) is Rating and route[-1] == "value"):
        item = str(route[-1] if record_in(annotation) is Rating else route[-2])
        return _rating_meant(document, route, item, text, known)
    key = next((step for step in reversed(route) if isinstance(step, str)), "")
    record = record_at(route[: route.index(key)] if key else ())
    return as_written(record, key, text, known) if text and key in record.model_fields else text


def _rating_meant(document: Document, route: Route, item: str, text: str, known: Known) -> str:
    """The rating for a word, if the instrument of the assessment has that item."""
    instrument = str(data_at(document, (*route[:2], "instrument")))
    if instrument == STOPLICHT:
        return rating_for(text, None) or text
    if instrument not in known.handbook.instrument_ids or item not in known.handbook.item_ids(instrument):
        return text
    return rating_for(text, known.handbook.scale_for(instrument, item)) or text


def set_value(document: Document, path: str, text: str) -> Document:
    """The document with one value changed; an empty text removes it."""
    route = route_to(document, path)
    annotation = annotation_at(route)
    if is_list(annotation) and isinstance(route[-1], int):
        annotation = _type_of_items(annotation)
    record = record_in(annotation)
    rating = record is Rating and get_origin(annotation) is not dict
    if record and not text and (get_origin(annotation_at(route[:-1])) is dict or record is Distinguish):
        return clear(document, route)
    if record and not rating:
        inside = list(record.model_fields)
        raise Refused(
            msg("{path} contains keys, not a value", path=path),
            msg("choose one: {keys}", keys=", ".join(f"{path}.{key}" for key in inside[:6])),
        )
    held = data_at(document, route[:-1])
    if isinstance(held, str):  # a rating in its short form
        if not text:
            return document
        if route[-1] == "value":
            return put(document, route[:-1], text)
        return put(document, route[:-1], {"value": held, str(route[-1]): text})
    if rating and isinstance(data_at(document, route), dict):
        route = (*route, "value")
    if not text:
        return clear(document, route)
    return put(document, route, value_for(annotation, text))
