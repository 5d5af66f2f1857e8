"""A report of one trajectory in any format, for ``fii report`` and ``fii portfolio``."""

from __future__ import annotations

from typing import Literal, get_args

from fii_cli import resources
from fii_cli.analysis.movement import Before
from fii_cli.editions.marks import mark, marked, stamped
from fii_cli.pages.csv import as_csv
from fii_cli.pages.render import render
from fii_cli.pages.template import Format
from fii_cli.project import files
from fii_cli.project.context import Project
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of, made_with
from fii_cli.report.overview import overview_of
from fii_cli.report.sheets import sheets_of
from fii_cli.rules.check import JudgedEdition
from fii_cli.visible import as_json

Wanted = Literal["html", "md", "docx", "xlsx", "pdf", "csv", "json"]
WANTED: tuple[Wanted, ...] = get_args(Wanted)
IN_TEXT: tuple[Wanted, ...] = ("html", "md", "csv", "json")
"""The formats that can be compared byte by byte."""
FOLDING: tuple[Wanted, ...] = ("html", "md", "pdf")
"""The formats in which parts for reference are closed, or left out on paper."""
RENEWED: tuple[Wanted, ...] = ("html", "md", "json")
"""The formats in which fii overwrites its own report without ``--force``; others can contain edits."""


def report_page(
    project: Project,
    edition: JudgedEdition,
    format_: Format,
    before: Before | None = None,
    *,
    full: bool = False,
) -> str:
    """The report of an edition as HTML or Markdown, in the language of the trajectory."""
    say = resources.language(edition.trajectory.language)
    basis = basis_of(edition, project.handbook, project.settings.thresholds, before)
    return stamped(render(report_of(basis, say), format_, say, project.house, full=full), basis.yardstick)


def report_made(
    project: Project,
    edition: JudgedEdition,
    wanted: Wanted,
    template: str | None,
    before: Before | None = None,
    *,
    full: bool = False,
) -> str | bytes:
    """The report in any format: text, or the bytes of a document.

    ``template`` is the path of a Word template, ``before`` an earlier version to compare with; in a ``full``
    page nothing is closed.
    """
    if wanted == "html" or wanted == "md":
        return report_page(project, edition, wanted, before, full=full)
    say = resources.language(edition.trajectory.language)
    basis = basis_of(edition, project.handbook, project.settings.thresholds, before)
    day = edition.day.isoformat()
    own_mark = mark("report", day, edition.audience, edition.day_from, yardstick=basis.yardstick)
    if wanted == "json":
        from fii_cli.report.json_report import json_report, json_told  # loads all of pydantic

        return stamped(f"{as_json(json_told(json_report(basis, say)))}\n", basis.yardstick)
    if wanted == "csv":
        sheet = sheets_of(basis, say)[0]
        table = as_csv(marked(sheet.heads, sheet.rows, own_mark), say.code).decode()
        return stamped(table, basis.yardstick).encode()
    if wanted == "xlsx":
        from fii_cli.pages.xlsx import as_workbook

        sheets = sheets_of(basis, say)
        overview = overview_of(report_of(basis, say), sheets, say)
        return as_workbook(overview, sheets, own_mark, made_with(basis.yardstick, say))
    if wanted == "docx":
        from fii_cli.pages.docx import as_document

        own = files.bytes_of(template, files.MAX_TABLE_BYTES) if template else None
        return as_document(report_of(basis, say), say, own, template or "", project.house.style)
    from fii_cli.pages.pdf import as_pdf

    page = render(report_of(basis, say), "html", say, project.house, on_paper=True, full=full)
    return as_pdf(page, own_mark)
