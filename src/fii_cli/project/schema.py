"""The JSON Schema of a trajectory, for completion and hover in editors, in one language."""

from __future__ import annotations

from typing import Any

from fii_cli.handbook import Handbook
from fii_cli.language import Language, msg
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import KNOWN_FROM, REACHES
from fii_cli.words import LABELS, LIGHTS

_LIGHT = {"enum": list(LIGHTS)}
_ID_FORM = msg("a short word without spaces")


def json_schema(handbook: Handbook, say: Language) -> dict[str, Any]:
    """The schema for editors, with texts in the language of ``say``."""
    schema: dict[str, Any] = Trajectory.model_json_schema()
    for record in (schema, *schema["$defs"].values()):
        del record["description"]  # the docstring of the record is for developers
        _as_written(record)
    _reword(schema, say)
    _offer_items(schema["$defs"], handbook, say)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": say("Trajectory"),
        **{key: value for key, value in schema.items() if key not in ("title", "$defs")},
        "$defs": dict(sorted(schema["$defs"].items())),
    }


def _as_written(record: dict[str, Any]) -> None:
    """Accept any scalar as text, and an empty value, which means absent, for every optional key."""
    for name, value in record["properties"].items():
        for each in (value, *value.get("anyOf", ())):
            if name == "id":
                each["pattern"] = r"^\S+$"
            elif set(each) >= {"type"} and each["type"] == "string" and not set(each) & {"enum", "pattern"}:
                each["type"] = ["string", "number", "boolean"]  # a scalar is read as its source text
        if name in record.get("required", ()):
            continue
        if "anyOf" in value:
            if {"type": "null"} not in value["anyOf"]:
                value["anyOf"].append({"type": "null"})
            continue
        kept = {key: value.pop(key) for key in ("description", "default") if key in value}
        record["properties"][name] = {**kept, "anyOf": [dict(value), {"type": "null"}]}


def _offer_items(records: dict[str, Any], handbook: Handbook, say: Language) -> None:
    """Accept the short form of a rating, and offer the checklist items with their questions."""
    ratings = next(each for each in records["Assessment"]["properties"]["ratings"]["anyOf"] if "type" in each)
    full = ratings["additionalProperties"]
    records["Light"] = {
        "anyOf": [_LIGHT | {"enumDescriptions": [say(LABELS[light]) for light in LIGHTS]}, full]
    }
    ratings["properties"] = {
        item.id: {"description": say.pick(item.question), "$ref": "#/$defs/Light"}
        for phase in handbook.phases
        for subphase in phase.subphases
        for item in subphase.items
    }
    ratings["additionalProperties"] = {"anyOf": [{"type": ["string", "number"]}, full]}


def _reword(part: Any, say: Language) -> None:
    if isinstance(part, list):
        for each in part:
            _reword(each, say)
        return
    if not isinstance(part, dict):
        return
    if part.get("default", ...) in (None, (), []):
        del part["default"]
    if set(part.get("enum", [])) & set(LABELS):
        part["enumDescriptions"] = [say(LABELS.get(word, word)) for word in part["enum"]]
        part["errorMessage"] = say(msg("choose from: {words}", words=", ".join(part["enum"])))
    if part.get("additionalProperties") is False:
        must, known = part.get("required", []), ", ".join(part["properties"])
        words = msg("valid keys: {keys}; required: {needed}", keys=known, needed=", ".join(must))
        part["errorMessage"] = say(words if must else msg("valid keys: {keys}", keys=known))
    if "pattern" in part:
        date = part["pattern"].startswith(r"^\d")
        told = msg("write a day, a month or a year: 2025-03-12, 2025-03 or 2025") if date else _ID_FORM
        part["patternErrorMessage"] = say(told)
    for key, value in list(part.items()):
        if key in (REACHES, KNOWN_FROM) or (key == "title" and isinstance(value, str)):
            del part[key]
        elif key == "description" and isinstance(value, str):
            part[key] = say(value)
        else:
            _reword(value, say)
