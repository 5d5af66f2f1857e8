"""What fii trend, fii status and fii diff remember is only ever faster, and never another answer."""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Fii, Outcome
from fii_cli.commands import diff_told, remembered, status, trend_series
from fii_cli.project import contents, files, memory
from fii_cli.project.cache import Cache
from fii_cli.resources import CONTENT, examples
from helpers import HEAD
from test_cache import CHANGES, TEXTS

pytestmark = pytest.mark.usefixtures("here")
FILE = "t.yaml"
RATED = HEAD + "assessments: [{instrument: stoplicht, date: 2025-01-15, ratings: {2a.cultuur: rood}}]\n"
VERSIONS = (
    HEAD,
    RATED,
    RATED + "actions: [{id: a, what: doen, due: 2025-01-20}]\n",
    "fii: 1\ntitle: [\n",
    HEAD.replace("fii: 1", "fii: 99"),
    RATED + "titel: x\n",
    RATED + "log: [{date: 2025-02-03, text: bel 06-12345678}]\n",
    RATED + "log: []\n",
)
WORDS = {
    "trend": ("trend", FILE, "--as-of", "2025-12-01"),
    "status": ("status", "--as-of", "2025-12-01"),
    "diff": ("diff", "--as-of", "2025-12-01"),
}


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder, and a repository with a file of many versions, and a dozen that changed."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("FII_CACHE_DIR", str(folder))
    git("init", "-q")
    for at in range(12):
        write(f"t{at:02}.yaml", f"{HEAD}# {at}\n")
    for number, text in enumerate(VERSIONS):
        commit(text, number)
    for at in range(12):
        write(f"t{at:02}.yaml", TEXTS[at % 4] + f"# {at}\nlog: [{{date: 2025-01-10, text: x}}]\n")
    return folder


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of what is judged, once each time."""
    paths: list[str] = []

    def counted(module: object, name: str, at: int) -> None:
        real = getattr(module, name)

        def judging(*words: object) -> object:
            paths.append(str(words[at]))
            return real(*words)

        monkeypatch.setattr(module, name, judging)

    counted(trend_series, "check", 2)
    counted(status, "judged_within", 1)
    counted(diff_told, "judged_within", 1)
    return paths


def git(*words: str, number: int = 0) -> None:
    noon = f"2025-02-{number + 1:02}T12:00:00Z"
    env = os.environ | {"GIT_AUTHOR_DATE": noon, "GIT_COMMITTER_DATE": noon}
    subprocess.run(["git", *words], env=env, check=True, capture_output=True)


def write(name: str, text: str) -> None:
    Path(name).write_text(text, encoding="utf-8", newline="")


def commit(text: str, number: int) -> None:
    write(FILE, text)
    git("add", "-A")
    git("commit", "-qm", "x", number=number)


def both(fii: Fii, *words: str, lang: str = "en") -> Outcome:
    """The answer, which is the same without what was found before."""
    done = fii(*words, lang=lang)
    assert done == fii(*words, "--no-cache", lang=lang)
    return done


def again(fii: Fii, worked_out: list[str], command: str, *more: str) -> list[str]:
    """What is worked out the next time; the answer is that without what was found before."""
    fresh = fii(*WORDS[command], *more, "--no-cache")
    worked_out.clear()
    assert fii(*WORDS[command], *more) == fresh
    return list(worked_out)


# --- faster -------------------------------------------------------------------------------------------------

FORMS = {
    "trend": ((), ("--json",), *(("--format", form) for form in ("csv", "html", "md"))),
    "status": ((), ("--json",)),
    "diff": ((), ("--json",), *(("--format", form) for form in ("markdown", "html"))),
}
LEFT = {
    "trend": 2,  # the version that is no YAML, and the one with personal data
    "status": 0,
    "diff": 12,  # both versions of a file that has errors in one of them
}


@pytest.mark.parametrize(("command", "more"), [(name, more) for name in FORMS for more in FORMS[name]])
def test_what_did_not_change_is_not_worked_out_again(
    fii: Fii, kept: Path, worked_out: list[str], command: str, more: tuple[str, ...]
) -> None:
    first = fii(*WORDS[command], *more)
    assert len(worked_out) >= LEFT[command] + 8
    assert len(again(fii, worked_out, command, *more)) == LEFT[command]
    dutch = fii(*WORDS[command], *more, "--no-cache", lang="nl")
    assert fii(*WORDS[command], *more, lang="nl") == dutch
    assert fii(*WORDS[command], *more) == first


def test_only_the_new_version_is_judged(fii: Fii, kept: Path, worked_out: list[str]) -> None:
    fii(*WORDS["trend"])
    known = len(again(fii, worked_out, "trend"))
    commit(RATED + "summary: nieuw\n", 20)
    assert len(again(fii, worked_out, "trend")) <= known + 2 + 3  # also the days in the file as it is now
    assert len(again(fii, worked_out, "trend")) == known


def test_only_the_file_that_changed_is_judged(fii: Fii, kept: Path, worked_out: list[str]) -> None:
    fii(*WORDS["status"])
    fii(*WORDS["diff"])
    known = {command: again(fii, worked_out, command) for command in ("status", "diff")}
    write("t04.yaml", RATED)
    for command, before in known.items():
        assert sorted(again(fii, worked_out, command)) == sorted([*before, "t04.yaml"])


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file is read")
def test_status_does_not_read_a_file_that_it_remembers(
    fii: Fii, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "_SETTLED", 0)
    for number, name in enumerate(sorted(Path().glob("*.yaml"))):
        write(str(name), f"{RATED}# {number}\n")
    fii(*WORDS["status"])
    opened: list[str] = []
    real = files.bytes_of

    def reading(path: str, *words: int) -> bytes:
        opened.append(path)
        return real(path, *words)

    monkeypatch.setattr(files, "bytes_of", reading)
    first = fii(*WORDS["status"])
    assert opened == []
    assert first == fii(*WORDS["status"], "--no-cache")
    assert len(opened) > 12


@pytest.mark.parametrize("words", [("status", "t00.yaml", "t01.yaml"), ("diff", "t00.yaml")])
def test_of_few_files_nothing_is_kept(fii: Fii, kept: Path, words: tuple[str, ...]) -> None:
    fii(*words)
    assert list(kept.iterdir()) == []


# --- everything that an answer follows from -----------------------------------------------------------------


@pytest.mark.parametrize("command", WORDS)
@pytest.mark.parametrize("what", [name for name in CHANGES if name not in ("a name", "a folder")])
def test_what_changes_around_a_file_is_seen(
    fii: Fii, kept: Path, worked_out: list[str], command: str, what: str
) -> None:
    fii(*WORDS[command])
    known = len(again(fii, worked_out, command))
    CHANGES[what]()
    assert len(again(fii, worked_out, command)) > known + 4
    assert len(again(fii, worked_out, command)) <= known + 1  # the file is new to fii diff


@pytest.mark.parametrize("command", WORDS)
def test_another_day_is_another_answer(fii: Fii, kept: Path, command: str) -> None:
    write("t00.yaml", HEAD + "actions: [{id: a, what: doen, due: 2025-03-01, since: 2025-01-10}]\n")
    first = both(fii, *WORDS[command])
    other = both(fii, *WORDS[command][:-1], "2025-02-07")
    assert other != first
    assert both(fii, *WORDS[command]) == first


@pytest.mark.parametrize("command", ["trend", "diff"])
def test_each_audience_has_its_own_answer(
    fii: Fii, kept: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """The team alone sees findings about what only the team may see."""
    monkeypatch.setattr(remembered, "SOME", 1)
    words = (*WORDS[command][:1], FILE, *WORDS[command][-2:])
    write(FILE, (CONTENT / "rules/FII421/wrong.yaml").read_text(encoding="utf-8"))
    git("add", "-A")
    git("commit", "-qm", "x", number=20)
    if command == "diff":
        write(FILE, RATED)
    told = {}
    for _ in range(2):
        for audience in ("team", "steering", "client", "public"):
            told[audience] = both(fii, *words, "--audience", audience, "--json").out
    assert told["team"].replace('"team"', '"steering"') != told["steering"]


@pytest.mark.parametrize("command", WORDS)
def test_another_fii_works_everything_out(
    fii: Fii, kept: Path, worked_out: list[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    fii(*WORDS[command])
    first = len(worked_out)
    monkeypatch.setattr(memory, "_maker", lambda: "fii 99")
    worked_out.clear()
    fii(*WORDS[command])
    assert len(worked_out) == first


def test_a_path_from_another_folder_is_told_as_it_was_given(
    fii: Fii, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path.cwd()
    both(fii, *WORDS["status"])
    Path("sub").mkdir()
    monkeypatch.chdir(here / "sub")
    assert f"{os.pardir}{os.sep}t00.yaml" in both(fii, *WORDS["status"], os.pardir).out


def test_a_file_with_another_name_is_another_file(fii: Fii, kept: Path) -> None:
    both(fii, *WORDS["status"])
    both(fii, *WORDS["trend"])
    os.rename("t00.yaml", "jan@voorbeeld.nl.yaml")
    os.rename(FILE, "bel-06-12345678.yaml")
    both(fii, *WORDS["status"])
    both(fii, "trend", "bel-06-12345678.yaml")
    both(fii, *WORDS["diff"])


def test_evidence_that_is_committed_or_removed_is_seen(fii: Fii, kept: Path) -> None:
    proven = RATED.replace("2a.cultuur: rood", "2a.cultuur: {value: groen, evidence: notulen.md}")
    write("t00.yaml", proven)
    told = {}
    for step in (("status",), ("add", "notulen.md"), ("rm", "-q", "--cached", "notulen.md")):
        write("notulen.md", "x")
        git(*step)
        told[step[0]] = both(fii, *WORDS["status"], "--json"), both(fii, *WORDS["diff"], "--json")
    assert told["status"] == told["rm"] != told["add"]
    assert told["status"][1] != told["add"][1]


def test_a_roll_out_is_looked_up_each_time(fii: Fii, kept: Path, worked_out: list[str]) -> None:
    write("t00.yaml", HEAD + "rollout: [{trajectory: t01.yaml}]\n")
    both(fii, *WORDS["status"])
    for command in ("status", "diff"):
        fii(*WORDS[command])
        assert "t00.yaml" in again(fii, worked_out, command)
    write("t00.yaml", HEAD)


# --- private, whatever happens to it ------------------------------------------------------------------------


def test_of_personal_data_nothing_is_kept(fii: Fii, kept: Path, worked_out: list[str]) -> None:
    write("t00.yaml", HEAD + "summary: bel 06-12345678\n")
    for name in WORDS:
        fii(*WORDS[name])
    assert again(fii, worked_out, "status").count("t00.yaml") == 1
    assert "t00.yaml" in again(fii, worked_out, "diff")
    assert b"12345678" not in b"".join(path.read_bytes() for path in kept.rglob("*") if path.is_file())


def test_no_facts_of_a_version_are_kept(fii: Fii, kept: Path) -> None:
    write("t00.yaml", HEAD + "summary: vertrouwelijk\nlog: [{date: 2025-01-10, text: vertrouwelijk}]\n")
    for name in WORDS:
        fii(*WORDS[name])
    assert "vertrouwelijk" in fii(*WORDS["diff"]).out
    assert b"vertrouwelijk" not in b"".join(path.read_bytes() for path in kept.rglob("*") if path.is_file())


@pytest.mark.parametrize("command", WORDS)
@pytest.mark.parametrize(
    "answer", [b"", b"\xff", b"null", b"[]", b"{}", b"[[],[]]", b"[[],[1,2,3]]", b"[[[1]],null]", b"[" * 9999]
)
def test_another_answer_is_no_answer(
    fii: Fii, kept: Path, monkeypatch: pytest.MonkeyPatch, command: str, answer: bytes
) -> None:
    first = fii(*WORDS[command])
    monkeypatch.setattr(Cache, "get", lambda *_: answer)
    assert fii(*WORDS[command]) == first


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("command", WORDS)
def test_a_damaged_file_gives_no_other_answer(fii: Fii, kept: Path, command: str, seed: int) -> None:
    first = fii(*WORDS[command])
    (path,) = kept.rglob("*.sqlite")
    chance, raw = random.Random(seed), bytearray(path.read_bytes())
    for _ in range(40):
        raw[chance.randrange(100, len(raw))] = chance.randrange(256)
    path.write_bytes(raw)
    for _ in range(2):
        assert fii(*WORDS[command]) == first


@pytest.mark.parametrize("command", WORDS)
def test_what_a_repository_brings_along_decides_nothing(
    fii: Fii, kept: Path, here: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("FII_CACHE_DIR", str(here / "cache"))
    fii(*WORDS[command])
    assert not (here / "cache").exists()


# --- the same over many edits -------------------------------------------------------------------------------


def _edits(chance: random.Random) -> Iterator[str]:
    """Texts of trajectories with an edit now and then that breaks one."""
    texts = [*examples().values(), *TEXTS, *VERSIONS]
    while True:
        text = chance.choice(texts)
        if chance.random() < 0.5:
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(("", "x", "\n", ": ", "2025-13-01", "é")) + text[at + 1 :]
            texts[chance.randrange(len(texts))] = text
        yield text


@pytest.mark.parametrize("seed", range(3))
def test_what_is_remembered_is_the_same_over_many_edits(fii: Fii, kept: Path, seed: int) -> None:
    chance = random.Random(seed)
    edits = _edits(chance)
    for number in range(8):
        for at in chance.sample(range(12), 5):
            write(f"t{at:02}.yaml", next(edits))
        git("add", "-A")
        day = chance.choice(("2025-02-01", "2026-11-27"))
        for command in ("status", "diff"):
            for more in ((), ("--json",)):
                both(fii, command, "--as-of", day, *more, lang=chance.choice(("nl", "en")))
        commit(next(edits), 10 + number)
        if number % 4 == 3:
            both(fii, "trend", FILE, "--as-of", day, "--json")


def test_every_example_is_told_the_same(fii: Fii, kept: Path) -> None:
    for number, text in enumerate(examples().values()):
        for copy in range(3):
            write(f"e{number}-{copy}.yaml", f"{text}# {copy}\n")
    for lang in ("nl", "en", "nl"):
        for command in ("status", "diff"):
            both(fii, command, "--as-of", "2026-11-27", lang=lang)
        both(fii, "trend", "e0-0.yaml", "e3-1.yaml", "--as-of", "2026-11-27", lang=lang)
    assert json.loads(fii("status", "--json").out)["trajectories"]


def test_on_every_day_of_many_years_the_status_is_that_of_the_day(
    fii: Fii, kept: Path, worked_out: list[str]
) -> None:
    chance = random.Random(3)
    for number, text in enumerate((*examples().values(), *VERSIONS, *TEXTS)):
        write(f"t{number:02}.yaml", text)
    for _ in range(20):
        day = f"{chance.randrange(2014, 2031)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        both(fii, "status", "--as-of", day, *chance.choice(((), ("--json",))))
    fii("status", "--as-of", "2030-01-01")
    worked_out.clear()
    fii("status", "--as-of", "2030-01-02")
    assert 4 <= len(worked_out) <= 18  # of 22; those that ended are as they were
