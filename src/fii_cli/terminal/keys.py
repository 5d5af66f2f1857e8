"""Single keys of a terminal, and lines between them, read from the terminal itself and never from ``stdin``.

Whatever ends or stops the program, the terminal gets its own settings back first.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

ENTER, BACK, ESCAPE = "\n", "\x7f", "\x1b"
"""Enter, Backspace, and any key that sends more than one character, such as an arrow."""
_END, _INTERRUPT, _WINDOWS_END = "\x04", "\x03", "\x1a"
_A_MOMENT = 0.05
"""Seconds within which a terminal sends the rest of a key."""


class Keys(Protocol):
    """What is typed: a key, or a line. Both raise ``EOFError`` at the end of the input."""

    def key(self, again: Callable[[], None]) -> str:
        """The next key; ``again`` shows the question again after the program was stopped for a while."""

    def line(self) -> str:
        """The next line after a prompt, with everything that the terminal itself offers to edit it."""


@contextmanager
def keys_read() -> Iterator[Keys]:
    """The keys of this terminal, which gets its settings back at the end, whatever that is."""
    if sys.platform == "win32":
        import msvcrt

        yield _Windows(msvcrt.getwch)
    else:
        with of_terminal(sys.stdin.fileno()) as keys:
            yield keys


# --- what a key sends ---------------------------------------------------------------------------------------


def key_from(byte: Callable[[], bytes], more: Callable[[], bool]) -> str:
    """The key that sends these bytes; ``more`` says whether another byte follows at once."""
    first = byte()
    if first in (b"", _END.encode()):
        raise EOFError
    if first == ESCAPE.encode():
        _swallow(byte, more)
        return ESCAPE
    whole = first
    for _ in range(_following(first[0])):
        if more():
            whole += byte()
    return _named(whole.decode(errors="replace")[:1])


def _named(key: str) -> str:
    return {"\r": ENTER, "\x08": BACK}.get(key, key)


def _following(first: int) -> int:
    """How many bytes follow the first one of a character in UTF-8."""
    return (first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0)


def _swallow(byte: Callable[[], bytes], more: Callable[[], bool]) -> None:
    """Read what follows an escape, up to the letter or the tilde that ends it."""
    if not more():
        return
    start = byte()
    if start == ESCAPE.encode():
        _swallow(byte, more)
    elif start in (b"[", b"O"):
        at_start = True
        while more():
            part = byte()
            if b"@" <= part <= b"~" and not (at_start and part == b"["):
                return
            at_start = False
    elif start:
        for _ in range(_following(start[0])):
            if more():
                byte()


def windows_key(getwch: Callable[[], str]) -> str:
    """The key that the console of Windows gives: a mark and a number for one that is not a character."""
    key = getwch()
    if key == _INTERRUPT:
        raise KeyboardInterrupt
    if key in (_WINDOWS_END, _END):
        raise EOFError
    if key in ("\x00", "\xe0"):
        getwch()
        return ESCAPE
    if "\ud800" <= key <= "\udbff":
        getwch()
        return "\ufffd"
    return _named(key)


@dataclass(frozen=True, slots=True)
class _Windows:
    getwch: Callable[[], str]

    def key(self, again: Callable[[], None]) -> str:
        return windows_key(self.getwch)

    def line(self) -> str:
        _prompt()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line


def _prompt() -> None:
    sys.stderr.write("> ")
    sys.stderr.flush()


# --- a terminal ---------------------------------------------------------------------------------------------

if sys.platform != "win32":
    import select
    import signal
    import termios

    @contextmanager
    def of_terminal(fd: int) -> Iterator[Keys]:
        """The keys of a terminal, by its file descriptor."""
        terminal = _Posix(fd)
        handlers = {number: signal.getsignal(number) for number in (*_STOPS, *_ENDS, signal.SIGCONT)}
        ours = [number for number, handler in handlers.items() if handler is signal.SIG_DFL]
        for number in ours:
            signal.signal(number, terminal.continued if number == signal.SIGCONT else terminal.left)
        try:
            terminal.settle(terminal.for_keys)
            yield terminal
        finally:
            terminal.settle(terminal.own)
            for number in ours:
                signal.signal(number, signal.SIG_DFL)

    _STOPS = (signal.SIGTSTP,)
    _ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)

    class _Posix:
        """A terminal that gives keys at once, without showing them, or lines as it always does."""

        def __init__(self, fd: int) -> None:
            self.fd = fd
            self.own = termios.tcgetattr(fd)
            self.for_keys = termios.tcgetattr(fd)
            self.for_keys[_LOCAL] &= ~(termios.ICANON | termios.ECHO)
            self.for_keys[_CHARACTERS][termios.VMIN] = 1
            self.for_keys[_CHARACTERS][termios.VTIME] = 0
            self.now = self.own
            self.again: Callable[[], None] | None = None
            self.missed = False
            self.leaving = False

        def key(self, again: Callable[[], None]) -> str:
            return key_from(lambda: self._byte(again), self._more)

        def line(self) -> str:
            self.settle(self.own)
            _prompt()
            read = b""
            while not read.endswith(b"\n"):
                byte = self._byte(_prompt)
                if not byte and not read:
                    raise EOFError
                if not byte:
                    break
                read += byte
            self.settle(self.for_keys)  # at once, so that what is typed next is not shown
            return read.decode(errors="surrogateescape")

        def settle(self, settings: list[Any]) -> None:
            """Give the terminal settings; one that is gone has none."""
            self.now = settings
            while True:
                try:
                    return termios.tcsetattr(self.fd, termios.TCSADRAIN, settings)
                except termios.error as error:
                    if error.args[0] != errno.EINTR:  # a signal came in between
                        return None

        def left(self, number: int, _: object) -> None:
            """Give the terminal back before a signal stops or ends the program; take it when it goes on."""
            wanted, self.leaving = self.now, True
            self.settle(self.own)
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            signal.signal(number, self.left)
            self._take(wanted)
            self.leaving = False

        def continued(self, number: int, _: object) -> None:
            if not self.leaving:
                self._take(self.now)

        def _take(self, wanted: list[Any]) -> None:
            self.settle(wanted)
            if self.again:
                self.again()
            else:
                self.missed = True

        def _byte(self, again: Callable[[], None]) -> bytes:
            self.again = again  # only while waiting: a signal must not write in the middle of a text
            if self.missed:
                self.missed = False
                again()
            try:
                return os.read(self.fd, 1)
            except OSError:  # the terminal is gone
                return b""
            finally:
                self.again = None

        def _more(self) -> bool:
            return bool(select.select([self.fd], [], [], _A_MOMENT)[0])

    _LOCAL, _CHARACTERS = 3, 6
    """Where the settings of a terminal have these two."""
