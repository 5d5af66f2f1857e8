"""What ``fii trend`` shows of one file: from the dates in it, and from its versions in git, kept apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from fii_cli.analysis.standing import standing_of
from fii_cli.analysis.trend import Counts, thinned, trend_of
from fii_cli.commands.readable import Readable
from fii_cli.diagnostics import Severity
from fii_cli.editions.edition import edition_of, reaches
from fii_cli.language import Message, count, msg
from fii_cli.project import files
from fii_cli.project.contents import digest_of
from fii_cli.project.context import Project
from fii_cli.project.git.versions_of import MOST_VERSIONS, Version, versions_of
from fii_cli.project.judging import lasting
from fii_cli.project.surroundings import Asked, Surroundings
from fii_cli.report.series import FindingsOn, Series, Severities, Written
from fii_cli.rules.check import JudgedEdition, Judgement, check, judge_edition
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.known import days_known
from fii_cli.trajectory.versions import FORMAT_VERSION, version_in
from fii_cli.words import OUTER, Audience, Phase
from fii_cli.yaml.document import Document

if TYPE_CHECKING:
    from fii_cli.project.memory import Memory

MOST_DAYS = 60
"""On how many days the rules look back; of more, the last of each month, quarter or year."""


class Told(NamedTuple):
    """What a text tells on a day: the number of findings of each severity and the lights, or why neither."""

    severities: Severities | None
    lights: Mapping[Phase, Counts] | None
    gap: Message | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the texts of a file for an audience, except those of which it knows what they tell."""

    project: Project
    path: str
    audience: Audience
    memory: Memory | None

    def told(self, raw: bytes, read: Callable[[bytes], Document], day: date) -> Told:
        """What a text tells on a day."""
        memory, within = self.memory, self.project.surroundings(day)
        if memory is None:
            return self._told(read(raw), within, Asked())[0]
        key = memory.key_of_summary("trend", self.path, digest_of(raw), within, self.audience)
        known = memory.summary(Told, key, self.path, within)
        if known is None:
            asked = Asked()
            known, judgement = self._told(read(raw), within, asked)
            memory.keep_summary(Told, key, known, lasting(judgement, asked, within))
        return known

    def _told(self, document: Document, within: Surroundings, asked: Asked) -> tuple[Told, Judgement]:
        """What a document tells, and the judgement that this follows from.

        Whether evidence exists is not looked up: only today's files are there.
        """
        circumstances = within.circumstances(self.path, asked)._replace(evidence_there=lambda _: True)
        judgement = check(document, circumstances, self.path, within.rules)
        if judgement.known is None or judgement.errors:
            return Told(None, None, _why_not(document)), judgement
        edition = edition_of(judgement.known, self.audience)
        judged = judge_edition(judgement, edition, self.audience, "chosen", circumstances, within.rules)
        standing = standing_of(edition, self.project.handbook, within.day)
        lights = {phase.content.id: phase.counts for phase in standing.phases}
        return Told(_severities(judged), lights), judgement


def series_of(
    project: Project, path: str, readable: Readable, audience: Audience, memory: Memory | None = None
) -> Series:
    """The series of a file without errors, up to the day on which it was read."""
    today = readable.day
    edition = edition_of(readable.known, audience)
    rated = reaches(Trajectory, "assessments", audience)
    document = readable.judgement.document
    reader = _Reader(project, path, audience, memory)
    findings: list[FindingsOn] = []
    notes: list[Message] = []
    if audience not in OUTER:
        days = sorted({*days_known(edition, today), today})
        for day in thinned(days, MOST_DAYS):
            told = reader.told(document.text.encode(), lambda _: document, day)
            if told.severities is not None:
                findings.append(FindingsOn(day, told.severities))
        if len(findings) < len(days):
            notes.append(msg("findings are shown for {n} of {all} days", n=len(findings), all=len(days)))
    written: list[Written] = []
    if rated:
        history = versions_of(path, today, f"{files.OWN}/instruments")
        written = [_written(reader, version) for version in history.versions]
        notes += history.gaps
        if history.left_out:
            notes.append(
                msg(
                    "the newest {n} of {all} versions in git are shown",
                    n=MOST_VERSIONS,
                    all=MOST_VERSIONS + history.left_out,
                )
            )
        if history.others_changed:
            notes.append(
                msg("your own instruments changed in this period; those of today apply to every version")
            )
    if missing := sum(each.gap is not None for each in written):
        notes.append(
            count(missing, "{n} version in git cannot be read", "{n} versions in git cannot be read")
        )
    return Series(
        path,
        audience,
        edition,
        trend_of(edition, project.handbook, today, project.settings.thresholds),
        tuple(findings),
        tuple(written),
        tuple(notes),
        rated,
    )


def _severities(judged: JudgedEdition) -> Severities:
    found = [remark.severity for remark in judged.remarks]
    return {each.label: found.count(each) for each in Severity}


def _written(reader: _Reader, version: Version) -> Written:
    commit, day = version.commit[:10], version.day
    if version.raw is None:
        return Written(commit, day, None, None, msg("git cannot give this version"))
    try:
        return Written(commit, day, *reader.told(version.raw, files.read_safely, day))
    except Exception:  # one version must not silence the others
        return Written(commit, day, None, None, msg("fii fails on this version"))


def _why_not(document: Document) -> Message:
    version = version_in(document.data)
    if version and version > FORMAT_VERSION:
        return msg("it has format {version}, which is newer than this fii", version=version)
    return msg("it has errors")
