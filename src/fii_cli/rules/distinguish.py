"""What a report compares: the outcome must exist, and the two groups must be clear."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.suggest import did_you_mean, one_of
from fii_cli.trajectory import Trajectory
from fii_cli.words import STOPLICHT


@rule("FII036", Severity.ERROR, "distinguish", "borgen.indicators", "rollout")
def unknown_outcome(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    asked = trajectory.distinguish
    if asked is None or not asked.by:
        return
    from fii_cli.analysis.compared import INDICATOR, indicators_in, outcome_named, outcomes_known  # see below

    if trajectory.rollout and asked.by.casefold().startswith(f"{INDICATOR}/"):
        return  # the trajectories of the programme may have it
    indicators = indicators_in([trajectory])
    if outcome_named(asked.by, circumstances.handbook, indicators) is None:
        known = outcomes_known(asked.by, circumstances.handbook, indicators)
        yield Finding(
            ("distinguish", "by"),
            msg("unknown outcome {id}", id=asked.by),
            did_you_mean(asked.by.rpartition("/")[2], known, one_of(known)),
        )


@rule("FII037", Severity.ERROR, "distinguish", "borgen.indicators")
def unclear_groups(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    asked = trajectory.distinguish
    if asked is None:
        return
    if asked.instrument == STOPLICHT:
        yield Finding(
            ("distinguish", "instrument"),
            msg("lights are not compared by organisation"),
            msg("name an instrument, such as cfir"),
        )
    if asked.by and (asked.low or asked.high):
        yield Finding(
            ("distinguish", "by"),
            msg("the groups are made twice: by an outcome and by name"),
            msg("remove by, or low and high"),
        )
    for at, id_ in enumerate(asked.high):
        if id_ in asked.low:
            yield Finding(
                ("distinguish", "high", at),
                msg("{id} is in both groups", id=id_),
                msg("name each organisation once"),
            )
    if asked.at is None:
        return
    from fii_cli.analysis.compared import RatedOutcome, indicators_in, outcome_named  # few files compare

    outcome = outcome_named(asked.by or "", circumstances.handbook, indicators_in([trajectory]))
    if not asked.by or isinstance(outcome, RatedOutcome):
        yield Finding(
            ("distinguish", "at"),
            msg("at is the value of an indicator, and by names none"),
            msg("remove at, or name an indicator under by"),
        )
