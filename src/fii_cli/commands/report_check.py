"""``fii report --check``: whether an existing report is up to date, and if not, what changed."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from fii_cli.editions.marks import Made, is_edited, made_as
from fii_cli.exit_codes import FOUND, OK
from fii_cli.language import Message, msg
from fii_cli.project.report_day import ReportDay
from fii_cli.terminal import Terminal
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.known import known_on
from fii_cli.words import Audience


def compare(
    terminal: Terminal,
    file: str,
    target: str,
    page: str | bytes,
    there: bytes | None,
    edition: Audience,
    *,
    rolled_out: bool = False,
) -> int:
    """Report whether the existing report is up to date, and if not, why; the exit code.

    Line endings are ignored, since git may have changed them. ``rolled_out`` is whether it also shows the
    trajectories of a programme, which may have changed.
    """
    say = terminal.say
    made = page.encode() if isinstance(page, str) else page
    if there is None:
        terminal.out(say("{path} does not exist", path=target))
    elif there.replace(b"\r\n", b"\n") == made.replace(b"\r\n", b"\n"):
        terminal.out(say("{path} is up to date", path=target))
        return OK
    else:
        why = "; ".join(say(each) for each in _changes(there, made, rolled_out=rolled_out))
        terminal.out(say("{path} is out of date: {why}", path=target, why=why))
    words = ["fii", "report", file, "--output", target]
    words += ["--audience", edition] if edition != "team" else []
    terminal.note(f"  = {say('help')}: {shlex.join(words)}")
    return FOUND


def day_compared(made: Made, dated: ReportDay, trajectory: Trajectory, *, asked: bool) -> ReportDay:
    """The day on which an existing report is compared with its file; ``dated`` is that of a new report.

    It is the report's own day, so that a report does not go out of date by itself; unless another day was
    ``asked``, or something became known since.
    """
    own = ReportDay(made.day, made.day_from)
    if asked:
        return own if made.day == dated.day else dated
    if made.day_from == "chosen":
        return own
    then, now = known_on(trajectory, made.day), known_on(trajectory, dated.day)
    return own if then.trajectory == now.trajectory else dated


def _changes(there: bytes, now: bytes, *, rolled_out: bool) -> Iterator[Message]:
    """What differs between an existing report and the one that fii makes now."""
    old, new = made_as(there), made_as(now)
    assert old
    assert new
    found = list(_differences(old, new))
    if is_edited(there, old):
        found.append(msg("the page was edited by hand"))
    if rolled_out:
        rest = msg("a trajectory of the roll-out, the settings, the house style or the evidence changed")
    else:
        rest = msg("the settings, the house style or the evidence changed")
    yield from found or [rest]


def _differences(old: Made, new: Made) -> Iterator[Message]:
    if old.audience != new.audience:
        yield msg("it is the {there} edition, not {asked}", there=old.audience, asked=new.audience)
    if old.day != new.day:
        yield msg("it is dated {there}, not {asked}", there=old.day.isoformat(), asked=new.day.isoformat())
    if old.yardstick is None or new.yardstick is None:
        yield msg("it was made by an earlier version of fii")
        return
    if old.yardstick.version != new.yardstick.version:
        yield msg("it was made by fii {version}", version=old.yardstick.version)
    if old.yardstick.handbook != new.yardstick.handbook:
        yield msg("the handbook changed")
    comparable = (old.day, old.audience) == (new.day, new.audience)
    if comparable and old.yardstick.facts != new.yardstick.facts:
        yield msg("the file changed")
