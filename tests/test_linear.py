"""Nothing hangs: four times as much text asks about four times as much work, and what is too much says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import openpyxl
import pytest

from conftest import Fii
from fii_cli.analysis.barriers import barriers_of
from fii_cli.analysis.counts import Thresholds
from fii_cli.analysis.score import score_sheet
from fii_cli.analysis.standing import standing_of
from fii_cli.analysis.trend import trend_of
from fii_cli.commands import report as report_command
from fii_cli.commands.ask_agreement import running
from fii_cli.commands.progress import progress
from fii_cli.commands.text_diff import lines_changed
from fii_cli.editions.edition import edition_of
from fii_cli.edits.write import append
from fii_cli.handbook.load import handbook
from fii_cli.handbook.lookup import rating_for
from fii_cli.pages import template
from fii_cli.personal import holds_bsn, holds_email, holds_iban, holds_telephone
from fii_cli.plain_markdown import plain
from fii_cli.project.excluded import is_excluded, wrong_with_patterns
from fii_cli.project.settings import read_settings
from fii_cli.report import EDITIONS, report_of
from fii_cli.report.basis import basis_of
from fii_cli.report.instruments import instrument_blocks
from fii_cli.report.json_report import json_report
from fii_cli.report.rows import action_rows
from fii_cli.report.sheets import sheets_of
from fii_cli.report.timelines import planning_chart
from fii_cli.report.wording import Wording
from fii_cli.resources import language
from fii_cli.rules import BY_CODE, RULES, Circumstances, Rule
from fii_cli.rules.check import check
from fii_cli.rules.format import trajectory_in
from fii_cli.rules.time import longest
from fii_cli.suggest import Lexicon
from fii_cli.survey import tables
from fii_cli.survey.headings import is_reworded, item_for, questions_of
from fii_cli.terminal.opened import open_terminal
from fii_cli.trajectory import Trajectory
from fii_cli.yaml.emit import scalar, word_for
from fii_cli.yaml.read import read
from helpers import HEAD, NL, calls, edition, judged

MIDI = handbook().instrument("midi")
QUESTIONS = questions_of(MIDI)

# --- text that a pattern could stumble over -----------------------------------------------------------------

HOSTILE = (
    ("", "a", ""),
    ("@", "a", ""),
    ("", "a", "@"),
    ("", "a.", ""),
    ("", "1", ""),
    ("", "1-", ""),
    ("", "2024", ""),
    ("", "NL91ABNA0417164300", ""),
    ("x", " ", "x"),
    ("]", "[", ""),
    ("", "_", ""),
    ("", "http://.", ""),
    ("", "'", ""),
    ("", "{{a: ", ""),
    ("", "a.", "@"),
    ("x@", "a.", ""),
    ("", "a@", ""),
    ("", "a@a.", ""),
    ("", "a[ at ]", ""),
    ("", "+", ""),
    ("", "+1", ""),
    ("", "(", ""),
    ("", "1 ", ""),
    ("", "0 ", ""),
    ("", "01 ", ""),
    ("", "0", ""),
    ("", "1.", ""),
    ("1", " ", "1"),
    ("", "AB", ""),
    ("", "AB12", ""),
    ("", "AB12 ", ""),
    ("", "ab12 {n:06d} ", ""),
    ("", "NL91ABNA0417164301 ", ""),
    ("", "bsn 1 ", ""),
    ("", "bsn {n:09d}x ", ""),
    ("", "rsin {n:09d} bsn ", ""),
    ("", "b.s.n.", ""),
    ("", "06-0{n:06d}1 1 ", ""),
    ("", "0123 {n:06d} ", ""),
    ("", "+44 0{n:06d} ", ""),
    ("", "+1 {n:05d} 11 22 3, ", ""),
    ("", "0031{n:06d} ", ""),
    ("", "://", ""),
    ("", "10.1234/", ""),
    ("", "ISBN 1", ""),
    ("", "tel. ", ""),
    ("", "tel. 0 ", ""),
    ("", "\u0660", ""),
    ("", "\xb2 ", ""),
    ("", "\u2474", ""),
    ("", "@", ""),
    ("", ":a", ""),
    ("", "[a", ""),
    ("", "&a", ""),
    ("", "http://", ""),
    ("", "##", ""),
    ("", "$", ""),
    ("", "%~", ""),
    ("", " /", ""),
    ("", "https://a.nl/(", ""),
)
"""What a long text begins with, what comes again and again in it, and what it ends with."""
NUMBERED = "1234567890 "
"""What makes a text worth reading for personal data: digits enough for a number."""
READERS: dict[str, Callable[[str], object]] = {
    "a file": read,
    "a value": lambda text: read("title: " + scalar(text)),
    "settings": lambda text: read_settings(text, "fii.toml", BY_CODE),
    "a head of a table": lambda text: (item_for(text, QUESTIONS), is_reworded(text, MIDI.items[0])),
    "an answer": lambda text: rating_for(text, MIDI.scale),
    "a period": longest,
    "an id": word_for,
    "markdown": plain,
    "a page": template._tidy,
    "e-mail": lambda text: holds_email(NUMBERED + text),
    "telephone": lambda text: holds_telephone(NUMBERED + text),
    "iban": lambda text: holds_iban(NUMBERED + text),
    "bsn": lambda text: holds_bsn(NUMBERED + text),
}
LENGTH = 5_000


def seconds(work: Callable[[str], object], text: str) -> float:
    """The least of three measurements, which is the one least disturbed; one will do where it takes long."""
    measured: list[float] = []
    while len(measured) < 3 and sum(measured) < 0.2:
        start = time.process_time()
        work(text)
        measured.append(time.process_time() - start)
    return min(measured)


@pytest.mark.parametrize(("head", "unit", "tail"), HOSTILE)
def test_no_pattern_takes_more_than_its_share(head: str, unit: str, tail: str) -> None:
    def text(length: int) -> str:
        units = (unit.format(n=at * 11 + 1) for at in range(length // len(unit) + 1))
        return f"{head}{''.join(units)[:length]}{tail}"

    for reader, work in READERS.items():
        work(text(100))  # the libraries
        small, large = seconds(work, text(LENGTH)), seconds(work, text(4 * LENGTH))
        assert large < 8 * small + 0.05, reader


@pytest.mark.parametrize("pattern", ["*a*ab", "a/**/b", "**/*a*ab", "*a*a/*ab", "*a*a/**", "[!b]*[!b]*b"])
@pytest.mark.parametrize("path", [f"{'a' * 250}/" * 15 + "x.yaml", "a/" * 2_000 + "x.yaml"])
def test_no_pattern_that_excludes_holds_up_a_search(pattern: str, path: str) -> None:
    assert wrong_with_patterns([pattern]) is None
    assert seconds(lambda path: is_excluded(path, (pattern,)), path) < 0.05


TraceFunction = Callable[[FrameType, str, Any], Any]

# --- files with many of a kind ------------------------------------------------------------------------------

VISIT = "visits:\n  - {phase: implementeren, entered: 2024-01-02}\n"


def many(n: int, line: str) -> str:
    """A line for each number, with the number in it."""
    return "".join(line.replace("@", str(at)) + "\n" for at in range(n))


def people(n: int) -> str:
    return "people:\n" + many(n, "  - {id: p@, role: Rol @, level: beleid}")


def organisations(n: int, more: str = "") -> str:
    return "organisations:\n" + many(n, f"  - {{id: o@, name: Organisatie @{more}}}")


MANY: dict[str, Callable[[int], str]] = {
    "actions, each with an owner": lambda n: (
        VISIT
        + people(n)
        + "actions:\n"
        + many(n, "  - {id: a@, what: Doen @, owner: p@, due: 2024-02-01, answers: [stoplicht/5a.mandaat]}")
    ),
    "done actions, and sides that still see it": lambda n: (
        VISIT
        + organisations(n)
        + "assessments:\n"
        + many(n, "  - {instrument: cfir, date: 2025-01-01, about: o@, ratings: {I.A: 0, III.D.2: -2}}")
        + "actions:\n"
        + many(n, "  - {id: a@, what: x, status: klaar, result: {date: 2024}, answers: [cfir/III.D.2]}")
    ),
    "tasks": lambda n: (
        VISIT
        + organisations(n)
        + "verkennen:\n  ownership:\n    roadmap:\n"
        + many(n, "      - {id: t@, what: Taak @, by: o@, due: 2024-02-01}")
    ),
    "candidates and agreements": lambda n: (
        organisations(n, ", roles: [candidate]")
        + "verkennen:\n  shortlist:\n"
        + many(n, "    - {organisation: o@, culture: open}")
        + "  agreements:\n"
        + many(n, "    - {organisation: o@, date: 2024-02-03, talked_with: [management]}")
        + "assessments:\n"
        + many(n, "  - {instrument: stoplicht, date: 2024-02-02, ratings: {2b.meerwaarde: oranje}}")
    ),
    "key people and members": lambda n: (
        VISIT
        + people(n)
        + "versterken:\n  key_people:\n"
        + many(n, "    - {person: p@, support: kritisch, contacts: [{date: 2024-01-03, present: ja}]}")
        + "implementeren:\n  team:\n    members:\n"
        + many(n, "      - {person: p@, competencies: [inhoud]}")
    ),
    "red items of their own, and actions": lambda n: (
        VISIT
        + "checklist:\n"
        + many(n, "  - {id: 5a.eigen@, subphase: 5a, question: Is het @?}")
        + "assessments:\n  - instrument: stoplicht\n    date: 2024-02-02\n    ratings:\n"
        + many(n, "      5a.eigen@: rood")
        + "actions:\n"
        + many(n, "  - {id: a@, what: Doen, answers: [stoplicht/5a.eigen@]}")
    ),
    "findings and what is accepted": lambda n: (
        VISIT
        + "actions:\n"
        + many(n, "  - {id: a@, what: Doen @, due: 2024-02-01}")
        + "accepted:\n"
        + many(n, "  - {rule: FII702, reason: zo, about: a@}")
    ),
    "visits and assessments": lambda n: (
        "visits:\n"
        + "".join(
            f"  - {{phase: borgen, entered: {1000 + at}-01-02, decisions: "
            f"[{{date: {1000 + at}-01-03, decision: door}}]}}\n"
            for at in range(n)
        )
        + "assessments:\n"
        + "".join(
            f"  - {{instrument: stoplicht, date: {1000 + at}-01-02, ratings: {{6a.routine: rood}}}}\n"
            for at in range(n)
        )
    ),
    "organisations in phases of their own": lambda n: (
        organisations(n)
        + "people:\n"
        + many(n, "  - {id: p@, role: Rol @, organisation: o@}")
        + "visits:\n"
        + many(
            n,
            "  - {phase: verkennen, entered: 2023-01-02, organisation: o@, decisions: ["
            "{date: 2024-04-02, decision: door}]}",
        )
        + many(n, "  - {phase: implementeren, entered: 2024-01-02, organisation: o@}")
        + "versterken:\n  key_people:\n"
        + many(n, "    - {person: p@, contacts: [{date: 2024-01-03, present: ja}]}")
        + "assessments:\n"
        + many(n, "  - {instrument: stoplicht, date: 2024-03-02, about: o@, ratings: {5a.mandaat: rood}}")
    ),
    "a roll-out that goes on": lambda n: (
        organisations(5, ", roles: [receiving]")
        + "visits:\n"
        + many(5, "  - {phase: implementeren, entered: 2023-01-01, via: entry, organisation: o@}")
        + "innoveren:\n  adaptations:\n"
        + many(n, "    - {id: a@, date: 2024-02-01, what: Anders @, organisation: o1, fidelity: onbekend}")
        + "borgen:\n  indicators:\n    - id: bereik\n      what: gezinnen\n      measurements:\n"
        + many(n, "        - {date: 2024-03/2024-06, organisation: o2, value: @}")
        + "assessments:\n"
        + many(
            n, "  - {instrument: cfir, date: 2024-01/2024-06, by: r@, about: o3, ratings: {I.C: 1, II: -1}}"
        )
        + many(n, "  - {instrument: outcomes, date: 2024-06, by: r@, about: o4, ratings: {adoptie: nee}}")
        + many(
            n, "  - {instrument: stoplicht, date: 2024-06-01, by: r@, about: o5, ratings: {5a.mandaat: rood}}"
        )
        + many(
            n,
            "  - {instrument: midi, date: 2024-06, by: r@, perspective: clients, about: o1, responses: 40,"
            " published_in: Verzonnen, published: {11: {shares: {hinders: 30, helps: 70}}}}",
        )
        + "costs:\n"
        + many(n, "  - {phase: implementeren, what: Coaching @, organisation: o2, hours: @, paid_by: o2}")
    ),
    "organisations and people who follow each other": lambda n: (
        organisations(n, ", roles: [receiving], until: 2023")
        + "people:\n"
        + "".join(
            f"  - {{id: p{at}, role: Rol, organisation: o{at}, until: 2023-02, followed_by: p{at + 1}}}\n"
            for at in range(n)
        )
        + VISIT
        + "implementeren:\n  teams:\n"
        + many(n, "    - {organisation: o@, members: [{person: p@}]}")
        + "versterken:\n  key_people:\n"
        + many(n, "    - {person: p@, contacts: [{date: 2024-01-03, present: ja}]}")
        + "actions:\n"
        + many(n, "  - {id: a@, what: Doen, owner: p@, due: 2024-02-01}")
    ),
    "ids that nobody knows": lambda n: (
        people(20)
        + "actions:\n"
        + many(n, "  - {id: a@, what: Doen, owner: q@, strategy: niet-@, answers: [cfir/x@, midi@/1]}")
        + "assessments:\n  - instrument: stoplicht\n    date: 2024-02-02\n    ratings:\n"
        + many(n, "      9@.x: rood")
    ),
    "words that nobody knows": lambda n: (
        "log:\n"
        + many(n, "  - {date: 3-@, text: x, tekst@: y}")
        + "people:\n"
        + many(n, "  - {id: p@, role: Rol, level: beleit@}")
        + many(n, "samenvatting@: x")
    ),
    "keys that stand there again": lambda n: many(n, "summary: Tekst @"),
    "log, cycles and measurements": lambda n: (
        "log:\n"
        + many(n, "  - {date: 2024-02-01, text: Iets gebeurde @}")
        + "implementeren:\n  cycles:\n"
        + many(n, "    - {id: c@, plan: {date: 2024-02-01, text: x}}")
        + "borgen:\n  indicators:\n    - id: i\n      what: Aantal\n      measurements:\n"
        + many(n, "        - {date: 2024, value: @}")
    ),
}


def test_the_running_actions_of_every_item_are_looked_up_in_work_that_grows_with_them() -> None:
    """Whoever rates the lights by key sees what runs on each of them."""

    def looked_up(n: int) -> Callable[[], object]:
        trajectory = trajectory_in(read(HEAD + MANY["red items of their own, and actions"](n)))[0]
        assert trajectory
        return lambda: [running(trajectory, f"stoplicht/5a.eigen{at}") for at in range(n)]

    assert steps(looked_up(400)) < 5 * steps(looked_up(100))


SIZE = 25
LATER = date(2025, 2, 10)


def steps(work: Callable[[], object]) -> int:
    """How many lines are run, each round of a loop among them, which no busy machine changes."""
    seen = 0

    def trace(_frame: FrameType, _event: str, _what: object) -> TraceFunction:
        nonlocal seen
        seen += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return seen


def stages(text: str) -> dict[str, Callable[[], object]]:
    """Everything that is done with a file, part by part, so that none hides behind another."""
    book, document = handbook(), read(text)
    circumstances = Circumstances(book, LATER)

    def fresh() -> Trajectory:
        found = trajectory_in(document)[0]
        assert found is not None
        return found

    def by(rule: Rule) -> Callable[[], object]:
        whole = fresh()
        return lambda: list(rule.find(whole, circumstances)) if rule.find else None

    found: dict[str, Callable[[], object]] = {rule.code: by(rule) for rule in RULES if rule.find}
    found |= {"reading": fresh, "check": lambda: check(document, circumstances)}
    for audience in EDITIONS:
        found[f"edition {audience}"] = partial(edition_of, fresh(), audience)
    basis = basis_of(edition(fresh(), LATER), book)
    wording = Wording(basis.trajectory, NL)
    found |= {
        "standing": partial(standing_of, fresh(), book, LATER),
        "score": partial(score_sheet, fresh(), book, LATER),
        "barriers": partial(barriers_of, fresh(), book, LATER),
        "trend": partial(trend_of, fresh(), book, LATER),
        "report": lambda: report_of(basis, NL),
        "planning": lambda: planning_chart(basis.standing, wording),
        "actions": lambda: action_rows(basis.standing, book, wording),
        "instruments": lambda: instrument_blocks(basis.standing, book, basis.thresholds, wording),
        "record": lambda: json_report(basis, NL),
        "sheets": lambda: sheets_of(basis, NL),
        "names": lambda: [basis.trajectory.named(each.id) for each in basis.trajectory.people],
    }
    return found


_EACH_WITH_EACH = {"done actions, and sides that still see it": ("report", "record", "sheets")}
"""What names every action beside every side, so that what is written has that many words."""


@pytest.mark.parametrize("shape", MANY)
def test_four_times_as_many_records_ask_four_times_the_work(shape: str) -> None:
    small, large = stages(HEAD + MANY[shape](SIZE)), stages(HEAD + MANY[shape](4 * SIZE))
    for name, work in stages(HEAD + MANY[shape](2)).items():
        if name in _EACH_WITH_EACH.get(shape, ()):
            continue
        work()  # what is read once, whatever the file
        assert steps(large[name]) < 5.2 * steps(small[name]) + 100, name  # a start costs something too


@pytest.mark.parametrize("part", ["barriers", "instruments"])
def test_what_many_sides_said_is_not_held_against_all_actions_and_all_sides(part: str) -> None:
    def work(n: int) -> Callable[[], object]:
        shape = MANY["done actions, and sides that still see it"]
        whole = trajectory_in(read(HEAD + shape(n)))[0]
        assert whole is not None
        standing, wording = standing_of(whole, handbook(), LATER), Wording(whole, NL)
        if part == "barriers":
            return partial(barriers_of, whole, handbook(), LATER)
        return partial(instrument_blocks, standing, handbook(), Thresholds(), wording)

    work(2)()
    assert steps(work(400)) < 5 * steps(work(100))


def test_people_and_actions_are_looked_up_and_not_walked_through() -> None:
    found = judged(HEAD + MANY["actions, each with an owner"](50)).trajectory
    assert found is not None
    assert found.person("p49") is found.people[49]
    assert found.named("niemand") == "niemand"
    assert len(found.running_on["stoplicht/5a.mandaat"]) == 50
    assert found.done_on == {}
    assert found.person(None) is None


def test_what_stands_twice_is_found_first_where_it_stands_first() -> None:
    text = HEAD + "people:\n  - {id: p, role: Eerste}\n  - {id: p, role: Tweede}\n"
    trajectory = judged(text).trajectory
    assert trajectory is not None
    assert trajectory.named("p") == "Eerste"


# --- what was meant -----------------------------------------------------------------------------------------


def test_a_lexicon_stops_comparing_and_still_knows_what_differs_in_capitals_only() -> None:
    lexicon = Lexicon([f"persoon-{at}" for at in range(400)])
    assert lexicon.near("persoon-1x")
    for at in range(400):
        lexicon.near(f"persoen-{at}")
    assert calls(lambda: lexicon.near("persoan-5")) < 20
    assert lexicon.near("persoan-5") == ()
    assert lexicon.near("Persoon-5") == ("persoon-5",)


def test_many_mistakes_are_mended_at_once_and_one_that_cannot_be_holds_up_no_other(
    fii: Fii, here: Path
) -> None:
    def mend(n: int) -> Callable[[], None]:
        lines = many(n, "  - {id: p@, role: Rol, levle: beleid}")
        (here / "t.yaml").write_text(HEAD + "people:\n" + lines, encoding="utf-8")
        return lambda: None if fii("check", "t.yaml", "--fix").code in (0, 1) else pytest.fail("not mended")

    calls(mend(2))
    small = calls(mend(30))
    assert calls(mend(120)) < 5 * small
    assert (here / "t.yaml").read_text(encoding="utf-8").count("level: beleid") == 120
    twice = HEAD + "people:\n  - {id: p, role: Rol, levle: beleid, levl: beleid}\n  - {id: q, rol: Rol}\n"
    (here / "t.yaml").write_text(twice, encoding="utf-8")
    fii("check", "t.yaml", "--fix")
    text = (here / "t.yaml").read_text(encoding="utf-8")
    assert "{id: q, role: Rol}" in text
    assert text.count("level: beleid") == 1


# --- what changed -------------------------------------------------------------------------------------------


def told(before: str, after: str) -> Callable[[], list[str]]:
    """The work of telling what changed, in texts that were read before."""
    one, two = read(before), read(after)
    return lambda: list(lines_changed(one, two))


@pytest.mark.parametrize("line", ["Hetzelfde", "Iets anders @"])
def test_a_change_in_a_long_file_is_shown_without_comparing_all_of_its_lines(line: str) -> None:
    def change(n: int) -> Callable[[], list[str]]:
        before = read(HEAD + "log:\n" + many(n, f"  - date: 2024-02-01\n    text: {line}"))
        after = append(before, ("log",), {"date": "2025-01-01", "text": "Nieuw"})
        return told(before.text, after.text)

    assert change(3)() == ["+  - date: 2025-01-01", "+    text: Nieuw"]
    assert steps(change(800)) < 5 * steps(change(200))


def test_mistakes_in_a_long_file_of_equal_lines_are_shown_without_comparing_all_with_all() -> None:
    def mistakes(n: int) -> Callable[[], list[str]]:
        return told(*("\n".join([word, *["zelfde"] * n, word]) for word in ("fout", "goed")))

    assert mistakes(1_600)() == ["-fout", "+goed"] * 2
    assert steps(mistakes(1_600)) < 5 * steps(mistakes(400))


def test_mistakes_all_over_a_long_file_are_shown_line_by_line() -> None:
    def lines(word: str) -> str:
        return "\n".join(f"{word}\nregel {at % 7}" for at in range(2_000))

    assert told(lines("fout"), lines("goed"))() == ["-fout", "+goed"] * 2_000


# --- limits that say so -------------------------------------------------------------------------------------

IMPORT = ("import", "a.yaml", "t.csv", "--instrument", "midi", "--date", "2025-02-01")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (";".join(str(n) for n in range(300_000)) + "\n", "more than 1000 columns"),
        ("17;18\n" + "3;4\n" * 40_000, "more than 20001 rows"),
        ("17;18\n3;" + "4" * 200_000 + "\n", "line 2 contains a text of more than 100000 characters"),
        ("17\n" + "3;" * 1_000 + "x\n", "more than 1000 columns"),
    ],
)
def test_a_table_beyond_what_can_be_counted_is_refused(fii: Fii, here: Path, table: str, told: str) -> None:
    (here / "a.yaml").write_text(HEAD, encoding="utf-8")
    (here / "t.csv").write_text(table, encoding="utf-8")
    done = fii(*IMPORT)
    assert done.code == 2
    assert told in done.err


def test_empty_cells_beyond_the_limits_are_nobodys_answer(fii: Fii, here: Path) -> None:
    (here / "a.yaml").write_text(HEAD, encoding="utf-8")
    rows = ["17" + ";" * 1_500, *["3" + ";" * 1_500] * 6, *[""] * 25_000, ";;;"]
    (here / "t.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert fii(*IMPORT).code == 0


@pytest.mark.parametrize(("row", "column"), [(202, 1), (2, 101)])
def test_a_workbook_drops_no_answer_without_a_word(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch, row: int, column: int
) -> None:
    monkeypatch.setattr(tables, "_MAX_ROWS", 201)
    monkeypatch.setattr(tables, "_MAX_COLUMNS", 100)
    (here / "a.yaml").write_text(HEAD, encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.append([17])
    for _ in range(6):
        book.active.append([3])
    book.active.cell(row, column, 3)
    book.save(here / "t.xlsx")
    done = fii("import", "a.yaml", "t.xlsx", *IMPORT[3:])
    assert done.code == 2
    assert "this table has more than" in done.err


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("".join(f"a{n} = 1\n" for n in range(1_500)), "and 1400 more"),
        ("a" + ".a" * 50_000 + " = 1\n", "this key has too many parts"),
        ("a = " + "[" * 5_000, "invalid TOML from this point"),
        ("a = " + "1" * 5_000 + "\n", "invalid TOML from this point"),
        ("[check]\nexclude = ['" + "*a" * 5_000 + "']\n", "this pattern is longer than 200 characters"),
        ("language = 0x" + "f" * 5_000 + "\n", "invalid value … for language"),
    ],
)
def test_settings_beyond_reason_are_a_finding(fii: Fii, here: Path, settings: str, told: str) -> None:
    (here / "a.yaml").write_text(HEAD, encoding="utf-8")
    (here / "fii.toml").write_text(settings, encoding="utf-8")
    done = fii("check", "a.yaml")
    assert done.code == 1
    assert told in done.out


@pytest.mark.parametrize("name", ["fii.toml", ".fii/instruments/eigen.yaml"])
def test_settings_and_instruments_have_the_limit_of_a_trajectory(fii: Fii, here: Path, name: str) -> None:
    (here / "a.yaml").write_text(HEAD, encoding="utf-8")
    (here / name).parent.mkdir(parents=True, exist_ok=True)
    (here / name).write_text("# " + "x" * 3_000_000, encoding="utf-8")
    done = fii("check", "a.yaml")
    assert done.code == 1
    assert "this file is 3 MB; a trajectory is at most 2 MB" in done.out


def test_a_path_of_many_points_leads_nowhere_at_once(fii: Fii, here: Path) -> None:
    (here / "a.yaml").write_text(HEAD + people(50), encoding="utf-8")
    done = fii("set", "a.yaml", "people." + "x." * 20_000 + "role", "x")
    assert done.code == 2
    assert "does not exist" in done.err


# --- while one waits ----------------------------------------------------------------------------------------


def test_nothing_moves_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = open_terminal(language("en"), "auto")
    with progress(terminal, 3, slow=True) as step:
        step()
    shown = capsys.readouterr()
    assert shown.out == shown.err == ""


def look_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a screen behind stderr, on which lines can change."""
    monkeypatch.setenv("CI", "")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)


