"""``fii check``: check trajectories."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer

from fii_cli import resources
from fii_cli.commands.check_summary import summary
from fii_cli.commands.options import (
    AsOf,
    closed_value,
    day,
)
from fii_cli.commands.say import say_cannot_open
from fii_cli.commands.which_file import paths_argument
from fii_cli.diagnostics import Diagnostic, Refused, Severity
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.handbook import load
from fii_cli.language import N_, Language
from fii_cli.project import files
from fii_cli.project.context import Choose, Projects, judged_unexpectedly
from fii_cli.project.from_root import judged_from_root
from fii_cli.rules import BY_CODE
from fii_cli.rules.check import Judgement
from fii_cli.rules.settings import LEVELS, RuleSettings, wrong_with_codes
from fii_cli.terminal import Terminal
from fii_cli.yaml.document import unreadable

SUMMARY = N_("Check trajectories and report every finding with its location and remedy.")
EXAMPLES = (
    ("fii check", N_("every trajectory below this folder")),
    ("fii check trajecten/buurt-leren.yaml", N_("one file")),
    ("fii check --strict --format concise", N_("fail on advice too; one line for each finding")),
    ("fii check --format markdown", N_("a page for a pull request")),
    ("fii check --as-of 2025-03-12", N_("as of that date")),
    ("fii check --ignore FII801 --select FII2,FII8", N_("only some rules")),
    ("fii check --force-exclude archief/oud.yaml", N_("skip a file that fii.toml excludes, even if named")),
    ("fii check --since main", N_("fail only on what is new since that commit or branch")),
    ("fii check --fix", N_("fix typos")),
)
FOR_SERVERS = ("sarif", "gitlab", "junit")
FOR_FORGES = ("github", "markdown", *FOR_SERVERS)
GROUPED = ("text", "markdown")
"""The formats in which the findings of one rule in one list are one."""
FORMATS = ("text", "concise", "json", "github", "gitlab", "sarif", "junit", "markdown")


def run(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("PATH"),
            help=N_("files or folders; - reads standard input"),
            show_default=False,
            callback=paths_argument,
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            help=N_("the format of the findings (default: text; github in GitHub Actions)"),
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=N_("the same as --format json"))] = False,
    as_of: AsOf = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on", metavar="error|advice|info", help=N_("the lowest severity that gives exit code 1")
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help=N_("the same as --fail-on info"))] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar=N_("CODE"),
            help=N_("only these rules; FII4 selects every code with that prefix"),
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar=N_("CODE"), help=N_("all rules except these"))
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar=N_("COMMIT"), help=N_("only findings that this commit did not have")),
    ] = None,
    force_exclude: Annotated[
        bool,
        typer.Option("--force-exclude", help=N_("also skip files that are named, if fii.toml excludes them")),
    ] = False,
    fix: Annotated[
        bool,
        typer.Option("--fix", help=N_("fix mistyped keys, values and dates with one possible correction")),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("with --fix: only show the changes"))] = False,
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            "--stdin-filename", metavar=N_("PATH"), help=N_("the file name to use for standard input")
        ),
    ] = None,
) -> int:
    terminal: Terminal = context.obj
    chosen_format = "json" if as_json else _format(format_)
    if chosen_format == "github":
        terminal = replace(terminal, in_log=True)
    lowest = _lowest_failing(fail_on, strict=strict)
    projects = Projects()
    today = day(as_of) or projects.today
    choose = _rules_chooser(lowest, select, ignore)
    found = _search(projects, paths or ["."], stdin_filename, force_exclude=force_exclude)
    if fix:
        from fii_cli.commands.fix import mended

        found = mended(found, projects, today, terminal, dry_run)
        if dry_run:
            for error in found.unopened:
                say_cannot_open(error, terminal)
            return NOT_DONE if found.unopened else OK
    judgements = projects.wrong([path for path, _ in found.documents] or ["."])
    judgements += (
        projects.at(path).judge(path, document, today, choose) for path, document in found.documents
    )
    if since is not None:
        from fii_cli.commands.check_since import only_new

        judgements, told = only_new(judgements, found, paths or ["."], since, projects, today, choose)
        terminal.note(terminal.dim(terminal.wrap(terminal.say(told))))

    def fails(diagnostic: Diagnostic, path: str) -> bool:
        """Whether a finding is at or above the severity that fails for its file."""
        fail_on = choose(projects.at(path).settings.rules).fail_on
        return diagnostic.severity <= (Severity.ERROR if fail_on is None else fail_on)

    judgements, written = _written_safely(
        judgements, lambda these: _written(these, found, chosen_format, terminal, fails)
    )
    _show(written, judgements, found, chosen_format, terminal)
    if chosen_format == "github":
        _write_jobsummary(judgements, found, terminal)
    if found.unopened:
        return NOT_DONE
    failed = any(fails(d, judgement.path) for judgement in judgements for d in judgement.diagnostics)
    return FOUND if failed else OK


def _format(given: str | None) -> str:
    """The format of the findings. Raises :class:`Refused` for an unknown one."""
    if given is not None:
        return closed_value("--format", given, FORMATS)
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _lowest_failing(fail_on: str | None, *, strict: bool) -> Severity | None:
    """The lowest severity that fails, or ``None`` if only the settings decide.

    Raises :class:`Refused` for an unknown severity.
    """
    level = None if fail_on is None else closed_value("--fail-on", fail_on, tuple(LEVELS))
    if strict:
        return Severity.INFO
    return LEVELS[level] if level else None


def _write_jobsummary(judgements: list[Judgement], search: files.Search, terminal: Terminal) -> None:
    """Add the findings to the summary of a job in GitHub Actions, if it has one."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if not page:
        return
    from fii_cli.output.markdown import as_markdown
    from fii_cli.project import save  # import code that writes only when it is needed

    seen = [judged_from_root(each) for each in judgements]
    page_text = as_markdown(seen, summary(judgements, search, in_groups=True), load.handbook(), terminal.say)
    try:
        save.append_text(page, page_text + "\n")
    except files.CannotOpen as error:
        say_cannot_open(error, terminal)


