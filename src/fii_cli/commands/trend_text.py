"""A trajectory over time in the terminal: small charts with words, and tables."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.analysis.trend import LightsOn, phases_rated
from fii_cli.handbook import Handbook
from fii_cli.language import count, msg
from fii_cli.report.series import Series, Severities
from fii_cli.report.trend import changing, phase_name, trend_block
from fii_cli.report.trend_page import COMMITTED, DATED, SEVERITY_WORDS, YARDSTICK, in_a_sentence, wording_of
from fii_cli.report.trend_shapes import TrendTable
from fii_cli.report.wording import Wording
from fii_cli.terminal import STYLES, Terminal
from fii_cli.terminal.spark import spark
from fii_cli.words import LIGHTS, SIGNS


def show(series: Series, handbook: Handbook, terminal: Terminal) -> None:
    """Write what the dates in the file tell, and then what git tells."""
    say = terminal.say
    wording = wording_of(series, say)
    terminal.headline(series.trajectory.heading, series.path if series.judged else "")
    block = trend_block(series.trend, handbook, wording)
    if block is None:
        terminal.out("", say("There is nothing with a date to show."))
    else:
        terminal.out("", terminal.wrap(say(DATED)))
        _show_lights(series.trend.lights, handbook, wording, terminal)
        _show_findings([on.severities for on in series.findings], terminal)
        for table in (block.phases, block.lives, block.used):
            _show_table(table, terminal)
    if series.written:
        _show_written(series, handbook, wording, terminal)
    for note in series.notes:
        terminal.note(terminal.dim(terminal.wrap(in_a_sentence(note, say))))


def _show_written(series: Series, handbook: Handbook, wording: Wording, terminal: Terminal) -> None:
    say = terminal.say
    terminal.out("", terminal.wrap(say(COMMITTED)), terminal.wrap(say(YARDSTICK)))
    first, last = series.written[0].day.isoformat(), series.written[-1].day.isoformat()
    commits = count(len(series.written), "{n} commit", "{n} commits")
    terminal.out("", f"{say(commits)}, {first} – {last}")
    _show_lights(series.written_lights, handbook, wording, terminal)
    if series.judged:
        _show_findings([each.severities for each in series.readable if each.severities], terminal)
    for each in series.gaps:
        why = say(msg("not shown: {why}", why=each.gap or ""))
        terminal.out(terminal.wrap(f"{each.day.isoformat()} {each.commit}: {why}", "  "))


def _show_lights(
    lights: Sequence[LightsOn], handbook: Handbook, wording: Wording, terminal: Terminal
) -> None:
    """For each rated phase and each light in it: a small chart, and its first and last number."""
    width = max(len(terminal.word(light)) for light in LIGHTS)
    for phase in phases_rated(lights):
        since = changing(lights, phase)
        first, last = since[0].day.isoformat(), since[-1].day.isoformat()
        name = terminal.bold(phase_name(phase, handbook, wording))
        days = first + (f" – {last}" if last != first else "")
        terminal.out("", terminal.wrap(f"{name}  {days}"))
        top = sum(since[0].phases[phase].values())
        for light in LIGHTS:
            values = [on.phases[phase][light] for on in since]
            if any(values):
                sign = f"{SIGNS[light]} {terminal.word(light):<{width}}"
                _show_row(sign, STYLES[light], values, top, terminal)


def _show_findings(found: Sequence[Severities], terminal: Terminal) -> None:
    say = terminal.say
    shown = {each: values for each in SEVERITY_WORDS if any(values := [on[each] for on in found])}
    if not shown:
        return
    top = max(max(values) for values in shown.values())
    width = max(len(say(SEVERITY_WORDS[each])) for each in shown)
    terminal.out("", terminal.bold(say("Findings")))
    for each, values in shown.items():
        _show_row(f"{say(SEVERITY_WORDS[each]):<{width}}", "", values, top, terminal)


def _show_row(name: str, style: str, values: Sequence[int], top: int, terminal: Terminal) -> None:
    """Numbers as a small chart, and in words; below it where both do not fit beside each other."""
    shown = terminal.paint(name, style) if style else name
    room = max(terminal.width - len(name) - 4, 4)
    chart = spark(values, top) if terminal.signs and len(values) > 1 else ""
    words = _in_words(values, terminal)
    beside = f"{chart}  {words}" if chart else words
    if len(beside) <= room:
        terminal.out(f"  {shown}  {beside}")
    else:
        terminal.out(f"  {shown}  {chart}".rstrip(), terminal.wrap(words, "    "))


def _in_words(values: Sequence[int], terminal: Terminal) -> str:
    """The first and the last of the numbers, and the highest if that is higher."""
    if len({*values}) == 1:
        return str(values[0])
    words = terminal.say("{first} at first, {last} at last", first=values[0], last=values[-1])
    highest = max(values)
    if highest > max(values[0], values[-1]):
        words += ", " + terminal.say("at most {n}", n=highest)
    return words


def _show_table(table: TrendTable | None, terminal: Terminal) -> None:
    if table:
        terminal.out("", terminal.bold(terminal.wrap(table.title)))
        if table.note:
            terminal.out(terminal.dim(terminal.wrap(table.note)))
        terminal.table(table.heads, [row.cells for row in table.rows])
