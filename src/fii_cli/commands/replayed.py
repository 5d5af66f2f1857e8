"""What a command says in another process, kept there to be said here, in the same order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from io import TextIOBase
from typing import TypeVar

from fii_cli import resources
from fii_cli.language import Code
from fii_cli.terminal import Terminal

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Screen:
    """What another process needs to know of a terminal to write as it would."""

    code: Code
    colour: bool
    signs: bool
    width: int
    in_log: bool

    def terminal(self) -> Terminal:
        """A terminal that writes the same; nobody answers it."""
        say = resources.language(self.code)
        return Terminal(say, self.colour, self.signs, self.width, interactive=False, in_log=self.in_log)


def screen_of(terminal: Terminal) -> Screen:
    """What another process needs to know of a terminal."""
    return Screen(terminal.say.code, terminal.colour, terminal.signs, terminal.width, terminal.in_log)


@dataclass(frozen=True, slots=True)
class Said:
    """What was written, each part with whether that was to stdout."""

    parts: list[tuple[bool, str]] = field(default_factory=list)

    def replay(self) -> None:
        """Write it here."""
        for out, text in self.parts:
            stream = sys.stdout if out else sys.stderr
            if stream is not None:
                stream.write(text)


class _Kept(TextIOBase):
    """A stream that keeps what is written."""

    def __init__(self, said: Said, out: bool) -> None:
        self.said, self.out = said, out

    def write(self, text: str, /) -> int:
        self.said.parts.append((self.out, text))
        return len(text)


def kept_while(work: Callable[[], R]) -> tuple[R, Said]:
    """The result of work, and what it wrote."""
    said = Said()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Kept(said, out=True), _Kept(said, out=False)
    try:
        return work(), said
    finally:
        sys.stdout, sys.stderr = before
