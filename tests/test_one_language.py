"""Wizards ask in the language of the user only: the Dutch words for closed values are those of the file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from catalogue import PO
from fii_cli.language import CODES, Code, Language
from fii_cli.words import LABELS
from helpers import EN, NL
from test_by_key import Assess, assess, clock, typed  # noqa: F401
from wizard import Wizard

TEXT = """\
fii: 1
title: Abc
language: nl
entry: {commission: gevraagd, date: 2025-01}
organisations:
  - {id: xyz, name: Xyz, roles: [receiving]}
people:
  - {id: p1, role: Pqr}
visits:
  - {phase: innoveren, entered: 2025-01-10, via: entry}
assessments:
  - {instrument: stoplicht, date: 2025-01-12, by: Pqr, perspective: giving, ratings: {2a.cultuur: oranje}}
actions:
  - {id: a1, what: Abc, owner: p1}
"""
PAUSED = TEXT.replace("via: entry}", "via: entry, decisions: [{date: 2025-02-01, decision: pauze}]}")
DAY = ("--date", "2025-03-10")
YES: dict[Code, str] = {"nl": "ja", "en": "yes"}
BACK: dict[Code, str] = {"nl": "terug", "en": "back"}
_SAY: dict[Code, Language] = {"nl": NL, "en": EN}
WRONG = "xqxq"
"""No answer to any closed question, so that the wizard says what can be answered."""
WIZARDS: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "new": (
        ("new", "c.yaml", "--date", "2025"),
        TEXT,
        ("Abc", WRONG, "YES", "Xyz", "Xyz", "", "", WRONG, "BACK", "", ""),
    ),
    "new, back": (
        ("new", "c.yaml", "--title", "Abc"),
        TEXT,
        ("YES", "BACK", "", "", "", "", "", WRONG, "", ""),
    ),
    "entry": (("entry", "--no-receiving"), TEXT, (WRONG, "YES")),
    "entry, both": (("entry", "--commission", "gevraagd"), TEXT, (WRONG, "BACK", "YES", "YES")),
    "advance": (
        ("advance", "a.yaml", *DAY),
        TEXT,
        (WRONG, "dor", "1", "c", "door", WRONG, "", "Xyz", "", "Abc"),
    ),
    "advance, paused": (("advance", "a.yaml", *DAY), PAUSED, (WRONG, "", "Xyz", "Abc")),
    "init": (("init",), TEXT, (WRONG, "")),
    "done": (("done", "a.yaml", "a1", *DAY), TEXT, (WRONG, "?", "YES", "Abc")),
    "assess": (
        ("assess", "a.yaml", "--item", "2a.cultuur", "--item", "2c.overleg", *DAY),
        TEXT,
        ("Pqr", WRONG, "BACK", "", "", "?", WRONG, "gren", "groem", "", "oranje Abc", "", "", "", ""),
    ),
}  # fmt: skip
"""For each wizard: its command, the file, and what is typed at one question after the other."""
_OF_FILES = re.compile(
    r"^# yaml-language-server.*?(?=^(?:The same|Hetzelfde))"
    r"|^\S+/\.gitkeep.*?(?=^\S[^\n]*\?|\Z)|^  [-+]  .*?$|\b\d[abc]\.[\w-]+",
    re.MULTILINE | re.DOTALL,
)
"""What is in a file, or will be, and the ids of items."""
_COMMAND = re.compile(r"^.*\bfii [a-z].*$|--[a-z-]+|[\w.-]*\.(?:yaml|toml|json)\b", re.MULTILINE)


@pytest.fixture(autouse=True)
def _elsewhere(here: Path) -> None:
    pass


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", WIZARDS)
def test_a_wizard_has_no_word_of_the_other_language(name: str, code: Code) -> None:
    words, text, answers = WIZARDS[name]
    Path("a.yaml").write_text(text, encoding="utf-8")
    wizard = Wizard(*words, "--lang", code)
    for answer in answers:
        if not wizard.asks():
            break
        wizard.type({"YES": YES[code], "BACK": BACK[code]}.get(answer, answer) + "\n")
    wizard.asks()
    shown = wizard.all.replace("\r", "")
    wizard.type("\x03")
    wizard.ended()
    answered = {word for answer in answers for word in _words(answer)}
    own = _COMMAND.sub("", _OF_FILES.sub("", shown))
    assert len(_words(own)) > 8, shown
    assert sorted((_words(own) - answered) & _only_in(_other(code))) == [], shown


@pytest.mark.parametrize("code", CODES)
def test_nor_has_a_round_of_single_keys(assess: Assess, code: Code) -> None:  # noqa: F811 - the fixture
    Path("a.yaml").write_text(TEXT, encoding="utf-8")
    items = ("--item", "2a.cultuur", "--item", "2c.overleg")
    done = assess("?xRAbc\nAbc\n1\no\n\n", *items, "--date", "2025-03-10", lang=code)
    assert done.code == 0, done.err
    own = _COMMAND.sub("", _OF_FILES.sub("", done.err + done.out))
    assert len(_words(own)) > 40
    assert sorted((_words(own) - {"abc", "pqr"}) & _only_in(_other(code))) == [], own


def _other(code: Code) -> Code:
    return "en" if code == "nl" else "nl"


@cache
def _only_in(code: Code) -> frozenset[str]:
    """The words of the catalogue and of closed values that one language has and the other has not.

    Some messages name a Dutch value, such as that of an option; a question does not.
    """
    found: dict[Code, set[str]] = {"nl": set(), "en": set()}
    with PO.open("rb") as file:
        for message in read_po(file, locale="nl"):
            for texts, language in ((message.id, "en"), (message.string, "nl")):
                for text in [texts] if isinstance(texts, str) else texts or ():
                    found["nl" if language == "nl" else "en"] |= _words(re.sub(r"\{\w+\}", " ", text))
    closed = {
        lang: {word for each in LABELS.values() for word in _words(say(each)) if len(word) > 2}
        for lang, say in _SAY.items()
    }
    return frozenset(found[code] - found[_other(code)] | closed[code] - closed[_other(code)])


def _words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]{2,}", text)}
