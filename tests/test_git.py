"""Git is asked safely: what a repository brings along never runs, and what git does not answer is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli import cli
from fii_cli.project.git import door
from helpers import HEAD

RATED = "assessments: [{instrument: stoplicht, date: 2025-01, ratings: {2a.cultuur: "
TEXT = HEAD + RATED + "{value: groen, evidence: bewijs.pdf}}}]\n"
FILE = "t.yaml"
COMMANDS = (
    ("report", FILE, "--dry-run"),
    ("report", FILE, "bewijs.pdf", "--dry-run"),
    ("check", "."),
    ("status", "."),
    ("portfolio", "."),
    ("init", "--dry-run"),
    ("init", "--git", "--dry-run"),
    ("init", "--git"),
    ("diff", "--textconv", FILE),
    ("score", FILE),
    ("diff",),
    ("diff", "HEAD", "--staged"),
    ("diff", "HEAD...HEAD"),
    ("check", "--since", "HEAD"),
    ("set", FILE, "title", "Anders", "--dry-run"),
    ("trend", FILE),
)
THEN = "2024-05-06"
TODAY = date.today().isoformat()


@pytest.fixture(autouse=True)
def _elsewhere(here: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git without a user, whose commits are all of one day."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    settings = tmp_path_factory.mktemp("user") / "gitconfig"
    who = "[user]\nname = x\nemail = x@example.org\n[init]\ndefaultBranch = main\n"
    settings.write_text(f'{who}[protocol "file"]\nallow = always\n', encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def git(*words: str, at: str | Path = ".", day: str = THEN, check: bool = True) -> str:
    noon = f"{day}T12:00:00Z"
    env = os.environ | {"GIT_AUTHOR_DATE": noon, "GIT_COMMITTER_DATE": noon}
    done = subprocess.run(["git", *words], cwd=at, env=env, check=check, capture_output=True, text=True)
    return done.stdout.strip()


def commit(at: str | Path = ".", day: str = THEN) -> None:
    git("add", "-A", at=at)
    git("commit", "-q", "-m", "x", at=at, day=day)


def repository(path: str | Path, text: str = TEXT) -> Path:
    """A repository with one trajectory and its evidence, committed."""
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_text(text, encoding="utf-8")
    (folder / "bewijs.pdf").write_text("x", encoding="utf-8")
    git("init", "-q", at=folder)
    commit(folder)
    return folder


def dated(fii: Fii, *words: str | Path) -> tuple[str, str]:
    """The day of a report, and what is said of it."""
    done = fii("report", "--format", "md", "-o", "-", *words)
    assert done.code == 0, done.err
    return done.out.splitlines()[0].split()[3], done.err.strip()


# --- nothing of a repository runs ---------------------------------------------------------------------------

HOOKS = ("post-index-change", "pre-commit", "post-checkout", "reference-transaction", "fsmonitor-watchman")
KEYS = """
[core]
    fsmonitor = {it}
    hooksPath = {hooks}
    pager = {it}
    editor = {it}
    sshCommand = {it}
    askPass = {it}
    gitProxy = {it}
    alternateRefsCommand = {it}
    attributesFile = {attributes}
[log]
    showSignature = true
    mailmap = true
[gpg]
    program = {it}
[gpg "ssh"]
    program = {it}
    defaultKeyCommand = {it}
[diff]
    external = {it}
[diff "x"]
    textconv = {it}
    command = {it}
[filter "x"]
    clean = {it}
    smudge = {it}
    process = {it}
    required = true
[merge "x"]
    driver = {it}
[alias]
    check-ignore = !{it}
    ls-files = !{it}
    ls-tree = !{it}
    diff-tree = !{it}
    cat-file = !{it}
    rev-list = !{it}
    rev-parse = !{it}
    remote = !{it}
    config = !{it}
    diff-index = !{it}
    merge-base = !{it}
    cat-file = !{it}
    remote-x = !{it}
[credential]
    helper = !{it}
