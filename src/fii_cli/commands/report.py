"""``fii report``: a report to hand over."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from fii_cli.commands.options import closed_value, day
from fii_cli.commands.progress import progress
from fii_cli.commands.report_pages import (
    IN_TEXT,
    RENEWED,
    WANTED,
    Wanted,
    judged_edition,
    readable_by,
    report_made,
)
from fii_cli.commands.say import say_not_done
from fii_cli.commands.targets import EXISTS, bytes_there, edition_for, edition_of_place, say_edition, write
from fii_cli.diagnostics import Refused
from fii_cli.editions.edition import OUTER, edition_of
from fii_cli.editions.marks import made_as
from fii_cli.editions.outsiders import names_in_files
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.language import N_, msg
from fii_cli.output.text import as_text
from fii_cli.project import files, git
from fii_cli.project.context import Project, Projects
from fii_cli.project.files import CannotOpen
from fii_cli.report import EDITIONS
from fii_cli.terminal import Terminal
from fii_cli.words import Audience

SUMMARY = N_("Make a report to hand over: one HTML file without outside links, Markdown, Word, Excel or PDF.")
EXAMPLES = (
    ("fii report samen-leren.yaml", N_("samen-leren.html, beside the trajectory")),
    ("fii report samen-leren.yaml --format md --output -", N_("Markdown, printed")),
    ("fii report trajecten/*.yaml --output rapporten/", N_("several, into a folder")),
    (
        "fii report samen-leren.yaml --audience client",
        N_("samen-leren.client.html: no notes, no names"),
    ),
    ("fii report samen-leren.yaml --format pdf", N_("PDF on A4; docx is Word, xlsx is Excel")),
    ("fii report samen-leren.yaml --check", N_("whether the committed report is current")),
)


_MANY = 1000
"""With more records than this a PDF takes seconds, or minutes."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What was asked for of each report. ``placed`` is the edition of the folder that it is written into."""

    wanted: Wanted
    edition: Audience | None
    placed: Audience | None
    on: date | None
    template: str | None
    force: bool
    check: bool
    dry_run: bool


def run(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar=N_("FILE"), help=N_("trajectories"), show_default=False)
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="|".join(WANTED), help=N_("html if left out, or as the output is named")
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar=N_("PATH"), help=N_("a file, a folder, or - to print it")),
    ] = None,
    audience: Annotated[
        str | None,
        typer.Option(
            "--audience",
            metavar="|".join(EDITIONS),
            help=N_("whom it is for; else as the report that is there, or the team"),
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar=N_("DATE"), help=N_("the day of the report; else that of the last commit")
        ),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option("--template", metavar=N_("FILE"), help=N_("with --format docx: a template of your own")),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help=N_("write over a Word, Excel, PDF or csv file of fii")),
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help=N_("write nothing; exit 1 where a report is not current"))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("say what would be written, and write nothing"))
    ] = False,
) -> int:
    terminal: Terminal = context.obj
    wanted = _format(format_, output)
    if check and output == "-":
        raise Refused(msg("--check and --output - do not go together"), msg("leave one out"))
    if check and wanted not in IN_TEXT:
        raise Refused(
            msg("a {format} cannot be compared", format=wanted),
            msg("choose from: {words}", words=", ".join(IN_TEXT)),
        )
    if output == "-" and wanted in ("docx", "xlsx", "pdf") and terminal.shows:
        raise Refused(
            msg("a {format} cannot be shown on a screen", format=wanted),
            msg("add {flags}", flags=f"--output x.{wanted}"),
        )
    if template is not None and wanted != "docx":
        raise Refused(msg("--template is for Word"), msg("add {flags}", flags="--format docx"))
    edition = None if audience is None else closed_value("--audience", audience, tuple(EDITIONS))
    placed = None
    if output and output != "-":
        into_folder = _is_folder(output, len(files) > 1)
        folder = output if into_folder else os.path.dirname(output)
        placed = edition_of_place(folder, edition, files)
        edition = edition or (placed if into_folder else None)
    targets = [_target(file, output, wanted, edition, len(files) > 1) for file in files]
    twice = {target for target, n in Counter(targets).items() if target != "-" and n > 1}
    if twice:
        raise Refused(
            msg("two reports would be written to {path}", path=", ".join(sorted(twice))),
            msg("choose a folder for each"),
        )
    on = day(as_of)
    asked = ReportRequest(wanted, edition, placed, on, template, force, check, dry_run)
    projects = Projects()
    if wrong := projects.wrong(files):  # otherwise nobody could tell why the style was ignored
        terminal.note(as_text(wrong, terminal))
    worst = OK
    printed = output == "-"  # a page that is printed is not to be mixed with how far the work is
    with progress(terminal, 0 if printed else len(files), slow=wanted == "pdf" and not printed) as step:
        for file, target in zip(files, targets, strict=True):
            try:
                worst = max(worst, _one(terminal, projects.at(file), file, target, asked))
            except Exception as error:  # one file must not stop the others
                say_not_done(error, file, terminal)
                worst = NOT_DONE
            step()
    return worst


