"""Phase 3: innovation and implementability in balance, and a written method."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.analysis.succession import organisation_now
from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import count, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.rules.signs import lack, lacking, matters, part_without, weighed
from fii_cli.trajectory import Trajectory

_READS = ("visits", "assessments")
_WEIGHED = {
    "complexity": ("3a.complexiteit", msg("how complex it is")),
    "adaptability": ("3a.aanpasbaarheid", msg("how adaptable it is")),
}


@rule("FII311", Severity.ADVICE, *_READS, "innoveren.balance")
def implementability_not_considered(
    trajectory: Trajectory, circumstances: Circumstances
) -> Iterator[Finding]:
    balance = trajectory.innoveren.balance if trajectory.innoveren else None
    asked = ("complexity", "adaptability", "scalable", "affordable", "feasible")
    begun = any(getattr(balance, name, None) for name in asked)
    missing = [
        name
        for name, (item, _) in _WEIGHED.items()
        if not getattr(balance, name, None)
        and lacking(trajectory, item, circumstances, begun=begun)
        and not weighed(trajectory, item, circumstances.today)
    ]
    if missing:
        yield part_without(
            trajectory,
            _WEIGHED[missing[0]][0],
            ("balance",),
            msg("not considered: {keys}", keys=tuple(_WEIGHED[name][1] for name in missing)),
            msg("write complexity and adaptability under balance: laag, matig or hoog"),
            msg("balance innovation and implementability (3a)"),
        )


@rule("FII312", Severity.ADVICE, *_READS, "innoveren.balance")
def complex_and_rigid(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    balance = trajectory.innoveren.balance if trajectory.innoveren else None
    if not balance or (balance.complexity, balance.adaptability) != ("hoog", "laag"):
        return
    if matters(trajectory, "3a.complexiteit", circumstances):
        yield Finding(
            ("innoveren", "balance"),
            msg("complex and hard to adapt: difficult to hand over"),
            msg("reduce it to the active ingredients, and leave the rest to the receiving organisation"),
            label=msg("a core that can be handed over (3a)"),
            about="3a.complexiteit",
            at_key=True,
        )


@rule("FII321", Severity.ADVICE, *_READS, "innoveren.method")
def no_active_ingredients(
    trajectory: Trajectory, circumstances: Circumstances, *, parts: int = 3
) -> Iterator[Finding]:
    # Three of the four other parts of a method is ours: by then someone is describing it.
    method = trajectory.innoveren.method if trajectory.innoveren else None
    others = (method.goal, method.target_group, method.approach, method.preconditions) if method else ()
    begun = sum(bool(part) for part in others) >= parts
    if not (method and method.active_ingredients):
        yield from lack(
            trajectory,
            circumstances,
            "3b.bestanddelen",
            ("method",),
            msg("this method has no active ingredients"),
            msg("name the active ingredients: fii add FILE ingredient"),
            msg("what is essential must be written down (3b)"),
            begun=begun,
        )


@rule("FII322", Severity.ADVICE, *_READS, "innoveren.method")
def ingredient_without_competencies(
    trajectory: Trajectory, circumstances: Circumstances
) -> Iterator[Finding]:
    method = trajectory.innoveren.method if trajectory.innoveren else None
    if not lacking(trajectory, "3b.competenties", circumstances, begun=True):
        return
    for index, ingredient in enumerate(method.active_ingredients if method else ()):
        if not ingredient.competencies:
            yield Finding(
                ("innoveren", "method", "active_ingredients", index),
                msg("the active ingredient {id} has no competencies", id=ingredient.id),
                msg("write under competencies what a professional must be able to do for it"),
                label=msg("selection and training build on it (3b, 5c)"),
                about=ingredient.id,
            )


@rule("FII323", Severity.ADVICE, *_READS, "innoveren.method")
def no_method_description(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    method = trajectory.innoveren.method if trajectory.innoveren else None
    begun = bool(method and method.active_ingredients)
    if not (method and method.description):
        yield from lack(
            trajectory,
            circumstances,
            "3b.methodiek",
            ("method",),
            msg("no method description"),
            msg(
                "describe the goal, target group, approach and preconditions, and write the path or URL "
                "under description"
            ),
            msg("someone else must be able to start with it (3b)"),
            begun=begun,
        )


@rule("FII324", Severity.INFO, *_READS, "innoveren.method", "organisations")
def spread_before_it_is_known_to_work(
    trajectory: Trajectory, circumstances: Circumstances, *, organisations: int = 2
) -> Iterator[Finding]:
    # Two is ours: a second receiving organisation makes it spreading.
    method = trajectory.innoveren.method if trajectory.innoveren else None
    today = circumstances.today
    ids = (each.id for each in trajectory.organisations if "receiving" in each.roles)
    receivers = len({organisation_now(trajectory, id_, today) for id_ in ids} - {None})
    shown = method and method.effect_ladder not in (None, "impliciet", "beschreven")
    if receivers >= organisations and not shown:
        yield from lack(
            trajectory,
            circumstances,
            "3b.bewijs",
            ("method",),
            count(
                receivers,
                "{n} receiving organisation, and no sign yet that the intervention works",
                "{n} receiving organisations, and no sign yet that the intervention works",
            ),
            msg(
                "set the step of the effect ladder under effect_ladder, and find out what the next step "
                "requires"
            ),
            msg("spreading is desirable once it is known to work (part 2)"),
            begun=method is not None,
        )


@rule("FII325", Severity.ADVICE, "visits", "innoveren.method", "innoveren.adaptations")
def adaptation_touches_the_core(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    innoveren = trajectory.innoveren
    if innoveren is None or trajectory.has_ended:
        return
    known = bool(innoveren.method and innoveren.method.active_ingredients)
    for index, made in enumerate(innoveren.adaptations):
        route = ("innoveren", "adaptations", index)
        if made.ingredients and made.fidelity in (None, "onbekend"):
            yield Finding(
                (*route, "ingredients"),
                msg(
                    "the adaptation {id} touches {ingredients}: is the core still there?",
                    id=made.id,
                    ingredients=made.ingredients,
                ),
                msg("discuss it with someone who knows the intervention well, and set fidelity"),
                label=msg("what makes it work must be kept, or changed on purpose"),
                about=made.id,
                at_key=True,
            )
        elif made.fidelity == "kern-veranderd" and not made.ingredients and known:
            yield Finding(
                (*route, "fidelity"),
                msg("the adaptation {id} changed the core: which active ingredient?", id=made.id),
                msg("write the ids of the active ingredients under ingredients"),
                label=msg("what makes it work must be kept, or changed on purpose"),
                about=made.id,
                at_key=True,
            )
