"""``fii check``: judge one file after the other, and show each before the next, or all of them at the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from fii_cli.commands.check_summary import Tally
from fii_cli.commands.remembered import SOME
from fii_cli.diagnostics import Diagnostic, Severity
from fii_cli.project import files
from fii_cli.project.contents import content_of
from fii_cli.project.context import Choose, Projects
from fii_cli.project.judging import Task, died, judged
from fii_cli.project.processes import processes_for_bytes, spread
from fii_cli.project.surroundings import Surroundings, judged_unexpectedly
from fii_cli.rules.check import Judgement
from fii_cli.rules.seen import Seen, seen
from fii_cli.yaml.document import Document, unreadable

if TYPE_CHECKING:
    from fii_cli.project.cluster import Cluster
    from fii_cli.project.memory import Memory

Written = str | list[str]
"""The findings as one document, or as lines for people."""
Write = Callable[[Sequence[Seen]], Written]


_TOLD_TOGETHER = 500
"""After so many files in a row of which the findings are known, these are told, and let go of."""


class _Asked(NamedTuple):
    """A file of which the findings are not known yet, with the key to keep them under."""

    key: bytes | None


@dataclass(slots=True)
class Checked:
    """The files of one check. ``piped`` is what standard input had, for the first path.

    ``gone`` are the files that were there when fii searched, and that cannot be opened any more; ``unfixed``
    those that could not be fixed. ``within`` has what the files of a folder are judged in. A ``cluster``
    judges them instead of processes of this machine.
    """

    found: files.Search
    piped: bytes | None
    projects: Projects
    today: date
    choose: Choose
    jobs: int | None = None
    memory: Memory | None = None
    cluster: Cluster | None = None
    gone: list[files.CannotOpen] = field(default_factory=list)
    unfixed: tuple[files.CannotOpen, ...] = ()
    within: dict[str, Surroundings] = field(default_factory=dict)

    @property
    def search(self) -> files.Search:
        """What was searched, as it turned out to be when every file was read."""
        lost = {error.path for error in self.gone}
        unopened = (*self.found.unopened, *self.unfixed, *self.gone)
        paths = tuple(path for path in self.found.paths if path not in lost)
        return replace(self.found, paths=paths, unopened=unopened)

    def documents(self) -> Iterator[tuple[str, Document]]:
        """Every file, read when its turn comes."""
        for path, raw in self._files():
            yield path, files.read_safely(raw)

    def judgements(self) -> Generator[Seen]:
        """What is shown of every file, one after the other; first the settings and own instruments.

        Closing it ends the processes that share the work.
        """
        yield from map(seen, self.projects.wrong(list(self.found.paths) or ["."]))
        memory = self.memory if len(self.found.paths) >= SOME else None
        yield from self._recalled(memory) if memory else self._judged(self._tasks())

    def _judged(self, tasks: Iterator[Task]) -> Iterator[Seen]:
        """What is found in files, in their order; a cluster or the cores of the machine share much work."""
        if self.cluster:
            yield from self.cluster.judged(tasks)
            return
        number = len(self.found.paths)
        processes, tasks = processes_for_bytes(tasks, number, self.jobs, _size)
        yield from spread(judged, tasks, processes, died, _size)

    def _recalled(self, memory: Memory) -> Iterator[Seen]:
        """What is found in files, in their order, judging only those of which it is not known."""
        ahead: deque[Seen | _Asked] = deque()
        paths = enumerate(self.found.paths)

        def unknown() -> Iterator[Task]:
            known_in_a_row = 0
            for number, path in paths:
                within = self._surroundings(path)
                known = memory.recall_unread(path, within) if number or self.piped is None else None
                raw = self._raw(number, path) if known is None else b""
                if raw is None:
                    continue
                key = None
                if known is None:
                    key = memory.key(path, content_of(raw, trajectory=True), within)
                    known = memory.recall(key, path, within, partial(_same, raw))
                ahead.append(known or _Asked(key))
                known_in_a_row = known_in_a_row + 1 if known else 0
                if known is None:
                    yield Task(path, raw, within)
                elif known_in_a_row == _TOLD_TOGETHER:
                    return

        more = True
        while more:
            for answer in self._judged(unknown()):
                while isinstance(known := ahead.popleft(), Seen):
                    yield known
                memory.keep(known.key, answer)
                yield answer
            more = bool(ahead)
            while ahead:
                if isinstance(known := ahead.popleft(), Seen):
                    yield known

    def whole(self) -> list[Judgement]:
        """The whole judgement of every file, for a comparison with an earlier version."""
        wrong = self.projects.wrong(list(self.found.paths) or ["."])
        return [*wrong, *(self._judge(path, document) for path, document in self.documents())]

    def fails(self, path: str, *found: Diagnostic) -> bool:
        """Whether one of the findings of a file is at or above the severity that fails for it."""
        if not found:
            return False
        fail_on = self.choose(self.projects.at(path).settings.rules).fail_on
        lowest = Severity.ERROR if fail_on is None else fail_on
        return any(each.severity <= lowest for each in found)

    def _judge(self, path: str, document: Document) -> Judgement:
        return self.projects.at(path).judge(path, document, self.today, self.choose)

    def _tasks(self) -> Iterator[Task]:
        for path, raw in self._files():
            yield Task(path, raw, self._surroundings(path))

    def _surroundings(self, path: str) -> Surroundings:
        project = self.projects.at(path)
        if project.folder not in self.within:
            self.within[project.folder] = project.surroundings(self.today, self.choose)
        return self.within[project.folder]

    def _files(self) -> Iterator[tuple[str, bytes]]:
        for number, path in enumerate(self.found.paths):
            raw = self._raw(number, path)
            if raw is not None:
                yield path, raw

    def _raw(self, number: int, path: str) -> bytes | None:
        """The bytes of a file; ``None`` if it cannot be opened any more."""
        if number == 0 and self.piped is not None:
            return self.piped
        try:
            return files.trajectory_bytes(path)
        except files.CannotOpen as error:
            self.gone.append(error)
            return None


def _size(task: Task) -> int:
    return len(task.raw)


def _same(raw: bytes) -> bytes:
    return raw


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check came to: how much was found, and whether anything was shown, and fails.

    ``kept`` are all findings, if they were shown together.
    """

    tally: Tally
    shown: bool
    failed: bool
    kept: Sequence[Seen] = ()


