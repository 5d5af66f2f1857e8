"""What was merged and what was not, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fii_cli.changes.conflict import Conflict
from fii_cli.changes.facts import At, Change, Place
from fii_cli.edits.written import written
from fii_cli.language import Message, msg
from fii_cli.terminal import Terminal
from fii_cli.yaml.emit import flow

_LONGEST = 70


def place_in_words(place: Place) -> str:
    """A place such as ``actions[bellen].status``: records by what tells them apart."""
    words = ""
    for step in place:
        if isinstance(step, At):
            words += f"[{_short(' '.join(str(value) for value in step.key if value is not None), 40)}]"
        else:
            words += f".{step}" if words else step
    return words


def _short(text: str, most: int = _LONGEST) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def change_in_words(change: Change, terminal: Terminal) -> str:
    """What a side changed, on one line."""
    before, after = (
        None if each is None else _short(flow(written(each))) for each in (change.before, change.after)
    )
    if before is None:
        return terminal.say("adds {value}", value=after)
    if after is None:
        return terminal.say("removes {value}", value=before)
    return f"{before} → {after}"


def reason_in_words(conflict: Conflict) -> Message:
    """Why two changes cannot both be made."""
    if conflict.because is not None:
        return msg("each side is valid, but together: {why}", why=conflict.because.message)
    return {
        "value": msg("both sides changed this"),
        "removed": msg("one side removed what the other changed"),
        "double": msg("both sides changed records with the same key"),
        "order": msg("the last one counts, and each side has a different last one"),
        "together": msg("each side is valid, but not together"),
    }[conflict.reason]


def conflict_lines(conflict: Conflict, terminal: Terminal, ours: str, theirs: str) -> Iterator[str]:
    """A conflict: what it is about, why, and what each side changed."""
    yield f"{terminal.bold(place_in_words(conflict.place))}: {terminal.say(reason_in_words(conflict))}"
    several = len({each.place for each in (*conflict.ours, *conflict.theirs)}) > 1
    for name, changes in ((ours, conflict.ours), (theirs, conflict.theirs)):
        for each in changes:
            place = f"{place_in_words(each.place)}: " if several else ""
            yield f"  {name}: {place}{change_in_words(each, terminal)}"


def change_line(change: Change, terminal: Terminal) -> str:
    """A change that was made: where, and from what to what."""
    sign, colour = (
        ("+", "green") if change.before is None else ("-", "red") if change.after is None else ("~", "")
    )
    values = [_short(flow(written(each))) for each in (change.before, change.after) if each is not None]
    return terminal.paint(f"{sign} {place_in_words(change.place)}: {' → '.join(values)}", colour)


def conflicts_as_data(conflicts: Sequence[tuple[Conflict, str]]) -> list[dict[str, Any]]:
    """Conflicts with what was done about each, for JSON."""
    return [
        {
            "reason": conflict.reason,
            "code": conflict.because.code if conflict.because else None,
            "kept": kept,
            "ours": changes_as_data(conflict.ours),
            "theirs": changes_as_data(conflict.theirs),
        }
        for conflict, kept in conflicts
    ]


def changes_as_data(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Changes for JSON: records of a list by the values of their key."""
    return [
        {
            "place": [_step(step) for step in each.place],
            "before": None if each.before is None else written(each.before),
            "after": None if each.after is None else written(each.after),
        }
        for each in changes
    ]


def _step(step: str | At) -> Any:
    if isinstance(step, At):
        return [None if value is None else str(value) for value in step.key]
    return step
