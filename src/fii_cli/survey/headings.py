"""Match column headings with items of an instrument, in the formats of survey tools."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fii_cli.handbook.models import Construct, Framework, Text

_NUMBER = re.compile(r"(?:(?:q|v|sq|vraag|question|item)[ ._]*0*([1-9]\d*)\b|([1-9]\d*)(?=$|[.:)]))", re.I)
_OPENING = re.compile(r"\[(?=[^\]])")


@dataclass(frozen=True, slots=True)
class Questions:
    """The items of an instrument by the texts a heading can have, with their rank: the first one wins."""

    by_words: Mapping[str, tuple[int, Construct]]
    by_id: Mapping[str, tuple[int, Construct]]


def questions_of(instrument: Framework) -> Questions:
    """The questions of an instrument, to match headings with."""
    by_words: dict[str, tuple[int, Construct]] = {}
    by_id: dict[str, tuple[int, Construct]] = {}
    for ranked in enumerate(instrument.items):
        item = ranked[1]
        by_id.setdefault(item.id.lower(), ranked)
        for text in (item.id, *texts(item)):
            by_words.setdefault(plain(text), ranked)
    return Questions(by_words, by_id)


def item_for(head: str, questions: Questions) -> Construct | None:
    """The item that matches a heading, or ``None``."""
    if whole := questions.by_words.get(plain(head)):
        return whole[1]
    code = _in_brackets(head)
    inside = plain(code)
    found = [questions.by_words.get(inside) if inside else None, _by_point(head, questions)]
    if ranked := min(filter(None, found), key=lambda each: each[0], default=None):
        return ranked[1]
    number = _NUMBER.match(code or head)
    numbered = questions.by_id.get(number[1] or number[2]) if number else None
    return numbered[1] if numbered else None


def _in_brackets(head: str) -> str:
    """The text in the first brackets that are not empty: ``SQ017`` in ``G1Q00001[SQ017]``."""
    opening = _OPENING.search(head)
    end = head.find("]", opening.end()) if opening else -1
    return head[opening.end() : end] if opening and end > 0 else ""


def _by_point(head: str, questions: Questions) -> tuple[int, Construct] | None:
    """The item whose dotted id is the first word: ``III.D.2) Aansluiting``."""
    first, space, _ = head.partition(" ")
    word = first.lower()
    words = [word]
    if word.endswith((".", ":", ")")):
        words.append(word[:-1])
    found = [questions.by_id.get(each) for each in words if space and "." in each]
    return min(filter(None, found), key=lambda each: each[0], default=None)


def is_reworded(head: str, item: Construct) -> bool:
    """Whether a heading matches an item by number, while its wording differs from that of the item."""
    start, end = head.find("["), head.rfind("]")
    asked = head[:start] + head[end + 1 :] if -1 < start < end else head
    words = plain(re.sub(r"^\W*\w*\d[\w.]*[.:)]?\s*", "", asked))
    return bool(words) and not any(words in plain(text) or plain(text) in words for text in texts(item))


def texts(item: Construct) -> Iterator[str]:
    """The texts of an item that a heading can have, in both languages, with and without its id."""
    named = Text(
        nl=f"{item.name.nl}: {item.meaning.nl}",
        en=f"{item.name.en}: {item.meaning.en}",
    )
    for text in (item.statement, item.name, item.meaning, named):
        if text:
            yield from (text.nl, text.en, f"{item.id}. {text.nl}", f"{item.id}. {text.en}")


def plain(text: str) -> str:
    """A text without the details that survey tools change: case, spaces, quotes and punctuation."""
    return re.sub(r"[^\w.]+", " ", text.casefold()).strip(" .")
