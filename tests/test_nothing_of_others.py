"""What fii writes stays inside, stays private, and never takes the place of what somebody else made."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest

from conftest import Fii
from helpers import HEAD

posix = os.name == "posix"


@pytest.fixture(autouse=True)
def _repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository with a trajectory, and a folder outside it that holds somebody else's files."""
    Path("repo/.git").mkdir(parents=True)
    Path("elders/undo").mkdir(parents=True)
    Path("elders/.git").mkdir()  # being a repository itself does not make it ours
    Path("elders/iets.html").write_text("van een ander", encoding="utf-8")
    monkeypatch.chdir("repo")
    Path("a.yaml").write_text(HEAD, encoding="utf-8")


def elsewhere() -> dict[str, str]:
    """Every file outside the repository, with its text."""
    folder = Path("../elders")
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


NEW = ("new", "b.yaml", "--title", "B", "--commission", "gevraagd", "--no-receiving")
LINKS = {
    ".fii": ("../elders", ("set", "a.yaml", "summary", "x")),
    ".fii/undo": ("../../elders/undo", ("set", "a.yaml", "summary", "x")),
    ".fii/trajectory.schema.json": ("../../elders/schema.json", NEW),
    "a.html": ("../elders/iets.html", ("report", "a.yaml")),
    "weg.html": ("../elders/nieuw.html", ("report", "a.yaml", "--output", "weg.html")),
    "rapporten": ("../elders", ("report", "a.yaml", "--output", "rapporten/")),
    "site": ("../elders", ("portfolio", "--output", "site/")),
    "p.csv": ("../elders/p.csv", ("portfolio", "--format", "csv", "--output", "p.csv")),
    "q.csv": ("../elders/q.csv", ("questionnaire", "midi", "--output", "q.csv")),
    "s.json": ("../elders/s.json", ("schema", "--output", "s.json")),
    ".github": ("../elders", ("init", "--forge", "github", "--yes")),
    ".vscode": ("../elders", ("init", "--forge", "none", "--yes")),
    "trajecten": ("../elders", ("init", "--forge", "none", "--yes", "--lang", "nl")),
    "fii.toml": ("../elders/fii.toml", ("init", "--forge", "none", "--yes")),
    "b.yaml": ("../elders/b.yaml", NEW),
}


@pytest.mark.parametrize("link", LINKS)
def test_no_link_leads_out(fii: Fii, link: str) -> None:
    leads, words = LINKS[link]
    Path(link).parent.mkdir(exist_ok=True)
    os.symlink(leads, link)
    before = elsewhere()
    done = fii(*words)
    assert elsewhere() == before
    assert Path(link).is_symlink()
    if "init" not in words or link != "fii.toml":  # a link that is there already is a file that stays
        assert done.code == 2, done.out
    assert "Traceback" not in done.err
    assert Path("a.yaml").read_text(encoding="utf-8") == HEAD


MADE = {
    "a.html": ("report", "a.yaml"),
    "a.md": ("report", "a.yaml", "--format", "md"),
    "a.csv": ("report", "a.yaml", "--format", "csv", "--force"),
    "p.json": ("portfolio", "a.yaml", "--format", "json", "--output", "p.json", "--force"),
    "site/index.html": ("portfolio", "a.yaml", "--output", "site/"),
    "site/a.html": ("portfolio", "a.yaml", "--output", "site/"),
    "q.csv": ("questionnaire", "midi", "--output", "q.csv", "--force"),
    "s.json": ("schema", "--output", "s.json"),
}


@pytest.mark.parametrize("link", MADE)
def test_no_link_leads_out_to_what_fii_made_either(fii: Fii, link: str) -> None:
    Path(link).parent.mkdir(exist_ok=True)
    assert fii(*(word for word in MADE[link] if word != "--force")).code == 0
    Path(link).rename("../elders/gemaakt")
    os.symlink(os.path.relpath("../elders/gemaakt", Path(link).parent), link)
    before = elsewhere()
    done = fii(*MADE[link])
    assert done.code == 2
    assert "link takes this file outside its folder, so fii does not write it" in " ".join(done.err.split())
    assert elsewhere() == before
    assert Path(link).is_symlink()


