"""Findings that people read as one: those of one rule in one assessment, or in one list.

Programs and editors get each finding at its own place; a person who reads the same sentence 27 times stops
reading. Nothing is lost in a group: it lists every message.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from fii_cli.diagnostics import Route
from fii_cli.handbook import Handbook
from fii_cli.language import Bilingual, Language, Message, count


class Found(Protocol):
    """A finding in any form: its code, its path, and what it says."""

    @property
    def code(self) -> str: ...
    @property
    def route(self) -> Route: ...
    @property
    def message(self) -> Message: ...


F = TypeVar("F", bound=Found)


def grouped(found: Iterable[F]) -> tuple[tuple[F, ...], ...]:
    """The findings in groups, each in the order of its first; a finding outside any list is on its own."""
    groups: dict[object, list[F]] = {}
    for number, each in enumerate(found):
        place = _list_of(each.route)
        groups.setdefault((each.code, place) if place else number, []).append(each)
    return tuple(tuple(group) for group in groups.values())


def heading(name: Bilingual, group: Sequence[Found], say: Language) -> str:
    """What a group says first: the name of its rule, and how often that was found."""
    return say(count(len(group), "{name}, {n} time", "{name}, {n} times", name=say.pick(name)))


def on_one_line(group: Sequence[Found], handbook: Handbook, say: Language) -> str:
    """What a group says, where there is room for one line or one cell."""
    messages = "; ".join(say(each.message) for each in group)
    if len(group) == 1:
        return messages
    return f"{heading(handbook.rule_name(group[0].code), group, say)}: {messages}"


def _list_of(route: Route) -> Route:
    """The path of the outermost list on a path, or of the assessment in which an item is; else empty."""
    for at, step in enumerate(route):
        if isinstance(step, int):
            in_assessment = route[0] == "assessments" and len(route) > at + 2
            return route[: at + 1] if in_assessment else route[:at]
    return ()
