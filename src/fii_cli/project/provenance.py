"""Which version of which repository was checked, for the tools that read findings later."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from fii_cli.project import git

_ORIGIN = re.compile(
    r"(?:(?P<scheme>https?|ssh|git)://)?(?:[^/@]*@)?(?P<host>[\w.-]+(?::\d+(?=/))?)[:/]/*(?P<path>[\w./~+-]+)"
)
"""The address of a remote, as a URL or as in ``git@host:path``; who logs in, and with what, is left out."""
_COMMITS = ("GITHUB_SHA", "CI_COMMIT_SHA")


class Provenance(NamedTuple):
    """A repository by its URL, and the commit that CI checked out."""

    repository: str
    commit: str | None


def provenance() -> Provenance | None:
    """The repository that fii works in; ``None`` if it has no remote ``origin`` on a server."""
    origin = git.origin_of(os.getcwd()) or ""
    found = _ORIGIN.fullmatch(origin)
    if not found or (found["scheme"] is None and "@" not in origin):
        return None
    commits = (os.environ.get(name, "") for name in _COMMITS)
    commit = next((each for each in commits if re.fullmatch("[0-9a-f]{40,64}", each)), None)
    return Provenance(f"{found['scheme'] or 'ssh'}://{found['host']}/{found['path']}", commit)
