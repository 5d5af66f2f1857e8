"""Work over several processes: the same answers in the same order, whatever happens to a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli import cli
from fii_cli.commands import report
from fii_cli.commands.check import FORMATS
from fii_cli.language import msg
from fii_cli.project import git, processes
from fii_cli.project.judging import Task, judged
from fii_cli.project.pool import deaths_are_quiet
from fii_cli.project.processes import processes_for, spread
from fii_cli.rules.seen import Excerpt, Seen
from helpers import HEAD

pytestmark = pytest.mark.usefixtures("here")


def many(number: int) -> None:
    """Files with and without findings, some broken, one without a name that is text."""
    for at in range(number):
        more = ("titel: x\n", "actions: [{id: a, what: doen}]\n", "", "a: [\n")[at % 4]
        Path(f"t{at:03}.yaml").write_text(HEAD + more, encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_two_processes_show_what_one_shows(fii: Fii, form: str) -> None:
    many(40)
    Path("fii.toml").write_text("[rules.FII701]\nseverity = 'error'\n", encoding="utf-8")
    Path(".fii/instruments").mkdir(parents=True)
    Path(".fii/instruments/eigen.yaml").write_text("id: eigen\n", encoding="utf-8")
    one = fii("check", "--format", form, "--jobs", "1", "--ignore", "FII804")
    assert fii("check", "--format", form, "-j", "2", "--ignore", "FII804") == one
    assert one.code == 1
    assert "t004.yaml" in one.out


def test_little_work_needs_no_process_and_much_gets_one_for_each_core(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 8)
    assert [processes_for(number, None, much=True) for number in (1, 3, 64)] == [1, 3, 8]
    assert processes_for(10_000, None, much=False) == 1
    assert [processes_for(number, 4, much=False) for number in (0, 1, 3, 10_000)] == [1, 1, 3, 4]
    assert processes_for(10_000, 500, much=False) == 61


@pytest.mark.parametrize("word", ["0", "-1", "x", ""])
def test_a_number_that_is_none_is_refused(fii: Fii, word: str) -> None:
    done = fii("check", "--jobs", word)
    assert done.code == 2
    assert "invalid value for --jobs" in done.err
    assert "--jobs is a whole number from 1" in done.err
    assert "--jobs is een geheel getal vanaf 1" in fii("check", "-j", word, lang="nl").err


@pytest.mark.parametrize(
    ("number", "size", "words", "processes"),
    [
        (100, 100, (), 1),
        (100, 25_000, (), 8),
        (2, 1_500_000, (), 2),
        (1, 2_000_000, (), 1),
        (3, 100, ("-j", "2"), 2),
        (100, 25_000, ("-j", "1"), 1),
    ],
)
def test_only_much_work_is_spread_unless_asked(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, number: int, size: int, words: tuple[str, ...], processes: int
) -> None:
    used: list[int] = []

    def alone(_work: object, inputs: Iterator[Task], count: int, *_: object) -> Iterator[Seen]:
        used.append(count)
        yield from (Seen(each.path, Excerpt({}, 1), ()) for each in inputs)

    monkeypatch.setattr("fii_cli.commands.check_stream.spread", alone)
    monkeypatch.setattr("fii_cli.project.processes.cores", lambda: 8)
    for at in range(number):
        Path(f"t{at:03}.yaml").write_text(HEAD + "#" * size, encoding="utf-8")
    assert fii("check", "--no-cache", *words).code == 0
    assert used == [processes]


# --- what happens to a process ------------------------------------------------------------------------------


def squared(number: int) -> int:
    return number * number


def dies_of_thirteen(number: int) -> int:
    if number % 20 == 13:
        os._exit(9)
    return squared(number)


def lost(number: int) -> int:
    return -number


def tells(number: int) -> int:
    git.tell(msg("no git here"), msg("{path} is dated today ({day})", path=str(number % 2), day="x"))
    return number


def never_begins() -> None:
    os._exit(1)


def test_the_one_that_a_process_dies_of_is_known_and_the_rest_is_done() -> None:
    wanted = [lost(number) if number % 20 == 13 else squared(number) for number in range(100)]
    assert list(spread(dies_of_thirteen, range(100), 2, lost)) == wanted


@pytest.mark.parametrize("failing", [{4}, {2, 5, 6}, set(range(1, 400))])
def test_a_pool_that_breaks_while_a_process_is_being_started_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, failing: set[int]
) -> None:
    """The executor raises an ``OSError`` then: a handle that the new process should inherit is closed."""
    asked = 0
    submit = ProcessPoolExecutor.submit

    def breaks(self: ProcessPoolExecutor, *words: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked in failing:
            raise OSError("handle is closed")
        return submit(self, *words)

    monkeypatch.setattr(ProcessPoolExecutor, "submit", breaks)
    assert list(spread(squared, range(100), 2, lost)) == [squared(number) for number in range(100)]
    assert active_children() == []


def test_python_tells_nothing_when_a_process_dies_while_another_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before 3.12 the thread that watches the processes then goes over a dictionary that changes."""
    told: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda thrown: told.append(thrown.exc_type))

    def stumbles() -> None:
        raise RuntimeError("dictionary changed size during iteration")

    class Watches(threading.Thread):
        __module__ = "concurrent.futures.process"

    with deaths_are_quiet():
        for kind in (Watches, threading.Thread):
            thread = kind(target=stumbles)
            thread.start()
            thread.join()
            assert told == ([] if kind is Watches else [RuntimeError])
    assert threading.excepthook(threading.ExceptHookArgs((KeyError, None, None, None))) is None  # as before
    assert told == [RuntimeError, KeyError]


