"""A progress bar for long work, only on an interactive screen: never in a pipe, a log or CI."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from fii_cli.project.stopwatch import seconds
from fii_cli.terminal import Terminal

_PATIENCE = 1.0
_EVERY = 0.1
"""Seconds until the first count, and between counts."""
T = TypeVar("T")
Step = Callable[[], None]
"""Call it after each completed step."""


@contextmanager
def progress(terminal: Terminal, things: int, *, slow: bool = False) -> Iterator[Step]:
    """Show how many of these things are done; a single thing only if it is ``slow``.

    Other output appears above the bar, and the bar disappears at the end, even after an error.
    """
    if not on_screen() or (things < 2 and not slow):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    counted = [BarColumn(), MofNCompleteColumn()] if things > 1 else []
    with Progress(
        SpinnerColumn("line"),
        *counted,
        TimeElapsedColumn(),
        console=Console(file=sys.stderr, no_color=not terminal.colour),
        transient=True,
        redirect_stdout=sys.stdout is not None and sys.stdout.isatty(),
    ) as shown:
        task = shown.add_task("", total=things)
        yield lambda: shown.advance(task)


class Counter:
    """How many of a number of things are done, in a line that appears after a second of waiting."""

    def __init__(self, things: int) -> None:
        self.things, self.done, self.shown = things, 0, False
        self.next = seconds() + _PATIENCE

    def each(self, made: Iterable[T]) -> Iterator[T]:
        """The same things, counted; what is written about one appears above the line."""
        for one in made:
            self.clear()
            yield one
            self.done += 1
            if seconds() >= self.next:
                sys.stdout.flush() if sys.stdout else None
                sys.stderr.write(f"\r{self.done}/{self.things}")
                sys.stderr.flush()
                self.shown, self.next = True, seconds() + _EVERY

    def clear(self) -> None:
        """Remove the line."""
        if self.shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self.shown = False


@contextmanager
def counter(things: int) -> Iterator[Counter]:
    """Count on an interactive screen; nowhere else, and not where everything is done within a second."""
    counted = Counter(things)
    if not on_screen():
        counted.next = float("inf")
    try:
        yield counted
    finally:
        counted.clear()


def on_screen() -> bool:
    """Whether stderr is a screen on which a line can be redrawn."""
    dumb = os.environ.get("TERM", "dumb") in ("dumb", "unknown") and os.name != "nt"
    return sys.stderr is not None and sys.stderr.isatty() and not dumb and not os.environ.get("CI")
