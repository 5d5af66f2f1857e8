"""What is in the sections for reference, in a few words: they are closed on the page."""

from __future__ import annotations

from collections.abc import Mapping

from fii_cli.language import Language, count
from fii_cli.report.model import EntryBlock, Work
from fii_cli.report.shapes import Row
from fii_cli.report.trend_shapes import TrendBlock


def gists_of(
    entry: EntryBlock,
    organisations: tuple[Row, ...],
    people: tuple[Row, ...],
    cycles: tuple[Row, ...],
    trend: TrendBlock | None,
    rows: Mapping[str, tuple[Row, ...]],
    sources: tuple[Work, ...],
    say: Language,
) -> dict[str, str]:
    """The gist of each section that folds, by its id."""
    parties = []
    if organisations:
        parties.append(say(count(len(organisations), "{n} organisation", "{n} organisations")))
    if people:
        parties.append(say(count(len(people), "{n} person", "{n} people")))
    findings = []
    if rows["findings"]:
        findings.append(say(count(len(rows["findings"]), "{n} remark", "{n} remarks")))
    if rows["accepted"]:
        findings.append(say(count(len(rows["accepted"]), "{n} accepted", "{n} accepted")))
    over_time = (
        [part.title for part in (trend.lights, trend.phases, trend.lives, trend.used) if part]
        if trend
        else []
    )
    return {
        "entry": entry.name,
        "cycles": ", ".join(row.cells[0] for row in cycles),
        "trend": "; ".join(over_time),
        "parties": ", ".join(parties),
        "retired": say(count(len(rows["retired"]), "{n} rating", "{n} ratings")),
        "findings": ", ".join(findings),
        "log": say(count(len(rows["log"]), "{n} line", "{n} lines")),
        "sources": say(count(len(sources), "{n} work", "{n} works")),
    }
