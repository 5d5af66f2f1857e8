"""A Dask cluster that shares a check: the same answers in the same order, whatever happens to a worker."""

from __future__ import annotations

import os
import pickle
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest

from conftest import Fii
from fii_cli import cli
from fii_cli.commands.check import FORMATS
from fii_cli.project import cluster, elsewhere, surroundings
from fii_cli.project.context import project_of
from fii_cli.project.elsewhere import Back, Batch, Sent, judged_apart, made, to_send_again
from fii_cli.project.judging import Task, judged
from helpers import DAY, HEAD
from test_jobs import many

pytest.importorskip("distributed", reason="a cluster requires distributed")
pytestmark = [
    pytest.mark.usefixtures("here"),
    pytest.mark.skipif(os.name != "posix", reason="workers are ended as a group of processes"),
]
SOURCES = str(Path(cli.__file__).parents[1])
NO_FII = "import sys\nsys.modules['fii_cli'] = None\n"
"""A scheduler needs no fii: it passes on what it cannot read."""
ENDS = """
import os
from fii_cli.project import elsewhere
def ends(sent, apart=elsewhere.judged_apart):
    if b"# this one ends it" in sent.task.raw:
        os._exit(9)
    return apart(sent)
elsewhere.judged_apart = ends
"""
FAILS = """
from fii_cli.project import elsewhere
def fails(sent):
    return fails(sent)
elsewhere.judged_apart = fails
"""
OTHER = """
from fii_cli.project import elsewhere
there = elsewhere.made()._replace({what})
elsewhere.made = lambda: there
"""
MEMBERS = (
    "rollout: [{trajectory: t000.yaml}, {trajectory: nergens.yaml}, {trajectory: ../buiten.yaml},"
    " {trajectory: t002.yaml}, {report: t000.yaml}]\n"
)
RATED = (
    "assessments: [{instrument: stoplicht, date: 2025-02, ratings: {2a.cultuur: {rating: rood, evidence: EEN}"
    ", 2a.kartrekkers: {rating: groen, evidence: TWEE}}}]\n"
)