@pytest.mark.parametrize(
    ("term", "ci", "moves"), [("xterm", "", True), ("dumb", "", False), ("xterm", "1", False)]
)
def test_a_bar_moves_on_a_screen_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], term: str, ci: str, moves: bool
) -> None:
    look_on(monkeypatch)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("CI", ci)
    terminal = open_terminal(language("en"), "auto")
    with progress(terminal, 3) as step:
        step()
    assert ("1/3" in capsys.readouterr().err) == moves


TIME_GONE_BY = "0:00:0"


@pytest.mark.parametrize("slow", [True, False])
def test_one_thing_alone_shows_that_it_goes_on_only_where_it_is_slow(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], slow: bool
) -> None:
    look_on(monkeypatch)
    with progress(open_terminal(language("en"), "auto"), 1, slow=slow) as step:
        step()
    assert (TIME_GONE_BY in capsys.readouterr().err) == slow


@pytest.mark.parametrize(
    ("words", "moves"),
    [
        (("--format", "pdf"), True),
        (("--format", "pdf", "--output", "-"), False),
        (("--format", "html"), False),
    ],
)
def test_a_pdf_shows_that_it_goes_on_unless_it_is_printed(
    fii: Fii, here: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], moves: bool
) -> None:
    look_on(monkeypatch)
    monkeypatch.setattr(report_command, "report_made", lambda *_, **__: b"%PDF-1.7 without the work\n")
    (here / "a.yaml").write_text(HEAD, encoding="utf-8")
    done = fii("report", "a.yaml", *words)
    assert done.code == 0, done.err
    assert (TIME_GONE_BY in done.err) == moves


