"""The facts of one version of a trajectory, one on a line, for programs that compare lines.

Where a fact stands in the file makes no difference, and neither does anything outside the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from fii_cli.changes.facts import key_of
from fii_cli.language import Language
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.trajectory.labels import part_label
from fii_cli.words import label


def listed(trajectory: Trajectory, say: Language) -> Iterator[str]:
    """The facts in words, in the order of the format; records of a list are in the order of their keys.

    Ids stay ids, so that another name for a person changes one line. A text of several lines is as many
    facts.
    """
    return _Lister(say).record(trajectory, "")


class _Lister:
    def __init__(self, say: Language) -> None:
        self._say = say

    def record(self, record: Record, place: str, without: tuple[str, ...] = ()) -> Iterator[str]:
        for name, info in type(record).model_fields.items():
            value = getattr(record, name)
            if name not in without and not _is_empty(value, info.get_default(call_default_factory=True)):
                yield from self._value(value, info.annotation, _within(place, self._label(name)))

    def _value(self, value: Any, annotation: Any, place: str) -> Iterator[str]:
        if isinstance(value, tuple):
            if isinstance(value[0], Record):
                yield from self._records(value, place)
            else:
                yield from sorted(f"{place}: {self._text(each, annotation)}" for each in value)
        elif isinstance(value, Mapping):
            for item in sorted(value):
                each = value[item]
                shown = self._on_one_line(each) if isinstance(each, Record) else _counts(each)
                yield f"{_within(place, item)}: {shown}"
        elif isinstance(value, Record) and not type(value).WHOLE:
            yield from self.record(value, place)
        elif isinstance(value, Record):
            yield f"{place}: {self._on_one_line(value)}"
        else:
            lines = self._text(value, annotation).splitlines()
            yield from (f"{place}: {line.strip()}" for line in lines if line.strip())

    def _records(self, records: tuple[Record, ...], place: str) -> Iterator[str]:
        blocks = []
        for record in records:
            kind = type(record)
            names = [
                self._text(getattr(record, name), kind.model_fields[name].annotation)
                for name in kind.KEY
                if getattr(record, name) is not None
            ]
            heading = " ".join(f"{place} {', '.join(names)}".split())
            if kind.WHOLE:
                lines = [f"{heading}: {self._on_one_line(record, kind.KEY)}".removesuffix(": ")]
            else:
                lines = list(self.record(record, heading, kind.KEY)) or [heading]
            blocks.append(([str(each) for each in key_of(record)], lines))
        for _, lines in sorted(blocks):
            yield from lines

    def _on_one_line(self, record: Record, without: tuple[str, ...] = ()) -> str:
        parts = []
        for name, info in type(record).model_fields.items():
            value = getattr(record, name)
            if name in without or _is_empty(value, info.get_default(call_default_factory=True)):
                continue
            each = ", ".join(self._inner(value, info.annotation))
            rating = name == "value"
            parts.append(self._say(label(each)) if rating else f"{self._label(name).lower()}: {each}")
        return " ".join("; ".join(parts).split())

    def _inner(self, value: Any, annotation: Any) -> Iterator[str]:
        if isinstance(value, Record):
            yield f"({self._on_one_line(value)})"
        elif isinstance(value, tuple):
            for each in value:
                yield from self._inner(each, annotation)
        elif isinstance(value, Mapping):
            yield ", ".join(f"{each} {value[each]:g}%" for each in sorted(value))
        else:
            yield self._text(value, annotation)

    def _label(self, name: str) -> str:
        return self._say(part_label(name))

    def _text(self, value: Any, annotation: Any) -> str:
        if isinstance(value, float):
            return f"{value:g}"
        return self._say(label(value)) if isinstance(value, str) and _is_closed(annotation) else str(value)


def _within(place: str, name: str) -> str:
    return f"{place} · {name}" if place else name


def _counts(counts: Mapping[str, Any]) -> str:
    return ", ".join(f"{each} {counts[each]}×" for each in sorted(counts))


def _is_empty(value: Any, default: Any) -> bool:
    return value is None or value in ((), {}) or (value == default and not isinstance(value, Record))


def _is_closed(annotation: Any) -> bool:
    if get_origin(annotation) is Literal:
        return True
    return any(_is_closed(part) for part in get_args(annotation))
