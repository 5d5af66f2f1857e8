"""Many files: each is read, judged and told before the next one, and none is kept."""

from __future__ import annotations

import gc
import os
import weakref
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.commands.check import FORMATS
from fii_cli.project import files
from fii_cli.project.files import CannotOpen
from fii_cli.yaml.document import Document
from helpers import HEAD, trajectory

pytestmark = pytest.mark.usefixtures("here")
WRONG = HEAD + "titel: x\n"


def many(number: int, text: str = WRONG) -> None:
    for at in range(number):
        Path(f"t{at:03}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def alive(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents there are at each reading, the new one included."""
    documents: list[weakref.ref[Document]] = []
    counts: list[int] = []
    real = files.read_safely

    def reading(raw: bytes) -> Document:
        document = real(raw)
        documents.append(weakref.ref(document))
        counts.append(sum(each() is not None for each in documents))
        return document

    monkeypatch.setattr(files, "read_safely", reading)
    return counts


@pytest.mark.parametrize("form", FORMATS)
def test_a_check_keeps_no_document(fii: Fii, alive: list[int], form: str) -> None:
    many(20)
    assert fii("check", "--format", form).code == 1
    assert len(alive) == 20
    assert max(alive) <= 2  # the next one is read before the name of the last one is forgotten


def test_a_file_is_told_before_the_next_one_is_judged(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    many(3)
    told: list[str] = []
    real = files.read_safely

    def reading(raw: bytes) -> Document:
        told.append(capsys.readouterr().out)
        return real(raw)

    monkeypatch.setattr(files, "read_safely", reading)
    fii("check", "--format", "concise")
    assert [text.partition(":")[0] for text in told] == ["", "t000.yaml", "t001.yaml"]


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_a_file_that_disappears_after_the_search_cannot_be_opened(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    many(3)
    real = files.search

    def searching(*words: Any, **named: Any) -> files.Search:
        found = real(*words, **named)
        os.unlink("t001.yaml")
        return found

    monkeypatch.setattr(files, "search", searching)
    done = fii("check", "--format", form)
    assert done.code == 2
    assert "no such file" in done.out + done.err
    assert "t000.yaml" in done.out
    assert "t002.yaml" in done.out
    if form != "json":
        assert "in 2 trajectories" in done.err


def test_other_commands_name_a_file_that_disappears_and_go_on(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(3, HEAD)
    real = files.bytes_of
    opened: list[str] = []

    def gone(path: str, *most: int) -> bytes:
        opened.append(path)
        if path == "t001.yaml" and opened.count(path) > 1:
            raise CannotOpen(path, *files.why_not(FileNotFoundError(), path))
        return real(path, *most)

    monkeypatch.setattr(files, "bytes_of", gone)
    done = fii("status")
    assert done.code == 1
    assert "t000.yaml" in done.out
    assert "t001.yaml" in done.out
    assert "t002.yaml" in done.out


def test_a_trajectory_is_let_go_without_a_garbage_collector() -> None:
    known = trajectory(HEAD + "actions: [{id: a, what: doen}]\n")
    assert len(known.records) == 3
    assert known.records[0] == ((), known)
    there = weakref.ref(known)
    gc.disable()
    try:
        del known
        assert there() is None
    finally:
        gc.enable()
