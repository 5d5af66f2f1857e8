"""Which trajectory is meant: the only one in or below the folder, or one named without its ending."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Fii
from helpers import HEAD

TEXT = (
    HEAD
    + """\
visits:
  - {phase: verkennen, entered: 2025-01, via: entry}
actions:
  - {id: bellen, what: bellen}
"""
)
COMMANDS = [
    "add {} log text=x",
    "add {} action what=x",
    "advance {} --decision bijsturen",
    "assess {} --set 2c.overleg=g",
    "barriers {}",
    "compare {}",
    "done {} bellen --helped ja",
    "entry {}",
    "import {} a.csv --instrument midi",
    "plan {} champions",
    "report {} --dry-run",
    "score {}",
    "set {} title Anders",
    "set {} summary ''",
    "strategies {}",
    "undo {}",
    "check {}",
    "status {}",
]


@pytest.fixture(autouse=True)
def _elsewhere(here: Path, fii: Fii) -> None:
    Path("trajecten").mkdir()
    Path("trajecten/samen-leren.yaml").write_text(TEXT, encoding="utf-8")
    Path("notes.yaml").write_text("geen: traject\n", encoding="utf-8")
    Path("a.csv").write_text("1;2\n" + "5;5\n" * 6, encoding="utf-8")
    assert fii("set", "trajecten/samen-leren.yaml", "summary", "x").code == 0


def words(command: str, named: str) -> list[str]:
    return [word.replace("''", "") for word in command.format(named).split()]


@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_file_the_only_trajectory_below_the_folder_is_meant(fii: Fii, command: str) -> None:
    expected = fii(*words(command, "trajecten/samen-leren.yaml"))
    if "--dry-run" not in command:
        fii("undo")
        fii("set", "summary", "x")
    done = fii(*words(command, ""))
    assert done.code == expected.code, done.err
    assert "missing" not in done.err


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["Samen-Leren", "samen-leren.yaml", "trajecten/samen-leren", "trajecten"])
def test_a_trajectory_may_be_named_without_its_ending_also_below_the_folder(
    fii: Fii, command: str, name: str
) -> None:
    done = fii(*words(command, name))
    assert done.code == 0, done.err


def test_what_is_changed_is_named(fii: Fii) -> None:
    assert "wrote trajecten/samen-leren.yaml" in fii("set", "title", "Anders").out
    assert "title: Anders" in Path("trajecten/samen-leren.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [each for each in COMMANDS if each.split()[0] not in ("check", "status")])
def test_of_several_none_is_chosen_and_they_are_listed(fii: Fii, command: str) -> None:
    Path("amigos.yaml").write_text(TEXT, encoding="utf-8")
    done = fii(*words(command, ""))
    assert done.code == 2
    if not command.startswith("entry"):  # which then asks its two questions
        assert "there are 2 trajectories here" in done.err
        assert "amigos.yaml, trajecten/samen-leren.yaml" in done.err
    assert Path("amigos.yaml").read_text(encoding="utf-8") == TEXT


def test_two_of_the_same_name_are_listed(fii: Fii) -> None:
    Path("archief").mkdir()
    Path("archief/samen-leren.yaml").write_text(TEXT, encoding="utf-8")
    done = fii("score", "samen-leren")
    assert (done.code, "archief/samen-leren.yaml, trajecten/samen-leren.yaml" in done.err) == (2, True)
    assert fii("score", "archief").code == 0


@pytest.mark.parametrize("name", ["samen-lerne", "samen-lern.yaml", "./samen-leren.yaml"])
def test_a_name_that_is_not_there_is_not_guessed_but_suggested(fii: Fii, name: str) -> None:
    done = fii("score", name)
    assert (done.code, "did you mean trajecten/samen-leren.yaml?" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("set a.yaml title", "VALUE is missing"),
        ("set", "KEY is missing"),
        ("done", "ACTION is missing"),
        ("import --instrument midi", "ANSWERS is missing"),
        ("plan", "STRATEGY is missing"),
        ("add lgo text=x", "unknown kind lgo"),
        ("plan champoins", "unknown strategy champoins"),
        ("done belen --helped ja", "unknown action belen"),
    ],
)
def test_what_is_missing_or_mistyped_is_said(fii: Fii, command: str, message: str) -> None:
    done = fii(*command.split())
    assert (done.code, message in done.err) == (2, True), done.err


def test_without_any_trajectory_it_says_how_to_start_one(fii: Fii) -> None:
    Path("trajecten/samen-leren.yaml").unlink()
    done = fii("score")
    assert (done.code, "no trajectory found here" in done.err, "fii new" in done.err) == (2, True, True)


def test_a_kind_is_no_folder_of_that_name(fii: Fii) -> None:
    Path("log").mkdir()
    assert fii("add", "log", "text=x").code == 0


def test_help_shows_what_may_be_left_out(fii: Fii) -> None:
    assert "fii set [OPTIONS] [FILE] KEY VALUE" in fii("set", "--help").out
    assert "fii done [OPTIONS] [FILE] ACTION" in fii("done", "--help").out
    assert "the only one in or below this folder" in " ".join(fii("score", "--help").out.split())


def test_a_new_file_goes_where_init_put_the_trajectories(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fii("init", "--yes", "--forge", "none", "huis", lang="nl").code == 0
    monkeypatch.chdir(here / "huis")
    facts = ["--title", "Samen", "--commission", "ja", "--no-receiving"]
    assert "wrote trajecten/samen.yaml" in fii("new", *facts).out
    assert "wrote trajecten/amigos.yaml" in fii("new", "--example", "amigos").out
    assert "wrote hier.yaml" in fii("new", "hier.yaml", *facts).out
    Path("sub").mkdir()
    monkeypatch.chdir(here / "huis" / "sub")
    assert "wrote ../trajecten/anders.yaml" in fii("new", *facts[2:], "--title", "Anders").out
    monkeypatch.chdir(here / "huis" / "trajecten")
    assert "wrote nog-een.yaml" in fii("new", *facts[2:], "--title", "Nog een").out


def test_without_a_setup_a_new_file_goes_here(fii: Fii) -> None:
    assert "wrote b.yaml" in fii("new", "--title", "B", "--commission", "ja", "--no-receiving").out
