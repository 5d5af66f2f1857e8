"""Nothing that others wrote steers the terminal or the log that fii writes to."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import fii_cli
from conftest import Fii, Outcome
from fii_cli.commands.check import FORMATS
from fii_cli.terminal import columns, not_empty
from fii_cli.terminal.opened import open_terminal
from fii_cli.terminal.screen import BREAK, COMMAND, lines_of, painted, shown, width, wrapped
from fii_cli.visible import as_json, visible, visible_lines
from helpers import EN, HEAD, python

STEERING = {
    "\x01": r"\x01",
    "\a": r"\x07",
    "\b": r"\x08",
    "\v": r"\x0b",
    "\r": r"\r",
    "\x1b": r"\x1b",
    "\x7f": r"\x7f",
    "\x85": r"\x85",
    "\x9b": r"\x9b",
    "\u061c": r"\u061c",
    "\u200f": r"\u200f",
    "\u2028": r"\u2028",
    "\u202e": r"\u202e",
    "\u2066": r"\u2066",
    "\ufeff": r"\ufeff",
    "\udcff": r"\xff",
}
"""Characters that steer a terminal, and how each is shown."""
_MARKED = r"\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff"
RAW = re.compile(rf"[\x00-\x09\x0b-\x1f\x7f-\x9f{_MARKED}\ud800-\udfff]")
COMMANDED = re.compile(r"^\s*::(?!(?:error|warning|notice) file=)|##\w*\[", re.MULTILINE)
WORDS = "a{}b\n::stop-commands::x ##[group]##vso[x"
"""Text that steers, and that would be a command where it began a line of a log."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names of files as Unix has them")


@pytest.fixture(autouse=True)
def _elsewhere(here: Path) -> None:
    pass


def write(name: str, text: str) -> None:
    folder = os.path.dirname(name)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(name, "wb") as file:
        file.write(text.encode("utf-8", "surrogateescape"))


def quiet(done: Outcome) -> str:
    """Everything that a command wrote, in which nothing steers."""
    written = done.out + done.err
    assert not RAW.search(written), RAW.findall(written)
    assert not COMMANDED.search(written), COMMANDED.findall(written)
    assert "unexpected error" not in written
    return written


# --- where the text comes from ------------------------------------------------------------------------------


def value(character: str) -> str:
    write("a.yaml", HEAD + f"summary: 'a{character}b'\nactions: [{{id: 'x{character}y', what: z}}]\n")
    return "a.yaml"


def escaped_value(character: str) -> str:
    write("a.yaml", HEAD + f"titel: {json.dumps(WORDS.format(character))}\n")
    return "a.yaml"


def key(character: str) -> str:
    write("a.yaml", HEAD + f"{json.dumps('k' + character)}: 1\n'a{character}b': 2\n")
    return "a.yaml"


def toml_key(character: str) -> str:
    write("a.yaml", HEAD)
    name = json.dumps("a\n::stop-commands::x").replace("a", f"a\\u{ord(character) % 0xD800:04x}", 1)
    write("fii.toml", f"{name} = 1\n[rules]\n{name} = 2\n[style]\nlogo = {name}\n")
    return "a.yaml"


def raw_toml(character: str) -> str:
    write("a.yaml", HEAD)
    write("fii.toml", f"language = 'x{character}y'\n")
    return "a.yaml"


def file_name(character: str) -> str:
    write(f"a{character}\n::stop-commands::x ##[group].yaml", HEAD + "titel: x\n")
    return "."


def folder_name(character: str) -> str:
    write(f"a{character}\n::stop-commands::x ##[y/b.yaml", HEAD + "titel: x\n")
    return "."


def word(character: str) -> str:
    return WORDS.format(character)


