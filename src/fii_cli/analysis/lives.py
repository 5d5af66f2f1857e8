"""The life of each barrier: from the day it was first named to the day it was gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.hinders import answers, hindering
from fii_cli.analysis.sides import Answers, Cuts, Strength, current_over_time, cuts_of, said_of
from fii_cli.analysis.succession import has_ended
from fii_cli.handbook import Handbook
from fii_cli.language import N_
from fii_cli.trajectory import Index, Trajectory
from fii_cli.trajectory.dates import Date, Days, days_between
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.words import STOPLICHT, Phase

How = Literal["rated", "asked", "ended"]
"""How a barrier was gone: the side rated it otherwise, the phase was entered again and asks it anew, or the
organisation that it was about ended."""
HOW_WORDS: dict[How, str] = {
    "rated": N_("rated otherwise"),
    "asked": N_("not rated since the phase was entered again"),
    "ended": N_("the organisation no longer takes part"),
}


@dataclass(frozen=True, slots=True)
class Life:
    """A barrier according to one side, from the rating that first named it.

    ``gone`` is ``None`` while it lasts, and ``until`` is the same, as precisely as it is known; ``strength``
    is that of its strongest rating.
    """

    instrument: str
    item: str
    perspective: str | None
    about: str | None
    first: Date
    gone: date | None
    how: How | None
    strength: int
    until: Date | None = None

    @property
    def place(self) -> str:
        """The barrier as written in an action: ``cfir/III.D.2``."""
        return f"{self.instrument}/{self.item}"

    def days(self, today: date) -> Days:
        """How many days it lasted, or has lasted until now."""
        return days_between(self.first, self.until or today)


def lives_of(
    trajectory: Trajectory,
    handbook: Handbook,
    cuts: Mapping[Phase, Cuts],
    today: date,
    thresholds: Thresholds,
) -> tuple[Life, ...]:
    """Every barrier that was ever named up to a day, oldest first; ``cuts`` are the visits to each phase.

    Only items of the handbook as it is now are known; the same barrier can come back as another life.
    """

    def strength(assessment: Assessment, item: str) -> int:
        return hindering(handbook, assessment, item, thresholds)

    def answered(assessment: Assessment, item: str) -> bool:
        return answers(handbook, assessment, item, thresholds)

    found: list[Life] = []
    for phase in handbook.phases:
        subphases = {subphase.id for subphase in phase.subphases}
        items = [item.id for subphase in phase.subphases for item in subphase.items]
        items += [item.id for item in trajectory.checklist if item.subphase in subphases]
        for item in items:
            visits = cuts.get(phase.id, {})
            found += _of_item(trajectory.rated, STOPLICHT, item, today, strength, visits)
    for instrument in handbook.instruments:
        for each in instrument.rateable:
            found += _of_item(trajectory.said, instrument.id, each.id, today, strength, answers=answered)
    ends: dict[str | None, Date | None] = {
        each.id: each.until for each in trajectory.organisations if has_ended(each, today)
    }
    found = [_until_the_end(life, ends.get(life.about)) for life in found]
    return tuple(sorted(found, key=lambda life: (life.first.first, life.place, str(life.perspective))))


def _until_the_end(life: Life, end: Date | None) -> Life:
    """A barrier about an organisation that ended does not outlast it."""
    if end is None or life.gone or end.before(life.first.first):
        return life
    return replace(life, gone=end.last, until=end, how="ended")


def _of_item(
    index: Index,
    instrument: str,
    item: str,
    today: date,
    strength: Strength,
    visits: Cuts | None = None,
    answers: Answers | None = None,
) -> Iterator[Life]:
    for (perspective, about), said in said_of(index, instrument, item, today, answers=answers):
        life: Life | None = None
        cuts = cuts_of(about, visits or {})
        for day, current in current_over_time(said, cuts):
            how_strong = strength(current, item) if current else 0
            if life and not how_strong:
                given = current.date if current else next((at for on, at in cuts if on == day), None)
                until = _as_given(given, day)
                yield replace(life, gone=day, until=until, how="rated" if current else "asked")
                life = None
            elif life:
                life = replace(life, strength=max(life.strength, how_strong))
            elif current and how_strong:
                # After a visit without a date older ratings count again.
                first = _as_given(current.date, day)
                life = Life(instrument, item, perspective, about, first, None, None, how_strong)
        if life:
            yield life


def _as_given(given: Date | None, day: date) -> Date:
    """A day as precisely as the date that it begins is known."""
    return given if given and given.first == day else Date(day.isoformat(), day, day)
