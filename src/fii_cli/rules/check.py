"""From a document to diagnostics: the only module that checks a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from fii_cli.analysis.evidence import evidence_found
from fii_cli.analysis.renewed import Renewed, renewed
from fii_cli.diagnostics import Diagnostic, Finding, Fix, Remark, Route, Severity, in_reading_order
from fii_cli.personal import may_hold_personal
from fii_cli.rules import BY_CODE, RULES, Circumstances, Rule
from fii_cli.rules.accepted import accepted_findings, is_accepted, lasting
from fii_cli.rules.base import Find, parts
from fii_cli.rules.format import trajectory_in
from fii_cli.rules.privacy import PERSONAL
from fii_cli.rules.settings import RuleSettings
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.known import Known, known_on
from fii_cli.trajectory.places import order_in_format
from fii_cli.words import OUTER, Audience, DaySource
from fii_cli.yaml.document import DUPLICATE_KEY, UNEXPECTED, Document
from fii_cli.yaml.passages import passages_in

if TYPE_CHECKING:
    from fii_cli.analysis.rollout import Rollout


@dataclass(frozen=True, slots=True)
class Judgement:
    """The result of checking one file on a day: its diagnostics, and the trajectory if the file is valid.

    ``known`` is what was known of the trajectory on that day, and ``reported`` what the rules found in that.
    ``accepted`` are the diagnostics that the team accepts.
    """

    path: str
    document: Document
    trajectory: Trajectory | None
    diagnostics: tuple[Diagnostic, ...]
    accepted: tuple[Diagnostic, ...] = ()
    known: Trajectory | None = None
    reported: tuple[Concluded, ...] = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The diagnostics that must be fixed before the file can be used, whatever severities are set."""
        return tuple(d for d in self.diagnostics if BY_CODE[d.code].severity is Severity.ERROR)


_DEFAULTS = RuleSettings()
Concluded = tuple[Rule, Finding]
"""A finding with the rule that found it."""


def check(
    document: Document,
    circumstances: Circumstances,
    path: str = "-",
    settings: RuleSettings = _DEFAULTS,
) -> Judgement:
    """Check a document. Never raises."""
    problems = [
        Diagnostic(
            p.code, BY_CODE[p.code].severity, path, p.span, p.message, p.hint, p.label, None, p.related
        )
        for p in document.problems
    ]
    if any(p.code != DUPLICATE_KEY for p in document.problems):
        return Judgement(path, document, None, in_reading_order(problems))
    trajectory, broken, found = trajectory_in(document)
    if trajectory is None:
        diagnostics = [*problems, *(_placed(document, path, pair, settings) for pair in found)]
        return Judgement(path, document, None, in_reading_order(diagnostics))
    known = known_on(trajectory, circumstances.today)
    whole = day = renewed(trajectory, circumstances.handbook)
    if known.trajectory is not trajectory:
        day = renewed(known.trajectory, circumstances.handbook)
    in_data = [
        *accepted_findings(trajectory, BY_CODE),
        *_found_in(trajectory, circumstances, settings, broken, _of_the_file, whole),
        *_in_file(known, _found_in(known.trajectory, circumstances, settings, broken, _of_the_day, day)),
    ]
    findings = [pair for pair in in_data if not (broken and _follows(pair[1], broken))]
    findings += _seen_in(document, path, settings)
    reported, accepted = _split_accepted(findings, day, whole, circumstances.today)
    diagnostics = [*problems, *(_placed(document, path, pair, settings) for pair in (*found, *reported))]
    return Judgement(
        path,
        document,
        None if broken else trajectory,
        in_reading_order(diagnostics),
        in_reading_order(_placed(document, path, pair, settings) for pair in accepted),
        None if broken else known.trajectory,
        tuple(reported),
    )


def whole_in(document: Document) -> Trajectory | None:
    """The trajectory in a valid file, as :func:`check` tells it; no rule runs."""
    if any(p.code != DUPLICATE_KEY for p in document.problems):
        return None
    trajectory, broken, _ = trajectory_in(document)
    return None if broken else trajectory


