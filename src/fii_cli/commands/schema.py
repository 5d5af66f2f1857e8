"""``fii schema``: the JSON Schema with which editors complete and check a trajectory, or settings."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from fii_cli.commands.options import closed_value
from fii_cli.exit_codes import OK
from fii_cli.handbook import Handbook, load
from fii_cli.language import N_, Language, msg
from fii_cli.project import files, save
from fii_cli.project.context import project_of
from fii_cli.project.files import CannotOpen
from fii_cli.project.schema import json_schema
from fii_cli.project.schema_shapes import as_text
from fii_cli.terminal import Terminal

SUMMARY = N_("Write the JSON Schema for completion, hover and validation in editors.")
KINDS = ("trajectory", "settings", "report")
EXAMPLES = (
    ("fii schema", N_("print it")),
    ("fii schema --lang nl --output .fii/trajectory.schema.json", N_("update the one in this repository")),
    ("fii schema --of settings --output .fii/settings.schema.json", N_("regenerate the schema of fii.toml")),
)


def run(
    context: typer.Context,
    of: Annotated[
        str,
        typer.Option(
            "--of",
            metavar="|".join(KINDS),
            help=N_("of a trajectory, of fii.toml, or of a report in JSON (in English)"),
        ),
    ] = "trajectory",
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar=N_("PATH"), help=N_("write it to this file"))
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("show what would be written, and write nothing"))
    ] = False,
) -> int:
    terminal: Terminal = context.obj
    text = _text_of(closed_value("--of", of, KINDS), terminal.say)
    if output is None or output == "-":
        terminal.document(text.rstrip("\n"))
    else:
        refuse_unless_schema(output)
        if dry_run:
            terminal.out(terminal.say("would write {path}", path=output))
        else:
            write_schema(output, text)
            terminal.out(terminal.say("wrote {path}", path=output))
    return OK


def _text_of(kind: str, say: Language) -> str:
    if kind == "settings":
        return settings_schema_text(say)
    if kind == "report":
        from fii_cli.report.json_report import report_schema

        return json.dumps(report_schema(), indent=1) + "\n"
    return schema_text(project_of("-").handbook, say)


def write_schema(path: str, text: str) -> None:
    """Write a schema, new or in place of one that fii wrote.

    Raises :class:`CannotOpen` if another file has this name.
    """
    refuse_unless_schema(path)
    (save.write_over if save.exists(path) else save.write_new)(path, text)


def refuse_unless_schema(path: str) -> None:
    """Raise :class:`CannotOpen` if a file exists that is not a schema of fii, or a link points outside."""
    save.stay_inside(path)
    if save.exists(path) and not _is_schema(path):
        wrong = msg("this is not a schema of fii, and is not overwritten")
        raise CannotOpen(path, wrong, msg("choose another name with --output"))


def _is_schema(path: str) -> bool:
    try:
        there = json.loads(files.bytes_of(path))
    except (CannotOpen, ValueError, RecursionError):
        return False
    properties = there.get("properties") if isinstance(there, dict) else None
    if not isinstance(properties, dict):
        return False
    of_facts = "fii" in properties and bool({"entry", "as_of"} & properties.keys())
    return of_facts or {"check", "counts", "rules", "style"} <= properties.keys()


def schema_text(handbook: Handbook, say: Language) -> str:
    """The schema of a trajectory as the text of a file, with the instruments of a handbook."""
    from fii_cli.rules import RULES

    return as_text(json_schema(handbook, RULES, say)) + "\n"


def settings_schema_text(say: Language) -> str:
    """The schema of ``fii.toml`` as the text of a file."""
    from fii_cli.project.settings_schema import settings_schema
    from fii_cli.rules import BY_CODE

    schema = settings_schema(load.handbook(), BY_CODE, say)
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
