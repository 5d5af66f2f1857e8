"""A progress bar for long work, only on an interactive screen: never in a pipe, a log or CI."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fii_cli.terminal import Terminal

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


def on_screen() -> bool:
    """Whether stderr is a screen on which a line can be redrawn."""
    dumb = os.environ.get("TERM", "dumb") in ("dumb", "unknown") and os.name != "nt"
    return sys.stderr is not None and sys.stderr.isatty() and not dumb and not os.environ.get("CI")
