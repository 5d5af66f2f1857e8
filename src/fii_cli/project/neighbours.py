"""What other trajectories of a repository saw of strategies, read from as few files as possible."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from fii_cli.analysis.recommendations import Outcome, outcomes_in
from fii_cli.analysis.renewed import renewed
from fii_cli.handbook import Handbook
from fii_cli.project import files
from fii_cli.project.contents import Content, digest_of
from fii_cli.project.context import Projects
from fii_cli.rules.check import known_in

if TYPE_CHECKING:
    from fii_cli.project.memory import Memory


def outcomes_elsewhere(
    projects: Projects, path: str, around: list[str], day: date, memory: Memory | None
) -> Iterator[Outcome]:
    """The outcomes that were known on a day in the other trajectories ``around`` a file.

    Files with errors are skipped.
    """
    project, here = projects.at(path), os.path.realpath(path)
    contents = memory.contents if memory else None
    found: dict[str, Content] = {}

    def may_have_outcome(name: str, content: Content) -> bool:
        found[name] = content
        return content.outcome

    for name in projects.search(around, contents, may_have_outcome).paths:
        # Only a link has another name than the file itself.
        alike = os.path.basename(name) == os.path.basename(here) or os.path.islink(name)
        if not alike or os.path.realpath(name) != here:
            yield from _outcomes(name, found[name], day, project.handbook, project.own_instruments, memory)


def _outcomes(
    path: str, content: Content, day: date, book: Handbook, own: object, memory: Memory | None
) -> tuple[Outcome, ...]:
    around = f"{day} {own!r}"
    known = memory.outcomes(content.digest, around) if memory else None
    if known is not None:
        return known
    try:
        raw = files.trajectory_bytes(path)
        trajectory = known_in(files.read_safely(raw), day)
        found = outcomes_in(renewed(trajectory, book).trajectory) if trajectory else ()
    except Exception:  # one file must not stop the others
        return ()
    if memory:
        memory.keep_outcomes(digest_of(raw), around, found)
    return found
