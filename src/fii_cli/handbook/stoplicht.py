"""The stoplicht as an instrument: the checklist of the guide, in the shape that other instruments have.

Only here and in :class:`~fii_cli.handbook.Handbook` does it matter that its items stand with the phases. What
is different about the lights themselves stands with the trajectory: they are agreed on and never counted, and
a team has items of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fii_cli.words import LIGHTS, STOPLICHT, Light, label

_HINDERS: Mapping[Light, int] = {"rood": 2, "oranje": 1}  # ours: the guide knows only green


def as_instrument(phases: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The plain data of the stoplicht, as a file of another instrument has it, a subphase as a group."""
    subphases = [subphase for phase in phases for subphase in phase["subphases"]]
    return {
        "id": STOPLICHT,
        "name": {"nl": STOPLICHT, "en": STOPLICHT},
        "source": "fii-2022/5b",
        "scale": {"source": "ours", "values": [_value(light) for light in LIGHTS]},
        "groups": [
            {
                "id": subphase["id"],
                "name": subphase["name"],
                "items": [_construct(item) for item in subphase["items"]],
            }
            for subphase in subphases
        ],
    }


def _value(light: Light) -> dict[str, Any]:
    name = {"nl": light, "en": label(light)}
    return {"id": light, "name": name, "help": name, "hinders": _HINDERS.get(light, 0)}


def _construct(item: Mapping[str, Any]) -> dict[str, Any]:
    """A checklist item as a construct; its question is all that it has for a name."""
    question = item["question"]
    touched = {key: item[key] for key in ("cfir", "midi") if key in item}
    return {"id": item["id"], "name": question, "meaning": question, **touched}
