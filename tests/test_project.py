"""The project itself: what a package index, a public catalogue and a reader of the README find."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from fii_cli import __version__
from fii_cli.cli import COMMANDS
from fii_cli.handbook.load import handbook
from fii_cli.resources import CONTENT, examples
from fii_cli.rules import RULES
from fii_cli.words import SUBPHASES
from fii_cli.yaml.read import read

ROOT = CONTENT.parent
PAGES = sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_nine_core_dependencies_and_no_more() -> None:
    names = {re.split(r"[\[<>=]", line)[0] for line in PROJECT["project"]["dependencies"]}
    assert names == {
        "typer",
        "pydantic",
        "ruamel.yaml",
        "rich",
        "jinja2",
        "phonenumberslite",
        "python-stdnum",
        "pathspec",
        "filelock",
    }


@pytest.mark.parametrize("lock", ["dev", "run"])
def test_the_locks_have_a_hash_for_everything_and_name_no_index(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    packages = re.findall(
        r"^([a-z0-9.-]+)==\S+.*?\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    assert len(packages) == len(re.findall(r"^\S+==", text, re.M)) > 15
    assert {
        "typer",
        "pydantic",
        "ruamel-yaml",
        "ruamel-yaml-clib",
        "rich",
        "jinja2",
        "phonenumberslite",
        "python-stdnum",
        "pathspec",
        "filelock",
    } <= {n for n, _ in packages}
    assert "http" not in text


def test_publiccode_says_what_the_standard_asks() -> None:
    """The keys that version 0.4 of the standard requires, with its closed values."""
    read_ = read((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert read_.problems == ()
    told: Any = read_.data
    required = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    assert required | {"description", "legal", "maintenance", "localisation"} <= set(told)
    assert told["publiccodeYmlVersion"] == "0.4"
    assert told["softwareVersion"] == __version__
    assert told["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert told["softwareType"] in ("standalone/desktop", "standalone/other", "library", "configurationFiles")
    assert set(told["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    ours, _, _ = PROJECT["project"]["license"].partition(" AND ")  # the letters of charts have their own
    assert told["legal"] == {"license": ours}
    assert told["maintenance"]["type"] in ("internal", "contract", "community", "none")
    assert told["localisation"]["localisationReady"] == "true"
    for lang in ("nl", "en"):
        described = told["description"][lang]
        assert len(described["shortDescription"]) <= 150
        assert 150 <= len(described["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in described["features"])


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(__version__)} – (\S+)", text, re.M)
    assert found
    assert found[1] == "unreleased" or date.fromisoformat(found[1])


def test_every_command_is_documented_in_both_languages() -> None:
    for lang in ("nl", "en"):
        text = (ROOT / "docs" / f"commands.{lang}.md").read_text(encoding="utf-8")
        for command in COMMANDS:
            assert f"## fii {command.name}\n" in text


def test_the_licence_is_the_one_that_is_declared() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *PAGES])
def test_every_link_and_picture_of_a_page_is_there(page: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), target


def test_no_promise_without_a_test() -> None:
    """Every row of the page on security names the tests that hold it, and each of them is there."""
    text = (ROOT / "docs/security.en.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!promise|---)(.+) \| (.+) \|$", text, re.M)
    assert len(rows) > 25
    for promise, held_by in rows:
        tests = re.findall(r"`(test_\w+\.py)(?:::(\w+))?`", held_by)
        assert tests, promise
        for module, name in tests:
            source = (ROOT / "tests" / module).read_text(encoding="utf-8")
            assert not name or f"def {name}(" in source, f"{module}::{name}"


_ONES = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien",
}
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
}


def _number_words() -> dict[str, int]:
    """The numbers up to a hundred in words, in both languages."""
    words: dict[str, int] = {}
    for lang, ones in _ONES.items():
        below_twenty = ones.split()
        words |= {word: number for number, word in enumerate(below_twenty, 1)}
        for ten, name in enumerate(_TENS[lang].split(), 2):
            words[name] = 10 * ten
            for one, word in enumerate(below_twenty[:9], 1):
                joint = "ën" if word.endswith("e") else "en"
                words[f"{name}-{word}" if lang == "en" else f"{word}{joint}{name}"] = 10 * ten + one
    return words


WORDS = _number_words()
BOOK = handbook()
OF_ADVICE = [rule.code for rule in RULES if rule.code >= "FII100"]
_ERIC = [each for each in BOOK.catalogue.strategies.values() if each.eric]
COUNTED = {
    r"rules|regels": len(RULES),
    r"on what cannot be trusted|over wat niet te vertrouwen is": len(RULES) - len(OF_ADVICE),
    r"points of advice|adviezen": len(OF_ADVICE),
    r"subphases|subfasen": len(SUBPHASES),
    r"checklist items|checklistpunten": len(BOOK.item_ids("stoplicht")),
    r"(?:implementation )?strategies(?! of ERIC)|(?:implementatie)?strategieën(?! van ERIC)": len(
        BOOK.catalogue.strategies
    ),
    r"(?:strategies )?of ERIC|(?:strategieën )?van ERIC": len(_ERIC),
    r"CFIR constructs|constructen van CFIR": len(BOOK.instrument("cfir").items),
    r"MIDI determinants|determinanten van MIDI": len(BOOK.item_ids("midi")),
    r"implementation drivers|implementatiedrivers": len(BOOK.item_ids("drivers")),
    r"demands on a usable innovation|eisen aan een bruikbare innovatie": len(
        BOOK.item_ids("usable-innovation")
    ),
    r"examples(?=:)|voorbeelden(?=:)": len(examples()),
}
"""What prose counts, by the words behind the number."""


def _counts_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Each number of something in a text, as it is written, with what it says and what there is.

    A few of many are some of them, such as the five strategies that fii shows at most.
    """
    number = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
    for noun, there in COUNTED.items():
        spaced = noun.replace(" ", r"\s+")
        pattern = rf"\b(?P<n>[0-9]+|{number})\s+(?:{spaced})\b"
        for found in re.finditer(pattern, text, re.I):
            said = WORDS.get(found["n"].lower()) or int(found["n"])
            if said >= 10 or there < 50:
                yield " ".join(found[0].split()), said, there


_OTHER_COUNTS = {"docs/performance.nl.md"}
"""Pages that count something else by the same word: the lines of a file are ``regels`` too."""
PROSE = sorted(
    {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "publiccode.yml", *PAGES} - _OTHER_COUNTS
)


def test_a_number_in_prose_is_the_number_there_is() -> None:
    counted = 0
    for page in PROSE:
        for written, said, there in _counts_in((ROOT / page).read_text(encoding="utf-8")):
            assert said == there, f"{page} says {written!r}, and there are {there}"
            counted += 1
    assert counted > 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ninety-seven rules:", 97),
        ("de 97 regels", 97),
        ("zevenennegentig regels", 97),
        ("drieëntwintig\nsubfasen", 23),
        ("has 128 strategies", 128),
        ("the 72 strategies of ERIC", 72),
        ("hoogstens drie strategieën", None),
        ("shows at most five strategies", None),
    ],
)
def test_a_stale_number_is_found_in_both_languages(text: str, said: int | None) -> None:
    found = [each[1] for each in _counts_in(text)]
    assert found == ([] if said is None else [said])
    assert all(each[1] != each[2] for each in _counts_in(text))
