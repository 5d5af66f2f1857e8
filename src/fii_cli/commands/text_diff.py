"""Diffs of two texts, line by line, in the format of git."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from fii_cli.yaml.document import BREAK, Document

_LINES_AROUND = 3
_MAX_EQUAL_PAIRS, _MAX_LINES = 100_000, 4_000
"""With more pairs of equal lines, or more lines between the first change and the last, each line is compared
only with the line at the same position: difflib gets too slow with many equal lines."""

_ENDED = re.compile(r"[\r\n]\Z")
Operation = tuple[str, int, int, int, int]
"""An opcode of :mod:`difflib`: ``equal``, ``replace``, ``delete`` or ``insert``, then old start, old end, new
start and new end."""


def unified(before: Document, after: Document, path: str) -> Iterator[str]:
    """The lines of a unified diff with context; none if the texts are the same."""
    old, new = BREAK.split(before.text), BREAK.split(after.text)
    shown = SequenceMatcher(None, "", "")
    shown.opcodes = _operations(old, new)  # type: ignore[attr-defined]
    for number, group in enumerate(shown.get_grouped_opcodes(_LINES_AROUND)):
        if not number:
            yield from (f"--- a/{path}", f"+++ b/{path}")
        (_, start, _, new_start, _), (_, _, end, _, new_end) = group[0], group[-1]
        yield f"@@ -{_line_range(start, end)} +{_line_range(new_start, new_end)} @@"
        for kind, one, two, three, four in group:
            if kind == "equal":
                yield from (f" {line}" for line in old[one:two])
            yield from _changed_lines((kind, one, two, three, four), old, new)


def lines_changed(before: Document, after: Document) -> Iterator[str]:
    """The removed and added lines, without context."""
    old, new = BREAK.split(before.text), BREAK.split(after.text)
    for operation in _operations(old, new):
        yield from _changed_lines(operation, old, new)


Blocks = Sequence[tuple[int, int]]
"""Lines that are compared as one: the numbers of the first and the last one."""


def with_markers(
    ours: str, theirs: str, names: tuple[str, str], our_blocks: Blocks = (), their_blocks: Blocks = ()
) -> str:
    """The text of both: where they differ, both lines between the markers that git uses."""
    old, new = _in_blocks(ours, our_blocks), _in_blocks(theirs, their_blocks)
    found = BREAK.search(ours)
    break_ = found[0] if found else "\n"
    text: list[str] = []
    for kind, one, two, three, four in _operations(old, new):
        if kind == "equal":
            text += old[one:two]
            continue
        here, there = ("".join(lines) for lines in (old[one:two], new[three:four]))
        here, there = (each + break_ if each and not _ENDED.search(each) else each for each in (here, there))
        text.append(f"<<<<<<< {names[0]}{break_}{here}======={break_}{there}>>>>>>> {names[1]}{break_}")
    return "".join(text)


def in_markers(text: str, names: tuple[str, str], first: int, last: int) -> str:
    """A text with markers around some lines, which are the same on both sides."""
    found = BREAK.search(text)
    break_ = found[0] if found else "\n"
    lines = _in_blocks(text, [(first, last)])
    said = lines[first - 1]
    said += "" if _ENDED.search(said) else break_
    lines[first - 1] = f"<<<<<<< {names[0]}{break_}{said}======={break_}{said}>>>>>>> {names[1]}{break_}"
    return "".join(lines)


def _in_blocks(text: str, blocks: Blocks) -> list[str]:
    """The lines of a text with their line breaks, of which those of a block are one."""
    ends = [found.end() for found in BREAK.finditer(text)]
    lines = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    for first, last in reversed(_joined(blocks)):
        lines[first - 1 : last] = ["".join(lines[first - 1 : last])]
    return lines if lines[-1] else lines[:-1]


def _joined(blocks: Blocks) -> list[tuple[int, int]]:
    """Blocks that share lines as one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(blocks):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(last, found[-1][1])
        else:
            found.append((first, last))
    return found


def _changed_lines(operation: Operation, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    kind, one, two, three, four = operation
    if kind != "equal":
        yield from (f"-{line}" for line in old[one:two])
        yield from (f"+{line}" for line in new[three:four])


def _line_range(start: int, end: int) -> str:
    """A line range as diffs write it: counted from 1; an empty range names the line before it."""
    length = end - start
    return str(start + 1) if length == 1 else f"{start + 1 if length else start},{length}"


def _operations(old: Sequence[str], new: Sequence[str]) -> list[Operation]:
    """The operations that turn the old lines into the new lines.

    The common start and end are split off first: most changes touch a few lines of a long file, and difflib
    would compare every line with every other.
    """
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    inside = _inner_operations(old[start : len(old) - end], new[start : len(new) - end])
    found: list[Operation] = [("equal", 0, start, 0, start)] if start else []
    found += ((kind, a + start, b + start, c + start, d + start) for kind, a, b, c, d in inside)
    if end:
        found.append(("equal", len(old) - end, len(old), len(new) - end, len(new)))
    return found


def _inner_operations(old: Sequence[str], new: Sequence[str]) -> list[Operation]:
    there = Counter(new)
    if len(old) + len(new) <= _MAX_LINES and sum(there[line] for line in old) <= _MAX_EQUAL_PAIRS:
        return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    if len(old) != len(new):
        return [("replace", 0, len(old), 0, len(new))]
    found: list[Operation] = []
    for at, (one, two) in enumerate(zip(old, new, strict=True)):
        kind = "equal" if one == two else "replace"
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1], at + 1, found[-1][3], at + 1)
        else:
            found.append((kind, at, at + 1, at, at + 1))
    return found
