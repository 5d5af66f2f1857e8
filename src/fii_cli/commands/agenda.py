"""``fii agenda``: one page for a meeting."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from fii_cli.analysis.movement import Before
from fii_cli.commands.dates import whole_day
from fii_cli.commands.meeting import (
    MeetingAudience,
    MeetingForce,
    MeetingForm,
    MeetingOutput,
    make_meeting_page,
    meeting_request,
)
from fii_cli.commands.options import AsJson, File, Since, day
from fii_cli.commands.report_since import before_of
from fii_cli.language import N_
from fii_cli.project.context import project_of
from fii_cli.project.report_day import ReportDay, chosen_day, report_days
from fii_cli.report.agenda import agenda_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.words import Audience

SUMMARY = N_(
    "Make one page for a meeting: what changed, what is late, what to rate and decide, and room to write."
)
EXAMPLES = (
    ("fii agenda buurt-leren.yaml", N_("in the terminal")),
    (
        "fii agenda buurt-leren.yaml --format docx --as-of 2025-06-04",
        N_("buurt-leren.agenda.docx, for a meeting on that day"),
    ),
    ("fii agenda buurt-leren.yaml --since 2025-03-10 --output agenda.html", N_("a page to print")),
)


def run(
    context: typer.Context,
    file: File = "",
    format_: MeetingForm = None,
    output: MeetingOutput = None,
    audience: MeetingAudience = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar=N_("DATE"),
            callback=whole_day,
            help=N_("the day of the meeting (default: today; of a file the date of the last commit)"),
        ),
    ] = None,
    since: Since = None,
    force: MeetingForce = False,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    project = project_of(file)
    request = meeting_request(
        terminal, "agenda", file, format_, output, audience, as_json=as_json, force=force
    )
    dated = chosen_day(day(as_of)) or ReportDay(project.today, "today")
    if not request.on_screen:
        dated = chosen_day(day(as_of)) or report_days([file], project.today).get(file) or dated

    def start(known: Trajectory, shown_to: Audience, on: date) -> Before | None:
        return before_of(since, project, file, known, shown_to, on) if since else None

    return make_meeting_page(terminal, project, file, request, dated, agenda_of, lambda _: dated, start)
