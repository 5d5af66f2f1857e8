"""What ``fii check`` says below its findings: how much was found, and what was skipped."""

from __future__ import annotations

from collections import Counter

from fii_cli.diagnostics import Severity
from fii_cli.language import Message, count, msg
from fii_cli.project import files
from fii_cli.rules.check import Judgement
from fii_cli.rules.groups import grouped


def summary(judgements: list[Judgement], search: files.Search, *, in_groups: bool) -> list[Message]:
    """How much was found, as the reader sees it: a group of findings counts once where it is shown once."""
    found = [judgement.diagnostics for judgement in judgements]
    if in_groups:
        found = [tuple(group[0] for group in grouped(each)) for each in found]
    by_severity = Counter(d.severity for each in found for d in each)
    accepted = sum(len(judgement.accepted) for judgement in judgements)
    lines: list[Message] = []
    if not judgements:
        if not search.unopened and not search.excluded:
            lines.append(msg("no trajectory found here; fii new starts one"))
    elif by_severity:
        lines.append(
            msg(
                "{errors}, {advice}, {remarks} in {files}",
                errors=count(by_severity[Severity.ERROR], "{n} error", "{n} errors"),
                advice=count(by_severity[Severity.ADVICE], "{n} piece of advice", "{n} pieces of advice"),
                remarks=count(by_severity[Severity.INFO], "{n} remark", "{n} remarks"),
                files=count(len(search.documents), "{n} trajectory", "{n} trajectories"),
            )
        )
    else:
        lines.append(
            count(len(judgements), "✓ {n} trajectory, nothing found", "✓ {n} trajectories, nothing found")
        )
    if accepted:
        lines.append(count(accepted, "{n} finding is accepted", "{n} findings are accepted"))
    if search.excluded:
        lines.append(
            count(search.excluded, "fii.toml excludes {n} named file", "fii.toml excludes {n} named files")
        )
    if search.passed_over:
        lines.append(count(search.passed_over, "skipped {n} other YAML file", "skipped {n} other YAML files"))
    return lines
