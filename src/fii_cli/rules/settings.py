"""Which rules run, at what severity, with which numbers: what a repository and a command line choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fii_cli.diagnostics import Severity
from fii_cli.language import Message, msg
from fii_cli.rules.base import Rule
from fii_cli.suggest import did_you_mean

LEVELS = {severity.label: severity for severity in Severity}


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


def wrong_with_codes(
    codes: Sequence[str], option: str, rules: Mapping[str, Rule]
) -> tuple[Message, Message] | None:
    """Why a list of codes cannot be used to choose rules with, if it cannot."""
    for code in codes:
        meant = [rule for known, rule in rules.items() if known.startswith(code) and code]
        if not meant:
            return msg("there is no rule {code}", code=code or "''"), did_you_mean(
                code, list(rules), msg("fii explain shows all codes")
            )
        if option != "select" and all(rule.severity is Severity.ERROR for rule in meant):
            return (
                msg("{code} is an error, and errors are always shown", code=code),
                msg("mend what it is about"),
            )
    return None
