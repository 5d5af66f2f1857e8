"""The day of a report: the same answer as git's own for every file, in every command, and on every page."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.editions.marks import made_as
from fii_cli.project.git.history import last_commits
from helpers import FORMS, HEAD, all_text
from outside import writer_of
from test_git import FILE, THEN, TODAY, commit, dated, git, repository
from test_git import _elsewhere as _elsewhere

NAMES = (
    "a.yaml",
    "A.yaml",
    "a1.yaml",
    "a[1].yaml",
    ":!b.yaml",
    "map/b.yaml",
    "een naam.yaml",
    "regel\neinde.yaml",
    'aan"haling.yaml',
    "é.yaml",
    f"{'a' * 40} (from {'b' * 40}) x",
)


# --- as git itself answers ----------------------------------------------------------------------------------


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def random_history(seed: int, commits: int = 40) -> Iterator[str]:
    """A stream for git fast-import: changes, merges of two and three, and clocks that are not right."""
    chance = random.Random(seed)
    trees: list[dict[str, str]] = []
    for at in range(1, commits + 1):
        parents = sorted({len(trees), *chance.sample(range(1, at), min(at - 1, chance.choice([0, 0, 1, 2])))})
        parents = [parent for parent in parents[::-1] if parent]
        tree = dict(trees[parents[0] - 1]) if parents else {}
        for parent in parents[1:]:  # a merge takes some files from the other side
            for name, text in trees[parent - 1].items():
                if chance.random() < 0.5:
                    tree[name] = text
        for name in chance.sample(NAMES, chance.choice([0, 1, 1, 2])):
            tree[name] = chance.choice("123")
            if chance.random() < 0.1:
                del tree[name]
        if at == commits:
            tree |= {name: tree.get(name, "1") for name in NAMES}
        trees.append(tree)
        seconds = 1_600_000_000 + 86_400 * (at + chance.choice([0, 0, 0, -7, 7]))
        yield f"commit refs/heads/main\nmark :{at}\ncommitter x <x@example.org> {seconds} +0200\ndata 1\nx\n"
        yield "".join(f"{'merge' if n else 'from'} :{parent}\n" for n, parent in enumerate(parents))
        yield "deleteall\n"
        for name, text in tree.items():
            yield f"M 100644 inline {_quoted(name)}\ndata 1\n{text}\n"
        yield "\n"


@pytest.mark.parametrize("seed", range(12))
def test_the_walk_tells_what_git_log_tells_of_each_file(here: Path, seed: int) -> None:
    git("init", "-q")
    stream = "".join(random_history(seed)).encode()
    subprocess.run(["git", "fast-import", "--quiet"], input=stream, check=True)
    found = last_commits(here, frozenset(NAMES))
    for name in NAMES:
        told = git("--literal-pathspecs", "log", "-1", "--format=%cs %P", "--", name)
        day, _, parents = told.partition(" ")
        assert (str(found[name].day), " ".join(found[name].parents)) == (day, parents), name
        assert last_commits(here, frozenset([name])) == {name: found[name]}


def test_a_name_that_reads_as_a_pattern_has_its_own_day(fii: Fii, here: Path) -> None:
    repository(".")
    days = {}
    for at, name in enumerate(("a1.yaml", "a[1].yaml", ":!b.yaml", "b.yaml"), 1):
        days[name] = f"2024-06-0{at}"
        Path(name).write_text(f"{HEAD}summary: '{name}'\n", encoding="utf-8")
        commit(day=days[name])
    for name, day in days.items():
        assert dated(fii, f"./{name}") == (day, "")
    assert fii("report", *(f"./{name}" for name in days), "-o", "site/", "--format", "md").code == 0
    for name, day in days.items():
        made = made_as(Path("site", name).with_suffix(".md").read_bytes())
        assert made is not None
        assert str(made.day) == day


# --- report, portfolio and --check agree --------------------------------------------------------------------


def portfolio(fii: Fii, *words: str) -> tuple[str, str, str]:
    """The day of a portfolio, where that comes from, and what is said of it."""
    done = fii("portfolio", ".", "--format", "json", *words)
    assert done.code == 0, done.err
    told = json.loads(done.out)
    return told["date"], told["day_from"], done.err.strip()


def test_a_portfolio_has_the_latest_day_of_its_reports(fii: Fii) -> None:
    repository(".")
    assert portfolio(fii) == (THEN, "commit", "")
    Path("u.yaml").write_text(HEAD, encoding="utf-8")
    commit(day="2024-07-01")
    assert portfolio(fii) == ("2024-07-01", "commit", "")
    Path("README").write_text("x", encoding="utf-8")
    commit(day="2024-08-01")  # touches no trajectory
    assert portfolio(fii) == ("2024-07-01", "commit", "")
    assert portfolio(fii, "--as-of", "2024-07-02") == ("2024-07-02", "chosen", "")


def test_what_is_not_committed_yet_is_in_both(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(".")
    Path(FILE).write_text(HEAD + f"log: [{{date: {TODAY}, text: net gebeurd}}]\n", encoding="utf-8")
    page = fii("report", FILE, "--format", "md", "-o", "-")
    assert "net gebeurd" in page.out
    assert page.err.strip() == f"changed after the last commit: {FILE} is dated today ({TODAY})"
    said = f"changed after the last commit: the portfolio is dated today ({TODAY})"
    assert portfolio(fii) == (TODAY, "today", said)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    assert portfolio(fii) == ("2025-01-01", "chosen", "")
    assert fii("report", FILE, "--dry-run").err == ""


@pytest.mark.parametrize("form", ["html", "md", "json", "csv"])
def test_a_report_committed_with_its_file_is_up_to_date(fii: Fii, form: str) -> None:
    repository(".")
    Path(FILE).write_text(HEAD + "summary: nieuw\n", encoding="utf-8")
    assert fii("report", FILE, "--format", form).code == 0  # dated today: the change is not committed yet
    commit(day=TODAY)
    assert fii("report", FILE, "--format", form, "--check").code == 0
    assert fii("report", FILE, "--format", form, "--as-of", "2024-01-01", "--force").code == 0
    assert fii("report", FILE, "--format", form, "--check").code == 0
    Path(FILE).write_text(HEAD + "summary: nieuwer\n", encoding="utf-8")
    assert fii("report", FILE, "--format", form, "--check").code == 1


def test_a_report_is_out_of_date_once_something_newer_is_known(fii: Fii) -> None:
    repository(".", HEAD)
    ask = ("report", FILE, "--check")
    assert fii("report", FILE).code == 0
    Path(FILE).write_text(f"# een opmerking\n{HEAD}", encoding="utf-8")
    assert fii(*ask).code == 0  # a comment is no fact
    commit(day="2024-06-01")
    assert fii(*ask).code == 0
    Path(FILE).write_text(HEAD + "log: [{date: 2024-07-01, text: later}]\n", encoding="utf-8")
    assert f"it is dated {THEN}, not {TODAY}" in fii(*ask).out
    commit(day="2024-07-02")
    told = fii(*ask)
    assert (told.code, f"it is dated {THEN}, not 2024-07-02" in told.out) == (1, True)
    assert fii(*ask, "--as-of", THEN).code == 0  # on its own day it still is what it was


# --- the page says so ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_where_its_day_comes_from(fii: Fii, form: str) -> None:
    writer_of(form)
    repository(".")
    sources = {"commit": (), "chosen": ("--as-of", THEN)}
    for source, words in sources.items():
        assert fii("report", FILE, "--format", form, "-o", f"{source}.{form}", *words).code == 0
    Path(FILE).write_text(HEAD + "summary: anders\n", encoding="utf-8")
    assert fii("report", FILE, "--format", form, "-o", f"today.{form}").code == 0
    words_of = {"commit": "laatste wijziging", "chosen": "gekozen datum", "today": "die dag gemaakt"}
    for source, words_ in words_of.items():
        page = Path(f"{source}.{form}")
        made = made_as(page.read_bytes())
        assert made is not None
        assert made.day_from == source
        if form in ("html", "md", "docx", "pdf"):
            assert f"({words_})" in " ".join(all_text(page).split())


def test_a_mark_of_before_still_tells_its_day(fii: Fii) -> None:
    made = made_as(b"<!-- fii report 2024-05-06 client -->\n# x\n")
    assert made is not None
    assert (str(made.day), made.audience, made.day_from) == ("2024-05-06", "client", "chosen")
    assert date.fromisoformat(TODAY) > made.day + timedelta(days=1)
