"""Tests see the same machine everywhere: no wishes about colour, language or day from outside."""

from __future__ import annotations

import pytest

_WISHES = ("NO_COLOR", "FORCE_COLOR", "FII_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH", "FII_DEBUG", "COLUMNS")


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for wish in _WISHES:
        monkeypatch.delenv(wish, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