def test_a_link_within_the_repository_is_followed(fii: Fii) -> None:
    Path("ergens").mkdir()
    os.symlink("ergens", "rapporten")
    assert fii("report", "a.yaml", "--output", "rapporten/").code == 0
    assert Path("ergens/a.html").exists()
    Path("gedeeld").mkdir()
    os.symlink("gedeeld", ".fii")
    assert fii("set", "a.yaml", "summary", "x").code == 0
    assert fii("undo", "a.yaml").code == 0


def test_a_link_to_a_report_of_the_repository_stays_a_link(fii: Fii) -> None:
    assert fii("report", "a.yaml", "--output", "ergens/a.html", "--as-of", "2025-02-01").code == 0
    os.symlink("ergens/a.html", "a.html")
    assert fii("report", "a.yaml", "--as-of", "2025-02-02").code == 0
    assert Path("a.html").is_symlink()
    assert "2025-02-02" in Path("ergens/a.html").read_text(encoding="utf-8")[:60]


def test_a_folder_that_is_named_may_lie_anywhere(fii: Fii) -> None:
    assert fii("report", "a.yaml", "--output", "../elders/mijn.html").code == 0
    assert Path("../elders/mijn.html").exists()


def test_a_repository_that_is_reached_by_a_link_of_the_user_is_an_ordinary_one(fii: Fii) -> None:
    os.symlink("repo", "../kortom")
    os.chdir("..")
    assert fii("set", "kortom/a.yaml", "summary", "x").code == 0
    assert fii("report", "kortom/a.yaml").code == 0


def test_the_innermost_repository_is_the_one_that_counts(fii: Fii) -> None:
    Path("sub/.git").mkdir(parents=True)
    Path("geheim.yaml").write_text(f"{HEAD}summary: hunter2\n", encoding="utf-8")
    os.symlink("../geheim.yaml", "sub/b.yaml")
    os.symlink("../a.html", "sub/b.html")
    done = fii("status", "sub/b.yaml")
    assert done.code in (1, 2)
    assert "a symbolic link takes this file outside its folder" in " ".join((done.out + done.err).split())
    assert fii("report", "a.yaml").code == 0
    assert fii("report", "a.yaml", "--output", "sub/b.html").code == 2


def test_without_a_repository_a_link_of_the_user_is_read(fii: Fii) -> None:
    Path("../los").mkdir()
    Path("../elders/b.yaml").write_text(HEAD, encoding="utf-8")
    os.symlink("../elders/b.yaml", "../los/b.yaml")
    os.chdir("../los")
    assert fii("check", "b.yaml").code == 0
    assert "b.yaml" in fii("portfolio", "--format", "json").out


@pytest.mark.skipif(not posix, reason="modes are of POSIX")
def test_what_was_private_stays_private(fii: Fii) -> None:
    os.chmod("a.yaml", 0o600)
    Path(".fii").mkdir(mode=0o755)
    Path(".fii/undo").mkdir(mode=0o755)
    for text in ("een", "twee"):
        assert fii("set", "a.yaml", "summary", text).code == 0
    modes = {
        str(path): oct(stat.S_IMODE(path.stat().st_mode))
        for path in Path(".fii/undo").rglob("*")
        if path.name != ".gitignore"
    }
    assert stat.S_IMODE(Path(".fii/undo").stat().st_mode) == 0o700
    assert len(modes) == 3
    for path, mode in modes.items():
        assert mode == ("0o600" if path.endswith(".json") else "0o700")
    assert stat.S_IMODE(Path("a.yaml").stat().st_mode) == 0o600


@pytest.mark.skipif(not posix, reason="modes are of POSIX")
def test_a_new_file_is_as_private_as_the_user_wants_files_to_be(fii: Fii) -> None:
    for mask, mode in ((0o077, 0o600), (0o027, 0o640), (0o022, 0o644)):
        before = os.umask(mask)
        try:
            assert fii("report", "a.yaml", "--output", f"{mask}.html").code == 0
        finally:
            assert os.umask(before) == mask
        assert stat.S_IMODE(os.stat(f"{mask}.html").st_mode) == mode


@pytest.mark.skipif(not posix, reason="modes are of POSIX")
def test_a_report_that_was_made_private_stays_private(fii: Fii) -> None:
    assert fii("report", "a.yaml").code == 0
    os.chmod("a.html", 0o600)
    assert fii("report", "a.yaml").code == 0
    assert stat.S_IMODE(os.stat("a.html").st_mode) == 0o600


