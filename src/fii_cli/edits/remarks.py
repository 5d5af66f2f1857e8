"""The comments of a text, each by what it is about: above an entry, beside it or below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from fii_cli.changes.facts import At, Place, key_of
from fii_cli.diagnostics import Route
from fii_cli.edits.passages import has_dash
from fii_cli.edits.splice import end_of, is_flow
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.base import Record
from fii_cli.yaml.document import Document, Node, value_at
from fii_cli.yaml.passages import passages_in

Kind = Literal["above", "beside", "below"]
Anchor = tuple[Kind, Place]
"""What a comment is about, known by identity: the same in every version, wherever it is written."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, with its line and its column there.

    ``deeper`` is how much further it is indented than what it is about, ``apart`` whether a blank line
    follows it, and ``close`` whether none comes before it.
    """

    text: str
    line: int
    column: int
    deeper: int = 0
    apart: bool = False
    close: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an entry is written: its first line, how far that is indented, and the line that it ends on.

    A comment beside the entry follows on line ``beside``.
    """

    route: Route
    first: int
    indent: int
    last: int
    beside: int


ROOT: Place = ()


@dataclass(frozen=True)
class Remarks:
    """The comments of a document by what they are about, and the entries that they may be about."""

    document: Document
    spots: Mapping[Place, Spot]
    by_anchor: Mapping[Anchor, tuple[Remark, ...]]

    def texts(self, anchor: Anchor) -> tuple[str, ...]:
        return tuple(each.text for each in self.by_anchor.get(anchor, ()))

    def moved(self, places: Mapping[Place, Place]) -> Remarks:
        """The same comments, with other places for records whose key somebody corrected."""

        def now(place: Place) -> Place:
            starts = (place[:length] for length in range(len(place), 0, -1))
            start = next((each for each in starts if each in places), None)
            return place if start is None else (*places[start], *place[len(start) :])

        if not places:
            return self
        spots = {now(place): spot for place, spot in self.spots.items()}
        by_anchor = {(kind, now(place)): some for (kind, place), some in self.by_anchor.items()}
        return Remarks(self.document, spots, by_anchor)


def rekeyed(before: Remarks, after: Remarks) -> dict[Place, Place]:
    """The new place of each record of a list of which only one value changed, which is in its key."""
    gone = _only_in(before, after)
    came = _only_in(after, before)
    found = {}
    for place, record in gone.items():
        near = [each for each in came if each[:-1] == place[:-1] and _differs_once(record, came[each])]
        if len(near) == 1 and sum(_differs_once(each, came[near[0]]) for each in gone.values()) == 1:
            found[place] = near[0]
    return found


def _only_in(one: Remarks, other: Remarks) -> dict[Place, Mapping[str, Any]]:
    """The records of lists at places that only one version has."""
    found: dict[Place, Mapping[str, Any]] = {}
    for place, spot in one.spots.items():
        if place not in other.spots and isinstance(place[-1], At):
            record = value_at(one.document.data, spot.route)
            if isinstance(record, Mapping):
                found[place] = record
    return found


