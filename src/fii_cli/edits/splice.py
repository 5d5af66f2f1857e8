"""The positions of values in a text, and edits that put in a value and change nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from fii_cli.diagnostics import Refused, Route
from fii_cli.language import msg
from fii_cli.trajectory.places import record_at
from fii_cli.yaml.document import BREAK, Document, Node
from fii_cli.yaml.emit import Value, entry, flow, item, scalar

_COLON = re.compile(r"[ \t]*:")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")
_BLANK_LINES = re.compile(r"(?:(?:\r\n|\r(?!\n)|\n)[ \t]*(?=[\r\n]))*")
_NULL = re.compile(r"[ \t]*(?:~|null|Null|NULL)(?=[\s,\]}]|$)")


# --- positions ----------------------------------------------------------------------------------------------


def follow(document: Document, route: Route) -> tuple[Node, int]:
    """The last node that exists on a route, and the number of steps to it."""
    node = document.root
    for known, step in enumerate(route):
        inside: Node | None = None
        if isinstance(node.children, dict):
            inside = node.children.get(str(step))
        elif isinstance(node.children, list) and isinstance(step, int) and step < len(node.children):
            inside = node.children[step]
        if inside is None:
            return node, known
        node = inside
    return node, len(route)


def start_of(document: Document, node: Node) -> int:
    return document.offset(node.span.line, node.span.column)


def is_flow(document: Document, node: Node) -> bool:
    """Whether a node is written between brackets."""
    return document.text[start_of(document, node)] in "[{"


def end_of(document: Document, node: Node) -> int:
    """The offset where the text of a node ends, before any comments, and any blank lines but its own."""
    if node.span == node.key:
        return after_colon(document, node)
    if node.children and not is_flow(document, node):
        return end_of(document, _last_inside(node))
    end = document.offset(node.span.end_line, node.span.end_column)
    text = document.text[start_of(document, node) : end]
    keeps_its_blank_lines = _is_block_text(text) and "+" in _first_line(text).partition("#")[0]
    blank = _BLANK_LINES.match(document.text, end) if keeps_its_blank_lines else None
    return blank.end() if blank else end


def _last_inside(node: Node) -> Node:
    """The last value in a list or mapping."""
    assert node.children
    if isinstance(node.children, list):
        return node.children[-1]
    return list(node.children.values())[-1]


def _is_block_text(text: str) -> bool:
    """Whether a text is a block scalar, with ``|`` or ``>``."""
    return text[:1] in ("|", ">")


def _first_line(text: str) -> str:
    return BREAK.split(text, maxsplit=1)[0]


def after_colon(document: Document, node: Node) -> int:
    """The offset after the colon of a key without a value, or after the key if it has no colon."""
    assert node.key is not None
    end = document.offset(node.key.end_line, node.key.end_column)
    colon = _COLON.match(document.text, end)
    return colon.end() if colon else end


def line_end(text: str, at: int) -> int:
    found = BREAK.search(text, at)
    return found.start() if found else len(text)


def extent(document: Document, route: Route, node: Node) -> tuple[int, int]:
    """The start and end of a value to replace. Raises :class:`Refused` if it contains comments."""
    start, end = start_of(document, node), end_of(document, node)
    text = document.text[start:end]
    first = document.text[start : start + 1]
    has_children = node.children is not None
    # In a block scalar a # is text; only its first line can contain a comment.
    may_hold_comments = _first_line(text) if _is_block_text(first) else text
    if (has_children or _is_block_text(first)) and "#" in may_hold_comments:
        raise Refused(
            msg("{key} contains comments that would be lost", key=route[-1]),
            msg("change it in the file by hand"),
        )
    if has_children and node.key and first not in "[{":
        start = after_colon(document, node)  # a value on its own lines includes their line breaks
    return start, end


def break_of(text: str) -> str:
    found = BREAK.search(text)
    return found[0] if found else "\n"


def with_lines(text: str, at: int, lines: Sequence[str]) -> str:
    """The text with lines inserted after the line that ends at ``at``."""
    break_ = break_of(text)
    return text[:at] + "".join(break_ + line for line in lines) + text[at:]


# --- writing ------------------------------------------------------------------------------------------------


def replaced(document: Document, route: Route, node: Node, value: Value) -> str:
    """The text with a value replaced."""
    if node.span == node.key:
        return filled(document, route, node, value)
    start, end, new = in_place(document, route, node, value)
    return document.text[:start] + new + document.text[end:]


def in_place(document: Document, route: Route, node: Node, value: Value) -> tuple[int, int, str]:
    """The start and end of an existing value, and the text that replaces it."""
    start, end = extent(document, route, node)
    parent, _ = follow(document, route[:-1])
    inside = is_flow(document, parent)
    old = document.text[start : start + 1]
    if not isinstance(value, str):
        new = flow(value)
    elif old == '"':
        new = json.dumps(value, ensure_ascii=False)
    elif old == "'" and value.isprintable():
        new = "'" + value.replace("'", "''") + "'"
    elif _NUMBER.fullmatch(value) and _NUMBER.fullmatch(document.text[start:end]):
        new = value
    else:
        new = scalar(value, flow=inside)
    gap = "" if start == start_of(document, node) else " "
    return start, end, gap + new


def taken_out(document: Document, route: Route, parent: Node) -> str:
    """The text without an entry: between brackets with its comma, in a list with its lines.

    Raises :class:`Refused` if a comment would be lost.
    """
    inside = list(parent.children.values()) if isinstance(parent.children, dict) else parent.children or []
    at = route[-1] if isinstance(route[-1], int) else list(parent.children or ()).index(route[-1])
    text, node = document.text, inside[at]
    start, end = head_of(document, node), end_of(document, node)
    if not is_flow(document, parent):
        start = line_start(text, _dash_before(text, start))
        end = line_end(text, end) + len(break_of(text[line_end(text, end) :]))
    elif at + 1 < len(inside):
        end = head_of(document, inside[at + 1])
    elif at:
        start = end_of(document, inside[at - 1])
    if "#" in text[start:end].replace(text[start_of(document, node) : end_of(document, node)], ""):
        raise Refused(
            msg("{key} contains comments that would be lost", key=route[-1]),
            msg("change it in the file by hand"),
        )
    return text[:start] + text[end:]


def head_of(document: Document, node: Node) -> int:
    """Where an entry begins: its key, or else its value."""
    return document.offset(node.key.line, node.key.column) if node.key else start_of(document, node)


def _dash_before(text: str, at: int) -> int:
    return text.rindex("-", 0, at)


def line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def filled(document: Document, route: Route, node: Node, value: Value, block: bool = False) -> str:
    """The text with a value for a key that has none."""
    parent, _ = follow(document, route[:-1])
    at, text = after_colon(document, node), document.text
    colon = "" if text[at - 1 : at] == ":" else ":"
    if null := _NULL.match(text, at):
        text = text[:at] + text[null.end() :]
    if is_flow(document, parent):
        return f"{text[:at]}{colon} {flow(value)}{text[at:]}"
    lines = _entry(str(route[-1]), value, parent.span.column - 1, len(route), block)
    lines[0] = lines[0].partition(":")[2]
    if len(lines) == 1:
        return text[:at] + colon + lines[0] + text[at:]
    return with_lines(text, line_end(text, at), lines[1:])


def _entry(key: str, value: Value, indent: int, depth: int, block: bool) -> list[str]:
    """The lines of a key with its value; with ``block``, list items have one line for each key."""
    if not block or not isinstance(value, list):
        return entry(key, value, indent, depth)
    lines = [entry(key, [], indent, depth)[0].removesuffix(" []")]
    for each in value:
        lines += item(each, indent + 2, depth + 1, block=True)
    return lines


def inserted(
    document: Document,
    known: Route,
    parent: Node,
    missing: Route,
    value: Value,
    block: bool = False,
) -> str:
    """The text with a new key and everything below it."""
    for step in reversed(missing[1:]):
        value = [value] if isinstance(step, int) else {str(step): value}
    depth = len(known) + 1
    if isinstance(missing[0], int) and isinstance(parent.children, list):
        return appended(document, known, parent, value, block)
    key = str(missing[0])
    if parent.span == parent.key:
        return filled(document, known, parent, {key: value})
    if not isinstance(parent.children, dict):
        raise Refused(
            msg("{key} contains a value, so nothing can be added below it", key=known[-1] if known else "?"),
            msg("change it in the file by hand"),
        )
    children = parent.children
    if is_flow(document, parent):
        new = flow({key: value})[1:-1]
        return _in_brackets(document, parent, list(children.values()), new)
    lines = _entry(key, value, parent.span.column - 1, depth, block and len(missing) == 1)
    nodes = list(children.values())
    at = neighbour(key, list(children), list(record_at(known).model_fields))
    if not known:
        return after_section(document, nodes, at, lines)
    end = end_of(document, nodes[at])
    return with_lines(document.text, line_end(document.text, end), lines)


def neighbour(key: str, there: list[str], order: list[str]) -> int:
    """The index of the existing key that a new key follows: the last one before it in the format."""
    before = order[: order.index(key)] if key in order else []
    places = [at for at, name in enumerate(there) if name in before]
    return max(places, default=len(there) - 1)


def after_section(document: Document, sections: list[Node], at: int, lines: list[str]) -> str:
    """The text with a new section after another one, before the comments that belong to the next."""
    text = document.text
    heads = [_head(document, section) for section in sections]
    limit = len(text)
    if at + 1 < len(sections):
        limit = document.offset(heads[at + 1], 1)
    elif found := re.search(r"^\.\.\.[ \t]*\r?$", text[end_of(document, sections[at]) :], re.M):
        limit = end_of(document, sections[at]) + found.start()
    end = max(line_end(text, end_of(document, sections[at])), len(text[:limit].rstrip()))
    apart = any(line > 1 and not document.line(line - 1).strip() for line in heads[1:])
    return with_lines(text, end, ["", *lines] if apart else lines)


def _head(document: Document, section: Node) -> int:
    """The first line of a section, including the comments right above it."""
    assert section.key is not None
    line = section.key.line
    while line > 1 and document.line(line - 1).lstrip().startswith("#"):
        line -= 1
    return line


def appended(document: Document, route: Route, node: Node, value: Value, block: bool) -> str:
    """The text with an item at the end of a list."""
    assert isinstance(node.children, list)
    if is_flow(document, node):
        return _in_brackets(document, node, node.children, flow(value))
    indent, depth = node.span.column - 1, len(route) + 1
    if not node.children:  # a dash without a value
        end = start_of(document, node) + 1
    else:
        last = node.children[-1]
        end, block = end_of(document, last), bool(last.children) and not is_flow(document, last)
    lines = item(value, indent, depth, block=block)
    return with_lines(document.text, line_end(document.text, end), lines)


def _in_brackets(document: Document, node: Node, inside: list[Node], new: str) -> str:
    text = document.text
    if not inside:
        at = start_of(document, node) + 1
        return text[:at] + new + text[at:]
    at = end_of(document, inside[-1])
    return f"{text[:at]}, {new}{text[at:]}"
