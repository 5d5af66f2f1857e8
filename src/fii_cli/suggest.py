"""Suggestions for mistyped words, and the hints that contain them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cached_property

from fii_cli.language import Message, msg
from fii_cli.words import label, names_of

_LONGEST = 80
"""Only this many characters of a word are compared."""
_MAX_WORK, _PER_PAIR = 10_000_000, 10
"""The limit of work, enough for hundreds of mistakes; nobody reads hints beyond that.

The unit is a pair of letters; each pair of words costs some extra.
"""


class Lexicon:
    """Known words, with a limit on the work spent on comparing words.

    Below the limit, earlier look-ups do not change the result. A word that differs only in capitals, or is
    another name of a value, is always found.
    """

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known
        self._left = _MAX_WORK
        self._found: dict[str, tuple[str, ...]] = {}

    @cached_property  # most files have no mistake to look up
    def _by_name(self) -> dict[str, str]:
        itself = {word.lower() for word in self.known}
        names = ((name, word) for word in reversed(self.known) for name in names_of(word))
        return {name: word for name, word in names if len(name) > 1 and name not in itself}

    @cached_property
    def _lower(self) -> dict[str, str]:
        return {word.lower(): word for word in (*self._by_name, *self.known)}

    @cached_property
    def _letters(self) -> int:
        return sum(min(len(word), 2 * _LONGEST) + _PER_PAIR for word in self._lower)

    def near(self, written: str) -> tuple[str, ...]:
        """At most two known words that are near, the nearest first."""
        word = written[:_LONGEST].lower()
        if word not in self._found:  # the same mistake often occurs many times
            words = [self._lower[each] for each in self._similar(word)]
            self._found[word] = tuple(dict.fromkeys(self._by_name.get(each, each) for each in words))[:2]
        return self._found[word]

    def _similar(self, word: str) -> Sequence[str]:
        if word in self._lower:
            return (word,)
        self._left -= (len(word) + _PER_PAIR) * self._letters
        return get_close_matches(word, self._lower, 3, 0.7) if self._left >= 0 else ()


Known = Sequence[str] | Lexicon
"""Words to choose from; use a lexicon to look up many mistakes in the same words."""


def nearest(written: str, known: Known) -> str | None:
    """The most likely known word, or ``None``; ``written`` may be another name of it."""
    return next(iter(_near(written, known)), None)


def only_near(written: str, known: Known) -> str | None:
    """The only known word that is near, as a safe correction; ``None`` if there are two or none."""
    found = _near(written, known)
    return found[0] if len(found) == 1 else None


def _near(written: str, known: Known) -> tuple[str, ...]:
    return (known if isinstance(known, Lexicon) else Lexicon(known)).near(written)


def known_as(written: str, known: Iterable[str]) -> str | None:
    """The known id that is written, in any case if only one fits; ``None`` if there is none."""
    asked = written.strip()
    same = list(dict.fromkeys(each for each in known if each.lower() == asked.lower()))
    return asked if asked in same else same[0] if len(same) == 1 else None


def did_you_mean(written: str, known: Known, otherwise: Message) -> Message:
    """A hint with the most similar known word, or else another hint."""
    near = nearest(written, known)
    return msg("did you mean {word}?", word=near) if near else otherwise


def did_you_mean_value(written: str, values: Sequence[str], otherwise: Message) -> Message:
    """A hint with the most similar closed value, as its reader calls it, or else another hint."""
    near = nearest(written, values)
    return msg("did you mean {word}?", word=msg(label(near))) if near else otherwise


def one_of_values(values: Sequence[str]) -> Message:
    """A hint that lists closed values, as its reader calls them; a file has another word for some."""
    return msg("choose from: {words}", words=tuple(msg(label(value)) for value in values))


def one_of(known: Sequence[str]) -> Message:
    """A hint that lists the choices, at most twelve."""
    if not known:
        return msg("there are none yet")
    shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    return msg("choose from: {words}", words=shown)
