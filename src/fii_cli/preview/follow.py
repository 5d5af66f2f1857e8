"""Follow the files: make the pages again when something changed, and has stopped changing."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from fii_cli.preview.showing import Made

PAUSE, SETTLE, PATIENCE = 0.25, 0.1, 1.0
"""Seconds between two looks, between two looks at a file that is being written, and until waiting ends."""
_SHARE = 4
"""A look that takes long, at a large folder, is followed by a pause that is so many times as long."""


class Watched(Protocol):
    """Something that can be looked at: two equal states mean that nothing changed."""

    def state(self) -> object: ...


def follow(
    watched: Watched,
    make: Callable[[], tuple[Made, Watched]],
    show: Callable[[Made], None],
    pause: Callable[[float], object] = time.sleep,
) -> None:
    """Make and show the pages, and do so again after each change, until an exception ends it.

    ``watched`` is what to look at before anything was made; ``make`` returns what to look at from then on.
    """
    while True:
        before = watched.state()
        made, following = make()
        show(made)
        changed = watched.state() != before  # while it was read
        if following != watched:
            watched, before = following, following.state()
        _settle(watched, pause) if changed else _wait(watched, before, pause)


def _wait(watched: Watched, before: object, pause: Callable[[float], object]) -> None:
    """Wait for a change, and until it is over."""
    while True:
        started = time.monotonic()
        if watched.state() != before:
            _settle(watched, pause)
            return
        pause(max(PAUSE, _SHARE * (time.monotonic() - started)))


def _settle(watched: Watched, pause: Callable[[float], object]) -> None:
    """Wait until nothing changes any more: an editor writes a file in several steps."""
    until = time.monotonic() + PATIENCE
    now = watched.state()
    while time.monotonic() < until:
        pause(SETTLE)
        before, now = now, watched.state()
        if now == before:
            return
