"""What several commands ask for: the day, and the judgement of a file."""

from __future__ import annotations

from datetime import date

from fii_cli import workspace
from fii_cli.check import Judgement, check
from fii_cli.cli import UsageError
from fii_cli.document import Document
from fii_cli.language import N_, msg
from fii_cli.rules import Circumstances
from fii_cli.trajectory.dates import suggest_date

AS_OF = N_("look at it as on this day instead of today: 2025-03-12")
AS_JSON = N_("write it as JSON")


def day(text: str | None) -> date | None:
    """A day from the command line, such as 2025-03-12."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text) if len(text) == 10 else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> date:
    meant = suggest_date(text)
    raise UsageError(
        msg("{written} is not a day", written=text),
        msg("did you mean {word}?", word=meant) if meant and len(meant) == 10 else msg("write it as 2025-03-12"),
    )


def judge(path: str, document: Document, today: date) -> Judgement:
    """Judge a file in the circumstances it lies in."""
    circumstances = Circumstances(
        workspace.handbook(), today, lambda evidence: workspace.evidence_there(path, evidence)
    )
    return check(document, circumstances, path)
