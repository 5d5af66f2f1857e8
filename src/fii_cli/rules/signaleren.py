"""Phase 1: the commissioner, the innovation question, and its boundaries."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.rules.signs import is_past, lack, lacking, part_without
from fii_cli.trajectory import Trajectory

_READS = ("visits", "assessments")
_FOUR = {
    "period": ("1c.tijd", msg("time")),
    "money": ("1c.geld", msg("money")),
    "staff": ("1c.mensen", msg("people")),
    "scale": ("1c.schaal", msg("scale")),
}
_DOES_NOT_FIT = {
    "realistic": msg("the question is not realistic within its boundaries, but the trajectory continues"),
    "ambitious": msg("the question does not address the core, but the trajectory continues"),
}
_ASKED = {"realistic": msg("whether it is realistic"), "ambitious": msg("whether it is ambitious")}


@rule("FII111", Severity.ADVICE, *_READS, "signaleren.commissioner", "entry.commission", "organisations")
def nobody_commissions(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    part = trajectory.signaleren
    known = (part and part.commissioner) or any("commissioner" in o.roles for o in trajectory.organisations)
    begun = part is not None and trajectory.entry.commission == "gevraagd"
    if not known:
        yield from lack(
            trajectory,
            circumstances,
            "1a.opdrachtgever",
            ("commissioner",),
            msg("no commissioner named"),
            msg("name the organisation, and the person who speaks for it, under commissioner"),
            msg("the guide starts with the commissioner (1a)"),
            begun=begun,
        )


@rule("FII121", Severity.ADVICE, *_READS, "signaleren.question")
def question_without_target_group(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    question = trajectory.signaleren.question if trajectory.signaleren else None
    begun = question is not None and bool(question.statement or question.goal)
    if not (question and question.target_group):
        yield from lack(
            trajectory,
            circumstances,
            "1b.doelgroep",
            ("question",),
            msg("this innovation question has no target group"),
            msg("write under target_group who it is about, and who it is not about"),
            msg("a concrete question has a goal and a target group (1b)"),
            begun=begun,
        )


@rule("FII122", Severity.ADVICE, *_READS, "signaleren.question")
def framing_not_held_against_motives(
    trajectory: Trajectory, circumstances: Circumstances
) -> Iterator[Finding]:
    question = trajectory.signaleren.question if trajectory.signaleren else None
    written = question is not None and all((question.statement, question.goal, question.target_group))
    if not (question and question.people_concerned):
        yield from lack(
            trajectory,
            circumstances,
            "1b.motieven",
            ("question",),
            msg("the question has not been checked against the motives of the people concerned"),
            msg("ask the people concerned about their motives, and write them under people_concerned"),
            msg("the commissioner may see it differently (1b)"),
            begun=written,
        )


@rule("FII131", Severity.ADVICE, *_READS, "signaleren.boundaries")
def boundaries_with_gaps(
    trajectory: Trajectory, circumstances: Circumstances, *, known: int = 2
) -> Iterator[Finding]:
    # Two of the four is ours: by then someone is setting the boundaries.
    boundaries = trajectory.signaleren.boundaries if trajectory.signaleren else None
    missing = [name for name in _FOUR if not getattr(boundaries, name, None)]
    begun = len(_FOUR) - len(missing) >= known
    missing = [n for n in missing if lacking(trajectory, _FOUR[n][0], circumstances, begun=begun)]
    if missing:
        yield part_without(
            trajectory,
            _FOUR[missing[0]][0],
            ("boundaries",),
            msg("project boundaries without {keys}", keys=tuple(_FOUR[name][1] for name in missing)),
            msg("agree on it with the commissioner, and write it under boundaries"),
            msg("time, money, people and scale are the boundaries of a project (phase 1)"),
        )


@rule("FII132", Severity.ADVICE, *_READS, "signaleren.boundaries")
def not_asked_whether_realistic(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    boundaries = trajectory.signaleren.boundaries if trajectory.signaleren else None
    missing = [name for name in _ASKED if not getattr(boundaries, name, None)]
    begun = boundaries is not None and all(getattr(boundaries, name) for name in _FOUR)
    if missing:
        yield from lack(
            trajectory,
            circumstances,
            "1c.realistisch",
            ("boundaries",),
            msg("not assessed: {keys}", keys=tuple(_ASKED[name] for name in missing)),
            msg(
                "set realistic and ambitious to ja, deels or nee: whether it is feasible, and whether it "
                "addresses the core"
            ),
            msg("phase 1 leads to these answers"),
            begun=begun,
        )


@rule("FII133", Severity.ADVICE, *_READS, "signaleren.boundaries")
def going_on_with_what_does_not_fit(
    trajectory: Trajectory, circumstances: Circumstances
) -> Iterator[Finding]:
    boundaries = trajectory.signaleren.boundaries if trajectory.signaleren else None
    further = any(visit.phase != "signaleren" for _, visit in trajectory.open_visits)
    if not boundaries or not further or is_past(trajectory, "signaleren", circumstances):
        return
    for name, message in _DOES_NOT_FIT.items():
        if getattr(boundaries, name) == "nee":
            yield Finding(
                ("signaleren", "boundaries", name),
                message,
                msg(
                    "change the question or the boundaries with the commissioner, or ask for extra resources"
                ),
                label=msg("realistic and ambitious go together (phase 1)"),
                about="1c.realistisch",
            )
