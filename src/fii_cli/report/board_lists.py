"""What changed and what was agreed, on the page for the board: the most pressing."""

from __future__ import annotations

from dataclasses import replace

from fii_cli.analysis.standing import Standing
from fii_cli.language import count
from fii_cli.report.board_room import agreed_lines, fact_lines, fitting, light_lines
from fii_cli.report.board_shapes import Agreed
from fii_cli.report.lateness import capital, due_in_words, in_short
from fii_cli.report.shapes import LightMoved, Since
from fii_cli.report.wording import Wording
from fii_cli.trajectory.dates import Date

_MOST_LIGHTS, _MOST_NEWS = 5, 7
_LEAST_AGREEMENTS, _MOST_AGREEMENTS = 3, 5
_FIRST_LIGHTS, _FIRST_FACTS = 3, 2
"""How many lights and facts come first, if there is no room for more."""


def changes_in(
    since: Since | None, room: float, wording: Wording
) -> tuple[tuple[LightMoved, ...], tuple[str, ...], str]:
    """The lights and the facts for which there is room, bad news first, and how many more there are."""
    if since is None:
        return (), (), ""
    lights = [
        replace(each, name=in_short(each.name, 55), remark=in_short(each.remark, 60)) for each in since.lights
    ]
    facts = [in_short(each.text, 90) for each in since.facts]
    heights: list[tuple[bool, float]] = [(True, light_lines(each)) for each in lights[:_FIRST_LIGHTS]]
    heights += [(False, fact_lines(each)) for each in facts[:_FIRST_FACTS]]
    heights += [(True, light_lines(each)) for each in lights[_FIRST_LIGHTS:_MOST_LIGHTS]]
    heights += [(False, fact_lines(each)) for each in facts[_FIRST_FACTS:]]
    heights = heights[:_MOST_NEWS]
    kinds = [is_light for is_light, _ in heights[: fitting((height for _, height in heights), room)]]
    shown, told = lights[: kinds.count(True)], facts[: kinds.count(False)]
    left = len(lights) - len(shown) + len(facts) - len(told)
    return tuple(shown), tuple(told), _more(left, wording)


def agreed_in(
    standing: Standing, room: float, wording: Wording, share: float = 1
) -> tuple[tuple[Agreed, ...], str]:
    """The running actions and the tasks that are not done, for which there is room, and how many more.

    What is late comes first, then what is due first.
    """
    found: list[tuple[str, str | None, Date | None]] = [
        (action.what, action.owner, action.due) for action in standing.running
    ]
    found += [(task.what, task.by, task.due) for task in standing.roadmap if not task.done]
    found.sort(key=lambda each: (each[2] is None, each[2].last.toordinal() if each[2] else 0))
    rows = []
    for what, by, due in found:
        told, note, late = due_in_words(due, standing.today, wording)
        who = wording.who(by, standing.today) if by else wording.say("nobody yet")
        short, owner = in_short(what, round(60 * share)), in_short(who, round(35 * share))
        rows.append(Agreed(capital(short), owner, told or wording.say("no date"), note, late))
    shown = rows[: fitting(map(agreed_lines, rows[:_MOST_AGREEMENTS]), room, _LEAST_AGREEMENTS)]
    return tuple(shown), _more(len(rows) - len(shown), wording)


def _more(left: int, wording: Wording) -> str:
    """How many more there are, or nothing."""
    return (
        wording.say(count(left, "and {n} more, in the annex", "and {n} more, in the annex")) if left else ""
    )
