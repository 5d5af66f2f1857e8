"""What ``fii report`` was asked for: the format, the audience, the date and the target."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fii_cli.commands.options import closed_value
from fii_cli.commands.report_pages import FOLDING, IN_TEXT, WANTED, Wanted
from fii_cli.commands.targets import edition_of_place, form_of_ending
from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.words import Audience


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """The options for every report. ``placed`` is the edition of the folder that it is written to."""

    wanted: Wanted
    edition: Audience | None
    placed: Audience | None
    on: date | None
    since: str | None
    template: str | None
    force: bool
    check: bool
    dry_run: bool
    full: bool = False


def form_of(format_: str | None, output: str | None) -> Wanted:
    """The format of a report: as requested, else the extension of the output, else HTML."""
    if format_ is not None:
        return closed_value("--format", format_, WANTED)
    endings: dict[str, Wanted] = {**{each: each for each in WANTED}, "markdown": "md", "htm": "html"}
    return form_of_ending(output, endings) or "html"


def must_go_together(
    wanted: Wanted, output: str | None, template: str | None, *, check: bool, on_screen: bool, full: bool
) -> None:
    """Raise :class:`Refused` if options cannot be used together."""
    if check and output == "-":
        raise Refused(msg("--check and --output - cannot be used together"), msg("omit one of them"))
    if check and wanted not in IN_TEXT:
        raise Refused(
            msg("a {format} file cannot be compared", format=wanted),
            msg("choose from: {words}", words=", ".join(IN_TEXT)),
        )
    if output == "-" and wanted not in IN_TEXT and on_screen:
        raise Refused(
            msg("a {format} file cannot be printed to a terminal", format=wanted),
            msg("add {flags}", flags=f"--output x.{wanted}"),
        )
    if full and wanted not in FOLDING:
        raise Refused(
            msg("--full is only for pages: nothing is closed in {format}", format=wanted),
            msg("choose from: {words}", words=", ".join(FOLDING)),
        )
    if template is not None and wanted != "docx":
        raise Refused(msg("--template is only for Word"), msg("add {flags}", flags="--format docx"))


def edition_in_place(
    output: str | None, edition: Audience | None, files: Sequence[str]
) -> tuple[Audience | None, Audience | None]:
    """The edition that was requested or that the output folder sets, and the edition of the folder itself."""
    if output is None or output == "-":
        return edition, None
    into_folder = _is_folder(output, len(files) > 1)
    placed = edition_of_place(output if into_folder else os.path.dirname(output), edition, files)
    return edition or (placed if into_folder else None), placed


def targets_of(
    files: Sequence[str], output: str | None, wanted: Wanted, edition: Audience | None
) -> list[str]:
    """The path of the report of each file. Raises :class:`Refused` if two would be the same."""
    targets = [_target(file, output, wanted, edition, len(files) > 1) for file in files]
    twice = {target for target, n in Counter(targets).items() if target != "-" and n > 1}
    if twice:
        raise Refused(
            msg("two reports would be written to {path}", path=", ".join(sorted(twice))),
            msg("write each to its own folder"),
        )
    return targets


def _target(file: str, output: str | None, wanted: Wanted, edition: Audience | None, several: bool) -> str:
    """The path of a report; the name of an edition for another audience than the team contains it."""
    stem, _ = os.path.splitext(file)
    ending = f"{edition}.{wanted}" if edition and edition != "team" else wanted
    if output is None:
        return f"{stem}.{ending}"
    if output == "-":
        return output
    if _is_folder(output, several):
        return os.path.join(output, f"{os.path.basename(stem)}.{ending}")
    return output


def _is_folder(output: str, several: bool) -> bool:
    return output != "-" and (several or output.endswith(("/", os.sep)) or os.path.isdir(output))
