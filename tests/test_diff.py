"""``fii diff`` and ``fii check --since``: what changed since another version."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.plain_markdown import MOST_CHARACTERS
from helpers import HEAD

FILE = "a.yaml"
TEXT = (
    HEAD
    + """\
summary: Ouders leren samen.  # een opmerking
people:
  - {id: leider, role: projectleider, level: management}
  - {id: wet, role: wethouder}
visits:
  - {phase: verkennen, entered: 2025-01, via: entry}
versterken:
  key_people:
    - {person: wet, contacts: [{date: 2025-01-10, note: 'geheim: twijfelt'}]}
assessments:
  - {instrument: stoplicht, date: 2025-01-20, ratings: {2c.overleg: rood, 2c.kickoff: groen}}
  - {instrument: cfir, date: 2025-01-20, ratings: {IV.B: -2}}
actions:
  - {id: bellen, what: Bellen, answers: [stoplicht/2c.overleg], owner: leider, due: 2025-02-01}
"""
)
AFTER = (
    TEXT.replace(
        "2c.kickoff: groen}}\n",
        "2c.kickoff: groen}}\n  - {instrument: stoplicht, date: 2025-02-10, ratings: {2c.overleg: groen}}\n",
    )
    .replace("due: 2025-02-01}", "due: 2025-02-01, status: klaar, result: {date: 2025-02-08, helped: ja}}")
    .replace("Ouders leren samen.", "Ouders leren met elkaar.")
)


def git(*words: str, on: str = "2025-01-25") -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    there = {"GIT_COMMITTER_DATE": f"{on}T12:00:00", "GIT_AUTHOR_DATE": f"{on}T12:00:00"}
    import os

    done = subprocess.run(
        ["git", *who, *words], check=True, capture_output=True, text=True, env={**os.environ, **there}
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    write(TEXT)
    git("add", ".")
    git("commit", "-qm", "begin")
    git("tag", "v1")
    write(AFTER)
    return tmp_path


def write(text: str, name: str = FILE) -> None:
    Path(name).write_text(text, encoding="utf-8")


def shown(fii: Fii, *words: str) -> str:
    done = fii("diff", *words)
    assert done.code == 0, done.err
    return " ".join(done.out.split())


def data(fii: Fii, *words: str) -> Any:
    done = fii("diff", "--json", *words)
    assert done.code == 0, done.err
    return json.loads(done.out)


DAY = ("--as-of", "2025-02-12")


# --- what is told -------------------------------------------------------------------------------------------


def test_conclusions_come_first_then_facts_and_then_what_is_only_worded_otherwise(
    fii: Fii, repository: Path
) -> None:
    told = shown(fii, *DAY)
    order = [
        "from the last commit to the files as they are",
        "Proef a.yaml",
        "Lights ~ 2c.overleg Regular, balanced meetings: red → green",
        "What hinders - stoplicht/2c.overleg",
        "Facts in the file",
        "+ Assessment stoplicht, 10 February 2025",
        "~ Action Bellen · Status: open → done",
        "+ Action Bellen · Result",
        "Only worded otherwise ~ Summary: Ouders leren samen. → Ouders leren met elkaar.",
    ]
    places = [told.index(each) for each in order]
    assert places == sorted(places)


def test_only_layout_and_comments_is_said_as_that(fii: Fii, repository: Path) -> None:
    write(TEXT.replace("# een opmerking", "# een andere opmerking").replace("\nsummary", "\n\nsummary"))
    told = shown(fii)
    assert "Only its layout or its comments changed." in told
    assert "Facts" not in told
    assert not data(fii)["files"][0]["facts"]


def test_the_same_is_nothing(fii: Fii, repository: Path) -> None:
    write(TEXT)
    assert "Nothing changed." in shown(fii)
    assert data(fii)["files"] == []


def test_data_has_what_was_there_before_and_after(fii: Fii, repository: Path) -> None:
    (file,) = data(fii, *DAY)["files"]
    status = next(each for each in file["facts"] if each["place"][-1] == "status")
    assert (status["place"], status["before"], status["after"]) == (
        ["actions", ["bellen"], "status"],
        "open",
        "klaar",
    )
    light = next(each for each in file["conclusions"] if each["subject"] == "light")
    assert (light["about"], light["before"], light["after"]) == ("2c.overleg", "rood", "groen")


# --- which versions -----------------------------------------------------------------------------------------


def test_commits_tags_ranges_the_index_days_and_two_files(fii: Fii, repository: Path) -> None:
    git("add", ".")
    git("commit", "-qm", "on", on="2025-02-11")
    assert "Nothing changed." in shown(fii)
    for words in (
        ("v1",),
        ("v1", "main"),
        ("v1..main",),
        ("v1", FILE),
        ("--since", "2025-02-01"),
        ("HEAD~1",),
    ):
        assert "Action Bellen · Status: open → done" in shown(fii, *words), words
    assert "Action Bellen · Status: done → open" in shown(fii, "main", "v1")
    write(TEXT.replace("Proef", "Anders"))
    git("add", ".")
    write(TEXT)
    assert "Title: Proef → Anders" in shown(fii, "--staged")
    write(TEXT, "oud.yaml")
    write(AFTER, "nieuw.yaml")
    assert "from oud.yaml to nieuw.yaml" in shown(fii, "oud.yaml", "nieuw.yaml")


def test_conclusions_are_drawn_on_the_day_of_each_version(fii: Fii, repository: Path) -> None:
    write(TEXT)
    assert "FII702" not in shown(fii, "v1", "--as-of", "2025-03-10")
    write(TEXT + "log: [{date: 2025-01-21, text: x}]\n")
    told = data(fii, "v1")
    assert told["before"]["day"] == "2025-01-25"
    assert told["after"]["day"] == date.today().isoformat()
    codes = {each["about"][0] for each in told["files"][0]["conclusions"] if each["subject"] == "finding"}
    assert "FII702" in codes


def test_a_renamed_file_a_new_one_and_one_that_is_gone(fii: Fii, repository: Path) -> None:
    write(TEXT, "weg.yaml")
    git("add", ".")
    git("commit", "-qm", "twee")
    git("mv", FILE, "b.yaml")
    Path("weg.yaml").unlink()
    write(HEAD.replace("Proef", "Derde"), "c.yaml")
    git("add", "-A")
    git("commit", "-qm", "drie")
    files = {each["path"]: each for each in data(fii, "v1")["files"]}
    assert "b.yaml" in files
    assert files["b.yaml"]["gap"] is None
    assert "this file is new" in files["c.yaml"]["gap"]
    assert (
        "this file is gone"
        in {each["path"]: each for each in data(fii, "HEAD~1")["files"]}["weg.yaml"]["gap"]
    )


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("geen",), "no commit or file geen", "name a commit"),
        (("v1", "v1", "v1"), "more than two versions", "name one or two"),
        (("--since", "2020-01-01"), "no commit before 2020-01-01", "choose a later date"),
        (("--audience", "x"), "x", "choose from"),
        (("--format", "pdf"), "pdf", "choose from"),
        (("../",), "", ""),
    ],
)
def test_what_names_no_version_is_refused(
    fii: Fii, repository: Path, words: tuple[str, ...], message: str, hint: str
) -> None:
    done = fii("diff", *words)
    assert done.code == 2
    assert message in " ".join(done.err.split())
    assert hint in " ".join(done.err.split())


def test_without_git_two_files_can_be_compared(
    fii: Fii, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(TEXT, "oud.yaml")
    write(AFTER, "nieuw.yaml")
    assert fii("diff").code == 2
    assert "Status: open → done" in shown(fii, "oud.yaml", "nieuw.yaml")


def test_a_broken_version_is_a_gap_and_no_error(fii: Fii, repository: Path) -> None:
    write(TEXT.replace("verkennen", "verkenen"))
    assert "this file has errors, so it cannot be compared" in shown(fii)
    write("fii: 99\ntitle: x\n")
    assert "cannot be compared" in shown(fii)


# --- who may see it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["client", "public"])
def test_an_edition_shows_no_side_of_what_it_may_not_hold(fii: Fii, repository: Path, audience: str) -> None:
    changed = AFTER.replace("twijfelt", "haakt af").replace("level: management", "level: projectleiders")
    write(changed)
    for words in ((), ("--json",), ("--format", "markdown"), ("--format", "html")):
        done = fii("diff", "--audience", audience, *words)
        assert done.code == 0
        assert "twijfelt" not in done.out
        assert "haakt af" not in done.out
        if words != ("--json",):
            assert "stoplicht/" not in done.out
    assert "haakt af" in fii("diff").out
    write(AFTER.replace("Ouders leren", "Bel 06-12345678 Ouders leren"))
    assert "nobody outside sees it" in shown(fii, "--audience", audience)
    assert "12345678" not in fii("diff", "--audience", audience, "--json").out


PLACES = """\
fii: 1
title: Proef
language: en
organisations:
  - {id: noord, name: School Noord, roles: [receiving]}
  - {id: zuid, name: School Zuid, roles: [receiving]}
