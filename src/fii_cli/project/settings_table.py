"""Tables of ``fii.toml`` as models: what fits is kept, and the rest is told with the keys that lead to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

from fii_cli.diagnostics import Route
from fii_cli.language import Message, msg
from fii_cli.suggest import Lexicon, did_you_mean, one_of
from fii_cli.trajectory.places import closed_values

MOST = 9999
"""The largest number that a rule takes: of days, weeks or months it is more than anybody looks back."""
Mistake = tuple[tuple[str, ...], Message, Message | None]
"""The keys that lead to it, what is wrong, and what to do."""
Keys = tuple[str, ...]
OURS = "x-wrong"
"""What a key says about itself for people only; a JSON Schema goes without."""


class Table(BaseModel):
    """A table of settings: it does not change, knows all its keys, and needs none of them."""

    # pydantic's own regular expressions take 15 ms to build where letters of all scripts fit
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, regex_engine="python-re")


T = TypeVar("T", bound=Table)


def field(description: str, default: Any = None, *, wrong: str = "", example: str = "", **more: Any) -> Any:
    """A key of a table; ``description`` is what its author reads about it, in either language.

    ``wrong`` is said of a value that does not fit, with the gaps ``{key}`` and ``{most}``, and ``example`` is
    a line that does fit. A key with closed words, or with a table, needs neither.
    """
    if "default_factory" not in more:
        more["default"] = default
    return Field(description=description, json_schema_extra={OURS: [wrong, example]}, **more)


class Unfit(ValueError):
    """Why a value cannot be used, in words of its own."""

    def __init__(self, message: Message, hint: Message | None) -> None:
        super().__init__(message.text)
        self.message, self.hint = message, hint


def read_table(
    model: type[T], data: object, above: Keys = (), context: object = None
) -> tuple[T, list[Mistake]]:
    """What fits of a table, and what is wrong with the rest; ``above`` are the keys that lead to it."""
    if not isinstance(data, dict):
        return model(), [(above, *_no_table(above))]
    rest = {key: dict(value) if isinstance(value, dict) else value for key, value in data.items()}
    mistakes: dict[Keys, Mistake] = {}
    lexicons: dict[type[Table], Lexicon] = {}
    while True:
        try:
            return model.model_validate(rest, context=context), list(mistakes.values())
        except ValidationError as error:
            for each in error.errors(include_url=False):
                table, keys = _key_at(model, each["loc"])
                if keys not in mistakes:
                    lexicon = lexicons.setdefault(table, Lexicon(list(keys_of(table))))
                    mistakes[keys] = ((*above, *keys), *_worded(each, table, (*above, *keys), lexicon))
                    _drop(rest, keys)


def keys_of(table: type[Table]) -> dict[str, FieldInfo]:
    """The keys of a table as they are written."""
    return {info.alias or name: info for name, info in table.model_fields.items()}


def _key_at(table: type[Table], route: Route) -> tuple[type[Table], Keys]:
    """The table with the key whose value does not fit, and the keys that lead there, not into the value."""
    first = str(route[0])
    info = keys_of(table).get(first)
    inner = info.annotation if info else None
    if isinstance(inner, type) and issubclass(inner, Table) and len(route) > 1:
        innermost, keys = _key_at(inner, route[1:])
        return innermost, (first, *keys)
    return table, (first,)


def _drop(table: dict[str, Any], keys: Keys) -> None:
    for key in keys[:-1]:
        table = table[key]
    del table[keys[-1]]


def _worded(error: Any, table: type[Table], keys: Keys, known: Lexicon) -> tuple[Message, Message | None]:
    """What is wrong at a key, and what to do."""
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


def _holds_table(info: FieldInfo) -> bool:
    kind = info.annotation
    return get_origin(kind) is dict or (isinstance(kind, type) and issubclass(kind, Table))


def _no_table(keys: Keys) -> tuple[Message, Message]:
    hint = msg("write [{name}], and its keys below it", name=".".join(keys))
    return msg("{key} has keys of its own", key=keys[-1]), hint


def _no_value(written: object, key: str, allowed: Sequence[str]) -> tuple[Message, Message]:
    text = _shown(written)
    wrong = msg("{written} is not a value of {key}", written=text or "''", key=key)
    return wrong, did_you_mean(text, allowed, one_of(allowed))


def _shown(value: object) -> str:
    try:
        return str(value)
    except ValueError:  # a number of thousands of digits
        return "…"
