"""Several trajectories together: a line for each, what they share, and pages that lead to each other."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli.words import PHASES
from helpers import HEAD
from test_report import outline

DAY = ("--as-of", "2025-03-10")


def trajectory(title: str, rating: str, helped: str) -> str:
    return HEAD.replace("Proef", title) + (
        "people:\n  - {id: wethouder, role: wethouder onderwijs, name: J. Verzonnen}\n"
        "visits:\n  - {phase: versterken, entered: 2025-01, via: entry}\n"
        "versterken:\n  key_people:\n    - {person: wethouder, contacts: [{date: 2025-01-05, present: ja}]}\n"
        "assessments:\n  - {instrument: stoplicht, date: 2025-03-01, ratings: {4b.aandacht: rood}}\n"
        + f"  - {{instrument: cfir, date: 2025-03-01, ratings: {{III.D.2: {{value: {rating}, note: zo}}}}}}\n"
        "actions:\n"
        "  - {id: a, what: a, strategy: champions, status: klaar,"
        f" result: {{date: 2025-03-02, helped: {helped}}}}}\n"
        "  - {id: b, what: b, owner: wethouder, due: 2025-02-01}\n"
    )


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder, title, rating, helped in (("noord", "Noord", "-2", "ja"), ("zuid", "=Zuid | b", "-1", "nee")):
        Path(folder).mkdir()
        Path(folder, "plan.yaml").write_text(trajectory(title, rating, helped), encoding="utf-8")
    Path("oost.yaml").write_text(HEAD.replace("Proef", "Oost"), encoding="utf-8")


def test_a_line_for_each_and_what_they_share_with_n(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    done = fii("portfolio", *DAY)
    assert done.code == 0
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert any(line.startswith("Noord 4 Strengthening 1 red, 10") for line in lines)
    assert any("wethouder 2025-02-01, 2 (2 strong)" in line for line in lines)
    assert any(line.startswith("Oost no phase has") and line.endswith("unknown") for line in lines)
    assert "cfir/III.D.2 Compatibility 2 of 2" in lines
    assert "Identify and prepare champions 2 of 3 yes 1, no 1 (n = 2)" in lines
    assert not any(line != line.rstrip() for line in done.out.splitlines())
    assert "Verzonnen" not in done.out


def test_a_narrow_terminal_reads_it_row_below_row(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = fii("portfolio", *DAY).out.splitlines()
    at = lines.index("Noord")
    assert lines[at + 1 : at + 6] == [
        "  4 Strengthening · 1 red, 10 unknown ·",
        "  Overdue: 1 · Movement: first",
        "  assessment · Radio silence: wethouder",
        "  onderwijs (9 weeks) · Next date:",
        "  2025-02-01, overdue · Barriers: 2 (2",
    ]
    assert all(len(line) <= 40 for line in lines)


def test_a_file_is_no_folder_for_pages(fii: Fii) -> None:
    before = Path("oost.yaml").read_text(encoding="utf-8")
    done = fii("portfolio", "-o", "oost.yaml", *DAY)
    assert done.code == 2
    assert "a folder in this path is a file" in done.err
    assert Path("oost.yaml").read_text(encoding="utf-8") == before


def test_a_broken_file_is_a_line_and_never_the_end(fii: Fii) -> None:
    Path("west.yaml").write_text("fii: 1\ntitle: [\n", encoding="utf-8")
    done = fii("portfolio", *DAY)
    assert done.code == 1
    assert "west.yaml" in done.out
    assert "line 3: FII002 unclosed bracket or missing comma" in " ".join(done.out.split())
    assert "Noord" in done.out
    data = json.loads(fii("portfolio", *DAY, "--format", "json").out)
    assert data["unreadable"][0]["path"] == "west.yaml"
    pages = fii("portfolio", *DAY, "-o", "site")
    assert pages.code == 1
    assert "west.yaml: line 3: FII002 unclosed bracket or missing comma" in " ".join(pages.err.split())
    assert fii("portfolio", "nergens", *DAY).code == 2
    assert fii("portfolio", "nergens", "oost.yaml", *DAY, "-o", "site").code == 2
    assert fii("portfolio", "oost.yaml", *DAY).code == 0


def test_a_file_with_an_error_is_broken_also_where_it_can_be_read(fii: Fii) -> None:
    text = HEAD + "signaleren: {commissioner: {organisation: onbekend}}\n"
    Path("west.yaml").write_text(text, encoding="utf-8")
    done = fii("portfolio", *DAY, "--format", "json")
    assert done.code == 1
    (west,) = json.loads(done.out)["unreadable"]
    assert (west["path"], west["line"]) == ("west.yaml", 5)
    assert "west.yaml" not in [each["path"] for each in json.loads(done.out)["trajectories"]]


@pytest.mark.parametrize(
    ("audience", "heads"),
    [
        (
            "team",
            [
                "Trajectory",
                "Phase",
                "Lights",
                "Red",
                "Overdue",
                "Movement",
                "Radio silence",
                "Next date",
                "Barriers",
            ],
        ),
        (
            "steering",
            ["Trajectory", "Phase", "Lights", "Red", "Overdue", "Movement", "Next date", "Barriers"],
        ),
        ("client", ["Trajectory", "Phase", "Lights", "Red", "Overdue", "Movement", "Next date", "Barriers"]),
        ("public", ["Trajectory", "Phase"]),
    ],
)
def test_an_edition_has_no_column_that_it_may_not_show(fii: Fii, audience: str, heads: list[str]) -> None:
    table = fii("portfolio", *DAY, "--audience", audience, "--format", "csv").out
    assert table.splitlines()[0].split(",") == [*heads, "fii"]
    known = {
        "Lights": "lights",
        "Red": "red",
        "Overdue": "overdue",
        "Movement": "moved",
        "Next date": "next",
        "Radio silence": "radio_silence",
    }
    data = json.loads(fii("portfolio", *DAY, "--audience", audience, "--format", "json").out)
    shown = data["trajectories"][0].keys()
    assert [key for head, key in known.items() if head in heads] == [k for k in known.values() if k in shown]
    if audience in ("client", "public"):
        assert "wethouder" not in str(data)
        paths = ["plan.yaml", "plan.yaml", "oost.yaml"]  # by need, of which the public sees nothing
        assert [each["path"] for each in data["trajectories"]] == (
            sorted(paths) if audience == "public" else paths
        )


def test_programs_and_spreadsheets_get_the_same(fii: Fii) -> None:
    data = json.loads(fii("portfolio", *DAY, "--format", "json").out)
    noord = data["trajectories"][0]
    phases = noord.pop("phases")
    assert [each["phase"] for each in phases] == list(PHASES)
    assert phases[3]["state"] == "here"
    assert phases[3]["lights"] == noord["phase_lights"]
    assert noord == {
        "path": "noord/plan.yaml",
        "title": "Noord",
        "phase": "versterken",
        "latest_phase": "versterken",
        "state": "here",
        "also_open": 0,
        "lights": {"groen": 0, "oranje": 0, "rood": 1},
        "red": ["4b.aandacht"],
        "overdue": 1,
        "phase_lights": {"groen": 0, "oranje": 0, "rood": 1, "onbekend": 10, "nvt": 0},
        "moved": None,
        "next": {"date": "2025-02-01", "kind": "action", "what": "b", "overdue": True},
        "radio_silence": ["wethouder"],
        "silent_weeks": {"wethouder": 9},
        "barriers": 2,
        "strong_barriers": 2,
    }
    assert data["strategies"] == [
        {"id": "champions", "trajectories": 2, "helped": {"ja": 1, "nee": 1}, "n": 2, "unrecorded": 0}
    ]
    shared = {each["place"]: each for each in data["barriers"]}
    assert shared["cfir/III.D.2"] == {"place": "cfir/III.D.2", "trajectories": 2, "known": 2, "strong": 1}
    assert fii("portfolio", *DAY, "--format", "csv", "-o", "p.csv").code == 0
    raw = Path("p.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=","))
    assert [row[0] for row in rows] == ["Trajectory", "Noord", "'=Zuid | b", "Oost"]
    assert fii("portfolio", *DAY, "--format", "csv", "-o", "p.csv").code == 2
    assert fii("portfolio", *DAY, "--format", "csv", "-o", "p.csv", "--force").code == 0


@pytest.mark.parametrize("format_", ["html", "md"])
def test_pages_lead_to_each_other_and_are_the_same_twice(fii: Fii, format_: str) -> None:
    words = ("portfolio", *DAY, "--format", format_, "-o", "site")
    assert fii(*words).code == 0
    names = sorted(path.name for path in Path("site").iterdir())
    assert names == sorted(f"{n}.{format_}" for n in ("index", "noord-plan", "oost", "zuid-plan"))
    page = Path(f"site/index.{format_}").read_text(encoding="utf-8")
    for name in ("noord-plan", "oost", "zuid-plan"):
        assert f"{name}.{format_}" in page
    before = {path.name: path.read_bytes() for path in Path("site").iterdir()}
    assert fii(*words).code == 0
    assert {path.name: path.read_bytes() for path in Path("site").iterdir()} == before
    if format_ == "html":
        tags = outline(page).tags
        assert [tag for tag, attributes in tags if {"src", "onclick", "style"} & attributes.keys()] == []
        assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    else:
        assert r"\| b" in page


def test_what_is_no_page_of_fii_is_left_alone(fii: Fii) -> None:
    Path("site").mkdir()
    Path("site/oost.html").write_text("<p>van mij</p>", encoding="utf-8")
    done = fii("portfolio", *DAY, "-o", "site")
    assert done.code == 2
    assert "not overwritten" in done.err
    assert sorted(path.name for path in Path("site").iterdir()) == ["oost.html"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--format", "html"), "pages are written to a folder"),
        (("--format", "text", "-o", "x"), "text is printed, not written to a file"),
        (("--format", "docx"), "invalid value docx for --format"),
        (("--as-of", "gisteren"), "invalid day gisteren"),
    ],
)
def test_what_does_not_fit_is_refused(fii: Fii, words: tuple[str, ...], message: str) -> None:
    done = fii("portfolio", *words)
    assert done.code == 2
    assert message in done.err


def test_nothing_is_said_where_nothing_is(fii: Fii) -> None:
    Path("leeg").mkdir()
    assert "no trajectory found here" in fii("portfolio", "leeg").err