def known_in(document: Document, today: date) -> Trajectory | None:
    """What was known on a day of the trajectory in a valid file, as :func:`check` tells it; no rule runs."""
    trajectory = whole_in(document)
    return known_on(trajectory, today).trajectory if trajectory else None


@dataclass(frozen=True, slots=True)
class JudgedEdition:
    """A trajectory as an audience may see it on a day, with what the rules find in that edition alone.

    Every page is built from this: what an audience may not see is removed before anything is concluded.
    ``day_from`` is where that day comes from. ``remarks`` are in the order of the format, and empty for
    external readers. ``found`` is the evidence in it that exists. ``rollout`` are the trajectories of its
    roll-out, as the same audience may see them.
    """

    trajectory: Trajectory
    audience: Audience
    day: date
    day_from: DaySource
    remarks: tuple[Remark, ...]
    found: frozenset[str] = frozenset()
    rollout: Rollout | None = None


def judge_edition(
    judgement: Judgement,
    edition: Trajectory,
    audience: Audience,
    day_from: DaySource,
    circumstances: Circumstances,
    settings: RuleSettings,
) -> JudgedEdition:
    """An edition of what was known, from a file without errors, with what the rules find in it.

    The file was judged under the same circumstances and settings. Only the team sees what the rules find in
    its text.
    """
    day = circumstances.today
    evidence = evidence_found(edition, circumstances.evidence_there)
    if audience in OUTER:
        return JudgedEdition(edition, audience, day, day_from, (), evidence)
    if edition is judgement.trajectory:  # nothing is hidden, and nothing is later
        reported = list(judgement.reported)
    else:
        whole = judgement.trajectory or edition
        found = _found_in(edition, circumstances, settings)
        if audience == "team":
            known = known_on(whole, day)
            in_text = _seen_in(judgement.document, judgement.path, settings)
            found += (pair for pair in in_text if known.has(pair[1].route))
        book = circumstances.handbook
        reported, _ = _split_accepted(found, renewed(edition, book), renewed(whole, book), day)
    reported.sort(key=lambda pair: (order_in_format(pair[1].route), pair[0].code))
    remarks = (
        Remark(rule.code, settings.severity(rule), finding.message, finding.route)
        for rule, finding in reported
    )
    return JudgedEdition(edition, audience, day, day_from, tuple(remarks), evidence)


def personal_data(
    judgement: Judgement, circumstances: Circumstances, settings: RuleSettings
) -> tuple[Diagnostic, ...]:
    """The personal data in a file without errors, except what is accepted, whatever rules are selected."""
    trajectory, document, path = judgement.trajectory, judgement.document, judgement.path
    assert trajectory is not None
    assert judgement.known is not None
    wanted = replace(settings, select=(PERSONAL,), ignore=())
    findings = [*_found_in(trajectory, circumstances, wanted), *_seen_in(document, path, wanted)]
    by_day, by_file = (renewed(each, circumstances.handbook) for each in (judgement.known, trajectory))
    reported, _ = _split_accepted(findings, by_day, by_file, circumstances.today)
    personal = [pair for pair in reported if pair[0].code.startswith(PERSONAL)]
    return in_reading_order(_placed(document, path, pair, wanted) for pair in personal)


def may_be_kept(judgement: Judgement, circumstances: Circumstances, settings: RuleSettings) -> bool:
    """Whether what was found may be kept elsewhere: it quotes the file, which must have no personal data.

    The rules about that decide, also where they are not selected, or accepted. They cannot see all of a file
    that is no proper YAML, or that fii fails on.
    """
    found = (*judgement.diagnostics, *judgement.accepted)
    if judgement.document.problems or any(d.code == UNEXPECTED or d.code.startswith(PERSONAL) for d in found):
        return False
    wanted = replace(settings, select=(PERSONAL,), ignore=())
    trajectory = judgement.trajectory
    if trajectory and all(settings.wants(rule) for rule in RULES if wanted.wants(rule)):
        return True  # they ran
    if trajectory and _found_in(trajectory, circumstances, wanted, among=_of_personal_data):
        return False
    return next(_seen_in(judgement.document, judgement.path, wanted), None) is None


