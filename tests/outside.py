"""Programs that tests hold fii against, and what to say if one is missing."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from pathlib import Path

import pytest

NODE_MODULES = Path(__file__).parent / "node/node_modules"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing(what: str, how: str) -> None:
    """Skip a test and say why; if nothing may be skipped (``FII_OUTSIDE=all``), it fails."""
    words = f"{what} not found: {how}"
    if os.environ.get("FII_OUTSIDE") == "all":
        pytest.fail(words)
    pytest.skip(words)


def browser() -> str:
    """The path of a browser of the Chromium kind."""
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), "")
    if not found:
        missing("chromium", "install it")
    return found


def node_module(path: str) -> Path:
    """A file of a node package that ``make outside`` installs."""
    found = NODE_MODULES / path
    if not found.exists():
        missing(path.partition("/")[0], "make outside")
    return found


def program(*names: str) -> str:
    """The path of a program, by the first of these names that is here."""
    found = next((path for name in names if (path := shutil.which(name))), "")
    if not found:
        missing(names[0], "install it")
    return found


def writer_of(wanted: str) -> None:
    """Skip a test of a form whose library needs something of the system that is missing."""
    if wanted != "pdf":
        return
    try:
        import_module("weasyprint")
    except OSError:
        missing("Pango", "install libpangoft2-1.0-0 and libpango-1.0-0")
