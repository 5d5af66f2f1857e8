"""The facts of an edition as plain data, and their digest."""

from __future__ import annotations

from typing import Any

from fii_cli.editions.marks import digest
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import OneOrMore, Record
from fii_cli.trajectory.dates import Date
from fii_cli.visible import as_json


def facts_digest(edition: Trajectory) -> str:
    """A few characters that change with what an edition shows, and with nothing that it hides."""
    return digest(as_json(plain_facts(edition)))


def plain_facts(value: Any) -> Any:
    """A part of a trajectory as in the file: without empty values, and with dates as text."""
    if isinstance(value, Record):
        told = {}
        for name in type(value).model_fields:
            held = getattr(value, name)
            # Not `if held`: 0 is a value in the file.
            if held is not None and held != () and held != {}:
                told[name] = plain_facts(held)
        return told
    if isinstance(value, Date):
        return value.text
    if isinstance(value, OneOrMore):
        return value.as_written
    if isinstance(value, tuple):
        return [plain_facts(each) for each in value]
    if isinstance(value, dict):
        return {key: plain_facts(each) for key, each in value.items()}
    return value