def _of_personal_data(rule: Rule) -> bool:
    return rule.code.startswith(PERSONAL)


def _of_the_file(rule: Rule) -> bool:
    """Whether a rule is about the file as it is now, whatever was known on the day of the check."""
    return rule.code.startswith(("FII0", PERSONAL))


def _of_the_day(rule: Rule) -> bool:
    return not _of_the_file(rule)


def _in_file(known: Known, found: Iterable[Concluded]) -> Iterator[Concluded]:
    """Findings in what was known, with their paths in the whole file."""
    return _rerouted(found, known.in_file) if known.kept else iter(found)


def _rerouted(found: Iterable[Concluded], to: Callable[[Route], Route]) -> Iterator[Concluded]:
    for rule, finding in found:
        related = tuple((to(route), message) for route, message in finding.related)
        yield rule, finding._replace(route=to(finding.route), related=related)


def _any(_rule: Rule) -> bool:
    return True


def _found_in(
    trajectory: Trajectory,
    circumstances: Circumstances,
    settings: RuleSettings,
    broken: frozenset[Route] = frozenset(),
    among: Callable[[Rule], bool] = _any,
    now: Renewed | None = None,
) -> list[Concluded]:
    """What the rules find in a trajectory, without the rules that read something broken.

    ``now`` is the trajectory in the terms of the handbook, if it is known already.
    """
    found: list[Concluded] = []
    spoilt = parts(broken)
    now = now or renewed(trajectory, circumstances.handbook)
    for rule, find, of_the_file in _rules_that_find(settings.select, settings.ignore, among):
        if not spoilt or not rule.reads_any(spoilt):
            told = trajectory if of_the_file else now.trajectory
            limits = settings.limits.get(rule.code)
            for finding in find(told, circumstances, **limits) if limits else find(told, circumstances):
                found.append((rule, finding))  # noqa: PERF401 - most rules find nothing, and this is faster
    return list(_rerouted(found, now.in_file)) if now.written else found


@lru_cache(maxsize=32)
def _rules_that_find(
    select: tuple[str, ...], ignore: tuple[str, ...], among: Callable[[Rule], bool]
) -> tuple[tuple[Rule, Find, bool], ...]:
    """The rules to run, each with its function, and whether it is about the file: the same for all files."""
    wanted = RuleSettings(select=select, ignore=ignore)
    return tuple(
        (rule, rule.find, _of_the_file(rule))
        for rule in RULES
        if rule.find and among(rule) and wanted.wants(rule)
    )


def _follows(finding: Finding, broken: frozenset[Route]) -> bool:
    """Whether a finding is about something broken, and so only follows from the error there."""
    routes = (finding.route, *(route for route, _ in finding.related))
    return any(route[:end] in broken for route in routes for end in range(1, len(route) + 1))


def _seen_in(document: Document, path: str, settings: RuleSettings) -> Iterator[Concluded]:
    """What the rules find in the text of a file."""
    looking = [rule for rule in RULES if rule.look and settings.wants(rule)]
    if not looking:
        return
    suspects = passages_in(document, may_hold_personal)  # most files have few
    for rule in looking:
        assert rule.look is not None
        yield from ((rule, finding) for finding in rule.look(suspects, path))


def _split_accepted(
    findings: list[Concluded], day: Renewed, whole: Renewed, today: date
) -> tuple[list[Concluded], list[Concluded]]:
    """The findings to report, and those that the team accepts; a finding has the present name of an item.

    A finding about the day is accepted by what was known on it, one about the file by the ``whole`` file.
    """
    by_day, by_file = (lasting(each.trajectory.accepted, today) for each in (day, whole))
    reported: list[Concluded] = []
    accepted: list[Concluded] = []
    for rule, finding in findings:
        entries = by_file if _of_the_file(rule) else by_day
        (accepted if is_accepted(rule, finding, entries) else reported).append((rule, finding))
    return reported, accepted


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
        finding.route,
    )
