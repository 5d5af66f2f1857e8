"""The files of a roll-out: where a path leads, and what is wrong with it."""

from __future__ import annotations

import os

from fii_cli.language import msg
from fii_cli.project.contents import may_have
from fii_cli.project.files import CannotOpen, is_trajectory, read_safely, trajectory_bytes
from fii_cli.project.published import read_published
from fii_cli.rules.base import MemberFault
from fii_cli.rules.format import trajectory_in
from fii_cli.rules.rollout import has_right_form
from fii_cli.trajectory.rollout import RolloutMember

_KEY = b"rollout"
"""A file without this has no roll-out, and need not be parsed to know it."""


def place_of_member(file: str, member: RolloutMember) -> str:
    """The path of a trajectory of the roll-out in a file, from the current folder."""
    return os.path.normpath(os.path.join(os.path.dirname(file), member.path))


def place_reached(file: str, member: RolloutMember) -> object:
    """The file that a path in a roll-out leads to, by whatever links and capitals it is written."""
    path = place_of_member(file, member)
    try:
        found = os.stat(path)
    except (OSError, ValueError):  # there is none, or the path is not a valid file name
        return path
    return (found.st_dev, found.st_ino) if found.st_ino else os.path.realpath(path)


def member_fault(file: str, root: str, member: RolloutMember) -> MemberFault | None:
    """What is wrong with a trajectory of the roll-out in a file; ``root`` is that of its repository."""
    path = place_of_member(file, member)
    if not _is_inside(path, root):
        outside = msg("{path} leads outside this repository", path=member.path)
        return MemberFault(outside, msg("put the file here, or a report that its owner published"), True)
    if not os.path.lexists(path):
        return MemberFault(
            msg("no such file or folder"), msg("check the path, or ask its owner for the file")
        )
    try:
        if member.report:
            read_published(path)
            return None
        if not is_trajectory(trajectory_bytes(path).decode("utf-8", "replace")):
            return MemberFault(msg("this is not a trajectory"), msg("name the file of a trajectory"))
    except CannotOpen as error:
        return MemberFault(error.message, error.hint)
    if circle := _circle(file, path, root):
        told = msg("this roll-out goes round: {path}", path=" → ".join(circle))
        return MemberFault(told, msg("a trajectory is in the roll-out of its programme only"), True)
    return None


def _is_inside(path: str, root: str) -> bool:
    try:
        real = os.path.realpath(root)
        return os.path.commonpath([os.path.realpath(path), real]) == real
    except ValueError:  # another drive, or not a valid file name
        return False


def _circle(file: str, path: str, root: str) -> tuple[str, ...]:
    """The files by which the roll-out at a path leads back to a file; empty if it does not."""
    home = os.path.realpath(file)
    ahead: list[tuple[str, ...]] = [(os.path.normpath(file), path)]
    seen: set[str] = set()
    while ahead:
        chain = ahead.pop()
        real = os.path.realpath(chain[-1])
        if real == home:
            return tuple(each.replace(os.sep, "/") for each in chain)
        if real not in seen:
            seen.add(real)
            ahead += ((*chain, each) for each in _members_of(chain[-1], root))
    return ()


def _members_of(path: str, root: str) -> list[str]:
    """The files of trajectories in the roll-out of a file; none if it cannot be read."""
    try:
        raw = trajectory_bytes(path)
    except CannotOpen:
        return []
    trajectory = trajectory_in(read_safely(raw))[0] if may_have(raw, _KEY) else None
    if trajectory is None:
        return []
    named = (each for each in trajectory.rollout if each.trajectory and has_right_form(each))
    return [place for each in named if _is_inside(place := place_of_member(path, each), root)]