def _rules_chooser(fail_on: Severity | None, select: list[str] | None, ignore: list[str] | None) -> Choose:
    """A function that applies the options of the command line to the rules of a repository.

    Raises :class:`Refused` for an unknown code.
    """
    given: dict[str, tuple[str, ...]] = {}
    for name, words in (("select", select), ("ignore", ignore)):
        if words:
            codes = [code.strip().upper() for word in words for code in word.split(",")]
            wrong = wrong_with_codes(codes, name, BY_CODE)
            if wrong:
                raise Refused(*wrong)
            given[name] = tuple(codes)

    def choose(rules: RuleSettings) -> RuleSettings:
        return replace(
            rules,
            fail_on=rules.fail_on if fail_on is None else fail_on,
            select=given.get("select", rules.select),
            ignore=given.get("ignore", rules.ignore),
        )

    return choose


def _search(
    projects: Projects, paths: list[str], stdin_filename: str | None, *, force_exclude: bool
) -> files.Search:
    """The trajectories to check; with ``force_exclude`` without those that the settings exclude."""
    named = [path for path in paths if path != "-"]
    piped = [stdin_filename or "-"] if "-" in paths else []
    kept = projects.without_excluded if force_exclude else list
    wanted = kept(named)
    found = projects.search(wanted)
    read = [(name, files.read_stdin()) for name in kept(piped)]
    excluded = len(named) + len(piped) - len(wanted) - len(read)
    return replace(found, documents=(*read, *found.documents), excluded=excluded)


Fails = Callable[[Diagnostic, str], bool]
"""Whether a finding in the file with this path makes the check fail."""
Written = str | list[str]
"""The findings as one document, or as lines for people."""


def _written_safely(
    judgements: list[Judgement], write: Callable[[list[Judgement]], Written]
) -> tuple[list[Judgement], Written]:
    """The findings in writing, even if those of one file cause an unexpected error."""
    try:
        return judgements, write(judgements)
    except Exception:
        sound = [_writable(judgement, write) for judgement in judgements]
        return sound, write(sound)


def _writable(judgement: Judgement, write: Callable[[list[Judgement]], Written]) -> Judgement:
    """A judgement that can be written: its own, or that fii failed on this file."""
    try:
        write([judgement])
    except Exception as error:
        return judged_unexpectedly(judgement.path, unreadable(""), error)
    return judgement


def _written(
    judgements: list[Judgement],
    search: files.Search,
    format_: str,
    terminal: Terminal,
    fails: Fails,
) -> Written:
    if format_ == "json":
        from fii_cli.output.json import as_json

        return as_json(judgements, search, terminal.say)
    if format_ in FOR_FORGES:
        return _for_forges(judgements, search, format_, terminal.say, fails)
    return _lines(judgements, format_, terminal) if any(each.diagnostics for each in judgements) else []


def _show(
    written: Written, judgements: list[Judgement], search: files.Search, format_: str, terminal: Terminal
) -> None:
    """Show the findings; for people, also the files that could not be opened and a summary."""
    if isinstance(written, str):
        terminal.document(written)
    elif written:
        terminal.out(*written)
    if format_ == "json":
        return
    for error in search.unopened:
        say_cannot_open(error, terminal)
    if format_ in FOR_SERVERS:
        return
    if written and format_ == "text":
        terminal.note("")
    for line in summary(judgements, search, in_groups=format_ in GROUPED):
        terminal.note(terminal.wrap(terminal.say(line)))


def _lines(judgements: list[Judgement], format_: str, terminal: Terminal) -> list[str]:
    """The findings in a format for people."""
    if format_ == "concise":
        from fii_cli.output.concise import as_concise

        return as_concise(judgements, terminal.say)
    from fii_cli.output.text import as_text

    return [as_text(judgements, terminal)]


def _for_forges(
    judgements: list[Judgement], search: files.Search, format_: str, say: Language, fails: Fails
) -> Written:
    """The findings in a format for forges and servers, with paths from the root of the repository."""
    seen = [judged_from_root(each) for each in judgements]
    if format_ == "github":
        from fii_cli.output.github import as_github

        return as_github(seen, say)
    if format_ == "markdown":
        from fii_cli.output.markdown import as_markdown

        return as_markdown(seen, summary(judgements, search, in_groups=True), load.handbook(), say)
    if format_ == "sarif":
        from fii_cli.output.sarif import as_sarif
        from fii_cli.project.provenance import provenance

        return as_sarif(seen, load.handbook(), say, resources.documentation(), provenance())
    if format_ == "gitlab":
        from fii_cli.output.gitlab import as_gitlab

        return as_gitlab(seen, say)
    from fii_cli.output.junit import as_junit

    given = {each.path: judgement.path for each, judgement in zip(seen, judgements, strict=True)}
    return as_junit(seen, say, lambda finding, path: fails(finding, given[path]))