def _differs_once(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return len([name for name in {*one, *other} if one.get(name) != other.get(name)]) == 1


def remarks_in(document: Document, trajectory: Trajectory) -> Remarks:
    """The comments of a document that says what a trajectory says.

    A comment of which it is not clear what it is about, such as one at a bracket, is not among them.
    """
    found = _Spots(document)
    found.add(document.root, trajectory, (), ROOT, None)
    by_anchor: dict[Anchor, list[Remark]] = {}
    for passage in passages_in(document, lambda text: text.startswith("#")):
        if passage.span is None:
            continue
        line, column = passage.span.line, passage.span.column
        about = found.about(line, column)
        if about is not None:
            (anchor, indent), text = about, passage.text.strip()
            apart = not document.line(line + 1).strip() and line < document.last_line
            close = bool(document.line(line - 1).strip())
            remark = Remark(text, line, column, column - 1 - indent, apart, close)
            by_anchor.setdefault(anchor, []).append(remark)
    ordered = {each: tuple(sorted(some, key=lambda remark: remark.line)) for each, some in by_anchor.items()}
    return Remarks(document, found.spots, ordered)


@dataclass
class _Spots:
    document: Document
    spots: dict[Place, Spot] = field(default_factory=dict)
    starts: dict[int, Place] = field(default_factory=dict)
    """What begins on a line: the outermost entry, if nothing else comes before it there."""
    ends: dict[int, Place] = field(default_factory=dict)
    """What a comment at the end of a line is about: the outermost entry that ends there."""

    def add(self, node: Node, said: Any, route: Route, place: Place, around: Node | None) -> None:
        """Add an entry and all that is in it."""
        if around is not None:
            self._spot(node, route, place, around)
        for step, inner, inside, here in _inside(node, said, place):
            self.add(inner, inside, (*route, step), here, node)

    def _spot(self, node: Node, route: Route, place: Place, around: Node) -> None:
        document = self.document
        begin = node.key or node.span
        first, column = begin.line, begin.column
        if isinstance(around.children, list) and not is_flow(document, around):
            column = around.span.column
            while first > around.span.line and not has_dash(document.line(first), column):
                first -= 1
        line = document.line(first)
        last = document.span(end_of(document, node), 0).line
        beside = last
        if node.span != node.key and (node.children is None or is_flow(document, node)):
            if document.line(node.span.line)[node.span.column - 1 :][:1] in ("|", ">"):
                beside = node.span.line
        elif node.children:
            beside = begin.line
        self.spots.setdefault(place, Spot(route, first, len(line) - len(line.lstrip()), last, beside))
        if not line[: column - 1].strip(" -"):
            self.starts.setdefault(first, place)
        if not node.children or is_flow(document, node) or node.key:
            self.ends.setdefault(beside, place)

    def about(self, line: int, column: int) -> tuple[Anchor, int] | None:
        """What a comment is about, and how far that is indented; ``None`` if that is not clear."""
        if self.document.line(line)[: column - 1].strip():
            place = self.ends.get(line)
            return None if place is None else (("beside", place), 0)
        after = self._content_after(line)
        if after is not None:
            said = self.document.line(after)
            indent = len(said) - len(said.lstrip())
            if column - 1 <= indent:
                place = self.starts.get(after)
                return None if place is None else (("above", place), indent)
        return self._below(line, column)

    def _content_after(self, line: int) -> int | None:
        for at in range(line + 1, self.document.last_line + 1):
            said = self.document.line(at).strip()
            if said == "...":
                return None
            if said and not said.startswith("#") and said != "---":
                return at
        return None

    def _below(self, line: int, column: int) -> tuple[Anchor, int]:
        """The innermost entry that ends above a comment and is indented less."""
        best, indent, first = ROOT, 0, 0
        for place, spot in self.spots.items():
            less = spot.indent < column - 1 and self.starts.get(spot.first) == place
            if less and first < spot.first <= line:
                best, indent, first = place, spot.indent, spot.first
        return ("below", best), indent


def _inside(node: Node, said: Any, place: Place) -> Iterator[tuple[str | int, Node, Any, Place]]:
    """What is in an entry: each with its step in the document, what it says, and its identity."""
    if isinstance(node.children, dict):
        for step, inner in node.children.items():
            inside = said.get(step) if isinstance(said, Mapping) else getattr(said, step, None)
            yield step, inner, inside, (*place, step)
    elif isinstance(node.children, list):
        numbers: dict[Any, int] = {}
        for at, inner in enumerate(node.children):
            inside = said[at] if isinstance(said, tuple) and at < len(said) else None
            key: tuple[Any, ...] = key_of(inside) if isinstance(inside, Record) else (str(inside),)
            number = numbers.get(key, 0)
            numbers[key] = number + 1
            yield at, inner, inside, (*place, At(key, number))
