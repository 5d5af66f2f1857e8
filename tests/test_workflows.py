"""The workflows that come with fii, carried out step by step as the runner of each forge does."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli import __version__
from fii_cli.yaml.read import read
from helpers import HEAD
from wizard import Wizard

ROOT = Path(__file__).parents[1]
SOUND, BROKEN, PRIVATE = "gaaf", "kapot", "prive"
TRAJECTORIES = {
    SOUND: HEAD,
    BROKEN: HEAD.replace("gevraagd", "gevraagt"),
    PRIVATE: HEAD + "summary: bel jan@voorbeeld.nl\n",
}
PLACES = {BROKEN: "kapot.yaml:4:21", PRIVATE: "prive.yaml:5:10"}
REASONS = {BROKEN: r"kapot\.yaml.*FII012", PRIVATE: r"prive\.yaml.*FII901"}
GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org")


@dataclass
class Machine:
    """A machine on which a job runs; what would install something only records that it was asked to.

    With a ``base`` it runs for a pull request to that branch, else for a push; with ``merged`` it gets the
    commit that would come of the request.
    """

    home: Path
    repository: Path
    work: Path
    stored: Path
    log: str = ""
    failed: bool = False
    base: str = ""
    merged: bool = False
    variables: dict[str, str] = field(default_factory=dict)

    def run(self, script: str, *shell: str, **env: str) -> bool:
        """Carry out a script as a step; whether it succeeded."""
        path = f"{self.home / 'bin'}{os.pathsep}{os.environ['PATH']}"
        around = {"HOME": str(self.home), "PATH": path, **self.variables, **env}
        around = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | around
        words = [*(shell or ("bash", "-e", "-c")), script]
        pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        done = subprocess.run(words, cwd=self.work, env=around, check=False, **pipes)
        self.log += done.stdout
        return done.returncode == 0

    def store(self, path: str) -> None:
        """Store a folder or a file with the run, if it is there."""
        source = self.work / path
        if source.is_dir():
            shutil.copytree(source, self.stored / path)
        elif source.exists():
            shutil.copy(source, self.stored / path)

    @property
    def reports(self) -> set[str]:
        """The names of the reports that are stored."""
        return {path.stem for path in self.stored.rglob("*.html")}

    @property
    def installed(self) -> list[str]:
        """What was installed on this machine, a command a line."""
        asked = self.home / "installed"
        return asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    for name in ("home/bin", "work", "stored", "team/trajecten.git"):
        (tmp_path / name).mkdir(parents=True)
    programs = {
        "fii": f'exec "{sys.executable}" -m fii_cli "$@"',
        "pip": f'echo "pip $*" >> "{tmp_path}/home/installed"',
        "apt-get": f'echo "apt-get $*" >> "{tmp_path}/home/installed"',
    }
    for name, text in programs.items():
        program = tmp_path / "home/bin" / name
        program.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        program.chmod(0o755)
    return Machine(tmp_path / "home", tmp_path / "team/trajecten.git", tmp_path / "work", tmp_path / "stored")


def committed(folder: Path) -> str:
    """Commit everything in a folder, and give the commit."""
    if not (folder / ".git").exists():
        subprocess.run(["git", "init", "-q", folder], check=True)
    subprocess.run([*GIT, "-C", folder, "add", "."], check=True)
    subprocess.run([*GIT, "-C", folder, "commit", "-q", "-m", "stand"], check=True)
    return subprocess.check_output(["git", "-C", folder, "rev-parse", "HEAD"], text=True).strip()


def set_up(fii: Fii, machine: Machine, forge: str, *names: str, folder: str = "trajecten") -> str:
    """A repository of two commits, as fii init sets it up, with these trajectories; its last commit."""
    assert fii("init", machine.repository, "--forge", forge, "--yes", lang="nl").code == 0
    committed(machine.repository)
    for name in names:
        path = machine.repository / folder / f"{name}.yaml"
        path.write_text(TRAJECTORIES[name], encoding="utf-8")
    return committed(machine.repository)


def yaml_of(path: Path) -> Any:
    document = read(path.read_text(encoding="utf-8"))
    assert document.problems == ()
    return document.data


def wanted(condition: str | None, *, failed: bool, pull_request: bool) -> bool:
    """Whether a step with this ``if`` is carried out after steps of which one failed or none."""
    known = {
        "None": not failed,
        "success()": not failed,
        "failure()": failed,
        "always()": True,
        "inputs.diff == 'true'": True,
        "inputs.reports != ''": not failed,
        "github.event_name == 'pull_request'": pull_request,
    }
    return all(known[part] for part in str(condition).split(" && "))


def checked_out(machine: Machine) -> None:
    """The work of actions/checkout with the whole history."""
    subprocess.run(["git", "clone", "-q", machine.repository, machine.work], check=True)
    if machine.merged:
        subprocess.run(
            [*GIT, "-C", machine.work, "merge", "-q", "-m", "x", f"origin/{machine.base}"], check=True
        )


def carried_out_on_actions(
    machine: Machine, workflow: Path, commit: str, *, whole_history: bool = True
) -> None:
    """Carry out the one job of a workflow of GitHub or Forgejo."""
    ((_, job),) = yaml_of(workflow)["jobs"].items()
    known = {
        "github.server_url": machine.repository.parents[1].as_uri(),
        "github.repository": "team/trajecten",
        "github.sha": commit,
        "github.token": "geheim",
        "github.base_ref": machine.base,
    }
    machine.variables = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_WORKSPACE": str(machine.work),
        "GITHUB_STEP_SUMMARY": str(machine.home / "summary.md"),
    }
    for step in job["steps"]:
        if not wanted(step.get("if"), failed=machine.failed, pull_request=bool(machine.base)):
            continue
        used = step.get("uses", "").partition("@")[0]
        if used == "actions/checkout":
            assert (step["with"].get("fetch-depth") == "0") == whole_history
            checked_out(machine)
        elif used == "actions/upload-artifact":
            machine.store(step["with"]["path"])
        elif used:
            assert used == "actions/setup-python"
        else:
            env = {
                name: re.sub(r"\$\{\{ (\S+) \}\}", lambda found: known[found[1]], value)
                for name, value in step.get("env", {}).items()
            }
            machine.failed |= not machine.run(step["run"], **env)


def carried_out_on_gitlab(machine: Machine, job: Any) -> None:
    """Carry out a job of GitLab: all lines in one shell, then what always happens."""
    checked_out(machine)
    assert job["variables"]["GIT_DEPTH"] == "0"
    machine.variables = {**job["variables"], "GITLAB_CI": "true", "CI_PROJECT_DIR": str(machine.work)}
    if machine.base:
        base = ["git", "-C", str(machine.work), "merge-base", f"origin/{machine.base}", "HEAD"]
        common = subprocess.check_output(base, text=True).strip()
        first = ["git", "-C", str(machine.work), "merge-base", f"origin/{machine.base}", "origin/voorstel"]
        parted = subprocess.check_output(first, text=True).strip()
        machine.variables["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = parted
        machine.variables["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"] = common if machine.merged else ""
    lines = [*job.get("before_script", []), *job["script"]]
    machine.failed = not machine.run("\n".join(lines), "bash", "-eo", "pipefail", "-c")
    machine.run("\n".join(job.get("after_script", [])))
    artifacts = job["artifacts"]
    if artifacts.get("when", "on_success") in ("always", "on_failure" if machine.failed else "on_success"):
        for path in (*artifacts["paths"], *artifacts["reports"].values()):
            machine.store(path)


def on_github(machine: Machine, commit: str) -> None:
    carried_out_on_actions(machine, machine.repository / ".github/workflows/fii.yml", commit)


def on_forgejo(machine: Machine, commit: str) -> None:
    carried_out_on_actions(machine, machine.repository / ".forgejo/workflows/fii.yml", commit)


def on_gitlab(machine: Machine, commit: str) -> None:
    ((_, job),) = yaml_of(machine.repository / ".gitlab-ci.yml").items()
    carried_out_on_gitlab(machine, job)


def on_gitlab_with_the_component(machine: Machine, commit: str) -> None:
    inputs = {"stage": "test", "version": __version__, "paths": ".", "fail-on": "error", "reports": "client"}
    _, _, text = (ROOT / "templates/check.yml").read_text(encoding="utf-8").partition("\n---\n")
    filled = re.sub(r"\$\[\[ inputs\.([\w-]+) \]\]", lambda found: inputs[found[1]], text)
    ((_, job),) = read(filled).data.items()  # type: ignore[union-attr]
    carried_out_on_gitlab(machine, job)


def on_github_with_the_action(machine: Machine, commit: str) -> None:
    """The steps of the action, in a workflow that stores the reports whatever happens."""
    checked_out(machine)
    venv = machine.home / "fii/bin"
    venv.mkdir(parents=True)
    shutil.copy(machine.home / "bin/fii", venv)
    machine.variables = {
        "GITHUB_ACTIONS": "true",
        "RUNNER_TEMP": str(machine.home),
        "GITHUB_STEP_SUMMARY": str(machine.home / "summary.md"),
    }
    inputs = {"paths": ".", "fail-on": "error", "as-of": "", "reports": "rapporten", "audience": "client"}
    known = {f"inputs.{name}": value for name, value in inputs.items()} | {"github.base_ref": machine.base}
    install, *steps = yaml_of(ROOT / "action.yml")["runs"]["steps"]
    assert install["name"] == "Install fii"
    for step in steps:
        if wanted(step.get("if"), failed=machine.failed, pull_request=bool(machine.base)):
            env = {
                name: re.sub(r"\$\{\{ (\S+) \}\}", lambda found: known[found[1]], value)
                for name, value in step.get("env", {}).items()
            }
            machine.failed |= not machine.run(step["run"], "bash", "-eo", "pipefail", "-c", **env)
    machine.store("rapporten")


CarriedOut = Callable[[Machine, str], None]
FORGES = {"github": on_github, "gitlab": on_gitlab, "forgejo": on_forgejo}
EVERYWHERE: list[tuple[str, CarriedOut]] = [
    *FORGES.items(),
    ("gitlab", on_gitlab_with_the_component),
    ("github", on_github_with_the_action),
]


@pytest.mark.parametrize(("forge", "carry_out"), EVERYWHERE)
@pytest.mark.parametrize("names", [(SOUND, BROKEN, PRIVATE), (SOUND, BROKEN), (SOUND, PRIVATE), (SOUND,)])
def test_what_is_wrong_with_one_file_costs_the_report_of_that_file(
    fii: Fii, machine: Machine, forge: str, carry_out: CarriedOut, names: tuple[str, ...]
) -> None:
    carry_out(machine, set_up(fii, machine, forge, *names))
    assert machine.reports == {SOUND, "index"}, machine.log
    assert machine.failed == (names != (SOUND,)), machine.log
    for name, reason in REASONS.items():
        assert bool(re.search(reason, machine.log)) == (name in names), machine.log
        assert (PLACES[name] in machine.log) == (name in names), machine.log


@pytest.mark.parametrize("forge", FORGES)
def test_a_job_installs_fii_and_has_the_whole_history(fii: Fii, machine: Machine, forge: str) -> None:
    FORGES[forge](machine, set_up(fii, machine, forge, SOUND))
    assert [line for line in machine.installed if line.startswith("pip")] in (
        [f"pip install fii-cli=={__version__}"],
        [f"pip install --quiet fii-cli=={__version__}"],
    )
    history = subprocess.check_output(["git", "-C", machine.work, "rev-list", "HEAD"], text=True)
    assert len(history.split()) == 2


@pytest.mark.parametrize("forge", FORGES)
def test_a_trajectory_anywhere_in_the_repository_has_a_report(fii: Fii, machine: Machine, forge: str) -> None:
    """As in the guide for beginners, in which the first trajectory is next to fii.toml."""
    FORGES[forge](machine, set_up(fii, machine, forge, SOUND, folder="."))
    assert machine.reports == {SOUND, "index"}
    assert not machine.failed


@pytest.mark.parametrize("forge", FORGES)
def test_a_repository_without_a_trajectory_passes(fii: Fii, machine: Machine, forge: str) -> None:
    assert fii("init", machine.repository, "--forge", forge, "--yes", lang="nl").code == 0
    FORGES[forge](machine, committed(machine.repository))
    assert not machine.failed, machine.log
    assert machine.reports == set()


BASE = "main'$(touch${IFS}gehackt)"
"""A branch whose name is a command for a script that does not quote it."""


def pull_request(fii: Fii, machine: Machine, forge: str, *names: str) -> str:
    """A branch that changes a trajectory, from a base that went on since; its last commit."""

    def git(*words: str) -> None:
        subprocess.run([*GIT, "-C", machine.repository, *words], check=True)

    set_up(fii, machine, forge, SOUND, *names)
    git("branch", "-M", BASE)
    git("checkout", "-q", "-b", "voorstel")
    (machine.repository / f"trajecten/{SOUND}.yaml").write_text(
        HEAD.replace("Proef", "Voorstel"), encoding="utf-8"
    )
    commit = committed(machine.repository)
    git("checkout", "-q", BASE)
    (machine.repository / "trajecten/later.yaml").write_text(HEAD.replace("Proef", "Later"), encoding="utf-8")
    committed(machine.repository)
    git("checkout", "-q", "voorstel")
    machine.base = BASE
    return commit


def told(machine: Machine) -> str:
    """Where a job tells what changed: the summary, an artifact, or the log."""
    for path in (machine.home / "summary.md", machine.stored / "fii-diff.md"):
        if path.exists() and "Proef" in (text := path.read_text(encoding="utf-8")):
            return text
    return machine.log


@pytest.mark.parametrize(("forge", "carry_out"), EVERYWHERE)
@pytest.mark.parametrize(("names", "merged"), [((), False), ((BROKEN,), False), ((), True)])
def test_a_pull_request_tells_what_it_changes(
    fii: Fii, machine: Machine, forge: str, carry_out: CarriedOut, names: tuple[str, ...], merged: bool
) -> None:
    machine.merged = merged
    carry_out(machine, pull_request(fii, machine, forge, *names))
    assert machine.failed == bool(names), machine.log
    text = told(machine)
    assert "Proef → Voorstel" in text, machine.log
    # What the base did since is no part of the request.
    assert not re.search(r"^(### )?Later .*later", text, re.M)
    if forge != "forgejo":
        assert text.count("Proef → Voorstel") == 1
    assert not (machine.work / "gehackt").exists()


@pytest.mark.parametrize(("forge", "carry_out"), EVERYWHERE)
def test_a_push_tells_no_changes(fii: Fii, machine: Machine, forge: str, carry_out: CarriedOut) -> None:
    commit = pull_request(fii, machine, forge)
    machine.base = ""
    carry_out(machine, commit)
    assert "Voorstel" not in machine.log.replace("Voorstel.html", "")
    assert not (machine.stored / "fii-diff.md").exists()


# --- the issue with what has a date -------------------------------------------------------------------------

FAKE_FORGE = """\
import json, os, sys
from pathlib import Path

