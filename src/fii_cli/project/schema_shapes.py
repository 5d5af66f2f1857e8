"""The shapes that the schema for editors is made of.

An editor reads a schema for three purposes, and in its own words: it offers ``true`` and ``null`` where they
fit, lists the values of an ``enum`` below an English heading, and names every alternative that does not fit.
So each purpose has its own place here. ``anyOf`` and ``defaultSnippets`` only offer
and explain, and refuse nothing; ``if`` decides what is valid, and is never shown; ``then`` refuses the rest,
with one message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

Schema = dict[str, Any]
_WIDTH = 240
"""What fits on a line of this many characters is written on one."""

NULL: Schema = {"type": "null"}
_LONG = 40
"""The most values in a message."""


def ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def judged(valid: Schema, told: Schema) -> Schema:
    """Accept only what is ``valid``; ``told`` refuses all the rest, and has the message."""
    return {"if": {"not": valid}, "then": told}


def one_of_these(values: Sequence[str | int], message: str, also: Sequence[str | int] = ()) -> Schema:
    """Accept only these values and ``also`` those; of the latter neither a message nor a fix speaks."""
    told = {"enum": [*values], "errorMessage": message}
    return judged({"enum": [*values, *also]}, told)


def or_empty(schema: Schema) -> Schema:
    """Accept an empty value too, which means that the key is absent."""
    return {"if": NULL, "else": schema}


def any_of(*types: str) -> Schema:
    return {"anyOf": [{"type": each} for each in types]}


def written(pattern: str) -> Schema:
    """Accept only a text of this form."""
    return {"type": "string", "pattern": pattern}


def offered(values: Mapping[str, str], *, in_order: bool = True) -> Schema:
    """Offer values, each with its meaning; in this order, or else by name."""
    snippets = []
    for place, (value, meaning) in enumerate(values.items()):
        snippet = {"label": value, "body": value}
        if meaning != value:
            snippet["description"] = meaning
        if in_order:
            snippet["sortText"] = f"{place:02}"
        snippets.append(snippet)
    return {"defaultSnippets": snippets}


def explained(values: Mapping[str, str]) -> Schema:
    """Offer values, each with its meaning, and show the meaning of the one that is there.

    The last alternative is for any other value. Its empty description keeps the editor from taking all
    alternatives for one, which it would then describe together.
    """
    constants = [{"const": value, "description": meaning} for value, meaning in values.items()]
    return {"anyOf": [*constants, {"description": ""}]}


OFFERS = ("anyOf", "defaultSnippets")
"""Where a shape offers values; the rest of it judges."""
ANYTHING: Schema = {"anyOf": [{"description": ""}]}
"""Offers nothing. Without alternatives an editor completes a key of several types without its colon."""


def meanings_of(values: Mapping[str, str]) -> list[Schema]:
    """Show the meaning of each value that is valid, and not offered."""
    return [
        {"if": written(f"^{plain(value)}$"), "then": {"description": meaning}}
        for value, meaning in values.items()
    ]


def list_of(item: Schema, message: str) -> Schema:
    """A list; an item without a value is skipped."""
    offers = {key: value for key, value in item.items() if key in OFFERS}
    judging = {key: value for key, value in item.items() if key not in OFFERS}
    return {"type": "array", "items": {**offers, **or_empty(judging)}, "errorMessage": message}


def if_object(keys: dict[str, Schema], **more: Schema) -> Schema:
    """What the keys of a group contain besides what is said of them elsewhere, where they are offered."""
    then = {"type": "object", "properties": keys, **more}
    return {"doNotSuggest": True, "if": {"type": "object"}, "then": then}


def if_list(items: Schema) -> Schema:
    """What the items of a list are besides what is said of them elsewhere."""
    return {"doNotSuggest": True, "if": {"type": "array"}, "then": {"type": "array", "items": items}}


def record_of(keys: dict[str, Schema], required: Sequence[str], known: str, needed: str) -> Schema:
    """A group of keys. What is required is only missed if every key is known: a typo is said once."""
    record: Schema = {
        "type": "object",
        "properties": keys,
        "additionalProperties": False,
        "errorMessage": known,
    }
    if required:
        record |= {
            "if": {"propertyNames": {"enum": [*keys]}},
            "then": {
                "properties": dict.fromkeys(required, True),
                "required": [*required],
                "errorMessage": needed,
            },
        }
    return record


def known(groups: Mapping[str, Sequence[str]], also: Collection[str], said: Callable[[str], str]) -> Schema:
    """Accept of the values that begin as those of a group only these, and ``also`` those.

    A wrong value is told the values that begin as it does: a schema cannot know which is nearest.
    """
    judging = []
    for beginning, values in groups.items():
        valid = [*values, *(each for each in also if each.startswith(beginning))]
        told = as_keys(valid, said(in_short(values)))
        # A pattern is for texts, and a key such as 17 is none to an editor.
        judging.append({"if": written(beginning_with([beginning])), "then": told} if beginning else told)
    return {"allOf": judging}


def as_keys(values: Sequence[str], message: str) -> Schema:
    """Accept only these keys: to an editor a key such as 17 is a number, and to other programs a text."""
    return {"enum": [*whole_numbers(values), *values], "errorMessage": message}


def whole_numbers(values: Iterable[str]) -> list[int]:
    """The values that are whole numbers, as numbers."""
    return [int(each) for each in values if re.fullmatch(r"0|-?[1-9][0-9]*", each)]


def beginning_with(beginnings: Iterable[str]) -> str:
    """The pattern of texts that begin with one of these, up to a dot or as a whole."""
    return f"^(?:{'|'.join(_beginning(each) for each in dict.fromkeys(beginnings))})"


def _beginning(text: str) -> str:
    return rf"{plain(text[:-1])}(?:\.|$)" if text.endswith(".") else plain(text)


def in_short(values: Sequence[str]) -> str:
    """A list for a message, which ends where nobody reads on."""
    return ", ".join(values[:_LONG]) + (" …" if len(values) > _LONG else "")


def plain(text: str) -> str:
    """The pattern of a text. Editors reject an escaped hyphen, as ``re.escape`` writes it."""
    return re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", text)


def as_text(part: Any, indent: int = 0) -> str:
    """A schema as text: short parts on one line, so that a changed value is a changed line."""
    line = json.dumps(part, ensure_ascii=False)
    if indent + len(line) <= _WIDTH or not isinstance(part, dict | list):
        return line
    within, newline = indent + 1, "\n" + " " * indent
    if isinstance(part, dict):
        parts = [f"{json.dumps(key)}: {as_text(value, within)}" for key, value in part.items()]
        opens, closes = "{}"
    else:
        parts = [as_text(value, within) for value in part]
        opens, closes = "[]"
    return f"{opens}{newline} {f',{newline} '.join(parts)}{newline}{closes}"
