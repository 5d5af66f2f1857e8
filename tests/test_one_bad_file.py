"""One bad file is one finding: it is named, and nothing that is said of the other files goes missing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.commands.check import FORMATS
from fii_cli.edits.write import mend
from fii_cli.language import Language
from fii_cli.yaml.read import read_bytes
from helpers import HEAD

GOOD = HEAD + "actions: [{id: a, what: doen}]\n"
REMARK = "FII701"
"""What fii says of the good file."""


@pytest.fixture(autouse=True)
def _two_files(here: Path) -> None:
    Path("goed.yaml").write_text(GOOD, encoding="utf-8")


def bad(text: str | bytes, name: str = "fout.yaml") -> None:
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())


BAD: dict[str, str | bytes] = {
    "a directive and no ---": "%YAML 1.2\nfii: 1\n",
    "a directive": "%YAML 1.2\n---\nfii: 1\n",
    "a directive behind a comment": "# fii: 1\n\n%TAG ! x\nfii: 1\n",
    "a directive of nothing": "%\nfii: 1\n",
    "two directives": "%YAML 1.1\n%YAML 1.2\n---\nfii: 1\n",
    "a directive of a parser to come": "%YAML 9.9\n---\nfii: 1\n",
    "a superscript version": HEAD.replace("fii: 1", "fii: ²"),
    "an Arabic version": HEAD.replace("fii: 1", "fii: ٢"),
    "a version without end": HEAD.replace("fii: 1", "fii: " + "9" * 6000),
    "a date in Arabic digits": HEAD.replace("2025-01", "٢٠٢٥-٠٣"),
    "a date in full-width digits": HEAD.replace("2025-01", "２０２５-01"),
    "a date with a line break": HEAD.replace("date: 2025-01", 'date: "2025-01\\n"'),
    "a superscript count": HEAD + "implementeren: {training: {sessions: [{date: 2025-01-01, trained: ²}]}}\n",
    "a count without end": HEAD
    + f"implementeren: {{training: {{sessions: [{{date: 2025-01-01, trained: {'9' * 6000}}}]}}}}\n",
    "a number without end": HEAD
    + "borgen: {indicators: [{id: a, what: b, measurements: "
    + f"[{{date: 2025-01-01, value: 1e{'9' * 400}}}]}}]}}\n",
    "a surrogate": HEAD + 'summary: "\\ud800"\n',
    "printed as text": b"fii: 1\n\xff\xfe\x00\xff",
    "half a character": HEAD.encode() + b"summary: \xe2\x82",
    "a null": b"fii: 1\x00",
    "a hundred thousand brackets": "fii: 1\nx: " + "[" * 100_000,
    "a deep block": "fii: 1\n" + "".join(" " * n + "- \n" for n in range(500)),
    "a tag of Python": "fii: !!python/object/apply:os.system [id]\n",
    "an anchor of itself": "fii: &a [*a]\n",
    "a list": "- fii: 1\nfii:\n",
    "a key that must be a list": "fii: 1\n? [a, b]\n: c\n",
    "only the modeline": "# yaml-language-server: $schema=.fii/trajectory.schema.json\n",
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_named_and_the_others_are_judged(fii: Fii, what: str) -> None:
    bad(BAD[what])
    done = fii("check", "--format", "concise", "--strict")
    assert done.code == 1, done.err
    assert "fout.yaml:" in done.out
    assert "FII008" not in done.out  # each is understood
    assert f": {REMARK} " in done.out
    for command in (("status",), ("portfolio",), ("portfolio", "--output", "site/")):
        told = fii(*command)
        assert told.code == 1, told.err
        assert "Proef" in told.out + "".join(p.read_text(encoding="utf-8") for p in Path().glob("site/*"))
        assert "unexpected" not in told.out + told.err
    told = fii("report", "fout.yaml", "goed.yaml", "--output", "rapport/")
    assert told.code == 1, told.err
    assert Path("rapport/goed.html").exists()


COMMANDS: dict[str, tuple[str, ...]] = {
    "check": ("check", "--strict"),
    "concise": ("check", "--format", "concise"),
    "sarif": ("check", "--format", "sarif"),
    "github": ("check", "--format", "github"),
    "gitlab": ("check", "--format", "gitlab"),
    "junit": ("check", "--format", "junit"),
    "json": ("check", "--json"),
    "markdown": ("check", "--format", "markdown"),
    "status": ("status",),
    "portfolio": ("portfolio",),
    "pages": ("portfolio", "--output", "site/"),
    "report": ("report", "fout.yaml", "goed.yaml", "--output", "rapport/"),
    "several": ("report", "goed.yaml", "fout.yaml", "--format", "md", "--output", "rapport/"),
}


def _failing(real: Callable[..., Any]) -> Callable[..., Any]:
    """A function that fails on the bad file alone."""

    def wrapped(*words: Any, **more: Any) -> Any:
        told = str(words) + str(more)
        if "Struikelblok" in told or "fout.yaml" in told:
            raise KeyError("iets")
        return real(*words, **more)

    return wrapped


@pytest.fixture(
    params=[
        "fii_cli.project.files.read_bytes",
        "fii_cli.project.surroundings.check",
        "fii_cli.rules.check.trajectory_in",
        "fii_cli.commands.portfolio_members.standing_of",
        "fii_cli.commands.status.standing_of",
        "fii_cli.commands.report_pages.report_of",
    ]
)
def broken_inside(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A fault in fii itself, at one of the places where a file is read, judged or rendered."""
    bad(HEAD.replace("Proef", "Struikelblok"))
    module, _, name = request.param.rpartition(".")
    real = getattr(__import__(module, fromlist=[name]), name)
    monkeypatch.setattr(request.param, _failing(real))
    return str(request.param)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_fault_in_fii_costs_one_file(fii: Fii, broken_inside: str, command: str) -> None:
    done = fii(*COMMANDS[command])
    told = done.out + done.err
    assert "Traceback" not in told
    reached = {
        "fii_cli.commands.portfolio_members.standing_of": ("portfolio", "pages"),
        "fii_cli.commands.status.standing_of": ("status",),
        "fii_cli.commands.report_pages.report_of": ("pages", "report", "several"),
    }.get(broken_inside, tuple(COMMANDS))
    if command in reached:
        assert done.code in (1, 2)
        assert "fout.yaml" in told
        if command != "status":  # it counts errors, and sends to fii check
            assert "FII008" in told or "unexpected error in fii (KeyError)" in told
    else:
        assert done.code in (0, 1)
    if command in ("check", "concise", "sarif", "github", "gitlab", "junit", "json", "markdown"):
        assert REMARK in told
    elif command in ("status", "portfolio"):
        assert "Proef" in done.out
    elif command == "pages":
        assert Path("site/goed.html").exists()
        assert Path("site/index.html").exists()
    else:
        assert list(Path("rapport").glob("goed.*"))


