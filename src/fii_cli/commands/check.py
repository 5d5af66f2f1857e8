"""``fii check``: check trajectories."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from fii_cli import resources
from fii_cli.commands.check_stream import Checked, Outcome, Written, told_one_by_one, told_together
from fii_cli.commands.check_summary import Tally, summary, tally_of
from fii_cli.commands.options import (
    AsOf,
    Jobs,
    NoCache,
    Scheduler,
    closed_value,
    day,
)
from fii_cli.commands.progress import counter
from fii_cli.commands.remembered import followed_as_a_whole, memory_for_many
from fii_cli.commands.say import say_cannot_open
from fii_cli.commands.which_file import paths_argument
from fii_cli.diagnostics import Refused, Severity
from fii_cli.exit_codes import FOUND, NOT_DONE, OK
from fii_cli.handbook import load
from fii_cli.language import N_, Language
from fii_cli.project import files
from fii_cli.project.context import Choose, Projects
from fii_cli.project.from_root import judged_from_root
from fii_cli.rules import BY_CODE
from fii_cli.rules.seen import Seen, seen
from fii_cli.rules.settings import LEVELS, RuleSettings, wrong_with_codes
from fii_cli.terminal import Terminal

if TYPE_CHECKING:
    from fii_cli.project.contents import Contents

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
ONE_BY_ONE = ("text", "concise")
"""The formats that show the findings of a file before the next one is judged."""
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
    jobs: Jobs = None,
    scheduler: Scheduler = None,
    no_cache: NoCache = False,
) -> int:
    terminal: Terminal = context.obj
    chosen_format = "json" if as_json else _format(format_)
    if chosen_format == "github":
        terminal = replace(terminal, in_log=True)
    followed = followed_as_a_whole(context, chosen_format)
    lowest = _lowest_failing(fail_on, strict=strict)
    cluster = None
    if scheduler is not None:
        from fii_cli.commands.check_cluster import cluster_for

        cluster = cluster_for(context, scheduler, jobs, since)
    projects = Projects()
    today = day(as_of) or projects.today
    choose = _rules_chooser(lowest, select, ignore)
    memory = None if no_cache else memory_for_many(context, paths or ["."])
    contents = memory.contents if memory else None
    found, piped = _search(projects, paths or ["."], stdin_filename, contents, force_exclude=force_exclude)
    checked = Checked(found, piped, projects, today, choose, jobs, memory, cluster)
    if fix:
        from fii_cli.commands.fix import not_mended

        checked.unfixed = not_mended(checked.documents(), projects, today, terminal, dry_run)
        if dry_run:
            for error in checked.search.unopened:
                say_cannot_open(error, terminal)
            return NOT_DONE if checked.search.unopened else OK
    judgements = checked.judgements()
    if followed:
        terminal = replace(terminal, heard=followed.hear)
    if since is not None:
        from fii_cli.commands.check_since import only_new

        whole, told = only_new(checked.whole(), found, paths or ["."], since, projects, today, choose)
        judgements = (seen(each) for each in whole)
        terminal.note(terminal.dim(terminal.wrap(terminal.say(told))))
    with counter(len(found.paths)) as counted, closing(judgements):
        each = counted.each(followed.each(judgements) if followed else judgements)
        outcome = _tell(each, checked, chosen_format, terminal)
    search = checked.search
    _sum_up(outcome, search, chosen_format, terminal)
    if chosen_format == "github":
        _write_jobsummary(outcome.kept, search, terminal)
    if search.unopened:
        return NOT_DONE
    code = FOUND if outcome.failed else OK
    if followed:
        followed.keep(code, projects)
    return code


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


def _write_jobsummary(judgements: Sequence[Seen], search: files.Search, terminal: Terminal) -> None:
    """Add the findings to the summary of a job in GitHub Actions, if it has one."""
    page = os.environ.get("GITHUB_STEP_SUMMARY")
    if not page:
        return
    from fii_cli.output.markdown import as_markdown
    from fii_cli.project import save  # import code that writes only when it is needed

    rooted = [judged_from_root(each) for each in judgements]
    summed = summary(tally_of(judgements, in_groups=True), search)
    page_text = as_markdown(rooted, summed, load.handbook(), terminal.say)
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
    projects: Projects,
    paths: list[str],
    stdin_filename: str | None,
    contents: Contents | None,
    *,
    force_exclude: bool,
) -> tuple[files.Search, bytes | None]:
    """The trajectories to check, first standard input with its bytes.

    With ``force_exclude`` without those that the settings exclude.
    """
    named = [path for path in paths if path != "-"]
    piped = [stdin_filename or "-"] if "-" in paths else []
    kept = projects.without_excluded if force_exclude else list
    wanted, read = kept(named), kept(piped)
    found = projects.search(wanted, contents)
    excluded = len(named) + len(piped) - len(wanted) - len(read)
    found = replace(found, paths=(*read, *found.paths), excluded=excluded)
    return found, files.stdin_bytes() if read else None


def _tell(judgements: Iterable[Seen], checked: Checked, format_: str, terminal: Terminal) -> Outcome:
    """Show the findings: for people one file after the other, for programs as one document."""
    tally = Tally(format_ in GROUPED)
    if format_ not in ONE_BY_ONE:

        def show_whole(written: Written) -> None:
            if isinstance(written, str):
                terminal.document(written)
            elif written:
                terminal.out(*written)

        def write(these: Sequence[Seen]) -> Written:
            return _written(these, checked, format_, terminal)

        return told_together(judgements, write, show_whole, checked, tally)
    between: list[str] = []

    def show(lines: list[str]) -> None:
        terminal.out(*between, *lines)
        between[:] = [""] if format_ == "text" else []

    return told_one_by_one(judgements, lambda each: _lines(each, format_, terminal), show, checked, tally)


def _written(judgements: Sequence[Seen], checked: Checked, format_: str, terminal: Terminal) -> Written:
    if format_ == "json":
        from fii_cli.output.json import as_json

        return as_json(judgements, checked.search, terminal.say)
    return _for_forges(judgements, checked, format_, terminal.say)


def _sum_up(outcome: Outcome, search: files.Search, format_: str, terminal: Terminal) -> None:
    """For people: the files that could not be opened, and a summary."""
    if format_ == "json":
        return
    for error in search.unopened:
        say_cannot_open(error, terminal)
    if format_ in FOR_SERVERS:
        return
    if outcome.shown and format_ == "text":
        terminal.note("")
    for line in summary(outcome.tally, search):
        terminal.note(terminal.wrap(terminal.say(line)))


def _lines(judged: Seen, format_: str, terminal: Terminal) -> list[str]:
    """The findings of a file in a format for people."""
    if not judged.diagnostics:
        return []
    if format_ == "concise":
        from fii_cli.output.concise import as_concise

        return as_concise([judged], terminal.say)
    from fii_cli.output.text import as_text

    return [as_text([judged], terminal)]


def _for_forges(judgements: Sequence[Seen], checked: Checked, format_: str, say: Language) -> Written:
    """The findings in a format for forges and servers, with paths from the root of the repository."""
    rooted = [judged_from_root(each) for each in judgements]
    if format_ == "github":
        from fii_cli.output.github import as_github

        return as_github(rooted, say)
    if format_ == "markdown":
        from fii_cli.output.markdown import as_markdown

        tally = tally_of(judgements, in_groups=True)
        return as_markdown(rooted, summary(tally, checked.search), load.handbook(), say)
    if format_ == "sarif":
        from fii_cli.output.sarif import as_sarif
        from fii_cli.project.provenance import provenance

        return as_sarif(rooted, load.handbook(), say, resources.documentation(), provenance())
    if format_ == "gitlab":
        from fii_cli.output.gitlab import as_gitlab

        return as_gitlab(rooted, say)
    from fii_cli.output.junit import as_junit

    given = {each.path: judgement.path for each, judgement in zip(rooted, judgements, strict=True)}
    return as_junit(rooted, say, lambda finding, path: checked.fails(given[path], finding))
