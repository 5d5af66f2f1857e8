"""A check of which nothing changed is told again, and it is never another answer."""

from __future__ import annotations

import builtins
import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Outcome
from fii_cli import __main__, cli
from fii_cli.project import context, files, followed, stopwatch, unchanged
from fii_cli.project.unchanged import question, told_again
from fii_cli.resources import EXAMPLES, examples
from helpers import HEAD, OWN_INSTRUMENT, calls

pytestmark = [
    pytest.mark.usefixtures("here"),
    pytest.mark.skipif(os.name != "posix", reason="elsewhere every check is done"),
]
EVIDENCE = (
    "assessments:\n  - {instrument: stoplicht, date: 2025-01-10, "
    "ratings: {1a.probleem: {value: groen, evidence: bijlagen/notulen.md}}}\n"
)
RUNS = "runs/answers.sqlite"


class Check:
    """``fii check`` as ``main`` runs it, and whether its last answer was told again."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.capsys, self.monkeypatch = capsys, monkeypatch
        self.again = False

    def __call__(self, *words: str) -> Outcome:
        self.monkeypatch.setattr(sys, "argv", ["fii", "check", *words])
        self.capsys.readouterr()
        code = told_again()
        self.again = code is not None
        if code is None:
            code = cli.run(sys.argv[1:])
        shown = self.capsys.readouterr()
        return Outcome(code, shown.out, shown.err)

    def settled(self, *words: str) -> Outcome:
        """The answer, once it is told again."""
        first = self(*words)
        assert not self.again
        assert self(*words) == first
        assert self.again
        return first

    def anew(self, *words: str) -> Outcome:
        """The answer of a check that has no other to go by."""
        return self(*words, "--no-cache")


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("FII_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def fii_itself(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that stands for fii itself: other tests may compile a module of fii, or install a package."""
    path = tmp_path_factory.mktemp("fii") / "rules.py"
    path.write_text("1", encoding="utf-8")
    monkeypatch.setattr(followed, "made_of", lambda: iter([str(path), str(path.parent)]))
    return path


@pytest.fixture
def check(
    kept: Path,
    fii_itself: Path,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Check]:
    """A check for which a change counts at once, in English, with a home of its own."""
    monkeypatch.setattr(stopwatch, "SETTLED", -(10**18))
    monkeypatch.setenv("FII_LANG", "en")
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    yield Check(capsys, monkeypatch)
    question.cache_clear()


@pytest.fixture
def repository(here: Path) -> Path:
    """A repository with a few trajectories, of which one has evidence, and one has an error."""
    git("init", "-q", ".")
    for folder in ("trajecten/oud", "bijlagen"):
        Path(folder).mkdir(parents=True)
    _write("trajecten/a.yaml", HEAD + EVIDENCE)
    _write("trajecten/b.yaml", HEAD + "titel: x\n")
    _write("trajecten/oud/c.yaml", HEAD)
    _write("trajecten/ander.yaml", "x: 1\n")
    _write("bijlagen/notulen.md", "x")
    git("add", ".")
    return here


def git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)


def _write(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="utf-8")


