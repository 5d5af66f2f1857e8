"""Values of a trajectory in words for its readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from fii_cli.analysis.standing import ItemStanding
from fii_cli.language import Language
from fii_cli.report.model import Fact, ItemRow
from fii_cli.report.shapes import LightShown
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import REFERS_TO, Record
from fii_cli.trajectory.labels import FIELD_LABELS
from fii_cli.words import Light, label

_HEADINGS = ("organisation", "person", "what", "date", "id")
_SELF_EVIDENT = ("date", "text", "what", "value")


@dataclass(frozen=True, slots=True)
class Teller:
    """Turns values of a trajectory into words for its readers."""

    trajectory: Trajectory
    say: Language

    def word(self, value: str | None) -> str:
        return self.say(label(value)) if value else ""

    def words(self, values: tuple[str, ...]) -> str:
        return ", ".join(self.word(value) for value in values)

    def light(self, light: Light) -> LightShown:
        return LightShown(light, self.word(light))

    def facts(self, record: Record, *, without: str = "") -> tuple[Fact, ...]:
        """What a record tells, key by key; an empty key tells nothing."""
        found = []
        for name, info in type(record).model_fields.items():
            value = getattr(record, name)
            if name == without or name == "id" or value is None or value == ():
                continue
            found.append(self._fact(self.say(FIELD_LABELS[name]), value, info))
        return tuple(found)

    def _fact(self, name: str, value: Any, info: FieldInfo) -> Fact:
        if isinstance(value, Record):
            return self._on_one_line(Fact(name, inner=self.facts(value)), value)
        if isinstance(value, tuple) and value and isinstance(value[0], Record):
            return Fact(name, inner=tuple(self._on_one_line(self.entry(item), item) for item in value))
        values = value if isinstance(value, tuple) else (value,)
        return Fact(name, ", ".join(self._text(each, info) for each in values))

    def _on_one_line(self, fact: Fact, record: Record) -> Fact:
        """A small record inside another, brought back to one line where it holds nothing deeper."""
        if any(inner.inner for inner in fact.inner):
            return fact
        plain = {self.say(FIELD_LABELS[name]) for name in _SELF_EVIDENT if name in type(record).model_fields}
        parts = [i.text if i.label in plain else f"{i.label.lower()}: {i.text}" for i in fact.inner]
        return Fact(fact.label, "; ".join(parts))

    def entry(self, item: Record) -> Fact:
        """One of a list: headed by what it is about, with the rest below it."""
        for name in _HEADINGS:
            value = getattr(item, name, None)
            if value is not None:
                heading = self._text(value, type(item).model_fields[name])
                return Fact(heading, inner=self.facts(item, without=name))
        return Fact("", inner=self.facts(item))

    def _text(self, value: object, info: FieldInfo) -> str:
        """A value in words: the name behind an id, the label of a closed value, and free text as it is."""
        if isinstance(value, float):
            return f"{value:g}"
        if (
            isinstance(value, str)
            and isinstance(info.json_schema_extra, dict)
            and REFERS_TO in info.json_schema_extra
        ):
            return self.trajectory.named(value)
        if isinstance(value, str) and _is_closed(info.annotation):
            return self.word(value)
        return str(value)

    def item(self, item: ItemStanding) -> ItemRow:
        latest = max(item.ratings, key=lambda rating: rating.date.last, default=None)
        return ItemRow(
            item.id,
            item.nl if self.say.code == "nl" else item.en,
            self.light(item.light),
            item.required,
            item.own,
            str(latest.date) if latest else "",
            tuple(self._remarks(item)),
        )

    def _remarks(self, item: ItemStanding) -> Iterator[str]:
        """Notes and evidence; and who sees it how, where perspectives differ."""
        differ = len({rating.value for rating in item.ratings}) > 1
        for rating in item.ratings:
            parts = [part for part in (rating.note, rating.evidence) if part]
            if differ:
                side = self.word(rating.perspective) or self.say("no side named")
                parts.insert(0, f"{side}: {self.word(rating.value)}")
            if parts:
                yield " – ".join(parts)


def _is_closed(annotation: Any) -> bool:
    return get_origin(annotation) is Literal or any(_is_closed(part) for part in get_args(annotation))
