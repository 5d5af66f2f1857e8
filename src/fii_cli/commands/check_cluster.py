"""``fii check --scheduler``: the cluster that shares the work."""

from __future__ import annotations

import typer

from fii_cli.diagnostics import Refused
from fii_cli.language import msg
from fii_cli.project.cluster import Cluster


def cluster_for(context: typer.Context, scheduler: str, jobs: int | None, since: str | None) -> Cluster:
    """The cluster of a scheduler, until the command ends. Raises :class:`Refused` if it cannot be used."""
    for option, given in (("--jobs", jobs), ("--since", since)):
        if given is not None:
            wrong = msg("--scheduler and {option} cannot be used together", option=option)
            raise Refused(wrong, msg("{option} works on this machine only", option=option))
    cluster = Cluster(scheduler)
    context.call_on_close(cluster.close)
    return cluster