def test_of_an_unforeseen_error_only_its_kind_is_told(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fii_cli.project.surroundings.check", _failing(lambda *_: None))
    bad(HEAD.replace("Proef", "Struikelblok"))
    done = fii("check", "fout.yaml")
    assert "unexpected error in fii (KeyError)" in done.out
    assert "iets" not in done.out + done.err


def test_the_details_are_shown_when_that_is_asked(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("fii_cli.project.surroundings.check", _failing(lambda *_: None))
    bad(HEAD.replace("Proef", "Struikelblok"))
    monkeypatch.setenv("FII_DEBUG", "1")
    with pytest.raises(KeyError):
        fii("check")


@pytest.mark.parametrize(
    "path", ["organisations.².name", "organisations.٣.name", "organisations." + "9" * 6000 + ".name"]
)
def test_a_number_in_other_digits_leads_nowhere(fii: Fii, path: str) -> None:
    Path("a.yaml").write_text(HEAD + "organisations: [{id: a, name: A}]\n", encoding="utf-8")
    done = fii("set", "a.yaml", path, "x")
    assert done.code == 2
    assert "does not exist" in done.err


@pytest.mark.skipif(os.name != "posix", reason="words of bytes are of POSIX")
@pytest.mark.parametrize("more", ["", "# een opmerking\n"])
def test_a_value_that_is_no_text_is_not_written(fii: Fii, more: str) -> None:
    before = GOOD + more
    Path("goed.yaml").write_text(before, encoding="utf-8")
    done = fii("set", "goed.yaml", "summary", os.fsdecode(b"x\xff"))
    assert done.code == 2
    assert "Traceback" not in done.err
    assert "unexpected" not in done.err
    assert Path("goed.yaml").read_text(encoding="utf-8") == before


def test_a_file_in_the_notation_of_json_is_found_as_any_other(fii: Fii) -> None:
    Path("json.yaml").write_text('{\n"fii": 1,\n"title": "Kapot"\n}\n', encoding="utf-8")
    assert "json.yaml:" in fii("check", "--format", "concise").out


def test_a_file_that_only_mentions_the_schema_is_no_trajectory(fii: Fii) -> None:
    Path("ci.yml").write_text("script: fii schema --output .fii/trajectory.schema.json\n", encoding="utf-8")
    Path("ander.yaml").write_text("# yaml-language-server: $schema=ander.json\na: b\n", encoding="utf-8")
    done = fii("check", "--format", "concise", "--strict")
    assert "ci.yml" not in done.out
    assert "ander.yaml" not in done.out


@pytest.mark.parametrize("id_", ["²", "٣", "9" * 100])
def test_a_scale_may_have_any_id(fii: Fii, id_: str) -> None:
    Path(".fii/instruments").mkdir(parents=True)
    Path(".fii/instruments/eigen.yaml").write_text(
        "id: eigen\nname: Eigen\nscale:\n  values:\n"
        f"    - {{id: '{id_}', name: Een, help: een, hinders: 1}}\n"
        "    - {id: b, name: Twee, help: twee}\n"
        "groups: [{id: g, name: G, items: [{id: i, name: I, meaning: M}]}]\n",
        encoding="utf-8",
    )
    Path("a.yaml").write_text(
        HEAD
        + "assessments:\n  - {instrument: eigen, date: 2025-01-01, responses: 9, "
        + f"counts: {{i: {{'{id_}': 9}}}}}}\n",
        encoding="utf-8",
    )
    for command in ("check", "score", "barriers", "report"):
        words = ("--instrument", "eigen") if command == "score" else ()
        assert fii(command, "a.yaml", *words).code == 0


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        (".fii/instruments/kapot.yaml", b"\xff\xfe"),
        (".fii/instruments/kapot.yaml", b"%YAML 1.2\nid: x\n"),
        (".fii/instruments/kapot.yaml", b"id: x\nscale: \xc2\xb2\n"),
        (".fii/instruments/kapot.yaml", b"[" * 100_000),
        ("fii.toml", b"\xff\xfe\x00"),
        ("fii.toml", b"a = 1" + b"0" * 6000),
        ("fii.toml", b"[rules.FII421]\nweeks = " + "²".encode()),
        ("fii.toml", b"x = " + b"[" * 100_000),
        ("fii.toml", b"[rules.FII421]\nseverity = ['info']\n"),
        ("fii.toml", b"[rules.FII421]\nseverity = {a = 1}\n"),
        ("fii.toml", b"[rules.FII421]\nweeks = 99999999999\n"),
        ("fii.toml", b"[rules.FII804]\nmonths = 10000\n"),
        ("fii.toml", b"[check]\nfail-on = ['info']\nselect = {a = 1}\n"),
        ("fii.toml", b"language = ['nl']\n[counts]\nhinders = [1]\n[style]\nfont = [[]]\naccent = []\n"),
    ],
)
def test_bad_settings_and_instruments_are_findings_too(fii: Fii, name: str, raw: bytes) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(raw)
    done = fii("check", "--format", "concise", "--strict")
    assert done.code == 1, done.err
    assert f"{name}:" in done.out
    assert f"goed.yaml:5:11: {REMARK}" in done.out
    assert fii("status").code == 0


