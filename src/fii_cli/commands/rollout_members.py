"""The trajectories in the roll-out of a programme, as the readers of its report may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fii_cli.analysis.portfolio import Broken, Later, portfolio_of
from fii_cli.analysis.portfolio_line import PortfolioMember, line_of
from fii_cli.analysis.rollout import Rollout
from fii_cli.commands.portfolio_members import PortfolioRequest, identifies, read_member
from fii_cli.commands.portfolio_reports import reported_member, unread_report
from fii_cli.editions.outsiders import hides, is_public
from fii_cli.project import files
from fii_cli.project.context import Project, Projects
from fii_cli.project.files import CannotOpen
from fii_cli.project.published import read_published
from fii_cli.project.report_day import ReportDay
from fii_cli.project.rollout import member_fault, place_of_member
from fii_cli.project.surroundings import judged_unexpectedly
from fii_cli.rules.check import Judgement
from fii_cli.rules.rollout import member_not_shown
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.rollout import RolloutMember
from fii_cli.words import OUTER, Audience


def rollout_of(
    project: Project, judgement: Judgement, audience: Audience, dated: ReportDay
) -> Rollout | None:
    """The roll-out in a file without errors, as of a day; ``None`` if the audience may know of none.

    A file is shown in the edition of this audience, and a report in its own, on its own day. Readers outside
    know what is left out by its organisation, not by its path.
    """
    whole = judgement.known
    if whole is None or not whole.rollout:
        return None
    asked = PortfolioRequest("html", dated, audience, Projects())
    members: list[PortfolioMember] = []
    broken: list[Broken] = []
    left_out: list[Broken] = []
    later: list[Later] = []
    organisations: dict[str, str] = {}
    for each in _shown_to(audience, whole):
        path = place_of_member(judgement.path, each)
        found = _member(project, judgement.path, path, each, asked, whole)
        if found is None:
            continue
        organisation = whole.named(each.organisation)
        shown_as = each.path if audience not in OUTER else organisation or "…"
        if isinstance(found, Broken):
            left_out.append(found if audience not in OUTER else replace(found, path=shown_as))
            broken.append(replace(found, path=shown_as, code=found.code or member_not_shown.code))
        elif isinstance(found, Later):
            later.append(replace(found, path=shown_as))
        else:
            organisations[path] = organisation
            members.append(found)
    if not (members or broken or later):
        return None
    portfolio = portfolio_of([line_of(each) for each in members], broken, later)
    trajectories = {each.path: each.standing.trajectory for each in members}
    return Rollout(portfolio, organisations, trajectories, tuple(left_out))


def _shown_to(audience: Audience, whole: Trajectory) -> Iterator[RolloutMember]:
    """The trajectories that an audience may know of: outside, not those of an organisation that is hidden."""
    for each in whole.rollout:
        organisation = whole.organisation(each.organisation)
        if audience not in OUTER or organisation is None or is_public(organisation):
            yield each


def _member(
    project: Project,
    file: str,
    path: str,
    member: RolloutMember,
    asked: PortfolioRequest,
    programme: Trajectory,
) -> PortfolioMember | Broken | Later | None:
    """A trajectory of the roll-out, or why it is not shown; ``None`` if the audience may not know of it."""
    fault = member_fault(file, str(project.root), member)
    if fault:
        return Broken(path, fault.message, tells=identifies(path, None))
    try:
        if member.report:
            report = read_published(path)
            told = reported_member(report, asked)
            return None if _is_hidden(report.edition, member, asked, programme) else told
        within = asked.projects.at(path).surroundings(asked.dated.day)
        shown = read_member(path, files.read_file(path), within, asked.edition)
        if isinstance(shown, Broken):
            return shown
        there = shown.judgement.trajectory
        return None if there and _is_hidden(there, member, asked, programme) else shown.member
    except CannotOpen as error:
        return unread_report(error)
    except Exception as error:  # one trajectory must not stop the report of the programme
        found = judged_unexpectedly(path, files.read_safely(b""), error).errors[0]
        return Broken(path, found.message, found.code, tells=identifies(path, None))


def _is_hidden(
    there: Trajectory, member: RolloutMember, asked: PortfolioRequest, programme: Trajectory
) -> bool:
    """Whether a trajectory would name to readers outside an organisation that its programme hides.

    If the programme does not say which organisation it is about, it may be about any of its file; otherwise
    only those count that its own edition shows.
    """
    if asked.edition not in OUTER:
        return False
    shown = (each for each in there.organisations if member.organisation is None or is_public(each))
    return any(hides(programme, each) for each in shown)
