"""The rows of the tables for analysis: what an edition shows of one trajectory, and what fii concludes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.counts import Thresholds, spread_of
from fii_cli.analysis.portfolio_line import PortfolioMember, Publication, line_of
from fii_cli.analysis.published import DIRECTIONS, reported_of
from fii_cli.analysis.standing import ItemStanding, PhaseStanding
from fii_cli.analysis.succession import others_open
from fii_cli.editions.edition import reaches
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import name_of
from fii_cli.language import Language
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.dates import Date, Days, days_between
from fii_cli.trajectory.follow_up import Assessment
from fii_cli.trajectory.head import Visit
from fii_cli.trajectory.versterken import Versterken
from fii_cli.words import Audience, DaySource

Value = str | int | float | bool | date | list[str] | None
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Told:
    """One trajectory to tell, under a ``key`` that no other trajectory of the portfolio has."""

    key: str
    member: PortfolioMember
    audience: Audience
    day_from: DaySource
    handbook: Handbook
    thresholds: Thresholds
    say: Language

    @property
    def trajectory(self) -> Trajectory:
        return self.member.standing.trajectory

    @property
    def rated(self) -> bool:
        """Whether the edition shows lights and what follows from them."""
        return reaches(Trajectory, "assessments", self.audience)


def _dated(name: str, day: Date | None) -> Row:
    """A date as its first day, and as it was written: a month or a year has several days."""
    return {name: day.first if day else None, f"{name}_text": day.text if day else None}


def _lasted(days: Days | None) -> Row:
    return {"days_least": days.least if days else None, "days_most": days.most if days else None}


def trajectory_rows(told: Told) -> Iterator[Row]:
    standing, trajectory = told.member.standing, told.trajectory
    here, latest = standing.here, standing.latest
    entered = latest.entered if latest else None
    yield {
        "file": told.member.shown_as,
        "title": trajectory.title,
        "language": trajectory.language,
        "day": standing.today,
        "day_from": told.day_from,
        "audience": told.audience,
        "commission": trajectory.entry.commission,
        "receiving_organisations": list(trajectory.entry.receiving_organisation),
        **_dated("started", trajectory.entry.date),
        "organisations": len(trajectory.organisations),
        "phase": here.content.id if here else None,
        "latest_phase": latest.content.id if latest else None,
        "state": latest.state if latest else None,
        "also_open": others_open(trajectory, standing.today),
        **_dated("entered", entered),
        **_lasted(days_between(entered, standing.today) if here and entered else None),
        **_conclusions(told),
    }


def _conclusions(told: Told) -> Row:
    """The counts of a trajectory; null where the edition does not show what they count."""
    line = line_of(told.member)
    people = told.rated and reaches(Versterken, "key_people", told.audience)
    counts = {
        "lights_green": line.lights["groen"],
        "lights_orange": line.lights["oranje"],
        "lights_red": line.lights["rood"],
        "overdue": line.overdue,
        "barriers": line.barriers,
        "strong_barriers": line.strong,
    }
    shown: Row = {name: n if told.rated else None for name, n in counts.items()}
    return shown | {"radio_silence": len(line.silent) if people else None}


def organisation_rows(told: Told) -> Iterator[Row]:
    for each in told.trajectory.organisations:
        yield {
            "organisation": each.id,
            "name": each.name,
            "roles": list(each.roles),
            "funding": each.funding,
        }


def visit_rows(told: Told) -> Iterator[Row]:
    for number, visit in enumerate(told.trajectory.visits, 1):
        closing = visit.closing
        yield {
            "visit": number,
            "organisation": visit.organisation,
            "phase": visit.phase,
            "via": visit.via,
            **_dated("entered", visit.entered),
            **_dated("ended", closing.date if closing else None),
            "decision": closing.decision if closing else None,
            **_lasted(_days_of(visit, told.member.standing.today)),
        }


def _days_of(visit: Visit, today: date) -> Days | None:
    """How long a visit took, or has taken until the day of the tables."""
    if visit.entered is None:
        return None
    return days_between(visit.entered, visit.closing.date if visit.closing else today)


def light_rows(told: Told) -> Iterator[Row]:
    """A row for each side that gave an item a light, and one for an item without any."""
    if not told.rated:
        return
    for phase in told.member.standing.phases:
        for subphase in phase.subphases:
            for item in subphase.items:
                yield from _lights_of(item, phase, subphase.content.id, told.say)


def _lights_of(item: ItemStanding, phase: PhaseStanding, subphase: str, say: Language) -> Iterator[Row]:
    head: Row = {
        "phase": phase.content.id,
        "state": phase.state,
        "subphase": subphase,
        "item": item.id,
        "question": say.pick(item),
        "own": item.own,
        "required": item.required,
        "light": item.light,
    }
    for rating in item.ratings or (None,):
        yield head | {
            "perspective": rating.perspective if rating else None,
            "organisation": rating.about if rating else None,
            "value": rating.value if rating else None,
            **_dated("date", rating.date if rating else None),
        }


def barrier_rows(told: Told) -> Iterator[Row]:
    """A row for each barrier; of one in a report, only its place and its strength are known."""
    if told.member.report:
        yield from _reported_barriers(told, told.member.report)
    for each in told.member.barriers:
        yield {
            "place": each.place,
            "instrument": each.instrument,
            "item": each.item,
            "name": told.say.pick(each.name),
            "perspective": each.perspective,
            "organisation": each.about,
            "strength": each.strength,
            "value": each.value or None,
            "n": each.spread.n if each.spread else None,
            "hinders": each.spread.hinders if each.spread else None,
            **_dated("date", each.date),
            **_dated("since", each.since),
            "actions": len(each.actions),
            "done": len(each.done),
        }


def _reported_barriers(told: Told, report: Publication) -> Iterator[Row]:
    for place, strength in report.strengths.items():
        instrument, _, item = place.partition("/")
        actions, done = (
            by_place.get(place, ()) for by_place in (told.trajectory.running_on, told.trajectory.done_on)
        )
        yield {
            "place": place,
            "instrument": instrument,
            "item": item,
            "name": name_of(place, told.handbook, told.say) or place,
            "perspective": None,
            "organisation": None,
            "strength": strength,
            "value": None,
            "n": None,
            "hinders": None,
            **_dated("date", None),
            **_dated("since", None),
            "actions": len(actions),
            "done": len(done),
        }


def rating_rows(told: Told) -> Iterator[Row]:
    """Every rating on any instrument, and the results of groups that are large enough to show."""
    for made in told.trajectory.assessments:
        head: Row = {
            "instrument": made.instrument,
            "perspective": made.perspective,
            "organisation": made.about,
            **_dated("date", made.date),
        }
        for item, rating in made.ratings.items():
            yield head | _rating(made, item, rating.value, None, told.handbook)
        for item, counts in made.counts.items():
            if not spread_of(told.handbook, made.instrument, item, counts).kept_back(told.thresholds):
                for value, n in counts.items():
                    yield head | _rating(made, item, value, n, told.handbook)
        for item in made.published:
            for row in _published(made, item, told):
                yield head | row


_PUBLISHED: Row = dict.fromkeys(("share", "mean", "sd", "published_n"))


def _rating(made: Assessment, item: str, value: str, n: int | None, handbook: Handbook) -> Row:
    return {
        "place": f"{made.instrument}/{item}",
        "item": item,
        "value": value,
        "n": n,
        "hinders": handbook.hinders(made.instrument, item).get(value, 0),
        "helps": handbook.helps(made.instrument, item).get(value, 0),
        **_PUBLISHED,
    }


def _published(made: Assessment, item: str, told: Told) -> Iterator[Row]:
    """A row for each share as it was published, and one for the mean. None becomes a count of answers.

    How strongly the class hinders or helps is unknown if it is no value of the scale.
    """
    result, reported = made.published[item], reported_of(told.handbook, made, item)
    if reported.kept_back(told.thresholds):
        return
    for word, share in result.shares.items():
        row = _rating(made, item, word, None, told.handbook)
        if word in DIRECTIONS and word != "neutral":
            row[word] = None
        yield row | {"share": share, "published_n": reported.n}
    if result.mean is not None:
        unknown = dict.fromkeys(("value", "hinders", "helps"))
        yield (
            _rating(made, item, "", None, told.handbook)
            | unknown
            | {"mean": result.mean, "sd": result.sd, "published_n": reported.n}
        )


def action_rows(told: Told) -> Iterator[Row]:
    for each in told.trajectory.actions:
        yield {
            "action": each.id,
            "strategy": each.strategy,
            "answers": list(dict.fromkeys(each.answers)),
            "status": each.status,
            **_dated("since", each.since),
            **_dated("due", each.due),
            "overdue": each.is_overdue(told.member.standing.today),
            **_dated("reviewed", each.result.date if each.result else None),
            "helped": each.result.helped if each.result else None,
        }


def measurement_rows(told: Told) -> Iterator[Row]:
    for indicator in told.trajectory.borgen.indicators if told.trajectory.borgen else ():
        for each in indicator.measurements:
            yield {
                "indicator": indicator.id,
                "what": indicator.what,
                "organisation": each.organisation,
                **_dated("date", each.date),
                "value": each.value,
                "n": each.n,
            }
