"""A report of one trajectory as a page, for ``fii report`` and ``fii portfolio``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fii_cli import shelf, workspace
from fii_cli.check import Judgement
from fii_cli.commands.shared import Readable, handbook_for, judge, readable, settings_for
from fii_cli.document import Document
from fii_cli.edition import OUTER
from fii_cli.language import msg
from fii_cli.output.text import as_text
from fii_cli.render import Format, render
from fii_cli.report import report_of
from fii_cli.terminal import Terminal
from fii_cli.words import Audience

PERSONAL = "FII9"
"""How the codes of findings about personal data begin."""
NO_REPORT = (
    msg("this is not a report of fii, and is not overwritten"),
    msg("choose another name with --output"),
)


def handed_on(file: str, today: date, audience: Audience, terminal: Terminal) -> Readable | None:
    """A trajectory that an edition can be made of; what stands in the way is shown instead."""
    known = readable(file, today, terminal)
    asked = personal_in(file, workspace.read_file(file), today, audience) if known else None
    if asked is None or not asked.diagnostics:
        return known
    terminal.note(as_text([asked], terminal))
    terminal.refuse(
        terminal.say("{path}: no edition for others while this stands in the file", path=file),
        msg("take it out; what only looks like it can be accepted, with a reason"),
    )
    return None


def personal_in(file: str, document: Document, today: date, audience: Audience) -> Judgement | None:
    """The personal data that stands in the way of an edition for others, whatever ``fii.toml`` settles."""
    if audience not in OUTER:
        return None
    asked = judge(file, document, today, lambda s: replace(s, select=(PERSONAL,), ignore=()))
    found = tuple(each for each in asked.diagnostics if each.code.startswith(PERSONAL))
    return replace(asked, diagnostics=found)


def report_page(file: str, known: Readable, today: date, format_: Format, audience: Audience) -> str:
    """The report of a trajectory on a day for an audience, in the trajectory's own language."""
    say = shelf.language(known.trajectory.language)
    thresholds = settings_for(file)[0].thresholds
    report = report_of(
        known.trajectory, known.diagnostics, handbook_for(file), today, say, audience, thresholds
    )
    return render(report, format_, say)
