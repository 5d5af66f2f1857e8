"""Findings as a Markdown page, for a pull request or a job summary."""

from __future__ import annotations

from fii_cli.language import Language, Message
from fii_cli.output.concise import SEVERITIES
from fii_cli.plain_markdown import plain
from fii_cli.rules.check import Judgement


def as_markdown(judgements: list[Judgement], summary: list[Message], say: Language) -> str:
    """A table of all findings, below the summary."""
    lines = ["## fii check", "", *(plain(say(line)) for line in summary)]
    rows = [
        f"| {plain(d.place)} | {d.code} {say(SEVERITIES[d.severity.label])} | {plain(say(d.message))}"
        f" | {plain(say(d.hint)) if d.hint else ''} |"
        for judgement in judgements
        for d in judgement.diagnostics
    ]
    if rows:
        heads = (say("Location"), say("Code"), say("What"), say("What to do"))
        lines += ["", f"| {' | '.join(heads)} |", "| --- | --- | --- | --- |", *rows]
    return "\n".join(lines)
