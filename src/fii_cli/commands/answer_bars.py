"""Counted answers in the terminal: a small bar for each question, what hinders most first."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.analysis.counts import Spread, spread_of
from fii_cli.handbook import Handbook
from fii_cli.handbook.models import Framework
from fii_cli.language import count, labelled
from fii_cli.survey.counted import SideAnswers, side_in_words
from fii_cli.terminal import Terminal
from fii_cli.visible import visible_words

_BAR = 20
_SIGNS = (("-", "red"), ("·", ""), ("+", "green"))
"""The signs and colours of what hinders, what does neither and what helps."""
_NARROW = 76
"""Below this width, a bar has a line of its own."""


def say_bars(terminal: Terminal, sides: Sequence[SideAnswers], asked: Framework, book: Handbook) -> None:
    """Show the counted answers of each side. Groups and items that are too small are not in ``sides``."""
    say = terminal.say
    names = {item.id: labelled(item.id, say.pick(item.name)) for item in asked.items}
    terminal.out("", terminal.wrap(say("what people answered (- hinders, · neutral, + helps):")))
    for side in sides:
        people = say(count(side.responses, "{n} person", "{n} people"))
        terminal.out(terminal.bold(terminal.wrap(f"{say(side_in_words(side.perspective))}, {people}")))
        spreads = [(item, spread_of(book, asked.id, item, counts)) for item, counts in side.counts.items()]
        spreads.sort(key=lambda each: -each[1].percent(each[1].hinders))
        for item, spread in spreads:
            _say_bar(terminal, names.get(item, item), spread)


def _say_bar(terminal: Terminal, name: str, spread: Spread) -> None:
    say = terminal.say
    parts = (spread.hinders, spread.neutral, spread.helps)
    bar = "".join(
        terminal.paint(sign * length, colour)
        for (sign, colour), length in zip(_SIGNS, lengths(parts), strict=True)
    )
    told = f"{spread.hinders}/{spread.neutral}/{spread.helps}"
    if spread.no_answer:
        told += f", {say('no answer')}: {spread.no_answer}"
    bar += " " * (0 if spread.n else _BAR)
    room = terminal.width - _BAR - 26
    shown = visible_words(name)
    if terminal.width < _NARROW or len(shown) > room:
        terminal.out(terminal.wrap(shown, "  "), f"    {bar} {told}")
    else:
        terminal.out(f"  {shown:<{room}} {bar} {told}")


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
