"""Suggestions: the known word that was most likely meant, and the hint for it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from fii_cli.language import Message, msg
from fii_cli.words import LABELS

_LONGEST = 80
"""Only the beginning of a longer word is compared."""
_ENOUGH, _EACH = 10_000_000, 10
"""The limit on comparisons, enough for hundreds of errors; nobody reads more hints.

It is counted in pairs of letters, with some for each pair of words, however short.
"""


class Lexicon:
    """Known words, with a limit on the work for suggestions.

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
        """At most two similar words, the most similar first."""
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


Known = Sequence[str] | Lexicon
"""Known words; pass a lexicon to look up many errors in the same words."""


def nearest(written: str, known: Known) -> str | None:
    """The known word that was most likely meant, even if it was written in English."""
    return next(iter(_near(written, known)), None)


def only_near(written: str, known: Known) -> str | None:
    """The only similar known word, safe to use as a fix; ``None`` if there are two."""
    found = _near(written, known)
    return found[0] if len(found) == 1 else None


def _near(written: str, known: Known) -> tuple[str, ...]:
    return (known if isinstance(known, Lexicon) else Lexicon(known)).near(written)


def did_you_mean(written: str, known: Known, otherwise: Message) -> Message:
    """A hint with the most similar known word, or else another hint."""
    near = nearest(written, known)
    return msg("did you mean {word}?", word=near) if near else otherwise


def one_of(known: Sequence[str]) -> Message:
    """A hint that lists what is possible, up to a dozen."""
    if not known:
        return msg("there are none yet")
    shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    return msg("choose from: {words}", words=shown)
