"""Known words, to be asked which of them somebody most likely meant."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from fii_cli.words import LABELS

_LONGEST = 80
"""Of a longer word only the beginning is compared."""
_ENOUGH, _EACH = 10_000_000, 10
"""So much is compared: hundreds of mistakes. Nobody reads hints beyond that.

It is counted in pairs of letters, with some for each pair of words, however short.
"""


class Lexicon:
    """Known words. One lexicon answers the same whatever it was asked before, until it has done enough.

    A word that is known but for its capitals, or by its English label, is found at any time.
    """

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known
        self._by_label = {LABELS[word]: word for word in known if word in LABELS}
        self._lower = {word.lower(): word for word in (*self._by_label, *known)}
        self._letters = sum(min(len(word), 2 * _LONGEST) + _EACH for word in self._lower)
        self._left = _ENOUGH
        self._found: dict[str, tuple[str, ...]] = {}

    def near(self, written: str) -> tuple[str, ...]:
        """The two nearest words at most, the nearest first."""
        word = written[:_LONGEST].lower()
        if word not in self._found:  # one mistake is often made many times
            words = [self._lower[each] for each in self._like(word)]
            self._found[word] = tuple(dict.fromkeys(self._by_label.get(each, each) for each in words))[:2]
        return self._found[word]

    def _like(self, word: str) -> Sequence[str]:
        if word in self._lower:
            return (word,)
        self._left -= (len(word) + _EACH) * self._letters
        return get_close_matches(word, self._lower, 3, 0.7) if self._left >= 0 else ()
