"""``fii diff`` in repositories of every kind: odd names, no history, half a history, someone else's."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.project.git import door
from helpers import HEAD
from test_git import processes

CHANGED = HEAD.replace("Proef", "Anders")
TITLE = "Title: Proef → Anders"


@pytest.fixture(autouse=True)
def _own_git(here: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    settings = tmp_path_factory.mktemp("user") / "gitconfig"
    settings.write_text('[user]\nname = x\nemail = x@example.org\n[protocol "file"]\nallow = always\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def git(*words: str, at: str | Path = ".") -> str:
    done = subprocess.run(["git", *words], cwd=at, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def write(name: str | bytes, text: str | bytes = HEAD) -> None:
    path = os.fsencode(name)
    os.makedirs(os.path.dirname(path) or b".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def commit(*names: str | bytes, text: str = HEAD) -> None:
    if not Path(".git").exists():
        git("init", "-q", "-b", "main")
    for name in names:
        write(name, text)
    git("add", "-A")
    git("commit", "-q", "--allow-empty", "-m", "x")


def files(fii: Fii, *words: str | Path) -> dict[str, Any]:
    done = fii("diff", "--json", *words)
    assert done.code == 0, done.err
    return {each["path"]: each for each in json.loads(done.out)["files"]}


def refused(fii: Fii, *words: str | Path) -> str:
    done = fii("diff", *words)
    assert done.code == 2, done.out
    return " ".join(done.err.split())


# --- names --------------------------------------------------------------------------------------------------

NAMES: tuple[str | bytes, ...] = (
    "met spatie.yaml",
    "een 'aanhaling' \".yaml",
    "twee\nregels.yaml",
    ":!x.yaml",
    ":(top)x.yaml",
    "a[1].yaml",
    "*.yaml",
    "-x.yaml",
    "--since.yaml",
    "a..b.yaml",
    "één.yml",
    "tab\t.yaml",
    "\\x.yaml",
    "GROOT.YAML",
    "map:met/dubbele punt.yaml",
    b"latin-\xe9.yaml",
)


@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not allow")
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_every_name_can_be_compared(fii: Fii, name: str | bytes) -> None:
    commit(name, "zomaar.yaml")
    git("tag", "v1")
    write(name, CHANGED)
    path = os.fsdecode(name)
    spelt = path if isinstance(name, str) else "latin-\udce9.yaml"
    named = "./" + path
    for words in ((), ("v1",), (".",), ("--", named), ("v1", "--", named)):
        (found,) = files(fii, *words).values()
        assert found["facts"][0]["after"] == "Anders", words
    for form in ("text", "markdown", "html"):
        assert "Anders" in fii("diff", "--format", form).out
    commit(spelt, text=CHANGED)
    assert len(files(fii, "v1", "main", "--", named)) == 1
    os.unlink(os.fsencode(name))
    (found,) = files(fii).values()
    assert found["gap"] == "this file is gone"
    assert len(files(fii, "--staged")) == 0


def test_a_folder_a_subfolder_and_a_folder_that_is_gone(fii: Fii) -> None:
    commit("a/x.yaml", "b/y.yaml", "b/c/z.yaml")
    for name in ("a/x.yaml", "b/y.yaml", "b/c/z.yaml"):
        write(name, CHANGED)
    assert files(fii).keys() == {"a/x.yaml", "b/y.yaml", "b/c/z.yaml"}
    assert files(fii, "b").keys() == files(fii, "b/").keys() == {"b/y.yaml", "b/c/z.yaml"}
    assert files(fii, "HEAD", "a", "b/c").keys() == {"a/x.yaml", "b/c/z.yaml"}
    os.chdir("b")
    assert files(fii).keys() == {"y.yaml", "c/z.yaml"}
    assert files(fii, "..").keys() == {"../a/x.yaml", "y.yaml", "c/z.yaml"}
    assert files(fii, "HEAD", "../a").keys() == {"../a/x.yaml"}
    os.chdir("..")
    Path("a/x.yaml").unlink()
    Path("a").rmdir()
    assert files(fii, "a/")["a/x.yaml"]["gap"] == "this file is gone"
    assert files(fii, "a/x.yaml")["a/x.yaml"]["gap"] == "this file is gone"


def test_what_a_search_skips_is_not_compared(fii: Fii) -> None:
    commit("a.yaml", ".verborgen/b.yaml", "archief/c.yaml", "d.yaml")
    write("fii.toml", '[check]\nexclude = ["archief/"]\n')
    write(".gitignore", "d.yaml\n")
    for name in ("a.yaml", ".verborgen/b.yaml", "archief/c.yaml", "d.yaml"):
        write(name, CHANGED)
    write("nieuw/ander.yaml", "iets: anders\n")
    write(".fii/instruments/eigen.yaml", "id: eigen\n")
    # git tracks d.yaml, so it is compared although it is ignored
    assert files(fii).keys() == {"a.yaml", "d.yaml"}
    assert files(fii, "HEAD", ".verborgen").keys() == {".verborgen/b.yaml"}
    assert files(fii, "archief/c.yaml").keys() == {"archief/c.yaml"}


def test_a_repository_in_the_repository_is_not_compared(fii: Fii) -> None:
    commit("a.yaml")
    Path("binnen").mkdir()
    os.chdir("binnen")
    commit("b.yaml")
    write("b.yaml", CHANGED)
    assert files(fii).keys() == {"b.yaml"}
    os.chdir("..")
    assert files(fii) == {}
    assert files(fii, "binnen/b.yaml").keys() == {"binnen/b.yaml"}
    write("a.yaml", CHANGED)
    assert "is in another repository" in refused(fii, "HEAD", "a.yaml", "binnen/b.yaml")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_is_what_it_leads_to(fii: Fii, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("buiten") / "o.yaml"
    outside.write_text(HEAD, encoding="utf-8")
    write("echt/a.yaml")
    Path("link.yaml").symlink_to("echt/a.yaml")
    Path("map").symlink_to("echt")
    Path("buiten.yaml").symlink_to(outside)
    Path("kapot.yaml").symlink_to("nergens")
    commit()
    assert files(fii) == {}
    write("echt/a.yaml", CHANGED)
    outside.write_text(CHANGED, encoding="utf-8")
    for words in ((), ("link.yaml",), ("map",), ("map/a.yaml",), ("kapot.yaml", ".")):
        assert files(fii, *words).keys() == {"echt/a.yaml"}, words
    assert "is in another repository" in refused(fii, "buiten.yaml")
    os.chdir("map")
    assert files(fii).keys() == {"a.yaml"}


# --- history ------------------------------------------------------------------------------------------------


def test_without_a_commit_every_file_is_new(fii: Fii) -> None:
    git("init", "-q")
    assert files(fii) == {}
    write("a.yaml")
    (found,) = files(fii).values()
    assert found["gap"] == "this file is new"
    assert files(fii, "--staged") == {}
    git("add", ".")
    assert files(fii, "--staged").keys() == {"a.yaml"}
    assert "there is no commit yet" in " ".join(fii("diff").out.split())
    assert "no commit or file HEAD" in refused(fii, "HEAD")
    assert "there is no commit yet" in refused(fii, "--since", "2025-01-01")


def test_a_detached_head_and_a_merge(fii: Fii) -> None:
    commit("a.yaml", "b.yaml")
    git("checkout", "-q", "-b", "zij")
    commit("a.yaml", text=CHANGED)
    git("checkout", "-q", "main")
    commit("b.yaml", text=CHANGED)
    git("merge", "-q", "--no-edit", "zij")
    assert files(fii, "HEAD^1").keys() == files(fii, "HEAD^1..").keys() == {"a.yaml"}
    assert files(fii, "HEAD^2").keys() == {"b.yaml"}
    assert files(fii, "HEAD^1", "HEAD^2").keys() == {"a.yaml", "b.yaml"}
    # with three dots it begins where the two parted, as in a pull request
    assert files(fii, "HEAD^1...HEAD^2").keys() == {"a.yaml"}
    assert files(fii, "HEAD^2...HEAD^1").keys() == {"b.yaml"}
    git("checkout", "-q", "--detach", "HEAD^1")
    assert files(fii) == {}
    write("a.yaml", CHANGED)
    assert files(fii).keys() == {"a.yaml"}


def test_histories_without_a_commit_in_common(fii: Fii) -> None:
    commit("a.yaml")
    git("checkout", "-q", "--orphan", "los")
    commit("a.yaml", text=CHANGED)
    assert "main and HEAD have no commit in common" in refused(fii, "main...")
    assert files(fii, "main..los").keys() == {"a.yaml"}


def test_a_shallow_clone_says_that_it_is_one(fii: Fii) -> None:
    Path("bron").mkdir()
    os.chdir("bron")
    commit("a.yaml")
    commit("a.yaml", text=CHANGED)
    git("clone", "-q", "--depth", "1", Path.cwd().as_uri(), "../ondiep")
    os.chdir("../ondiep")
    assert files(fii) == {}
    for words in (("HEAD~1",), ("--since", "2000-01-01")):
        assert "shallow clone: fetch the whole history" in refused(fii, *words)


def test_what_a_sparse_checkout_leaves_out_is_not_gone(fii: Fii) -> None:
    commit("dichtbij/a.yaml", "ver/b.yaml", "ver/c.yaml")
    git("sparse-checkout", "set", "--cone", "dichtbij")
    assert not Path("ver/b.yaml").exists()
    assert files(fii) == {}
    Path("dichtbij/a.yaml").unlink()
    assert files(fii).keys() == {"dichtbij/a.yaml"}
    assert files(fii, "--staged") == {}


def test_before_the_first_commit_every_finding_is_new(fii: Fii) -> None:
    git("init", "-q")
    write("a.yaml", HEAD.replace("gevraagd", "gevraagt"))
    done = fii("check", "--since", "HEAD")
    assert done.code == 1
    assert "FII012" in done.out


def test_a_file_with_a_merge_conflict(fii: Fii) -> None:
    commit("a.yaml")
    git("checkout", "-q", "-b", "zij")
    commit("a.yaml", text=CHANGED)
    git("checkout", "-q", "main")
    commit("a.yaml", text=HEAD.replace("Proef", "Derde"))
    subprocess.run(["git", "merge", "-q", "zij"], check=False, capture_output=True)
    assert files(fii)["a.yaml"]["gap"].endswith("this file has errors, so it cannot be compared")
    assert files(fii, "--staged")["a.yaml"]["gap"] == "the index: this file has a merge conflict"


@pytest.mark.parametrize(
    "words", [(), ("HEAD",), ("HEAD~1",), ("--since", "2025-01-01"), ("a.yaml",), ("--staged",)]
)
def test_a_repository_of_another_user_is_said(
    fii: Fii, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    commit("a.yaml")
    monkeypatch.setitem(door._ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert "belongs to another user and is not a safe.directory" in refused(fii, *words)


def test_the_repository_is_that_of_the_files_that_are_named(fii: Fii) -> None:
    Path("elders").mkdir()
    os.chdir("elders")
    commit("a.yaml")
    git("tag", "v1")
    write("a.yaml", CHANGED)
    os.chdir("..")
    assert files(fii, "v1", "elders/a.yaml").keys() == {"elders/a.yaml"}
    assert files(fii, "elders").keys() == {"elders/a.yaml"}
    assert "not in a git repository" in refused(fii)
    assert "not in a git repository" in refused(fii, "v1")


def test_a_word_that_is_a_commit_and_a_file_is_refused(fii: Fii) -> None:
    commit("a.yaml", "main/b.yaml")
    git("branch", "uitgave.yaml")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    write("a.yaml", CHANGED)
    write("origin/main...HEAD", "")
    write("main/b.yaml", CHANGED)
    assert "main is a commit and a file" in refused(fii, "main")
    assert files(fii, "./main").keys() == {"main/b.yaml"}
    assert files(fii, "uitgave.yaml").keys() == {"a.yaml", "main/b.yaml"}
    assert "is a commit and a file" in refused(fii, "origin/main...HEAD")
    assert files(fii, "origin/main").keys() == {"a.yaml", "main/b.yaml"}


def test_a_rename_is_followed_between_any_two_versions(fii: Fii) -> None:
    long = HEAD + "log:\n" + "".join(f"  - {{date: 2025-01-{n:02}, text: regel {n}}}\n" for n in range(1, 29))
    commit("a.yaml", text=long)
    git("tag", "v1")
    git("mv", "a.yaml", "b.yaml")
    write("b.yaml", long.replace("Proef", "Anders"))
    assert files(fii)["b.yaml"]["facts"][0]["after"] == "Anders"
    commit()
    git("tag", "v2")
    git("mv", "b.yaml", "c.yaml")
    commit()
    for words, name in ((("v1", "v2"), "b.yaml"), (("v1",), "c.yaml"), (("v1..v2",), "b.yaml")):
        found = files(fii, *words)
        assert found.keys() == {name}
        assert found[name]["facts"][0]["before"] == "Proef"


# --- contents -----------------------------------------------------------------------------------------------


def test_files_that_cannot_be_read_are_gaps_and_cost_nothing_else(fii: Fii) -> None:
    commit("a.yaml", "b.yaml", "groot.yaml", "binair.yaml", "ander.yaml", "latin.yaml")
    write("a.yaml", CHANGED)
    write("groot.yaml", HEAD + "summary: " + "x" * 3_000_000)
    write("binair.yaml", b"\x00\xff" * 50)
    write("los.yaml", "x: " + "y" * 3_000_000)
    write("latin.yaml", HEAD.replace("Proef", "Caf\xe9").encode("latin-1"))
    write("b.yaml", HEAD.replace("\n", "\r\n"))
    found = files(fii)
    assert found.keys() == {"a.yaml", "groot.yaml", "binair.yaml", "latin.yaml"}
    assert "this file is 3 MB" in found["groot.yaml"]["gap"]
    assert "has errors" in found["binair.yaml"]["gap"]
    assert "has errors" in found["latin.yaml"]["gap"]
    assert found["a.yaml"]["facts"]
    commit()
    assert files(fii, "HEAD~1").keys() == found.keys()
    write("groot.yaml", HEAD)
    assert "this file is 3 MB" in files(fii)["groot.yaml"]["gap"]


def test_a_version_in_another_language(fii: Fii) -> None:
    commit("a.yaml", text=HEAD + "people: [{id: x, role: baas}]\n")
    write("a.yaml", CHANGED.replace("language: nl", "language: en"))
    told = " ".join(fii("diff").out.split())
    assert "Language: Dutch → English" in told
    assert TITLE in told
    assert "- Person baas" in told


def test_records_with_the_same_key(fii: Fii) -> None:
    log = "log:\n  - {date: 2025-01-10, text: een}\n  - {date: 2025-01-10, text: een}\n"
    commit("a.yaml", text=HEAD + log)
    write("a.yaml", HEAD + log + "  - {date: 2025-01-10, text: een, by: wij}\n")
    assert [each["before"] for each in files(fii)["a.yaml"]["facts"]] == [None]
    for form in ("text", "markdown", "html"):
        assert fii("diff", "--format", form).code == 0


def test_git_is_asked_as_often_for_many_files_as_for_one(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"t{n}/a.yaml" for n in range(30)]
    commit(*names)
    git("tag", "v1")
    for name in names:
        write(name, CHANGED)
    asked = {}
    for words in (("v1",), ("v1", names[0]), ("v1", *names), ("--since", "2000-01-01")):
        with processes(monkeypatch) as started:
            fii("diff", *words)
        asked[words] = len(started)
    assert max(asked.values()) <= 12, asked
    with processes(monkeypatch) as started:
        fii("check", "--strict", "--since", "v1")
    assert len(started) <= 12


@pytest.mark.parametrize("word", ["geen.yaml", "HEAD:a.yaml", "geen/", "map/geen.yml"])
def test_a_file_that_neither_version_has_is_refused(fii: Fii, word: str) -> None:
    commit("a.yaml")
    assert f"no commit or file {word}" in refused(fii, word)
    assert f"no commit or file {word}" in refused(fii, "HEAD", "a.yaml", word)
