"""``fii minutes``: the page after a meeting, from the file itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

from fii_cli.analysis.movement import Before, on_day
from fii_cli.analysis.that_day import last_written
from fii_cli.commands.dates import whole_day
from fii_cli.commands.meeting import (
    MeetingAudience,
    MeetingForce,
    MeetingForm,
    MeetingOutput,
    make_meeting_page,
    meeting_request,
)
from fii_cli.commands.options import AsJson, File, day
from fii_cli.diagnostics import Refused
from fii_cli.language import N_, msg
from fii_cli.project.context import project_of
from fii_cli.project.report_day import ReportDay, chosen_day
from fii_cli.report.minutes import minutes_of
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.words import Audience

SUMMARY = N_(
    "Make the minutes of a meeting from the trajectory: what was rated, agreed and decided that day."
)
EXAMPLES = (
    ("fii minutes buurt-leren.yaml", N_("of the last day for which something was recorded")),
    ("fii minutes buurt-leren.yaml --on 2025-06-04", N_("of that day")),
    ("fii minutes buurt-leren.yaml --format docx --audience client", N_("buurt-leren.minutes.client.docx")),
)


def run(
    context: typer.Context,
    file: File = "",
    format_: MeetingForm = None,
    output: MeetingOutput = None,
    audience: MeetingAudience = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            "--as-of",
            metavar=N_("DATE"),
            callback=whole_day,
            help=N_("the day of the meeting (default: the last day for which something was recorded)"),
        ),
    ] = None,
    force: MeetingForce = False,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    project = project_of(file)
    request = meeting_request(
        terminal, "minutes", file, format_, output, audience, as_json=as_json, force=force
    )
    chosen = day(on)
    if chosen and chosen > project.today:
        wrong = msg("{date} is in the future", date=chosen.isoformat())
        raise Refused(wrong, msg("minutes show what was recorded; fii agenda looks ahead"))
    today = chosen_day(chosen) or ReportDay(project.today, "today")

    def day_of(edition: Trajectory) -> ReportDay:
        if chosen:
            return today
        last = last_written(edition, today.day)
        return ReportDay(last, "chosen") if last else today

    def start(edition: Trajectory, _shown_to: Audience, on: date) -> Before | None:
        return on_day(edition, on - timedelta(days=1))

    return make_meeting_page(terminal, project, file, request, today, minutes_of, day_of, start)
