"""Which rules run, at what severity, with which numbers: what a repository and a command line choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fii_cli.diagnostics import Severity
from fii_cli.rules.base import Rule


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """What was chosen about rules; an empty field leaves the defaults.

    ``fail_on`` is the lowest severity that makes a check fail. ``select`` and ``ignore`` hold codes or the
    beginnings of codes. ``severities`` and ``limits`` are by code.
    """

    fail_on: Severity | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    limits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def wants(self, rule: Rule) -> bool:
        """Whether a rule runs. Errors always do: without them nothing else can be trusted."""
        if rule.severity is Severity.ERROR:
            return True
        selected = not self.select or rule.code.startswith(self.select)
        return selected and not (self.ignore and rule.code.startswith(self.ignore))

    def severity(self, rule: Rule) -> Severity:
        return self.severities.get(rule.code, rule.severity)
