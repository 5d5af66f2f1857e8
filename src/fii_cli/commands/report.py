"""``fii report``: a report to hand over."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from fii_cli import saving, workspace
from fii_cli.cli import FOUND, NOT_DONE, OK
from fii_cli.commands.pages import IN_TEXT, NO_REPORT, WANTED, Wanted, handed_on, report_made
from fii_cli.commands.progress import progress
from fii_cli.commands.shared import closed_value, day, say_cannot_open, settings_judged
from fii_cli.diagnostics import Refused
from fii_cli.language import N_, msg
from fii_cli.output.text import as_text
from fii_cli.render import made_as
from fii_cli.report import EDITIONS
from fii_cli.terminal import Terminal
from fii_cli.words import Audience
from fii_cli.workspace import CannotOpen

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
class Asked:
    """What was asked for of each report."""

    wanted: Wanted
    edition: Audience | None
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
        bool, typer.Option("--force", help=N_("write over a document, workbook, PDF or csv that is there"))
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
    targets = [_target(file, output, wanted, edition, len(files) > 1) for file in files]
    twice = {target for target, n in Counter(targets).items() if target != "-" and n > 1}
    if twice:
        raise Refused(
            msg("two reports would be written to {path}", path=", ".join(sorted(twice))),
            msg("choose a folder for each"),
        )
    on = day(as_of)
    asked = Asked(wanted, edition, on, template, force, check, dry_run)
    if unsettled := settings_judged(files):  # a style that is not worn would be a riddle otherwise
        terminal.note(as_text(unsettled, terminal))
    worst = OK
    printed = output == "-"  # a page that is printed is not to be mixed with how far the work is
    with progress(terminal, 0 if printed else len(files), slow=wanted == "pdf" and not printed) as step:
        for file, target in zip(files, targets, strict=True):
            try:
                worst = max(worst, _one(terminal, file, target, asked))
            except CannotOpen as error:
                say_cannot_open(error, terminal)
                worst = NOT_DONE
            step()
    return worst


def _format(format_: str | None, output: str | None) -> Wanted:
    ending = (output or "").rpartition(".")[2].lower()
    named = "md" if ending == "markdown" else next((each for each in WANTED if each == ending), "html")
    return closed_value("--format", format_ or named, WANTED)


def _target(file: str, output: str | None, format_: Wanted, edition: Audience | None, several: bool) -> str:
    """Where a report goes: editions for others than the team lie beside it."""
    stem, _ = os.path.splitext(file)
    ending = f"{edition}.{format_}" if edition and edition != "team" else format_
    if output is None:
        return f"{stem}.{ending}"
    if output == "-":
        return output
    if several or output.endswith(("/", os.sep)) or os.path.isdir(output):
        return os.path.join(output, f"{os.path.basename(stem)}.{ending}")
    return output


def _one(terminal: Terminal, file: str, target: str, asked: Asked) -> int:
    say = terminal.say
    committed = _committed(target, asked)
    made = made_as(committed) if isinstance(committed, str) else None
    on = asked.on or (made.day if asked.check and made else None)
    edition = asked.edition or (made.audience if made else None) or "team"
    today = on or workspace.report_day(file)
    known = handed_on(file, today, edition, terminal)
    if known is None:
        return FOUND
    if asked.wanted == "pdf" and len(known.trajectory.records) > _MANY:
        terminal.note(say("making the PDF of {path}, which takes a while", path=file))
    page = report_made(file, known, today, asked.wanted, edition, asked.template)
    if asked.check:
        if page == committed:
            terminal.out(say("{path} is current", path=target))
            return OK
        missing = (
            msg("{path} is not there", path=target)
            if committed is None
            else msg("{path} is not current", path=target)
        )
        terminal.out(say(missing))
        words = [
            "fii",
            "report",
            file,
            "--output",
            target,
            *(["--audience", edition] if edition != "team" else []),
        ]
        terminal.note(f"  = {say('help')}: {shlex.join(words)}")
        return FOUND
    if target == "-":
        if isinstance(page, bytes):
            terminal.bytes(page)
        else:
            terminal.out(page.rstrip("\n"))
    elif asked.dry_run:
        terminal.out(say("would write {path}", path=target))
    else:
        write = saving.write_over if asked.force or committed is not None else saving.write_new
        write(target, page)
        terminal.out(target)
    return OK


def _committed(target: str, asked: Asked) -> str | bytes | None:
    """The report that is there; what fii cannot tell to be its own is only written over with ``--force``."""
    if target == "-":
        return None
    if asked.wanted in ("html", "md", "json"):
        committed = workspace.text_at(target)
        if committed is not None and made_as(committed) is None and not asked.force:
            raise CannotOpen(target, *NO_REPORT)
        return committed
    if not saving.exists(target):
        return None
    if not asked.check and not asked.force:
        raise CannotOpen(target, msg("this already exists"), msg("--force writes over it"))
    return workspace.bytes_of(target) if asked.check else None
