"""Every rule: listed, explained in both languages, and right about its own examples."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from fii_cli.diagnostics import Severity
from fii_cli.handbook.load import handbook
from fii_cli.handbook.models import OURS
from fii_cli.project.own_instruments import own_instrument
from fii_cli.project.settings import read_settings
from fii_cli.resources import CONTENT
from fii_cli.rules import BY_CODE, RULES
from fii_cli.yaml.document import UNEXPECTED
from fii_cli.yaml.read import read_bytes
from helpers import judged

FOLDER = CONTENT / "rules"
CODES = [rule.code for rule in RULES]
WITH_EXAMPLES = [code for code in CODES if code != UNEXPECTED]  # no file is known to lead to an error in fii


def _day(text: str) -> date:
    found = re.search(r"^# as-of: (\S+)", text, re.M)
    return date.fromisoformat(found[1]) if found else date(2025, 2, 10)


def _shown(path: Path) -> list[tuple[int, str]]:
    """What fii says of an example; the settings of a repository are checked in their own way."""
    if path.suffix == ".toml":
        _, mistakes = read_settings(path.read_text(encoding="utf-8"), path.name, BY_CODE)
        return [(d.span.line, d.code) for d in mistakes]
    document = read_bytes(path.read_bytes())
    if path.parent.name == "FII041":
        _, mistakes = own_instrument(document, path.name, handbook())
        return [(d.span.line, d.code) for d in mistakes]
    text = document.text
    judgement = judged(text, _day(text), evidence_there=lambda path: False)
    return [(d.span.line, d.code) for d in judgement.diagnostics]


def _example(code: str, name: str) -> Path:
    found = [path for path in (FOLDER / code).iterdir() if path.stem == name]
    assert len(found) == 1
    return found[0]


def _marked(path: Path) -> list[tuple[int, str]]:
    """The marks: at the end of the line they are about, or on a line of their own above it."""
    marks = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if found := re.search(r"# expect: (FII\d{3})", line):
            marks.append((number + line.startswith("# expect"), found[1]))
    return marks


def test_there_are_rules_in_the_order_of_their_codes() -> None:
    assert len(CODES) >= 30
    assert sorted(set(CODES)) == CODES


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(CODES)


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_wrong_is_found_at_its_line_and_nothing_else(code: str) -> None:
    marks = _marked(_example(code, "wrong"))
    assert code in {mark for _, mark in marks}
    assert _shown(_example(code, "wrong")) == marks


@pytest.mark.parametrize("code", WITH_EXAMPLES)
def test_right_is_silent(code: str) -> None:
    assert _shown(_example(code, "right")) == []


@pytest.mark.parametrize("code", CODES)
def test_every_rule_is_explained_with_a_source(code: str) -> None:
    text = handbook().rule(code)
    for part in (text.name, text.why, text.do):
        assert part.nl.strip()
        assert part.en.strip()
        assert part.nl != part.en
    assert text.source == OURS or text.source.partition("/")[0] in handbook().references


def test_method_rules_advise_and_never_forbid() -> None:
    assert {rule.severity for rule in RULES if rule.code >= "FII100"} == {Severity.ADVICE, Severity.INFO}
    assert BY_CODE["FII021"].severity is Severity.ERROR
