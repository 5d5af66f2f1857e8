"""Tables for analysis: read back with other programs, they tell what the editions of a portfolio tell."""

from __future__ import annotations

import json
import os
import re
import sys
import weakref
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pytest

from conftest import Fii
from fii_cli.analysis.portfolio_line import PortfolioMember
from fii_cli.commands import portfolio_told
from fii_cli.editions.marks import made_as, mark
from fii_cli.pages import parquet
from fii_cli.pages.parquet import ParquetTable
from fii_cli.report import EDITIONS
from fii_cli.report.table_rows import Row, Told
from fii_cli.report.tables import TABLES, VERSION
from fii_cli.resources import CONTENT, EXAMPLES
from fii_cli.words import AUDIENCES, Audience
from helpers import HEAD
from many import many
from outside import missing
from test_edition import TODAY, Filled, filled  # noqa: F401

pytestmark = pytest.mark.usefixtures("here")
DAY = ("--as-of", "2025-03-10")
WRITE = ("portfolio", "in", "--format", "parquet", "--output", "landelijk/")
PAGES = {
    code: (CONTENT.parent / f"docs/analysis.{code}.md").read_text(encoding="utf-8") for code in ("en", "nl")
}
FILES = sorted(table.file for table in TABLES)
TEXT = HEAD.replace("date: 2025-01", "date: 2024-10") + (
    "organisations:\n"
    "  - {id: gever, name: Stichting Gever, roles: [giving, funder]}\n"
    "  - {id: school, name: De School, roles: [receiving]}\n"
    "  - {id: geheim, name: De Kandidaat, roles: [candidate]}\n"
    "people:\n  - {id: wethouder, role: wethouder onderwijs, name: J. Verzonnen}\n"
    "visits:\n"
    "  - {phase: verkennen, entered: 2024-11, via: entry,"
    " decisions: [{date: 2025-01-10, decision: door, reason: het kan}]}\n"
    "  - {phase: versterken, entered: 2025-01-10}\n"
    "checklist: [{id: 4a.eigen, subphase: 4a, question: Is er koffie?}]\n"
    "assessments:\n"
    "  - {instrument: stoplicht, date: 2025-02-01, perspective: giving, ratings: {4b.aandacht: groen}}\n"
    "  - {instrument: stoplicht, date: 2025-03-01, perspective: receiving,"
    " ratings: {4b.aandacht: {value: rood, note: zo is het}, 4a.eigen: oranje}}\n"
    "  - {instrument: cfir, date: 2025-03-01, about: school, ratings: {III.D.2: '-2'}}\n"
    "  - {instrument: cfir, date: 2025-02-01, perspective: receiving, responses: 8,"
    " counts: {III.D.2: {'-2': 6, '1': 2}}}\n"
    "actions:\n"
    "  - {id: a, what: een koning zoeken, strategy: champions, answers: [cfir/III.D.2], status: klaar,"
    " since: 2025-02, result: {date: 2025-03-02, helped: ja, note: prima}}\n"
    "  - {id: b, what: bellen, owner: wethouder, due: 2025-02-01}\n"
    "borgen:\n  indicators:\n"
    "    - {id: bereik, what: gezinnen, measurements: [{date: 2025, value: 4, n: 9}]}\n"
)


def put(name: str, text: str) -> None:
    path = Path("in", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def table(name: str, folder: str = "landelijk") -> list[dict[str, Any]]:
    """The rows of a table, read by pyarrow."""
    rows: list[dict[str, Any]] = arrow().read_table(Path(folder, f"{name}.parquet")).to_pylist()
    return rows


def arrow() -> Any:
    return import_module("pyarrow.parquet")


def asked(sql: str) -> list[dict[str, Any]]:
    """The answer of DuckDB to a question."""
    try:
        duckdb = import_module("duckdb")
    except ImportError:
        missing("duckdb", "make test installs it")
    found = duckdb.connect().execute(sql)
    names = [each[0] for each in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def questions(page: str) -> list[str]:
    """The SQL in a page."""
    return re.findall(r"^```sql\n(.*?)^```", page, re.M | re.S)


def written() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path("landelijk").iterdir())}


# --- what is in the tables ----------------------------------------------------------------------------------


