"""Changes to a document, made in its text: every other byte is kept.

Each change returns a new document, read back from the new text and compared with the intended data. If they
differ, nothing is changed and :class:`Refused` is raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from fii_cli.diagnostics import Fix, Refused, Route
from fii_cli.edits.splice import (
    appended,
    extent,
    filled,
    follow,
    in_place,
    inserted,
    is_flow,
    replaced,
    taken_out,
)
from fii_cli.language import msg
from fii_cli.yaml.document import Data, Document, value_at
from fii_cli.yaml.emit import Value, as_read, scalar
from fii_cli.yaml.read import read


def put(document: Document, route: Route, value: Value) -> Document:
    """Set the value of a key, replacing any existing one; missing parents are created.

    A new key follows the keys that come before it in the format.
    """
    node, known = follow(document, route)
    if known == len(route):
        text = replaced(document, route, node, value)
    else:
        text = inserted(document, route[:known], node, route[known:], value)
    return _verified(document, text, _with(document.data, route, as_read(value)))


def append(document: Document, route: Route, value: Value, *, block: bool = False) -> Document:
    """Add an item at the end of a list; the list and its parents are created if they do not exist.

    An item is laid out like the one before it. The first item has one line for each key if ``block`` is set.
    """
    node, known = follow(document, route)
    data = data_at(document, route)
    at = len(data) if isinstance(data, list) else 0
    if known == len(route) and isinstance(node.children, list):
        text = appended(document, route, node, value, block)
    elif known == len(route):
        text = filled(document, route, node, [value], block)
    else:
        text = inserted(document, route[:known], node, route[known:], [value], block)
    return _verified(document, text, _with(document.data, (*route, at), as_read(value)))


def clear(document: Document, route: Route) -> Document:
    """Remove the value of a key, or an item of a list.

    On a line of its own the key is kept, and means unknown; between brackets it goes too, and so does a list
    with its last item.
    """
    node, known = follow(document, route)
    if known < len(route):
        return document
    parent, _ = follow(document, route[:-1])
    if isinstance(route[-1], int) and len(parent.children or ()) == 1:
        return clear(document, route[:-1])
    if isinstance(route[-1], int) or is_flow(document, parent):
        return _verified(document, taken_out(document, route, parent), _without(document.data, route))
    if node.span == node.key:
        return document
    start, end = extent(document, route, node)
    before = document.text[:start].rstrip(" \t")
    text = (before if before.endswith(":") else document.text[:start]) + document.text[end:]
    return _verified(document, text, _without(document.data, route))


def mend(document: Document, fixes: Sequence[Fix]) -> Document:
    """Apply fixes of mistyped keys and values, all or none."""
    data = deepcopy(document.data)
    innermost_first = sorted(fixes, key=lambda fix: -len(fix.route))  # so that other routes remain valid
    splices = [
        _renamed(document, data, fix) if fix.at_key else _corrected(document, data, fix)
        for fix in innermost_first
    ]
    text: list[str] = []
    end = 0
    for start, until, new in sorted(splices):
        if start < end:
            raise Refused(*_BY_HAND)
        text += (document.text[end:start], new)
        end = until
    return _verified(document, "".join((*text, document.text[end:])), data)


_Splice = tuple[int, int, str]
"""The start and end of a stretch of text, and what replaces it."""


def _renamed(document: Document, data: Data | None, fix: Fix) -> _Splice:
    """The splice that renames a key, in ``data`` too. Raises :class:`Refused` if the new name exists."""
    node, _ = follow(document, fix.route)
    parent, old = value_at(data, fix.route[:-1]), str(fix.route[-1])
    assert node.key is not None
    assert isinstance(parent, dict)
    if fix.word in parent:
        raise Refused(*_BY_HAND)
    if old in parent:
        parent[fix.word] = parent.pop(old)
    start = document.offset(node.key.line, node.key.column)
    end = document.offset(node.key.end_line, node.key.end_column)
    return start, end, scalar(fix.word, flow=True)


def _corrected(document: Document, data: Data | None, fix: Fix) -> _Splice:
    """The splice that corrects a value, in ``data`` too."""
    in_short_form = isinstance(value_at(data, fix.route[:-1]), str)
    route = fix.route[:-1] if in_short_form else fix.route
    node, _ = follow(document, route)
    parent, step = value_at(data, route[:-1]), route[-1]
    if isinstance(parent, list):
        assert isinstance(step, int)
        parent[step] = fix.word
    else:
        assert isinstance(parent, dict)
        parent[str(step)] = fix.word
    return in_place(document, route, node, fix.word)


def data_at(document: Document, route: Route) -> Data | None:
    """The data at a route of a document; ``None`` if there is none."""
    return value_at(document.data, route)


_BY_HAND = (
    msg("fii cannot make this change without changing the rest of the file"),
    msg("edit the file by hand, and run fii check"),
)

# --- verification -------------------------------------------------------------------------------------------


def _verified(document: Document, text: str, meant: Data | None) -> Document:
    done = read(text)
    if done.problems:
        raise Refused(done.problems[0].message, done.problems[0].hint)
    if done.data != meant:
        raise Refused(*_BY_HAND)
    return done


def _with(data: Data | None, route: Route, value: Data) -> Data | None:
    """The data with a value at a route; an index beyond the end of a list adds an item."""
    if not route:
        return value
    step, rest = route[0], route[1:]
    if isinstance(step, int):
        items = list(data) if isinstance(data, list) else []
        if step < len(items):
            return [*items[:step], _must(_with(items[step], rest, value)), *items[step + 1 :]]
        return [*items, _must(_with(None, rest, value))]
    keys = dict(data) if isinstance(data, dict) else {}
    return {**keys, step: _must(_with(keys.get(step), rest, value))}


def _must(data: Data | None) -> Data:
    assert data is not None
    return data


def _without(data: Data | None, route: Route) -> Data | None:
    data = deepcopy(data)
    parent, step = value_at(data, route[:-1]), route[-1]
    if isinstance(parent, dict):
        parent.pop(str(step), None)
    elif isinstance(parent, list) and isinstance(step, int):
        parent.pop(step)
    return data
