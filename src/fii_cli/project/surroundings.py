"""What a file is judged in: the day, the settings, the handbook, and what the rules ask about other files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from fii_cli.analysis.counts import Thresholds
from fii_cli.diagnostics import Diagnostic, Severity, in_reading_order
from fii_cli.handbook import Handbook, load
from fii_cli.project import files, git
from fii_cli.rules import Circumstances
from fii_cli.rules.check import Judgement, check
from fii_cli.rules.privacy import file_stem
from fii_cli.rules.settings import RuleSettings
from fii_cli.unexpected import in_words
from fii_cli.yaml.document import START, UNEXPECTED, Document

if TYPE_CHECKING:
    from fii_cli.handbook.models import Framework
    from fii_cli.rules.base import MemberFault
    from fii_cli.trajectory.rollout import RolloutMember

OwnFiles = tuple[tuple[str, bytes], ...]
"""The files with a repository's own instruments, by path."""


@dataclass(slots=True)
class Asked:
    """What the rules asked about other files: evidence, and ``members`` of a roll-out.

    With a ``day``, the rules get this one.
    """

    evidence: dict[str, bool] = field(default_factory=dict)
    members: bool = False
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a file is judged in: the day, the settings, the own instruments, and where evidence is.

    ``folders`` are the folder of the file, and the root of its repository. All of it can be sent to another
    process.
    """

    day: date
    rules: RuleSettings
    thresholds: Thresholds
    own: OwnFiles
    folders: tuple[str, str]

    def circumstances(self, path: str, asked: Asked | None = None) -> Circumstances:
        """What the rules may use besides the file itself; what they ask about other files is ``asked``."""
        asked = asked or Asked()

        def is_there(evidence: str) -> bool:
            there = has_evidence(self.folders, path, evidence)
            asked.evidence[evidence] = there
            return there

        @cache
        def fault(member: RolloutMember) -> MemberFault | None:
            asked.members = True
            return _member_fault(path, self.folders[1], member)

        def place(member: RolloutMember) -> object:
            asked.members = True
            return _member_place(path, member)

        return Circumstances(
            handbook_with(self.own)[0],
            asked.day or self.day,
            is_there,
            self.thresholds,
            file_stem(path),
            fault,
            place,
        )


def _member_fault(path: str, root: str, member: RolloutMember) -> MemberFault | None:
    """What is wrong with a trajectory of the roll-out in a file."""
    from fii_cli.project.rollout import member_fault  # few files have a roll-out

    return member_fault(path, root, member)


def _member_place(path: str, member: RolloutMember) -> object:
    """Where the path of a trajectory in the roll-out in a file leads."""
    from fii_cli.project.rollout import place_reached  # few files have a roll-out

    return place_reached(path, member)


def judged_within(
    within: Surroundings,
    path: str,
    document: Document,
    asked: Asked | None = None,
    change: Callable[[Circumstances], Circumstances] = lambda as_here: as_here,
) -> Judgement:
    """The judgement of a file. Never raises, whatever the file contains.

    What the rules ask about other files is added to ``asked``. ``change`` makes other circumstances of those
    here.
    """
    try:
        return check(document, change(within.circumstances(path, asked)), path, within.rules)
    except Exception as error:  # one file must not silence the others
        return judged_unexpectedly(path, document, error)


def has_evidence(folders: Iterable[str], trajectory: str, evidence: str) -> bool:
    """Whether evidence in a trajectory exists: in git, or on disk if there is no git.

    A path is relative to the first of the ``folders`` (that of the trajectory), or else to the next one (the
    root of the repository). An absolute path is on one machine only.
    """
    if os.path.isabs(evidence):
        return False
    for base in folders:
        full = os.path.normpath(os.path.join(base, evidence))
        tracked = git.has_beside(trajectory, full)
        if os.path.exists(full) if tracked is None else tracked:
            return True
    return False


def judged_unexpectedly(path: str, document: Document, error: Exception) -> Judgement:
    """The judgement of a file if fii itself fails on it."""
    found = Diagnostic(UNEXPECTED, Severity.ERROR, path, START, *in_words(error))
    return Judgement(path, document, None, (found,))


def handbook_with(own_files: OwnFiles) -> tuple[Handbook, tuple[Judgement, ...]]:
    """The handbook with own instruments, and their errors."""
    return _handbook_with(own_files) if own_files else (load.handbook(), ())


@lru_cache(maxsize=16)
def _handbook_with(own_files: OwnFiles) -> tuple[Handbook, tuple[Judgement, ...]]:
    """The handbook with own instruments; cached, because many folders share them."""
    from fii_cli.project.own_instruments import led_astray, own_instrument  # few repositories have any

    ours = load.handbook()
    own: dict[str, Framework] = {}
    read: dict[str, tuple[str, Document]] = {}
    judgements: list[Judgement] = []
    for path, raw in own_files:
        document = files.read_safely(raw)
        try:
            framework, diagnostics = own_instrument(document, path, ours, own)
        except Exception as error:  # one instrument must not silence the trajectories
            judgements.append(judged_unexpectedly(path, document, error))
            continue
        if framework:
            own[framework.id] = framework
            read[framework.id] = path, document
        if diagnostics:
            judgements.append(Judgement(path, document, None, in_reading_order(diagnostics)))
    book = ours.with_own(own)
    while astray := {
        id_: wrong for id_, each in own.items() if (wrong := led_astray(each, *read[id_], book))
    }:
        for id_, wrong in astray.items():
            path, document = read[id_]
            judgements.append(Judgement(path, document, None, in_reading_order(wrong)))
            del own[id_]
        book = ours.with_own(own)  # without these, others may lead astray
    return book, tuple(judgements)
