"""The seams of the program: exit codes, streams, colour, width, and every bad file with a message."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli import __version__, cli
from fii_cli.resources import EXAMPLES
from helpers import HEAD as DATED
from helpers import python

HEAD = DATED.replace(", date: 2025-01", "")  # the real day does not matter
GOOD = HEAD
ADVICE = HEAD + "people: [{id: a, role: lid}]\nimplementeren: {team: {members: [{person: a}]}}\n"
WRONG = HEAD + "titel: x\n"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- the commands -------------------------------------------------------------------------------------------

COMMANDS = [command.name for command in cli.COMMANDS]


def test_every_module_of_a_command_is_listed() -> None:
    for path in (Path(cli.__file__).parent / "commands").glob("*.py"):
        runs = re.search(r"^def run\(\n? *context: typer.Context", path.read_text(encoding="utf-8"), re.M)
        assert not runs or path.stem in COMMANDS, f"add {path.stem} to COMMANDS in cli.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_module_with_a_summary_and_examples(name: str) -> None:
    path = Path(cli.__file__).parent / "commands" / f"{name}.py"
    assert path.is_file(), f"COMMANDS in cli.py lists {name}: add commands/{name}.py"
    module = import_module(f"fii_cli.commands.{name}")
    for part, what in (
        ("run", "a function that takes a typer.Context and returns an exit code"),
        ("SUMMARY", "one sentence for its help, in N_"),
        ("EXAMPLES", "pairs of a command line and what it does, in N_"),
    ):
        assert hasattr(module, part), f"commands/{name}.py has no {part}: {what}"


# --- exit codes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words", "code"),
    [
        (GOOD, "", 0),
        (ADVICE, "", 0),
        (ADVICE, "--strict", 1),
        (ADVICE, "--fail-on advice", 1),
        (ADVICE, "--fail-on info", 1),
        (ADVICE, "--fail-on error", 0),
        (WRONG, "", 1),
    ],
)
def test_check_exits_by_what_it_found(fii: Fii, content: str, words: str, code: int) -> None:
    write("a.yaml", content)
    assert fii("check", "a.yaml", *words.split()).code == code


def test_the_highest_exit_code_wins_and_the_rest_is_still_checked(fii: Fii) -> None:
    write("a.yaml", WRONG)
    done = fii("check", "weg.yaml", "a.yaml")
    assert done.code == 2
    assert "FII010" in done.out
    assert "weg.yaml: no such file or folder" in done.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("chek", "unknown command chek\n  = help: did you mean fii check?"),
        ("foo", "unknown command foo"),
        ("check --formt json", "unknown option --formt"),
        ("check --format", "--format requires a value"),
        ("check --format xml", "invalid value xml for --format"),
        ("check --fail-on never", "invalid value never for --fail-on"),
        ("check --as-of 12-03-2025", "invalid day 12-03-2025\n  = help: did you mean 2025-03-12?"),
        ("check --as-of 2025-02-30", "invalid day 2025-02-30"),
        ("report", "no trajectory found here"),
        ("explain FII21", "unknown rule FII21"),
        ("explain FII211 FII212", "unexpected argument: FII212"),
        ("check --lang fr", "invalid value fr for --lang"),
        ("check --color", "invalid value '' for --color"),
    ],
)
def test_a_command_line_that_cannot_be_followed_exits_2(fii: Fii, words: str, message: str) -> None:
    done = fii(*words.split())
    assert done.code == 2
    assert done.out == ""
    assert message in done.err


def test_version_and_its_short_form() -> None:
    assert python("--version").stdout.decode() == f"fii {__version__}\n"
    assert python("-V").stdout.decode() == f"fii {__version__}\n"


def test_a_fault_in_fii_is_no_traceback(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("fii_cli.project.files.search", broken)
    done = fii("check")
    assert done.code == 2
    assert "ZeroDivisionError" in done.err
    assert "Traceback" not in done.err
    monkeypatch.setenv("FII_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        fii("check")


# --- what is shown, and where -------------------------------------------------------------------------------


def test_findings_go_to_stdout_and_the_summary_beside_it(fii: Fii) -> None:
    write("a.yaml", WRONG)
    done = fii("check", "--format", "concise")
    assert done.out == "a.yaml:5:1: FII010 error: unknown key titel\n"
    assert done.err == "1 error, 0 pieces of advice, 0 remarks in 1 trajectory\n"


def test_json_tells_everything(fii: Fii) -> None:
    write("a.yaml", WRONG + "organisations: [{id: a, name: A}, {id: a, name: B}]\n")
    write("b.yml", "dit: is geen traject\n")
    data = json.loads(fii("check", ".", "weg.yaml", "--format", "json").out)
    assert (data["version"], data["files"], data["passed_over"]) == (1, 1, 1)
    assert [(d["code"], d["line"], d["column"]) for d in data["diagnostics"]] == [
        ("FII010", 5, 1),
        ("FII020", 6, 40),
    ]
    assert data["diagnostics"][1]["related"][0]["line"] == 6
    assert json.loads(fii("check", ".", "weg.yaml", "--json").out) == data
    assert data["unopened"] == [{"path": "weg.yaml", "message": "no such file or folder"}]


def test_a_folder_finds_trajectories_and_counts_the_other_yaml(fii: Fii) -> None:
    write("trajecten/a.yaml", GOOD)
    write("trajecten/diep/b.yml", "# yaml-language-server: $schema=../.fii/trajectory.schema.json\n[stuk\n")
    write("trajecten/docker-compose.yaml", "services: {}\n")
    write(".verborgen/c.yaml", GOOD)
    done = fii("check")
    assert done.code == 1
    assert "trajecten/diep/b.yml:2:1" in done.out
    assert "in 2 trajectories\nskipped 1 other YAML file" in done.err


def test_a_trajectory_below_a_folder_is_found_in_any_encoding(fii: Fii) -> None:
    for codec in ("utf-16", "utf-16-le", "latin-1"):
        write(f"{codec}.yaml", GOOD.replace("Proef", "café").encode(codec))
    done = fii("check", "--format", "concise")
    assert (done.code, done.out.count("FII001")) == (1, 3)


def test_a_large_file_below_a_folder_stands_in_the_way_only_where_it_is_a_trajectory(fii: Fii) -> None:
    write("openapi.yaml", b"openapi: 3.0.0\n" + b"#" * 3_000_000)
    write("a.yaml", GOOD)
    done = fii("check")
    assert done.code == 0
    assert "skipped 1 other YAML file" in done.err
    write("b.yaml", b"fii: 1\n" + b"#" * 3_000_000)
    assert fii("check").code == 2


def test_what_git_ignores_is_passed_over(fii: Fii) -> None:
    write("a.yaml", GOOD)
    write("build/b.yaml", WRONG)
    write(".gitignore", "build/\n")
    subprocess.run(["git", "init", "-q"], check=True)
    assert fii("check").code == 0
    assert fii("check", "build/b.yaml").code == 1  # named, it always counts


def test_a_file_named_twice_is_checked_once(fii: Fii) -> None:
    write("a.yaml", WRONG)
    assert fii("check", "a.yaml", "./a.yaml", ".", "--format", "concise").out.count("FII010") == 1


def test_stdin_has_a_name() -> None:
    done = python(
        "--lang",
        "en",
        "check",
        "-",
        "--stdin-filename",
        "x.yaml",
        "--format",
        "concise",
        given=WRONG.encode(),
    )
    assert done.stdout.decode() == "x.yaml:5:1: FII010 error: unknown key titel\n"
    assert done.returncode == 1


def test_nothing_to_check_is_said(fii: Fii) -> None:
    done = fii("check")
    assert (done.code, done.out, done.err) == (0, "", "no trajectory found here; fii new starts one\n")


def test_a_day_can_be_given_to_what_looks_at_the_clock(fii: Fii) -> None:
    write(
        "a.yaml",
        HEAD + "people: [{id: w, role: w}]\n"
        "versterken: {key_people: [{person: w, contacts: [{date: 2025-02-01}]}]}\n",
    )
    assert "FII421" not in fii("check", "--as-of", "2025-02-10").out
    assert "FII421" in fii("check", "--as-of", "2025-06-10").out


def test_reading_never_writes(fii: Fii) -> None:
    raw = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    path = write("a.yaml", raw)
    before = path.stat().st_mtime_ns
    for command in ("check", "status", "entry"):
        assert fii(command, "a.yaml").code == 0
    assert path.read_bytes() == raw
    assert path.stat().st_mtime_ns == before
    assert os.listdir() == ["a.yaml"]


def test_home_shows_the_status_or_greets(fii: Fii) -> None:
    assert "There is no trajectory in this folder yet" in fii().out
    write("a.yaml", GOOD)
    assert "Proef  a.yaml" in fii().out


def test_a_next_step_can_be_copied_whatever_the_file_is_called(fii: Fii) -> None:
    write("mijn traject.yaml", ADVICE)
    assert "next step: fii advance 'mijn traject.yaml'" in fii("status").out


def test_status_of_a_broken_file_says_so_and_shows_the_rest(fii: Fii) -> None:
    write("a.yaml", WRONG)
    write("b.yaml", GOOD)
    done = fii("status")
    assert done.code == 1
    assert "a.yaml  1 error to fix first\n  next step: fii check a.yaml" in done.out
    assert "Proef  b.yaml" in done.out
    data = json.loads(fii("status", "--json").out)
    assert [t["errors"] for t in data["trajectories"]] == [1, 0]


def test_an_example_shows_what_cannot_be_seen(fii: Fii) -> None:
    assert "summary: hier staat een ␤ regelovergang\n" in fii("explain", "FII001").out


def test_explain_shows_all_codes_and_one_in_full(fii: Fii) -> None:
    assert "FII801" in fii("explain").out
    done = fii("explain", "fii211", lang="nl")
    assert "shortlist te klein of te groot" in done.out
    assert "Bron: Broekhuizen & Mak (2022), 2a" in done.out
    assert "# expect" not in done.out
    assert json.loads(fii("explain", "FII211", "--json").out)["severity"] == "advice"


# --- colour, width, encoding --------------------------------------------------------------------------------


def test_colour_is_a_wish_with_an_order(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.yaml", WRONG)
    assert "\x1b[" not in fii("check").out
    assert "\x1b[" in fii("check", "--color", "always").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in fii("check").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in fii("check").out
    assert "\x1b[" in fii("check", "--color=always").out


def test_colour_is_never_the_only_carrier(fii: Fii) -> None:
    write(
        "a.yaml",
        HEAD + "assessments:\n"
        "  - {instrument: stoplicht, date: 2025, ratings: {2a.cultuur: groen, 2a.leren: rood}}\n",
    )
    shown = fii("status", "--color", "always").out
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert plain == fii("status").out
    assert "● 1 green  ■ 1 red  ○ 19 unknown" in plain


@pytest.mark.parametrize(
    "command", ["check", "status", "entry", "explain", "--help", "check --help", "explain FII211"]
)
def test_a_narrow_terminal_keeps_its_width(fii: Fii, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    write(
        "a.yaml",
        HEAD.replace("Proef", "Een heel lange titel van een traject die niet op één regel past")
        + "titel: x\n",
    )
    words = command.split()
    done = fii(*words, "a.yaml") if command in ("check", "entry") else fii(*words)
    for line in done.out.splitlines():
        unbreakable = (
            re.search(r"\S{30,}", line) or "--" in line or "fii " in line or re.search(r"[{\[]", line)
        )
        assert len(line) <= 40 or unbreakable, line


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_lights_that_do_not_fit_beside_a_phase_go_below(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    ratings = "{2a.cultuur: groen, 2a.leren: rood, 2a.sturing: oranje, 2a.caseload: nvt}"
    write("a.yaml", HEAD + f"assessments: [{{instrument: stoplicht, date: 2025, ratings: {ratings}}}]\n")
    shown = fii("status").out
    assert "1 not applicable" in shown
    assert max(map(len, shown.splitlines()[:-1])) <= columns


@pytest.mark.parametrize("command", ["check", "status", "entry", "explain FII211", "--help"])
def test_cp1252_is_survived_with_signs_of_ascii(command: str) -> None:
    write("a.yaml", GOOD + "# é\n")
    words = [*command.split(), *(["a.yaml"] if command in ("check", "status", "entry") else [])]
    done = python("--lang", "nl", *words, PYTHONIOENCODING="cp1252", FORCE_COLOR="1")
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode("cp1252")
    assert not set("●▲■○▶─│┌") & set(text)
    assert b"Traceback" not in done.stderr


def test_a_dumb_terminal_gets_no_colour() -> None:
    write("a.yaml", WRONG)
    done = python("check", "a.yaml", TERM="dumb")
    assert b"\x1b[" not in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise on Windows")
@pytest.mark.parametrize("command", ["check", "explain", "schema"])
def test_a_reader_that_goes_away_is_no_error(command: str) -> None:
    for number in range(60):
        write(f"a{number}.yaml", WRONG)
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    process = subprocess.Popen(
        [sys.executable, "-m", "fii_cli", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    errors = process.stderr.read().decode()
    process.stderr.close()
    process.wait(30)
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise on Windows")
@pytest.mark.parametrize(
    "words",
    [
        "report a.yaml b.yaml --format md --output md/",
        "report a.yaml b.yaml --format md --output md/ --jobs 2",
        "report a.yaml --format md --output -",
        "portfolio . --output site/",
        "portfolio . --format parquet --output tables/",
        "check a.yaml b.yaml --fix",
        "trend a.yaml b.yaml",
        "due .",
        "status a.yaml b.yaml",
        "questionnaire midi --format md",
    ],
)
def test_what_writes_many_files_ends_quietly_if_nobody_reads_on(words: str) -> None:
    for name in ("a.yaml", "b.yaml"):
        write(name, (EXAMPLES / "minimaal.yaml").read_text(encoding="utf-8"))
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1]), "PYTHONUNBUFFERED": "1"}
    read_end, write_end = os.pipe()
    os.close(read_end)
    line = [sys.executable, "-m", "fii_cli", *words.split()]
    done = subprocess.run(line, stdout=write_end, stderr=subprocess.PIPE, env=env, check=False)
    os.close(write_end)
    errors = done.stderr.decode()
    assert "unexpected" not in errors
    assert "Traceback" not in errors
    assert "BrokenPipe" not in errors
    assert "cannot write" not in errors
    assert done.returncode == 0, errors


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix")
def test_closed_stdout_is_no_traceback() -> None:
    write("a.yaml", WRONG)
    env = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
    done = subprocess.run(
        f'"{sys.executable}" -m fii_cli check a.yaml >&-',
        shell=True,
        env=env,
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 1


# --- bad files ----------------------------------------------------------------------------------------------

BAD: dict[str, tuple[bytes, int, str]] = {
    "empty": (b"", 1, "FII006 this file is empty"),
    "a list at the top": (b"- a\n", 1, "FII006 this file contains a list"),
    "tabs": (b"fii: 1\n\ttitle: x\n", 1, "FII002 a tab cannot be used"),
    "unclosed quotes": (b"fii: 1\ntitle: 'x\n", 1, "FII002 unclosed quote"),
    "conflict markers": (
        b"fii: 1\n<<<<<<< a\nx: 1\n=======\nx: 2\n>>>>>>> b\n",
        1,
        "FII003 unresolved merge conflict",
    ),
    "duplicate keys": (GOOD.encode() + b"title: y\n", 1, "FII004 duplicate key title"),
    "anchors": (b"fii: 1\na: &x [1]\nb: *x\n", 1, "FII005 anchors (&)"),
    "python tags": (b"fii: !!python/object/apply:os.system ['true']\n", 1, "FII005 tags (!)"),
    "deep": (b"fii: 1\na: " + b"[" * 10_000 + b"\n", 1, "FII005 values are nested more than 64 levels deep"),
    "NUL": (b"fii: 1\ntitle: a\0b\n", 1, "FII001 invalid character (U+0000)"),
    "UTF-16": ("fii: 1\ntitle: x\n".encode("utf-16"), 1, "FII001 this file is UTF-16"),
    "Latin-1": ("fii: 1\ntitle: café\n".encode("latin-1"), 1, "FII001 invalid UTF-8 from this point"),
    "a Dutch date": (DATED.replace("2025-01", "12-03-2025").encode(), 1, "did you mean 2025-03-12?"),
    "50 MB": (b"fii: 1\n" + b"# " + b"x" * 50_000_000, 2, "this file is 50 MB; a trajectory is at most 2 MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_message_and_never_a_traceback(fii: Fii, name: str) -> None:
    content, code, message = BAD[name]
    write("a.yaml", content)
    started = time.monotonic()
    for command in ("check", "status", "entry", "report"):
        done = fii(command, "a.yaml")
        assert done.code == code, (command, done)
        assert "Traceback" not in done.out + done.err
        if command != "status":
            assert message in done.out + done.err
    assert time.monotonic() - started < 20
    assert os.listdir() == ["a.yaml"]


def test_a_billion_laughs_is_over_at_once(fii: Fii) -> None:
    lines = ["fii: 1", "a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    write("a.yaml", "\n".join(lines))
    assert fii("check", "a.yaml").code == 1


@pytest.mark.skipif(os.name == "nt", reason="files of Unix")
def test_what_is_no_ordinary_file_is_named_and_never_waited_for(fii: Fii) -> None:
    os.mkfifo("fifo.yaml")
    Path("link.yaml").symlink_to("weg.yaml")
    Path("loop.yaml").symlink_to("loop.yaml")
    Path("map.yaml").mkdir()
    done = fii("check", "fifo.yaml", "link.yaml", "loop.yaml", "a\0b", "/dev/null")
    assert done.code == 2
    assert "fifo.yaml: this is not a regular file" in done.err
    assert "link.yaml: broken symbolic link" in done.err
    assert "loop.yaml: this symbolic link points to itself" in done.err
    assert "this is not a valid file name" in done.err
    assert "/dev/null: this is not a regular file" in done.err
    assert fii("entry", "map.yaml").err.startswith("fii: map.yaml: this is a folder, not a file")
    assert fii("check").code == 0  # below a folder they are no files at all


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_named(fii: Fii) -> None:
    write("a.yaml", GOOD).chmod(0)
    done = fii("check", "a.yaml")
    assert done.code == 2
    assert "a.yaml: no permission to read or write this" in done.err


def test_a_permission_that_is_missing_is_worded(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    write("a.yaml", GOOD)
    monkeypatch.setattr("fii_cli.project.files.os.open", refused)
    done = fii("check", "a.yaml")
    assert done.code == 2
    assert "a.yaml: no permission to read or write this" in done.err


def test_text_of_users_is_shown_as_it_is(fii: Fii) -> None:
    write("a.yaml", GOOD.replace("Proef", '"[bold]x[/b] {0} %s \\\\ <b>"'))
    assert "[bold]x[/b] {0} %s \\ <b>  a.yaml" in fii("status").out
    assert fii("entry", "a.yaml", "--color", "always").code == 0


def test_evidence_is_looked_for_in_git_or_on_disk(fii: Fii) -> None:
    rating = "ratings: {2a.cultuur: {value: groen, evidence: bewijs/a.pdf}}"
    write("t/a.yaml", HEAD + f"assessments: [{{instrument: stoplicht, date: 2025-01, {rating}}}]\n")
    assert "FII032" in fii("check", "--as-of", "2025-01-05").out
    write("t/bewijs/a.pdf", "x")
    assert "FII032" not in fii("check", "--as-of", "2025-01-05").out
    subprocess.run(["git", "init", "-q"], check=True)
    assert "FII032" in fii("check", "--as-of", "2025-01-05").out
    subprocess.run(["git", "add", "t/bewijs/a.pdf"], check=True)
    assert "FII032" not in fii("check", "--as-of", "2025-01-05").out


def test_many_mistakes_in_a_large_file_are_shown_in_seconds(fii: Fii) -> None:
    write("a.yaml", HEAD + "log:\n" + "".join(f"  - {{datum: 2025, text: {n}}}\n" for n in range(5_000)))
    started = time.monotonic()
    done = fii("check", "a.yaml", "--format", "concise")
    assert done.out.count("FII010") == 5_000
    assert time.monotonic() - started < 20


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_output_is_said_and_is_no_fault_of_fii() -> None:
    with open("/dev/full", "wb") as full:
        env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        env["PYTHONPATH"] = str(Path(cli.__file__).parents[1])
        words = [sys.executable, "-m", "fii_cli", "--lang", "en", "explain"]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, env=env, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == "fii: cannot write the output: No space left on device\n"


def test_a_name_that_is_too_long_is_said(fii: Fii) -> None:
    done = fii("new", "x" * 300, "--title", "x", "--commission", "ja", "--no-receiving")
    assert done.code == 2
    assert "this name is too long" in done.err
