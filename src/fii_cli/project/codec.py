"""Values as JSON and back, by their type hints, so that a conclusion can be kept from one run to the next.

What does not come back as exactly what it was cannot be kept. A library that reads by type hints turns the
values of a :class:`Message` into something else: a message or a tuple in them comes back as a list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from fii_cli.language import Message

T = TypeVar("T")
_PLAIN = (str, int, float, bool)


def as_data(kind: type[T], value: T) -> Any:
    """A value of this kind as data for JSON. Raises ``TypeError`` for one that would not come back."""
    return _told(kind, value)


def from_data(kind: type[T], said: Any) -> T:
    """The value that was told as this data.

    Raises ``TypeError`` or ``ValueError`` for data that :func:`as_data` does not make of this kind.
    """
    return cast(T, _meant(kind, said))


def as_json(said: Any) -> bytes:
    """Data as compact JSON. Raises ``ValueError`` for a number that JSON does not have."""
    return json.dumps(said, separators=(",", ":"), allow_nan=False).encode()


# --- to data ------------------------------------------------------------------------------------------------


def _told(kind: Any, value: Any) -> Any:
    origin, inside = _parts(kind)
    if kind in _PLAIN or kind is NoneType:
        return _of(kind, value)
    if kind is date:
        return _of(date, value).isoformat()
    if kind is Message:
        return told_message(_of(Message, value))
    if origin is Literal:
        return _among(inside, value)
    if origin is Union:
        return _told_choice(inside, value)
    if origin is tuple:
        values = _of(tuple, value)
        return [_told(each, one) for each, one in zip(_each(inside, values), values, strict=True)]
    if origin is frozenset:
        return sorted((_told(inside[0], each) for each in _of(frozenset, value)), key=repr)
    if origin is Mapping:
        keys, values = inside
        return [[_told(keys, key), _told(values, each)] for key, each in _of(dict, value).items()]
    names = _fields(kind)
    if names is None:
        return _of(kind, value).value
    _of(kind, value)
    return [_told(each, getattr(value, name)) for name, each in names]


def _told_choice(kinds: tuple[Any, ...], value: Any) -> Any:
    """``None`` as it is; any other value with the number of its kind."""
    if value is None and NoneType in kinds:
        return None
    for number, kind in enumerate(kinds):
        try:
            return [number, _told(kind, value)]
        except TypeError:
            continue
    raise TypeError


def told_message(message: Message) -> list[Any]:
    """A message as data. Raises ``TypeError`` for one with a value that would not come back."""
    values = {_of(str, name): _told_value(each) for name, each in message.values.items()}
    return [_of(str, message.text), values, message.plural and _of(str, message.plural)]


def _told_value(value: object) -> Any:
    if isinstance(value, Message):
        return {"message": told_message(value)}
    if isinstance(value, tuple):
        return {"tuple": [_told_value(each) for each in _of(tuple, value)]}
    return _plain(value)


# --- and back -----------------------------------------------------------------------------------------------


def _meant(kind: Any, said: Any) -> Any:
    origin, inside = _parts(kind)
    if kind in _PLAIN or kind is NoneType:
        return _of(kind, said)
    if kind is date:
        return date.fromisoformat(_of(str, said))
    if kind is Message:
        return meant_message(said)
    if origin is Literal:
        return _among(inside, said)
    if origin is Union:
        if said is None and NoneType in inside:
            return None
        number, one = _of(list, said)
        return _meant(inside[_among(range(len(inside)), number)], one)
    if origin is tuple:
        values = _of(list, said)
        return tuple(_meant(each, one) for each, one in zip(_each(inside, values), values, strict=True))
    if origin is frozenset:
        return frozenset(_meant(inside[0], each) for each in _of(list, said))
    if origin is Mapping:
        keys, values = inside
        return {_meant(keys, key): _meant(values, each) for key, each in _of(list, said)}
    names = _fields(kind)
    if names is None:
        return kind(_among([each.value for each in kind], said))
    pairs = zip(names, _of(list, said), strict=True)
    return kind(**{name: _meant(each, one) for (name, each), one in pairs})


def meant_message(said: Any) -> Message:
    """The message that was told as this data. Raises ``TypeError`` or ``ValueError`` for other data."""
    text, values, plural = _of(list, said)
    known = {name: _meant_value(each) for name, each in _of(dict, values).items()}
    return Message(_of(str, text), known, None if plural is None else _of(str, plural))


def _meant_value(said: Any) -> object:
    if type(said) is not dict:
        return _plain(said)
    ((name, inner),) = said.items()
    if name == "message":
        return meant_message(inner)
    if name == "tuple":
        return tuple(map(_meant_value, _of(list, inner)))
    raise TypeError


# --- kinds --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def _parts(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """What a kind is, such as a tuple, and the kinds of what is in it."""
    origin = get_origin(kind)
    same = {UnionType: Union, dict: Mapping, cast(Any, Mapping): Mapping}
    return same.get(origin, origin), get_args(kind)


@lru_cache(maxsize=256)
def _fields(kind: Any) -> tuple[tuple[str, Any], ...] | None:
    """The fields of a record with their kinds; ``None`` for an enumeration.

    Raises ``TypeError`` for another kind.
    """
    if not isinstance(kind, type):
        raise TypeError
    if issubclass(kind, Enum):
        return None
    if is_dataclass(kind):
        names = tuple(each.name for each in fields(kind))
    elif issubclass(kind, tuple) and hasattr(kind, "_fields"):
        names = kind._fields
    else:
        raise TypeError
    try:
        hints = get_type_hints(kind)
    except NameError:  # a hint that only a type checker imports
        raise TypeError from None
    return tuple((name, hints[name]) for name in names)


def _each(kinds: tuple[Any, ...], values: Any) -> tuple[Any, ...]:
    """The kind of each value in a tuple."""
    return kinds[:1] * len(values) if kinds[1:] == (...,) else kinds


def _of(kind: Any, value: Any) -> Any:
    """A value of exactly this type. Raises ``TypeError`` for another one."""
    if type(value) is not kind:
        raise TypeError
    return value


def _plain(value: Any) -> Any:
    """A text, a number or a truth value. Raises ``TypeError`` for another one."""
    if type(value) not in _PLAIN:
        raise TypeError
    return value


def _among(allowed: Any, value: Any) -> Any:
    """One of these values, of the same type. Raises ``TypeError`` for another one."""
    if not any(type(value) is type(each) and value == each for each in allowed):
        raise TypeError
    return value
