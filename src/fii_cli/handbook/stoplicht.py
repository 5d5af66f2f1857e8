"""The stoplicht as an instrument: the guide's checklist, in the same form as other instruments.

Only this module and :class:`~fii_cli.handbook.Handbook` know that its items are stored with the phases. What
is special about lights is in the trajectory models: they are agreed on, never counted, and a team can add its
own items.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fii_cli.words import LIGHTS, STOPLICHT, Light, label

NO_LIGHT: Light = "onbekend"
"""The light that says that an item was not rated; that an item does not apply is an answer."""
_HINDERS: Mapping[Light, int] = {"rood": 2, "oranje": 1}  # ours: the guide knows only green


def as_instrument(phases: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The plain data of the stoplicht, in the form of an instrument file, with a group for each subphase."""
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
    return {
        "id": light,
        "name": name,
        "help": name,
        "hinders": _HINDERS.get(light, 0),
        "no_answer": light == NO_LIGHT,
    }


def _construct(item: Mapping[str, Any]) -> dict[str, Any]:
    """A checklist item as a construct, named by its question."""
    question = item["question"]
    same = {key: item[key] for key in ("cfir", "midi", "retired", "became") if key in item}
    return {"id": item["id"], "name": question, "meaning": question, **same}
