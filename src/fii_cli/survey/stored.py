"""Survey answers as stored in a trajectory: counts, and no individual answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fii_cli.diagnostics import Refused
from fii_cli.edits.write import append
from fii_cli.language import msg
from fii_cli.survey.counted import SideAnswers, written
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Assessment
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


def seem_counted_before(
    trajectory: Trajectory,
    sides: Sequence[SideAnswers],
    instrument: str,
    day: str,
    about: str,
    smallest: int,
) -> Iterator[str]:
    """The other dates whose answers seem to be among these, with fewer people added than a group needs.

    Then somebody would count twice, and the difference would show what one person answered.
    """
    for side in sides:
        for made in trajectory.assessments:
            same = (made.instrument, made.perspective, made.about or "") == (
                instrument,
                side.perspective,
                about,
            )
            if not same or not made.counts or made.responses is None or made.date.text == day:
                continue
            added = side.responses - made.responses
            if 0 <= added < smallest and _contains(side, made):
                yield made.date.text


def _contains(side: SideAnswers, made: Assessment) -> bool:
    """Whether all answers of an assessment can be among those of a side."""
    return all(
        n <= side.counts.get(item, {}).get(value, 0)
        for item, counts in made.counts.items()
        for value, n in counts.items()
    )


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
