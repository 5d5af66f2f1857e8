"""Ratings as they are: one in words, and all on one instrument for ``fii score --instrument``."""

from __future__ import annotations

from datetime import date

from fii_cli.assessing import ratings_on
from fii_cli.commands.shared import say_json
from fii_cli.handbook.models import Framework, Scale
from fii_cli.language import labelled
from fii_cli.standing import RatedBy
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory


def shown_rating(terminal: Terminal, value: str, scale: Scale | None) -> str:
    """A rating in words: a light with its sign, another value with its name."""
    if scale is None:
        return terminal.light(value)
    name = next((each.name for each in scale.values if each.id == value), None)
    return labelled(value, terminal.say.pick(name)) if name else value


def show_ratings(
    terminal: Terminal, trajectory: Trajectory, instrument: Framework, today: date, *, as_json: bool
) -> None:
    """Group by group, every rating with who gave it, from which side and when; nothing is averaged."""
    rated = ratings_on(trajectory, instrument.id, today)
    if as_json:
        say_json(terminal, _record(trajectory, instrument, rated))
        return
    say = terminal.say
    title = " ".join(trajectory.title.split())
    terminal.out(f"{terminal.bold(title)}  {terminal.dim(say.pick(instrument.name))}")
    items = [item for group in instrument.groups for item in group.items]
    width = max(len(item.id) for item in items)
    for group in instrument.groups:
        known = sum(item.id in rated for item in group.items)
        count = say("{n} of {all} rated", n=known, all=len(group.items))
        head = labelled(group.id, say.pick(group.name))
        terminal.out(f"\n{terminal.bold(head)}  {terminal.dim(count)}")
        for item in group.items:
            for position, rating in enumerate(rated.get(item.id, ())):
                name = f"{item.id:<{width}}  {say.pick(item.name)}" if not position else " " * width
                value = shown_rating(terminal, rating.value, instrument.scale)
                line = f"{name}{': ' if not position else '  '}{value}{_told(terminal, trajectory, rating)}"
                terminal.out(terminal.wrap(line, "  ").replace("\n  ", "\n    "))
    differ = [item.id for item in items if len({each.value for each in rated.get(item.id, ())}) > 1]
    if differ:
        terminal.out(f"\n{terminal.bold(say('Where sides differ'))}")
        terminal.out(terminal.wrap(", ".join(differ), "  "))
    total = say("{n} of {all} rated", n=sum(item.id in rated for item in items), all=len(items))
    caution = say("A judgement is shown as it was given, and never averaged.")
    terminal.out("\n" + terminal.dim(terminal.wrap(f"{total}. {caution}")))


def _told(terminal: Terminal, trajectory: Trajectory, rating: RatedBy) -> str:
    side = terminal.word(rating.perspective) if rating.perspective else ""
    about = trajectory.named(rating.about) if rating.about else ""
    told = ", ".join(filter(None, (rating.date.text, rating.by, side, about)))
    return f" ({told})" + (f" – {rating.note}" if rating.note else "")


def _record(
    trajectory: Trajectory, instrument: Framework, rated: dict[str, tuple[RatedBy, ...]]
) -> dict[str, object]:
    return {
        "version": 1,
        "title": trajectory.title,
        "instrument": instrument.id,
        "groups": [
            {
                "id": group.id,
                "items": len(group.items),
                "rated": sum(item.id in rated for item in group.items),
                "ratings": [
                    {
                        "item": item.id,
                        "value": each.value,
                        "date": each.date.text,
                        "by": each.by,
                        "perspective": each.perspective,
                        "about": each.about,
                        "note": each.note,
                        "evidence": each.evidence,
                    }
                    for item in group.items
                    for each in rated.get(item.id, ())
                ],
            }
            for group in instrument.groups
        ],
    }
