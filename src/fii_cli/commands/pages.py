"""A report of one trajectory as a page, for ``fii report`` and ``fii portfolio``."""

from __future__ import annotations

from datetime import date

from fii_cli import shelf
from fii_cli.commands.shared import Readable, handbook_for, settings_for
from fii_cli.render import Format, render
from fii_cli.report import report_of
from fii_cli.standing import standing_of


def report_page(file: str, known: Readable, today: date, format_: Format) -> str:
    """The report of a trajectory on a day, in its own language."""
    say, handbook = shelf.language(known.trajectory.language), handbook_for(file)
    standing = standing_of(known.trajectory, handbook, today)
    report = report_of(standing, known.diagnostics, handbook, say, settings_for(file)[0].thresholds)
    return render(report, format_, say)
