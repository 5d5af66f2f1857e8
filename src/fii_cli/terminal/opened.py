"""The terminal of this run, from the environment: colour, signs and width, and whether somebody answers."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Literal, TextIO

from fii_cli.language import Language
from fii_cli.terminal import Terminal
from fii_cli.words import SIGNS

ColourWish = Literal["auto", "always", "never"]
COLOURS: tuple[ColourWish, ...] = ("auto", "always", "never")
_RUNNERS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Environment variables of GitHub (and Forgejo), Azure Pipelines and TeamCity, which parse their logs."""


def open_terminal(say: Language, when: ColourWish) -> Terminal:
    """The terminal from the environment: NO_COLOR, FORCE_COLOR, TERM, the encoding and the width."""
    own_encoding = bool(os.environ.get("PYTHONIOENCODING"))
    if sys.stdin is not None and hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="surrogateescape")  # invalid text is reported and asked again
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if own_encoding else "utf-8", errors="replace")
    return Terminal(
        say,
        _colour(when),
        _can_encode(sys.stdout, "".join(SIGNS.values()) + "┌─│▶✓"),
        _width(),
        bool(sys.stdin and sys.stderr and sys.stdin.isatty() and sys.stderr.isatty()),
        any(os.environ.get(name) for name in _RUNNERS),
    )


def _colour(when: ColourWish) -> bool:
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(sys.stdout and sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _can_encode(stream: TextIO | None, text: str) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _width() -> int:
    return max(20, min(shutil.get_terminal_size((100, 24)).columns, 120))