def long_file(here: Path, lines: int) -> Path:
    path = here / "lang.yaml"
    path.write_text(HEAD + "log:\n" + many(lines, "  - {date: 2024-02-01, text: Iets @}"), encoding="utf-8")
    return path


@pytest.mark.skipif(os.name == "nt", reason="a signal that Windows does not have")
@pytest.mark.parametrize("wanted", ["pdf", "html", "docx"])
def test_long_work_ends_at_once_and_leaves_nothing(here: Path, wanted: str) -> None:
    if wanted == "pdf":
        pytest.importorskip("weasyprint")
    long_file(here, 3_000 if wanted == "pdf" else 30_000)
    words = ("--lang", "en", "report", "lang.yaml", "--format", wanted, "--as-of", "2025-03-10")
    process = subprocess.Popen(
        [sys.executable, "-m", "fii_cli", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    if wanted == "pdf":
        assert "generating the PDF of lang.yaml" in process.stderr.readline()
    time.sleep(0.4)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode in (130, -signal.SIGINT)  # a shell shows both as 130
    assert (out, err.strip()) == ("", "")
    assert [path.name for path in here.iterdir()] == ["lang.yaml"]


def test_changes_among_lines_that_stay_are_told_in_time_that_grows_with_them() -> None:
    def mended(n: int) -> Callable[[], object]:
        told = [[f"- regel {at}: ok\n- {word} {at}" for at in range(n)] for word in ("fout", "goed")]
        before, after = (read("\n".join(lines)) for lines in told)
        return lambda: list(lines_changed(before, after))

    assert steps(mended(1600)) < 5 * steps(mended(400))
