"""``fii diff``: what changed between two versions of trajectories, and what follows from it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import typer

from fii_cli.changes.conclusions import Conclusions, conclusions_changed, conclusions_of
from fii_cli.changes.facts import facts_changed
from fii_cli.commands.dates import whole_day
from fii_cli.commands.diff_shown import FileDiff, as_json_record, as_markdown, as_page, as_text
from fii_cli.commands.diff_versions import Compared, Comparison, Version, compared
from fii_cli.commands.options import AsJson, closed_value, day
from fii_cli.commands.say import say_json
from fii_cli.diagnostics import Refused
from fii_cli.editions.edition import edition_of
from fii_cli.exit_codes import OK
from fii_cli.language import N_, Language, Message, msg
from fii_cli.project import files
from fii_cli.project.context import Project, Projects
from fii_cli.project.git import NoAnswer
from fii_cli.report.changes import told
from fii_cli.report.wording import Wording
from fii_cli.rules.check import Judgement, judge_edition, personal_data
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.known import known_on
from fii_cli.words import AUDIENCES, OUTER, Audience

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
    as_json: AsJson = False,
) -> int:
    terminal: Terminal = context.obj
    edition = closed_value("--audience", audience, AUDIENCES[1:])
    form = closed_value("--format", format_, FORMATS)
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
    diffs = [_diff(each, comparison, edition, projects, terminal.say) for each in comparison.files]
    diffs = [each for each in diffs if each.gap or each.layout or each.facts or each.concluded]
    if as_json:
        say_json(terminal, as_json_record(comparison, edition, diffs, terminal.say))
    elif form == "markdown":
        terminal.document(as_markdown(comparison, diffs, terminal.say))
    elif form == "html":
        terminal.document(as_page(comparison, diffs, terminal.say))
    else:
        as_text(comparison, diffs, terminal)
    return OK


def _diff(
    pair: Compared, comparison: Comparison, audience: Audience, projects: Projects, say: Language
) -> FileDiff:
    """What changed in a file for an audience: both versions are first reduced to what it may see."""
    project = projects.at(pair.path)
    old, new = (
        _judged(raw, version, pair.path, audience, project)
        for raw, version in ((pair.before, comparison.before), (pair.after, comparison.after))
    )
    sides = [side for side in (new, old) if isinstance(side, Judgement)]
    latest = max(comparison.before.day, comparison.after.day)
    title = _seen(sides[0], latest, audience).heading if sides else ""
    gap = next((side for side in (new, old) if isinstance(side, Message)), None)
    if gap:
        return FileDiff(pair.path, title, gap)
    if not isinstance(old, Judgement) or not isinstance(new, Judgement):
        return FileDiff(
            pair.path, title, msg("this file is new") if old is None else msg("this file is gone")
        )
    before, after = (_seen(side, latest, audience) for side in (old, new))
    facts = facts_changed(before, after)
    concluded = conclusions_changed(
        _conclusions(old, comparison.before, audience, project),
        _conclusions(new, comparison.after, audience, project),
    )
    words = [Wording(side, say, outside=audience in OUTER) for side in (before, after)]
    shown = told(concluded, facts, words[0], words[1], project.handbook)
    return FileDiff(pair.path, title, None, facts, concluded, shown, audience == "team" and not facts)


def _judged(
    raw: bytes | None, version: Version, path: str, audience: Audience, project: Project
) -> Judgement | Message | None:
    """A version of a file without errors, or why it cannot be compared; ``None`` if it is not there."""
    if raw is None:
        return None
    judgement = project.judge(path, files.read_safely(raw), version.day)
    if judgement.trajectory is None or judgement.known is None or judgement.errors:
        return msg("{version}: this file has errors, so it cannot be compared", version=version.name)
    circumstances = project.circumstances(path, version.day)
    if audience in OUTER and personal_data(judgement, circumstances, project.settings.rules):
        return msg(
            "{version}: this file contains personal data, so nobody outside sees it", version=version.name
        )
    return judgement


def _seen(judgement: Judgement, on: date, audience: Audience) -> Trajectory:
    """The facts of a version that an audience may see, as far as they are known on a day."""
    assert judgement.trajectory is not None
    known = known_on(judgement.trajectory, on).trajectory
    return known if audience == "team" else edition_of(known, audience)


def _conclusions(judgement: Judgement, version: Version, audience: Audience, project: Project) -> Conclusions:
    """What fii concludes from a version on its own day, for an audience."""
    edition = _seen(judgement, version.day, audience)
    circumstances = project.circumstances(judgement.path, version.day)
    judged = judge_edition(judgement, edition, audience, "chosen", circumstances, project.settings.rules)
    return conclusions_of(judged, project.handbook, project.settings.thresholds)
