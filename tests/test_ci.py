"""What forges and pull requests get from ``fii check``."""

from __future__ import annotations

import io
import json
import re
import subprocess
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema

from conftest import Fii
from fii_cli import output
from fii_cli.commands.check import FOR_FORGES, FORMATS
from fii_cli.handbook.load import handbook
from fii_cli.output.sarif import identifier
from fii_cli.rules import RULES
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


ROOT = Path(__file__).parents[1]
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
    assert place["artifactLocation"] == {"uri": "a%2Cb.yaml", "uriBaseId": "SRCROOT"}
    assert "SRCROOT" in run["originalUriBaseIds"]
    assert place["region"] == {
        "startLine": 4,
        "startColumn": 21,
        "endLine": 4,
        "endColumn": 29,
        "snippet": {"text": "gevraagt"},
    }
    around = WRONG.splitlines()[2:5]
    assert place["contextRegion"] == {"startLine": 3, "endLine": 5, "snippet": {"text": "\n".join(around)}}
    Path("a,b.yaml").write_text("# een regel erboven\n" + WRONG, encoding="utf-8")
    later = sarif(fii, "a,b.yaml")["results"]
    assert [each["partialFingerprints"] for each in later] == [
        each["partialFingerprints"] for each in run["results"]
    ]
    assert later[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 5


def test_every_rule_in_sarif_has_a_name_a_help_text_and_a_link(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    documentation = "https://fii.example.org/docs"
    package = Message()
    package["Project-URL"] = f"Documentation, {documentation}"
    monkeypatch.setattr(metadata, "metadata", lambda _: package)
    driver = sarif(fii, "a,b.yaml")["tool"]["driver"]
    assert driver["informationUri"] == documentation
    assert [rule["name"] for rule in driver["rules"]] == ["UnknownKey", "InvalidValue"]
    for rule in driver["rules"]:
        pages, _, page = rule["helpUri"].rpartition("/")
        name, _, anchor = page.partition("#")
        assert pages == documentation
        assert f"\n## {anchor.upper()}\n" in Path(ROOT, "docs", name).read_text(encoding="utf-8")
        assert rule["help"]["text"].startswith(rule["fullDescription"]["text"])
        assert "**What to do**: " in rule["help"]["markdown"]


def test_every_rule_has_a_name_of_its_own_in_one_word() -> None:
    names = [identifier(handbook().rule(rule.code).name.en) for rule in RULES]
    assert len(set(names)) == len(names)
    for name in names:
        assert re.fullmatch("(?:[A-Z][a-z0-9]+)+", name), name  # what the validator of SARIF asks


def test_without_a_link_in_the_package_sarif_names_none(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_installed(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "metadata", not_installed)
    driver = sarif(fii, "a,b.yaml")["tool"]["driver"]
    assert "informationUri" not in driver
    assert not any("helpUri" in rule for rule in driver["rules"])


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("https://git.example.org/a/b.git", "https://git.example.org/a/b.git"),
        ("https://job:geheim@git.example.org:8443/a/b", "https://git.example.org:8443/a/b"),
        ("git@git.example.org:a/b.git", "ssh://git.example.org/a/b.git"),
        ("ssh://git@git.example.org:22/~a/b", "ssh://git.example.org:22/~a/b"),
        ("https://job:ge/heim@git.example.org/a", None),
        ("https://git.example.org/a?token=geheim", None),
        ("/srv/git/a.git", None),
        ("../a.git", None),
        ("C:/git/a.git", None),
        ("", None),
    ],
)
def test_sarif_names_the_repository_without_who_logs_in(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, origin: str, told: str | None
) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    if origin:
        subprocess.run(["git", "remote", "add", "origin", origin], check=True)
    monkeypatch.setenv("GITHUB_SHA", "0123456789abcdef" * 2 + "01234567")
    run = sarif(fii, "a,b.yaml")
    assert "heim" not in json.dumps(run)
    (checked,) = run.get("versionControlProvenance", [None])
    assert (checked and checked["repositoryUri"]) == told
    if checked:
        assert checked["revisionId"] == "0123456789abcdef" * 2 + "01234567"
        assert checked["mappedTo"] == {"uriBaseId": "SRCROOT"}


def test_sarif_shows_the_first_lines_of_a_long_region(fii: Fii) -> None:
    lines = [f"  k{n}: x" for n in range(40)]
    Path("a,b.yaml").write_text("\n".join([*HEAD.splitlines()[:3], "accepted:", *lines]), encoding="utf-8")
    regions = [result["locations"][0]["physicalLocation"] for result in sarif(fii, "a,b.yaml")["results"]]
    long = [each for each in regions if each["region"]["endLine"] - each["region"]["startLine"] > 20]
    assert long
    for each in long:
        assert each["region"]["endLine"] == 44
        assert each["contextRegion"]["endLine"] == 44
        assert len(each["region"]["snippet"]["text"].splitlines()) == 10


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


LIST = (
    HEAD
    + """actions:
  - id: a
    what: x

  # hoort bij b
  - id: b
    what: y
    status: open

# einde
"""
)


def test_a_finding_on_an_item_ends_at_its_last_line(fii: Fii) -> None:
    Path("a,b.yaml").write_text(LIST, encoding="utf-8")
    words = ("check", "a,b.yaml", "--as-of", "2025-02-01", "--format")
    lines = [line for line in fii(*words, "github").out.splitlines() if "FII701" in line]
    assert [re.findall(r"line=(\d+),endLine=(\d+)", line) for line in lines] == [[("6", "7")], [("10", "12")]]
    entries = json.loads(fii(*words, "gitlab").out)
    assert [e["location"]["lines"] for e in entries if e["check_name"] == "FII701"] == [
        {"begin": 6, "end": 7},
        {"begin": 10, "end": 12},
    ]
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in sarif(fii)["results"]]
    assert [(each["endLine"], each["endColumn"]) for each in regions if each["startLine"] == 6] == [(7, 12)]