def test_where_no_process_can_start_this_one_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fii_cli.project.apart.begin", never_begins)
    assert list(spread(squared, range(50), 2, lost)) == [squared(number) for number in range(50)]


def test_little_is_under_way_at_a_time() -> None:
    taken = 0

    def numbers() -> Iterator[int]:
        nonlocal taken
        for number in range(10_000):
            taken = number
            yield number

    answers = spread(squared, numbers(), 2, lost)
    assert next(answers) == 0
    assert taken < 100
    answers.close()


def test_large_files_are_sent_in_small_batches() -> None:
    sizes = [len(batch) for batch in processes.batches(range(40), lambda _: 150_000)]
    assert sizes == [3] * 13 + [1]
    assert [len(batch) for batch in processes.batches(range(40), lambda _: 10)] == [16, 16, 8]


def test_what_git_did_not_answer_in_a_process_is_told_once() -> None:
    git.begin()
    assert list(spread(tells, range(40), 2, lost)) == list(range(40))
    (line,) = git.told()
    assert line.values["why"] == msg("no git here")
    assert len(line.values["instead"]) == 2  # type: ignore[arg-type]
    git.begin()


def judged_or_dead(task: Task) -> Seen:
    if task.path == "t021.yaml":
        os.kill(os.getpid(), signal.SIGTERM if os.name != "posix" else signal.SIGKILL)
    return judged(task)


def test_a_file_that_a_process_dies_of_is_a_finding(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    many(40)
    before = fii("check", "--format", "concise").out.splitlines()
    monkeypatch.setattr("fii_cli.commands.check_stream.judged", judged_or_dead)
    done = fii("check", "--format", "concise", "-j", "2")
    assert done.code == 1
    (new,) = {*done.out.splitlines()} - {*before}
    assert new == "t021.yaml:1:1: FII008 error: the process that checked this file ended before it was done"
    assert {line.partition(":")[0] for line in {*before} - {*done.out.splitlines()}} <= {"t021.yaml"}
    told = fii("check", "-j", "2", lang="nl").out
    assert "fii check t021.yaml" in told


@pytest.mark.skipif(os.name != "posix", reason="a terminal sends Ctrl-C to all processes of a command")
@pytest.mark.parametrize("to_group", [True, False])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_no_process_stays_behind_after_ctrl_c_or_a_kill(name: str, to_group: bool) -> None:
    killed = signal.Signals[name]
    code = -killed if killed is signal.SIGKILL else 128 + killed
    many(1200)
    words = [sys.executable, "-m", "fii_cli", "check", "--format", "concise", "-j", "2"]
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    with subprocess.Popen(
        words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(1)
        if killed is not signal.SIGINT:  # timeout ends a command, and then its group
            running.send_signal(killed)
        if to_group or killed is signal.SIGINT:
            os.killpg(running.pid, killed)
        rest = running.stdout.read()  # ends when the last process that could write there has ended
        told = running.stderr.read().decode()
        assert running.wait(20) == code
    assert "Traceback" not in told
    if killed is not signal.SIGKILL:  # that leaves no time to tidy up
        assert told.strip() == ""
    assert rest.count(b"\n") < 900


# --- reports ------------------------------------------------------------------------------------------------


def test_reports_of_two_processes_are_those_of_one(fii: Fii) -> None:
    many(12)
    files = [f"t{at:03}.yaml" for at in range(12)] + ["nergens.yaml"]
    words = ("report", *files, "--format", "md", "--as-of", "2025-02-01", "--output")
    one = fii(*words, "een/", "--jobs", "1")
    assert one.code == 2
    assert "nergens.yaml" in one.err
    assert "t003.yaml" in one.err
    two = fii(*words, "twee/", "-j", "2")
    assert two.code == one.code
    assert two.out == one.out.replace("een/", "twee/")
    assert two.err == one.err
    made = {path.name: path.read_bytes() for path in Path("een").iterdir()}
    assert len(made) == 6
    assert {path.name: path.read_bytes() for path in Path("twee").iterdir()} == made
    again = fii(*words, "twee/", "-j", "2", "--check", lang="nl")
    assert again == fii(*words, "twee/", "--jobs", "1", "--check", lang="nl")


def test_the_day_of_a_report_is_the_same_in_another_process(fii: Fii) -> None:
    many(7)
    words = ("report", "t001.yaml", "t002.yaml", "t005.yaml", "--format", "md", "--output")
    one = fii(*words, "een/", "--jobs", "1")
    two = fii(*words, "twee/", "--jobs", "3")
    assert (two.code, two.err) == (one.code, one.err)
    assert "is dated today" in one.err
    for path in Path("een").iterdir():
        assert Path("twee", path.name).read_bytes() == path.read_bytes()


def report_or_dead(task: Any) -> Any:
    if task.file == "t002.yaml":
        os.kill(os.getpid(), signal.SIGTERM if os.name != "posix" else signal.SIGKILL)
    return report._apart(task)


def test_a_report_that_a_process_dies_of_is_named(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    many(7)
    monkeypatch.setattr("fii_cli.commands.report._apart", report_or_dead)
    done = fii("report", "t001.yaml", "t002.yaml", "t005.yaml", "t006.yaml", "--output", "uit/", "-j", "2")
    assert done.code == 2
    assert "t002.yaml: the process that made this report ended before it was done" in done.err
    assert {path.stem for path in Path("uit").iterdir()} == {"t001", "t005", "t006"}
