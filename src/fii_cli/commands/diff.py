"""``fii diff``: what changed between two versions of trajectories, and what follows from it."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from fii_cli.commands.dates import whole_day
from fii_cli.commands.options import AsJson, NoCache, closed_value, day
from fii_cli.diagnostics import Refused
from fii_cli.exit_codes import OK
from fii_cli.language import N_, msg
from fii_cli.terminal import Terminal
from fii_cli.words import AUDIENCES

SUMMARY = N_("Show what changed between two versions of trajectories: conclusions first, then facts.")
EXAMPLES = (
    ("fii diff", N_("the files as they are, compared with the last commit")),
    ("fii diff --since 2026-09-01", N_("what changed since that day")),
    ("fii diff v1 v2 buurt-leren.yaml", N_("one file in two commits, branches or tags")),
    ("fii diff oud.yaml nieuw.yaml", N_("two files")),
    ("fii diff main --format markdown", N_("a page for a pull request")),
)
Format = Literal["text", "markdown", "html"]
FORMATS: tuple[Format, ...] = ("text", "markdown", "html")


def run(
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("VERSION"),
            help=N_("at most two commits, branches or tags, then files or folders; or two files"),
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=N_("DATE"),
            callback=whole_day,
            help=N_("compare with the last commit before this day"),
        ),
    ] = None,
    staged: Annotated[bool, typer.Option("--staged", help=N_("show what git add has staged"))] = False,
    audience: Annotated[
        str,
        typer.Option(
            "--audience", metavar="|".join(AUDIENCES[1:]), help=N_("only what this edition may show")
        ),
    ] = "team",
    format_: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMATS), help=N_("the form of the comparison"))
    ] = "text",
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar=N_("DATE"), callback=whole_day, help=N_("draw all conclusions as of this date")
        ),
    ] = None,
    textconv: Annotated[
        bool, typer.Option("--textconv", help=N_("print the facts of one file, one a line, for git diff"))
    ] = False,
    no_cache: NoCache = False,
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    if textconv:
        from fii_cli.commands.diff_facts import write_facts

        write_facts(words or [], terminal)
        return OK
    edition = closed_value("--audience", audience, AUDIENCES[1:])
    form = closed_value("--format", format_, FORMATS)
    # git calls --textconv for each version of a file, and that needs none of these.
    from fii_cli.commands.diff_shown import as_json_record, as_markdown, as_page, as_text
    from fii_cli.commands.diff_told import diffs_of
    from fii_cli.commands.diff_versions import compared
    from fii_cli.commands.remembered import SOME, memory_of
    from fii_cli.commands.say import say_json
    from fii_cli.project.context import Projects
    from fii_cli.project.git import NoAnswer

    projects = Projects()
    try:
        comparison = compared(
            words or [],
            since=day(since),
            staged=staged,
            today=day(as_of) or projects.today,
            projects=projects,
        )
    except NoAnswer as silence:
        raise Refused(silence.why, msg("name two files, to compare them without git")) from None
    if on := day(as_of):
        comparison = comparison.on(on)
    paths = [each.path for each in comparison.files]
    memory = None if no_cache or len(paths) < SOME else memory_of(context, [".", *paths])
    diffs = diffs_of(comparison, edition, projects, terminal.say, memory)
    if as_json:
        say_json(terminal, as_json_record(comparison, edition, diffs, terminal.say))
    elif form == "markdown":
        terminal.document(as_markdown(comparison, diffs, terminal.say))
    elif form == "html":
        terminal.document(as_page(comparison, diffs, terminal.say))
    else:
        as_text(comparison, diffs, terminal)
    return OK
