"""One context: what holds in a folder is found once, and a file is judged once before and once after."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.project import files, git, surroundings
from fii_cli.project.context import Projects, project_of
from fii_cli.yaml.document import Document
from helpers import HEAD

FILE = HEAD + "visits: [{phase: verkennen, entered: 2025-01, via: entry}]\n"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a run judges, looks for the root, for fii.toml and for own instruments."""
    calls: Counter[str] = Counter()

    def count(module: Any, name: str) -> None:
        real = getattr(module, name)

        def counting(*words: Any, **named: Any) -> Any:
            calls[name] += 1
            return real(*words, **named)

        monkeypatch.setattr(module, name, counting)

    count(surroundings, "check")
    count(git, "root_of")
    count(files, "nearest")
    count(files, "own_instruments")
    return calls


@pytest.fixture
def repository(here: Path) -> Path:
    (here / ".git").mkdir()
    (here / "fii.toml").write_text("[counts]\nsmallest = 6\n", encoding="utf-8")
    (here / "sub").mkdir()
    (here / "sub" / "a.yaml").write_text(FILE, encoding="utf-8")
    return here


WRITING = [
    ("assess", "sub/a.yaml", "--set", "2a.cultuur=groen"),
    ("set", "sub/a.yaml", "title", "Anders"),
    ("add", "sub/a.yaml", "log", "text=besproken"),
    ("advance", "sub/a.yaml", "--decision", "bijsturen", "--reason", "eerst dit"),
    ("plan", "sub/a.yaml", "champions"),
]


@pytest.mark.parametrize("words", WRITING, ids=lambda words: words[0])
def test_a_writing_command_judges_the_file_before_and_after(
    fii: Fii, repository: Path, counted: Counter[str], words: tuple[str, ...]
) -> None:
    assert fii(*words).code == 0
    assert counted["check"] == 2


@pytest.mark.parametrize("words", [*WRITING, ("status", "sub/a.yaml"), ("barriers", "sub/a.yaml")])
def test_what_holds_in_a_folder_is_found_once(
    fii: Fii, repository: Path, counted: Counter[str], words: tuple[str, ...]
) -> None:
    assert fii(*words).code == 0
    assert counted["root_of"] <= 2  # once for the project, and once where git itself is asked
    assert counted["nearest"] <= 2  # once for the project, and once for the language of fii
    assert counted["own_instruments"] == 1


def test_a_file_that_changed_since_it_was_read_is_judged_again(
    fii: Fii, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fii_cli.project import save

    real = save.rewrite

    def meanwhile(path: str, *words: Any, **named: Any) -> Any:
        Path(path).write_text(FILE + "onbekend: x\n", encoding="utf-8")
        return real(path, *words, **named)

    monkeypatch.setattr(save, "rewrite", meanwhile)
    done = fii("assess", "sub/a.yaml", "--set", "2a.cultuur=groen")
    assert done.code == 1
    assert "FII010" in done.err
    assert Path("sub/a.yaml").read_text(encoding="utf-8").endswith("onbekend: x\n")


def test_many_files_of_one_folder_share_one_project(repository: Path) -> None:
    projects = Projects()
    assert projects.at("sub/a.yaml") is projects.at("sub/b.yaml")
    assert projects.at("a.yaml") is not projects.at("sub/a.yaml")


def test_the_settings_and_the_handbook_are_those_of_the_folder(repository: Path) -> None:
    project = project_of("sub/a.yaml")
    assert project.root == repository
    assert project.in_git
    assert project.settings.thresholds.smallest == 6
    assert project.own_folder == str(repository / ".fii")


def test_without_a_repository_what_fii_keeps_lies_in_the_folder_that_it_works_in(here: Path) -> None:
    project = project_of("sub/a.yaml")
    assert not project.in_git
    assert project.own_folder == str(here / ".fii")


def test_the_settings_of_another_folder_do_not_hold(fii: Fii, repository: Path) -> None:
    (repository / "sub" / "fii.toml").write_text('[check]\nexclude = ["a.yaml"]\n', encoding="utf-8")
    (repository / "a.yaml").write_text(FILE, encoding="utf-8")
    found = Projects().search(["."])
    assert found.paths == ("a.yaml",)


OUTCOME = "{id: x, what: x, strategy: champions, status: klaar, result: {date: 2025-01, helped: ja}}"


def test_of_its_neighbours_a_command_reads_only_those_that_saw_an_outcome(
    fii: Fii, repository: Path, counted: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / "sub" / "b.yaml").write_text(f"{FILE}actions: [{OUTCOME}]\n", encoding="utf-8")
    (repository / "sub" / "c.yaml").write_text(FILE, encoding="utf-8")
    (repository / "sub" / "kapot.yaml").write_text(f"{FILE}actions: [{OUTCOME}]\n<: [", encoding="utf-8")
    read: list[bytes] = []
    real = files.read_safely

    def reading(raw: bytes) -> Document:
        read.append(raw)
        return real(raw)

    monkeypatch.setattr(files, "read_safely", reading)
    done = fii("strategies", "sub/a.yaml", "--for", "midi/13", "--all", "--why")
    assert done.code == 0
    assert "did it help: yes 1 (n = 1)" in " ".join(done.out.split())
    assert counted["check"] == 1
    wanted = (Path(f"sub/{name}.yaml").read_bytes() for name in ("a", "b", "kapot"))
    assert sorted(read) == sorted(wanted)
