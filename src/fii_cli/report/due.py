"""What has a date, in words for its readers: what, who, when, and how late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fii_cli.analysis.due import Due, DueKind
from fii_cli.analysis.succession import who
from fii_cli.handbook import Handbook
from fii_cli.language import N_, Language
from fii_cli.report.lateness import how_late
from fii_cli.trajectory import Trajectory

KIND_WORDS: dict[DueKind, str] = {
    "decision": N_("requested decision"),
    "action": N_("action"),
    "task": N_("task"),
    "adjustment": N_("adjustment"),
    "contact": N_("contact"),
    "lights": N_("lights"),
    "accepted": N_("accepted finding"),
    "kick-off": N_("kick-off"),
    "start": N_("start"),
}


@dataclass(frozen=True, slots=True)
class DueLine:
    """Something with a date, as a reader sees it; ``late`` is empty, or how late it is.

    ``place`` is the path of the file from the root of its repository, and never shown; ``path`` may be.
    """

    due: Due
    place: str
    path: str
    title: str
    what: str
    who: str
    when: str
    late: str


def due_line(
    due: Due,
    place: str,
    path: str,
    trajectory: Trajectory,
    handbook: Handbook,
    today: date,
    say: Language,
) -> DueLine:
    """A line for something with a date; people are named by their role."""
    return DueLine(
        due,
        place,
        path,
        trajectory.heading,
        due_in_words(due, trajectory, handbook, say),
        "" if due.kind == "accepted" else _who(due, trajectory, today, say),
        say.day(due.day.text),
        say(how_late(due.day.days_before(today))) if due.late else "",
    )


def _who(due: Due, trajectory: Trajectory, today: date, say: Language) -> str:
    told = who(trajectory, due.who, today)
    return told if isinstance(told, str) else say(told)


def due_in_words(due: Due, trajectory: Trajectory, handbook: Handbook, say: Language) -> str:
    """What is due, on one line."""
    if due.kind in ("contact", "lights", "accepted"):
        return _about(due, trajectory, handbook, say)
    return to_do_in_words(due, say)


def to_do_in_words(due: Due, say: Language) -> str:
    """What somebody has to do, on one line."""
    if due.kind == "kick-off":
        return say("formal kick-off")
    if due.kind == "start":
        return say("start of the trajectory")
    return " ".join(due.what.split())


def _about(due: Due, trajectory: Trajectory, handbook: Handbook, say: Language) -> str:
    """What is due, for kinds that are about somebody or something else by its id."""
    if due.kind == "contact":
        return say("contact with {person}", person=trajectory.named(due.what))
    if due.kind == "lights":
        phase = next(each for each in handbook.phases if each.id == due.what)
        return say("look at the lights of {phase} again", phase=say.pick(phase.name))
    about = f" ({trajectory.named(due.who)})" if due.who else ""
    return say("the accepted finding {code} returns", code=due.what) + about
