"""What fii found before is only ever faster, and never another answer."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii, Outcome
from fii_cli import __version__, cli
from fii_cli.commands import check_stream
from fii_cli.commands.check import FORMATS
from fii_cli.commands.check_summary import Tally
from fii_cli.project import cache, contents, files, memory
from fii_cli.project.cache import Cache, cache_folder
from fii_cli.project.contents import Contents, content_of
from fii_cli.project.context import project_of
from fii_cli.project.judging import Task, judged
from fii_cli.project.memory import Memory
from fii_cli.resources import CONTENT, examples
from fii_cli.yaml.document import Document
from helpers import DAY, HEAD

pytestmark = pytest.mark.usefixtures("here")
ANSWERS = Path("checks/answers.sqlite")
TEXTS = (HEAD, HEAD + "titel: x\n", HEAD + "actions: [{id: a, what: doen}]\n", HEAD + "start: x\n")


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder, and a dozen files to check."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("FII_CACHE_DIR", str(folder))
    for at in range(12):
        Path(f"t{at:02}.yaml").write_text(TEXTS[at % 4] + f"# {at}\n", encoding="utf-8")
    return folder


@pytest.fixture
def judged_files(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The bytes of each file that is judged."""
    raws: list[bytes] = []
    real = files.read_safely

    def reading(raw: bytes) -> Document:
        raws.append(raw)
        return real(raw)

    monkeypatch.setattr(files, "read_safely", reading)
    return raws


def check(fii: Fii, *words: str) -> Outcome:
    return fii("check", "--format", "json", "--as-of", "2025-02-01", *words)


# --- faster -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_did_not_change_is_not_judged_again(
    fii: Fii, kept: Path, judged_files: list[bytes], form: str
) -> None:
    first = fii("check", "--format", form)
    assert len(judged_files) == 12
    assert fii("check", "--format", form) == first
    assert fii("check", "--format", form, "--jobs", "2") == first
    assert len(judged_files) == 12
    assert fii("check", "--format", form, "--no-cache") == first
    assert len(judged_files) == 24


def test_the_language_is_that_of_the_second_time(fii: Fii, kept: Path, judged_files: list[bytes]) -> None:
    english = fii("check").out
    dutch = fii("check", lang="nl")
    assert len(judged_files) == 12
    assert english != dutch.out
    assert fii("check", "--no-cache", lang="nl") == dutch


def test_only_what_changed_is_judged_again(fii: Fii, kept: Path, judged_files: list[bytes]) -> None:
    check(fii)
    Path("t05.yaml").write_text(TEXTS[0], encoding="utf-8")
    judged_files.clear()
    assert check(fii) == check(fii, "--no-cache")
    assert judged_files[0] == TEXTS[0].encode()
    assert len(judged_files) == 1 + 12


def test_of_few_files_nothing_is_kept(fii: Fii, kept: Path) -> None:
    fii("check", "t01.yaml")
    assert list(kept.iterdir()) == []


# --- everything that an answer follows from -----------------------------------------------------------------


def _own_instrument() -> None:
    Path(".fii/instruments").mkdir(parents=True)
    text = "id: huis\nname: {nl: Huis, en: House}\nsource: ours\nscale: {nee: {nl: nee, en: no}}\n"
    Path(".fii/instruments/huis.yaml").write_text(text, encoding="utf-8")


def _moved(name: str) -> None:
    Path("x").mkdir()
    for at in range(12):
        os.rename(f"t{at:02}.yaml", name.format(f"{at:02}.yaml"))


def _settings(text: str) -> None:
    Path("fii.toml").write_text(text, encoding="utf-8")