issues = Path(os.environ["HOME"]) / "issues.json"
known = json.loads(issues.read_text("utf-8")) if issues.exists() else []
words = sys.argv[1:]


def after(option):
    return words[words.index(option) + 1]


def text(value):
    return Path(value.partition("@")[2] or value).read_text("utf-8")


if Path(sys.argv[0]).name == "gh":
    if words[1] == "list":
        titled = [each for each in known if each["title"] == os.environ["TITLE"]]
        assert "env.TITLE" in after("--jq")
        print(titled[0]["number"] if titled else "")
        sys.exit()
    title, body = None if words[1] == "edit" else after("--title"), text(after("--body-file"))
    number = int(words[2]) if words[1] == "edit" else None
else:
    url = next(word for word in words if word.startswith(("http", "file")))
    assert "geheim" in after("-H")
    if "--get" in words:
        print(json.dumps([{"title": "Iets anders", "number": 7, "iid": 7}, *known]))
        sys.exit()
    number = None if after("-X") == "POST" else int(url.rpartition("/")[2])
    if "-d" in words:
        told = json.loads(text(after("-d")))
        title, body = told["title"], told["body"]
    else:
        data = [word for at, word in enumerate(words) if words[at - 1] == "--data-urlencode"]
        body = text(data[-1])
        title = data[0].partition("=")[2] if len(data) > 1 else None
