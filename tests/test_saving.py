"""Writing files: whole or not at all, one fii at a time, and never over what somebody else wrote."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from conftest import Fii
from fii_cli.diagnostics import Refused
from fii_cli.edits.write import append
from fii_cli.project import save
from fii_cli.resources import examples
from fii_cli.yaml.document import Document
from fii_cli.yaml.read import read
from helpers import HEAD

TEXT = HEAD + "log:\n  - {date: 2025-01-02, text: eerste}\n"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".git").mkdir()
    Path("a.yaml").write_text(TEXT, encoding="utf-8", newline="")


OWN = ".fii"


def _more(document: Document) -> Document:
    return append(document, ("log",), {"date": "2025-01-03", "text": "tweede"})


def text(path: str = "a.yaml") -> str:
    return Path(path).read_bytes().decode()


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_byte_order_mark_and_line_endings_stay(start: str, line_break: str) -> None:
    written = start + TEXT.replace("\n", line_break)
    Path("a.yaml").write_bytes(written.encode())
    save.rewrite("a.yaml", _more, "x", OWN)
    assert text() == written + "  - {date: 2025-01-03, text: tweede}" + line_break


def test_a_link_is_followed_and_the_mode_is_kept() -> None:
    os.chmod("a.yaml", 0o640)
    os.symlink("a.yaml", "b.yaml")
    save.rewrite("b.yaml", _more, "x", OWN)
    assert os.path.islink("b.yaml")
    assert "tweede" in text()
    assert os.stat("a.yaml").st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_nobody_else_reads_a_file_that_is_not_finished_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def look(_: int) -> None:
        seen.extend(path.stat().st_mode & 0o777 for path in Path().rglob(".fii-unfinished-*"))

    monkeypatch.setattr("fii_cli.project.save.os.fsync", look)
    before = os.umask(0)
    try:
        save.rewrite("a.yaml", _more, "x", OWN)
    finally:
        os.umask(before)
    assert set(seen) == {0o600}


def test_what_may_not_be_written_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fii_cli.project.save.os.access", lambda path, mode: False)
    with pytest.raises(Refused, match="permission to read"):
        save.rewrite("a.yaml", _more, "x", OWN)
    assert text() == TEXT


def test_a_report_that_may_not_be_written_stays(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fii("report", "a.yaml").code == 0
    before = text("a.html")
    monkeypatch.setattr("fii_cli.project.save.os.access", lambda path, mode: False)
    done = fii("report", "a.yaml", "--as-of", "2024-01-01")
    assert done.code == 2
    assert "a.html: no permission to read or write this" in done.err
    assert text("a.html") == before


def test_what_stands_behind_a_link_is_taken_back_there(fii: Fii) -> None:
    os.symlink("a.yaml", "b.yaml")
    assert fii("add", "b.yaml", "log", "text=b").code == 0
    assert fii("undo", "b.yaml").code == 0
    assert os.path.islink("b.yaml")
    assert text() == TEXT


def test_an_editor_that_saves_in_between_is_not_overwritten() -> None:
    def meanwhile(document: Document) -> Document:
        Path("a.yaml").write_text(TEXT + "# van een ander\n", encoding="utf-8")
        return _more(document)

    with pytest.raises(Refused, match="another program changed this file"):
        save.rewrite("a.yaml", meanwhile, "x", OWN)
    assert text() == TEXT + "# van een ander\n"


def test_a_new_file_never_takes_the_place_of_one_that_came_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def meanwhile(_: int) -> None:
        Path("nieuw.yaml").write_text("van een ander", encoding="utf-8")

    monkeypatch.setattr("fii_cli.project.save.os.fsync", meanwhile)
    with pytest.raises(Refused, match="already exists"):
        save.write_new("nieuw.yaml", "van mij")
    assert text("nieuw.yaml") == "van een ander"
    assert sorted(os.listdir()) == [".git", "a.yaml", "nieuw.yaml"]


def test_without_hard_links_a_new_file_is_written_and_an_old_one_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("fii_cli.project.save.os.link", no_links)
    save.write_new("nieuw.yaml", "van mij")
    assert text("nieuw.yaml") == "van mij"
    with pytest.raises(Refused, match="already exists"):
        save.write_new("a.yaml", "van mij")
    assert text() == TEXT
    assert sorted(os.listdir()) == [".git", "a.yaml", "nieuw.yaml"]


def test_a_full_disk_leaves_the_file_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fii_cli.project.save.os.fsync", full)
    with pytest.raises(Refused, match="the disk is full"):
        save.rewrite("a.yaml", _more, "x", OWN)
    assert text() == TEXT
    assert [name for name in os.listdir() if name not in (".git", ".fii")] == ["a.yaml"]


def test_what_a_killed_fii_left_behind_is_cleared_away() -> None:
    save.rewrite("a.yaml", _more, "x", OWN)
    (undo,) = Path(".fii/undo").glob("*/")
    old, new = (".fii-unfinished-0123456789abcdef", ".fii-unfinished-fedcba9876543210")
    for folder in (Path(), Path(".fii"), Path(".fii/undo"), undo):
        for name, age in ((old, 3600), (new, 0)):
            (folder / name).write_text("half", encoding="utf-8")
            os.utime(folder / name, (time.time() - age, time.time() - age))
    save.rewrite("a.yaml", _more, "x", OWN)
    for folder in (Path(), Path(".fii"), Path(".fii/undo"), undo):
        assert not (folder / old).exists()
        assert (folder / new).exists()


@pytest.mark.parametrize(
    "name",
    [
        ".fii-notes.md",
        ".fii-oud",
        ".fii-notities",
        ".fii-abcdefgh",
        ".fii-unfinished",
        ".fii-unfinished-0123456789abcdef.md",
        ".fii-unfinished-0123456789ABCDEF",
        ".fii-unfinished-mijn-eigen-tekst",
        ".fii.bak",
    ],
)
def test_what_only_looks_like_it_is_never_removed(name: str) -> None:
    for folder in (Path(), Path(".fii"), Path(".fii/undo")):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text("van mij", encoding="utf-8")
        os.utime(folder / name, (0, 0))
    save.rewrite("a.yaml", _more, "x", OWN)
    for folder in (Path(), Path(".fii"), Path(".fii/undo")):
        assert (folder / name).read_text(encoding="utf-8") == "van mij"


def test_a_folder_or_a_link_with_such_a_name_stays() -> None:
    Path("ver.txt").write_text("van mij", encoding="utf-8")
    Path(".fii-unfinished-0123456789abcdef").mkdir()
    os.symlink("ver.txt", ".fii-unfinished-fedcba9876543210")
    for name in (".fii-unfinished-0123456789abcdef", "ver.txt"):
        os.utime(name, (0, 0))
    save.rewrite("a.yaml", _more, "x", OWN)
    assert Path(".fii-unfinished-0123456789abcdef").is_dir()
    assert Path(".fii-unfinished-fedcba9876543210").is_symlink()
    assert Path("ver.txt").exists()


def test_two_writers_at_once_lose_nothing() -> None:
    def write(name: str) -> None:
        for number in range(20):
            fact = {"date": "2025-01-03", "text": f"{name}{number}"}
            save.rewrite("a.yaml", lambda document, fact=fact: append(document, ("log",), fact), "x", OWN)  # type: ignore[misc]

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    data = read(text()).data
    assert isinstance(data, dict)
    log = data["log"]
    assert isinstance(log, list)
    assert len(log) == 61
    for name in "abc":
        own = [each["text"] for each in log if isinstance(each, dict) and str(each["text"])[0] == name]
        assert own == [f"{name}{number}" for number in range(20)]


def test_two_programs_at_once_lose_nothing() -> None:
    program = (
        "import sys; from fii_cli.project import save; from fii_cli.edits.write import append\n"
        "for at in range(15):\n"
        "    fact = {'date': '2025-01-03', 'text': f'{sys.argv[1]}{at}'}\n"
        "    save.rewrite('a.yaml', lambda document: append(document, ('log',), fact), 'x', '.fii')\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, name]) for name in "abcd"]
    assert [each.wait() for each in running] == [0] * 4
    for name in "abcd":
        assert re.findall(rf"text: {name}(\d+)", text()) == [str(at) for at in range(15)]
    assert sorted(os.listdir()) == [".fii", ".git", "a.yaml"]


def test_another_fii_that_keeps_the_lock_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fii_cli.project.save._PATIENCE", 0.05)
    with FileLock(".fii-lock"), pytest.raises(Refused, match="another fii process is writing here"):
        save.rewrite("a.yaml", _more, "x", OWN)
    assert text() == TEXT
    save.rewrite("a.yaml", _more, "x", OWN)
    assert text() != TEXT


def test_the_lock_of_a_fii_that_was_killed_holds_nobody_up() -> None:
    Path(".fii-lock").write_text("", encoding="utf-8")
    save.rewrite("a.yaml", _more, "x", OWN)
    assert text() != TEXT
    assert not Path(".fii-lock").exists()


def test_what_has_the_name_of_the_lock_and_is_not_ours_stays() -> None:
    Path(".fii-lock").write_text("van mij", encoding="utf-8")
    save.rewrite("a.yaml", _more, "x", OWN)
    assert text(".fii-lock") == "van mij"
    Path(".fii-lock").unlink()
    Path("leeg").write_text("", encoding="utf-8")
    os.symlink("leeg", ".fii-lock")
    save.rewrite("a.yaml", _more, "x", OWN)
    assert Path(".fii-lock").is_symlink()
    assert Path("leeg").exists()


def test_killed_at_any_moment_the_old_or_the_new_file_is_there() -> None:
    """Kills a process that writes again and again, and looks at what it left."""
    big = examples()["thuis-leren-verzonnen"]
    Path("a.yaml").write_text(big, encoding="utf-8")
    program = (
        "from fii_cli.project import save; from fii_cli.edits.write import append\n"
        "print('ready', flush=True)\n"
        "fact = {'date': '2025', 'text': 'x' * 50}\n"
        "while True: save.rewrite('a.yaml', lambda document: append(document, ('log',), fact), 'x', '.fii')\n"
    )
    start = text()
    for delay in (0.0, 0.05, 0.12, 0.2, 0.333):
        before = text()
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        now = read(text())
        assert not now.problems
        assert text().startswith(before)
        assert re.fullmatch(r"(  - \{date: 2025, text: x{50}\}\n)*", text()[len(before) :])
    assert text() != start
    save.rewrite("a.yaml", _more, "x", OWN)
    assert text().endswith("tweede}\n")


# --- taking it back -----------------------------------------------------------------------------------------


def test_undo_takes_back_one_after_the_other(fii: Fii) -> None:
    for word in ("b", "c"):
        assert fii("add", "a.yaml", "log", f"text={word}", "date=2025-02-01").code == 0
    after_b = text().replace("  - {date: 2025-02-01, text: c}\n", "")
    done = fii("undo", "a.yaml")
    assert (done.code, text()) == (0, after_b)
    assert "a.yaml: taken back: fii add a.yaml log text=c date=2025-02-01" in done.out
    assert "-  - {date: 2025-02-01, text: c}" in done.out
    assert fii("undo", "a.yaml").code == 0
    assert text() == TEXT
    done = fii("undo", "a.yaml")
    assert done.code == 2
    assert "there is no change by fii to undo here" in done.err


def test_undo_keeps_its_hands_off_what_was_changed_since(fii: Fii) -> None:
    fii("add", "a.yaml", "log", "text=b")
    Path("a.yaml").write_text(text() + "# mijn werk\n", encoding="utf-8")
    done = fii("undo", "a.yaml")
    assert done.code == 2
    assert "changed since fii last wrote it" in done.err
    assert text().endswith("# mijn werk\n")


def test_undo_keeps_its_hands_off_what_is_no_text_any_more(fii: Fii) -> None:
    fii("add", "a.yaml", "log", "text=b")
    Path("a.yaml").write_bytes(b"\xff\xfe van een ander")
    done = fii("undo", "a.yaml")
    assert done.code == 2
    assert "changed since fii last wrote it" in done.err
    assert Path("a.yaml").read_bytes() == b"\xff\xfe van een ander"


@pytest.mark.skipif(os.name != "posix", reason="names of bytes are of POSIX")
def test_a_file_with_a_name_that_is_no_text_can_be_changed(fii: Fii) -> None:
    name = os.fsdecode(b"plan\xff.yaml")
    Path(name).write_text(TEXT, encoding="utf-8")
    assert fii("add", name, "log", "text=b").code == 0
    assert "text: b" in text(name)


def test_a_large_file_can_be_taken_back(fii: Fii) -> None:
    large = TEXT + ("# " + '"' * 1000 + "\n") * 1200
    Path("a.yaml").write_text(large, encoding="utf-8")
    assert fii("add", "a.yaml", "log", "text=b").code == 0
    (kept,) = Path(".fii/undo").glob("*/1.json")
    assert kept.stat().st_size > 2_000_000
    assert fii("undo", "a.yaml").code == 0
    assert text() == large


def test_undo_can_be_looked_at_first(fii: Fii) -> None:
    fii("add", "a.yaml", "log", "text=b", "date=2025-02-01")
    before = text()
    done = fii("undo", "a.yaml", "--dry-run")
    assert (done.code, text()) == (0, before)
    assert "-  - {date: 2025-02-01, text: b}" in done.out
    assert "would take back: fii add" in done.err


def test_what_was_kept_lies_outside_git_and_stays_small(fii: Fii) -> None:
    for number in range(25):
        fii("add", "a.yaml", "log", f"text=x{number}")
    assert Path(".fii/undo/.gitignore").read_text(encoding="utf-8") == "*\n"
    (folder,) = (path for path in Path(".fii/undo").iterdir() if path.is_dir())
    assert len(list(folder.iterdir())) == 20


@pytest.mark.parametrize("words", [("add", "a.yaml", "log", "text=b"), ("set", "a.yaml", "summary", "x")])
def test_nothing_is_built_on_a_file_with_errors(fii: Fii, words: tuple[str, ...]) -> None:
    broken = TEXT + "signaleren: {commissioner: {organisation: onbekend}}\n"
    Path("a.yaml").write_text(broken, encoding="utf-8")
    done = fii(*words)
    assert done.code == 1
    assert "FII021" in done.err
    assert text() == broken
    assert fii("undo", "a.yaml").code == 2


def test_what_somebody_wrote_beside_what_is_kept_stays(fii: Fii) -> None:
    fii("add", "a.yaml", "log", "text=b")
    Path(".fii/undo/.gitignore").write_text("*\n# van mij\n", encoding="utf-8")
    fii("add", "a.yaml", "log", "text=c")
    assert Path(".fii/undo/.gitignore").read_text(encoding="utf-8") == "*\n# van mij\n"


def test_a_write_that_never_happened_is_passed_over(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    fii("add", "a.yaml", "log", "text=b")
    before = text()
    write = save._write

    def killed(path: str, text: str, *, over: bool, mode: int | None = None) -> None:
        if path.endswith("a.yaml"):
            raise KeyboardInterrupt
        write(path, text, over=over, mode=mode)

    monkeypatch.setattr("fii_cli.project.save._write", killed)
    assert fii("add", "a.yaml", "log", "text=c").code == 130
    monkeypatch.setattr("fii_cli.project.save._write", write)
    assert text() == before
    assert fii("undo", "a.yaml").code == 0
    assert text() == TEXT


def test_the_last_of_more_than_nine_is_taken_back_first(fii: Fii) -> None:
    for number in range(11):
        fii("add", "a.yaml", "log", f"text=x{number}")
    for number in reversed(range(11)):
        assert f"text=x{number}" in fii("undo", "a.yaml").out
    assert text() == TEXT


def test_what_cannot_be_kept_can_still_be_written(fii: Fii) -> None:
    Path(".fii").write_text("een bestand", encoding="utf-8")
    assert fii("add", "a.yaml", "log", "text=b").code == 0
    assert "text: b" in text()
    assert fii("undo", "a.yaml").code == 2


def test_two_files_do_not_share_what_is_kept(fii: Fii) -> None:
    Path("b.yaml").write_text(TEXT, encoding="utf-8")
    fii("add", "a.yaml", "log", "text=b")
    assert fii("undo", "b.yaml").code == 2
    assert fii("undo", "./a.yaml").code == 0
