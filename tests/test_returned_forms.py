"""Forms that came back in many files: each counts once, and what is no answer is named."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from conftest import Fii
from fii_cli.commands.answer_bars import lengths
from fii_cli.handbook.load import handbook
from fii_cli.survey.form import version_of
from helpers import HEAD, judged

BOOK = handbook()
ITEMS = [item.id for item in BOOK.instrument("midi").items]
ANSWERS = {id_: "ja" if id_ in ("19", "25", "26") else "4" for id_ in ITEMS}
IMPORT = ("import", "a.yaml", "--date", "2025-02-01")


@pytest.fixture(autouse=True)
def _elsewhere(here: Path) -> None:
    Path("a.yaml").write_text(HEAD, encoding="utf-8")
    Path("in").mkdir()


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


def form(n: int, **other: Any) -> dict[str, Any]:
    """A form of the n-th person, as the page saves it."""
    return {
        "fii_answers": 1,
        "instrument": "midi",
        "version": version_of(BOOK.instrument("midi")),
        "trajectory": "Proef",
        "name": "Proef",
        "perspective": "receiving",
        "form": f"{n:032x}",
        "saved": 1,
        "answers": ANSWERS,
        **other,
    }


def save(path: str, told: object) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def save_people(n: int, start: int = 1, folder: str = "in", **other: Any) -> None:
    for at in range(start, start + n):
        save(f"{folder}/{at}.json", form(at, **other))


def test_a_folder_of_forms_is_counted_by_side_and_keeps_nothing_of_a_person(fii: Fii) -> None:
    save_people(6)
    save_people(5, 11, "in/later", perspective="giving")
    done = fii(*IMPORT, "in")
    assert done.code == 0, done.err
    assert judged(text()).errors == ()
    assert text().count("    responses: 6\n") == 1
    assert text().count("    responses: 5\n") == 1
    assert "      1: {4: 6}\n" in text()
    assert "read 11 forms" in done.err
    assert "receiving organisation: 6 people" in done.err
    assert not re.search("[0-9a-f]{32}|json", text())
    assert fii("undo", "a.yaml").code == 0
    assert text() == HEAD


def test_forms_and_tables_are_counted_together(fii: Fii) -> None:
    save_people(3)
    save("one.json", form(9))
    row = ";".join(["receiving", *ANSWERS.values()])
    Path("more.csv").write_text(";".join(["perspective", *ITEMS]) + f"\n{row}\n{row}\n", encoding="utf-8")
    done = fii(*IMPORT, "in", "one.json", "more.csv")
    assert done.code == 0, done.err
    assert "read 4 forms, 1 table" in done.err
    assert "      1: {4: 6}\n" in text()


def test_the_file_may_be_left_out_and_may_stand_anywhere(fii: Fii) -> None:
    save_people(3)
    save_people(3, 4, "later")
    for words in (["in", "later"], ["in", "a.yaml", "later"], ["in/", "later/", "--instrument", "midi"]):
        done = fii("import", *words, "--date", "2025-02-01")
        assert done.code == 0, done.err
        assert "    responses: 6\n" in text()
        assert fii("undo", "a.yaml").code == 0


def test_an_answer_counts_once(fii: Fii) -> None:
    """The same file twice, a copy of it, the same form in other bytes, and a form that was saved again."""
    save_people(5)
    save("in/copy of 1.json", form(1))
    Path("in/2 (1).json").write_text(json.dumps(form(2)), encoding="utf-8")
    save("in/3-2.json", form(3, saved=2, answers={**ANSWERS, "1": "1"}))
    done = fii(*IMPORT, "in", "in/1.json")
    assert done.code == 0, done.err
    assert "    responses: 5\n" in text()
    assert "      1: {1: 1, 4: 4}\n" in text()
    told = " ".join(done.err.split())
    assert "in/copy of 1.json: the same file as in/1.json, counted once" in told
    assert "2.json: the same form as another file, counted once" in told
    assert "in/3.json: saved again later, and the last one counts" in told


def test_two_forms_with_one_number_that_differ_are_an_error(fii: Fii) -> None:
    save_people(5)
    save("in/6.json", form(5, answers={**ANSWERS, "1": "1"}))
    done = fii(*IMPORT, "in")
    assert done.code == 1
    assert "in/6.json: this is the same form as in/5.json, with other answers" in done.out
    assert text() == HEAD


def test_a_row_with_a_number_counts_once_in_all_tables(fii: Fii) -> None:
    rows = [f"{n};4" for n in range(1, 7)]
    Path("in/monday.csv").write_text("\n".join(["ID;17", *rows[:4]]), encoding="utf-8")
    Path("in/friday.csv").write_text("\n".join(["ID;17", *rows]), encoding="utf-8")
    done = fii(*IMPORT, "in", "--instrument", "midi")
    assert done.code == 0, done.err
    assert "      17: {4: 6}\n" in text()
    assert "in/monday.csv: 4 rows are also in another table, and are counted once" in done.err


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"instrument": "quickscan"}, "these are answers to quickscan, not to midi"),
        ({"trajectory": "Iets anders"}, "these answers are about another trajectory: Iets anders"),
        ({"version": "0" * 16}, "the questions of midi were worded differently when this form was made"),
        ({"answers": {"1": "9"}}, "9 is not a valid answer for 1"),
        ({"answers": {"99": "4"}}, "midi has no question 99"),
        ({"answers": {}}, "this form has no answers"),
        ({"fii_answers": 2}, "this form was made by a newer version of fii"),
        ({"fii_answers": "1"}, "this form is damaged"),
        ({"fii_answers": True}, "this form is damaged"),
        ({"saved": 0}, "this form is damaged"),
        ({"perspective": "neighbour"}, "this form is damaged"),
        ({"form": "1"}, "this form is damaged"),
        ({"saved": True}, "this form is damaged"),
        ({"answers": {"1": 4}}, "this form is damaged"),
        ({"answers": ["4"]}, "this form is damaged"),
    ],
)
def test_a_form_that_does_not_fit_is_named_and_nothing_is_written(
    fii: Fii, other: dict[str, Any], message: str
) -> None:
    save_people(5)
    save("wrong.json", form(6, **other))
    done = fii(*IMPORT, "in", "wrong.json", "--instrument", "midi")
    assert done.code == 1
    assert f"wrong.json: {message}" in " ".join(done.out.split())
    assert "1 error; nothing was written" in done.err
    assert text() == HEAD


@pytest.mark.parametrize(
    "raw",
    [
        b'{"fii_answers": 1',
        b'{"fii_answers": 1}',
        json.dumps(form(6)).replace('"answers": {', '"answers": {"1": "5", ').encode(),
        json.dumps(form(6)).replace('"saved": 1', f'"saved": {"9" * 5000}').encode(),
        json.dumps(form(6)).replace('"saved": 1', '"saved": NaN').encode(),
        b'{"fii_answers": ' + b"[" * 99_999,
        b'{"fii_answers": \xff}',
    ],
)
def test_a_damaged_form_is_named(fii: Fii, raw: bytes) -> None:
    save_people(5)
    Path("in/half.json").write_bytes(raw)
    done = fii(*IMPORT, "in")
    assert done.code == 1
    assert "in/half.json: this form is damaged" in done.out
    assert text() == HEAD


def test_all_errors_are_shown_at_once(fii: Fii) -> None:
    save("in/1.json", form(1, trajectory="Iets anders"))
    Path("in/2.csv").write_text("17\n9\n", encoding="utf-8")
    Path("in/3.json").write_text('{"fii_answers"', encoding="utf-8")
    done = fii(*IMPORT, "in")
    assert done.code == 1
    assert "3 errors; nothing was written" in done.err
    assert "in/2.csv: cell A2: 9 is not a valid answer for 17" in done.out


def test_what_a_form_once_said_can_be_accepted(fii: Fii) -> None:
    save_people(5, trajectory="Oude titel", version="0" * 16)
    assert fii(*IMPORT, "in").code == 1
    assert fii(*IMPORT, "in", "--title", "oude titel").code == 1
    done = fii(*IMPORT, "in", "--title", "oude titel", "--other-wording")
    assert done.code == 0, done.err
    assert "    responses: 5\n" in text()


def test_forms_of_several_instruments_are_never_mixed(fii: Fii) -> None:
    save_people(5)
    scan = {item.id: "deels" for item in BOOK.instrument("quickscan").items}
    version = version_of(BOOK.instrument("quickscan"))
    save_people(5, 11, instrument="quickscan", version=version, answers=scan)
    done = fii(*IMPORT, "in")
    assert done.code == 2
    assert "there are forms of midi, quickscan; which ones are meant?" in done.err
    done = fii(*IMPORT, "in", "--instrument", "quickscan")
    assert done.code == 0, done.err
    told = " ".join(done.err.split())
    names = ", ".join(f"in/{n}.json" for n in range(1, 6))
    assert f"{names}: skipped: these are answers to midi, not to quickscan" in told
    assert "      helder: {deels: 5}\n" in text()


def test_what_is_no_answer_in_a_folder_is_named_and_skipped(fii: Fii) -> None:
    save_people(5)
    Path("in/.DS_Store").write_bytes(b"\0")
    Path("in/foto.jpg").write_bytes(b"\xff\xd8")
    Path("in/leesmij.txt").write_text("17", encoding="utf-8")
    Path("in/midi.html").write_text("<!doctype html>", encoding="utf-8")
    Path("in/kosten.csv").write_text("datum;bedrag\n1;2\n", encoding="utf-8")
    save("in/andere.json", {"answers": 1})
    done = fii(*IMPORT, "in")
    assert done.code == 0, done.err
    told = " ".join(done.err.split())
    names = "in/andere.json, in/foto.jpg, in/leesmij.txt"
    assert f"{names}: skipped: this is not a form that came back, nor a table" in told
    assert "in/midi.html: skipped: this is the page itself; the answers are in the file that it saves" in told
    assert "in/kosten.csv: skipped: no column matches an item of midi" in told
    assert "DS_Store" not in told


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        (
            "midi.html",
            b"<!doctype html>",
            "this is the page itself; the answers are in the file that it saves",
        ),
        ("midi.docx", b"PK\x03\x04", "fii does not read answers in Word"),
        ("in.zip", b"PK\x03\x04", "this is an archive: unpack it first"),
        ("leeg.json", b"", "this is not a form that came back, nor a table"),
        ("lijst.json", b"[1]", "this is not a form that came back, nor a table"),
    ],
)
def test_what_is_no_answer_and_is_named_itself_is_an_error(
    fii: Fii, name: str, raw: bytes, message: str
) -> None:
    save_people(5)
    Path(name).write_bytes(raw)
    for words in ([name], ["in", name], [name, "--instrument", "midi"]):
        done = fii(*IMPORT, *words)
        assert done.code == 1
        assert f"{name}: {message}" in " ".join(done.out.split())
        assert text() == HEAD
    Path("in", name).write_bytes(raw)
    done = fii(*IMPORT, "in")
    assert done.code == 0
    assert f"in/{name}: skipped: {message}" in " ".join(done.err.split())


def test_a_folder_that_is_there_twice_is_told_in_few_lines(fii: Fii) -> None:
    save_people(60)
    save_people(60, folder="again")
    done = fii(*IMPORT, "in", "again")
    assert done.code == 0
    assert "    responses: 60\n" in text()
    assert " ".join(done.err.split()).count("the same file as") == 50
    assert "and 10 more" in done.err


def test_many_files_that_are_skipped_for_one_reason_take_one_line(fii: Fii) -> None:
    save_people(5)
    for n in range(30):
        Path(f"in/{n:02}.jpg").write_bytes(b"\xff")
    told = " ".join(fii(*IMPORT, "in").err.split())
    assert told.count("skipped") == 1
    assert "in/09.jpg and 20 more: skipped: this is not a form that came back, nor a table" in told


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_a_form_that_an_editor_saved_in_another_encoding_is_read(fii: Fii, encoding: str) -> None:
    save_people(4)
    Path("in/5.json").write_bytes(json.dumps(form(5, name="Één"), ensure_ascii=False).encode(encoding))
    assert fii(*IMPORT, "in").code == 0
    assert "    responses: 5\n" in text()


def test_what_a_form_says_cannot_change_the_terminal(fii: Fii) -> None:
    save_people(5)
    save("in/a\nb\x1b[31m.json", form(6, trajectory="\x1b[2Jweg\u202e"))
    save("in/7.json", form(7, trajectory="\ud800"))
    save("in/8.json", form(8, answers={"1": "\x1b[2J"}))
    done = fii(*IMPORT, "in", "--instrument", "midi")
    assert done.code == 1
    assert not re.search("[\x1b\u202e\ud800]", done.out + done.err)


def test_answers_that_were_counted_on_another_day_are_told(fii: Fii) -> None:
    """Two counts that differ by one person would show what that person answered."""
    before = "all answers of 2025-02-01 are also in these"
    save_people(6)
    assert fii(*IMPORT, "in").code == 0
    for late in range(5):
        done = fii("import", "a.yaml", "in", "--date", "2025-03-01", "--dry-run")
        assert before in " ".join(done.err.split())
        save(f"in/late{late}.json", form(20 + late))
    done = fii("import", "a.yaml", "in", "--date", "2025-03-01", "--dry-run")
    assert done.code == 0
    assert before not in " ".join(done.err.split())
    save_people(6, 11, "other", answers={**ANSWERS, "29": "1"})
    save_people(6, 21, "giving", perspective="giving")
    for folder in ("other", "giving"):
        done = fii("import", "a.yaml", folder, "--date", "2025-03-01", "--dry-run")
        assert done.code == 0
        assert before not in " ".join(done.err.split())


def test_an_empty_folder_has_no_answers(fii: Fii) -> None:
    done = fii(*IMPORT, "in")
    assert done.code == 2
    assert "no answers found" in done.err


def test_a_form_with_the_ending_of_a_mail_program_is_read(fii: Fii) -> None:
    save_people(4)
    save("in/5.json.txt", form(5))
    assert fii(*IMPORT, "in").code == 0
    assert "    responses: 5\n" in text()


def test_a_question_that_was_left_open_is_no_answer(fii: Fii) -> None:
    save_people(5)
    save("in/6.json", form(6, answers={"1": "4"}))
    assert fii(*IMPORT, "in").code == 0
    assert "      1: {4: 6}\n      2: {4: 5}\n" in text()


def test_small_groups_are_neither_stored_nor_shown(fii: Fii) -> None:
    save_people(5)
    save_people(4, 11, perspective="giving", answers={**ANSWERS, "1": "1"})
    done = fii(*IMPORT, "in")
    assert done.code == 0
    assert "giving organisation: 4 people; fewer than 5, so not counted" in done.err
    assert "giving" not in text()
    assert "giving organisation" not in done.out


def test_the_side_of_a_form_is_that_of_the_form(fii: Fii) -> None:
    save_people(5)
    done = fii(*IMPORT, "in", "--perspective", "giving")
    assert done.code == 1
    assert "in/1.json: this form is from the side receiving, not giving" in done.out


def test_counted_answers_are_shown_as_bars_of_what_hinders_first(fii: Fii) -> None:
    save_people(3, answers={**ANSWERS, "17": "3", "23": "1"})
    save_people(3, 4, answers={**ANSWERS, "17": "2"})
    done = fii(*IMPORT, "in")
    lines = [line for line in done.out.splitlines() if re.search(r" \d/\d/\d$", line)]
    assert len(lines) == 29
    assert [line.split()[0] for line in lines[:5]] == ["4", "26", "17", "23", "1"]
    assert re.fullmatch(r"  26 Unsettled organisation +-{20} 6/0/0", lines[1])
    assert re.search(r"-{10}·{10} 3/3/0$", lines[2])
    assert re.search(r"-{10}\+{10} 3/0/3$", lines[3])


@pytest.mark.parametrize("width", ["40", "60", "80", "120"])
def test_bars_fit_the_terminal(fii: Fii, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    save_people(5)
    done = fii(*IMPORT, "in", "--dry-run")
    _, _, shown = done.out.partition("what people answered, ")
    assert shown
    assert max(map(len, shown.splitlines()[1:])) <= int(width)
    assert text() == HEAD


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ((1, 0, 0), [20, 0, 0]),
        ((1, 1, 1), [7, 7, 6]),
        ((1, 0, 199), [1, 0, 19]),
        ((1, 1, 998), [1, 1, 18]),
        ((0, 0, 0), [0, 0, 0]),
    ],
)
def test_a_bar_leaves_nobody_out(parts: tuple[int, ...], found: list[int]) -> None:
    assert lengths(parts) == found


def test_a_workbook_of_fii_is_no_table_of_answers(fii: Fii) -> None:
    save_people(5)
    assert fii("workbook", "a.yaml", "-o", "in/w.xlsx").code == 0
    done = fii(*IMPORT, "in")
    assert done.code == 1
    assert "in/w.xlsx: this is a workbook of fii, not a table of answers" in done.out


def test_a_list_of_actions_is_one_file(fii: Fii) -> None:
    done = fii("import", "a.yaml", "in", "b.csv", "--as", "actions")
    assert done.code == 2
    assert "a list of actions or ratings is one file" in done.err
