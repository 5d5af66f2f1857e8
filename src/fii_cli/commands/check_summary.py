"""What ``fii check`` says below its findings: how much was found, and what was skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from fii_cli.diagnostics import Severity
from fii_cli.language import Message, count, msg
from fii_cli.project import files
from fii_cli.rules.groups import grouped
from fii_cli.rules.seen import Judged


@dataclass(slots=True)
class Tally:
    """How much was found so far, as the reader sees it.

    With ``in_groups``, a group of findings counts once, as it is shown once.
    """

    in_groups: bool
    files: int = 0
    found: Counter[Severity] = field(default_factory=Counter)
    accepted: int = 0

    def add(self, judged: Judged) -> None:
        """Count the findings of one file."""
        self.files += 1
        self.accepted += len(judged.accepted)
        shown = judged.diagnostics
        if self.in_groups:
            shown = tuple(group[0] for group in grouped(shown))
        self.found.update(each.severity for each in shown)


def tally_of(judgements: Iterable[Judged], *, in_groups: bool) -> Tally:
    """How much was found in these files."""
    tally = Tally(in_groups)
    for each in judgements:
        tally.add(each)
    return tally


def summary(tally: Tally, search: files.Search) -> list[Message]:
    """How much was found, and what was skipped."""
    by_severity, accepted = tally.found, tally.accepted
    lines: list[Message] = []
    if not tally.files:
        if not search.unopened and not search.excluded:
            lines.append(msg("no trajectory found here; fii new starts one"))
    elif by_severity:
        lines.append(
            msg(
                "{errors}, {advice}, {remarks} in {files}",
                errors=count(by_severity[Severity.ERROR], "{n} error", "{n} errors"),
                advice=count(by_severity[Severity.ADVICE], "{n} piece of advice", "{n} pieces of advice"),
                remarks=count(by_severity[Severity.INFO], "{n} remark", "{n} remarks"),
                files=count(len(search.paths), "{n} trajectory", "{n} trajectories"),
            )
        )
    else:
        lines.append(
            count(tally.files, "✓ {n} trajectory, nothing found", "✓ {n} trajectories, nothing found")
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
