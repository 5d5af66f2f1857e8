"""``fii upgrade``: a file of an earlier format becomes one of this format, and nothing else in it changes.

There is only one version of the format. These tests make one up that came before it: version 0, in which a
trajectory had ``titel`` instead of ``title``, and a date in its entry was called ``start``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.diagnostics import Fix, Refused
from fii_cli.edits.upgrade import STEPS, upgraded
from fii_cli.edits.write import mend
from fii_cli.trajectory import versions
from fii_cli.trajectory.versions import FIRST_VERSION, FORMAT_VERSION, version_in
from fii_cli.yaml.document import Document
from fii_cli.yaml.read import read
from helpers import HEAD, trajectory

OLD = """\
# made by hand
fii: 0   # the old format
titel: 'Proef'  # of ours

language:   nl
entry:
  commission: gevraagd
  start: 2025-01   # roughly
"""
NEW = """\
# made by hand
fii: 1   # the old format
title: 'Proef'  # of ours

language:   nl
entry:
  commission: gevraagd
  date: 2025-01   # roughly
"""


def from_zero(document: Document) -> Document:
    fixes = [Fix(("titel",), True, "title"), Fix(("entry", "start"), True, "date")]
    return mend(document, fixes)


@pytest.fixture
def version_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STEPS, 0, from_zero)
    monkeypatch.setattr(versions, "FIRST_VERSION", 0)


@pytest.fixture(autouse=True)
def _here(here: Path) -> None:
    Path("a.yaml").write_text(OLD, encoding="utf-8")


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


# --- the made-up version 0 ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("version_zero")
def test_an_older_file_is_upgraded_with_its_comments_and_its_layout(fii: Fii) -> None:
    done = fii("upgrade", "a.yaml")
    assert done.code == 0, done.err
    assert "a.yaml is now in format 1" in done.out
    assert "+title: 'Proef'  # of ours" in done.out
    assert text() == NEW
    assert trajectory(text()).title == "Proef"
    assert "next step: fii check a.yaml" in done.err


@pytest.mark.usefixtures("version_zero")
def test_undo_brings_it_back(fii: Fii) -> None:
    fii("upgrade", "a.yaml")
    done = fii("undo", "a.yaml")
    assert "undone: fii upgrade a.yaml" in done.out
    assert text() == OLD


@pytest.mark.usefixtures("version_zero")
def test_a_dry_run_shows_the_change_and_writes_nothing(fii: Fii) -> None:
    done = fii("upgrade", "a.yaml", "--dry-run")
    assert done.code == 0
    assert "-titel: 'Proef'  # of ours" in done.out
    assert "nothing was written" in done.err
    assert text() == OLD


@pytest.mark.usefixtures("version_zero")
def test_a_second_upgrade_changes_nothing(fii: Fii) -> None:
    fii("upgrade", "a.yaml")
    done = fii("upgrade", "a.yaml")
    assert (done.code, done.out.strip()) == (0, "a.yaml is already in format 1")
    assert text() == NEW


@pytest.mark.usefixtures("version_zero")
def test_errors_that_the_file_already_had_are_shown_afterwards(fii: Fii) -> None:
    Path("a.yaml").write_text(OLD.replace("gevraagd", "gevraagt"), encoding="utf-8")
    done = fii("upgrade", "a.yaml")
    assert done.code == 1
    assert "FII012" in done.err
    assert text() == NEW.replace("gevraagd", "gevraagt")


@pytest.mark.usefixtures("version_zero")
def test_a_step_that_cannot_be_made_leaves_the_file_as_it_was(fii: Fii) -> None:
    both = OLD.replace("language:", "title: Ook\nlanguage:")
    Path("a.yaml").write_text(both, encoding="utf-8")
    assert fii("upgrade", "a.yaml").code == 2
    assert text() == both


@pytest.mark.usefixtures("version_zero")
def test_a_check_of_an_older_file_says_only_how_to_upgrade_it(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = fii("check", "a.yaml")
    assert done.code == 1
    assert done.out.count("FII0") == done.out.count("FII007")
    assert "this file has format version 0; this version of fii reads 1" in done.out
    assert "fii upgrade FILE" in done.out


def test_steps_follow_each_other() -> None:
    made: list[int] = []

    def step(number: int) -> Document:
        made.append(number)
        return read(OLD)

    done = upgraded(read(OLD), -1, {-1: lambda _: step(-1), 0: lambda _: step(0)})
    assert made == [-1, 0]
    assert version_in(done.data) == FORMAT_VERSION


# --- as it is -----------------------------------------------------------------------------------------------


def test_every_older_version_has_a_step() -> None:
    assert sorted(STEPS) == list(range(FIRST_VERSION, FORMAT_VERSION))


@pytest.mark.parametrize("head", [HEAD, HEAD.replace("fii: 1\n", ""), HEAD.replace("fii: 1", "fii:")])
def test_a_file_of_this_format_is_unchanged_also_without_its_version(fii: Fii, head: str) -> None:
    Path("a.yaml").write_text(head, encoding="utf-8")
    done = fii("upgrade", "a.yaml")
    assert (done.code, done.out.strip(), done.err) == (0, "a.yaml is already in format 1", "")
    assert text() == head
    assert not Path(".fii").exists()


@pytest.mark.parametrize("version", ["2", "12", "99999999999"])
def test_a_newer_file_is_refused_with_a_remedy(fii: Fii, version: str) -> None:
    Path("a.yaml").write_text(HEAD.replace("fii: 1", f"fii: {version}"), encoding="utf-8")
    done = fii("upgrade", "a.yaml")
    assert done.code == 2
    assert "this version of fii reads up to 1" in done.err
    assert "install a newer version of fii" in done.err


def test_a_version_that_never_was_is_refused_with_a_remedy(fii: Fii) -> None:
    done = fii("upgrade", "a.yaml")
    assert done.code == 2
    assert "fii cannot upgrade format version 0" in done.err
    assert text() == OLD


@pytest.mark.parametrize("wrong", ["fii: één\n", "fii: [\n", "- fii\n", ""])
def test_what_cannot_be_read_is_shown_as_a_check_would(fii: Fii, wrong: str) -> None:
    Path("a.yaml").write_text(wrong, encoding="utf-8")
    done = fii("upgrade", "a.yaml")
    assert done.code == 1
    assert "FII0" in done.err
    assert text() == wrong


def test_standard_input_cannot_be_upgraded(fii: Fii) -> None:
    assert fii("upgrade", "-").code == 2


def test_a_file_that_is_not_there(fii: Fii) -> None:
    done = fii("upgrade", "b.yaml")
    assert done.code == 2
    assert "no such file or folder" in done.err


def test_a_newer_version_is_never_downgraded() -> None:
    with pytest.raises(Refused):
        upgraded(read(HEAD), FORMAT_VERSION + 1)
