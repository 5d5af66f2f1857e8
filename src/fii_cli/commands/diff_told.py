"""What changed between two versions of trajectories, and what follows from it, for an audience."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from fii_cli.changes.conclusions import (
    Conclusions,
    Drawn,
    conclusions_changed,
    conclusions_in,
    drawn_from,
)
from fii_cli.changes.facts import facts_changed
from fii_cli.commands.diff_shown import FileDiff
from fii_cli.commands.diff_versions import Compared, Comparison, Text, Unread, Version
from fii_cli.editions.edition import edition_of
from fii_cli.language import Language, Message, msg
from fii_cli.project import files
from fii_cli.project.contents import digest_of
from fii_cli.project.context import Project, Projects
from fii_cli.project.judging import lasting
from fii_cli.project.surroundings import Asked, judged_within
from fii_cli.report.changes import told
from fii_cli.report.wording import Wording
from fii_cli.rules.check import Judgement, judge_edition, personal_data, whole_in
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.known import known_on
from fii_cli.words import OUTER, Audience

if TYPE_CHECKING:
    from fii_cli.project.memory import Memory


@dataclass(frozen=True, slots=True)
class _Side:
    """A version of a file without errors; ``drawn`` is what fii concluded from it before, if known."""

    version: Version
    trajectory: Trajectory
    judgement: Judgement | None = None
    drawn: Drawn | None = None
    key: bytes | None = None
    asked: Asked = field(default_factory=Asked)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the versions of a file for an audience, and concludes what it does not remember."""

    project: Project
    path: str
    audience: Audience
    memory: Memory | None

    def side(self, raw: Text, version: Version) -> _Side | Message | None:
        """A version without errors, or why it cannot be compared; ``None`` if the file is not there."""
        if raw is None:
            return None
        if isinstance(raw, Unread):
            return msg("{version}: {why}", version=version.name, why=raw.why)
        document, within = files.read_safely(raw), self.project.surroundings(version.day)
        key = None
        if self.memory and self.audience not in OUTER:  # what outsiders see depends on the other version too
            key = self.memory.key_of_summary("diff", self.path, digest_of(raw), within, self.audience)
            drawn = self.memory.summary(Drawn, key, self.path, within)
            trajectory = whole_in(document) if drawn else None
            if trajectory:
                return _Side(version, trajectory, drawn=drawn)
        asked = Asked()
        judgement = judged_within(within, self.path, document, asked)
        if judgement.trajectory is None or judgement.known is None or judgement.errors:
            return msg("{version}: this file has errors, so it cannot be compared", version=version.name)
        rules = self.project.settings.rules
        if self.audience in OUTER and personal_data(judgement, within.circumstances(self.path), rules):
            return msg(
                "{version}: this file contains personal data, so nobody outside sees it", version=version.name
            )
        return _Side(version, judgement.trajectory, judgement, key=key, asked=asked)

    def edition(self, side: _Side, on: date, later: Trajectory | None = None) -> Trajectory:
        """The facts that an audience may see on a day; ``later`` is the version compared with."""
        known = known_on(side.trajectory, on).trajectory
        if self.audience == "team":
            return known
        return edition_of(known, self.audience, self.project.settings.thresholds.smallest, later)

    def conclusions(self, side: _Side, later: Trajectory | None = None) -> Conclusions:
        """What fii concludes from a version on its own day."""
        day, project = side.version.day, self.project
        edition = self.edition(side, day, later)
        if side.judgement is None:
            assert side.drawn is not None
            return conclusions_in(side.drawn, edition)
        within = project.surroundings(day)
        circumstances = within.circumstances(self.path, side.asked)
        judged = judge_edition(
            side.judgement, edition, self.audience, "chosen", circumstances, project.settings.rules
        )
        drawn = drawn_from(judged, project.handbook, project.settings.thresholds)
        if self.memory and side.key:
            evidence = lasting(side.judgement, side.asked, within)
            self.memory.keep_summary(Drawn, side.key, drawn, evidence)
        return conclusions_in(drawn, edition)


def diffs_of(
    comparison: Comparison,
    audience: Audience,
    projects: Projects,
    say: Language,
    memory: Memory | None = None,
) -> list[FileDiff]:
    """What changed in each file, without those in which nothing did."""
    readers = (_Reader(projects.at(each.path), each.path, audience, memory) for each in comparison.files)
    diffs = (_diff(*both, comparison, say) for both in zip(comparison.files, readers, strict=True))
    return [each for each in diffs if each.gap or each.layout or each.facts or each.concluded]


def _diff(pair: Compared, reader: _Reader, comparison: Comparison, say: Language) -> FileDiff:
    """What changed in a file for an audience: both versions are first reduced to what it may see."""
    old, new = (
        reader.side(raw, version)
        for raw, version in ((pair.before, comparison.before), (pair.after, comparison.after))
    )
    sides = [side for side in (new, old) if isinstance(side, _Side)]
    latest = max(comparison.before.day, comparison.after.day)
    title = reader.edition(sides[0], latest).heading if sides else ""
    gap = next((side for side in (new, old) if isinstance(side, Message)), None)
    if gap:
        return FileDiff(pair.path, title, gap)
    if not isinstance(old, _Side) or not isinstance(new, _Side):
        return FileDiff(
            pair.path, title, msg("this file is new") if old is None else msg("this file is gone")
        )
    before = reader.edition(old, latest, known_on(new.trajectory, latest).trajectory)
    after = reader.edition(new, latest)
    facts = facts_changed(before, after)
    later = known_on(new.trajectory, comparison.after.day).trajectory
    concluded = conclusions_changed(reader.conclusions(old, later), reader.conclusions(new))
    outside, team = reader.audience in OUTER, reader.audience == "team"
    words = [Wording(side, say, outside=outside) for side in (before, after)]
    shown = told(concluded, facts, words[0], words[1], reader.project.handbook)
    return FileDiff(pair.path, title, None, facts, concluded, shown, team and not facts)
