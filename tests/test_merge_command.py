"""``fii merge``: two clones and a rebase with plain git, three files, and the merge driver."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from random import Random

import pytest

from conftest import Fii
from fii_cli import cli
from fii_cli.changes.conflict import keep_ours, keep_theirs
from fii_cli.commands.text_diff import in_markers, with_markers
from fii_cli.edits.merged import records_in
from fii_cli.yaml.read import read
from merging import errors, merged
from random_edits import BASE, edited, edits
from test_git import git
from test_merge import BELLEN, LOG, TEXT, changed
from wizard import Wizard

FILE = "buurt.yaml"
ACTIONS = "actions:\n"
OURS = changed((LOG, LOG + "  - {date: 2025-02-10, text: Van Anna.}\n"))
THEIRS = changed((LOG, LOG + "  - {date: 2025-02-05, text: Van Bram.}  # bij de koffie\n"))
BOTH = changed(
    (
        LOG,
        LOG
        + "  - {date: 2025-02-05, text: Van Bram.}  # bij de koffie\n"
        + "  - {date: 2025-02-10, text: Van Anna.}\n",
    )
)


@pytest.fixture(autouse=True)
def _elsewhere(here: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    settings = tmp_path_factory.mktemp("user") / "gitconfig"
    who = "[user]\nname = x\nemail = x@example.org\n[init]\ndefaultBranch = main\n"
    settings.write_text(who, encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_EDITOR", "true")


def commit(text: str, message: str) -> None:
    Path(FILE).write_text(text, encoding="utf-8", newline="")
    git("add", "-A")
    git("commit", "-q", "-m", message)


def text() -> str:
    return Path(FILE).read_bytes().decode()


def conflicted(ours: str = OURS, theirs: str = THEIRS, base: str | None = TEXT) -> None:
    """A repository in which a merge of another branch left a conflict."""
    git("init", "-q")
    if base is None:
        Path("leeg").touch()
        git("add", "-A")
        git("commit", "-q", "-m", "begin")
    else:
        commit(base, "begin")
    git("checkout", "-q", "-b", "bram")
    commit(theirs, "van Bram")
    git("checkout", "-q", "main")
    commit(ours, "van Anna")
    git("merge", "-q", "bram", check=False)
    assert "<<<<<<<" in text()


def unmerged() -> bool:
    return bool(git("ls-files", "-u"))


def test_two_colleagues_a_rebase_and_a_conflict_with_plain_git(fii: Fii, tmp_path: Path) -> None:
    git("init", "-q", "--bare", "origin.git")
    git("clone", "-q", "origin.git", "anna")
    git("clone", "-q", "origin.git", "bram")
    os.chdir("anna")
    commit(TEXT, "begin")
    git("push", "-q", "origin", "main")
    os.chdir("../bram")
    git("pull", "-q", "origin", "main")
    commit(THEIRS, "van Bram")
    git("push", "-q", "origin", "main")
    os.chdir("../anna")
    commit(OURS, "van Anna")
    git("pull", "-q", "--rebase", "origin", "main", check=False)
    assert unmerged()
    done = fii("merge", FILE)
    assert done.code == 0, done.err
    assert text() == BOTH
    assert f"git add {FILE}" in done.err
    assert unmerged()
    git("add", FILE)
    git("rebase", "--continue")
    git("push", "-q", "origin", "HEAD:main")
    os.chdir("../bram")
    git("pull", "-q", "origin", "main")
    assert text() == BOTH
    assert git("log", "--format=%s").splitlines() == ["van Anna", "van Bram", "begin"]


def test_a_real_conflict_is_left_between_markers_around_whole_lines(fii: Fii) -> None:
    ours = changed(("status: open", "status: bezig"), text=OURS)
    conflicted(ours, changed(("status: open", "status: klaar"), text=THEIRS))
    done = fii("merge", FILE)
    assert done.code == 1
    both = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> bram\n"
    marked = both.format(BELLEN.replace("open", "bezig"), BELLEN.replace("open", "klaar"))
    assert text() == changed((BELLEN, marked), text=BOTH)
    assert "actions[bellen].status: both sides changed this" in done.err
    assert "ours (HEAD): open → bezig" in done.err
    assert "theirs (bram): open → klaar" in done.err
    assert unmerged()
    assert fii("undo", FILE).code == 0
    assert "Van Anna.}\n=======\n" in text()


def test_records_of_which_the_last_one_counts_stay_whole_between_the_markers(fii: Fii) -> None:
    """A line of one in the other would be an assessment that nobody made."""
    made = (
        "  - instrument: stoplicht\n    date: 2025-03-01\n    by: {}\n    ratings:\n      5b.evalueren: {}\n"
    )
    anna, bram = made.format("Anna", "groen"), made.format("Bram", "rood")
    conflicted(changed((ACTIONS, anna + ACTIONS)), changed((ACTIONS, bram + ACTIONS)))
    assert fii("merge", FILE).code == 1
    marked = f"<<<<<<< HEAD\n{anna}=======\n{bram}>>>>>>> bram\n"
    assert text() == changed((ACTIONS, marked + ACTIONS))


def test_a_dispute_about_the_order_is_between_markers(fii: Fii) -> None:
    made = "  - {{instrument: stoplicht, date: 2025-03-01, by: {}, ratings: {{5c.selectie: {}}}}}\n"
    anna, bram = made.format("Anna", "groen"), made.format("Bram", "rood")
    conflicted(changed((ACTIONS, anna + bram + ACTIONS)), changed((ACTIONS, bram + anna + ACTIONS)))
    assert fii("merge", FILE).code == 1
    marked = f"<<<<<<< HEAD\n{anna}{bram}=======\n{bram}{anna}>>>>>>> bram\n"
    assert text() == changed((ACTIONS, marked + ACTIONS))
    assert fii("merge", FILE).code == 1
    assert fii("check", FILE).code == 1


def test_a_conflict_that_both_sides_word_alike_is_between_markers() -> None:
    assert in_markers("a\nb", ("A", "B"), 2, 2) == "a\n<<<<<<< A\nb\n=======\nb\n>>>>>>> B\n"


def test_json_says_what_was_merged_and_what_was_not(fii: Fii) -> None:
    ours = changed(("status: open", "status: bezig"), text=OURS)
    conflicted(ours, changed(("status: open", "status: klaar"), text=THEIRS))
    done = fii("merge", FILE, "--json")
    assert done.code == 1
    told = json.loads(done.out)
    assert told["merged"] is False
    assert told["changes"] == [
        {
            "place": ["log", ["2025-02-05", "Van Bram."]],
            "before": None,
            "after": {"date": "2025-02-05", "text": "Van Bram."},
        }
    ]
    (conflict,) = told["conflicts"]
    assert (conflict["reason"], conflict["kept"]) == ("value", "both")
    assert conflict["theirs"][0]["place"] == ["actions", ["bellen"], "status"]


@pytest.mark.parametrize(("answer", "status"), [("ours", "bezig"), ("theirs", "klaar"), ("skip", None)])
def test_on_a_terminal_fii_asks(answer: str, status: str | None) -> None:
    ours = changed(("status: open", "status: bezig"), text=OURS)
    conflicted(ours, changed(("status: open", "status: klaar"), text=THEIRS))
    wizard = Wizard("--lang", "en", "merge", FILE)
    wizard.until("theirs (bram): open → klaar")
    wizard.answer("ours, theirs or skip", "weet niet")
    wizard.answer("answer ours, theirs or skip", answer)
    assert wizard.ended() == (0 if status else 1)
    assert ("<<<<<<<" in text()) == (status is None)
    if status:
        assert text() == changed(("status: open", f"status: {status}"), text=BOTH)


def test_a_file_that_both_added(fii: Fii) -> None:
    conflicted(base=None)
    assert fii("merge", FILE).code == 0
    assert text() == BOTH


def test_a_dry_run_writes_nothing(fii: Fii) -> None:
    conflicted()
    before = text()
    done = fii("merge", "--dry-run")
    assert done.code == 0
    assert "+  - {date: 2025-02-05, text: Van Bram.}  # bij de koffie" in done.out
    assert text() == before


def test_line_endings_are_those_in_the_folder(fii: Fii) -> None:
    git("init", "-q")
    git("config", "core.autocrlf", "true")
    conflicted(OURS.replace("\n", "\r\n"), THEIRS.replace("\n", "\r\n"), TEXT.replace("\n", "\r\n"))
    assert fii("merge", FILE).code == 0
    assert text() == BOTH.replace("\n", "\r\n")


# --- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [
        (
            OURS,
            THEIRS.replace("fii: 1", "fii: 99"),
            "their version has an error on line 1: this file has format",
        ),
        (OURS.replace("title: Proef", 'title: "Proef'), THEIRS, "our version has an error on line 27: "),
        (OURS, THEIRS + "log: []\n", "their version has an error"),
    ],
)
def test_a_broken_side_is_named_and_nothing_is_written(fii: Fii, ours: str, theirs: str, why: str) -> None:
    conflicted(ours, theirs)
    before = text()
    done = fii("merge", FILE)
    assert done.code == 2
    assert why in done.err
    assert text() == before


def test_a_file_without_a_conflict_in_git(fii: Fii) -> None:
    Path(FILE).write_text(TEXT, encoding="utf-8")
    assert "not in a git repository" in fii("merge", FILE).err
    git("init", "-q")
    commit(TEXT, "begin")
    done = fii("merge", FILE)
    assert done.code == 2
    assert "git has no merge conflict in this file" in done.err


def test_what_was_merged_by_hand_is_not_overwritten(fii: Fii) -> None:
    conflicted()
    by_hand = changed(("title: Proef", "title: Met de hand"), text=BOTH)
    Path(FILE).write_text(by_hand, encoding="utf-8")
    done = fii("merge", FILE)
    assert done.code == 0
    assert "no conflict markers left" in done.err
    assert f"git add {FILE}" in done.err
    assert json.loads(fii("merge", FILE, "--json").out)["merged"] is True
    assert text() == by_hand
    assert fii("merge", FILE, "--force").code == 0
    assert text() == BOTH


def test_what_was_merged_by_hand_with_an_error_is_refused(fii: Fii) -> None:
    conflicted()
    by_hand = changed(("language: nl", "language: xx"), text=BOTH)
    Path(FILE).write_text(by_hand, encoding="utf-8")
    done = fii("merge", FILE)
    assert done.code == 2
    assert "no conflict markers left, but has an error on line 3" in done.err
    assert text() == by_hand


def _in_part(marked: str) -> str:
    """A conflict of which somebody solved a part by hand."""
    return marked.replace("title: Proef", "title: Met de hand")


@pytest.mark.parametrize("style", ["merge", "diff3"])
@pytest.mark.parametrize("first", [False, True])
def test_what_was_changed_by_hand_after_a_merge_is_not_overwritten(fii: Fii, style: str, first: bool) -> None:
    git("init", "-q")
    git("config", "merge.conflictStyle", style)
    ours = changed(("status: open", "status: bezig"), text=OURS)
    conflicted(ours, changed(("status: open", "status: klaar"), text=THEIRS))
    if first:
        assert fii("merge", FILE).code == 1
        made = text()
        assert fii("merge", FILE).code == 1  # what fii made itself may be made again
        assert text() == made
    for by_hand in (
        _in_part(text()),
        text().replace("bezig", "gestopt"),
        text().replace("  # later\n", ""),
        text().replace(BELLEN.replace("open", "klaar"), ""),
    ):
        if by_hand == text():
            continue
        Path(FILE).write_text(by_hand, encoding="utf-8")
        done = fii("merge", FILE)
        assert done.code == 2
        assert "has changed since git left its conflict" in done.err
        assert f"fii merge {FILE} --force" in done.err
        assert text() == by_hand
    assert fii("merge", FILE, "--force").code == 1
    assert "Met de hand" not in text()


def test_without_a_file_the_only_trajectory_in_conflict_is_meant(fii: Fii) -> None:
    git("init", "-q")
    Path("ander").mkdir()
    for name in ("ander/a.yaml", "ander/b.yaml"):
        Path(name).write_text(TEXT, encoding="utf-8")
    Path("geen.yaml").write_text("a: 1\n", encoding="utf-8")
    conflicted()
    os.chdir("ander")
    assert fii("merge").code == 0
    os.chdir("..")
    assert text() == BOTH


def test_without_a_file_several_trajectories_in_conflict_are_named(fii: Fii) -> None:
    git("init", "-q")
    Path("a.yaml").write_text(TEXT, encoding="utf-8")
    commit(TEXT, "begin")
    git("checkout", "-q", "-b", "bram")
    Path("a.yaml").write_text(THEIRS, encoding="utf-8")
    commit(THEIRS, "van Bram")
    git("checkout", "-q", "main")
    Path("a.yaml").write_text(OURS, encoding="utf-8")
    commit(OURS, "van Anna")
    git("merge", "-q", "bram", check=False)
    done = fii("merge")
    assert done.code == 2
    assert "2 trajectories have a merge conflict" in done.err
    assert f"a.yaml, {FILE}" in done.err
    assert "<<<<<<<" in text()


def test_a_file_that_one_side_removed(fii: Fii) -> None:
    git("init", "-q")
    commit(TEXT, "begin")
    git("checkout", "-q", "-b", "bram")
    git("rm", "-q", FILE)
    git("commit", "-q", "-m", "weg")
    git("checkout", "-q", "main")
    commit(OURS, "van Anna")
    git("merge", "-q", "bram", check=False)
    done = fii("merge", FILE)
    assert done.code == 2
    assert "one side removed this file" in done.err


def test_other_numbers_of_files_are_refused(fii: Fii) -> None:
    Path(FILE).write_text(TEXT, encoding="utf-8")
    assert fii("merge", FILE, FILE).code == 2
    assert fii("merge", FILE, FILE, FILE, "--driver").code == 2


# --- three files, and the driver ----------------------------------------------------------------------------


def three(ours: str = OURS, theirs: str = THEIRS) -> list[str]:
    names = ["base.yaml", "ours.yaml", "theirs.yaml"]
    for name, told in zip(names, (TEXT, ours, theirs), strict=True):
        Path(name).write_text(told, encoding="utf-8", newline="")
    return names


def test_three_files_are_printed_or_written(fii: Fii) -> None:
    names = three()
    assert fii("merge", *names).out == BOTH
    assert fii("merge", *names, "-o", "merged.yaml").code == 0
    assert Path("merged.yaml").read_text(encoding="utf-8") == BOTH
    assert fii("merge", *names, "-o", "theirs.yaml").code == 2
    assert fii("merge", *names, "-o", "ours.yaml").code == 0
    assert Path("ours.yaml").read_text(encoding="utf-8") == BOTH


def test_no_folder_is_made_for_the_merged_file(fii: Fii) -> None:
    done = fii("merge", *three(), "-o", "elders/merged.yaml")
    assert done.code == 2
    assert "the folder elders does not exist" in done.err
    assert not Path("elders").exists()


def test_a_byte_order_mark_of_ours_is_kept(fii: Fii) -> None:
    names = three("\ufeff" + OURS)
    assert fii("merge", *names, "-o", "merged.yaml").code == 0
    assert Path("merged.yaml").read_text(encoding="utf-8") == "\ufeff" + BOTH
    assert fii("merge", *names).out == "\ufeff" + BOTH


@pytest.mark.parametrize("marked", [OURS, changed(("fii: 1", "fii: 1  # A"), text=OURS)])
def test_a_byte_order_mark_is_kept_in_place(fii: Fii, marked: str) -> None:
    theirs = changed(("fii: 1", "fii: 1  # B"), text=THEIRS) if marked != OURS else THEIRS
    conflicted("\ufeff" + marked, theirs)
    assert fii("merge", FILE).code == 0
    assert text().startswith("\ufefffii: 1")
    assert text().count("\ufeff") == 1


def test_comments_that_are_left_out_are_told(fii: Fii) -> None:
    ours = changed(("what: Schrijven", "what: Opschrijven"), ("# later", "# nu"))
    done = fii("merge", *three(ours, theirs=changed(("# later", "# veel later"))))
    assert "comments that are left out:\n  # veel later" in done.err
    assert done.out == ours


def test_what_a_side_only_commented_or_laid_out_comes_along_where_git_would_merge_it(fii: Fii) -> None:
    commented = changed(("# later", "# veel later"), ("language: nl", "language: nl  # taal"))
    for names in (three(theirs=commented), three(commented, OURS)):
        done = fii("merge", *names)
        assert done.code == 0
        assert "# veel later" in done.out
        assert "language: nl  # taal" in done.out
        assert "Van Anna." in done.out
        assert "left out" not in done.err


def test_a_record_whose_key_both_sides_corrected_is_a_conflict_and_not_two_records(fii: Fii) -> None:
    old = LOG.splitlines()[-1] + "\n"
    assert "2025-01-08" in old
    ours, theirs = (old.replace("2025-01-08", "2025-01-09"), old.replace("Kennisgemaakt", "Gesproken"))
    done = fii("merge", *three(changed((old, ours)), changed((old, theirs))))
    assert done.code == 1
    assert "<<<<<<<" in done.out
    assert done.out.count("text: ") == changed().count("text: ") + 1


def _driver() -> None:
    """A repository of which git merges trajectories with fii."""
    git("init", "-q")
    source = Path(cli.__file__).parents[1]
    command = f"PYTHONPATH='{source}' '{sys.executable}' -m fii_cli merge --driver %O %A %B %P"
    git("config", "merge.fii.driver", command)
    Path(".gitattributes").write_text("*.yaml merge=fii\n", encoding="utf-8")


def test_git_merges_with_the_driver(fii: Fii) -> None:
    _driver()
    commit(TEXT, "begin")
    git("checkout", "-q", "-b", "bram")
    commit(THEIRS, "van Bram")
    git("checkout", "-q", "main")
    commit(OURS, "van Anna")
    git("merge", "-q", "bram", "-m", "samen")
    assert text() == BOTH
    git("checkout", "-q", "bram")
    commit(changed(("status: open", "status: klaar"), text=BOTH), "klaar")
    git("checkout", "-q", "main")
    commit(changed(("status: open", "status: bezig"), text=BOTH), "bezig")
    git("merge", "-q", "bram", check=False)
    assert unmerged()
    assert "<<<<<<< ours\n" in text()


def test_what_the_driver_left_may_be_merged_again_but_not_what_was_changed_in_it(fii: Fii) -> None:
    _driver()
    ours = changed(("status: open", "status: bezig"), ("# later", "# nu"), text=OURS)
    conflicted(ours, changed(("status: open", "status: klaar"), ("# later", "# nooit"), text=THEIRS))
    left = text()
    assert "<<<<<<< ours\n" in left
    done = fii("merge", FILE)
    assert done.code == 1
    assert "1 conflict is left" in done.err
    assert text() == left
    Path(FILE).write_text(left.replace("# nu", "# straks"), encoding="utf-8")
    assert fii("merge", FILE).code == 2


_MARKED = re.compile(r"<<<<<<< A\n(.*?)=======\n(.*?)>>>>>>> B\n", re.DOTALL)


def test_one_side_of_every_marker_is_what_choosing_that_side_gives() -> None:
    found = 0
    for seed in range(100):
        random = Random(seed)
        ours, theirs = (edited(read(BASE), edits(random, who, 6)) for who in ("anna", "bram"))
        if errors(ours) or errors(theirs):
            continue
        here, there = (merged(BASE, ours.text, theirs.text, choose) for choose in (keep_ours, keep_theirs))
        our_blocks, their_blocks = (
            records_in(done.document, done.merged.trajectory, [each for some in changes for each in some])
            for done, changes in (
                (here, [conflict.ours for conflict in here.conflicts]),
                (there, [conflict.theirs for conflict in there.conflicts]),
            )
        )
        both = with_markers(here.document.text, there.document.text, ("A", "B"), our_blocks, their_blocks)
        assert _MARKED.sub(lambda part: part[1], both) == here.document.text
        assert _MARKED.sub(lambda part: part[2], both) == there.document.text
        found += bool(here.conflicts)
    assert found > 5