def test_each_table_has_its_columns_and_real_types(fii: Fii) -> None:
    put("a.yaml", TEXT)
    put("b.yaml", (EXAMPLES / "thuis-leren-verzonnen.yaml").read_text(encoding="utf-8"))
    done = fii(*WRITE, *DAY)
    assert (done.code, done.out) == (0, "landelijk/\n")
    assert "with tables of 2 trajectories" in done.err
    assert sorted(written()) == FILES
    kinds = {
        "text": str,
        "word": str,
        "words": list,
        "day": date,
        "count": int,
        "number": float,
        "yes": bool,
    }
    for each in TABLES:
        rows = table(each.name)
        assert rows, each.name
        assert all(list(row) == list(each.columns) for row in rows)
        for name, kind in each.columns.items():
            assert {type(row[name]) for row in rows} <= {kinds[kind], type(None)}, f"{each.name}.{name}"
        assert {row["trajectory"] for row in rows} <= {"in/a.yaml", "in/b.yaml"}


def test_the_rows_tell_what_the_file_says_and_what_follows_from_it(fii: Fii) -> None:
    put("a.yaml", TEXT)
    assert fii(*WRITE, *DAY).code == 0
    (row,) = table("trajectories")
    assert row["title"] == "Proef"
    assert (row["phase"], row["state"], row["also_open"]) == ("versterken", "here", 0)
    assert (row["started"], row["started_text"]) == (date(2024, 10, 1), "2024-10")
    assert (row["entered"], row["days_least"], row["days_most"]) == (date(2025, 1, 10), 59, 59)
    assert [row[f"lights_{light}"] for light in ("green", "orange", "red")] == [0, 1, 1]
    assert (row["overdue"], row["barriers"], row["strong_barriers"]) == (1, 3, 2)
    assert (row["day"], row["day_from"], row["audience"]) == (date(2025, 3, 10), "chosen", "team")
    first, second = table("visits")
    assert (first["entered"], first["entered_text"], first["ended"]) == (
        date(2024, 11, 1),
        "2024-11",
        date(2025, 1, 10),
    )
    assert (first["days_least"], first["days_most"], first["decision"]) == (41, 70, "door")
    assert (second["ended"], second["decision"], second["days_least"]) == (None, None, 59)
    sides = [each for each in table("lights") if each["item"] == "4b.aandacht"]
    assert {(each["perspective"], each["value"], each["light"]) for each in sides} == {
        ("giving", "groen", "rood"),
        ("receiving", "rood", "rood"),
    }
    (own,) = (each for each in table("lights") if each["own"])
    assert (own["question"], own["phase"], own["subphase"]) == ("Is er koffie?", "versterken", "4a")
    (counted, told) = (each for each in table("barriers") if each["place"] == "cfir/III.D.2")
    assert (told["organisation"], told["value"], told["n"], told["done"]) == ("school", "-2", None, 1)
    assert (counted["perspective"], counted["value"], counted["n"], counted["hinders"]) == (
        "receiving",
        None,
        8,
        6,
    )
    a, b = table("actions")
    assert (a["answers"], a["helped"], a["since_text"]) == (["cfir/III.D.2"], "ja", "2025-02")
    assert (b["answers"], b["due"], b["overdue"]) == ([], date(2025, 2, 1), True)
    assert table("organisations")[0]["roles"] == ["giving", "funder"]
    (measured,) = table("measurements")
    assert (measured["date"], measured["date_text"], measured["value"]) == (date(2025, 1, 1), "2025", 4.0)


def test_counts_of_small_groups_are_left_out(fii: Fii) -> None:
    put("a.yaml", TEXT.replace("'1': 2}", "'1': 2}, III.C: {'-2': 3}"))
    assert fii(*WRITE, *DAY).code == 0
    counted = [each for each in table("ratings") if each["n"] is not None]
    assert [(each["item"], each["value"], each["n"], each["hinders"]) for each in counted] == [
        ("III.D.2", "-2", 6, 2),
        ("III.D.2", "1", 2, 0),
    ]


