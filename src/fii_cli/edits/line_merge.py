"""Three texts merged line by line, as git does it: what only one side changed is taken from that side."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

MOST_LINES = 4000
"""With more lines difflib gets too slow, and the facts are merged without this."""


def by_lines(base: str, ours: str, theirs: str) -> str | None:
    """The merged text; ``None`` if both sides changed the same lines, or lines beside each other."""
    old, here, there = (text.splitlines(keepends=True) for text in (base, ours, theirs))
    if max(len(old), len(here), len(there)) > MOST_LINES:
        return None
    merged: list[str] = []
    at = (0, 0, 0)
    for start, end in (*_regions(old, here, there), ((len(old), len(here), len(there)), None)):
        chunk = [side[a:b] for side, a, b in zip((old, here, there), at, start, strict=True)]
        taken = _one_of(*chunk)
        if taken is None:
            return None
        merged += taken
        if end is not None:
            merged += old[start[0] : end[0]]
            at = end
    return "".join(merged)


def _one_of(old: list[str], here: list[str], there: list[str]) -> list[str] | None:
    if here == there or there == old:
        return here
    return there if here == old else None


Position = tuple[int, int, int]


def _regions(
    old: Sequence[str], here: Sequence[str], there: Sequence[str]
) -> list[tuple[Position, Position]]:
    """The runs of lines that all three have: their starts and ends in each."""
    ours, theirs = (
        SequenceMatcher(None, old, side, autojunk=False).get_matching_blocks() for side in (here, there)
    )
    found = []
    one = other = 0
    while one < len(ours) and other < len(theirs):
        a, b = ours[one], theirs[other]
        start, end = max(a.a, b.a), min(a.a + a.size, b.a + b.size)
        if start < end:
            first = (start, a.b + start - a.a, b.b + start - b.a)
            last = (end, a.b + end - a.a, b.b + end - b.a)
            found.append((first, last))
        if a.a + a.size < b.a + b.size:
            one += 1
        else:
            other += 1
    return found
