"""What changed in the intervention on the way, row by row."""

from __future__ import annotations

from fii_cli.report.shapes import Row
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.innoveren import Adaptation


def adaptation_rows(trajectory: Trajectory, wording: Wording) -> tuple[Row, ...]:
    """Each adaptation, oldest first, in few columns for a page.

    What, when and where, whether the core is kept and which active ingredients it touches, what kind of
    change it is, who decided, and why.
    """
    return tuple(
        Row((what, _together(when, where), _together(core, touched), kind, decided, why))
        for when, what, where, touched, core, kind, decided, why in adaptation_cells(trajectory, wording)
    )


def adaptation_cells(trajectory: Trajectory, wording: Wording) -> tuple[tuple[str, ...], ...]:
    """Each adaptation, oldest first, with a cell for each thing that can be said of it.

    Date, what, where, active ingredients, whether the core is kept, what kind of change it is and for whom,
    whether it was planned and who decided, and why: first in the team's own words, then in those of FRAME.
    """
    innoveren = trajectory.innoveren
    if innoveren is None:
        return ()
    ingredients = innoveren.method.active_ingredients if innoveren.method else ()
    named = {each.id: each.what for each in reversed(ingredients)}
    made = sorted(innoveren.adaptations, key=lambda each: each.date.first)
    return tuple(_cells(each, named, wording) for each in made)


def _cells(made: Adaptation, named: dict[str, str], wording: Wording) -> tuple[str, ...]:
    words = wording.words
    return (
        wording.day(made.date),
        made.what,
        wording.trajectory.named(made.organisation),
        _together(*(named.get(each, each) for each in made.ingredients)),
        wording.word(made.fidelity),
        _together(words(made.modified), words(made.nature), wording.word(made.level)),
        _together(wording.word(made.planned), words(made.decided_by)),
        " – ".join(filter(None, (made.why, _together(words(made.goals), wording.word(made.cause))))),
    )


def _together(*texts: str | None) -> str:
    return "; ".join(filter(None, texts))