@pytest.mark.parametrize("name", [".fii/instruments/link.yaml", "fii.toml"])
def test_no_link_brings_in_a_file_from_elsewhere(fii: Fii, here: Path, name: str) -> None:
    secret = here.parent / f"geheim-{here.name}"
    secret.write_text("wachtwoord = hunter2", encoding="utf-8")
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    os.symlink(secret, name)
    done = fii("check", "--strict")
    assert done.code == 1
    assert "a symbolic link takes this file outside its folder" in done.out
    assert "hunter2" not in done.out + done.err
    assert REMARK in done.out


@pytest.mark.skipif(os.name != "posix", reason="names of bytes are of POSIX")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_that_is_no_text_stops_nothing(fii: Fii, command: str) -> None:
    bad(HEAD + "x: 1\n", os.fsdecode(b"fout\xff.yaml"))
    words = [word.replace("fout.yaml", os.fsdecode(b"fout\xff.yaml")) for word in COMMANDS[command]]
    done = fii(*words)
    assert done.code == 1, done.err
    if command in ("check", "concise", "sarif", "github", "gitlab", "junit", "json", "markdown"):
        assert REMARK in done.out
    if command in ("sarif", "gitlab", "json"):
        json.loads(done.out)


def _fails_on(word: str, real: Any) -> Any:
    """A function that fails where a word is among what it is given."""

    def wrapped(*words: Any, **more: Any) -> Any:
        if word in repr(words) + repr(more):
            raise KeyError(word)
        return real(*words, **more)

    return wrapped


