"""Findings as annotations for GitHub Actions, which Forgejo and Gitea show as text.

GitHub shows ten annotations of each kind per step: the most severe come first, the rest are log lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.diagnostics import Diagnostic, Severity
from fii_cli.language import Language, count
from fii_cli.rules.seen import Judged
from fii_cli.terminal.screen import COMMAND

AT_MOST = 10
_KINDS = {Severity.ERROR: "error", Severity.ADVICE: "warning", Severity.INFO: "notice"}


def as_github(judgements: Sequence[Judged], say: Language) -> list[str]:
    """A line for each diagnostic; paths are relative to the root of the repository."""
    found = [d for judgement in judgements for d in judgement.diagnostics]
    lines = []
    for severity, kind in _KINDS.items():
        these = [d for d in found if d.severity is severity]
        lines += [_annotation(d, kind, say) for d in these[:AT_MOST]]
        rest = these[AT_MOST:]
        if rest:
            lines.append(say(count(len(rest), "{n} more like these:", "{n} more like these:")))
            lines += [f"{d.place}: {d.code} {say(d.message)}" for d in rest]
    return lines


def _annotation(d: Diagnostic, kind: str, say: Language) -> str:
    span = d.span
    end = f",endColumn={span.end_column}" if span.end_line == span.line else ""
    place = f"file={_property(d.path)},line={span.line},endLine={span.end_line},col={span.column}{end}"
    lines = [f"{d.place}: {d.code} {say(d.message)}"]
    lines += [f"{say('help')}: {say(d.hint)}"] if d.hint else []
    return f"{COMMAND}{kind} {place},title={_property(d.code)}{COMMAND}{'%0A'.join(map(_text, lines))}"


def _text(text: str) -> str:
    return text.replace("%", "%25")


def _property(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C")
