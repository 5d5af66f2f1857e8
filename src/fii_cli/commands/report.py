"""``fii report``: a report to hand over."""

from __future__ import annotations

import os
import shlex
from datetime import date
from typing import Annotated

import typer

from fii_cli import saving, workspace
from fii_cli.cli import FOUND, NOT_DONE, OK
from fii_cli.commands.pages import NO_REPORT, handed_on, report_page
from fii_cli.commands.shared import (
    closed_value,
    day,
    say_cannot_open,
)
from fii_cli.diagnostics import Refused
from fii_cli.language import N_, msg
from fii_cli.render import FORMATS, Format, made_as
from fii_cli.report import EDITIONS
from fii_cli.terminal import Terminal
from fii_cli.words import Audience
from fii_cli.workspace import CannotOpen

SUMMARY = N_("Make a report to hand over: one HTML file without outside links, or Markdown for a forge.")
EXAMPLES = (
    ("fii report samen-leren.yaml", N_("samen-leren.html, beside the trajectory")),
    ("fii report samen-leren.yaml --format md --output -", N_("Markdown, printed")),
    ("fii report trajecten/*.yaml --output rapporten/", N_("several, into a folder")),
    (
        "fii report samen-leren.yaml --audience client",
        N_("samen-leren.client.html: no notes, no names"),
    ),
    ("fii report samen-leren.yaml --check", N_("whether the committed report is current")),
)


def run(
    context: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar=N_("FILE"), help=N_("trajectories"), show_default=False)
    ],
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="html|md", help=N_("html if left out, or as the output is named")),
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
    edition = None if audience is None else closed_value("--audience", audience, tuple(EDITIONS))
    targets = [_target(file, output, wanted, edition, len(files) > 1) for file in files]
    twice = {target for target in targets if target != "-" and targets.count(target) > 1}
    if twice:
        raise Refused(
            msg("two reports would be written to {path}", path=", ".join(sorted(twice))),
            msg("choose a folder for each"),
        )
    on = day(as_of)
    worst = OK
    for file, target in zip(files, targets, strict=True):
        try:
            worst = max(worst, _one(terminal, file, target, wanted, edition, on, check, dry_run))
        except CannotOpen as error:
            say_cannot_open(error, terminal)
            worst = NOT_DONE
    return worst


def _format(format_: str | None, output: str | None) -> Format:
    ending = (output or "").rpartition(".")[2].lower()
    wanted = format_ or ("md" if ending in ("md", "markdown") else "html")
    return closed_value("--format", wanted, FORMATS)


def _target(file: str, output: str | None, format_: Format, edition: Audience | None, several: bool) -> str:
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


def _one(
    terminal: Terminal,
    file: str,
    target: str,
    format_: Format,
    edition: Audience | None,
    on: date | None,
    check: bool,
    dry_run: bool,
) -> int:
    say = terminal.say
    committed = workspace.text_at(target) if target != "-" else None
    made = made_as(committed) if committed else None
    if committed is not None and made is None:
        raise CannotOpen(target, *NO_REPORT)
    if check and made:
        on = on or made.day
    edition = edition or (made.audience if made else None) or "team"
    today = on or workspace.report_day(file)
    judgement = handed_on(file, today, edition, terminal)
    if judgement is None:
        return FOUND
    page = report_page(file, judgement, today, format_, edition)
    if check:
        if page == committed:
            terminal.out(say("{path} is current", path=target))
            return OK
        missing = (
            msg("{path} is not there", path=target)
            if committed is None
            else msg("{path} is not current", path=target)
        )
        terminal.out(say(missing))
        terminal.note(f"  = {say('help')}: fii report {shlex.quote(file)}")
        return FOUND
    if target == "-":
        terminal.out(page.rstrip("\n"))
    elif dry_run:
        terminal.out(say("would write {path}", path=target))
    else:
        saving.write_over(target, page)
        terminal.out(target)
    return OK
