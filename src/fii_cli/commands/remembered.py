"""What was found in earlier runs, for commands that read many files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from fii_cli.project.memory import Memory


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