[pager]
    check-ignore = {it}
    ls-files = {it}
    ls-tree = {it}
    diff-tree = {it}
    cat-file = {it}
    rev-list = {it}
    rev-parse = {it}
    remote = {it}
    config = {it}
    diff-index = {it}
    merge-base = {it}
    cat-file = {it}
[uploadpack]
    packObjectsHook = {it}
[submodule]
    recurse = true
[submodule "x"]
    update = !{it}
[trailer "x"]
    command = {it}
    cmd = {it}
[interactive]
    diffFilter = {it}
[sequence]
    editor = {it}
[protocol]
    allow = always
[protocol "ext"]
    allow = always
[protocol "x"]
    allow = always
"""
PROMISES = """
[core]
    repositoryformatversion = 1
[extensions]
    partialClone = origin
[remote "origin"]
    url = {url}
    uploadpack = {it}
    promisor = true
    partialclonefilter = tree:0
[protocol "file"]
    allow = always
"""


class Canary:
    """A program that leaves a trace when it runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ran = folder / "ran"
        self.it = folder / "canary.sh"
        self.it.write_text(f"#!/bin/sh\necho ran >> {self.ran}\nexit 1\n", encoding="utf-8")
        self.it.chmod(0o755)
        self.hooks = folder / "hooks"
        self.hooks.mkdir()
        for name in HOOKS:
            shutil.copy(self.it, self.hooks / name)
        self.attributes = folder / "attributes"
        self.attributes.write_text("* filter=x diff=x merge=x\n", encoding="utf-8")

    def configure(self, config: Path, keys: str = KEYS, **more: str) -> None:
        with config.open("a", encoding="utf-8") as file:
            file.write(keys.format(it=self.it, hooks=self.hooks, attributes=self.attributes, **more))


@pytest.fixture
def canary(tmp_path_factory: pytest.TempPathFactory) -> Canary:
    return Canary(tmp_path_factory.mktemp("canary"))


def archive(canary: Canary) -> None:
    """An unpacked archive that brings a ``.git`` of its own, with hooks where git looks for them."""
    repository(".")
    Path(".gitattributes").write_text("* filter=x diff=x merge=x\n", encoding="utf-8")
    commit()
    shutil.rmtree(".git/hooks", ignore_errors=True)
    shutil.copytree(canary.hooks, ".git/hooks")
    canary.configure(Path(".git/config"))
    Path(FILE).write_text(TEXT + "log: []\n", encoding="utf-8")


def signed(canary: Canary) -> None:
    """The last commit carries a signature, which git would show to a program."""
    repository(".")
    raw = git("cat-file", "commit", "HEAD")
    head, _, said = raw.partition("\n\n")
    seal = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n abcd\n -----END PGP SIGNATURE-----"
    Path("../commit").write_text(f"{head}\n{seal}\n\n{said}\n", encoding="utf-8")
    git("update-ref", "HEAD", git("hash-object", "-t", "commit", "-w", "../commit"))
    canary.configure(Path(".git/config"))


def bare_folder(canary: Canary) -> None:
    """A plain clone, in which four committed names make a folder look like a bare repository."""
    _look_bare(canary, Path("source/t"))
    canary.configure(Path("source/t/config"))
    _cloned()


def bare_folder_with_a_work_tree(canary: Canary) -> None:
    """The same, and its configuration says that its work tree is the folder above it."""
    _look_bare(canary, Path("source/t"))
    config = Path("source/t/config")
    config.write_text("[core]\nrepositoryformatversion = 0\nbare = false\nworktree = ..\n", encoding="utf-8")
    canary.configure(config)
    _cloned()


def bare_root(canary: Canary) -> None:
    """The root itself looks like a bare repository, beside a ``.git`` that git cannot use."""
    repository("inner")
    for each in ("objects", "refs", "HEAD", "config"):
        shutil.move(f"inner/.git/{each}", each)
    canary.configure(Path("config"))
    for each in (FILE, "bewijs.pdf"):
        shutil.move(f"inner/{each}", each)
    shutil.rmtree("inner")
    Path(".git").mkdir()
    Path(".git/HEAD").write_text("no head\n", encoding="utf-8")


