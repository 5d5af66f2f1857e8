"""The JSON Schema of a trajectory, for completion, hover and checks in editors, in one language."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from fii_cli.diagnostics import Severity
from fii_cli.handbook import Handbook
from fii_cli.language import Language, Message, msg
from fii_cli.project.schema_instruments import Instruments, no_longer_used
from fii_cli.project.schema_kinds import kinds, record
from fii_cli.project.schema_shapes import (
    Schema,
    beginning_with,
    explained,
    if_list,
    if_object,
    judged,
    known,
    list_of,
    meanings_of,
    ref,
    written,
)
from fii_cli.rules.base import Rule
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Rating, Record
from fii_cli.trajectory.follow_up import Accepted, Action, Assessment, Published
from fii_cli.trajectory.places import record_in
from fii_cli.words import STOPLICHT

ID = "urn:fii:trajectory"
"""The name of the schema: the same in every repository, and not an address."""


def json_schema(handbook: Handbook, rules: Collection[Rule], say: Language) -> dict[str, Any]:
    """The schema for editors, with texts in the language of ``say``, and the instruments of ``handbook``.

    It follows draft 7, which every editor knows. What it refuses fii refuses too. What only the file itself
    can tell it leaves to fii: the ids of organisations, people and a team's own items.
    """
    instruments = Instruments(handbook, say)
    strategies, gone = [*handbook.strategy_phases], [*handbook.retired.strategies]
    codes = [rule.code for rule in rules if rule.severity is not Severity.ERROR]  # an error is not accepted
    values = {
        Trajectory: {"fii": ref("version")},
        Assessment: {
            "instrument": instruments.named(),
            "ratings": _by_item(say),
            "counts": _by_item(say),
            "published": _by_item(say),
        },
        Published: {"shares": _by_class(say)},
        Action: {"strategy": _strategy(handbook, say), "answers": _places(instruments, say)},
        Accepted: {"rule": _rule(handbook, codes, say)},
    }
    definitions: dict[str, Schema] = {
        each.__name__: record(each, say, values.get(each)) for each in _records(Trajectory) if each != Rating
    }
    definitions["Assessment"]["allOf"] = instruments.if_named()
    definitions["ChecklistItem"]["allOf"] = instruments.own_items()
    definitions |= kinds(say) | instruments.definitions()
    definitions["strategies"] = _by_first(
        strategies, gone, 1, msg("fii strategies --list shows them all"), say
    )
    definitions["rules"] = {
        "if": {"enum": [rule.code for rule in rules if rule.code not in codes]},
        "then": {"type": "null", "errorMessage": say(msg("an error cannot be accepted: fix it"))},
        "else": _by_first(codes, [], len("FII2"), msg("fii explain shows all codes"), say),
    }
    whole = definitions.pop("Trajectory")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": ID,
        "title": say("Trajectory"),
        **whole,
        "allOf": [_without_own_items()],
        "definitions": dict(sorted(definitions.items())),
    }


def _records(of: type[Record]) -> dict[type[Record], None]:
    """A record and every record in it, each once."""
    found: dict[type[Record], None] = {of: None}
    for info in of.model_fields.values():
        inner = record_in(cast(Any, info.annotation))
        if inner and inner not in found:
            found |= _records(inner)
    return found


def _by_item(say: Language) -> Schema:
    return {"type": "object", "errorMessage": say(msg("write each as item: value"))}


def _by_class(say: Language) -> Schema:
    told = say(msg("write each as class: percentage, such as {example}", example="helps: 85"))
    return {"type": "object", "additionalProperties": ref("number"), "errorMessage": told}


def _places(instruments: Instruments, say: Language) -> Schema:
    return list_of(instruments.place(), say(msg("write [one, two], or a line with - for each")))


def _strategy(handbook: Handbook, say: Language) -> Schema:
    """A strategy of the catalogue."""
    strategies = handbook.catalogue.strategies.values()
    meanings = {each.id: f"{say.pick(each.name)}: {say.pick(each.meaning)}" for each in strategies}
    retired = handbook.retired.strategies.items()
    gone = {id_: no_longer_used(each, say) for id_, each in retired}
    among = ref("strategies")
    judging = judged({"anyOf": [among, written("^$")]}, among)
    return {**explained(meanings), "allOf": [judging, *meanings_of(gone)]}


def _rule(handbook: Handbook, codes: Collection[str], say: Language) -> Schema:
    """The code of a rule."""
    names = {code: say.pick(handbook.rule_name(code)) for code in codes}
    return {**explained(names), **_only("rules")}


def _only(name: str) -> Schema:
    """Accept only what a definition accepts, which has the message."""
    return judged(ref(name), ref(name))


def _by_first(
    ids: Collection[str], retired: Collection[str], length: int, otherwise: Message, say: Language
) -> Schema:
    """Only these ids; a wrong one is told those that begin with the same characters, or what shows all."""
    groups: dict[str, list[str]] = {}
    for each in (*ids, *retired):
        groups.setdefault(each[:length], []).extend([each] if each in ids else [])
    among = known(groups, retired, lambda words: say(msg("choose from: {words}", words=words)))
    return {"allOf": [{**written(beginning_with(groups)), "errorMessage": say(otherwise)}, among]}


def _without_own_items() -> Schema:
    """Close the items of the stoplicht where a file has no checklist of its own to add some."""
    of_lights = {"instrument": written(f"^{STOPLICHT}$")}
    rated = if_object({"ratings": if_object({}, propertyNames=ref("stoplicht.closed"))})
    of_lights_only = {"type": "object", "properties": of_lights, "required": ["instrument"]}
    assessment = {"if": of_lights_only, "then": rated["then"]}
    action = if_object({"answers": if_list(_only("stoplicht.closed-places"))})
    own = {"checklist": {"type": "array", "minItems": 1}}
    return {
        "if": {"type": "object", "properties": own, "required": ["checklist"]},
        "else": if_object({"assessments": if_list(assessment), "actions": if_list(action)}),
    }
