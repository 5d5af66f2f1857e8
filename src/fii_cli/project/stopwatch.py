"""How much time goes by, for a guess at how long a round still takes: nothing of it is written."""

from __future__ import annotations

import time


def seconds() -> float:
    """Seconds since some moment, on a clock that never goes back."""
    return time.monotonic()


SETTLED = 60 * 10**9
"""Nanoseconds after a change before a file counts as unchanged: a clock may be too coarse for two changes."""
