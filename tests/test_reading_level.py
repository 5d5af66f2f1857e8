"""The client's page is plain: short sentences, and no word that its readers have to look up.

Sentences have at most 25 words: longer ones are read twice. On average they have at most 12: the plain texts
of the handbook, such as the questions of the checklist, have 8 to 10. Each language has a list of difficult
words in ``cases``; add a word when a reader stumbles over it. Names that others published remain as they are.
The limits and the lists are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fii_cli.adaptation_words import ADAPTATION_LABELS
from fii_cli.handbook import Handbook
from fii_cli.handbook.load import handbook
from fii_cli.language import CODES, Code, Language
from fii_cli.resources import language
from reading import (
    difficult_in,
    difficult_words,
    sentences,
    texts_of_content,
    texts_of_explanation,
    texts_of_pages,
    words_in,
)

LONGEST = 25
MEAN = 12
PROSE = 4
"""With fewer words it is a label, which would make the mean of sentences too low."""
CASES = Path(__file__).parent / "cases"
KINDS: dict[str, Callable[[Language], Iterator[tuple[str, str]]]] = {
    "pages": texts_of_pages,
    "handbook": lambda say: texts_of_content(handbook(), say),
    "explanation": texts_of_explanation,
}
PUBLISHED = ("liso/synergie", "liso/lessen-uitspreken")
"""Items whose names follow those of a published instrument; those of the 73 strategies of ERIC do too."""


FRAME = {f"catalogue: {name}" for name in ADAPTATION_LABELS.values()}
"""The English names of what can be said of an adaptation are published; the Dutch ones are ours."""


def texts(kind: str, code: Code) -> list[tuple[str, str]]:
    return list(KINDS[kind](language(code)))


def named_by_others(book: Handbook) -> set[str]:
    """Where names stand that are as published."""
    strategies = book.catalogue.strategies.values()
    return {f"strategy {each.id}: name" for each in strategies if each.eric} | {
        f"{place}: name" for place in PUBLISHED
    }


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_is_so_long_that_it_is_read_twice(kind: str, code: Code) -> None:
    long = [
        f"{len(words_in(sentence))} words, {where}: {sentence}"
        for where, text in texts(kind, code)
        for sentence in sentences(text)
        if len(words_in(sentence)) > LONGEST
    ]
    assert long == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", KINDS)
def test_sentences_are_short_on_average(kind: str, code: Code) -> None:
    lengths = [len(words_in(sentence)) for _, text in texts(kind, code) for sentence in sentences(text)]
    prose = [length for length in lengths if length >= PROSE]
    assert sum(prose) <= MEAN * len(prose)
    assert prose or kind == "explanation"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_has_to_be_looked_up(kind: str, code: Code) -> None:
    difficult = difficult_words(CASES / f"difficult_words.{code}.txt")
    published = named_by_others(handbook()) | (FRAME if code == "en" else set())
    found = [
        f"{word}, {where}: {text}"
        for where, text in texts(kind, code)
        if where not in published
        for word in difficult_in(text, difficult)
    ]
    assert found == []


def test_a_list_is_in_order_and_finds_each_ending() -> None:
    for code in CODES:
        path = CASES / f"difficult_words.{code}.txt"
        words = [line for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
        assert words == sorted(set(words))
    difficult = difficult_words(CASES / "difficult_words.nl.txt")
    assert difficult_in("Ten behoeve van de Congruentie faciliteren wij; conformiteit niet.", difficult) == [
        "Ten behoeve van",
        "Congruentie",
        "faciliteren",
    ]


def test_sentences_and_words_are_counted_as_readers_count_them() -> None:
    assert sentences("Eén zin. Nog een; en {n} van {all}%!") == ["Eén zin.", "Nog een;", "en {n} van {all}%!"]
    assert words_in("fii's één-op-één {what} – ja") == ["fii's", "één-op-één", "{what}", "ja"]