@pytest.mark.skipif(not posix or os.geteuid() != 0, reason="only root may give a file away")
def test_the_owner_stays_who_it_was(fii: Fii) -> None:
    os.chown("a.yaml", 12345, 54321)
    assert fii("set", "a.yaml", "summary", "x").code == 0
    status = os.stat("a.yaml")
    assert (status.st_uid, status.st_gid) == (12345, 54321)


def test_an_owner_that_may_not_be_given_stops_nothing(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_allowed(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("fii_cli.project.save.os.chown", not_allowed, raising=False)
    assert fii("set", "a.yaml", "summary", "x").code == 0


def test_a_hard_link_that_breaks_is_told(fii: Fii) -> None:
    os.link("a.yaml", "../elders/kopie.yaml")
    done = fii("set", "a.yaml", "summary", "x")
    assert done.code == 0
    assert "a.yaml had 1 other hard link, which keeps the old text" in done.err
    assert Path("../elders/kopie.yaml").read_text(encoding="utf-8") == HEAD
    assert "hard link" not in fii("set", "a.yaml", "summary", "y").err
    assert fii("report", "a.yaml").code == 0
    os.link("a.html", "../elders/kopie.html")
    assert "a.html had 1 other hard link" in fii("report", "a.yaml").err


@pytest.mark.parametrize("link", [".fii", ".fii/undo"])
def test_undo_takes_nothing_back_from_elsewhere(fii: Fii, link: str) -> None:
    assert fii("set", "a.yaml", "summary", "x").code == 0
    before = Path("a.yaml").read_text(encoding="utf-8")
    Path(link).rename("../elders/van-een-ander")
    os.symlink(os.path.relpath("../elders/van-een-ander", Path(link).parent), link)
    kept = elsewhere()
    done = fii("undo", "a.yaml")
    assert done.code == 2
    assert "takes this file outside its folder" in " ".join(done.err.split())
    assert Path("a.yaml").read_text(encoding="utf-8") == before
    assert elsewhere() == kept


DAMAGED = {
    "empty": b"",
    "no json": b"{",
    "no letters": b"\xff\xfe\x00",
    "a list": b"[1]",
    "a number": b"3",
    "half": b'{"command": "x", "before": "y"}',
    "other kinds": b'{"command": 1, "before": [], "after": null}',
    "no command": b'{"command": null, "before": "x", "after": "y"}',
    "no text": b'{"command": "x", "before": null, "after": "y"}',
    "no digest": b'{"command": "x", "before": "y", "after": null}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_undo_is_told_and_stops_no_writing(fii: Fii, what: str) -> None:
    fii("set", "a.yaml", "summary", "x")
    (kept,) = Path(".fii/undo").glob("*/1.json")
    kept.write_bytes(DAMAGED[what])
    before = Path("a.yaml").read_bytes()
    done = fii("undo", "a.yaml")
    assert done.code == 2
    assert f"{kept}: this undo file is damaged" in done.err.replace("\n", " ")
    assert Path("a.yaml").read_bytes() == before
    assert fii("set", "a.yaml", "summary", "y").code == 0
    assert fii("undo", "a.yaml").code == 0


@pytest.mark.parametrize("name", ["²", "0", "-1", "1.json.bak", "٣", "9" * 20, "x", "1"])
def test_other_files_beside_what_can_be_taken_back_are_no_changes(fii: Fii, name: str) -> None:
    fii("set", "a.yaml", "summary", "x")
    (folder,) = Path(".fii/undo").glob("*/")
    (folder / f"{name}.json").mkdir() if name != "1" else (folder / "1").mkdir()
    assert fii("set", "a.yaml", "summary", "y").code == 0
    assert fii("undo", "a.yaml").code == 0
    assert fii("undo", "a.yaml").code == 0
    assert Path("a.yaml").read_text(encoding="utf-8") == HEAD


def test_without_locks_a_change_in_between_is_noticed(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("filelock.FileLock.acquire", no_locks)
    read = json.dumps  # what is written last before the file itself: somebody else is quicker

    def meanwhile(*words: object, **more: object) -> str:
        Path("a.yaml").write_text(f"{HEAD}# van een ander\n", encoding="utf-8")
        return read(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("fii_cli.project.save.json.dumps", meanwhile)
    done = fii("set", "a.yaml", "summary", "x")
    assert done.code == 2
    assert "another program changed this file" in done.err
    assert Path("a.yaml").read_text(encoding="utf-8") == f"{HEAD}# van een ander\n"
    monkeypatch.undo()


NO_SCHEMA = (
    '{"properties": {"fii": {}}}',
    '{"properties": {"entry": {}, "as_of": {}}}',
    '{"properties": ["fii", "entry"]}',
    '{"properties": "fii entry"}',
    '{"fii": {}, "entry": {}}',
    '["fii", "entry"]',
    "van een ander",
    "[" * 100_000,
    "",
)


@pytest.mark.parametrize("text", NO_SCHEMA)
def test_a_schema_of_somebody_else_is_not_overwritten(fii: Fii, text: str) -> None:
    Path("s.json").write_text(text, encoding="utf-8")
    done = fii("schema", "--output", "s.json")
    assert done.code == 2
    assert "not a schema of fii" in done.err
    assert Path("s.json").read_text(encoding="utf-8") == text


def test_a_schema_of_fii_is_renewed(fii: Fii) -> None:
    for of in ("trajectory", "report"):
        for _ in range(2):
            assert fii("schema", "--of", of, "--output", f"{of}.json").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("check", "b.yaml"),
        ("status", "b.yaml"),
        ("report", "b.yaml"),
        ("set", "b.yaml", "summary", "x"),
        ("portfolio",),
    ],
)
@pytest.mark.parametrize(
    "secret", ["wachtwoord: hunter2\nfii: 1\n", f"{HEAD}summary: hunter2\n", "fii: 1\nhunter2\0\n"]
)
def test_a_link_in_a_repository_brings_in_no_trajectory_from_elsewhere(
    fii: Fii, words: tuple[str, ...], secret: str
) -> None:
    Path("../elders/geheim").write_text(secret, encoding="utf-8")
    os.symlink("../elders/geheim", "b.yaml")
    done = fii(*words)
    assert done.code in (1, 2)
    told = done.out + done.err
    assert "b.yaml" in told
    assert "a symbolic link takes this file outside its folder" in " ".join(told.split())
    assert "hunter2" not in told
    assert Path("../elders/geheim").read_text(encoding="utf-8") == secret
    assert not Path("b.html").exists()


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)])
def test_nothing_is_taken_back_through_a_link_out_of_the_repository(
    fii: Fii, dry_run: tuple[str, ...]
) -> None:
    profile = Path("../elders/profiel")
    profile.write_text("export PATH\n", encoding="utf-8")
    os.symlink("../elders/profiel", "b.yaml")
    store = Path(".fii/undo") / hashlib.sha256(b"../elders/profiel").hexdigest()[:16]
    store.mkdir(parents=True)
    after = hashlib.sha256(b"export PATH\n").hexdigest()
    kept = {"command": "set", "before": "kwaad\n", "after": after}
    (store / "1.json").write_text(json.dumps(kept), encoding="utf-8")
    done = fii("undo", "b.yaml", *dry_run)
    assert done.code == 2
    assert "a symbolic link takes this file outside its folder" in done.err
    assert "export" not in done.out
    assert profile.read_text(encoding="utf-8") == "export PATH\n"


def test_what_cannot_be_taken_back_is_told(fii: Fii) -> None:
    Path(".fii").mkdir()
    Path(".fii/undo").write_text("geen map", encoding="utf-8")
    done = fii("set", "a.yaml", "summary", "x")
    assert done.code == 0
    assert "fii undo cannot revert this" in done.err


@pytest.mark.skipif(not posix, reason="names of bytes are of POSIX")
def test_a_file_whose_name_is_no_text_can_be_taken_back(fii: Fii) -> None:
    name = os.fsdecode(b"plan\xff.yaml")
    Path(name).write_text(HEAD, encoding="utf-8")
    assert fii("set", name, "summary", "x").code == 0
    assert fii("undo", name).code == 0
    assert Path(name).read_text(encoding="utf-8") == HEAD


def test_a_dry_run_of_the_schema_refuses_what_the_run_refuses(fii: Fii) -> None:
    for words in ((), ("--dry-run",)):
        assert fii("schema", "--output", "a.yaml", *words).code == 2