STUDY = (
    "  - {instrument: midi, date: 2025-01/2025-02, perspective: clients, about: school, responses: 40,"
    " published_in: Verzonnen 2025, published: {11: {shares: {hinders: 9, neutral: 15.5, helps: 75.5}},"
    " 12: {n: 33, mean: 4.1, sd: 0.7, shares: {1: 20, 5: 80}}, 13: {n: 3, mean: 2}}}\n"
    "  - {instrument: midi, date: 2025-02-01, published_in: Verzonnen 2025, published: {14: {mean: 3}}}\n"
)


def studied(audience: Audience, fii: Fii) -> list[tuple[Any, ...]]:
    known = "accepted: [{rule: FII905, reason: de tabellen laten deze groep weg}]\n"
    put("a.yaml", TEXT.replace("actions:\n", STUDY + "actions:\n") + known)
    assert fii(*WRITE, "--audience", audience, "--force", *DAY).code == 0
    columns = ("item", "value", "n", "hinders", "helps", "share", "mean", "sd", "published_n")
    return [tuple(row[name] for name in columns) for row in table("ratings") if row["instrument"] == "midi"]


def test_published_results_have_rows_of_their_own_unless_the_group_is_small(fii: Fii) -> None:
    found = studied("team", fii)
    assert found == [
        ("11", "hinders", None, None, 0, 9.0, None, None, 40),
        ("11", "neutral", None, 0, 0, 15.5, None, None, 40),
        ("11", "helps", None, 0, None, 75.5, None, None, 40),
        ("12", "1", None, 2, 0, 20.0, None, None, 33),
        ("12", "5", None, 0, 2, 80.0, None, None, 33),
        ("12", None, None, None, None, None, 4.1, 0.7, 33),
        ("14", None, None, None, None, None, 3.0, None, None),
    ]
    assert studied("client", fii) == found[:-1]  # outside, a group of unknown size is not shown


def test_a_period_has_the_first_day_of_its_end_and_the_text_of_the_file(fii: Fii) -> None:
    put(
        "a.yaml",
        TEXT.replace("date: 2025-02-01, perspective: rec", "date: 2024-11/2025-02, perspective: rec"),
    )
    assert fii(*WRITE, *DAY).code == 0
    dates = {(row["date"], row["date_text"]) for row in table("ratings") if row["n"] is not None}
    assert dates == {(date(2025, 2, 1), "2024-11/2025-02")}


def test_they_tell_the_same_as_the_portfolio_in_json(fii: Fii) -> None:
    for name, text in many(12).items():
        put(name, text)
    assert fii(*WRITE, *DAY).code == 0
    told = json.loads(fii("portfolio", "in", "--format", "json", *DAY).out)
    rows = {row["trajectory"]: row for row in table("trajectories")}
    for each in told["trajectories"]:
        row = rows[each["path"]]
        assert [each["lights"][light] for light in ("groen", "oranje", "rood")] == [
            row["lights_green"],
            row["lights_orange"],
            row["lights_red"],
        ]
        for key in ("title", "phase", "latest_phase", "state", "also_open", "overdue", "barriers"):
            assert row[key] == each[key]
        assert row["strong_barriers"] == each["strong_barriers"]
        assert row["radio_silence"] == len(each["radio_silence"])
    shared = Counter(place for _, place in {(row["trajectory"], row["place"]) for row in table("barriers")})
    assert shared == {each["place"]: each["trajectories"] for each in told["barriers"]}


# --- editions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", EDITIONS)
def test_no_table_shows_what_does_not_reach_so_far(
    fii: Fii,
    filled: Filled,  # noqa: F811
    audience: Audience,
) -> None:
    put("t.yaml", json.dumps(filled.data))
    done = fii("portfolio", "in/t.yaml", *WRITE[2:], "--audience", audience, "--as-of", str(TODAY))
    assert done.code == 0, done.err
    rows = [row for each in TABLES for row in table(each.name)]
    told = done.out + done.err + " ".join(str(value) for row in rows for value in row.values())
    told += " ".join(str(value) for row in rows for value in row.values() if isinstance(value, date))
    allowed = AUDIENCES.index(audience)
    assert [m for m, reach in filled.marks.items() if m in told and AUDIENCES.index(reach) < allowed] == []
    assert any(m in told for m in filled.marks)


