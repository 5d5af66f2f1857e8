"""Git is asked safely: what a repository brings along never runs, and what git does not answer is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from conftest import Fii
from fii_cli import cli
from fii_cli.git import door
from helpers import HEAD

RATED = "assessments: [{instrument: stoplicht, date: 2025-01, ratings: {2a.cultuur: "
TEXT = HEAD + RATED + "{value: groen, evidence: bewijs.pdf}}}]\n"
FILE = "t.yaml"
COMMANDS = (
    ("report", FILE, "--dry-run"),
    ("check", "."),
    ("status", "."),
    ("portfolio", "."),
    ("init", "--dry-run"),
    ("score", FILE),
    ("set", FILE, "title", "Anders", "--dry-run"),
)
THEN = "2024-05-06"
TODAY = date.today().isoformat()


@pytest.fixture(autouse=True)
def _elsewhere(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git without a user, whose commits are all of one day."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    (here / "gitconfig").write_text(
        "[user]\nname = x\nemail = x@example.org\n[init]\ndefaultBranch = main\n"
        "[protocol \"file\"]\nallow = always\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(here / "gitconfig"))
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
    done = fii("report", *words, "--format", "md", "-o", "-")
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
    rev-list = !{it}
    rev-parse = !{it}
    remote = !{it}
    remote-x = !{it}
[credential]
    helper = !{it}
[pager]
    check-ignore = {it}
    ls-files = {it}
    ls-tree = {it}
    rev-list = {it}
    rev-parse = {it}
    remote = {it}
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
        assert done.code in (0, 1), done.err
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
