"""A page of the handbook, as it is read in the terminal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with the lines below it; without a heading it stands on its own."""

    heading: str
    lines: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page of the handbook. ``term`` is the word by which it is asked for."""

    term: str
    title: str
    blocks: tuple[Block, ...]
    source: str


def told(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks that say something."""
    return tuple(block for block in blocks if block.lines)