def _write_unnoticed(path: str, old: str, new: str) -> None:
    """Change a text without changing its size, or the time of its last change."""
    file, before = Path(path), os.stat(path)
    raw = file.read_text(encoding="utf-8")
    assert old in raw
    file.write_text(raw.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (os.stat(path).st_size, os.stat(path).st_mtime_ns) == (before.st_size, before.st_mtime_ns)


# --- what an answer follows from ----------------------------------------------------------------------------


def _make(path: str, text: str) -> Callable[[], None]:
    def make() -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        _write(path, text)

    return make


def _linked() -> None:
    os.rename("trajecten/oud", "elders")
    os.symlink("../elders", "trajecten/oud")


def _ignored_by_the_user() -> None:
    folder = Path(os.environ["HOME"], ".config/git")
    folder.mkdir(parents=True)
    (folder / "ignore").write_text("b.yaml\n", encoding="utf-8")
    git("rm", "-q", "--cached", "trajecten/b.yaml")


def _ignored_by_another_file() -> None:
    Path(os.environ["HOME"], "mijn").write_text("b.yaml\n", encoding="utf-8")
    Path(os.environ["HOME"], ".gitconfig").write_text("[core]\nexcludesFile = ~/mijn\n", encoding="utf-8")


def _in_a_repository_of_its_own() -> None:
    git("init", "-q", "trajecten/oud")


CHANGES: dict[str, Callable[[], object]] = {
    "a text": lambda: _write_unnoticed("trajecten/oud/c.yaml", "title", "titel"),
    "a text that a finding quotes": lambda: _write_unnoticed("trajecten/b.yaml", "titel: x", "titels: "),
    "no trajectory that becomes one": lambda: _write("trajecten/ander.yaml", HEAD),
    "a new file": _make("trajecten/nieuw.yaml", HEAD),
    "a new file in a folder below": _make("trajecten/oud/nieuw.yaml", HEAD),
    "a new file in a new folder": _make("trajecten/nieuw/a.yml", HEAD),
    "a file that is no trajectory": _make("trajecten/nieuw.yaml", "x: 1\n"),
    "a file less": lambda: os.unlink("trajecten/b.yaml"),
    "another name": lambda: os.rename("trajecten/b.yaml", "trajecten/d.yaml"),
    "another name of a folder": lambda: os.rename("trajecten/oud", "trajecten/verleden"),
    "a folder less": lambda: shutil.rmtree("trajecten/oud"),
    "a hidden name of a folder": lambda: os.rename("trajecten/oud", "trajecten/.oud"),
    "a link to a folder": _linked,
    "a link to a file": lambda: os.symlink("../bijlagen/x.yaml", "trajecten/x.yaml"),
    "a trajectory through a link": lambda: os.symlink("b.yaml", "trajecten/x.yaml"),
    "settings": _make("fii.toml", "[check]\nignore = ['FII012']\n"),
    "nearer settings": _make("trajecten/fii.toml", "[check]\nignore = ['FII012']\n"),
    "settings of a folder below": _make("trajecten/oud/fii.toml", "[check]\nexclude = ['*']\n"),
    "wrong settings": _make("fii.toml", "[check\n"),
    "the language in the settings": _make("fii.toml", "language = 'nl'\n"),
    "an instrument": _make(".fii/instruments/huisregels.yaml", OWN_INSTRUMENT),
    "a wrong instrument": _make(".fii/instruments/huisregels.yaml", "x: 1\n"),
    "evidence that git has no longer": lambda: git("rm", "-q", "--cached", "bijlagen/notulen.md"),
    "evidence that git gets": lambda: git("add", "-f", "nog.md"),
    "a file that git ignores": _make(".gitignore", "oud/\n"),
    "a file that git ignores there": _make("trajecten/.gitignore", "*.yaml\n"),
    "a file that this clone ignores": _make(".git/info/exclude", "*.yaml\n"),
    "a file that the user ignores": _ignored_by_the_user,
    "a file that the user ignores elsewhere": _ignored_by_another_file,
    "a repository of its own": _in_a_repository_of_its_own,
    "no repository": lambda: os.rename(".git", "git"),
    "a repository without its parts": lambda: shutil.rmtree(".git/refs"),
    "a repository without a head": lambda: _write(".git/HEAD", "x"),
    "what looks like a repository": _make("HEAD", "x"),
}


@pytest.mark.parametrize(
    "paths", [(), ("trajecten",), ("trajecten/a.yaml", "./trajecten/oud", "trajecten/b.yaml")]
)
@pytest.mark.parametrize("what", CHANGES)
def test_any_change_is_seen(check: Check, repository: Path, what: str, paths: tuple[str, ...]) -> None:
    _write("nog.md", "x")
    check.settled(*paths)
    CHANGES[what]()
    now = check(*paths)
    assert not check.again or paths[1:]  # what is not looked at may change
    assert now == check.anew(*paths)


VISIBLE = {
    "a text", "a text that a finding quotes", "no trajectory that becomes one", "a new file", "a file less",
    "a new file in a folder below", "a new file in a new folder", "a file that is no trajectory", "settings",
    "another name", "a folder less", "a hidden name of a folder", "a link to a folder", "nearer settings",
    "settings of a folder below", "wrong settings", "the language in the settings", "a wrong instrument",
    "evidence that git has no longer", "a file that the user ignores", "no repository",
}  # fmt: skip
"""The changes that make another answer, so that the test above says something."""


@pytest.mark.parametrize("what", sorted(VISIBLE))
def test_such_a_change_makes_another_answer(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.delenv("FII_LANG")
    monkeypatch.setenv("LANG", "en")
    before = check.settled()
    CHANGES[what]()
    assert check() != before


WAS_THERE = {
    "fii.toml": ("[check]\nignore = ['FII701']\n", "FII701", "FII012"),
    ".fii/instruments/huisregels.yaml": (OWN_INSTRUMENT, "House", "Hause"),
    ".gitignore": ("oud/", "oud", "aud"),
    "trajecten/.gitignore": ("niets", "niets", "a.yaml"),
    ".git/info/exclude": ("niets", "niets", "b.yaml"),
}


@pytest.mark.parametrize("path", WAS_THERE)
def test_what_was_there_may_change(check: Check, repository: Path, path: str) -> None:
    git("rm", "-rq", "--cached", "trajecten")  # git ignores nothing that it tracks
    text, old, new = WAS_THERE[path]
    _make(path, text)()
    before = check.settled()
    _write(path, text.replace(old, new))
    now = check()
    assert not check.again
    assert now == check.anew()
    assert (now != before) == (path != ".fii/instruments/huisregels.yaml")


@pytest.mark.parametrize("name", ["mijn", ".config/git/ignore"])
@pytest.mark.parametrize("text", ["", "niets\n", None])
def test_what_the_user_ignores_may_change(
    check: Check, repository: Path, name: str, text: str | None
) -> None:
    home = os.environ["HOME"]
    git("rm", "-q", "--cached", "trajecten/b.yaml")
    if name == "mijn":
        _write(f"{home}/.gitconfig", "[core]\nexcludesFile = ~/mijn\n")
    if text is not None:
        _make(f"{home}/{name}", text)()
    before = check.settled()
    _make(f"{home}/{name}", "b.yaml\n")()
    now = check()
    assert not check.again
    assert now == check.anew()
    assert now != before


AROUND: dict[str, tuple[str, str]] = {
    "the language": ("FII_LANG", "nl"),
    "the width": ("COLUMNS", "60"),
    "the colour": ("FORCE_COLOR", "1"),
    "the log of a forge": ("GITHUB_ACTIONS", "true"),
    "another runner": ("TF_BUILD", "1"),
    "the encoding": ("PYTHONIOENCODING", "ascii"),
    "a variable of fii": ("FII_NEW", "1"),
    "what git goes by": ("GIT_CONFIG_COUNT", "0"),
}


@pytest.mark.parametrize("what", AROUND)
def test_other_surroundings_are_another_question(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    before = check.settled()
    monkeypatch.setenv(*AROUND[what])
    now = check()
    assert not check.again
    assert now == check.anew()
    monkeypatch.delenv(AROUND[what][0])
    monkeypatch.setenv("FII_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")
    assert check() == before
    assert check.again


@pytest.mark.parametrize("name", ["FII_DEBUG", "PYTHONIOENCODING", "GITHUB_ACTIONS"])
def test_with_some_variables_nothing_is_told_again(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "utf-8")
    for _ in range(2):
        check()
        assert not check.again


def test_the_screen_counts(check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check.settled()
    monkeypatch.setattr(unchanged, "columns", lambda: 60)
    check()
    assert not check.again
    monkeypatch.undo()


@pytest.mark.parametrize("name", ["stdin", "stdout", "stderr"])
def test_whether_somebody_looks_counts(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    check.settled()
    monkeypatch.setattr(getattr(sys, name), "isatty", lambda: True, raising=False)
    told_again()
    assert question() is not None
    check()
    assert not check.again


def test_the_day_counts(check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(date):
        @classmethod
        def today(cls) -> Later:
            return cls(2031, 3, 12)

    check.settled()
    monkeypatch.setattr(context, "date", Later)
    monkeypatch.setattr(time, "strftime", lambda _: "2031-03-12")
    later = check()
    assert not check.again
    assert later == check.anew()
    assert check() == later
    assert check.again


def test_a_check_over_midnight_is_not_kept(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "strftime", lambda _: "2031-03-12")
    check()
    check()
    assert not check.again


def test_a_check_in_which_the_screen_changes_is_not_kept(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed, "columns", lambda: 60)
    check()
    check()
    assert not check.again


def test_a_check_in_which_a_file_changes_is_not_kept(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = followed.Followed.keep

    def keep(*words: Any) -> None:
        _write("trajecten/oud/c.yaml", HEAD + "titel: x\n")
        real(*words)

    monkeypatch.setattr(followed.Followed, "keep", keep)
    before = check()
    now = check()
    assert not check.again
    assert now == check.anew()
    assert now != before


def test_another_version_is_another_fii(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check.settled()
    monkeypatch.setattr(unchanged, "__version__", "99")
    check()
    assert not check.again


@pytest.mark.parametrize("change", ["1", "2"])
def test_a_change_of_fii_itself_is_another_fii(
    check: Check, repository: Path, fii_itself: Path, change: str
) -> None:
    check.settled()
    if change == "1":
        _write_unnoticed(str(fii_itself), "1", "2")
    else:
        (fii_itself.parent / "more.py").touch()
    check()
    assert not check.again


def test_fii_itself_is_all_of_it() -> None:
    found = {path.replace(os.sep, "/") for path in followed.made_of()}
    for name in ("rules/check.py", "content/strategies.yaml", "content/rules", "fii_cli", "nl/LC_MESSAGES"):
        assert any(path.endswith(f"/{name}") for path in found), name
    assert {*sys.path} <= found
    assert any("pydantic_core" in path for path in found)
    assert any("site-packages" in path for path in found)


@pytest.mark.parametrize("name", ["FII.TOML", ".GitIgnore", "HeaD"])
def test_a_name_in_other_capitals_may_be_found_too(check: Check, repository: Path, name: str) -> None:
    _write(f"trajecten/oud/{name}", "1")
    check.settled()
    _write_unnoticed(f"trajecten/oud/{name}", "1", "2")
    check()
    assert not check.again


def test_another_folder_is_another_question(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check.settled()
    monkeypatch.chdir("trajecten")
    now = check()
    assert not check.again
    assert now == check.anew()
    monkeypatch.chdir("..")
    os.symlink(repository / "trajecten", repository.parent / f"link-{repository.name}")
    monkeypatch.chdir(repository.parent / f"link-{repository.name}")
    assert check() == now
    assert check() == check.anew()


@pytest.mark.parametrize(
    "words", [("rm", "-q", "--cached", "bijlagen/notulen.md"), ("checkout", "-q", "HEAD^")]
)
def test_a_worktree_is_a_repository_too(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    by = ("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x", "--allow-empty")
    git(*by)
    git("mv", "trajecten/b.yaml", "trajecten/d.yaml")
    git(*by)
    git("worktree", "add", "-q", f"{repository}-ernaast")
    monkeypatch.chdir(f"{repository}-ernaast")
    before = check.settled()
    git(*words)
    now = check()
    assert not check.again
    assert now == check.anew()
    assert now != before
    monkeypatch.chdir(repository)
    assert check() == before
    _write(".git/info/exclude", "oud/")
    git("rm", "-rq", "--cached", "trajecten/oud")
    monkeypatch.chdir(f"{repository}-ernaast")
    check()
    assert not check.again


def _home() -> Path:
    return Path(os.environ["HOME"])


def _behind_links() -> None:
    (_home() / ".config").mkdir()
    _make("../stippen/git/x", "x")()
    _make("../stippen/ign", "niets")()
    (_home() / ".config/git").symlink_to(Path("../stippen/git").resolve())
    Path("../stippen/git/ignore").symlink_to("../ign")


def _named_oddly() -> None:
    _make(str(_home() / "ign"), "niets")()
    git("config", "core.excludesfile", "~//ign")


BEYOND: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
    "an ignore file behind links": (_behind_links, lambda: _write("../stippen/ign", "nieuw.yaml")),
    "an odd name of an ignore file": (_named_oddly, lambda: _write(str(_home() / "ign"), "nieuw.yaml")),
    "a link as repository": (
        lambda: Path("trajecten/.git").symlink_to(Path("elders").resolve()),
        _make("elders", ""),
    ),
    "a repository that nobody may use": (lambda: None, lambda: os.chmod(".git/objects", 0o600)),
    "a folder above that becomes a repository": (
        _make("trajecten/HEAD", "x"),
        _make("trajecten/objects/x", "x"),
    ),
}


@pytest.mark.parametrize("what", BEYOND)
def test_what_git_goes_by_elsewhere_counts_too(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    before, change = BEYOND[what]
    _write("trajecten/nieuw.yaml", HEAD + "titel: y\n")
    before()
    monkeypatch.chdir("trajecten/oud" if "above" in what else ".")
    check()
    monkeypatch.chdir(repository)
    change()
    monkeypatch.chdir("trajecten/oud" if "above" in what else ".")
    again = check()
    assert not check.again
    assert again == check.anew()


def test_a_worktree_of_a_repository_without_its_objects_is_checked_again(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x")
    git("worktree", "add", "-q", f"{repository}-ernaast")
    monkeypatch.chdir(f"{repository}-ernaast")
    check.settled()
    os.rename(repository / ".git/objects", repository / ".git/elders")
    now = check()
    assert not check.again
    assert now == check.anew()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PATH", "/opt/x//"),
        ("GIT_CONFIG_GLOBAL", "cfg"),
        ("GIT_CONFIG_SYSTEM", "cfg"),
        ("XDG_CONFIG_HOME", "conf"),
    ],
)
def test_a_place_that_is_named_oddly_is_no_error(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, f"{value}{os.pathsep}{os.environ['PATH']}" if name == "PATH" else value)
    for _ in range(2):
        assert check() == check.anew()
        assert not check.again


def test_another_group_may_read_other_files(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check.settled()
    monkeypatch.setattr(os, "getegid", lambda: 4321)
    check()
    assert not check.again


def test_the_work_grows_no_faster_than_the_number_of_files(check: Check, here: Path) -> None:
    counted = []
    for number in range(100):
        _write(f"t{number:02}.yaml", HEAD)
        if number in (49, 99):
            check.settled()
            counted.append(calls(told_again))
    assert counted[1] <= 2.2 * counted[0]


def test_the_language_of_the_folder_counts_though_the_files_are_elsewhere(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FII_LANG")
    monkeypatch.setenv("LANG", "en")
    monkeypatch.chdir("bijlagen")
    before = check.settled("../trajecten/b.yaml")
    _write("fii.toml", "language = 'nl'\n")
    now = check("../trajecten/b.yaml")
    assert not check.again
    assert now == check.anew("../trajecten/b.yaml")
    assert now != before


def test_evidence_on_disk_that_goes_is_seen(check: Check, here: Path) -> None:
    _write("a.yaml", HEAD + EVIDENCE)
    missing = check.settled("a.yaml")
    _make("bijlagen/notulen.md", "x")()
    there = check("a.yaml")
    assert not check.again
    assert there != missing
    check("a.yaml")
    assert check.again
    _write("bijlagen/notulen.md", "another text")
    assert check("a.yaml") == there
    assert check.again
    os.rename("bijlagen", "elders")
    assert check("a.yaml") == missing
    assert not check.again


def test_a_folder_of_evidence_that_becomes_a_link_is_seen(check: Check, repository: Path) -> None:
    before = check.settled("trajecten/a.yaml")
    os.rename("bijlagen", repository.parent / "elders")
    os.symlink(repository.parent / "elders", "bijlagen")
    now = check("trajecten/a.yaml")
    assert not check.again
    assert now == check.anew("trajecten/a.yaml")
    assert now != before


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_edited_the_answer_is_that_of_a_check_without_any_other(
    check: Check, repository: Path, seed: int
) -> None:
    chance = random.Random(seed)
    places = ["trajecten", "trajecten/oud", "trajecten/nieuw", "."]
    texts = [HEAD, HEAD + EVIDENCE, HEAD + "titel: x\n", HEAD + "start: x\n", "x: 1\n", "", "fii: [\n"]
    settings = [
        "",
        "[check]\nignore = ['FII0']\n",
        "[check]\nexclude = ['oud/']\n",
        "language = 'nl'\n",
        "[x",
    ]

    def write() -> None:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        _write(name, chance.choice(texts))

    def remove() -> None:
        Path(name).unlink(missing_ok=True)

    def settle() -> None:
        Path(place).mkdir(exist_ok=True)
        _write(f"{place}/fii.toml", chance.choice(settings))

    def move() -> None:
        old, new = chance.sample(("trajecten/oud", "trajecten/nieuw", "trajecten/oud/nieuw", "elders"), 2)
        with suppress(OSError):  # there is none, or the other one is there
            os.rename(old, new)

    def ignore() -> None:
        _write(".gitignore", chance.choice(["", "oud/\n", "*.yml\n", "a.yaml\n"]))

    def stage() -> None:
        git(*chance.choice((("add", "-A"), ("rm", "-rq", "--cached", "--ignore-unmatch", "bijlagen"))))

    told = 0
    for _ in range(40):
        place = chance.choice(places)
        name = f"{place}/{chance.choice('abc')}.{chance.choice(('yaml', 'yml'))}"
        chance.choice((write, write, remove, settle, move, ignore, stage, int, int, int))()
        paths = chance.choice(((), (), ("trajecten",), ("trajecten/a.yaml",)))
        now = check(*paths)
        told += check.again
        assert now == check.anew(*paths)
        assert check(*paths) == now
        told += check.again
    assert told > 10


def test_everything_that_is_looked_at_is_noted(
    check: Check, repository: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever lets a check look at more must let it be noted too."""
    _make("fii.toml", "[check]\nexclude = ['x/']\n")()
    _make(".fii/instruments/leeg.md", "")()
    looked: set[str] = set()
    noted: list[Any] = []

    def looking(real: Callable[..., Any]) -> Callable[..., Any]:
        def look(*words: Any, **named: Any) -> Any:
            if words and isinstance(words[0], (str, os.PathLike)):
                looked.add(os.path.normpath(os.path.join(repository, words[0])))
            return real(*words, **named)

        return look

    def keeping(*words: Any) -> None:
        noted.append(words[-1])

    monkeypatch.setattr(followed, "keep", keeping)
    check()
    for name in ("stat", "lstat", "open", "scandir", "listdir", "readlink"):
        monkeypatch.setattr(os, name, looking(getattr(os, name)))
    monkeypatch.setattr(builtins, "open", looking(open))
    real_walk = followed._Watch.searched

    def searched(self: followed._Watch, *words: Any) -> None:
        kept_looked.update(looked)  # what comes after is looked at to note it
        real_walk(self, *words)

    kept_looked: set[str] = set()
    monkeypatch.setattr(followed._Watch, "searched", searched)
    check()
    check("trajecten/a.yaml")
    monkeypatch.undo()
    stamps = {
        f"{folder}/{name}" for watched in noted for folder, names in watched[0].items() for name in names
    }
    known = stamps | {path for watched in noted for path in (*watched[1], *watched[2])}
    here = {path for path in kept_looked if path == str(repository) or path.startswith(f"{repository}/")}
    forgotten = {path for path in here - known if os.path.exists(path) or os.path.dirname(path) not in stamps}
    assert len(here) > 20
    on_the_way = {str(repository / name) for name in (".git", ".git/info", "trajecten/oud/.git")}
    assert forgotten - on_the_way == set()


# --- in any doubt -------------------------------------------------------------------------------------------


def _bare() -> None:
    for name in ("HEAD", "objects", "refs"):
        Path("trajecten/oud", name).mkdir()


DOUBTS: dict[str, Callable[[], object]] = {
    "personal data": _make("trajecten/d.yaml", HEAD + "summary: bel 06-12345678\n"),
    "a roll-out": _make("trajecten/d.yaml", HEAD + "rollout: [{trajectory: b.yaml}]\n"),
    "a link": lambda: os.symlink("b.yaml", "trajecten/d.yaml"),
    "wrong settings": _make("fii.toml", "x"),
    "a wrong instrument": _make(".fii/instruments/huisregels.yaml", "x"),
    "a repository in it": lambda: git("init", "-q", "trajecten/d"),
    "what looks like a bare repository": _bare,
    "a configuration with parts elsewhere": lambda: git("config", "include.path", "elders"),
    "what cannot be read": lambda: os.symlink("nergens", "trajecten/d.yaml"),
}


@pytest.mark.parametrize("what", DOUBTS)
def test_in_any_doubt_it_is_done_again(check: Check, repository: Path, what: str) -> None:
    DOUBTS[what]()
    first = check()
    for _ in range(2):
        assert check() == first
        assert not check.again
    assert first == check.anew()


@pytest.mark.parametrize(
    "paths",
    [
        ("nergens.yaml",),
        ("-",),
        ("",),
        ("trajecten/a",),
        ("trajecten/../trajecten",),
        ("link/a.yaml",),
        ("link",),
    ],
)
def test_what_is_no_plain_path_is_no_question(
    check: Check, repository: Path, paths: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "stdin_bytes", lambda: HEAD.encode())
    os.symlink("trajecten", "link")
    first = check(*paths)
    assert check(*paths) == first
    assert not check.again


@pytest.mark.parametrize(
    "words", [("--no-cache",), ("--strict",), ("--format", "json"), ("--",), ("--lang=nl",)]
)
def test_a_check_with_an_option_is_done(check: Check, repository: Path, words: tuple[str, ...]) -> None:
    check.settled()
    check(*words)
    assert not check.again


def test_what_changed_a_moment_ago_is_checked_again(
    check: Check, repository: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopwatch, "SETTLED", 60 * 10**9)
    for _ in range(2):
        check()
        assert not check.again
    assert not (kept / RUNS).exists()


@pytest.mark.parametrize("folder", ["", "cache"])
def test_without_a_cache_folder_nothing_is_kept(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.setenv("FII_CACHE_DIR", folder)
    for _ in range(2):
        check()
        assert not check.again
    assert not Path("cache").exists()


def test_a_repository_brings_no_answer_along(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check.settled()
    monkeypatch.setenv("FII_CACHE_DIR", str(repository / "cache"))
    for paths in ((), ("trajecten/a.yaml",)):
        for _ in range(2):
            check(*paths)
            assert not check.again
    assert not Path("cache").exists()


# --- what is kept -------------------------------------------------------------------------------------------


def test_what_is_kept_cannot_be_read(check: Check, repository: Path, kept: Path) -> None:
    _write("trajecten/b.yaml", HEAD + "titel: vertrouwelijk\n")
    assert "vertrouwelijk" in check.settled().out
    raw = (kept / RUNS).read_bytes()
    assert b"vertrouwelijk" not in raw
    assert b"trajecten" not in raw
    assert b"FII0" not in raw


def test_what_is_kept_needs_every_file_that_it_quotes(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed: list[str] = []
    real = unchanged._secret

    def secret(salt: bytes, key: bytes, quoted: list[str]) -> bytes:
        needed.extend(quoted)
        return real(salt, key, quoted)

    monkeypatch.setattr(unchanged, "_secret", secret)
    out = check.settled("trajecten").out
    found = {str(path) for path in repository.rglob("*.yaml") if str(path.relative_to(repository)) in out}
    assert {*needed} == found
    assert str(repository / "trajecten/b.yaml") in found


@pytest.mark.parametrize("quoted", [["b.yaml"], []])
def test_what_is_kept_needs_the_same_files_and_the_same_question(quoted: list[str]) -> None:
    _write("b.yaml", "x")
    secret = unchanged._secret(b"salt", b"key", quoted)
    text = unchanged._written(["what was told"], secret)
    assert unchanged._read(text, secret) == ["what was told"]
    others = [unchanged._secret(b"salz", b"key", quoted), unchanged._secret(b"salt", b"kez", quoted)]
    _write("b.yaml", "y")
    if quoted:
        others.append(unchanged._secret(b"salt", b"key", quoted))
    for other in others:
        with pytest.raises(ValueError):  # noqa: PT011 - it has no message
            unchanged._read(text, other)


def test_only_its_user_can_read_it(check: Check, repository: Path, kept: Path) -> None:
    check.settled()
    assert stat.S_IMODE((kept / "runs").stat().st_mode) == 0o700
    assert stat.S_IMODE((kept / RUNS).stat().st_mode) == 0o600


def _swap(path: Path) -> None:
    with closing(sqlite3.connect(path)) as answers, answers:
        answers.execute(
            "UPDATE answers SET answer = (SELECT answer FROM answers ORDER BY number DESC LIMIT 1)"
        )


def _noise(path: Path) -> None:
    chance, raw = random.Random(1), bytearray(path.read_bytes())
    for _ in range(400):
        raw[chance.randrange(100, len(raw))] = chance.randrange(256)
    path.write_bytes(raw)


def _old(path: Path) -> None:
    with closing(sqlite3.connect(path)) as answers, answers:
        answers.execute("PRAGMA user_version = 9")


def _linked_away(path: Path) -> None:
    os.rename(path, path.parent.parent / "x")
    os.symlink(path.parent.parent / "x", path)


SPOILS: dict[str, Callable[[Path], object]] = {
    "another answer": _swap,
    "noise": _noise,
    "half of it": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "nothing": lambda path: path.write_bytes(b""),
    "no database": lambda path: path.write_bytes(b"x" * 10_000),
    "another form": _old,
    "no file": lambda path: path.unlink(),
    "no folder": lambda path: shutil.rmtree(path.parent),
    "a link": _linked_away,
}


@pytest.mark.parametrize("what", SPOILS)
def test_whatever_happens_to_it_the_answer_is_the_same(
    check: Check, repository: Path, kept: Path, what: str
) -> None:
    first = check.settled()
    check.settled("trajecten/b.yaml")
    SPOILS[what](kept / RUNS)
    for _ in range(3):
        assert check() == first


@pytest.mark.parametrize(
    "head", [[], {}, {"stamps": 1}, {"stamps": {}, "kinds": [], "there": [], "facts": 1}]
)
def test_an_answer_of_another_form_is_none(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch, head: object
) -> None:
    first = check.settled()
    monkeypatch.setattr(unchanged, "_read", lambda *_: head)
    assert check() == first
    assert not check.again


def test_a_long_answer_is_not_kept(check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followed, "_MOST_TOLD", 100)
    first = check()
    assert check() == first
    assert not check.again


# --- the same to the last byte ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("name", [*examples(), "."])
def test_an_example_is_told_again_to_the_last_byte(
    check: Check, here: Path, monkeypatch: pytest.MonkeyPatch, name: str, lang: str
) -> None:
    monkeypatch.setenv("FII_LANG", lang)
    shutil.copytree(EXAMPLES, "examples")
    path = name if name == "." else f"examples/{name}.yaml"
    first = check(path)
    assert first == check.anew(path)
    assert check(path) == first
    assert check.again == (name not in (".", "thuis-leren-uitrol-verzonnen"))  # with a roll-out, it may not


def test_it_is_told_before_anything_is_loaded(
    here: Path, kept: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    script = tmp_path_factory.mktemp("script") / "fii.py"
    script.write_text(
        "import sys\nfrom fii_cli.project import stopwatch\nstopwatch.SETTLED = -10**18\n"
        "from fii_cli.__main__ import main\ncode = main()\n"
        "names = 'typer pydantic pydantic_core ruamel.yaml rich fii_cli.cli fii_cli.language'\n"
        "print([name for name in names.split() if name in sys.modules])\nsys.exit(code)\n",
        encoding="utf-8",
    )
    shutil.copytree(EXAMPLES, "examples")
    environ = os.environ | {"PYTHONPATH": str(Path(cli.__file__).parents[1])}

    def run() -> tuple[int, list[str], str]:
        words = [sys.executable, str(script), "check", "examples/amigos.yaml"]
        done = subprocess.run(words, capture_output=True, text=True, env=environ, check=False)
        return done.returncode, done.stdout.splitlines(), done.stderr

    code, lines, errors = run()
    assert "'typer'" in lines[-1]
    for _ in range(5):  # a module of fii may be compiled meanwhile
        again = run()
        assert (again[0], again[1][:-1], again[2]) == (code, lines[:-1], errors)
        if again[1][-1] == "[]":
            return
    raise AssertionError(again[1][-1])


@pytest.mark.parametrize("code", [0, 1])
def test_the_program_ends_with_the_same_exit_code(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    path = "trajecten/b.yaml" if code else "trajecten/oud/c.yaml"
    assert check.settled(path).code == code
    monkeypatch.setattr(cli, "run", lambda _: 99)
    assert __main__.main() == code


def test_a_full_disk_is_told_as_ever(check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check.settled("trajecten/b.yaml")

    def full(_: str) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys.stdout, "write", full)
    monkeypatch.setattr(cli, "_discard_output", lambda: None)
    assert __main__.main() == 2
    assert "cannot write the output: No space left on device" in check.capsys.readouterr().err


def test_a_reader_that_left_ends_it(check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check.settled("trajecten/b.yaml")

    def gone(_: str) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(sys.stdout, "write", gone)
    monkeypatch.setattr(cli, "_discard_output", lambda: None)
    assert __main__.main() == 0
    assert check.capsys.readouterr().err == ""


def test_a_python_without_a_database_does_without(
    check: Check, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check.settled()
    for name in ("memory", "cache", "unchanged", "followed"):
        monkeypatch.delitem(sys.modules, f"fii_cli.project.{name}")
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    monkeypatch.setattr(cli, "run", lambda _: 99)
    assert __main__.main() == 99
