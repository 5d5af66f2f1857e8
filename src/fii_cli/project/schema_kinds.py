"""The part of the schema for editors that follows from the records: for each key its kind of value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from fii_cli.frozen import Key
from fii_cli.language import Language, Message, msg
from fii_cli.project.schema_shapes import (
    ANYTHING,
    OFFERS,
    Schema,
    any_of,
    in_short,
    judged,
    list_of,
    offered,
    one_of_these,
    or_empty,
    record_of,
    ref,
    written,
)
from fii_cli.trajectory.base import REFERS_TO, OneOrMore, Record
from fii_cli.trajectory.labels import FIELD_LABELS
from fii_cli.trajectory.places import closed_values, is_date, is_list, is_period, record_in
from fii_cli.trajectory.versions import FIRST_VERSION, FORMAT_VERSION
from fii_cli.words import PHASES, label

_MOST = 1_000_000_000
_LEAP = "[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00"
_DAYS = (
    "(?:0[13578]|1[02])(?:-(?:0[1-9]|[12][0-9]|3[01]))?"
    "|(?:0[469]|11)(?:-(?:0[1-9]|[12][0-9]|30))?"
    "|02(?:-(?:0[1-9]|1[0-9]|2[0-8]))?"
)
_DATE = f"(?!0000)(?:[0-9]{{4}}(?:-(?:{_DAYS}))?|(?:{_LEAP})-02-29)"
DATE, DATE_OR_PERIOD = f"^{_DATE}$", f"^{_DATE}(?:/{_DATE})?$"
"""A year, a month or a day that exists, also in a leap year."""
_LIKE_A_DATE = "^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?$"
_LIKE_A_PERIOD = "^[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?(?:/[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?$"
_WHOLE = r"^\s*\+?[0-9][0-9_]*(?:\.0*)?\s*$"
_NUMBER = r"^\s*[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?\s*$"


def kinds(say: Language) -> dict[str, Schema]:
    """The kinds of value that keys share: a scalar is read as its source text, so a number is text too."""
    told_date = {"errorMessage": say(msg("write a day, a month or a year: 2025-03-12, 2025-03 or 2025"))}
    told_period = {
        "errorMessage": say(msg("write a day, a month or a year, or a period such as 2025-03/2025-09"))
    }
    no_such_day = {"errorMessage": say(msg("this date does not exist"))}
    word = say(msg("a short word without spaces"))
    versions = {"type": "integer", "minimum": FIRST_VERSION, "maximum": FORMAT_VERSION}
    newest = "|".join(str(each) for each in range(FIRST_VERSION, FORMAT_VERSION + 1))
    return {
        "text": judged(
            any_of("string", "number", "boolean"),
            {"type": "string", "errorMessage": say(msg("write it on one line"))},
        ),
        "id": judged(
            {"anyOf": [written(r"^\S+$"), *any_of("number", "boolean")["anyOf"]]},
            {**written(r"^\S+$"), "errorMessage": word},
        ),
        "reference": judged(
            {"anyOf": [written(r"^\S*$"), *any_of("number", "boolean")["anyOf"]]},
            {**written(r"^\S*$"), "errorMessage": word},
        ),
        "date": judged(
            {"anyOf": [written(DATE), {"type": "integer", "minimum": 1000, "maximum": 9999}]},
            {
                "if": written(_LIKE_A_DATE),
                "then": {**written(DATE), **no_such_day},
                "else": {**written(DATE), **told_date},
            },
        ),
        "dateOrPeriod": judged(
            {"anyOf": [written(DATE_OR_PERIOD), {"type": "integer", "minimum": 1000, "maximum": 9999}]},
            {
                "if": written(_LIKE_A_PERIOD),
                "then": {**written(DATE_OR_PERIOD), **no_such_day},
                "else": {**written(DATE_OR_PERIOD), **told_period},
            },
        ),
        "count": _number({"type": "integer", "minimum": 0, "maximum": _MOST}, _WHOLE, say),
        "number": _number({"type": "number"}, _NUMBER, say),
        "version": judged(
            {"anyOf": [versions, written(rf"^0*(?:{newest})(?:\.0+)?$")]},
            {**written(f"^(?:{newest})$"), "errorMessage": say(choose_from(newest.split("|")))},
        ),
    }


def _number(valid: Schema, pattern: str, say: Language) -> Schema:
    told = {**written(pattern), "errorMessage": say(msg("write a number, such as 12"))}
    return judged({"anyOf": [valid, written(pattern)]}, told)


def choose_from(words: Sequence[str]) -> Message:
    return msg("choose from: {words}", words=in_short(words))


def record(of: type[Record], say: Language, other: dict[str, Schema] | None = None) -> Schema:
    """A record; ``other`` are the values of the keys for which the type does not say all."""
    fields = of.model_fields
    keys = {name: _key(name, info, say, (other or {}).get(name)) for name, info in fields.items()}
    required = [name for name, info in fields.items() if info.is_required()]
    return group_of(keys, required, say)


def group_of(keys: dict[str, Schema], required: Sequence[str], say: Language) -> Schema:
    known = say(msg("valid keys: {keys}", keys=", ".join(keys)))
    return record_of(keys, required, known, say(msg("required: {keys}", keys=", ".join(required))))


def _key(name: str, info: Key, say: Language, value: Schema | None) -> Schema:
    """A key with its explanation. An optional key may be empty, which means absent."""
    description = say(info.description or "")
    shown: Schema = {"title": say(FIELD_LABELS.get(name, name)), "description": description}
    choices = {word: say(label(word)) for word in closed_values(info.annotation)}
    if choices:
        shown["markdownDescription"] = "\n".join([description, "", *map(_choice, choices, choices.values())])
    value = dict(value or _value(name, info, choices, say))
    offers: Schema = {key: value.pop(key) for key in OFFERS if key in value}
    return {
        **shown,
        **(offers or ANYTHING),
        **({"allOf": [value]} if info.is_required() else or_empty(value)),
    }


def _choice(word: str, meaning: str) -> str:
    return f"- `{word}`" + (f": {meaning}" if meaning != word else "")


def _value(name: str, info: Key, choices: dict[str, str], say: Language) -> Schema:
    """The value of a key: what is offered for it, and what is valid."""
    single = {**offered(choices), **_valid_choice([*choices], say)} if choices else _kind(name, info)
    if not is_list(info.annotation):
        return single
    several = list_of(single, say(msg("write [one, two], or a line with - for each")))
    if info.annotation is OneOrMore:
        return {"if": {"type": "array"}, "then": several, "else": single}
    return several


def _valid_choice(choices: Sequence[str], say: Language) -> Schema:
    numbers = range(1, len(PHASES) + 1) if tuple(choices) == PHASES else ()
    also = [*numbers, *(str(each) for each in numbers)]
    return one_of_these(choices, say(choose_from(choices)), also)


def _kind(name: str, info: Key) -> Schema:
    annotation: Any = info.annotation
    extra = info.json_schema_extra
    if inner := record_in(annotation):
        return ref(inner.__name__)
    if is_period(annotation):
        return ref("dateOrPeriod")
    if is_date(annotation):
        return ref("date")
    if name == "id":
        return ref("id")
    if isinstance(extra, dict) and REFERS_TO in extra:
        return ref("reference")
    types = set(_types(annotation))
    return ref("count" if int in types else "number" if float in types else "text")


def _types(annotation: Any) -> list[Any]:
    return [annotation, *(each for part in get_args(annotation) for each in _types(part))]
