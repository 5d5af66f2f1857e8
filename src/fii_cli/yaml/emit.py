"""Values as YAML text: plain if it is unambiguous to every parser, otherwise in double quotes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence

from fii_cli.yaml.document import Data

Value = str | int | float | Mapping[str, "Value"] | Sequence["Value"]
"""Values that fii writes: text, numbers, and mappings and lists of these."""

WIDTH = 110
"""A record that fits within this width is written on one line."""

_PLAIN = r"(?:[A-Za-zÀ-ɏ]|[0-9][\w.,-]* [A-Za-zÀ-ɏ])[\w À-ɏ.,()/'+-]*"
_DATE = "[0-9]{4}(-[0-9]{2}){0,2}(/[0-9]{4}(-[0-9]{2}){0,2})?"
_ITEM = r"[1-6][abc](?:\.[a-z][\w-]*)?"
_DOUBTFUL = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan"})


def scalar(text: str, *, flow: bool = False) -> str:
    """A text as YAML. In flow style (``flow``) a comma needs quotes too."""
    plain = re.fullmatch(_PLAIN, text) and text == text.strip() and text.lower() not in _DOUBTFUL
    if plain and not (flow and "," in text):
        return text
    if re.fullmatch(_DATE, text) or re.fullmatch(_ITEM, text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _key(name: str) -> str:
    """A key as YAML, without quotes if it is a key of the format or a small number.

    Numbers such as the items of an instrument need no quotes: keys are read as text.
    """
    return (
        name
        if re.fullmatch(r"[a-z_]+|[1-9][0-9]?", name) and name not in _DOUBTFUL - {"n"}
        else scalar(name, flow=True)
    )


def flow(value: Value) -> str:
    """A value on one line, in flow style."""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return str(value)


def entry(key: str, value: Value, indent: int, depth: int) -> list[str]:
    """A key with its value as lines of block style.

    ``depth`` is the depth of the key below the root: sections get a line for each key, deeper values are
    written in flow style if they fit.
    """
    start = f"{' ' * indent}{_key(key)}:"
    if not isinstance(value, Mapping | Sequence) or isinstance(value, str):
        return [f"{start} {scalar(value) if isinstance(value, str) else value}"]
    if not value or (
        _flat(value) and (depth > 2 or isinstance(value, Sequence)) and _fixed_keys(value, depth)
    ):
        line = f"{start} {flow(value)}"
        if len(line) <= WIDTH or not value:
            return [line]
    if isinstance(value, Mapping):
        inner = [line for k, v in value.items() for line in entry(k, v, indent + 2, depth + 1)]
    else:
        inner = [line for each in value for line in item(each, indent + 2, depth + 1)]
    return [start, *inner]


def item(value: Value, indent: int, depth: int, *, block: bool = False) -> list[str]:
    """A list item as lines of block style; a record that fits is on one line, unless ``block``."""
    start = f"{' ' * indent}- "
    line = start + (scalar(value) if isinstance(value, str) else flow(value))
    if not isinstance(value, Mapping) or not value or (not block and _flat(value) and len(line) <= WIDTH):
        return [line]
    lines = [line for k, v in value.items() for line in entry(k, v, indent + 2, depth + 1)]
    return [start + lines[0][indent + 2 :], *lines[1:]]


def _flat(value: Value) -> bool:
    """Whether a value contains no nested records, so that it is readable on one line."""
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, Sequence) else ()
    return all(
        isinstance(each, str | int | float)
        or (isinstance(each, Sequence) and all(isinstance(one, str) for one in each))
        for each in inside
    )


def _fixed_keys(value: Value, depth: int) -> bool:
    """Whether the keys belong to the format; keys that a file chooses, such as items, get their own lines.

    At depth 4 and below, numeric keys are counted ratings.
    """
    fixed = r"[a-z_]+|[0-9]" if depth > 3 else r"[a-z_]+"
    return not isinstance(value, Mapping) or all(re.fullmatch(fixed, key) for key in value)


def as_read(value: Value) -> Data:
    """A value as it is read back: every scalar as its source text."""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: as_read(each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [as_read(each) for each in value]
    return str(value)


def hyphenated(text: str) -> str:
    """A text as lower-case ASCII letters and digits, with hyphens between words."""
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_.lower().replace("'", "")).strip("-")


def word_for(text: str) -> str:
    """A short id for a name: ``Stichting Voorbeeld`` becomes ``stichting-voorbeeld``."""
    return hyphenated(text)[:60].rstrip("-")
