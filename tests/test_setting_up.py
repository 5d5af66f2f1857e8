"""``fii init``, and fii at home in CI: what is set up works, and nothing that was there is lost."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.commands.init import FORGES, Forge, setup
from fii_cli.resources import language
from fii_cli.yaml.read import read
from helpers import HEAD
from outside import missing
from wizard import Wizard

ROOT = Path(__file__).parents[1]
FILES = {
    "github": ".github/workflows/fii.yml",
    "forgejo": ".forgejo/workflows/fii.yml",
    "gitlab": ".gitlab-ci.yml",
}
SCHEMAS = {
    "github": "vendor.github-workflows",
    "forgejo": "vendor.github-workflows",
    "gitlab": "vendor.gitlab-ci",
}


def held_against(schema: str, *files: Path | str) -> None:
    """Hold files against the schema that a forge publishes, as it comes with check-jsonschema."""
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("forge", FORGES)
def test_a_repository_is_set_up_for_a_forge(fii: Fii, here: Path, forge: Forge) -> None:
    done = fii("init", "--forge", forge, "--yes", lang="nl")
    assert done.code == 0
    for made in setup(forge, language("nl")):
        assert Path(made.path).read_text(encoding="utf-8") == made.text
        assert made.path in done.err  # each was shown
    assert "merge=union" not in Path(".gitattributes").read_text(encoding="utf-8")
    written = {path for path in FILES.values() if Path(path).exists()}
    assert written == ({FILES[forge]} if forge in FILES else set())
    settings = json.loads(Path(".vscode/settings.json").read_text(encoding="utf-8"))
    ((schema, files),) = settings["yaml.schemas"].items()
    assert Path(schema).is_file()
    assert Path("trajecten").match(files[0].partition("/")[0])
    first = Path("fii.toml").read_text(encoding="utf-8").partition("\n")[0]
    assert Path(first.removeprefix("#:schema ")).is_file()  # the directive by which editors of TOML find it
    assert settings["yaml.format.enable"] is False  # a formatter would touch what nobody meant to change
    if forge in SCHEMAS:
        held_against(SCHEMAS[forge], FILES[forge])
    assert (
        fii("new", "trajecten/", "--title", "Proef", "--commission", "gevraagd", "--no-receiving").code == 0
    )
    assert fii("check").code == 0


def test_in_english_its_folders_are_english(fii: Fii, here: Path) -> None:
    assert fii("init", "--forge", "github", "--yes", lang="en").code == 0
    assert Path("trajectories").is_dir()
    assert "/reports/" in Path(".gitignore").read_text(encoding="utf-8")
    job = Path(FILES["github"]).read_text(encoding="utf-8")
    assert "fii portfolio --audience client --output reports/" in job
    assert "rapporten" not in job


def test_nothing_that_is_there_is_overwritten(fii: Fii, here: Path) -> None:
    Path("fii.toml").write_text('language = "en"\n', encoding="utf-8")
    done = fii("init", "--forge", "none", "--yes", lang="nl")
    assert Path("fii.toml").read_text(encoding="utf-8") == 'language = "en"\n'
    assert "fii.toml  bestaat al, en blijft zoals het is" in done.err
    again = fii("init", "--forge", "none", "--yes", lang="nl")
    assert (again.code, again.out) == (0, "")
    assert "alles is al ingericht" in again.err


def test_a_dry_run_shows_and_writes_nothing(fii: Fii, here: Path) -> None:
    done = fii("init", "--dry-run", "--forge", "github")
    assert done.code == 0
    assert "actions/checkout@" in done.err
    assert list(here.iterdir()) == []


def test_without_a_terminal_it_asks_for_flags(fii: Fii, here: Path) -> None:
    done = fii("init", lang="en")
    assert done.code == 2
    assert "--forge" in done.err
    assert fii("init", "--forge", "none").code == 2
    assert list(here.iterdir()) == []


def test_on_a_terminal_it_asks_shows_and_asks_again(here: Path) -> None:
    wizard = Wizard("init", "--lang", "nl")
    wizard.answer("Waar staat de repository?", "bitbucket")
    wizard.until("kies uit: github, gitlab, forgejo, geen")
    wizard.until("> ")
    wizard.type("gitlab\n")
    wizard.until(".gitlab-ci.yml")
    wizard.answer("Dit schrijven naar 12 bestanden?", "terug")
    assert wizard.ended() == 0
    assert list(here.iterdir()) == []
    wizard = Wizard("init", "--lang", "nl", "--forge", "none")
    wizard.answer("Dit schrijven naar 11 bestanden?", "ja")
    assert wizard.ended() == 0
    assert Path("fii.toml").exists()


@pytest.mark.parametrize(
    ("origin", "file"),
    [
        ("git@github.com:a/b.git", FILES["github"]),
        ("https://gitlab.example.org/a/b", FILES["gitlab"]),
        ("https://code.overheid.nl/a/b", FILES["forgejo"]),
        ("https://example.org/a", None),
    ],
)
def test_the_forge_is_read_from_where_the_repository_comes_from(
    fii: Fii, here: Path, origin: str, file: str | None
) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "remote", "add", "origin", origin], check=True)
    fii("init", "--yes")
    assert {path for path in FILES.values() if Path(path).exists()} == ({file} if file else set())


def test_a_folder_that_is_a_file_is_told_so(fii: Fii, here: Path) -> None:
    Path("bezet").write_text("", encoding="utf-8")
    done = fii("init", "bezet", "--forge", "none", "--yes", lang="en")
    assert done.code == 2
    assert "is a file" in done.err


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_snippet_is_yaml_that_the_format_knows(lang: str) -> None:
    made = {each.path: each.text for each in setup("none", language(lang))}
    snippets: dict[str, Any] = json.loads(made[".vscode/fii.code-snippets"])
    assert len(snippets) > 20
    for name, snippet in snippets.items():
        text = "\n".join(snippet["body"])
        text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
        text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)
        text = re.sub(r"\$CURRENT_\w+-?", "", text)
        document = read(text + "\n")
        assert not document.problems, name
        assert "$" not in text
        assert snippet["prefix"].startswith("fii-")
        assert re.fullmatch(r"\S+", snippet["prefix"])


SEVERITIES = {"nl": {"fout:", "advies:"}, "en": {"error:", "advice:"}}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_problem_matcher_reads_every_finding(fii: Fii, here: Path, lang: str) -> None:
    Path("a.yaml").write_text(
        HEAD + "summary: bel jan@voorbeeld.nl\nactions: [{id: a, what: x, answers: [cfir/nergens]}]\n",
        encoding="utf-8",
    )
    made = {each.path: each.text for each in setup("none", language("nl"))}
    task = json.loads(made[".vscode/tasks.json"])["tasks"][0]
    shown = fii(*task["command"].split()[1:], lang=lang).out.splitlines()
    assert {line.split()[2] for line in shown} == SEVERITIES[lang]
    for line in shown:
        matched = [each for each in task["problemMatcher"] if re.match(each["pattern"]["regexp"], line)]
        assert len(matched) == 1, line
        found = re.match(matched[0]["pattern"]["regexp"], line)
        assert found
        assert found[matched[0]["pattern"]["file"]] == "a.yaml"
        assert found[matched[0]["pattern"]["code"]].startswith("FII")


# --- the action, the component and the hook that come with the repository itself ---------------------------


def test_the_action_and_the_component_are_what_forges_read(here: Path) -> None:
    held_against("vendor.github-actions", ROOT / "action.yml")
    _, _, job = (ROOT / "templates/check.yml").read_text(encoding="utf-8").partition("\n---\n")
    Path("job.yml").write_text(re.sub(r"\$\[\[ inputs\.[\w-]+ \]\]", "test", job), encoding="utf-8")
    held_against("vendor.gitlab-ci", "job.yml")


def test_the_action_pins_what_it_uses_and_puts_no_input_in_a_script() -> None:
    for path in (ROOT / "action.yml", *(ROOT / "templates/init").glob("*.yml.j2")):
        text = path.read_text(encoding="utf-8")
        for used in re.findall(r"uses: (\S+)", text):
            assert re.search(r"@[0-9a-f]{40}$", used), path
        for script in re.findall(r"run: \|\n((?: {8}.*\n)+)", text):
            assert "${{" not in script, path


@pytest.mark.parametrize(("text", "code"), [(HEAD, 0), (HEAD.replace("gevraagd", "gevraagt"), 1)])
def test_the_steps_of_the_action_check_and_report(here: Path, text: str, code: int) -> None:
    """The scripts of the action as a runner would run them, with the fii of this environment installed."""
    Path("map met spatie").mkdir()
    Path("map met spatie/a.yaml").write_text(text, encoding="utf-8")
    Path("venv/fii/bin").mkdir(parents=True)
    Path("venv/fii/bin/fii").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m fii_cli "$@"\n', encoding="utf-8"
    )
    Path("venv/fii/bin/fii").chmod(0o755)
    action: Any = read((ROOT / "action.yml").read_text(encoding="utf-8")).data
    asked = {
        "FII_PATHS": "map met spatie\n",
        "FII_FAIL_ON": "error",
        "FII_AS_OF": "2025-02-01",
        "FII_REPORTS": "uit",
        "FII_AUDIENCE": "client",
        "RUNNER_TEMP": str(here / "venv"),
        "GITHUB_STEP_SUMMARY": str(here / "summary.md"),
    }
    env, bash = os.environ | asked, ["bash", "-eo", "pipefail", "-c"]
    scripts = [
        step["run"] for step in action["runs"]["steps"][1:] if "pull_request" not in step.get("if", "")
    ]
    codes = [subprocess.run([*bash, script], env=env, check=False).returncode for script in scripts]
    assert codes == [code, code]  # a report that cannot be made fails its own step, and is told in the next
    assert Path("uit/index.html").exists()
    assert Path("uit/a.html").exists() == (code == 0)
    assert "fii check" in Path("summary.md").read_text(encoding="utf-8")


def test_the_hook_runs_where_somebody_commits(here: Path) -> None:
    if os.environ.get("FII_OUTSIDE") != "all":
        missing("a package index", "FII_OUTSIDE=all tries the hook, which installs fii anew")
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    subprocess.run("git init -q && git add .", shell=True, check=True)
    env = os.environ | {"PRE_COMMIT_HOME": str(here / "hooks")}
    words = [
        sys.executable,
        "-m",
        "pre_commit",
        "try-repo",
        str(ROOT),
        "fii-check",
        "--all-files",
        "--verbose",
    ]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"fii check\.+Passed", done.stdout)
    Path("a.yaml").write_text(HEAD.replace("gevraagd", "gevraagt"), encoding="utf-8")
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "FII012" in done.stdout
