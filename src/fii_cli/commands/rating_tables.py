"""Ratings and counted answers as text, and the score on one instrument for ``fii score --instrument``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fii_cli.analysis.counts import Spread, Thresholds
from fii_cli.analysis.in_words import convention, how_many, mean, reported, reported_where, shares
from fii_cli.analysis.published import Reported
from fii_cli.analysis.rating_sheet import (
    Counted,
    Difference,
    Distinguishing,
    ItemSheet,
    RatingSheet,
    distinguishing,
    lowest_first,
    rated_in_both,
)
from fii_cli.analysis.standing import RatedBy
from fii_cli.commands.rating_records import score_record
from fii_cli.commands.retired_table import show_retired
from fii_cli.commands.say import said_by, say_json
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Scale
from fii_cli.language import N_, labelled
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory

DIFFERENCES: dict[Difference, str] = {
    "opposite": N_("one rating says it hinders, another that it helps"),
    "differ": N_("the ratings differ"),
}


def shown_rating(terminal: Terminal, value: str, scale: Scale | None) -> str:
    """A rating as text: a light with its sign, another value with its name."""
    if scale is None:
        return terminal.light(value)
    name = next((each.name for each in scale.values if each.id == value), None)
    return labelled(value, terminal.say.pick(name)) if name else value


def shown_spread(terminal: Terminal, spread: Spread) -> str:
    """Counted answers as text: the number of answers, the shares and the mean."""
    if not spread.n:
        return how_many(spread, terminal.say)
    parts = (how_many(spread, terminal.say), shares(spread, terminal.say), mean(spread, terminal.say))
    return "; ".join(filter(None, parts))


def shown_reported(terminal: Terminal, result: Reported, thresholds: Thresholds) -> str:
    """A published result, with how many answered and where it was published."""
    told = reported(result, thresholds, terminal.say)
    return f"{told}; {reported_where(result, thresholds, terminal.say)}"


def show_ratings(
    terminal: Terminal,
    trajectory: Trajectory,
    sheet: RatingSheet,
    handbook: Handbook,
    thresholds: Thresholds,
    other: tuple[Trajectory, RatingSheet] | None,
    *,
    as_json: bool,
) -> None:
    """Show every rating with its source, and every count with its shares.

    With ``other``, a trajectory and its ratings, also show what distinguishes the two.
    """
    apart = distinguishing(sheet, other[1], handbook) if other else ()
    if as_json:
        say_json(terminal, score_record(trajectory, sheet, thresholds, apart if other else None))
        return
    instrument = sheet.instrument
    name = terminal.say.pick(instrument.name)
    terminal.headline(trajectory.heading, name)
    sources = {_who(terminal, trajectory, each) for item in sheet.all_rows for each in item.counts}
    table = _RatingTable(
        terminal=terminal,
        handbook=handbook,
        trajectory=trajectory,
        sheet=sheet,
        thresholds=thresholds,
        width=max((len(row.item.id) for row in sheet.all_rows), default=0),
        same_source=len(sources) == 1,
    )
    if table.same_source:
        terminal.out(terminal.dim(terminal.wrap(sources.pop())))
    if instrument.lowest_first:
        table.show_lowest_first()
    else:
        table.show_groups()
    table.show_differences()
    show_retired(terminal, trajectory, sheet.retired, handbook, thresholds)
    if other:
        _show_distinguishing(terminal, sheet, other, apart)
    table.show_total()


@dataclass(frozen=True, slots=True, kw_only=True)
class _RatingTable:
    """The ratings on one instrument, item by item.

    ``width`` is that of the longest item id. With ``same_source`` all counts have one source, which is shown
    once, above them.
    """

    terminal: Terminal
    handbook: Handbook
    trajectory: Trajectory
    sheet: RatingSheet
    thresholds: Thresholds
    width: int
    same_source: bool

    def show_lowest_first(self) -> None:
        terminal = self.terminal
        terminal.out("", terminal.bold(terminal.say("Lowest first")))
        for each in lowest_first(self.sheet, self.handbook, self.thresholds):
            self._show_item(each)

    def show_groups(self) -> None:
        terminal, say = self.terminal, self.terminal.say
        for group, items in self.sheet.groups:
            known = sum(each.known for each in items)
            count = say("{n} of {all} rated", n=known, all=len(items))
            head = labelled(group.id, say.pick(group.name))
            terminal.out("")
            terminal.headline(head, count)
            for each in self.sheet.rows(group, items):
                self._show_item(each)

    def _show_item(self, each: ItemSheet) -> None:
        terminal = self.terminal
        short = self.handbook.short_name(self.sheet.instrument.id, each.item.id, each.item.name)
        name = f"{each.item.id:<{self.width}}  {terminal.say.pick(short)}: "
        indent = " " * (self.width + 2)
        for position, line in enumerate(self._lines(each)):
            start = indent if position else name
            terminal.out(terminal.wrap(start + line, "  ", "  "))

    def _lines(self, each: ItemSheet) -> list[str]:
        """The ratings of an item, then its counts, then what was published about it."""
        terminal, trajectory = self.terminal, self.trajectory
        scale = self.sheet.instrument.scale_of(each.item)
        lines = []
        for rating in each.ratings:
            value = shown_rating(terminal, rating.value, scale)
            lines.append(value + _source(terminal, trajectory, rating))
        for counted in each.counts:
            source = "" if self.same_source else f" ({_who(terminal, trajectory, counted)})"
            lines.append(_counted(terminal, counted, self.thresholds) + source)
        for each_published in each.published:
            made = each_published.assessment
            source = said_by(terminal, trajectory, made.date.text, made.by, made.perspective, made.about)
            lines.append(f"{_published(terminal, each_published.reported, self.thresholds)} ({source})")
        return lines

    def show_differences(self) -> None:
        """The items on which sides differ, opposites first."""
        terminal, say = self.terminal, self.terminal.say
        differ = [(each.item.id, each.difference) for each in self.sheet.all_rows if each.difference]
        if differ:
            terminal.out("", terminal.bold(say("Differences between sides")))
        for id_, difference in sorted(differ, key=lambda pair: pair[1] == "differ"):
            terminal.out(terminal.wrap(f"{id_:<{self.width}}  {say(DIFFERENCES[difference])}", "  "))

    def show_total(self) -> None:
        terminal, say, sheet = self.terminal, self.terminal.say, self.sheet
        total = say("{n} of {all} rated", n=sheet.known, all=len(sheet.items))
        given = say("Ratings are shown as given.")
        averaged = say("Only survey answers to one question have a mean; ratings, items and sides never do.")
        terminal.out("", terminal.dim(terminal.wrap(f"{total}. {given} {averaged}")))
        if any(each.counts or each.published for each in sheet.all_rows):
            terminal.out(terminal.dim(terminal.wrap(convention(self.thresholds, say))))


def _counted(terminal: Terminal, counted: Counted, thresholds: Thresholds) -> str:
    say, spread = terminal.say, counted.spread
    if spread.kept_back(thresholds):
        return say("fewer than {n} answers: not shown", n=thresholds.smallest)
    return _verdict(terminal, spread, thresholds) + shown_spread(terminal, spread)


def _published(terminal: Terminal, result: Reported, thresholds: Thresholds) -> str:
    return _verdict(terminal, result, thresholds) + shown_reported(terminal, result, thresholds)


def _verdict(terminal: Terminal, result: Spread | Reported, thresholds: Thresholds) -> str:
    """Whether answers say that something is a barrier or a facilitator, before the answers themselves."""
    if result.strength(thresholds):
        return terminal.say("barrier") + ": "
    return terminal.say("facilitator") + ": " if result.is_facilitator(thresholds) else ""


def _who(terminal: Terminal, trajectory: Trajectory, counted: Counted) -> str:
    made = counted.assessment
    return said_by(terminal, trajectory, made.date.text, made.by, made.perspective, made.about)


def _source(terminal: Terminal, trajectory: Trajectory, rating: RatedBy) -> str:
    told = said_by(terminal, trajectory, rating.date.text, rating.by, rating.perspective, rating.about)
    return f" ({told})" + (f" – {rating.note}" if rating.note else "")


def _show_distinguishing(
    terminal: Terminal,
    sheet: RatingSheet,
    other: tuple[Trajectory, RatingSheet],
    apart: tuple[Distinguishing, ...],
) -> None:
    say = terminal.say
    title = other[0].heading
    heading = say("What distinguishes this trajectory from {title}", title=title)
    terminal.out("", terminal.bold(terminal.wrap(heading)))
    if not any(rated_in_both(sheet, other[1])):
        terminal.out(terminal.wrap(say("No item was rated in both, so there is nothing to compare."), "  "))
    elif not apart:
        terminal.out(terminal.wrap(say("No differences in the items that both rated."), "  "))
    for each in apart:
        scale = sheet.instrument.scale_of(each.item)
        here = _distinct_values(terminal, each.here, scale)
        there = _distinct_values(terminal, each.there, scale)
        how = say(DIFFERENCES[each.difference])
        line = f"{each.item.id}  {say.pick(each.item.name)}: {here} ↔ {there}; {how}"
        terminal.out(terminal.wrap(line, "  ", "  "))


def _distinct_values(terminal: Terminal, ratings: Iterable[RatedBy], scale: Scale | None) -> str:
    values = [shown_rating(terminal, rating.value, scale) for rating in ratings]
    return " / ".join(dict.fromkeys(values))