if number is None:
    known.append({"title": title, "number": 12, "iid": 12, "body": body})
else:
    next(each for each in known if each["number"] == number)["body"] = body
issues.write_text(json.dumps(known), "utf-8")
"""
DATED = HEAD + "actions: [{id: a, what: een gezin minder, due: 2025-05-01}]\n"


def weekly(machine: Machine, forge: str) -> None:
    """Carry out the weekly job of a forge, in a new checkout."""
    shutil.rmtree(machine.work)
    machine.work.mkdir()
    machine.failed = False
    if forge == "gitlab":
        checked_out(machine)
        job = yaml_of(machine.repository / ".gitlab-ci.yml")["fii-due"]
        assert job["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "schedule" && $FII_TOKEN'}]
        machine.variables = {
            **job["variables"],
            "FII_TOKEN": "geheim",
            "CI_API_V4_URL": "https://forge.invalid/api/v4",
            "CI_PROJECT_ID": "1",
        }
        machine.failed = not machine.run("\n".join(job["script"]), "bash", "-eo", "pipefail", "-c")
        return
    path = {"github": ".github/workflows/fii-due.yml", "forgejo": ".forgejo/workflows/fii-due.yml"}[forge]
    carried_out_on_actions(machine, machine.repository / path, "HEAD", whole_history=False)


@pytest.mark.parametrize("forge", FORGES)
def test_the_weekly_job_opens_one_issue_and_then_updates_it(fii: Fii, machine: Machine, forge: str) -> None:
    for name in ("gh", "curl"):
        program = machine.home / "bin" / name
        program.write_text(f"#!{sys.executable}\n{FAKE_FORGE}", encoding="utf-8")
        program.chmod(0o755)
    assert fii("init", machine.repository, "--forge", forge, "--due", "--yes", lang="nl").code == 0
    path = machine.repository / "trajecten/gaaf.yaml"
    path.write_text(DATED, encoding="utf-8")
    committed(machine.repository)
    weekly(machine, forge)
    assert not machine.failed, machine.log
    issues = machine.home / "issues.json"
    (opened,) = json.loads(issues.read_text(encoding="utf-8"))
    assert opened["title"] == "Wat een datum heeft (fii)"
    assert "een gezin minder" in opened["body"]
    path.write_text(DATED.replace("een gezin", "twee gezinnen"), encoding="utf-8")
    (machine.repository / "trajecten/kapot.yaml").write_text("fii: nee", encoding="utf-8")
    committed(machine.repository)
    weekly(machine, forge)
    assert machine.failed  # a file that cannot be read; the others are in the issue
    (updated,) = json.loads(issues.read_text(encoding="utf-8"))
    assert "twee gezinnen minder" in updated["body"]


@pytest.mark.parametrize("forge", FORGES)
def test_without_due_there_is_no_weekly_job(fii: Fii, machine: Machine, forge: str) -> None:
    set_up(fii, machine, forge, SOUND)
    files = (path for path in machine.repository.rglob("*") if path.is_file() and ".git/" not in str(path))
    assert not any("fii due" in path.read_text(encoding="utf-8") for path in files)
    refused = fii("init", machine.repository, "--forge", "none", "--due", "--yes")
    assert (refused.code, "needs a forge" in refused.err) == (2, True)


def lines_to_type(page: str) -> list[str]:
    """Every command line that a page tells its readers to type, in order."""
    blocks = re.findall(r"^```(sh|console)\n(.*?)^```", page, re.M | re.S)
    lines = [(kind, line) for kind, text in blocks for line in text.splitlines()]
    return [line.removeprefix("$ ") for kind, line in lines if kind == "sh" or line.startswith("$ ")]


INIT = {
    "nl": ("Waar staat de repository?", "Dit schrijven", "ja"),
    "en": ("Where is the repository hosted?", "Write this", "yes"),
}


@pytest.mark.parametrize("lang", INIT)
@pytest.mark.parametrize("forge", FORGES)
def test_the_first_steps_of_the_guide_end_with_reports_in_ci(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forge: str, lang: str
) -> None:
    """Each line of the guide is typed, except the one that installs fii, and with an address to push to."""
    address = tmp_path / "forge.git"
    bench = Machine(machine.home, machine.repository, tmp_path, machine.stored)
    bench.variables = {"FII_LANG": lang}
    bench.run("git config --global user.name x; git config --global user.email x@example.org")
    bench.run("git init -q --bare forge.git")
    install, *lines = lines_to_type((ROOT / f"docs/first-steps.{lang}.md").read_text(encoding="utf-8"))
    assert install.startswith("pipx install")
    for line in lines:
        if line == "fii init":
            monkeypatch.chdir(bench.work)
            where, write, yes = INIT[lang]
            wizard = Wizard("init", "--lang", lang)
            wizard.answer(where, forge)
            wizard.answer(write, yes)
            assert wizard.ended() == 0
        else:
            typed = re.sub("ADRES-VAN-DE-REPOSITORY|ADDRESS-OF-THE-REPOSITORY", str(address), line)
            assert bench.run(typed), f"{line}\n{bench.log}"
            folder = re.fullmatch(r"mkdir (\S+) && cd \1", line)
            bench.work = bench.work / folder[1] if folder else bench.work
    subprocess.run(["git", "clone", "-q", address, machine.repository], check=True)
    head: list[str | Path] = ["git", "-C", machine.repository, "rev-parse", "HEAD"]
    FORGES[forge](machine, subprocess.check_output(head, text=True).strip())
    assert machine.reports == {"buurt-leren", "thuis-leren-verzonnen", "index"}, machine.log
    assert not machine.failed, machine.log


def test_the_first_steps_are_the_same_in_both_languages() -> None:
    dutch, english = (
        lines_to_type((ROOT / f"docs/first-steps.{lang}.md").read_text(encoding="utf-8")) for lang in INIT
    )
    typed = [line.replace("trajecten-voorbeeld", "example-trajectories").split()[:2] for line in dutch]
    assert typed == [line.split()[:2] for line in english]


@pytest.mark.parametrize("lang", INIT)
@pytest.mark.parametrize("forge", FORGES)
def test_the_shortest_way_of_the_page_on_ci_ends_with_reports(
    machine: Machine, tmp_path: Path, forge: str, lang: str
) -> None:
    """The page is followed in a bare repository that has one trajectory and an address to push to."""
    bench = Machine(machine.home, machine.repository, tmp_path / "bare", machine.stored)
    address = tmp_path / "forge.git"
    bench.work.mkdir()
    bench.variables = {"FII_LANG": lang}
    bench.run("git config --global user.name x; git config --global user.email x@example.org")
    bench.run(f"git init -q --bare {address}; git init -q; git remote add origin {address}")
    bench.run("git config push.default current")
    (bench.work / f"{SOUND}.yaml").write_text(TRAJECTORIES[SOUND], encoding="utf-8")
    page = (ROOT / f"docs/ci.{lang}.md").read_text(encoding="utf-8")
    init, push = re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S)[0].splitlines()
    assert init.split()[:4] == ["fii", "init", "--forge", "github"]
    for line in (init.replace("--forge github", f"--forge {forge} --yes"), push):
        assert bench.run(line), f"{line}\n{bench.log}"
    subprocess.run(["git", "clone", "-q", address, machine.repository], check=True)
    head: list[str | Path] = ["git", "-C", machine.repository, "rev-parse", "HEAD"]
    FORGES[forge](machine, subprocess.check_output(head, text=True).strip())
    assert machine.reports == {SOUND, "index"}, machine.log
    assert not machine.failed, machine.log


def test_a_merge_request_on_gitlab_gets_the_findings_of_every_file(fii: Fii, machine: Machine) -> None:
    on_gitlab(machine, set_up(fii, machine, "gitlab", *TRAJECTORIES))
    entries = json.loads((machine.stored / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    paths = {entry["location"]["path"] for entry in entries}
    assert paths >= {"trajecten/kapot.yaml", "trajecten/prive.yaml"}


def test_on_github_the_reasons_are_annotations_and_a_summary(fii: Fii, machine: Machine) -> None:
    on_github(machine, set_up(fii, machine, "github", *TRAJECTORIES))
    for name in (BROKEN, PRIVATE):
        assert re.search(rf"^::\w+ file=trajecten/{name}\.yaml,line=\d+", machine.log, re.M)
    assert "trajecten/kapot.yaml" in (machine.home / "summary.md").read_text(encoding="utf-8")
