"""The trajectories of a roll-out: which paths can be used, and whether something is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fii_cli.analysis.evidence import is_url
from fii_cli.diagnostics import Finding, Route, Severity
from fii_cli.language import Message, msg
from fii_cli.rules.base import Circumstances, rule
from fii_cli.trajectory import Trajectory
from fii_cli.trajectory.rollout import RolloutMember

_ABSOLUTE = re.compile(r"[/~]|[A-Za-z]:")
_JSON = ".json"


@rule("FII042", Severity.ERROR, "rollout")
def unusable_member(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    first: dict[object, int] = {}
    for index, member in enumerate(trajectory.rollout):
        route = _route(index, member)
        if wrong := _wrong_form(member):
            yield Finding(route, *wrong)
            continue
        place = circumstances.member_place(member)
        if place in first:
            before = first[place]
            earlier = trajectory.rollout[before]
            yield Finding(
                route,
                msg("{path} is in this roll-out twice", path=member.path),
                msg("name each trajectory once"),
                related=((_route(before, earlier), msg("{id} is used first here", id=earlier.path)),),
            )
            continue
        first[place] = index
        fault = circumstances.member_fault(member)
        if fault and fault.refused:
            yield Finding(route, fault.message, fault.hint)


@rule("FII043", Severity.ADVICE, "rollout")
def member_not_shown(trajectory: Trajectory, circumstances: Circumstances) -> Iterator[Finding]:
    for index, member in enumerate(trajectory.rollout):
        fault = None if _wrong_form(member) else circumstances.member_fault(member)
        if fault and not fault.refused:
            message = msg("{path}: {why}", path=member.path, why=fault.message)
            yield Finding(_route(index, member), message, fault.hint)


def has_right_form(member: RolloutMember) -> bool:
    """Whether the path of a trajectory of a roll-out is written as one that can be followed."""
    return _wrong_form(member) is None


def _route(index: int, member: RolloutMember) -> Route:
    key = ("trajectory",) if member.trajectory else ("report",) if member.report else ()
    return ("rollout", index, *key)


def _wrong_form(member: RolloutMember) -> tuple[Message, Message] | None:
    """What is wrong with how a path is written, and what to write; ``None`` if nothing is."""
    path = member.path
    if not path or (member.trajectory and member.report):
        return (
            msg("a trajectory of a roll-out has one path"),
            msg("write trajectory: with the path of its file, or report: with that of a report in JSON"),
        )
    if is_url(path):
        return msg("fii opens no URLs: {path}", path=path), msg("download the report, and name that file")
    if _ABSOLUTE.match(path):
        return (
            msg("{path} is a path on one machine only", path=path),
            msg("write the path from the folder of this file"),
        )
    if "\\" in path:
        return msg("{path} has backslashes", path=path), msg("write {path}", path=path.replace("\\", "/"))
    if member.trajectory and path.lower().endswith(_JSON):
        return msg("{path} is a report, not a file of a trajectory", path=path), msg("write it under report")
    return None
