"""Suggestions for mistyped words, and the hints that contain them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from fii_cli.language import Message, msg
from fii_cli.words import LABELS

_LONGEST = 80
"""Only this many characters of a word are compared."""
_MAX_WORK, _PER_PAIR = 10_000_000, 10
"""The limit of work, enough for hundreds of mistakes; nobody reads hints beyond that.

The unit is a pair of letters; each pair of words costs some extra.
"""


class Lexicon:
    """Known words, with a limit on the work spent on comparing words.

    Below the limit, earlier look-ups do not change the result. A word that differs only in capitals, or is an
    English label, is always found.
    """

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known
        self._by_label = {LABELS[word]: word for word in known if word in LABELS}
        self._lower = {word.lower(): word for word in (*self._by_label, *known)}
        self._letters = sum(min(len(word), 2 * _LONGEST) + _PER_PAIR for word in self._lower)
        self._left = _MAX_WORK
        self._found: dict[str, tuple[str, ...]] = {}

    def near(self, written: str) -> tuple[str, ...]:
        """At most two known words that are near, the nearest first."""
        word = written[:_LONGEST].lower()
        if word not in self._found:  # the same mistake often occurs many times
            words = [self._lower[each] for each in self._similar(word)]
            self._found[word] = tuple(dict.fromkeys(self._by_label.get(each, each) for each in words))[:2]
        return self._found[word]

    def _similar(self, word: str) -> Sequence[str]:
        if word in self._lower:
            return (word,)
        self._left -= (len(word) + _PER_PAIR) * self._letters
        return get_close_matches(word, self._lower, 3, 0.7) if self._left >= 0 else ()


Known = Sequence[str] | Lexicon
"""Words to choose from; use a lexicon to look up many mistakes in the same words."""


def nearest(written: str, known: Known) -> str | None:
    """The most likely known word, or ``None``; ``written`` may be its English label."""
    return next(iter(_near(written, known)), None)


def only_near(written: str, known: Known) -> str | None:
    """The only known word that is near, as a safe correction; ``None`` if there are two or none."""
    found = _near(written, known)
    return found[0] if len(found) == 1 else None


def _near(written: str, known: Known) -> tuple[str, ...]:
    return (known if isinstance(known, Lexicon) else Lexicon(known)).near(written)


def did_you_mean(written: str, known: Known, otherwise: Message) -> Message:
    """A hint with the most similar known word, or else another hint."""
    near = nearest(written, known)
    return msg("did you mean {word}?", word=near) if near else otherwise


def one_of(known: Sequence[str]) -> Message:
    """A hint that lists the choices, at most twelve."""
    if not known:
        return msg("there are none yet")
    shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    return msg("choose from: {words}", words=shown)
