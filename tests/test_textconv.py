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