def test_a_public_edition_has_every_table_and_says_which_are_empty(fii: Fii) -> None:
    put("a.yaml", TEXT)
    done = fii(*WRITE, "--audience", "public", *DAY)
    assert "the edition does not show them" in done.err
    assert sorted(written()) == FILES
    assert {each.name for each in TABLES if not table(each.name)} == {
        "lights",
        "barriers",
        "ratings",
        "actions",
    }
    (row,) = table("trajectories")
    assert {row[name] for name in row if name.startswith("lights_")} == {None}
    assert (row["overdue"], row["barriers"], row["radio_silence"]) == (None, None, None)
    assert [each["name"] for each in table("organisations")] == ["Stichting Gever", "De School"]
    raw = b"".join(written().values())
    for word in (b"Verzonnen", b"zo is het", b"Kandidaat", b"geheim", b"in/a.yaml"):
        assert word not in raw


def test_no_table_has_a_name_a_note_or_a_reason(fii: Fii) -> None:
    put("a.yaml", TEXT)
    assert fii(*WRITE, *DAY).code == 0
    told = str([table(each.name) for each in TABLES])
    for word in ("Verzonnen", "zo is het", "het kan", "prima", "bellen", "wethouder"):
        assert word not in told


def test_external_readers_get_keys_that_tell_no_folder_and_no_hidden_name(fii: Fii) -> None:
    for name in ("noord/plan.yaml", "zuid/plan.yaml", "de-kandidaat.yaml", "west/de-kandidaat.yaml"):
        put(name, TEXT)
    assert fii(*WRITE, "--audience", "client", *DAY).code == 0
    keys = [row["trajectory"] for row in table("trajectories")]
    assert sorted(keys) == ["plan.yaml", "plan.yaml-2", "trajectory", "trajectory-2"]
    assert {row["trajectory"] for row in table("lights")} == set(keys)
    assert {row["file"] for row in table("trajectories")} == {"plan.yaml", "….yaml"}
    assert fii("portfolio", "in", "--format", "parquet", "-o", "team/", *DAY).code == 0
    assert [row["trajectory"] for row in table("trajectories", "team")] == [
        "in/de-kandidaat.yaml",
        "in/noord/plan.yaml",
        "in/west/de-kandidaat.yaml",
        "in/zuid/plan.yaml",
    ]


def test_the_order_of_rows_tells_external_readers_nothing_about_paths(fii: Fii) -> None:
    for at in range(8):
        put(f"{at}/plan.yaml", TEXT.replace("title: Proef", f"title: Proef {at}"))
    orders = []
    for audience in ("team", "client"):
        words = (*WRITE[:-1], f"{audience}/", "--audience", audience)
        assert fii(*words, *DAY).code == 0
        orders.append([row["title"] for row in table("trajectories", audience)])
    assert orders[0] == sorted(orders[0])
    assert orders[1] != orders[0]
    assert sorted(orders[1]) == orders[0]


# --- how they are written -----------------------------------------------------------------------------------


def test_the_same_files_give_the_same_bytes(fii: Fii) -> None:
    for name, text in many(6).items():
        put(name, text)
    assert fii(*WRITE, *DAY).code == 0
    before = written()
    assert fii(*WRITE, *DAY, "--force").code == 0
    assert written() == before


