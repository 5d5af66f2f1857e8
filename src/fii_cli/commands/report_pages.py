"""A report of one trajectory in any format, for ``fii report`` and ``fii portfolio``."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from typing import Literal, get_args

from fii_cli import resources
from fii_cli.analysis.movement import Before
from fii_cli.commands.readable import Readable, read_trajectory
from fii_cli.diagnostics import Diagnostic, Refused
from fii_cli.editions.marks import mark, marked, stamped
from fii_cli.editions.outsiders import names_in_files
from fii_cli.language import N_, msg
from fii_cli.output.text import as_text
from fii_cli.pages.csv import as_csv
from fii_cli.pages.render import render
from fii_cli.pages.template import Format
from fii_cli.project import files
from fii_cli.project.context import Project
from fii_cli.project.report_day import ReportDay
from fii_cli.report import report_of
from fii_cli.report.basis import basis_of, made_with
from fii_cli.report.json_report import json_report, json_told
from fii_cli.report.overview import overview_of
from fii_cli.report.sheets import sheets_of
from fii_cli.rules.check import JudgedEdition, Judgement, judge_edition, personal_data
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.visible import as_json
from fii_cli.words import OUTER, Audience

Wanted = Literal["html", "md", "docx", "xlsx", "pdf", "csv", "json"]
WANTED: tuple[Wanted, ...] = get_args(Wanted)
IN_TEXT: tuple[Wanted, ...] = ("html", "md", "csv", "json")
"""The formats that can be compared byte by byte."""
FOLDING: tuple[Wanted, ...] = ("html", "md", "pdf")
"""The formats in which parts for reference are closed, or left out on paper."""
RENEWED: tuple[Wanted, ...] = ("html", "md", "json")
"""The formats in which fii overwrites its own report without ``--force``; others can contain edits."""


NO_EDITION = N_("{path}: no external edition while the file contains this")
REMOVE_PERSONAL = msg("remove it; if it only looks like personal data, accept the finding with a reason")


def readable_by(
    project: Project, file: str, day: date, audience: Audience, terminal: Terminal
) -> Readable | None:
    """A trajectory that can be shown to an audience; if not, show what to fix and return ``None``."""
    known = read_trajectory(project, file, day, terminal)
    personal = personal_in(project, known, audience) if known else ()
    if known is None or not personal:
        return known
    refuse_personal(terminal, known, personal)
    return None


def refuse_personal(terminal: Terminal, known: Readable, personal: tuple[Diagnostic, ...]) -> None:
    """Say that a file has no external edition, because of the personal data in it."""
    terminal.note(as_text([replace(known.judgement, diagnostics=personal)], terminal))
    terminal.refuse(terminal.say(NO_EDITION, path=known.judgement.path), REMOVE_PERSONAL)


def personal_in(project: Project, known: Readable, audience: Audience) -> tuple[Diagnostic, ...]:
    """The personal data because of which a file has no edition for this audience."""
    if audience not in OUTER:
        return ()
    circumstances = project.circumstances(known.judgement.path, known.day)
    return personal_data(known.judgement, circumstances, project.settings.rules)


def refuse_name(name: str, trajectory: Trajectory, audience: Audience) -> None:
    """Raise :class:`Refused` if the name of a report identifies someone whom the edition hides."""
    if audience in OUTER and names_in_files(trajectory).held_by(os.path.basename(name)):
        wrong = msg("the name {path} identifies someone whom this edition hides", path=name)
        raise Refused(wrong, msg("choose another name with --output"))


def judged_edition(
    project: Project, judgement: Judgement, edition: Trajectory, audience: Audience, dated: ReportDay
) -> JudgedEdition:
    """An edition of a file on a day, with the findings in that edition, and the trajectories it rolls out."""
    circumstances = project.circumstances(judgement.path, dated.day)
    rules = project.settings.rules
    judged = judge_edition(judgement, edition, audience, dated.source, circumstances, rules)
    if not edition.rollout:
        return judged
    from fii_cli.commands.rollout_members import rollout_of  # few files have a roll-out

    return replace(judged, rollout=rollout_of(project, judgement, audience, dated))


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
