"""What ``fii trend`` shows of one file: from the dates in it, and from its versions in git, kept apart."""

from __future__ import annotations

from datetime import date

from fii_cli.analysis.standing import standing_of
from fii_cli.analysis.trend import thinned, trend_of
from fii_cli.commands.readable import Readable
from fii_cli.diagnostics import Severity
from fii_cli.editions.edition import edition_of, reaches
from fii_cli.language import Message, count, msg
from fii_cli.project import files
from fii_cli.project.context import Project
from fii_cli.project.git.versions_of import MOST_VERSIONS, Version, versions_of
from fii_cli.report.series import FindingsOn, Series, Severities, Written
from fii_cli.rules.check import JudgedEdition, check, judge_edition
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.known import days_known
from fii_cli.trajectory.versions import FORMAT_VERSION, version_in
from fii_cli.words import OUTER, Audience
from fii_cli.yaml.document import Document

MOST_DAYS = 60
"""On how many days the rules look back; of more, the last of each month, quarter or year."""


def series_of(project: Project, path: str, readable: Readable, audience: Audience) -> Series:
    """The series of a file without errors, up to the day on which it was read."""
    today = readable.day
    edition = edition_of(readable.known, audience)
    rated = reaches(Trajectory, "assessments", audience)
    document = readable.judgement.document
    findings: list[FindingsOn] = []
    notes: list[Message] = []
    if audience not in OUTER:
        days = sorted({*days_known(edition, today), today})
        for day in thinned(days, MOST_DAYS):
            judged = _judged(project, path, document, day, audience)
            if judged:
                findings.append(FindingsOn(day, _severities(judged)))
        if len(findings) < len(days):
            notes.append(msg("findings are shown for {n} of {all} days", n=len(findings), all=len(days)))
    written: list[Written] = []
    if rated:
        history = versions_of(path, today, f"{files.OWN}/instruments")
        written = [_written(project, path, version, audience) for version in history.versions]
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


def _judged(
    project: Project, path: str, document: Document, day: date, audience: Audience
) -> JudgedEdition | None:
    """The edition of a document on a day, or ``None`` if it has errors.

    Whether evidence exists is not looked up: only today's files are there.
    """
    circumstances = project.circumstances(path, day)._replace(evidence_there=lambda _: True)
    rules = project.settings.rules
    judgement = check(document, circumstances, path, rules)
    if judgement.known is None or judgement.errors:
        return None
    edition = edition_of(judgement.known, audience)
    return judge_edition(judgement, edition, audience, "chosen", circumstances, rules)


def _severities(judged: JudgedEdition) -> Severities:
    found = [remark.severity for remark in judged.remarks]
    return {each.label: found.count(each) for each in Severity}


def _written(project: Project, path: str, version: Version, audience: Audience) -> Written:
    commit, day = version.commit[:10], version.day
    if version.raw is None:
        return Written(commit, day, None, None, msg("git cannot give this version"))
    try:
        document = files.read_safely(version.raw)
        judged = _judged(project, path, document, day, audience)
        if judged is None:
            return Written(commit, day, None, None, _why_not(document))
        standing = standing_of(judged.trajectory, project.handbook, day)
    except Exception:  # one version must not silence the others
        return Written(commit, day, None, None, msg("fii fails on this version"))
    lights = {phase.content.id: phase.counts for phase in standing.phases}
    return Written(commit, day, _severities(judged), lights)


def _why_not(document: Document) -> Message:
    version = version_in(document.data)
    if version and version > FORMAT_VERSION:
        return msg("it has format {version}, which is newer than this fii", version=version)
    return msg("it has errors")
