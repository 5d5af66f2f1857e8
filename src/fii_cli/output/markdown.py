"""Findings as a Markdown page, for a pull request or a job summary."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.diagnostics import Diagnostic
from fii_cli.handbook import Handbook
from fii_cli.language import Language, Message
from fii_cli.output.concise import SEVERITIES
from fii_cli.plain_markdown import plain
from fii_cli.rules.groups import grouped, heading
from fii_cli.rules.seen import Judged


def as_markdown(
    judgements: Sequence[Judged], summary: list[Message], handbook: Handbook, say: Language
) -> str:
    """A table of all findings, one row a group, below the summary."""
    lines = ["## fii check", "", *(plain(say(line)) for line in summary)]
    rows = [
        _row(group, handbook, say) for judgement in judgements for group in grouped(judgement.diagnostics)
    ]
    if rows:
        heads = (say("Location"), say("Code"), say("What"), say("What to do"))
        lines += ["", f"| {' | '.join(heads)} |", "| --- | --- | --- | --- |", *rows]
    return "\n".join(lines)


def _row(group: Sequence[Diagnostic], handbook: Handbook, say: Language) -> str:
    first = group[0]
    what = [plain(say(first.message))]
    if len(group) > 1:
        what = [plain(heading(handbook.rule_name(first.code), group, say))]
        what += [plain(say("line {n}: {what}", n=d.span.line, what=say(d.message))) for d in group]
    hints = dict.fromkeys(plain(say(d.hint)) for d in group if d.hint)
    cells = (
        plain(first.place),
        f"{first.code} {say(SEVERITIES[first.severity.label])}",
        "<br>".join(what),
        "<br>".join(hints),
    )
    return f"| {' | '.join(cells)} |"
