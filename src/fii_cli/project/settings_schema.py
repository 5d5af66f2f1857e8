"""The JSON Schema of ``fii.toml``, for completion and hover in editors, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fii_cli.diagnostics import Severity
from fii_cli.handbook import Handbook
from fii_cli.language import Language, msg
from fii_cli.models import model_of
from fii_cli.project.excluded import LONGEST
from fii_cli.project.settings_file import SettingsFile, table_of
from fii_cli.project.settings_table import OURS
from fii_cli.rules.base import Rule
from fii_cli.rules.settings import wrong_with_codes


def settings_schema(handbook: Handbook, rules: Mapping[str, Rule], say: Language) -> dict[str, Any]:
    """The schema for TOML editors, with texts in the language of ``say``."""
    schema = model_of(SettingsFile).model_json_schema()
    tables = schema.pop("$defs")
    keys = schema["properties"]
    for key, told in keys.items():
        if "$ref" in told:  # inlined, because draft 7 ignores everything next to a $ref
            name = told.pop("$ref").rpartition("/")[2]
            keys[key] = {**tables[name], **told}
    for option in ("select", "ignore"):
        keys["check"]["properties"][option]["items"]["enum"] = _choices(option, rules)
    excluded = keys["check"]["properties"]["exclude"]
    excluded["items"] = {"maxLength": LONGEST, **excluded["items"]}
    del keys["style"]["properties"]["font"]["items"]["pattern"]  # editors do not match é as a letter
    keys["rules"] = {
        "type": "object",
        "description": keys["rules"]["description"],
        "additionalProperties": False,
        "properties": {
            code: _table_of(rule) for code, rule in rules.items() if rule.severity is not Severity.ERROR
        },
    }
    _reword(schema, say)
    for code, table in keys["rules"]["properties"].items():
        table["description"] = say.pick(handbook.rule(code).name)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:fii:settings",
        "title": say(msg("fii settings")),
        "type": "object",
        "additionalProperties": False,
        "properties": keys,
    }


def _table_of(rule: Rule) -> dict[str, Any]:
    table = model_of(table_of(rule)).model_json_schema()
    table["properties"]["severity"]["default"] = rule.severity.label
    return table


def _choices(option: str, rules: Mapping[str, Rule]) -> list[str]:
    """The codes and prefixes that can be selected or ignored, shortest first."""
    beginnings = {code[:length] for code in rules for length in range(1, len(code) + 1)}
    fit = [each for each in beginnings if wrong_with_codes([each], option, rules) is None]
    return sorted(fit, key=lambda each: (len(each), each))


def _reword(part: Any, say: Language) -> None:
    """Remove what editors do not use, and translate the texts. TOML has no empty value."""
    if isinstance(part, list):
        for each in part:
            _reword(each, say)
    if not isinstance(part, dict):
        return
    if "anyOf" in part:
        (told,) = (each for each in part.pop("anyOf") if each != {"type": "null"})
        part |= told
    if part.get("default", ...) in (None, "", []):
        del part["default"]
    for key, value in list(part.items()):
        if key == OURS or (key == "title" and isinstance(value, str)):
            del part[key]
        elif key == "description" and isinstance(value, str):
            part[key] = say(value)
        else:
            _reword(value, say)
