"""Overdue running actions, roadmap tasks and requested decisions, each with its index."""

from __future__ import annotations

from datetime import date

from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.follow_up import Action, RequestedDecision
from fii_cli.trajectory.verkennen import Task


def overdue_actions(trajectory: Trajectory, today: date) -> tuple[tuple[int, Action], ...]:
    """The running actions whose due date has passed, even while the trajectory is at rest."""
    return tuple((at, each) for at, each in enumerate(trajectory.actions) if each.is_overdue(today))


def overdue_tasks(trajectory: Trajectory, today: date) -> tuple[tuple[int, Task], ...]:
    """The undone tasks whose due date has passed, even while the trajectory is at rest."""
    return tuple((at, each) for at, each in enumerate(trajectory.roadmap) if each.is_overdue(today))


def overdue_decisions(trajectory: Trajectory, today: date) -> tuple[tuple[int, RequestedDecision], ...]:
    """The requested decisions without an answer whose due date has passed, even while it is at rest."""
    found = enumerate(trajectory.requested_decisions)
    return tuple((at, each) for at, each in found if each.is_overdue(today))
