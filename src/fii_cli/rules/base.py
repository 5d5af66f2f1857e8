"""What a rule is, and what it may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from fii_cli.analysis.counts import Thresholds
from fii_cli.diagnostics import Finding, Severity
from fii_cli.yaml.passages import Passage

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
Look = Callable[[Sequence[Passage], str], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A problem with a name. What consultants read about it stands in ``content/rules/``.

    ``reads`` are the parts of the file it looks at: it is silent while one of those does not fit the format.
    A rule with ``look`` sees the passages that may hold personal data, and the name of the file. A rule with
    neither speaks while the file is being read. ``limits`` are the numbers that a repository may set, with
    those that hold otherwise: the keyword arguments of ``find``.
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
    """Make a rule of a function of suspect passages and the name of their file that yields findings."""
    return lambda look: Rule(code, severity, look=look)