class Running:
    """A scheduler and workers, each a process of its own, that are reached from this machine only."""

    def __init__(self, folder: Path, *options: str, env: dict[str, str] | None = None) -> None:
        self.folder, self.options, self.env = folder, options, env or {}
        self.workers: list[subprocess.Popen[str]] = []
        host = "tls://127.0.0.1" if options else "127.0.0.1"
        self.scheduler, self.address = self._started(
            "dask_scheduler", "--host", host, "--port", "0", before=NO_FII, until=r"Scheduler at: +(\S+)"
        )

    def worker(self, before: str = "", *, again: bool = False) -> None:
        """Start a worker; ``again`` is whether it is started again when it ends."""
        words = (self.address, "--nthreads", "1", "--nanny" if again else "--no-nanny")
        started, _ = self._started("dask_worker", *words, before=before, until="(Registered to)")
        self.workers.append(started)

    def end(self) -> None:
        """End all of it at once: a worker that is asked to end looks for its scheduler first."""
        for each in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):  # a test ended it before
                os.killpg(each.pid, signal.SIGKILL)  # also what a nanny started
        for each in (*self.workers, self.scheduler):
            each.wait(20)

    def _started(
        self, program: str, *words: str, before: str, until: str
    ) -> tuple[subprocess.Popen[str], str]:
        first = self.folder / f"before{abs(hash(before))}.py"
        first.write_text(before, encoding="utf-8")
        line = [sys.executable, "-m", f"distributed.cli.{program}", *words, "--no-dashboard", *self.options]
        env = {**os.environ, "PYTHONPATH": SOURCES, **self.env}
        running = subprocess.Popen(
            [*line, "--preload", str(first)],
            env=env,
            cwd=self.folder,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert running.stderr is not None
        told = ""
        for each in running.stderr:
            told += each
            if found := re.search(until, each):
                Thread(target=self._heard, args=[running], daemon=True).start()
                return running, found[1]
        raise AssertionError(told)

    def _heard(self, running: subprocess.Popen[str]) -> None:
        """Read on, so that a process which says much can go on."""
        assert running.stderr is not None
        with running.stderr as told:
            told.read()


@contextmanager
def running(folder: Path, *workers: str, again: bool = False, **env: str) -> Iterator[Running]:
    """A cluster for a moment, with workers that do something before they begin."""
    started = Running(folder, env=env)
    try:
        for before in workers:
            started.worker(before, again=again)
        yield started
    finally:
        started.end()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A cluster with two workers."""
    with running(tmp_path_factory.mktemp("cluster"), "", "") as started:
        yield started


@pytest.fixture
def elsewhere_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cluster")


def various() -> None:
    """Files with and without findings, some broken, some with evidence or a roll-out."""
    many(40)
    Path("er.pdf").write_text("x", encoding="utf-8")
    Path("t041.yaml").write_text(HEAD + RATED.replace("EEN", "er.pdf").replace("TWEE", "nergens.pdf"))
    Path("t042.yaml").write_text(HEAD + RATED.replace("EEN", "er.pdf").replace("TWEE", "er.pdf"))
    Path("t043.yaml").write_text(HEAD + MEMBERS)
    Path("t002.yaml").write_text(HEAD + "rollout: [{trajectory: t043.yaml}]\n")


def when_the_first_is_back(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Do something when the first answer of a worker has arrived, and others are under way."""
    real, done = to_send_again, list[Task]()

    def first(task: Task, back: Back) -> Sent | None:
        if not done:
            done.append(task)
            do()
        return real(task, back)

    monkeypatch.setattr(cluster, "to_send_again", first)


# --- the same answers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_a_cluster_shows_what_this_machine_shows(fii: Fii, two: Running, form: str) -> None:
    various()
    Path("fii.toml").write_text("[rules.FII701]\nseverity = 'error'\n", encoding="utf-8")
    Path(".fii/instruments").mkdir(parents=True)
    Path(".fii/instruments/eigen.yaml").write_text("id: eigen\n", encoding="utf-8")
    words = ("check", "--format", form, "--ignore", "FII804", "--as-of", "2025-03-10")
    here = fii(*words, "--jobs", "1")
    assert fii(*words, "--scheduler", two.address) == here
    assert here.code == 1
    for code in ("FII032", "FII042", "FII043"):
        assert code in here.out


def test_a_worker_that_is_killed_on_the_way_changes_nothing(
    fii: Fii, elsewhere_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(200)
    here = fii("check", "--format", "concise", "--jobs", "1")
    with running(elsewhere_folder, "", "") as two:
        when_the_first_is_back(monkeypatch, two.workers[0].kill)
        assert fii("check", "--format", "concise", "--scheduler", two.address) == here
        assert two.workers[0].wait(10) == -9
        assert two.workers[1].poll() is None


def test_a_file_on_which_workers_end_is_a_finding(fii: Fii, elsewhere_folder: Path) -> None:
    many(40)
    with Path("t021.yaml").open("a", encoding="utf-8") as file:
        file.write("# this one ends it\n")
    here = fii("check", "--format", "concise").out.splitlines()
    failures = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with running(elsewhere_folder, ENDS, ENDS, again=True, **failures) as two:
        done = fii("check", "--format", "concise", "--scheduler", two.address)
    assert done.code == 1
    (new,) = {*done.out.splitlines()} - {*here}
    assert new == "t021.yaml:1:1: FII008 error: the process that checked this file ended before it was done"
    assert {line.partition(":")[0] for line in {*here} - {*done.out.splitlines()}} <= {"t021.yaml"}


def test_what_was_found_is_kept_as_from_this_machine(
    fii: Fii, two: Running, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    various()
    monkeypatch.setenv("FII_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    first = fii("check", "--json", "--scheduler", two.address)
    assert fii("check", "--json", "--jobs", "1") == first
    Path("er.pdf").unlink()
    gone = fii("check", "--json", "--scheduler", two.address)
    assert gone.out.count("FII032") > first.out.count("FII032")
    assert fii("check", "--json", "--jobs", "1", "--no-cache") == gone


# --- the files of this machine ------------------------------------------------------------------------------


def task(name: str) -> Task:
    within = project_of(name).surroundings(DAY)
    return Task(name, Path(name).read_bytes(), within)


def test_another_machine_looks_at_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    various()
    tasks = [task("t041.yaml")]
    rollout = task("t043.yaml")

    def looked(*_: object) -> bool:
        raise AssertionError

    monkeypatch.setattr(surroundings, "has_evidence", looked)
    monkeypatch.setattr(surroundings, "_member_fault", looked)
    monkeypatch.setattr(surroundings, "_member_place", looked)
    back = [judged_apart(Sent(each)) for each in tasks]
    assert judged_apart(Sent(rollout)).members  # which this machine judges
    codes = [each.code for one in back for each in one.seen.diagnostics]
    assert "FII008" not in codes
    assert "FII032" not in codes
    monkeypatch.undo()
    for each, first in zip(tasks, back, strict=True):
        again = to_send_again(each, first)
        assert again is not None
        second = judged_apart(pickle.loads(pickle.dumps(again)))
        assert second.seen == judged(each)
        assert to_send_again(each, second) is None


def test_nothing_is_sent_again_if_all_evidence_is_there() -> None:
    various()
    back = judged_apart(Sent(task("t042.yaml")))
    assert back.seen == judged(task("t042.yaml"))
    assert dict(back.seen.evidence) == {"er.pdf": True}
    assert to_send_again(task("t042.yaml"), back) is None


def test_who_passes_a_batch_on_need_not_have_fii() -> None:
    many(1)
    batch = pickle.dumps(Batch(made(), [Sent(task("t000.yaml"))]))
    (back,) = pickle.loads(pickle.loads(batch))
    assert back.seen == judged(task("t000.yaml"))
    other = Batch(made()._replace(handbook="x"), [])
    assert pickle.loads(pickle.loads(pickle.dumps(other))) == made()


# --- who may judge ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (OTHER.format(what="fii='0.0.1 (f00)'"), "has another fii: 0.0.1 (f00), and this machine "),
        (OTHER.format(what="handbook='f00'"), f"another handbook: f00, and this machine {made().handbook}"),
        (OTHER.format(what="python='CPython 3.9.1'"), "has another Python: CPython 3.9.1, and this machine"),
        (
            OTHER.format(what="packages=('pydantic 1.0',)"),
            "has other packages: pydantic 1.0, and this machine ",
        ),
        (NO_FII, "cannot run this fii: "),
    ],
)
def test_a_worker_that_judges_in_another_way_is_refused(
    fii: Fii, elsewhere_folder: Path, before: str, told: str
) -> None:
    many(2)
    with running(elsewhere_folder, "", before) as two:
        done = fii("check", "--scheduler", two.address)
        assert (done.code, done.out) == (2, "")
        assert "the worker tcp://127.0.0.1:" in done.err
        assert told in done.err.replace("\n", " ")
        assert "install the same fii" in done.err
        assert "Traceback" not in done.err


def test_a_worker_that_joins_later_and_judges_in_another_way_is_refused(
    fii: Fii, elsewhere_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(200)
    with running(elsewhere_folder, "") as one:

        def replaced() -> None:
            one.worker(OTHER.format(what="handbook='f00'"))
            one.workers[0].kill()

        when_the_first_is_back(monkeypatch, replaced)
        done = fii("check", "--format", "concise", "--scheduler", one.address)
    assert done.code == 2
    assert f"has another handbook: f00, and this machine {made().handbook}" in done.err.replace("\n", " ")


def test_a_fii_says_by_what_it_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    here = made()
    assert re.fullmatch(r"[\d.]+\w* \([0-9a-f]{8}\)", here.fii)
    assert any(each.startswith("pydantic ") for each in here.packages)
    monkeypatch.setattr(elsewhere, "_digest", lambda: "f00")
    assert made() == here  # as it was when this process began
    made.cache_clear()
    assert made() != here
    made.cache_clear()


# --- what can be wrong --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        *("", "x", "127.0.0.1:8786", "tcp://127.0.0.1", "tcp://127.0.0.1:0", "tcp://127.0.0.1:70000"),
        *("inproc://1/2", "ws://127.0.0.1:8786", "http://127.0.0.1:8786", "tcp://u:p@h:1", "tcp://a/b:1"),
        "tcp://127.0.0.1:1\n",
    ],
)
def test_what_is_no_address_is_refused(fii: Fii, word: str) -> None:
    done = fii("check", f"--scheduler={word}")
    assert done.code == 2
    assert "for --scheduler" in done.err
    assert "tcp://HOST:PORT" in done.err


def test_a_scheduler_that_gives_no_answer_is_refused(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    many(2)
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        done = fii("check", "--scheduler", address)
    again = fii("check", "--scheduler", address, lang="nl")
    for each in (done, again):
        assert (each.code, each.out) == (2, "")
        assert address in each.err
        assert "--scheduler" in each.err
        assert "Traceback" not in each.err


def test_a_cluster_without_workers_is_refused(fii: Fii, elsewhere_folder: Path) -> None:
    with running(elsewhere_folder) as none:
        done = fii("check", "--scheduler", none.address)
        assert done.code == 2
        assert f"the scheduler at {none.address} has no workers" in done.err
        assert f"dask worker {none.address}" in done.err


@pytest.mark.parametrize("lost", ["scheduler", "workers"])
def test_a_cluster_that_is_lost_ends_the_check(
    fii: Fii, elsewhere_folder: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    many(200)
    monkeypatch.setattr(cluster, "LOST", 0.5)
    monkeypatch.setattr(cluster, "_LOOK", 0.1)
    with running(elsewhere_folder, "") as one:
        when_the_first_is_back(monkeypatch, (one.scheduler if lost == "scheduler" else one.workers[0]).kill)
        done = fii("check", "--json", "--scheduler", one.address)
    assert (done.code, done.out) == (2, "")
    assert f"the cluster of {one.address} was lost before every file was checked" in done.err.replace(
        "\n", " "
    )
    assert "Traceback" not in done.err


def test_a_worker_on_which_fii_fails_is_told(fii: Fii, elsewhere_folder: Path) -> None:
    """Dask waits forever for an error that cannot be sent."""
    many(2)
    with running(elsewhere_folder, FAILS) as one:
        done = fii("check", "--scheduler", one.address)
        assert done.code == 2
        assert "cannot run this fii: RecursionError: maximum recursion" in done.err.replace("\n", " ")


@pytest.mark.parametrize("other", [("--jobs", "2"), ("--since", "main")])
def test_a_cluster_goes_with_no_option_that_judges_here(fii: Fii, other: tuple[str, ...]) -> None:
    done = fii("check", "--scheduler", "tcp://127.0.0.1:1", *other)
    assert done.code == 2
    assert f"--scheduler and {other[0]} cannot be used together" in done.err


def test_without_dask_the_extra_is_named(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = fii("check", "--scheduler", "tcp://127.0.0.1:1")
    assert done.code == 2
    assert "pip install 'fii-cli[cluster]'" in done.err


def test_no_file_and_no_variable_names_a_scheduler(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    many(3)
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", "tcp://127.0.0.1:1")
    monkeypatch.setenv("FII_SCHEDULER", "tcp://127.0.0.1:1")
    before = fii("check", "--format", "concise")
    Path("fii.toml").write_text("scheduler = 'tcp://127.0.0.1:1'\n", encoding="utf-8")
    done = fii("check", "--format", "concise")
    assert done.out.splitlines()[1:] == before.out.splitlines()
    assert "fii.toml:1:1" in done.out.splitlines()[0]
    assert "scheduler" in done.out.splitlines()[0]


def test_a_check_of_this_machine_loads_no_cluster() -> None:
    many(3)
    code = "import sys; from fii_cli.cli import run; run(['check']); print(*sys.modules, file=sys.stderr)"
    env = {**os.environ, "PYTHONPATH": SOURCES}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    loaded = done.stderr.split()
    assert "fii_cli.project.judging" in loaded
    assert {"distributed", "dask", "fii_cli.project.cluster", "fii_cli.project.elsewhere"}.isdisjoint(loaded)


# --- TLS ----------------------------------------------------------------------------------------------------


def test_a_cluster_can_require_certificates(elsewhere_folder: Path) -> None:
    pytest.importorskip("cryptography", reason="making certificates requires cryptography")
    from distributed import Security

    many(20)
    security, names = Security.temporary(), {}
    for name in ("tls_ca_file", "tls_client_cert", "tls_client_key"):
        names[name] = elsewhere_folder / f"{name}.pem"
        names[name].write_text(getattr(security, name), encoding="utf-8")
    ca, cert, key = map(str, names.values())
    env = {**os.environ, "PYTHONPATH": SOURCES}
    known = {
        "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": ca,
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT": cert,
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY": key,
    }

    def check(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "fii_cli", "--lang", "en", "check", "--json", *words]
        return subprocess.run(line, env=env | more, capture_output=True, text=True)

    started = Running(elsewhere_folder, "--tls-ca-file", ca, "--tls-cert", cert, "--tls-key", key)
    try:
        started.worker()
        assert started.address.startswith("tls://")
        shared = check("--scheduler", started.address, **known)
        without = check("--scheduler", started.address)
    finally:
        started.end()
    here = check("--jobs", "1")
    assert (shared.returncode, shared.stdout, shared.stderr) == (here.returncode, here.stdout, here.stderr)
    assert without.returncode == 2
    assert "certificates" in without.stderr
    assert "Traceback" not in without.stderr
