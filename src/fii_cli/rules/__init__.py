"""Every rule of fii check, ordered by code."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

from fii_cli.rules import (
    accepted,
    actions,
    borgen,
    distinguish,
    implementeren,
    innoveren,
    privacy,
    published,
    references,
    rollout,
    signaleren,
    succession,
    time,
    twice,
    verkennen,
    versterken,
    visits,
)
from fii_cli.rules import format as format_
from fii_cli.rules.base import Circumstances, Rule

__all__ = ["BY_CODE", "MODULES", "RULES", "Circumstances", "Rule", "rules_in"]

MODULES = (
    format_,
    accepted,
    published,
    references,
    distinguish,
    rollout,
    twice,
    signaleren,
    verkennen,
    innoveren,
    versterken,
    implementeren,
    borgen,
    actions,
    time,
    visits,
    succession,
    privacy,
)
"""The modules that contain rules. A rule in one of them needs no further registration."""


def rules_in(modules: Iterable[ModuleType]) -> dict[str, Rule]:
    """The rules in modules, by code and sorted by it. Raises ``ValueError`` if two rules share a code."""
    found: dict[str, Rule] = {}
    named: dict[str, str] = {}
    for module in modules:
        for name, value in vars(module).items():
            if not isinstance(value, Rule):
                continue
            here = f"{name} in {module.__name__}"
            if value.code in found and found[value.code] is not value:
                raise ValueError(f"{value.code} is the code of two rules: {named[value.code]}, and {here}")
            found[value.code] = value
            named[value.code] = here
    return dict(sorted(found.items()))


BY_CODE: dict[str, Rule] = rules_in(MODULES)
RULES: tuple[Rule, ...] = tuple(BY_CODE.values())
