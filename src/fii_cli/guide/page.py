"""A page of the handbook, for the terminal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A heading with the lines below it; the heading may be empty.

    A block that is ``repeated`` is on many pages, and a search skips it.
    """

    heading: str
    lines: tuple[str, ...]
    listed: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class GuidePage:
    """One page of the handbook. ``term`` is the word that finds it."""

    term: str
    title: str
    blocks: tuple[Block, ...]
    source: str


def told(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks that are not empty."""
    return tuple(block for block in blocks if block.lines)
