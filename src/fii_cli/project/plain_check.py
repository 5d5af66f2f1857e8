"""Whether a command line is a check of files and folders without options, as in ``fii check trajecten``."""

from __future__ import annotations

from collections.abc import Sequence


def is_plain_check(words: Sequence[str]) -> bool:
    """Whether words say so; ``-`` is standard input, and an empty word is no path."""
    return words[:1] == ["check"] and not any(word[:1] in ("", "-") for word in words[1:])
