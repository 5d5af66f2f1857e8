"""A question mark or a colon in a text between brackets costs no second parser, and changes nothing else."""

from __future__ import annotations

import pytest

from fii_cli.yaml import events, parse
from fii_cli.yaml.read import read
from flow_texts import as_the_pure_parser_reads, differs, read_without_marks, text
from helpers import EN

pytestmark = pytest.mark.skipif(events.C_PARSER is None, reason="no C parser for YAML here")


def test_what_the_fast_parser_reads_is_what_the_pure_one_reads() -> None:
    """``make read-fuzz`` compares ten thousand."""
    texts = [text(seed) for seed in range(700)]
    assert [found for found in map(differs, texts) if found] == []
    assert sum(read_without_marks(each) is not None for each in texts) > 150  # this compares something


@pytest.mark.parametrize(
    "words",
    [
        "hoe nu verder?",
        "https://x.nl/?q=1",
        "wie (en wat)?",
        "om 10:30 uur",
        "cfir:III.D.2",
        "écht?!",
        "wat??",
        "x::y",
        "e.d.?",
        'het "plan"?',
    ],
)
def test_ordinary_text_between_brackets_is_read_by_the_fast_parser_alone(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = f"a: {{b: {words}, c: [{words}, d]}}\ne: x\n"
    pure = as_the_pure_parser_reads(given)
    assert pure.problems == ()
    monkeypatch.setattr(parse, "_as_the_pure_parser_reads", None)
    document = read(given)
    assert document == pure
    assert document.data == {"a": {"b": words, "c": [words, "d"]}, "e": "x"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("[hoe?, \ue000]", ["hoe?", "\ue000"]),
        ('[hoe?, "\\ue000"]', ["hoe?", "\ue000"]),
        ('[a:b, "\\U0000e001"]', ["a:b", "\ue001"]),
    ],
)
def test_a_character_that_stands_in_elsewhere_is_itself_in_a_file_that_has_it(
    given: str, words: list[str]
) -> None:
    assert read(given).data == words


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("[hoe?, x]\t", "1:10 FII002 a tab cannot be used for indentation"),
        ("[hoe?, *a:b]", "1:8 FII005 aliases (*) are not supported"),
        ("[hoe?, &a b]", "1:8 FII005 anchors (&) are not supported"),
        ("{wat?: 1, wat?: 2}", "1:11 FII004 duplicate key wat?"),
        ("{hoe?: 1", "1:1 FII002 unclosed bracket or missing comma"),
    ],
)
def test_what_is_refused_is_refused_in_the_words_of_the_file(given: str, expected: str) -> None:
    document = read(given)
    problem = document.problems[0]
    assert f"{problem.span.line}:{problem.span.column} {problem.code} {EN(problem.message)}" == expected
    assert document == as_the_pure_parser_reads(given)
