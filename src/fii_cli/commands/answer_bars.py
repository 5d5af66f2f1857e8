"""Counted answers in the terminal: a small bar for each question, what hinders most first."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.analysis.counts import Spread, spread_of
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Framework
from fii_cli.language import count, labelled
from fii_cli.survey.counted import SideAnswers, side_in_words
from fii_cli.terminal import Terminal
from fii_cli.terminal.screen import wrapped
from fii_cli.visible import visible_words

_BAR = 20
_SIGNS = (("-", "red"), ("·", ""), ("+", "green"))
"""The signs and colours of what hinders, what does neither and what helps."""
_NARROW = 24
"""With less room for the names, a bar has a line of its own."""


def say_bars(terminal: Terminal, sides: Sequence[SideAnswers], asked: Framework, book: Handbook) -> None:
    """Show the counted answers of each side. Groups and items that are too small are not in ``sides``."""
    say = terminal.say
    names = {item.id: labelled(item.id, say.pick(item.name)) for item in asked.items}
    terminal.out(
        "", terminal.wrap(say("what people answered, and how many (- hinders, · neutral, + helps):"))
    )
    for side in sides:
        people = say(count(side.responses, "{n} person", "{n} people"))
        terminal.out(terminal.bold(terminal.wrap(f"{say(side_in_words(side.perspective))}, {people}")))
        spreads = [(item, spread_of(book, asked.id, item, counts)) for item, counts in side.counts.items()]
        spreads.sort(key=lambda each: -each[1].percent(each[1].hinders))
        told = [(visible_words(names.get(item, item)), *_bar(terminal, spread)) for item, spread in spreads]
        _say_lines(terminal, told)


def _say_lines(terminal: Terminal, told: Sequence[tuple[str, str, str]]) -> None:
    """Show names with their bar and numbers: beside each other, or below if there is no room."""
    numbers = max((len(each[2]) for each in told), default=0)
    room = min(max((len(each[0]) for each in told), default=0), terminal.width - _BAR - numbers - 4)
    for name, bar, number in told:
        if room < _NARROW:
            terminal.out(terminal.wrap(name, "  "), f"    {bar} {number}")
            continue
        first, *rest = wrapped(name, room, "", "  ")
        terminal.out(f"  {first:<{room}} {bar} {number}", *(f"  {line}" for line in rest))


def _bar(terminal: Terminal, spread: Spread) -> tuple[str, str]:
    """A bar and the numbers in it."""
    parts = (spread.hinders, spread.neutral, spread.helps)
    bar = "".join(
        terminal.paint(sign * length, colour)
        for (sign, colour), length in zip(_SIGNS, lengths(parts), strict=True)
    )
    numbers = f"{spread.hinders}/{spread.neutral}/{spread.helps}"
    if spread.no_answer:
        numbers += f", {terminal.say('no answer')}: {spread.no_answer}"
    return bar or " " * _BAR, numbers


def lengths(parts: Sequence[int], whole: int = _BAR) -> list[int]:
    """How long each part of a bar is: together the whole bar, and none that exists is left out."""
    total = sum(parts)
    if not total:
        return [0] * len(parts)
    exact = [part * whole / total for part in parts]
    found = [max(int(each), 1 if each else 0) for each in exact]
    while sum(found) > whole:
        found[max(range(len(parts)), key=lambda at: found[at])] -= 1
    while sum(found) < whole:
        found[max(range(len(parts)), key=lambda at: exact[at] - found[at])] += 1
    return found
