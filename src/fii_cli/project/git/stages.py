"""The three versions of a file in conflict, as git keeps them in its index until the conflict is solved."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.project.git import Place, place_of
from fii_cli.project.git.door import NoAnswer, answer_of

_ENTRY = re.compile(rb"100\d{3} ([0-9a-f]{40,64}) ([123])\t(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stages:
    """The versions of a file in conflict: the common one, ``None`` if both sides added it, and both sides."""

    base: bytes | None
    ours: bytes
    theirs: bytes


def in_conflict(folder: str) -> tuple[str, ...]:
    """The YAML files with a conflict in the repository around a folder, as seen from there; none if git
    cannot tell."""
    place = place_of(os.path.join(folder, "x"))
    if place is None:
        return ()
    try:
        answer = answer_of(place.root, "ls-files", "-u", "-z")
    except NoAnswer:
        return ()
    entries = (_ENTRY.fullmatch(line) for line in answer.split(b"\0"))
    names = {os.fsdecode(entry[3]) for entry in entries if entry}
    paths = (os.path.relpath(place.root / name, os.path.realpath(folder)) for name in names)
    return tuple(sorted(path for path in paths if path.endswith((".yaml", ".yml"))))


def stages_of(path: str) -> Stages:
    """The three versions of a file. Raises :class:`Refused` if git has no conflict in it, or cannot tell."""
    place = place_of(path)
    if place is None:
        raise Refused(
            msg("{path}: not in a git repository", path=path),
            msg("fii merge BASE OURS THEIRS merges three files"),
        )
    try:
        ids = _ids(place)
        if not ids:
            raise Refused(
                msg("{path}: git has no merge conflict in this file", path=path),
                msg("fii merge BASE OURS THEIRS merges three files"),
            )
        if 2 not in ids or 3 not in ids:
            raise Refused(
                msg("{path}: one side removed this file", path=path),
                msg("keep it with git add, or remove it with git rm"),
            )
        blobs = {stage: answer_of(place.root, "cat-file", "blob", id_) for stage, id_ in ids.items()}
    except NoAnswer as silence:
        raise Refused(
            msg("{path}: git cannot give its versions: {why}", path=path, why=silence.why)
        ) from None
    return Stages(blobs.get(1), blobs[2], blobs[3])


def _ids(place: Place) -> dict[int, str]:
    """The object ids of the versions in the index, by stage."""
    asked = ("ls-files", "-u", "-z", "--", place.name)
    found = {}
    for line in answer_of(place.root, "--literal-pathspecs", *asked).split(b"\0"):
        entry = _ENTRY.fullmatch(line)
        if entry and os.fsdecode(entry[3]) == place.name:
            found[int(entry[2])] = entry[1].decode()
    return found
