"""Findings that the team accepts: which can be accepted, and which still are."""

from __future__ import annotations

from datetime import date

from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import msg
from fii_cli.rules.base import Rule
from fii_cli.suggest import Lexicon, did_you_mean
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Accepted

unknown_rule = Rule("FII027", Severity.ERROR)
accepted_error = Rule("FII028", Severity.ERROR)


def accepted_findings(trajectory: Trajectory, rules: dict[str, Rule]) -> list[tuple[Rule, Finding]]:
    """The findings about the list of accepted findings itself."""
    found: list[tuple[Rule, Finding]] = []
    if not trajectory.accepted:
        return found
    codes = Lexicon([code for code, each in rules.items() if each.severity is not Severity.ERROR])
    for index, accepted in enumerate(trajectory.accepted):
        route = ("accepted", index, "rule")
        known = rules.get(accepted.rule)
        if known is None:
            hint = did_you_mean(accepted.rule, codes, msg("fii explain shows all codes"))
            found.append((unknown_rule, Finding(route, msg("unknown rule {code}", code=accepted.rule), hint)))
        elif known.severity is Severity.ERROR:
            message = msg("{code} is an error, and cannot be accepted", code=accepted.rule)
            found.append((accepted_error, Finding(route, message, msg("fix it, then remove this entry"))))
    return found


def lasting(accepted: tuple[Accepted, ...], today: date) -> frozenset[tuple[str, str | None]]:
    """What the team accepts today: rule codes with what they are about, or ``None`` for every finding."""
    lasts = (entry for entry in accepted if entry.until is None or not entry.until.before(today))
    return frozenset((entry.rule, entry.about) for entry in lasts)


def is_accepted(rule: Rule, finding: Finding, accepted: frozenset[tuple[str, str | None]]) -> bool:
    """Whether the team accepts a finding. An error cannot be accepted."""
    if rule.severity is Severity.ERROR:
        return False
    return (rule.code, None) in accepted or (rule.code, finding.about) in accepted
