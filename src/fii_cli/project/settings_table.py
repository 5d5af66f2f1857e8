"""Tables of ``fii.toml`` as models: valid keys are kept, and the rest become errors with their path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, get_origin

from fii_cli.diagnostics import Route
from fii_cli.frozen import Frozen, Key, ValidationError, key
from fii_cli.language import Message, msg
from fii_cli.suggest import Lexicon, did_you_mean, one_of
from fii_cli.trajectory.places import closed_values

MOST = 9999
"""The largest number for a rule: nobody looks back further, even in days."""
Mistake = tuple[tuple[str, ...], Message, Message | None]
"""The path of keys, the error, and the remedy."""
Keys = tuple[str, ...]
OURS = "x-wrong"
"""Metadata for people; it is left out of the JSON Schema."""


class Table(Frozen):
    """A table of settings: immutable, without unknown keys, and with every key optional."""


T = TypeVar("T", bound=Table)


def field(description: str, default: Any = None, *, wrong: str = "", example: str = "", **more: Any) -> Any:
    """A key of a table. ``description`` is shown in editors, in either language.

    ``wrong`` is said of a value that does not fit, with the gaps ``{key}`` and ``{most}``, and ``example`` is
    a line that does fit. A key with closed words, or with a table, needs neither.
    """
    if "default_factory" not in more:
        more["default"] = default
    return key(description=description, json_schema_extra={OURS: [wrong, example]}, **more)


class Unfit(ValueError):
    """A validation error with its own message."""

    def __init__(self, message: Message, hint: Message | None) -> None:
        super().__init__(message.text)
        self.message, self.hint = message, hint


def read_table(model: type[T], data: object, above: Keys = ()) -> tuple[T, list[Mistake]]:
    """The valid part of a table, and the errors in the rest. ``above`` is the path of the table."""
    if not isinstance(data, dict):
        return model(), [(above, *_no_table(above))]
    rest = {key: dict(value) if isinstance(value, dict) else value for key, value in data.items()}
    mistakes: dict[Keys, Mistake] = {}
    lexicons: dict[type[Table], Lexicon] = {}
    while True:
        try:
            return model.model_validate(rest), list(mistakes.values())
        except ValidationError as error:
            for each in error.errors(include_url=False):
                table, keys = _key_at(model, each["loc"])
                if keys not in mistakes:
                    lexicon = lexicons.setdefault(table, Lexicon(list(keys_of(table))))
                    mistakes[keys] = ((*above, *keys), *_worded(each, table, (*above, *keys), lexicon))
                    _drop(rest, keys)


def keys_of(table: type[Table]) -> dict[str, Key]:
    """The keys of a table as written in the file."""
    return {info.alias or name: info for name, info in table.model_fields.items()}


def _key_at(table: type[Table], route: Route) -> tuple[type[Table], Keys]:
    """The table that contains the invalid key, and the path of that key."""
    first = str(route[0])
    info = keys_of(table).get(first)
    inner = info.annotation if info else None
    if isinstance(inner, type) and issubclass(inner, Table) and len(route) > 1:
        innermost, keys = _key_at(inner, route[1:])
        return innermost, (first, *keys)
    return table, (first,)


def _drop(table: dict[str, Any], keys: Keys) -> None:
    for each in keys[:-1]:
        table = table[each]
    del table[keys[-1]]


def _worded(error: Any, table: type[Table], keys: Keys, known: Lexicon) -> tuple[Message, Message | None]:
    """The error at a key, and the remedy."""
    key = keys[-1]
    info = keys_of(table).get(key)
    if info is None:
        return msg("unknown key {key}", key=key), did_you_mean(key, known, one_of(known.known))
    unfit = error.get("ctx", {}).get("error")
    if isinstance(unfit, Unfit):
        return unfit.message, unfit.hint
    if _holds_table(info):
        return _no_table(keys)
    if words := closed_values(info.annotation):
        return _no_value(error["input"], key, words)
    ours: Any = info.json_schema_extra
    wrong, example = ours[OURS]
    return msg(wrong, key=key, most=MOST), msg("such as {word}", word=example)


def _holds_table(info: Key) -> bool:
    kind = info.annotation
    return get_origin(kind) is dict or (isinstance(kind, type) and issubclass(kind, Table))


def _no_table(keys: Keys) -> tuple[Message, Message]:
    hint = msg("write [{name}], and its keys below it", name=".".join(keys))
    return msg("{key} must be a group of keys", key=keys[-1]), hint


def _no_value(written: object, key: str, allowed: Sequence[str]) -> tuple[Message, Message]:
    text = _shown(written)
    wrong = msg("invalid value {written} for {key}", written=text or "''", key=key)
    return wrong, did_you_mean(text, allowed, one_of(allowed))


def _shown(value: object) -> str:
    try:
        return str(value)
    except ValueError:  # an integer with thousands of digits
        return "…"
