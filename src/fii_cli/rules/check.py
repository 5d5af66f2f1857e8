"""From a document to diagnostics: the one way fii judges a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from fii_cli.diagnostics import Diagnostic, Finding, Fix, Remark, Severity, in_reading_order
from fii_cli.personal import may_hold_personal
from fii_cli.rules import BY_CODE, RULES, Circumstances, Rule
from fii_cli.rules.accepted import accepted_findings, is_accepted, lasting
from fii_cli.rules.format import trajectory_in
from fii_cli.rules.privacy import PERSONAL
from fii_cli.rules.settings import RuleSettings
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.places import order_in_format
from fii_cli.words import OUTER, Audience
from fii_cli.yaml.document import DUPLICATE_KEY, Document
from fii_cli.yaml.passages import passages_in


@dataclass(frozen=True, slots=True)
class Judgement:
    """What fii says of one file: the trajectory where the whole file fits the format, and the diagnostics.

    ``accepted`` are the diagnostics that the team lives with.
    """

    path: str
    document: Document
    trajectory: Trajectory | None
    diagnostics: tuple[Diagnostic, ...]
    accepted: tuple[Diagnostic, ...] = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """What must be mended before the file can be built on, however loud the rest is set."""
        return tuple(d for d in self.diagnostics if BY_CODE[d.code].severity is Severity.ERROR)


_NOTHING_SETTLED = RuleSettings()
Concluded = tuple[Rule, Finding]
"""A finding with the rule that found it."""


def check(
    document: Document,
    circumstances: Circumstances,
    path: str = "-",
    settings: RuleSettings = _NOTHING_SETTLED,
) -> Judgement:
    """Judge a document; no document makes this raise."""
    problems = [
        Diagnostic(
            p.code, BY_CODE[p.code].severity, path, p.span, p.message, p.hint, p.label, None, p.related
        )
        for p in document.problems
    ]
    if any(p.code != DUPLICATE_KEY for p in document.problems):
        return Judgement(path, document, None, in_reading_order(problems))
    trajectory, unfit, found = trajectory_in(document)
    standing: list[Concluded] = []
    lived_with: list[Concluded] = []
    if trajectory:
        live = [*_found_in(trajectory, circumstances, settings, unfit), *_seen_in(document, path, settings)]
        standing, lived_with = _parted(live, trajectory, circumstances.today)
    diagnostics = [*problems, *(_placed(document, path, pair, settings) for pair in (*found, *standing))]
    return Judgement(
        path,
        document,
        None if unfit else trajectory,
        in_reading_order(diagnostics),
        in_reading_order(_placed(document, path, pair, settings) for pair in lived_with),
    )


@dataclass(frozen=True, slots=True)
class JudgedEdition:
    """A trajectory as an audience may see it on a day, with what the rules find in that edition alone.

    Everything that a page shows is made of this: what an audience may not see is gone before anything is
    concluded. ``remarks`` are in the order of the format, and empty for readers outside.
    """

    trajectory: Trajectory
    audience: Audience
    day: date
    remarks: tuple[Remark, ...]


def judge_edition(
    edition: Trajectory,
    audience: Audience,
    written: Document,
    path: str,
    circumstances: Circumstances,
    settings: RuleSettings,
) -> JudgedEdition:
    """An edition for an audience, made of a file without errors, with what the rules find in it.

    Only the team is told what the rules see in the text of the file as it is ``written``: it is theirs.
    """
    day = circumstances.today
    if audience in OUTER:
        return JudgedEdition(edition, audience, day, ())
    live = _found_in(edition, circumstances, settings, frozenset())
    if audience == "team":
        live += _seen_in(written, path, settings)
    standing, _ = _parted(live, edition, day)
    standing.sort(key=lambda pair: (order_in_format(pair[1].route), pair[0].code))
    remarks = (Remark(rule.code, settings.severity(rule), finding.message) for rule, finding in standing)
    return JudgedEdition(edition, audience, day, tuple(remarks))


def personal_data(
    judgement: Judgement, circumstances: Circumstances, settings: RuleSettings
) -> tuple[Diagnostic, ...]:
    """The personal data in a file without errors, whichever rules are chosen, less what is accepted."""
    trajectory, document, path = judgement.trajectory, judgement.document, judgement.path
    assert trajectory is not None
    wanted = replace(settings, select=(PERSONAL,), ignore=())
    live = [*_found_in(trajectory, circumstances, wanted, frozenset()), *_seen_in(document, path, wanted)]
    standing, _ = _parted(live, trajectory, circumstances.today)
    personal = [pair for pair in standing if pair[0].code.startswith(PERSONAL)]
    return in_reading_order(_placed(document, path, pair, wanted) for pair in personal)


def _found_in(
    trajectory: Trajectory, circumstances: Circumstances, settings: RuleSettings, unfit: frozenset[str]
) -> list[Concluded]:
    """What the rules find in a trajectory; those that read a part that does not fit the format are silent."""
    live: list[Concluded] = accepted_findings(trajectory, BY_CODE)
    for rule in filter(settings.wants, RULES):
        if rule.find and not rule.reads & unfit:
            limits = {**rule.limits, **settings.limits.get(rule.code, {})}
            live += ((rule, finding) for finding in rule.find(trajectory, circumstances, **limits))
    return live


def _seen_in(document: Document, path: str, settings: RuleSettings) -> Iterator[Concluded]:
    """What the rules see in a file as it was written."""
    looking = [rule for rule in RULES if rule.look and settings.wants(rule)]
    if not looking:
        return
    suspects = passages_in(document, may_hold_personal)  # most files have few
    for rule in looking:
        assert rule.look is not None
        yield from ((rule, finding) for finding in rule.look(suspects, path))


def _parted(
    live: list[Concluded], trajectory: Trajectory, today: date
) -> tuple[list[Concluded], list[Concluded]]:
    """What stands, and what the team lives with."""
    standing: list[Concluded] = []
    lived_with: list[Concluded] = []
    accepted = lasting(trajectory.accepted, today)
    for pair in live:
        (lived_with if is_accepted(*pair, accepted) else standing).append(pair)
    return standing, lived_with


def _placed(document: Document, path: str, pair: Concluded, settings: RuleSettings) -> Diagnostic:
    rule, finding = pair
    return Diagnostic(
        rule.code,
        settings.severity(rule),
        path,
        finding.span or document.locate(finding.route, at_key=finding.at_key),
        finding.message,
        finding.hint,
        finding.label,
        finding.about,
        tuple((document.locate(route), message) for route, message in finding.related),
        Fix(finding.route, finding.at_key, finding.fix) if finding.fix else None,
    )
