"""A Dask cluster that shares the work of a check: the same findings in the same order.

Its scheduler and its workers can run any code, there and here; so only the command line names a scheduler.
If a worker ends, Dask gives its files to another one. Files on which workers keep ending are judged one by
one, while nothing else is under way: a file on which they end then too is a finding.
"""

from __future__ import annotations

import logging
import pickle
import re
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future
from contextlib import ExitStack, contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from fii_cli.diagnostics import Refused
from fii_cli.language import Message, msg
from fii_cli.project.elsewhere import Back, Batch, Made, Sent, made, to_send_again
from fii_cli.project.judging import Task, died, judged
from fii_cli.project.processes import batches
from fii_cli.project.stopwatch import seconds
from fii_cli.rules.seen import Seen

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")
CONNECT = 10.0
"""Seconds that the scheduler may take to answer."""
LOST = 30.0
"""Seconds without any worker before fii gives up: a worker that is started again is there within a few."""
_LOOK = 1.0
_AHEAD = 2
_MOST_AHEAD = 256
"""The number of batches under way: for each thread of a worker, and in all."""
_ADDRESS = re.compile(r"(tcp|tls)://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.%]+\]):(\d{1,5})")
_Answer = Future[bytes]


class Cluster:
    """Workers that judge files as this machine would. Close it to let them go."""

    def __init__(self, address: str) -> None:
        """Connect. Raises :class:`Refused` if that fails, and for a worker that judges in another way."""
        if not (found := _ADDRESS.fullmatch(address)) or not 0 < int(found[2]) < 65536:
            wrong = msg("invalid value {value} for {option}", value=address or "''", option="--scheduler")
            raise Refused(wrong, msg("write it as tcp://HOST:PORT, or tls://HOST:PORT"))
        self.address = address
        self._left = ExitStack()
        try:
            self._client = self._connected()
            self._left.callback(self._let_go)
            self._ahead = min(_AHEAD * self._threads(), _MOST_AHEAD)
            self._executor: Executor = self._client.get_executor(pure=False)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Leave the cluster. What is under way there is cancelled."""
        self._left.close()

    def judged(self, tasks: Iterable[Task]) -> Generator[Seen]:
        """What is shown of files, in their order. Raises :class:`Refused` if the cluster is lost."""
        each = ([Sent(task) for task in batch] for batch in batches(tasks, lambda task: len(task.raw)))
        under_way: deque[tuple[list[Sent], _Answer]] = deque()
        more = True
        while more or under_way:
            while more and len(under_way) < self._ahead:
                batch = next(each, None)
                more = batch is not None
                if batch is not None:
                    under_way.append((batch, self._submitted(batch)))
            if under_way:
                sent, answer = under_way.popleft()
                yield from self._as_here(sent, self._back(sent, answer, under_way), under_way)

    def _as_here(
        self, sent: list[Sent], back: list[Back | None], under_way: deque[tuple[list[Sent], _Answer]]
    ) -> Iterator[Seen]:
        """What is shown of files, with what this machine knows of evidence and of roll-outs."""
        again = {at: new for at, each in enumerate(back) if each and (new := _again(sent[at].task, each))}
        told = dict(enumerate(back))
        if again:
            second = list(again.values())
            told |= zip(again, self._back(second, self._submitted(second), under_way), strict=True)
        for at, each in told.items():
            task = sent[at].task
            if each is None:
                yield died(task)
            elif each.members or (at in again and _again(task, each)):
                yield judged(task)
            else:
                yield each.seen

    def _back(
        self, sent: list[Sent], answer: _Answer, under_way: deque[tuple[list[Sent], _Answer]]
    ) -> list[Back | None]:
        """What came back of files; ``None`` for one on which workers end."""
        back = self._result(answer)
        if back is not None:
            return [*back]
        for _, waiting in under_way:  # a worker that ends on a file takes along what waits there
            self._wait(waiting)
        one_by_one: list[Back | None] = []
        for each in sent:
            alone = self._result(self._submitted([each]))
            one_by_one.append(alone[0] if alone else None)
        return one_by_one

    def _submitted(self, sent: Sequence[Sent]) -> _Answer:
        # Bytes, because the scheduler reads what it passes on, and it need not have fii.
        batch = pickle.dumps(Batch(made(), sent))
        try:
            return self._executor.submit(pickle.loads, batch)
        except Exception as error:
            raise self._lost() from error

    def _result(self, answer: _Answer) -> list[Back] | None:
        """The answer of a worker; ``None`` if workers end on it."""
        self._wait(answer)
        worker = msg("a worker of {scheduler}", scheduler=self.address)
        try:
            back: list[Back] | Made | str = pickle.loads(answer.result())
        except CancelledError:
            raise self._lost() from None
        except Exception as error:
            if type(error).__name__ == "KilledWorker":
                return None
            back = f"{type(error).__name__}: {error}"
        if isinstance(back, Made):
            raise self._other(worker, back)
        if isinstance(back, str):
            raise _cannot(worker, back)
        return back

    def _wait(self, answer: _Answer) -> None:
        """Wait for an answer for as long as there are workers, or as there may be again."""
        alone_since = None
        while not answer.done():
            with suppress(TimeoutError, CancelledError):
                answer.exception(_LOOK)
            if answer.done():
                return
            if self._client.status != "running":
                raise self._lost()
            if self._workers():
                alone_since = None
            elif alone_since is None:
                alone_since = seconds()
            elif seconds() - alone_since > LOST:
                raise self._lost()

    def _connected(self) -> Client:
        self._left.enter_context(_quiet())
        try:
            from distributed import Client
        except ImportError:
            wrong = msg(
                "{option} needs {library}, which is not installed", option="--scheduler", library="Dask"
            )
            hint = msg("install it with: {command}", command="pip install 'fii-cli[cluster]'")
            raise Refused(wrong, hint) from None
        try:
            return _in_time(lambda: Client(self.address, timeout=CONNECT, set_as_default=False), CONNECT + 1)
        except OSError:  # which a timeout is too
            raise Refused(
                msg("no answer from a Dask scheduler at {scheduler}", scheduler=self.address),
                msg("check the address, and whether it runs; or leave out {option}", option="--scheduler"),
            ) from None
        except Exception as error:
            wrong = msg(
                "cannot use the scheduler at {scheduler}: {why}", scheduler=self.address, why=_line(error)
            )
            raise Refused(wrong, msg("tls:// needs the certificates in the configuration of Dask")) from error

    def _threads(self) -> int:
        """How many threads the workers have together, if each judges as this machine does."""
        workers = self._workers()
        if not workers:
            wrong = msg("the scheduler at {scheduler} has no workers", scheduler=self.address)
            raise Refused(wrong, msg("start one with: {command}", command=f"dask worker {self.address}"))
        try:
            answers = _in_time(lambda: self._client.run(made, on_error="return"), LOST)
        except Exception:
            raise self._lost() from None
        for address, there in sorted(answers.items()):
            worker = msg("the worker {worker}", worker=address)
            if not isinstance(there, Made):
                raise _cannot(worker, str(there))
            if there != made():
                raise self._other(worker, there)
        return sum(workers.values())

    def _workers(self) -> dict[str, int]:
        """The threads of each worker; none if the scheduler gives no answer."""
        try:
            return dict(_in_time(self._client.nthreads, CONNECT))
        except Exception:
            return {}

    def _other(self, worker: Message, there: Made) -> Refused:
        """Why a worker that judges in another way is refused."""
        here = made()
        only = _only(there.packages, here.packages), _only(here.packages, there.packages)
        what, theirs, ours = next(
            (what, theirs, ours)
            for what, theirs, ours in (
                (msg("another fii"), there.fii, here.fii),
                (msg("another handbook"), there.handbook, here.handbook),
                (msg("another Python"), there.python, here.python),
                (msg("other packages"), *only),
            )
            if theirs != ours
        )
        told = msg(
            "{worker} has {what}: {theirs}, and this machine {ours}",
            worker=worker,
            what=what,
            theirs=theirs,
            ours=ours,
        )
        return Refused(told, _SAME)

    def _lost(self) -> Refused:
        return Refused(
            msg("the cluster of {scheduler} was lost before every file was checked", scheduler=self.address),
            msg("run the same command again, or leave out {option}", option="--scheduler"),
        )

    def _let_go(self) -> None:
        with suppress(Exception):
            _in_time(lambda: self._client.close(timeout=_LOOK), CONNECT)


_SAME = msg("install the same fii, Python and packages on every worker, and start the workers again")


def _again(task: Task, back: Back) -> Sent | None:
    """The file to judge with other answers than the worker took; ``None`` if those are right."""
    try:
        return None if back.members else to_send_again(task, back)
    except Exception:  # it is a finding, which only this machine can make
        return Sent(task)


def _in_time(do: Callable[[], T], most: float) -> T:
    """What a call returns or raises; ``TimeoutError`` after so many seconds: Dask may wait forever."""
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(do())
        except BaseException as error:
            done.set_exception(error)

    Thread(target=run, daemon=True).start()
    return done.result(most)


def _cannot(worker: Message, why: str) -> Refused:
    """Why a worker cannot take part."""
    why = (why or "–").splitlines()[0]
    return Refused(msg("{worker} cannot run this fii: {why}", worker=worker, why=why), _SAME)


def _only(these: Sequence[str], those: Sequence[str]) -> str:
    return ", ".join(sorted({*these} - {*those})) or "–"


def _line(error: object) -> str:
    """The first line of an error."""
    return (str(error) or type(error).__name__).splitlines()[0]


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the log and the warnings of Dask: fii says itself what is wrong."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
