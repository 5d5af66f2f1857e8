"""What forges and pull requests get from ``fii check``."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema

from conftest import Fii
from fii_cli import output
from fii_cli.commands.check import FORMATS
from helpers import HEAD

WRONG = HEAD.replace("gevraagd", "gevraagt") + "titel: 'a, b: 50% | c'\n"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a,b.yaml").write_text(WRONG, encoding="utf-8")


def test_an_annotation_for_each_finding_with_its_place_in_the_text(fii: Fii) -> None:
    done = fii("check", "a,b.yaml", "--format", "github", "--as-of", "2025-02-01")
    assert done.code == 1
    assert done.out.splitlines()[0] == (
        "::error file=a%2Cb.yaml,line=4,endLine=4,col=21,endColumn=29,title=FII012::"
        "a,b.yaml:4:21: FII012 invalid value gevraagt for commission%0Ahelp: did you mean gevraagd?"
    )
    assert len(done.out.splitlines()) == 2


def test_ten_of_a_kind_gravest_first_and_the_rest_counted(fii: Fii) -> None:
    lines = "".join(f"onbekend{n}: 1\n" for n in range(12))
    actions = "actions:\n  - {id: a, what: x}\n"
    Path("c.yaml").write_text(HEAD + actions + lines, encoding="utf-8")
    shown = fii("check", "c.yaml", "--format", "github", "--as-of", "2025-02-01").out.splitlines()
    assert [line.split()[0] for line in shown] == [
        *["::error"] * 10,
        "2",
        "c.yaml:17:1:",
        "c.yaml:18:1:",
        "::warning",
    ]


def test_what_is_behind_the_tenth_is_no_annotation_and_no_command(fii: Fii) -> None:
    Path("a,b.yaml").unlink()
    keys = "".join(f'"k{n}\\n::stop-commands::x ##[group]\\u2029::y::": 1\n' for n in range(12))
    for name in ("c\n::stop-commands::d.yaml", "e\r::error::f.yaml", "g\u2028::add-mask::h.yaml"):
        Path(name).write_text(HEAD + keys, encoding="utf-8")
    done = fii("check", ".", "weg\n::set-output name=x::y", "--format", "github")
    assert done.code == 2
    lines = re.split("[\n\r\x85\u2028\u2029]", done.out + done.err)
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert [line.split()[0] for line in commands] == ["::error"] * 10 + ["::warning"] * 3
    assert all(line.split()[1].startswith("file=") for line in commands)
    assert "26 more like these:" in lines
    assert not [line for line in lines if "##[" in line]
    assert "%0Ahelp: " in commands[0]
    assert any("file=c%0A%3A%3Astop-commands" in line for line in commands)


def test_in_an_action_it_is_the_default_and_the_summary_gets_a_page(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))
    Path("summary.md").write_text("# eerder\n", encoding="utf-8")
    done = fii("check", "a,b.yaml")
    assert f"file={tmp_path.name}/a%2Cb.yaml," in done.out
    page = Path("summary.md").read_text(encoding="utf-8")
    assert page.startswith("# eerder\n## fii check\n\n2 errors")
    assert fii("check", "a,b.yaml", "--format", "text").out.startswith("FII012")
    assert Path("summary.md").read_text(encoding="utf-8") == page
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    again = fii("check", "a,b.yaml")
    assert again.code == 1
    assert "this is a folder" in again.err


def test_a_page_for_a_pull_request(fii: Fii) -> None:
    Path("a,b.yaml").unlink()
    Path("c.yaml").write_text(
        HEAD + "actions:\n  - {id: 'a|b', what: x, answers: ['x|y/z']}\n", encoding="utf-8"
    )
    page = fii("check", "--format", "markdown").out.splitlines()
    assert page[0] == "## fii check"
    assert "| Location | Code | What | What to do |" in page
    rows = [line for line in page if line.startswith("| c.yaml")]
    assert rows
    for row in rows:
        assert row.replace("\\|", "").count("|") == 5
    Path("c.yaml").write_text(HEAD, encoding="utf-8")
    assert (
        "✓ 1 trajectory, nothing found" in fii("check", "--format", "markdown", "--as-of", "2025-02-01").out
    )


def test_every_format_has_a_module_and_a_form_of_its_own(fii: Fii) -> None:
    modules = {
        path.stem: path.read_text(encoding="utf-8") for path in Path(output.__file__).parent.glob("*.py")
    }
    writing = {name for name, text in modules.items() if f"def as_{name}(" in text}
    assert not writing - set(FORMATS), f"add {writing - set(FORMATS)} to FORMATS in commands/check.py"
    assert not set(FORMATS) - writing, f"add {set(FORMATS) - writing} in output/, with a function as_…"
    written: dict[str, str] = {}
    for name in FORMATS:
        out = fii("check", "a,b.yaml", "--format", name).out
        same = written.setdefault(out, name)
        assert same == name, f"--format {name} writes {same}: add a branch for {name} in commands/check.py"


SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"
"""The schema of the standard, as it is published."""


def sarif(fii: Fii, *words: str) -> Any:
    log = json.loads(fii("check", *words, "--format", "sarif", "--as-of", "2025-02-01").out)
    jsonschema.Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8-sig")), format_checker=jsonschema.FormatChecker()
    ).validate(log)
    return log["runs"][0]


def test_sarif_holds_to_its_schema_with_rules_places_and_fingerprints(fii: Fii) -> None:
    run = sarif(fii, "a,b.yaml")
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["FII010", "FII012"]
    first = run["results"][0]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("FII012", 1, "error")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%2Cb.yaml"}
    assert place["region"] == {"startLine": 4, "startColumn": 21, "endLine": 4, "endColumn": 29}
    Path("a,b.yaml").write_text("# een regel erboven\n" + WRONG, encoding="utf-8")
    later = sarif(fii, "a,b.yaml")["results"]
    assert [each["partialFingerprints"] for each in later] == [
        each["partialFingerprints"] for each in run["results"]
    ]
    assert later[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 5


def test_sarif_of_what_was_accepted_and_of_nothing(fii: Fii) -> None:
    Path("a,b.yaml").unlink()
    action = "actions:\n  - {id: a, what: x}\n  - {id: b, what: x}\n"
    accepted = "accepted:\n  - {rule: FII701, reason: klein, about: a}\n"
    Path("c.yaml").write_text(HEAD + action + accepted, encoding="utf-8")
    results = sarif(fii)["results"]
    assert [(r["ruleId"], "suppressions" in r) for r in results] == [("FII701", False), ("FII701", True)]
    assert len({r["partialFingerprints"]["fii/v1"] for r in results}) == 2
    Path("c.yaml").write_text(HEAD, encoding="utf-8")
    assert sarif(fii)["results"] == []


GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": r"^FII\d{3}$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {"type": "object", "required": ["begin"]},
                },
            },
        },
    },
}
"""What the documentation of GitLab asks of a Code Quality report; it publishes no schema."""


def test_a_merge_request_gets_every_finding_with_a_fingerprint_of_its_own(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path.parent))
    entries = json.loads(fii("check", "./a,b.yaml", "--format", "gitlab", "--as-of", "2025-02-01").out)
    jsonschema.validate(entries, GITLAB)
    assert len(entries) == 2
    assert len({entry["fingerprint"] for entry in entries}) == 2
    assert entries[0]["location"] == {"path": f"{tmp_path.name}/a,b.yaml", "lines": {"begin": 4, "end": 4}}
    Path("a,b.yaml").write_text(f"# een regel erboven\n{WRONG}", encoding="utf-8")
    assert [entry["severity"] for entry in entries] == ["major", "major"]
    moved = json.loads(fii("check", "a,b.yaml", "--format", "gitlab", "--as-of", "2025-02-01").out)
    assert [entry["fingerprint"] for entry in moved] == [entry["fingerprint"] for entry in entries]
    Path("a,b.yaml").write_text(HEAD + "actions: [{id: a, what: x}]\n", encoding="utf-8")
    (entry,) = json.loads(fii("check", "a,b.yaml", "--format", "gitlab", "--as-of", "2025-02-01").out)
    assert (entry["severity"], entry["check_name"]) == ("minor", "FII701")
    Path("a,b.yaml").write_text(HEAD, encoding="utf-8")
    assert json.loads(fii("check", "a,b.yaml", "--format", "gitlab", "--as-of", "2025-02-01").out) == []


def test_a_test_server_gets_a_case_for_each_finding(fii: Fii) -> None:
    Path("b.yaml").write_text(HEAD, encoding="utf-8")
    Path("c\x01.yaml").write_text(HEAD + "actions:\n  - {id: ']]>&<', what: x}\n", encoding="utf-8")
    schema = xmlschema.XMLSchema(Path(__file__).parent / "schemas/junit-10.xsd")
    for words in ([], ["--strict"]):
        files = ["a,b.yaml", "b.yaml", "c\x01.yaml", "--as-of", "2025-02-01"]
        done = fii("check", *files, "--format", "junit", *words)
        schema.validate(done.out)
        assert done.code == 1
        suites = ElementTree.fromstring(done.out)
        assert [suite.get("failures") for suite in suites][:2] == ["2", "0"]
        assert [len(suite) for suite in suites][:2] == [2, 1]
        advised = suites[2].findall("testcase/failure" if words else "testcase/system-out")
        assert advised, "advice is a failure only where it stops somebody"


def test_every_format_says_of_nothing_that_there_is_nothing(fii: Fii) -> None:
    Path("leeg").mkdir()
    for format_ in ("gitlab", "sarif", "junit"):
        done = fii("check", "leeg", "--format", format_)
        assert (done.code, bool(done.out)) == (0, True)