ORIGINS = (value, escaped_value, key, toml_key, raw_toml, file_name, folder_name, word)


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_shows_what_steers_as_an_escape(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, format_: str, origin: Callable[[str], str]
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for character in STEERING:
        path = origin(character)
        quiet(fii("check", path, "--format", format_))
        for left in os.listdir():
            shutil.rmtree(left) if os.path.isdir(left) else os.unlink(left)


READING = (
    "status",
    "entry",
    "score",
    "barriers",
    "strategies",
    "compare",
    "portfolio",
    "portfolio --format json",
    "portfolio --format csv",
    "portfolio --format md",
    "report --output - --format md",
    "report --output - --format html",
    "report --output - --format json",
    "report --dry-run",
    "undo",
    "check --fix --dry-run",
    "set title x --dry-run",
    "add log text=x --dry-run",
)
SOUND = (
    'title: "x\\n::stop-commands::y\u202e"\nsummary: "z\u200f\\n::warning::x"\n'
    'people: [{id: "p\u2066", role: "r\\n::x::\u202e"}]\n'
    'actions: [{id: "a\u202e", what: "w\\n::x::", owner: "p\u2066", due: 2025-02}]\n'
)


@pytest.mark.parametrize("words", READING)
@pytest.mark.parametrize("origin", [*ORIGINS, "sound"])
def test_every_command_does(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, words: str, origin: Callable[[str], str] | str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    command, *options = words.split()
    for character in ("\x1b", "\udcff"):
        if isinstance(origin, str):
            path = "m\n::error::x\udcff.yaml"
            write(path, HEAD.replace("title: Proef\n", SOUND))
        else:
            path = origin(character)
        named = next((name for name in os.listdir() if name.endswith(".yaml")), path)
        quiet(fii(command, path if command in ("portfolio", "status", "check") else named, *options))


@pytest.mark.parametrize(
    "words",
    [
        "{}",
        "check --{}",
        "check -{}",
        "check --format {}",
        "check --select {}",
        "check --as-of {}",
        "check a {} --help {}",
        "--lang {}",
        "--color {}",
        "explain {}",
        "guide {}",
        "guide --search {}",
        "questionnaire {}",
        "report {}",
        "report {} {} --output {}",
        "import {} {} --instrument midi",
        "set {} title x",
        "undo {}",
        "init {} --dry-run",
        "entry --commission {}",
        "new {} --title {} --commission gevraagd --no-receiving",
        "new --example {}",
        "score {} {} {}",
    ],
)
def test_a_word_of_the_command_line_is_shown_and_obeyed_by_nobody(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for character in STEERING:
        line = [each.format(WORDS.format(character)) for each in words.split()]
        quiet(fii(*line))


def test_what_was_written_is_told_again_with_nothing_hidden(fii: Fii) -> None:
    write("a.yaml", HEAD)
    assert fii("set", "a.yaml", "summary", "x\u202ey").code == 0
    retold = fii("undo", "a.yaml", "--dry-run")
    assert r"would undo: fii set a.yaml summary 'x\u202ey'" in quiet(retold)
    assert "\n-summary: " in retold.out


# --- what it looks like -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("character", "escape"), STEERING.items())
def test_each_has_an_escape_of_its_own(fii: Fii, character: str, escape: str) -> None:
    assert visible(f"a{character}b") == f"a{escape}b"
    done = fii("explain", f"a{character}b")
    assert f"unknown rule a{escape}b" in done.err


def test_a_frame_points_at_the_right_place_behind_an_escape(fii: Fii) -> None:
    write("a.yaml", HEAD + "'\x1b\x1b': 1\n")
    lines = fii("check", "a.yaml").out.splitlines()
    at = next(n for n, line in enumerate(lines) if r"'\x1b\x1b'" in line)
    source, pointer = lines[at], lines[at + 1]
    assert source.index(r"\x1b") == pointer.index("^")
    assert pointer.count("^") == len(r"\x1b")
    write("c.yaml", HEAD + f"'{'é' * 70}\u202e\u202e{'x' * 40}': &zzz 1\n")
    wide = fii("check", "c.yaml").out.splitlines()
    at = next(n for n, line in enumerate(wide) if "&zzz" in line)
    assert wide[at].index("&zzz") == wide[at + 1].index("^")


@pytest.mark.parametrize("color", ["always", "never"])
def test_colours_are_those_of_fii_alone(fii: Fii, color: str) -> None:
    write("a.yaml", HEAD.replace("Proef", "'[31m rood'") + "titel: x\n")
    write("\x1b[31m.yaml", HEAD + "titel: x\n")
    done = fii("check", "--color", color)
    assert ("\x1b[31m" in done.out) == (color == "always")
    assert r"\x1b[31m.yaml:5:1" in re.sub(r"\x1b\[[\d;]*m", "", done.out)
    coloured = re.findall(r"\x1b(.{0,4})", done.out)
    assert all(re.match(r"\[[\d;]*m?", each) for each in coloured)


def test_no_text_can_hold_a_mark_of_fii_since_each_run_draws_its_own() -> None:
    program = "from fii_cli.terminal.screen import BREAK, COMMAND; print(ascii(BREAK + COMMAND))"
    runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, check=True) for _ in "ab"]
    assert runs[0].stdout != runs[1].stdout
    assert len({BREAK, COMMAND, painted("\x1b")}) == 3
    assert shown(lines_of(["a\nb", f"c{BREAK}d"]), in_log=False) == "a\\nb\nc\nd"


def test_text_is_wrapped_as_it_is_seen() -> None:
    bold = painted("\x1b[1m")
    assert width(f"{bold}abc{bold}") == 3
    assert wrapped(f"{bold}een{bold} {bold}twee{bold}", 8) == [f"{bold}een{bold} {bold}twee{bold}"]
    assert wrapped(f"een {bold}twee{bold} drie vier", 8, "  ", "   ") == [
        "  een",
        f"   {bold}twee{bold}",
        "   drie",
        "   vier",
    ]
    assert wrapped("een\ntwee\tdrie", 40) == ["een twee drie"]
    assert wrapped("\x1b" * 4, 8, "", "") == [r"\x1b" * 4]
    assert wrapped("a  b   c ", 6) == ["a  b", "c"]
    assert wrapped("", 6) == []


def test_a_table_is_as_wide_as_it_is_seen(fii: Fii) -> None:
    write("a.yaml", HEAD.replace("Proef", "'x\u202e\u202e y'"))
    lines = fii("portfolio", "a.yaml").out.splitlines()
    lines = lines[next(at for at, line in enumerate(lines) if line.startswith("Trajectory")) :]
    phase = lines[0].index("Phase")
    assert lines[1].startswith(r"x\u202e\u202e y")
    assert lines[1][phase - 1] == " "
    assert lines[1][phase] != " "


def test_a_question_and_a_pager_hide_nothing_either(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = replace(open_terminal(EN, "always"), interactive=True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("ja\n"))
    assert terminal.ask("a\x1b[2J\n::b::", not_empty, "c\u202e") == "ja"
    asked = re.sub(r"\x1b\[\d*m", "", capsys.readouterr().err)
    assert asked == "a\\x1b[2J\\n::b:: [c\\u202e]\n> "
    paged: list[str] = []
    monkeypatch.setattr("pydoc.pager", paged.append)
    monkeypatch.setattr(type(terminal), "shows", True)
    terminal.page([terminal.bold("d\x1b[2J"), *["e"] * 200])
    assert paged[0].startswith("\x1b[1md\\x1b[2J\x1b[0m\ne\n")


def test_columns_stand_below_each_other_as_they_are_seen() -> None:
    shown = columns([("\x1b", "een"), ("abcdef", "twee")], open_terminal(EN, "never"))
    assert shown.split(BREAK) == [r"  \x1b    een", "  abcdef  twee"]


def test_a_screen_gets_a_table_without_the_mark_of_its_encoding() -> None:
    from wizard import Wizard

    write("a.yaml", HEAD.replace("Proef", "'x\u202ey'"))
    screen = Wizard("--lang", "en", "report", "a.yaml", "--format", "csv", "--output", "-")
    assert screen.ended() == 0
    assert not RAW.search(screen.all.replace("\r\n", "\n").replace("\r\n", "\n"))
    assert python("report", "a.yaml", "--format", "csv", "--output", "-").stdout.startswith(b"\xef\xbb\xbf")


def test_a_traceback_for_whoever_looks_for_a_bug_steers_nothing() -> None:
    program = (
        "import sys; from fii_cli import __main__; from fii_cli.project import files\n"
        "def broken(*_, **__): raise ValueError('x\\x1b[31m\\n::stop-commands::y')\n"
        "files.search = broken; sys.argv = ['fii', 'check']; sys.exit(__main__.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        env={**os.environ, "FII_DEBUG": "1"},
        check=False,
    )
    told = done.stderr.decode()
    assert done.returncode == 2
    assert r"ValueError: x\x1b[31m" in told
    assert "\n::" not in told


# --- what programs read -------------------------------------------------------------------------------------


def test_json_reads_back_whatever_is_in_it() -> None:
    for character, escape in STEERING.items():
        text = as_json({f"k{character}": [f"a{character}b ##[c"]})
        assert not RAW.search(text)
        assert not COMMANDED.search(text)
        told = escape if character == "\udcff" else character
        assert json.loads(text) == {f"k{told}": [f"a{told}b ##[c"]}
    assert as_json({"a": "é–"}) == '{\n  "a": "é–"\n}'


def test_a_name_that_is_not_utf_8_is_named_in_every_format(fii: Fii) -> None:
    write("caf\udce9 [x](1).yaml", HEAD + "'[text](1) {0}': 1\n")
    for each in FORMATS:
        quiet(fii("check", "--format", each))
    out = {each: fii("check", "--select", "FII010", "--format", each).out for each in FORMATS}
    assert json.loads(out["json"])["diagnostics"][0]["path"] == r"caf\xe9 [x](1).yaml"
    assert json.loads(out["gitlab"])[0]["location"]["path"] == r"caf\xe9 [x](1).yaml"
    run = json.loads(out["sarif"])["runs"][0]["results"][0]
    place = run["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert place == "caf%E9%20%5Bx%5D%281%29.yaml"
    assert r"unknown key \[text\](1) {{0}}" in run["message"]["text"]
    suites = ElementTree.fromstring(out["junit"])
    assert suites[0].get("name") == r"caf\xe9 [x](1).yaml"
    assert out["concise"].startswith(r"caf\xe9 [x](1).yaml:5:1: FII010")
    assert out["text"].splitlines()[1].endswith(r"caf\xe9 [x](1).yaml:5:1")


def test_a_page_names_a_file_that_is_not_utf_8(fii: Fii) -> None:
    write("caf\udce9\u202e.yaml", HEAD + "titel: x\n")
    for format_ in ("html", "md"):
        assert fii("portfolio", ".", "--format", format_, "--output", "site").code == 1
        page = Path(f"site/index.{format_}").read_text("utf-8")
        assert re.search(r"caf\\+xe9\\+u202e\.yaml", page)


@pytest.mark.parametrize("format_", ["gitlab", "sarif", "junit", "json"])
def test_servers_show_a_message_on_one_line_with_nothing_hidden(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    write("a.yaml", HEAD + '"k\\n::x \u202e ##[group]": 1\n')
    text = fii("check", "--select", "FII010", "--format", format_).out
    found: Any = ElementTree.fromstring(text) if format_ == "junit" else json.loads(text)
    if format_ == "gitlab":
        told = found[0]["description"]
    elif format_ == "sarif":
        told = found["runs"][0]["results"][0]["message"]["text"]
    elif format_ == "junit":
        told = found[0][0].get("name")
    else:
        told = found["diagnostics"][0]["message"].replace("\n", r"\n")
    hidden = "\u202e" if format_ == "json" else r"\u202e"
    assert rf"unknown key k\n::x {hidden} ##[group]" in told


def test_a_line_of_concise_is_a_finding_whatever_its_file_is_called(fii: Fii) -> None:
    names = ["a:1:2: x.yaml", "a\n3:4: b.yaml", "c:7.yaml", "d\u2028e.yaml", " f.yaml"]
    for name in names:
        write(name, HEAD + '"k\\n1:1:1: FII": 1\n')
    lines = fii("check", "--select", "FII010", "--format", "concise").out.splitlines()
    found = [re.match(r"^(.+?):(\d+):(\d+): ", line) for line in lines]
    assert len(lines) == len(names)
    assert {each and each[2] for each in found} == {"5"}


@pytest.mark.parametrize("env", ["GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"])
def test_only_where_a_runner_reads_along_a_line_is_parted_from_its_command(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, env: str
) -> None:
    write("::x.yaml", HEAD.replace("Proef", "'##[group]'"))
    assert "##[group]  ::x.yaml" in fii("status", "::x.yaml").out
    assert fii("report", "::x.yaml", "--dry-run", "--output", "::y.html").code == 0
    monkeypatch.setenv(env, "true")
    assert r"##\[group]  ::x.yaml" in fii("status", "::x.yaml").out
    assert fii("report", "::x.yaml", "--output", "::y.html").out == "\\::y.html\n"


def test_lines_stay_lines() -> None:
    assert visible_lines("a\tb\r\nc\nd\re") == "a\tb\nc\nd\\re"


def test_what_is_written_as_one_line_has_no_line_break_of_its_own() -> None:
    """A line break in a line is shown as an escape, so one that is meant is a line more, or ``BREAK``."""
    for path in (Path(fii_cli.__file__).parent).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in ("out", "note", "refuse", "wrap", "bold", "dim"):
                texts = [each for word in node.args for each in _texts(word)]
                assert not any("\n" in text for text in texts), (path.name, node.lineno)


def _texts(node: ast.AST) -> Iterator[str]:
    """The texts in an expression but those that a text is cut at."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    cuts = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split"
    for child in [] if cuts else ast.iter_child_nodes(node):
        yield from _texts(child)
