"""A portfolio of many files: none of them stays in memory, several processes agree, and it remembers."""

from __future__ import annotations

import gc
import json
import os
import pickle
import random
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii, Outcome
from fii_cli import cli
from fii_cli.analysis.portfolio import Portfolio, portfolio_of
from fii_cli.analysis.portfolio_line import Line, line_of
from fii_cli.commands import portfolio_published, portfolio_told, progress
from fii_cli.commands.portfolio_members import Shown, read_member
from fii_cli.commands.portfolio_pages import PortfolioPages
from fii_cli.handbook.load import handbook
from fii_cli.project import files, memory, published, spool
from fii_cli.project.codec import as_data, as_json, from_data
from fii_cli.project.context import project_of
from fii_cli.project.published import Published
from fii_cli.report.json_portfolio import json_portfolio
from fii_cli.report.portfolio_page import Form, portfolio_page
from fii_cli.resources import EXAMPLES, examples
from fii_cli.yaml.document import Document
from helpers import DAY, EN, HEAD
from many import many
from test_linear import look_on, steps

pytestmark = pytest.mark.usefixtures("here")
ON = ("--as-of", "2025-06-01")
FORMS = ("text", "md", "json", "csv")
BROKEN = {"kapot.yaml": "fii: 1\ntitle: [\n", "typfout.yaml": HEAD + "titel: x\n"}
PERSONAL = {"post.yaml": HEAD + "summary: bel jan@voorbeeld.nl\n"}


