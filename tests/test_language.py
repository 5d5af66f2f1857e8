"""Two languages: nothing untranslated, every gap filled, and a wish that is heard."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from catalogue import PO
from conftest import Fii
from fii_cli.language import Message, count, msg
from fii_cli.resources import language, preferred_language
from helpers import EN, NL
from words import Id, renewed, same, texts, untranslated

GAPS = re.compile(r"\{(\w*)\}")


def test_every_text_is_in_the_catalogue_and_translated() -> None:
    tool = Path(__file__).parents[1] / "tools" / "words.py"
    done = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True, check=False)
    if done.returncode:
        told = f"{done.stdout}{done.stderr}\nadd the Dutch to {PO.name}, and run make words again"
        pytest.fail(told, pytrace=False)


def test_what_the_catalogue_says_counts_and_not_how_its_file_is_laid_out() -> None:
    """Versions of Babel break lines, escape and order what they write in different ways."""
    catalogue = read_po(BytesIO(PO.read_bytes()), locale="nl")
    other_lines = BytesIO()
    write_po(other_lines, catalogue, width=40, omit_header=False, sort_output=True, include_lineno=False)
    assert other_lines.getvalue() != PO.read_bytes()
    read_again = read_po(BytesIO(other_lines.getvalue()), locale="nl")
    assert same(read_again, catalogue)


@pytest.mark.parametrize(
    ("found", "lacks", "is_same"),
    [
        ({"one", ("{n} day", "{n} days")}, [], True),
        ({"one", ("{n} day", "{n} days"), "two"}, ["two"], False),
        ({"one", ("{n} day", "{n} weeks")}, [], False),
        ({"one", "{n} day"}, ["{n} day"], False),
        ({("{n} day", "{n} days")}, [], False),
    ],
)
def test_a_text_that_came_or_went_makes_the_catalogue_out_of_date(
    found: set[Id], lacks: list[Id], is_same: bool
) -> None:
    catalogue = Catalog(locale="nl", fuzzy=False)
    catalogue.add("one", "een")
    catalogue.add(("{n} day", "{n} days"), ("{n} dag", "{n} dagen"))
    new = renewed(catalogue, found)
    assert untranslated(new) == lacks
    assert same(catalogue, new) is is_same


def test_without_a_compiled_catalogue_fii_speaks_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fii_cli.resources.PACKAGE", tmp_path)
    assert language.__wrapped__("nl")("unknown key {key}", key="x") == "unknown key x"


def test_a_translation_fills_the_same_gaps() -> None:
    found = texts()
    assert len(found) > 500
    for each in found:
        for text in (each,) if isinstance(each, str) else each:
            n = {"n": 1} if not isinstance(each, str) else {}
            assert text, n
        translated = NL.catalogue.gettext(each) if isinstance(each, str) else NL.catalogue.ngettext(*each, 2)
        original = each if isinstance(each, str) else each[1]
        same = set(GAPS.findall(translated)) == set(GAPS.findall(original))
        assert same, f"the Dutch has other gaps in braces than the English: {original!r}, {translated!r}"


def test_a_message_is_worded_when_it_is_read() -> None:
    message = msg(
        "{date} is before {earlier}, {what}", date="2024", earlier="2025", what=msg("the previous step")
    )
    assert EN(message) == "2024 is before 2025, the previous step"
    assert NL(message) == "2024 ligt voor 2025, de vorige stap"


@pytest.mark.parametrize(("n", "text"), [(0, "0 fouten"), (1, "1 fout"), (2, "2 fouten")])
def test_a_number_chooses_its_form(n: int, text: str) -> None:
    assert NL(count(n, "{n} error", "{n} errors")) == text


def test_text_of_users_is_never_a_format() -> None:
    assert EN(msg("unknown key {key}", key="{0.__class__} {key}")) == "unknown key {0.__class__} {key}"
    assert EN(Message("100 % {}")) == "100 % {}"


@pytest.mark.parametrize(
    ("asked", "surroundings", "code"),
    [
        ("en", {"FII_LANG": "nl"}, "en"),
        (None, {"FII_LANG": "en", "LANG": "nl_NL.UTF-8"}, "en"),
        (None, {"LANG": "en_GB.UTF-8"}, "en"),
        (None, {"LC_ALL": "nl_BE", "LANG": "en_GB"}, "nl"),
        (None, {"LANG": "de_DE.UTF-8"}, "nl"),
        (None, {"LANG": "C"}, "nl"),
        (None, {"FII_LANG": "english"}, "nl"),
        (None, {}, "nl"),
    ],
)
def test_the_language_is_the_first_wish_that_fii_can_meet(
    monkeypatch: pytest.MonkeyPatch, asked: str | None, surroundings: dict[str, str], code: str
) -> None:
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    assert preferred_language(asked) == code


@pytest.mark.parametrize(
    "command", ["new", "entry", "guide", "check", "explain", "status", "score", "report", "schema", ""]
)
@pytest.mark.parametrize(("lang", "heading"), [("nl", "Opties"), ("en", "Options")])
def test_help_speaks_both_languages_and_leads_with_examples(
    fii: Fii, command: str, lang: str, heading: str
) -> None:
    done = fii(*filter(None, [command]), "--help", lang=lang)
    assert done.code == 0
    assert heading in done.out
    if command:
        examples = done.out.index({"nl": "Voorbeelden", "en": "Examples"}[lang])
        assert examples < done.out.index({"nl": "Gebruik:", "en": "Usage:"}[lang])
        assert f"fii {command}" in done.out
    assert fii(*filter(None, [command]), "-h", lang=lang).out == done.out
