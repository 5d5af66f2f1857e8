"""Findings as one line each, for editors and forges: ``path:line:col: CODE severity message``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fii_cli.diagnostics import Diagnostic
from fii_cli.language import N_, Language
from fii_cli.rules.seen import Judged
from fii_cli.visible import visible

SEVERITIES = {"error": N_("error"), "advice": N_("advice"), "info": N_("info")}


def as_concise(judgements: Sequence[Judged], say: Language) -> list[str]:
    """One line per diagnostic, in the order of the files."""
    return [_line(d, say) for judgement in judgements for d in judgement.diagnostics]


def _line(d: Diagnostic, say: Language) -> str:
    path = re.sub(r":(?=\d+:\d+: )", r"\\x3a", visible(d.path))  # else a file name could imitate a location
    place = f"{path}:{d.span.line}:{d.span.column}"
    return f"{place}: {d.code} {say(SEVERITIES[d.severity.label])}: {visible(say(d.message))}"
