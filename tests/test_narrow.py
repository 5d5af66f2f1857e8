"""What a narrow terminal shows: the words of a wide one, whole, on lines that fit."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import fii_cli.terminal.opened
from catalogue import PO
from conftest import Fii
from fii_cli.cli import COMMANDS
from fii_cli.language import CODES, Code
from fii_cli.resources import examples

DAY = ("--as-of", "2025-03-10")
SCREENS: tuple[tuple[str, ...], ...] = (
    ("check", "a.yaml", *DAY),
    ("status", "a.yaml", *DAY),
    ("status", ".", *DAY),
    ("due", ".", *DAY),
    ("agenda", "a.yaml", *DAY),
    ("minutes", "a.yaml", *DAY),
    ("entry", "a.yaml"),
    ("score", "a.yaml", *DAY),
    ("score", "a.yaml", "--since", "2025-01-01", *DAY),
    ("score", "a.yaml", "--instrument", "midi", *DAY),
    ("score", "a.yaml", "--instrument", "cfir", "--against", "c.yaml", *DAY),
    ("barriers", "a.yaml", *DAY),
    ("strategies", "a.yaml", *DAY),
    ("strategies", "a.yaml", "--why", *DAY),
    ("strategies", "--list"),
    ("compare", "b.yaml", *DAY),
    ("trend", "a.yaml", *DAY),
    ("diff", "b.yaml", "a.yaml", *DAY),
    ("portfolio", ".", *DAY),
    ("guide",),
    ("guide", "2a"),
    ("guide", "--search", "financiering"),
    ("explain",),
    ("explain", "2a.cultuur"),
    ("questionnaire",),
    ("--help",),
    *((each.name, "--help") for each in COMMANDS),
)
WIDTHS = (40, 60, 80, 120)
_LINES = "─├╭╰│+|_·–"
"""With one of these begins a line of a table, one to write on, or a sign between two facts."""
_COMMAND = re.compile(r"\bfii [a-z]|--[a-z]|[\w-]+\.yaml|[/|{]|\$ ")
"""A line with something to copy, such as a command or a path, which is never broken."""


@pytest.fixture(autouse=True)
def _three_trajectories(here: Path) -> None:
    names = {"a": "thuis-leren-verzonnen", "b": "signaal-uit-de-wijk", "c": "amigos"}
    for name, example in names.items():
        (here / f"{name}.yaml").write_text(examples()[example], encoding="utf-8")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("screen", SCREENS, ids=" ".join)
def test_no_word_is_broken_and_no_line_too_long_in_a_narrow_terminal(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, screen: tuple[str, ...], code: Code
) -> None:
    widest = _shown(fii, monkeypatch, screen, code, 3000)
    wide, heads = _words(widest), {line.split()[0] for line in widest.splitlines() if line.strip()}
    if screen[0] == "portfolio":
        heads |= _known(code)  # strips have other heads than a list
    assert wide
    for width in WIDTHS:
        shown = _shown(fii, monkeypatch, screen, code, width)
        assert _words(shown) - wide <= _known(code), width  # such as the heads of another form of the table
        assert wide - _words(shown) <= heads, width  # a table without columns names no head of its first
        assert [line for line in shown.splitlines() if _overflows(line, width)] == [], width


def _shown(fii: Fii, monkeypatch: pytest.MonkeyPatch, screen: tuple[str, ...], code: Code, width: int) -> str:
    monkeypatch.setattr(fii_cli.terminal.opened, "_width", lambda: width)
    done = fii(*screen, lang=code)
    return done.out + done.err


def _words(shown: str) -> set[str]:
    """The words of an output; a table with a cell on each line has a colon after each head."""
    return {word.strip(":,") for word in shown.split() if word[0] not in _LINES} - {""}


@cache
def _known(code: Code) -> frozenset[str]:
    """The whole words of the catalogue in a language."""
    with PO.open("rb") as file:
        messages = [each.id if code == "en" else each.string for each in read_po(file, locale="nl")]
    texts = [text for each in messages for text in ([each] if isinstance(each, str) else each or ())]
    return frozenset(word.strip(":,") for text in texts for word in text.split())


def _overflows(line: str, width: int) -> bool:
    return len(line) > width and not _COMMAND.search(line)
