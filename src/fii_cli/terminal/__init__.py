"""The terminal: colour, width, signs, output and questions."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TextIO

from fii_cli.language import N_, Language, Message, msg
from fii_cli.terminal.screen import BREAK, lines_of, painted, shown, wrapped
from fii_cli.terminal.widths import BETWEEN, column_widths, longest_word
from fii_cli.visible import visible, visible_lines, visible_words
from fii_cli.words import SIGNS, label, meant
from fii_cli.yaml.read import strange_character

if TYPE_CHECKING:
    from rich.console import RenderableType

_ASCII = str.maketrans(
    {
        "●": "*",
        "▲": "^",
        "■": "!",
        "○": "o",
        "–": "-",
        "—": "-",
        "▶": ">",
        "✓": "v",
        "·": ".",
        "‖": "=",
        "⇠": "<",
        "┌": "-",
        "─": "-",
        "│": "|",
        "→": ">",
        "↑": "^",
        "↓": "v",
        "×": "x",
        "…": "~",
        "✗": "x",
        "↔": "<>",
        "☐": "[ ]",
    }
)
STYLES = {
    "groen": "green",
    "oranje": "yellow",
    "rood": "red",
    "onbekend": "bright_black",
    "nvt": "bright_black",
}


class NotAsked(Exception):
    """A question needs an answer, but the terminal is not interactive; ``flags`` answer it instead."""

    def __init__(self, flags: tuple[str, ...]) -> None:
        super().__init__(*flags)
        self.flags = flags


class Offer(NamedTuple):
    """What an answer probably means, for the user to accept with yes or Enter."""

    value: str

    @property
    def message(self) -> Message:
        return msg("did you mean {word}?", word=self.value)


Check = Callable[[str], "str | Message | Offer"]
"""Reads an answer: the accepted answer, what is wrong with it, or what it probably means."""
YES_OR_NO = ("ja", "nee")
_KEYS = N_(
    "Enter accepts the value in [ ] or skips an optional question, back returns to the previous question, "
    "and Ctrl-C stops. Nothing is written before you confirm."
)


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where a command writes and asks, and in which language."""

    say: Language
    colour: bool
    signs: bool
    width: int
    interactive: bool
    in_log: bool = False
    """Whether the output goes to the log of a CI runner, which executes some lines as commands."""
    line: Callable[[], str] | None = None
    """Prompts for a line instead of stdin, as between single keys. Raises ``EOFError`` at the end."""
    heard: Callable[[str, bool], None] | None = None
    """Hears every text that is written, and whether it goes to stderr."""

    def out(self, *lines: str) -> None:
        """Write lines to stdout; text from users cannot start a new line."""
        self._write(sys.stdout, lines_of(lines or ("",)))

    def document(self, text: str) -> None:
        """Write a whole text to stdout, with its own lines; a screen gets it without a byte order mark."""
        mark = text[:1] if text.startswith("\ufeff") else ""
        lines = visible_lines(text.removeprefix(mark)).split("\n")
        self._write(sys.stdout, lines if self.shows else [mark + lines[0], *lines[1:]])

    @property
    def shows(self) -> bool:
        """Whether stdout is a screen, not a file or a pipe."""
        return bool(sys.stdout and sys.stdout.isatty())

    def bytes(self, made: bytes) -> None:
        """Write a binary document to stdout."""
        if sys.stdout is not None:
            sys.stdout.flush()
            sys.stdout.buffer.write(made)

    def note(self, *lines: str) -> None:
        """Write lines to stderr, such as a message or a hint."""
        self._write(sys.stderr, lines_of(lines or ("",)))

    def refuse(self, message: str, hint: Message | None = None) -> None:
        """Write an error and its hint to stderr."""
        self.note(f"{self.paint('fii:', 'red', bold=True)} {message}")
        if hint:
            self.note(self.wrap(f"= {self.say('help')}: {self.say(hint)}", "  "))

    def page(self, lines: Sequence[str]) -> None:
        """Write a longer text, in a pager if it does not fit the screen."""
        text = self.shown(*lines)
        height = shutil.get_terminal_size().lines
        if self.interactive and self.shows and text.count("\n") >= height:
            import pydoc

            os.environ.setdefault("LESS", "FRX")  # less shows colours, and keeps the text on the screen
            pydoc.pager(f"{text}\n")
        else:
            self.out(*lines)

    def shown(self, *lines: str) -> str:
        """Lines as this terminal writes them, for other code that writes there."""
        return self._final(lines_of(lines))

    def _write(self, stream: TextIO | None, lines: Sequence[str]) -> None:
        if stream is not None:
            text = self._final(lines) + "\n"
            stream.write(text)
            if self.heard:
                self.heard(text, stream is sys.stderr)

    def _final(self, lines: Sequence[str]) -> str:
        text = shown(lines, in_log=self.in_log)
        return text if self.signs else text.translate(_ASCII)

    def paint(self, text: str, colour: str, *, bold: bool = False) -> str:
        """Text in a colour, or unchanged if colour is off."""
        if not self.colour or not text:
            return text
        import typer

        before, after = painted(typer.style("|", fg=colour or None, bold=bold or None)).split("|")
        return f"{before}{text}{after}"

    def bold(self, text: str) -> str:
        return self.paint(text, "", bold=True)

    def dim(self, text: str) -> str:
        return self.paint(text, "bright_black")

    def word(self, value: str) -> str:
        """The translated label of a closed value."""
        return self.say(label(value))

    def light(self, light: str) -> str:
        """A light as a sign and a word, in its colour."""
        return self.paint(f"{SIGNS[light]} {self.word(light)}", STYLES[light])

    def wrap(self, text: str, indent: str = "", hanging: str = "") -> str:
        """Text wrapped at the width of the terminal; ``hanging`` further indents all lines but the first."""
        return BREAK.join(wrapped(text, max(self.width, len(indent) + 16), indent, indent + hanging))

    def draw(self, drawn: RenderableType) -> None:
        """Write what rich renders. Text from users in it must be visible ``Text``, never markup."""
        from rich.console import Console

        console = Console(
            file=sys.stdout,
            width=self.width,
            force_terminal=self.colour,
            no_color=not self.colour,
            color_system="auto" if self.colour else None,
            safe_box=not self.signs,
            highlight=False,
            emoji=False,
            markup=False,
        )
        with console.capture() as captured:
            console.print(drawn)
        self.out(*(line.rstrip() for line in painted(captured.get()).rstrip("\n").split("\n")))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table as wide as the terminal; if columns would be too narrow, write cell below cell."""
        widths = self._widths(heads, rows)
        if widths is None:
            self.cell_below_cell(heads, rows)
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, padding=(0, BETWEEN, 0, 0), header_style="bold", width=self.width)
        for at, head in enumerate(heads):
            width = widths[at] if widths else None
            table.add_column(Text(visible_words(head)), overflow="fold", width=width)
        for row in rows:
            table.add_row(*(Text(visible_words(cell)) for cell in row))
        self.draw(table)

    def fits(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
        """Whether the terminal is wide enough for these columns without breaking a word."""
        return self._widths(heads, rows) is not None

    def _widths(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int] | None:
        return None if self.width < _MIN_COLUMN * len(heads) else column_widths([heads, *rows], self.width)

    def cell_below_cell(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table as one cell below another, each with its head, where there is no room for columns."""
        for row in filter(None, rows):
            self.out(self.bold(self.wrap(row[0])))
            for head, cell in zip(heads[1:], row[1:], strict=True):
                self.out(self.wrap(f"{head}: {cell}", "  "))

    def headline(self, name: str, beside: str) -> None:
        """Write what a screen is about in bold, and beside it where that is or which part of it."""
        self.out(self.wrap(f"{self.bold(name)}  {self.dim(beside)}".rstrip()))

    def ask(
        self,
        question: str,
        check: Check,
        suggestion: str = "",
        *,
        offer: Offer | None = None,
        help_: Callable[[], str] | None = None,
    ) -> str | None:
        """Ask a question until ``check`` accepts the answer; ``None`` means going back.

        ``check`` returns the accepted answer, a message, or an :class:`Offer` that yes or Enter accepts; the
        question can begin with one. A question mark shows ``help_`` and the words that every question knows.
        Raises ``EOFError`` at the end of the input.
        """
        while True:
            proposed = offer.value if offer else suggestion
            shown = f" [{proposed}]" if proposed else ""
            self.note(f"{self.bold(question)}{self.dim(shown)}")
            answer = self._line() or proposed
            if answer.lower() in ("terug", "back"):
                return None
            if answer == "?":
                self._help(help_)
                continue
            if offer and meant(answer, YES_OR_NO) == "ja":
                answer = offer.value
            strange = strange_character(answer)
            checked = strange.message if strange else check(answer)
            if isinstance(checked, str):
                return checked
            offer = checked if isinstance(checked, Offer) else None
            self.note(
                self.paint(self.say(checked.message if isinstance(checked, Offer) else checked), "yellow")
            )

    def _line(self) -> str:
        """What the user types. Raises ``EOFError`` at the end of the input."""
        if self.line:
            return self.line().strip()
        sys.stderr.write("> ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip()

    def _help(self, more: Callable[[], str] | None) -> None:
        if more:
            self.note(more())
        self.note(self.dim(self.wrap(self.say(_KEYS))))


_MIN_COLUMN = 10
"""Minimum width of a readable column, in characters."""
NOT_EMPTY = msg("an answer is required")


def not_empty(answer: str) -> str | Message:
    """A check for :meth:`Terminal.ask` that accepts any text but an empty one."""
    return answer or NOT_EMPTY


def columns(rows: list[tuple[str, str]], terminal: Terminal) -> str:
    """Two columns of text; a name that is too long for its column gets its own line.

    In a terminal that has no room for the longest word beside a name, every text is below its name.
    """
    rows = [(visible(name), text) for name, text in rows]
    left = min(max(len(name) for name, _ in rows), 38, terminal.width // 2)
    if left + 4 + longest_word(text for _, text in rows) > terminal.width:
        left = 0
    lines = []
    for name, text in rows:
        beside = terminal.wrap(text, " " * (left + 4))
        if len(name) > left:
            lines += [f"  {name}", beside]
        else:
            lines.append(f"  {name:<{left}}  {beside.lstrip()}")
    return BREAK.join(lines)
