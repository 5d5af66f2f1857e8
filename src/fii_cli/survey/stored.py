"""Survey answers as stored in a trajectory: counts, and no individual answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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


def seem_counted_before(
    trajectory: Trajectory,
    sides: Sequence[SideAnswers],
    instrument: str,
    day: str,
    about: str,
    smallest: int,
) -> Iterator[str]:
    """The other dates whose answers seem to be among these, or these among theirs, with few people apart.

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
            apart = side.responses - made.responses
            these, those = (side.counts, made.counts) if apart >= 0 else (made.counts, side.counts)
            if abs(apart) < smallest and _contains(these, those):
                yield made.date.text


_Counts = Mapping[str, Mapping[str, int]]


def _contains(these: _Counts, those: _Counts) -> bool:
    """Whether all of those answers can be among these."""
    return all(
        n <= these.get(item, {}).get(value, 0)
        for item, counts in those.items()
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