def _look_bare(canary: Canary, folder: Path) -> None:
    repository(folder)
    for each in ("objects", "refs", "HEAD", "config"):
        shutil.move(folder / ".git" / each, folder / each)
    shutil.rmtree(folder / ".git")
    (folder / "refs/heads").mkdir(parents=True, exist_ok=True)


def _cloned() -> None:
    git("init", "-q", at="source")
    git("add", "-f", ".", at="source")
    git("commit", "-q", "-m", "x", at="source")
    git("clone", "-q", "source", "clone")
    os.chdir("clone/t")


def git_is_a_file(canary: Canary) -> None:
    """``.git`` is a file that leads to a folder among the files."""
    archive(canary)
    shutil.move(".git", "evil")
    Path(".git").write_text("gitdir: evil\n", encoding="utf-8")


def git_is_a_link(canary: Canary) -> None:
    archive(canary)
    shutil.move(".git", "evil")
    Path(".git").symlink_to("evil")


def worktree(canary: Canary) -> None:
    """A linked worktree of a repository with a configuration for each worktree."""
    repository("main")
    git("worktree", "add", "-q", "../beside", at="main")
    git("config", "extensions.worktreeConfig", "true", at="main")
    canary.configure(Path("main/.git/config"))
    canary.configure(Path("main/.git/worktrees/beside/config.worktree"))
    os.chdir("beside")


def common_folder(canary: Canary) -> None:
    """What worktrees have in common lies among the files."""
    archive(canary)
    shutil.copytree(".git", "evil")
    Path(".git/commondir").write_text("../evil\n", encoding="utf-8")


def alternates(canary: Canary) -> None:
    """The objects lie in another repository, which has a configuration of its own."""
    archive(canary)
    shutil.copytree(".git", "evil")
    shutil.rmtree(".git/objects")
    Path(".git/objects/info").mkdir(parents=True)
    Path(".git/objects/info/alternates").write_text("../../evil/objects\n", encoding="utf-8")


def included(canary: Canary) -> None:
    """The configuration reads on in a file among the files."""
    repository(".")
    canary.configure(Path("more.txt"))
    git("config", "include.path", "../more.txt")
    git("config", "includeIf.gitdir:/**.path", "../more.txt")


def another_work_tree(canary: Canary) -> None:
    archive(canary)
    Path("../files").mkdir()
    git("config", "core.worktree", "../../files")


def within_another(canary: Canary) -> None:
    """A repository below the folder, as a submodule and as somebody's clone."""
    repository("whole")
    repository("part")
    git("submodule", "--quiet", "add", "../part", "sub", at="whole")
    commit("whole")
    canary.configure(Path("whole/.git/modules/sub/config"))
    nested = repository("whole/nested")
    canary.configure(nested / ".git/config")
    os.chdir("whole")


def partial(canary: Canary) -> None:
    """A tree is missing, and its remote brings a program to fetch it with."""
    repository(".")
    tree = git("rev-parse", "HEAD^{tree}")
    Path(f".git/objects/{tree[:2]}/{tree[2:]}").unlink()
    canary.configure(Path(".git/config"))
    canary.configure(Path(".git/config"), PROMISES, url=os.getcwd())


def partial_with_a_helper(canary: Canary) -> None:
    """The same, and the remote is spoken to by a helper that an alias makes."""
    partial(canary)
    git("config", "remote.origin.vcs", "x")


def partial_with_a_command(canary: Canary) -> None:
    """The same, and the address of the remote is a command."""
    partial(canary)
    git("config", "remote.origin.url", f"ext::{canary.it}")


def partial_and_sparse(canary: Canary) -> None:
    """The index has a folder in place of its files, and the tree of that folder is missing."""
    Path("far").mkdir()
    Path("near").mkdir()
    Path("far/x.yaml").write_text("x: 1\n", encoding="utf-8")
    Path("near/x.yaml").write_text("x: 2\n", encoding="utf-8")
    repository(".")
    tree = git("rev-parse", "HEAD:far")
    git("sparse-checkout", "set", "--cone", "--sparse-index", "near")
    Path(f".git/objects/{tree[:2]}/{tree[2:]}").unlink()
    canary.configure(Path(".git/config"), PROMISES, url=os.getcwd())


