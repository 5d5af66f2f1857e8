"""The evidence for ratings: shown if it was found, and otherwise only claimed."""

from __future__ import annotations

from collections.abc import Callable

from fii_cli.trajectory import Trajectory


def is_url(evidence: str) -> bool:
    """Whether evidence is a URL, which fii does not visit."""
    return "://" in evidence


def evidence_found(trajectory: Trajectory, there: Callable[[str], bool]) -> frozenset[str]:
    """The evidence in a trajectory that exists, according to ``there``; a URL is never looked up."""
    ratings = (rating for made in trajectory.assessments for rating in made.ratings.values())
    claimed = {rating.evidence for rating in ratings if rating.evidence}
    return frozenset(each for each in claimed if not is_url(each) and there(each))
