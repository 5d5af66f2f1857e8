"""What a rating means for readers: how much it hinders or helps."""

from __future__ import annotations

from typing import Literal

Tone = Literal["hinders-2", "hinders-1", "neither", "helps-1", "helps-2", "mean", "hidden", "unknown"]
"""The meaning of a rating, by which templates choose sign and colour; unknown if it is no answer.

A published mean alone is on no side; hidden is what was answered, but is not shown.
"""
TONE_OF: dict[int, Tone] = {-2: "hinders-2", -1: "hinders-1", 0: "neither", 1: "helps-1", 2: "helps-2"}
"""Tones by how much a rating helps, from -2, which hinders strongly, up to 2."""
WORST_FIRST: tuple[Tone, ...] = (
    *("hinders-2", "hinders-1", "neither", "helps-1", "helps-2"),
    *("mean", "hidden", "unknown"),
)
"""Tones from what hinders most; one that is no answer comes last."""
