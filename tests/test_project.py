"""The project itself: what a package index, a public catalogue and a reader of the README find."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any

import pytest

from fii_cli import __version__
from fii_cli.cli import COMMANDS
from fii_cli.resources import CONTENT
from fii_cli.yaml.read import read

ROOT = CONTENT.parent
PAGES = sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_nine_core_dependencies_and_no_more() -> None:
    names = {re.split(r"[\[<>=]", line)[0] for line in PROJECT["project"]["dependencies"]}
    assert names == {
        "typer",
        "pydantic",
        "ruamel.yaml",
        "rich",
        "jinja2",
        "phonenumberslite",
        "python-stdnum",
        "pathspec",
        "filelock",
    }


@pytest.mark.parametrize("lock", ["dev", "run"])
def test_the_locks_have_a_hash_for_everything_and_name_no_index(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.lock").read_text(encoding="utf-8")
    packages = re.findall(
        r"^([a-z0-9.-]+)==\S+.*?\\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M
    )
    assert len(packages) == len(re.findall(r"^\S+==", text, re.M)) > 15
    assert {
        "typer",
        "pydantic",
        "ruamel-yaml",
        "ruamel-yaml-clib",
        "rich",
        "jinja2",
        "phonenumberslite",
        "python-stdnum",
        "pathspec",
        "filelock",
    } <= {n for n, _ in packages}
    assert "http" not in text


def test_publiccode_says_what_the_standard_asks() -> None:
    """The keys that version 0.4 of the standard requires, with its closed values."""
    read_ = read((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert read_.problems == ()
    told: Any = read_.data
    required = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    assert required | {"description", "legal", "maintenance", "localisation"} <= set(told)
    assert told["publiccodeYmlVersion"] == "0.4"
    assert told["softwareVersion"] == __version__
    assert told["developmentStatus"] in ("concept", "development", "beta", "stable", "obsolete")
    assert told["softwareType"] in ("standalone/desktop", "standalone/other", "library", "configurationFiles")
    assert set(told["platforms"]) <= {"web", "windows", "mac", "linux", "ios", "android"}
    assert told["legal"] == {"license": PROJECT["project"]["license"]}
    assert told["maintenance"]["type"] in ("internal", "contract", "community", "none")
    assert told["localisation"]["localisationReady"] == "true"
    for lang in ("nl", "en"):
        described = told["description"][lang]
        assert len(described["shortDescription"]) <= 150
        assert 150 <= len(described["longDescription"]) <= 10_000
        assert all(len(feature) <= 100 for feature in described["features"])


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(__version__)} – (\S+)", text, re.M)
    assert found
    assert found[1] == "unreleased" or date.fromisoformat(found[1])


def test_every_command_is_documented_in_both_languages() -> None:
    for lang in ("nl", "en"):
        text = (ROOT / "docs" / f"commands.{lang}.md").read_text(encoding="utf-8")
        for command in COMMANDS:
            assert f"## fii {command.name}\n" in text


def test_the_licence_is_the_one_that_is_declared() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", *PAGES])
def test_every_link_and_picture_of_a_page_is_there(page: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target:
            assert ((ROOT / page).parent / target).exists(), target


def test_no_promise_without_a_test() -> None:
    """Every row of the page on security names the tests that hold it, and each of them is there."""
    text = (ROOT / "docs/security.en.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!promise|---)(.+) \| (.+) \|$", text, re.M)
    assert len(rows) > 25
    for promise, held_by in rows:
        tests = re.findall(r"`(test_\w+\.py)(?:::(\w+))?`", held_by)
        assert tests, promise
        for module, name in tests:
            source = (ROOT / "tests" / module).read_text(encoding="utf-8")
            assert not name or f"def {name}(" in source, f"{module}::{name}"
