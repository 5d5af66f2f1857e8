"""A row of numbers as a small chart of one line; the words beside it say the same."""

from __future__ import annotations

from collections.abc import Sequence

_STEPS = "▁▂▃▄▅▆▇█"
_MOST = 24


def spark(values: Sequence[int], top: int) -> str:
    """One character for each number, from zero up to ``top``; of many numbers, evenly chosen ones."""
    if len(values) > _MOST:
        values = [values[at * (len(values) - 1) // (_MOST - 1)] for at in range(_MOST)]
    highest = len(_STEPS) - 1
    return "".join(_STEPS[min(-(-value * highest // max(top, 1)), highest)] for value in values)
