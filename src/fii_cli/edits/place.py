"""Put an entry in a text, take one out, or replace its value: with the words of another text if these fit.

Each change is tried as another text words it, then as fii writes it. The first result that reads back as what
was meant is taken; if none does, :class:`Refused` is raised and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from fii_cli.diagnostics import Refused, Route
from fii_cli.edits.passages import (
    entry_node,
    flow_text,
    item_lines,
    key_lines,
    lines_of,
    shifted,
    value_lines,
)
from fii_cli.edits.read_back import BY_HAND, Made, first_read_back
from fii_cli.edits.splice import (
    after_colon,
    after_section,
    break_of,
    end_of,
    follow,
    head_of,
    is_flow,
    line_end,
    neighbour,
    start_of,
    with_lines,
)
from fii_cli.edits.write import append, put
from fii_cli.trajectory.places import record_at
from fii_cli.yaml.document import BREAK, Data, Document, Node, value_at
from fii_cli.yaml.emit import Value, as_read, entry, flow, item


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of another document."""

    document: Document
    route: Route


def _meant(document: Document, route: Route, value: Data) -> Data:
    """The data with a value at a route."""
    data = deepcopy(document.data)
    assert data is not None
    around: Data = data
    for step, after in pairwise(route):
        if isinstance(around, dict):
            around = around.setdefault(str(step), [] if isinstance(after, int) else {})
        else:
            assert isinstance(around, list)
            assert isinstance(step, int)
            around = around[step]
    last = route[-1]
    if isinstance(around, dict):
        around[str(last)] = value
    elif isinstance(around, list) and isinstance(last, int):
        around[last : last + 1] = [value]
    return data


def _value_of(value: Value, place: Place | None) -> Data:
    """The data of a value, as it will be read from where it comes from."""
    found = value_at(place.document.data, place.route) if place else None
    return as_read(value) if found is None else found


# --- keys ---------------------------------------------------------------------------------------------------


def placed_key(document: Document, route: Route, value: Value, place: Place | None) -> Document:
    """The document with a value at a key or an item of a list; a missing key and its parents are created."""
    if place:
        try:
            meant = _meant(document, route, _value_of(value, place))
            return first_read_back(meant, [lambda: _key_as_there(document, route, place)])
        except Refused:
            pass
    if isinstance(value, str) and (text := _in_its_block(document, route, value)):
        try:
            return first_read_back(_meant(document, route, value), [lambda: text])
        except Refused:
            pass
    try:
        return put(document, route, value)
    except Refused:
        pass
    meant = _meant(document, route, as_read(value))
    return first_read_back(meant, [lambda: _replaced_with(document, route, value)])


def _in_its_block(document: Document, route: Route, value: str) -> str | None:
    """The text with other lines in a text that is written line by line, after ``|``."""
    found = entry_node(document, route)
    if found is None:
        return None
    start = start_of(document, found[1])
    if document.text[start : start + 1] != "|":
        return None
    written = document.text[start : end_of(document, found[1])].rstrip()
    head, *lines = BREAK.split(written)
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" "))]
    new = [f"{indent}{line}" if line else "" for line in value.rstrip("\n").split("\n")]
    return (
        document.text[:start]
        + break_of(document.text).join((head, *new))
        + document.text[start + len(written) :]
    )


def _key_as_there(document: Document, route: Route, place: Place) -> str | None:
    """The text with a key and its value as another document has them."""
    found = entry_node(document, route)
    if found is None:
        return _new_key_as_there(document, route, place)
    if isinstance(route[-1], int):
        return _item_as_there(document, route, place)
    parent, node = found
    inside = is_flow(document, parent)
    there = entry_node(place.document, place.route)
    lines = value_lines(place.document, place.route)
    if there is None or lines is None or node.key is None:
        return None
    written, column = lines
    if inside and (len(written) > 1 or not is_flow(place.document, there[0])):
        return None
    if len(written) == 1:
        written = [" " + written[0].strip()]
    start, end = after_colon(document, node), end_of(document, node)
    if node.span == node.key:
        end = start
    moved = [written[0], *shifted(written[1:], column, node.key.column)]
    return document.text[:start] + break_of(document.text).join(moved) + document.text[end:]


