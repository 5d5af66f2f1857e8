"""Diagnostics as one line each, for editors and forges: ``path:line:col: CODE severity message``."""

from __future__ import annotations

from fii_cli.check import Judgement
from fii_cli.language import N_, Language

SEVERITIES = {"error": N_("error"), "advice": N_("advice"), "info": N_("info")}


def as_concise(judgements: list[Judgement], say: Language) -> str:
    """One line per diagnostic, in the order of the files."""
    return "\n".join(
        f"{d.place}: {d.code} {say(SEVERITIES[d.severity.label])}: {say(d.message)}"
        for judgement in judgements
        for d in judgement.diagnostics
    )
