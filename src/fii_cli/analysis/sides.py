"""The assessments of an item by each side over time, and for how long it has hindered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate

from fii_cli.trajectory import Index, Side
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Assessment

Dated = Sequence[tuple[int, Assessment]]
"""Assessments of one side, oldest first, each with its index in the file."""
Answers = Callable[[Assessment, str], bool]
"""Whether an assessment says of an item on which side it is: that it hinders, helps, or does neither."""
Strength = Callable[[Assessment, str], int]
"""How strongly an item hinders in an assessment: 2 for strongly, 1 for in part, 0 for not."""


def said_of(
    index: Index,
    instrument: str,
    item: str,
    until: date,
    since: Date | None = None,
    answers: Answers | None = None,
) -> Iterator[tuple[Side, Dated]]:
    """The assessments of an item by each side, up to a day; ``index`` has those that count.

    What is none of ``answers``, such as *unknown*, takes no answer of the same side back: it is only said if
    the side never gave one.
    """
    for side, made in index.get((instrument, item), {}).items():
        counting = [pair for pair in made if pair[1].date.counts(since, until)]
        answered = [pair for pair in counting if answers is None or answers(pair[1], item)]
        if counting:
            yield side, answered or counting


def hindering_in_a_row(said: Dated, item: str, strength: Strength) -> Dated:
    """The latest consecutive assessments of a side in which an item hinders, oldest first."""
    start = len(said)
    while start and strength(said[start - 1][1], item):
        start -= 1
    return said[start:]


Cut = tuple[date, Date | None]
"""A day on which older assessments stop counting, and the date from which they count since then."""
Cuts = Mapping[str | None, Sequence[Cut]]
"""By organisation, and for the trajectory as a whole (``None``): the visits to one phase."""


def cuts_of(about: str | None, cuts: Cuts) -> Sequence[Cut]:
    """The visits that count for an organisation: its own, or else those of the trajectory as a whole."""
    return cuts.get(about) or cuts.get(None, ())


def _last_that_counts(
    said: Dated, until: int, latest: Sequence[date], since: Date | None, today: date
) -> Assessment | None:
    """The last of the first ``until`` assessments that counts.

    ``latest`` has, for each assessment, the last day of it and those before it.
    """
    for at in range(until - 1, -1, -1):
        if since and latest[at] < since.first:
            return None  # this one and all before it are too old
        if said[at][1].date.counts(since, today):
            return said[at][1]
    return None


def current_over_time(said: Dated, cuts: Sequence[Cut] = ()) -> Iterator[tuple[date, Assessment | None]]:
    """The assessment of a side that counts from each day on which that may change, oldest day first.

    It is ``None`` from a cut after which the side said nothing. ``cuts`` are in the order of their days.
    """
    at = cut = 0
    current: Assessment | None = None
    latest = [*accumulate((each.date.last for _, each in said), max)]
    while at < len(said) or cut < len(cuts):
        coming = [
            *(each[1].date.first for each in said[at : at + 1]),
            *(each[0] for each in cuts[cut : cut + 1]),
        ]
        today = min(coming)
        is_cut = False
        while cut < len(cuts) and cuts[cut][0] == today:
            cut, is_cut = cut + 1, True
        since = cuts[cut - 1][1] if cut else None
        if is_cut:
            current = _last_that_counts(said, at, latest, since, today)
        while at < len(said) and said[at][1].date.first == today:
            if said[at][1].date.counts(since, today):
                current = said[at][1]
            at += 1
        yield today, current
