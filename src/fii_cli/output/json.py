"""Findings as JSON. ``version`` increases when a key changes its meaning or is removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fii_cli.diagnostics import Diagnostic, Span
from fii_cli.language import Language
from fii_cli.project.files import Search
from fii_cli.rules.seen import Judged
from fii_cli.visible import as_json as in_json


def as_json(judgements: Sequence[Judged], search: Search, say: Language) -> str:
    """All findings, with the number of skipped files and the files that could not be opened."""
    return in_json(
        {
            "version": 1,
            "files": len(judgements),
            "passed_over": search.passed_over,
            "unopened": [{"path": e.path, "message": say(e.message)} for e in search.unopened],
            "diagnostics": [_record(d, say) for j in judgements for d in j.diagnostics],
            "accepted": [_record(d, say) for j in judgements for d in j.accepted],
        }
    )


def _record(diagnostic: Diagnostic, say: Language) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.label,
        "path": diagnostic.path,
        **_place(diagnostic.span),
        "message": say(diagnostic.message),
        "hint": say(diagnostic.hint) if diagnostic.hint else None,
        "about": diagnostic.about,
        "related": [{**_place(span), "message": say(message)} for span, message in diagnostic.related],
    }


def _place(span: Span) -> dict[str, int]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
