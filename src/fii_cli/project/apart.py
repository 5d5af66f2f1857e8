"""What a process beside the first one does: it works on batches until the first one ends.

It imports little itself, so that a new process does not load everything in the order of a module.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing import parent_process
from threading import Thread
from typing import TypeVar

from fii_cli.language import Message
from fii_cli.project import git
from fii_cli.pydantic_start import without_plugins

T = TypeVar("T")
R = TypeVar("R")
Told = tuple[tuple[Message, Message], ...]
"""Why git gave no answer, and what fii did instead."""


def begin() -> None:
    """Start a process: Ctrl-C is for the first one, and without that one this one ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):  # the first one held these back while it started this one
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ends())
    gc.set_threshold(500_000)  # as in the first process
    without_plugins()
    Thread(target=_end_with_the_first, daemon=True).start()


def ends() -> tuple[signal.Signals, ...]:
    """The signals besides Ctrl-C that end fii in order: of ``timeout`` and a job that is cancelled."""
    return (signal.SIGTERM,) if hasattr(signal, "pthread_sigmask") else ()


def _end_with_the_first() -> None:
    first = parent_process()
    if first:
        first.join()
        os._exit(1)


def ready() -> bool:
    """An answer, to see whether a process can start at all."""
    return True


def work_on(work: Callable[[T], R], batch: Sequence[T]) -> tuple[list[R], Told]:
    """The results of a batch, with what git did not answer while working on it."""
    return [work(each) for each in batch], git.taken()
