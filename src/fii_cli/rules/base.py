"""What a rule is, and what it can use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from fii_cli.analysis.counts import Thresholds
from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.language import Message
from fii_cli.trajectory.rollout import RolloutMember
from fii_cli.yaml.passages import Passage

if TYPE_CHECKING:
    from fii_cli.handbook import Handbook


class MemberFault(NamedTuple):
    """What is wrong with a trajectory of a roll-out; ``refused`` if no roll-out can contain it."""

    message: Message
    hint: Message | None
    refused: bool = False


class Circumstances(NamedTuple):
    """Everything outside the file: the handbook, the date, which evidence exists, and the settings.

    ``file_name`` is without folders. ``member_fault`` tells what is wrong with a trajectory of a roll-out at
    a path, and ``member_place`` where that path leads: two paths can lead to the same place.
    """

    handbook: Handbook
    today: date
    evidence_there: Callable[[str], bool] = lambda _path: True
    thresholds: Thresholds = Thresholds()
    file_name: str = ""
    member_fault: Callable[[RolloutMember], MemberFault | None] = lambda _member: None
    member_place: Callable[[RolloutMember], object] = lambda member: member.path


Find = Callable[..., Iterator[Finding]]
Look = Callable[[Sequence[Passage], str], Iterator[Finding]]


class Rule(NamedTuple):
    """A problem with a code. Its texts for users are in ``content/rules/``.

    ``reads`` are the parts of a file that ``find`` uses, one or two keys deep, such as ``organisations.id``:
    the rule is skipped if something in one of them is broken.
    ``look`` checks the passages that may contain personal data, and the file name. A rule with neither is
    reported while the file is read. ``limits`` are the thresholds that a repository can set, with their
    defaults: the keyword arguments of ``find``.
    """

    code: str
    severity: Severity
    find: Find | None = None
    reads: frozenset[str] = frozenset()
    limits: Mapping[str, int] = {}
    look: Look | None = None

    def reads_any(self, broken: Collection[tuple[str, ...]]) -> bool:
        """Whether the rule uses a part that is broken, that contains something broken, or that is in one."""
        for read in self.reads if broken else ():
            keys = tuple(read.split("."))
            if any(keys[: len(each)] == each[: len(keys)] for each in broken):
                return True
        return False


def parts(routes: Iterable[Route]) -> frozenset[tuple[str, ...]]:
    """The parts of a file, at most two keys deep, in which these paths lie."""
    return frozenset(tuple(step for step in route if isinstance(step, str))[:2] for route in routes)


def rule(code: str, severity: Severity, *reads: str) -> Callable[[Find], Rule]:
    """Turn a function of a trajectory and its circumstances that yields findings into a rule."""

    def make(find: Find) -> Rule:
        return Rule(code, severity, find, frozenset(reads), getattr(find, "__kwdefaults__", None) or {})

    return make


def rule_of_text(code: str, severity: Severity) -> Callable[[Look], Rule]:
    """Turn a function of suspect passages and their file name that yields findings into a rule."""
    return lambda look: Rule(code, severity, look=look)