def test_rows_are_written_while_files_are_read(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in many(9).items():
        put(name, text)
    assert fii(*WRITE, *DAY).code == 0
    whole = {each.name: table(each.name) for each in TABLES}
    monkeypatch.setattr(parquet, "GROUP", 50)
    alive: list[weakref.ref[Any]] = []
    most = 0

    rows = portfolio_told._rows

    def watched(member: PortfolioMember, *words: Any) -> tuple[list[Row], ...]:
        nonlocal most
        alive.append(weakref.ref(member.standing.trajectory))
        most = max(most, sum(ref() is not None for ref in alive))
        return rows(member, *words)

    add = ParquetTable.add

    def watched_add(made: ParquetTable, rows: Iterable[Row]) -> None:
        add(made, rows)
        assert {len(values) for values in made._columns.values()} <= set(range(50))

    monkeypatch.setattr(portfolio_told, "_rows", watched)
    monkeypatch.setattr(ParquetTable, "add", watched_add)
    assert fii(*WRITE, *DAY, "--force").code == 0
    assert {each.name: table(each.name) for each in TABLES} == whole
    assert most <= 3
    lights = arrow().ParquetFile("landelijk/lights.parquet").metadata
    assert [lights.row_group(n).num_rows for n in range(lights.num_row_groups)][:3] == [50, 50, 50]


def test_a_file_with_errors_is_named_and_the_others_are_told(fii: Fii) -> None:
    put("a.yaml", TEXT)
    put("b.yaml", "fii: 1\ntitle: [\n")
    done = fii(*WRITE, *DAY)
    assert done.code == 1
    assert "in/b.yaml: line" in done.err
    assert [row["trajectory"] for row in table("trajectories")] == ["in/a.yaml"]


def test_reports_that_others_published_have_rows_of_their_own_day_and_edition(fii: Fii) -> None:
    put("a.yaml", TEXT)
    steering = ("--audience", "steering")
    assert fii("report", "in/a.yaml", *steering, *DAY, "--output", "in/b.fii.json").code == 0
    later = ("--as-of", "2025-04-01", "--output", "in/c.fii.json")
    assert fii("report", "in/a.yaml", *steering, *later).code == 0
    client = ("--audience", "client", "--as-of", "2025-02-15", "--output", "in/d.fii.json")
    assert fii("report", "in/a.yaml", *client).code == 0
    done = fii(*WRITE, *steering, *DAY)
    assert done.code == 0
    assert "in/c.fii.json is left out: it is of 2025-04-01" in " ".join(done.err.split())
    told = {row["trajectory"]: row for row in table("trajectories")}
    assert [*told] == ["in/a.yaml", "in/b.fii.json", "in/d.fii.json"]
    assert [row["audience"] for row in told.values()] == ["steering", "steering", "client"]
    assert told["in/d.fii.json"]["day"] == date(2025, 2, 15)
    strong: dict[str, dict[str, int]] = {}
    for row in table("barriers"):
        places = strong.setdefault(row["trajectory"], {})
        places[row["place"]] = max(row["strength"], places.get(row["place"], 0))
    assert strong["in/b.fii.json"] == strong["in/a.yaml"]
    lights = Counter((row["trajectory"], row["item"], row["value"]) for row in table("lights"))
    assert lights["in/b.fii.json", "4b.aandacht", "rood"] == 1
    assert lights["in/d.fii.json", "4b.aandacht", "rood"] == 0


def test_an_unexpected_error_in_one_file_does_not_stop_the_others(
    fii: Fii, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a.yaml", TEXT)
    put("b.yaml", TEXT)
    rows = portfolio_told.rows_of

    def fails(told: Told) -> tuple[list[Row], ...]:
        broken = told.member.path == "in/a.yaml"
        return rows(replace(told, handbook=cast(Any, None)) if broken else told)

    monkeypatch.setattr(portfolio_told, "rows_of", fails)
    done = fii(*WRITE, *DAY)
    assert done.code == 2
    assert "in/a.yaml: unexpected error" in done.err
    assert {row["trajectory"] for each in TABLES for row in table(each.name)} == {"in/b.yaml"}


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes in POSIX only")
def test_hidden_characters_of_a_name_are_escaped(fii: Fii) -> None:
    for name in (b"a\x1b[31m.yaml", b"b\xff.yaml"):
        put(os.fsdecode(name), TEXT)
    assert fii(*WRITE, *DAY).code == 0
    files = [row["file"] for row in table("trajectories")]
    assert files == [r"in/a\x1b[31m.yaml", r"in/b\xff.yaml"]
    assert {row["trajectory"] for row in table("visits")} == set(files)


def test_a_full_disk_leaves_nothing_behind(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    put("a.yaml", TEXT)
    monkeypatch.setattr("fii_cli.project.unfinished.os.fsync", full)
    done = fii(*WRITE, *DAY)
    assert done.code == 2
    assert "the disk is full" in done.err
    assert list(Path("landelijk").iterdir()) == []


# --- what may be written ------------------------------------------------------------------------------------


def test_each_table_says_what_it_is(fii: Fii) -> None:
    put("a.yaml", TEXT)
    assert fii(*WRITE, "--audience", "client", *DAY).code == 0
    for each in TABLES:
        raw = Path("landelijk", each.file).read_bytes()
        made = made_as(raw)
        assert made is not None
        assert (made.kind, made.day, made.audience) == ("portfolio", date(2025, 3, 10), "client")
        assert made.yardstick is not None
        told = arrow().read_schema(Path("landelijk", each.file)).metadata
        assert told[b"fii.table"].decode() == each.name
        assert told[b"fii.version"].decode() == str(VERSION)


def test_the_text_of_a_trajectory_is_never_taken_for_a_mark(fii: Fii) -> None:
    lie = mark("portfolio", "2025-01-01", "team", "chosen")
    put("a.yaml", TEXT.replace("title: Proef", f"title: {lie}").replace("De School", lie))
    assert fii(*WRITE, "--audience", "public", *DAY).code == 0
    assert table("trajectories")[0]["title"] == lie
    for each in TABLES:
        raw = Path("landelijk", each.file).read_bytes()
        made = made_as(raw)
        assert made is not None
        assert made.audience == "public"
        size = int.from_bytes(raw[-8:-4], "little")
        assert lie.encode() not in raw[-8 - size :]


@pytest.mark.parametrize("raw", [b"PAR1", b"PAR1PAR1", b"PAR1" + b"\xff" * 40 + b"PAR1", b"PAR1 en meer"])
def test_a_damaged_table_was_not_made_by_fii(raw: bytes) -> None:
    assert made_as(raw) is None


def test_a_table_is_replaced_only_with_force_and_never_by_a_wider_edition(fii: Fii) -> None:
    put("a.yaml", TEXT)
    assert fii(*WRITE, "--audience", "client", *DAY).code == 0
    before = written()
    done = fii(*WRITE, "--audience", "client", *DAY)
    assert done.code == 2
    assert "this already exists" in done.err
    done = fii(*WRITE, "--audience", "team", "--force", *DAY)
    assert done.code == 2
    assert "this is the client edition, but this portfolio would be team" in done.err
    assert written() == before
    put("b.yaml", TEXT)
    assert fii(*WRITE, "--force", *DAY).code == 0  # the edition of the tables that are there
    assert {row["audience"] for row in table("trajectories")} == {"client"}
    assert len(table("trajectories")) == 2


def test_a_file_of_somebody_else_stays(fii: Fii) -> None:
    put("a.yaml", TEXT)
    Path("landelijk").mkdir()
    Path("landelijk/visits.parquet").write_bytes(b"PAR1 van een ander PAR1")
    done = fii(*WRITE, "--force", *DAY)
    assert done.code == 2
    assert "this is not a portfolio made by fii; not overwritten" in done.err
    assert [path.name for path in Path("landelijk").iterdir()] == ["visits.parquet"]


def test_the_name_of_a_folder_says_its_edition(fii: Fii) -> None:
    put("a.yaml", TEXT)
    assert fii("portfolio", "in", "--format", "parquet", "-o", "land.public/", *DAY).code == 0
    assert {row["audience"] for row in table("trajectories", "land.public")} == {"public"}


def test_pages_do_not_join_tables_of_another_edition(fii: Fii) -> None:
    put("a.yaml", TEXT)
    assert fii(*WRITE, *DAY).code == 0
    done = fii("portfolio", "in", "--output", "landelijk/", "--audience", "public", *DAY)
    assert done.code == 2
    assert "this is the team edition, but this portfolio would be public" in done.err


def test_the_ending_of_a_file_asks_for_tables(fii: Fii) -> None:
    put("a.yaml", TEXT)
    done = fii("portfolio", "in", "-o", "land.parquet", *DAY)
    assert done.code == 2
    assert "name a folder: --format parquet --output land/" in done.err
    assert not Path("land.parquet").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), ("tables are written to a folder", "--output landelijk/")),
        (("-o", "-"), ("tables are written to a folder", "--output landelijk/")),
        (
            ("-o", "x.parquet"),
            ("x.parquet is one file, and a portfolio has several tables", "--format parquet --output x/"),
        ),
        (("-o", "in/a.yaml"), ("a folder in this path is a file",)),
    ],
)
def test_tables_need_a_folder(fii: Fii, words: tuple[str, ...], said: tuple[str, ...]) -> None:
    put("a.yaml", TEXT)
    done = fii("portfolio", "in", "--format", "parquet", *words, *DAY)
    assert done.code == 2
    assert all(each in done.err for each in said)
    assert sorted(path.name for path in Path().rglob("*")) == ["a.yaml", "in"]


