"""Values of a trajectory as text for its readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin

from fii_cli.analysis.evidence import is_url
from fii_cli.analysis.standing import ItemStanding
from fii_cli.analysis.succession import who
from fii_cli.frozen import Key
from fii_cli.handbook import Handbook
from fii_cli.handbook.names import short_name_of
from fii_cli.language import Language, count
from fii_cli.report.model import Fact, ItemRow
from fii_cli.report.shapes import LightShown
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REFERS_TO, Record
from fii_cli.trajectory.dates import Date
from fii_cli.trajectory.follow_up import Action
from fii_cli.trajectory.labels import FIELD_LABELS
from fii_cli.words import STOPLICHT, Light, label

_HEADINGS = ("organisation", "person", "what", "date", "id")
"""The keys that can be the heading of a list entry: the first one that it has."""
_MOST_NAMED = 2
"""The number of organisations to name in a sentence."""
_SELF_EVIDENT = ("date", "text", "what", "value")
"""Keys that are clear without a label."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Turns values of a trajectory into text for its readers; ``found`` is the evidence that exists.

    Readers ``outside`` the team and its steering group get names, and no ids of fii's own.
    """

    trajectory: Trajectory
    say: Language
    found: frozenset[str] = frozenset()
    outside: bool = False

    def word(self, value: str | None) -> str:
        """The label of an enumerated value, such as a role or a status; empty for ``None``."""
        return self.say(label(value)) if value else ""

    def words(self, values: tuple[str, ...]) -> str:
        """The labels of enumerated values, separated by commas."""
        return ", ".join(self.word(value) for value in values)

    def day(self, day: Date | None) -> str:
        """A date for readers, as precise as it is known; empty for ``None``."""
        return self.say.day(day.text) if day else ""

    def light(self, light: Light) -> LightShown:
        return LightShown(light, self.word(light))

    def facts(self, record: Record, *, without: str = "") -> tuple[Fact, ...]:
        """The facts of a record, key by key, without empty keys and its id."""
        facts = []
        for name, info in type(record).model_fields.items():
            value = getattr(record, name)
            is_empty = value is None or value == ()
            if not is_empty and name not in ("id", without):
                facts.append(self._fact(self.say(FIELD_LABELS[name]), value, info))
        return tuple(facts)

    def entry(self, item: Record) -> Fact:
        """A list entry: its subject as the heading, with the rest as nested facts."""
        for name in _HEADINGS:
            value = getattr(item, name, None)
            if value is not None:
                heading = self._text(value, type(item).model_fields[name])
                return Fact(heading, inner=self.facts(item, without=name))
        return Fact("", inner=self.facts(item))

    def _fact(self, name: str, value: Any, info: Key) -> Fact:
        if isinstance(value, Record):
            return self._on_one_line(Fact(name, inner=self.facts(value)), value)
        if not isinstance(value, tuple):
            return Fact(name, self._text(value, info))
        if isinstance(value[0], Record):
            entries = [self._on_one_line(self.entry(item), item) for item in value]
            return Fact(name, inner=tuple(entries))
        return Fact(name, ", ".join(self._text(each, info) for each in value))

    def _on_one_line(self, fact: Fact, record: Record) -> Fact:
        """A nested record on one line, if it contains no deeper facts."""
        if any(inner.inner for inner in fact.inner):
            return fact
        known = [name for name in _SELF_EVIDENT if name in type(record).model_fields]
        without_label = [self.say(FIELD_LABELS[name]) for name in known]
        parts = []
        for inner in fact.inner:
            label_before = "" if inner.label in without_label else f"{inner.label.lower()}: "
            parts.append(f"{label_before}{inner.text}")
        return Fact(fact.label, "; ".join(parts))

    def text_of(self, record: type[Record], key: str, value: object) -> str:
        """The value of a key as text; empty for ``None``."""
        info = record.model_fields.get(key)
        return "" if value is None else self._text(value, info) if info else str(value)

    def _text(self, value: object, info: Key) -> str:
        """A value as text: the name for an id, the label of an enumerated value, or the text itself."""
        if isinstance(value, float):
            return f"{value:g}"
        if isinstance(value, Date):
            return self.day(value)
        if not isinstance(value, str):
            return str(value)
        if _refers(info):
            return self.trajectory.named(value)
        if _is_closed(info.annotation):
            return self.word(value)
        return value

    def evidence(self, evidence: str) -> str:
        """Evidence as text, with a remark if it was not found. A URL is for the reader to open."""
        if is_url(evidence) or evidence in self.found:
            return evidence
        return self.say("{evidence} (not found)", evidence=evidence)

    def barriers(self, places: Iterable[str], handbook: Handbook) -> str:
        """The barriers that an action addresses: their places, or their names for readers outside."""
        names = [self.name_of(place, handbook) if self.outside else place for place in places]
        return "; ".join(names) if self.outside else ", ".join(names)

    def name_of(self, place: str, handbook: Handbook) -> str:
        """The short name of an item, such as ``stoplicht/2c.overleg``, or the team's own question."""
        item = place.removeprefix(f"{STOPLICHT}/")
        own = next((each.question for each in self.trajectory.checklist if each.id == item), "")
        return own or short_name_of(place, handbook, self.say)

    def where(self, item: ItemStanding) -> str:
        """In brackets, at which organisations an item has its light, if lights stand for each of them."""
        if not item.where:
            return ""
        if len(item.where) > _MOST_NAMED:
            several = count(len(item.where), "at {n} organisation", "at {n} organisations")
            return f" ({self.say(several)})"
        return f" ({', '.join(self.trajectory.named(each) for each in item.where)})"

    def item(self, item: ItemStanding) -> ItemRow:
        """A checklist item, dated by the latest of the ratings that apply."""
        return ItemRow(
            id=item.id,
            question=self.say.pick(item),
            light=self.light(item.light),
            required=item.required,
            own=item.own,
            date=self.day(latest_day(item)),
            remarks=tuple(self._remarks(item)),
        )

    def who(self, id_: str | None, today: date) -> str:
        """Who an organisation or a person is on a day: if gone, whoever followed, and who that was."""
        told = who(self.trajectory, id_, today)
        return told if isinstance(told, str) else self.say(told)

    def doer(self, action: Action, today: date) -> str:
        """Who does an action, or did it if it runs no more."""
        return self.who(action.owner, today) if action.runs else self.trajectory.named(action.owner)

    def beside(self, organisation: str | None) -> str:
        """The name of an organisation after what it is said of; empty for the trajectory as a whole."""
        return f" – {self.trajectory.named(organisation)}" if organisation else ""

    def _remarks(self, item: ItemStanding) -> Iterator[str]:
        """Notes and evidence, with each perspective and its rating if these differ."""
        values = {rating.value for rating in item.ratings}
        for rating in item.ratings:
            parts = []
            if len(values) > 1 or rating.about:
                side = self.word(rating.perspective) or self.say("no perspective given")
                if rating.about:
                    side = self.trajectory.named(rating.about)
                parts.append(f"{side}: {self.word(rating.value)}")
            if rating.note:
                parts.append(rating.note)
            if rating.evidence:
                parts.append(self.evidence(rating.evidence))
            if parts:
                yield " – ".join(parts)


def latest_day(item: ItemStanding) -> Date | None:
    """The date of the latest of the ratings that apply."""
    return max((rating.date for rating in item.ratings), key=lambda day: day.last, default=None)


def _refers(info: Key) -> bool:
    """Whether the value of a key is an id from elsewhere in the file."""
    extra = info.json_schema_extra
    return isinstance(extra, dict) and REFERS_TO in extra


def is_free_text(record: type[Record], key: str) -> bool:
    """Whether the value of a key is free text: no id, no date, and no word from a fixed set."""
    info = record.model_fields[key]
    return info.annotation in (str, str | None) and key != "id" and not _refers(info)


def _is_closed(annotation: Any) -> bool:
    """Whether the value of a key is one of a fixed set, with a label for each."""
    if get_origin(annotation) is Literal:
        return True
    return any(_is_closed(part) for part in get_args(annotation))
