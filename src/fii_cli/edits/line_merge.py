"""Three texts merged line by line, as git does it: what only one side changed is taken from that side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from fii_cli.yaml.document import BREAK

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


_MARKER = re.compile(r"([<|=>])\1{6}(?: |$)")


def as_git_left(text: str, base: str, ours: str, theirs: str) -> bool:
    """Whether a text between markers can be what git made of three texts: every line comes from there.

    Each half of what is between markers has the lines of its side, with what the other side added and
    without what it removed; anything else was edited by hand.
    """
    here, there = _halves(text)
    was, mine, other = (_lines(each) for each in (base, ours, theirs))
    return _between(here, mine, was, other) and _between(there, other, was, mine)


def _between(now: Counter[str], side: Counter[str], base: Counter[str], other: Counter[str]) -> bool:
    for line in {*now, *side, *base, *other}:
        least, most = sorted((side[line], side[line] + other[line] - base[line]))
        if not least <= now[line] <= most:
            return False
    return True


def _halves(text: str) -> tuple[Counter[str], Counter[str]]:
    """The lines of a text between markers, with the first half and with the second half of each."""
    halves: tuple[list[str], list[str]] = ([], [])
    part = ""
    for line in BREAK.split(text):
        found = _MARKER.match(line)
        if found and (found[1] == "<" or part):
            part = "" if found[1] == ">" else found[1]
            continue
        for half, hidden in zip(halves, ("|=", "|<"), strict=True):
            if not part or part not in hidden:
                half.append(line)
    here, there = (_lines("\n".join(half)) for half in halves)
    return here, there


def _lines(text: str) -> Counter[str]:
    """How often each line is in a text, without blank lines and a byte order mark."""
    return Counter(line for each in BREAK.split(text) if (line := each.lstrip("\ufeff").rstrip()))
