"""How strongly an item hinders in an assessment: as it was rated, counted or published."""

from __future__ import annotations

from fii_cli.analysis.counts import Thresholds, sides_of
from fii_cli.analysis.published import reported_of
from fii_cli.handbook import Handbook
from fii_cli.trajectory.follow_up import Assessment


def answers(handbook: Handbook, assessment: Assessment, item: str, thresholds: Thresholds) -> bool:
    """Whether an assessment says on which side an item is: that it hinders, helps, or does neither.

    *Unknown*, a mean alone, and a result that is not shown say nothing about that.
    """
    instrument = assessment.instrument
    if item in assessment.ratings:
        return assessment.ratings[item].value not in handbook.no_answers(instrument, item)
    if item in assessment.counts:
        spread = sides_of(handbook, instrument, item, assessment.counts[item])
        return spread.n > 0 and not spread.kept_back(thresholds)
    reported = reported_of(handbook, assessment, item)
    return bool(reported.shares) and not reported.kept_back(thresholds)


def hindering(handbook: Handbook, assessment: Assessment, item: str, thresholds: Thresholds) -> int:
    """How strongly an item hinders in an assessment: 2 for strongly, 1 for in part, 0 for not."""
    if item in assessment.ratings:
        return handbook.hinders(assessment.instrument, item).get(assessment.ratings[item].value, 0)
    if item not in assessment.counts:
        return reported_of(handbook, assessment, item).strength(thresholds)
    counts = assessment.counts[item]
    return sides_of(handbook, assessment.instrument, item, counts).strength(thresholds)
