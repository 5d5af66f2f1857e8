"""How wide the columns of a table are, so that no id is broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fii_cli.visible import visible_words

BETWEEN = 2
_LONGEST_WORD = 32
"""A longer word, such as an address, may be broken in a table."""


def longest_word(texts: Iterable[str]) -> int:
    """The width of the longest word in texts, but for words such as addresses, which may be broken."""
    from rich.cells import cell_len

    lengths = (cell_len(word) for text in texts for word in visible_words(text).split())
    return max((length for length in lengths if length <= _LONGEST_WORD), default=1)


def column_widths(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """The widths of columns if rich would break a word such as an id; empty if not, ``None`` if none do."""
    from rich.cells import cell_len

    columns = [[visible_words(cell) for cell in column] for column in zip(*filter(None, rows), strict=True)]
    natural = [max(map(cell_len, column)) for column in columns]
    least = [longest_word(column) for column in columns]
    room = width - BETWEEN * len(columns)
    if sum(natural) <= room:
        return []
    if sum(least) > room:
        return None
    freely = _narrowed(natural, [1] * len(columns), room)
    if all(each >= enough for each, enough in zip(freely, least, strict=True)):
        return []
    return _narrowed(natural, least, room)


def _narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths that fit: the widest column gives way first, down to what it needs."""
    found = list(widths)
    while sum(found) > room:
        at = max(
            (each for each in range(len(found)) if found[each] > least[each]),
            key=found.__getitem__,
            default=None,
        )
        if at is None:
            break
        found[at] -= 1
    return found
