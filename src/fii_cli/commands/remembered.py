"""What was found in earlier runs, for commands that read many files, and for a check that is done again."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from fii_cli.project.plain_check import is_plain_check

if TYPE_CHECKING:
    from fii_cli.project.followed import Followed
    from fii_cli.project.memory import Memory

SOME = 10
"""With fewer files than this, nothing is recalled or kept: judging them is as quick."""


def memory_for_many(context: typer.Context, paths: Sequence[str]) -> Memory | None:
    """What was found before; ``None`` for a few files, which are judged as quickly."""
    few = len(paths) < SOME and not any(map(os.path.isdir, paths))
    return None if few else memory_of(context, [".", *paths])


def memory_of(context: typer.Context, paths: Sequence[str]) -> Memory | None:
    """What was found before, until the command ends; ``None`` if nothing can be kept here."""
    try:
        from fii_cli.project.memory import memory_for  # a database takes a moment to load
    except ImportError:  # a Python without one
        return None
    memory = memory_for(paths)
    if memory:
        context.call_on_close(memory.close)
    return memory


def followed_as_a_whole(context: typer.Context, format_: str) -> Followed | None:
    """What notes a check without options, so that the next one is quicker; ``None`` for any other."""
    options = (value for name, value in context.params.items() if name != "paths")
    if format_ != "text" or any(options) or not is_plain_check(sys.argv[1:]):
        return None
    try:
        from fii_cli.project.followed import Followed
        from fii_cli.project.unchanged import question
    except ImportError:  # a Python without a database
        return None
    asked = question()
    return Followed(asked) if asked and asked.paths == (context.params["paths"] or []) else None
