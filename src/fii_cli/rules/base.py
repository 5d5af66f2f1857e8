"""What a rule is, and what it may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from fii_cli.counting import Thresholds
from fii_cli.diagnostics import Finding, Severity
from fii_cli.document import Document
from fii_cli.language import Message, msg
from fii_cli.lexicon import Lexicon

if TYPE_CHECKING:
    from fii_cli.handbook import Handbook


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What lies outside the file: the handbook, the day, which evidence can be found, and what is settled.

    ``file_name`` is what the file is called, without folders.
    """

    handbook: Handbook
    today: date
    evidence_there: Callable[[str], bool] = lambda _path: True
    thresholds: Thresholds = field(default_factory=Thresholds)
    file_name: str = ""


Find = Callable[..., Iterator[Finding]]
Look = Callable[[Document, str], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A problem with a name. What consultants read about it stands in ``content/rules/``.

    ``reads`` are the parts of the file it looks at: it is silent while one of those does not fit the format.
    A rule with ``look`` sees the file as it was written, with its name. A rule with neither speaks while the
    file is being read. ``limits`` are the numbers that a repository may set, with those that hold otherwise:
    the keyword arguments of ``find``.
    """

    code: str
    severity: Severity
    find: Find | None = None
    reads: frozenset[str] = frozenset()
    limits: Mapping[str, int] = field(default_factory=dict)
    look: Look | None = None


def rule(code: str, severity: Severity, *reads: str) -> Callable[[Find], Rule]:
    """Make a rule of a function of a trajectory and its circumstances that yields findings."""

    def make(find: Find) -> Rule:
        return Rule(code, severity, find, frozenset(reads), getattr(find, "__kwdefaults__", None) or {})

    return make


def rule_of_text(code: str, severity: Severity) -> Callable[[Look], Rule]:
    """Make a rule of a function of a document and the name of its file that yields findings."""
    return lambda look: Rule(code, severity, look=look)


Known = Sequence[str] | Lexicon
"""Words to choose from; a lexicon of them where many mistakes are looked up in the same words."""


def nearest(written: str, known: Known) -> str | None:
    """The known word that somebody most likely meant, also when it was written in English."""
    return next(iter(_near(written, known)), None)


def only_near(written: str, known: Known) -> str | None:
    """The one known word that is near, so that it can be put in its place; ``None`` where two are."""
    found = _near(written, known)
    return found[0] if len(found) == 1 else None


def _near(written: str, known: Known) -> tuple[str, ...]:
    return (known if isinstance(known, Lexicon) else Lexicon(known)).near(written)


def did_you_mean(written: str, known: Known, otherwise: Message) -> Message:
    """A hint with the nearest known word, else another hint."""
    near = nearest(written, known)
    return msg("did you mean {word}?", word=near) if near else otherwise


def one_of(known: Sequence[str]) -> Message:
    """A hint that lists what is possible, up to a dozen."""
    if not known:
        return msg("there are none yet")
    shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")
    return msg("choose from: {words}", words=shown)
