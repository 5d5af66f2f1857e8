"""Ratings of retired items that became no other item, or several, for ``fii score``."""

from __future__ import annotations

from collections.abc import Sequence

from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.in_words import retired_in_words
from fii_cli.analysis.renewed import RetiredRating
from fii_cli.commands.say import said_by
from fii_cli.handbook import Handbook
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory


def show_retired(
    terminal: Terminal,
    trajectory: Trajectory,
    ratings: Sequence[RetiredRating],
    book: Handbook,
    thresholds: Thresholds,
) -> None:
    """Show each rating with its source, and what its item became; nothing if there are none."""
    say = terminal.say
    if ratings:
        terminal.out("", terminal.bold(say("Retired items, which count nowhere")))
    for each in ratings:
        rating, made = retired_in_words(each, book, thresholds, say), each.made
        about = None if made.of_lights else made.about
        source = said_by(terminal, trajectory, made.date.text, made.by, made.perspective, about)
        became = say("became {ids}", ids=", ".join(each.became) or say("no other item"))
        line = f"{each.item.id}  {say.pick(each.item.name)}: {rating} ({source}); {became}"
        terminal.out(terminal.wrap(line, "  ", "  "))


def retired_records(ratings: Sequence[RetiredRating]) -> list[dict[str, object]]:
    """The same for JSON; ``value`` is ``None`` if survey answers were counted."""
    return [
        {
            "item": each.item.id,
            "value": each.value or None,
            "date": each.made.date.text,
            "perspective": each.made.perspective,
            "became": list(each.became),
        }
        for each in ratings
    ]