KINDS: tuple[Callable[[Canary], None], ...] = (
    archive,
    signed,
    bare_folder,
    bare_folder_with_a_work_tree,
    bare_root,
    git_is_a_file,
    git_is_a_link,
    worktree,
    common_folder,
    alternates,
    included,
    another_work_tree,
    within_another,
    partial,
    partial_with_a_helper,
    partial_with_a_command,
    partial_and_sparse,
)
PLAIN = (
    ("status",),
    ("log", "-1", "-p", "--ext-diff", "--textconv"),
    ("ls-files", "-m"),
    ("ls-tree", "-r", "HEAD"),
    ("ls-files",),
)


@pytest.mark.skipif(os.name == "nt", reason="the canary is a script of a shell")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_that_a_repository_brings_along_runs(
    kind: Callable[[Canary], None], fii: Fii, canary: Canary
) -> None:
    _enter(kind, canary)
    for command in COMMANDS:
        done = fii(*command)
        needs_history = not {"diff", "--since", "--git"}.isdisjoint(command)
        assert done.code in (0, 1, 2 if needs_history else 1), done.err
        assert not canary.ran.exists(), command
    if kind is within_another:
        os.chdir("nested")
    for words in PLAIN:
        git(*words, check=False)
    assert canary.ran.exists(), "git itself, asked plainly, runs nothing here: the case proves nothing"


