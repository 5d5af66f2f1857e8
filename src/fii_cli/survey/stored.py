"""The answers of many as they are kept in a trajectory: counts, and nothing of a person."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.diagnostics import Refused
from fii_cli.edits.write import append
from fii_cli.language import msg
from fii_cli.survey.answers import Imported, SideAnswers, written
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.document import Document


def large_enough(imported: Imported, smallest: int) -> tuple[SideAnswers, ...]:
    """The sides whose answers can be kept. Raises :class:`Refused` where each has too few."""
    sides = tuple(side for side in imported.groups if side.counts)
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

    Raises :class:`Refused` where the answers of a side on that day were counted already.
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
