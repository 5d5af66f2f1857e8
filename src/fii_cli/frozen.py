"""Frozen records that the core of pydantic validates, without the Python around it.

The core is all that reading needs, and it loads in a tenth of the time. It takes a description of what is
valid, which pydantic derives from the types of a model's fields; here that is done for the dozen kinds of
type that fii uses. The names are those of pydantic, and a test compares each description with the one that
pydantic makes.

A description is a dictionary whose form can change with the core. A core outside ``KNOWN`` therefore gets the
description that its own functions make, which is slower.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    Self,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

from fii_cli.pydantic_start import core

if TYPE_CHECKING:
    from pydantic import BaseModel, ConfigDict
    from pydantic_core import PydanticCustomError, SchemaSerializer, SchemaValidator, ValidationError
else:
    _core = core()
    PydanticCustomError, ValidationError = _core.PydanticCustomError, _core.ValidationError
    SchemaSerializer, SchemaValidator = _core.SchemaSerializer, _core.SchemaValidator

__all__ = ["Before", "Frozen", "Instead", "Key", "Limits", "PydanticCustomError", "ValidationError"]

KNOWN = ((2, 27), (2, 50))
"""The first and the last core, by its two numbers, with which the whole of the tests passed."""
Schema = dict[str, Any]
Make = Callable[..., Schema]
"""Makes a description of a kind, such as ``str`` or ``nullable``, from its parts."""


F = TypeVar("F", bound=Callable[..., Any])


def _once(work: F) -> F:
    return cache(work)  # type: ignore[return-value]


class Before(NamedTuple):
    """Beside a type: what turns a value into one that the type may accept."""

    turn: Callable[[Any], Any]


class Instead(NamedTuple):
    """Beside a type: what makes a value of it from whatever is given, or raises an error."""

    make: Callable[[Any], Any]


class After(NamedTuple):
    """Beside a type: what makes something of a valid value, or raises an error."""

    turn: Callable[[Any], Any]


class Limits:
    """Beside a number or a text: ``ge``, ``le``, ``strict``, ``pattern`` or whatever the core knows."""

    def __init__(self, **limits: Any) -> None:
        self.limits = limits


class Key(NamedTuple):
    """What is known of a field: its type, its default, and what was told about it."""

    default: Any = ...
    default_factory: Callable[[], Any] | None = None
    description: str | None = None
    json_schema_extra: dict[str, Any] | None = None
    alias: str | None = None
    annotation: Any = None
    beside: tuple[Any, ...] = ()

    def is_required(self) -> bool:
        return self.default is ... and self.default_factory is None

    def get_default(self, *, call_default_factory: bool = False) -> Any:
        """The default; ``...`` if there is none."""
        if self.default_factory is None:
            return self.default
        return self.default_factory() if call_default_factory else None

    def of(self, annotation: Any) -> Key:
        """The key with its type, without what stands beside that."""
        beside = self.beside
        if get_origin(annotation) is Annotated:
            annotation, *others = get_args(annotation)
            beside = (*others, *beside)
        return self._replace(annotation=annotation, beside=beside)


def key(default: Any = ..., *, limits: Limits | None = None, **told: Any) -> Any:
    """A field with more than a default, such as ``default_factory``, ``description`` or ``alias``."""
    return Key(default, beside=(limits,) if limits else (), **told)


class _Fields:
    """The fields of a record by their name, those of its base first."""

    def __get__(self, _: object, kind: type[_Frozen]) -> dict[str, Key]:
        return _fields_of(kind)


class _Frozen:
    """A record: its fields are the annotations of its class. It has no unknown keys, and does not change."""

    # the names by which the core sets them; without slots they would be in __dict__, among the fields
    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")
    _given: ClassVar[dict[str, Any]] = {}
    model_fields: ClassVar[Any] = _Fields()

    def __init_subclass__(cls) -> None:
        """Take the defaults out of the class: a record without a value has no other in its place."""
        own = vars(cls)
        fields = [name for name, kind in cls.__annotations__.items() if name in own and _is_field(kind)]
        cls._given = {name: own[name] for name in fields}
        for name in fields:
            delattr(cls, name)

    def __init__(self, **values: Any) -> None:
        _validator(type(self)).validate_python(values, self_instance=self)

    @classmethod
    def model_validate(cls, data: object) -> Self:
        """The record in plain data. Raises ``ValidationError``."""
        found: Self = _validator(cls).validate_python(data)
        return found

    @classmethod
    def model_construct(cls, **values: Any) -> Self:
        """A record of valid values, and of the defaults for the others."""
        made = cls.__new__(cls)
        for name, key in cls.model_fields.items():
            if name in values:
                made.__dict__[name] = values[name]
            elif not key.is_required():
                made.__dict__[name] = key.get_default(call_default_factory=True)
        return made

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """A record with other values; they are not validated."""
        copied: Self = _restored(type(self), self.__dict__ | dict(update or {}))
        return copied

    @property
    def model_fields_set(self) -> set[str]:
        """The fields that were given in the data."""
        given: set[str] = self.__pydantic_fields_set__  # type: ignore[attr-defined]
        return given

    def model_dump(self, **how: Any) -> dict[str, Any]:
        """The record as plain data."""
        plain: dict[str, Any] = _serializer(type(self)).to_python(self, **how)
        return plain

    def _checked(self) -> Self:
        """The record, if its values go together. Raises ``ValueError``."""
        return self

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot go")

    def __eq__(self, other: object) -> bool:
        """Whether all fields are equal; what was worked out from them and cached is not compared."""
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in type(self).model_fields)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in type(self).model_fields)))

    def __repr__(self) -> str:
        told = (f"{name}={self.__dict__.get(name)!r}" for name in type(self).model_fields)
        return f"{type(self).__name__}({', '.join(told)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.__dict__)


if TYPE_CHECKING:

    class Frozen(BaseModel):
        """For a type checker a record is a model of pydantic, so that its fields and arguments are known."""

        model_config = ConfigDict(frozen=True, extra="forbid")
        model_fields: ClassVar[dict[str, Key]]  # type: ignore[assignment]

        def _checked(self) -> Self: ...
else:
    Frozen = _Frozen


def _restored(kind: Any, values: dict[str, Any]) -> Any:
    made = kind.__new__(kind)
    made.__dict__.update(values)
    return made


def _is_field(annotation: Any) -> bool:
    if isinstance(annotation, str):
        return not annotation.startswith("ClassVar")
    return get_origin(annotation) is not ClassVar


@_once
def _fields_of(kind: Any) -> dict[str, Key]:
    """The fields of a record. Python reads types that are still texts, which takes ten times as long."""
    kinds: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for base in reversed(kind.__mro__[: kind.__mro__.index(_Frozen)]):
        own = base.__annotations__
        texts = any(isinstance(each, str) for each in own.values())
        kinds |= get_type_hints(base, include_extras=True) if texts else own
        given |= base._given
    fields = {}
    for name, annotation in kinds.items():
        if _is_field(annotation):
            default = given.get(name, ...)
            fields[name] = (default if isinstance(default, Key) else Key(default)).of(annotation)
    return fields


@_once
def _validator(kind: Any) -> SchemaValidator:
    return SchemaValidator(_schema_of_record(kind, _make()))


@_once
def _serializer(kind: Any) -> SchemaSerializer:
    return SchemaSerializer(_schema_of_record(kind, _make()))


def _make() -> Make:
    version = tuple(int(number) for number in core().__version__.split(".")[:2])
    return described if KNOWN[0] <= version <= KNOWN[1] else described_by_core


def described(kind: str, **parts: Any) -> Schema:
    """A description in the form that the known versions of the core take."""
    return {"type": kind, **parts}


def described_by_core(kind: str, **parts: Any) -> Schema:
    """A description that a function of the core makes."""
    from pydantic_core import core_schema  # slow to import

    if kind.startswith("function-"):
        name = f"no_info_{kind.removeprefix('function-')}_validator_function"
        parts["function"] = parts["function"]["function"]
    else:
        name = _FUNCTIONS.get(kind, f"{kind}_schema")
    made: Schema = getattr(core_schema, name)(**parts)
    return made


_FUNCTIONS = {
    "default": "with_default_schema",
    "model-field": "model_field",
    "model-fields": "model_fields_schema",
}


@_once
def _schema_of_record(kind: Any, make: Make) -> Schema:
    keys = {}
    for name, key in kind.model_fields.items():
        named = {"validation_alias": key.alias} if key.alias else {}
        keys[name] = make("model-field", schema=_of_key(key, make), **named)
    schema = make(
        "model",
        cls=kind,
        schema=make("model-fields", fields=keys, model_name=kind.__name__),
        config={"title": kind.__name__, "extra_fields_behavior": "forbid"},
    )
    checked = kind._checked
    return schema if checked is _Frozen._checked else _function("after", checked, schema, make)


def _of_key(key: Key, make: Make) -> Schema:
    schema = _beside(key.annotation, key.beside, make)
    if key.default_factory is not None:
        return make("default", schema=schema, default_factory=key.default_factory)
    return schema if key.default is ... else make("default", schema=schema, default=key.default)


def schema_of(kind: Any, make: Make) -> Schema:
    """The description of a type."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is None:
        if kind in _PLAIN:
            return make(_PLAIN[kind])
        if issubclass(kind, _Frozen):
            return _schema_of_record(kind, make)
        return schema_of(kind.READ_AS, make)
    if origin is Annotated:
        return _beside(parts[0], parts[1:], make)
    if origin is Literal:
        return make("literal", expected=[*parts])
    if origin is tuple:
        return make("tuple", items_schema=[schema_of(parts[0], make)], variadic_item_index=0)
    if origin is dict:
        keys, values = (schema_of(part, make) for part in parts)
        return make("dict", keys_schema=keys, values_schema=values)
    choices = [schema_of(part, make) for part in parts if part is not NoneType]
    schema = choices[0] if len(choices) == 1 else make("union", choices=choices)
    return schema if len(choices) == len(parts) else make("nullable", schema=schema)


_PLAIN: dict[Any, str] = {str: "str", int: "int", float: "float", bool: "bool", Any: "any"}


def _beside(kind: Any, beside: tuple[Any, ...], make: Make) -> Schema:
    """The description of a type with what stands beside it."""
    first, *rest = beside or (None,)
    if isinstance(first, Instead):
        schema = make("function-plain", function={"type": "no-info", "function": first.make})
    elif isinstance(first, Limits):
        schema = make(_PLAIN[kind], **first.limits)
    else:
        schema, rest = schema_of(kind, make), [*beside]
    for each in rest:
        schema = _function("before" if isinstance(each, Before) else "after", each.turn, schema, make)
    return schema


def _function(when: str, turn: Callable[[Any], Any], schema: Schema, make: Make) -> Schema:
    return make(f"function-{when}", function={"type": "no-info", "function": turn}, schema=schema)
