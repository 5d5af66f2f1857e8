"""Findings as a Code Quality report for GitLab, which shows them next to the lines of a merge request."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.diagnostics import Severity
from fii_cli.language import Language
from fii_cli.output.fingerprint import with_fingerprints
from fii_cli.rules.seen import Judged
from fii_cli.visible import as_json, visible

_SEVERITIES = {Severity.ERROR: "major", Severity.ADVICE: "minor", Severity.INFO: "info"}


def as_gitlab(judgements: Sequence[Judged], say: Language) -> str:
    """A JSON list with an entry for each finding; paths are relative to the root of the repository."""
    found = (d for judgement in judgements for d in judgement.diagnostics)
    entries = [
        {
            "description": visible(f"{d.code} {say(d.message)}" + (f" – {say(d.hint)}" if d.hint else "")),
            "check_name": d.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[d.severity],
            "location": {
                "path": d.path,
                "lines": {"begin": d.span.line, "end": d.span.end_line},
            },
        }
        for d, fingerprint in with_fingerprints(found)
    ]
    return as_json(entries)