def test_without_the_extra_fii_says_what_to_install(fii: Fii, monkeypatch: pytest.MonkeyPatch) -> None:
    put("a.yaml", TEXT)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = fii(*WRITE, *DAY)
    assert done.code == 2
    assert "parquet output needs pyarrow, which is not installed" in done.err
    assert "pip install 'fii-cli[parquet]'" in done.err
    assert not Path("landelijk").exists()


def test_without_trajectories_nothing_is_written_but_old_tables_are_emptied(fii: Fii) -> None:
    Path("in").mkdir()
    done = fii(*WRITE, *DAY)
    assert done.code == 0
    assert "no trajectory found here" in done.err
    assert not Path("landelijk").exists()
    put("a.yaml", TEXT)
    assert fii(*WRITE, *DAY).code == 0
    Path("in/a.yaml").unlink()
    assert fii(*WRITE, "--force", *DAY).code == 0
    assert table("trajectories") == []


# --- the pages about them -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", PAGES)
def test_the_pages_describe_every_column_of_every_table(code: str) -> None:
    parts = re.split(r"^### `(\w+)`\n", PAGES[code], flags=re.M)[1:]
    described = {
        name: re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`.*?`) \|", part, re.M)))
        for name, part in zip(parts[::2], parts[1::2], strict=True)
    }
    assert described == {each.name: list(each.columns) for each in TABLES}
    overview = PAGES[code].partition("\n## ")[2].partition("\n- ")[0]
    assert re.findall(r"^\| `(\w+)` \|", overview, re.M) == [*described]
    assert re.search(rf"`fii\.version`, n(ow|u) {VERSION}\)", PAGES[code])