CHANGES: dict[str, Callable[[], None]] = {
    "a rule": lambda: _settings("[rules.FII701]\nseverity = 'error'\n"),
    "a threshold": lambda: _settings("[counts]\nsmallest = 9\n"),
    "an own instrument": _own_instrument,
    "a name": lambda: _moved("u{}"),
    "a folder": lambda: _moved("x/t{}"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_changes_around_a_file_is_seen(
    fii: Fii, kept: Path, judged_files: list[bytes], what: str
) -> None:
    check(fii)
    CHANGES[what]()
    judged_files.clear()
    now = check(fii)
    assert len([raw for raw in judged_files if raw.startswith(b"fii:")]) == 12
    assert now == check(fii, "--no-cache")


@pytest.mark.parametrize("words", [("--as-of", "2026-02-01"), ("--select", "FII0"), ("--ignore", "FII701")])
def test_another_question_is_another_answer(
    fii: Fii, kept: Path, judged_files: list[bytes], words: tuple[str, ...]
) -> None:
    first = check(fii)
    judged_files.clear()
    other = check(fii, *words)
    assert len(judged_files) == 12
    assert other == check(fii, *words, "--no-cache")
    assert other != first
    assert check(fii) == first


def test_evidence_that_is_committed_or_removed_is_seen(
    fii: Fii, kept: Path, judged_files: list[bytes]
) -> None:
    text = HEAD + (
        "assessments:\n  - {instrument: stoplicht, date: 2025-01-10, "
        "ratings: {1a.probleem: {value: groen, evidence: notulen.md}}}\n"
    )
    Path("t00.yaml").write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q", "."], check=True)
    Path("notulen.md").write_text("x", encoding="utf-8")
    missing = check(fii)
    subprocess.run(["git", "add", "notulen.md"], check=True)
    judged_files.clear()
    there = check(fii)
    assert judged_files == [text.encode()]
    assert there != missing
    assert there == check(fii, "--no-cache")
    subprocess.run(["git", "rm", "-q", "--cached", "notulen.md"], check=True)
    assert check(fii) == missing


def test_another_fii_judges_again(
    fii: Fii, kept: Path, judged_files: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(fii)
    monkeypatch.setattr(memory, "_maker", lambda: "fii 99")
    check(fii)
    assert len(judged_files) == 24


def test_a_change_of_fii_or_of_its_content_is_another_fii(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert (CONTENT / "strategies.yaml").is_file()
    assert str(CONTENT / "strategies.yaml") in memory._made_of()
    assert "rules/check.py" in memory._made_of().replace(os.sep, "/")
    assert "pydantic" in memory._made_of()
    assert __version__ in memory._made_of()
    monkeypatch.setattr(memory, "PACKAGE", tmp_path)
    made: list[str] = []
    for text in ("a", "ab", "b"):
        (tmp_path / "x.py").write_text(text, encoding="utf-8")
        os.utime(tmp_path / "x.py", ns=(0, len(made)))
        made.append(memory._made_of())
    assert len({*made}) == 3


def test_cached_and_uncached_agree_over_a_thousand_edits(kept: Path) -> None:
    chance = random.Random(5)
    texts = [*examples().values(), *TEXTS]
    project = project_of("t.yaml")
    within = [project.surroundings(DAY), project.surroundings(DAY.replace(year=2026))]
    recalled = 0
    with closing(Memory(Cache(str(kept)))) as before:
        for number in range(1000):
            text = chance.choice(texts)
            if chance.random() < 0.25:
                at = chance.randrange(len(text))
                text = text[:at] + chance.choice(("", "x", "\n", ": ", "2025-13-01", "é")) + text[at + 1 :]
                texts[chance.randrange(len(texts))] = text
            task = Task(f"{chance.choice('ab')}.yaml", text.encode(), chance.choice(within))
            content = content_of(task.raw, trajectory=True)
            key = before.key(task.path, content, task.within)
            known = before.recall(key, task.path, task.within, partial(bytes, task.raw))
            fresh = judged(task)
            if known is not None:
                recalled += 1
                assert known.diagnostics == fresh.diagnostics
                assert known == fresh
            before.keep(key, fresh)
            if number % 10 == 0:
                before._cache._write()
    assert recalled > 100


def test_every_finding_comes_back_as_it_was() -> None:
    within = project_of("t.yaml").surroundings(DAY)
    codes = set()
    for path in sorted((CONTENT / "rules").glob("*/*.yaml")):
        if path.name != "rule.yaml":
            for each in judged(Task(path.name, path.read_bytes(), within)).diagnostics:
                again = memory._diagnostic(json.loads(json.dumps(memory._record(each))), path.name)
                assert again == each
                codes.add(each.code)
    assert len(codes) > 80


# --- private ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "summary: bel jan@voorbeeld.nl\n",
        HEAD + "accepted: [{rule: FII901, reason: voorbeeld}]\nsummary: bel jan@voorbeeld.nl\n",
        HEAD + "rollout: [{trajectory: x.yaml}]\n",
        HEAD + '"\\u0072ollout": [{trajectory: x.yaml}]\n',
        HEAD + '? "roll\\\n  out"\n: [{trajectory: x.yaml}]\n',
        HEAD + "summary: &jan@voorbeeld.nl x\n",
        HEAD + "summary: !jan@voorbeeld.nl x\n",
        HEAD + "a: [\n",
        HEAD + "title: nog een\n",
        HEAD.encode("utf-16"),
        HEAD.encode() + b"summary: \xe9\n",
    ],
)
def test_of_some_files_nothing_is_kept(
    fii: Fii, kept: Path, judged_files: list[bytes], text: str | bytes
) -> None:
    raw = text.encode() if isinstance(text, str) else text
    Path("t00.yaml").write_bytes(raw)
    words = ["t00.yaml", *(f"t{at:02}.yaml" for at in range(1, 12))]
    first = check(fii, *words)
    judged_files.clear()
    assert check(fii, *words) == first
    assert judged_files == [raw]


@pytest.mark.parametrize("words", [("--select", "FII0"), ("--ignore", "FII9"), ("--ignore", "FII902")])
@pytest.mark.parametrize("more", ["", "titel: x\n", "onbekend@voorbeeld.nl: x\n"])
def test_of_personal_data_nothing_is_kept_though_nobody_asked_for_it(
    fii: Fii, kept: Path, judged_files: list[bytes], words: tuple[str, ...], more: str
) -> None:
    text = HEAD + "summary: bel 06-12345678\n" + more
    Path("t00.yaml").write_text(text, encoding="utf-8")
    _settings("[rules]\nignore = ['FII9']\n")
    first = check(fii, *words)
    assert "FII902" not in first.out
    judged_files.clear()
    assert check(fii, *words) == first
    assert judged_files == [text.encode()]


@pytest.mark.parametrize("key", ["rollout", '"\\u0072ollout"', '? "roll\\\n  out"\n'])
def test_a_member_of_a_rollout_that_disappears_is_seen(fii: Fii, kept: Path, key: str) -> None:
    Path("t00.yaml").write_text(f"{HEAD}{key}: [{{trajectory: t01.yaml}}]\n", encoding="utf-8")
    there = check(fii)
    Path("t01.yaml").unlink()
    gone = check(fii)
    assert gone != there
    assert gone == check(fii, "--no-cache")


@pytest.mark.parametrize("key", ["rollout", '"\\u0072ollout"', '? "roll\\\n  out"\n'])
def test_a_circle_is_seen_however_its_key_is_written(fii: Fii, kept: Path, key: str) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        Path(f"{name}.yaml").write_text(f"{HEAD}{key}: [{{trajectory: {other}.yaml}}]\n", encoding="utf-8")
    assert "goes round" in check(fii, "a.yaml").out


def test_no_text_is_kept_that_a_finding_does_not_quote(fii: Fii, kept: Path) -> None:
    Path("t00.yaml").write_text(HEAD + "titel: vertrouwelijk\n", encoding="utf-8")
    assert "vertrouwelijk" in fii("check").out
    assert b"vertrouwelijk" not in (kept / ANSWERS).read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_only_its_user_can_read_it(fii: Fii, kept: Path) -> None:
    os.umask(os.umask(0o022))
    check(fii)
    (kept / "checks").chmod(0o755)
    (kept / ANSWERS).chmod(0o644)
    check(fii)
    assert stat.S_IMODE((kept / "checks").stat().st_mode) == 0o700
    assert stat.S_IMODE((kept / ANSWERS).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("environ", "platform", "folder"),
    [
        ({"FII_CACHE_DIR": "/x", "HOME": "/h"}, "linux", "/x"),
        ({"FII_CACHE_DIR": "", "HOME": "/h"}, "linux", None),
        ({"FII_CACHE_DIR": "x", "HOME": "/h"}, "linux", None),
        ({"HOME": "/h"}, "linux", "/h/.cache/fii"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "/c"}, "linux", "/c/fii"),
        ({"HOME": "/h", "XDG_CACHE_HOME": "c"}, "linux", "/h/.cache/fii"),
        ({"HOME": "/h"}, "darwin", "/h/Library/Caches/fii"),
        ({}, "linux", None),
        ({}, "win32", None),
    ],
)
def test_where_it_is(environ: dict[str, str], platform: str, folder: str | None) -> None:
    assert cache_folder(environ, platform) == folder


def test_what_a_repository_brings_along_decides_nothing(
    fii: Fii, kept: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / ".git").mkdir()
    monkeypatch.setenv("FII_CACHE_DIR", str(here / "cache"))
    check(fii)
    assert not (here / "cache").exists()


@pytest.mark.parametrize("word", ["{}", "{}/sub", "{}/t.yaml", "link", "{}/.."])
def test_nor_does_another_repository_that_is_checked(
    fii: Fii, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    other = tmp_path / "om" / "ander"
    (other / ".git").mkdir(parents=True)
    (other / "sub").mkdir()
    for name in ("t.yaml", "sub/t.yaml"):
        (other / name).write_text(HEAD, encoding="utf-8")
    if word == "link":
        os.symlink(other / "sub", "link")
    monkeypatch.setenv("FII_CACHE_DIR", str(other / "cache"))
    check(fii, word.format(other), *(f"t{at:02}.yaml" for at in range(12)))
    assert not (other / "cache").exists()


# --- whatever happens to it ---------------------------------------------------------------------------------


@pytest.fixture
def spoilt(fii: Fii, kept: Path) -> Iterator[tuple[Outcome, Path]]:
    """What was found, and the file that has it; whatever is done to that, the answer is the same."""
    first = check(fii)
    yield first, kept / ANSWERS
    for _ in range(2):
        assert check(fii) == first


def test_a_damaged_file_is_made_anew(
    fii: Fii, spoilt: tuple[Outcome, Path], judged_files: list[bytes]
) -> None:
    first, path = spoilt
    path.write_bytes(path.read_bytes()[:100] + b"no database" * 1000)
    assert check(fii) == first
    check(fii)
    judged_files.clear()
    assert check(fii) == first
    assert judged_files == []


@pytest.mark.parametrize(
    "more", ["CREATE VIEW x AS SELECT 1", "DROP TABLE answers", "PRAGMA user_version = 9"]
)
def test_a_file_of_ours_with_another_form_is_made_anew(
    fii: Fii, spoilt: tuple[Outcome, Path], judged_files: list[bytes], more: str
) -> None:
    first, path = spoilt
    with closing(sqlite3.connect(path)) as answers, answers:
        answers.execute(more)
    for _ in range(2):
        assert check(fii) == first
    judged_files.clear()
    assert check(fii) == first
    assert judged_files == []


def _databases(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "answers.sqlite")) as answers, answers:
        answers.execute("CREATE TABLE answers (question TEXT, answer TEXT)")


OF_OTHERS: dict[str, Callable[[Path], object]] = {
    "a folder for everyone": lambda _: None,
    "a database": _databases,
    "a text": lambda folder: (folder / "answers.sqlite").write_text("x", encoding="utf-8"),
    "an empty file": lambda folder: (folder / "answers.sqlite").touch(0o644),
    "another file": lambda folder: (folder / "a.txt").touch(0o644),
}


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
@pytest.mark.parametrize("mode", [0o700, 0o755])
@pytest.mark.parametrize("what", OF_OTHERS)
def test_what_is_not_ours_stays_as_it_is(fii: Fii, kept: Path, what: str, mode: int) -> None:
    folder = kept / "checks"
    folder.mkdir(mode=mode)
    folder.chmod(mode)
    OF_OTHERS[what](folder)

    def state() -> list[tuple[str, int, bytes]]:
        each = [folder, *sorted(folder.iterdir())]
        return [(p.name, p.stat().st_mode, p.read_bytes() if p.is_file() else b"") for p in each]

    before = state()
    assert check(fii) == check(fii, "--no-cache")
    if list(folder.iterdir()) != [folder / "answers.sqlite"] or before[1:]:
        assert state() == before
    else:
        assert mode == 0o700  # an empty folder that nobody else can read, as fii makes it


@pytest.mark.parametrize("seed", range(10))
def test_a_file_with_damaged_pages_gives_no_other_answer(
    fii: Fii, spoilt: tuple[Outcome, Path], seed: int
) -> None:
    _, path = spoilt
    chance = random.Random(seed)
    raw = bytearray(path.read_bytes())
    for _ in range(40):
        raw[chance.randrange(100, len(raw))] = chance.randrange(256)
    path.write_bytes(raw[: chance.choice((len(raw), len(raw) // 2))])


def test_an_answer_that_was_changed_is_no_answer(
    fii: Fii, spoilt: tuple[Outcome, Path], judged_files: list[bytes]
) -> None:
    first, path = spoilt
    with closing(sqlite3.connect(path)) as answers, answers:
        answers.execute("UPDATE answers SET answer = (SELECT answer FROM answers LIMIT 1)")
    judged_files.clear()
    assert check(fii) == first
    assert len(judged_files) == 11


def test_an_empty_or_removed_file_and_a_folder_in_its_place(fii: Fii, spoilt: tuple[Outcome, Path]) -> None:
    first, path = spoilt
    path.write_bytes(b"")
    assert check(fii) == first
    path.unlink()
    assert check(fii) == first
    path.unlink()
    path.mkdir()
    assert check(fii) == first


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_no_link_is_followed(fii: Fii, spoilt: tuple[Outcome, Path], tmp_path: Path) -> None:
    first, path = spoilt
    path.unlink()
    other = tmp_path / "anders"
    other.write_bytes(b"")
    path.symlink_to(other)
    assert check(fii) == first
    assert other.read_bytes() == b""


def test_a_folder_that_cannot_be_made(
    fii: Fii, spoilt: tuple[Outcome, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, path = spoilt
    monkeypatch.setenv("FII_CACHE_DIR", str(path))
    assert check(fii) == first


def test_another_fii_that_writes_is_not_waited_for_long(fii: Fii, spoilt: tuple[Outcome, Path]) -> None:
    _, path = spoilt
    Path("t00.yaml").write_text(TEXTS[2], encoding="utf-8")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        now = check(fii)
        other.execute("ROLLBACK")
    assert now == check(fii, "--no-cache")
    Path("t00.yaml").write_text(TEXTS[0] + "# 0\n", encoding="utf-8")


def test_a_full_disk_costs_only_the_answers(
    fii: Fii, spoilt: tuple[Outcome, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, path = spoilt
    path.unlink()
    real = cache._opened

    def small(path: str) -> sqlite3.Connection:
        answers = real(path)
        answers.execute("PRAGMA max_page_count = 1")
        return answers

    monkeypatch.setattr(cache, "_opened", small)
    assert check(fii) == first
    assert check(fii) == first


def test_the_oldest_answers_go(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST", 5)
    for start in (0, 4, 8):
        with closing(Cache(str(kept))) as answers:
            for number in range(start, start + 4):
                answers.put(bytes([number]), b"x")
    with closing(Cache(str(kept))) as answers:
        assert [answers.get(bytes([number])) for number in range(12)] == [None] * 7 + [b"x"] * 5


def _found_again(kept: Path, keys: range) -> list[int]:
    """The keys of which the answer is known in one run, which then keeps the rest."""
    with closing(Cache(str(kept))) as answers:
        known = [key for key in keys if answers.get(bytes([key]))]
        for key in keys:
            if key not in known:
                answers.put(bytes([key]), b"x")
    return known


def test_of_more_answers_than_fit_most_are_found_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST", 8)
    assert [len(_found_again(kept, range(12))) for _ in range(4)] == [0, 8, 8, 8]


def test_answers_that_are_used_stay_longer(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST", 8)
    _found_again(kept, range(4))
    _found_again(kept, range(10, 14))
    assert _found_again(kept, range(4)) == [0, 1, 2, 3]
    _found_again(kept, range(20, 24))
    assert _found_again(kept, range(4)) == [0, 1, 2, 3]


def test_there_is_room_for_two_answers_about_each_of_many_files() -> None:
    assert cache._MOST >= 2 * 40_000


def test_a_large_answer_is_not_kept(kept: Path) -> None:
    with closing(Cache(str(kept))) as answers:
        answers.put(b"a", b"x" * 200_000)
    with closing(Cache(str(kept))) as answers:
        assert answers.get(b"a") is None


# --- without reading ----------------------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read."""
    paths: list[str] = []
    real = files.bytes_of

    def reading(path: str, *words: int) -> bytes:
        paths.append(path)
        return real(path, *words)

    monkeypatch.setattr(files, "bytes_of", reading)
    return paths


def settle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a change of a file count at once."""
    monkeypatch.setattr(contents, "_SETTLED", 0)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file is read")
def test_a_file_without_findings_that_did_not_change_is_not_read(
    fii: Fii, kept: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    Path("ander.yaml").write_text("x: 1\n", encoding="utf-8")
    first = check(fii)
    opened.clear()
    assert check(fii) == first
    assert {*opened} == {f"t{at:02}.yaml" for at in range(12) if at % 4}
    assert "ander.yaml" not in opened


def test_a_file_that_changed_just_now_is_read(fii: Fii, kept: Path, opened: list[str]) -> None:
    check(fii)
    opened.clear()
    check(fii)
    assert {*opened} >= {f"t{at:02}.yaml" for at in range(12)}


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file is read")
def test_a_change_that_keeps_size_and_time_is_seen(
    fii: Fii, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    path = Path("t00.yaml")
    check(fii)
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("title", "titel"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert check(fii) == check(fii, "--no-cache")
    assert "titel" in check(fii).out


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file is read")
def test_a_folder_that_moved_out_of_the_repository_is_not_read_through_a_link(
    fii: Fii, kept: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    (here / ".git").mkdir()
    Path("x").mkdir()
    for at in range(12):
        os.rename(f"t{at:02}.yaml", f"x/t{at:02}.yaml")
    words = [f"x/t{at:02}.yaml" for at in range(12)]
    check(fii, "x")
    outside = here.parent / f"buiten-{here.name}"
    os.rename("x", outside)
    os.symlink(outside, "x")
    for asked in (words, ["x"]):
        linked = check(fii, *asked)
        assert linked == check(fii, *asked, "--no-cache")
        assert linked.code == 2


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file is read")
@pytest.mark.parametrize("command", ["check", "status"])
def test_nor_is_it_answered_from_what_was_found_outside(
    fii: Fii, kept: Path, here: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    settle(monkeypatch)
    repository, outside = here / "repo", here / "buiten"
    (repository / ".git").mkdir(parents=True)
    (repository / "x").mkdir()
    for at in range(12):
        (repository / f"x/t{at:02}.yaml").write_text(f"{HEAD}# {at}\n", encoding="utf-8")
    words = (command, "--as-of", "2025-02-01")
    monkeypatch.chdir(repository)
    assert fii(*words, "x").code == 0
    os.rename("x", outside)
    monkeypatch.chdir(outside)
    assert fii(*words).code == 0
    monkeypatch.chdir(repository)
    os.symlink(outside, "x")
    linked = fii(*words, "x")
    assert linked == fii(*words, "x", "--no-cache")
    assert linked.code == 2


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file is read")
def test_nothing_is_known_of_a_file_that_the_user_may_no_longer_read(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    Path("t00.yaml").write_text(HEAD, encoding="utf-8")
    with closing(Cache(str(kept))) as answers:
        noted = Contents(answers)
        noted.note("t00.yaml", noted.stamp("t00.yaml"), content_of(HEAD.encode(), trajectory=True))
        answers._write()
        assert noted.known("t00.yaml")
        monkeypatch.setattr(os, "access", lambda *_: False)
        assert noted.known("t00.yaml") is None


def test_an_edit_while_a_file_is_read_is_not_noted(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(monkeypatch)
    with closing(Cache(str(kept))) as answers:
        noted = Contents(answers)
        before = noted.stamp("t00.yaml")
        Path("t00.yaml").write_text(HEAD, encoding="utf-8")
        noted.note("t00.yaml", before, content_of(b"", trajectory=True))
        answers._write()
        assert noted.known("t00.yaml") is None
        noted.note("t00.yaml", noted.stamp("t00.yaml"), content_of(HEAD.encode(), trajectory=True))
        answers._write()
        assert noted.known("t00.yaml") == content_of(HEAD.encode(), trajectory=True)


def test_what_is_known_of_many_files_is_told_before_all_of_it_is_recalled(
    fii: Fii, kept: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    monkeypatch.setattr(check_stream, "_TOLD_TOGETHER", 5)
    for number in range(23):
        (here / f"veel{number:02}.yaml").write_text(HEAD + "titel: x\n", encoding="utf-8")
    first = check(fii, "--format", "concise")
    waiting: list[int] = []
    told = 0
    real_recall, real_add = Memory.recall_unread, Tally.add

    def recall(*words: Any) -> Any:
        waiting.append(len(waiting) + 1 - told)
        return real_recall(*words)

    def add(*words: Any) -> None:
        nonlocal told
        told += 1
        real_add(*words)

    monkeypatch.setattr(Memory, "recall_unread", recall)
    monkeypatch.setattr(Tally, "add", add)
    assert check(fii, "--format", "concise") == first
    assert len(waiting) >= 23
    assert max(waiting) <= 6


# --- the neighbours of a trajectory -------------------------------------------------------------------------


def _neighbour(name: str, helped: str, more: str = "") -> None:
    action = f"{{id: x, what: x, strategy: champions, result: {{date: 2025-01, helped: {helped}}}}}"
    Path(name).write_text(f"{HEAD}actions: [{action}]\n{more}", encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file is read")
def test_a_neighbour_that_did_not_change_is_not_read_again(
    fii: Fii, kept: Path, here: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    (here / ".git").mkdir()
    for name in ("b.yaml", "c.yaml"):
        _neighbour(name, "ja")
    _neighbour("stuk.yaml", "nee", "<: [\n")
    words = ("strategies", "t02.yaml", "--for", "midi/13", "--all", "--why", "--as-of", "2026-01-01")

    def experience() -> str:
        shown = " ".join(fii(*words).out.split())
        return shown.partition("did it help: ")[2].partition(")")[0]

    assert fii(*words, "--no-cache").code == 0
    assert [*kept.iterdir()] == []
    assert experience() == "yes 2 (n = 2"
    opened.clear()
    assert experience() == "yes 2 (n = 2"
    assert {*opened} == {"t02.yaml"}
    _neighbour("c.yaml", "nee")
    assert experience() == "yes 1, no 1 (n = 2"
    _neighbour("stuk.yaml", "deels")
    assert experience() == "yes 1, partly 1, no 1 (n = 3"
    words = (*words[:-1], "2024-12-31")
    assert experience() == ""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file is read")
def test_many_neighbours_without_git_are_not_read_again_either(
    fii: Fii, kept: Path, here: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    for number in range(10):
        _neighbour(f"buur{number}.yaml", "ja")
    words = ("strategies", "t02.yaml", "--for", "midi/13", "--all", "--why", "--as-of", "2026-01-01")
    first = fii(*words)
    assert "yes 10 (n = 10" in " ".join(first.out.split())
    opened.clear()
    assert fii(*words) == first
    assert {*opened} == {"t02.yaml"}


@pytest.mark.parametrize(
    "raw", [b'"strat\\u0065gy": x, helped: ja', "strategy: x, helped: ja".encode("utf-16")]
)
def test_an_outcome_is_not_hidden_by_how_its_keys_are_written(raw: bytes) -> None:
    assert content_of(raw, trajectory=True).outcome
    assert not content_of(b"helped: ja", trajectory=True).outcome


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_to_the_trajectory_itself_is_no_neighbour(fii: Fii, kept: Path, here: Path) -> None:
    (here / ".git").mkdir()
    _neighbour("z.yaml", "ja")
    os.symlink("z.yaml", "a-link.yaml")
    assert "did it help" not in fii("strategies", "z.yaml", "--for", "midi/13", "--all", "--why").out


def test_a_python_without_a_database_keeps_nothing(
    fii: Fii, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = check(fii, "--no-cache")
    for name in ("memory", "cache"):
        monkeypatch.delitem(sys.modules, f"fii_cli.project.{name}")
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    assert check(fii) == first
    assert list(kept.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is of POSIX")
def test_processes_that_are_killed_and_that_run_at_once_leave_the_same_answers(fii: Fii, kept: Path) -> None:
    first = check(fii, "--no-cache")
    words = [
        sys.executable,
        "-m",
        "fii_cli",
        "--lang",
        "en",
        "check",
        "--format",
        "json",
        "--as-of",
        "2025-02-01",
    ]
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    running = [subprocess.Popen(words, env=env, stdout=subprocess.PIPE) for _ in range(4)]
    for number, each in enumerate(running):
        assert each.stdout is not None
        if number % 2:
            each.stdout.read(1)
            each.kill()
            each.communicate()
        else:
            assert each.communicate()[0].decode() == first.out
    for _ in range(2):
        assert check(fii) == first


@pytest.mark.skipif(os.name != "posix", reason="elsewhere every file is read")
def test_lines_are_shown_only_of_the_text_that_was_judged(
    fii: Fii, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(monkeypatch)
    check(fii)
    within = project_of("t01.yaml").surroundings(date(2025, 2, 1))
    with closing(Memory(Cache(str(kept)))) as before:
        known = before.recall_unread("t01.yaml", within)
        assert known is not None
        assert known.document.line(5) == "titel: x"
        monkeypatch.setattr(files, "trajectory_bytes", lambda _: b"anders")
        assert before.recall_unread("t01.yaml", within) is None