@pytest.mark.parametrize("form", FORMATS)
def test_findings_that_cannot_be_written_do_not_silence_the_others(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    Path("a.yaml").write_text(HEAD + "titel: x\n", encoding="utf-8")
    Path("b.yaml").write_text(HEAD + "struikelblok: x\n", encoding="utf-8")
    real = Language.__call__
    monkeypatch.setattr(Language, "__call__", _fails_on("struikelblok", real))
    done = fii("check", "--format", form)
    assert done.code == 1
    told = done.out + done.err
    assert "titel" in told
    assert "FII008" in told
    assert "b.yaml" in told


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_file_that_cannot_be_mended_does_not_stop_the_others(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    for name in ("a", "b", "c"):
        Path(f"{name}.yaml").write_text(HEAD + f"summaryy: {name * 20}\n", encoding="utf-8")
    monkeypatch.setattr("fii_cli.commands.fix.mend", _fails_on("b" * 20, mend))
    done = fii("check", "--fix", *(["--dry-run"] if dry_run else []))
    assert done.code == 2
    assert "b.yaml: unexpected error in fii (KeyError)" in done.err
    mended = [name for name in "abc" if "summary: " in Path(f"{name}.yaml").read_text(encoding="utf-8")]
    assert mended == ([] if dry_run else ["a", "c"])
    told = done.out + done.err
    assert all(name * 20 in told for name in "ac")


# --- the whole syntax of YAML -------------------------------------------------------------------------------

SYNTAX = [
    "a: |2-\n    x\n",
    "a: >+\n  x\n\n\n",
    "? a\n: b\n",
    "? |\n  a\n: b\n",
    "{a: b, c: [d, e], ? f : g}",
    "[a, [b, c], {d: e}, f: g]",
    "- - - a\n",
    "a: !!str 1\n",
    "a: !local 1\n",
    "a: !<tag:yaml.org,2002:str> 1\n",
    "a: &x 1\nb: *x\n",
    "a: &x {b: 1}\nc: {<<: *x}\n",
    "<<: {a: 1}\n",
    "--- a\n",
    "---\n...\n---\n...\n",
    "...\n",
    "--- |\n a\n",
    "--- # leeg\n",
    "a: 'it''s'\n",
    'a: "\\x41\\u00e9\\U0001F600\\/\\_\\N\\L\\P\\\n  b"\n',
    "a: b: c\n",
    "a:\tb\n",
    "\ta: b\n",
    "a: `b`\n",
    "a: @b\n",
    "a: %b\n",
    "%b: a\n",
    "a: -\n",
    "a: - b\n",
    "-a: b\n",
    "- a\nb: c\n",
    "a: [\n",
    "a: {\n",
    "a: ]\n",
    'a: "\n',
    "a: '\n",
    "a: |x\n b\n",
    "a: |10\n b\n",
    "a: *\n",
    "a: &\n",
    "a: !\n",
    "a: !<\n",
    "a: &x\nb: *y\n",
    "[]: a\n",
    "{}: a\n",
    "? ? ? a\n",
    ": a\n",
    ":\n",
    "?\n",
    "-\n",
    "- \n- \n",
    "a: b\n c: d\n",
    "a: b\n  - c\n",
    "a\nb\n",
    "a: 1\na: 2\n",
    "",
    " ",
    "#",
    "\n\n\n",
    "~",
    "null: null\n",
    "a: \u2028b\n",
    "a: \x85b\n",
    "\ufeffa: b\n",
    "a: b\n\ufeff",
    "a: !!binary YQ==\n",
    "a: !!set {b, c}\n",
    "a: !!omap [b: c]\n",
    "a: !!timestamp 2001-01-01\n",
    "!!map {a: b}\n",
    "a: >\n  x\n y\n",
    "a: 'x\n y'\n",
    "key with spaces: x # y\n",
    "a: x #y\nb: x#y\n",
    "a: [b,c,]\n",
    "a: {b,c,}\n",
    "a: [,]\n",
    "a: {,}\n",
    "a: {b: , c: }\n",
    "\"a\": 'b'\n",
    'a: {"b":c}\n',
    'a: ["b":c]\n',
    "a: ? b\n",
    "a: {? b}\n",
    "a: [? b]\n",
    "%YAML 1.1\n---\na: b\n",
    "%YAML\n",
    "%YAML 1\n---\n",
    "%TAG\n---\n",
    "%TAG ! tag:x,2000:\n---\na: !b c\n",
    "%FOO bar\n---\na\n",
    "---\n%YAML 1.2\n",
    "a: b\n%YAML 1.2\n---\n",
    "a: b\n...\n%YAML 1.2\n---\nb: c\n",
]


@pytest.mark.parametrize("text", SYNTAX)
def test_all_of_yaml_becomes_data_or_a_finding_with_a_place(fii: Fii, text: str) -> None:
    document = read_bytes(text.encode())
    assert document.data is not None or document.problems or text.strip("\ufeff \n~.-:?#") in ("", "leeg")
    for problem in document.problems:
        assert 1 <= problem.span.line <= text.count("\n") + 2
        assert problem.span.column >= 1
    bad(text.encode() + b"\nfii: 1\n")
    done = fii("check", "--format", "concise", "fout.yaml")
    assert done.code == 1, done.err
    assert "FII008" not in done.out
    assert done.out.startswith("fout.yaml:")


@pytest.mark.parametrize(
    ("text", "line"),
    [('title: a\nsummary: "\\U00110000"\n', 2), ('a: b\nc: "\\UFFFFFFFF"\n', 2), ("---\n%YAML 1.2\n", 2)],
)
def test_where_the_parser_itself_breaks_the_place_is_told(text: str, line: int) -> None:
    (problem,) = read_bytes(text.encode()).problems
    assert problem.span.line in (line, line + 1)
