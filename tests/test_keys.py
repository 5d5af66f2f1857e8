"""Single keys of a terminal: what each sends, and that the terminal gets its own settings back."""

from __future__ import annotations

import io
import os
import re
import runpy
import shutil
import signal
import sys
from pathlib import Path
from types import ModuleType

import pytest

from fii_cli.terminal import keys
from fii_cli.terminal.keys import BACK, ENTER, ESCAPE, key_from, windows_key
from test_by_key import DAY, TEXT
from wizard import Wizard

termios = pytest.importorskip("termios")


def keys_in(sent: bytes) -> list[str]:
    """The keys that send these bytes, up to the end of the input."""
    left = [bytes([each]) for each in sent]
    found = []
    while True:
        try:
            found.append(key_from(lambda: left.pop(0) if left else b"", lambda: bool(left)))
        except EOFError:
            return found


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"gR.", ["g", "R", "."]),
        (b"\r\n\x7f\x08", [ENTER, ENTER, BACK, BACK]),
        ("é€😀g".encode(), ["é", "€", "😀", "g"]),
        (b"\x1b[Ag", [ESCAPE, "g"]),  # an arrow
        (b"\x1bOPg", [ESCAPE, "g"]),  # F1
        (b"\x1b[[Ag", [ESCAPE, "g"]),  # F1 on the console of Linux
        (b"\x1b[15;2~g", [ESCAPE, "g"]),
        (b"\x1b\x1b[Bg", [ESCAPE, "g"]),  # Alt and an arrow
        ("\x1béo".encode(), [ESCAPE, "o"]),  # Alt and a letter
        (b"\x1b", [ESCAPE]),
        (b"\xe9", ["\ufffd"]),  # Latin-1
        (b"g\x04r", ["g"]),  # Ctrl-D
    ],
)
def test_what_a_key_sends(sent: bytes, expected: list[str]) -> None:
    assert keys_in(sent) == expected


def test_what_a_key_of_windows_sends() -> None:
    typed = iter("g\r\x08\x00;\xe0Hé")
    assert [windows_key(lambda: next(typed)) for _ in range(6)] == ["g", ENTER, BACK, ESCAPE, ESCAPE, "é"]
    with pytest.raises(KeyboardInterrupt):
        windows_key(lambda: "\x03")
    with pytest.raises(EOFError):
        windows_key(lambda: "\x1a")


