"""``fii diff --textconv``: what ``git diff`` and ``git log -p`` show of a trajectory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.resources import examples
from helpers import HEAD

TEXT = (
    HEAD
    + """\
# een opmerking
people:
  - {id: leider, role: projectleider}
  - {id: wet, role: wethouder}
versterken:
  key_people:
    - {person: wet, contacts: [{date: 2025-01-10, note: twijfelt}, {date: 2025-02-10}]}
assessments:
  - {instrument: stoplicht, date: 2025-01-20,
     ratings: {2c.overleg: rood, 2c.kickoff: {value: groen, note: ja}}}
  - {instrument: cfir, date: 2025-01-20, ratings: {IV.B: -2}}
actions:
  - {id: bellen, what: Bellen, answers: [stoplicht/2c.overleg], owner: leider, due: 2025-02-01}
log:
  - {date: 2025-02-01, text: "Een\\nTwee"}
"""
)


@pytest.fixture
def with_fii(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git with a user, in a folder with nothing in it, and fii on its path."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/fii"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fii_cli "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / "gitconfig").write_text("[user]\nname = x\nemail = x@example.org\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")


def git(*words: str) -> str:
    done = subprocess.run(["git", *words], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout


def changed(shown: str) -> list[str]:
    """The lines that came and went in what git shows."""
    return [line for line in shown.splitlines() if line[:1] in ("+", "-") and line[:3] not in ("+++", "---")]


def facts(fii: Fii, text: str | bytes, name: str = "a.yaml") -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    done = fii("diff", "--textconv", "--", name)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_each_fact_is_a_line(fii: Fii, here: Path) -> None:
    lines = facts(fii, TEXT.replace("language: nl", "language: en")).splitlines()
    for line in (
        "Person wet · Role: wethouder",
        "Strengthening · Key person wet · Contact 2025-01-10 · Note: twijfelt",
        "Strengthening · Key person wet · Contact 2025-02-10",
        "Assessment cfir, 2025-01-20 · Rating · IV.B: -2",
        "Assessment stoplicht, 2025-01-20 · Rating · 2c.kickoff: green; note: ja",
        "Assessment stoplicht, 2025-01-20 · Rating · 2c.overleg: red",
        "Action bellen · Owner: leider",
        "Log 2025-02-01, Een Twee",
    ):
        assert line in lines, "\n".join(lines)
    assert not any("opmerking" in line for line in lines)


def test_the_order_in_the_file_the_path_and_the_language_of_the_reader_make_no_difference(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = facts(fii, TEXT)
    people = ["  - {id: leider, role: projectleider}\n", "  - {id: wet, role: wethouder}\n"]
    moved = TEXT.replace("".join(people), "".join(reversed(people))).replace("# een opmerking", "")
    moved = moved.replace(
        "{date: 2025-01-10, note: twijfelt}, {date: 2025-02-10}",
        "{date: 2025-02-10}, {note: twijfelt, date: 2025-01-10}",
    )
    assert facts(fii, moved, "elders/git-blob-x1/b.yaml") == expected
    monkeypatch.setenv("FII_LANG", "en")
    monkeypatch.setenv("COLUMNS", "20")
    assert facts(fii, TEXT) == expected
    assert fii("diff", "--textconv", "a.yaml", "--color", "always", lang="nl").out == expected


def test_records_with_the_same_key_are_all_told_in_any_order(fii: Fii, here: Path) -> None:
    one, other = (f"  - {{date: 2025-01-10, decision: door, reason: {n}}}\n" for n in "ab")
    first, second = (
        HEAD + "visits:\n- phase: verkennen\n  entered: 2025-01\n  decisions:\n" + order
        for order in (one + other, other + one)
    )
    assert facts(fii, first) == facts(fii, second)
    assert facts(fii, first).count("2025-01-10") == 2


@pytest.mark.parametrize("name", examples())
def test_every_example_has_facts(fii: Fii, here: Path, name: str) -> None:
    shown = facts(fii, examples()[name])
    assert shown != examples()[name]
    assert shown.startswith("Tit")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\x01\xff binary",
        "titel: \xe9".encode("latin-1"),
        b"fii: 1\n" + b"[" * 5000,
        b"fii: 1\n<<<<<<< ours\ntitle: a\n=======\ntitle: b\n>>>>>>> theirs\n",
        b"fii: 99\ntitle: x\n",
        b"- just\n- a list\n",
        b"fii: 1\r\ntitle: \xef\xbb\xbf\r\n",
        HEAD.replace("gevraagd", "gevraagt").encode(),
        HEAD.encode() + b"title: twice\n",
        b"other: yaml\n",
        b"fii: 1\nsummary: " + b"x" * 3_000_000,
    ],
    ids=range(12),
)
def test_what_is_no_sound_trajectory_is_shown_as_it_is(here: Path, raw: bytes) -> None:
    Path("a.yaml").write_bytes(raw)
    words = [sys.executable, "-m", "fii_cli", "diff", "--textconv", "a.yaml"]
    done = subprocess.run(words, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, raw, b"")


def test_what_cannot_be_opened_is_told_and_no_error(fii: Fii, here: Path) -> None:
    done = fii("diff", "--textconv", "weg.yaml")
    assert (done.code, done.out) == (0, "")
    assert "weg.yaml: no such file" in done.err
    assert fii("diff", "--textconv").code == 2
    assert fii("diff", "--textconv", "a", "b").code == 2


def test_characters_that_control_a_terminal_are_shown(fii: Fii, here: Path) -> None:
    shown = facts(fii, HEAD.replace("Proef", r'"a\u202eb"'))
    assert "\u202e" not in shown
    assert r": a\u202eb" in shown


# --- with git itself ----------------------------------------------------------------------------------------


def set_up(fii: Fii, text: str = TEXT) -> None:
    git("init", "-q", "-b", "main")
    assert fii("init", "--forge", "none", "--yes").code == 0
    Path("a.yaml").write_text(text, encoding="utf-8")
    assert fii("init", "--git").out.splitlines()[0] == "wrote diff.fii.textconv = fii diff --textconv --"
    git("add", ".")
    git("commit", "-qm", "one")


def test_git_diff_and_git_log_show_facts(fii: Fii, with_fii: None) -> None:
    set_up(fii)
    people = ["  - {id: leider, role: projectleider}\n", "  - {id: wet, role: wethouder}\n"]
    moved = TEXT.replace("".join(people), "".join(reversed(people))).replace("# een opmerking", "# iets")
    Path("a.yaml").write_text(moved.replace("2025-02-01}\nlog", "2025-03-01}\nlog"), encoding="utf-8")
    shown = changed(git("diff"))
    assert len(shown) == 2
    assert [line[0] for line in shown] == ["-", "+"]
    assert [line[-10:] for line in shown] == ["2025-02-01", "2025-03-01"]
    assert "bellen" in shown[0]
    git("commit", "-qam", "two")
    assert changed(git("log", "-p", "-1", "--format=")) == shown
    assert changed(git("show", "--format=", "HEAD")) == shown
    assert "+# iets" in changed(git("diff", "--no-textconv", "HEAD~1"))
    os.chdir("trajectories")
    assert changed(git("diff", "HEAD~1")) == shown


def test_git_gives_lines_where_lines_are_asked_for(fii: Fii, with_fii: None) -> None:
    """A patch has to be applied to the text, and an editor asks who wrote a line of it."""
    set_up(fii)
    Path("a.yaml").write_text(TEXT.replace("2025-02-01}\nlog", "2025-03-01}\nlog"), encoding="utf-8")
    Path("../patch").write_text(git("diff", "--no-textconv"), encoding="utf-8")
    git("commit", "-qam", "two")
    git("format-patch", "-q", "-1", "-o", "..")
    assert "+  - {id: bellen" in Path("../0001-two.patch").read_text(encoding="utf-8")
    git("reset", "-q", "--hard", "HEAD~1")
    git("apply", "../patch")
    git("checkout", "-q", "a.yaml")
    git("am", "-q", "../0001-two.patch")
    assert len(git("blame", "--no-textconv", "a.yaml").splitlines()) == len(TEXT.splitlines())
    assert "bellen" in git("blame", "a.yaml")


def test_git_goes_on_when_a_version_is_broken(fii: Fii, with_fii: None) -> None:
    set_up(fii)
    Path("-v.yaml").write_text(HEAD, encoding="utf-8")
    Path("--help.yaml").write_text(HEAD, encoding="utf-8")
    Path("met 'een spatie'.yaml").write_bytes(b"fii: 1\ntitle: \xff\n")
    Path("andere.yaml").write_text("een: ander bestand\n", encoding="utf-8")
    git("add", ".")
    Path("a.yaml").write_text(TEXT.replace("gevraagd", "gevraagt"), encoding="utf-8")
    Path("--help.yaml").write_text(HEAD.replace("Proef", "Anders"), encoding="utf-8")
    done = subprocess.run(["git", "diff", "HEAD"], check=True, capture_output=True)
    assert done.stderr == b""
    shown = done.stdout.decode("utf-8", "replace")
    for line in ("+entry: {commission: gevraagt, date: 2025-01}", "+een: ander bestand", "+fii: 1"):
        assert line in shown.splitlines()
    assert "Anders" in shown
    git("rm", "-q", "--cached", "a.yaml")
    Path("a.yaml").unlink()
    git("commit", "-qm", "two")
    assert subprocess.run(["git", "log", "-p"], check=True, capture_output=True).stderr == b""


# --- fii init --git -----------------------------------------------------------------------------------------


def test_what_a_clone_needs_is_shown_until_it_is_there(fii: Fii, with_fii: None) -> None:
    git("init", "-q")
    line = "git config --local diff.fii.textconv 'fii diff --textconv --'"
    assert line in fii("init", "--forge", "none", "--dry-run").err
    done = fii("init", "--git", "--dry-run")
    assert (done.code, done.out) == (0, "")
    assert "would write diff.fii.textconv = fii diff --textconv --" in done.err
    assert fii("init", "--git", "--forge", "none").code == 2
    assert fii("init", "--git").code == 0
    config = Path(".git/config").read_bytes()
    again = fii("init", "--git")
    assert (again.code, again.out) == (0, "")
    assert "diff.fii.textconv is already set" in again.err
    assert Path(".git/config").read_bytes() == config
    assert line not in fii("init", "--forge", "none", "--dry-run").err
    assert list(Path().iterdir()) == [Path(".git")]


def test_a_value_of_the_user_is_kept_and_shown(fii: Fii, with_fii: None) -> None:
    git("init", "-q")
    git("config", "diff.fii.textconv", "mijn eigen")
    done = fii("init", "--git")
    assert done.code == 0
    assert "textconv" not in done.out
    assert "diff.fii.textconv is kept: mijn eigen" in done.err
    assert git("config", "diff.fii.textconv") == "mijn eigen\n"


@pytest.mark.parametrize(
    ("merged_by_fii", "wanted"),
    [
        ("cp %s $4; exit 0", "samen"),
        ("cp %s $4; exit 1", "samen"),
        ("exit 2", "<<<<<<< ours"),
        ("exit 127", "<<<<<<< ours"),
        (None, "<<<<<<< ours"),
    ],
)
def test_where_fii_does_not_merge_git_leaves_both_sides(
    fii: Fii, with_fii: None, tmp_path: Path, merged_by_fii: str | None, wanted: str
) -> None:
    set_up(fii)
    path = Path("trajectories/met 'een' spatie.yaml")
    for branch, title in (("main", "Een"), ("zij", "Twee"), ("main", "Drie")):
        git("checkout", "-q", "-B" if branch == "zij" else "-f", branch)
        path.write_text(HEAD.replace("Proef", title), encoding="utf-8")
        git("add", ".")
        git("commit", "-qm", title)
    (tmp_path / "samen").write_text("samen\n", encoding="utf-8")
    program = tmp_path / "bin/fii"
    program.unlink()
    if merged_by_fii is not None:
        script = merged_by_fii.replace("%s", f"'{tmp_path / 'samen'}'")
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    done = subprocess.run(["git", "merge", "-q", "zij", "-m", "x"], capture_output=True, check=False)
    assert (done.returncode == 0) == (merged_by_fii is not None and "exit 0" in merged_by_fii)
    text = path.read_text(encoding="utf-8")
    assert wanted in text
    assert ("Twee" in text and "Drie" in text) == ("<" in wanted)


def test_outside_a_repository_nothing_is_configured(fii: Fii, with_fii: None) -> None:
    done = fii("init", "--git")
    assert done.code == 2
    assert "not in a git repository" in done.err
    assert "git config" not in fii("init", "--forge", "none", "--dry-run").err


def test_a_linked_worktree_and_a_subfolder_configure_their_repository(fii: Fii, with_fii: None) -> None:
    git("init", "-q", "main")
    git("-C", "main", "commit", "-q", "--allow-empty", "-m", "x")
    git("-C", "main", "worktree", "add", "-q", "../beside", "-b", "beside")
    Path("beside/sub").mkdir()
    assert fii("init", "--git", "beside/sub").code == 0
    assert git("-C", "main", "config", "--local", "diff.fii.textconv").startswith("fii diff")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_configuration_elsewhere_is_not_written(fii: Fii, with_fii: None, tmp_path: Path) -> None:
    git("init", "-q")
    mine = tmp_path / "gitconfig"
    before = mine.read_bytes()
    Path(".git/config").unlink()
    Path(".git/config").symlink_to(mine)
    done = fii("init", "--git")
    assert done.code == 2
    assert "symbolic link" in done.err
    assert mine.read_bytes() == before
