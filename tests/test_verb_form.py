"""Help has one verb form in each language: English commands, as in *show the change*, and Dutch infinitives.

A summary begins with a verb in that form. An example or an option does too, or says what there is
(*the six phases*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import get_type_hints

import pytest

from fii_cli.cli import COMMANDS, GENERAL
from helpers import EN, NL

_INFINITIVE = re.compile(
    r"\b(?!(?:tussen|binnen|buiten|eigen|alleen|lichten|fasen|acties)\b)\w+(?:[ei]ën|en|aan)\b"
)
_FINITE = re.compile(
    r"(?:^|[:;.] )(?:toon|schrijf|maak|begin|lees|zoek|beoordeel|leg|voeg|wijzig|sluit|houd|meld|zet|"
    r"controleer|richt|vergelijk|stel|vraag|kies|open|kopieer|overschrijf|sla|herstel|tel|"
    r"antwoord|voer|reken|geef|haal|gebruik|neem|importeer|scheid|doorzoek)t?\b",
    re.IGNORECASE,
)
"""A verb of help in another form, at the start of a sentence or after a colon or a semicolon."""
_ALSO_NOUNS = {"plan", "report", "score", "set"}


def _summaries() -> Iterator[str]:
    for each in COMMANDS:
        yield from (each.summary, import_module(f"fii_cli.commands.{each.name}").SUMMARY)


def _others() -> Iterator[str]:
    """The texts of examples, options and arguments."""
    yield from (text for _, text in GENERAL)
    for each in COMMANDS:
        module = import_module(f"fii_cli.commands.{each.name}")
        yield from (text for _, text in module.EXAMPLES)
        for hint in get_type_hints(module.run, include_extras=True).values():
            yield from (each.help for each in getattr(hint, "__metadata__", ()) if getattr(each, "help", ""))


def _first(text: str) -> str:
    return re.split(r"[^\w'-]", text.lower())[0]


SUMMARIES = sorted({*_summaries()})
OTHERS = sorted({*_others()})
VERBS = {_first(text) for text in SUMMARIES} | {
    "ask",
    "choose",
    "copy",
    "fix",
    "open",
    "overwrite",
    "see",
    "skip",
}
"""The verbs of help, as in English commands."""


@pytest.mark.parametrize("text", SUMMARIES)
def test_a_summary_begins_with_a_command_in_english_and_has_an_infinitive_in_dutch(text: str) -> None:
    assert not _first(EN(text)).endswith("s"), "a command, not the third person"
    assert _INFINITIVE.search(re.split(r"[:;.]", NL(text))[0]), NL(text)
    assert not _FINITE.search(NL(text)), NL(text)


@pytest.mark.parametrize("text", OTHERS)
def test_an_example_or_an_option_has_no_other_form(text: str) -> None:
    for part in re.split(r"[:;,] ", EN(text)):
        first = _first(part)
        assert first not in {f"{verb}s" for verb in VERBS} | {f"{verb}es" for verb in VERBS}, text
    assert not _FINITE.search(NL(text)), NL(text)
    if _first(EN(text)) in VERBS - _ALSO_NOUNS:
        assert _INFINITIVE.search(NL(text)), NL(text)