def paths_told(fii: Fii, *words: str | Path) -> dict[str, set[str]]:
    """The paths of the findings in each format that a forge or a server reads."""
    out = {name: fii("check", *words, "--format", name).out for name in FOR_FORGES}
    results = json.loads(out["sarif"])["runs"][0]["results"]
    locations = [result["locations"][0]["physicalLocation"] for result in results]
    suites = ElementTree.fromstring(out["junit"])
    return {
        "github": set(re.findall("file=([^,]+),", out["github"])),
        "github's text": set(re.findall(r"::([^:]+):\d", out["github"])),
        "markdown": set(re.findall(r"^\| ([^|:]+):", out["markdown"], re.M)),
        "sarif": {unquote(location["artifactLocation"]["uri"]) for location in locations},
        "gitlab": {entry["location"]["path"] for entry in json.loads(out["gitlab"])},
        "junit": {each.get("name", "") for each in suites},
        "junit's cases": {each.get("classname", "") for each in suites.iter("testcase")},
    }


@pytest.mark.parametrize("named", ["d.yaml", ".", "../sub map/d.yaml", "/d.yaml"])
def test_paths_start_at_the_root_of_the_repository(
    fii: Fii, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    sub = tmp_path / "sub map"
    sub.mkdir()
    subprocess.run(["git", "init", "-q"], check=True)
    (sub / "d.yaml").write_text(WRONG, encoding="utf-8")
    monkeypatch.chdir(sub)
    told = paths_told(fii, f"{sub}{named}" if named.startswith("/") else named)
    assert set(map(frozenset, told.values())) == {frozenset({"sub map/d.yaml"})}


def test_paths_start_there_through_a_link_and_from_elsewhere_too(
    fii: Fii, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository, elsewhere = tmp_path / "repo", tmp_path / "elders"
    for folder in (repository / "sub", elsewhere):
        folder.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", repository], check=True)
    (repository / "sub/d.yaml").write_text(WRONG, encoding="utf-8")
    (tmp_path / "link").symlink_to(repository)
    for folder in (elsewhere, repository, repository / "sub"):
        monkeypatch.chdir(folder)
        for named in (repository, tmp_path / "link", tmp_path / "link/sub/d.yaml"):
            assert set(map(frozenset, paths_told(fii, named).values())) == {frozenset({"sub/d.yaml"})}


def test_a_repository_inside_is_a_folder_of_the_repository_around_it(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (".", "binnen"):
        subprocess.run(["git", "init", "-q", folder], check=True)
    Path("a,b.yaml").rename("binnen/d.yaml")
    assert paths_told(fii, ".")["gitlab"] == {"binnen/d.yaml"}
    monkeypatch.chdir("binnen")
    assert paths_told(fii, ".")["gitlab"] == {"d.yaml"}


def test_outside_a_repository_paths_start_at_the_folder_itself(fii: Fii, tmp_path: Path) -> None:
    Path("a,b.yaml").rename("d.yaml")
    for named in ("d.yaml", "./d.yaml", tmp_path / "d.yaml"):
        assert set(map(frozenset, paths_told(fii, named).values())) == {frozenset({"d.yaml"})}


def test_settings_are_found_by_the_file_and_told_from_the_root(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In JUnit, whether advice fails is decided by the settings beside the file."""
    Path("a,b.yaml").unlink()
    subprocess.run(["git", "init", "-q"], check=True)
    Path("sub").mkdir()
    Path("sub/fii.toml").write_text('[check]\nfail-on = "advice"\nonbekend = 1\n', encoding="utf-8")
    Path("sub/c.yaml").write_text(HEAD + "actions:\n  - {id: a, what: x}\n", encoding="utf-8")
    monkeypatch.chdir("sub")
    suites = ElementTree.fromstring(fii("check", "c.yaml", "--format", "junit", "--as-of", "2025-02-01").out)
    assert {(each.get("name"), each.get("failures")) for each in suites} == {
        ("sub/fii.toml", "1"),
        ("sub/c.yaml", "1"),
    }


def test_standard_input_is_named_as_it_is_asked(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    Path("sub").mkdir()
    monkeypatch.chdir("sub")
    for words, path in (([], "-"), (["--stdin-filename", "d.yaml"], "sub/d.yaml")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(WRONG.encode())))
        entries = json.loads(fii("check", "-", "--format", "gitlab", *words).out)
        assert {entry["location"]["path"] for entry in entries} == {path}


def test_every_format_says_of_nothing_that_there_is_nothing(fii: Fii) -> None:
    Path("leeg").mkdir()
    for format_ in ("gitlab", "sarif", "junit"):
        done = fii("check", "leeg", "--format", format_)
        assert (done.code, bool(done.out)) == (0, True)
