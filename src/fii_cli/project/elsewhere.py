"""Judge files on another machine, which sees none of the files of this one.

That machine takes it that evidence exists, and tells what it took. If the answer of this machine is another
one, the file is judged again with that answer. A file with a roll-out is judged here: its trajectories are.
"""

from __future__ import annotations

import os
import pickle
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from threading import Lock
from typing import NamedTuple

from fii_cli import __version__
from fii_cli.handbook import load
from fii_cli.project import files
from fii_cli.project.judging import Task
from fii_cli.project.surroundings import Asked, has_evidence, judged_within
from fii_cli.project.watched_day import WatchedDay
from fii_cli.resources import PACKAGE
from fii_cli.rules import Circumstances
from fii_cli.rules.base import MemberFault
from fii_cli.rules.check import may_be_kept
from fii_cli.rules.seen import Seen, seen
from fii_cli.trajectory.rollout import RolloutMember

_READ_WITH = (
    "pydantic",
    "pydantic-core",
    "ruamel.yaml",
    "ruamel.yaml.clib",
    "phonenumberslite",
    "python-stdnum",
)
_NOT_READ = ("__pycache__", "compiled_templates")
"""Folders of which no file is judged: a wheel has templates as programs, and a checkout does not."""
_ONE_AT_A_TIME = Lock()
"""A worker may have several threads, and fii expects one."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file to judge, with what the machine that has the files answered so far."""

    task: Task
    evidence: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Back:
    """What is shown of a file without a roll-out, if what was taken of evidence is right.

    ``members`` is whether the rules asked about a roll-out.
    """

    seen: Seen
    members: bool = False


class Made(NamedTuple):
    """By what a file is judged. Two machines for which this is equal find the same."""

    fii: str
    handbook: str
    python: str
    packages: tuple[str, ...]


class Batch(NamedTuple):
    """Files to judge, by a machine that judges as the first one does."""

    made: Made
    sent: Sequence[Sent]

    def __reduce__(self) -> tuple[object, ...]:
        """Nothing but plain data is needed to pass it on: only where it is opened, it becomes an answer."""
        return answer, (self.made, list(self.sent))


def answer(wanted: Made, sent: Sequence[Sent]) -> bytes:
    """What is shown of files; by what this machine judges, if that is something else; or why it cannot.

    In bytes: Dask waits forever for a worker that cannot send its answer, or its error.
    """
    try:
        with _ONE_AT_A_TIME:
            here = made()
            return pickle.dumps([judged_apart(each) for each in sent] if here == wanted else here)
    except Exception as error:
        return pickle.dumps(f"{type(error).__name__}: {error}")


def judged_apart(sent: Sent) -> Back:
    """What is shown of a file, without a look at any other. Never raises, whatever the file contains."""
    task, within = sent.task, sent.task.within
    day = WatchedDay(within.day)
    asked = Asked(day=day)

    def evidence_there(path: str) -> bool:
        return asked.evidence.setdefault(path, sent.evidence.get(path, True))

    def place(member: RolloutMember) -> object:
        asked.members = True
        return member.path

    def fault(_: RolloutMember) -> MemberFault | None:
        asked.members = True
        return None

    def apart(here: Circumstances) -> Circumstances:
        return here._replace(evidence_there=evidence_there, member_fault=fault, member_place=place)

    judgement = judged_within(within, task.path, files.read_safely(task.raw), asked, change=apart)
    evidence = tuple(asked.evidence.items())
    kept = not asked.members and may_be_kept(judgement, apart(within.circumstances(task.path)), within.rules)
    return Back(seen(judgement, evidence, day.alike, lasting=kept), asked.members)


def to_send_again(task: Task, back: Back) -> Sent | None:
    """The file with the answers of this machine; ``None`` if those are what was taken."""
    evidence = {each: has_evidence(task.within.folders, task.path, each) for each, _ in back.seen.evidence}
    return None if tuple(evidence.items()) == back.seen.evidence else Sent(task, evidence)


@cache
def made() -> Made:
    """By what this process judges, as it was when it was first asked."""
    from importlib.metadata import PackageNotFoundError, version  # only a cluster needs it

    packages = []
    for name in _READ_WITH:
        try:
            packages.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return Made(f"{__version__} ({_digest()})", load.handbook().digest, python, tuple(packages))


def _digest() -> str:
    """A few characters that change with the program, and are the same wherever it is installed."""
    told = blake2b(digest_size=4)
    for parent, folders, names in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name not in _NOT_READ)
        for name in sorted(each for each in names if each.endswith(".py")):
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                raw = file.read().replace(b"\r\n", b"\n")
            place = os.path.relpath(path, PACKAGE).replace(os.sep, "/")
            told.update(f"{place}\0{len(raw)}\0".encode() + raw)
    return told.hexdigest()
