"""The ``exclude`` patterns of a search, with the meaning that they have in ``.gitignore``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from fii_cli.language import Message, msg

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

LONGEST = 200
_STARS, _IN_A_NAME, _DOUBLE = 3, 2, 1
"""The limits on asterisks: in a pattern, and in one name of it; ``**`` is allowed once.

Matching takes a power of the length of a path for each star that can move, and a repository of a stranger
chooses both.
"""
_STAR = re.compile(r"\*+")


def is_excluded(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether patterns exclude a file. ``name`` is its path from ``fii.toml``, with forward slashes."""
    return bool(patterns) and _spec(patterns).match_file(name)


def wrong_with_patterns(patterns: Sequence[str]) -> tuple[Message, Message] | None:
    """The error in a list of patterns, if there is one."""
    if any(len(pattern) > LONGEST for pattern in patterns):
        return msg("a pattern of more than {n} characters", n=LONGEST), _EXAMPLE
    for pattern in patterns:
        if _has_too_many_stars(pattern):
            wrong = msg("too many asterisks in the pattern {pattern}", pattern=pattern)
            hint = msg("at most {n}: {in_a_name} in one name, and ** once", n=_STARS, in_a_name=_IN_A_NAME)
            return wrong, hint
        if not _means_something(pattern):
            return msg("{pattern} is not a valid .gitignore pattern", pattern=pattern or "''"), _EXAMPLE
    return None


_EXAMPLE = msg("such as {word}", word='exclude = ["archief/"]')


def _has_too_many_stars(pattern: str) -> bool:
    in_names = [_STAR.findall(name) for name in pattern.split("/")]
    stars = [star for in_name in in_names for star in in_name]
    return (
        len(stars) > _STARS
        or max(map(len, in_names)) > _IN_A_NAME
        or len([star for star in stars if len(star) > 1]) > _DOUBLE
    )


def _means_something(pattern: str) -> bool:
    """Whether a pattern can match anything; a comment, an empty pattern or an open bracket cannot."""
    try:
        (found,) = _spec((pattern,)).patterns
    except (ValueError, re.error):
        return False
    return found.include is not None


@lru_cache(maxsize=64)
def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)
