"""Phase 5: the implementation team, its cycles, and training."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from fii_cli.analysis.lights import items_with_lights, last_lights, light_in, phase_of_item
from fii_cli.analysis.succession import (
    members_now,
    organisation_now,
    receivers_now,
    side_of,
    still_members,
    visit_of,
    who,
)
from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.language import Message, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.rules.signs import is_past, lack, lacking, matters, worked_on
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.head import Person
from fii_cli.trajectory.implementeren import OwnTeam, Team, Training
from fii_cli.words import Competency, label

_TEAMS = ("implementeren.team", "implementeren.teams", "people", "organisations")
_READS = ("visits", "assessments")
_LEADING = ("management", "lijnmanagers", "wethouders")


def _teams(trajectory: Trajectory) -> Iterator[tuple[Route, Team]]:
    """The shared team and those of organisations, each with its path."""
    part = trajectory.implementeren
    if part and part.team:
        yield ("implementeren", "team"), part.team
    for index, team in enumerate(part.teams if part else ()):
        yield ("implementeren", "teams", index), team


def _people(trajectory: Trajectory, team: Team, circumstances: Circumstances) -> list[Person | None]:
    """Who is in a team on this day; ``None`` for a member that the file does not describe."""
    return [trajectory.person(each) for each in members_now(trajectory, team, circumstances.today)]


def _whose(trajectory: Trajectory, team: Team, circumstances: Circumstances) -> str | Message:
    """The organisation that a team is of; empty for the shared one."""
    id_ = team.organisation if isinstance(team, OwnTeam) else None
    return who(trajectory, id_, circumstances.today)


@rule("FII511", Severity.ADVICE, *_TEAMS, "visits")
def team_too_large(
    trajectory: Trajectory, circumstances: Circumstances, *, most: int = 3
) -> Iterator[Finding]:
    # Three is published: the guide advises two or three (5a).
    if is_past(trajectory, "implementeren", circumstances):
        return
    for route, team in _teams(trajectory):
        n = len(members_now(trajectory, team, circumstances.today))
        if n > most:
            whose = _whose(trajectory, team, circumstances)
            yield Finding(
                (*route, "members"),
                msg("the implementation team of {name} has {n} people", name=whose, n=n)
                if whose
                else msg("the implementation team has {n} people", n=n),
                msg("limit the team to {n}, and let the others advise", n=most),
                label=msg("the guide advises two or three (5a)"),
                about="5a.klein-team",
                at_key=True,
            )


@rule("FII512", Severity.ADVICE, *_READS, *_TEAMS)
def team_of_one_side(
    trajectory: Trajectory, circumstances: Circumstances, *, members: int = 2
) -> Iterator[Finding]:
    # Two is ours: one member alone is always from one side.
    for route, team in _teams(trajectory):
        people = _people(trajectory, team, circumstances)
        sides = [side_of(trajectory, person, circumstances.today) for person in people if person]
        known = [side for side in sides if side]
        if len(known) < members or len(set(known)) > 1:
            continue
        if matters(trajectory, "5a.beide-kanten", circumstances):
            whose, name = _whose(trajectory, team, circumstances), trajectory.named(known[0])
            yield Finding(
                (*route, "members"),
                msg("everyone in the implementation team of {whose} is from {name}", whose=whose, name=name)
                if whose
                else msg("everyone in the implementation team is from {name}", name=name),
                msg("add someone from the other organisation"),
                label=msg("people from both organisations add value (5a)"),
                about="5a.beide-kanten",
                at_key=True,
            )


@rule("FII513", Severity.ADVICE, *_READS, *_TEAMS)
def team_without_mandate(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    for route, team in _teams(trajectory):
        if team.mandate or not members_now(trajectory, team, circumstances.today):
            continue
        if not lacking(trajectory, "5a.mandaat", circumstances, begun=True):
            return
        whose = _whose(trajectory, team, circumstances)
        yield Finding(
            route,
            msg("the implementation team of {name} has no mandate", name=whose)
            if whose
            else msg("this implementation team has no mandate"),
            msg("agree on what the team may decide itself, and write it under mandate"),
            label=msg("the guide requires a mandate (5a)"),
            about="5a.mandaat",
            at_key=True,
        )


@rule("FII514", Severity.ADVICE, *_READS, *_TEAMS)
def team_without_a_competency(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    for route, team in _teams(trajectory):
        there = still_members(trajectory, team, circumstances.today)
        held = {each for member in there for each in member.competencies}
        missing = [each for each in get_args(Competency) if each not in held]
        if held and missing and lacking(trajectory, "5a.competenties", circumstances, begun=True):
            words = tuple(msg(label(each)) for each in missing)
            whose = _whose(trajectory, team, circumstances)
            yield Finding(
                (*route, "members"),
                msg("the team of {name} lacks {words}", name=whose, words=words)
                if whose
                else msg("the team lacks {words}", words=words),
                msg("find someone who has it, in the team or around it"),
                label=msg("a team needs five competencies (5a)"),
                about="5a.competenties",
                at_key=True,
            )


@rule("FII515", Severity.INFO, *_READS, *_TEAMS)
def team_of_leaders(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    for route, team in _teams(trajectory):
        people = _people(trajectory, team, circumstances)
        if not people or not all(person and person.level in _LEADING for person in people):
            continue
        if matters(trajectory, "5a.affiniteit", circumstances):
            whose = _whose(trajectory, team, circumstances)
            yield Finding(
                (*route, "members"),
                msg("everyone in the implementation team of {name} also manages the organisation", name=whose)
                if whose
                else msg("everyone in the implementation team also manages the organisation"),
                msg("choose someone who cares about the work and has time for it"),
                label=msg("the guide prefers affinity with the work to another heavy responsibility (5a)"),
                about="5a.affiniteit",
                at_key=True,
            )


@rule("FII516", Severity.ADVICE, *_READS, *_TEAMS, "entry.receiving_organisation")
def organisation_without_a_team(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    part, today = trajectory.implementeren, circumstances.today
    if part is None or part.team or not part.teams:
        return  # the shared team is that of all of them
    own = {organisation_now(trajectory, team.organisation, today) for team in part.teams}
    for organisation in receivers_now(trajectory, today):
        visit = visit_of(trajectory, organisation, "implementeren")
        if organisation in own or visit is None or visit.closing:
            continue
        if matters(trajectory, "5a.klein-team", circumstances):
            yield Finding(
                ("implementeren", "teams"),
                msg("no implementation team for {name}", name=trajectory.named(organisation)),
                msg(
                    "agree on who is in it: fii add FILE team-member organisation={id} person=ID",
                    id=organisation,
                ),
                label=msg("each organisation implements with a team of its own, or with a shared one"),
                about=organisation,
                at_key=True,
            )


@rule("FII521", Severity.ADVICE, "implementeren.cycles", "visits")
def cycle_stalls(
    trajectory: Trajectory, circumstances: Circumstances, *, weeks: int = 8
) -> Iterator[Finding]:
    # Eight weeks is ours: the guide gives no length of a cycle.
    if trajectory.at_rest or is_past(trajectory, "implementeren", circumstances):
        return
    for index, cycle in enumerate(trajectory.implementeren.cycles if trajectory.implementeren else ()):
        names = list(cycle.steps)
        done = [name for name, step in cycle.steps.items() if step]
        dates = [step.date for step in cycle.steps.values() if step and step.date]
        if not done or done[-1] == "act" or not dates:
            continue
        last = max(dates, key=lambda date: date.last)
        if last.over(7 * weeks, circumstances.today):
            following = names[names.index(done[-1]) + 1]
            yield Finding(
                ("implementeren", "cycles", index),
                msg("the cycle {id} has no {step} yet", id=cycle.id, step=following),
                msg(
                    "see what came of it, and record it: fii add FILE step cycle={id} step={step}",
                    id=cycle.id,
                    step=following,
                ),
                label=msg("a cycle is done once it has been checked and adjusted (5b)"),
                about=cycle.id,
            )


@rule("FII522", Severity.ADVICE, "assessments", "actions", "visits", "checklist")
def red_without_action(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if trajectory.at_rest:
        return
    for item in items_with_lights(trajectory):
        last = last_lights(trajectory, item, circumstances.today)
        red = [
            index
            for (_, about), (index, assessment) in last.items()
            if light_in(assessment, item) == "rood" and not trajectory.rests(about)
        ]
        phase = phase_of_item(trajectory, item)
        behind = phase is not None and trajectory.has_left(phase)
        if red and not behind and not worked_on(trajectory, item):
            yield Finding(
                ("assessments", red[0], "ratings", item),
                msg("{item} is red, and no action addresses it", item=item),
                msg("agree on who does what: fii add FILE action answers=stoplicht/{item}", item=item),
                label=msg("a light shows where to act (5b)"),
                about=item,
                at_key=True,
            )


def _training(trajectory: Trajectory) -> tuple[Training | None, bool]:
    """The training record, and whether a session has taken place."""
    training = trajectory.implementeren.training if trajectory.implementeren else None
    return training, bool(training and training.sessions)


@rule("FII531", Severity.ADVICE, *_READS, "implementeren.training")
def training_without_selection(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    training, begun = _training(trajectory)
    if begun and not (training and training.selection):
        yield from lack(
            trajectory,
            circumstances,
            "5c.selectie",
            ("training",),
            msg("training without selection"),
            msg("select on competencies, attitude and motivation, and write the criteria under selection"),
            msg("selection comes before training (5c)"),
            begun=True,
        )


@rule("FII532", Severity.ADVICE, *_READS, "implementeren.training")
def training_without_coaching(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    training, begun = _training(trajectory)
    if begun and not (training and training.coaching):
        yield from lack(
            trajectory,
            circumstances,
            "5c.coaching",
            ("training",),
            msg("training without coaching"),
            msg("let someone work alongside them and reflect with them, and write it under coaching"),
            msg("coaching keeps the way of working alive after a training course (5c)"),
            begun=True,
        )


@rule("FII533", Severity.ADVICE, *_READS, "implementeren.training")
def turnover_unanswered(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    training, _ = _training(trajectory)
    turnover = training.turnover if training else None
    if not turnover or turnover.answer or not (turnover.left or turnover.joined):
        return
    if lacking(trajectory, "5c.verloop", circumstances, begun=True):
        yield Finding(
            ("implementeren", "training", "turnover"),
            msg("people joined or left, and the file does not say how new people learn the work"),
            msg("agree on how new people learn it, and write it under answer"),
            label=msg("people who leave take knowledge and vision with them (phase 5)"),
            about="5c.verloop",
            at_key=True,
        )
