"""Diagnostics as annotations of GitHub Actions, which Forgejo and Gitea read as text.

GitHub shows ten annotations of a kind for each step, so that the gravest come first and the rest is counted.
"""

from __future__ import annotations

from collections.abc import Callable

from fii_cli.check import Judgement
from fii_cli.diagnostics import Diagnostic, Severity
from fii_cli.language import Language, count

AT_MOST = 10
_KINDS = {Severity.ERROR: "error", Severity.ADVICE: "warning", Severity.INFO: "notice"}


def as_github(judgements: list[Judgement], say: Language, seen_as: Callable[[str], str]) -> str:
    """An annotation for each diagnostic; ``seen_as`` is how a file is called from the repository's root."""
    found = [d for judgement in judgements for d in judgement.diagnostics]
    lines = []
    for severity, kind in _KINDS.items():
        these = [d for d in found if d.severity is severity]
        lines += [_annotation(d, kind, say, seen_as(d.path)) for d in these[:AT_MOST]]
        rest = these[AT_MOST:]
        if rest:
            more = say(count(len(rest), "{n} more like these, in the log", "{n} more like these, in the log"))
            lines.append(f"::{kind}::{_text(more)}")
            lines += [f"{d.place}: {d.code} {say(d.message)}" for d in rest]
    return "\n".join(lines)


def _annotation(d: Diagnostic, kind: str, say: Language, path: str) -> str:
    span = d.span
    end = f",endColumn={span.end_column}" if span.end_line == span.line else ""
    place = f"file={_property(path)},line={span.line},endLine={span.end_line},col={span.column}{end}"
    hint = f"\n{say('help')}: {say(d.hint)}" if d.hint else ""
    text = f"{d.place}: {d.code} {say(d.message)}{hint}"
    return f"::{kind} {place},title={_property(d.code)}::{_text(text)}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
