"""A workbook for colleagues goes out, is filled in with other programs, and comes back into the file."""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from conftest import Fii
from fii_cli.editions.marks import made_as
from fii_cli.resources import EXAMPLES
from fii_cli.workbook.cells import same_text
from fii_cli.workbook.model import HIDDEN, as_text
from helpers import HEAD, all_text, calls, judged, trajectory
from outside import program
from wizard import Wizard

WHOLE = (EXAMPLES / "thuis-leren-verzonnen.yaml").read_text(encoding="utf-8")
DAY = date(2025, 3, 10)


@pytest.fixture(autouse=True)
def _at_work(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1741600000")
    Path("a.yaml").write_text(WHOLE, encoding="utf-8")


def text() -> str:
    return Path("a.yaml").read_text(encoding="utf-8")


class Filled:
    """A workbook in the hands of a colleague: cells by sheet, by the key of a row and that of a column."""

    def __init__(self, path: str = "a.xlsx") -> None:
        self.book = openpyxl.load_workbook(path)
        self.cells = [
            [as_text(cell) for cell in row]
            for row in self.book[HIDDEN].iter_rows(min_row=2, values_only=True)
        ]

    def sheet(self, page: str) -> Any:
        return self.book[next(c[3] for c in self.cells if c[:3] == [page, "", ""])]

    def column(self, page: str, key: str) -> int:
        head = next(c[3] for c in self.cells if c[:3] == [page, "", key])
        rows = self.sheet(page).iter_rows(max_row=12)
        found = (c.column for row in rows for c in row if as_text(c.value) == head and row[2].value)
        return int(next(found))

    def row(self, page: str, key: str) -> int:
        """The number of the row with a key; of the first empty one for none, as a colleague finds it."""
        rows = range(1, 400)
        sheet = self.sheet(page)
        first = next(n for n in rows if sheet.cell(n, 3).value)
        if key:
            return next(n for n in rows if as_text(sheet.cell(n, 1).value) == key)
        return next(n for n in rows if n > first and not any(c.value for c in sheet[n]))

    def put(self, page: str, key: str, **values: Any) -> int:
        row = self.row(page, key)
        for column, value in values.items():
            cell = self.sheet(page).cell(row, self.column(page, column.replace("__", ".")))
            cell.value = value
        return row

    def field(self, page: str, key: str, value: Any) -> None:
        head = next(c[3] for c in self.cells if c[:3] == [page, "", key])
        sheet = self.sheet(page)
        row = next(n for n in range(1, 12) if sheet.cell(n, 1).value == head)
        sheet.cell(row, 2).value = value

    def save(self, path: str = "b.xlsx") -> str:
        self.book.save(path)
        return path


@pytest.fixture
def out(fii: Fii) -> Callable[..., Filled]:
    def make(*options: str) -> Filled:
        done = fii("workbook", "a.yaml", "--force", *options)
        assert done.code == 0, done.err
        return Filled(done.out.split()[-1])

    return make


Out = Callable[..., Filled]

# --- what goes out ------------------------------------------------------------------------------------------


def test_an_untouched_workbook_changes_nothing(fii: Fii, out: Out) -> None:
    out("--instrument", "drivers")
    done = fii("import", "a.yaml", "a.xlsx")
    assert done.code == 0
    assert "nothing was changed in this workbook" in done.out
    assert text() == WHOLE


def test_the_file_is_the_only_one_here_and_need_not_be_named(fii: Fii, out: Out) -> None:
    out().save()
    assert fii("import", "b.xlsx").code == 0


def test_a_workbook_has_every_sheet_and_its_own_mark(out: Out) -> None:
    filled = out("--instrument", "drivers")
    pages = [cells[0] for cells in filled.cells if not cells[1] and not cells[2]]
    assert pages == ["lights", "contacts", "actions", "tasks", "log", "measurements", "ratings"]
    made = made_as(Path("a.xlsx").read_bytes())
    assert made is not None
    assert (made.kind, made.audience) == ("workbook", "team")


def test_dates_are_dates_and_a_month_is_text(out: Out) -> None:
    Path("a.yaml").write_text(
        WHOLE.replace("due: 2025-05-01\n    status: bezig", "due: 2025-05\n    status: bezig")
    )
    filled = out()
    due = filled.column("actions", "due")
    cell = filled.sheet("actions").cell(filled.row("actions", "registratie-in-app"), due)
    assert cell.value == datetime(2025, 3, 1)
    assert cell.number_format == "yyyy-mm-dd"
    assert filled.sheet("actions").cell(filled.row("actions", "tijd-om-te-leren"), due).value == "2025-05"


def test_ids_are_protected_without_a_password_and_the_rest_can_be_filled_in(out: Out) -> None:
    sheet = out().sheet("actions")
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet["A4"].protection.locked
    assert not sheet["B4"].protection.locked
    assert not sheet["B9"].protection.locked


def test_closed_values_are_chosen_from_a_list_in_the_words_of_the_reader(out: Out) -> None:
    filled = out()
    sheet = filled.sheet("actions")
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    status = next(rule for where, rule in rules.items() if where.startswith("C"))
    name, _, area = status.formula1.partition("!")
    words = [row[0].value for row in filled.book[name.strip("'=")][area.replace("$", "")]]
    assert words == ["open", "bezig", "klaar", "vervallen"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_sheet_has_a_heading_twice(out: Out, language: str) -> None:
    Path("a.yaml").write_text(WHOLE.replace("language: nl", f"language: {language}"), encoding="utf-8")
    filled = out("--instrument", "drivers")
    for page in {cells[0] for cells in filled.cells}:
        heads = [cells[3] for cells in filled.cells if cells[0] == page and not cells[1] and cells[2]]
        fields = 4 if page == "ratings" else 3 if page == "lights" else 0
        for group in (heads[:fields], heads[fields:]):
            assert len(set(group)) == len(group), heads
    names = [cells[3] for cells in filled.cells if not cells[1] and not cells[2]]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("audience", ["team", "steering", "client", "public"])
def test_the_hidden_sheet_has_no_more_than_the_visible_cells(out: Out, fii: Fii, audience: str) -> None:
    filled = out("--audience", audience, "--instrument", "drivers")
    book = filled.book
    shown = {
        as_text(cell)
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    }
    names = {sheet.title for sheet in book.worksheets}
    for row in filled.cells:
        assert row[3] in shown | names, row
    assert {sheet.title for sheet in book.worksheets if sheet.sheet_state == "veryHidden"} == {
        HIDDEN,
        "fii-lists",
    }
    head = [as_text(cell) for cell in next(book[HIDDEN].iter_rows(max_row=1, values_only=True))]
    assert head[7] == "Thuis Leren naar Stichting Voorbeeld"


@pytest.mark.parametrize(
    ("audience", "hidden"),
    [
        ("team", ()),
        ("steering", ("kwam een half uur",)),
        ("client", ("kwam een half uur", "over geld beslist", "start van de invoering", "knelpuntenlijst")),
        ("public", ("kwam een half uur", "over geld beslist", "start van de invoering", "knelpuntenlijst")),
    ],
)
def test_an_edition_shows_what_it_may_in_every_part(out: Out, audience: str, hidden: tuple[str, ...]) -> None:
    out("--audience", audience)
    path = Path("a.xlsx" if audience == "team" else f"a.{audience}.xlsx")
    told = all_text(path)
    assert ("kwam een half uur" in told) == (audience == "team")
    for canary in hidden:
        assert canary not in told, canary


def test_an_edition_for_others_has_no_ids_and_cannot_come_back(fii: Fii, out: Out) -> None:
    out("--audience", "client")
    assert "registratie-in-app" not in all_text(Path("a.client.xlsx"))
    done = fii("import", "a.yaml", "a.client.xlsx")
    assert done.code == 2
    assert "is the client edition, which is for reading" in done.err


@pytest.mark.parametrize("audience", ["client", "public"])
@pytest.mark.parametrize(
    ("language", "words"), [("nl", ("invul", "vul ", "kies ", "leeg")), ("en", ("fill", "choose", "empty"))]
)
def test_an_edition_to_read_does_not_ask_to_fill_in_anything(
    out: Out, audience: str, language: str, words: tuple[str, ...]
) -> None:
    Path("a.yaml").write_text(WHOLE.replace("language: nl", f"language: {language}"), encoding="utf-8")
    filled = out("--audience", audience, "--instrument", "drivers")
    ours = [
        filled.book.worksheets[0],
        *(sheet for sheet in filled.book.worksheets[1:] if sheet.sheet_state == "visible"),
    ]
    told = [as_text(ours[0].cell(n, 2).value) for n in range(1, 20)]
    told += [as_text(sheet.cell(1, 1).value) for sheet in ours[1:]]
    told += [cell.comment.text for sheet in ours for row in sheet.iter_rows() for cell in row if cell.comment]
    told += [rule.prompt or "" for sheet in ours for rule in sheet.data_validations.dataValidation]
    assert not [each for each in told if any(word in each.casefold() for word in words)]


def test_no_edition_for_others_while_the_file_has_personal_data(fii: Fii) -> None:
    Path("a.yaml").write_text(WHOLE.replace("geen\n", "bel 06-12345678\n", 1))
    assert fii("workbook", "a.yaml", "--audience", "client").code == 1
    assert not Path("a.client.xlsx").exists()
    assert fii("workbook", "a.yaml").code == 0


def test_a_workbook_replaces_only_a_workbook_of_fii_and_none_that_shows_less(fii: Fii, out: Out) -> None:
    out("--audience", "steering", "--output", "x.xlsx")
    assert fii("workbook", "a.yaml", "--output", "x.xlsx").code == 2
    assert fii("workbook", "a.yaml", "--output", "x.xlsx", "--force", "--audience", "team").code == 2
    assert fii("report", "a.yaml", "--output", "x.xlsx", "--force").code == 2
    openpyxl.Workbook().save("y.xlsx")
    assert fii("workbook", "a.yaml", "--output", "y.xlsx", "--force").code == 2
    assert fii("workbook", "a.yaml", "--output", "y.csv").code == 2


# --- what comes back ----------------------------------------------------------------------------------------


def test_what_a_colleague_fills_in_is_shown_asked_for_and_written(fii: Fii, out: Out) -> None:
    filled = out("--instrument", "drivers")
    filled.put("actions", "tijd-om-te-leren", due=datetime(2025, 6, 1), status="klaar")
    filled.put("actions", "", what="flyer maken", owner="projectleider", due="2025-04")
    filled.put("contacts", "", within="lijnmanager", date=datetime(2025, 3, 9), present="ja")
    filled.put("tasks", "draaiboek", done=datetime(2025, 3, 8))
    filled.put("log", "", date=datetime(2025, 3, 10), text="bijeenkomst met ouders", by="kernteam")
    filled.put(
        "measurements", "", within="gezinnen die alle bezoeken afmaken", date="2025-03", value=15, n=20
    )
    filled.put("lights", "2a.cultuur", value="oranje", note="minder tijd")
    filled.put("ratings", "training", value="laag")
    filled.field("lights", "date", datetime(2025, 3, 9))
    filled.field("lights", "by", "kernteam")
    filled.field("lights", "perspective", "gevende organisatie")
    path = filled.save()

    asked = fii("import", "a.yaml", path)
    assert asked.code == 2
    assert "--yes" in asked.err
    assert text() == WHOLE
    assert fii("import", "a.yaml", path, "--dry-run").code == 0
    assert text() == WHOLE

    done = fii("import", "a.yaml", path, "--yes")
    assert done.code == 0, done.out + done.err
    now = text()
    assert judged(now, DAY).errors == ()
    for line in (
        "    due: 2025-06-01\n    status: klaar\n",
        "  - id: flyer-maken\n    what: flyer maken\n    owner: projectleider\n    due: 2025-04\n",
        "contacts: [{date: 2025-03-04, present: ja}, {date: 2025-03-09, present: ja}]",
        "due: 2025-06-01, done: 2025-03-08}",
        "text: bijeenkomst met ouders",
        "{date: 2025-03, value: 15, n: 20}",
        "2a.cultuur: {value: oranje, note: minder tijd}",
        "    perspective: giving\n    ratings:\n      2a.cultuur",
        "training: laag",
    ):
        assert line in now, line
    assert "# Alles hierin is verzonnen" in now
    assert fii("undo", "a.yaml").code == 0
    assert text() == WHOLE


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_steering_group_changes_what_it_sees_and_loses_nothing(fii: Fii, out: Out, language: str) -> None:
    whole = WHOLE.replace("language: nl", f"language: {language}")
    Path("a.yaml").write_text(whole, encoding="utf-8")
    filled = out("--audience", "steering")
    filled.put("actions", "registratie-in-app", result__note="registreren kost een kwart van de tijd")
    filled.put("measurements", "3", value=15)
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 0, done.out + done.err
    meant = whole.replace("registreren kost half zoveel tijd", "registreren kost een kwart van de tijd")
    meant = meant.replace("value: 14, n: 20", "value: 15, n: 20")
    assert text() == meant


@pytest.mark.parametrize(("answer", "written"), [("yes", True), ("back", False)])
def test_in_a_terminal_the_changes_are_shown_before_the_question(
    out: Out, answer: str, written: bool
) -> None:
    filled = out()
    filled.put("tasks", "draaiboek", what="draaiboek vertalen")
    wizard = Wizard("import", "a.yaml", filled.save(), "--lang", "en")
    wizard.until("What: draaiboek overdragen → draaiboek")
    wizard.answer("Write this to a.yaml?", answer)
    assert wizard.ended() == 0
    assert ("what: draaiboek vertalen" in text()) == written
    assert (text() == WHOLE) != written


def test_the_same_workbook_a_second_time_changes_nothing(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put("actions", "", what="flyer maken")
    filled.put("tasks", "draaiboek", what="draaiboek vertalen")
    filled.put("log", "", date=datetime(2025, 3, 10), text="bijeenkomst")
    filled.put("lights", "2a.cultuur", value="rood")
    filled.field("lights", "date", datetime(2025, 3, 10))
    path = filled.save()
    assert fii("import", "a.yaml", path, "--yes").code == 0
    now = text()
    again = fii("import", "a.yaml", path, "--yes")
    assert (again.code, text()) == (0, now), again.out
    assert "the file says all this already" in again.out


def test_two_equal_new_rows_are_there_after_the_first_time(fii: Fii, out: Out) -> None:
    filled = out()
    for owner in ("projectleider", "lijnmanager"):
        filled.put("actions", "", what="flyer maken", owner=owner)
        filled.put("tasks", "", what="flyer maken")
        filled.put("log", "", date=datetime(2025, 3, 10), text="bijeenkomst")
    path = filled.save()
    assert fii("import", "a.yaml", path, "--yes").code == 0
    now = text()
    assert [now.count(each) for each in ("what: flyer maken", "text: bijeenkomst")] == [4, 2]
    again = fii("import", "a.yaml", path, "--yes")
    assert (again.code, text()) == (0, now), again.out
    assert "the file says all this already" in again.out


def test_many_new_rows_take_as_much_longer_as_there_are_more(fii: Fii, out: Out) -> None:
    def work(n: int) -> int:
        Path("a.yaml").write_text(WHOLE, encoding="utf-8")
        filled = out()
        sheet, first = filled.sheet("actions"), filled.row("actions", "")
        for at in range(n):
            sheet.cell(first + at, 2).value = f"nieuwe actie {at}"
        path = filled.save()
        seen = calls(lambda: fii("import", "a.yaml", path, "--yes"))
        assert text().count("what: nieuwe actie") == n
        return seen

    few = work(0)
    assert work(240) - few < 5 * (work(60) - few)


def test_one_row_that_the_rules_refuse_among_many_does_not_hold_up_the_others(fii: Fii, out: Out) -> None:
    filled = out()
    sheet, first = filled.sheet("measurements"), filled.row("measurements", "")
    for at in range(60):
        sheet.cell(first + at, 2).value = "gezinnen die alle bezoeken afmaken"
        sheet.cell(first + at, 3).value = datetime(2024, 1, 1 + at % 28)
        sheet.cell(first + at, 4).value = at + 1
        sheet.cell(first + at, 5).value = -3 if at == 30 else 20
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code in (0, 1)
    assert judged(text(), DAY).errors == ()


def test_what_changed_in_the_file_meanwhile_is_kept(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put("actions", "tijd-om-te-leren", due=datetime(2025, 6, 1))
    filled.put("log", "", date=datetime(2025, 3, 10), text="bijeenkomst")
    meanwhile = WHOLE.replace(
        "owner: lijnmanager\n    since: 2025-02-25", "owner: projectleider\n    since: 2025-02-25"
    )
    meanwhile = meanwhile.rstrip("\n") + "\n  - {date: 2025-03-07, text: tussendoor}  # van het kernteam\n"
    Path("a.yaml").write_text(meanwhile, encoding="utf-8")
    assert fii("import", "a.yaml", filled.save(), "--yes").code == 0
    now = text()
    assert "owner: projectleider\n    since: 2025-02-25\n    due: 2025-06-01" in now
    assert "tussendoor}  # van het kernteam" in now
    assert "text: bijeenkomst" in now


def test_a_cell_that_was_changed_here_and_there_is_named_and_not_written(fii: Fii, out: Out) -> None:
    filled = out()
    row = filled.put("actions", "tijd-om-te-leren", due=datetime(2025, 6, 1), status="klaar")
    meanwhile = WHOLE.replace("due: 2025-05-01\n    status: bezig", "due: 2025-07-01\n    status: bezig")
    Path("a.yaml").write_text(meanwhile, encoding="utf-8")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 1
    name = filled.sheet("actions").title
    assert f"b.xlsx: {name}!F{row}: this was changed here, and in the file since" in " ".join(
        done.out.split()
    )
    assert "due: 2025-07-01\n    status: klaar" in text()


def test_one_statement_is_not_made_of_two_halves(fii: Fii, out: Out) -> None:
    """A measurement with its note is one statement: half of one and half of another is neither."""
    filled = out()
    filled.put("measurements", "3", note="uit het jaarverslag")
    Path("a.yaml").write_text(WHOLE.replace("value: 14, n: 20", "value: 16, n: 20"), encoding="utf-8")
    before = text()
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 1
    assert text() == before


MEANWHILE = (
    ("actions", "tijd-om-te-leren", "what", "elke begeleider begint met een gezin minder"),
    ("actions", "tijd-om-te-leren", "owner", "lijnmanager\n    since: 2025-02-25"),
    ("actions", "knelpuntenlijst", "what", "elk knelpunt krijgt een eigenaar en een datum"),
    ("tasks", "draaiboek", "what", "draaiboek overdragen"),
    ("log", "2", "by", "stuurgroep, text: start van de invoering"),
    ("contacts", "2", "note", "kwam een half uur"),
)
"""Cells that a colleague can change, with what the file has there."""


@pytest.mark.parametrize("seed", range(6))
def test_what_each_side_changed_is_there_and_what_both_did_is_named(fii: Fii, out: Out, seed: int) -> None:
    chance = random.Random(seed)
    filled, meanwhile, meant = out(), WHOLE, WHOLE
    both = 0
    for page, key, column, there in MEANWHILE:
        old = there.partition("\n")[0].partition(",")[0]
        side = chance.choice(("nobody", "workbook", "file", "both"))
        of_file, of_workbook = ("ontwikkelaar", "projectleider") if column == "owner" else ("hier", "daar")
        if side in ("workbook", "both"):
            filled.put(page, key, **{column: of_workbook})
        if side in ("file", "both"):
            meanwhile = meanwhile.replace(there, there.replace(old, of_file, 1))
        taken = of_file if side in ("file", "both") else of_workbook if side == "workbook" else old
        meant = meant.replace(there, there.replace(old, taken, 1))
        both += side == "both"
    Path("a.yaml").write_text(meanwhile, encoding="utf-8")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert text() == meant
    assert done.code == (1 if both else 0)
    assert " ".join(done.out.split()).count("this was changed here, and in the file since") == both


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ("kernteam", "another rating of this item, from the same day, person and side"),
        ("iemand anders", "another rating of the same day and side, and one of the two would count"),
    ],
)
def test_a_light_that_contradicts_one_of_that_day_is_named(fii: Fii, out: Out, by: str, why: str) -> None:
    filled = out()
    row = filled.put("lights", "5a.mandaat", value="rood")
    filled.put("lights", "5c.selectie", value="oranje")
    filled.field("lights", "date", datetime(2025, 3, 3))
    filled.field("lights", "by", by)
    filled.field("lights", "perspective", "gevende organisatie")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    told = " ".join(done.out.split())
    assert done.code == 1
    assert f"{filled.sheet('lights').title}!H{row}: the file has {why}" in told
    lights = [made for made in trajectory(text()).assessments if made.of_lights]
    assert [made.ratings["5a.mandaat"].value for made in lights if "5a.mandaat" in made.ratings] == [
        "groen",
        "oranje",
    ]
    assert any(
        made.ratings["5c.selectie"].value == "oranje" for made in lights if "5c.selectie" in made.ratings
    )


def test_lights_come_back_about_the_organisation_that_is_in_a_phase_of_its_own(fii: Fii, out: Out) -> None:
    Path("a.yaml").write_text(
        "fii: 1\ntitle: Proef\nlanguage: nl\norganisations:\n"
        "  - {id: noord, name: School Noord, roles: [receiving]}\n"
        "  - {id: zuid, name: School Zuid, roles: [receiving]}\n"
        "entry: {commission: gevraagd, date: 2025-01}\nvisits:\n"
        "  - {phase: implementeren, entered: 2025-01, via: entry, organisation: noord}\n"
        "  - {phase: implementeren, entered: 2025-01, via: entry, organisation: zuid}\n"
        "assessments:\n"
        "  - {instrument: stoplicht, date: 2025-03-03, about: zuid, ratings: {5a.mandaat: groen}}\n",
        encoding="utf-8",
    )
    filled = out()
    filled.put("lights", "5a.mandaat", value="rood")
    filled.field("lights", "date", datetime(2025, 3, 3))
    filled.field("lights", "about", "School Noord")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 0, done.out + done.err
    lights = {each.about: each.ratings["5a.mandaat"].value for each in trajectory(text()).assessments}
    assert lights == {"zuid": "groen", "noord": "rood"}


ENDED = """\
fii: 1
title: Proef
language: nl
organisations:
  - {id: noord, name: School Noord, roles: [receiving]}
  - {id: zuid, name: School Zuid, roles: [receiving], until: 2025-02-28, became: noord}
people:
  - {id: d, role: directeur, organisation: zuid, level: management, until: 2025-02-28, followed_by: b}
  - {id: b, role: bestuurder, organisation: noord, level: management}
entry: {commission: gevraagd, date: 2025-01}
visits:
  - {phase: implementeren, entered: 2025-01, via: entry, organisation: noord}
  - {phase: implementeren, entered: 2025-01, via: entry, organisation: zuid}
actions:
  - {id: bellen, what: bellen, owner: d, due: 2025-06-01}
"""


def test_a_rating_about_an_organisation_that_had_ended_is_named_and_not_written(fii: Fii, out: Out) -> None:
    Path("a.yaml").write_text(ENDED, encoding="utf-8")
    filled = out()
    row = filled.put("lights", "5a.mandaat", value="rood")
    filled.field("lights", "about", "School Zuid")
    filled.field("lights", "date", datetime(2025, 3, 3))
    filled.put("actions", "bellen", what="opbellen")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 1
    assert f"{row}: School Zuid ended (2025-02-28)" in done.out
    assert text() == ENDED.replace("what: bellen", "what: opbellen")
    filled.field("lights", "date", datetime(2025, 2, 28))
    assert fii("import", "a.yaml", filled.save(), "--yes").code == 0


def test_who_left_and_what_ended_are_no_choice_for_a_new_row_and_stay_valid(fii: Fii, out: Out) -> None:
    Path("a.yaml").write_text(ENDED, encoding="utf-8")
    filled = out()

    def offered(page: str, row: int, column: int) -> list[str]:
        rules = filled.sheet(page).data_validations.dataValidation
        cell = filled.sheet(page).cell(row, column).coordinate
        source = next(each.formula1 for each in rules if cell in each.sqref)
        letters = source.split("!")[1].replace("$", "").split(":")
        listed = filled.book["fii-lists"]
        return [str(listed[f"{letters[0][:-1]}{n}"].value) for n in range(1, int(letters[1][1:]) + 1)]

    owner = filled.column("actions", "owner")
    assert offered("actions", filled.row("actions", ""), owner) == ["bestuurder"]
    assert offered("actions", filled.row("actions", "bellen"), owner) == ["directeur", "bestuurder"]
    about = next(n for n in range(1, 12) if filled.sheet("lights").cell(n, 1).value == "Over")
    assert offered("lights", about, 2) == ["School Noord"]
    filled.put("actions", "bellen", what="opbellen")
    assert fii("import", "a.yaml", filled.save(), "--yes").code == 0
    assert text() == ENDED.replace("what: bellen", "what: opbellen")


def test_each_item_is_rated_on_its_own_scale(fii: Fii, out: Out) -> None:
    filled = out("--instrument", "midi")
    sheet = filled.sheet("ratings")
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    column = filled.column("ratings", "value")
    for item, word in (("1", "5 helemaal mee eens"), ("17", "2 niet mee eens"), ("19", "nee")):
        cell = sheet.cell(filled.row("ratings", item), column)
        rule = next(each for each in rules if cell.coordinate in each.sqref)
        name, _, area = rule.formula1.partition("!")
        assert word in [row[0].value for row in filled.book[name.strip("'=")][area.replace("$", "")]]
        cell.value = word
    filled.field("ratings", "date", datetime(2025, 3, 9))
    assert fii("import", "a.yaml", filled.save(), "--yes").code == 0
    ratings = trajectory(text()).assessments[-1].ratings
    assert {item: rating.value for item, rating in ratings.items()} == {"1": "5", "17": "2", "19": "nee"}


def test_a_row_that_was_emptied_goes_and_one_that_changed_meanwhile_stays(fii: Fii, out: Out) -> None:
    filled = out()
    for key in ("tijd-om-te-leren", "knelpuntenlijst"):
        row = filled.row("actions", key)
        for x in range(2, 12):
            filled.sheet("actions").cell(row, x).value = None
    meanwhile = WHOLE.replace("what: elk knelpunt krijgt", "what: ieder knelpunt krijgt")
    Path("a.yaml").write_text(meanwhile, encoding="utf-8")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 1
    assert "this row was removed here, and changed in the file since" in " ".join(done.out.split())
    assert "id: tijd-om-te-leren" not in text()
    assert "id: knelpuntenlijst" in text()


def test_a_deleted_row_goes_and_a_moved_row_stays(fii: Fii, out: Out) -> None:
    filled = out()
    sheet = filled.sheet("tasks")
    rows = [[cell.value for cell in sheet[n]] for n in (4, 5)]
    for x, value in enumerate(rows[1], 1):
        sheet.cell(4, x).value = value
    for x in range(1, 6):
        sheet.cell(5, x).value = None
    assert fii("import", "a.yaml", filled.save(), "--yes").code == 0
    assert "id: groep-1" not in text()
    assert "id: draaiboek" in text()


def test_a_changed_row_that_went_from_the_file_is_named(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put("tasks", "draaiboek", what="draaiboek vertalen")
    lines = [line for line in WHOLE.splitlines(keepends=True) if "id: draaiboek" not in line]
    Path("a.yaml").write_text("".join(lines), encoding="utf-8")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 1
    assert "this row was changed here, and removed from the file since" in " ".join(done.out.split())
    assert text() == "".join(lines)


def test_a_date_that_tells_rows_apart_can_be_corrected(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put("contacts", "1", date=datetime(2024, 10, 3))
    assert fii("import", "a.yaml", filled.save(), "--yes").code == 0
    assert "{date: 2024-10-03, present: ja}" in text()
    assert "2024-10-02" not in text()


def test_a_row_with_another_date_comes_in_once_and_not_if_it_is_gone(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put("contacts", "1", date=datetime(2024, 10, 3))
    path = filled.save()
    assert fii("import", "a.yaml", path, "--yes").code == 0
    now = text()
    assert (fii("import", "a.yaml", path, "--yes").code, text()) == (0, now)
    gone = WHOLE.replace("        - {date: 2024-10-02, present: ja}\n", "")
    Path("a.yaml").write_text(gone, encoding="utf-8")
    done = fii("import", "a.yaml", path, "--yes")
    assert (done.code, text()) == (1, gone)
    assert "removed from the file since" in " ".join(done.out.split())


COMMENTED = """\
  # wat de ouders zeiden
  - date: 2025-03-06  # een donderdag
    by: kernteam
    # letterlijk
    text: |
      eerste regel

      tweede regel
  # tot hier
"""


def test_a_row_whose_date_or_text_is_corrected_keeps_its_comments_and_layout(fii: Fii, out: Out) -> None:
    Path("a.yaml").write_text(WHOLE.rstrip("\n") + "\n" + COMMENTED, encoding="utf-8")
    filled = out()
    filled.put("log", "3", date=datetime(2025, 3, 7))
    filled.put("log", "1", text="overeenkomst ondertekend", by="kernteam")
    before = text()
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 0, done.out
    meant = before.replace("2025-03-06  # een donderdag", "2025-03-07  # een donderdag")
    meant = meant.replace(
        "by: stuurgroep, text: overeenkomst getekend", "by: kernteam, text: overeenkomst ondertekend"
    )
    assert text() == meant


def test_a_text_that_tells_rows_apart_is_changed_in_its_own_block(fii: Fii, out: Out) -> None:
    Path("a.yaml").write_text(WHOLE.rstrip("\n") + "\n" + COMMENTED, encoding="utf-8")
    filled = out()
    filled.put("log", "3", text="eerste regel\n\nderde regel")
    meant = text().replace("tweede regel", "derde regel")
    for _ in range(2):
        done = fii("import", "a.yaml", filled.save(), "--yes")
        assert (done.code, text()) == (0, meant), done.out


def test_a_row_that_got_another_date_here_and_there_is_named(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put("log", "2", date=datetime(2025, 3, 7))
    Path("a.yaml").write_text(WHOLE.replace("by: stuurgroep, text: start", "by: kernteam, text: start"))
    before = text()
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert (done.code, text()) == (1, before)


def test_a_text_of_several_lines_comes_back_to_its_own_place(fii: Fii, out: Out) -> None:
    told = "  - date: 2025-03-06\n    text: |\n      eerste regel\n\n      derde regel\n    by: kernteam\n"
    Path("a.yaml").write_text(WHOLE.rstrip("\n") + "\n" + told, encoding="utf-8")
    filled = out()
    filled.put("log", "3", by="stuurgroep")
    assert fii("import", "a.yaml", filled.save(), "--yes").code == 0
    assert told.replace("kernteam", "stuurgroep") in text()


def test_cells_that_do_not_fit_are_named_and_the_rest_is_written(fii: Fii, out: Out) -> None:
    filled = out()
    action = filled.put("actions", "tijd-om-te-leren", due="ooit", status="bijna", what="een gezin minder")
    task = filled.put("tasks", "", by="Stichting Voorbeeld")
    light = filled.put("lights", "2a.cultuur", note="geen licht gekozen")
    contact = filled.put("contacts", "1", within="lijnmanager")
    unknown = filled.put("actions", "knelpuntenlijst", answers="stoplicht/9z.onzin")
    made = filled.put(
        "measurements", "", within="gezinnen die alle bezoeken afmaken", date="2025-03", value="veel"
    )
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 1
    told = " ".join(done.out.split())
    for page, column, row, why in (
        ("actions", "F", action, "invalid date ooit"),
        ("actions", "C", action, "invalid value bijna"),
        ("actions", "G", unknown, "unknown item stoplicht/9z.onzin"),
        ("tasks", "B", task, "is missing"),
        ("lights", "H", light, "a note requires a rating"),
        ("contacts", "B", contact, "cannot be changed here"),
        ("measurements", "D", made, ""),
    ):
        assert f"b.xlsx: {filled.sheet(page).title}!{column}{row}: " in told, (page, told)
        assert why in told
    assert "7 cells are not taken over" in done.err
    assert text() == WHOLE.replace(
        "what: elke begeleider begint met een gezin minder", "what: een gezin minder"
    )


@pytest.mark.parametrize(
    ("typed", "light"),
    [
        *(
            (each, "oranje")
            for each in ("▲ oranje", "Oranje ", "oranje!", "ORANJE.", "▲", "🟠 oranje", '"oranje"')
        ),
        *((each, "nvt") for each in ("n.v.t.", "– n.v.t.", "NVT")),
        *((each, None) for each in ("oranje?", "▲ groen", "oranje/rood", "▲●", "bijna groen", "!")),
    ],
)
def test_a_light_is_taken_if_it_is_unmistakable(fii: Fii, out: Out, typed: str, light: str | None) -> None:
    filled = out()
    row = filled.put("lights", "2a.cultuur", value=typed)
    filled.field("lights", "date", datetime(2025, 3, 10))
    done = fii("import", "a.yaml", filled.save(), "--yes")
    if light is None:
        assert (done.code, text()) == (1, WHOLE)
        assert f"{filled.sheet('lights').title}!H{row}: invalid rating {typed}" in " ".join(done.out.split())
    else:
        assert done.code == 0, done.out
        assert trajectory(text()).assessments[-1].ratings["2a.cultuur"].value == light


def test_a_list_with_semicolons_and_a_word_with_an_exclamation_mark_are_read(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put(
        "actions", "knelpuntenlijst", answers="stoplicht/5a.mandaat; stoplicht/5c.selectie", status="Klaar!"
    )
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 0, done.out
    last = trajectory(text()).actions[-1]
    assert (last.answers, last.status) == (("stoplicht/5a.mandaat", "stoplicht/5c.selectie"), "klaar")


def _measured(filled: Filled, *measured: tuple[Any, Any]) -> int:
    """Fill in new measurements, of different days; returns the number of the first row."""
    sheet, first = filled.sheet("measurements"), filled.row("measurements", "")
    for at, (value, n) in enumerate(measured):
        sheet.cell(first + at, 2).value = "gezinnen die alle bezoeken afmaken"
        sheet.cell(first + at, 3).value = datetime(2025, 1, 1 + at)
        sheet.cell(first + at, 4).value = value
        sheet.cell(first + at, 5).value = n
    return first


@pytest.mark.parametrize(
    ("value", "n", "taken"),
    [
        *(("0,2", "12,0", (0.2, 12)), (" 15 ", "20", (15, 20)), ("0.125", 3.0, (0.125, 3))),
        *(("-1,5", None, (-1.5, None)), ("1e3", 4, (1000, 4))),
        *(("1.234", 3, "D"), ("1,234", 3, "D"), ("20%", 3, "D"), ("12,5 %", 3, "D"), ("vijftien", 3, "D")),
        *(("nan", 3, "D"), ("1e400", 3, "D"), ("１２", 3, "D"), (True, 3, "D"), ("€ 12", 3, "D")),
        *((15, "20 gezinnen", "E"), (15, "12,5", "E"), (15, 12.5, "E"), (15, -1, "E"), (15, 1e12, "E")),
    ],
)
def test_a_number_is_taken_if_it_is_unmistakable_and_else_its_measurement_is_left_out(
    fii: Fii, out: Out, value: object, n: object, taken: str | tuple[float, int | None]
) -> None:
    filled = out()
    row = _measured(filled, (value, n))
    done = fii("import", "a.yaml", filled.save(), "--yes")
    if isinstance(taken, str):
        assert (done.code, text()) == (1, WHOLE), done.out + done.err
        assert f"{filled.sheet('measurements').title}!{taken}{row}: " in done.out
        filled.sheet("measurements").cell(row, 4).value = 15
        filled.sheet("measurements").cell(row, 5).value = 20
        assert fii("import", "a.yaml", filled.save(), "--yes").code == 0
        taken = (15, 20)
    assert done.code in (0, 1), done.err
    borgen = trajectory(text()).borgen
    assert borgen is not None
    assert taken in [(each.value, each.n) for each in borgen.indicators[0].measurements]


def test_a_percentage_is_not_taken_for_the_fraction_that_its_cell_keeps(
    fii: Fii, out: Out, tmp_path: Path
) -> None:
    filled = out()
    row = _measured(filled, (0.2, 20))
    filled.sheet("measurements").cell(row, 4).number_format = "0%"
    log = filled.put("log", "", date=datetime(2025, 3, 10), text=0.29)
    filled.sheet("log").cell(log, filled.column("log", "text")).number_format = "0.00%"
    path = filled.save()
    for each in (path, _through_libreoffice(path, tmp_path)):
        Path("a.yaml").write_text(WHOLE, encoding="utf-8")
        done = fii("import", "a.yaml", each, "--yes")
        told = " ".join(done.out.split())
        assert f"{filled.sheet('measurements').title}!D{row}: 20% is a percentage" in told
        assert text() == WHOLE.rstrip("\n") + '\n  - {date: 2025-03-10, text: "29%"}\n'


def test_a_result_of_a_new_action_comes_in_as_a_whole_or_not_at_all(fii: Fii, out: Out) -> None:
    filled = out()
    told = {"what": "flyer maken", "result__date": datetime(2025, 3, 1), "result__note": "ouders kwamen"}
    row = filled.put("actions", "", **told, result__helped="wie weet")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert (done.code, trajectory(text()).actions[-1].result) == (1, None)
    filled.sheet("actions").cell(row, filled.column("actions", "result.helped")).value = "ja"
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 0, done.out
    result = trajectory(text()).actions[-1].result
    assert result is not None
    assert (result.helped, result.note) == ("ja", "ouders kwamen")


def test_a_field_above_the_rows_is_named_as_the_sheet_names_it(fii: Fii, out: Out) -> None:
    filled = out("--instrument", "drivers")
    filled.put("ratings", "selectie", value=3)
    filled.field("ratings", "perspective", "professional?")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert (done.code, text()) == (1, WHOLE)
    head = next(cells[3] for cells in filled.cells if cells[:3] == ["ratings", "", "perspective"])
    assert f"invalid value professional? for {head}" in " ".join(done.out.split())


def test_an_error_of_the_spreadsheet_is_called_one(fii: Fii, out: Out) -> None:
    filled = out()
    row = filled.put("log", "", date=datetime(2025, 3, 10), text="#REF!")
    filled.sheet("log").cell(row, filled.column("log", "text")).data_type = "e"
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert (done.code, text()) == (1, WHOLE)
    assert "the spreadsheet reports an error here: #REF!" in " ".join(done.out.split())


def test_a_new_row_may_begin_as_a_copy_of_another(fii: Fii, out: Out) -> None:
    filled = out()
    sheet, new = filled.sheet("actions"), filled.row("actions", "")
    for x in range(2, sheet.max_column + 1):
        sheet.cell(new, x).value = sheet.cell(filled.row("actions", "tijd-om-te-leren"), x).value
    sheet.cell(new, 2).value = "flyer maken"
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 0, done.out
    assert trajectory(text()).actions[-1].answers == ("midi/23", "drivers/coaching")


def test_what_the_rules_refuse_is_named_too_and_the_rest_is_written(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put("actions", "tijd-om-te-leren", what="een gezin minder")
    filled.put("actions", "knelpuntenlijst", strategy="een eigen strategie")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert judged(text(), DAY).errors == ()
    assert "what: een gezin minder" in text()
    assert done.code == 1


@pytest.mark.parametrize(
    ("went", "came"),
    [
        ("2025-03-01", datetime(2025, 3, 1)),
        ("2025-03-01", 45717),
        ("2025-03-01", "1-3-2025"),
        ("2025-03-01", "1 maart 2025"),
        ("2025-03", datetime(2025, 3, 1)),
        ("2025-03", "maart 2025"),
        ("2025", 2025),
        ("2025", datetime(1905, 7, 17)),
    ],
)
def test_what_excel_made_of_a_date_is_undone(fii: Fii, out: Out, went: str, came: Any) -> None:
    Path("a.yaml").write_text(
        WHOLE.replace("due: 2025-03-01\n    status: klaar", f"due: {went}\n    status: klaar")
    )
    before = text()
    filled = out()
    filled.put("actions", "registratie-in-app", due=came)
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert (done.code, text()) == (0, before), done.out


def test_what_excel_made_of_text_is_undone(fii: Fii, out: Out) -> None:
    said = 'het "boek" -- deel (c) van \'t jaar... klaar'
    Path("a.yaml").write_text(
        WHOLE.replace("text: overeenkomst getekend", "text: |-\n      " + said).replace(
            "  - {date: 2024-11-10, by: stuurgroep, text: |-\n      " + said + "}",
            "  - date: 2024-11-10\n    by: stuurgroep\n    text: |-\n      " + said,
        )
    )
    before = text()
    filled = out()
    filled.put("log", "1", text="het “boek” – deel © van ’t jaar… klaar ")
    filled.put("actions", "registratie-in-app", what="registratie aanpassen aan  de nieuwe werkwijze\u00a0")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert (done.code, text()) == (0, before), done.out
    filled.put("log", "1", text="het “boek” – deel © van ’t jaar… bijna klaar")
    assert fii("import", "a.yaml", filled.save(), "--yes").code == 0
    assert said.replace("klaar", "bijna klaar") in [each.text for each in trajectory(text()).log]


def test_an_id_that_excel_made_a_number_or_a_date_is_that_id(fii: Fii, out: Out) -> None:
    Path("a.yaml").write_text(
        WHOLE.replace("id: groep-1,", 'id: "2024",').replace("id: draaiboek,", 'id: "2025-02",'),
        encoding="utf-8",
    )
    filled = out()
    sheet = filled.sheet("tasks")
    filled.put("tasks", "2024", what="eerste groep")
    filled.put("tasks", "2025-02", what="tweede groep")
    sheet["A4"].value, sheet["A5"].value = 2024, datetime(2025, 2, 1)
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 0, done.out
    assert "what: eerste groep" in text()
    assert "what: tweede groep" in text()


def test_text_of_which_excel_made_a_date_is_named(fii: Fii, out: Out) -> None:
    filled = out()
    row = filled.put("actions", "registratie-in-app", what=datetime(2025, 1, 2))
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 1
    assert f"!B{row}: Excel made a date of this text" in " ".join(done.out.split())
    assert text() == WHOLE


def test_a_row_twice_and_a_row_with_a_strange_id_are_named(fii: Fii, out: Out) -> None:
    filled = out()
    sheet = filled.sheet("tasks")
    for x in range(1, 6):
        sheet.cell(6, x).value = sheet.cell(5, x).value
    sheet["A7"].value, sheet["B7"].value = "eigen-id", "een taak"
    done = fii("import", "a.yaml", filled.save(), "--yes")
    told = " ".join(done.out.split())
    assert done.code == 1
    assert "!A6: row draaiboek is here twice, also in row 5" in told
    assert "!A7: unknown row eigen-id" in told
    assert text() == WHOLE


def test_a_row_whose_id_cannot_be_read_takes_no_other_row_away(fii: Fii, out: Out) -> None:
    for ids in (("groep-1", "groep-1"), ("groep-1", "DRAAIBOEK"), ("groep-1", "=1")):
        filled = out()
        sheet = filled.sheet("tasks")
        sheet["A4"].value, sheet["A5"].value = ids
        done = fii("import", "a.yaml", filled.save(), "--yes")
        assert done.code == 1
        assert text() == WHOLE, ids


def test_an_item_that_is_there_twice_is_named_and_not_rated(fii: Fii, out: Out) -> None:
    filled = out()
    sheet, column = filled.sheet("lights"), filled.column("lights", "value")
    first, second = filled.row("lights", "5a.mandaat"), filled.row("lights", "5a.klein-team")
    sheet.cell(second, 1).value = "5a.mandaat"
    sheet.cell(first, column).value, sheet.cell(second, column).value = "groen", "rood"
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 1
    assert " ".join(done.out.split()).count("item 5a.mandaat is here more than once") == 2
    assert text() == WHOLE


def test_a_number_with_a_dot_for_thousands_is_not_a_small_one(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put("measurements", "1", value="1.000")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 1
    assert "1.000 can be read in two ways" in " ".join(done.out.split())
    assert text() == WHOLE


def test_a_formula_is_named_and_not_worked_out(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put("measurements", "1", value="=2+2")
    filled.put("actions", "tijd-om-te-leren", what='=HYPERLINK("http://x","klik")')
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 1
    assert done.out.count("this is a formula") == 2
    assert text() == WHOLE


def test_text_that_looks_like_a_formula_stays_text(fii: Fii, out: Out) -> None:
    Path("a.yaml").write_text(WHOLE.replace("text: overeenkomst getekend", 'text: "=2+2"'))
    before = text()
    out()
    done = fii("import", "a.yaml", "a.xlsx", "--yes")
    assert (done.code, text()) == (0, before)


# --- bad workbooks ------------------------------------------------------------------------------------------


def _other_name(filled: Filled) -> None:
    filled.sheet("actions").title = "Te doen"


def _no_sheet(filled: Filled) -> None:
    del filled.book[filled.sheet("log").title]


def _no_column(filled: Filled) -> None:
    filled.sheet("actions").delete_cols(6)


def _no_field(filled: Filled) -> None:
    filled.sheet("lights").cell(3, 1).value = "wanneer"


def _merged(filled: Filled) -> None:
    filled.sheet("tasks").merge_cells("B4:C4")


def _no_base(filled: Filled) -> None:
    del filled.book[HIDDEN]


def _other_base(filled: Filled) -> None:
    filled.book[HIDDEN]["D5"].value = "iets anders"


def _other_version(filled: Filled) -> None:
    filled.book[HIDDEN]["B1"].value = "99"


@pytest.mark.parametrize(
    ("spoil", "wrong"),
    [
        (_other_name, "is missing"),
        (_no_sheet, "is missing"),
        (_no_column, "has no column"),
        (_no_field, "has no field"),
        (_merged, "has merged cells"),
        (_no_base, "the hidden sheet of this workbook is missing"),
        (_other_base, "the hidden sheet of this workbook was changed"),
        (_other_version, "was made by another version of fii"),
    ],
)
def test_a_spoilt_workbook_is_refused_as_a_whole(
    fii: Fii, out: Out, spoil: Callable[[Filled], None], wrong: str
) -> None:
    filled = out()
    filled.put("actions", "tijd-om-te-leren", what="een gezin minder")
    spoil(filled)
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert done.code == 2
    assert wrong in " ".join(done.err.split())
    assert text() == WHOLE


def test_the_workbook_of_another_trajectory_is_refused(fii: Fii, out: Out) -> None:
    out()
    Path("b.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("import", "b.yaml", "a.xlsx", "--yes")
    assert done.code == 2
    assert "this workbook is of another trajectory" in done.err
    Path("a.yaml").write_text(WHOLE.replace("title: Thuis Leren naar Stichting Voorbeeld", "title: Anders"))
    assert fii("import", "a.yaml", "a.xlsx", "--yes").code == 0


def test_old_encrypted_and_damaged_workbooks_are_named(fii: Fii, out: Out) -> None:
    out()
    old = b"\xd0\xcf\x11\xe0" + b"\0" * 600
    damaged = Path("a.xlsx").read_bytes()[:5000]
    for raw, wrong in (
        (old, "the old .xls format"),
        (old + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (damaged, "this workbook cannot be read"),
    ):
        Path("c.xlsx").write_bytes(raw)
        done = fii("import", "a.yaml", "c.xlsx")
        assert done.code == 2
        assert wrong in done.err
    assert text() == WHOLE


def test_a_sheet_with_far_too_many_rows_is_refused(fii: Fii, out: Out) -> None:
    out()
    row = "<row r='{n}'><c r='A{n}' t='inlineStr'><is><t>x</t></is></c></row>"
    with zipfile.ZipFile("a.xlsx") as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet6.xml"
    extra = "".join(row.format(n=n) for n in range(400, 60_000)).encode()
    parts[name] = parts[name].replace(b"</sheetData>", extra + b"</sheetData>")
    with zipfile.ZipFile("c.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        for each, raw in parts.items():
            packed.writestr(each, raw)
    done = fii("import", "a.yaml", "c.xlsx", "--yes")
    assert done.code == 2
    assert "has more than 20000 rows" in done.err
    parts[name] = b"<x>" + b" " * 110_000_000
    out_ = io.BytesIO()
    with zipfile.ZipFile(out_, "w", zipfile.ZIP_DEFLATED) as packed:
        for each, raw in parts.items():
            packed.writestr(each, raw)
    Path("c.xlsx").write_bytes(out_.getvalue())
    done = fii("import", "a.yaml", "c.xlsx", "--yes")
    assert done.code == 2
    assert "too large" in done.err


def test_answers_still_need_their_instrument_and_a_workbook_needs_none(fii: Fii, out: Out) -> None:
    out()
    Path("t.csv").write_text("17\n" + "4\n" * 6)
    done = fii("import", "a.yaml", "t.csv")
    assert done.code == 2
    assert "--instrument is missing" in done.err
    done = fii("import", "a.yaml", "a.xlsx", "--instrument", "midi")
    assert done.code == 2
    assert "knows its instrument" in done.err


def test_a_sheet_of_a_colleague_is_named_wherever_it_is(fii: Fii, out: Out) -> None:
    filled = out()
    filled.book.create_sheet("Kladblok", 0)["A1"] = "niet voor fii"
    filled.book.create_sheet("Leeg")
    copied = filled.book.copy_worksheet(filled.sheet("tasks"))
    copied["B4"].value = "iets anders"
    done = fii("import", "a.yaml", filled.save())
    assert done.code == 1
    assert "b.xlsx: Kladblok: this sheet is not one of fii's" in done.out
    assert f"b.xlsx: {copied.title}: this sheet is not one of fii's" in done.out
    assert "Leeg" not in done.out
    assert "2 cells are not taken over" in done.err
    assert text() == WHOLE


def test_an_overview_with_another_name_is_still_the_overview(fii: Fii, out: Out) -> None:
    filled = out()
    sheet = filled.book.worksheets[0]
    sheet.title = "Voorblad"
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert (done.code, text()) == (0, WHOLE), done.out
    sheet["B4"].value = "fase 6"
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert "b.xlsx: Voorblad!B4: the overview is only shown" in " ".join(done.out.split())
    assert "1 cell is not taken over" in done.err


def _id_of_an_item(filled: Filled) -> str:
    row = filled.row("lights", "5a.mandaat")
    filled.sheet("lights").cell(row, 1).value = "5a.mandaad"
    return f"{filled.sheet('lights').title}!A{row}: unknown item 5a.mandaad"


def _question(filled: Filled) -> str:
    row = filled.put("lights", "2a.cultuur", question="Klopt dit wel?")
    return f"{filled.sheet('lights').title}!D{row}: this cell is only shown"


def _question_as_formula(filled: Filled) -> str:
    row = filled.put("lights", "2a.cultuur", last="=1+1")
    return f"{filled.sheet('lights').title}!F{row}: this cell is only shown"


def _in_words(filled: Filled) -> str:
    row = filled.put("actions", "", what="flyer maken", names="de cultuur")
    return f"{filled.sheet('actions').title}!L{row}: this cell is only shown"


def _overview(filled: Filled) -> str:
    sheet = filled.book.worksheets[0]
    sheet["B4"].value = "fase 6"
    return f"{sheet.title}!B4: the overview is only shown"


def _above(filled: Filled) -> str:
    filled.sheet("actions")["C2"].value = "let op: bijgewerkt tot mei"
    return f"{filled.sheet('actions').title}!C2: nothing above the headings is taken over"


def _heading(filled: Filled) -> str:
    filled.sheet("actions")["M3"].value = "Opmerkingen"
    return f"{filled.sheet('actions').title}!M3: this column is not one of fii's"


def _column_beside(filled: Filled) -> str:
    row = filled.row("actions", "knelpuntenlijst")
    filled.sheet("actions").cell(row, 90).value = 0
    return f"{filled.sheet('actions').title}!CL{row}: this column is not one of fii's"


def _note(filled: Filled) -> str:
    row = filled.row("actions", "knelpuntenlijst")
    filled.sheet("actions").cell(row, 2).comment = Comment("dit is al klaar", "collega")
    return f"{filled.sheet('actions').title}!B{row}: a note on a cell is not taken over: dit is al klaar"


def _note_on_a_heading(filled: Filled) -> str:
    filled.sheet("log")["B3"].comment = Comment("welke datum?", "collega")
    return f"{filled.sheet('log').title}!B3: a note on a cell is not taken over: welke datum?"


WHERE_NOTHING_IS_READ = (
    *(_id_of_an_item, _question, _question_as_formula, _in_words, _overview, _above, _heading),
    *(_column_beside, _note, _note_on_a_heading),
)


@pytest.mark.parametrize("change", WHERE_NOTHING_IS_READ)
def test_what_is_written_where_fii_reads_nothing_is_named_with_its_cell(
    fii: Fii, out: Out, change: Callable[[Filled], str]
) -> None:
    filled = out()
    wrong = change(filled)
    done = fii("import", "a.yaml", filled.save(), "--yes")
    told = " ".join(done.out.split())
    assert done.code == 1, told
    assert f"b.xlsx: {wrong}" in told
    assert told.count("b.xlsx: ") == 1
    assert "nothing was changed" not in told
    assert text().replace("  - id: flyer-maken\n    what: flyer maken\n", "") == WHOLE


def test_it_is_named_too_after_another_program_saved_it(fii: Fii, out: Out, tmp_path: Path) -> None:
    filled = out()
    wrong = [change(filled) for change in WHERE_NOTHING_IS_READ if change is not _question_as_formula]
    done = fii("import", "a.yaml", _through_libreoffice(filled.save(), tmp_path))
    told = " ".join(done.out.split())
    for each in wrong:
        assert f"b.xlsx: {each}" in told, told
    assert told.count("b.xlsx: ") == len(wrong)


def test_a_sheet_far_too_wide_is_refused(fii: Fii, out: Out) -> None:
    filled = out()
    filled.sheet("actions").cell(5, 300).value = "ver weg"
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert (done.code, text()) == (2, WHOLE)
    assert "has more than 200 columns" in done.err


def test_a_row_without_its_id_that_says_the_same_is_that_row(fii: Fii, out: Out) -> None:
    filled = out()
    sheet = filled.sheet("tasks")
    sheet["A4"].value = None
    sheet.cell(5, filled.column("tasks", "done")).value = datetime(2025, 3, 8)
    sheet["A5"].value = None
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert (done.code, text()) == (0, WHOLE.replace("due: 2025-06-01}", "due: 2025-06-01, done: 2025-03-08}"))


LONG = "regel 🙂 van een lang verhaal. " * 1500


def test_a_text_that_no_cell_holds_is_named_locked_and_never_shortened(fii: Fii, out: Out) -> None:
    Path("a.yaml").write_text(
        WHOLE.replace("what: elk knelpunt krijgt een eigenaar en een datum", f'what: "{LONG}"').rstrip("\n")
        + f'\n  - {{date: 2025-03-06, text: "{LONG}"}}\n',
        encoding="utf-8",
    )
    before = text()
    done = fii("workbook", "a.yaml")
    filled = Filled("a.xlsx")
    places = [
        f"{filled.sheet(page).title}!{column}{filled.row(page, key)}"
        for page, column, key in (("actions", "B", "knelpuntenlijst"), ("log", "C", "3"))
    ]
    assert f"only the beginning fits in a cell of Excel: {', '.join(places)}" in " ".join(done.err.split())
    cell = filled.sheet("log").cell(filled.row("log", "3"), 3)
    assert cell.protection.locked
    assert cell.value.endswith(" […]")
    assert "te lang" in cell.comment.text or "too long" in cell.comment.text
    assert fii("import", "a.yaml", "a.xlsx").out.count("nothing was changed") == 1

    filled.put("log", "3", by="kernteam", date=datetime(2025, 3, 7))
    filled.put("actions", "knelpuntenlijst", status="klaar", what="korter")
    done = fii("import", "a.yaml", filled.save(), "--yes")
    told = " ".join(done.out.split())
    assert done.code == 1
    assert f"b.xlsx: {places[0]}: the text of this cell is too long for Excel" in told
    now = trajectory(text())
    assert (now.log[2].text, now.log[2].by, now.log[2].date.text) == (LONG, "kernteam", "2025-03-07")
    assert (now.actions[-1].what, now.actions[-1].status) == (LONG, "klaar")
    assert len(before.splitlines()) <= len(text().splitlines())


def test_a_new_text_that_fills_its_cell_may_have_lost_its_end(fii: Fii, out: Out) -> None:
    filled = out()
    row = filled.put("log", "", date=datetime(2025, 3, 10), text="x" * 32_767)
    done = fii("import", "a.yaml", filled.save(), "--yes")
    assert (done.code, text()) == (1, WHOLE)
    assert f"{filled.sheet('log').title}!C{row}: this text is as long as a cell can be" in done.out


# --- what nobody imported yet -------------------------------------------------------------------------------


def test_a_workbook_that_somebody_filled_in_is_not_replaced_before_it_is_imported(fii: Fii, out: Out) -> None:
    filled = out()
    filled.put("actions", "knelpuntenlijst", what="daar")
    filled.save("a.xlsx")
    there = Path("a.xlsx").read_bytes()
    done = fii("workbook", "a.yaml", "--force")
    assert done.code == 2
    assert "contain changes that were not imported" in " ".join(done.err.split())
    assert "--discard overwrites it all the same" in " ".join(done.err.split())
    assert Path("a.xlsx").read_bytes() == there
    assert fii("import", "a.yaml", "a.xlsx", "--yes").code == 0
    assert fii("workbook", "a.yaml", "--force").code == 0
    assert Path("a.xlsx").read_bytes() != there
    Path("a.xlsx").write_bytes(there)
    Path("a.yaml").write_text(WHOLE, encoding="utf-8")
    assert fii("workbook", "a.yaml", "--discard").code == 0
    assert fii("workbook", "a.yaml", "--force").code == 0


@pytest.mark.parametrize("spoil", [_other_name, _merged, _other_base, _note, _overview])
def test_a_workbook_of_which_fii_cannot_tell_is_not_replaced_either(
    fii: Fii, out: Out, spoil: Callable[[Filled], object]
) -> None:
    filled = out()
    spoil(filled)
    filled.save("a.xlsx")
    assert fii("workbook", "a.yaml", "--force").code == 2
    assert fii("workbook", "a.yaml", "--discard").code == 0


def test_an_untouched_workbook_is_replaced_while_the_file_changed(fii: Fii, out: Out) -> None:
    out("--instrument", "drivers")
    Path("a.yaml").write_text(WHOLE.replace("what: draaiboek overdragen", "what: draaiboek vertalen"))
    assert fii("workbook", "a.yaml", "--force").code == 0
    out("--audience", "client")
    assert fii("workbook", "a.yaml", "--audience", "client", "--force").code == 0


def test_what_was_written_as_json(fii: Fii, here: Path) -> None:
    done = fii("workbook", "a.yaml", "--json", "--audience", "steering")
    told = json.loads(done.out)
    assert (told["file"], told["workbook"]) == ("a.yaml", "a.steering.xlsx")
    assert (told["edition"], told["comes_back"], told["too_long"]) == ("steering", True, [])
    filled = Filled("a.steering.xlsx")
    for each in told["sheets"]:
        assert filled.sheet(each["id"]).title == each["name"]
        rows = {cells[1] for cells in filled.cells if cells[0] == each["id"] and cells[1]}
        assert len(rows) == each["rows"]
    assert not json.loads(fii("workbook", "a.yaml", "--json", "--audience", "public").out)["comes_back"]


# --- the future ---------------------------------------------------------------------------------------------


def test_what_has_not_happened_yet_is_named_cell_by_cell(fii: Fii, out: Out) -> None:
    filled = out()
    later = datetime.today().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    log = filled.put("log", "", date=later, text="later")
    moved = filled.put("log", "1", date=str(later.year + 1))
    contact = filled.put("contacts", "", within="lijnmanager", date=later, present="ja")
    task = filled.put("tasks", "draaiboek", done=later)
    action = filled.put("actions", "registratie-in-app", result__date=later)
    measured = filled.put(
        "measurements",
        "",
        within="gezinnen die alle bezoeken afmaken",
        date=f"{later.year + 1}-04",
        value=15,
        n=20,
    )
    filled.put("actions", "knelpuntenlijst", due=datetime(2030, 1, 1))
    filled.put("log", "", date=datetime(2025, 3, 10), text="vandaag")
    filled.put("lights", "2a.cultuur", value="rood")
    filled.field("lights", "date", later)
    done = fii("import", "a.yaml", filled.save(), "--yes")
    told = " ".join(done.out.split())
    assert done.code == 1
    for page, column, row in (
        *(("log", "B", log), ("log", "B", moved), ("contacts", "C", contact), ("tasks", "E", task)),
        *(("actions", "I", action), ("measurements", "C", measured), ("lights", "B", 3)),
    ):
        assert f"b.xlsx: {filled.sheet(page).title}!{column}{row}: " in told, (page, told)
    assert told.count("is in the future") == 7
    assert "7 cells are not taken over" in done.err
    meant = WHOLE.rstrip("\n") + "\n  - {date: 2025-03-10, text: vandaag}\n"
    assert text() == meant.replace("due: 2025-04-01\n    status: bezig", "due: 2030-01-01\n    status: bezig")


# --- the lists of others ------------------------------------------------------------------------------------


def _list_of_others(*rows: tuple[Any, ...], name: str = "lijst.xlsx") -> str:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("Actielijst projectgroep",))
    sheet.append(())
    sheet.append(("Nr", "Actie", "Wie", "Deadline", "Status", "Opmerkingen"))
    for row in rows:
        sheet.append(row)
    book.save(name)
    return name


def test_an_action_list_of_others_comes_in_and_its_columns_are_shown(fii: Fii, out: Out) -> None:
    path = _list_of_others(
        (1, "Flyer maken", "P. Verzonnen", datetime(2025, 4, 1), "te doen", "kleuren?"),
        (2, "Zaal zoeken", "lijnmanager", "15-4-2025", "Gereed", None),
        (3, "Ouders bellen", "een onbekende", None, "bijna", None),
        (None, None, None, None, None, None),
        (4, None, "lijnmanager", None, None, None),
    )
    asked = fii("import", path, "--as", "actions", "a.yaml")
    assert asked.code == 2
    assert "--yes" in asked.err
    assert "column B, Actie: What" in asked.err
    assert "column C, Wie: Owner" in asked.err
    assert "column D, Deadline: Due" in asked.err
    assert "skipped columns: Nr, Opmerkingen" in asked.err
    assert text() == WHOLE
    done = fii("import", path, "--as", "actions", "a.yaml", "--yes")
    assert done.code == 1
    told = " ".join(done.out.split())
    assert "lijst.xlsx: C6: invalid value een onbekende for Owner" in told
    assert "lijst.xlsx: E6: invalid value bijna for Status" in told
    assert "lijst.xlsx: B8: What is missing" in told
    new = {each.id: each for each in trajectory(text()).actions}
    assert [(each.owner, str(each.due), each.status) for each in list(new.values())[3:]] == [
        ("projectleider", "2025-04-01", "open"),
        ("lijnmanager", "2025-04-15", "klaar"),
        (None, "None", "open"),
    ]
    now = text()
    assert fii("import", "a.yaml", path, "--as", "actions", "--yes").code == 1
    assert text() == now


def _book(**sheets: list[tuple[Any, ...]]) -> None:
    book = openpyxl.Workbook()
    del book[book.worksheets[0].title]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save("lijst.xlsx")


def test_the_sheet_with_actions_is_read_and_named(fii: Fii) -> None:
    _book(
        Uitleg=[("Lees dit eerst",)], Lijst=[("Actie", "Wie"), ("flyer maken", "niemand")], Leeg=[("Actie",)]
    )
    done = fii("import", "a.yaml", "lijst.xlsx", "--as", "actions", "--yes")
    assert done.code == 1
    assert "sheet Lijst" in done.err
    assert "lijst.xlsx: Lijst!B2: invalid value niemand" in " ".join(done.out.split())
    assert "what: flyer maken" in text()


def test_of_several_sheets_with_actions_one_is_chosen(fii: Fii) -> None:
    _book(Maart=[("Actie",), ("flyer maken",)], April=[("Actie",), ("zaal zoeken",)])
    done = fii("import", "a.yaml", "lijst.xlsx", "--as", "actions", "--yes")
    assert (done.code, text()) == (2, WHOLE)
    assert "several sheets have actions: Maart, April" in done.err
    assert "choose one with --sheet" in done.err
    done = fii("import", "a.yaml", "lijst.xlsx", "--as", "actions", "--sheet", "mei", "--yes")
    assert (done.code, text()) == (2, WHOLE)
    assert "lijst.xlsx has no sheet mei" in done.err
    assert fii("import", "a.yaml", "lijst.xlsx", "--as", "actions", "--sheet", "april", "--yes").code == 0
    assert "what: zaal zoeken" in text()
    assert "flyer" not in text()
    Path("t.csv").write_text("actie\nflyer maken\n")
    done = fii("import", "a.yaml", "t.csv", "--as", "actions", "--sheet", "april")
    assert done.code == 2
    assert "omit --sheet" in done.err


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        (("--as", "actions", "--instrument", "midi"), "not for an action list: --instrument"),
        (
            ("--as", "actions", "--by", "x", "--allow-empty"),
            "not for an action list: --allow-empty, --by",
        ),
        (("--as", "actions", "--date", "2025-01-01"), "not for an action list: --date"),
        (("--sheet", "x"), "--sheet chooses a sheet of a list"),
        (("--allow-empty",), "not for a workbook of fii: --allow-empty"),
    ],
)
def test_options_that_say_nothing_about_what_comes_in_are_refused(
    fii: Fii, out: Out, options: tuple[str, ...], wrong: str
) -> None:
    out()
    done = fii("import", "a.yaml", "a.xlsx", *options, "--yes")
    assert (done.code, text()) == (2, WHOLE)
    assert wrong in " ".join(done.err.split())
    assert "omit " in done.err


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        (b"", "this file is empty"),
        (b"\xef\xbb\xbf \r\n", "this file is empty"),
        (b"actie;wie\nflyer;ik\n", "this is text with the name of an Excel workbook"),
        ("actie\tik".encode("utf-16"), "this is text with the name of an Excel workbook"),
        (b"<html><table><tr><td>Actie</td></tr></table></html>", "this is a web page with the name"),
        (b"\x89PNG\r\n\0\0", "this is not an Excel workbook, although its name says so"),
    ],
)
@pytest.mark.parametrize("options", [(), ("--as", "actions"), ("--instrument", "midi")])
def test_a_file_that_is_not_what_its_name_says_is_told_what_it_is(
    fii: Fii, raw: bytes, wrong: str, options: tuple[str, ...]
) -> None:
    Path("c.xlsx").write_bytes(raw)
    done = fii("import", "a.yaml", "c.xlsx", *options)
    assert (done.code, text()) == (2, WHOLE)
    assert wrong in " ".join(done.err.split())


def test_a_list_without_actions_says_which_headings_it_has(fii: Fii) -> None:
    Path("t.csv").write_text("naam;leeftijd\njan;8\n")
    done = fii("import", "a.yaml", "t.csv", "--as", "actions")
    assert done.code == 2
    assert "no column with actions found; headings: naam, leeftijd" in done.err
    Path("t.csv").write_text("actie;wie\n")
    assert "no rows below the headings" in fii("import", "a.yaml", "t.csv", "--as", "actions").err
    Path("t.csv").write_text("")
    assert fii("import", "a.yaml", "t.csv", "--as", "actions").code == 2
    assert fii("import", "a.yaml", "t.csv", "--as", "people").code == 2


def test_what_changes_as_json_writes_nothing(fii: Fii, out: Out) -> None:
    filled = out()
    row = filled.put("actions", "tijd-om-te-leren", due=datetime(2025, 6, 1), status="bijna")
    done = fii("import", "a.yaml", filled.save(), "--json")
    assert done.code == 1
    told = json.loads(done.out)
    assert told["facts"] == [
        {"place": ["actions", ["tijd-om-te-leren"], "due"], "before": "2025-05-01", "after": "2025-06-01"}
    ]
    assert [each["place"] for each in told["cells"]] == [f"{filled.sheet('actions').title}!C{row}"]
    assert text() == WHOLE


# --- other programs -----------------------------------------------------------------------------------------


def _through_libreoffice(path: str, folder: Path) -> Path:
    office = program("soffice", "libreoffice")
    home = f"-env:UserInstallation=file://{folder / 'profile'}"
    there = folder / "converted"
    command = [office, home, "--headless", "--convert-to", "xlsx", "--outdir", str(there), path]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return there / Path(path).name


def test_libreoffice_saves_it_and_nothing_is_lost(fii: Fii, out: Out, tmp_path: Path) -> None:
    out("--instrument", "drivers")
    saved = _through_libreoffice("a.xlsx", tmp_path)
    done = fii("import", "a.yaml", saved)
    assert (done.code, text()) == (0, WHOLE), done.err
    assert "nothing was changed in this workbook" in done.out
    shutil.copy(saved, "c.xlsx")
    filled = Filled("c.xlsx")
    filled.put("actions", "tijd-om-te-leren", due=datetime(2025, 6, 1))
    filled.put("tasks", "", what="een nieuwe taak")
    again = _through_libreoffice(filled.save(), tmp_path)
    done = fii("import", "a.yaml", again, "--yes")
    assert done.code == 0, done.out + done.err
    assert "due: 2025-06-01\n    status: bezig" in text()
    assert "what: een nieuwe taak" in text()


def test_same_text_ignores_what_spreadsheets_do_and_nothing_else() -> None:
    assert same_text("het ‘boek’ – a", "het 'boek' - a ")
    assert not same_text("het boek", "Het boek")