def _item_as_there(document: Document, route: Route, place: Place) -> str | None:
    """The text with an item of a list replaced by that of another document."""
    lines = lines_of(document, route)
    there = item_lines(place.document, place.route, document)
    if lines is None:
        written = flow_text(place.document, place.route)
        found = entry_node(document, route)
        if written is None or found is None:
            return None
        start, end = start_of(document, found[1]), end_of(document, found[1])
        return document.text[:start] + written + document.text[end:]
    if there is None:
        return None
    new = shifted(there[0], there[1], lines.column)
    return _lines_replaced(document, lines.first, lines.last, new)


def _lines_replaced(document: Document, first: int, last: int, new: Sequence[str]) -> str:
    start = document.offset(first, 1)
    end = line_end(document.text, document.offset(last, 1))
    return document.text[:start] + break_of(document.text).join(new) + document.text[end:]


def _new_key_as_there(document: Document, route: Route, place: Place) -> str | None:
    """The text with a new key as another document has it, after the keys that come before it."""
    parent, known = follow(document, route[:-1])
    if known < len(route) - 1 or not isinstance(parent.children, dict) or not parent.children:
        return None
    key = str(route[-1])
    nodes = list(parent.children.values())
    if is_flow(document, parent):
        written = flow_text(place.document, place.route)
        if written is None:
            return None
        end = end_of(document, nodes[-1])
        return f"{document.text[:end]}, {written}{document.text[end:]}"
    there = key_lines(place.document, place.route, document)
    if there is None:
        return None
    lines = shifted(there[0], there[1], parent.span.column)
    return _with_key(document, route[:-1], parent, key, lines)


def _with_key(document: Document, around: Route, parent: Node, key: str, lines: list[str]) -> str:
    """The text with the lines of a new key in a mapping in block style."""
    assert isinstance(parent.children, dict)
    nodes = list(parent.children.values())
    at = neighbour(key, list(parent.children), list(record_at(around).model_fields))
    if not around:
        return after_section(document, nodes, at, lines)
    return with_lines(document.text, _end_with_tail(document, (*around, list(parent.children)[at])), lines)


def _end_with_tail(document: Document, route: Route) -> int:
    """The offset of the end of the last line of an entry, with its comments."""
    lines = lines_of(document, route)
    node, _ = follow(document, route)
    if lines is None:
        return line_end(document.text, end_of(document, node))
    return line_end(document.text, document.offset(lines.last, 1))


def _replaced_with(document: Document, route: Route, value: Value) -> str | None:
    """The text with a value replaced, also if it contains comments: these were about the old value."""
    found = entry_node(document, route)
    if found is None:
        return None
    parent, node = found
    start, end = head_of(document, node), end_of(document, node)
    if is_flow(document, parent):
        new = flow({str(route[-1]): value})[1:-1] if node.key else flow(value)
    elif node.key:
        new = (
            break_of(document.text)
            .join(entry(str(route[-1]), value, parent.span.column - 1, len(route)))
            .lstrip()
        )
    else:
        lines = lines_of(document, route)
        if lines is None:
            return None
        new_lines = item(value, parent.span.column - 1, len(route))
        return _lines_replaced(document, lines.first, lines.last, new_lines)
    return document.text[:start] + new + document.text[end:]


# --- lists --------------------------------------------------------------------------------------------------


def placed_list(
    document: Document, route: Route, values: Sequence[Value], places: Sequence[Place | None]
) -> Document:
    """The document with a list that it does not have yet, or that is empty; its parents are created."""
    meant = [_value_of(value, place) for value, place in zip(values, places, strict=True)]
    wholes = [place for place in places if place]
    try:
        ways: list[Made] = []
        if len(wholes) == len(values):
            there = wholes[0].route[:-1]
            whole = value_at(wholes[0].document.data, there)
            if isinstance(whole, list) and len(whole) == len(values):
                ways.append(lambda: _key_as_there(document, route, Place(wholes[0].document, there)))
        ways.append(lambda: _list_as_there(document, route, values, places))
        return first_read_back(_meant(document, route, meant), ways)
    except Refused:
        pass
    for value in values:
        document = append(document, route, value)
    return document


