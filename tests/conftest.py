"""Tests see the same machine everywhere: no wishes about colour, language or day from outside."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from fii_cli.cli import run

pytest_plugins = ["skips"]

_WISHES = (
    "NO_COLOR",
    "FORCE_COLOR",
    "FII_LANG",
    "FII_INPUT",
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
    "SOURCE_DATE_EPOCH",
    "GITHUB_ACTIONS",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_WORKSPACE",
    "CI_PROJECT_DIR",
    "GITHUB_SHA",
    "CI_COMMIT_SHA",
)
GOLDEN = Path(__file__).parent / "golden"
_MADE_WITH = re.compile(
    r"((?:, |^|<p>)fii )\d[\w.+]*"
    r"(?:, handbook \w{7}(?:, facts \w{7}, page \w{7})?| · hand(?:book|boek) \w{7})",
    re.MULTILINE,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew", action="store_true", help="write the golden files anew; read the diff as a user would"
    )


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for wish in _WISHES:
        monkeypatch.delenv(wish, raising=False)
    monkeypatch.setenv("FII_CACHE_DIR", "")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@dataclass(frozen=True)
class Outcome:
    """What a command line left: its exit code, what it showed, and what it said beside it."""

    code: int
    out: str
    err: str


Fii = Callable[..., Outcome]


@pytest.fixture
def fii(capsys: pytest.CaptureFixture[str]) -> Fii:
    """Run a command line in this process, in English unless it says otherwise."""

    def call(*words: str | Path, lang: str = "en") -> Outcome:
        line: Sequence[str] = ["--lang", lang, *(str(word) for word in words)]
        capsys.readouterr()
        code = run(list(line))
        shown = capsys.readouterr()
        return Outcome(code, shown.out, shown.err)

    return call


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a whole output with the file that holds it; ``--renew`` writes the file.

    What a page was made with is left out: it changes with every version, and with any word of the content.
    """

    def compare(name: str, text: str) -> None:
        path, text = GOLDEN / name, _MADE_WITH.sub(r"\1…", text)
        if request.config.getoption("--renew"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        assert path.read_bytes().decode() == text

    return compare
