"""A trajectory over time in words: lights, time in each phase, the life of barriers, and strategies."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from fii_cli.analysis.lives import HOW_WORDS, Life
from fii_cli.analysis.trend import Counts, LightsOn, Trend, Used, phases_rated, thinned
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import strategy_name
from fii_cli.language import N_, count, msg
from fii_cli.report.axis import Axis, axis_of
from fii_cli.report.instruments import side_in_words
from fii_cli.report.shapes import Row
from fii_cli.report.trend_shapes import LightsChart, LightsLane, Piece, TrendBlock, TrendTable
from fii_cli.report.wording import Wording
from fii_cli.trajectory.dates import Days
from fii_cli.words import LIGHTS, Light, Phase

MOST_POINTS = 60
"""On how many days a chart shows the lights; of more, the last of each month, quarter or year."""
MOST_ROWS = 40
"""How many rows a table has; of more, the last."""
_LANE, _STACK = 62, 40
_MONTH, _ABOUT = 30.44, 62
"""The days in a month, and between the least and the most days of which the middle is told."""
LIGHTS_HEADS = (N_("From"), N_("Phase"), N_("Lights"))
PHASES_HEADS = (N_("Phase"), N_("Visits"), N_("Days"), N_("Share"))
_SHARED = msg("The days of dated visits, and their share of the days in all phases; pauses do not count.")
_OVERLAPPING = msg(
    "The days of dated visits; pauses do not count. Phases overlap, so one day can count for several."
)
LIVES_HEADS = (N_("Barrier"), N_("According to"), N_("First named"), N_("Gone"), N_("Days"))
USED_HEADS = (N_("Strategy"), N_("Action"), N_("Owner"), N_("From"), N_("Until"), N_("Days"))


def trend_block(trend: Trend, handbook: Handbook, wording: Wording, id_: str = "trend") -> TrendBlock | None:
    """The trend for readers; ``None`` if nothing in it has a date."""
    if trend.is_empty:
        return None
    say = wording.say
    return TrendBlock(
        chart=lights_chart(trend.lights, trend.today, handbook, wording, id_),
        lights=lights_table(trend.lights, handbook, wording),
        phases=titled_table(
            wording,
            say("Time in each phase"),
            PHASES_HEADS[:-1] if trend.overlaps else PHASES_HEADS,
            _phase_rows(trend, handbook, wording),
            say(_OVERLAPPING if trend.overlaps else _SHARED),
        ),
        lives=titled_table(
            wording,
            say("Barriers, from first named to gone"),
            LIVES_HEADS,
            (_life_row(life, trend.today, handbook, wording) for life in trend.lives),
            say("Each side apart; a barrier that comes back has a row of its own."),
        ),
        used=titled_table(
            wording,
            say("Strategies over time"),
            USED_HEADS,
            (_used_row(each, handbook, wording) for each in trend.used),
        ),
    )


def titled_table(
    wording: Wording, title: str, heads: Sequence[str], rows: Iterable[Row], note: str = ""
) -> TrendTable | None:
    shown = tuple(rows)
    if not shown:
        return None
    if len(shown) > MOST_ROWS:
        cut = wording.say("The last {n} of {all} rows.", n=MOST_ROWS, all=len(shown))
        note = f"{note} {cut}".strip()
    return TrendTable(title, note, tuple(map(wording.say, heads)), shown[-MOST_ROWS:])


# --- lights -------------------------------------------------------------------------------------------------


def lights_in_counts(counts: Counts, wording: Wording) -> str:
    """The number of items with each light, without zeros."""
    return ", ".join(f"{wording.word(light)} {counts[light]}" for light in LIGHTS if counts[light])


def lights_table(lights: Sequence[LightsOn], handbook: Handbook, wording: Wording) -> TrendTable | None:
    """The lights of each rated phase, on each day on which they changed."""
    say = wording.say
    return titled_table(
        wording,
        say("Lights from day to day"),
        LIGHTS_HEADS,
        _light_rows(lights, handbook, wording),
        say("A row for each day on which the lights of a phase changed."),
    )


def _light_rows(lights: Sequence[LightsOn], handbook: Handbook, wording: Wording) -> Iterator[Row]:
    changes = [(on, phase) for phase in phases_rated(lights) for on in changing(lights, phase)]
    for on, phase in sorted(changes, key=lambda change: change[0].day):
        counts = lights_in_counts(on.phases[phase], wording)
        yield Row((wording.say.day(on.day.isoformat()), phase_name(phase, handbook, wording), counts))


def changing(lights: Sequence[LightsOn], phase: Phase, breaks: Sequence[date] = ()) -> list[LightsOn]:
    """The days on which the lights of a phase changed, from its first light on, and those after a break."""
    found: list[LightsOn] = []
    for on in lights:
        same = bool(found) and on.phases[phase] == found[-1].phases[phase]
        if same and not any(found[-1].day < day <= on.day for day in breaks):
            continue
        if found or _is_rated(on.phases[phase]):
            found.append(on)
    return found


def _is_rated(counts: Counts) -> bool:
    return any(n for light, n in counts.items() if light != "onbekend")


def phase_name(phase: Phase, handbook: Handbook, wording: Wording) -> str:
    content = handbook.phase(phase)
    return f"{content.number} {wording.say.pick(content.name)}"


def lights_chart(
    lights: Sequence[LightsOn],
    today: date,
    handbook: Handbook,
    wording: Wording,
    id_: str,
    breaks: Sequence[date] = (),
) -> LightsChart | None:
    """The lights of each rated phase as stacks along one time axis; ``None`` without lights.

    A stack lasts until the next day on which a light changed: nothing is drawn between two counts.
    On the days in ``breaks`` nothing is known, and the stacks end.
    """
    rated = phases_rated(lights)
    if not rated:
        return None
    say = wording.say
    kept = set(thinned([on.day for on in lights], MOST_POINTS))
    shown = [on for on in lights if on.day in kept]
    axis = axis_of([*(on.day for on in shown), today])
    ends = sorted({*breaks, today})
    lanes = tuple(
        LightsLane(
            phase_name(phase, handbook, wording),
            at * _LANE,
            tuple(_pieces(changing(shown, phase, breaks), phase, ends, axis, at)),
        )
        for at, phase in enumerate(rated)
    )
    used = {piece.light for lane in lanes for piece in lane.pieces}
    return LightsChart(
        id=f"{id_}-lights",
        title=say("Lights over time"),
        told=say("The number of items with each light, for each phase; the numbers are in the table below."),
        ticks=axis.ticks(say),
        height=len(lanes) * _LANE + 4,
        lanes=lanes,
        key=tuple(wording.light(light) for light in LIGHTS if light in used),
    )


def _pieces(
    lights: Sequence[LightsOn], phase: Phase, ends: Sequence[date], axis: Axis, lane: int
) -> Iterator[Piece]:
    """The stacks of a phase, with green at the bottom, each until the next one or one of the ``ends``."""
    for at, on in enumerate(lights):
        counts = on.phases[phase]
        following = [*(each.day for each in lights[at + 1 : at + 2]), *(day for day in ends if day > on.day)]
        end = min(following, default=on.day)
        x = axis.at(on.day)
        width = round(max(axis.at(end) - x, 1), 1)
        below = 0
        for light, n in _present(counts):
            height = round(_STACK * n / max(sum(counts.values()), 1), 1)
            bottom = _STACK * below / max(sum(counts.values()), 1)
            y = round(lane * _LANE + 18 + _STACK - bottom - height, 1)
            below += n
            yield Piece(x, y, width, height, light)


def _present(counts: Counts) -> list[tuple[Light, int]]:
    return [(light, counts[light]) for light in LIGHTS if counts[light]]


# --- phases, barriers and strategies ------------------------------------------------------------------------


def days_in_words(days: Days, wording: Wording) -> str:
    """A number of days, or as roughly in months as the dates are known."""
    if days.exact is not None:
        return str(days.exact)
    months = count(max(round(days.middle / _MONTH), 1), "{n} month", "{n} months")
    if days.most < _MONTH:
        return wording.say("less than a month")
    if days.most - days.least <= _ABOUT:
        return wording.say("about {n}", n=months)
    most = count(math.ceil(days.most / _MONTH), "{n} month", "{n} months")
    least = int(days.least / _MONTH)
    if not least:
        return wording.say("at most {n}", n=most)
    return wording.say("{least} to {most}", least=least, most=most)


def _phase_rows(trend: Trend, handbook: Handbook, wording: Wording) -> Iterator[Row]:
    for each in trend.phases:
        if each.visits:
            share = trend.share_of(each.days)
            told = "" if share is None else f"{share}%"
            if told and trend.days.exact is None and each.days != trend.days:
                told = wording.say("about {n}", n=told)
            days = days_in_words(each.days, wording)
            if each.undated:
                days += ", " + wording.say(
                    count(each.undated, "{n} visit without a date", "{n} visits without a date")
                )
            name = phase_name(each.phase, handbook, wording)
            cells = (name, str(each.visits), days)
            yield Row(cells if trend.overlaps else (*cells, told))


def _life_row(life: Life, today: date, handbook: Handbook, wording: Wording) -> Row:
    say = wording.say
    name = wording.name_of(life.place, handbook)
    gone = say("still named")
    if life.until and life.how:
        gone = say("{date}: {how}", date=say.day(str(life.until)), how=msg(HOW_WORDS[life.how]))
    side = side_in_words((life.perspective, life.about), wording)
    what = name if wording.outside or not name else f"{name} ({life.place})"
    return Row(
        (
            what or life.place,
            side,
            wording.say.day(str(life.first)),
            gone,
            days_in_words(life.days(today), wording),
        )
    )


def _used_row(used: Used, handbook: Handbook, wording: Wording) -> Row:
    action = used.action
    until = wording.say.day(str(used.until)) if used.until else wording.word(action.status)
    return Row(
        (
            strategy_name(action.strategy or "", handbook, wording.say) or wording.say("none named"),
            action.what,
            wording.trajectory.named(action.owner),
            wording.say.day(str(used.since or "")),
            until,
            "" if used.days is None else days_in_words(used.days, wording),
        )
    )
