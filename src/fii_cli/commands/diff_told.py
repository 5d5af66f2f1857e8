"""What changed between two versions of trajectories, and what follows from it, for an audience."""

from __future__ import annotations

from datetime import date

from fii_cli.changes.conclusions import Conclusions, conclusions_changed, conclusions_of
from fii_cli.changes.facts import facts_changed
from fii_cli.commands.diff_shown import FileDiff
from fii_cli.commands.diff_versions import Compared, Comparison, Text, Unread, Version
from fii_cli.editions.edition import edition_of
from fii_cli.language import Language, Message, msg
from fii_cli.project import files
from fii_cli.project.context import Project, Projects
from fii_cli.report.changes import told
from fii_cli.report.wording import Wording
from fii_cli.rules.check import Judgement, judge_edition, personal_data
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.known import known_on
from fii_cli.words import OUTER, Audience


def diffs_of(comparison: Comparison, audience: Audience, projects: Projects, say: Language) -> list[FileDiff]:
    """What changed in each file, without those in which nothing did."""
    diffs = (_diff(each, comparison, audience, projects, say) for each in comparison.files)
    return [each for each in diffs if each.gap or each.layout or each.facts or each.concluded]


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
    title = _seen(sides[0], latest, audience, project).heading if sides else ""
    gap = next((side for side in (new, old) if isinstance(side, Message)), None)
    if gap:
        return FileDiff(pair.path, title, gap)
    if not isinstance(old, Judgement) or not isinstance(new, Judgement):
        return FileDiff(
            pair.path, title, msg("this file is new") if old is None else msg("this file is gone")
        )
    later = _known(new, latest)
    before, after = _seen(old, latest, audience, project, later), _seen(new, latest, audience, project)
    facts = facts_changed(before, after)
    concluded = conclusions_changed(
        _conclusions(old, comparison.before, audience, project, _known(new, comparison.after.day)),
        _conclusions(new, comparison.after, audience, project),
    )
    words = [Wording(side, say, outside=audience in OUTER) for side in (before, after)]
    shown = told(concluded, facts, words[0], words[1], project.handbook)
    return FileDiff(pair.path, title, None, facts, concluded, shown, audience == "team" and not facts)


def _judged(
    raw: Text, version: Version, path: str, audience: Audience, project: Project
) -> Judgement | Message | None:
    """A version of a file without errors, or why it cannot be compared; ``None`` if it is not there."""
    if raw is None:
        return None
    if isinstance(raw, Unread):
        return msg("{version}: {why}", version=version.name, why=raw.why)
    judgement = project.judge(path, files.read_safely(raw), version.day)
    if judgement.trajectory is None or judgement.known is None or judgement.errors:
        return msg("{version}: this file has errors, so it cannot be compared", version=version.name)
    circumstances = project.circumstances(path, version.day)
    if audience in OUTER and personal_data(judgement, circumstances, project.settings.rules):
        return msg(
            "{version}: this file contains personal data, so nobody outside sees it", version=version.name
        )
    return judgement


def _known(judgement: Judgement, on: date) -> Trajectory:
    """The facts of a version, as far as they are known on a day."""
    assert judgement.trajectory is not None
    return known_on(judgement.trajectory, on).trajectory


def _seen(
    judgement: Judgement, on: date, audience: Audience, project: Project, later: Trajectory | None = None
) -> Trajectory:
    """The facts of a version that an audience may see on a day; ``later`` is the version compared with."""
    known = _known(judgement, on)
    if audience == "team":
        return known
    return edition_of(known, audience, project.settings.thresholds.smallest, later)


def _conclusions(
    judgement: Judgement,
    version: Version,
    audience: Audience,
    project: Project,
    later: Trajectory | None = None,
) -> Conclusions:
    """What fii concludes from a version on its own day, for an audience."""
    edition = _seen(judgement, version.day, audience, project, later)
    circumstances = project.circumstances(judgement.path, version.day)
    judged = judge_edition(judgement, edition, audience, "chosen", circumstances, project.settings.rules)
    return conclusions_of(judged, project.handbook, project.settings.thresholds)