def told_one_by_one(
    judgements: Iterable[Seen],
    write: Callable[[Seen], list[str]],
    show: Callable[[list[str]], None],
    checked: Checked,
    tally: Tally,
) -> Outcome:
    """Show the findings of each file before the next one is judged, and let go of them."""
    shown = failed = False
    for each in judgements:
        told, lines = _written_one(each, write)
        if lines:
            show(lines)
            shown = True
        tally.add(told)
        failed = failed or checked.fails(told.path, *told.diagnostics)
    return Outcome(tally, shown, failed)


def _written_one(each: Seen, write: Callable[[Seen], list[str]]) -> tuple[Seen, list[str]]:
    """The findings of a file in lines, even if they cause an unexpected error."""
    try:
        return each, write(each)
    except Exception as error:
        failed_on = _failed_on(each, error)
        return failed_on, write(failed_on)


def told_together(
    judgements: Iterable[Seen], write: Write, show: Callable[[Written], None], checked: Checked, tally: Tally
) -> Outcome:
    """Show the findings of all files as one document, even if those of one file cause an unexpected error."""
    kept = list(judgements)
    try:
        written = write(kept)
    except Exception:
        kept = [_writable(each, write) for each in kept]
        written = write(kept)
    show(written)
    for each in kept:
        tally.add(each)
    failed = any(checked.fails(each.path, *each.diagnostics) for each in kept)
    return Outcome(tally, bool(written), failed, kept)


def _writable(each: Seen, write: Write) -> Seen:
    """Findings that can be written: those of the file, or that fii failed on it."""
    try:
        write([each])
    except Exception as error:
        return _failed_on(each, error)
    return each


def _failed_on(each: Seen, error: Exception) -> Seen:
    return seen(judged_unexpectedly(each.path, unreadable(""), error))