def _list_as_there(
    document: Document, route: Route, values: Sequence[Value], places: Sequence[Place | None]
) -> str | None:
    """The text with a new list of which the items are written as elsewhere."""
    parent, known = follow(document, route[:-1])
    if known < len(route) - 1 or not isinstance(parent.children, dict) or is_flow(document, parent):
        return None
    if str(route[-1]) in parent.children or not parent.children:
        return None
    column = parent.span.column + 2
    lines = [f"{' ' * (parent.span.column - 1)}{route[-1]}:"]
    for value, place in zip(values, places, strict=True):
        lines += _lines_for(document, value, place, column, len(route) + 1)
    return _with_key(document, route[:-1], parent, str(route[-1]), lines)


def _lines_for(
    document: Document, value: Value, place: Place | None, column: int, depth: int, *, block: bool = False
) -> list[str]:
    """The lines of an item for a list of a document whose dashes are in a column."""
    there = item_lines(place.document, place.route, document) if place else None
    if there is None:
        return item(value, column - 1, depth, block=block)
    return shifted(there[0], there[1], column)


Item = tuple[Value, Place | None]
"""An item to insert, and where it stands in another document."""


def placed_items(document: Document, route: Route, at: int, items: Sequence[Item]) -> Document:
    """The document with items in a list that has others, before the one at an index or at the end."""
    try:
        return _with_items(document, route, at, items)
    except Refused:
        pass
    if len(items) == 1:
        return _with_items(document, route, at, [(items[0][0], None)])
    for each in reversed(items):
        document = placed_items(document, route, at, [each])
    return document


def _with_items(document: Document, route: Route, at: int, items: Sequence[Item]) -> Document:
    meant = deepcopy(document.data)
    there = value_at(meant, route)
    if not isinstance(there, list):
        raise Refused(*BY_HAND)
    there[at:at] = [_value_of(value, place) for value, place in items]
    return first_read_back(meant, [lambda: _inserted(document, route, at, items)])


def _inserted(document: Document, route: Route, at: int, items: Sequence[Item]) -> str | None:
    node, known = follow(document, route)
    if known < len(route) or not isinstance(node.children, list) or not node.children:
        return None
    text = document.text
    if is_flow(document, node):
        written = [
            (value, flow_text(place.document, place.route) if place else None) for value, place in items
        ]
        new = ", ".join(flow(value) if there is None else there for value, there in written)
        if at < len(node.children):
            start = start_of(document, node.children[at])
            return f"{text[:start]}{new}, {text[start:]}"
        end = end_of(document, node.children[-1])
        return f"{text[:end]}, {new}{text[end:]}"
    beside = node.children[min(at, len(node.children) - 1)]
    block = bool(beside.children) and not is_flow(document, beside)
    apart = [""] if _apart(document, route, len(node.children)) else []
    lines: list[str] = []
    for value, place in items:
        new_lines = _lines_for(document, value, place, node.span.column, len(route) + 1, block=block)
        lines += [*apart, *new_lines] if at else [*new_lines, *apart]
    if at:
        return with_lines(text, _end_with_tail(document, (*route, at - 1)), lines)
    first = lines_of(document, (*route, 0))
    if first is None or first.head == 1:
        return None
    return with_lines(text, line_end(text, document.offset(first.head - 1, 1)), lines)


def _apart(document: Document, route: Route, length: int) -> bool:
    """Whether blank lines separate the items of a list; the first few tell."""
    heads = [lines_of(document, (*route, at)) for at in range(1, min(length, 4))]
    return bool(heads) and all(each and not document.line(each.head - 1).strip() for each in heads)
