"""For whom a trajectory can be shown: what an edition for an audience requires."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date

from fii_cli.commands.readable import Readable, read_trajectory
from fii_cli.diagnostics import Diagnostic, Refused
from fii_cli.editions.outsiders import names_in_files
from fii_cli.language import N_, msg
from fii_cli.output.text import as_text
from fii_cli.project.context import Project
from fii_cli.project.report_day import ReportDay
from fii_cli.rules.check import JudgedEdition, Judgement, judge_edition, personal_data
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.words import OUTER, Audience

NO_EDITION = N_("{path}: no external edition while the file contains this")
REMOVE_PERSONAL = msg("remove it; if it only looks like personal data, accept the finding with a reason")


def readable_by(
    project: Project, file: str, day: date, audience: Audience, terminal: Terminal
) -> Readable | None:
    """A trajectory that can be shown to an audience; if not, show what to fix and return ``None``."""
    known = read_trajectory(project, file, day, terminal)
    personal = personal_in(project, known, audience) if known else ()
    if known is None or not personal:
        return known
    refuse_personal(terminal, known, personal)
    return None


def refuse_personal(terminal: Terminal, known: Readable, personal: tuple[Diagnostic, ...]) -> None:
    """Say that a file has no external edition, because of the personal data in it."""
    terminal.note(as_text([replace(known.judgement, diagnostics=personal)], terminal))
    terminal.refuse(terminal.say(NO_EDITION, path=known.judgement.path), REMOVE_PERSONAL)


def personal_in(project: Project, known: Readable, audience: Audience) -> tuple[Diagnostic, ...]:
    """The personal data because of which a file has no edition for this audience."""
    if audience not in OUTER:
        return ()
    circumstances = project.circumstances(known.judgement.path, known.day)
    return personal_data(known.judgement, circumstances, project.settings.rules)


def refuse_name(name: str, trajectory: Trajectory, audience: Audience) -> None:
    """Raise :class:`Refused` if the name of a report identifies someone whom the edition hides."""
    if audience in OUTER and names_in_files(trajectory).held_by(os.path.basename(name)):
        wrong = msg("the name {path} identifies someone whom this edition hides", path=name)
        raise Refused(wrong, msg("choose another name with --output"))


def judged_edition(
    project: Project, judgement: Judgement, edition: Trajectory, audience: Audience, dated: ReportDay
) -> JudgedEdition:
    """An edition of a file on a day, with the findings in that edition, and the trajectories it rolls out."""
    circumstances = project.circumstances(judgement.path, dated.day)
    rules = project.settings.rules
    judged = judge_edition(judgement, edition, audience, dated.source, circumstances, rules)
    if not edition.rollout:
        return judged
    from fii_cli.commands.rollout_members import rollout_of  # few files have a roll-out

    return replace(judged, rollout=rollout_of(project, judgement, audience, dated))
