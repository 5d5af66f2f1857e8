"""Work spread over processes: the same results in the same order, whatever happens to a process."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
_MOST = 61
"""Windows waits for no more processes at a time."""
_MUCH = 2_000_000
"""With fewer bytes to judge, starting processes takes longer than it saves, on two cores."""
_EACH = 1_000
"""To begin with a file takes as long as judging so many bytes."""
_TOGETHER = 16
_BYTES_TOGETHER = 400_000


def cores() -> int:
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processes_for(inputs: int, asked: int | None, *, much: bool) -> int:
    """The number of processes for so many inputs: those asked for, or one for each core if there is much."""
    if asked is None:
        asked = cores() if much else 1
    return max(1, min(asked, inputs, _MOST))


def processes_for_bytes(
    inputs: Iterator[T], number: int, asked: int | None, size: Callable[[T], int]
) -> tuple[int, Iterator[T]]:
    """The number of processes for ``number`` inputs of a ``size`` in bytes, and the inputs.

    If none was asked for, as many inputs are taken as are much work; they are let go of one by one.
    """
    taken: list[T] = []
    work = 0
    while asked is None and work < _MUCH and (each := next(inputs, None)) is not None:
        taken.append(each)
        work += size(each) + _EACH
    return processes_for(number, asked, much=work >= _MUCH), _again(taken, inputs)


def _again(taken: list[T], rest: Iterator[T]) -> Iterator[T]:
    taken.reverse()
    while taken:
        yield taken.pop()
    yield from rest


def spread(
    work: Callable[[T], R],
    inputs: Iterable[T],
    processes: int,
    died: Callable[[T], R],
    size: Callable[[T], int] = lambda _: 0,
    together: int = _TOGETHER,
) -> Generator[R]:
    """The results of work on inputs, in their order; work, inputs and results can be sent to a process.

    ``died`` is the result for an input that a process dies of. ``size`` is in bytes, ``together`` the most
    inputs of one batch. Close the iterator to end the processes at once.
    """
    if processes < 2:
        yield from map(work, inputs)
        return
    from fii_cli.project import (
        pool as others,  # few runs need other processes, and loading this takes a moment
    )

    with others.ends_are_orderly(), others.deaths_are_quiet():
        pool = others.Pool(work, died, processes)
        finished = False
        try:
            yield from pool.results(batches(inputs, size, together))
            finished = True
        finally:
            pool.close(at_once=not finished)


def batches(inputs: Iterable[T], size: Callable[[T], int], together: int = _TOGETHER) -> Iterator[list[T]]:
    """Inputs by the few, in their order: at most so many together, and so many bytes."""
    batch: list[T] = []
    filled = 0
    for each in inputs:
        batch.append(each)
        filled += size(each)
        if len(batch) >= together or filled >= _BYTES_TOGETHER:
            yield batch
            batch, filled = [], 0
    if batch:
        yield batch
