"""Whether a text contains one of a set of names, however these are spelled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SHORT, _LONG = 5, 100
"""Minimum length of a name to be matched inside other words; maximum length of a name."""
_MARKLESS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "'": ""})
_APART = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_BETWEEN = re.compile(r"[\W_]+")
_WITH_E = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
"""Letters that NFKD does not decompose, and an alternative spelling of some."""


class Names:
    """Names as short words with hyphens, such as ``pietje-puk``."""

    def __init__(self, names: Iterable[str]) -> None:
        known = {name for name in names if 0 < len(name) <= _LONG}
        self._known = known
        self._joined = {joined for name in known if len(joined := name.replace("-", "")) >= _SHORT}
        self._words = {name.count("-") + 1 for name in known}
        self._lengths = {len(name) for name in self._joined}

    def held_by(self, text: str) -> bool:
        """Whether a text contains one of the names, in any case, with or without separators."""
        words = plain(text).split("-")
        together = "".join(words)
        # Look up pieces of the text in sets, so that the number of names does not affect the time.
        for n in self._words:
            if any("-".join(words[at : at + n]) in self._known for at in range(len(words))):
                return True
        for n in self._lengths:
            if any(together[at : at + n] in self._joined for at in range(len(together) - n + 1)):
                return True
        return False


def plain(text: str) -> str:
    """A text in lower case without diacritics, with hyphens between words and numbers.

    Other alphabets are kept, unlike in an id that fii proposes.
    """
    letters = _APART.sub("-", text).casefold().translate(_MARKLESS)
    if not letters.isascii():
        taken_apart = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in taken_apart if not unicodedata.combining(letter))
    return _BETWEEN.sub("-", letters).strip("-")


def spellings(name: str) -> set[str]:
    """The ways to write a name: ``Müller`` is ``muller`` and ``mueller``."""
    if name.isascii():
        lowered = name.lower()
        return {plain(name)} if lowered == name else {plain(name), plain(lowered)}
    composed = unicodedata.normalize("NFC", name)
    return {plain(composed), plain(composed.casefold().translate(_WITH_E)), plain(composed.casefold())}
