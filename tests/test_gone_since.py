"""``fii check --since``: a trajectory that a commit had, and that is no longer there to be checked."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from conftest import Fii
from helpers import HEAD
from test_diff_repositories import _own_git as _own_git
from test_diff_repositories import commit, git, write

BROKEN = HEAD.replace("gevraagd", "gevraagt")
LONG = HEAD + "log:\n" + "".join(f"  - {{date: 2025-01-{n:02}, text: regel {n}}}\n" for n in range(1, 29))


def new(fii: Fii, *words: str, since: str = "v1") -> list[tuple[str, str]]:
    """The path and code of each error that is new, and the check fails on these."""
    done = fii("check", "--since", since, "--json", *words)
    told = json.loads(done.out)["diagnostics"]
    found = [(each["path"], each["code"]) for each in told if each["severity"] == "error"]
    assert done.code == (1 if found else 0), done.err
    return found


@pytest.fixture
def tagged(here: Path) -> None:
    commit("a.yaml", "b.yaml", "map/c.yaml", text=LONG)
    git("tag", "v1")


@pytest.mark.parametrize("sound", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "# alleen een opmerking\n",
        "{}\n",
        "x: 1\n",
        "- x\n",
        "tekst\n",
        "fii : 1\n",
        "\tfii: [",
        b"\xff\xfe\x00",
    ],
    ids=range(10),
)
def test_what_is_no_longer_a_trajectory_fails(fii: Fii, text: str | bytes, sound: bool) -> None:
    commit("a.yaml", "b.yaml", text=HEAD if sound else BROKEN)
    git("tag", "v1")
    assert new(fii) == []
    write("a.yaml", text)
    assert new(fii) == [("a.yaml", "FII006")]
    assert "v1 had a trajectory here, and this is no longer one" in " ".join(
        fii("check", "--since", "v1").out.split()
    )
    commit()
    assert new(fii) == [("a.yaml", "FII006")]


def test_what_is_gone_fails_and_says_how_to_get_it_back(fii: Fii, tagged: None) -> None:
    Path("a.yaml").unlink()
    git("rm", "-q", "map/c.yaml")
    assert new(fii) == [("a.yaml", "FII006"), (os.path.join("map", "c.yaml"), "FII006")]
    told = " ".join(fii("check", "--since", "v1").out.split())
    assert "v1 had this trajectory, and it is gone" in told
    assert "git restore --source=v1 -- a.yaml" in told
    for form in ("concise", "github", "gitlab", "sarif", "junit", "markdown"):
        done = fii("check", "--since", "v1", "--format", form)
        assert done.code == 1
        assert "a.yaml" in done.out
    commit()
    assert len(new(fii)) == 2
    assert new(fii, "b.yaml") == []
    os.chdir("map") if Path("map").exists() else None
    git("restore", "--source=v1", "--", ":/a.yaml", ":/map/c.yaml")
    assert new(fii) == []


def test_even_if_nothing_is_left(fii: Fii) -> None:
    commit("a.yaml")
    git("tag", "v1")
    Path("a.yaml").unlink()
    assert new(fii) == [("a.yaml", "FII006")]
    assert "no commit geen" in fii("check", "--since", "geen").err


def test_only_what_was_asked_for_is_looked_at(fii: Fii, tagged: None) -> None:
    Path("a.yaml").unlink()
    write("map/c.yaml", "")
    assert new(fii, "map") == [(os.path.join("map", "c.yaml"), "FII006")]
    os.chdir("map")
    assert new(fii) == [("c.yaml", "FII006")]
    assert new(fii, "..") == [(os.path.join("..", "a.yaml"), "FII006"), ("c.yaml", "FII006")]


def test_a_renamed_trajectory_is_not_gone(fii: Fii) -> None:
    commit("a.yaml", "b.yaml", "map/c.yaml", text=LONG.replace("gevraagd", "gevraagt"))
    git("tag", "v1")
    Path("a.yaml").rename("z.yaml")  # git does not know yet
    assert new(fii) == []
    write("z.yaml", Path("z.yaml").read_text(encoding="utf-8").replace("Proef", "Anders"))
    assert new(fii) == []
    git("mv", "map/c.yaml", "c.yaml")
    assert new(fii) == []
    assert new(fii, "map") == [] if Path("map").exists() else True
    commit()
    assert new(fii) == []
    write("z.yaml", HEAD.replace("Proef", "Iets heel anders"))
    commit()
    assert new(fii) == [("a.yaml", "FII006")]


def test_moved_to_where_no_search_comes(fii: Fii, tagged: None) -> None:
    write("fii.toml", '[check]\nexclude = ["archief/*"]\n')
    write(".gitignore", "weg/\n")
    commit()
    git("tag", "-f", "v1")
    for folder, name in (("archief", "a.yaml"), ("weg", "b.yaml"), (".verborgen", "c.yaml")):
        Path(folder).mkdir()
        old = next(path for path in (name, f"map/{name}") if Path(path).exists())
        git("mv", old, f"{folder}/{name}")
    git("rm", "-q", "--cached", "weg/b.yaml")
    found = new(fii)
    assert {path for path, _ in found} == {
        os.path.join("archief", "a.yaml"),
        "b.yaml",
        os.path.join(".verborgen", "c.yaml"),
    }
    assert "a search no longer finds it" in " ".join(fii("check", "--since", "v1").out.split())
    commit()
    assert len(new(fii)) == 3
    git("tag", "-f", "v1")
    assert new(fii) == []


def test_an_exclusion_is_new_only_once(fii: Fii, tagged: None) -> None:
    write("fii.toml", '[check]\nexclude = ["a.yaml"]\n')
    assert new(fii) == [("a.yaml", "FII006")]
    commit()
    git("tag", "-f", "v1")
    assert new(fii) == []


def test_a_name_without_the_ending_of_yaml_is_not_found(fii: Fii, tagged: None) -> None:
    git("mv", "a.yaml", "a.yaml.oud")
    assert new(fii) == [("a.yaml.oud", "FII006")]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_something_else_in_its_place(fii: Fii, tagged: None) -> None:
    Path("a.yaml").unlink()
    Path("a.yaml").mkdir()
    Path("b.yaml").unlink()
    Path("b.yaml").symlink_to("map/c.yaml")
    os.mkfifo("pijp")
    Path("map/c.yaml").unlink()
    Path("map/c.yaml").symlink_to("../pijp")
    assert {path for path, _ in new(fii)} >= {"a.yaml", "b.yaml", os.path.join("map", "c.yaml")}


def test_what_the_other_branch_added_since_was_never_here(fii: Fii, tagged: None) -> None:
    git("checkout", "-q", "-b", "zij")
    commit("zij.yaml")
    git("checkout", "-q", "main")
    commit("later.yaml", text=LONG)
    git("checkout", "-q", "zij")
    assert new(fii, since="main") == []
    Path("a.yaml").unlink()
    assert new(fii, since="main") == [("a.yaml", "FII006")]


def test_what_a_sparse_checkout_leaves_out_is_not_gone(fii: Fii) -> None:
    commit("dichtbij/a.yaml", "ver/b.yaml")
    git("tag", "v1")
    git("sparse-checkout", "set", "--cone", "dichtbij")
    assert not Path("ver/b.yaml").exists()
    assert new(fii) == []


def test_a_repository_inside_another(fii: Fii) -> None:
    commit("a.yaml")
    git("tag", "v1")
    Path("binnen").mkdir()
    os.chdir("binnen")
    commit("b.yaml", "c.yaml")
    git("tag", "v1")
    Path("b.yaml").write_bytes(b"")
    os.chdir("..")
    assert new(fii) == [(os.path.join("binnen", "b.yaml"), "FII006")]


@pytest.mark.skipif(os.name == "nt", reason="names that Windows does not allow")
@pytest.mark.parametrize(
    "name", ["met spatie.yaml", "twee\nregels.yaml", "*.yaml", ":!x.yaml", "-x.yaml", "é.yml"]
)
def test_every_name_can_be_gone(fii: Fii, name: str) -> None:
    commit(name, "zomaar.yaml", text=LONG)
    git("tag", "v1")
    Path(name).unlink()
    assert new(fii) == [(name, "FII006")]
    assert fii("check", "--since", "v1").code == 1


def test_a_commit_that_is_not_there_says_what_to_do(fii: Fii) -> None:
    Path("bron").mkdir()
    os.chdir("bron")
    commit("a.yaml")
    git("branch", "ander")
    git("tag", "v1")
    commit("b.yaml")
    git("clone", "-q", "--depth", "1", Path.cwd().as_uri(), "../ondiep")
    git("clone", "-q", Path.cwd().as_uri(), "../heel")
    os.chdir("../ondiep")
    told = " ".join(fii("check", "--since", "v1").err.split())
    for remedy in ("git fetch --unshallow", "fetch-depth: 0", "GIT_DEPTH: 0"):
        assert remedy in told
    os.chdir("../heel")
    assert "did you mean origin/ander?" in " ".join(fii("check", "--since", "ander").err.split())
    git("tag", "bestand", git("rev-parse", "HEAD:a.yaml"))
    for word in ("bestand", "HEAD^{tree}", "", "geen", "a\nb", "HEAD..v1", "--all"):
        done = fii("check", f"--since={word}")
        assert done.code == 2
        assert "name a commit, a branch or a tag" in " ".join(done.err.split())
    git("tag", "-a", "-m", "x", "een", "v1")
    git("tag", "-a", "-m", "x", "twee", "een")
    assert new(fii, since="twee") == []


def test_few_questions_to_git(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    from test_git import processes

    commit(*(f"t{n}/a.yaml" for n in range(30)), text=LONG)
    git("tag", "v1")
    commit("b.yaml")
    for n in range(10):
        Path(f"t{n}/a.yaml").write_bytes(b"")
    with processes(monkeypatch) as started:
        assert len(new(fii)) == 10
    assert len(started) <= 24


def test_without_a_repository(fii: Fii, here: Path) -> None:
    done = fii("check", "--since", "HEAD")
    assert done.code == 2
    assert "not in a git repository" in done.err
    subprocess.run(["git", "init", "-q"], check=True)
    assert fii("check", "--since", "HEAD").code == 0


def test_an_error_in_the_settings_is_new_only_once(fii: Fii) -> None:
    write("fii.toml", "[check]\nonzin = 1\n")
    commit("a.yaml")
    assert new(fii, since="HEAD") == []
    write("fii.toml", "[check]\nonzin = 1\nflauwekul = 1\n")
    assert new(fii, since="HEAD") == [("fii.toml", "FII040")]


def test_a_submodule_is_compared_with_the_commit_that_the_version_around_it_names(fii: Fii) -> None:
    Path("bron").mkdir()
    os.chdir("bron")
    commit("b.yaml", "c.yaml", text=BROKEN)
    os.chdir("..")
    Path("hier").mkdir()
    os.chdir("hier")
    commit("a.yaml")
    git("submodule", "--quiet", "add", "../bron", "map/sub")
    commit()
    git("tag", "v1")
    assert new(fii) == []
    for name in ("b.yaml", "c.yaml"):
        Path("map/sub", name).write_bytes(b"")
    lost = [(os.path.join("map", "sub", name), "FII006") for name in ("b.yaml", "c.yaml")]
    assert new(fii) == lost
    hash_ = git("rev-parse", "HEAD", at="map/sub")[:10]
    told = " ".join(fii("check", "--since", "v1").out.split())
    assert f"git -C {os.path.join('map', 'sub')} restore --source={hash_} -- b.yaml" in told
    git("commit", "-qam", "x", at="map/sub")
    commit()
    assert new(fii) == new(fii, "map") == lost
    git("tag", "-f", "v1")
    assert new(fii) == []
