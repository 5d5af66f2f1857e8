"""Which rules run, at what severity, with which thresholds, as set in fii.toml or on the command line."""

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
    """The configuration of the rules; an empty field leaves the defaults.

    ``fail_on`` is the lowest severity that makes a check fail. ``select`` and ``ignore`` contain codes or
    prefixes of codes. ``severities`` and ``limits`` are by code.
    """

    fail_on: Severity | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    limits: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def wants(self, rule: Rule) -> bool:
        """Whether a rule runs. Rules for errors always do: without them no other finding can be trusted."""
        if rule.severity is Severity.ERROR:
            return True
        selected = not self.select or rule.code.startswith(self.select)
        return selected and not (self.ignore and rule.code.startswith(self.ignore))

    def severity(self, rule: Rule) -> Severity:
        return self.severities.get(rule.code, rule.severity)


def wrong_with_codes(
    codes: Sequence[str], option: str, rules: Mapping[str, Rule]
) -> tuple[Message, Message] | None:
    """The message and hint for a list of codes that cannot select rules; ``None`` if it can."""
    for code in codes:
        meant = [rule for known, rule in rules.items() if known.startswith(code) and code]
        if not meant:
            return msg("unknown rule {code}", code=code or "''"), did_you_mean(
                code, list(rules), msg("fii explain shows all codes")
            )
        if option != "select" and all(rule.severity is Severity.ERROR for rule in meant):
            return (
                msg("{code} is an error, and errors are always shown", code=code),
                msg("fix the error"),
            )
    return None
