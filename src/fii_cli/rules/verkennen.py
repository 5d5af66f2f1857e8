"""Phase 2: the shortlist, the agreement, and shared ownership."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fii_cli.analysis.overdue import overdue_tasks
from fii_cli.analysis.succession import organisation_now, receivers_now, visit_of
from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import N_, count, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.rules.signs import is_past, is_skipped, lack, lacking, long_ago, matters, part_without, worked_on
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.verkennen import Agreement, Ownership

_READS = ("visits", "assessments")
_CHOOSING = ("verkennen.shortlist", "entry.receiving_organisation")


@rule(
    "FII201",
    Severity.ADVICE,
    *_READS,
    "verkennen.agreements",
    "entry.receiving_organisation",
    "organisations",
)
def left_without_agreement(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    agreements = trajectory.verkennen.agreements if trajectory.verkennen else ()
    if agreements:
        yield from _left_out(trajectory, agreements, circumstances)
    else:
        yield from lack(
            trajectory,
            circumstances,
            "2b.visie",
            ("agreements",),
            msg("exploring ended without an agreement"),
            msg("record the agreement: fii add FILE agreement"),
            msg("the phase is done when both organisations feel they own it (phase 2)"),
            begun=False,
        )


def _left_out(
    trajectory: Trajectory, agreements: tuple[Agreement, ...], circumstances: Circumstances
) -> Iterator[Finding]:
    """The receiving organisations that left exploring without an agreement, though others have one."""
    today = circumstances.today
    made = {organisation_now(trajectory, each.organisation, today) for each in agreements}
    receivers = receivers_now(trajectory, today)
    for organisation in receivers if len(receivers) > 1 else ():
        visit = visit_of(trajectory, organisation, "verkennen")
        left = visit.closing if visit else None
        if organisation in made or left is None or not left.leaves or long_ago(left.date, circumstances):
            continue
        if matters(trajectory, "2b.visie", circumstances):
            yield Finding(
                ("verkennen", "agreements"),
                msg("exploring ended without an agreement with {name}", name=trajectory.named(organisation)),
                msg("record the agreement: fii add FILE agreement organisation={id}", id=organisation),
                label=msg("the phase is done when both organisations feel they own it (phase 2)"),
                about=organisation,
                at_key=True,
            )


@rule("FII211", Severity.ADVICE, *_READS, *_CHOOSING)
def shortlist_size(
    trajectory: Trajectory, circumstances: Circumstances, *, fewest: int = 2, most: int = 4
) -> Iterator[Finding]:
    # Both are published: the guide advises two to four (2a).
    if trajectory.entry.receiving_organisation or is_skipped(trajectory, "verkennen"):
        return
    if is_past(trajectory, "verkennen", circumstances):
        return
    shortlist = trajectory.verkennen.shortlist if trajectory.verkennen else ()
    missing = not shortlist and lacking(trajectory, "2a.kandidaten", circumstances, begun=False)
    if fewest <= len(shortlist) <= most or not (shortlist or missing):
        return
    message = msg("no shortlist")
    if shortlist:
        message = count(
            len(shortlist), "a shortlist with {n} organisation", "a shortlist with {n} organisations"
        )
    hint = msg("reduce it to {n} at most, or explain why not: accepted → FII211", n=most)
    if len(shortlist) < fewest:
        hint = msg(
            "look for {fewest} to {most} suitable organisations, or explain why not: accepted → FII211",
            fewest=fewest,
            most=most,
        )
    yield part_without(
        trajectory, "2a.kandidaten", ("shortlist",), message, hint, msg("the guide advises two to four (2a)")
    )


@rule(
    "FII212", Severity.ADVICE, *_READS, "verkennen.shortlist", "entry.receiving_organisation", "organisations"
)
def financing_not_looked_at(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if trajectory.entry.receiving_organisation:
        return
    if not matters(trajectory, "2a.financiering", circumstances):
        return
    if is_skipped(trajectory, "verkennen"):
        return
    gone = trajectory.has_left("verkennen")
    for index, candidate in enumerate(trajectory.verkennen.shortlist if trajectory.verkennen else ()):
        organisation = trajectory.organisation(candidate.organisation)
        name = trajectory.named(candidate.organisation)
        known = candidate.financing or (organisation and (organisation.funding or organisation.funders))
        begun = bool(candidate.culture or candidate.steering or candidate.caseload)
        if not known and (begun or gone):
            yield Finding(
                ("verkennen", "shortlist", index),
                msg("the financing of {name} was not reviewed", name=name),
                msg("ask who pays, and whether they are open to it; write it under financing or funding"),
                label=msg(
                    "financing never rules a candidate out; it calls for a different process (2a, figure 3)"
                ),
                about=candidate.organisation,
            )


def _made(trajectory: Trajectory) -> Iterator[tuple[int, Agreement]]:
    """The dated agreements with their indices, or all of them once exploring was left."""
    for index, agreement in enumerate(trajectory.verkennen.agreements if trajectory.verkennen else ()):
        if agreement.date or trajectory.has_left("verkennen"):
            yield index, agreement


@rule("FII221", Severity.ADVICE, *_READS, "verkennen.agreements")
def agreement_without_added_value(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if not lacking(trajectory, "2b.meerwaarde", circumstances, begun=True):
        return
    for index, agreement in _made(trajectory):
        name = trajectory.named(agreement.organisation)
        if not agreement.added_value:
            yield Finding(
                ("verkennen", "agreements", index),
                msg("this agreement does not state the added value for {name}", name=name),
                msg("ask why the organisation wants this, and write it under added_value"),
                label=msg("a shared vision begins with added value (2b)"),
                about=agreement.organisation,
            )


@rule("FII222", Severity.ADVICE, *_READS, "verkennen.agreements")
def agreement_without_readiness(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if not lacking(trajectory, "2b.gereedheid", circumstances, begun=True):
        return
    for index, agreement in _made(trajectory):
        name = trajectory.named(agreement.organisation)
        if not agreement.readiness:
            yield Finding(
                ("verkennen", "agreements", index),
                msg("this agreement does not state the people and hours from {name}", name=name),
                msg("agree on who takes part and for how many hours, and write it under readiness"),
                label=msg("willing does not mean ready (2b)"),
                about=agreement.organisation,
            )


_IN_ANY_CASE = {
    ("management", "projectleiders"): N_("management and project leaders of {name} were not consulted"),
    ("management",): N_("management of {name} was not consulted"),
    ("projectleiders",): N_("project leaders of {name} were not consulted"),
}


def _not_spoken_with(levels: Collection[str]) -> str:
    """Which levels were not spoken with, if anyone was: those that belong in any case come first."""
    spoken = {"management" if level == "lijnmanagers" else level for level in levels}
    missing = tuple(level for level in ("management", "projectleiders") if level not in spoken)
    if not spoken:
        return ""
    if missing:
        return _IN_ANY_CASE[missing]
    return "" if "uitvoerders" in spoken else N_("professionals of {name} were not consulted")


@rule("FII223", Severity.INFO, *_READS, "verkennen.agreements")
def level_not_spoken_with(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if not lacking(trajectory, "2b.gesprekken", circumstances, begun=True):
        return
    for index, agreement in enumerate(trajectory.verkennen.agreements if trajectory.verkennen else ()):
        missing = _not_spoken_with(agreement.talked_with)
        if missing:
            yield Finding(
                ("verkennen", "agreements", index, "talked_with"),
                msg(missing, name=trajectory.named(agreement.organisation)),
                msg("talk with management and project leaders, and with professionals if possible"),
                label=msg("management and project leaders in any case, professionals if possible (2b)"),
                about=agreement.organisation,
                at_key=True,
            )


def _ownership(trajectory: Trajectory) -> tuple[Ownership | None, bool]:
    """The shared ownership record, and whether any of it was filled in."""
    part = trajectory.verkennen.ownership if trajectory.verkennen else None
    return part, bool(part and (part.kick_off or part.shared_goal or part.meeting or part.roadmap))


@rule("FII231", Severity.ADVICE, *_READS, "verkennen.ownership")
def no_kick_off(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    part, begun = _ownership(trajectory)
    if not (part and part.kick_off):
        yield from lack(
            trajectory,
            circumstances,
            "2c.kickoff",
            ("ownership",),
            msg("shared ownership without a kick-off"),
            msg("hold a formal start, from management to professionals, and write the date under kick_off"),
            msg("a formal start makes both organisations owners (2c)"),
            begun=begun,
        )


@rule("FII232", Severity.ADVICE, *_READS, "verkennen.ownership")
def no_shared_goal(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    part, begun = _ownership(trajectory)
    if not (part and part.shared_goal):
        yield from lack(
            trajectory,
            circumstances,
            "2c.stip",
            ("ownership",),
            msg("shared ownership without a shared goal"),
            msg("agree on where both organisations want to be, and write it under shared_goal"),
            msg("a shared goal keeps both organisations on the same road (2c)"),
            begun=begun,
        )


@rule("FII233", Severity.ADVICE, *_READS, "verkennen.ownership")
def no_rhythm(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    part, begun = _ownership(trajectory)
    known = part and part.meeting and part.meeting.every
    if not known:
        yield from lack(
            trajectory,
            circumstances,
            "2c.overleg",
            ("ownership", "meeting"),
            msg("no regular meeting of both organisations"),
            msg("agree on how often to meet, and write it under meeting: every"),
            msg("every two weeks, month or quarter, but fixed (2c)"),
            begun=begun,
        )


@rule("FII234", Severity.ADVICE, *_READS, "verkennen.ownership")
def agenda_of_one_kind(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    part, _ = _ownership(trajectory)
    agenda = part.meeting.agenda if part and part.meeting else None
    one_sided = {
        "operationeel": msg("the meeting is only about operations"),
        "inhoudelijk": msg("the meeting is only about substance"),
    }
    if agenda not in one_sided:
        return
    if matters(trajectory, "2c.overleg", circumstances):
        yield Finding(
            ("verkennen", "ownership", "meeting", "agenda"),
            one_sided[agenda],
            msg("put both on every agenda"),
            label=msg("balance operations and substance (2c)"),
            about="2c.overleg",
        )


@rule("FII235", Severity.ADVICE, *_READS, "verkennen.ownership")
def roadmap_on_one_side(
    trajectory: Trajectory, circumstances: Circumstances, *, tasks: int = 2
) -> Iterator[Finding]:
    # Two is ours: a single task is always on one side.
    part, _ = _ownership(trajectory)
    sides = [task.by for task in part.roadmap if task.by] if part else []
    if len(sides) < tasks or len(set(sides)) > 1:
        return
    if matters(trajectory, "2c.roadmap", circumstances):
        yield Finding(
            ("verkennen", "ownership", "roadmap"),
            msg("all tasks on the roadmap are {name}'s", name=trajectory.named(sides[0])),
            msg("divide the tasks, so that both sides have some"),
            label=msg("ownership shifts to the side that does everything (2c)"),
            about="2c.roadmap",
            at_key=True,
        )


@rule("FII236", Severity.ADVICE, *_READS, "verkennen.ownership", "actions")
def ownership_out_of_balance(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    part, _ = _ownership(trajectory)
    if is_past(trajectory, "verkennen", circumstances):
        return
    if part and part.balance == "laag" and not worked_on(trajectory, "2c."):
        yield Finding(
            ("verkennen", "ownership", "balance"),
            msg("the ownership is out of balance, and nothing is done about it"),
            msg(
                "discuss it with both organisations, and record it: "
                "fii add FILE action answers=stoplicht/2c.balans"
            ),
            label=msg("the phase is done when both organisations feel they own it (phase 2)"),
            about="2c.balans",
        )


@rule("FII237", Severity.ADVICE, *_READS, "verkennen.ownership")
def task_overdue(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if trajectory.at_rest:
        return
    for index, task in overdue_tasks(trajectory, circumstances.today):
        if task.due:
            yield Finding(
                ("verkennen", "ownership", "roadmap", index),
                msg("the task {id} was due on {date}", id=task.id, date=task.due.text),
                msg("write the date under done, or agree on another date"),
                label=msg("the roadmap leads to the shared goal (2c)"),
                about=task.id,
            )
