"""Phase 6: quality assurance and continuous improvement."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.rules.signs import lack, lacking
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.borgen import Quality

_READS = ("visits", "assessments")
_PROFESSIONALS = re.compile(
    "uitvoer|professional|medewerk|begeleid|hulpverlen|coach|werkers?\\b|teams?\\b|staff|worker", re.I
)


def _quality(trajectory: Trajectory) -> tuple[Quality | None, bool]:
    """The quality record, and whether any of it was filled in."""
    quality = trajectory.borgen.quality if trajectory.borgen else None
    begun = bool(
        quality and (quality.lead or quality.instrument or quality.feedback_used or quality.outcome_data)
    )
    return quality, begun


@rule("FII611", Severity.ADVICE, *_READS, "borgen.quality")
def no_quality_lead(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    quality, begun = _quality(trajectory)
    if not (quality and quality.lead):
        yield from lack(
            trajectory,
            circumstances,
            "6a.kwaliteitsbewaker",
            ("quality",),
            msg("no one is responsible for quality"),
            msg("ask someone who knows the intervention well, and write the id under lead"),
            msg("quality needs someone who looks after it (6a)"),
            begun=begun,
        )


@rule("FII612", Severity.ADVICE, *_READS, "borgen.quality")
def no_instrument(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    quality, begun = _quality(trajectory)
    if not (quality and quality.instrument):
        yield from lack(
            trajectory,
            circumstances,
            "6a.instrument",
            ("quality",),
            msg("no instrument to monitor the work"),
            msg("choose something simple, such as a checklist or a short list of questions"),
            msg("a simple instrument shows whether it is still done as intended (6a)"),
            begun=begun,
        )


@rule("FII613", Severity.ADVICE, *_READS, "borgen.quality")
def feedback_not_used(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    quality, begun = _quality(trajectory)
    if not (quality and quality.feedback_used):
        yield from lack(
            trajectory,
            circumstances,
            "6a.feedback",
            ("quality",),
            msg("it is not clear how feedback leads to changes"),
            msg("agree on when feedback is discussed and who acts on it, and write it under feedback_used"),
            msg("monitoring without acting on it is mere registration (6a)"),
            begun=begun,
        )


@rule("FII621", Severity.ADVICE, *_READS, "borgen.improvement")
def no_evaluation_with_professionals(
    trajectory: Trajectory, circumstances: Circumstances
) -> Iterator[Finding]:
    improvement = trajectory.borgen.improvement if trajectory.borgen else None
    evaluations = improvement.evaluations if improvement else ()
    if not any(each.participants and _PROFESSIONALS.search(each.participants) for each in evaluations):
        yield from lack(
            trajectory,
            circumstances,
            "6b.evaluatie",
            ("improvement",),
            msg("no evaluation with professionals"),
            msg("evaluate with the people who do the work, and list them under participants"),
            msg("professionals have the experience (6b)"),
            begun=bool(evaluations),
        )


@rule("FII622", Severity.ADVICE, *_READS, "borgen.improvement")
def adjustment_without_owner(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    improvement = trajectory.borgen.improvement if trajectory.borgen else None
    for index, evaluation in enumerate(improvement.evaluations if improvement else ()):
        if not evaluation.adjust or evaluation.adjust.owner:
            continue
        if lacking(trajectory, "6b.eigenaar", circumstances, begun=True):
            yield Finding(
                ("borgen", "improvement", "evaluations", index, "adjust"),
                msg("this adjustment has no owner"),
                msg("agree on who does it, and write the id under owner"),
                label=msg("decide who does what to adjust (6b)"),
                about="6b.eigenaar",
                at_key=True,
            )
