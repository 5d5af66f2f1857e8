"""What changed between two versions, in words: conclusions first, then facts, then wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fii_cli.analysis.standing import STATE_WORDS, State
from fii_cli.changes.conclusions import Concluded, Subject, stayed
from fii_cli.changes.facts import At, Change, Place
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import named, short_name_of, strategy_name
from fii_cli.language import N_, Code, Language
from fii_cli.report.shapes import Line, Sign
from fii_cli.report.wording import Wording, is_free_text
from fii_cli.trajectory.base import Rating, Record
from fii_cli.trajectory.labels import part_label
from fii_cli.words import PHASES, STOPLICHT

_HEADINGS = ("name", "what", "question", "role", "text")
"""The keys that name a record for its readers: the first one that it has."""
SUBJECTS: dict[Subject, str] = {
    "phase": N_("Phases"),
    "light": N_("Lights"),
    "barrier": N_("What hinders"),
    "finding": N_("Findings"),
    "readiness": N_("Green of the items that apply"),
    "strategy": N_("Strategies to consider"),
    "order": N_("Order of the strategies to consider"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its changes."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What changed, in parts: the conclusions, the facts, and what is only worded otherwise."""

    conclusions: tuple[Part, ...]
    facts: tuple[Line, ...]
    wording: tuple[Line, ...]

    @property
    def count(self) -> int:
        return sum(len(part.lines) for part in self.conclusions) + len(self.facts) + len(self.wording)


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file on a page: its parts, or in ``gap`` why they cannot be told."""

    title: str
    path: str
    gap: str
    parts: tuple[Part, ...]
    layout: bool


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A comparison as a page; ``signs`` and ``words`` tell what came, went and changed."""

    language: Code
    versions: str
    files: tuple[ChangedFile, ...]
    signs: Mapping[Sign, str]
    words: Mapping[Sign, str]


def told(
    concluded: tuple[Concluded, ...],
    facts: tuple[Change, ...],
    before: Wording,
    after: Wording,
    handbook: Handbook,
) -> Told:
    """The changes in words; each value is named as in the version that it comes from."""
    parts = []
    for subject, heading in SUBJECTS.items():
        lines = tuple(
            _concluded(each, before, after, handbook) for each in concluded if each.subject == subject
        )
        if lines:
            parts.append(Part(after.say(heading), lines))
    lists: _Lists = {}
    lines_of = [(_is_wording(each), _fact(each, before, after, handbook, lists)) for each in facts]
    return Told(
        tuple(parts),
        tuple(line for wording, line in lines_of if not wording),
        tuple(line for wording, line in lines_of if wording),
    )


# --- conclusions --------------------------------------------------------------------------------------------


def _concluded(each: Concluded, before: Wording, after: Wording, handbook: Handbook) -> Line:
    say = after.say
    sign: Sign = "+" if each.before is None else "-" if each.after is None else "~"
    if each.subject == "phase":
        phase = after.word(each.about)
        return Line("~", f"{PHASES.index(each.about) + 1} {phase}: {_state(each, after)}")
    if each.subject == "light":
        name = after.name_of(f"{STOPLICHT}/{each.about}", handbook)
        return Line(sign, f"{_id(each.about, after)}{name}: {_arrow(each.before, each.after, after)}")
    if each.subject == "barrier":
        name = short_name_of(each.about, handbook, say) if after.outside else named(each.about, handbook, say)
        return Line(sign, f"{name or after.name_of(each.about, handbook)}{_strength(each, after)}")
    if each.subject == "finding":
        remark = each.after or each.before
        return Line(sign, f"{remark.code} {say(remark.message)}")
    if each.subject == "readiness":
        changed = _readiness(each, say)
        return Line("~", f"{PHASES.index(each.about) + 1} {after.word(each.about)}: {changed}")
    if each.subject == "order":
        return Line("~", _order(each.before, each.after, handbook, say))
    return Line(sign, strategy_name(each.about, handbook, say) or each.about)


def _readiness(each: Concluded, say: Language) -> str:
    """How many items are green; how many are rated, if only that changed."""
    (green, _, all_), (green_now, _, all_now) = each.before, each.after
    if (green, all_) != (green_now, all_now):
        told = [say("{green} of {all}", green=one[0], all=one[2]) for one in (each.before, each.after)]
    else:
        told = [say("{n} of {all} rated", n=one[1], all=one[2]) for one in (each.before, each.after)]
    return " → ".join(told)


def _order(before: Sequence[str], after: Sequence[str], handbook: Handbook, say: Language) -> str:
    """Which strategy moved up if it is one, or else the order as it is now."""

    def name(id_: str) -> str:
        return strategy_name(id_, handbook, say) or id_

    old, new = stayed(before, after), stayed(after, before)
    for at, id_ in enumerate(new):
        left = [[each for each in order if each != id_] for order in (old, new)]
        if left[0] == left[1] and at < old.index(id_):
            return say("{name} now comes before {other}", name=name(id_), other=name(new[at + 1]))
    return say("now {names}", names=", ".join(map(name, after)))


def _id(item: str, wording: Wording) -> str:
    return "" if wording.outside else f"{item} "


def _state(each: Concluded, wording: Wording) -> str:
    states: list[State] = [each.before, each.after]
    return " → ".join(wording.say(STATE_WORDS[state]) for state in states)


