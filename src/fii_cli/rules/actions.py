"""Actions: somebody owns them, and they are done in time."""

from __future__ import annotations

from collections.abc import Iterator

from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.trajectory import Trajectory


@rule("FII701", Severity.ADVICE, "actions")
def action_without_owner(trajectory: Trajectory, _circumstances: Circumstances) -> Iterator[Finding]:
    for index, action in enumerate(trajectory.actions):
        if action.status in ("open", "bezig") and not action.owner:
            yield Finding(
                ("actions", index),
                msg("the action {id} has no owner", id=action.id),
                msg("agree on who sees to it: fii set FILE actions.{id}.owner ID", id=action.id),
                label=msg("what nobody owns is not done (5b)"),
                about=action.id,
            )


@rule("FII702", Severity.ADVICE, "actions", "visits")
def action_overdue(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    if trajectory.at_rest:
        return
    for index, action in enumerate(trajectory.actions):
        late = action.due and action.due.before(circumstances.today)
        if action.status in ("open", "bezig") and action.due and late:
            yield Finding(
                ("actions", index),
                msg("the action {id} should have been done on {date}", id=action.id, date=action.due.text),
                msg("note how it stands under status, or agree on another date"),
                label=msg("{days} days ago", days=action.due.days_before(circumstances.today)),
                about=action.id,
            )