def put(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        Path(name).write_text(text, encoding="utf-8")


def reports(fii: Fii, number: int) -> None:
    """Reports in JSON that others published, besides the file that they are of."""
    Path("elders").mkdir(exist_ok=True)
    for at, (name, text) in enumerate(many(number).items()):
        Path("elders", name).write_text(text, encoding="utf-8")
        audience = ("team", "steering", "client", "public")[at % 4]
        day = ("2025-05-01", "2025-06-20")[at % 5 == 4]
        words = ("--audience", audience, "--as-of", day, "--output", f"{at:03}.fii.json")
        assert fii("report", f"elders/{name}", *words).code == 0
        Path("elders", name).unlink()


def everything(fii: Fii, number: int = 24) -> None:
    """Files with and without errors, some with personal data, and reports."""
    put(many(number) | BROKEN | PERSONAL)
    Path("groot.yaml").write_bytes((EXAMPLES / "thuis-leren-verzonnen.yaml").read_bytes())
    reports(fii, 5)


# --- nothing stays in memory --------------------------------------------------------------------------------


class Alive:
    """How many of some values there are at a time."""

    def __init__(self) -> None:
        self.those: list[weakref.ref[Any]] = []
        self.most = 0

    def add(self, value: object) -> None:
        self.those.append(weakref.ref(value))
        self.most = max(self.most, sum(each() is not None for each in self.those))


@pytest.fixture
def alive(monkeypatch: pytest.MonkeyPatch) -> tuple[Alive, Alive]:
    """The documents, and the trajectories that a portfolio shows."""
    documents, trajectories = Alive(), Alive()
    read, member = files.read_safely, read_member

    def reading(raw: bytes) -> Document:
        document = read(raw)
        documents.add(document)
        return document

    def showing(*words: Any) -> Any:
        shown = member(*words)
        if isinstance(shown, Shown):
            trajectories.add(shown.member.standing.trajectory)
        return shown

    monkeypatch.setattr(files, "read_safely", reading)
    monkeypatch.setattr(portfolio_told, "read_member", showing)
    return documents, trajectories


@pytest.mark.parametrize(
    "words", [*(("--format", form) for form in FORMS), ("--output", "site/"), ("-o", "s/", "--format", "md")]
)
def test_no_document_or_trajectory_stays_in_memory(
    fii: Fii, alive: tuple[Alive, Alive], words: tuple[str, ...]
) -> None:
    put(many(30))
    gc.disable()
    try:
        assert fii("portfolio", *ON, *words, "--jobs", "1").code == 0
    finally:
        gc.enable()
    documents, trajectories = alive
    assert len(trajectories.those) == 30
    assert documents.most <= 3
    assert trajectories.most <= 2


def test_what_the_template_of_a_page_leaves_is_let_go(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    """Circles of values, which stay until a collector comes: in a long run hundreds of pages later."""
    there: list[int] = []
    real = spool.Spool.add

    def add(self: spool.Spool, page: bytes) -> spool.Kept:
        there.append(len(gc.get_objects()))
        return real(self, page)

    monkeypatch.setattr(spool.Spool, "add", add)
    put(many(30))
    gc.disable()
    try:
        assert fii("portfolio", *ON, "--output", "site/", "--jobs", "1").code == 0
    finally:
        gc.enable()
    assert there[29] - there[9] < 20 * 300


@pytest.mark.parametrize("form", ["json", "parquet"])
def test_no_report_stays_in_memory(fii: Fii, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    reports(fii, 20)
    there = Alive()
    real = published.read_published

    def reading(path: str) -> Published:
        report = real(path)
        there.add(report.edition)
        return report

    monkeypatch.setattr(published, "read_published", reading)
    words = ["--format", form]
    if form == "parquet":
        pytest.importorskip("pyarrow")
        words += ["--output", "tabellen/"]
    assert fii("portfolio", *ON, *words).code in (0, 1)
    assert len(there.those) == 20
    assert there.most <= 2


def line(text: str) -> Line:
    within = project_of("t.yaml").surroundings(DAY)
    shown = read_member("t.yaml", files.read_safely(text.encode()), within, "team")
    assert isinstance(shown, Shown)
    return line_of(shown.member)


def test_what_is_kept_of_a_file_does_not_grow_with_its_log() -> None:
    """A line is sent between processes, and thousands of them are in memory."""
    text = (EXAMPLES / "thuis-leren-verzonnen.yaml").read_text(encoding="utf-8")
    log = "".join(f"  - {{date: 2025-01-01, text: Overleg {at}}}\n" for at in range(500))
    longer = text.replace("\nlog:\n", f"\nlog:\n{log}")
    assert longer != text
    assert len(pickle.dumps(line(longer))) == len(pickle.dumps(line(text))) < 6_000


def test_a_line_comes_back_as_it_was() -> None:
    told = [line((EXAMPLES / "thuis-leren-verzonnen.yaml").read_text(encoding="utf-8")), line(HEAD)]
    told += map(line, many(12).values())
    for each in told:
        assert from_data(Line, json.loads(as_json(as_data(Line, each)))) == each
        assert pickle.loads(pickle.dumps(each)) == each


# --- pages --------------------------------------------------------------------------------------------------


def test_pages_come_back_from_memory_and_from_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [f"<p>{at} é \ud800</p>" * 200 for at in range(20)]
    for room in (0, 100, 10_000_000):
        monkeypatch.setattr(spool, "_IN_MEMORY", room)
        with spool.spool() as kept:
            where = [kept.add(spool.packed(page)) for page in pages]
            assert [kept.page(each) for each in reversed(where)] == pages[::-1]


def test_a_full_disk_is_told_before_any_page_is_written(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def seek(self, _: int) -> None: ...
        def write(self, _: bytes) -> None:
            raise OSError(28, "No space left on device")

    def add(self: spool.Spool, packed: bytes) -> spool.Kept:
        monkeypatch.setattr(self, "_file", Full())
        return real(self, packed)

    real = spool.Spool.add
    monkeypatch.setattr(spool.Spool, "add", add)
    put(many(3))
    done = fii("portfolio", *ON, "--output", "site/")
    assert done.code == 2
    assert "the disk is full" in done.err
    assert not Path("site").exists()


def test_every_page_may_be_written_before_the_first_is(fii: Fii) -> None:
    put(many(5))
    Path("site").mkdir()
    Path("site/traject-003.html").write_text("van iemand anders", encoding="utf-8")
    done = fii("portfolio", *ON, "--output", "site/", "-j", "2")
    assert done.code == 2
    assert "this is not a report made by fii" in done.err
    assert [path.name for path in Path("site").iterdir()] == ["traject-003.html"]


def test_pages_are_written_one_by_one(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is unpacked when it is written, so that they are never in memory together."""
    put(many(9))
    seen: list[int] = []
    real = PortfolioPages.each

    def each(self: PortfolioPages, kept: spool.Spool) -> Iterator[tuple[str, str]]:
        for name, text in real(self, kept):
            seen.append(len(list(Path("site").iterdir())) if Path("site").exists() else 0)
            yield name, text

    monkeypatch.setattr(PortfolioPages, "each", each)
    assert fii("portfolio", *ON, "--output", "site/").code == 0
    assert seen == list(range(10))


# --- several processes --------------------------------------------------------------------------------------


def made(folder: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


@pytest.mark.parametrize("audience", ["team", "public"])
def test_two_processes_show_what_one_shows(fii: Fii, audience: str) -> None:
    everything(fii)
    for form in FORMS:
        words = ("portfolio", *ON, "--no-cache", "--format", form, "--audience", audience)
        one = fii(*words, "--jobs", "1")
        assert fii(*words, "-j", "2") == one
        assert one.code == 1


@pytest.mark.parametrize("form", ["html", "md", "parquet"])
def test_two_processes_write_what_one_writes(fii: Fii, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    everything(fii)
    for audience in ("team", "public"):
        words = ("portfolio", *ON, "--format", form, "--audience", audience, "--output")
        one = fii(*words, f"een-{audience}/", "--jobs", "1", lang="nl")
        two = fii(*words, f"twee-{audience}/", "-j", "2", lang="nl")
        assert two == Outcome(one.code, one.out.replace("een-", "twee-"), one.err)
        assert one.code == 1
        assert made(f"twee-{audience}") == made(f"een-{audience}")
        assert len(made(f"een-{audience}")) > 5


@pytest.mark.parametrize(
    ("number", "size", "words", "processes"),
    [
        (100, 100, (), 1),
        (100, 25_000, (), 8),
        (15, 100, ("--output", "site/"), 1),
        (16, 100, ("--output", "site/"), 8),
        (3, 100, ("-j", "2"), 2),
        (100, 25_000, ("-j", "1"), 1),
    ],
)
def test_only_much_work_is_spread_unless_asked(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, number: int, size: int, words: tuple[str, ...], processes: int
) -> None:
    used: list[int] = []

    def alone(_work: object, inputs: Iterator[Any], count: int, died: Callable[[Any], Any], _: object) -> Any:
        used.append(count)
        yield from map(died, inputs)

    monkeypatch.setattr(portfolio_told, "spread", alone)
    monkeypatch.setattr("fii_cli.project.processes.cores", lambda: 8)
    for at in range(number):
        Path(f"t{at:03}.yaml").write_text(HEAD + "#" * size, encoding="utf-8")
    assert fii("portfolio", *ON, *words).code == 1
    assert used == [processes]


def told_or_dead(task: portfolio_told.MemberTask) -> portfolio_told.MemberTold:
    if task.path == "traject-011.yaml":
        os.kill(os.getpid(), signal.SIGTERM if os.name != "posix" else signal.SIGKILL)
    return portfolio_told._apart(task)


def test_a_file_that_a_process_dies_of_is_named(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    put(many(20))
    monkeypatch.setattr(portfolio_told, "_apart", told_or_dead)
    done = fii("portfolio", *ON, "--output", "site/", "-j", "2")
    assert done.code == 1
    assert "traject-011.yaml: line 1: FII008 the process that checked this file ended" in done.err
    assert {path.name for path in Path("site").iterdir()} == {
        "index.html",
        *(f"traject-{at:03}.html" for at in range(20) if at != 11),
    }


def report_or_dead(task: portfolio_published.ReportTask) -> portfolio_published.ReportTold:
    if task.path == "002.fii.json":
        os.kill(os.getpid(), signal.SIGTERM if os.name != "posix" else signal.SIGKILL)
    return portfolio_published._apart(task)


def test_a_report_that_a_process_dies_of_is_named(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    reports(fii, 4)
    monkeypatch.setattr(portfolio_published, "_apart", report_or_dead)
    done = fii("portfolio", *ON, "--format", "json", "-j", "2")
    told = json.loads(done.out)
    assert done.code == 1
    assert [(each["path"], each["code"]) for each in told["unreadable"]] == [("002.fii.json", "FII008")]
    assert len(told["trajectories"]) == 3


def test_many_reports_are_shared_among_the_cores(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[int] = []

    def alone(_work: object, inputs: Iterator[Any], count: int, died: Callable[[Any], Any]) -> Any:
        used.append(count)
        yield from map(died, inputs)

    monkeypatch.setattr(portfolio_published, "spread", alone)
    monkeypatch.setattr("fii_cli.project.processes.cores", lambda: 8)
    for at in range(300):
        Path(f"{at:03}.fii.json").write_text("{}", encoding="utf-8")
        if at in (298, 299):
            assert fii("portfolio", *ON).code == 1
    assert used == [1, 8]


def test_one_report_with_two_names_counts_once(fii: Fii) -> None:
    reports(fii, 1)
    Path("ook.fii.json").symlink_to("000.fii.json")
    for jobs in ("1", "2"):
        told = json.loads(fii("portfolio", *ON, "--format", "json", "-j", jobs).out)
        assert [each["path"] for each in told["trajectories"]] == ["000.fii.json"]


@pytest.mark.skipif(os.name != "posix", reason="a terminal sends Ctrl-C to all processes of a command")
def test_after_ctrl_c_no_page_is_written_and_no_process_stays() -> None:
    put(many(200))
    words = ["portfolio", *ON, "--output", "site/", "-j", "2"]
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    interrupting = (
        "import os, signal, sys; from fii_cli.commands import portfolio_gathered as g; real = g.each_told\n"
        "def each(*words):\n"
        "    for at, one in enumerate(real(*words)):\n"
        "        if at == 5: os.killpg(os.getpid(), signal.SIGINT)\n"
        "        yield one\n"
        "if __name__ == '__main__':\n"
        "    g.each_told = each; sys.argv = ['fii', *sys.argv[1:]]\n"
        "    from fii_cli.__main__ import main; sys.exit(main())\n"
    )
    Path("breek.py").write_text(interrupting, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "breek.py", *words],
        env=env,
        capture_output=True,
        start_new_session=True,
        timeout=60,
        check=False,
    )  # ends when the last process that could write there has ended
    assert done.returncode in (130, -signal.SIGINT)
    assert (done.stdout, done.stderr.strip()) == (b"", b"")
    assert not Path("site").exists()


@pytest.mark.parametrize(
    "words", [("--format", "json"), ("--output", "site/"), ("--format", "parquet", "--output", "tabellen/")]
)
def test_who_waits_on_a_screen_sees_how_far_it_is(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    if "parquet" in words:
        pytest.importorskip("pyarrow")
    put(many(4))
    reports(fii, 3)
    look_on(monkeypatch)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(progress, "_EVERY", 0)
    shown = fii("portfolio", *ON, *words).err
    assert all(f"\r{at}/4" in shown for at in range(1, 5))
    assert all(f"\r{at}/3" in shown for at in range(1, 4))


# --- it remembers -------------------------------------------------------------------------------------------


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder, and a dozen files."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("FII_CACHE_DIR", str(folder))
    put(many(12))
    return folder


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are judged for a portfolio."""
    paths: list[str] = []
    real = read_member

    def reading(path: str, *words: Any) -> Any:
        paths.append(path)
        return real(path, *words)

    monkeypatch.setattr(portfolio_told, "read_member", reading)
    return paths


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_did_not_change_is_not_judged_again(
    fii: Fii, kept: Path, shown: list[str], form: str
) -> None:
    words = ("portfolio", *ON, "--format", form, "--sort", "name")
    first = fii(*words)
    assert len(shown) == 12
    assert fii(*words) == first
    assert len(shown) == 12
    assert fii(*words, lang="nl") == fii(*words, "--no-cache", lang="nl")
    assert len(shown) == 24
    assert fii(*words, "-j", "2") == first


def test_only_what_changed_is_judged_again(fii: Fii, kept: Path, shown: list[str]) -> None:
    words = ("portfolio", *ON, "--format", "json")
    fii(*words)
    for at in (0, 5, 11):
        Path(f"traject-{at:03}.yaml").write_text(HEAD, encoding="utf-8")
    shown.clear()
    now = fii(*words)
    assert shown == ["traject-000.yaml", "traject-005.yaml", "traject-011.yaml"]
    assert now == fii(*words, "--no-cache")


def _own_instrument() -> None:
    Path(".fii/instruments").mkdir(parents=True)
    text = "id: huis\nname: {nl: Huis, en: House}\nsource: ours\nscale: {nee: {nl: nee, en: no}}\n"
    Path(".fii/instruments/huis.yaml").write_text(text, encoding="utf-8")


def _settings() -> None:
    Path("fii.toml").write_text("[counts]\nsmallest = 9\n", encoding="utf-8")


def _moved() -> None:
    for at in range(12):
        os.rename(f"traject-{at:03}.yaml", f"u{at:03}.yaml")


@pytest.mark.parametrize("change", [_own_instrument, _settings, _moved])
def test_what_changes_around_a_file_is_seen(
    fii: Fii, kept: Path, shown: list[str], change: Callable[[], None]
) -> None:
    words = ("portfolio", *ON, "--format", "json")
    fii(*words)
    change()
    shown.clear()
    now = fii(*words)
    assert len(shown) == 12
    assert now == fii(*words, "--no-cache")


@pytest.mark.parametrize("words", [("--as-of", "2025-07-01"), ("--audience", "public")])
def test_another_day_or_audience_is_another_answer(
    fii: Fii, kept: Path, shown: list[str], words: tuple[str, ...]
) -> None:
    first = fii("portfolio", *ON, "--format", "json")
    shown.clear()
    other = fii("portfolio", *ON, *words, "--format", "json")
    assert len(shown) == 12
    assert other == fii("portfolio", *ON, *words, "--format", "json", "--no-cache")
    assert other != first


def test_a_circle_that_another_file_closes_is_seen(fii: Fii, kept: Path) -> None:
    put({"a.yaml": HEAD + "rollout: [{trajectory: b.yaml}]\n", "b.yaml": HEAD})
    words = ("portfolio", *ON, "--format", "json")
    open_ = fii(*words)
    assert open_.code == 0
    put({"b.yaml": HEAD + "rollout: [{trajectory: a.yaml}]\n"})
    closed = fii(*words)
    assert [each["path"] for each in json.loads(closed.out)["unreadable"]] == ["a.yaml", "b.yaml"]
    assert closed == fii(*words, "--no-cache")
    put({"b.yaml": HEAD})
    assert fii(*words) == open_


def test_another_fii_judges_again(
    fii: Fii, kept: Path, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fii("portfolio", *ON)
    monkeypatch.setattr(memory, "_maker", lambda: "fii 99")
    fii("portfolio", *ON)
    assert len(shown) == 24


def test_of_personal_data_and_of_errors_nothing_is_kept(fii: Fii, kept: Path, shown: list[str]) -> None:
    put(BROKEN | PERSONAL)
    first = fii("portfolio", *ON, "--format", "json")
    shown.clear()
    assert fii("portfolio", *ON, "--format", "json") == first
    assert sorted(shown) == sorted(BROKEN | PERSONAL)
    answers = (kept / "checks/answers.sqlite").read_bytes()
    assert b"voorbeeld.nl" not in answers


def test_a_damaged_answer_is_no_answer(fii: Fii, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = fii("portfolio", *ON, "--format", "json")
    for answer in (b"", b"[]", b"[[],null]", b"[[],[]]", b"[[]," + b"[" * 5_000, b'{"a":1}', b"\xff"):
        monkeypatch.setattr("fii_cli.project.cache.Cache.get", lambda *_, answer=answer: answer)
        assert fii("portfolio", *ON, "--format", "json") == first


@pytest.mark.parametrize("audience", ["team", "client"])
def test_remembered_and_anew_agree_over_many_edits(fii: Fii, kept: Path, audience: str) -> None:
    """Every example too, with edits that break a file, or make it say something else."""
    chance = random.Random(3)
    put({f"{name}.yaml": text for name, text in examples().items()})
    words = ("portfolio", "--audience", audience, "--format", "json")
    for number in range(25):
        path = chance.choice(sorted(Path().glob("*.yaml")))
        text = path.read_text(encoding="utf-8")
        at = chance.randrange(len(text))
        edit = chance.choice(("", "x", "\n", ": ", "2025-13-01", "é", "rood", "groen"))
        path.write_text(text[:at] + edit + text[at + len(edit) :], encoding="utf-8")
        on = ("--as-of", ("2025-06-01", "2025-06-20")[number % 2])
        assert fii(*words, *on) == fii(*words, *on, "--no-cache")


def test_pages_are_made_anew(fii: Fii, kept: Path, shown: list[str]) -> None:
    """They follow from templates, style and evidence as well."""
    for _ in range(2):
        shown.clear()
        assert fii("portfolio", *ON, "--output", "site/").code == 0
        assert len(shown) == 12


# --- no faster than its input -------------------------------------------------------------------------------

OWN = (
    "checklist: [{{id: eigen-{at}, subphase: 2c, question: Eigen vraag {at}?}}]\n"
    "assessments: [{{instrument: stoplicht, date: 2025-01-10, ratings: {{eigen-{at}: rood}}}}]\n"
    "visits: [{{phase: verkennen, entered: 2025-01-01, via: entry}}]\n"
)


@pytest.mark.parametrize("form", [*FORMS, "html"])
def test_four_times_as_many_files_ask_four_times_the_work(fii: Fii, form: str) -> None:
    def work(number: int) -> Callable[[], object]:
        Path(f"n{number}").mkdir(exist_ok=True)
        for at in range(number):  # each question is that of two teams
            text = HEAD + OWN.format(at=at // 2)
            Path(f"n{number}/t{at:03}.yaml").write_text(text, encoding="utf-8")
        words = ("--output", f"site{number}/") if form == "html" else ("--format", form)
        return lambda: fii("portfolio", f"n{number}", *ON, *words, "--no-cache", "--jobs", "1")

    work(3)()
    small, large = steps(work(15)), steps(work(60))
    assert large < 4.4 * small


@pytest.mark.parametrize("what", ["portfolio", "page", "table", "data"])
def test_what_is_shared_is_counted_in_work_that_grows_with_the_files(what: str) -> None:
    def whole(number: int) -> Portfolio:
        lines = [
            replace(
                one,
                path=f"{at}",
                shown_as=f"{at}",
                questions={"eigen": f"Vraag {at // 2}?"},
                strengths=strong,
            )
            for at in range(number)
        ]
        return portfolio_of(lines, [])

    def work(number: int) -> Callable[[], object]:
        known = whole(number)
        assert len(known.barriers) == number // 2
        if what == "portfolio":
            return lambda: whole(number)
        if what == "data":
            return lambda: json_portfolio(known, "2025-06-01", "chosen", handbook(), EN, "team")
        form: Form = "page" if what == "page" else "table"
        return lambda: portfolio_page(known, "2025-06-01", "chosen", handbook(), EN, {}, form=form)

    one, strong = line(many(1)["traject-000.yaml"]), {"stoplicht/eigen": 2}
    work(20)()
    assert steps(work(400)) < 4.4 * steps(work(100))


def test_four_times_as_many_reports_ask_four_times_the_work(fii: Fii) -> None:
    Path("bron.yaml").write_text(many(1)["traject-000.yaml"], encoding="utf-8")
    assert fii("report", "bron.yaml", "--as-of", "2025-05-01", "--output", "a.fii.json").code == 0
    raw = Path("a.fii.json").read_bytes()

    def work(number: int) -> Callable[[], object]:
        Path(f"n{number}").mkdir(exist_ok=True)
        for at in range(number):
            Path(f"n{number}/t{at:03}.fii.json").write_bytes(raw)
        return lambda: fii("portfolio", f"n{number}", *ON, "--format", "json")

    work(3)()
    assert steps(work(60)) < 4.4 * steps(work(15))