people:
  - {id: chef, role: coach, organisation: noord}
  - {id: hoofd, role: head, organisation: zuid}
entry: {commission: gevraagd, receiving_organisation: [noord, zuid], date: 2024-01}
visits:
  - {phase: implementeren, entered: 2024-03-01, via: entry, organisation: noord}
implementeren:
  cycles: [{id: schoolnoord, plan: {date: 2024-02-01, text: x}}]
checklist: [{id: 5b.extra, subphase: 5b, question: Does it work?}]
actions: [{id: bel, what: call, owner: chef, since: 2024-03-01}]
assessments:
  - {instrument: stoplicht, date: 2024-05-01, about: noord, ratings: {5b.extra: groen}}
"""
NEWER = (
    PLACES.replace(
        "  - {id: noord,", "  - {id: oost, name: School Oost, roles: [receiving]}\n  - {id: noord,"
    )
    .replace("  - {id: chef,", "  - {id: baas, role: boss, organisation: oost}\n  - {id: chef,")
    .replace("[{id: bel,", "[{id: mail, what: write, owner: baas, since: 2024-04-01}, {id: bel,")
)


@pytest.mark.parametrize("audience", ["client", "public"])
def test_outside_the_same_record_is_the_same_in_both_versions(
    fii: Fii, repository: Path, audience: str
) -> None:
    Path("old.yaml").write_text(PLACES, encoding="utf-8")
    Path("new.yaml").write_text(NEWER, encoding="utf-8")
    told = data(fii, "old.yaml", "new.yaml", "--audience", audience)["files"][0]
    assert {fact["before"] and 1 for fact in told["facts"]} == {None}  # nothing changed, and nothing went
    names = [fact["after"]["name"] for fact in told["facts"] if fact["place"][0] == "organisations"]
    assert names == ["School Oost"]
    back = data(fii, "new.yaml", "old.yaml", "--audience", audience)["files"][0]
    assert {fact["after"] and 1 for fact in back["facts"]} == {None}
    assert len(back["facts"]) == len(told["facts"])


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize("id_", ["noord", "anders"])
def test_outside_who_is_hidden_now_is_not_named_as_it_was_before(
    fii: Fii, repository: Path, audience: str, id_: str
) -> None:
    Path("old.yaml").write_text(PLACES, encoding="utf-8")
    hidden = NEWER.replace("name: School Noord, roles: [receiving]", "name: School NOORD, roles: [candidate]")
    hidden = hidden.replace("id: noord,", f"id: {id_},").replace(
        "organisation: noord", f"organisation: {id_}"
    )
    hidden = hidden.replace("[noord, zuid]", "[zuid]").replace("about: noord", f"about: {id_}")
    Path("new.yaml").write_text(hidden, encoding="utf-8")
    for words in ((), ("--json",), ("--format", "html")):
        assert "noord" not in fii("diff", "old.yaml", "new.yaml", "--audience", audience, *words).out.lower()
    told = data(fii, "old.yaml", "new.yaml", "--audience", audience)["files"][0]
    assert not [fact for fact in told["facts"] if fact["before"] is not None]
    assert "School Oost" in json.dumps(told)


def test_outside_a_report_tells_what_came_since_a_commit_and_not_what_went(
    fii: Fii, repository: Path
) -> None:
    def since(before: str, now: str) -> list[str]:
        write(before)
        git("add", ".")
        git("commit", "-qm", "was")
        write(now)
        words = ("--as-of", "2025-03-01", "--audience", "client", "--since", "HEAD", "--format", "json")
        done = fii("report", FILE, "--output", "-", *words)
        assert done.code == 0, done.err
        return list(json.loads(done.out)["since"]["facts"])

    came = since(PLACES, NEWER)
    assert came == ["Agreed: write", "Organisation: School Oost", "Person: boss"]
    assert since(NEWER, PLACES) == []
    rated = PLACES.replace("5b.extra: groen", "5b.extra: rood")
    write(rated)
    done = fii("report", FILE, "--audience", "client", "--since", "HEAD", "--format", "json", "--output", "-")
    lights = json.loads(done.out)["since"]["lights"]
    assert [(each["item"], each["after"]) for each in lights] == [("5b.extra", "rood")]


# --- its forms ----------------------------------------------------------------------------------------------


def test_markdown_stays_below_the_limit_of_a_forge_and_counts_what_it_leaves_out(
    fii: Fii, repository: Path
) -> None:
    log = "".join(f"  - {{date: 2025-02-01, text: regel {n} {'x' * 90}}}\n" for n in range(900))
    write(f"{TEXT}log:\n{log}")
    page = fii("diff", "--format", "markdown").out
    assert len(page) < 65_536
    assert len(page) > MOST_CHARACTERS * 0.8
    shown_lines = page.count("regel ")
    assert f"{900 - shown_lines} more changes are left out" in page


def test_a_page_says_in_words_what_came_and_went(fii: Fii, repository: Path) -> None:
    page = fii("diff", "--format", "html", *DAY).out
    assert page.startswith("<!doctype html>")
    assert "changed: </span>Action Bellen · Status: open → done" in page
    assert "script" not in page


# --- only what is new ---------------------------------------------------------------------------------------


def test_a_check_since_a_commit_fails_only_on_what_is_new(fii: Fii, repository: Path) -> None:
    write(TEXT)
    words = ("check", "--strict", "--as-of", "2025-06-01")
    assert fii(*words).code == 1
    since = fii(*words, "--since", "v1")
    assert since.code == 0, since.out
    assert "which v1 had too" in " ".join(since.err.split())
    moved = TEXT.replace(
        "actions:\n", "actions:\n  - {id: eerder, what: Eerder, owner: leider, due: 2025-09}\n"
    )
    write(moved)
    assert fii(*words, "--since", "v1").code == 0
    write(moved.replace("due: 2025-09", "due: 2025-03"))
    late = fii(*words, "--since", "v1", "--format", "concise")
    assert late.code == 1
    assert late.out.count("FII702") == 1
    write(moved.replace("verkennen", "verkenen"))
    broken = fii(*words, "--since", "v1", "--format", "concise")
    assert broken.code == 1
    assert "FII702" not in broken.out
    assert "no commit geen" in fii(*words, "--since", "geen").err
