"""What ``fii set`` takes: the path of a value in the trajectory, then the value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, get_args, get_origin

from fii_cli.completion.asked import Asked, Candidate, Fields, text_of
from fii_cli.completion.keys import values_of
from fii_cli.completion.values import items_of, ratings_of
from fii_cli.diagnostics import Refused, Route
from fii_cli.edits.set import NAMES, route_to
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Rating
from fii_cli.trajectory.places import annotation_at, is_list, record_at, record_in


class _Step(NamedTuple):
    """One step further on a path: how it is written, and where it leads."""

    name: str
    to: str | int
    help: str = ""


def is_path(word: str, _asked: Asked) -> bool:
    """Whether a word begins with a key of the format."""
    return word.partition(".")[0].lower() in Trajectory.model_fields


def set_paths(asked: Asked) -> Iterator[Candidate]:
    """The paths that continue what was typed, one step at a time."""
    return _paths((), "", asked)


def _paths(route: Route, before: str, asked: Asked) -> Iterator[Candidate]:
    for step in _steps(route, asked):
        path, to = before + step.name, (*route, step.to)
        inner = annotation_at(to)
        inside = _has_steps(inner, step.to)
        if inside and asked.word.startswith(f"{path}."):  # a name may contain dots itself
            yield from _paths(to, f"{path}.", asked)
        elif path.startswith(asked.word):
            settable = _is_value(inner, step.to)
            yield Candidate(path if settable else f"{path}.", step.help, ends=settable)


def _has_steps(annotation: Any, step: str | int) -> bool:
    """Whether a path can go on from here."""
    return bool(record_in(annotation)) or get_origin(annotation) is dict or _is_long(annotation, step)


def _is_long(annotation: Any, step: str | int) -> bool:
    return is_list(annotation) and isinstance(step, str)


def _is_value(annotation: Any, step: str | int) -> bool:
    """Whether a value can be set here: a rating in its short form, a list of words at once."""
    if get_origin(annotation) is dict:
        return False
    record = record_in(annotation)
    return record in (None, Rating) or (is_list(annotation) and isinstance(step, int) and record is None)


def _steps(route: Route, asked: Asked) -> Iterable[_Step]:
    annotation, held = annotation_at(route), asked.value(route)
    if get_origin(annotation) is dict:
        return _chosen_keys(route, annotation, held, asked)
    if _is_long(annotation, route[-1] if route else 0):
        return _items(held if isinstance(held, list) else [])
    record = record_at(route)
    fields = record.model_fields.items()
    return [_Step(name, name, asked.say(info.description or "")) for name, info in fields]


def _items(held: list[Any]) -> Iterator[_Step]:
    """The items of a list: each by its name if no other has it, or else its number, and the last one."""
    records = [each if isinstance(each, dict) else {} for each in held]
    names = [_first_text(each, NAMES) for each in records]
    for at, (name, record) in enumerate(zip(names, records, strict=True)):
        step = name if name and names.count(name) == 1 else str(at + 1)
        others = (text_of(record, key) for key in _ELSE)
        told = _first_text(record, _TOLD) or " ".join(each for each in others if each not in ("", step))
        yield _Step(step, at, told)
    if held:
        yield _Step("last", len(held) - 1, names[-1])


def _first_text(record: Fields, keys: tuple[str, ...]) -> str:
    return next(filter(None, (text_of(record, key) for key in keys)), "")


_TOLD = ("what", "role", "name", "question", "text")
"""The keys that tell people which item it is; a person has a role, and the name is for the file only."""
_ELSE = ("phase", "person", "organisation", "rule", "instrument", "date", "entered")


def _chosen_keys(route: Route, annotation: Any, held: Any, asked: Asked) -> Iterator[_Step]:
    """The keys that the file has, and the items that it could rate."""
    known = dict.fromkeys(held, "") if isinstance(held, dict) else {}
    if record_in(get_args(annotation)[1]) is Rating:
        instrument = asked.value((*route[:-1], "instrument"))
        if isinstance(instrument, str) and instrument in asked.book.names.instruments():
            known |= {each.value: each.help for each in items_of(instrument, asked)}
    return (_Step(key, key, told) for key, told in known.items())


def new_values(asked: Asked) -> Iterable[Candidate]:
    """The values that the key at the path takes."""
    document = asked.document
    if document is None or not asked.own:
        return ()
    try:
        route = route_to(document, asked.own[0])
    except Refused:
        return ()
    record = record_at(route)
    if record_in(annotation_at(route)) is Rating and get_origin(annotation_at(route)) is not dict:
        return _ratings(route, asked)
    if record is Rating and route[-1] == "value":
        return _ratings(route[:-1], asked)
    key = next((step for step in reversed(route) if isinstance(step, str)), "")
    return values_of(record_at(route[: route.index(key)]), key, asked) if key in record.model_fields else ()


def _ratings(route: Route, asked: Asked) -> Iterable[Candidate]:
    instrument = asked.value((*route[:2], "instrument"))
    known = isinstance(instrument, str) and instrument in asked.book.names.instruments()
    return ratings_of(str(instrument), str(route[-1]), asked) if known else ()
