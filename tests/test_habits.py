"""Workflows, issue forms, releases, lock files and decisions are consistent with each other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from outside import program
from release import problems

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
pytestmark = pytest.mark.skipif(not WORKFLOWS, reason="an sdist has no .github")


def read(path: str | Path) -> Any:
    return YAML(typ="safe").load((ROOT / path).read_text(encoding="utf-8"))


def text(path: str | Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def steps(workflow: Any) -> Iterator[Any]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("custom.github-workflows-require-timeout", WORKFLOWS),
        ("vendor.dependabot", [ROOT / ".github/dependabot.yml"]),
        ("vendor.github-issue-config", [ROOT / ".github/ISSUE_TEMPLATE/config.yml"]),
        (
            "vendor.github-issue-forms",
            sorted(
                set((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
                - {ROOT / ".github/ISSUE_TEMPLATE/config.yml"}
            ),
        ),
    ],
)
def test_the_files_for_the_forge_are_valid(schema: str, files: list[Path]) -> None:
    assert files
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_little_and_pins_what_it_uses(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert "secrets." not in text(path)
    assert "pull_request_target" not in text(path)
    for line in re.findall(r"uses: (.*)", text(path)):
        assert re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        assert "${{" not in step.get("run", "")


def test_only_the_job_that_publishes_can_get_a_token() -> None:
    jobs = {
        name: job for path in WORKFLOWS for name, job in read(path)["jobs"].items() if "permissions" in job
    }
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "build": {"contents": "read"},
        "publish": {"id-token": "write"},
    }
    assert jobs["publish"]["needs"] == "build"
    assert all("run" not in step for step in jobs["publish"]["steps"])


def test_ci_tries_every_python_that_the_project_names_on_every_system() -> None:
    matrix = read(".github/workflows/ci.yml")["jobs"]["tests"]["strategy"]["matrix"]
    named = [line.rpartition(" ")[2] for line in PROJECT["project"]["classifiers"] if "Python :: 3." in line]
    assert matrix["python"] == named
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert PROJECT["project"]["requires-python"] == f">={named[0]}"
    # A Python on trial may fail; one that may not fail has a classifier.
    assert all(each["trial"] and each["python"] not in named for each in matrix["include"])


def test_every_target_of_make_that_is_named_exists() -> None:
    makefile = text("Makefile")
    targets = set(re.findall(r"^([a-z-]+):(?!=)", makefile, re.M))
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    assert set(phony.split()) == targets
    pages: list[str | Path] = [
        "CONTRIBUTING.md",
        "README.md",
        ".ci/run",
        ".github/PULL_REQUEST_TEMPLATE.md",
        *WORKFLOWS,
    ]
    pages += [".github/dependabot.yml", ".pre-commit-config.yaml", *DECISIONS]
    for page in pages:
        named = re.findall(r"(?:^|`|run: |\")make ([a-z-]+)", text(page), re.M)
        assert set(named) <= targets, page


def test_a_release_is_checked_before_it_is_built() -> None:
    workflow = read(".github/workflows/release.yml")
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    runs = [step["run"] for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    assert runs[0] == 'python tools/release.py "$GITHUB_REF_NAME"'
    assert {"make lint", "make wheel-test", "make dist"} <= set(runs)


@pytest.mark.parametrize(
    ("path", "old", "new", "problem"),
    [
        ("CHANGELOG.md", "1.2.3 – 2026-01-02", "1.2.3 – 2026-01-02", None),
        ("src/fii_cli/__init__.py", "1.2.3", "1.2.4", "the tag is v1.2.3, but __version__ is 1.2.4"),
        (
            "CHANGELOG.md",
            "2026-01-02",
            "unreleased",
            "missing heading with a date for v1.2.3 in CHANGELOG.md",
        ),
        ("CHANGELOG.md", "1.2.3", "1.2.30", "missing heading with a date for v1.2.3 in CHANGELOG.md"),
        ("publiccode.yml", "1.2.3", "1.2.30", "softwareVersion in publiccode.yml does not match v1.2.3"),
    ],
)
def test_a_tag_has_to_match_what_the_project_says(
    tmp_path: Path, path: str, old: str, new: str, problem: str | None
) -> None:
    (tmp_path / "src/fii_cli").mkdir(parents=True)
    (tmp_path / "src/fii_cli/__init__.py").write_text(
        '"""fii"""\n\n__version__ = "1.2.3"\n', encoding="utf-8"
    )
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.3 – 2026-01-02\n", encoding="utf-8")
    (tmp_path / "publiccode.yml").write_text("name: fii\nsoftwareVersion: 1.2.3\n", encoding="utf-8")
    changed = (tmp_path / path).read_text(encoding="utf-8").replace(old, new)
    (tmp_path / path).write_text(changed, encoding="utf-8")
    assert list(problems("v1.2.3", tmp_path)) == ([problem] if problem else [])


def test_the_check_of_a_release_fails_for_another_version() -> None:
    words = [sys.executable, "tools/release.py", "v0.0.0"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "the tag is v0.0.0, but __version__ is" in done.stdout


def ranges() -> dict[str, list[str]]:
    """Every range that pyproject.toml asks for, by where it does."""
    return {
        "core": PROJECT["project"]["dependencies"],
        "build-system": PROJECT["build-system"]["requires"],
        **PROJECT["project"]["optional-dependencies"],
        **PROJECT["dependency-groups"],
    }


def test_the_lowest_versions_are_those_of_the_project() -> None:
    """Each lower bound is the version that make lowest tries, to the last number."""
    lock = dict(re.findall(r"^([a-z0-9.-]+)==([\w.]+)", text("requirements/lowest.lock"), re.M))
    asked = {line for lines in ranges().values() for line in lines if not line.startswith("fii-cli[")}
    assert len(asked) > 25
    for line in asked:
        name, bound = re.findall(r"^([\w.-]+)(?:\[\w+\])?>=([\d.]+)", line)[0]
        locked = lock[name.lower().replace(".", "-")]
        assert numbers(bound) == numbers(locked), f"{name}: {bound} is asked for, {locked} is tried"
    hashes = re.findall(r"^    --hash=sha256:[0-9a-f]{64}", text("requirements/lowest.lock"), re.M)
    assert len(hashes) > len(lock)
    assert "http" not in text("requirements/lowest.lock")


def numbers(version: str) -> list[int]:
    """The numbers of a version; those left out are zero."""
    found = [int(number) for number in version.split(".")]
    return found + [0] * (4 - len(found))


def test_a_library_has_one_range_wherever_it_is_asked_for() -> None:
    found: dict[str, set[str]] = {}
    for lines in ranges().values():
        for line in lines:
            found.setdefault(re.split(r"[\[<>=]", line)[0], set()).add(re.sub(r"\[\w+\]|,?<.*", "", line))
    del found["fii-cli"]
    assert {name: lines for name, lines in found.items() if len(lines) > 1} == {}


def test_extras_and_tests_ask_for_the_same_versions() -> None:
    test = set(PROJECT["dependency-groups"]["test"])
    for extra in ("xlsx", "docx", "pdf", "parquet", "cluster"):
        assert set(PROJECT["project"]["optional-dependencies"][extra]) <= test


def test_the_lowest_versions_are_linted_and_tested() -> None:
    (recipe,) = re.findall(r"^lowest: .*\n((?:\t.*\n)+)", text("Makefile"), re.M)
    assert "lint test wheel-test VENV=.venv-lowest LOCK=requirements/lowest.lock" in recipe
    (locking,) = re.findall(r"^\t.*COMPILE(.*) -o requirements/lowest.lock", text("Makefile"), re.M)
    assert set(re.findall(r"--group (\w+)", locking)) == PROJECT["dependency-groups"].keys()


def test_locking_asks_for_the_newest_versions_once() -> None:
    """uv refuses an option that is given twice, and the lock of the lowest versions is always made anew."""
    make = [program("make"), "--dry-run", "--no-print-directory", "lock", "UPGRADE=--upgrade"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    done = subprocess.run(make, cwd=ROOT, env=alone, capture_output=True, text=True, check=True)
    assert re.findall(r"^uv .*", done.stdout, re.M)
    for line in done.stdout.splitlines():
        assert line.split().count("--upgrade") == 1, line


def test_each_file_has_a_licence_and_its_text_comes_with_it() -> None:
    assert text("LICENSES/EUPL-1.2.txt") == text("LICENSE")
    named = set(re.findall(r'^SPDX-License-Identifier = "(.*)"', text("REUSE.toml"), re.M))
    assert {path.stem for path in (ROOT / "LICENSES").iterdir()} == named
    assert set(PROJECT["project"]["license"].split(" AND ")) <= named


def test_a_hook_before_a_commit_runs_what_lint_runs() -> None:
    (local,) = read(".pre-commit-config.yaml")["repos"]
    entries = [hook["entry"] for hook in local["hooks"]]
    (recipe,) = re.findall(r"^lint: .*\n((?:\t.*\n)+)", text("Makefile"), re.M)
    for line in recipe.splitlines():
        program = line.strip().replace("$(BIN)", ".venv/bin").split()[:2]
        assert any(entry.split()[:2] == program for entry in entries), line


def test_every_form_warns_of_personal_data_and_asks_about_it() -> None:
    forms = [path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml"]
    assert len(forms) == 3
    for path in forms:
        body = read(path)["body"]
        assert "Never paste personal data" in body[0]["attributes"]["value"]
        assert body[-1]["attributes"]["options"][0]["required"] is True
    assert "Never paste personal data" in text(".github/PULL_REQUEST_TEMPLATE.md")


def test_the_index_lists_every_decision() -> None:
    index = text("docs/decisions/README.md")
    listed = re.findall(r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$", index, re.M)
    assert [path for _, _, path in listed] == [path.name for path in DECISIONS]
    for number, (told, title, path) in enumerate(listed, 1):
        page = text(f"docs/decisions/{path}")
        assert told == str(number)
        assert page.startswith(f"# {number}. {title}\n\n")
        assert re.findall(r"^## (.*)$", page, re.M) == ["Context", "Decision", "Consequences"]
        assert re.match(r"(Accepted|Replaced by)\b", page.splitlines()[2])
    for page_with_link in ("CONTRIBUTING.md", "docs/design.en.md"):
        assert "decisions/README.md" in text(page_with_link)


def test_the_readme_names_the_libraries_that_fii_depends_on() -> None:
    *others, last = [re.split(r"[\[<>=]", each)[0] for each in PROJECT["project"]["dependencies"]]
    readme = " ".join(text("README.md").split())
    assert f"It depends on {', '.join(others)} and {last}, and makes no network" in readme
