"""What ``fii agenda`` and ``fii minutes`` share: which form, for whom, where to, and how it is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, get_args

import typer

from fii_cli import resources
from fii_cli.analysis.movement import Before
from fii_cli.commands.editions import judged_edition, readable_by, refuse_name
from fii_cli.commands.meeting_text import meeting_data, show_meeting
from fii_cli.commands.options import closed_value
from fii_cli.commands.say import say_json
from fii_cli.commands.targets import (
    EXISTS,
    bytes_there,
    edition_for,
    edition_of_place,
    form_of_ending,
    say_edition,
    write,
)
from fii_cli.diagnostics import Refused
from fii_cli.editions.edition import edition_of
from fii_cli.editions.marks import is_edited, made_as, stamped
from fii_cli.exit_codes import FOUND, OK
from fii_cli.language import N_, Language, msg
from fii_cli.pages.render import render_meeting
from fii_cli.project.context import Project
from fii_cli.project.files import CannotOpen
from fii_cli.project.report_day import ReportDay
from fii_cli.report import EDITIONS
from fii_cli.report.basis import Basis, basis_of
from fii_cli.report.meeting import MeetingKind, MeetingPage, on_one_page
from fii_cli.report.wording import Wording
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.words import OUTER, Audience

Form = Literal["text", "md", "html", "docx"]
FORMS: tuple[Form, ...] = get_args(Form)
_ENDINGS: dict[str, Form] = {"md": "md", "markdown": "md", "html": "html", "docx": "docx"}
MeetingForm = Annotated[
    str | None,
    typer.Option("--format", metavar="|".join(FORMS), help=N_("default: text, or the extension of --output")),
]
MeetingOutput = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar=N_("PATH"), help=N_("a file, a folder, or - to print it")),
]
MeetingAudience = Annotated[
    str | None,
    typer.Option(
        "--audience",
        metavar="|".join(EDITIONS),
        help=N_("the audience (default: that of the existing file, else team)"),
    ),
]
MeetingForce = Annotated[
    bool, typer.Option("--force", help=N_("overwrite a Word file that fii wrote, or a page with edits"))
]


@dataclass(frozen=True, slots=True)
class MeetingRequest:
    """What was asked for: the kind of page, its form (JSON is beside it), its audience, and where it goes."""

    kind: MeetingKind
    form: Form
    as_json: bool
    edition: Audience | None
    placed: Audience | None
    target: str
    force: bool

    @property
    def on_screen(self) -> bool:
        """Whether it is text or JSON, which nothing else reads as a page."""
        return self.form == "text"


def meeting_request(
    terminal: Terminal,
    kind: MeetingKind,
    file: str,
    format_: str | None,
    output: str | None,
    audience: str | None,
    *,
    as_json: bool,
    force: bool,
) -> MeetingRequest:
    """What the options mean together. Raises :class:`Refused` if they cannot be used together."""
    form = _form(format_, output)
    if as_json and (form != "text" or output not in (None, "-")):
        wrong = msg(
            "--json and {option} cannot be used together", option="--output" if output else "--format"
        )
        raise Refused(wrong, msg("omit one of them"))
    if form == "text" and output not in (None, "-"):
        wrong = msg("text is only for the terminal")
        raise Refused(wrong, msg("choose from: {words}", words=", ".join(FORMS[1:])))
    if form == "docx" and output == "-" and terminal.shows:
        raise Refused(
            msg("a {format} file cannot be printed to a terminal", format=form),
            msg("add {flags}", flags=f"--output x.{form}"),
        )
    edition = None if audience is None else closed_value("--audience", audience, tuple(EDITIONS))
    placed = None
    if output not in (None, "-"):
        into_folder = _is_folder(output)
        placed = edition_of_place(output if into_folder else os.path.dirname(output), edition, [file])
        edition = edition or (placed if into_folder else None)
    target = _target(kind, file, output, form, edition)
    return MeetingRequest(kind, form, as_json, edition, placed, target, force)


def _form(format_: str | None, output: str | None) -> Form:
    """The form of a page: as requested, else the extension of the output, else text; in a folder, HTML."""
    if format_ is not None:
        return closed_value("--format", format_, FORMS)
    if output in (None, "-"):
        return "text"
    return form_of_ending(output, _ENDINGS) or "html"


def _is_folder(output: str) -> bool:
    return output.endswith(("/", os.sep)) or os.path.isdir(output)


def _target(kind: MeetingKind, file: str, output: str | None, form: Form, edition: Audience | None) -> str:
    """The path of the page, ``-`` to print it; an edition for others than the team is in its name."""
    if output == "-" or form == "text" or (output is None and file == "-"):
        return "-"
    stem, _ = os.path.splitext(file)
    own = f"{kind}.{edition}" if edition and edition != "team" else kind
    if output is None:
        return f"{stem}.{own}.{form}"
    if _is_folder(output):
        return os.path.join(output, f"{os.path.basename(stem)}.{own}.{form}")
    return output


Made = Callable[[Basis, Language], MeetingPage]
Day = Callable[[Trajectory], ReportDay]
Start = Callable[[Trajectory, Audience, date], Before | None]


def make_meeting_page(
    terminal: Terminal,
    project: Project,
    file: str,
    request: MeetingRequest,
    today: ReportDay,
    made: Made,
    day_of: Day,
    start_of: Start,
) -> int:
    """Make a page, and print or write it; the exit code.

    ``day_of`` chooses the day from what the audience may see as of ``today``; ``start_of`` what to compare
    with.
    """
    there = bytes_there(request.target, request.kind)
    there_as = made_as(there) if there else None
    if there and there_as and not request.force and (request.form == "docx" or is_edited(there, there_as)):
        raise CannotOpen(request.target, *EXISTS)
    audience = edition_for(request.target, there_as, request.edition, request.placed)
    known = readable_by(project, file, today.day, audience, terminal)
    if known is None:
        return FOUND
    dated = day_of(edition_of(known.known, audience))
    if dated.day != today.day:
        known = readable_by(project, file, dated.day, audience, terminal)
        if known is None:
            return FOUND
    refuse_name(request.target, known.trajectory, audience)
    edition = edition_of(known.known, audience)
    judged = judged_edition(project, known.judgement, edition, audience, dated)
    thresholds = project.settings.thresholds
    basis = basis_of(judged, project.handbook, thresholds, start_of(known.known, audience, dated.day))
    say = terminal.say if request.on_screen else resources.language(basis.trajectory.language)
    page = made(basis, say)
    if request.as_json:
        say_json(terminal, meeting_data(page, with_ids=audience not in OUTER))
        return OK
    wording = Wording(basis.trajectory, say, basis.found, basis.outside)
    shown = on_one_page(page, wording) if request.kind == "agenda" else page
    if request.on_screen:
        show_meeting(terminal, shown)
        return OK
    _write(terminal, project, request, shown, basis, say, audience, over=there is not None)
    return OK


def _write(
    terminal: Terminal,
    project: Project,
    request: MeetingRequest,
    page: MeetingPage,
    basis: Basis,
    say: Language,
    audience: Audience,
    *,
    over: bool,
) -> None:
    whole: str | bytes
    if request.form == "docx":
        from fii_cli.pages.meeting_docx import as_meeting_document

        whole = as_meeting_document(page, say)
    else:
        form: Literal["html", "md"] = "html" if request.form == "html" else "md"
        whole = stamped(render_meeting(page, form, say, project.house), basis.yardstick)
    if request.target != "-":
        say_edition(terminal, request.target, audience, request.edition)
        write(terminal, request.target, whole, over=over)
        terminal.out(request.target)
    elif isinstance(whole, str):
        terminal.document(whole.rstrip("\n"))
    else:
        terminal.bytes(whole)
