"""Processes that work on batches, and that are replaced if one of them dies.

Little is under way at a time: a list of all inputs would be in memory before the first result. A process that
dies takes the whole pool along. Then there is a new pool, in which the lost batches run again one by one: the
one that a process dies of is known by that.
"""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from typing import Generic, TypeVar

from fii_cli.project import apart, git

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 2
"""The number of batches under way for each process: one that it works on, and one that waits."""
_BY_SIGNAL = 128
"""The exit code is this and the number of the signal that ended fii."""
_BROKEN = (BrokenProcessPool, OSError)
"""For new work: ``OSError`` is raised if no process can start, or if one dies in that moment."""


class Pool(Generic[T, R]):
    """Processes that are replaced if one of them dies."""

    def __init__(self, work: Callable[[T], R], died: Callable[[T], R], processes: int) -> None:
        self.work, self.died, self.processes = work, died, processes
        self.executor = self._new()
        self.answered = False
        self.alone = False
        """Whether no process can be started, so that this one does all the work."""

    def results(self, batches: Iterator[list[T]]) -> Iterator[R]:
        under_way: deque[tuple[list[T], _Answer[R]]] = deque()
        more = True
        while more or under_way:
            while more and len(under_way) < _AHEAD * self.processes:
                batch = next(batches, None)
                more = batch is not None
                if batch is not None:
                    under_way.append((batch, self._submitted(batch)))
            if under_way:
                batch, answer = under_way.popleft()
                yield from self._results_of(batch, answer, under_way)

    def close(self, *, at_once: bool) -> None:
        """End the processes: when they are done, or at once."""
        if at_once:
            _end_all()
        self.executor.shutdown(wait=not at_once, cancel_futures=True)

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.processes, get_context("spawn"), apart.begin)

    def _submitted(self, batch: Sequence[T]) -> _Answer[R]:
        """The answer to wait for; ``None`` if the pool is broken already."""
        if self.alone:
            return None
        try:
            with _interrupts_wait():  # a new process inherits this, and would tell of a Ctrl-C by itself
                return self.executor.submit(apart.work_on, self.work, batch)
        except _BROKEN:
            return None

    def _results_of(
        self, batch: list[T], answer: _Answer[R], under_way: deque[tuple[list[T], _Answer[R]]]
    ) -> Iterator[R]:
        try:
            if answer is None:
                raise BrokenProcessPool
            results, told = answer.result()
            self._hear(told)
            yield from results
            return
        except BrokenProcessPool:
            pass
        if not self.alone:
            self._renew()
        yield from self._one_by_one(batch)
        for at, (each, waiting) in enumerate(under_way):
            if not _has_results(waiting):
                under_way[at] = each, self._submitted(each)

    def _one_by_one(self, batch: list[T]) -> Iterator[R]:
        for each in batch:
            answer = self._submitted([each])
            if answer is None and not self.alone:
                self._renew()
                answer = self._submitted([each])
            if answer is None:
                yield self.work(each)
                continue
            try:
                results, told = answer.result()
            except BrokenProcessPool:
                self._renew()
                yield self.work(each) if self.alone else self.died(each)
            else:
                self._hear(told)
                yield from results

    def _renew(self) -> None:
        """A new pool; if none of its processes can start either, this process works alone."""
        _end_all()  # one that was being started when the pool broke is in no list of the executor
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self._new()
        if not self.answered:
            try:
                with _interrupts_wait():
                    answer = self.executor.submit(apart.ready)
                self.answered = answer.result()
            except _BROKEN:
                self.alone = True

    def _hear(self, told: apart.Told) -> None:
        self.answered = True
        for why, instead in told:
            git.tell(why, instead)


_Answer = Future[tuple[list[R], apart.Told]] | None


def _end_all() -> None:
    for child in active_children():
        child.terminate()


def _has_results(answer: _Answer[R]) -> bool:
    """Whether a batch was done before the pool broke."""
    done = answer is not None and answer.done() and not answer.cancelled()
    return done and answer is not None and answer.exception() is None


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Hold a Ctrl-C, and what else ends fii, back for a moment. It is not lost."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *apart.ends()})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def deaths_are_quiet() -> Iterator[None]:
    """Let Python's thread that watches the processes end without a traceback on stderr.

    Until Python 3.12 it stumbles if a process dies while another is being started; by then, every batch has
    been told that the pool is broken.
    """
    before = threading.excepthook

    def end(thrown: threading.ExceptHookArgs) -> None:
        watches = type(thrown.thread).__module__ == ProcessPoolExecutor.__module__
        if not (watches and isinstance(thrown.exc_value, RuntimeError)):
            before(thrown)

    threading.excepthook = end
    try:
        yield
    finally:
        threading.excepthook = before


@contextmanager
def ends_are_orderly() -> Iterator[None]:
    """Let what ends fii, such as ``timeout``, first end the processes: Python would tell of what they leave.

    It can come twice, to fii and to its group; the second time nothing is broken off any more.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ended = False

    def end(number: int, _frame: object) -> None:
        nonlocal ended
        ended = True
        for each in ours:
            signal.signal(each, signal.SIG_IGN)
        raise SystemExit(_BY_SIGNAL + number)

    ours = [each for each in apart.ends() if signal.getsignal(each) is signal.SIG_DFL]
    for each in ours:
        signal.signal(each, end)
    try:
        yield
    finally:
        for each in [] if ended else ours:
            signal.signal(each, signal.SIG_DFL)
