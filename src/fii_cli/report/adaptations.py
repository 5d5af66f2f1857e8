"""What changed in the intervention on the way, row by row."""

from __future__ import annotations

from fii_cli.report.shapes import Row
from fii_cli.report.wording import Wording
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.innoveren import Adaptation


def adaptation_rows(trajectory: Trajectory, wording: Wording) -> tuple[Row, ...]:
    """Each adaptation, oldest first.

    Date, what, where, active ingredients, whether the core is kept, what kind of change it is and for whom,
    whether it was planned and who decided, and why.
    """
    innoveren = trajectory.innoveren
    if innoveren is None:
        return ()
    ingredients = innoveren.method.active_ingredients if innoveren.method else ()
    named = {each.id: each.what for each in reversed(ingredients)}
    made = sorted(innoveren.adaptations, key=lambda each: each.date.first)
    return tuple(Row(_cells(each, named, wording)) for each in made)


def _cells(made: Adaptation, named: dict[str, str], wording: Wording) -> tuple[str, ...]:
    words = wording.words
    kind = "; ".join(filter(None, (words(made.modified), words(made.nature), wording.word(made.level))))
    decided = "; ".join(filter(None, (wording.word(made.planned), words(made.decided_by))))
    why = "; ".join(filter(None, (made.why, words(made.goals), wording.word(made.cause))))
    return (
        wording.day(made.date),
        made.what,
        wording.trajectory.named(made.organisation),
        "; ".join(named.get(each, each) for each in made.ingredients),
        wording.word(made.fidelity),
        kind,
        decided,
        why,
    )
