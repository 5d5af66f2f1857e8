"""Survey answers as stored in a trajectory: counts, and no individual answers."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.diagnostics import Refused
from fii_cli.edits.write import append
from fii_cli.language import msg
from fii_cli.survey.counted import SideAnswers, written
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import Document


def large_enough(groups: Sequence[SideAnswers], smallest: int) -> tuple[SideAnswers, ...]:
    """The sides whose answers can be stored. Raises :class:`Refused` if every side has too few."""
    sides = tuple(side for side in groups if side.counts)
    if not sides:
        raise Refused(
            msg("nothing was written: every group has fewer than {n} answers", n=smallest),
            msg("in a smaller group answers can be traced to a person; combine groups with --perspective"),
        )
    return sides


def store(
    document: Document,
    trajectory: Trajectory,
    sides: Sequence[SideAnswers],
    instrument: str,
    day: str,
    by: str,
    about: str,
) -> Document:
    """The document with an assessment for each side.

    Raises :class:`Refused` if the answers of a side on that date have already been counted.
    """
    for side in sides:
        counted = (instrument, day, side.perspective, about)
        for made in trajectory.assessments:
            known = (made.instrument, made.date.text, made.perspective, made.about or "")
            if made.counts and counted == known:
                raise Refused(
                    msg("the answers of {date} have already been counted", date=day),
                    msg("undo that with fii undo, or choose another date with --date"),
                )
        document = append(document, ("assessments",), written(side, instrument, day, by, about))
    return document