def test_both_pages_have_the_same_questions() -> None:
    assert len(questions(PAGES["en"])) == 4
    assert questions(PAGES["en"]) == questions(PAGES["nl"])
    blocks = [re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S) for page in PAGES.values()]
    assert blocks[0] == blocks[1]


def test_duckdb_answers_the_questions(fii: Fii) -> None:
    put("a.yaml", TEXT)
    put(
        "b.yaml",
        TEXT.replace("4b.aandacht: groen", "4b.aandacht: oranje").replace("helped: ja", "helped: nee"),
    )
    put("c.yaml", TEXT.replace("{value: rood, note: zo is het}", "groen"))
    assert fii(*WRITE, *DAY).code == 0
    version, red, stay, helped = map(asked, questions(PAGES["en"]))
    assert {each["key"] for each in version} == {"fii", "fii.table", "fii.version"}
    assert [(each["item"], each["red"], each["known"]) for each in red] == [("4b.aandacht", 2, 3)]
    assert red[0]["question"].endswith("?")
    assert stay == [
        {
            "phase": "verkennen",
            "ended": 3,
            "median_days": 55.5,
            "still_open": 0,
            "longest_open": None,
        },
        {
            "phase": "versterken",
            "ended": 0,
            "median_days": None,
            "still_open": 3,
            "longest_open": 59,
        },
    ]
    assert helped == [
        {
            "place": "cfir/III.D.2",
            "strategy": "champions",
            "ja": 2,
            "deels": 0,
            "nee": 1,
            "trajectories": "in/a.yaml, in/b.yaml, in/c.yaml",
        }
    ]


def test_duckdb_reads_the_types(fii: Fii) -> None:
    put("a.yaml", TEXT)
    assert fii(*WRITE, *DAY).code == 0
    kinds = {
        row["column_name"]: row["column_type"]
        for name in ("trajectories", "actions", "measurements")
        for row in asked(f"DESCRIBE SELECT * FROM 'landelijk/{name}.parquet'")
    }
    assert (kinds["day"], kinds["barriers"], kinds["overdue"]) == ("DATE", "BIGINT", "BOOLEAN")
    assert (kinds["answers"], kinds["value"], kinds["title"]) == ("VARCHAR[]", "DOUBLE", "VARCHAR")
    assert not isinstance(table("trajectories")[0]["day"], datetime)