def _format(format_: str | None, output: str | None) -> Wanted:
    ending = (output or "").rpartition(".")[2].lower()
    named = "md" if ending == "markdown" else next((each for each in WANTED if each == ending), "html")
    return closed_value("--format", format_ or named, WANTED)


def _is_folder(output: str, several: bool) -> bool:
    return output != "-" and (several or output.endswith(("/", os.sep)) or os.path.isdir(output))


def _target(file: str, output: str | None, format_: Wanted, edition: Audience | None, several: bool) -> str:
    """Where a report goes: editions for others than the team lie beside it."""
    stem, _ = os.path.splitext(file)
    ending = f"{edition}.{format_}" if edition and edition != "team" else format_
    if output is None:
        return f"{stem}.{ending}"
    if output == "-":
        return output
    if _is_folder(output, several):
        return os.path.join(output, f"{os.path.basename(stem)}.{ending}")
    return output


def _one(terminal: Terminal, project: Project, file: str, target: str, asked: ReportRequest) -> int:
    say = terminal.say
    there = bytes_there(target)
    made = made_as(there) if there else None
    edition = edition_for(target, made, asked.edition, asked.placed)
    if there and asked.wanted not in RENEWED and not (asked.check or asked.force):
        raise CannotOpen(target, *EXISTS)
    on = asked.on or (made.day if asked.check and made else None)
    dated = files.ReportDay(on) if on else files.report_day(file)
    today = dated.day
    known = readable_by(project, file, today, edition, terminal)
    if known is None:
        return FOUND
    if edition in OUTER and names_in_files(known.trajectory).held_by(os.path.basename(target)):
        wrong = msg("the name {path} tells of somebody whom this edition does not show", path=target)
        raise Refused(wrong, msg("choose another name with --output"))
    if dated.why:
        git.tell(dated.why, msg("{path} is dated today ({day})", path=file, day=today.isoformat()))
    if asked.wanted == "pdf" and len(known.trajectory.records) > _MANY:
        terminal.note(say("making the PDF of {path}; this may take a while", path=file))
    shown = edition_of(known.trajectory, edition)
    judged = judged_edition(project, known.judgement, shown, edition, today)
    page = report_made(project, judged, asked.wanted, asked.template)
    if asked.check:
        return _held_against(terminal, file, target, page, there, edition)
    if target == "-":
        if asked.wanted == "csv" and isinstance(page, bytes) and (terminal.shows or terminal.in_log):
            terminal.document(page.decode().rstrip("\r\n"))
        elif isinstance(page, bytes):
            terminal.bytes(page)
        else:
            terminal.document(page.rstrip("\n"))
        return OK
    say_edition(terminal, target, edition, asked.edition)
    if asked.dry_run:
        terminal.out(say("would write {path}", path=target))
    else:
        write(terminal, target, page, over=there is not None)
        terminal.out(target)
    return OK


def _held_against(
    terminal: Terminal, file: str, target: str, page: str | bytes, there: bytes | None, edition: Audience
) -> int:
    """Say whether the report that is there is the one that fii would make.

    git may have changed its line ends.
    """
    say = terminal.say
    made = page.encode() if isinstance(page, str) else page
    if there is not None and there.replace(b"\r\n", b"\n") == made.replace(b"\r\n", b"\n"):
        terminal.out(say("{path} is current", path=target))
        return OK
    missing = msg("{path} is not there", path=target)
    terminal.out(say(missing if there is None else msg("{path} is not current", path=target)))
    words = ["fii", "report", file, "--output", target]
    words += ["--audience", edition] if edition != "team" else []
    terminal.note(f"  = {say('help')}: {shlex.join(words)}")
    return FOUND
