"""A report as tables for a spreadsheet: lights, actions, barriers, strategies, ratings and measurements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fii_cli.handbook.phrases import ground_of
from fii_cli.language import Language
from fii_cli.report.barriers import STRENGTHS
from fii_cli.report.basis import Basis
from fii_cli.report.teller import Teller
from fii_cli.survey.tables import Cell
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.throughout import Assessment
from fii_cli.words import label


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: what it is called, its heads, and its rows, as wide as the heads."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets_of(basis: Basis, say: Language) -> tuple[Sheet, ...]:
    """The tables that this edition has; lights come first."""
    tell = Teller(basis.trajectory, say)
    if not basis.rated:
        return (_measurements(basis, say),)
    return (
        _lights(basis, tell),
        _actions(basis, tell),
        _barriers(basis, tell),
        _strategies(basis, say),
        _ratings(basis, tell),
        _measurements(basis, say),
    )


def _lights(basis: Basis, tell: Teller) -> Sheet:
    say = tell.say
    rows: list[tuple[Cell, ...]] = []
    for phase in basis.standing.phases:
        for subphase in phase.subphases:
            for each in subphase.items:
                shown = tell.item(each)
                rows.append(
                    (
                        f"{phase.content.number} {say.pick(phase.content.name)}",
                        subphase.content.id,
                        each.id,
                        shown.question,
                        shown.light.word,
                        _yes(each.required, say),
                        _day(shown.date),
                        "; ".join(shown.remarks),
                    )
                )
    heads = (
        say("Phase"),
        say("Subphase"),
        say("Item"),
        say("Question"),
        say("Light"),
        say("Required"),
        say("Date"),
        say("Remarks"),
    )
    return Sheet(say("Lights"), heads, tuple(rows))


def _actions(basis: Basis, tell: Teller) -> Sheet:
    say, catalogue = tell.say, basis.handbook.catalogue.strategies
    rows: list[tuple[Cell, ...]] = []
    for action in basis.trajectory.actions:
        strategy, result = catalogue.get(action.strategy or ""), action.result
        rows.append(
            (
                action.what,
                say.pick(strategy.name) if strategy else "",
                ", ".join(action.answers),
                tell.trajectory.named(action.owner),
                _when(action.due),
                _yes(action.is_overdue(basis.standing.today), say),
                tell.word(action.status),
                _when(result.date) if result else None,
                tell.word(result.helped) if result else "",
                (result.note or "") if result else "",
            )
        )
    heads = (
        say("Action"),
        say("Strategy"),
        say("Answers"),
        say("Owner"),
        say("Due"),
        say("Overdue"),
        say("Status"),
        say("Looked at"),
        say("Did it help?"),
        say("Note"),
    )
    return Sheet(say("Actions"), heads, tuple(rows))


def _barriers(basis: Basis, tell: Teller) -> Sheet:
    say = tell.say
    rows: list[tuple[Cell, ...]] = [
        (
            each.instrument,
            each.item,
            say.pick(each.name),
            say(STRENGTHS[each.strength]),
            _when(each.since),
            tell.word(each.perspective),
            tell.trajectory.named(each.about),
            each.by or "",
            each.note or "",
            ", ".join(action.what for action in (*each.actions, *each.done)),
        )
        for each in basis.barriers
    ]
    heads = (
        say("Instrument"),
        say("Item"),
        say("What hinders"),
        say("How much"),
        say("Since"),
        say("Side"),
        say("About"),
        say("Said by"),
        say("Note"),
        say("Actions"),
    )
    return Sheet(say("Barriers"), heads, tuple(rows))


def _strategies(basis: Basis, say: Language) -> Sheet:
    rows: list[tuple[Cell, ...]] = [
        (
            rank,
            say.pick(each.strategy.name),
            reason.barrier,
            reason.via.to if reason.via else "",
            ground_of(reason.link, basis.handbook, say),
            ", ".join(action.what for action in each.chosen),
        )
        for rank, each in enumerate(basis.chosen, 1)
        for reason in each.reasons
        if reason.counts
    ]
    heads = (say("Rank"), say("Strategy"), say("Answers"), say("Via"), say("Ground"), say("Chosen as"))
    return Sheet(say("Strategies"), heads, tuple(rows))


def _ratings(basis: Basis, tell: Teller) -> Sheet:
    say = tell.say
    heads = (
        say("Date"),
        say("Instrument"),
        say("Item"),
        say("Rating"),
        say("How many"),
        say("Side"),
        say("About"),
        say("By"),
        say("Note"),
        say("Evidence"),
    )
    rows = tuple(row for made in basis.trajectory.assessments for row in _rated(made, basis, tell))
    return Sheet(say("Ratings"), heads, rows)


def _rated(made: Assessment, basis: Basis, tell: Teller) -> Iterator[tuple[Cell, ...]]:
    """Every rating, and every counted answer of a group that is large enough to be shown."""
    head = (_when(made.date), made.instrument)
    side = (tell.word(made.perspective), tell.trajectory.named(made.about), made.by or "")
    for item, rating in made.ratings.items():
        yield (*head, item, rating.value, None, *side, rating.note or "", rating.evidence or "")
    for item, counts in made.counts.items():
        if sum(counts.values()) >= basis.thresholds.smallest:
            for value, n in counts.items():
                yield (*head, item, value, n, *side, "", "")


def _measurements(basis: Basis, say: Language) -> Sheet:
    borgen = basis.trajectory.borgen
    rows: list[tuple[Cell, ...]] = [
        (each.what, _when(made.date), made.value, made.n, made.note or "")
        for each in (borgen.indicators if borgen else ())
        for made in each.measurements
    ]
    heads = (say("Indicator"), say("Date"), say("Value"), say("n"), say("Note"))
    return Sheet(say("Indicators"), heads, tuple(rows))


def _yes(holds: bool, say: Language) -> str:
    return say(label("ja" if holds else "nee"))


def _when(day: Date | None) -> Cell:
    """A day as a date, and what is rougher than a day as it was written."""
    if day is None:
        return None
    return day.first if day.first == day.last else day.text


def _day(text: str) -> Cell:
    return date.fromisoformat(text) if len(text) == 10 else text or None