@pytest.mark.skipif(os.name == "nt", reason="the canary is a script of a shell")
@pytest.mark.parametrize("kind", [kind for kind in KINDS if "partial" in kind.__name__])
def test_nothing_is_fetched_by_a_git_that_knows_no_switch_for_it(
    kind: Callable[[Canary], None], fii: Fii, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(door._ENVIRONMENT, "GIT_NO_LAZY_FETCH")
    _enter(kind, canary)
    for command in COMMANDS:
        fii(*command)
        assert not canary.ran.exists(), command


def _enter(kind: Callable[[Canary], None], canary: Canary) -> None:
    Path("in").mkdir()
    os.chdir("in")
    kind(canary)
    canary.ran.unlink(missing_ok=True)


def test_a_folder_that_looks_like_a_repository_is_not_asked_and_that_is_said(
    fii: Fii, canary: Canary
) -> None:
    _enter(bare_folder, canary)
    around = "looks like a bare git repository: fii uses the repository around it instead"
    assert dated(fii, FILE) == (THEN, f". {around}")
    os.chdir("..")
    assert f"t {around}" in fii("check", ".").err
    assert dated(fii, f"t/{FILE}") == (THEN, f"t {around}")


def test_a_root_that_looks_like_a_bare_repository_is_not_asked_at_all(fii: Fii, canary: Canary) -> None:
    _enter(bare_root, canary)
    instead = f"evidence is checked on disk, {FILE} is dated today ({TODAY})"
    assert dated(fii, FILE) == (TODAY, f". looks like a bare git repository: {instead}")


# --- whose repository it is ---------------------------------------------------------------------------------


def test_a_repository_of_another_user_is_not_opened_unless_the_user_says_so(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository("theirs")
    # git has this for its own tests, as only root can give files away.
    monkeypatch.setitem(door._ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    day, said = dated(fii, f"theirs/{FILE}")
    assert (day, said.count("\n")) == (TODAY, 0)
    assert said.startswith(
        "git refuses to open theirs: it belongs to another user and is not a safe.directory: "
    )
    assert f"theirs/{FILE} is dated today ({TODAY})" in said
    assert "ignored files are included" in fii("check", "theirs").err
    assert "its host is unknown" in fii("init", "theirs", "--dry-run").err
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "*")
    assert dated(fii, f"theirs/{FILE}") == (THEN, "")


def test_the_work_tree_is_where_git_was_found(fii: Fii) -> None:
    repository("here")
    Path("there").mkdir()
    git("config", "core.worktree", "../../there", at="here")
    Path("here/.gitignore").write_text("x.yaml\n", encoding="utf-8")
    Path("here/x.yaml").write_text(HEAD, encoding="utf-8")
    assert dated(fii, f"here/{FILE}") == (THEN, "")
    done = fii("check", "here")
    assert "1 trajectory" in done.err
    assert "git" not in done.err


def test_worktrees_may_lie_in_a_bare_repository(fii: Fii) -> None:
    repository("one")
    git("clone", "-q", "--bare", "one", "two.git")
    git("worktree", "add", "-q", "main", at="two.git")
    assert dated(fii, f"two.git/main/{FILE}") == (THEN, "")


@pytest.mark.parametrize(
    "name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_TRACE"]
)
def test_the_environment_does_not_choose_another_repository(
    name: str, fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository("one")
    other = repository("other", HEAD)
    (other / FILE).write_text(TEXT, encoding="utf-8")
    commit("other", "2020-01-01")
    (other / ".git/info/exclude").write_text("*\n", encoding="utf-8")
    elsewhere = {"GIT_DIR": ".git", "GIT_INDEX_FILE": ".git/none", "GIT_OBJECT_DIRECTORY": ".git/none"}
    monkeypatch.setenv(name, str(other.resolve() / elsewhere.get(name, "trace")))
    os.chdir("one")
    assert dated(fii, FILE) == (THEN, "")
    done = fii("check")
    assert "1 trajectory" in done.err
    assert "FII032" not in done.out
    assert not (other / "trace").exists()


def test_git_is_only_run_from_a_full_path(fii: Fii, monkeypatch: pytest.MonkeyPatch, canary: Canary) -> None:
    repository(".")
    shutil.copy(canary.it, "git")
    monkeypatch.setenv("PATH", os.pathsep.join(("", ".", "bin")))
    day, said = dated(fii, FILE)
    assert (day, canary.ran.exists()) == (TODAY, False)
    assert said.startswith("git was not found on the PATH: ")


# --- git that does not end, and answers too large -----------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="a pipe of Unix")
def test_git_is_waited_for_once(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(".")
    Path("fresh.yaml").write_text(HEAD, encoding="utf-8")
    os.mkfifo(".gitignore")
    monkeypatch.setattr(door, "SECONDS", 0.3)
    with processes(monkeypatch) as started:
        done = fii("check")
    assert len(started) == 1
    assert done.code == 0
    assert (
        "git did not answer within 0.3 seconds: ignored files are included, evidence is checked on disk\n"
        in done.err
    )
    Path(".gitignore").unlink()
    monkeypatch.undo()
    assert "git" not in fii("check").err


def test_an_answer_that_is_too_large_is_not_read_on(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    repository(".")
    monkeypatch.setattr(door, "MOST_BYTES", 10)
    assert "git's output is too large: evidence is checked on disk" in fii("check").err


@contextmanager
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[list[str], dict[str, str]]]]:
    """The command lines of the processes that are started meanwhile, each with its environment."""
    started: list[tuple[list[str], dict[str, str]]] = []

    class Counted(subprocess.Popen[bytes]):
        def __init__(self, words: list[str], **more: Any) -> None:
            started.append((words, more.get("env") or {}))
            super().__init__(words, **more)

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "Popen", Counted)
        yield started


def asked(words: list[str]) -> tuple[list[str], str]:
    """The configuration that a command line of git gives along, and the command that it asks for."""
    given = [word for before, word in pairwise(words) if before == "-c"]
    after = words[max(at for at, word in enumerate(words) if word == "-c") + 2 :]
    command, *rest = [word for word in after if word != "--literal-pathspecs"]
    return given, f"remote {rest[0]}" if command == "remote" else command


def test_every_command_is_one_of_the_table_and_is_given_all_that_holds_a_repository_in(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository("in").resolve()
    os.chdir(root)
    monkeypatch.setenv("GIT_PAGER", "less")
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh")
    with processes(monkeypatch) as started:
        for command in COMMANDS:
            fii(*command)
    for words, environment in started:
        assert os.path.isabs(words[0])
        assert words[1:4] == ["-C", str(root), f"--work-tree={root}"]
        assert asked(words)[0] == [
            "safe.bareRepository=explicit",
            "core.fsmonitor=false",
            f"core.hooksPath={os.devnull}",
            "protocol.allow=never",
            "fetch.bundleURI=",
        ]
        given = {name: value for name, value in environment.items() if name.startswith(("GIT_", "SSH_ASK"))}
        assert len(given.pop("GIT_ALLOW_PROTOCOL")) == 32
        assert given == {
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "",
            "SSH_ASKPASS": "",
            "GIT_PAGER": "cat",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_CEILING_DIRECTORIES": str(root.parent),
            "GIT_CONFIG_GLOBAL": os.environ["GIT_CONFIG_GLOBAL"],
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        assert environment["LC_ALL"] == "C"
    table = str(door.__doc__).split("\n==")[2]
    rows = {line[:16].strip() for line in table.splitlines()[1:] if not line.startswith(" ")}
    assert {asked(words)[1] for words, _ in started} == rows


def test_a_check_of_many_files_asks_twice_and_their_reports_three_times(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository(".")
    for n in range(20):
        Path(f"sub{n}").mkdir()
        Path(f"sub{n}/{n}.yaml").write_text(TEXT, encoding="utf-8")
    Path(FILE).write_text(TEXT + "log: []\n", encoding="utf-8")
    commit()
    with processes(monkeypatch) as started:
        fii("check")
    assert len(started) == 2
    with processes(monkeypatch) as started:
        fii("report", FILE, "--dry-run")
    assert len([words for words, _ in started if "ls-files" not in words]) == 2
    for command in ("report", *(f"sub{n}/{n}.yaml" for n in range(20)), "--dry-run"), ("portfolio", "."):
        with processes(monkeypatch) as started:
            fii(*command)
        told = [asked(words)[1] for words, _ in started if not {"ls-files", "check-ignore"} & set(words)]
        assert told == ["ls-tree", "rev-list", "diff-tree"]


# --- the day of a report ------------------------------------------------------------------------------------


def test_the_day_is_that_of_the_commit_only_where_the_file_is_as_committed(fii: Fii) -> None:
    repository(".")
    assert dated(fii, FILE) == (THEN, "")
    Path(FILE).write_text(TEXT + "log: [{date: 2025-02-03, text: x}]\n", encoding="utf-8")
    changed = (TODAY, f"changed after the last commit: {FILE} is dated today ({TODAY})")
    assert dated(fii, FILE) == changed
    git("add", FILE)
    assert dated(fii, FILE) == changed
    commit(day="2025-02-04")
    assert dated(fii, FILE) == ("2025-02-04", "")


@pytest.mark.parametrize(
    ("committed", "there"), [("\n", "\r\n"), ("\r\n", "\n"), ("\n", "\n"), ("\r\n", "\r\n")]
)
def test_line_ends_change_nothing(fii: Fii, committed: str, there: str) -> None:
    repository(".", HEAD)
    Path(FILE).write_bytes(TEXT.replace("\n", committed).encode())
    git("-c", "core.autocrlf=false", "commit", "-q", "-a", "-m", "x")
    Path(FILE).write_bytes(TEXT.replace("\n", there).encode())
    assert dated(fii, FILE) == (THEN, "")


def test_filters_do_not_decide_whether_a_file_is_as_committed(fii: Fii) -> None:
    repository(".")
    git("config", "filter.x.clean", f"git cat-file blob HEAD:{FILE}")
    Path(".git/info/attributes").write_text(f"{FILE} filter=x\n", encoding="utf-8")
    Path(FILE).write_text(TEXT.replace("Proef", "Vroeg"), encoding="utf-8")
    assert git("status", "--porcelain") == ""
    assert dated(fii, FILE)[0] == TODAY


def test_a_repository_with_longer_names_of_objects(fii: Fii) -> None:
    git("init", "-q", "--object-format=sha256")
    repository(".")
    assert dated(fii, FILE) == (THEN, "")


def test_what_git_does_not_have_yet_is_dated_today(fii: Fii) -> None:
    git("init", "-q")
    Path(FILE).write_text(HEAD, encoding="utf-8")
    fresh = (TODAY, f"not committed yet: {FILE} is dated today ({TODAY})")
    assert dated(fii, FILE) == fresh
    git("commit", "-q", "--allow-empty", "-m", "x")
    assert dated(fii, FILE) == fresh


def test_without_a_repository_only_a_report_says_so(fii: Fii) -> None:
    Path(FILE).write_text(HEAD, encoding="utf-8")
    assert dated(fii, FILE) == (TODAY, f"not in a git repository: {FILE} is dated today ({TODAY})")
    assert "git" not in fii("check").err


def test_one_line_for_many_files_with_the_same_reason(fii: Fii) -> None:
    repository(".")
    for n in range(9):
        Path(f"{n}.yaml").write_text(HEAD, encoding="utf-8")
    said = fii("report", *(f"{n}.yaml" for n in range(9)), "--dry-run").err.strip()
    files = ", ".join(f"{n}.yaml is dated today ({TODAY})" for n in range(3))
    assert said == f"not committed yet: {files}, …"


def test_a_clone_that_is_cut_off_does_not_tell_the_day_of_an_older_file(fii: Fii) -> None:
    whole = repository("whole")
    for day in ("2024-06-01", "2024-06-02", "2024-06-03"):
        (whole / "other.yaml").write_text(f"{HEAD}summary: '{day}'\n", encoding="utf-8")
        commit(whole, day)
    git("clone", "-q", "--depth", "2", whole.resolve().as_uri(), "cut")
    assert dated(fii, "cut/other.yaml") == ("2024-06-03", "")
    day, said = dated(fii, f"cut/{FILE}")
    assert day == TODAY
    assert said.startswith("this is a shallow clone, and the last change may be older: ")
    git("fetch", "-q", "--unshallow", at="cut")
    assert dated(fii, f"cut/{FILE}") == (THEN, "")


def test_a_clone_without_the_texts_of_files_tells_the_day(fii: Fii) -> None:
    whole = repository("whole")
    git("config", "uploadpack.allowFilter", "true", at=whole)
    git("clone", "-q", "--filter=blob:none", whole.resolve().as_uri(), "without")
    assert dated(fii, f"without/{FILE}") == (THEN, "")


def test_missing_objects_are_said(fii: Fii) -> None:
    repository(".")
    tree = git("rev-parse", "HEAD^{tree}")
    Path(f".git/objects/{tree[:2]}/{tree[2:]}").unlink()
    assert dated(fii, FILE) == (
        TODAY,
        f"git cannot read .; part of it is missing or damaged: {FILE} is dated today ({TODAY})",
    )


def test_a_merge_leaves_the_day_of_the_change(fii: Fii) -> None:
    repository(".")
    git("checkout", "-q", "-b", "side")
    Path(FILE).write_text(TEXT + "log: []\n", encoding="utf-8")
    commit(day="2024-06-01")
    git("checkout", "-q", "main")
    Path("other").write_text("x", encoding="utf-8")
    commit(day="2024-06-02")
    git("merge", "-q", "--no-ff", "-m", "x", "side", day="2024-06-03")
    assert dated(fii, FILE) == ("2024-06-01", "")


@pytest.mark.parametrize(
    "name", ["a[1].yaml", ":!b.yaml", ":(top)a1.yaml", "*.yaml", "a\nb.yaml", "é\udcff.yaml", "-x.yaml"]
)
def test_a_name_is_a_name_and_no_pattern(fii: Fii, name: str) -> None:
    Path("a1.yaml").write_text(HEAD, encoding="utf-8")
    Path(name).write_text(TEXT, encoding="utf-8")
    Path(".gitignore").write_text(":draft.yaml\n", encoding="utf-8")
    Path(":draft.yaml").write_text(HEAD, encoding="utf-8")
    git("init", "-q")
    git("--literal-pathspecs", "add", "-f", "--", name)
    git("commit", "-q", "-m", "x")
    commit(day="2024-06-01")
    assert dated(fii, "--", name) == (THEN, "")
    done = fii("check")
    assert "2 trajectories" in done.err
    assert "git" not in done.err


@pytest.mark.parametrize("epoch", ["²", "-1", "1e9", "99999999999999", "9" * 5000, " 1", "1_0", "٣"])
def test_an_epoch_that_is_no_number_of_seconds_is_refused(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    Path(FILE).write_text(HEAD, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    done = fii("report", FILE)
    assert done.code == 2
    assert f"SOURCE_DATE_EPOCH is {epoch}, which is not a number of seconds since 1970" in done.err


# --- what people do with git --------------------------------------------------------------------------------


def test_a_worktree_and_a_subfolder_are_asked_as_any_other(fii: Fii) -> None:
    main = repository("main/deep/folder").parents[1]
    shutil.rmtree("main/deep/folder/.git")
    repository(main, HEAD)
    git("worktree", "add", "-q", "../beside", at=main)
    os.chdir("beside/deep/folder")
    Path("x.yaml").write_text(HEAD + "titel: x\n", encoding="utf-8")
    Path("../.gitignore").write_text("x.yaml\n", encoding="utf-8")
    assert dated(fii, FILE) == (THEN, "")
    done = fii("check")
    assert (done.code, "FII032" in done.out, "git" in done.err) == (0, False, False)


def test_a_submodule_is_asked_about_its_own_files(fii: Fii) -> None:
    part = repository("part")
    (part / ".gitignore").write_text("draft.yaml\n", encoding="utf-8")
    commit(part)
    whole = repository("whole")
    (whole / ".gitignore").write_text("x.yaml\nvendor/\n", encoding="utf-8")
    git("submodule", "--quiet", "add", "../part", "sub", at=whole)
    commit(whole, "2024-06-01")
    wrong = HEAD + "titel: x\n"
    repository("whole/vendor/clone", wrong)
    (whole / "sub/draft.yaml").write_text(wrong, encoding="utf-8")
    (whole / "x.yaml").write_text(wrong, encoding="utf-8")
    assert dated(fii, f"whole/sub/{FILE}") == (THEN, "")
    done = fii("check", "whole")
    assert (done.code, "git" in done.err) == (0, False)
    assert "2 trajectories" in done.err


@pytest.mark.skipif(os.name == "nt", reason="a hook is a script of a shell")
def test_in_a_hook_the_repository_of_the_file_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git gives a hook its own environment, in a linked worktree even more of it."""
    main = repository("main")
    git("worktree", "add", "-q", "../beside", at=main)
    hook = main / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f'#!/bin/sh\nenv > "$OUT.env"\n"{sys.executable}" -m fii_cli --lang en check . > "$OUT" 2>&1\n',
        encoding="utf-8",
    )
    hook.chmod(0o755)
    monkeypatch.setenv("PYTHONPATH", str(Path(cli.__file__).parents[1]))
    for folder in (main, Path("beside")):
        out = folder.resolve().parent / f"{folder}.txt"
        monkeypatch.setenv("OUT", str(out))
        (folder / "new.pdf").write_text("x", encoding="utf-8")
        (folder / FILE).write_text(TEXT.replace("bewijs.pdf", "new.pdf"), encoding="utf-8")
        commit(folder)
        assert "GIT_INDEX_FILE" in Path(f"{out}.env").read_text(encoding="utf-8")
        said = out.read_text(encoding="utf-8")
        assert "1 trajectory" in said
        assert "FII032" not in said
        assert "git" not in said


def test_a_file_behind_a_link_has_the_day_of_the_file(fii: Fii) -> None:
    repository("one")
    Path("link.yaml").symlink_to(f"one/{FILE}")
    Path("folder").symlink_to("one")
    assert dated(fii, "link.yaml") == (THEN, "")
    assert dated(fii, f"folder/{FILE}") == (THEN, "")
    done = fii("check", "folder")
    assert ("FII032" in done.out, "git" in done.err) == (False, False)