def test_windows_reads_its_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module as Windows loads it, without ``termios``, with a console that was typed on."""
    typed = iter("gR\r\xe0K.\x03")
    console = ModuleType("msvcrt")
    vars(console)["getwch"] = lambda: next(typed)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", console)
    for absent in ("termios", "select"):
        monkeypatch.setitem(sys.modules, absent, None)
    monkeypatch.setattr(sys, "stdin", io.StringIO("te weinig\n"))
    there = runpy.run_path(keys.__file__)
    with there["keys_read"]() as read:
        assert [read.key(print), read.key(print), read.line()] == ["g", "R", "te weinig\n"]
        with pytest.raises(EOFError):
            read.line()
        assert [read.key(print) for _ in range(3)] == [ENTER, ESCAPE, "."]
        with pytest.raises(KeyboardInterrupt):
            read.key(print)


# --- a terminal of its own ----------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(TEXT, encoding="utf-8")


WORDS = ("assess", "a.yaml", "--lang", "en", "--date", DAY, "--by", "kernteam", "--perspective", "both")


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


def lines(wizard: Wizard) -> list[str]:
    return wizard.all.replace("\r", "").split("\n")


def test_a_session_by_key_in_a_terminal() -> None:
    wizard = Wizard(*WORDS, "--item", "2a.kandidaten", "--item", "2a.sturing", by_key=True)
    wizard.until("2 lights left, about 1 minute")
    wizard.until("?\r\n")
    wizard.type("\x1b[A")
    wizard.until("That is not a key here.")
    wizard.until("?\r\n")
    wizard.type("R")
    wizard.answer("■ red\r\n  note", "te weinig, één gezien")
    wizard.answer("Who does what, by when?", "twee kandidatten\x7f\x7f\x7fen zoeken")  # as a terminal edits
    wizard.until("nobody yet")
    wizard.type("2")
    wizard.answer("trainer\r\nBy when?", "1 maart 2025")
    wizard.answer("did you mean 2025-03-01?", "")
    wizard.until("1 light left, about 1 minute")
    wizard.until("?\r\n")
    wizard.type("g")
    wizard.answer("Write this to a.yaml?", "")
    assert wizard.ended() == 0
    assert "2a.kandidaten: {value: rood, note: te weinig, één gezien}" in text().replace('"', "")
    assert "what: twee kandidaten zoeken" in text()
    assert "due: 2025-03-01" in text()
    assert "2a.sturing: groen" in text()


def test_no_key_is_shown_but_its_word_on_a_new_line() -> None:
    """What a screen reader follows: no letter alone, no control characters, nothing overwritten."""
    wizard = Wizard(*WORDS, "--item", "2a.kandidaten", "--item", "2a.sturing", by_key=True)
    for key, word in (("g", "● green"), ("\x7f", "back"), ("o", "▲ orange")):
        wizard.until("?")
        wizard.until("\r\n")
        wizard.type(key)
        wizard.until(word)
    wizard.answer("Who does what", "")
    wizard.until("2a.sturing")
    wizard.until("\r\n")
    wizard.type(".")
    wizard.answer("Write this to a.yaml?", "")
    assert wizard.ended() == 0
    shown = lines(wizard)
    assert [each for each in shown if each in ("● green", "back", "▲ orange", "stop")] == [
        "● green",
        "back",
        "▲ orange",
        "stop",
    ]
    assert "\x1b" not in wizard.all
    assert "\x07" not in wizard.all
    assert "\b" not in wizard.all


@pytest.mark.parametrize(
    ("words", "also"), [(("--lines",), {}), ((), {"FII_INPUT": "lines"}), ((), {"TERM": "dumb"})]
)
def test_lines_are_read_where_they_are_wanted(words: tuple[str, ...], also: dict[str, str]) -> None:
    wizard = Wizard(*WORDS, "--item", "2a.kandidaten", *words, by_key=True, also=also)
    wizard.answer("1/1 2a.kandidaten", "groen")
    wizard.answer("note", "")
    wizard.answer("evidence", "")
    wizard.answer("Write this", "")
    assert wizard.ended() == 0
    assert "2a.kandidaten: groen" in text()


def test_a_scale_of_longer_values_is_always_answered_in_lines() -> None:
    wizard = Wizard(*WORDS, "--instrument", "cfir", "--item", "III.D.2", by_key=True)
    wizard.answer("1/1 III.D.2", "-1 te druk")
    wizard.answer("Write this", "")
    assert wizard.ended() == 0
    assert "III.D.2: {value: -1, note: te druk}" in text()


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_line_fits_a_narrow_terminal(lang: str) -> None:
    words = (
        "assess",
        "a.yaml",
        "--lang",
        lang,
        "--date",
        DAY,
        "--item",
        "2b.meerwaarde",
        "--item",
        "2c.overleg",
    )
    wizard = Wizard(*words, by_key=True, also={"COLUMNS": "40"})
    wizard.until("2b.meerwaarde")
    wizard.type("?x")
    wizard.until("x ")
    wizard.type("r")
    wizard.answer("Enter", "")
    wizard.until("2c.overleg")
    wizard.type(".")
    wizard.until("> ")
    shown = wizard.all.replace("\r", "").partition("\n\n  +")[0].split("\n")
    assert [line for line in shown if len(line) > 40] == []
    wizard.type("\n")
    assert wizard.ended() == 0


# --- the terminal gets its settings back --------------------------------------------------------------------

needs_bash = pytest.mark.skipif(
    not shutil.which("bash") or not Path("/proc/self/task").is_dir(), reason="needs bash, and Linux"
)


class Shell(Wizard):
    """A shell with jobs, in which fii runs."""

    def __init__(self) -> None:
        super().__init__(by_key=True, in_shell=True)
        self.until("$ ")

    def begin(self, *words: str) -> None:
        self.type(f"$FII {' '.join(words)}\n")
        self.until("lights left")
        self.until("?")
        self.until("\r\n")

    def settings(self) -> set[str]:
        """What ``stty`` says of this terminal."""
        self.type("stty -a; echo the''end\n")
        self.until("speed")
        start = len(self.all) - len(self.shown)
        self.until("theend")
        return set(re.findall(r"(?<!\S)-?[a-z]+\b", self.all[start:].partition("theend")[0]))

    @property
    def child(self) -> int:
        """The program that runs in this shell."""
        return int(Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()[0])

    def exit(self) -> None:
        self.type("exit 0\n")
        assert self.ended() == 0


@needs_bash
@pytest.mark.parametrize("end", ["\x03", "\x04", ".", "\x1c", "INT", "TERM", "HUP", "QUIT"])
def test_the_terminal_is_as_it_was_after_any_end(end: str) -> None:
    shell = Shell()
    before = shell.settings()
    assert {"icanon", "echo"} <= before
    shell.begin(*WORDS)
    if end.isalpha():
        os.kill(shell.child, signal.Signals[f"SIG{end}"])
        shell.until("$ ")  # else the shell may still be waiting, with what is typed lost
    else:
        shell.type(end)
        shell.until("$ ")
    assert shell.settings() == before
    shell.exit()


@needs_bash
def test_a_stop_that_nobody_can_notice_ends_with_keys_again() -> None:
    shell = Shell()
    before = shell.settings()
    shell.begin(*WORDS, "--item", "2a.kandidaten", "--item", "2a.sturing")
    os.kill(shell.child, signal.SIGSTOP)
    shell.until("Stopped")
    shell.until("$ ")
    shell.type("fg\n")
    shell.until("2a.kandidaten")
    shell.until("\r\n")
    shell.type("g")
    shell.until("\r\n● green\r\n")
    shell.type(".")
    shell.answer("Write this to a.yaml?", "")
    shell.until("$ ")
    assert shell.settings() == before
    shell.exit()


@needs_bash
def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again() -> None:
    shell = Shell()
    before = shell.settings()
    shell.begin(*WORDS, "--item", "2a.kandidaten", "--item", "2a.sturing")
    shell.type("r")
    shell.answer("Who does what", "")
    shell.until("2a.sturing")
    shell.until("?\r\n")
    shell.type("\x1a")
    shell.until("Stopped")
    assert shell.settings() == before
    shell.type("fg\n")
    shell.until("?")  # the question again
    shell.until("\r\n")
    shell.type("o")
    shell.until("▲ orange")
    shell.until("> ")
    shell.type("\x1a")  # in the middle of a text
    shell.until("Stopped")
    assert shell.settings() == before
    shell.type("fg\n")
    shell.until("> ")
    shell.type("bellen\n")
    shell.until("nobody yet")
    shell.type("1")
    shell.answer("By when?", "")
    shell.answer("Write this to a.yaml?", "")
    shell.until("wrote a.yaml")
    assert shell.settings() == before
    shell.exit()
    assert "2a.kandidaten: rood" in text()
    assert "what: bellen" in text()
