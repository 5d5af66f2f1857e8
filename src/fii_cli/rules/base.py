"""What a rule is, and what it may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from fii_cli.diagnostics import Finding, Severity
from fii_cli.language import Message, msg
from fii_cli.trajectory import Trajectory
from fii_cli.words import LABELS

if TYPE_CHECKING:
    from fii_cli.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What lies outside the file: the handbook, the day, and which evidence can be found."""

    handbook: Handbook
    today: date
    evidence_there: Callable[[str], bool] = lambda _path: True


Find = Callable[[Trajectory, Circumstances], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A problem with a name. What consultants read about it stands in ``content/rules/``.

    ``reads`` are the parts of the file it looks at: it is silent while one of those does not fit the format.
    A rule without ``find`` speaks while the file is being read.
    """

    code: str
    severity: Severity
    find: Find | None = None
    reads: frozenset[str] = frozenset()


def rule(code: str, severity: Severity, *reads: str) -> Callable[[Find], Rule]:
    """Make a rule of a function that yields findings."""
    return lambda find: Rule(code, severity, find, frozenset(reads))


def nearest(written: str, known: Sequence[str]) -> str | None:
    """The known word that somebody most likely meant, also when it was written in English."""
    return _nearest(written, tuple(known))


@lru_cache(maxsize=1024)  # one mistake is often made many times
def _nearest(written: str, known: tuple[str, ...]) -> str | None:
    by_label = {LABELS[word]: word for word in known if word in LABELS}
    lower = {word.lower(): word for word in (*by_label, *known)}
    found = get_close_matches(written[:80].lower(), lower, 1, 0.7)
    if not found:
        return None
    word = lower[found[0]]
    return by_label.get(word, word)


def did_you_mean(written: str, known: Sequence[str], otherwise: Message) -> Message:
    """A hint with the nearest known word, else another hint."""
    near = nearest(written, known)
    return msg("did you mean {word}?", word=near) if near else otherwise


def one_of(known: Sequence[str]) -> Message:
    """A hint that lists what is possible, up to a dozen."""
    if not known:
        return msg("there are none yet")
    shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    return msg("choose from: {words}", words=shown)