def _strength(each: Concluded, wording: Wording) -> str:
    words = {1: wording.say("in part"), 2: wording.say("strongly")}
    if each.before is None:
        return f" ({words[each.after]})"
    return "" if each.after is None else f": {words[each.before]} → {words[each.after]}"


def _arrow(before: str | None, after: str | None, wording: Wording) -> str:
    return " → ".join(wording.word(light) if light else "–" for light in (before, after))


# --- facts --------------------------------------------------------------------------------------------------


def _is_wording(change: Change) -> bool:
    """Whether a change is only in how something that stays is worded."""
    if not (isinstance(change.before, str) and isinstance(change.after, str)):
        return False
    key = change.place[-1]
    return isinstance(key, str) and is_free_text(change.record, key)


_Lists = dict[int, dict[tuple[Any, ...], list[Record]]]
"""The records of each list by their key; by the ``id()`` of the list, which a trajectory holds on to."""


def _fact(change: Change, before: Wording, after: Wording, handbook: Handbook, lists: _Lists) -> Line:
    where = " · ".join(_steps(change.place, before, after, handbook, lists))
    old, new = (
        _value(value, change, wording) for value, wording in ((change.before, before), (change.after, after))
    )
    if change.before is None:
        return Line("+", f"{where}: {new}" if new else where)
    if change.after is None:
        return Line("-", f"{where}: {old}" if old else where)
    return Line("~", f"{where}: {old} → {new}")


def _steps(place: Place, before: Wording, after: Wording, handbook: Handbook, lists: _Lists) -> Iterator[str]:
    """The way to a fact in words: what kind of thing it is in, and which one."""
    here: tuple[Any, Any] = (before.trajectory, after.trajectory)
    waiting = ""
    for step in place:
        old, new = (_step_into(value, step, lists) for value in here)
        if isinstance(step, At):
            record = new if new is not None else old
            name = heading_of(record, after if new is not None else before)
            yield f"{waiting} {name}".strip() if name else waiting
            waiting = ""
        else:
            if waiting:
                yield waiting
            waiting = _named(step, here, after, handbook)
        here = (old, new)
    if waiting:
        yield waiting


def _named(step: str, here: tuple[Any, Any], wording: Wording, handbook: Handbook) -> str:
    """A key in words, or the short name of a rated item."""
    inside = next((each for each in here if each is not None), None)
    if isinstance(inside, Mapping):
        instrument = _instrument_of(step, wording, handbook)
        return f"{_id(step, wording)}{instrument}".strip()
    return wording.say(part_label(step))


def _instrument_of(item: str, wording: Wording, handbook: Handbook) -> str:
    for instrument in (STOPLICHT, *(each.id for each in handbook.instruments)):
        if name := wording.name_of(f"{instrument}/{item}", handbook):
            return name
    return item


def _step_into(here: Any, step: str | At, lists: _Lists) -> Any:
    if here is None:
        return None
    if isinstance(step, At):
        if id(here) not in lists:
            by_key: dict[tuple[Any, ...], list[Record]] = {}
            for each in here:
                by_key.setdefault(tuple(getattr(each, name) for name in type(each).KEY), []).append(each)
            lists[id(here)] = by_key
        same = lists[id(here)].get(step.key, [])
        return same[step.number] if step.number < len(same) else None
    return here.get(step) if isinstance(here, Mapping) else getattr(here, step, None)


def heading_of(record: Record, wording: Wording) -> str:
    """What a record is called: its name, or the values that tell it apart."""
    kind = type(record)
    for name in _HEADINGS:
        if name in kind.model_fields and getattr(record, name):
            return str(getattr(record, name))
    parts = [wording.text_of(kind, name, getattr(record, name)) for name in kind.KEY]
    return ", ".join(part for part in parts if part)


def _value(value: Any, change: Change, wording: Wording) -> str:
    if value is None:
        return ""
    if isinstance(value, Record):
        listed = isinstance(change.place[-1], At)
        return _on_one_line(value, wording, _told_by_heading(value) if listed else ())
    if isinstance(value, Mapping):
        return ", ".join(f"{each} {n}×" for each, n in value.items())
    key = change.place[-1]
    return wording.text_of(change.record, key, value) if isinstance(key, str) else str(value)


def _told_by_heading(record: Record) -> tuple[str, ...]:
    """The keys of a record that its heading already tells."""
    kind = type(record)
    name = next((each for each in _HEADINGS if each in kind.model_fields and getattr(record, each)), None)
    return ("id", name) if name else kind.KEY


def _on_one_line(record: Record, wording: Wording, without: tuple[str, ...] = ()) -> str:
    """What a record says on one line, without some of its keys."""
    parts = []
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if name in without or value is None or value == info.get_default(call_default_factory=True):
            continue
        if isinstance(record, Rating) and name == "value":
            parts.append(wording.word(value))
            continue
        parts.append(f"{wording.say(part_label(name)).lower()}: {_inner(value, type(record), name, wording)}")
    return "; ".join(parts)


def _inner(value: Any, kind: type[Record], name: str, wording: Wording) -> str:
    if isinstance(value, Record):
        return f"({_on_one_line(value, wording)})"
    if isinstance(value, tuple):
        return ", ".join(_inner(each, kind, name, wording) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{item} {_inner(each, kind, name, wording)}" for item, each in value.items())
    return wording.text_of(kind, name, value)
