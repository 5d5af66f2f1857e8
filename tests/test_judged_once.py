"""A command that changes a file judges it once before and once after, and reads no more than it has to."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.resources import examples
from fii_cli.rules.check import check

pytestmark = pytest.mark.usefixtures("here")


def counted(work: Callable[..., Any], told: list[str]) -> Callable[..., Any]:
    def count(*words: Any, **named: Any) -> Any:
        told.append("judged")
        return work(*words, **named)

    return count


@pytest.mark.parametrize(
    "words",
    [
        ("set", "a.yaml", "entry.origin", "Dorp"),
        ("add", "a.yaml", "log", "text=overleg", "date=2025-11-28"),
        ("assess", "a.yaml", "--set", "5b.knelpunten=groen", "--date", "2025-11-28"),
        ("done", "a.yaml", "tijd-om-te-leren", "--helped", "ja", "--date", "2025-11-28"),
        ("plan", "a.yaml", "champions", "--due", "2026-01-15"),
        ("advance", "a.yaml", "--decision", "door", "--reason", "klaar", "--date", "2025-11-28"),
    ],
    ids=itemgetter(0),
)
def test_a_change_is_judged_before_and_after(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    Path("a.yaml").write_text(examples()["thuis-leren-verzonnen"], encoding="utf-8")
    told: list[str] = []
    monkeypatch.setattr("fii_cli.project.surroundings.check", counted(check, told))
    done = fii(*words)
    assert done.code == 0, done.err
    assert len(told) == 2
