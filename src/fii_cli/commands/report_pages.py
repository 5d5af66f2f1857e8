"""A report of one trajectory as a page, for ``fii report`` and ``fii portfolio``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal, get_args

from fii_cli import resources
from fii_cli.commands.shared import Readable, circumstances_at, handbook_for, judge, readable, settings_for
from fii_cli.diagnostics import Diagnostic
from fii_cli.editions.edition import OUTER, edition_of
from fii_cli.editions.marks import mark, marked
from fii_cli.language import Language, msg
from fii_cli.output.text import as_text
from fii_cli.pages.render import render
from fii_cli.pages.template import Format, House
from fii_cli.project import files
from fii_cli.project.house_files import logo_at, own_templates
from fii_cli.project.settings import FILE_NAME
from fii_cli.report import report_of
from fii_cli.report.basis import Basis, basis_of
from fii_cli.report.json_report import json_report
from fii_cli.report.sheets import sheets_of
from fii_cli.rules.check import Judgement, concluded
from fii_cli.rules.privacy import PERSONAL
from fii_cli.survey.tables import as_csv
from fii_cli.terminal import Terminal
from fii_cli.visible import as_json
from fii_cli.words import Audience
from fii_cli.yaml.document import Document

Wanted = Literal["html", "md", "docx", "xlsx", "pdf", "csv", "json"]
WANTED: tuple[Wanted, ...] = get_args(Wanted)
IN_TEXT: tuple[Wanted, ...] = ("html", "md", "csv", "json")
"""The forms that can be compared letter by letter."""
RENEWED: tuple[Wanted, ...] = ("html", "md", "json")
"""The forms in which a report of fii is made anew without being asked; others may hold somebody's changes."""


def handed_on(file: str, today: date, audience: Audience, terminal: Terminal) -> Readable | None:
    """A trajectory that an edition can be made of; what stands in the way is shown instead."""
    known = readable(file, today, terminal)
    asked = personal_in(file, files.read_file(file), today, audience) if known else None
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
    basis, say = _basis(file, known, today, audience)
    return render(report_of(basis, say), format_, say, house_for(file))


def report_made(
    file: str, known: Readable, today: date, wanted: Wanted, audience: Audience, template: str | None
) -> str | bytes:
    """The report in any form: text, or the bytes of a document. ``template`` is the path of one of Word."""
    if wanted == "html" or wanted == "md":
        return report_page(file, known, today, wanted, audience)
    basis, say = _basis(file, known, today, audience)
    said = mark("report", today.isoformat(), audience)
    if wanted == "json":
        return as_json(json_report(basis, say).model_dump(mode="json")) + "\n"
    if wanted == "csv":
        sheet = sheets_of(basis, say)[0]
        return as_csv(marked(sheet.heads, sheet.rows, said))
    if wanted == "xlsx":
        from fii_cli.pages.xlsx import as_workbook

        return as_workbook(sheets_of(basis, say), basis.trajectory.heading, said)
    if wanted == "docx":
        from fii_cli.pages.docx import as_document

        own = files.bytes_of(template, files.MAX_TABLE_BYTES) if template else None
        return as_document(report_of(basis, say), say, own, template or "")
    from fii_cli.pages.pdf import as_pdf

    return as_pdf(render(report_of(basis, say), "html", say, house_for(file), on_paper=True), said)


def house_for(file: str) -> House:
    """What the repository that a file lies in brings to its pages."""
    style = settings_for(file)[0].style
    settings = files.nearest(file, FILE_NAME)
    logo = logo_at(settings, style.logo) if settings and style.logo else ""
    return House(style, logo, own_templates(file))


def _basis(file: str, known: Readable, today: date, audience: Audience) -> tuple[Basis, Language]:
    thresholds, say = settings_for(file)[0].thresholds, resources.language(known.trajectory.language)
    findings = _remarked(file, known, today, audience, say)
    basis = basis_of(known.trajectory, findings, handbook_for(file), today, audience, thresholds)
    return basis, say


def _remarked(
    file: str, known: Readable, today: date, audience: Audience, say: Language
) -> tuple[Diagnostic, ...]:
    """What fii remarks to an audience: what holds for the file, and can be concluded from its edition too."""
    if audience != "steering":
        return known.diagnostics
    circumstances = circumstances_at(file, today)
    standing = concluded(edition_of(known.trajectory, audience), circumstances, settings_for(file)[0].rules)
    shown = {(rule.code, finding.about, say(finding.message)) for rule, finding in standing}
    return tuple(d for d in known.diagnostics if (d.code, d.about, say(d.message)) in shown)
