"""What fii concludes from a version of a trajectory, in a form that can be compared."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fii_cli.analysis.advice import advised_now
from fii_cli.analysis.barriers import barriers_of, strengths_of
from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.standing import State, standing_of
from fii_cli.changes.facts import At, Place, key_of
from fii_cli.diagnostics import Remark, Route
from fii_cli.handbook import Handbook
from fii_cli.rules.check import JudgedEdition
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.words import Light, Phase

Subject = Literal["phase", "light", "barrier", "finding", "readiness", "strategy", "order"]


@dataclass(frozen=True, slots=True)
class Conclusions:
    """Everything that fii concludes, by subject and then by what it is about.

    These are the state of each phase, the light of each item, the strength of each barrier by place, each
    finding by its code and the identity of what it is about, how many items of each phase are green and rated
    of those that apply, and the strategies to show first.
    """

    by_subject: Mapping[Subject, Mapping[Any, Any]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The same of one edition, as plain values without its records; see :func:`conclusions_in`."""

    states: Mapping[Phase, State]
    lights: Mapping[str, Light]
    barriers: Mapping[str, int]
    readiness: Mapping[Phase, tuple[int, int, int]]
    strategies: tuple[str, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Concluded:
    """A conclusion that came, went or changed; ``None`` where it was not drawn.

    The ``order`` of the strategies is about nothing else: it is all of them, first to last, if some that stay
    changed places.
    """

    subject: Subject
    about: Any
    before: Any
    after: Any


def conclusions_of(edition: JudgedEdition, handbook: Handbook, thresholds: Thresholds) -> Conclusions:
    """What fii concludes from an edition on its day."""
    return conclusions_in(drawn_from(edition, handbook, thresholds), edition.trajectory)


def drawn_from(edition: JudgedEdition, handbook: Handbook, thresholds: Thresholds) -> Drawn:
    """What fii concludes from an edition on its day, as plain values."""
    standing = standing_of(edition.trajectory, handbook, edition.day)
    barriers = barriers_of(edition.trajectory, handbook, edition.day, thresholds)
    return Drawn(
        {phase.content.id: phase.state for phase in standing.phases},
        {item.id: item.light for phase in standing.phases for item in phase.items},
        strengths_of(barriers),
        {
            phase.content.id: (phase.counts["groen"], phase.rated, phase.applicable)
            for phase in standing.phases
        },
        tuple(each.strategy.id for each in advised_now(standing.trajectory, barriers, handbook)),
        edition.remarks,
    )


def conclusions_in(drawn: Drawn, edition: Trajectory) -> Conclusions:
    """The conclusions that were drawn from an edition."""
    return Conclusions(
        {
            "phase": drawn.states,
            "light": drawn.lights,
            "barrier": drawn.barriers,
            "finding": dict(_findings(edition, drawn.remarks)),
            "readiness": drawn.readiness,
            "strategy": dict.fromkeys(drawn.strategies, True),
        }
    )


def conclusions_changed(before: Conclusions, after: Conclusions) -> tuple[Concluded, ...]:
    """The conclusions that differ, by subject; none if the same follows from both.

    A finding that is worded otherwise, such as one with another number of weeks, is the same finding.
    """
    found = []
    for subject, new in after.by_subject.items():
        old = before.by_subject[subject]
        for about in dict.fromkeys((*new, *old)):
            one, other = old.get(about), new.get(about)
            same = (one is None) == (other is None) if subject == "finding" else one == other
            if not same:
                found.append(Concluded(subject, about, one, other))
    orders = [tuple(each.by_subject["strategy"]) for each in (before, after)]
    if stayed(*orders) != stayed(*reversed(orders)):
        found.append(Concluded("order", None, *orders))
    return tuple(found)


def stayed(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """What both sequences have, in the order of the first."""
    return [each for each in one if each in other]


def _findings(edition: Trajectory, remarks: Iterable[Remark]) -> Iterator[tuple[Hashable, Remark]]:
    """The findings by identity: their code, the identity of what they are about, and their number there."""
    numbers: dict[Hashable, int] = {}
    for remark in remarks:
        identity = (remark.code, place_of(edition, remark.route))
        numbers[identity] = numbers.get(identity, 0) + 1
        yield (*identity, numbers[identity] - 1), remark


def place_of(trajectory: Trajectory, route: Route) -> Place:
    """The identity of what a route leads to: the key of a record instead of its position in a list."""
    here: Any = trajectory
    place: Place = ()
    for step in route:
        if isinstance(step, int) and isinstance(here, tuple) and step < len(here):
            record = here[step]
            if isinstance(record, Record):
                key = key_of(record)
                number = sum(key_of(each) == key for each in here[:step])
                place = (*place, At(key, number))
            else:
                place = (*place, str(record))
            here = record
        else:
            place = (*place, str(step))
            here = here.get(step) if isinstance(here, Mapping) else getattr(here, str(step), None)
    return place
