"""The bench: it measures what it says, shows nothing else, and tells which goals were missed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bench.__main__ import chosen, show
from bench.cases import CASES, GOALS, GROUPS, PEER_CASES, PEER_GOALS, PEER_GROUPS, PLACES, Case, Goal, Place
from bench.country import MUNICIPALITIES, Costs, costs, meaning
from bench.files import folder, history, trajectory, versions
from bench.measure import Measured, Run, Task, measure
from bench.pages import DOCS, Occasion, add_rows, block_of, measured_blocks, peer_blocks, replaced, write
from bench.tables import NOT_RUN, goal_row, row, table, verdict
from bench.workshop import Workshop

from conftest import Fii
from fii_cli.cli import COMMANDS
from fii_cli.language import CODES, Code

pytestmark = pytest.mark.usefixtures("here")
NOT_MEASURED = {"import", "workbook"}
"""Daily commands that need answers of others, or a library that is an extra."""
DAY = Occasion(date(2026, 11, 27), 2, "a processor", "Linux", "3.11.7", 0.25)


def took(wall: float, cpu: float | None = None, memory: int = 40_000_000) -> Measured:
    """One run that took so long, beside an empty Python of ten milliseconds."""
    return Measured([Run(wall, wall if cpu is None else cpu, memory)], [Run(0.01, 0.01, 9_000_000)])


def case(name: str) -> Case:
    return next(each for each in (*CASES, *PEER_CASES) if each.name == name)


def everything(cases: tuple[Case, ...]) -> dict[str, Measured]:
    return {each.name: took(1 + number / 7) for number, each in enumerate(cases)}


# Files


@pytest.mark.parametrize("lines", [250, 400, 2_500])
def test_a_made_up_trajectory_has_its_length_and_no_error(lines: int, fii: Fii) -> None:
    text = trajectory(lines)
    assert text.count("\n") == lines
    Path("traject.yaml").write_text(text, encoding="utf-8")
    outcome = fii("check", "traject.yaml", "--as-of", "2025-12-01")
    assert "0 errors" in outcome.err, outcome.err
    assert outcome.code == 0


def test_the_same_seed_gives_the_same_file_and_another_seed_another() -> None:
    assert trajectory(300, 7) == trajectory(300, 7)
    assert trajectory(300, 7) != trajectory(300, 8)


def test_a_folder_has_different_files() -> None:
    folder(Path("many"), 3, 250)
    texts = [path.read_text(encoding="utf-8") for path in Path("many").iterdir()]
    assert len(set(texts)) == 3


def test_a_history_is_one_file_that_grows_by_a_fact_a_version(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    history(Path("history"), 5)
    monkeypatch.chdir("history")
    told = subprocess.run(["git", "rev-list", "--count", "HEAD"], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "5"
    assert Path("traject.yaml").read_text(encoding="utf-8") == versions(5)[-1]
    assert fii("merge", "base.txt", "ours.txt", "theirs.txt", "--dry-run").code == 0


def test_the_table_tells_how_long_the_file_with_a_history_is() -> None:
    place = PLACES["history"]
    assert versions(place.versions)[-1].count("\n") == place.lines


# Measuring


def test_a_command_is_measured_in_rounds_beside_another() -> None:
    before: list[int] = []
    python = [sys.executable, "-c", "pass"]
    task = Task(python, Path.cwd(), {}, before=lambda: before.append(1), beside=python)
    done = measure({"python": task}, rounds=2, seconds=60)["python"]
    assert len(done.runs) == len(done.beside) == 2
    assert len(before) == 3, "one run warms up"
    assert done.wall > 0
    assert done.cpu > 0
    assert done.ratio


def test_the_memory_of_a_command_is_its_own() -> None:
    ours = bytearray(200_000_000)
    ours[::4096] = b"x" * len(ours[::4096])
    done = measure({"python": Task([sys.executable, "-c", "pass"], Path.cwd(), {})}, 1, 60)["python"]
    assert 1_000_000 < done.memory < 100_000_000


def test_the_processor_time_of_children_counts() -> None:
    work = "sum(range(3_000_000))"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}], check=True)"
    alone = Task([sys.executable, "-c", "import subprocess"], Path.cwd(), {})
    done = measure({"child": Task([sys.executable, "-c", child], Path.cwd(), {}), "alone": alone}, 1, 60)
    assert done["child"].cpu > done["alone"].cpu


def test_what_takes_long_runs_less_often() -> None:
    done = measure({"python": Task([sys.executable, "-c", "pass"], Path.cwd(), {})}, rounds=3, seconds=0)
    assert len(done["python"].runs) == 1


def test_a_command_that_fails_stops_the_bench_with_what_it_said() -> None:
    task = Task([sys.executable, "-c", "import sys; sys.exit('no such file')"], Path.cwd(), {})
    with pytest.raises(SystemExit, match=r"ended with 1.*\n.*no such file"):
        measure({"python": task}, 1, 60)


def test_each_run_finds_the_file_as_it_was() -> None:
    workshop = Workshop(Path.cwd(), {"python": Path(sys.executable), "fii": Path(sys.executable)})
    task = workshop.task(case("assess"), floor=True)
    task.before()
    (path,) = task.folder.glob("*.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text("changed", encoding="utf-8")
    (task.folder / ".fii/undo").mkdir(parents=True)
    task.before()
    assert path.read_text(encoding="utf-8") == text == trajectory(400, 1)
    assert not (task.folder / ".fii").exists()
    assert str(path.name) in task.command


def test_only_a_case_about_what_is_stored_finds_what_an_earlier_run_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(PLACES, "two", Place(2, 250))
    fii = Path("fii")
    fii.write_text('#!/bin/sh\nmkdir -p "$FII_CACHE_DIR" && echo "$1" >> "$FII_CACHE_DIR/stored"\n')
    fii.chmod(0o700)
    workshop = Workshop(Path.cwd(), {"fii": fii.absolute()})
    stored: dict[bool, list[str]] = {}
    for keeps in (True, False):
        same = Case(f"keeps {keeps}", "many", "check", "two", keeps=keeps, edited=True)
        task = workshop.task(same, floor=False)
        texts = set()
        for _ in range(2):
            task.before()
            texts.add((task.folder / "traject-00002.yaml").read_text(encoding="utf-8"))
            subprocess.run(task.command, env=task.env, check=True)
        assert len(texts) == 2, "one file is changed before each run"
        kept = Path(task.env["FII_CACHE_DIR"], "stored").read_text(encoding="utf-8")
        stored[keeps] = kept.split()
    assert stored == {True: ["check"] * 3, False: ["check"]}, "one run stores before the first that counts"


def test_what_is_stored_is_about_files_that_are_old_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLACES, "two", Place(2, 250))
    clock, ran = [1000.0], list[float]()
    monkeypatch.setattr("time.time", lambda: clock[0])
    monkeypatch.setattr("time.sleep", lambda seconds: clock.__setitem__(0, clock[0] + seconds))
    monkeypatch.setattr("bench.workshop.run_once", lambda *_: ran.append(clock[0]))
    workshop = Workshop(Path.cwd(), {"fii": Path("fii")}, settling=61)
    for keeps in (False, True, True):
        task = workshop.task(Case("check", "many", "check", "two", keeps=keeps), floor=False)
        assert task.again == keeps
    assert ran == [1061.0, 1061.0]


# Cases and goals


def test_every_daily_command_is_measured() -> None:
    daily = {command.name for command in COMMANDS if command.group == "Every day"}
    assert daily - {each.words.split()[0] for each in CASES} == NOT_MEASURED


def test_cases_and_goals_fit_together() -> None:
    for cases, groups, goals in ((CASES, GROUPS, GOALS), (PEER_CASES, PEER_GROUPS, PEER_GOALS)):
        names = [each.name for each in cases]
        assert len(set(names)) == len(names)
        assert list(dict.fromkeys(each.group for each in cases)) == list(groups)
        assert {each.place for each in cases} <= set(PLACES)
        assert {goal.case for goal in goals} | {goal.other for goal in goals} - {""} <= set(names) | {""}


def test_nothing_writes_where_another_case_must_find_nothing_changed() -> None:
    writes = {each.place for each in CASES if each.edited or (each.group == "daily" and not each.keeps)}
    assert not writes & {each.place for each in CASES if each.keeps and not each.edited}


def test_what_this_fii_cannot_do_is_not_run() -> None:
    quick = chosen(CASES, "", False, set())
    assert case("check-same") not in quick
    assert case("check-10000") not in quick
    assert case("check-same") in chosen(CASES, "", False, {"--no-cache"})
    assert case("check-10000") in chosen(CASES, "", True, set())
    assert chosen(CASES, "start,check", False, set()) == [*CASES[:3], case("check")]
    with pytest.raises(SystemExit, match="unknown group or case daly: choose from start, daily"):
        chosen(CASES, "daly", False, set())


@pytest.mark.parametrize(
    ("goal", "done", "reached"),
    [
        (Goal("check", 15), {"check": took(0.14)}, True),
        (Goal("check", 15), {"check": took(0.16)}, False),
        (Goal("check", 15), {}, None),
        (Goal("check", 0.4, "seconds"), {"check": took(0.41, 0.1)}, False),
        (Goal("check", 150, "MB"), {"check": took(1, memory=149_000_000)}, True),
        (Goal("check", 150, "MB"), {"check": took(1, memory=151_000_000)}, False),
        (Goal("check", 1.3, "case", "status"), {"check": took(1.3), "status": took(1.0)}, True),
        (Goal("check", 1.3, "case", "status"), {"check": took(1.4), "status": took(1.0)}, False),
        (Goal("check", 1.3, "case", "status"), {"check": took(1.4)}, None),
        # programs on several processors are compared by the clock
        (PEER_GOALS[1], {"pages-fii": took(2, 9), "pages-mkdocs": took(5, 5)}, True),
    ],
)  # fmt: skip
def test_a_goal_is_told_as_reached_or_not(
    goal: Goal, done: dict[str, Measured], reached: bool | None
) -> None:
    cases = (*CASES, *PEER_CASES)
    judged = verdict(goal, done, cases)
    assert judged.reached is reached
    told = {code: goal_row(judged, cases, code)[-1] for code in CODES}
    assert told["en"] == {True: "yes", False: "**no**", None: "not measured"}[reached]
    assert told["nl"] == {True: "ja", False: "**nee**", None: "niet gemeten"}[reached]


def test_the_terminal_shows_what_was_run_and_every_goal(capsys: pytest.CaptureFixture[str]) -> None:
    show(CASES, GROUPS, GOALS, {"check": took(0.16, memory=41_000_000)})
    shown = capsys.readouterr().out
    assert re.search(r"fii check traject\.yaml .* 160 ms .* 16\.0 .* 41\.0 MB", shown)
    assert re.search(r"15 × .* 16\.0 × .* no ", shown)
    assert shown.count("not measured") == len(GOALS) - 1
    assert "Many files" not in shown


# The page


ROWS = len((*CASES, *PEER_CASES, *GOALS, *PEER_GOALS)) + len((*GROUPS, *PEER_GROUPS)) + 2
"""A row for each case and each goal, and the heads of each table."""


def test_what_was_not_measured_is_a_dash() -> None:
    cells = row(case("check"), {}, "en")
    assert set(cells[3:]) == {NOT_RUN}
    assert table(CASES, "start", {}, "nl")[1][3:] == cells[3:]


def test_only_a_table_with_counts_has_a_column_for_instructions() -> None:
    assert [len(cells) for cells in table(CASES, "start", {}, "en")] == [9] * 4
    heads, first, *_ = table(PEER_CASES, "pages", {"pages-fii": took(1)}, "en")
    assert heads[-2:] == ("Memory", "Runs")
    assert first[-2:] == ("40.0 MB", "1")


def test_an_instruction_count_is_shown_if_there_is_one() -> None:
    done = took(1)
    done.instructions = 1_211_000_000
    assert row(case("check"), {"check": done}, "nl")[-2] == "1.211 M"


def tables(text: str) -> list[list[str]]:
    """The rows of all tables, as cells."""
    found = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [cells for cells in found if not cells[0].startswith("---")]


def figures(text: str) -> list[str]:
    """Every number, without what separates its thousands or decimals."""
    return [re.sub(r"[.,](?=\d)", "·", each) for each in re.findall(r"\d+(?:[.,]\d+)*", text)]


@pytest.mark.parametrize("name", ["measured", "meaning", "peers"])
def test_both_pages_have_the_same_figures(name: str) -> None:
    pages = {code: (DOCS / f"performance.{code}.md").read_text(encoding="utf-8") for code in CODES}
    assert figures(block_of(pages["en"], name)) == figures(block_of(pages["nl"], name))


@pytest.mark.parametrize("code", CODES)
def test_the_page_has_a_row_for_each_case_and_each_goal(code: Code) -> None:
    """Run `make bench-rows` if this fails, or measure with `make bench` and `make bench-peers`."""
    page = (DOCS / f"performance.{code}.md").read_text(encoding="utf-8")
    for name, cases, goals in (("measured", CASES, GOALS), ("peers", PEER_CASES, PEER_GOALS)):
        shown = [cells[0] for cells in tables(block_of(page, name))]
        wanted = [row(each, {}, code)[0] for each in cases]
        wanted += [goal_row(verdict(goal, {}, cases), cases, code)[0] for goal in goals]
        heads = {"Command", "Commando", "Goal", "Doel"}
        assert [each for each in shown if each not in heads] == wanted


def written(done: Mapping[str, Measured]) -> dict[str, dict[Code, str]]:
    return measured_blocks(DAY, done, set()) | peer_blocks(DAY, done, set(), {"yamale": "6.1.0"})


@pytest.mark.parametrize("done", [{}, everything((*CASES, *PEER_CASES))])
def test_blocks_say_the_same_in_both_languages(done: dict[str, Measured]) -> None:
    for told in written(done).values():
        assert figures(told["en"].replace("27 November 2026", "")) == figures(
            told["nl"].replace("27 november 2026", "")
        )
        assert len(tables(told["en"])) == len(tables(told["nl"]))


def test_a_block_replaces_only_what_is_between_its_markers() -> None:
    page = "before\n<!-- bench: a -->\nold\n<!-- bench: end of a -->\nafter\n"
    new = replaced(page, "a", "new")
    assert new == "before\n<!-- bench: a -->\n\nnew\n\n<!-- bench: end of a -->\nafter\n"
    assert replaced(new, "a", "new") == new
    with pytest.raises(ValueError, match="the markers of b are missing"):
        replaced(page, "b", "new")


def test_a_run_writes_the_page_of_each_language() -> None:
    for code in CODES:
        Path(f"performance.{code}.md").write_text(
            "# a\n<!-- bench: measured --><!-- bench: end of measured -->\n"
        )
    write({"measured": measured_blocks(DAY, {"check": took(0.16)}, set())["measured"]}, Path.cwd())
    english = Path("performance.en.md").read_text(encoding="utf-8")
    dutch = Path("performance.nl.md").read_text(encoding="utf-8")
    assert "Measured on 27 November 2026" in english
    assert "on 2 cores (a processor, Linux). The load average was 0.25 at the start." in english
    assert "Gemeten op 27 november 2026" in dutch
    assert "0,25 bij het begin" in dutch
    assert "require `--no-cache`" in english
    assert "The machine was busy" not in english


def test_a_run_on_a_busy_machine_says_so() -> None:
    told = measured_blocks(replace(DAY, load=0.5), {}, set())["measured"]
    assert "times by the clock may be too long" in told["en"]
    assert "tijden op de klok kunnen dus te lang zijn" in told["nl"]


def test_a_new_case_gets_a_row_of_dashes_and_the_others_keep_their_figures() -> None:
    markers = "".join(f"<!-- bench: {name} --><!-- bench: end of {name} -->\n" for name in written({}))
    paths = [Path(f"performance.{code}.md") for code in CODES]
    for path in paths:
        path.write_text(f"# a\n{markers}", encoding="utf-8")
    for _ in range(2):  # of pages without figures too
        add_rows(Path.cwd())
        assert all(len(tables(path.read_text(encoding="utf-8"))) == ROWS for path in paths)
    write(written({"check": took(0.16)}), Path.cwd())
    before = [path.read_text(encoding="utf-8") for path in paths]
    add_rows(Path.cwd())
    assert [path.read_text(encoding="utf-8") for path in paths] == before
    for path, text in zip(paths, before, strict=True):
        (new,) = (line for line in text.splitlines() if line.startswith("| `fii minutes"))
        path.write_text(text.replace(f"{new}\n", "") + "| `fii gone` |\n", encoding="utf-8")
    add_rows(Path.cwd())
    for path, text in zip(paths, before, strict=True):
        assert path.read_text(encoding="utf-8") == text + "| `fii gone` |\n"


# The country


def test_the_sums_for_a_country_are_right_with_the_figures_shown() -> None:
    done = everything(CASES) | {
        "check-100": took(1.0),
        "check-1000": took(8.2),
        "report-30": took(1.5),
        "report-300": took(10.5),
        "portfolio-30": took(0.75),
        "portfolio-300": took(5.25),
        "status": took(0.2),
        "trend": took(4.2),
    }
    each = costs(done)
    assert each == Costs(
        file=0.008,
        start=0.2,
        report=0.0333,
        report_start=0.501,
        page=0.0167,
        page_start=0.249,
        version=0.02,
    )
    told = meaning(done, "en")
    assert "342 municipalities with 300 trajectories each, together 102,600 files" in told
    assert "| check, one municipality | 200 ms + 300 × 8.00 ms | 2.60 s |" in told
    assert f"| check, all | 342 × 2.60 s | {MUNICIPALITIES * 2.6 / 60:.1f} min |" in told
    assert "| every version of every trajectory, one municipality | 300 × 130 × 20.0 ms | 13.0 min |" in told
    assert "| every version of every trajectory, all | 342 × 13.0 min | 74.1 hours |" in told


def test_no_sum_is_made_of_what_was_not_measured() -> None:
    told = meaning({"check": took(1)}, "nl")
    assert "Niet gemeten in de laatste keer" in told
    assert "342" not in told
