"""A portfolio as plain values in reading order: a line for each trajectory, and what they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress
from typing import Literal

from fii_cli import __version__
from fii_cli.analysis.in_words import experience_in_words, lights_in_words
from fii_cli.analysis.portfolio import Broken, Later, Portfolio, Sort, first_hindered, in_order, portfolio_of
from fii_cli.analysis.portfolio_line import Line
from fii_cli.analysis.recommendations import Experience
from fii_cli.editions.edition import reaches
from fii_cli.editions.marks import Yardstick, mark
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import named, strategy_name
from fii_cli.language import Language, Message, count, msg
from fii_cli.report.basis import made_with
from fii_cli.report.portfolio_map import PortfolioMap, order_in_words, portfolio_map, status_in_words
from fii_cli.report.portfolio_shared import barrier_name, not_shown_in_words, of_known
from fii_cli.report.portfolio_strips import (
    item_name,
    moves,
    next_told,
    not_moved,
    report_told,
    where_in_words,
)
from fii_cli.report.shapes import Row
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.versterken import Versterken
from fii_cli.visible import visible
from fii_cli.words import OUTER, STOPLICHT, Audience, DaySource, label

Form = Literal["page", "table", "text"]
"""What the lines are for: a page, a table for a spreadsheet, or the terminal."""


@dataclass(frozen=True, slots=True)
class PortfolioLine:
    """A trajectory; ``link`` is empty if it has no page."""

    cells: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class PortfolioTable:
    """A table of a portfolio; ``kind`` is what it is about, for a page that draws it."""

    kind: Literal["unreadable", "later", "barriers", "strategies"]
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PortfolioPage:
    """A portfolio page; ``mark`` is its marker, and ``map`` draws what the tables say."""

    language: str
    mark: str
    made_with: str
    audience: Audience
    as_of: str
    dated: str
    status: str
    order: str
    heads: tuple[str, ...]
    lines: tuple[PortfolioLine, ...]
    parts: tuple[PortfolioTable, ...]
    map: PortfolioMap


def portfolio_page(
    portfolio: Portfolio,
    as_of: str,
    day_from: DaySource,
    handbook: Handbook,
    say: Language,
    links: Mapping[str, str],
    audience: Audience = "team",
    sort: Sort = "need",
    form: Form = "page",
) -> PortfolioPage:
    """The portfolio as text; ``links`` maps the path of a trajectory to its page.

    Columns that the audience may not see are omitted. Only a page has days for readers, and a map.
    """
    published = any(line.report for line in portfolio.lines)
    columns = {**_columns(audience, say), say("Report of"): published}
    shown = tuple(columns.values())
    yardstick = Yardstick(__version__, handbook.digest)
    lines = []
    ordered = in_order(portfolio.lines, sort)
    for line in ordered:
        cells = tuple(compress(_cells(line, handbook, audience, say, form), shown))
        lines.append(PortfolioLine(cells, links.get(line.path, "")))
    drawn = (portfolio, ordered) if form == "page" else (portfolio_of((), ()), ())
    return PortfolioPage(
        language=say.code,
        mark=mark("portfolio", as_of, audience, day_from, links.values(), yardstick),
        made_with=made_with(yardstick, say),
        audience=audience,
        as_of=as_of,
        dated=say(counted_on(say.day(as_of), day_from, len(lines))),
        status=status_in_words(ordered, audience, say),
        order=order_in_words(sort, audience, say),
        heads=tuple(compress(columns, shown)),
        lines=tuple(lines),
        parts=(
            _unreadable_files(portfolio, audience, say),
            *_later_reports(portfolio, say),
            _shared_barriers(portfolio, handbook, audience, say),
            _shared_strategies(portfolio, handbook, audience, say),
        ),
        map=portfolio_map(*drawn, handbook, say, links, audience),
    )


def counted_on(day: str, day_from: DaySource, n: int) -> Message:
    """How many trajectories there are, on which day, and where that day comes from."""
    return count(
        n,
        "{n} trajectory on {date} ({source})",
        "{n} trajectories on {date} ({source})",
        date=day,
        source=msg(label(day_from)),
    )


def _columns(audience: Audience, say: Language) -> dict[str, bool]:
    """The headings of all columns, with whether the audience may see them."""
    rated = reaches(Trajectory, "assessments", audience)
    return {
        say("Trajectory"): True,
        say("Phase"): True,
        say("Lights"): rated,
        say("Red"): rated,
        say("Overdue"): rated,
        say("Movement"): rated,
        say("Radio silence"): reaches(Versterken, "key_people", audience),
        say("Next date"): reaches(Trajectory, "actions", audience),
        say("Barriers"): rated,
    }


def _unreadable_files(portfolio: Portfolio, audience: Audience, say: Language) -> PortfolioTable:
    rows = tuple(Row(_broken_in_words(broken, audience, say)) for broken in portfolio.broken)
    heads = (say("File"), say("Why"))
    return PortfolioTable("unreadable", say("Files that cannot be read"), "", heads, rows)


def _later_reports(portfolio: Portfolio, say: Language) -> list[PortfolioTable]:
    if not portfolio.later:
        return []
    rows = tuple(Row((visible(each.path), say.day(each.day.isoformat()))) for each in portfolio.later)
    heads = (say("File"), say("Report of"))
    return [PortfolioTable("later", say("Left out: reports of a later day"), "", heads, rows)]


def left_out(later: Later) -> Message:
    """That a report is left out, because its day is later than that of the page."""
    return msg("{path} is left out: it is of {day}", path=later.path, day=later.day.isoformat())


def _shared_barriers(
    portfolio: Portfolio, handbook: Handbook, audience: Audience, say: Language
) -> PortfolioTable:
    rows, first = [], first_hindered(portfolio.lines)
    for shared in portfolio.barriers:
        if shared.trajectories > 1:
            what = named(shared.place, handbook, say)
            if audience in OUTER or shared.question:
                what = barrier_name(shared, first, handbook, say)
            rows.append(Row((what, of_known(shared, say))))
    return PortfolioTable(
        kind="barriers",
        title=say("What hinders in several trajectories"),
        note=say("Of the trajectories in which it is known whether it hinders; unknown is not counted."),
        heads=(say("What"), say("Number of trajectories")),
        rows=tuple(rows),
    )


def _shared_strategies(
    portfolio: Portfolio, handbook: Handbook, audience: Audience, say: Language
) -> PortfolioTable:
    shown = sum(reaches(Trajectory, "actions", line.seen_by(audience)) for line in portfolio.lines)
    rows = []
    for shared in portfolio.strategies:
        name = strategy_name(shared.strategy, handbook, say) or shared.strategy
        in_how_many = say(msg("{n} of {all}", n=shared.trajectories, all=shown))
        rows.append(Row((name, in_how_many, _experience(shared.experience, say))))
    return PortfolioTable(
        kind="strategies",
        title=say("What helped"),
        note=say(
            "Whether it helped is what teams recorded themselves: an experience, not proof. n is the number "
            "of records."
        ),
        heads=(say("Strategy"), say("Number of trajectories"), say("Did it help?")),
        rows=tuple(rows),
    )


def _broken_in_words(each: Broken, audience: Audience, say: Language) -> tuple[str, str]:
    """The location and the reason of an error; the message is for the team only: it may quote the file."""
    if audience == "team":
        return visible(each.path), visible(say(each.why))
    if each.wider:
        return visible(each.path), not_shown_in_words(each, audience, say)
    return visible(each.place), each.code


def _cells(line: Line, handbook: Handbook, audience: Audience, say: Language, form: Form) -> tuple[str, ...]:
    """One trajectory as text: a cell for each column."""
    seen = line.seen_by(audience)
    rated = reaches(Trajectory, "assessments", seen)
    barriers = str(line.barriers) if line.known else say("unknown")
    if line.strong:
        strong = say(msg("{n} strong", n=line.strong))
        barriers += f" ({strong})"
    moved = ", ".join(f"{each.n} {each.words}" for each in moves(line.moved, say))
    heard, dated = reaches(Versterken, "key_people", seen), reaches(Trajectory, "actions", seen)
    hidden = say("not shown")
    return (
        line.heading,
        where_in_words(line, handbook, say, shows_lights=rated),
        (_lights(line, say) or "–") if rated else hidden,
        (_red(line, handbook, audience, say) or "–") if rated else hidden,
        str(line.overdue) if rated else hidden,
        (moved or not_moved(line, say)) if rated else hidden,
        _silence(line, say) if heard else hidden,
        _next(line, say, form) if dated else hidden,
        barriers if rated else hidden,
        report_told(line.report, say, iso=form != "page") or "–",
    )


def _red(line: Line, handbook: Handbook, audience: Audience, say: Language) -> str:
    """The red items: their ids, or their names for readers outside."""
    if audience not in OUTER:
        return ", ".join(line.red)
    return "; ".join(item_name(line, f"{STOPLICHT}/{item}", handbook, say) for item in line.red)


def _lights(line: Line, say: Language) -> str:
    """The lights of the phase that the report counts, and the red ones elsewhere."""
    latest = line.latest_phase
    parts = [lights_in_words(latest, say)] if latest else []
    if line.red_elsewhere:
        parts.append(say("{n} red in other phases", n=line.red_elsewhere))
    return "; ".join(parts)


def _silence(line: Line, say: Language) -> str:
    """The silent key people, each with the number of weeks; a dash if everyone was heard of."""
    silent = [
        f"{line.names[each.person]} ({say(count(each.weeks, '{n} week', '{n} weeks'))})"
        for each in line.silent
    ]
    heard = line.quiet or line.at_rest
    return ", ".join(silent) or ("–" if heard else say("unknown"))


def _next(line: Line, say: Language, form: Form) -> str:
    """The first date to meet, with what has to be done; a terminal has room for the date."""
    told = next_told(line, say, iso=form != "page")
    return f"{told.what}: {told.about}" if told.about and form != "text" else told.what


def _experience(experience: Experience, say: Language) -> str:
    return experience_in_words(experience, say) if experience.n else say("not recorded yet")
